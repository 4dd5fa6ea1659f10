//! A complete book, taken along as one document, is the same book in an empty account.

use std::collections::HashMap;
use std::io::{Cursor, Write as _};

use chrono::Days;
use rbo::demo;
use rbo::models::catalogue;
use rbo::models::orders::{self, Column, Entity, Filter, Payment, Query, Step};
use rbo::models::reels::{self, BedSide, ReelKind, Said, uses};
use rbo::models::taxes::{self, Rates, Tax, TaxRegime};
use rbo::models::v1_imports::{ImportState, Report};
use rbo::models::{catalogue_strings, rackets, receipt_emissions};
use rbo::units::{Currency, Rate, Sport};
use rbo::v1::{Matter, Refused};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, TransactionSession, TransactionTrait,
};
use sea_orm_tenancy::Db;
use serde_json::Value;

use super::exports::{NEWCOMER, enter, fetched, newcomer};
use crate::support::sample::{Book, settled, written};
use crate::support::{Browser, REEL, World};

/// A book with all that a book may have; and what it says.
async fn full() -> (World, Db, Value) {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let sample = written(&Book::generate(5, 20, 10, 6), false, false);
    let path = stefan.upload("/imports", "x.xlsx", &sample).await.sees(303).location();
    settled(&db, &path).await;
    stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    for (name, sport) in [("Astrox 88", Sport::Badminton), ("Carboflex", Sport::Squash)] {
        enter(&me, &db, name, sport, None).await;
    }
    let latest = async || {
        let all = Entity::find().filter(Column::IsSelf.eq(false)).order_by_desc(Column::Id);
        all.all(&db).await.unwrap()
    };
    let orders = latest().await;
    let change = async |nth: usize, changes: Vec<(Column, Expr)>| {
        let mut update = Entity::update_many().filter(Column::Id.eq(orders[nth].id));
        for (column, value) in changes {
            update = update.col_expr(column, value);
        }
        assert_eq!(update.exec(&db).await.unwrap().rows_affected, 1);
    };
    change(0, vec![(Column::CancelledAt, Expr::value(me.today()))]).await;
    change(1, vec![(Column::Currency, Expr::value(Currency::Eur))]).await;
    change(2, vec![(Column::DtDevice, Expr::value("ERT 300"))]).await;
    enter(&me, &db, "Copied", Sport::Tennis, Some(orders[4].id)).await;
    let own = Entity::find().filter(Column::IsSelf.eq(true)).one(&db).await.unwrap().unwrap();
    let unstrung = Entity::update_many()
        .col_expr(Column::StrungAt, Expr::value(Option::<chrono::NaiveDate>::None))
        .filter(Column::Id.eq(own.id));
    unstrung.exec(&db).await.unwrap();
    // String in stock, and a job that drew of it, on one side by the stringer's own word.
    let string =
        catalogue_strings::Entity::find_or_add_named(&db, Sport::Tennis, "Eigen Saite 1.3");
    let string = string.await.unwrap().id;
    for said in [
        REEL,
        Said { kind: ReelKind::Set, length: 1_220, count: 7, price: None, ..REEL },
        Said { bought_at: Some(me.today()), ..REEL },
    ] {
        reels::Entity::add(&db, string, Currency::Chf, said).await.unwrap();
    }
    let stock = reels::Entity::find().order_by_asc(reels::Column::Id).all(&db).await.unwrap();
    reels::Entity::finish(&db, stock[2].id, Some(me.today())).await.unwrap();
    let strung = orders.iter().find(|order| order.strung_at.is_some()).unwrap().id;
    let txn = db.begin().await.unwrap();
    let draws = [(BedSide::Mains, stock[0].id, 617), (BedSide::Crosses, stock[1].id, 610)];
    uses::Entity::say(&txn, strung, &draws).await.unwrap();
    txn.commit().await.unwrap();
    let txn = db.begin().await.unwrap();
    let drawn = reels::Entity::find_by_id(stock[0].id).one(&txn).await.unwrap().unwrap();
    reels::Entity::change(&txn, &drawn, REEL, 10_000).await.unwrap();
    txn.commit().await.unwrap();
    // What is issued from now on shows a logo.
    let logo = include_bytes!("../fixtures/logo.svg");
    stefan.upload("/settings/logo", "logo.svg", logo).await.sees(303);
    // Paid in parts, one of which coins have rounded, and one that is open still.
    let unpaid = Filter::Unpaid;
    let unpaid = Query { filter: unpaid, ..Query::default() };
    let (unpaid, _) = Entity::search(&db, &unpaid).await.unwrap();
    let odd = Entity::update_many()
        .col_expr(Column::TotalOverride, Expr::value(2_502))
        .col_expr(Column::Total, Expr::value(2_502))
        .filter(Column::Id.is_in(unpaid.iter().map(|row| row.id)));
    odd.exec(&db).await.unwrap();
    for (row, parts) in unpaid.iter().zip([2, 1]) {
        for (kind, amount) in
            [(Payment::Cash, Some(1_000)), (Payment::Twint, Some(1_500))].iter().take(parts)
        {
            let said = orders::Said { payment: Some(*kind), amount: *amount, ..Default::default() };
            Entity::mark(&db, &me, row.id, Step::Paid, said).await.unwrap();
        }
    }
    let rate = Rate::from_hundredths(770);
    let rates = Some(Rates { labor: rate, strings: Rate::from_hundredths(250) });
    let number = Some("CHE-109.322.551 MWST".to_owned());
    let tax = Tax { regime: TaxRegime::Switzerland, number, rates };
    taxes::Entity::say(&db, me.today() - Days::new(900), &tax).await.unwrap();
    taxes::Entity::say(&db, me.today(), &Tax::NONE).await.unwrap();
    let facts = rackets::Facts { weight: Some(305), balance: Some(320), ..Default::default() };
    let said = rackets::Said { manufacturer: "Eigen".into(), model: "Bau".into(), facts };
    catalogue::add(&db, Sport::Tennis, catalogue::Said::Racket(said)).await.unwrap();
    let (_, json) = fetched(&mut stefan, "json").await;
    (world, db, serde_json::from_slice(&json).expect("a document"))
}

