use rbo::demo;
use rbo::models::receipt_emissions::{Column, Entity, Model};
use rbo::workers::render_receipt::{RenderReceiptArgs, render};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use crate::support::World;

/// The latest one, which the sweeper's first look leaves alone.
async fn owed(db: &Db) -> Model {
    let owed = Entity::find().filter(Column::PdfState.eq("pending"));
    let owed = owed.order_by_desc(Column::NextAttemptAt).order_by_desc(Column::Id).one(db).await;
    owed.unwrap().expect("a receipt that is owed")
}

#[tokio::test]
async fn what_is_owed_is_made_once_however_often_the_nudge_comes() {
    let world = World::demo().await;
    let (stefan, db) = world.at_work(demo::STEFAN).await;
    let args = RenderReceiptArgs { stringer_id: stefan.id, emission_id: owed(&db).await.id };
    render(&world.ctx, args).await.expect("made");
    let first = Entity::find_by_id(args.emission_id).one(&db).await.unwrap().expect("an emission");
    assert!(first.pdf.as_ref().is_some_and(|pdf| pdf.starts_with(b"%PDF-")));
    render(&world.ctx, args).await.expect("nothing left to do");
    let second = Entity::find_by_id(args.emission_id).one(&db).await.unwrap();
    assert_eq!(second, Some(first));
}

#[tokio::test]
async fn a_nudge_that_names_anothers_receipt_or_nobody_makes_nothing() {
    let world = World::demo().await;
    let (_stefan, his) = world.at_work(demo::STEFAN).await;
    let (marco, _db) = world.at_work(demo::MARCO).await;
    let emission = owed(&his).await;
    for stringer_id in [marco.id, Uuid::now_v7()] {
        let args = RenderReceiptArgs { stringer_id, emission_id: emission.id };
        assert!(render(&world.ctx, args).await.is_err());
    }
    let untouched = Entity::find_by_id(emission.id).one(&his).await.unwrap();
    assert_eq!(untouched, Some(emission));
}
