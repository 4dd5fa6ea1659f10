//! A client's own pages: who gets in, what is shown, and who is let read.

use rbo::demo;
use rbo::models::client_profiles::Client;
use rbo::models::notifications::{self, NotificationKind};
use rbo::models::{client_profiles, orders, persons, receipt_emissions};
use rbo::workers::render_receipt::{self, RenderReceiptArgs};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use crate::support::{Browser, World};

/// A client of Stefan's with a receipt, and all that its pages are asked for.
struct Theirs {
    client: Client,
    order: orders::Model,
    emission: Uuid,
}

impl Theirs {
    /// The client of the nth receipt that has a file.
    async fn of(db: &Db, nth: usize) -> Self {
        let emissions = receipt_emissions::Entity::find()
            .order_by_asc(receipt_emissions::Column::Id)
            .all(db)
            .await
            .unwrap();
        let mut seen: Vec<Uuid> = Vec::new();
        for emission in emissions {
            let order = orders::Model::find(db, emission.order_id).await.unwrap();
            if !seen.contains(&order.client_profile_id) {
                seen.push(order.client_profile_id);
            }
            if seen.len() > nth {
                let client = Client::find(db, order.client_profile_id).await.unwrap();
                return Self { client, order, emission: emission.id };
            }
        }
        panic!("so many clients have no receipts");
    }

    fn person(&self) -> Uuid {
        self.client.person_id.expect("a person")
    }
}

/// The path of a link that Stefan hands over to a client.
async fn link(stefan: &mut Browser, client: Uuid) -> String {
    let page = stefan.post(&format!("/clients/{client}/link"), &[]).await.sees(200);
    let link = page.value("#f-link").expect("a link");
    let (_, path) = link.split_once("/mine/").expect("a client's page");
    format!("/mine/{path}")
}

/// What the link's button does, for whoever has opened it.
async fn open(browser: &mut Browser, path: &str) -> u16 {
    let page = browser.get(path).await;
    let Some(token) = page.value("[name=token_hash]") else { return page.status.as_u16() };
    browser.post("/mine/link", &[("token_hash", &token)]).await.status.as_u16()
}

/// A browser that a client has opened its link with.
async fn at_home(world: &World, client: Uuid) -> Browser {
    let path = link(&mut world.stefan().await, client).await;
    let mut browser = world.visitor();
    assert_eq!(open(&mut browser, &path).await, 303);
    browser
}

/// Makes the PDF that is owed.
async fn rendered(world: &World, stringer_id: Uuid, emission_id: Uuid) {
    let args = RenderReceiptArgs { stringer_id, emission_id };
    render_receipt::render(&world.ctx, args).await.expect("rendered");
}

#[tokio::test]
async fn a_link_lets_its_client_in_once_and_shows_what_is_theirs() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let theirs = Theirs::of(&db, 0).await;
    let other = Theirs::of(&db, 1).await;
    let mut stefan = world.stefan().await;
    let path = link(&mut stefan, theirs.client.id).await;
    let mut phone = world.visitor();
    for closed in ["/mine", "/mine/sharing", "/mine/settings"] {
        assert_eq!(phone.get(closed).await.sees(303).location(), "/mine/start");
    }
    phone.get("/mine/start").await.sees(200);

    // Looking uses nothing up.
    let page = phone.get(&path).await.sees(200);
    let first = theirs.client.first_name.clone().expect("a name");
    assert!(page.contains(&first) && page.contains("Stefans Besaitungen"));
    assert_eq!(open(&mut phone, &path).await, 303);
    assert_eq!(open(&mut world.visitor(), &path).await, 422, "spent");
    let token = path.split_once('=').expect("a token").1;
    world.visitor().post("/mine/link", &[("token_hash", token)]).await.sees(422);
    phone.post("/mine/link", &[("token_hash", "guessed")]).await.sees(422);

    let home = phone.get("/mine").await.sees(200);
    assert!(home.contains(&theirs.order.racket_name));
    let order = format!("/mine/orders/{}", theirs.order.id);
    phone.get(&order).await.sees(200);
    // Nothing of the stringer's, of other clients', or of a stringer's pages.
    phone.get(&format!("/mine/orders/{}", other.order.id)).await.sees(404);
    phone.get(&format!("/mine/receipts/{}/x.pdf", other.emission)).await.sees(404);
    phone
        .post(
            &format!("/mine/orders/{}/shares", other.order.id),
            &[("to", &*Uuid::now_v7().to_string())],
        )
        .await
        .sees(404);
    for stringers in ["/clients", "/orders", &format!("/orders/{}", theirs.order.id)] {
        assert_eq!(phone.get(stringers).await.status, 303, "{stringers}");
    }
    // Stefan's own browser is no client's.
    assert_eq!(stefan.get("/mine").await.sees(303).location(), "/mine/start");

    rendered(&world, theirs.order.stringer_id, theirs.emission).await;
    let page = phone.get(&order).await.sees(200);
    let pdf = format!("/mine/receipts/{}/", theirs.emission);
    assert!(page.contains(&pdf));
    assert!(phone.get(&format!("{pdf}x.pdf")).await.sees(200).bytes.starts_with(b"%PDF"));

    phone.delete("/mine/session").await.sees(303);
    assert_eq!(phone.get("/mine").await.sees(303).location(), "/mine/start");
}

