//! An older book comes in: report, word, and the orders.

use std::time::Duration;

use rbo::demo;
use rbo::models::v1_import_names::NameKind;
use rbo::models::v1_imports::{ImportState, Report, Upload};
use rbo::models::{orders, payments};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, Statement,
};
use sea_orm_tenancy::Db;

use crate::support::sample::{Book, settled, seven_years, written};
use crate::support::{Browser, World};

/// Uploads a workbook, and sees its report.
async fn uploaded(browser: &mut Browser, db: &Db, file: &[u8]) -> (String, Upload) {
    let answer = browser.upload("/imports", "stringing_orders.xlsx", file).await.sees(303);
    let path = answer.location();
    let upload = settled(db, &path).await;
    (path, upload)
}

fn report(upload: &Upload) -> Report {
    upload.report().expect("a report")
}

async fn came_in(db: &Db) -> u64 {
    orders::Entity::find()
        .filter(orders::Column::ExternalRef.is_not_null())
        .count(db)
        .await
        .unwrap()
}

#[tokio::test]
async fn seven_years_come_in_once_and_whole() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let before = world.rows("orders").await;
    let book = seven_years();
    let file = written(&book, false, false);
    let (path, upload) = uploaded(&mut stefan, &db, &file).await;
    assert_eq!(upload.state, ImportState::Read);
    let found = report(&upload);
    assert!(found.is_ok(), "{found:?}");
    assert_eq!((found.clients.file, found.clients.new, found.clients.book), (328, 328, 328));
    assert_eq!((found.own.file, found.own.new, found.own.book), (416, 416, 416));
    assert!(found.revenue.len() >= 7 && found.revenue.iter().all(|year| year.file == year.book));
    assert_eq!(found.waited_in_file, found.waited_in_book);
    let numbered: usize = found.numbers.iter().map(|numbers| numbers.count).sum();
    assert_eq!(numbered, book.orders.iter().filter(|order| order.strung.is_some()).count() - 1);
    // A dry run is as if nothing had been.
    assert_eq!((world.rows("orders").await, came_in(&db).await), (before, 0));
    let page = stefan.get(&path).await.sees(200);
    assert!(page.contains("OK.") && page.contains(&format!("{path}/approval")));

    stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    let done = Upload::find(&db, upload.id).await.unwrap();
    assert_eq!(done.state, ImportState::Done);
    assert_eq!(came_in(&db).await, 328 + 416);
    let first = orders::Entity::find().filter(orders::Column::ExternalRef.eq("client/1"));
    let first = first.one(&db).await.unwrap().expect("the first order");
    assert_eq!(first.ordered_at, Some(book.orders[0].ordered));
    assert_eq!(first.receipt_number.as_deref(), Some("2019-0001"));
    stefan.get(&format!("/orders/{}", first.id)).await.sees(200);
    stefan.get("/clients").await.sees(200).contains("Frei");

    // A second upload brings nothing, and a longer one what is new.
    let (path, again) = uploaded(&mut stefan, &db, &file).await;
    let found = report(&again);
    assert!(found.is_ok() && !found.brings_anything());
    assert_eq!((found.clients.known, found.own.known, found.clients.new), (328, 416, 0));
    assert!(!stefan.get(&path).await.sees(200).contains(&format!("{path}/approval")));
    let mut longer = book;
    let last = longer.orders.last_mut().expect("an order");
    last.id = 1_000;
    let (path, third) = uploaded(&mut stefan, &db, &written(&longer, false, false)).await;
    assert_eq!((report(&third).clients.new, report(&third).clients.known), (1, 327));
    stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    assert_eq!(came_in(&db).await, 328 + 416 + 1);
    assert_eq!(me.email, demo::STEFAN);
}

