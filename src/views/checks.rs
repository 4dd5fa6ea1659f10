//! What is wrong with a form that is being filled in.

use serde::Serialize;
use serde_json::Value;

use crate::errors::AppError;
use crate::forms::Errors;

/// `checks/_marks.html`: the fields of a form, each with what is wrong with it.
#[derive(Debug, Serialize)]
pub struct Marks {
    marks: Vec<Mark>,
}

#[derive(Debug, Serialize)]
struct Mark {
    field: String,
    /// The sentence's key; without one the field is well.
    says: Option<&'static str>,
}

impl Marks {
    /// A field that is still empty is left as it is marked: whether it must be filled in,
    /// saving tells.
    ///
    /// # Errors
    /// When the form is not made of fields.
    pub fn new(form: &impl Serialize, errors: &Errors) -> Result<Self, AppError> {
        let fields = match serde_json::to_value(form).map_err(loco_rs::Error::from)? {
            Value::Object(fields) => fields,
            _ => serde_json::Map::new(),
        };
        let mark = |(field, typed): (String, Value)| {
            let says = errors.of(&field);
            let is_empty = typed.as_str().is_none_or(str::is_empty);
            (says.is_none() || !is_empty).then_some(Mark { field, says })
        };
        Ok(Self { marks: fields.into_iter().filter_map(mark).collect() })
    }
}
