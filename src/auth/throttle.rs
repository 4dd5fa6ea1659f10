//! Guessing is slow, and nobody can lock somebody else out.
//!
//! * An address may try so often a minute, each kind of thing by itself.
//! * Wrong passwords for an account from one address are answered, after a few, only
//!   when a pause is over that doubles each time. The pause is that address's own: the
//!   account's owner elsewhere is not kept waiting.
//! * A browser that has signed in to the account before carries a mark, and is counted
//!   by it: who hammers from the owner's own network keeps the owner's phone out no more
//!   than anybody's (the idea is OWASP's "device cookies").
//! * Where many addresses guess at one account together, each of their attempts is
//!   answered late; the owner's marked browser is not.
//!
//! All of it is in memory, bounded, and a process's own: several processes let through
//! so many times more, which does not matter against argon2 and twelve characters.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::network::Network;
use super::provider::{AuthError, AuthResult};
use crate::values::normalise_email;

/// Attempts of one address a minute, and at once: a workshop's whole team behind one
/// address signs in without noticing it.
const A_MINUTE: NonZeroU32 = NonZeroU32::new(30).expect("not zero");

/// Wrong passwords before the first pause.
const FREE: u32 = 5;

/// The first pause; each further wrong password doubles it.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// Without a wrong password for so long, all is forgotten.
const FORGOTTEN: Duration = Duration::from_secs(60 * 60);

/// Wrong passwords for one account, from anywhere, before every unmarked attempt is
/// answered late.
const MANY: u32 = 100;

/// How late.
const LATE: Duration = Duration::from_secs(2);

/// So many are kept waiting at once; the next is sent away.
const WAITING: usize = 64;

/// Accounts and addresses that are remembered; the least used are forgotten first.
const REMEMBERED: usize = 50_000;

/// When this many addresses are known, the idle ones are dropped.
const SWEPT_AT: usize = 10_000;

/// Keeps count.
pub struct Throttle {
    addresses: DefaultKeyedRateLimiter<(Network, RateLimit)>,
    failures: Cache<[u8; 16], Failures>,
    waiting: Semaphore,
}

/// What an address asks for; each is counted by itself, so that who asks for mails all
/// day keeps no neighbour from pressing the button of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateLimit {
    /// A password tried.
    Password,
    /// A mail, or whatever else costs us something.
    Mail,
    /// A link's secret shown.
    Link,
    /// A refresh token shown.
    Renewal,
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Failures {
    fn pause(self) -> Duration {
        let doublings = self.count.saturating_sub(FREE);
        if doublings == 0 {
            return Duration::ZERO;
        }
        FIRST_PAUSE
            .saturating_mul(1_u32.checked_shl(doublings - 1).unwrap_or(u32::MAX))
            .min(LONGEST_PAUSE)
    }
}

/// Where an attempt comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The address.
    pub address: IpAddr,
    /// The mark of a browser that has signed in to the account before.
    pub mark: Option<&'a str>,
}

/// An attempt that may be answered.
pub struct Attempt<'t> {
    throttle: &'t Throttle,
    own: [u8; 16],
    account: [u8; 16],
}

impl Default for Throttle {
    fn default() -> Self {
        let quota = Quota::per_minute(A_MINUTE);
        Self {
            addresses: RateLimiter::keyed(quota),
            failures: Cache::new(REMEMBERED),
            waiting: Semaphore::new(WAITING),
        }
    }
}

impl Throttle {
    /// Lets an address ask for something, so often a minute.
    ///
    /// # Errors
    /// [`AuthError::TooMany`].
    pub fn ask(&self, address: IpAddr, limit: RateLimit) -> AuthResult<()> {
        if self.addresses.len() > SWEPT_AT {
            self.addresses.retain_recent();
        }
        let key = (Network::of(address), limit);
        self.addresses.check_key(&key).map_err(|wait| {
            use governor::clock::{Clock as _, DefaultClock};
            AuthError::TooMany(wait.wait_time_from(DefaultClock::default().now()))
        })
    }

