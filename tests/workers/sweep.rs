//! What was left is taken up, whosever it is.

use chrono::{Duration, Utc};
use rbo::demo;
use rbo::models::receipt_emissions::{Column, Entity, PdfState};
use rbo::models::stringers;
use rbo::workers::sweep::sweep;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::support::World;

/// More of one stringer's than a look takes up, and they are due before all others.
#[tokio::test]
async fn what_a_deactivated_stringer_owes_stands_in_nobodys_way() {
    let world = World::demo().await;
    let (stefan, his) = world.at_work(demo::STEFAN).await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let raw = world.beneath().await;
    let due = |when| Expr::value(Utc::now() + when);
    let all = Entity::update_many().col_expr(Column::NextAttemptAt, due(Duration::days(1)));
    all.exec(&raw).await.unwrap();
    let owe = async |ids: Vec<uuid::Uuid>, when| {
        Entity::update_many()
            .col_expr(Column::PdfState, Expr::value(PdfState::Pending))
            .col_expr(Column::Pdf, Expr::value(Option::<Vec<u8>>::None))
            .col_expr(Column::NextAttemptAt, due(when))
            .filter(Column::Id.is_in(ids))
            .exec(&raw)
            .await
            .unwrap();
    };
    let ids = |at_most| Entity::find().select_only().column(Column::Id).limit(at_most).into_tuple();
    let before: Vec<uuid::Uuid> = ids(30).all(&his).await.unwrap();
    assert_eq!(before.len(), 30);
    let behind: Vec<uuid::Uuid> = ids(1).all(&db).await.unwrap();
    stringers::Entity::update_many()
        .col_expr(stringers::Column::DeactivatedAt, Expr::value(Utc::now()))
        .filter(stringers::Column::Id.eq(stefan.id))
        .exec(&raw)
        .await
        .unwrap();
    owe(before, -Duration::hours(2)).await;
    owe(behind.clone(), -Duration::hours(1)).await;
    for _ in 0..3 {
        sweep(&world.ctx).await.expect("looked");
    }
    let made = Entity::find_by_id(behind[0]).one(&db).await.unwrap().expect("an emission");
    assert_ne!(made.pdf_state, PdfState::Pending);
}
