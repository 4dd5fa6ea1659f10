//! A row with a word that is in no list is an error with its key, and never taken for another.

use rbo::demo;
use rbo::models::orders::{self, Query};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::support::World;

#[tokio::test]
async fn an_order_in_no_currency_is_an_error_that_names_the_order() {
    let world = World::demo().await;
    let (_stefan, db) = world.at_work(demo::STEFAN).await;
    let newest = orders::Entity::find().select_only().column(orders::Column::Id);
    let newest = newest.order_by_desc(orders::Column::OrderedAt).into_tuple::<uuid::Uuid>();
    let id = newest.one(&db).await.unwrap().unwrap();
    let raw = world.beneath().await;
    let spoiled = orders::Entity::update_many()
        .col_expr(orders::Column::Currency, Expr::value("shells"))
        .filter(orders::Column::Id.eq(id))
        .exec(&raw)
        .await;
    assert_eq!(spoiled.unwrap().rows_affected, 1);

    let said = [
        orders::Model::find(&db, id).await.map(drop).unwrap_err().to_string(),
        orders::Row::find(&db, id).await.map(drop).unwrap_err().to_string(),
        orders::Entity::search(&db, &Query::default()).await.map(drop).unwrap_err().to_string(),
    ];
    for said in said {
        assert!(said.contains(&id.to_string()), "{said}");
    }
    let page = world.stefan().await.get(&format!("/orders/{id}")).await;
    assert_eq!(page.status, 500, "a page that says so, and no other currency");
}
