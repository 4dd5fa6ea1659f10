//! The catalogue: what everybody sees, what is one's own, and its use in one's own orders.

use rbo::demo;
use rbo::models::catalogue::Visibility;
use rbo::models::orders;
use rbo::models::{catalogue_strings, client_rackets, rackets};
use rbo::units::Sport;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::support::World;

/// The path of a string of one's own, which no order has yet.
async fn own_string(world: &World) -> String {
    let mut stefan = world.stefan().await;
    let fields = [
        ("sport", "tennis"),
        ("manufacturer", "Züri Saiten"),
        ("model", "Limmat <b>"),
        ("gauge", "1,25"),
        ("material", "polyester"),
        ("length", "12,2"),
    ];
    let at = stefan.post("/catalogue/strings", &fields).await.sees(303).location();
    at.split_once('?').expect("a flash").0.to_owned()
}

#[tokio::test]
async fn an_entry_of_ones_own_is_made_found_and_said_otherwise_and_nobody_else_sees_it() {
    let world = World::demo().await;
    let path = own_string(&world).await;
    let (mut stefan, mut marco) = (world.stefan().await, world.marco().await);
    let page = stefan.get(&path).await.sees(200);
    for shown in ["Züri Saiten Limmat &lt;b&gt; 1.25", "Polyester", "12.2 m"] {
        assert!(page.contains(shown), "{shown}");
    }
    for list in ["q=zuri+limmat", "q=1.25&own=1", "q=LIMMAT&sport=tennis&own=1"] {
        let list = format!("/catalogue/strings?{list}");
        assert!(stefan.get(&list).await.sees(200).contains(&path), "{list}");
        assert!(!marco.get(&list).await.sees(200).contains("Limmat"), "{list}");
    }
    assert!(!stefan.get("/catalogue/strings?q=limmat&sport=squash").await.contains(&path));
    for of_it in [path.clone(), format!("{path}/edit")] {
        marco.get(&of_it).await.sees(404);
    }
    marco.post(&path, &[("model", "mine")]).await.sees(404);

    let form = stefan.get(&format!("{path}/edit")).await.sees(200);
    let said = |field| form.value(field).expect("a value");
    assert_eq!((said("#f-gauge"), said("#f-length")), ("1.25".to_owned(), "12.2".to_owned()));
    let version = said("[name=version]");
    for (field, wrong) in
        [("gauge", "125"), ("length", "long"), ("material", "wood"), ("model", " ")]
    {
        let model = if field == "model" { wrong } else { "Limmat" };
        let mut fields = vec![("version", version.as_str()), ("model", model)];
        fields.extend((field != "model").then_some((field, wrong)));
        let page = stefan.post(&path, &fields).await.sees(422);
        assert!(page.marked(field).is_some(), "{field}");
    }
    let fields = [("version", version.as_str()), ("model", "Sihl"), ("gauge", "1.30")];
    stefan.post(&path, &fields).await.sees(303);
    assert!(stefan.get(&path).await.sees(200).contains("Sihl 1.30"));
    // The form of another tab was made of what it said before.
    let page = stefan.post(&path, &[fields[0], ("model", "Reuss")]).await.sees(422);
    assert!(page.contains("Reuss") && stefan.get(&path).await.contains("Sihl"));
}

#[tokio::test]
async fn what_everybody_sees_is_changed_by_nobody_alone() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let shared = rackets::Column::Visibility.eq(Visibility::CatalogueShared);
    let shared = rackets::Entity::find().filter(shared).one(&db).await.unwrap().expect("one");
    let path = format!("/catalogue/rackets/{}", shared.id);
    let mut stefan = world.stefan().await;
    let page = stefan.get(&path).await.sees(200);
    assert!(page.contains(&shared.model) && !page.contains(&format!("{path}/edit")));
    stefan.get(&format!("{path}/edit")).await.sees(404);
    stefan.post(&path, &[("model", "mine")]).await.sees(404);
    assert!(stefan.get(&path).await.contains(&shared.model));
    for none in ["/catalogue/balls", "/catalogue/strings/new/x", "/catalogue/balls/new"] {
        stefan.get(none).await.sees(404);
    }
    // A racket's key is no string's.
    stefan.get(&format!("/catalogue/strings/{}", shared.id)).await.sees(404);
    assert_eq!(stefan.get("/catalogue").await.sees(303).location(), "/catalogue/rackets");
}

