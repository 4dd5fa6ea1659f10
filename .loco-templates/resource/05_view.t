to: src/views/{{ plural }}.rs
skip_exists: true
injections:
- into: src/views/mod.rs
  after_last: "^pub mod "
  content: "pub mod {{ plural }};"
---
//! {{ many_en }}.

use serde::Serialize;
use uuid::Uuid;

use crate::forms::{Errors, {{ model }}Form};
use crate::models::{{ plural }}::Model;
use crate::models::stringers::Member;

/// One of them in a list, or on its own page.
#[derive(Debug, Serialize)]
pub struct Line {
    id: Uuid,
{%- for field in fields %}
    {{ field.name }}: {{ field.seen }},
{%- endfor %}
    created: String,
}

impl Line {
    /// For one reader.
    #[must_use]
    pub fn new(me: &Member, row: &Model) -> Self {
        Self {
            id: row.id,
{%- for field in fields %}
            {{ field.name }}: {{ field.view }},
{%- endfor %}
            created: me.moment(row.created_at.to_utc()),
        }
    }
}

/// `{{ plural }}/index.html` and `{{ plural }}/_list.html`.
#[derive(Debug, Serialize)]
pub struct Index {
    /// The page's rows.
    pub {{ plural }}: Vec<Line>,
    /// What was searched for.
    pub q: String,
    /// Counted from nought.
    pub page: u64,
    /// There is a further page.
    pub more: bool,
}

/// `{{ plural }}/form.html`: a new one, or one that is edited.
#[derive(Debug, Serialize)]
pub struct Form {
    /// What was typed.
    pub form: {{ model }}Form,
    /// What is to be corrected.
    pub errors: Errors,
    /// The one that is edited.
    pub editing: Option<Uuid>,
}

/// `{{ plural }}/show.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    /// The one.
    pub {{ singular }}: Line,
}
