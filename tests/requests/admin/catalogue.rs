//! An entry is offered, decided about, and told of.

use rbo::demo;
use rbo::models::catalogue::{self, Entry, Kind, Visibility, Wanted};
use rbo::models::catalogue_submissions::{self, SubmissionState};
use rbo::models::client_profiles::NewClient;
use rbo::models::notifications::{self, NotificationKind};
use rbo::models::orders::setup::{ClientChoice, FrameChoice, RacketEntry, Setup};
use rbo::models::orders::{self, Crosses, Prices, Side, StringChoice, Stringbed};
use rbo::models::persons::NewPerson;
use rbo::models::stringers::Member;
use rbo::models::{catalogue_strings, client_rackets, rackets, reels};
use rbo::units::{Sport, TensionUnit};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use crate::support::{Browser, REEL, World};

/// A racket that Marco alone sees, offered to everybody; its path, and the offer.
async fn offered(marco: &mut Browser, db: &Db) -> (Uuid, String, Uuid) {
    let id = rackets::Entity::find_or_create(db, Sport::Tennis, "Babolat Pure Limmat").await;
    let id = id.unwrap();
    let path = format!("/catalogue/rackets/{id}");
    assert!(marco.get(&path).await.sees(200).contains(&format!("{path}/submission")));
    marco.post(&format!("{path}/submission"), &[]).await.sees(303);
    // A second tap is no second offer.
    marco.post(&format!("{path}/submission"), &[]).await.sees(303);
    let mine = catalogue_submissions::Entity::find().all(db).await.unwrap();
    let [offer] = mine.as_slice() else { panic!("{mine:?}") };
    (id, path, offer.id)
}

async fn visibility(db: &Db, id: Uuid) -> Visibility {
    rackets::Model::find(db, id).await.unwrap().visibility
}

async fn told(db: &Db) -> u64 {
    let kind = notifications::Column::Kind.eq(NotificationKind::CatalogueSubmissionDecided);
    notifications::Entity::find().filter(kind).count(db).await.unwrap()
}

fn version(page: &crate::support::Answer) -> String {
    page.value("[name=version]").expect("a version")
}

#[tokio::test]
async fn what_is_offered_and_taken_is_everybodys() {
    let world = World::demo().await;
    let (mut stefan, mut marco) = (world.stefan().await, world.marco().await);
    let (_, stefans) = world.at_work(demo::STEFAN).await;
    let (_, marcos) = world.at_work(demo::MARCO).await;
    let (id, path, offer) = offered(&mut marco, &marcos).await;

    let queue = stefan.get("/admin/catalogue").await.sees(200);
    for shown in ["Babolat Pure Limmat", "Marco Tennis Service", "Babolat Pure Aero"] {
        assert!(queue.contains(shown), "{shown}");
    }
    // Nobody else decides, and the admin not about what it has not seen.
    let accept = format!("/admin/catalogue/{offer}/acceptance");
    let seen = version(&queue);
    marco.post(&accept, &[("version", &seen)]).await.sees(404);
    marco.post(&path, &[("manufacturer", "Babolat"), ("model", "Pure Sihl")]).await.sees(303);
    stefan.post(&accept, &[("version", &seen)]).await.sees(303);
    assert_eq!(visibility(&marcos, id).await, Visibility::CataloguePrivate);
    stefan.get(&path).await.sees(404);
    // What did not happen, the log does not call done.
    let log = stefan.get("/admin/audit/log.csv?act=moderate_catalogue").await.sees(200).text();
    assert!(log.contains(&format!("accepted {offer}")) && log.contains("Gescheitert"), "{log}");

    let queue = stefan.get("/admin/catalogue?done=changed").await.sees(200);
    assert!(queue.contains("Pure Sihl"));
    stefan.post(&accept, &[("version", &version(&queue))]).await.sees(303);
    assert_eq!(visibility(&stefans, id).await, Visibility::CatalogueShared);
    assert_eq!((told(&marcos).await, told(&stefans).await), (1, 0));
    assert!(stefan.get(&path).await.sees(200).contains("Pure Sihl"));
    // It is nobody's to change or to take back any more, and decided once.
    marco.post(&path, &[("model", "mine")]).await.sees(404);
    marco.delete(&format!("{path}/submission")).await.sees(303);
    let decided = stefan.post(&accept, &[("version", &version(&queue))]).await.sees(303);
    assert_eq!(decided.location(), "/admin/catalogue?done=changed");
    assert_eq!((world.rows("catalogue_submissions").await, told(&marcos).await), (1, 1));
    let page = stefan.get("/admin/audit?act=moderate_catalogue").await.sees(200);
    assert!(page.contains(&format!("accepted {offer}")));
}

