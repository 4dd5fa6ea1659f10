//! Two stringers who never meet.

use rbo::demo;
use rbo::models::{client_rackets, orders, receipt_emissions};
use rbo::values::Vocabulary as _;
use sea_orm::EntityTrait;

use crate::support::World;

#[tokio::test]
async fn the_lists_show_ones_own_alone() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let mut marco = world.marco().await;
    for path in [
        "/",
        "/clients",
        "/orders",
        "/orders/new",
        "/clients?q=giulia",
        "/orders?q=giulia",
        "/orders/new?q=giulia",
    ] {
        let page = stefan.get(path).await.sees(200);
        assert!(!page.contains("Ferrari") && !page.contains("Marco"), "{path}");
    }
    assert!(marco.get("/clients").await.sees(200).contains("Giulia Ferrari"));
    assert!(!marco.get("/clients").await.contains("Lukas"));
}

#[tokio::test]
async fn every_id_of_the_other_answers_not_found_in_every_url() {
    let world = World::demo().await;
    let (_me, db) = world.at_work(demo::MARCO).await;
    let order = orders::Entity::find().one(&db).await.unwrap().expect("an order of Marco's");
    let emission =
        receipt_emissions::Entity::find().one(&db).await.unwrap().expect("a receipt of Marco's");
    let frame =
        client_rackets::Entity::find().one(&db).await.unwrap().expect("a racket of Marco's");
    let (id, client) = (order.id, order.client_profile_id);

    let mut stefan = world.stefan().await;
    let pages = [
        format!("/orders/{id}"),
        format!("/orders/{id}/edit"),
        format!("/orders/{id}/receipt/emissions"),
        format!("/orders/{}/receipt/emissions/{}/x.pdf", emission.order_id, emission.id),
        format!("/orders/new?from={id}"),
        format!("/orders/new?client={client}"),
        format!("/clients/{client}"),
        format!("/clients/{client}/edit"),
        format!("/client-rackets/{}", frame.id),
        format!("/client-rackets/{}/edit", frame.id),
        format!("/r/{}", frame.label_code),
        format!("/orders/{id}/labels/wide.pdf"),
    ];
    for page in &pages {
        let answer = stefan.get(page).await.sees(404);
        assert!(!answer.contains(order.sport.code()), "{page}");
    }
    for step in ["ordered", "strung", "returned", "paid", "cancelled"] {
        stefan.post(&format!("/orders/{id}/{step}"), &[]).await.sees(404);
        stefan.delete(&format!("/orders/{id}/{step}")).await.sees(404);
    }
    stefan.post(&format!("/orders/{id}/receipt/emissions"), &[]).await.sees(404);
    stefan.post(&format!("/orders/{id}"), &[("frame", &frame.id.to_string())]).await.sees(404);
    let (client, frame) = (client.to_string(), frame.id.to_string());
    stefan
        .post("/orders", &[("client", &client), ("frame", "new"), ("racket", "X")])
        .await
        .sees(404);
    stefan.post("/orders", &[("client", "self"), ("frame", &frame)]).await.sees(404);

    let untouched = orders::Entity::find_by_id(id).one(&db).await.unwrap().expect("still there");
    assert_eq!(untouched, order);
}