/// The same with its keys counted, and without what tells whose it is.
fn likeness(mut document: Value) -> Value {
    let mut keys: HashMap<String, String> = HashMap::new();
    for list in ["clients", "rackets", "orders", "receipts", "reels"] {
        for (nth, one) in document[list].as_array().expect("a list").iter().enumerate() {
            keys.insert(one["id"].as_str().expect("a key").to_owned(), format!("{list}/{nth}"));
        }
    }
    for of in ["exported_at", "workshop"] {
        document.as_object_mut().unwrap().remove(of);
    }
    for name in document["names"].as_array_mut().unwrap() {
        // What nobody sees is not taken along.
        name["meant"] = name["meant"].as_str().unwrap().replace('\t', " ").into();
    }
    for receipt in document["receipts"].as_array_mut().unwrap() {
        receipt.as_object_mut().unwrap().remove("pdf_sha256");
    }
    counted(document, &keys)
}

fn counted(value: Value, keys: &HashMap<String, String>) -> Value {
    match value {
        Value::String(text) => Value::String(keys.get(&text).cloned().unwrap_or(text)),
        Value::Array(all) => all.into_iter().map(|one| counted(one, keys)).collect(),
        Value::Object(all) => {
            all.into_iter().map(|(name, one)| (name, counted(one, keys))).collect()
        }
        other => other,
    }
}

async fn report_of(browser: &mut Browser, db: &Db, name: &str, file: &[u8]) -> (String, Report) {
    let path = browser.upload("/imports", name, file).await.sees(303).location();
    let upload = settled(db, &path).await;
    (path, upload.report().unwrap_or_default())
}