#[tokio::test]
async fn a_fail_is_mended_in_the_file_and_nowhere_else() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await.in_german();
    let book = Book::generate(2, 40, 20, 9);
    let (path, upload) = uploaded(&mut stefan, &db, &written(&book, true, true)).await;
    assert!(!report(&upload).is_ok());
    let page = stefan.get(&path).await.sees(200);
    assert!(page.contains("FAIL.") && page.contains("#N/A") && page.contains("N6"));
    stefan.post(&format!("{path}/approval"), &[]).await.sees(404);
    let (path, upload) = uploaded(&mut stefan, &db, &written(&book, true, false)).await;
    assert!(report(&upload).is_ok(), "{:?}", report(&upload));
    stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    assert_eq!(came_in(&db).await, 39 + 20);
    // What is in the book is not called off any more.
    stefan.delete(&path).await.sees(303);
    assert_eq!(Upload::find(&db, upload.id).await.unwrap().state, ImportState::Done);
}

#[tokio::test]
async fn what_is_no_workbook_is_told_in_a_sentence() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    for (file, says) in [
        (&b"a note about strings\n"[..], "No table was found"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", "old format"),
        (b"PK\x03\x04 torn", "damaged"),
        (b"\x00\x01\x02\x03", "No table of jobs"),
    ] {
        let (path, upload) = uploaded(&mut marco, &db, file).await;
        assert_eq!(upload.state, ImportState::Refused);
        let page = marco.get(&path).await.sees(200);
        assert!(page.contains(says), "{says}: {}", page.text());
    }
    let empty = marco.upload("/imports", "x.xlsx", b"").await.sees(422);
    assert!(empty.marked("file").is_some());
    marco.upload("/imports", "x.xlsx", &vec![b'x'; 13 << 20]).await.sees(413);
    marco.post("/imports", &[("file", "x")]).await.sees(422);
    // Nobody else sees it, and a visitor sends nothing.
    let (path, _) = uploaded(&mut marco, &db, b"ID,Name\n").await;
    let mut stefan = world.stefan().await;
    stefan.get(&path).await.sees(404);
    stefan.delete(&path).await.sees(404);
    stefan.post(&format!("{path}/approval"), &[]).await.sees(404);
    let mut visitor = world.visitor();
    assert!(visitor.upload("/imports", "x.xlsx", b"PK").await.status.is_client_error());
}

#[tokio::test]
async fn spellings_are_joined_when_somebody_has_said_so_and_for_the_next_time() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let book = Book::generate(3, 60, 0, 12);
    let file = written(&book, false, false);
    let (path, upload) = uploaded(&mut stefan, &db, &file).await;
    let found = report(&upload);
    let rackets = found.groups.shown.iter().position(|group| group.kind == NameKind::Racket);
    let nth = rackets.expect("spellings of rackets");
    let group = &found.groups.shown[nth];
    let field = format!("group-{nth}");
    stefan.post(&format!("{path}/choices"), &[(&field, "0")]).await.sees(303);
    settled(&db, &path).await;
    let joined = Upload::find(&db, upload.id).await.unwrap();
    assert_eq!(report(&joined).groups.shown[nth].joined, Some(0));
    stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    let all = orders::Entity::find().filter(orders::Column::ExternalRef.is_not_null());
    let all = all.all(&db).await.unwrap();
    let named = |text: &str| all.iter().filter(|order| order.racket_name == text).count();
    let rows: usize = group.spellings.iter().map(|spelling| spelling.count).sum();
    assert_eq!(named(&group.spellings[0].text), rows);
    // The next upload knows.
    let (_, again) = uploaded(&mut stefan, &db, &file).await;
    let asked = report(&again).groups.shown;
    assert!(asked.iter().all(|other| other.spellings[0].key != group.spellings[0].key));
}

