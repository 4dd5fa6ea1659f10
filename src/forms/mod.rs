//! What people type: raw text in, typed values or marked fields out. A form that
//! cannot be taken is shown again as it was sent.

mod client;
mod entry;
pub mod feed;
mod field;
mod founder;
mod identity;
mod leaving;
pub mod matching;
mod notices;
mod order;
mod own;
mod paying;
mod person;
mod racket;
mod ready;
pub mod reel;
mod step;
mod taxes;
mod version;
mod workshop;

pub use client::ClientForm;
pub use entry::EntryForm;
pub use field::Errors;
pub use founder::FounderForm;
pub use identity::{
    AccessForm, InvitationForm, LinkForm, PasswordForm, ReasonForm, SignInForm, WelcomeForm,
};
pub use leaving::LeavingForm;
pub use notices::NoticesForm;
pub use order::{Checked, OrderForm, PIECES};
pub use own::{AddressForm, OwnForm};
pub use paying::PayingForm;
pub use person::{FinalForm, Joining, JoiningForm};
pub use racket::RacketForm;
pub use ready::ReadyForm;
pub use reel::{DrawForm, ReelForm};
pub use step::StepForm;
pub use taxes::TaxForm;
pub use version::Versioned;
pub use workshop::WorkshopForm;
