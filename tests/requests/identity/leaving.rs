//! A stringer ends its account: it may come back for a while, and then no more.

use rbo::demo;
use rbo::models::purposes::LEAVE;
use rbo::models::stringers;
use sea_orm::{EntityTrait, sea_query::Expr};
use sea_orm_tenancy::Scope;

use crate::support::World;

#[tokio::test]
async fn whoever_leaves_is_out_at_once_and_comes_back_within_thirty_days() {
    let world = World::demo().await;
    let (mut marco, mut phone) = (world.marco().await, world.marco().await);
    phone.get("/").await.sees(200);
    let page = marco.get("/settings/leaving").await.sees(200);
    assert!(page.contains("/exports") && page.contains("30 days"));
    for wrong in ["", "yes"] {
        let page = marco.post("/settings/leaving", &[("word", wrong)]).await.sees(422);
        assert!(page.marked("word").is_some());
    }
    marco.get("/").await.sees(200);
    let rows = world.rows("orders").await;
    let out = marco.post("/settings/leaving", &[("word", "end")]).await.sees(303).location();
    assert_eq!(out, "/session/new");
    for browser in [&mut marco, &mut phone] {
        let status = browser.get("/").await.status.as_u16();
        assert!([303, 403].contains(&status), "{status}");
    }
    let mut again = world.visitor();
    again.sign_in(demo::MARCO, demo::PASSWORD).await.sees(303);
    assert_eq!(again.get("/").await.sees(303).location(), "/access");
    assert_eq!(world.rows("orders").await, rows, "the book stays");

    let mut admin = world.stefan().await;
    let list = admin.get("/admin/stringers").await.sees(200);
    assert!(list.contains("Gegangen"), "{}", list.text());
    let open = list.attribute("form[action$='/closing']", "action").expect("a row");
    admin.delete(&open).await.sees(303);
    world.marco().await.get("/").await.sees(200);
    // Who has come back and leaves again, has thirty days again.
    let mut marco = world.marco().await;
    marco.post("/settings/leaving", &[("word", "END")]).await.sees(303);
    world.age("stringers", "left_at").await;
    let list = admin.get("/admin/stringers").await.sees(200);
    assert!(list.contains("das Konto ist beendet"), "{}", list.text());
    assert!(list.attribute("form[action$='/closing']", "action").is_none());
    admin.delete(&open).await.sees(404);
    // A page from before it left still has the button, which opens no way back.
    admin.post(&open, &[("reason", "late")]).await.sees(303);
    admin.delete(&open).await.sees(404);
    assert_eq!(world.rows("stringers WHERE deactivated_at IS NOT NULL").await, 1);
}

#[tokio::test]
async fn an_admin_does_not_leave_and_nobody_leaves_for_another_or_by_its_own_pen() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    assert!(stefan.get("/settings/leaving").await.sees(200).contains("anderen Admin"));
    stefan.post("/settings/leaving", &[("word", "BEENDEN")]).await.sees(404);
    stefan.get("/").await.sees(200);
    let (admin, db) = world.at_work(demo::STEFAN).await;
    let leave = rbo::database::scoped_db(&world.ctx, Scope::System(&LEAVE)).unwrap();
    assert!(stringers::Entity::leave(&leave, &admin).await.is_err());
    // Nobody sets these columns in its own name, whatever else it may change of itself.
    for column in [stringers::Column::DeactivatedAt, stringers::Column::LeftAt] {
        let set = stringers::Entity::update_many()
            .col_expr(column, Expr::value(chrono::Utc::now()))
            .exec(&db)
            .await;
        assert!(set.is_err());
    }
}
