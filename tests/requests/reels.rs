//! String in stock: each job draws what its racket takes, an undo gives it back, and what a job
//! cost is in the reports.

use rbo::demo;
use rbo::models::reels::uses::{self, Column};
use rbo::models::reels::{self, BedSide};
use rbo::models::{catalogue, catalogue_strings, client_rackets, orders, rackets};
use rbo::units::Sport;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use crate::support::{Browser, World};

const OWN: &str = "Züri Limmat 1.25";

/// Takes a reel of [`OWN`] into stock; its key.
async fn reel(marco: &mut Browser, more: &[(&str, &str)]) -> Uuid {
    let mut fields = vec![("sport", "tennis"), ("string", OWN)];
    let known = |name: &str| more.iter().any(|(given, _)| *given == name);
    for (name, value) in [("kind", "reel"), ("length", "200"), ("price", "120")] {
        fields.extend((!known(name)).then_some((name, value)));
    }
    fields.extend(more);
    let at = marco.post("/reels", &fields).await.sees(303).location();
    let at = at.strip_prefix("/reels/").and_then(|at| at.strip_suffix("?saved=1"));
    at.expect("its page").parse().expect("a key")
}

async fn left(db: &Db, id: Uuid) -> i64 {
    reels::Entity::find_by_id(id).one(db).await.unwrap().expect("a reel").left()
}

async fn drawn(db: &Db, order: Uuid) -> Vec<(BedSide, Uuid, i64, Option<i64>)> {
    let drawn = uses::Entity::find().filter(Column::OrderId.eq(order)).order_by_asc(Column::Side);
    let mut drawn: Vec<_> = drawn
        .all(db)
        .await
        .unwrap()
        .into_iter()
        .map(|one| (one.side, one.reel_id, one.length, one.cost))
        .collect();
    drawn.sort();
    drawn
}

/// An open order of a client with [`OWN`] on both sides, on a racket of 100 in² and 16×19.
async fn open(db: &Db) -> orders::Model {
    let order = orders::Entity::queue(db, 30).await.unwrap();
    let order = order.iter().find(|row| row.client().is_some()).expect("one of a client").id;
    let string = catalogue_strings::Entity::find_by_name(db, OWN).await.unwrap();
    let string = string.expect("an entry").id;
    let facts = rackets::Facts {
        head_size: Some(645),
        string_pattern: Some("16×19".into()),
        ..Default::default()
    };
    let said = rackets::Said { manufacturer: "Eigen".into(), model: "Bau".into(), facts };
    let model = catalogue::add(db, Sport::Tennis, catalogue::Said::Racket(said)).await.unwrap();
    let order = orders::Model::find(db, order).await.unwrap();
    let frame = client_rackets::ActiveModel {
        id: sea_orm::Set(order.client_racket_id),
        racket_id: sea_orm::Set(model),
        ..Default::default()
    };
    client_rackets::Entity::update(frame).exec(db).await.unwrap();
    with(db, order.id, Some(string), false).await
}

async fn with(db: &Db, order: Uuid, string: Option<Uuid>, byo: bool) -> orders::Model {
    let strung = orders::ActiveModel {
        id: sea_orm::Set(order),
        mains_string_id: sea_orm::Set(string),
        crosses_string_id: sea_orm::Set(string),
        mains_string_text: sea_orm::Set(None),
        crosses_string_text: sea_orm::Set(None),
        mains_name: sea_orm::Set(string.map(|_| OWN.to_owned())),
        crosses_name: sea_orm::Set(string.map(|_| OWN.to_owned())),
        mains_byo: sea_orm::Set(byo),
        crosses_byo: sea_orm::Set(byo),
        ..Default::default()
    };
    orders::Entity::update(strung).exec(db).await.unwrap();
    orders::Model::find(db, order).await.unwrap()
}

