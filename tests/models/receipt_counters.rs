use rbo::demo;
use rbo::models::receipt_counters::Entity;
use sea_orm::{TransactionSession, TransactionTrait};

use crate::support::World;

#[tokio::test]
async fn numbers_are_gapless_when_many_take_them_at_once_and_some_give_up() {
    let world = World::demo().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let db = std::sync::Arc::new(db);
    let mut takers = Vec::new();
    for taker in 0..24 {
        let db = db.clone();
        takers.push(tokio::spawn(async move {
            let txn = db.begin().await.unwrap();
            let number = Entity::take(&txn, 2031).await.unwrap();
            if taker % 3 == 0 {
                txn.rollback().await.unwrap();
                None
            } else {
                txn.commit().await.unwrap();
                Some(number)
            }
        }));
    }
    let mut numbers = Vec::new();
    for taker in takers {
        numbers.extend(taker.await.unwrap());
    }
    numbers.sort();
    let expected: Vec<_> = (1..=16).map(|n| format!("2031-{n:04}")).collect();
    assert_eq!(numbers, expected);
}

#[tokio::test]
async fn each_stringer_counts_alone_and_past_nine_thousand_nine_hundred_and_ninety_nine() {
    let world = World::demo().await;
    let (_stefan, his) = world.at_work(demo::STEFAN).await;
    let (_marco, other) = world.at_work(demo::MARCO).await;
    assert_eq!(Entity::take(&his, 2032).await.unwrap(), "2032-0001");
    assert_eq!(Entity::take(&his, 2032).await.unwrap(), "2032-0002");
    assert_eq!(Entity::take(&other, 2032).await.unwrap(), "2032-0001");
    use sea_orm::EntityTrait as _;
    Entity::update_many()
        .col_expr(
            rbo::models::receipt_counters::Column::LastNumber,
            sea_orm::sea_query::Expr::value(9999),
        )
        .exec(&his)
        .await
        .unwrap();
    assert_eq!(Entity::take(&his, 2032).await.unwrap(), "2032-10000");
}