fn zipped(text: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("book.json", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(text).unwrap();
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_complete_book_is_the_same_in_an_empty_account() {
    let (_home, stefans, document) = full().await;
    let text = serde_json::to_vec(&document).unwrap();
    let (world, mut first) = newcomer().await;
    let (_, firsts) = world.at_work(NEWCOMER).await;
    let (path, report) = report_of(&mut first, &firsts, "book.zip", &zipped(&text)).await;
    assert!(report.is_ok() && report.brings_anything(), "{report:?}");
    assert_eq!(report.clients.new + report.own.new, document["orders"].as_array().unwrap().len());
    assert!(Entity::find().all(&firsts).await.unwrap().is_empty(), "a dry run leaves nothing");
    first.get(&path).await.sees(200);
    first.post(&format!("{path}/approval"), &[]).await.sees(303);
    assert_eq!(settled(&firsts, &path).await.state, ImportState::Done);

    let (_, json) = fetched(&mut first, "json").await;
    let there: Value = serde_json::from_slice(&json).unwrap();
    for list in [
        "clients", "models", "strings", "rackets", "orders", "steps", "receipts", "names", "reels",
        "drawn", "payments", "taxes", "logos",
    ] {
        let (there, here) = (likeness(there.clone()), likeness(document.clone()));
        let (there, here) = (there[list].as_array().unwrap(), here[list].as_array().unwrap());
        assert_eq!(there.len(), here.len(), "{list}");
        for (one, other) in there.iter().zip(here) {
            assert_eq!(one, other, "{list}");
        }
    }
    for said in ["currency", "logo"] {
        assert_eq!(there["workshop"][said], document["workshop"][said]);
    }

    // A receipt that is rendered again is the same to the last byte.
    let issued = async |db: &Db| {
        let all = receipt_emissions::Entity::find().order_by_asc(receipt_emissions::Column::Id);
        let shown = receipt_emissions::Column::Snapshot.contains("\"logo\"");
        let first = all.filter(shown).one(db).await.unwrap().expect("a receipt");
        receipt_emissions::Entity::render(db, first.id).await.unwrap();
        let now = receipt_emissions::Entity::find_by_id(first.id).one(db).await.unwrap().unwrap();
        (now.number, now.pdf_digest.expect("rendered"))
    };
    assert_eq!(issued(&firsts).await, issued(&stefans).await);

    // The next number stands behind those that are taken, and no second book goes on top.
    let numbers = Entity::find().filter(Column::ReceiptNumber.is_not_null());
    let numbers = numbers.all(&firsts).await.unwrap().len();
    let open = Entity::find().filter(Column::StrungAt.is_null()).filter(Column::IsSelf.eq(false));
    let open = open.filter(Column::CancelledAt.is_null()).one(&firsts).await.unwrap().unwrap();
    first.post(&format!("/orders/{}/strung", open.id), &[]).await.sees(303);
    let numbered = Entity::find().filter(Column::ReceiptNumber.is_not_null());
    assert_eq!(numbered.all(&firsts).await.unwrap().len(), numbers + 1);
    let (path, report) = report_of(&mut first, &firsts, "book.json", &text).await;
    assert_eq!(report.refused, Some(Refused::BookNotEmpty));
    assert!(first.get(&path).await.sees(200).contains("A whole book goes into an empty one"));
}

#[tokio::test]
async fn a_row_of_the_older_book_is_known_again_in_the_new_account() {
    let (_home, _, document) = full().await;
    let (world, mut first) = newcomer().await;
    let (_, db) = world.at_work(NEWCOMER).await;
    let text = serde_json::to_vec(&document).unwrap();
    let (path, _) = report_of(&mut first, &db, "book.json", &text).await;
    first.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    let numbered = |sheet: &'static str| Column::ExternalRef.starts_with(sheet);
    let count = async |sheet| Entity::find().filter(numbered(sheet)).all(&db).await.unwrap().len();
    let (clients, own) = (count("client/").await, count("own/").await);
    let mut longer = Book::generate(5, 20, 10, 6);
    longer.orders.push(Book::generate(6, 21, 0, 6).orders.pop().unwrap());
    let sample = written(&longer, false, false);
    let (_, report) = report_of(&mut first, &db, "x.xlsx", &sample).await;
    assert_eq!((report.clients.known, report.clients.new, report.changes.count), (clients, 1, 0));
    assert_eq!((report.own.known, report.own.new), (own, 0));
    assert!(clients > 10 && own > 5);
}

type Change = Box<dyn Fn(&mut Value)>;

#[tokio::test]
async fn what_does_not_fit_together_is_named_and_nothing_is_written() {
    let (_home, _, document) = full().await;
    let (world, mut first) = newcomer().await;
    let (_, db) = world.at_work(NEWCOMER).await;
    let orders = document["orders"].as_array().unwrap();
    let clients = orders.iter().position(|order| order["is_own"] == false).unwrap();
    let order = |field: &'static str, value: Value| {
        move |document: &mut Value| document["orders"][clients][field] = value.clone()
    };
    let second = |list: &'static str| {
        move |document: &mut Value| {
            let first = document[list][0].clone();
            document[list].as_array_mut().unwrap().push(first);
        }
    };
    let nobody = Value::String(uuid::Uuid::nil().to_string());
    let changes: Vec<(&str, Change)> = vec![
        ("client", Box::new(order("client", nobody.clone()))),
        ("racket", Box::new(order("racket", nobody.clone()))),
        ("total", Box::new(order("total", "0.05".into()))),
        ("labor", Box::new(order("labor", "much".into()))),
        ("knots", Box::new(order("knots", i64::MAX.into()))),
        ("strung_at", Box::new(order("strung_at", "-9999-01-01".into()))),
        ("due_at", Box::new(order("due_at", "9999-01-01".into()))),
        ("receipt_number", Box::new(order("receipt_number", "2026-1".into()))),
        ("receipt_number", Box::new(order("receipt_number", format!("2026-{}", i64::MAX).into()))),
        ("id", Box::new(second("orders"))),
        ("id", Box::new(second("clients"))),
        ("id", Box::new(second("rackets"))),
        ("order", Box::new(move |document| document["steps"][0]["order"] = nobody.clone())),
        ("says", Box::new(|document| document["receipts"][0]["says"] = Value::Null)),
        ("amount", Box::new(|document| document["payments"][0]["amount"] = "0.00".into())),
        ("on", Box::new(|document| document["payments"][0]["on"] = "9999-01-01".into())),
        ("paid_at", Box::new(|document| document["payments"][0]["amount"] = "1.00".into())),
        ("png", Box::new(|document| document["logos"][0]["png"] = "00ff".into())),
        ("digest", Box::new(|document| document["logos"][0]["digest"] = "../x".into())),
        ("digest", Box::new(second("logos"))),
        ("logo", Box::new(|document| document["workshop"]["logo"] = "00ff".into())),
        ("says", Box::new(|document| document["logos"] = Value::Array(vec![]))),
        ("labor_rate", Box::new(|document| document["taxes"][0]["labor_rate"] = "99".into())),
        ("labor_rate", Box::new(|document| document["taxes"][1]["labor_rate"] = Value::Null)),
        ("label_code", Box::new(|d| d["rackets"][0]["label_code"] = "abc234".into())),
        ("sport", Box::new(|d| d["rackets"][0]["sport"] = Value::Null)),
        ("nickname", Box::new(|d| d["clients"][0]["nickname"] = "x".repeat(4_000).into())),
        ("weight_g", Box::new(|d| d["models"][0]["weight_g"] = i64::MIN.into())),
        ("model", Box::new(|d| d["strings"][0]["model"] = "\u{0}".into())),
        ("gauge_mm", Box::new(|d| d["strings"][0]["gauge_mm"] = "9.99".into())),
        (
            "says",
            Box::new(|d| {
                let line = serde_json::json!({ "label": "x", "value": "y" });
                d["receipts"][0]["says"]["details"] = vec![line; 100_000].into();
            }),
        ),
        ("mains", Box::new(move |d| d["orders"][clients]["mains"]["tension"] = "21474836".into())),
        ("due_time", Box::new(order("due_time", "23:59:60.5".into()))),
        ("models", Box::new(|d| d["models"] = vec![d["models"][0].clone(); 5_001].into())),
        (
            "first_name",
            Box::new(|document| {
                for client in document["clients"].as_array_mut().unwrap() {
                    (client["first_name"], client["last_name"]) = ("".into(), "\u{0}".into());
                }
            }),
        ),
    ];
    for (field, change) in changes {
        let mut document = document.clone();
        change(&mut document);
        let text = serde_json::to_vec(&document).unwrap();
        let (path, report) = report_of(&mut first, &db, "book.json", &text).await;
        let at = report.complaints.shown.iter().find(|one| one.field.as_deref() == Some(field));
        let at = at.unwrap_or_else(|| panic!("{field}: {report:?}"));
        assert!(at.what == Matter::Contradiction && !report.is_ok(), "{field}");
        assert!(first.get(&path).await.sees(200).contains("does not fit"), "{field}");
        first.post(&format!("{path}/approval"), &[]).await.sees(404);
    }
    let torn = serde_json::to_vec(&document).unwrap();
    for (file, refused) in [
        (&torn[..torn.len() / 2], Refused::BookDamaged),
        (br#"{"format": "racket-book", "version": 99}"#, Refused::BookNewer),
        (br#"{"a": 1}"#, Refused::Unknown),
    ] {
        let (_, report) = report_of(&mut first, &db, "book.json", file).await;
        assert_eq!(report.refused, Some(refused));
    }
    assert!(Entity::find().all(&db).await.unwrap().is_empty());
}