#[tokio::test]
async fn what_is_rejected_stays_whose_it_is_and_says_why() {
    let world = World::demo().await;
    let (mut stefan, mut marco) = (world.stefan().await, world.marco().await);
    let (_, marcos) = world.at_work(demo::MARCO).await;
    let (id, path, offer) = offered(&mut marco, &marcos).await;
    let seen = version(&stefan.get("/admin/catalogue").await.sees(200));
    let reject = format!("/admin/catalogue/{offer}/rejection");
    let page = stefan.post(&reject, &[("version", &seen), ("reason", " ")]).await.sees(422);
    assert!(page.contains("aria-invalid"));
    let why = [("version", seen.as_str()), ("reason", "There is <one> already")];
    stefan.post(&reject, &why).await.sees(303);
    assert_eq!(visibility(&marcos, id).await, Visibility::CataloguePrivate);
    assert_eq!(told(&marcos).await, 1);
    assert!(marco.get(&path).await.sees(200).contains("There is &lt;one&gt; already"));
    stefan.get(&path).await.sees(404);
    // It may be offered again, and taken back while it waits.
    marco.post(&format!("{path}/submission"), &[]).await.sees(303);
    assert!(stefan.get("/admin/catalogue").await.contains("Pure Limmat"));
    marco.delete(&format!("{path}/submission")).await.sees(303);
    assert!(!stefan.get("/admin/catalogue").await.contains("Pure Limmat"));
    // Decided about, or gone: told, and not lost in a page that is not there.
    for gone in [offer, Uuid::now_v7()] {
        for (act, why) in [("acceptance", ""), ("rejection", "x"), ("rejection", "")] {
            let path = format!("/admin/catalogue/{gone}/{act}");
            let answer = stefan.post(&path, &[("version", &seen), ("reason", why)]).await;
            assert_eq!(answer.sees(303).location(), "/admin/catalogue?done=changed");
        }
    }
    let left = catalogue_submissions::Entity::find().all(&marcos).await.unwrap();
    assert!(left.iter().all(|offer| offer.state == SubmissionState::Rejected) && left.len() == 1);
}

#[tokio::test]
async fn nobody_offers_what_is_not_its_own_or_decides_for_itself() {
    let world = World::demo().await;
    let (_, stefans) = world.at_work(demo::STEFAN).await;
    let (marco, marcos) = world.at_work(demo::MARCO).await;
    let own = rackets::Entity::find_or_create(&stefans, Sport::Tennis, "Stefans Eigener");
    let own = own.await.unwrap();
    let shared = rackets::Column::Visibility.eq(Visibility::CatalogueShared);
    let shared = rackets::Entity::find().filter(shared).one(&marcos).await.unwrap().expect("one");
    let row = |racket: Uuid| catalogue_submissions::ActiveModel {
        id: Set(Uuid::now_v7()),
        racket_id: Set(Some(racket)),
        created_at: Set(chrono::Utc::now().into()),
        ..Default::default()
    };
    for racket in [own, shared.id] {
        let offer = catalogue_submissions::Entity::insert(row(racket));
        assert!(offer.exec_without_returning(&marcos).await.is_err(), "{racket}");
    }
    let mine = rackets::Entity::find_or_create(&marcos, Sport::Tennis, "Marcos Eigener");
    let mine = mine.await.unwrap();
    for decided in [
        catalogue_submissions::ActiveModel {
            state: Set(SubmissionState::Accepted),
            decided_at: Set(Some(chrono::Utc::now().into())),
            ..row(mine)
        },
        catalogue_submissions::ActiveModel { decided_by: Set(Some(marco.id)), ..row(mine) },
        catalogue_submissions::ActiveModel {
            state: Set(SubmissionState::Rejected),
            decided_at: Set(Some(chrono::Utc::now().into())),
            reason: Set(Some("mine".into())),
            ..row(mine)
        },
    ] {
        let offer = catalogue_submissions::Entity::insert(decided);
        assert!(offer.exec_without_returning(&marcos).await.is_err());
    }
    catalogue_submissions::Entity::insert(row(mine)).exec_without_returning(&marcos).await.unwrap();
    let accepted = catalogue_submissions::Entity::update_many()
        .col_expr(catalogue_submissions::Column::State, Expr::value(SubmissionState::Accepted))
        .col_expr(catalogue_submissions::Column::DecidedAt, Expr::value(chrono::Utc::now()));
    assert!(accepted.exec(&marcos).await.is_err());
    assert_eq!(catalogue_submissions::Entity::find().count(&stefans).await.unwrap(), 0);
    assert_eq!(world.rows("catalogue_submissions").await, 1);
}

