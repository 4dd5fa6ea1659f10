//! Many hands in three time zones mark orders strung and paid, and take that back, while a year turns
//! and the processes that serve them are killed at random: each order has one number, of the year in
//! which it was strung first, no number is missing, nothing is paid twice, each emission gets its
//! PDF, and no mail goes out twice.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Datelike as _, Utc};
use rand::Rng as _;
use rbo::demo;
use rbo::models::receipt_emissions::{self, PdfState};
use rbo::models::receipt_mails::{self, Delivery};
use rbo::models::stringers::Member;
use rbo::models::{order_state_audit, orders, payments, receipt_counters};
use rbo::receipts::Snapshot;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, PaginatorTrait, QueryFilter};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use super::clock::{Clock, Turn};
use super::crew::joined_by;
use super::program::{Program, browser_of};
use crate::support::smtp::{Mood, Smtp};
use crate::support::{Browser, ReceivedMail, World};

/// A number of the environment, for a larger run.
fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(usual)
}

/// Hands of each stringer.
fn hands() -> usize {
    number("RBO_TEST_HANDS", 2)
}

/// Orders of each hand.
fn each() -> usize {
    number("RBO_TEST_ORDERS", 6)
}

/// What a hand does with an order, which is paid in the end: a step, and whether it is taken back.
const LIVES: [&[(&str, bool)]; 3] = [
    &[("strung", true), ("paid", true)],
    &[("strung", true), ("strung", false), ("strung", true), ("paid", true)],
    &[("strung", true), ("paid", true), ("paid", false), ("paid", true)],
];

/// An order that a hand has made.
struct Made {
    id: Uuid,
    /// Its client's, who is nobody else's.
    address: String,
    /// How often it was said that it is strung.
    strung: usize,
}

/// One hand, with a session of its own, at whichever process answers.
async fn work(mut browser: Browser, email: String, turn: Turn) -> Vec<Made> {
    browser.sign_in(&email, demo::PASSWORD).await.sees(303);
    let token = browser.token().await;
    let mut orders = Vec::new();
    for nth in 0..each() {
        turn.comes_to(nth).await;
        let (racket, key) = (format!("Racket {nth}"), Uuid::now_v7().to_string());
        let address = format!("{key}@example.ch");
        // One that is sent again after a kill is there twice, and has one order.
        let client = [("_csrf", token.as_str()), ("first_name", "Sara"), ("email", &address)];
        let client = browser.post_as_is("/clients", &client).await.sees(303).location();
        let client = client.split(['/', '?']).nth(2).expect("a key").to_owned();
        let fields = [
            ("_csrf", token.as_str()),
            // A form that is sent again is taken once.
            ("_key", &key),
            ("client", &client),
            ("frame", "new"),
            ("racket", &racket),
            ("labor", "25"),
        ];
        let made = browser.post_as_is("/orders", &fields).await.sees(303).location();
        let order = made.split('?').next().expect("a path").to_owned();
        let life = LIVES[nth % LIVES.len()];
        for (step, is_taken) in life {
            let mut fields = vec![("_csrf", token.as_str()), ("payment", "cash")];
            if !is_taken {
                fields.push(("_method", "DELETE"));
            }
            let done = browser.post_as_is(&format!("{order}/{step}"), &fields).await;
            // What was done already when its answer was lost is refused the second time.
            assert!([303, 422, 409].contains(&done.status.as_u16()), "{step}: {}", done.text());
        }
        let id = order.rsplit('/').next().expect("a key").parse().expect("a key");
        let strung = life.iter().filter(|step| **step == ("strung", true)).count();
        orders.push(Made { id, address, strung });
        turn.is_done();
    }
    orders
}

/// So many seconds a stringer's receipts and mails may take: some of each order, of a program that
/// is slow since it is one for tests.
fn patience() -> usize {
    120 + hands() * each()
}

