//! Who is calling: from a request's cookies to a stringer's scope.
//!
//! ```text
//! cookies -> authenticator -> provider -> identity -> standing -> a stringer's scope
//!                                                            \-> the first page, "ask for access"
//! ```
//!
//! * [`provider`]: the one contract, and what can go wrong.
//! * [`embedded`]: the provider of one machine; [`gotrue`]: the platform's, over HTTP.
//! * [`token`], [`keys`]: access tokens, verified by a shared secret or published keys.
//! * [`link`]: what a mail carries.
//! * [`password`], [`throttle`]: how passwords are hashed, and guessing slowed down.
//! * [`cookies`], [`csrf`]: what a browser keeps, and the proof that a form is ours.
//! * [`authenticator`]: who is asking, from the cookies; `web` has the layer and what a
//!   handler asks for.
//! * [`clients`]: the people whose rackets are strung, on their own pages.
//! * [`wire`]: gotrue's JSON, for both sides.
//!
//! `ASVS.md` beside this file goes through OWASP's list, requirement by requirement.

pub mod authenticator;
pub mod clients;
pub mod cookies;
pub mod csrf;
pub mod embedded;
pub mod gotrue;
mod http;
mod keyed;
pub mod keys;
pub mod link;
pub mod mail_desk;
mod network;
pub mod password;
pub mod provider;
pub mod setup;
pub mod throttle;
pub mod token;
pub mod wire;
