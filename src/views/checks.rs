//! What is wrong with a form that is being filled in.

use serde::Serialize;

use crate::forms::Errors;

/// `checks/_marks.html`: what has changed, each field with what is wrong with it.
#[derive(Debug, Serialize)]
pub struct Marks {
    marks: Vec<Mark>,
    /// What a job costs, as far as it is filled in.
    total: Option<String>,
}

#[derive(Debug, Serialize)]
struct Mark {
    field: String,
    /// The sentence's key; without one the field is well.
    says: Option<&'static str>,
}

impl Marks {
    /// Of these fields. What is said of the others stays: nobody has touched them, and some
    /// of it only saving can tell.
    #[must_use]
    pub fn new<'f>(fields: impl IntoIterator<Item = &'f str>, errors: &Errors) -> Self {
        let is_name =
            |field: &&str| field.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let mark = |field: &str| Mark { field: field.to_owned(), says: errors.of(field) };
        Self { marks: fields.into_iter().filter(is_name).map(mark).collect(), total: None }
    }

    /// With what the job costs.
    #[must_use]
    pub fn costing(self, total: String) -> Self {
        Self { total: Some(total), ..self }
    }
}