async fn until_all_are_rendered(db: &Db) {
    let owed = receipt_emissions::Entity::find()
        .filter(receipt_emissions::Column::PdfState.ne(PdfState::Rendered));
    for _ in 0..patience() * 4 {
        if owed.clone().count(db).await.unwrap() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    panic!("PDFs are owed still");
}

/// The last number of each year.
type Last = BTreeMap<i64, i64>;

async fn last_numbers(db: &Db) -> Last {
    let counters = receipt_counters::Entity::find().all(db).await.unwrap();
    counters.into_iter().map(|counter| (counter.year, counter.last_number)).collect()
}

/// The year of the day on which an order was strung for the first time, where it was strung.
async fn year_of(db: &Db, me: &Member, order: Uuid) -> i64 {
    let steps = order_state_audit::Entity::of_order(db, order).await.unwrap();
    let strung = steps.iter().filter(|step| step.step == orders::Step::Strung);
    let first = strung.map(|step| step.at).min().expect("strung");
    me.day_of(first.to_utc()).year().into()
}

/// The years that numbers were taken of.
async fn check((me, db): &(Member, Db), made: &[Made], before: &Last) -> Vec<i64> {
    until_all_are_rendered(db).await;
    let mut numbers: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for Made { id, .. } in made {
        let order = orders::Model::find(db, *id).await.unwrap();
        assert!(order.strung_at.is_some() && order.paid_at.is_some(), "{id}");
        let paid = payments::Entity::of(db, &order).await.unwrap();
        assert_eq!(paid.len(), 1, "paid once");
        let number = order.receipt_number.expect("a number");
        for issue in receipt_emissions::Entity::of_order(db, *id).await.unwrap() {
            assert_eq!(issue.number, number, "one number");
        }
        let last = receipt_emissions::Entity::last_snapshot(db, *id).await.unwrap();
        assert!(Snapshot::from_json(&last.expect("a receipt")).unwrap().paid);
        let (year, nth) = number.split_once('-').expect("a year");
        let year = year.parse().expect("a year");
        assert_eq!(year, year_of(db, me, *id).await, "the year in which it was strung first");
        numbers.entry(year).or_default().push(nth.parse().expect("one"));
    }
    let years = numbers.keys().copied().collect();
    for (year, last) in last_numbers(db).await {
        let mut taken = numbers.remove(&year).unwrap_or_default();
        taken.sort_unstable();
        let first = before.get(&year).copied().unwrap_or_default() + 1;
        assert_eq!(taken, (first..=last).collect::<Vec<_>>(), "no gap, and none twice");
    }
    assert!(numbers.is_empty(), "{numbers:?}");
    years
}

/// The mails of these states do not wait any longer.
async fn hurry(raw: &DatabaseConnection, states: &[Delivery]) {
    receipt_mails::Entity::update_many()
        .col_expr(receipt_mails::Column::NextAttemptAt, Expr::value(Utc::now()))
        .filter(receipt_mails::Column::State.is_in(states.iter().copied()))
        .exec(raw)
        .await
        .unwrap();
}

/// Each mail that was taken arrived once; whose outcome nobody saw, once or never; no other.
async fn check_mails(db: &Db, made: &[Made], taken: &BTreeMap<String, usize>) -> [usize; 2] {
    let mut seen = [0, 0];
    for Made { id, address, strung } in made {
        let (mut sent, mut unknown) = (0, 0);
        let mails = receipt_mails::Entity::of_order(db, *id).await.unwrap();
        for mail in mails {
            match mail.state {
                Delivery::Sent => sent += 1,
                Delivery::Unknown => unknown += 1,
                Delivery::CalledBack => {}
                other => panic!("{other:?}: {:?}", mail.last_error),
            }
        }
        let arrived = taken.get(address).copied().unwrap_or_default();
        assert!((sent..=sent + unknown).contains(&arrived), "{arrived} of {sent} and {unknown}");
        assert!(sent + unknown <= *strung, "{sent} and {unknown}, strung {strung} times");
        seen = [seen[0] + sent, seen[1] + unknown];
    }
    seen
}

/// Nothing is on its way any more.
async fn until_all_are_mailed(raw: &DatabaseConnection) {
    let moving = [Delivery::Owed, Delivery::Sending];
    for nth in 0..patience() * 2 {
        let waiting =
            receipt_mails::Entity::find().filter(receipt_mails::Column::State.is_in(moving));
        if waiting.count(raw).await.unwrap() == 0 {
            return;
        }
        // Whoever was killed at it comes back no more, after so long.
        hurry(raw, if nth > 40 { &moving } else { &moving[..1] }).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    panic!("mails are owed still");
}

/// All at once, as after a night. Each clock is behind the one before by the second that its program
/// takes to start, as those of several machines are.
async fn all_at(programs: &mut [Program], clock: &Clock, moment: DateTime<Utc>) {
    for program in &mut *programs {
        program.kill();
    }
    for program in programs {
        program.restart_with(clock.settings(moment)).await;
    }
}

#[tokio::test]
async fn numbers_have_no_gap_and_nothing_is_paid_twice_whoever_is_killed() {
    let world = World::demo().await;
    let is_postgres = world.folder().is_none();
    let raw = world.beneath().await;
    let stringers = joined_by(&raw, 3).await;
    let mut before = Vec::new();
    for email in &stringers {
        before.push(last_numbers(&world.at_work(email).await.1).await);
    }
    let smtp = Smtp::start().await;
    // It says that it has a mail a while after it has it: a kill falls between the two.
    smtp.is(Mood::Slow);
    // SQLite is one program's.
    let mut programs = Vec::new();
    for _ in 0..if is_postgres { number("RBO_TEST_PROCESSES", 3) } else { 1 } {
        programs.push(Program::start_with(&world, smtp.port()).await);
    }
    let (clock, moments) = (Clock::make(), Clock::moments());
    let turn = Turn::new(moments.len(), each());
    all_at(&mut programs, &clock, moments[0]).await;
    let mut working = Vec::new();
    for (whose, email) in stringers.iter().enumerate() {
        for _ in 0..hands() {
            let work = work(browser_of(&programs), email.clone(), turn.clone());
            working.push((whose, tokio::spawn(work)));
        }
    }
    let mut kills = 0;
    while working.iter().any(|(_, hand)| !hand.is_finished()) {
        let pause = rand::rng().random_range(100..1_200);
        tokio::time::sleep(Duration::from_millis(pause)).await;
        hurry(&raw, &[Delivery::Owed]).await;
        if kills < number("RBO_TEST_DEATHS", 12) {
            let one = rand::rng().random_range(0..programs.len());
            programs[one].restart().await;
            kills += 1;
        }
        if let Some(next) = turn.is_due(stringers.len() * hands()) {
            all_at(&mut programs, &clock, moments[next]).await;
            turn.to(next);
        }
    }
    assert!(kills > 1, "the kills came too late");
    let mut made: Vec<_> = stringers.iter().map(|_| Vec::new()).collect();
    for (whose, hand) in working {
        made[whose].extend(hand.await.expect("its work is done"));
    }
    until_all_are_mailed(&raw).await;
    let mut taken = BTreeMap::new();
    for mail in smtp.taken() {
        *taken.entry(ReceivedMail::read(&mail).to).or_default() += 1;
    }
    let (mut mailed, mut turned) = ([0, 0], 0);
    for (whose, email) in stringers.iter().enumerate() {
        let at_work = world.at_work(email).await;
        assert_eq!(made[whose].len(), hands() * each());
        if check(&at_work, &made[whose], &before[whose]).await.len() == 2 {
            turned += 1;
        }
        let [sent, unknown] = check_mails(&at_work.1, &made[whose], &taken).await;
        mailed = [mailed[0] + sent, mailed[1] + unknown];
    }
    assert!(mailed[0] > 0, "mails went out");
    assert!(turned > 0, "some have numbers of both years");
    println!("{kills} kills, {} mails sent, of {} nobody knows", mailed[0], mailed[1]);
}