    /// Lets somebody try a password for an account, perhaps a little later.
    ///
    /// # Errors
    /// [`AuthError::TooMany`]; such an attempt is not answered, and so does not count.
    pub async fn attempt(&self, account: &str, from: Origin<'_>) -> AuthResult<Attempt<'_>> {
        // A browser that is known is counted by its mark alone: its neighbours' attempts
        // are not its own.
        if from.mark.is_none() {
            self.ask(from.address, RateLimit::Password)?;
        }
        let account = normalise_email(account);
        let own = match from.mark {
            Some(mark) => key(&["mark", &account, mark]),
            None => key(&["from", &account, &Network::of(from.address).to_string()]),
        };
        let whole = key(&["account", &account]);
        if let Some(failures) = self.recent(&own) {
            let left = failures.pause().saturating_sub(failures.last.elapsed());
            if !left.is_zero() {
                return Err(AuthError::TooMany(left));
            }
        }
        if from.mark.is_none() && self.recent(&whole).is_some_and(|all| all.count >= MANY) {
            let Ok(_place) = self.waiting.try_acquire() else {
                return Err(AuthError::TooMany(LATE));
            };
            tokio::time::sleep(LATE).await;
        }
        Ok(Attempt { throttle: self, own, account: whole })
    }

    fn recent(&self, key: &[u8; 16]) -> Option<Failures> {
        self.failures.get(key).filter(|failures| failures.last.elapsed() < FORGOTTEN)
    }

    fn count(&self, key: [u8; 16]) {
        let count = self.recent(&key).map_or(0, |failures| failures.count);
        let now = Failures { count: count.saturating_add(1), last: Instant::now() };
        self.failures.insert(key, now);
    }
}

impl Attempt<'_> {
    /// The password was wrong.
    pub fn failed(self) {
        self.throttle.count(self.own);
        self.throttle.count(self.account);
    }

    /// It was right: this browser, or this address, begins anew. What others try goes on
    /// counting.
    pub fn succeeded(self) {
        self.throttle.failures.remove(&self.own);
    }
}

/// Accounts and marks are not kept in clear, and a key has one size.
fn key(parts: &[&str]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut key = [0; 16];
    key.copy_from_slice(&hash.finalize()[..16]);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(address: &str) -> Origin<'static> {
        Origin { address: address.parse().expect("an address"), mark: None }
    }

    async fn wrong(throttle: &Throttle, origin: Origin<'_>) -> bool {
        match throttle.attempt("Stefan@example.ch ", origin).await {
            Ok(attempt) => {
                attempt.failed();
                true
            }
            Err(_) => false,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_guesses_waits_and_the_owner_elsewhere_does_not() {
        let throttle = Throttle::default();
        let mut answered = 0;
        for _ in 0..20 {
            answered += u32::from(wrong(&throttle, from("203.0.113.9")).await);
        }
        assert_eq!(answered, FREE + 1);
        let owner = throttle.attempt("stefan@example.ch", from("198.51.100.1")).await;
        owner.expect("another address").succeeded();
        assert!(!wrong(&throttle, from("203.0.113.9")).await);
        // One IPv6 subscriber is one, whatever address it takes.
        for host in 1..=FREE + 1 {
            assert!(wrong(&throttle, from(&format!("2001:db8::{host:x}"))).await);
        }
        assert!(!wrong(&throttle, from("2001:db8::ffff")).await);
        assert!(wrong(&throttle, from("2001:db8:0:1::1")).await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_browser_that_is_known_does_not_wait_for_its_neighbours() {
        let throttle = Throttle::default();
        while wrong(&throttle, from("203.0.113.9")).await {}
        let known = Origin { mark: Some("the owner's phone"), ..from("203.0.113.9") };
        throttle.attempt("stefan@example.ch", known).await.expect("known").succeeded();
    }

    #[tokio::test(start_paused = true)]
    async fn many_addresses_together_are_answered_late() {
        let throttle = Throttle::default();
        let before = tokio::time::Instant::now();
        for n in 0..MANY {
            assert!(wrong(&throttle, from(&format!("10.0.{}.{}", n / 200, n % 200))).await);
        }
        assert_eq!(before.elapsed(), Duration::ZERO);
        assert!(wrong(&throttle, from("10.9.9.9")).await);
        assert_eq!(before.elapsed(), LATE);
        let known = Origin { mark: Some("the owner's phone"), ..from("10.9.9.9") };
        throttle.attempt("stefan@example.ch", known).await.expect("known").succeeded();
        assert_eq!(before.elapsed(), LATE);
    }

    #[test]
    fn pauses_double_and_end() {
        let pause = |count| Failures { count, last: Instant::now() }.pause();
        assert_eq!(pause(FREE), Duration::ZERO);
        assert_eq!(pause(FREE + 1), Duration::from_secs(1));
        assert_eq!(pause(FREE + 4), Duration::from_secs(8));
        assert_eq!(pause(FREE + 60), LONGEST_PAUSE);
    }

    #[test]
    fn an_address_asks_so_often_a_minute() {
        let throttle = Throttle::default();
        let mut let_in = 0;
        for _ in 0..100 {
            let_in +=
                u32::from(throttle.ask(IpAddr::from([192, 0, 2, 1]), RateLimit::Mail).is_ok());
        }
        assert_eq!(let_in, A_MINUTE.get());
        assert!(throttle.ask(IpAddr::from([192, 0, 2, 2]), RateLimit::Mail).is_ok());
        assert!(throttle.ask(IpAddr::from([192, 0, 2, 1]), RateLimit::Link).is_ok());
    }
}
