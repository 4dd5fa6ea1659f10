//! The life of an order over HTTP: from every state every step is tried, forwards, dated
//! back, dated into the future, and taken back. What the model allows is done and written
//! down; what it does not is answered with a sentence, and nothing has changed.

use chrono::{Days, NaiveDate};
use rbo::demo;
use rbo::i18n::Locale;
use rbo::models::orders::{self, Dates, Step};
use rbo::models::{order_state_audit, receipt_emissions};
use rbo::values::Vocabulary as _;
use sea_orm_tenancy::Db;
use uuid::Uuid;

use crate::support::{Browser, World};

/// How a state is reached: whose job it is, and which steps were taken (or taken back).
struct Road {
    name: &'static str,
    is_self: bool,
    in_advance: bool,
    steps: &'static [(&'static str, bool)],
}

const ROADS: [Road; 11] = [
    road("ordered", &[]),
    road("strung", &[("strung", true)]),
    road("returned", &[("strung", true), ("returned", true)]),
    road("paid", &[("strung", true), ("paid", true)]),
    road("done", &[("strung", true), ("returned", true), ("paid", true)]),
    road("cancelled", &[("cancelled", true)]),
    road("void, with its number", &[("strung", true), ("strung", false)]),
    Road { in_advance: true, ..road("paid in advance", &[("paid", true)]) },
    Road { is_self: true, ..road("a self job, ordered", &[]) },
    Road { is_self: true, ..road("a self job, a draft", &[("ordered", false)]) },
    Road { is_self: true, ..road("a self job, done", &[("strung", true)]) },
];

const fn road(name: &'static str, steps: &'static [(&'static str, bool)]) -> Road {
    Road { name, is_self: false, in_advance: false, steps }
}

impl Road {
    async fn walk(&self, stefan: &mut Browser, ordered: NaiveDate) -> Uuid {
        let day = ordered.to_string();
        let mut fields = vec![
            ("frame", "new"),
            ("racket", "Head Boom MP"),
            ("mains_tension", "24"),
            ("labor", "25"),
            ("ordered_at", day.as_str()),
        ];
        let whose = if self.is_self { ("client", "self") } else { ("client", "new") };
        fields.extend([whose, ("first_name", "Vera")]);
        if self.in_advance {
            fields.push(("paid_in_advance", "1"));
        }
        let saved = stefan.post("/orders", &fields).await.sees(303).location();
        let path = saved.split('?').next().unwrap().to_owned();
        for (step, is_taken) in self.steps {
            let act = format!("{path}/{step}");
            let answer = if *is_taken {
                stefan.post(&act, &[])
            } else {
                return self.back(stefan, &path, step).await;
            };
            answer.await.sees(303);
        }
        path["/orders/".len()..].parse().unwrap()
    }

    /// A step that is taken back is the last of its road.
    async fn back(&self, stefan: &mut Browser, path: &str, step: &str) -> Uuid {
        stefan.delete(&format!("{path}/{step}")).await.sees(303);
        path["/orders/".len()..].parse().unwrap()
    }
}

async fn dates(db: &Db, id: Uuid) -> Dates {
    orders::Model::find(db, id).await.unwrap().dates()
}

async fn written(db: &Db, id: Uuid) -> usize {
    order_state_audit::Entity::of_order(db, id).await.unwrap().len()
}

#[tokio::test]
async fn from_every_state_every_step_is_taken_or_refused_with_a_sentence() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let today = me.today();
    let (yesterday, ordered) = (today - Days::new(1), today - Days::new(5));
    let tries = [
        Some(today),
        Some(yesterday),
        Some(today + Days::new(1)),
        Some(ordered - Days::new(1)),
        None,
    ];
    let mut stefan = world.stefan().await;
    let (mut taken, mut refused) = (0, 0);
    for road in ROADS {
        let mut id = road.walk(&mut stefan, ordered).await;
        for (step, date) in
            Step::ALL.iter().copied().flat_map(|step| tries.map(|date| (step, date)))
        {
            let seen = format!("{}: {} {date:?}", road.name, step.code());
            let (before, noted) = (dates(&db, id).await, written(&db, id).await);
            let path = format!("/orders/{id}/{}", step.code());
            let answer = match date {
                Some(date) => stefan.post(&path, &[("date", &date.to_string())]).await,
                None => stefan.delete(&path).await,
            };
            // What is so already stays so, without a word.
            if before.of(step) == date {
                answer.sees(303);
                assert_eq!(
                    (dates(&db, id).await, written(&db, id).await),
                    (before, noted),
                    "{seen}"
                );
                continue;
            }
            match before.after(step, date, today) {
                Ok(after) => {
                    assert_eq!(answer.status, 303, "{seen}");
                    let now = dates(&db, id).await;
                    let first = step == Step::Strung && date.is_some() && !before.is_self;
                    let numbered = Dates { has_number: before.has_number || first, ..after };
                    assert_eq!(now, numbered, "{seen}");
                    let log = order_state_audit::Entity::of_order(&db, id).await.unwrap();
                    assert_eq!(log.len(), noted + 1, "{seen}");
                    let said = log.iter().any(|entry| {
                        entry.step == step
                            && (entry.from_date, entry.to_date) == (before.of(step), date)
                            && entry.actor_id == me.id
                    });
                    assert!(said, "{seen}: the log says something else");
                    taken += 1;
                    id = road.walk(&mut stefan, ordered).await;
                }
                Err(why) => {
                    let page = answer.sees(422);
                    let sentence = Locale::De.t(why.key());
                    assert_eq!(page.element("[role=alert]"), Some(sentence), "{seen}");
                    assert_eq!(dates(&db, id).await, before, "{seen}");
                    assert_eq!(written(&db, id).await, noted, "{seen}");
                    refused += 1;
                }
            }
        }
    }
    assert!(taken > 50 && refused > 100, "{taken} taken, {refused} refused");
    // Somebody else takes none of them, and learns of none.
    let id = ROADS[0].walk(&mut stefan, ordered).await;
    let mut marco = world.marco().await;
    for step in Step::ALL.iter().copied() {
        let path = format!("/orders/{id}/{}", step.code());
        marco.post(&path, &[]).await.sees(404);
        marco.delete(&path).await.sees(404);
    }
    assert_eq!(written(&db, id).await, 1);
}

#[tokio::test]
async fn a_step_that_is_none_or_a_date_that_is_none_is_answered() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let id = ROADS[0].walk(&mut stefan, me.today()).await;
    stefan.post(&format!("/orders/{id}/flown"), &[]).await.sees(404);
    for date in ["yesterday", "2026-02-30", "0000-00-00", "9999-12-31"] {
        let page = stefan.post(&format!("/orders/{id}/strung"), &[("date", date)]).await.sees(422);
        assert!(page.element("[role=alert]").is_some(), "{date}");
    }
    assert_eq!(dates(&db, id).await.strung, None);
}