#[tokio::test]
async fn a_job_draws_when_it_is_strung_and_an_undo_gives_it_back() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let reel = reel(&mut marco, &[]).await;
    let order = open(&db).await.id;
    let strung = format!("/orders/{order}/strung");
    marco.post(&strung, &[]).await.sees(303);
    // 120.00 for 200 m: 60 rappen a metre.
    let both =
        vec![(BedSide::Mains, reel, 600, Some(360)), (BedSide::Crosses, reel, 560, Some(336))];
    assert_eq!(drawn(&db, order).await, both);
    assert_eq!(left(&db, reel).await, 20_000 - 1_160);
    // A second tap, and another date, draw nothing more.
    let (me, _) = world.at_work(demo::MARCO).await;
    let today = me.today().to_string();
    marco.post(&strung, &[("date", &today)]).await.sees(303);
    assert_eq!(drawn(&db, order).await, both);
    let page = marco.get(&format!("/reels/{reel}")).await.sees(200);
    for shown in ["188.4 m left", "of 200 m", "0.60 a metre", "EUR\u{a0}3.60"] {
        assert!(page.contains(shown), "{shown}");
    }
    let page = marco.get(&format!("/orders/{order}/string")).await.sees(200);
    assert_eq!(page.value("#f-mains_length").as_deref(), Some("6"));
    assert!(page.contains("EUR\u{a0}6.96"));
    marco.delete(&strung).await.sees(303);
    assert_eq!(drawn(&db, order).await, []);
    assert_eq!(left(&db, reel).await, 20_000);
    // Nothing is drawn of a bed that is not strung.
    let fields = [("mains_reel", reel.to_string()), ("mains_length", "6".to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let page = marco.post(&format!("/orders/{order}/string"), &fields).await.sees(422);
    assert!(page.contains("when the racket is strung"));
}

#[tokio::test]
async fn what_the_stringer_says_counts_and_is_usual_from_then_on() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let one = reel(&mut marco, &[]).await;
    let other = reel(&mut marco, &[("length", "100"), ("price", "")]).await;
    let order = open(&db).await;
    marco.post(&format!("/orders/{}/strung", order.id), &[]).await.sees(303);
    let form = format!("/orders/{}/string", order.id);
    let page = marco.get(&form).await.sees(200);
    let version = page.value("[name=version]").expect("a version");
    let (one_key, other_key) = (one.to_string(), other.to_string());
    let say = [
        ("version", version.as_str()),
        ("mains_reel", &other_key),
        ("mains_length", "7,1"),
        ("crosses_reel", ""),
        ("crosses_length", "5.6"),
    ];
    marco.post(&form, &say).await.sees(303);
    assert_eq!(drawn(&db, order.id).await, [(BedSide::Mains, other, 710, None)]);
    assert_eq!((left(&db, one).await, left(&db, other).await), (20_000, 10_000 - 710));
    // The page of another tab was made of what it said before.
    let page = marco.post(&form, &say).await.sees(422);
    assert!(page.contains("changed"));
    for (field, wrong) in
        [("mains_length", "lang"), ("mains_reel", "x"), ("mains_reel", &Uuid::nil().to_string())]
    {
        let length = if field == "mains_length" { wrong } else { "6" };
        let reel = if field == "mains_reel" { wrong } else { &one_key };
        let page = marco.post(&form, &[("mains_reel", reel), ("mains_length", length)]).await;
        assert!(page.sees(422).element(&format!("#e-{field}")).is_some_and(|it| !it.is_empty()));
    }
    assert_eq!(drawn(&db, order.id).await.len(), 1, "nothing is half done");

    // The next job of the same racket takes as much.
    let next = [("client", order.client_profile_id), ("racket", order.client_racket_id)];
    let next = next.each_ref().map(|(name, id)| format!("{name}={id}")).join("&");
    let form = marco.get(&format!("/orders/new?{next}")).await.sees(200).form("#order-form");
    let path = marco.post_fields("/orders", &form).await.sees(303).location();
    let again = path.split(['/', '?']).nth(2).expect("a key").parse().expect("a key");
    let string = order.mains_string_id;
    with(&db, again, string, false).await;
    marco.post(&format!("/orders/{again}/strung"), &[("free", "1")]).await.sees(303);
    let drawn = drawn(&db, again).await;
    assert_eq!(drawn.iter().map(|(_, _, length, _)| *length).collect::<Vec<_>>(), [710, 560]);
}

#[tokio::test]
async fn a_strung_job_that_gets_another_string_gives_the_first_back() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let reel = reel(&mut marco, &[]).await;
    let order = open(&db).await.id;
    marco.post(&format!("/orders/{order}/strung"), &[]).await.sees(303);
    assert!(left(&db, reel).await < 20_000);
    let edit = format!("/orders/{order}/edit");
    let mut form = marco.get(&edit).await.sees(200).form("#order-form");
    // What was not changed is not drawn anew.
    marco.post_fields(&format!("/orders/{order}"), &form).await.sees(303);
    assert_eq!(left(&db, reel).await, 20_000 - 1_160);
    form = marco.get(&edit).await.sees(200).form("#order-form");
    for (name, value) in &mut form {
        if name == "mains_string" {
            *value = "Darm von daheim".to_owned();
        }
    }
    marco.post_fields(&format!("/orders/{order}"), &form).await.sees(303);
    assert_eq!(drawn(&db, order).await, []);
    assert_eq!(left(&db, reel).await, 20_000);
}

