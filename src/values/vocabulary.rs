//! Closed lists of words: what a column, a form or an address may say.

use std::str::FromStr;

use strum::VariantArray;

/// A word of a closed list, with the code by which the database, forms and addresses know
/// it. `strum` derives it: `EnumString`, `IntoStaticStr` and `VariantArray`; a word that
/// stands in a column is a `DeriveActiveEnum` with the same codes as well, so that a row
/// with another word cannot be read as anything.
pub trait Vocabulary: Copy + Sized + 'static {
    /// All words, in the order in which they are offered.
    const ALL: &'static [Self];

    /// As it is stored, sent and linked.
    fn code(self) -> &'static str;

    /// The word with this code.
    fn from_code(code: &str) -> Option<Self>;

    /// The codes of all words, in the order in which they are offered.
    #[must_use]
    fn codes() -> Vec<&'static str> {
        Self::ALL.iter().map(|word| word.code()).collect()
    }
}

impl<W> Vocabulary for W
where
    W: Copy + FromStr + Into<&'static str> + VariantArray + 'static,
{
    const ALL: &'static [Self] = Self::VARIANTS;

    fn code(self) -> &'static str {
        self.into()
    }

    fn from_code(code: &str) -> Option<Self> {
        code.parse().ok()
    }
}
