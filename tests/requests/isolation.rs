//! Two stringers who never meet.

use loco_rs::app::Hooks as _;
use rbo::app::App;
use rbo::demo;
use rbo::models::client_profiles::Client;
use rbo::models::orders::{self, Payment, Said, Step};
use rbo::models::stringers::Member;
use rbo::models::taxes::Tax;
use rbo::models::{
    catalogue_strings, client_rackets, logos, payments, rackets, receipt_emissions, reels, taxes,
};
use rbo::pictures;
use rbo::units::{Currency, Sport};
use rbo::values::Vocabulary as _;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use crate::support::{REEL, World};

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

/// Another stringer's rows, by what a route calls them.
struct Foreign {
    order: orders::Model,
    emission: receipt_emissions::Model,
    frame: client_rackets::Model,
    /// An entry of the catalogue that he alone sees.
    entry: Uuid,
    /// His string in stock.
    reel: Uuid,
    /// How his prices are taxed.
    tax: Uuid,
    /// What was paid for a job of his.
    payment: payments::Model,
    /// Nobody's: what ends is tried with a real one in `identity::accounts`.
    session: Uuid,
    /// How the client is called.
    client: String,
    logo: Uuid,
}

impl Foreign {
    async fn of_marco(world: &World) -> Self {
        let (me, db) = world.at_work(demo::MARCO).await;
        let payment = a_payment(&db, &me).await;
        let emission = receipt_emissions::Entity::find().one(&db).await.unwrap();
        let emission = emission.expect("a receipt of Marco's");
        let order = orders::Model::find(&db, emission.order_id).await.expect("its order");
        let frame = client_rackets::Model::find(&db, order.client_racket_id).await;
        let client = Client::find(&db, order.client_profile_id).await.expect("its client");
        let client = client.name().expect("a name");
        let frame = frame.expect("its racket");
        let entry = rackets::Entity::find_or_create(&db, Sport::Tennis, "Marco's own").await;
        let entry = entry.expect("an entry");
        let string =
            catalogue_strings::Entity::find_or_add_named(&db, Sport::Tennis, "Marco's").await;
        let string = string.expect("a string").id;
        let reel = reels::Entity::add(&db, string, Currency::Chf, REEL).await.expect("a reel");
        taxes::Entity::say(&db, me.today(), &Tax::NONE).await.expect("said");
        let tax = taxes::Entity::all(&db).await.expect("what was said")[0].id;
        let session = Uuid::now_v7();
        let dots = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
        let picture = pictures::child::read(dots).expect("a picture");
        logos::Entity::take(&db, me.id, picture).await.expect("a logo");
        let logo = logos::Entity::find().one(&db).await.expect("logos").expect("a logo").id;
        Self { logo, emission, frame, order, client, entry, reel, tax, payment, session }
    }

    /// A route's address with Marco's keys in it; `None` where a route has no key of a row.
    fn address(&self, route: &str) -> Option<String> {
        // A word, and no key of a row.
        let route = &route.replace("{kind}", "rackets");
        let id = if route.starts_with("/client-rackets/") {
            self.frame.id
        } else if route.starts_with("/reels/") {
            self.reel
        } else if route.starts_with("/catalogue/") {
            self.entry
        } else if route.starts_with("/clients/") {
            self.order.client_profile_id
        } else if route.starts_with("/settings/sessions/") {
            self.session
        } else if route.starts_with("/settings/logo/") {
            self.logo
        } else if route.starts_with("/settings/taxes/") {
            self.tax
        } else {
            self.order.id
        };
        let id = if route.contains("{payment}") { self.payment.order_id } else { id };
        let filled = route
            .replace("{payment}", &self.payment.id.to_string())
            .replace("{id}", &id.to_string())
            .replace("{code}", &self.frame.label_code)
            .replace("{emission}", &self.emission.id.to_string())
            .replace("{share}", &self.order.id.to_string())
            .replace("{order}", &self.order.id.to_string())
            .replace("{step}", "strung")
            .replace("{name}", "receipt.pdf")
            .replace("{file}", "wide.pdf");
        assert!(!filled.contains('{'), "{route} has a key that this test does not know");
        (filled != *route).then_some(filled)
    }
}

