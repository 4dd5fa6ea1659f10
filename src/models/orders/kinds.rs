//! What can be said of an order in one word of a few.

/// What stretches a string before it is pulled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prestretch {
    /// The machine, as it pulls.
    Machine,
    /// Hands, on a post or a door's handle.
    Hand,
}

impl Prestretch {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Machine, Self::Hand];

    /// As it is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::Hand => "hand",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// How an order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payment {
    /// Coins and notes.
    Cash,
    /// The Swiss banks' way between two phones.
    Twint,
    /// A card at a terminal.
    Card,
    /// From bank to bank.
    Transfer,
    /// Anything else.
    Other,
}

impl Payment {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Cash, Self::Twint, Self::Card, Self::Transfer, Self::Other];

    /// As it is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Twint => "twint",
            Self::Card => "card",
            Self::Transfer => "transfer",
            Self::Other => "other",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