#[tokio::test]
async fn an_entrys_page_counts_ones_own_orders_and_a_new_name_is_theirs_as_well() {
    let world = World::demo().await;
    let (_, stefans) = world.at_work(demo::STEFAN).await;
    let (_, marcos) = world.at_work(demo::MARCO).await;
    let mut stefan = world.stefan().await;

    // A racket that both string: each counts the own.
    let mine = client_rackets::Entity::find().one(&stefans).await.unwrap().expect("a racket");
    let model = mine.racket_id;
    let with_it = |db| async move {
        let frames = client_rackets::Entity::find();
        let frames = frames.filter(client_rackets::Column::RacketId.eq(model));
        let frames: Vec<_> =
            frames.all(db).await.unwrap().into_iter().map(|frame| frame.id).collect();
        let orders = orders::Entity::find().filter(orders::Column::CancelledAt.is_null());
        orders.filter(orders::Column::ClientRacketId.is_in(frames)).count(db).await.unwrap()
    };
    let (ours, theirs) = (with_it(&stefans).await, with_it(&marcos).await);
    assert!(ours > 0 && ours != theirs);
    let path = format!("/catalogue/rackets/{model}");
    assert!(stefan.get(&path).await.sees(200).contains(&format!("{ours} ")));

    // An own string under another name.
    let path = own_string(&world).await;
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let order = orders::Entity::find().filter(orders::Column::MainsStringId.is_not_null());
    let order = order.one(&stefans).await.unwrap().expect("an order");
    let strung = orders::ActiveModel {
        id: sea_orm::Set(order.id),
        mains_string_id: sea_orm::Set(Some(id)),
        ..Default::default()
    };
    orders::Entity::update(strung).exec(&stefans).await.unwrap();
    stefan.post(&path, &[("manufacturer", "Züri"), ("model", "Aare")]).await.sees(303);
    let order = orders::Entity::find_by_id(order.id).one(&stefans).await.unwrap().unwrap();
    assert_eq!(order.mains_name.as_deref(), Some("Züri Aare"));
    assert!(stefan.get(&format!("/orders/{}", order.id)).await.contains("Züri Aare"));
}

#[tokio::test]
async fn a_racket_of_a_year_is_found_again_by_what_the_picker_calls_it() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let fields = [
        ("sport", "tennis"),
        ("manufacturer", "Zugspitz"),
        ("model", "V-Cell 8"),
        ("year", "2021"),
        ("head_size", "100"),
    ];
    stefan.post("/catalogue/rackets", &fields).await.sees(303);
    let all = rackets::Entity::search(&db, Some(Sport::Tennis), "zugspitz").await.unwrap();
    let [one] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((one.label(), one.head_size), ("Zugspitz V-Cell 8 2021".to_owned(), Some(645)));
    let again = rackets::Entity::find_or_create(&db, Sport::Tennis, &one.label()).await.unwrap();
    assert_eq!(again, one.id);
    // What is of another sport, or has a head that nobody plays, is said.
    let wrong = [("sport", ""), ("model", "x"), ("head_size", "645"), ("weight", "heavy")];
    let page = stefan.post("/catalogue/rackets", &wrong).await.sees(422);
    assert!(["sport", "head_size", "weight"].iter().all(|field| page.marked(field).is_some()));
    assert!(catalogue_strings::Entity::find_by_name(&db, "x").await.unwrap().is_none());
}

#[tokio::test]
async fn a_string_whose_gauge_stands_in_its_name_is_found_as_it_is_called() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let fields = [("sport", "tennis"), ("manufacturer", "Zugspitz"), ("model", "Blast 1,3")];
    stefan.post("/catalogue/strings", &fields).await.sees(303);
    let found = catalogue_strings::Entity::find_by_name(&db, "Zugspitz Blast 1,3").await.unwrap();
    assert!(found.is_some());
    // A filter that nothing passes does not call the catalogue empty.
    let none = stefan.get("/catalogue/rackets?page=9").await.sees(200);
    assert!(none.contains("Kein Eintrag ist so."));
}
