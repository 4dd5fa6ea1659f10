to: src/forms/{{ singular }}.rs
skip_exists: true
injections:
- into: src/forms/mod.rs
  after_last: "^mod "
  content: "mod {{ singular }};"
- into: src/forms/mod.rs
  after_last: "^pub use "
  content: "pub use {{ singular }}::{{ model }}Form;"
---
//! {{ one_en }}.

use serde::{Deserialize, Serialize};

use super::Errors;
{%- if has_flag %}
use super::field::is_on;
{%- endif %}
use crate::models::{{ plural }}::{Draft, Model};

/// What is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct {{ model }}Form {
{%- for field in fields %}
    /// {{ field.label }}.
    pub {{ field.name }}: String,
{%- endfor %}
}

impl {{ model }}Form {
    /// What was entered, to be changed.
    #[must_use]
    pub fn of(row: &Model) -> Self {
        Self {
{%- for field in fields %}
            {{ field.name }}: {{ field.shown }},
{%- endfor %}
        }
    }

    /// What was meant.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self) -> Result<Draft, Errors> {
        let mut errors = Errors::default();
{%- for field in fields %}
        let {{ field.name }} = {{ field.read }};
{%- if field.required and not field.is_flag %}
        if {{ field.name }}.is_none() {
            errors.mark("{{ field.name }}", "error-required");
        }
{%- endif %}
{%- endfor %}
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Draft {
{%- for field in fields %}
            {{ field.name }}{% if field.required and not field.is_flag %}: {{ field.name }}.ok_or_else(Errors::default)?{% endif %},
{%- endfor %}
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_taken_and_what_is_missing_is_marked() {
        let form = {{ model }}Form {
{%- for field in fields %}
            {{ field.name }}: "{{ field.sample }}".into(),
{%- endfor %}
        };
        assert!(form.check().is_ok());
{%- if has_required %}
        assert!({{ model }}Form::default().check().is_err());
{%- endif %}
    }
}