#[tokio::test]
async fn in_every_state_prices_stay_editable_and_a_receipt_is_issued_again() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    for road in ROADS {
        let id = road.walk(&mut stefan, me.today() - Days::new(5)).await;
        let order = orders::Model::find(&db, id).await.unwrap();
        let has_receipt = order.receipt_number.is_some() && order.strung_at.is_some();
        let issued = receipt_emissions::Entity::of_order(&db, id).await.unwrap().len();
        let frame = order.client_racket_id.to_string();
        let version = order.lock_version.to_string();
        let in_advance = if road.in_advance { "1" } else { "" };
        let edit = [
            ("frame", frame.as_str()),
            ("sport", "tennis"),
            ("mains_tension", "24"),
            ("labor", "31"),
            ("paid_in_advance", in_advance),
            ("lock_version", version.as_str()),
        ];
        stefan.post(&format!("/orders/{id}"), &edit).await.sees(303);
        let edited = orders::Model::find(&db, id).await.unwrap();
        let labor = if road.is_self { None } else { Some(3100) };
        assert_eq!(edited.labor, labor, "{}", road.name);
        assert_eq!(edited.dates(), order.dates(), "{}: an edit takes no step", road.name);
        let again = receipt_emissions::Entity::of_order(&db, id).await.unwrap().len();
        assert_eq!(again - issued, usize::from(has_receipt), "{}", road.name);
        // Somebody else's copy of the form is old now.
        stefan.post(&format!("/orders/{id}"), &edit).await.sees(409);
        if road.in_advance {
            // It is paid, and not strung: that it was in advance is not taken back.
            let version = edited.lock_version.to_string();
            let edit = [
                ("frame", frame.as_str()),
                ("sport", "tennis"),
                ("lock_version", version.as_str()),
            ];
            let page = stefan.post(&format!("/orders/{id}"), &edit).await.sees(422);
            assert!(page.marked("paid_in_advance").is_some());
        }
    }
}
