//! A process that dies while it takes an older book over.

use std::time::Duration;

use rand::Rng as _;
use rbo::models::v1_imports::{ImportState, Upload};
use rbo::models::{order_state_audit, orders, receipt_counters};
use sea_orm::{EntityTrait, PaginatorTrait};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use super::program::Program;
use super::{EMAIL, kills, set_up};
use crate::support::World;
use crate::support::sample::{Book, written};

/// A workbook with numbers of its own.
fn book(round: u32) -> Book {
    let mut book = Book::generate(u64::from(round), 240, 60, 9);
    book.orders.iter_mut().for_each(|order| order.id += round * 1_000);
    book.own.iter_mut().for_each(|job| job.id += round * 1_000);
    book
}

async fn until(db: &Db, id: Uuid, state: ImportState) -> Upload {
    for _ in 0..300 {
        let upload = Upload::find(db, id).await.unwrap();
        if upload.state == state {
            return upload;
        }
        assert_ne!(upload.state, ImportState::Failed);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("never {state:?}");
}

async fn die_some_time_later(program: &mut Program) {
    let moment = rand::rng().random_range(0..700);
    tokio::time::sleep(Duration::from_millis(moment)).await;
    program.kill();
}

#[tokio::test]
async fn an_import_that_is_killed_ends_as_one_that_was_not() {
    let world = World::empty().await;
    let mut program = Program::start(&world).await;
    let mut browser = program.browser();
    set_up(&mut browser).await;
    let (_me, db) = world.at_work(EMAIL).await;
    let count = async || orders::Entity::find().count(&db).await.unwrap();
    let (mut all, mut steps, mut numbered) = (0, 0, 0);
    // Two kills a round: in the dry run, and in the real one.
    for round in 1..=kills(2) {
        let book = book(round);
        let file = written(&book, false, false);
        let path = browser.upload("/imports", "book.xlsx", &file).await.sees(303).location();
        let id: Uuid = path.rsplit('/').next().unwrap().parse().unwrap();
        die_some_time_later(&mut program).await;
        assert_eq!(count().await, all, "a dry run writes nothing");
        program.restart().await;
        let report = until(&db, id, ImportState::Read).await.report().expect("a report");
        assert!(report.is_ok() && report.clients.new == 239 && report.own.new == 60);

        browser.post(&format!("{path}/approval"), &[]).await.sees(303);
        die_some_time_later(&mut program).await;
        let now = count().await;
        assert!(now == all || now == all + 299, "{now}: half an import");
        program.restart().await;
        until(&db, id, ImportState::Done).await;
        all += 299;
        assert_eq!(count().await, all);
        let artefact = book.orders.len() / 2;
        let kept = book.orders.iter().enumerate().filter(|(nth, _)| *nth != artefact);
        let dates = kept.map(|(_, order)| {
            1 + [order.strung, order.returned, order.paid].into_iter().flatten().count()
        });
        steps += dates.sum::<usize>() + 60;
        let kept = book.orders.iter().enumerate().filter(|(nth, _)| *nth != artefact);
        numbered += kept.filter(|(_, order)| order.strung.is_some()).count();
    }
    // Each step once, and no number lost or given twice.
    let noted = order_state_audit::Entity::find().count(&db).await.unwrap();
    assert_eq!(usize::try_from(noted).unwrap(), steps);
    let given = orders::Entity::find().all(&db).await.unwrap();
    let given = given.iter().filter(|order| order.receipt_number.is_some()).count();
    assert_eq!(given, numbered);
    let counters = receipt_counters::Entity::find().all(&db).await.unwrap();
    let last: i64 = counters.iter().map(|counter| counter.last_number).sum();
    assert_eq!(usize::try_from(last).unwrap(), numbered);
}
