//! The life of an order over HTTP: from every state every step is tried, forwards, dated
//! back, dated into the future, and taken back. What the model allows is done and written
//! down; what it does not is answered with a sentence, and nothing has changed.

use chrono::{Days, NaiveDate};
use rbo::demo;
use rbo::i18n::Locale;
use rbo::models::orders::{self, Dates, Step, StepRefused};
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
            let is_paid_for = road.in_advance && step == Step::Cancelled && date.is_some();
            let allowed = match before.after(step, date, today) {
                Ok(_) if is_paid_for => Err(StepRefused::CancelPaid),
                allowed => allowed,
            };
            match allowed {
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
        // It costs more than was paid for it: an edit takes no step but this.
        let opened = Dates { paid: None, ..order.dates() };
        assert_eq!(edited.dates(), opened, "{}: an edit takes a step", road.name);
        let again = receipt_emissions::Entity::of_order(&db, id).await.unwrap().len();
        assert_eq!(again - issued, usize::from(has_receipt), "{}", road.name);
        // Somebody else's copy of the form is old now.
        let told = stefan.post(&format!("/orders/{id}"), &edit).await.sees(422);
        assert_eq!(told.value("#f-labor").as_deref(), Some("31").filter(|_| !road.is_self));
        if road.in_advance {
            stefan.post(&format!("/orders/{id}/paid"), &[("payment", "cash")]).await.sees(303);
            let edited = orders::Model::find(&db, id).await.unwrap();
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

/// What the latest receipt of an order says, and how many there are.
async fn latest_receipt(db: &Db, id: Uuid) -> (serde_json::Value, usize) {
    let issues = receipt_emissions::Entity::of_order(db, id).await.unwrap();
    let latest = receipt_emissions::Entity::last_snapshot(db, id).await.unwrap();
    (serde_json::from_str(&latest.expect("a receipt")).unwrap(), issues.len())
}

#[tokio::test]
async fn a_receipt_says_paid_as_long_as_it_is_paid_and_how_is_nobodys_guess() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let id = ROADS[1].walk(&mut stefan, me.today()).await;
    let path = format!("/orders/{id}");
    let payment = async || orders::Model::find(&db, id).await.unwrap().payment_kind;
    let (receipt, issued) = latest_receipt(&db, id).await;
    assert_eq!((&receipt["paid"], issued), (&false.into(), 1));
    stefan.post(&format!("{path}/paid"), &[("payment", "twint")]).await.sees(303);
    let (receipt, issued) = latest_receipt(&db, id).await;
    assert_eq!((&receipt["paid"], issued), (&true.into(), 2));
    assert_eq!(payment().await, Some(orders::Payment::Twint));
    stefan.delete(&format!("{path}/paid")).await.sees(303);
    let (receipt, issued) = latest_receipt(&db, id).await;
    assert_eq!((&receipt["paid"], issued), (&false.into(), 3));
    assert_eq!(payment().await, None);
    stefan.post(&format!("{path}/paid"), &[]).await.sees(303);
    assert_eq!(payment().await, None, "nobody has said how");
    let page = stefan.post(&format!("{path}/paid"), &[("payment", "shells")]).await.sees(422);
    assert!(page.element("[role=alert]").is_some());
}

#[tokio::test]
async fn a_clients_new_name_is_on_the_receipt_of_the_next_save() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let id = ROADS[1].walk(&mut stefan, me.today()).await;
    let client = orders::Model::find(&db, id).await.unwrap().client_profile_id;
    stefan.post(&format!("/clients/{client}"), &[("first_name", "Verena")]).await.sees(303);
    assert_eq!(latest_receipt(&db, id).await.0["client"], "Vera");
    let form = stefan.get(&format!("/orders/{id}/edit")).await.form("#order-form");
    stefan.post_fields(&format!("/orders/{id}"), &form).await.sees(303);
    assert_eq!(latest_receipt(&db, id).await.0["client"], "Verena");
}

