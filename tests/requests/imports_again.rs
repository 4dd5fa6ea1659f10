//! A second look at an older book: what was done in this one meanwhile, files that are nearly the
//! same, and files that nobody's hands have made.

use rbo::demo;
use rbo::models::orders::{Column, Entity, Model};
use rbo::models::reels::{self, BedSide, uses};
use rbo::models::v1_imports::{ImportState, Report};
use rbo::units::Sport;
use rbo::v1::Matter;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, TransactionSession, TransactionTrait};
use sea_orm_tenancy::Db;

use crate::support::sample::{Book, settled, written};
use crate::support::{Browser, REEL, World};

async fn report_of(browser: &mut Browser, db: &Db, file: &[u8]) -> (String, Report) {
    let path = browser.upload("/imports", "book.xlsx", file).await.sees(303).location();
    let upload = settled(db, &path).await;
    (path, upload.report().unwrap_or_default())
}

async fn approved(browser: &mut Browser, db: &Db, path: &str) {
    browser.post(&format!("{path}/approval"), &[]).await.sees(303);
    assert_eq!(settled(db, path).await.state, ImportState::Done);
}

/// A table whose columns are as the page has guessed them.
async fn matched(browser: &mut Browser, db: &Db, csv: &str) -> (String, Report) {
    let path = browser.upload("/imports", "t.csv", csv.as_bytes()).await.sees(303).location();
    assert_eq!(settled(db, &path).await.state, ImportState::Matching);
    let form = browser.get(&path).await.sees(200).form("form[action$='/columns']");
    browser.post_fields(&format!("{path}/columns"), &form).await.sees(303);
    let report = settled(db, &path).await.report();
    (path, report.unwrap_or_default())
}

async fn order(db: &Db, number: &str) -> Model {
    let order = Entity::find().filter(Column::ExternalRef.eq(number)).one(db).await.unwrap();
    order.expect("the order")
}

fn matters(report: &Report) -> Vec<Matter> {
    report.complaints.shown.iter().map(|complaint| complaint.what).collect()
}

#[tokio::test]
async fn the_files_word_is_taken_for_what_it_says_and_for_nothing_else() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let mut book = Book::generate(8, 30, 0, 6);
    let (path, _) = report_of(&mut stefan, &db, &written(&book, false, false)).await;
    approved(&mut stefan, &db, &path).await;
    let before = order(&db, "client/4").await;
    Entity::update_many()
        .col_expr(Column::CommentPublic, Expr::value("for the client"))
        .col_expr(Column::DtDevice, Expr::value("ERT 300"))
        .col_expr(Column::Knots, Expr::value(4))
        .filter(Column::Id.eq(before.id))
        .exec(&db)
        .await
        .unwrap();
    // Called off here, whatever the workbook says of it.
    Entity::update_many()
        .col_expr(Column::CancelledAt, Expr::value(before.ordered_at))
        .filter(Column::ExternalRef.eq("client/6"))
        .exec(&db)
        .await
        .unwrap();
    (book.orders[3].labor, book.orders[5].labor) = (99.0, 99.0);
    let (path, report) = report_of(&mut stefan, &db, &written(&book, false, false)).await;
    assert_eq!(report.changes.count, 2);
    let taken = [("take", "client/4"), ("take", "client/6")];
    stefan.post(&format!("{path}/choices"), &taken).await.sees(303);
    settled(&db, &path).await;
    approved(&mut stefan, &db, &path).await;
    let after = order(&db, "client/4").await;
    assert_eq!(after.labor, Some(9900));
    assert_eq!(after.total, Some(after.prices().total().minor()));
    assert_eq!(after.comment_public.as_deref(), Some("for the client"));
    assert_eq!((after.dt_device.as_deref(), after.knots), (Some("ERT 300"), Some(4)));
    assert_eq!(after.client_racket_id, before.client_racket_id);
    assert_ne!(order(&db, "client/6").await.labor, Some(9900));
}

#[tokio::test]
async fn a_row_that_says_that_a_job_is_not_strung_gives_its_string_back() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let mut book = Book::generate(8, 30, 0, 6);
    let at = book.orders.iter().position(|order| order.paid.is_some()).expect("a paid order");
    let number = format!("client/{}", book.orders[at].id);
    let (path, _) = report_of(&mut stefan, &db, &written(&book, false, false)).await;
    approved(&mut stefan, &db, &path).await;
    let before = order(&db, &number).await;
    let string = before.mains_string_id.expect("a string");
    let reel = reels::Entity::add(&db, string, me.currency(), REEL).await.unwrap();
    let txn = db.begin().await.unwrap();
    uses::Entity::say(&txn, before.id, &[(BedSide::Mains, reel, 600)]).await.unwrap();
    txn.commit().await.unwrap();
    let of = &mut book.orders[at];
    (of.strung, of.returned, of.paid) = (None, None, None);
    let (path, report) = report_of(&mut stefan, &db, &written(&book, false, false)).await;
    assert_eq!(report.changes.count, 1);
    stefan.post(&format!("{path}/choices"), &[("take", &number)]).await.sees(303);
    settled(&db, &path).await;
    approved(&mut stefan, &db, &path).await;
    assert_eq!(order(&db, &number).await.strung_at, None);
    assert!(uses::Entity::find().all(&db).await.unwrap().is_empty());
    let reel = reels::Entity::find_by_id(reel).one(&db).await.unwrap().expect("a reel");
    assert_eq!(reel.left(), reel.total());
    // And it is strung again.
    stefan.post(&format!("/orders/{}/strung", before.id), &[("free", "1")]).await.sees(303);
    assert!(order(&db, &number).await.strung_at.is_some());
}

