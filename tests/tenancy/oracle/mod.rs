//! The differential oracle: a random statement through the chokepoint, on everybody's
//! book, must give what it gives without it on a book that holds only what its stringer
//! may see; and a write must leave every other row byte for byte as it was.
//!
//! `RBO_TEST_ORACLE=1000000` tries so many; `RBO_TEST_ORACLE_SEED` others;
//! `RBO_TEST_ORACLE_REFUSALS` says why statements are refused.

mod books;
mod builders;
mod clients;
mod grammar;
mod merges;
pub mod recorded;
pub mod schema;
mod world;

use std::collections::BTreeMap;
use std::sync::Mutex;

use proptest::collection::vec;
use proptest::prelude::{TestCaseError, any};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

pub use self::books::SECOND_WALL_ALONE;
use self::books::{Attempt, Books, Effect, Verdict};
pub use self::grammar::Grammar;
pub use self::schema::VIEWS;
pub use self::world::World;
use sea_orm::prelude::Uuid;

/// In CI on each database; a long run says another number.
const STATEMENTS: u32 = 20_000;

fn wanted() -> u32 {
    from_environment("RBO_TEST_ORACLE").unwrap_or(STATEMENTS)
}

fn from_environment(name: &str) -> Option<u32> {
    std::env::var(name).ok().map(|number| number.parse().expect("a number"))
}

type Make = fn(&World, &Books, &[u8]) -> Attempt;

#[test]
fn a_statement_of_the_grammar_gives_what_its_stringer_may_see() {
    let make: Make = |world, books, bytes| {
        let is_postgres = books.backend == sea_orm::DbBackend::Postgres;
        Grammar::new(world, books.me, is_postgres, bytes).statement()
    };
    let tried = try_all(1, wanted() * 6 / 10, make);
    assert!(tried.share(Verdict::Refused) < 0.25, "{tried:?}");
    assert!(tried.share(Verdict::Same) > 0.5, "{tried:?}");
}

#[test]
fn a_built_statement_gives_what_its_stringer_may_see() {
    let make: Make = |world, books, bytes| builders::statement(world, books, bytes);
    let tried = try_all(2, wanted() * 2 / 10, make);
    assert!(tried.share(Verdict::Refused) < 0.2, "{tried:?}");
    assert!(tried.share(Verdict::Same) > 0.5, "{tried:?}");
}

#[test]
#[cfg_attr(
    feature = "second-wall-alone",
    ignore = "where nothing is rewritten, nothing is remembered either"
)]
fn what_becomes_of_the_applications_own_statements_gives_what_its_stringer_may_see() {
    let make: Make = |world, books, bytes| recorded::statement(world, books, bytes);
    let _statements = recorded::all();
    let tried = try_all(3, wanted() * 2 / 10, make);
    assert!(tried.share(Verdict::Same) > 0.3, "{tried:?}");
}

#[test]
fn a_clients_statement_gives_what_is_its_own() {
    let make: Make = |world, books, bytes| {
        let is_postgres = books.backend == sea_orm::DbBackend::Postgres;
        let attempt = Grammar::new(world, books.me, is_postgres, bytes).statement();
        // What it writes for others, as the word of a share, is theirs and not in its book.
        let effect = if attempt.effect == Effect::Reads { Effect::Reads } else { Effect::Spares };
        Attempt { effect, ..attempt }
    };
    let world = World::of_clients(7);
    let persons = world.busy_persons();
    let tried = try_all_as(&world, [persons[0], persons[1]], 4, wanted() * 2 / 10, make);
    assert!(tried.share(Verdict::Same) > 0.4, "{tried:?}");
}

#[derive(Debug, Default)]
struct Tried(BTreeMap<Verdict, u32>);

impl Tried {
    fn share(&self, verdict: Verdict) -> f64 {
        let all: u32 = self.0.values().sum();
        f64::from(self.0.get(&verdict).copied().unwrap_or(0)) / f64::from(all.max(1))
    }
}

/// As two of the stringers, at the same time.
fn try_all(salt: u8, statements: u32, make: Make) -> Tried {
    let world = World::generate(7);
    try_all_as(&world, [world.stringers[0], world.stringers[2]], salt, statements, make)
}

fn try_all_as(world: &World, who: [Uuid; 2], salt: u8, statements: u32, make: Make) -> Tried {
    let tried = Mutex::new(Tried::default());
    std::thread::scope(|threads| {
        for (n, me) in [0, 2].into_iter().zip(who) {
            let tried = &tried;
            threads.spawn(move || try_as(world, (n, me), salt, statements / 2, make, tried));
        }
    });
    let tried = tried.into_inner().expect("no thread failed");
    println!("{statements} statements: {tried:?}");
    tried
}

fn try_as(
    world: &World,
    (n, me): (u8, Uuid),
    salt: u8,
    statements: u32,
    make: Make,
    tried: &Mutex<Tried>,
) {
    let original = world;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let mut books = runtime.block_on(Books::open(world, me));
    let config = Config {
        cases: statements / 2,
        failure_persistence: None,
        max_shrink_iters: 4000,
        ..Config::default()
    };
    let mut seed = [salt; 32];
    seed[1] = n;
    let other = from_environment("RBO_TEST_ORACLE_SEED").unwrap_or(0);
    seed[4..8].copy_from_slice(&other.to_le_bytes());
    // Half of them on the same books after entries and persons were joined: nothing that was
    // seen before is remembered.
    let after = world.after_merges();
    for (world, joined) in [(world, false), (&after, true)] {
        if joined {
            runtime.block_on(books.become_as(original, world));
        }
        // A runner that has had its cases runs no more; another one asks the same again.
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let mut runner = TestRunner::new_with_rng(config.clone(), rng);
        let result = runner.run(&vec(any::<u8>(), 20..700), |bytes| {
            let attempt = make(world, &books, &bytes);
            match runtime.block_on(books.check(world, &attempt)) {
                Ok(verdict) => {
                    *tried.lock().expect("no thread failed").0.entry(verdict).or_default() += 1;
                    Ok(())
                }
                Err(difference) => {
                    let (sql, values) = &attempt.given;
                    let reason = format!("{difference}\n    from {sql}\n    with {values:?}");
                    Err(TestCaseError::fail(reason))
                }
            }
        });
        if let Err(error) = result {
            let text = error.to_string();
            let when = if joined { "after merges: " } else { "" };
            panic!("{when}{}", text.split("minimal failing input").next().unwrap_or(&text));
        }
    }
}