#[tokio::test]
async fn the_oldest_that_has_enough_gives_and_what_nobody_has_is_drawn_from_nowhere() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let rest = reel(&mut marco, &[("length", "8"), ("warn_below", "0")]).await;
    let tomorrow = (me.today() + chrono::Days::new(1)).to_string();
    let later = reel(&mut marco, &[("bought_at", &tomorrow)]).await;
    let gone = reel(&mut marco, &[]).await;
    marco.post(&format!("/reels/{gone}/finished"), &[]).await.sees(303);
    let sets = reel(&mut marco, &[("kind", "set"), ("length", "12,2"), ("count", "3")]).await;
    let order = open(&db).await;
    let strung = format!("/orders/{}/strung", order.id);
    marco.post(&strung, &[]).await.sees(303);
    // The rest has enough for the mains alone; of a set a side takes half.
    let taken: Vec<_> =
        drawn(&db, order.id).await.into_iter().map(|(_, reel, length, _)| (reel, length)).collect();
    assert_eq!(taken, [(rest, 600), (sets, 610)]);
    assert_eq!((left(&db, later).await, left(&db, gone).await), (20_000, 20_000));
    let page = marco.get("/reels").await.sees(200);
    assert!(page.contains("2.5 sets left") && page.contains("of 3 sets"));
    assert!(!page.contains(&gone.to_string()));
    assert!(marco.get("/reels?finished=1").await.sees(200).contains(&gone.to_string()));
    marco.delete(&strung).await.sees(303);

    // What the client brings is not drawn.
    with(&db, order.id, order.mains_string_id, true).await;
    marco.post(&strung, &[]).await.sees(303);
    assert_eq!(drawn(&db, order.id).await, []);
    marco.delete(&strung).await.sees(303);
    // When nothing has enough the oldest gives more than it has, and says so.
    with(&db, order.id, order.mains_string_id, false).await;
    for finished in [sets, later] {
        marco.post(&format!("/reels/{finished}/finished"), &[]).await.sees(303);
    }
    marco.post(&strung, &[]).await.sees(303);
    assert_eq!(left(&db, rest).await, 800 - 1_160);
    let page = marco.get(&format!("/reels/{rest}")).await.sees(200);
    assert!(page.contains("0 m left") && page.contains("more than it had"));
    // The stringer measures.
    let form = marco.get(&format!("/reels/{rest}/edit")).await.sees(200).form("#reel-form");
    let form: Vec<_> = form
        .into_iter()
        .map(|(name, value)| if name == "left" { (name, "1,5".to_owned()) } else { (name, value) })
        .collect();
    marco.post_fields(&format!("/reels/{rest}"), &form).await.sees(303);
    assert_eq!(left(&db, rest).await, 150);
    // Another tab's form was made of what it had before.
    marco.post_fields(&format!("/reels/{rest}"), &form).await.sees(422);
    assert_eq!(left(&db, rest).await, 150);
}

#[tokio::test]
async fn what_runs_low_is_told_at_home_and_a_job_s_string_is_in_the_reports() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    assert!(!marco.get("/").await.sees(200).contains("running low"));
    assert!(!marco.get("/reports").await.sees(200).contains("Margin"));
    let few = [("kind", "set"), ("length", "12"), ("count", "2"), ("price", "40")];
    let sets = reel(&mut marco, &few).await;
    assert!(!marco.get("/").await.sees(200).contains("running low"));
    let order = open(&db).await.id;
    marco.post(&format!("/orders/{order}/strung"), &[]).await.sees(303);
    assert!(marco.get("/").await.sees(200).contains("1 string is running low"));
    assert!(marco.get("/reels").await.sees(200).contains("Running low"));
    let page = marco.get("/reports").await.sees(200);
    assert!(page.contains("String from stock") && page.contains("EUR\u{a0}20.00"));
    let (me, _) = world.at_work(demo::MARCO).await;
    let year = chrono::Datelike::year(&me.today());
    let year = orders::Entity::year(&db, year, me.currency()).await.unwrap();
    assert_eq!(year.whole.string_cost, 2_000);
    assert_eq!(year.whole.margin(), year.whole.earned - 2_000);
    let csv = marco.get(&format!("/reports/{}-months.csv", me.today().format("%Y"))).await;
    assert!(csv.sees(200).contains("Margin"));
    // Used up is told by nobody any more.
    marco.post(&format!("/reels/{sets}/finished"), &[]).await.sees(303);
    assert!(!marco.get("/").await.sees(200).contains("running low"));
    marco.delete(&format!("/reels/{sets}/finished")).await.sees(303);
    assert!(marco.get("/").await.sees(200).contains("running low"));
}

