//! A client's racket.

use serde::{Deserialize, Serialize};

use super::field::is_on;
use super::{Errors, Versioned};
use crate::models::client_rackets::{self, Traits};

/// What tells it from others.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RacketForm {
    /// See [`Versioned`].
    pub version: String,
    /// `No. 2`.
    pub nickname: String,
    /// The maker's number.
    pub serial: String,
    /// As it stands on the grip.
    pub grip_size: String,
    /// It is played.
    pub in_rotation: String,
}

impl Versioned for RacketForm {
    fn version(&mut self) -> &mut String {
        &mut self.version
    }
}

impl RacketForm {
    /// A racket as it is, to be edited.
    #[must_use]
    pub fn of(racket: &client_rackets::Model) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            nickname: text(&racket.nickname),
            serial: text(&racket.serial),
            grip_size: text(&racket.grip_size),
            in_rotation: if racket.in_rotation { "1".to_owned() } else { String::new() },
            ..Self::default()
        }
        .stamped()
    }

    /// What it says.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self) -> Result<Traits, Errors> {
        let mut errors = Errors::default();
        let traits = Traits {
            nickname: errors.line("nickname", &self.nickname),
            serial: errors.line("serial", &self.serial),
            grip_size: errors.line("grip_size", &self.grip_size),
            in_rotation: is_on(&self.in_rotation),
        };
        if errors.is_empty() { Ok(traits) } else { Err(errors) }
    }
}
