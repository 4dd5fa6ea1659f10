//! Every receipt is made again as it was.

use loco_rs::task::{Task as _, Vars};
use rbo::demo;
use rbo::models::receipt_emissions::{Column, Entity, PdfState};
use rbo::tasks::check_receipts::CheckReceipts;
use rbo::workers::check_receipts::{Found, check};
use rbo::workers::render_receipt::{RenderReceiptArgs, render};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::support::World;

#[tokio::test]
async fn all_are_what_they_were_and_one_that_is_not_is_named() {
    let world = World::demo().await;
    let raw = world.beneath().await;
    // A few of each stringer, made now; the others have no file, and the world's own sweeper,
    // which may be at them, makes none.
    let become_state = async |state, which: Option<Vec<uuid::Uuid>>| {
        let all = Entity::update_many().col_expr(Column::PdfState, Expr::value(state));
        let some = match which {
            Some(ids) => all.filter(Column::Id.is_in(ids)),
            None => all,
        };
        some.exec(&raw).await.unwrap();
    };
    become_state(PdfState::Failed, None).await;
    let mut made = Vec::new();
    for stringer in [demo::STEFAN, demo::MARCO] {
        let (me, db) = world.at_work(stringer).await;
        let some = Entity::find().select_only().column(Column::Id).order_by_asc(Column::Id);
        let some: Vec<uuid::Uuid> = some.limit(3).into_tuple().all(&db).await.unwrap();
        become_state(PdfState::Pending, Some(some.clone())).await;
        for emission_id in some {
            let args = RenderReceiptArgs { stringer_id: me.id, emission_id };
            render(&world.ctx, args).await.expect("made");
            made.push(emission_id);
        }
    }
    let same = made.len() as u64;
    assert_eq!(check(&world.ctx).await.unwrap(), Found { same, other: Vec::new() });
    let task = async || CheckReceipts.run(&world.ctx, &Vars::default()).await;
    task().await.expect("nothing to tell");
    let changed = Entity::update_many()
        .col_expr(Column::PdfDigest, Expr::value("0".repeat(64)))
        .filter(Column::Id.eq(made[1]));
    changed.exec(&raw).await.unwrap();
    assert_eq!(check(&world.ctx).await.unwrap(), Found { same: same - 1, other: vec![made[1]] });
    let told = task().await.expect_err("one is another").to_string();
    assert!(told.contains("1 receipts"), "{told}");
}