/// A racket and a string that Marco alone has, each strung once, and both offered.
async fn strung(marco: &Member, db: &Db) -> [Uuid; 2] {
    let racket = rackets::Entity::find_or_create(db, Sport::Tennis, "Babolat Pure Limat").await;
    let string = catalogue_strings::Entity::find_or_add_named(db, Sport::Tennis, "Luxilon Alu Pwr");
    let (racket, string) = (racket.unwrap(), string.await.unwrap());
    let person = NewPerson { first_name: "Ida".to_owned(), ..NewPerson::default() };
    let client = ClientChoice::New(Box::new(NewClient { person, ..NewClient::default() }));
    let frame =
        FrameChoice::New { model: "Babolat Pure Limat".into(), nickname: None, number: None };
    let side = |name: &str| Side { string: StringChoice::Named(name.into()), ..Side::default() };
    let (mains, crosses) = (side("Luxilon Alu Pwr"), Crosses::Own(side("Naturdarm")));
    let bed = Stringbed { unit: TensionUnit::Kg, mains, crosses };
    let setup = Setup::new(
        Sport::Tennis,
        bed.clone(),
        Prices::new(&bed, marco.currency(), None, None, None),
    );
    let frames = vec![RacketEntry { frame, by: 0 }];
    orders::Entity::enter(db, marco, client, frames, setup, None).await.expect("entered");
    for entry in [
        Entry::Racket(rackets::Model::find(db, racket).await.unwrap()),
        Entry::String(string.clone()),
    ] {
        catalogue_submissions::Entity::offer(db, &entry).await.unwrap();
    }
    reels::Entity::add(db, string.id, marco.currency(), REEL).await.expect("a reel");
    [racket, string.id]
}

async fn of_ida(db: &Db) -> orders::Model {
    let ida = orders::Entity::find().filter(orders::Column::ClientName.eq("Ida"));
    ida.one(db).await.unwrap().expect("the order")
}

