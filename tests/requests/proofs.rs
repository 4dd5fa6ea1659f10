//! The own pages by mail: whoever has an address, and what it may join.

use rbo::demo;
use rbo::models::client_profiles::{self, Client};
use rbo::models::orders;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use sea_orm_tenancy::Db;

use crate::support::{Browser, ReceivedMail, World};

/// A client of a stringer's with an order, whose address is this one from now on.
pub async fn known_as(world: &World, stringer: &str, nth: u64, email: &str) -> Client {
    let (_, db) = world.at_work(stringer).await;
    let profile = client_profiles::Entity::find()
        .filter(client_profiles::Column::IsSelfForStringer.eq(false))
        .order_by_asc(client_profiles::Column::Id);
    let all = profile.all(&db).await.unwrap();
    let mut with_orders = Vec::new();
    for one in all {
        let of = orders::Column::ClientProfileId.eq(one.id);
        if orders::Entity::find().filter(of).count(&db).await.unwrap() > 0 {
            with_orders.push(one.id);
        }
    }
    let id = with_orders[usize::try_from(nth).unwrap()];
    let client = Client::find(&db, id).await.unwrap();
    let mut browser =
        if stringer == demo::STEFAN { world.stefan().await } else { world.marco().await };
    let (first, last) =
        (client.first_name.clone().unwrap(), client.last_name.clone().unwrap_or_default());
    let fields = [("first_name", &*first), ("last_name", &*last), ("email", email)];
    browser.post(&format!("/clients/{id}"), &fields).await.sees(303);
    Client::find(&db, id).await.unwrap()
}

async fn asked(world: &World, email: &str, nth: usize) -> ReceivedMail {
    world.visitor().post("/mine/mail", &[("email", email)]).await.sees(200);
    world.mail(&rbo::values::normalise_email(email), nth).await
}

/// A browser that the owner of an address has opened its pages with.
pub async fn at_home(world: &World, email: &str, person: uuid::Uuid) -> Browser {
    let to = rbo::values::normalise_email(email);
    let nth = world.mails_to(&to).len();
    let mail = asked(world, email, nth).await;
    let mut phone = world.visitor();
    let fields = [("token_hash", &*mail.secret()), ("person", &*person.to_string())];
    phone.post("/mine/proof", &fields).await.sees(303);
    phone.get("/mine").await.sees(200);
    phone
}

async fn orders_of(db: &Db, client: uuid::Uuid) -> Vec<orders::Model> {
    let of = orders::Column::ClientProfileId.eq(client);
    let orders = orders::Entity::find().filter(of).order_by_asc(orders::Column::Id);
    orders.all(db).await.unwrap()
}

/// Passes by the pause between two mails of one kind.
async fn later(world: &World) {
    world.age("outbox", "created_at").await;
}

