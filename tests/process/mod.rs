//! The program itself, as it is started, killed and started again.

mod acts;
mod clock;
pub mod crew;
mod imports;
mod numbers;
mod program;

use std::process::Command;
use std::time::Duration;

use rbo::models::orders::Step;
use rbo::models::receipt_emissions::{self, PdfState};
use rbo::models::{order_state_audit, receipt_counters};
use sea_orm::{EntityTrait, QueryOrder};
use sea_orm_tenancy::Db;

use self::program::Program;
use crate::support::database::Scratch;
use crate::support::{Browser, World};

/// How often a process is to die, for a larger run.
fn kills(usual: u32) -> u32 {
    std::env::var("RBO_TEST_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(usual)
}

const EMAIL: &str = "stefan@example.ch";

#[tokio::test]
async fn a_process_killed_between_strung_and_its_pdf_ends_with_one_number_and_one_pdf() {
    let world = World::empty().await;
    let mut program = Program::start(&world).await;
    let mut browser = program.browser();
    set_up(&mut browser).await;
    let (_me, db) = world.at_work(EMAIL).await;

    // The worker is asleep when the nudge comes, so the first kill comes in time; where
    // it did not, the PDF was there already and nothing was tried yet.
    let mut strung = 0;
    while strung == 0 || latest(&db).await.pdf_state != PdfState::Pending {
        assert!(strung < 5, "the kill came too late five times");
        program.restart().await;
        string_one(&mut browser).await;
        program.kill();
        strung += 1;
    }
    program.restart().await;
    until_rendered(&db).await;
    // The nudge of before the kill may still come, and must change nothing.
    tokio::time::sleep(Duration::from_secs(2)).await;

    let emissions = receipt_emissions::Entity::find().all(&db).await.unwrap();
    let mut numbers: Vec<_> = emissions.iter().map(|emission| &emission.number[5..]).collect();
    numbers.sort_unstable();
    let expected: Vec<_> = (1..=strung).map(|n| format!("{n:04}")).collect();
    assert_eq!(numbers, expected);
    assert!(emissions.iter().all(|e| e.pdf.as_ref().is_some_and(|pdf| pdf.starts_with(b"%PDF-"))));
    let counter = receipt_counters::Entity::find().one(&db).await.unwrap().expect("a counter");
    assert_eq!(counter.last_number, i64::from(strung));
    let steps = order_state_audit::Entity::find().all(&db).await.unwrap();
    let strung_steps = steps.iter().filter(|step| step.step == Step::Strung).count();
    assert_eq!(strung_steps, usize::try_from(strung).unwrap());
}

#[test]
fn a_production_start_without_its_secret_says_so_in_one_sentence() {
    let refused = Command::new(env!("CARGO_BIN_EXE_rbo"))
        .arg("start")
        .env_remove("RBO_SECRET")
        .envs([
            ("LOCO_ENV", "production"),
            ("DATABASE_URL", "sqlite::memory:"),
            ("PUBLIC_URL", "https://book.example.ch"),
        ])
        .output()
        .expect("the program starts");
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(
        said.trim(),
        "RBO_SECRET is missing in the environment: what tokens are signed with, 32 characters or more."
    );
}

#[tokio::test]
async fn the_demo_task_fills_a_database_that_nothing_has_touched() {
    let scratch = Scratch::make().await;
    let filled = Command::new(env!("CARGO_BIN_EXE_rbo"))
        .args(["task", "demo"])
        .env_remove("MIGRATION_DATABASE_URL")
        .env_remove("RUST_LOG")
        .envs([("LOCO_ENV", "development"), ("DATABASE_URL", &scratch.url), ("LOG_LEVEL", "trace")])
        .envs(scratch.queue().map(|url| ("QUEUE_URL", url)))
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&filled.stdout);
    assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
    assert!(said.contains("Sign in as stefan@example.ch"));
    assert!(said.contains(sea_orm_tenancy::PASSED), "the chokepoint's account is in the log");
}

/// Nothing of the machine gets into a file: neither its clock's zone nor its language.
#[tokio::test]
async fn what_was_printed_is_the_same_from_another_process_in_another_zone_and_language() {
    let world = World::demo().await;
    let mut all = 0;
    for email in [rbo::demo::STEFAN, rbo::demo::MARCO] {
        let (_, db) = world.at_work(email).await;
        for emission in receipt_emissions::Entity::find().all(&db).await.unwrap() {
            receipt_emissions::Entity::render(&db, emission.id).await.unwrap();
            all += 1;
        }
    }
    assert!(all > 20, "{all}");
    for (zone, language) in [("Pacific/Auckland", "tr_TR.UTF-8"), ("Pacific/Honolulu", "C")] {
        let checked = Command::new(env!("CARGO_BIN_EXE_rbo"))
            .args(["task", "check_receipts"])
            .envs(world.addresses())
            .envs([("LOCO_ENV", "development"), ("TZ", zone), ("LC_ALL", language)])
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&checked.stdout);
        assert!(checked.status.success(), "{said}{}", String::from_utf8_lossy(&checked.stderr));
        assert!(said.contains(&format!("{all} receipts are the same")), "{said}");
    }
}

async fn set_up(browser: &mut Browser) {
    let fields = [
        ("display_name", "Stefans Besaitungen"),
        ("email", EMAIL),
        ("password", "Saiten-und-24kg"),
        ("locale", "de"),
        ("currency", "CHF"),
    ];
    browser.post("/first-run", &fields).await.sees(303);
}

async fn string_one(browser: &mut Browser) {
    let fields = [
        ("client", "new"),
        ("first_name", "Sara"),
        ("frame", "new"),
        ("racket", "Wilson Blade 98"),
        ("labor", "25"),
    ];
    let order = browser.post("/orders", &fields).await.sees(303).location();
    let order = order.split('?').next().unwrap().to_owned();
    browser.post(&format!("{order}/strung"), &[]).await.sees(303);
}

async fn latest(db: &Db) -> receipt_emissions::Model {
    let latest = receipt_emissions::Entity::find();
    let latest = latest.order_by_desc(receipt_emissions::Column::Id).one(db).await;
    latest.unwrap().expect("an emission")
}

async fn until_rendered(db: &Db) {
    for _ in 0..240 {
        if latest(db).await.pdf_state == PdfState::Rendered {
            return;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    panic!("no PDF within a minute");
}
