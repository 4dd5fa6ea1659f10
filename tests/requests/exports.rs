//! A book is taken along, and comes in again.

use std::collections::HashMap;

use rbo::auth::setup::SetupToken;
use rbo::demo;
use rbo::models::book::document::Document;
use rbo::models::client_profiles::NewClient;
use rbo::models::orders::setup::{ClientChoice, FrameChoice, RacketEntry, Setup};
use rbo::models::orders::{Column, Crosses, Entity, Model, Prices, Side, StringChoice, Stringbed};
use rbo::models::persons::NewPerson;
use rbo::models::receipt_emissions;
use rbo::models::stringers::Member;
use rbo::models::v1_imports::Upload;
use rbo::units::{Sport, TensionUnit};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use sea_orm_tenancy::Db;

use crate::support::sample::{Book, settled, written};
use crate::support::{Browser, Kind, World};

pub const NEWCOMER: &str = "s@example.ch";

/// Where the latest export is, once it is made: the sweeper may be at it before the nudge.
async fn made(browser: &mut Browser) -> String {
    for _ in 0..600 {
        let page = browser.get("/exports").await.sees(200);
        if let Some(link) = page.attribute("#exports li:first-child a", "href") {
            return link;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("never made");
}

/// Asks for an export, and fetches it.
pub async fn fetched(browser: &mut Browser, kind: &str) -> (String, Vec<u8>) {
    browser.post("/exports", &[("kind", kind)]).await.sees(303);
    let link = made(browser).await;
    let answer = browser.get(&link).await.sees(200);
    let size = answer.headers["content-length"].to_str().unwrap().parse();
    assert_eq!(size, Ok(answer.bytes.len()));
    (link, answer.bytes)
}

#[tokio::test]
async fn the_complete_book_is_there_as_json_and_nobody_elses() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let (link, json) = fetched(&mut stefan, "json").await;
    let document: Document = serde_json::from_slice(&json).expect("a document");
    assert_eq!((document.format.as_str(), document.version), ("racket-book", 1));
    assert_eq!(document.workshop.email, demo::STEFAN);
    let orders = Entity::find().all(&db).await.unwrap();
    assert_eq!(document.orders.len(), orders.len());
    for order in &orders {
        let said = document.orders.iter().find(|said| said.id == order.id).expect("the order");
        assert_eq!(said.total, order.prices().total().plain());
        assert_eq!((said.ordered_at, said.paid_at), (order.ordered_at, order.paid_at));
        assert!(document.clients.iter().any(|client| client.id == said.client));
        assert!(document.rackets.iter().any(|racket| racket.id == said.racket));
    }
    assert!(document.steps.len() > orders.len());
    let numbered = orders.iter().filter(|order| order.receipt_number.is_some()).count();
    assert!(document.receipts.len() >= numbered);
    for receipt in &document.receipts {
        let says: serde_json::Value = serde_json::from_str(receipt.says.get()).unwrap();
        assert_eq!(says["number"], receipt.number);
    }
    // Another one's is not there.
    let mut marco = world.marco().await;
    marco.get(&link).await.sees(404);
    marco.post("/exports", &[("kind", "everything")]).await.sees(422);
}

/// Somebody with a book in which nothing stands yet.
pub async fn newcomer() -> (World, Browser) {
    let world = World::embedded(Kind::Empty).await;
    let mut first = world.visitor();
    let token = world.ctx.shared_store.get::<SetupToken>().expect("a token");
    let fields = [
        ("setup_token", token.reveal()),
        ("display_name", "S"),
        ("email", NEWCOMER),
        ("password", demo::PASSWORD),
        ("locale", "en"),
    ];
    first.post("/first-run", &fields).await.sees(303);
    (world, first)
}

#[tokio::test]
async fn an_empty_book_is_a_document_too() {
    let (_world, mut first) = newcomer().await;
    let (_, json) = fetched(&mut first, "json").await;
    let document: Document = serde_json::from_slice(&json).expect("a document");
    assert!(document.orders.is_empty() && document.clients.is_empty());
    let (_, workbook) = fetched(&mut first, "workbook").await;
    assert!(workbook.starts_with(b"PK"));
}

#[tokio::test]
async fn all_receipts_are_in_one_archive() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    // The sweeper renders what the demonstration owes, meanwhile.
    let mine = async || {
        let all = receipt_emissions::Entity::find().all(&db).await.unwrap();
        all.into_iter().filter(|emission| emission.pdf.is_some()).count()
    };
    let order = Entity::find().filter(Column::ReceiptNumber.is_not_null()).one(&db).await.unwrap();
    let order = order.expect("a receipt").id;
    stefan.post(&format!("/orders/{order}/receipt/emissions"), &[]).await.sees(303);
    let before = mine().await;
    let (_, zip) = fetched(&mut stefan, "receipts").await;
    let archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).expect("an archive");
    assert!(before > 0 && (before..=mine().await).contains(&archive.len()));
    let mut names = archive.file_names().map(Result::unwrap);
    assert!(names.all(|name| name.ends_with(".pdf") && name.matches('/').count() == 1));
}

