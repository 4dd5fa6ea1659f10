//! How prices are taxed: what receipts say of it, from which day on.

use rbo::demo;
use rbo::models::orders::{self, Said, Step};
use rbo::models::receipt_emissions;
use rbo::receipts::Snapshot;
use sea_orm::prelude::Uuid;
use sea_orm_tenancy::Db;

use crate::support::{Browser, World};

async fn says(db: &Db, order: Uuid) -> Snapshot {
    let said = receipt_emissions::Entity::last_snapshot(db, order).await.unwrap();
    Snapshot::from_json(&said.expect("a receipt")).expect("a snapshot")
}

async fn say(browser: &mut Browser, fields: [&str; 5]) {
    let names = ["since", "regime", "number", "labor_rate", "strings_rate"];
    let fields: Vec<_> = names.into_iter().zip(fields).collect();
    let done = browser.post("/settings/taxes", &fields).await.sees(303).location();
    assert_eq!(done, "/settings/taxes?done=1");
}

#[tokio::test]
async fn a_receipt_says_what_held_on_the_day_of_stringing() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let page = stefan.get("/settings/taxes").await.sees(200);
    assert!(page.contains("Nicht mehrwertsteuerpflichtig"));
    let order = orders::Entity::queue(&db, 1).await.unwrap()[0].id;
    let mark = async |step| {
        orders::Entity::mark(&db, &me, order, step, Said::default()).await.expect("a step");
    };
    mark(Step::Strung).await;
    let before = says(&db, order).await;
    assert_eq!(
        (before.taxes, before.tax_note.as_str()),
        (vec![], "Nicht mehrwertsteuerpflichtig.")
    );

    let (today, tomorrow) = (me.today(), me.today().succ_opt().unwrap());
    say(&mut stefan, [&today.to_string(), "switzerland", "che 109322551", "", ""]).await;
    say(&mut stefan, [&tomorrow.to_string(), "switzerland", "CHE-109.322.551", "8,8", ""]).await;
    orders::Entity::issue_by_hand(&db, order).await.unwrap();
    let now = says(&db, order).await;
    let total = orders::Model::find(&db, order).await.unwrap().prices().total();
    assert_eq!(now.tax_note, "MWST-Nr. CHE-109.322.551 MWST");
    let label = format!("8.1 % MWST, enthalten in {}", now.total_amount);
    // 8.1 of 108.1, to the nearest rappen.
    let tax = (f64::from(i32::try_from(total.minor()).unwrap()) * 8.1 / 108.1).round() / 100.0;
    assert_eq!(
        (now.taxes[0].label.as_str(), now.taxes[0].value.clone()),
        (label.as_str(), format!("{tax:.2}"))
    );
    assert_eq!(now.taxes.len(), 1);
    // The page lists both, and marks what holds today; a day is said anew, and taken back.
    let page = stefan.get("/settings/taxes").await.sees(200);
    assert!(page.contains("8.8") && page.contains("gilt jetzt"));
    say(&mut stefan, [&today.to_string(), "germany_small", "", "", ""]).await;
    orders::Entity::issue_by_hand(&db, order).await.unwrap();
    let small = says(&db, order).await;
    assert_eq!(small.tax_note, "Steuerfrei für Kleinunternehmer nach § 19 UStG.");
    let page = stefan.get("/settings/taxes").await.sees(200);
    for action in page.attributes("ul form", "action") {
        stefan.delete(&action).await.sees(303);
    }
    orders::Entity::issue_by_hand(&db, order).await.unwrap();
    assert_eq!(says(&db, order).await.tax_note, "Nicht mehrwertsteuerpflichtig.");
}

#[tokio::test]
async fn what_is_wrong_is_marked_and_nobody_else_is_asked() {
    let world = World::demo().await;
    let (mut stefan, mut marco) = (world.stefan().await, world.marco().await);
    let fields = [
        ("since", "2026-02-30"),
        ("regime", "switzerland"),
        ("number", "CHE-109.322.552"),
        ("labor_rate", "81"),
    ];
    let page = stefan.post("/settings/taxes", &fields).await.sees(422);
    for (wrong, typed) in [("since", "2026-02-30"), ("number", fields[2].1), ("labor_rate", "81")] {
        assert!(page.marked(wrong).is_some(), "{wrong}");
        assert_eq!(page.value(&format!("input[name={wrong}]")).as_deref(), Some(typed));
    }
    assert!(
        stefan.get("/settings/taxes").await.sees(200).attributes("ul form", "action").is_empty()
    );
    say(&mut marco, ["2026-01-01", "germany", "", "", "7"]).await;
    let his = marco.get("/settings/taxes").await.sees(200).attributes("ul form", "action");
    stefan.delete(&his[0]).await.sees(404);
    let (me, db) = world.at_work(demo::MARCO).await;
    let order = orders::Entity::queue(&db, 1).await.unwrap()[0].id;
    orders::Entity::mark(&db, &me, order, Step::Strung, Said::default()).await.unwrap();
    let says = says(&db, order).await;
    assert!(
        says.tax_note == "Alle Preise enthalten die Umsatzsteuer."
            || says.tax_note == "All prices include VAT."
    );
    rbo::receipts::render(says.to_json(), None).await.expect("one page");
    assert_eq!(marco.get("/settings/taxes").await.attributes("ul form", "action"), his);
}
