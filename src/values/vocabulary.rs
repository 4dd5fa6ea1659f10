//! Closed lists of words: what a column, a form or an address may say.

use std::str::FromStr;

use strum::VariantArray;

/// A word of a closed list, with the code by which the database, forms and addresses know
/// it. `strum` derives it: `EnumString`, `IntoStaticStr` and `VariantArray`. Words that stand
/// in a column are made by `stored_words!`, and a row with another one cannot be read.
pub trait Vocabulary: Copy + FromStr + Into<&'static str> + VariantArray + 'static {
    /// All words, in the order in which they are offered.
    const ALL: &'static [Self] = Self::VARIANTS;

    /// As it is stored, sent and linked.
    fn code(self) -> &'static str {
        self.into()
    }

    /// The word with this code.
    fn from_code(code: &str) -> Option<Self> {
        code.parse().ok()
    }

    /// The codes of all words, in the order in which they are offered.
    #[must_use]
    fn codes() -> Vec<&'static str> {
        Self::ALL.iter().map(|word| word.code()).collect()
    }
}

impl<W: Copy + FromStr + Into<&'static str> + VariantArray + 'static> Vocabulary for W {}

/// An enum of words that stand in a column: a [`Vocabulary`] whose codes are the names of
/// its variants in a case of letters, in the database, in forms and in JSON alike.
macro_rules! stored_words {
    ($case:tt; $(#[$meta:meta])* pub enum $name:ident { $($variants:tt)* }) => {
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, sea_orm::EnumIter, sea_orm::DeriveActiveEnum,
            strum::EnumString, strum::IntoStaticStr, strum::VariantArray, serde::Serialize,
            serde::Deserialize,
        )]
        #[sea_orm(rs_type = "String", db_type = "Text", rename_all = $case)]
        #[strum(serialize_all = $case)]
        #[serde(rename_all = $case)]
        $(#[$meta])*
        pub enum $name {
            $($variants)*
        }
    };
}

pub(crate) use stored_words;
