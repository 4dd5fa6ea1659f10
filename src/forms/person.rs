//! What an admin types before persons are joined, or erased for good: both are confirmed in words.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Errors;
use crate::models::persons::known::Known;
use crate::models::search_key;

/// Who stays, its name once more, and why.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct JoiningForm {
    /// The key of who stays.
    pub stays: String,
    /// Its name, typed.
    pub name: String,
    /// In the admin's words, for the log.
    pub reason: String,
}

/// Who goes, who stays, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// Whose files the other one gets.
    pub goes: Uuid,
    /// Who stands for both.
    pub stays: Uuid,
    /// In the admin's words.
    pub reason: String,
}

impl JoiningForm {
    /// Of these two.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self, one: &Known, other: &Known) -> Result<Joining, Errors> {
        let mut errors = Errors::default();
        let is = |known: &Known| self.stays == known.id.to_string();
        let chosen = if is(one) { Some((one, other)) } else { is(other).then_some((other, one)) };
        let chosen = errors.needed("stays", "error-choice", chosen);
        if let Some((stays, _)) = chosen {
            let (typed, called) =
                (search_key([self.name.as_str()]), search_key([stays.name().as_str()]));
            if typed.is_empty() || typed != called {
                errors.mark("name", "error-name-of-who-stays");
            }
        }
        let reason = errors.text("reason", &self.reason);
        let reason = errors.needed("reason", "error-required", reason);
        match (chosen, reason) {
            (Some((stays, goes)), Some(reason)) if errors.is_empty() => {
                Ok(Joining { goes: goes.id, stays: stays.id, reason })
            }
            _ => Err(errors),
        }
    }
}

/// Which erasures become final, and the word that says so.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FinalForm {
    /// Whose.
    pub persons: Vec<Uuid>,
    /// As the page asks for it.
    pub word: String,
    /// In the admin's words, for the log.
    pub reason: String,
}

impl FinalForm {
    /// As a form sends it.
    #[must_use]
    pub fn of(fields: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "person" => form.persons.extend(value.parse::<Uuid>()),
                "word" => form.word = value,
                "reason" => form.reason = value,
                _ => {}
            }
        }
        form.persons.sort_unstable();
        form.persons.dedup();
        form
    }

    /// The reason, where the word is the one that was asked for.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self, word: &str) -> Result<String, Errors> {
        let mut errors = Errors::default();
        if self.persons.is_empty() {
            errors.mark("person", "error-choice");
        }
        errors.word("word", &self.word, word);
        let reason = errors.text("reason", &self.reason);
        match errors.needed("reason", "error-required", reason) {
            Some(reason) if errors.is_empty() => Ok(reason),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str) -> Known {
        Known {
            id: Uuid::now_v7(),
            display_first_name: name.into(),
            display_last_name: "Frei".into(),
            email: None,
            email_verified_at: None,
            merged_into: None,
            deleted_at: None,
            scrubbed_at: None,
            created_at: chrono::Utc::now(),
            files: 1,
        }
    }

    #[test]
    fn two_are_joined_by_the_name_of_who_stays_alone() {
        let (one, other) = (known("Sara"), known("S."));
        let form = |stays: &str, name: &str| JoiningForm {
            stays: stays.into(),
            name: name.into(),
            reason: "the same".into(),
        };
        let joined = form(&one.id.to_string(), " sara  FREI ").check(&one, &other).expect("joined");
        assert_eq!((joined.stays, joined.goes), (one.id, other.id));
        for (stays, name, field) in [
            (one.id.to_string(), "S. Frei", "name"),
            (one.id.to_string(), "", "name"),
            (Uuid::nil().to_string(), "Sara Frei", "stays"),
            (String::new(), "", "stays"),
        ] {
            let errors = form(&stays, name).check(&one, &other).expect_err(field);
            assert!(errors.of(field).is_some(), "{field}");
        }
    }

    #[test]
    fn an_erasure_becomes_final_by_its_word_alone() {
        let one = Uuid::now_v7().to_string();
        let sent = |word: &str| {
            FinalForm::of(vec![
                ("person".into(), one.clone()),
                ("person".into(), one.clone()),
                ("word".into(), word.into()),
                ("reason".into(), "asked".into()),
            ])
        };
        assert_eq!(sent("x").persons.len(), 1);
        assert_eq!(sent(" löschen ").check("LÖSCHEN"), Ok("asked".to_owned()));
        assert!(sent("erase").check("LÖSCHEN").is_err());
        assert!(FinalForm::of(Vec::new()).check("ERASE").is_err());
    }
}