#[tokio::test]
async fn what_everybody_has_already_takes_the_offers_place_in_every_book() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (_, stefans) = world.at_work(demo::STEFAN).await;
    let (marco, marcos) = world.at_work(demo::MARCO).await;
    let [racket, string] = strung(&marco, &marcos).await;
    let before = orders::Entity::find().filter(orders::Column::ClientName.ne("Ida"));
    let untouched = before.clone().all(&marcos).await.unwrap();
    let (aero, alu) = ("Babolat Pure Aero", "Luxilon ALU Power");
    let shared = Wanted {
        words: aero.into(),
        visibility: Some(Visibility::CatalogueShared),
        ..Wanted::default()
    };
    let (found, _) = catalogue::browse(&stefans, Kind::Rackets, &shared).await.unwrap();
    let model = found[0].clone();
    let (found, _) =
        catalogue::browse(&stefans, Kind::Strings, &Wanted { words: alu.into(), ..shared.clone() })
            .await
            .unwrap();
    let other = found[0].clone();

    assert!(stefan.get("/").await.sees(200).contains("2 Einträge des Katalogs"));
    let queue = stefan.get("/admin/catalogue").await.sees(200);
    assert!(queue.contains(&format!("Dasselbe wie {}", model.label())), "{}", queue.text());
    let offers = catalogue_submissions::Entity::find().all(&marcos).await.unwrap();
    let version = |id: Uuid, page: &crate::support::Answer| {
        let form = page.form(&format!("form[action='/admin/catalogue/{id}/acceptance']"));
        form.into_iter().find(|(name, _)| name == "version").expect("a version").1
    };
    for (id, into) in [(racket, model.id()), (string, other.id())] {
        let offer = offers
            .iter()
            .find(|one| one.racket_id == Some(id) || one.string_id == Some(id))
            .expect("an offer")
            .id;
        let (path, seen) = (format!("/admin/catalogue/{offer}/merging"), version(offer, &queue));
        // With itself, with what is nobody else's, with what is not there.
        for wrong in [id, string, racket, Uuid::now_v7()] {
            let fields = [("version", seen.as_str()), ("into", &wrong.to_string())];
            let answer = stefan.post(&path, &fields).await.sees(303);
            assert_eq!(answer.location(), "/admin/catalogue?done=changed");
        }
        let fields = [("version", seen.as_str()), ("into", &into.to_string())];
        let answer = stefan.post(&path, &fields).await.sees(303);
        assert_eq!(answer.location(), "/admin/catalogue?done=merged");
    }

    let order = of_ida(&marcos).await;
    let Entry::String(alu) = &other else { panic!() };
    let Entry::Racket(aero) = &model else { panic!() };
    assert_eq!((order.mains_string_id, order.mains_name.clone()), (Some(alu.id), Some(alu.name())));
    assert_eq!(
        (order.racket_name.clone(), order.crosses_name.as_deref()),
        (aero.name(), Some("Naturdarm"))
    );
    let reels = reels::Entity::find().all(&marcos).await.unwrap();
    assert_eq!(reels.iter().map(|reel| reel.string_id).collect::<Vec<_>>(), [alu.id]);
    let frame = client_rackets::Model::find(&marcos, order.client_racket_id).await.unwrap();
    assert_eq!(frame.racket_id, aero.id);
    assert_eq!(before.all(&marcos).await.unwrap(), untouched);
    // It is found by its new name and no longer by the old one, offered by no picker, and whoever
    // types the old name has the one that stays.
    let mut marco = world.marco().await;
    assert!(marco.get("/orders?q=Power+Naturdarm").await.sees(200).contains("Ida"));
    assert!(!marco.get("/orders?q=Pwr").await.sees(200).contains("Ida"));
    assert!(rackets::Entity::search(&marcos, None, "Limat").await.unwrap().is_empty());
    let typed = rackets::Entity::find_or_create(&marcos, Sport::Tennis, "Babolat Pure Limat").await;
    assert_eq!(typed.unwrap(), aero.id);
    let typed = catalogue_strings::Entity::find_by_name(&marcos, "Luxilon Alu Pwr").await.unwrap();
    assert_eq!(typed.expect("one").id, alu.id);
    let page = marco.get(&format!("/catalogue/rackets/{racket}")).await.sees(303).location();
    assert_eq!(page, format!("/catalogue/rackets/{}?joined=1", aero.id));
    assert!(marco.get(&page).await.sees(200).contains("Babolat"));
    assert_eq!(told(&marcos).await, 2);
}

#[tokio::test]
async fn several_offers_are_taken_at_once_and_what_changed_meanwhile_waits() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (marco, marcos) = world.at_work(demo::MARCO).await;
    let [racket, string] = strung(&marco, &marcos).await;
    let page = stefan.get("/admin/catalogue").await.sees(200);
    let mut offers = page.values("[name=offer]");
    assert_eq!(offers.len(), 2);
    let none = stefan.post("/admin/catalogue/acceptances", &[]).await.sees(303);
    assert_eq!(none.location(), "/admin/catalogue?done=none-chosen");
    let mut browser = world.marco().await;
    let renamed = [("manufacturer", "Luxilon"), ("model", "Alu Kraft")];
    browser.post(&format!("/catalogue/strings/{string}"), &renamed).await.sees(303);
    offers.push("nonsense".into());
    let fields: Vec<_> = offers.iter().map(|offer| ("offer", offer.as_str())).collect();
    let some = stefan.post("/admin/catalogue/acceptances", &fields).await.sees(303);
    assert_eq!(some.location(), "/admin/catalogue?done=some-accepted");
    assert_eq!(visibility(&marcos, racket).await, Visibility::CatalogueShared);
    let string = catalogue_strings::Model::find(&marcos, string).await.unwrap();
    assert_eq!(string.visibility, Visibility::CataloguePrivate);
}