#[tokio::test]
async fn whoever_approves_with_other_choices_sees_first_what_comes_of_them() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let (path, report) =
        report_of(&mut stefan, &db, &written(&Book::generate(3, 60, 0, 12), false, false)).await;
    assert!(report.groups.count > 0);
    let fields = [("asked", "1"), ("group-0", "0")];
    let kept = stefan.post(&format!("{path}/approval"), &fields).await.sees(303).location();
    assert!(kept.contains("chosen=1"));
    let upload = settled(&db, &path).await;
    assert_eq!(upload.state, ImportState::Read, "nothing is written before it was seen");
    assert_eq!(upload.report().unwrap().groups.shown[0].joined, Some(0));
    let form = stefan.get(&kept).await.sees(200).form("#choices");
    stefan.post_fields(&format!("{path}/approval"), &form).await.sees(303);
    assert_eq!(settled(&db, &path).await.state, ImportState::Done);
}

#[tokio::test]
async fn a_job_of_a_table_without_numbers_that_was_paid_since_is_no_second_job() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let table = |paid: &str| {
        format!(
            "Date,Customer,Tension,Price,Paid\n3.4.2024,Sara Frei,24,20,{paid}\n4.4.2024,Sara Frei,24,20,no\n"
        )
    };
    let (path, report) = matched(&mut marco, &db, &table("no")).await;
    assert_eq!(report.clients.new, 2);
    approved(&mut marco, &db, &path).await;
    let (_, report) = matched(&mut marco, &db, &table("yes")).await;
    assert_eq!((report.clients.new, report.clients.known, report.changes.count), (0, 1, 1));
}

#[tokio::test]
async fn numbers_that_are_given_twice_or_by_another_table_are_told() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let twice = "ID,Date,Customer,Price\n5,3.4.2024,Sara Frei,20\n5,4.4.2024,Luca Rossi,20\n";
    let (_, report) = matched(&mut marco, &db, twice).await;
    assert!(!report.is_ok() && matters(&report) == [Matter::SecondOfId]);
    let first = "ID,Date,Customer,Price\n1,3.4.2023,Sara Frei,20\n2,4.4.2023,Luca Rossi,20\n";
    let (path, _) = matched(&mut marco, &db, first).await;
    approved(&mut marco, &db, &path).await;
    let next_year = "ID,Date,Customer,Price\n1,3.4.2024,Pia Graf,20\n2,4.4.2024,Ueli Aebi,20\n";
    let (_, report) = matched(&mut marco, &db, next_year).await;
    assert!(!report.is_ok() && matters(&report) == [Matter::OtherTable; 2]);
}

#[tokio::test]
async fn a_racket_of_one_sport_is_not_strung_for_another() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let table =
        "ID,Date,Customer,Sport\n1,3.4.2024,Sara Frei,Tennis\n2,4.4.2024,Sara Frei,Badminton\n";
    let (path, _) = matched(&mut marco, &db, table).await;
    approved(&mut marco, &db, &path).await;
    let [one, other] = [order(&db, "table/1").await, order(&db, "table/2").await];
    assert_eq!((one.sport, other.sport), (Sport::Tennis, Sport::Badminton));
    assert_ne!(one.client_racket_id, other.client_racket_id);
    marco.get(&format!("/orders/{}/edit", other.id)).await.sees(200);
}

#[tokio::test]
async fn what_is_no_name_is_told_and_takes_neither_time_nor_memory() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let long = |letter: &str| letter.repeat(300_000);
    let table = format!(
        "ID,Date,Customer,Racket\n1,3.4.2024,a{},x\n2,3.4.2024,a{},x\n",
        long("b"),
        long("c")
    );
    let (path, report) = matched(&mut marco, &db, &table).await;
    assert!(!report.is_ok() && matters(&report) == [Matter::TooLong; 2]);
    assert!(marco.get(&path).await.sees(200).bytes.len() < 100_000);
    // So many unlike names are compared up to a bound.
    let mut rows = String::from("ID,Date,Customer\n");
    for number in 0..1_200_u64 {
        let name = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        rows.push_str(&format!("{number},3.4.2024,n{name:x}\n"));
    }
    let (_, report) = matched(&mut marco, &db, &rows).await;
    assert!(report.is_ok() && report.new_clients == 1_200);
}
