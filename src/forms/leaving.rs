//! A stringer leaves.

use serde::Deserialize;

use super::Errors;

/// The word that says that it is meant.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LeavingForm {
    /// As the page asks for it.
    pub word: String,
}

impl LeavingForm {
    /// Whether the word is the one that was asked for.
    ///
    /// # Errors
    /// With the field to correct.
    pub fn check(&self, word: &str) -> Result<(), Errors> {
        let mut errors = Errors::default();
        errors.word("word", &self.word, word);
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_meant_where_the_word_is_typed() {
        let check = |word: &str| LeavingForm { word: word.into() }.check("Beenden");
        assert!(check(" BEENDEN ").is_ok());
        for none in ["", "ja", "Beende"] {
            assert_eq!(check(none).expect_err(none).of("word"), Some("error-word"));
        }
    }
}
