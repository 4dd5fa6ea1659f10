//! Processes whose clocks differ: what comes later is later, whatever they say.

use chrono::{Duration, Utc};
use rbo::demo;
use rbo::models::orders::{Entity, Model, Payment, Said, Step};
use rbo::models::stringers::Member;
use rbo::models::{payments, receipt_emissions};
use rbo::receipts::Snapshot;
use sea_orm_tenancy::Db;
use uuid::Uuid;

use crate::support::{World, waiting};

/// What is there was written by a process whose clock is so much ahead.
const AHEAD: Duration = Duration::minutes(5);

/// A client's racket that was strung just now.
struct Strung {
    world: World,
    me: Member,
    db: Db,
    order: Uuid,
}

impl Strung {
    async fn new() -> Self {
        let world = World::demo().await;
        let (me, db) = world.at_work(demo::STEFAN).await;
        let order = waiting(&db).await[0];
        Entity::mark(&db, &me, order, Step::Strung, Said::default()).await.unwrap();
        Self { world, me, db, order }
    }
}

#[tokio::test]
async fn the_receipt_of_a_payment_is_the_latest_one() {
    let Strung { world, me, db, order } = Strung::new().await;
    world.set_moments("receipt_emissions", "created_at", Utc::now() + AHEAD).await;
    for is_paid in [true, false, true] {
        if is_paid {
            let cash = Said { payment: Some(Payment::Cash), ..Said::default() };
            Entity::mark(&db, &me, order, Step::Paid, cash).await.unwrap();
        } else {
            Entity::undo(&db, &me, order, Step::Paid).await.unwrap();
        }
        let last = receipt_emissions::Entity::last_snapshot(&db, order).await.unwrap();
        assert_eq!(Snapshot::from_json(&last.expect("a receipt")).unwrap().paid, is_paid);
    }
    let by_hand = Entity::issue_by_hand(&db, order).await.unwrap();
    assert_eq!(receipt_emissions::Entity::latest(&db, order).await.unwrap(), Some(by_hand));
}

#[tokio::test]
async fn the_payment_that_came_last_is_the_one_that_is_taken_back() {
    let Strung { world, me, db, order } = Strung::new().await;
    let part = Said { payment: Some(Payment::Cash), amount: Some(500), ..Said::default() };
    Entity::mark(&db, &me, order, Step::Paid, part).await.unwrap();
    world.set_moments("payments", "created_at", Utc::now() + AHEAD).await;
    let rest = Said { payment: Some(Payment::Transfer), ..Said::default() };
    Entity::mark(&db, &me, order, Step::Paid, rest).await.unwrap();
    assert_eq!(Model::find(&db, order).await.unwrap().paid_at, Some(me.today()));
    Entity::undo(&db, &me, order, Step::Paid).await.unwrap();
    let model = Model::find(&db, order).await.unwrap();
    let left = payments::Entity::of(&db, &model).await.unwrap();
    assert_eq!(left.iter().map(|one| one.amount).collect::<Vec<_>>(), [500]);
}
