//! Who is calling: from a request's cookies to a stringer's scope.
//!
//! The contract is gotrue's REST API and token claims; the provider here is the
//! embedded one, so that a fresh machine needs no other server.
//!
//! * [`token`]: access tokens (JWT, HS256), issued and verified.
//! * [`embedded`]: sign-in by password, sessions, rotating refresh tokens.
//! * [`cookies`]: how a browser keeps both.
//! * [`csrf`]: the proof that a form came from us.
//! * [`gate`]: the one layer that every request passes.
//! * [`guards`]: what a handler asks for ([`Desk`], [`Guest`]).

pub mod cookies;
pub mod csrf;
pub mod embedded;
pub mod gate;
pub mod guards;
pub mod password;
pub mod setup;
pub mod token;

pub use guards::{Desk, Guest};
