//! How an order is paid.

use crate::values::stored_words;

stored_words! {
    "snake_case";

    /// How an order is paid.
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
}