#[tokio::test]
async fn a_row_that_says_something_else_now_waits_for_a_word() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let mut book = Book::generate(4, 30, 0, 6);
    let (path, _) = uploaded(&mut stefan, &db, &written(&book, false, false)).await;
    stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    book.orders[3].labor = 99.0;
    let file = written(&book, false, false);
    let find = || orders::Entity::find().filter(orders::Column::ExternalRef.eq("client/4"));
    let before = find().one(&db).await.unwrap().expect("the order");
    let (path, upload) = uploaded(&mut stefan, &db, &file).await;
    let found = report(&upload);
    assert!(found.is_ok() && !found.brings_anything(), "{found:?}");
    assert_eq!((found.clients.changed, found.changes.count), (1, 1));
    let page = stefan.get(&path).await.sees(200);
    assert!(page.contains("99.00") && page.contains("name=\"take\""));
    stefan.post(&format!("{path}/choices"), &[("take", "client/4")]).await.sees(303);
    settled(&db, &path).await;
    stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    let after = find().one(&db).await.unwrap().expect("the order");
    assert_eq!((after.labor, after.id), (Some(9900), before.id));
    assert_eq!(after.receipt_number, before.receipt_number);
    // And it is asked about once.
    let (_, again) = uploaded(&mut stefan, &db, &file).await;
    assert_eq!(report(&again).changes.count, 0);
}

#[tokio::test]
async fn money_that_was_taken_here_outlives_a_book_that_knows_nothing_of_it() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let mut book = Book::generate(4, 30, 0, 6);
    book.orders[3].paid = None;
    let (path, _) = uploaded(&mut stefan, &db, &written(&book, false, false)).await;
    stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    let find = || orders::Entity::find().filter(orders::Column::ExternalRef.eq("client/4"));
    let order = find().one(&db).await.unwrap().expect("the order");
    let said = orders::Said { payment: Some(orders::Payment::Cash), ..Default::default() };
    orders::Entity::mark(&db, &me, order.id, orders::Step::Paid, said).await.expect("paid");
    let paid = find().one(&db).await.unwrap().expect("the order");
    // Another stiffness, then another price: the old book still says that nothing was paid.
    for (stiffness, labor) in [(21, None), (21, Some(99.0))] {
        book.orders[3].stiffness = Some(stiffness);
        book.orders[3].labor = labor.unwrap_or(book.orders[3].labor);
        let (path, upload) = uploaded(&mut stefan, &db, &written(&book, false, false)).await;
        assert_eq!(report(&upload).changes.count, 1);
        stefan.post(&format!("{path}/choices"), &[("take", "client/4")]).await.sees(303);
        settled(&db, &path).await;
        stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
        settled(&db, &path).await;
        let now = find().one(&db).await.unwrap().expect("the order");
        assert_eq!((now.received, now.payment_kind), (paid.received, paid.payment_kind));
        assert_eq!(now.paid_at, paid.paid_at.filter(|_| labor.is_none()));
        assert_eq!(payments::Entity::of(&db, &now).await.unwrap().len(), 1);
    }
}

/// The look-ups of PostgreSQL's foreign keys are planned once for a connection, when the tables
/// are small and any index is as good as another; a book of 50,000 took two minutes and a half.
#[tokio::test]
async fn what_is_looked_up_for_a_row_does_not_grow_with_the_book() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let jobs = 3_000;
    let book = Book::generate(11, jobs, 0, 40);
    let (_, upload) = uploaded(&mut stefan, &db, &written(&book, false, false)).await;
    let found = report(&upload);
    assert!(found.is_ok(), "{found:?}");
    assert_eq!(found.clients.new, usize::try_from(jobs - 1).unwrap());
    let raw = world.raw().await;
    if raw.get_database_backend() != DbBackend::Postgres {
        // SQLite plans each statement as it is, and counts no rows.
        return;
    }
    let seen = "SELECT idx_tup_fetch AS n FROM pg_stat_user_tables WHERE relname = 'orders'";
    let seen = Statement::from_string(DbBackend::Postgres, seen);
    // A backend says within ten seconds of its last statement what it has counted.
    let mut fetched = 0_i64;
    for _ in 0..150 {
        let row = raw.query_one_raw(seen.clone()).await.unwrap().expect("statistics");
        fetched = row.try_get("", "n").unwrap();
        if fetched > i64::from(jobs) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // Four look-ups an order; through the whole book for each they come to 15 million.
    assert!((i64::from(jobs)..4_000_000).contains(&fetched), "{fetched} rows");
}
