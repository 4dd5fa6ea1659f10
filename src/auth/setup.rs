//! Who may make the first admin: whoever reads the log, since only the owner of the
//! machine does; on a developer's own machine, whoever sits at it.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, header};
use loco_rs::environment::Environment;
use rand::Rng;

/// The token that the log shows at start while nobody has set the place up.
#[derive(Debug, Clone)]
pub struct SetupToken(String);

impl SetupToken {
    /// A fresh one for this process.
    #[must_use]
    pub fn generate() -> Self {
        Self(hex::encode(rand::rng().random::<[u8; 8]>()))
    }

    /// For the log.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Compares by hash, so that time tells nothing of how much was right.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        use sha2::{Digest, Sha256};
        Sha256::digest(text.trim()) == Sha256::digest(&self.0)
    }
}

/// Whether a request comes from the machine's own keyboard: in development, from a
/// loopback peer, to a loopback Host, and not through a proxy (behind one,
/// everybody is on loopback).
#[must_use]
pub fn is_at_the_keyboard(
    environment: &Environment,
    peer: Option<SocketAddr>,
    headers: &HeaderMap,
) -> bool {
    const FORWARDED: [&str; 5] =
        ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    *environment == Environment::Development
        && peer.is_some_and(|peer| peer.ip().is_loopback())
        && is_loopback_host(host)
        && !FORWARDED.iter().any(|name| headers.contains_key(*name))
}

fn is_loopback_host(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.chars().all(|c| c.is_ascii_digit()) { name } else { host }
    });
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(peer: &str, host: &str, forwarded: bool, environment: &Environment) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().expect("a host"));
        if forwarded {
            headers.insert("x-forwarded-for", "203.0.113.9".parse().expect("an address"));
        }
        is_at_the_keyboard(environment, peer.parse().ok(), &headers)
    }

    #[test]
    fn only_the_own_keyboard_in_development_needs_no_token() {
        let dev = Environment::Development;
        assert!(at("127.0.0.1:9", "localhost:5150", false, &dev));
        assert!(at("[::1]:9", "[::1]:5150", false, &dev));
        assert!(!at("192.168.1.9:9", "localhost:5150", false, &dev));
        assert!(!at("127.0.0.1:9", "rbo.example.ch", false, &dev));
        assert!(!at("127.0.0.1:9", "localhost:5150", true, &dev));
        assert!(!at("127.0.0.1:9", "localhost:5150", false, &Environment::Production));
    }

    #[test]
    fn a_setup_token_is_itself_alone() {
        let token = SetupToken::generate();
        assert!(token.is(&format!(" {} ", token.reveal())));
        assert!(!token.is(""));
        assert!(!token.is(SetupToken::generate().reveal()));
    }
}
