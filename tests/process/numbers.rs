//! Many hands mark orders strung and paid, and take that back, while the processes that serve them
//! are killed at random: each order has one number, no number is missing, nothing is paid twice,
//! and each emission gets its PDF.

use std::time::Duration;

use rand::Rng as _;
use rbo::demo;
use rbo::models::receipt_emissions::{self, PdfState};
use rbo::models::{orders, payments, receipt_counters};
use rbo::receipts::Snapshot;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use super::program::{Program, browser_of};
use crate::support::{Browser, World};

/// Hands of each stringer; `RBO_TEST_HANDS` for more.
fn hands() -> usize {
    std::env::var("RBO_TEST_HANDS").ok().and_then(|hands| hands.parse().ok()).unwrap_or(4)
}

/// Orders of each hand.
const EACH: usize = 6;

/// What a hand does with an order, which is paid in the end: a step, and whether it is taken back.
const LIVES: [&[(&str, bool)]; 3] = [
    &[("strung", true), ("paid", true)],
    &[("strung", true), ("strung", false), ("strung", true), ("paid", true)],
    &[("strung", true), ("paid", true), ("paid", false), ("paid", true)],
];

/// One hand, with a session of its own, at whichever process answers.
async fn work(mut browser: Browser, email: &'static str) -> Vec<Uuid> {
    browser.sign_in(email, demo::PASSWORD).await.sees(303);
    let token = browser.token().await;
    let mut orders = Vec::new();
    for nth in 0..EACH {
        let racket = format!("Racket {nth}");
        let fields = [
            ("_csrf", token.as_str()),
            // A form that is sent again is taken once.
            ("_key", &Uuid::now_v7().to_string()),
            ("client", "new"),
            ("first_name", "Sara"),
            ("frame", "new"),
            ("racket", &racket),
            ("labor", "25"),
        ];
        let made = browser.post_as_is("/orders", &fields).await.sees(303).location();
        let order = made.split('?').next().expect("a path").to_owned();
        for (step, is_taken) in LIVES[nth % LIVES.len()] {
            let mut fields = vec![("_csrf", token.as_str()), ("payment", "cash")];
            if !is_taken {
                fields.push(("_method", "DELETE"));
            }
            let done = browser.post_as_is(&format!("{order}/{step}"), &fields).await;
            // What was done already when its answer was lost is refused the second time.
            assert!([303, 422, 409].contains(&done.status.as_u16()), "{step}: {}", done.text());
        }
        orders.push(order.rsplit('/').next().expect("a key").parse().expect("a key"));
    }
    orders
}

async fn until_all_are_rendered(db: &Db) {
    let owed = receipt_emissions::Entity::find()
        .filter(receipt_emissions::Column::PdfState.ne(PdfState::Rendered));
    for _ in 0..480 {
        if owed.clone().count(db).await.unwrap() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    panic!("PDFs are owed still");
}

async fn last_number(db: &Db) -> i64 {
    let counter = receipt_counters::Entity::find().all(db).await.unwrap();
    counter.iter().max_by_key(|counter| counter.year).map_or(0, |counter| counter.last_number)
}

async fn check(db: &Db, made: &[Uuid], before: i64) {
    until_all_are_rendered(db).await;
    let mut numbers = Vec::new();
    for id in made {
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
        numbers.push(number[5..].parse::<i64>().expect("a number"));
    }
    numbers.sort_unstable();
    let after = last_number(db).await;
    assert_eq!(numbers, (before + 1..=after).collect::<Vec<_>>(), "no gap, and none twice");
}

#[tokio::test]
async fn numbers_have_no_gap_and_nothing_is_paid_twice_whoever_is_killed() {
    let world = World::demo().await;
    let is_postgres = world.folder().is_none();
    // SQLite is one program's.
    let mut programs = Vec::new();
    for _ in 0..if is_postgres { 3 } else { 1 } {
        programs.push(Program::start(&world).await);
    }
    let stringers = [demo::STEFAN, demo::MARCO];
    let mut before = Vec::new();
    for email in stringers {
        before.push(last_number(&world.at_work(email).await.1).await);
    }
    let mut working = Vec::new();
    for email in stringers {
        for _ in 0..hands() {
            working.push((email, tokio::spawn(work(browser_of(&programs), email))));
        }
    }
    let mut kills = 0;
    while working.iter().any(|(_, hand)| !hand.is_finished()) && kills < 12 {
        let pause = rand::rng().random_range(100..1_200);
        tokio::time::sleep(Duration::from_millis(pause)).await;
        let one = rand::rng().random_range(0..programs.len());
        programs[one].restart().await;
        kills += 1;
    }
    assert!(kills > 1, "the kills came too late");
    let mut made = vec![Vec::new(); stringers.len()];
    for (email, hand) in working {
        let whose = stringers.iter().position(|one| *one == email).expect("one of them");
        made[whose].extend(hand.await.expect("its work is done"));
    }
    for (whose, email) in stringers.into_iter().enumerate() {
        let (_, db) = world.at_work(email).await;
        assert_eq!(made[whose].len(), hands() * EACH);
        check(&db, &made[whose], before[whose]).await;
    }
}
