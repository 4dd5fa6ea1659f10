//! What workers have given up, run again; and statements that were turned away.

use rbo::demo;
use rbo::models::receipt_emissions::{self, PdfState};
use rbo::workers::render_receipt::{self, RenderReceiptArgs};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait as _, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::support::World;

#[tokio::test]
async fn what_was_given_up_is_run_again() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::MARCO).await;
    let emission = receipt_emissions::Entity::find().one(&db).await.unwrap().expect("a receipt");
    let raw = world.beneath().await;
    receipt_emissions::Entity::update_many()
        .col_expr(receipt_emissions::Column::PdfState, Expr::value(PdfState::Failed))
        .col_expr(receipt_emissions::Column::Pdf, Expr::value(Option::<Vec<u8>>::None))
        .col_expr(receipt_emissions::Column::LastError, Expr::value("no <room> left"))
        .col_expr(receipt_emissions::Column::Attempts, Expr::value(8))
        .filter(receipt_emissions::Column::Id.eq(emission.id))
        .exec(&raw)
        .await
        .unwrap();
    let mut stefan = world.stefan().await;
    let page = stefan.get("/admin/jobs").await.sees(200);
    for shown in ["no &lt;room&gt; left", "Marco Tennis Service"] {
        assert!(page.contains(shown), "{shown}");
    }
    let again = format!("/admin/jobs/receipt/{}", emission.id);
    assert!(page.contains(&again));
    world.marco().await.post(&again, &[]).await.sees(404);
    assert_eq!(stefan.post(&again, &[]).await.location(), "/admin/jobs?done=owed");
    assert_eq!(stefan.post(&again, &[]).await.location(), "/admin/jobs?done=changed");
    for none in ["pigeon", "export", "import"] {
        let path = format!("/admin/jobs/{none}/{}", Uuid::now_v7());
        let answer = stefan.post(&path, &[]).await;
        assert_eq!(answer.status.as_u16(), if none == "pigeon" { 404 } else { 303 }, "{none}");
    }
    let args = RenderReceiptArgs { stringer_id: me.id, emission_id: emission.id };
    render_receipt::render(&world.ctx, args).await.expect("rendered");
    let row = receipt_emissions::Entity::find_by_id(emission.id).one(&db).await.unwrap();
    assert_eq!(row.expect("there").pdf_state, PdfState::Rendered);
}

#[tokio::test]
async fn a_statement_that_was_turned_away_is_told() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    db.execute_unprepared("DROP TABLE orders").await.expect_err("refused");
    let page = world.stefan().await.get("/admin/refusals").await.sees(200);
    assert!(page.contains("refused"), "{}", page.text());
    world.marco().await.get("/admin/refusals").await.sees(404);
}
