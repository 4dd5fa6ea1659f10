//! The keys that gotrue publishes (JWKS, RFC 7517): kept, looked at again now and then
//! and for a key id that nobody knows, and never more often than the limit says.

use std::collections::HashMap;
use std::sync::RwLock;
use std::time::{Duration, Instant};

use jsonwebtoken::jwk::{JwkSet, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use tokio::sync::{Mutex, MutexGuard};

use super::http::Http;
use super::provider::{AuthError, AuthResult};

/// A key that was withdrawn is believed for so long; what gotrue itself asks caches for.
const KEPT: Duration = Duration::from_secs(600);

/// Whoever sends tokens with invented key ids makes us ask no more often than this.
const PAUSE: Duration = Duration::from_secs(10);

/// A provider's published keys.
pub struct PublishedKeys {
    http: Http,
    path: String,
    known: RwLock<Known>,
    /// One asks, the others wait for the answer; when it last asked, whatever came of it.
    asking: Mutex<Option<Instant>>,
}

#[derive(Default)]
struct Known {
    keys: HashMap<String, (Algorithm, DecodingKey)>,
    since: Option<Instant>,
}

impl Known {
    fn is_recent(&self) -> bool {
        self.since.is_some_and(|since| since.elapsed() < KEPT)
    }

    fn find(&self, id: &str, algorithm: Algorithm) -> Option<DecodingKey> {
        let (made_for, key) = self.keys.get(id)?;
        (*made_for == algorithm).then(|| key.clone())
    }
}

impl PublishedKeys {
    /// Found at a path of the provider's.
    #[must_use]
    pub fn new(http: Http, path: &str) -> Self {
        let path = path.to_owned();
        Self { http, path, known: RwLock::default(), asking: Mutex::default() }
    }

    /// The key with this id, if it was made for the algorithm.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`] when it is not known and the provider does not answer.
    pub async fn find(&self, id: &str, algorithm: Algorithm) -> AuthResult<Option<DecodingKey>> {
        let (found, is_recent) = self.look(id, algorithm);
        if found.is_some() && is_recent {
            return Ok(found);
        }
        // With a key that was good nobody waits for somebody else's asking.
        let asked = match (&found, self.asking.try_lock()) {
            (Some(_), Err(_)) => return Ok(found),
            (_, Ok(last)) => self.ask(last).await,
            (None, Err(_)) => self.ask(self.asking.lock().await).await,
        };
        match (self.look(id, algorithm).0, asked) {
            // A key that was good is good while the provider cannot be asked.
            (Some(key), _) => Ok(Some(key)),
            (None, Ok(())) => Ok(None),
            (None, Err(error)) => Err(error),
        }
    }

    fn look(&self, id: &str, algorithm: Algorithm) -> (Option<DecodingKey>, bool) {
        let known = self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        (known.find(id, algorithm), known.is_recent())
    }

    /// Asks the provider, unless somebody just has.
    async fn ask(&self, mut last: MutexGuard<'_, Option<Instant>>) -> AuthResult<()> {
        if last.is_some_and(|last| last.elapsed() < PAUSE) {
            let known = self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner);
            return match known.since {
                Some(_) => Ok(()),
                None => Err(AuthError::Unavailable("no keys, and asked just now".into())),
            };
        }
        let set: AuthResult<JwkSet> = self.http.get(&self.path).await;
        // After the answer, however late: who has waited for it does not ask again.
        *last = Some(Instant::now());
        let set = set?;
        let keys = set.keys.iter().filter_map(usable).collect();
        let mut known = self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *known = Known { keys, since: Some(Instant::now()) };
        Ok(())
    }
}

/// A signing key with an id, for an algorithm of two keys: whatever else stands in the
/// list (a shared secret above all) is left out.
fn usable(jwk: &jsonwebtoken::jwk::Jwk) -> Option<(String, (Algorithm, DecodingKey))> {
    let common = &jwk.common;
    if !matches!(common.public_key_use, None | Some(PublicKeyUse::Signature)) {
        return None;
    }
    let algorithm = match common.key_algorithm? {
        KeyAlgorithm::RS256 => Algorithm::RS256,
        KeyAlgorithm::ES256 => Algorithm::ES256,
        _ => return None,
    };
    let key = DecodingKey::from_jwk(jwk).ok()?;
    Some((common.key_id.clone()?, (algorithm, key)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use serde_json::json;

    use super::*;

    /// A provider with one key (the P-256 example of RFC 7517, appendix A.1) that can be
    /// made to keep everybody waiting.
    #[derive(Default)]
    struct Slow {
        waits: AtomicBool,
        may_answer: tokio::sync::Notify,
        asked: AtomicUsize,
    }

    async fn keys_of(slow: &Arc<Slow>) -> PublishedKeys {
        let provider = Arc::clone(slow);
        let answer = move || async move {
            provider.asked.fetch_add(1, Ordering::SeqCst);
            if provider.waits.load(Ordering::SeqCst) {
                provider.may_answer.notified().await;
            }
            axum::Json(json!({ "keys": [{
                "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "known",
                "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
            }] }))
        };
        let app = axum::Router::new().route("/keys", axum::routing::get(answer));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        PublishedKeys::new(Http::new(&base, None).unwrap(), "/keys")
    }

    /// As though the last look, and the last question, had been so long ago.
    async fn grow_old(keys: &PublishedKeys) {
        let long_ago = Instant::now().checked_sub(KEPT + PAUSE);
        keys.known.write().unwrap().since = long_ago;
        *keys.asking.lock().await = long_ago;
    }

    #[tokio::test]
    async fn stale_keys_keep_one_waiting_for_a_slow_provider_and_nobody_else() {
        let slow = Arc::new(Slow::default());
        let keys = Arc::new(keys_of(&slow).await);
        assert!(keys.find("known", Algorithm::ES256).await.unwrap().is_some());
        assert!(keys.find("known", Algorithm::RS256).await.unwrap().is_none());
        slow.waits.store(true, Ordering::SeqCst);
        grow_old(&keys).await;
        let asking = tokio::spawn({
            let keys = Arc::clone(&keys);
            async move { keys.find("known", Algorithm::ES256).await }
        });
        while slow.asked.load(Ordering::SeqCst) < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let others = keys.find("known", Algorithm::ES256);
        let others = tokio::time::timeout(Duration::from_secs(1), others).await;
        assert!(others.expect("nobody waits").unwrap().is_some());
        slow.may_answer.notify_one();
        assert!(asking.await.unwrap().unwrap().is_some());
        assert_eq!(slow.asked.load(Ordering::SeqCst), 2);
    }
}