#[tokio::test]
async fn what_a_stringer_writes_for_himself_is_on_no_page_of_a_client() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let theirs = Theirs::of(&db, 0).await;
    orders::Entity::update_many()
        .col_expr(orders::Column::CommentPrivate, Expr::value("never theirs"))
        .col_expr(orders::Column::CommentPublic, Expr::value("seen by them"))
        .filter(orders::Column::Id.eq(theirs.order.id))
        .exec(&db)
        .await
        .unwrap();
    client_profiles::Entity::update_many()
        .col_expr(client_profiles::Column::InternalNotes, Expr::value("never theirs"))
        .col_expr(client_profiles::Column::Nickname, Expr::value("never theirs"))
        .filter(client_profiles::Column::Id.eq(theirs.client.id))
        .exec(&db)
        .await
        .unwrap();
    let mut phone = at_home(&world, theirs.client.id).await;
    let order = format!("/mine/orders/{}", theirs.order.id);
    for page in ["/mine", "/mine/sharing", "/mine/settings", &order] {
        assert!(!phone.get(page).await.sees(200).contains("never theirs"), "{page}");
    }
    assert!(phone.get(&order).await.contains("seen by them"));
}

#[tokio::test]
async fn a_link_is_good_while_it_is_the_last_one_and_its_stringer_alone_knows_the_person() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let theirs = Theirs::of(&db, 0).await;
    let (mut stefan, mut marco) = (world.stefan().await, world.marco().await);
    let first = link(&mut stefan, theirs.client.id).await;
    let second = link(&mut stefan, theirs.client.id).await;
    world.visitor().get(&first).await.sees(422);
    world.visitor().get(&second).await.sees(200);
    marco.post(&format!("/clients/{}/link", theirs.client.id), &[]).await.sees(404);
    // The stringer's own rackets are on the stringer's pages.
    let own = client_profiles::Entity::find()
        .filter(client_profiles::Column::IsSelfForStringer.eq(true))
        .one(&db)
        .await
        .unwrap();
    if let Some(own) = own {
        stefan.post(&format!("/clients/{}/link", own.id), &[]).await.sees(404);
    }

    // From the moment on that another one has a file on the same person, it opens nothing.
    let (_, marcos) = world.at_work(demo::MARCO).await;
    let file = client_profiles::Entity::find()
        .filter(client_profiles::Column::PersonId.is_not_null())
        .one(&marcos)
        .await
        .unwrap()
        .expect("a client of Marco's");
    client_profiles::Entity::update_many()
        .col_expr(client_profiles::Column::PersonId, Expr::value(theirs.person()))
        .filter(client_profiles::Column::Id.eq(file.id))
        .exec(&world.beneath().await)
        .await
        .unwrap();
    world.visitor().get(&second).await.sees(422);
    let token = second.split_once('=').expect("a token").1;
    world.visitor().post("/mine/link", &[("token_hash", token)]).await.sees(422);
    for mut one in [stefan, marco] {
        for client in [theirs.client.id, file.id] {
            let status = one.post(&format!("/clients/{client}/link"), &[]).await.status;
            assert!(status == 422 || status == 404, "{status}");
        }
    }
    assert_eq!(world.rows("person_claims WHERE kind = 'session'").await, 0);
}