#[tokio::test]
async fn a_reel_is_said_rightly_or_its_field_is_marked_and_a_second_tap_makes_no_second() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let page = marco.get("/reels/new").await.sees(200);
    let key = page.value("[name=_key]").expect("a key");
    let form = [
        ("_key", key.as_str()),
        ("sport", "tennis"),
        ("string", OWN),
        ("kind", "reel"),
        ("length", "200"),
    ];
    let first = marco.post("/reels", &form).await.sees(303).location();
    assert_eq!(marco.post("/reels", &form).await.sees(303).location(), first);
    assert_eq!(reels::Entity::find().all(&db).await.unwrap().len(), 1);
    for (field, wrong) in [
        ("length", ""),
        ("length", "0.2"),
        ("kind", "spool"),
        ("count", "0"),
        ("count", "9"),
        ("price", "-1"),
        ("warn_below", "viel"),
        ("bought_at", "0026-01-01"),
        ("string", " "),
    ] {
        let mut fields: Vec<_> =
            form[1..].iter().copied().filter(|(name, _)| *name != field).collect();
        fields.push((field, wrong));
        let page = marco.post("/reels", &fields).await.sees(422);
        assert!(page.marked(field).is_some(), "{field}: {wrong}");
    }
    assert_eq!(reels::Entity::find().all(&db).await.unwrap().len(), 1);
    // While it is filled in, by the same rules.
    let page = marco.changed("/checks/reel", "length", &[("length", "lang")]).await.sees(200);
    assert!(page.contains("e-length"));
}

#[tokio::test]
async fn two_jobs_at_once_draw_both() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let reel = reel(&mut stefan, &[]).await;
    let first = open(&db).await;
    let others = orders::Entity::queue(&db, 30).await.unwrap();
    let others = others.iter().filter(|row| row.id != first.id && row.client().is_some());
    let other = others.map(|row| row.id).next().expect("another");
    with(&db, other, first.mains_string_id, false).await;
    let mut on_the_other = world.stefan().await;
    let (one, two) = (format!("/orders/{}/strung", first.id), format!("/orders/{other}/strung"));
    let (one, two) = tokio::join!(
        stefan.post(&one, &[("free", "1")]),
        on_the_other.post(&two, &[("free", "1")])
    );
    one.sees(303);
    two.sees(303);
    let taken: i64 = [drawn(&db, first.id).await, drawn(&db, other).await]
        .concat()
        .iter()
        .map(|(_, _, length, _)| length)
        .sum();
    assert!(taken > 2_000, "{taken}");
    assert_eq!(left(&db, reel).await, 20_000 - taken);
}

#[tokio::test]
async fn what_was_said_by_hand_of_a_client_s_string_is_given_back_with_the_rest() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let reel = reel(&mut marco, &[]).await;
    let order = open(&db).await;
    let strung = format!("/orders/{}/strung", order.id);
    with(&db, order.id, order.mains_string_id, true).await;
    marco.post(&strung, &[]).await.sees(303);
    assert_eq!(drawn(&db, order.id).await, []);
    // It broke on the machine, and the stringer took its own.
    let key = reel.to_string();
    let say = [("mains_reel", key.as_str()), ("mains_length", "6")];
    marco.post(&format!("/orders/{}/string", order.id), &say).await.sees(303);
    assert_eq!(left(&db, reel).await, 20_000 - 600);
    marco.delete(&strung).await.sees(303);
    assert_eq!(drawn(&db, order.id).await, []);
    assert_eq!(left(&db, reel).await, 20_000);
    with(&db, order.id, order.mains_string_id, false).await;
    marco.post(&strung, &[]).await.sees(303);
    assert_eq!(drawn(&db, order.id).await.len(), 2);
}

#[tokio::test]
async fn a_price_that_is_said_later_is_what_the_jobs_before_cost() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let reel = reel(&mut marco, &[("price", "")]).await;
    let order = open(&db).await.id;
    marco.post(&format!("/orders/{order}/strung"), &[]).await.sees(303);
    let costs = async || drawn(&db, order).await.iter().map(|one| one.3).collect::<Vec<_>>();
    assert_eq!(costs().await, [None, None]);
    for (price, says) in [("120", [Some(360), Some(336)]), ("", [None, None])] {
        let form = marco.get(&format!("/reels/{reel}/edit")).await.sees(200).form("#reel-form");
        let form: Vec<_> = form
            .into_iter()
            .map(|(name, value)| match name.as_str() {
                "price" => (name, price.to_owned()),
                _ => (name, value),
            })
            .collect();
        marco.post_fields(&format!("/reels/{reel}"), &form).await.sees(303);
        assert_eq!(costs().await, says);
        assert_eq!(left(&db, reel).await, 20_000 - 1_160, "nothing else has changed");
    }
    // An emptied rest is no full reel.
    let form = [("kind", "reel"), ("length", "200"), ("left", "")];
    let page = marco.post(&format!("/reels/{reel}"), &form).await.sees(422);
    assert!(page.marked("left").is_some());
}
