//! What receipts say, whole, as text; a change of a word shows here.

use rbo::demo;
use rbo::models::receipt_emissions::{Cause, Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use crate::support::World;

async fn receipt(email: &str, number: &str) -> Value {
    let world = World::demo().await;
    let (_me, db) = world.at_work(email).await;
    let first = Column::Cause.eq(Cause::First);
    let emission = Entity::find().filter(Column::Number.eq(number)).filter(first).one(&db).await;
    let emission = emission.expect("an answer").expect("a receipt");
    serde_json::from_str(&emission.snapshot).expect("a snapshot")
}

fn assert_says(name: &str, receipt: &Value) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_json_snapshot!(name, receipt));
}

#[tokio::test]
async fn a_receipt_in_german_says_all_of_this() {
    assert_says("a_receipt_in_german", &receipt(demo::STEFAN, "2026-0002").await);
}

#[tokio::test]
async fn a_receipt_in_english_says_all_of_this() {
    assert_says("a_receipt_in_english", &receipt(demo::MARCO, "2026-0001").await);
}
