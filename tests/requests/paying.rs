//! Where a stringer is paid, and what its open receipts say of it.

use rbo::demo;
use rbo::models::orders::{self, Step};
use rbo::models::{orders::transitions::Said, receipt_emissions};
use rbo::receipts::{Pay, Snapshot};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
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

#[tokio::test]
async fn open_receipts_are_issued_again_where_they_say_something_else_now() {
    let world = World::demo().await;
    let (mut stefan, mut marco) = (world.stefan().await, world.marco().await);
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let (_his, his) = world.at_work(demo::MARCO).await;
    let issued = async |db: &Db| receipt_emissions::Entity::find().count(db).await.unwrap();
    // What was issued by the demo says what it says: once all are as they would be now.
    stefan.post("/orders/receipts", &[]).await.sees(303);
    let (before, others) = (issued(&db).await, issued(&his).await);
    stefan.post("/orders/receipts", &[]).await.sees(303);
    assert_eq!(issued(&db).await, before, "nothing has changed");

    let page = stefan.get("/settings/workshop").await.sees(200);
    let mut workshop = page.form("main form");
    for (name, value) in &mut workshop {
        if name == "business_address" {
            *value = "Neugasse 1\n8005 Zürich".to_owned();
        }
    }
    let saved = stefan.post_fields("/settings/workshop", &workshop).await.sees(303).location();
    assert!(
        stefan.get(&saved).await.sees(200).element("form[action='/orders/receipts']").is_some()
    );
    let unpaid = orders::Entity::find()
        .filter(orders::Column::PaidAt.is_null())
        .filter(orders::Column::CancelledAt.is_null())
        .filter(orders::Column::StrungAt.is_not_null())
        .filter(orders::Column::ReceiptNumber.is_not_null());
    let unpaid = unpaid.all(&db).await.unwrap();
    let client = unpaid[0].client_profile_id;
    let of_client = unpaid.iter().filter(|order| order.client_profile_id == client).count();
    // Of one client, then of all; somebody else's client is nobody.
    let named = client.to_string();
    marco.post("/orders/receipts", &[("client", &named)]).await.sees(404);
    stefan.post("/orders/receipts", &[("client", "x")]).await.sees(404);
    let done = stefan.post("/orders/receipts", &[("client", &named)]).await.sees(303).location();
    assert_eq!(done, format!("/clients/{client}?issued=1"));
    assert_eq!(issued(&db).await, before + u64::try_from(of_client).unwrap());
    stefan.post("/orders/receipts", &[]).await.sees(303);
    assert_eq!(issued(&db).await, before + u64::try_from(unpaid.len()).unwrap());
    assert_eq!(issued(&his).await, others);
}