#[tokio::test]
async fn an_order_with_a_number_is_set_aside_with_a_reason_and_taken_up_again() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let void = ROADS[6].walk(&mut stefan, me.today()).await;
    let number = orders::Model::find(&db, void).await.unwrap().receipt_number.expect("a number");
    let path = format!("/orders/{void}");
    let page = stefan.get(&path).await.sees(200);
    assert!(page.element(&format!("form[action='{path}/void']")).is_some());
    let page = stefan.post(&format!("{path}/void"), &[("reason", " ")]).await.sees(422);
    assert!(page.marked("reason").is_some());
    let reason = [("reason", "Rahmen gebrochen")];
    stefan.post(&format!("{path}/void"), &reason).await.sees(303);
    let open = stefan.get("/orders?state=open&q=Vera").await.sees(200);
    assert!(!open.contains(&void.to_string()), "out of the queue");
    let list = stefan.get("/orders?state=void").await.sees(200);
    assert!(list.contains(&number) && list.contains("Rahmen gebrochen"));
    assert!(!stefan.get("/orders?state=cancelled").await.contains(&void.to_string()));
    assert!(!stefan.get("/orders?q=").await.contains(&void.to_string()));
    assert!(stefan.get(&format!("/orders?q={number}")).await.contains(&void.to_string()));
    let year = number.split('-').next().unwrap();
    let report = stefan.get(&format!("/reports?year={year}")).await.sees(200);
    assert!(report.contains(&number) && report.contains("Rahmen gebrochen"));
    assert!(stefan.get(&path).await.contains("Rahmen gebrochen"));
    // What has no number, or is strung, is not set aside; nothing is twice.
    stefan.post(&format!("{path}/void"), &reason).await.sees(422);
    for road in [&ROADS[0], &ROADS[1]] {
        let other = road.walk(&mut stefan, me.today()).await;
        stefan.post(&format!("/orders/{other}/void"), &reason).await.sees(422);
    }
    stefan.delete(&format!("{path}/cancelled")).await.sees(303);
    stefan.post(&format!("{path}/strung"), &[]).await.sees(303);
    let order = orders::Model::find(&db, void).await.unwrap();
    assert_eq!((order.receipt_number, order.void_reason), (Some(number), None));
}

#[tokio::test]
async fn what_costs_nothing_is_asked_about_once() {
    let world = World::demo().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let fields = [
        ("client", "new"),
        ("first_name", "Vera"),
        ("frame", "new"),
        ("racket", "Head Boom MP"),
        ("labor", "0"),
    ];
    let saved = stefan.post("/orders", &fields).await.sees(303).location();
    let path = saved.split('?').next().unwrap();
    let id: Uuid = path["/orders/".len()..].parse().unwrap();
    let page = stefan.post(&format!("{path}/strung"), &[]).await.sees(422);
    let asked = page.form(&format!("form[action='{path}/strung']:has([name=free])"));
    assert_eq!(dates(&db, id).await.strung, None);
    // At home, too.
    let home = [("back", "home")];
    let page = stefan.swap(&format!("{path}/strung"), &home).await.sees(422);
    assert!(page.element("form [name=free]").is_some());
    stefan.post_fields(&format!("{path}/strung"), &asked).await.sees(303);
    assert!(dates(&db, id).await.strung.is_some());
}

#[tokio::test]
async fn labels_of_a_job_without_strings_are_printed() {
    let world = World::demo().await;
    let (me, _db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let id = ROADS[0].walk(&mut stefan, me.today()).await;
    for size in ["wide", "throat"] {
        let label = stefan.get(&format!("/orders/{id}/labels/{size}.pdf")).await.sees(200);
        assert!(label.bytes.starts_with(b"%PDF-"), "{size}");
    }
}

#[tokio::test]
async fn what_was_measured_with_a_step_stays_where_it_is_refused_and_goes_with_it() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let fields =
        [("client", "new"), ("first_name", "Vera"), ("frame", "new"), ("racket", "Head Boom MP")];
    let saved = stefan.post("/orders", &fields).await.sees(303).location();
    let path = saved.split('?').next().unwrap().to_owned();
    let id: Uuid = path["/orders/".len()..].parse().unwrap();
    let strung = format!("{path}/strung");
    let dt = async || orders::Model::find(&db, id).await.unwrap().dt_after;
    // Too much, or for nothing without a word: what was typed stands in its field.
    for typed in ["4000", "38"] {
        let page = stefan.post(&strung, &[("dt_after", typed)]).await.sees(422);
        assert_eq!(page.value(".dt__field").as_deref(), Some(typed));
    }
    let page = stefan.post(&strung, &[("dt_after", "38")]).await.sees(422);
    let meant = page.value("form:has(input[name=free]) input[name=dt_after]");
    assert_eq!(meant.as_deref(), Some("38"));
    stefan.post(&strung, &[("dt_after", "38"), ("free", "1")]).await.sees(303);
    assert_eq!(dt().await, Some(38));
    // It was another racket: the next to be strung as this order has its own stiffness.
    stefan.delete(&strung).await.sees(303);
    assert_eq!(dt().await, None);
}