/// An order of a client and a racket that are called so.
pub async fn enter(me: &Member, db: &Db, name: &str, sport: Sport, of: Option<Uuid>) {
    let person = NewPerson { first_name: name.to_owned(), ..NewPerson::default() };
    let client = ClientChoice::New(Box::new(NewClient { person, ..NewClient::default() }));
    let frame = FrameChoice::New { model: name.to_owned(), nickname: None, number: None };
    let side = Side { string: StringChoice::Added(name.to_owned()), ..Side::default() };
    let crosses = Crosses::AsMains { tension: None };
    let bed = Stringbed { unit: TensionUnit::Kg, mains: side, crosses };
    let prices = Prices::new(&bed, me.currency(), None, None, None);
    let setup = Setup {
        ordered_at: Some(me.today()),
        comment_private: Some(name.to_owned()),
        ..Setup::new(sport, bed, prices)
    };
    let racket = vec![RacketEntry { frame, by: 0 }];
    Entity::enter(db, me, client, racket, setup, of).await.expect("entered");
}

/// What must be the same in another book, whatever it is called there.
fn likeness(order: &Model) -> impl PartialEq + std::fmt::Debug {
    (
        (order.ordered_at, order.strung_at, order.returned_at, order.paid_at),
        (order.client_name.clone(), order.racket_name.to_lowercase()),
        (order.mains_name.clone(), order.crosses_name.clone(), order.comment_private.clone()),
        (order.mains_tension, order.crosses_tension, order.tension_unit),
        (order.mains_byo, order.crosses_byo, order.labor),
        order.prices().total().minor(),
        (order.sport, order.is_self, order.method.clone().filter(|_| order.is_self)),
    )
}

#[tokio::test]
async fn ones_own_workbook_makes_the_same_book_elsewhere_and_nothing_new_at_home() {
    let world = World::demo().await;
    let (me, stefans) = world.at_work(demo::STEFAN).await;
    let (_, marcos) = world.at_work(demo::MARCO).await;
    let (mut stefan, mut marco) = (world.stefan().await, world.marco().await);
    // Names that a program might take for a formula, among them.
    let sample = Book::generate(5, 30, 20, 8);
    let path = stefan.upload("/imports", "x.xlsx", &written(&sample, false, false)).await;
    let path = path.sees(303).location();
    settled(&stefans, &path).await;
    stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&stefans, &path).await;
    for name in ["=1+1", "+41 79", "-Anna", "@x", "007", "1e5"] {
        enter(&me, &stefans, name, Sport::Tennis, None).await;
    }
    enter(&me, &stefans, "Astrox 88", Sport::Badminton, None).await;
    enter(&me, &stefans, "Carboflex", Sport::Squash, None).await;
    let (_, workbook) = fetched(&mut stefan, "workbook").await;
    let mine = Entity::find().all(&stefans).await.unwrap();
    let taken: Vec<&Model> = mine.iter().filter(|order| order.cancelled_at.is_none()).collect();

    let path = marco.upload("/imports", "theirs.xlsx", &workbook).await.sees(303).location();
    settled(&marcos, &path).await;
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let report = Upload::find(&marcos, id).await.unwrap().report().expect("a report");
    assert!(report.is_ok(), "{report:?}");
    marco.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&marcos, &path).await;
    let theirs = Entity::find().all(&marcos).await.unwrap();
    let theirs: HashMap<&str, &Model> =
        theirs.iter().filter_map(|order| Some((order.external_ref.as_deref()?, order))).collect();
    assert_eq!(theirs.len(), taken.len());
    for order in taken {
        let sheet = if order.is_self { "own" } else { "client" };
        let key = order.external_ref.clone().unwrap_or(format!("{sheet}/{}", order.id));
        let there = theirs.get(key.as_str()).expect("the order");
        assert_eq!(format!("{:?}", likeness(there)), format!("{:?}", likeness(order)), "{key}");
    }

    // At home it is known, whatever it came by.
    let path = stefan.upload("/imports", "mine.xlsx", &workbook).await.sees(303).location();
    settled(&stefans, &path).await;
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let report = Upload::find(&stefans, id).await.unwrap().report().expect("a report");
    assert!(report.is_ok() && !report.brings_anything(), "{report:?}");
    assert_eq!(Entity::find().all(&stefans).await.unwrap().len(), mine.len());
}
