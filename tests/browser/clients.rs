//! A client's own pages, and the rows of a feed, as somebody sees them who looks at all pages.

use fantoccini::Client;
use rbo::database;
use rbo::demo;
use rbo::models::catalogue::Said;
use rbo::models::catalogue_imports::{self, Brought};
use rbo::models::purposes::{KNOW_PERSON, STAGE_FEED};
use rbo::models::{client_profiles, client_rackets, orders, person_claims, rackets, sharing};
use rbo::units::Sport;
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use sea_orm_tenancy::{Scope, TenantId};

use super::{find, tap};
use crate::support::World;

/// A row of a feed that nobody has, and one that everybody has; their pages.
pub(super) async fn feed(world: &World) -> Vec<(&'static str, String)> {
    let (_, stefans) = world.at_work(demo::STEFAN).await;
    let frame = client_rackets::Entity::find().one(&stefans).await.unwrap().expect("a racket");
    let known = rackets::Model::find(&stefans, frame.racket_id).await.unwrap();
    let row = |manufacturer: &str, model: &str, sport, weight| {
        let facts = rackets::Facts { weight: Some(weight), ..rackets::Facts::default() };
        let (manufacturer, model) = (manufacturer.to_owned(), model.to_owned());
        let said = Said::Racket(rackets::Said { manufacturer, model, facts });
        Brought { external_id: None, sport, said }
    };
    let rows = vec![
        row("Zugspitz", "Cell 8", Sport::Tennis, 300),
        row(&known.manufacturer, &known.model, known.sport, 299),
    ];
    let db = database::scoped_db(&world.ctx, Scope::System(&STAGE_FEED)).expect("a handle");
    catalogue_imports::stage(&db, "Club list 2026", rows, false).await.unwrap();
    let staged = catalogue_imports::Entity::find();
    let staged = staged.one(&world.beneath().await).await.unwrap().expect("a row").id;
    [
        ("admin-feeds", "/admin/feeds".to_owned()),
        ("admin-feeds-taken", "/admin/feeds?done=taken-12-3-4".to_owned()),
        ("admin-feeds-none", "/admin/feeds?q=zzzz".to_owned()),
        ("admin-feed-row", format!("/admin/feeds/{staged}")),
    ]
    .into()
}

/// Lets the browser in as a client of Stefan's who shares; its pages.
pub(super) async fn let_in(
    world: &World,
    browser: &Client,
    base: &str,
) -> Vec<(&'static str, String)> {
    let (me, stefans) = world.at_work(demo::STEFAN).await;
    let (marco, _) = world.at_work(demo::MARCO).await;
    let order = orders::Entity::find()
        .filter(orders::Column::StrungAt.is_not_null())
        .filter(orders::Column::IsSelf.eq(false))
        .order_by_desc(orders::Column::StrungAt)
        .one(&stefans);
    let order = order.await.unwrap().expect("a strung order");
    let file = client_profiles::Entity::find_by_id(order.client_profile_id).one(&stefans).await;
    let person = file.unwrap().and_then(|file| file.person_id).expect("a person");
    let own = database::scoped_db(&world.ctx, Scope::Person(TenantId::from(person))).unwrap();
    sharing::own::grant_order(&own, order.id, marco.id).await.unwrap();
    sharing::own::grant_all(&own, marco.id).await.unwrap();
    let path = link(world, me.id, person).await;
    browser.goto(&format!("{base}{path}")).await.expect("a page");
    tap(browser, ".button--main").await;
    find(browser, "a[href='/mine/settings']").await;
    [
        ("mine", "/mine".to_owned()),
        ("mine-order", format!("/mine/orders/{}", order.id)),
        ("mine-order-found", format!("/mine/orders/{}?q=marco", order.id)),
        ("mine-sharing", "/mine/sharing".to_owned()),
        ("mine-sharing-nobody", "/mine/sharing?q=zzzz&done=revoked".to_owned()),
        ("mine-settings", "/mine/settings?done=saved".to_owned()),
        ("mine-start", "/mine/start".to_owned()),
        ("mine-spent", "/mine/link?token_hash=0".to_owned()),
        ("mine-link", link(world, me.id, person).await),
    ]
    .into()
}

async fn link(world: &World, stringer: Uuid, person: Uuid) -> String {
    let db = database::scoped_db(&world.ctx, Scope::System(&KNOW_PERSON)).expect("a handle");
    let secret = person_claims::Entity::hand_over(&db, stringer, person).await.unwrap();
    format!("/mine/link?token_hash={}", secret.reveal())
}