#[tokio::test]
async fn whoever_has_an_address_chooses_itself_among_a_family_and_the_others_stay() {
    let world = World::demo().await;
    let mother = known_as(&world, demo::STEFAN, 0, "Frei@Example.ch").await;
    let son = known_as(&world, demo::STEFAN, 1, "frei@example.ch").await;
    let mail = asked(&world, "FREI@example.ch", 0).await;
    let mut phone = world.visitor();
    let page = phone.get(&mail.path()).await.sees(200);
    for one in [&mother, &son] {
        assert!(page.contains(one.first_name.as_deref().unwrap()));
        assert!(!page.contains(one.last_name.as_deref().unwrap()), "first names alone");
    }
    // Nobody chosen, and somebody else's key.
    let secret = mail.secret();
    phone.post("/mine/proof", &[("token_hash", &*secret)]).await.sees(422);
    let stranger = known_as(&world, demo::STEFAN, 2, "other@example.ch").await;
    let forged = [("token_hash", &*secret), ("person", &*stranger.person_id.unwrap().to_string())];
    phone.post("/mine/proof", &forged).await.sees(422);
    let chosen = [("token_hash", &*secret), ("person", &*son.person_id.unwrap().to_string())];
    phone.post("/mine/proof", &chosen).await.sees(303);
    world.visitor().post("/mine/proof", &chosen).await.sees(422);

    let (_, db) = world.at_work(demo::STEFAN).await;
    let home = phone.get("/mine").await.sees(200);
    let theirs = orders_of(&db, son.id).await;
    assert!(theirs.iter().any(|order| home.contains(&order.id.to_string())));
    // One workshop says that they are two: the other is not offered.
    assert!(!home.contains("/mine/others/"));
    assert!(orders_of(&db, mother.id).await.iter().all(|o| !home.contains(&o.id.to_string())));

    // The son speaks for itself now; its mother is the stringer's to name still.
    let mut stefan = world.stefan().await;
    let renamed = [("first_name", "Renamed"), ("email", "frei@example.ch")];
    stefan.post(&format!("/clients/{}", son.id), &renamed).await.sees(422);
    stefan.post(&format!("/clients/{}", mother.id), &renamed).await.sees(303);
    let refused = stefan.post(&format!("/clients/{}/link", son.id), &[]).await;
    assert_eq!(refused.status, 422);

    // Asked again, the address is the son's.
    later(&world).await;
    let mail = asked(&world, "frei@example.ch", 1).await;
    let page = world.visitor().get(&mail.path()).await.sees(200);
    assert!(page.contains(son.first_name.as_deref().unwrap()) && !page.contains("Renamed"));
}

