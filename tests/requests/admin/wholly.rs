//! What moves through many books at once happens wholly or not at all: at each statement that
//! writes, the database breaks off, and nothing has happened; then it is done.

use super::acts::{Act, Trap, changed, state};
use crate::support::{Browser, World};

/// Each row that is written breaks its transaction off.
const BREAKS: Trap = Trap {
    sqlite: "SELECT RAISE(ABORT, 'breaks off');",
    postgres: "RAISE 'breaks off';",
    each: "ROW",
};

/// Does an act, after it broke off at each table.
async fn wholly(world: &World, admin: &mut Browser, act: &Act) {
    let raw = world.beneath().await;
    let before = state(&raw).await;
    for table in &act.written {
        BREAKS.set(&raw, table).await;
        let answer = act.by(admin).await;
        Trap::lift(&raw, table).await;
        assert_eq!(answer.status, 500, "it does not write to {table}");
        let happened = changed(&before, &state(&raw).await);
        assert_eq!(happened, Vec::<String>::new(), "it broke off at {table}");
    }
    act.by(admin).await.sees(303);
    assert_eq!(changed(&before, &state(&raw).await), act.written);
}

#[tokio::test]
async fn a_merge_of_persons_happens_wholly_or_not_at_all() {
    let world = World::demo().await;
    let act = Act::merge_of_persons(&world).await;
    wholly(&world, &mut world.stefan().await, &act).await;
    assert_eq!(world.rows("person_merges").await, 1);
}

#[tokio::test]
async fn an_erasure_and_its_end_happen_wholly_or_not_at_all() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (act, person) = Act::erasure(&world).await;
    wholly(&world, &mut stefan, &act).await;
    assert_eq!(world.rows("persons WHERE deleted_at IS NOT NULL").await, 1);
    wholly(&world, &mut stefan, &Act::finalisation(&world, person).await).await;
    assert_eq!(world.rows("persons WHERE scrubbed_at IS NOT NULL").await, 1);
}

#[tokio::test]
async fn what_is_promoted_or_joined_is_so_wholly_or_not_at_all() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    wholly(&world, &mut stefan, &Act::promotion(&world).await).await;
    wholly(&world, &mut stefan, &Act::merge_of_entries(&world).await).await;
    assert_eq!(world.rows("rackets WHERE merged_into IS NOT NULL").await, 1);
}
