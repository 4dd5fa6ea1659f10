//! What is said about a stringjob: for whom, which racket, which strings, how hard. Nothing
//! here asks the database; [`entry`](super::entry) writes it.

use chrono::{NaiveDate, NaiveTime};
use uuid::Uuid;

use super::{Payment, Prestretch, Prices, Stringbed};
use crate::models::client_profiles::NewClient;
use crate::units::Sport;

/// For whom.
#[derive(Debug, Clone)]
pub enum ClientChoice {
    /// A client who is known.
    Existing(Uuid),
    /// Somebody new, made with the order or not at all.
    New(Box<NewClient>),
    /// The stringer itself.
    Myself,
}

/// Which racket.
#[derive(Debug, Clone)]
pub enum FrameChoice {
    /// A frame that the client has brought before.
    Existing(Uuid),
    /// A new frame: what model it is, and what tells it from its twin.
    New {
        /// Maker and model, as in the catalogue or new to it.
        model: String,
        /// A nickname, `red grip` perhaps.
        nickname: Option<String>,
        /// Which one of several that come at once.
        number: Option<u32>,
    },
}

/// One of the rackets that are strung in one go, all alike but for their tension.
#[derive(Debug, Clone)]
pub struct RacketEntry {
    /// The racket.
    pub frame: FrameChoice,
    /// How much harder than the setup says, in hundredths of its unit; less where negative.
    pub by: i32,
}

/// Which string.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StringChoice {
    /// None yet.
    #[default]
    Nothing,
    /// A name: the catalogue's entry where it is written so, else free text.
    Named(String),
    /// A name that shall become an entry of the stringer's own catalogue.
    Added(String),
}

/// All that can be said about a stringjob besides whose racket it is.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The sport, which decides what tensions are possible.
    pub sport: Sport,
    /// Both sides.
    pub bed: Stringbed<StringChoice>,
    /// What it costs, unless it is strung for nobody.
    pub prices: Prices,
    /// Pre-stretch in percent, of both sides.
    pub prestretch: Option<i64>,
    /// What stretches them.
    pub prestretch_kind: Option<Prestretch>,
    /// Pieces of string where both sides have the same; different ones are two.
    pub pieces: Option<i64>,
    /// Knots.
    pub knots: Option<i64>,
    /// How it is strung, in the stringer's words.
    pub method: Option<String>,
    /// Stiffness before the old string was cut out.
    pub dt_before: Option<i64>,
    /// Stiffness after stringing.
    pub dt_after: Option<i64>,
    /// What measured it.
    pub dt_device: Option<String>,
    /// May be printed.
    pub comment_public: Option<String>,
    /// Never leaves the stringer.
    pub comment_private: Option<String>,
    /// When it was ordered.
    pub ordered_at: Option<NaiveDate>,
    /// When it is wanted.
    pub due_at: Option<NaiveDate>,
    /// At what time it is wanted.
    pub due_time: Option<NaiveTime>,
    /// Paid before it is strung.
    pub paid_in_advance: bool,
    /// How it is paid.
    pub payment: Option<Payment>,
}

impl Setup {
    /// A job of which nothing is said but its strings and what it costs.
    #[must_use]
    pub fn new(sport: Sport, bed: Stringbed<StringChoice>, prices: Prices) -> Self {
        Self {
            sport,
            bed,
            prices,
            prestretch: None,
            prestretch_kind: None,
            pieces: None,
            knots: None,
            method: None,
            dt_before: None,
            dt_after: None,
            dt_device: None,
            comment_public: None,
            comment_private: None,
            ordered_at: None,
            due_at: None,
            due_time: None,
            paid_in_advance: false,
            payment: None,
        }
    }

    /// The same with both tensions moved, by hundredths of its unit.
    #[must_use]
    pub fn shifted(&self, by: i32) -> Self {
        Self { bed: self.bed.shifted(by), ..self.clone() }
    }
}