#[tokio::test]
async fn nobody_learns_who_is_a_client() {
    let world = World::demo().await;
    known_as(&world, demo::STEFAN, 0, "known@example.ch").await;
    let mut visitor = world.visitor();
    let known = visitor.post("/mine/mail", &[("email", "known@example.ch")]).await.sees(200);
    let unknown = visitor.post("/mine/mail", &[("email", "nobody@example.ch")]).await.sees(200);
    let plain = |answer: &crate::support::Answer, email: &str| answer.text().replace(email, "");
    let csrf = |text: String| {
        let (before, rest) = text.split_once("X-CSRF-Token").expect("a token");
        let (_, after) = rest.split_once('}').expect("its end");
        format!("{before}{after}")
    };
    assert_eq!(csrf(plain(&known, "known@example.ch")), csrf(plain(&unknown, "nobody@example.ch")));
    world.mail("known@example.ch", 0).await;
    assert!(world.mails_to("nobody@example.ch").is_empty());
    for bad in ["", "no address", "a@b@c"] {
        let page = visitor.post("/mine/mail", &[("email", bad)]).await.sees(422);
        assert!(page.marked("email").is_some(), "{bad}");
    }
    // What only looks alike is another address: long s, dotted I, full width, a space that does
    // not break. KELVIN SIGN is a K by Unicode's own word, and so is the address with it.
    known_as(&world, demo::STEFAN, 1, "kiosk@example.ch").await;
    let alikes = [
        "kio\u{17f}k@example.ch",
        "k\u{130}osk@example.ch",
        "kiosk@example.c\u{ff48}",
        "kiosk\u{a0}@example.ch",
    ];
    for alike in alikes {
        later(&world).await;
        visitor.post("/mine/mail", &[("email", alike)]).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(world.mails_to("kiosk@example.ch").is_empty(), "a look-alike has reached it");
    visitor.post("/mine/mail", &[("email", "\u{212a}iosk@example.ch")]).await.sees(200);
    world.mail("kiosk@example.ch", 0).await;
    for alike in alikes {
        let to = rbo::values::normalise_email(alike);
        assert!(world.mails_to(&to).is_empty(), "{alike} was taken for another");
    }
}

#[tokio::test]
async fn another_workshops_client_is_joined_by_its_own_word_alone() {
    let world = World::demo().await;
    let email = "sara@example.ch";
    let mine = known_as(&world, demo::STEFAN, 0, email).await;
    let mut phone = at_home(&world, email, mine.person_id.unwrap()).await;
    assert!(!phone.get("/mine").await.contains("/mine/others/"));
    later(&world).await;
    let before = world.mails_to(email).len();
    let theirs = known_as(&world, demo::MARCO, 0, "Sara@Example.ch").await;
    // Marco sees what he has typed, and nothing of Stefan's.
    let mut marco = world.marco().await;
    let file = format!("/clients/{}", theirs.id);
    let page = marco.get(&file).await.sees(200);
    assert!(page.contains(&theirs.name().unwrap()));
    let told = world.mail(email, before).await;
    assert!(told.path().starts_with("/mine/proof?"), "{}", told.text);
    let (_, marcos) = world.at_work(demo::MARCO).await;
    let orders = orders_of(&marcos, theirs.id).await;
    let home = phone.get("/mine").await.sees(200);
    assert!(orders.iter().all(|order| !home.contains(&order.id.to_string())), "not before a word");

    // Somebody else's word counts nothing, nor one about somebody else.
    let ask = home.attribute("form[action^='/mine/others/']", "action").expect("a question");
    let other = known_as(&world, demo::STEFAN, 1, "x@example.ch").await;
    let mut stranger = at_home(&world, "x@example.ch", other.person_id.unwrap()).await;
    let answer = stranger.post(&ask, &[("is_me", "1")]).await.sees(303);
    assert_eq!(answer.location(), "/mine?done=changed");
    let guessed = format!("/mine/others/{}", other.person_id.unwrap());
    assert_eq!(phone.post(&guessed, &[("is_me", "1")]).await.location(), "/mine?done=changed");

    assert_eq!(phone.post(&ask, &[("is_me", "1")]).await.location(), "/mine?done=joined");
    assert_eq!(phone.post(&ask, &[("is_me", "1")]).await.location(), "/mine?done=changed");
    let home = phone.get("/mine").await.sees(200);
    assert!(orders.iter().any(|order| home.contains(&order.id.to_string())));
    // It is called in both books as it calls itself, and found so.
    let name = mine.name().unwrap();
    assert!(marco.get(&file).await.sees(200).contains(&name));
    let list = marco.get(&format!("/orders?q={}", mine.first_name.as_deref().unwrap())).await;
    assert!(list.contains(&orders[0].id.to_string()), "found in lists by its name");
    let renamed = [("first_name", "Other"), ("email", email)];
    marco.post(&file, &renamed).await.sees(422);
    // Neither sees that there is another.
    assert!(!marco.get(&file).await.contains("Stefans Besaitungen"));
    assert_eq!(world.rows("person_merges").await, 1);
}

#[tokio::test]
async fn a_no_stays_a_no() {
    let world = World::demo().await;
    let email = "club@example.ch";
    let mine = known_as(&world, demo::STEFAN, 0, email).await;
    let mut phone = at_home(&world, email, mine.person_id.unwrap()).await;
    let theirs = known_as(&world, demo::MARCO, 0, email).await;
    let ask = format!("/mine/others/{}", theirs.person_id.unwrap());
    assert!(phone.get("/mine").await.contains(&ask));
    assert_eq!(phone.post(&ask, &[]).await.location(), "/mine?done=kept-apart");
    assert!(!phone.get("/mine").await.contains(&ask));
    assert_eq!(phone.post(&ask, &[("is_me", "1")]).await.location(), "/mine?done=changed");
    assert_eq!(world.rows("person_merges").await, 0);
    // And nobody proves the same address twice.
    later(&world).await;
    let mail = asked(&world, email, world.mails_to(email).len()).await;
    let fields =
        [("token_hash", &*mail.secret()), ("person", &*theirs.person_id.unwrap().to_string())];
    world.visitor().post("/mine/proof", &fields).await.sees(422);
}

#[tokio::test]
async fn what_was_done_by_a_link_that_was_handed_over_ends_when_the_address_is_proven() {
    let world = World::demo().await;
    let email = "sara@example.ch";
    let mine = known_as(&world, demo::STEFAN, 0, email).await;
    // Stefan opens the link himself, and lets Marco read everything, for ever.
    let mut stefan = world.stefan().await;
    let page = stefan.post(&format!("/clients/{}/link", mine.id), &[]).await.sees(200);
    let link = page.value("#f-link").expect("a link");
    let (_, token) = link.split_once("token_hash=").expect("a secret");
    let mut his = world.visitor();
    his.post("/mine/link", &[("token_hash", token)]).await.sees(303);
    let (marco, _) = world.at_work(demo::MARCO).await;
    his.post("/mine/sharing", &[("to", &*marco.id.to_string())]).await.sees(303);
    // What the person may ask under data protection, nobody asks in its name.
    his.post("/mine/requests", &[("kind", "erasure")]).await.sees(422);
    assert_eq!(world.rows("dsar_log").await, 0);
    let in_force = "person_stringer_shares WHERE revoked_at IS NULL";
    assert_eq!(world.rows(in_force).await, 1);
    let revoked = "share_audit WHERE event = 'revoked'";
    let before = world.rows(revoked).await;

    let mut phone = at_home(&world, email, mine.person_id.unwrap()).await;
    assert_eq!(his.get("/mine").await.sees(303).location(), "/mine/start");
    assert_eq!(world.rows(in_force).await, 0);
    assert!(world.rows(revoked).await > before);
    let told = "notifications WHERE kind = 'share_revoked_from_me'";
    assert_eq!(world.rows(told).await, 1);
    // What it gives itself stays.
    phone.post("/mine/sharing", &[("to", &*marco.id.to_string())]).await.sees(303);
    at_home_again(&world, email, mine.person_id.unwrap()).await;
    assert_eq!(world.rows(in_force).await, 1);
}

async fn at_home_again(world: &World, email: &str, person: uuid::Uuid) {
    later(world).await;
    at_home(world, email, person).await;
}

#[tokio::test]
async fn of_two_who_use_a_link_at_once_one_is_in() {
    let world = World::demo().await;
    let mine = known_as(&world, demo::STEFAN, 0, "once@example.ch").await;
    let mail = asked(&world, "once@example.ch", 0).await;
    let (secret, person) = (mail.secret(), mine.person_id.unwrap().to_string());
    let try_it = async |mut browser: Browser| {
        let fields = [("token_hash", &*secret), ("person", &*person)];
        browser.post("/mine/proof", &fields).await.status.as_u16()
    };
    let browsers = [world.visitor(), world.visitor(), world.visitor(), world.visitor()];
    let [a, b, c, d] = browsers;
    let (a, b, c, d) = tokio::join!(try_it(a), try_it(b), try_it(c), try_it(d));
    let mut answers = [a, b, c, d];
    answers.sort_unstable();
    assert_eq!(answers, [303, 422, 422, 422]);
    assert_eq!(world.rows("person_claims WHERE address IS NOT NULL").await, 1);
    // A link of yesterday opens nothing.
    later(&world).await;
    let mail = asked(&world, "once@example.ch", 1).await;
    world.age("person_proofs", "expires_at").await;
    world.visitor().get(&mail.path()).await.sees(422);
}

#[tokio::test]
async fn a_person_asks_for_its_data_once_and_sees_how_that_stands() {
    let world = World::demo().await;
    let mine = known_as(&world, demo::STEFAN, 0, "sara@example.ch").await;
    let mut phone = at_home(&world, "sara@example.ch", mine.person_id.unwrap()).await;
    for _ in 0..2 {
        let answer = phone.post("/mine/requests", &[("kind", "access")]).await.sees(303);
        assert_eq!(answer.location(), "/mine/settings?done=asked");
    }
    phone.post("/mine/requests", &[("kind", "pigeon")]).await.sees(422);
    assert_eq!(world.rows("dsar_log").await, 1);
    let page = phone.get("/mine/settings").await.sees(200);
    assert!(page.element("button[value=access]").is_none(), "asked for");
    assert!(page.element("button[value=erasure]").is_some());
    // Out on every device.
    world.age("outbox", "created_at").await;
    let mut other = at_home(&world, "sara@example.ch", mine.person_id.unwrap()).await;
    phone.delete("/mine/sessions").await.sees(303);
    for device in [&mut phone, &mut other] {
        assert_eq!(device.get("/mine").await.sees(303).location(), "/mine/start");
    }
}