#[tokio::test]
async fn of_two_who_open_a_link_at_once_one_gets_in() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let theirs = Theirs::of(&db, 0).await;
    let path = link(&mut world.stefan().await, theirs.client.id).await;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let (mut browser, path) = (world.visitor(), path.clone());
        tries.spawn(async move { open(&mut browser, &path).await });
    }
    let answers = tries.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert_eq!(world.rows("person_claims WHERE kind = 'session'").await, 1);
    // Its name is still the stringer's to say.
    let edit = format!("/clients/{}", theirs.client.id);
    let mut stefan = world.stefan().await;
    let version = stefan.get(&format!("{edit}/edit")).await.sees(200).value("[name=version]");
    let form = [("version", &*version.expect("a version")), ("first_name", "Somebody Else")];
    stefan.post(&edit, &form).await.sees(303);
}

#[tokio::test]
async fn a_new_link_closes_what_was_opened_by_the_one_before() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let theirs = Theirs::of(&db, 0).await;
    let mut stranger = at_home(&world, theirs.client.id).await;
    stranger.get("/mine").await.sees(200);
    let mut phone = at_home(&world, theirs.client.id).await;
    assert_eq!(stranger.get("/mine").await.sees(303).location(), "/mine/start");
    phone.get("/mine").await.sees(200);
}

#[tokio::test]
async fn how_somebody_is_told_and_in_which_language_is_for_itself_to_say() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let theirs = Theirs::of(&db, 0).await;
    let mut phone = at_home(&world, theirs.client.id).await;
    let page = phone.post("/mine/settings", &[("language", "fr")]).await.sees(422);
    assert!(page.marked("language").is_some());
    // What is no field of it is not taken.
    let said = [("language", "de"), ("first_name", "Eve"), ("display_first_name", "Eve")];
    phone.post("/mine/settings", &said).await.sees(303);
    let page = phone.get("/mine").await.sees(200);
    assert!(page.contains("Hallo") && !page.contains("Eve"));
    let known = Client::find(&db, theirs.client.id).await.unwrap();
    assert_eq!(known.first_name, theirs.client.first_name);
    let person = persons::Entity::find_by_id(theirs.person()).one(&world.beneath().await).await;
    let person = person.unwrap().expect("a person");
    assert_eq!(person.notification_prefs, "{\"email\":false}");
}

/// How many of a kind a stringer was told.
async fn told(db: &Db, kind: NotificationKind) -> u64 {
    let of_kind = notifications::Entity::find().filter(notifications::Column::Kind.eq(kind));
    of_kind.count(db).await.unwrap()
}

/// The other stringer's key, as the client's page offers it.
async fn found(phone: &mut Browser, page: &str) -> String {
    let page = phone.get(&format!("{page}?q=marco")).await.sees(200);
    page.value("button[name=to]").expect("Marco is found")
}