/// Part of what a job costs.
async fn a_payment(db: &Db, me: &Member) -> payments::Model {
    let open = orders::Entity::find().filter(orders::Column::PaidAt.is_null());
    let open = open.filter(orders::Column::IsSelf.eq(false)).one(db).await.expect("orders");
    let said = Said { amount: Some(100), payment: Some(Payment::Cash), ..Said::default() };
    let open = open.expect("an open job").id;
    orders::Entity::mark(db, me, open, Step::Paid, said).await.expect("a part");
    let paid = payments::Entity::find().filter(payments::Column::OrderId.eq(open)).one(db);
    paid.await.expect("payments").expect("what was paid")
}

/// Routes whose key is nobody's row, or whose rows are an admin's to see.
const NOT_A_TENANTS: [&str; 5] = ["/admin/", "/auth/v1/", "/days/{date}", "/mine/", "/static/"];

/// Ending a session that is not one's own does nothing, without a word.
const SAYS_NOTHING: &str = "/settings/sessions/{id}";

#[tokio::test]
async fn every_route_of_the_router_answers_not_found_for_the_keys_of_another() {
    let world = World::demo().await;
    let foreign = Foreign::of_marco(&world).await;
    let mut stefan = world.stefan().await;
    let mut tried = 0;
    for route in App::routes(&world.ctx).collect() {
        if NOT_A_TENANTS.iter().any(|prefix| route.uri.starts_with(prefix)) {
            continue;
        }
        let Some(address) = foreign.address(&route.uri) else { continue };
        for action in &route.actions {
            let answer = match action.as_str() {
                "GET" => stefan.get(&address).await,
                "POST" => stefan.post(&address, &[("first_name", "Eve")]).await,
                "DELETE" => stefan.delete(&address).await,
                other => panic!("{other} {address}"),
            };
            let status = if route.uri == SAYS_NOTHING { 303 } else { 404 };
            assert_eq!(answer.status, status, "{action} {}", route.uri);
            assert!(!answer.text().contains(&foreign.client), "{action} {}", route.uri);
            tried += 1;
        }
    }
    assert!(tried >= 17, "only {tried}");
    let (_me, db) = world.at_work(demo::MARCO).await;
    let untouched = orders::Model::find(&db, foreign.order.id).await.expect("still there");
    assert_eq!(untouched, foreign.order);
}

#[tokio::test]
async fn no_job_is_entered_for_a_client_or_a_racket_of_another() {
    let world = World::demo().await;
    let foreign = Foreign::of_marco(&world).await;
    let client = foreign.order.client_profile_id.to_string();
    let (order, frame) = (foreign.order.id, foreign.frame.id.to_string());
    let mut stefan = world.stefan().await;
    for page in [format!("/orders/new?from={order}"), format!("/orders/new?client={client}")] {
        stefan.get(&page).await.sees(404);
    }
    let new = [("client", client.as_str()), ("frame", "new"), ("racket", "X")];
    stefan.post("/orders", &new).await.sees(404);
    stefan.post("/orders", &[("client", "self"), ("frame", &frame)]).await.sees(404);
    stefan.post(&format!("/orders/{order}"), &[("frame", &frame)]).await.sees(404);
    for step in Step::codes() {
        stefan.post(&format!("/orders/{order}/{step}"), &[]).await.sees(404);
        stefan.delete(&format!("/orders/{order}/{step}")).await.sees(404);
    }
    let (_me, db) = world.at_work(demo::MARCO).await;
    assert_eq!(orders::Model::find(&db, order).await.expect("still there"), foreign.order);
}
