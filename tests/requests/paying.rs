//! Where a stringer is paid, and what its open receipts say of it.

use rbo::demo;
use rbo::models::orders::{self, Step};
use rbo::models::{orders::transitions::Said, receipt_emissions};
use rbo::receipts::{Pay, Snapshot};
use sea_orm::prelude::Uuid;
use sea_orm_tenancy::Db;

use crate::support::World;

const FIELDS: [(&str, &str); 7] = [
    ("iban", "CH93 0076 2011 6238 5295 7"),
    ("holder", "Stefan Müller"),
    ("street", "Seestrasse 12"),
    ("postcode", "8002"),
    ("town", "Zürich"),
    ("country", "CH"),
    ("link", "https://pay.example.ch/stefan"),
];

async fn asked(db: &Db, order: Uuid) -> Option<Pay> {
    let said = receipt_emissions::Entity::last_snapshot(db, order).await.unwrap();
    Snapshot::from_json(&said.expect("a receipt")).expect("a snapshot").pay
}

#[tokio::test]
async fn an_open_receipt_carries_the_codes_until_it_is_paid() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let open = orders::Entity::queue(&db, 1).await.unwrap()[0].id;
    let before = orders::Entity::ready(&db, 1).await.unwrap()[0].id;
    let version = stefan.get("/settings/paying").await.sees(200).value("input[name=version]");
    let version = version.expect("a version");
    let fields = [&FIELDS[..], &[("version", version.as_str())]].concat();
    assert_eq!(stefan.post("/settings/paying", &fields).await.location(), "/settings?done=paying");
    let page = stefan.get("/settings/paying").await.sees(200);
    assert_eq!(page.value("input[name=iban]").as_deref(), Some("CH93 0076 2011 6238 5295 7"));
    // What was issued stays as it is.
    assert_eq!(asked(&db, before).await, None);

    let step = async |step| {
        orders::Entity::mark(&db, &me, open, step, Said::default()).await.expect("a step");
    };
    step(Step::Strung).await;
    let pay = asked(&db, open).await.expect("what to scan");
    assert_eq!(pay.ways.len(), 2);
    assert!(pay.ways[0].has_cross && pay.ways[0].says.starts_with("SPC\n0200\n1\nCH93"));
    assert_eq!(pay.ways[1].says, FIELDS[6].1);
    let total = orders::Model::find(&db, open).await.unwrap().prices().total();
    assert!(pay.ways[0].says.contains(&format!("\n{}\nCHF\n", total.plain())));
    step(Step::Paid).await;
    assert_eq!(asked(&db, open).await, None);
    orders::Entity::undo(&db, &me, open, Step::Paid).await.expect("taken back");
    assert_eq!(asked(&db, open).await, Some(pay));
}

#[tokio::test]
async fn a_wrong_account_is_marked_and_what_was_typed_stays() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let version = stefan.get("/settings/paying").await.sees(200).value("input[name=version]");
    let version = version.expect("a version");
    let mut fields = [&FIELDS[..], &[("version", version.as_str())]].concat();
    fields[0].1 = "CH93 0076 2011 6238 5295 8";
    fields[3].1 = "";
    let page = stefan.post("/settings/paying", &fields).await.sees(422);
    for wrong in ["iban", "postcode"] {
        let marked = format!("input[name={wrong}][aria-invalid=true]");
        assert!(page.element(&marked).is_some(), "{wrong}");
    }
    assert_eq!(page.value("input[name=iban]").as_deref(), Some(fields[0].1));
    assert_eq!(page.value("input[name=town]").as_deref(), Some("Zürich"));
    // Nothing of it is kept, and who looks later is told what somebody else has saved.
    let known = stefan.get("/settings/paying").await.sees(200);
    assert_eq!(known.value("input[name=iban]").as_deref(), Some(""));
    fields[0].1 = FIELDS[0].1;
    fields[3].1 = FIELDS[3].1;
    stefan.post("/settings/paying", &fields).await.sees(303);
    stefan.post("/settings/paying", &fields).await.sees(422);
}