#[tokio::test]
async fn a_client_shows_one_order_and_sees_who_has_read_it_and_ends_it() {
    let world = World::demo().await;
    let (_, stefans) = world.at_work(demo::STEFAN).await;
    let (_, marcos) = world.at_work(demo::MARCO).await;
    let theirs = Theirs::of(&stefans, 0).await;
    let mut phone = at_home(&world, theirs.client.id).await;
    let (mut marco, mut stefan) = (world.marco().await, world.stefan().await);
    let order = format!("/mine/orders/{}", theirs.order.id);
    let to = found(&mut phone, &order).await;
    for _ in 0..2 {
        // A second tap is no second grant.
        phone.post(&format!("{order}/shares"), &[("to", &to)]).await.sees(303);
    }
    assert_eq!(world.rows("order_shares").await, 1);
    let me = world.at_work(demo::STEFAN).await.0.id.to_string();
    for nobody in [me, Uuid::now_v7().to_string()] {
        phone.post(&format!("{order}/shares"), &[("to", &nobody)]).await.sees(404);
    }
    assert_eq!(told(&marcos, NotificationKind::ShareGrantedToMe).await, 1);
    assert_eq!(told(&stefans, NotificationKind::MyOrderVisibleToThirdParty).await, 1);
    assert!(stefan.get("/news").await.sees(200).contains("Kundschaft zeigt"));

    let share = phone.get("/mine/sharing").await.sees(200);
    let end =
        share.attribute("form[action^='/mine/sharing/orders/']", "action").expect("a way back");
    let id = end.rsplit('/').next().expect("a key").to_owned();
    let seen = format!("/shares/{id}/{}", theirs.order.id);
    let page = marco.get(&seen).await.sees(200);
    assert!(page.contains(theirs.client.first_name.as_deref().expect("a name")));
    assert!(!page.contains(theirs.client.last_name.as_deref().expect("a name")));
    let page = phone.get("/mine/sharing").await.sees(200);
    assert!(page.contains("Marco Tennis Service has read"));

    phone.delete(&end).await.sees(303);
    phone.delete(&end).await.sees(303);
    marco.get(&seen).await.sees(404);
    assert_eq!(world.rows("share_audit WHERE event = 'revoked'").await, 1);
    assert_eq!(told(&marcos, NotificationKind::ShareRevokedFromMe).await, 1);
    // Another client does not end it, and does not see it.
    let other = Theirs::of(&stefans, 1).await;
    let mut stranger = at_home(&world, other.client.id).await;
    stranger.delete(&end).await.sees(404);
    assert!(!stranger.get("/mine/sharing").await.sees(200).contains("Marco Tennis Service"));
}

#[tokio::test]
async fn a_client_shows_all_of_it_future_orders_too_until_either_side_ends_it() {
    let world = World::demo().await;
    let (_, stefans) = world.at_work(demo::STEFAN).await;
    let theirs = Theirs::of(&stefans, 0).await;
    let mut phone = at_home(&world, theirs.client.id).await;
    let mut marco = world.marco().await;
    let to = found(&mut phone, "/mine/sharing").await;
    let grant = async |phone: &mut Browser| {
        phone.post("/mine/sharing", &[("to", &to)]).await.sees(303);
        phone.post("/mine/sharing", &[("to", &to)]).await.sees(303);
        let page = phone.get("/mine/sharing").await.sees(200);
        page.attribute("form[action^='/mine/sharing/all/']", "action").expect("a way back")
    };
    let end = grant(&mut phone).await;
    assert_eq!(world.rows("person_stringer_shares").await, 1);
    let id = end.rsplit('/').next().expect("a key").to_owned();
    let list = marco.get("/shares").await.sees(200);
    let seen = format!("/shares/{id}/{}", theirs.order.id);
    assert!(list.contains(&seen));
    marco.get(&seen).await.sees(200);

    // What is strung afterwards is in it as well.
    let copied = orders::Entity::find_by_id(theirs.order.id).one(&stefans).await.unwrap().unwrap();
    let fresh = orders::ActiveModel {
        id: sea_orm::Set(Uuid::now_v7()),
        receipt_number: sea_orm::Set(None),
        external_ref: sea_orm::Set(None),
        ..copied.into()
    };
    let fresh = sea_orm::ActiveModelTrait::reset_all(fresh);
    let id_of_fresh = fresh.id.clone().unwrap();
    orders::Entity::insert(fresh).exec_without_returning(&stefans).await.unwrap();
    marco.get(&format!("/shares/{id}/{id_of_fresh}")).await.sees(200);

    phone.delete(&end).await.sees(303);
    marco.get(&seen).await.sees(404);
    assert!(!marco.get("/shares").await.sees(200).contains(&seen));

    // The other side gives it up.
    let end = grant(&mut phone).await;
    let id = end.rsplit('/').next().expect("a key").to_owned();
    let revoked = "share_audit WHERE event = 'revoked'";
    let before = world.rows(revoked).await;
    marco.delete(&format!("/shares/{id}?done=received")).await.sees(303);
    marco.get(&format!("/shares/{id}/{}", theirs.order.id)).await.sees(404);
    assert!(world.rows(revoked).await > before);
    assert!(!phone.get("/mine/sharing").await.sees(200).contains(&end));
}
