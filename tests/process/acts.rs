//! A process that dies in the middle of an admin's act, which moves through many books at once:
//! nothing has happened, and then it is done as if nothing had.

use std::time::Duration;

use rand::seq::SliceRandom as _;
use rbo::demo;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend};

use super::kills;
use super::program::Program;
use crate::requests::admin::acts::{Act, Trap, changed, state};
use crate::support::{Browser, World};

/// Whoever writes takes so long that there is time to die.
const SLOW: Trap = Trap {
    sqlite: "SELECT count(*) FROM slow;",
    postgres: "PERFORM pg_sleep(6); RETURN NULL;",
    each: "STATEMENT",
};

/// SQLite knows no sleep, and its triggers no recursion but that of a view.
const SLOW_ON_SQLITE: &str = "CREATE VIEW slow AS WITH RECURSIVE many(x) AS
   (SELECT 1 UNION ALL SELECT x + 1 FROM many LIMIT 2000000000) SELECT x FROM many;";

/// Returns when somebody has been writing for a while: to that table, on PostgreSQL.
async fn until_it_writes(raw: &DatabaseConnection, table: &str) {
    let alone = if raw.get_database_backend() == DbBackend::Sqlite {
        "PRAGMA busy_timeout = 0; BEGIN IMMEDIATE; ROLLBACK;".to_owned()
    } else {
        format!("DO $$ BEGIN LOCK TABLE {table} IN SHARE MODE NOWAIT; END $$")
    };
    let mut refused = 0;
    while refused < 5 {
        refused = match raw.execute_unprepared(&alone).await {
            Ok(_) => 0,
            Err(_) => refused + 1,
        };
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    if raw.get_database_backend() == DbBackend::Sqlite {
        raw.execute_unprepared("PRAGMA busy_timeout = 5000").await.unwrap();
    }
}

/// Does an act, after the process died over it.
async fn survives(world: &World, program: &mut Program, admin: &mut Browser, act: &Act) {
    let raw = world.beneath().await;
    let before = state(&raw).await;
    let mut tables = act.written.clone();
    tables.shuffle(&mut rand::rng());
    // Each at another table.
    for table in tables.into_iter().take(kills(1) as usize) {
        SLOW.set(&raw, table).await;
        tokio::select! {
            answer = act.by(admin) => panic!("it does not write to {table}: {}", answer.text()),
            () = until_it_writes(&raw, table) => program.kill(),
        }
        Trap::lift(&raw, table).await;
        program.restart().await;
        let happened = changed(&before, &state(&raw).await);
        assert_eq!(happened, Vec::<String>::new(), "it died at {table}");
    }
    act.by(admin).await.sees(303);
    assert_eq!(changed(&before, &state(&raw).await), act.written);
}

/// A program that writes for its admin alone: nothing is swept meanwhile.
async fn at_work(world: &World) -> (Program, Browser) {
    let raw = world.beneath().await;
    if raw.get_database_backend() == DbBackend::Sqlite {
        raw.execute_unprepared(SLOW_ON_SQLITE).await.unwrap();
    }
    let mut program = Program::start(world).await;
    program.restart_with([("SWEEP_EVERY_SECONDS", "3600".to_owned())]).await;
    let mut stefan = program.browser();
    stefan.sign_in(demo::STEFAN, demo::PASSWORD).await.sees(303);
    (program, stefan)
}

#[tokio::test]
async fn an_act_of_an_admins_that_is_killed_has_not_happened() {
    let world = World::demo().await;
    let (mut program, mut stefan) = at_work(&world).await;
    let promotion = Act::promotion(&world).await;
    survives(&world, &mut program, &mut stefan, &promotion).await;
    let merge = Act::merge_of_entries(&world).await;
    survives(&world, &mut program, &mut stefan, &merge).await;
    let (erasure, person) = Act::erasure(&world).await;
    survives(&world, &mut program, &mut stefan, &erasure).await;
    let finalisation = Act::finalisation(&world, person).await;
    survives(&world, &mut program, &mut stefan, &finalisation).await;
}

#[tokio::test]
async fn a_merge_of_persons_that_is_killed_has_not_happened() {
    let world = World::demo().await;
    let merge = Act::merge_of_persons(&world).await;
    let (mut program, mut stefan) = at_work(&world).await;
    survives(&world, &mut program, &mut stefan, &merge).await;
}
