//! What stretches the strings of an order.

use crate::values::stored_words;

stored_words! {
    "snake_case";

    /// What stretches a string before it is tensioned.
    pub enum Prestretch {
        /// The machine, as it pulls.
        Machine,
        /// Hands, on a post or a handle.
        Hand,
    }
}
