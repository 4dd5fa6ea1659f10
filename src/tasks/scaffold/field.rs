//! A field of a resource, in all the shapes in which the templates write it.

use loco_rs::prelude::*;
use serde::Serialize;

use super::{capital, identifier};

#[derive(Debug, Serialize)]
pub(super) struct Field {
    pub(super) name: String,
    kebab: String,
    label: String,
    pub(super) required: bool,
    pub(super) is_text: bool,
    pub(super) is_area: bool,
    pub(super) is_flag: bool,
    /// In the migration.
    column: String,
    /// In the entity.
    stored: String,
    /// In the model's draft.
    typed: String,
    /// From the row into the form.
    shown: String,
    /// From the form into the draft.
    read: String,
    /// In the view.
    seen: String,
    /// From the row into the view.
    view: String,
    /// On the page.
    control: String,
    /// What the tests type.
    sample: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Line,
    Text,
    Number,
    Date,
    Flag,
}

impl Field {
    pub(super) fn parse(text: &str, prefix: &str) -> Result<Self> {
        let (name, kind) = text
            .split_once(':')
            .ok_or_else(|| Error::string(&format!("`{text}` is no `name:kind`")))?;
        let name = identifier(name)?;
        let required = kind.ends_with('!');
        let kind = Kind::from_name(kind.trim_end_matches('!'))?;
        let required = required || kind == Kind::Flag;
        let kebab = name.replace('_', "-");
        let optional = |of: &str| if required { of.to_owned() } else { format!("Option<{of}>") };
        Ok(Self {
            column: kind.column(&name, required),
            stored: optional(kind.stored()),
            typed: optional(kind.typed()),
            shown: kind.shown(&name, required),
            read: kind.read(&name),
            seen: optional(kind.seen()),
            view: kind.view(&name, required),
            control: kind.control(&name, &format!("{prefix}-{kebab}"), required),
            sample: kind.sample(),
            label: capital(&name.replace('_', " ")),
            is_text: matches!(kind, Kind::Line | Kind::Text),
            is_area: kind == Kind::Text,
            is_flag: kind == Kind::Flag,
            required,
            kebab,
            name,
        })
    }

    pub(super) fn text(&self) -> String {
        let name = &self.name;
        if self.required {
            format!("self.{name}.as_str()")
        } else {
            format!("self.{name}.as_deref().unwrap_or_default()")
        }
    }
}

impl Kind {
    fn from_name(name: &str) -> Result<Self> {
        match name {
            "line" => Ok(Self::Line),
            "text" => Ok(Self::Text),
            "number" => Ok(Self::Number),
            "date" => Ok(Self::Date),
            "flag" => Ok(Self::Flag),
            _ => Err(Error::string(&format!("`{name}` is no line, text, number, date or flag"))),
        }
    }

    fn column(self, name: &str, required: bool) -> String {
        match (self, required) {
            (Self::Line | Self::Text, true) => format!("text(\"{name}\")"),
            (Self::Line | Self::Text, false) => format!("text_null(\"{name}\")"),
            (Self::Number, true) => format!("int(\"{name}\")"),
            (Self::Number, false) => format!("int_null(\"{name}\")"),
            (Self::Date, true) => format!("ColumnDef::new(\"{name}\").date().not_null().take()"),
            (Self::Date, false) => format!("date_null(\"{name}\")"),
            (Self::Flag, _) => format!("flag(\"{name}\")"),
        }
    }

    const fn stored(self) -> &'static str {
        match self {
            Self::Line | Self::Text => "String",
            Self::Number => "i64",
            Self::Date => "Date",
            Self::Flag => "bool",
        }
    }

    const fn typed(self) -> &'static str {
        match self {
            Self::Date => "chrono::NaiveDate",
            other => other.stored(),
        }
    }

    const fn seen(self) -> &'static str {
        match self {
            Self::Date => "String",
            other => other.stored(),
        }
    }

    fn shown(self, name: &str, required: bool) -> String {
        match (self, required) {
            (Self::Line | Self::Text, true) => format!("row.{name}.clone()"),
            (Self::Line | Self::Text, false) => format!("row.{name}.clone().unwrap_or_default()"),
            (Self::Number | Self::Date, true) => format!("row.{name}.to_string()"),
            (Self::Number | Self::Date, false) => {
                format!("row.{name}.map(|value| value.to_string()).unwrap_or_default()")
            }
            (Self::Flag, _) => format!("if row.{name} {{ \"1\".into() }} else {{ String::new() }}"),
        }
    }

    fn read(self, name: &str) -> String {
        match self {
            Self::Line => format!("errors.line(\"{name}\", &self.{name})"),
            Self::Text => format!("errors.text(\"{name}\", &self.{name})"),
            Self::Number => format!("errors.number(\"{name}\", &self.{name}, 0..=1_000_000)"),
            Self::Date => format!("errors.date(\"{name}\", &self.{name})"),
            Self::Flag => format!("is_on(&self.{name})"),
        }
    }

    fn view(self, name: &str, required: bool) -> String {
        match (self, required) {
            (Self::Line | Self::Text, _) => format!("row.{name}.clone()"),
            (Self::Number | Self::Flag, _) => format!("row.{name}"),
            (Self::Date, true) => format!("me.region().date(row.{name}, me.today())"),
            (Self::Date, false) => {
                format!("row.{name}.map(|date| me.region().date(date, me.today()))")
            }
        }
    }

    fn control(self, name: &str, key: &str, required: bool) -> String {
        let common = format!(
            "name=\"{name}\" label={{t(key=\"{key}\")}} value={{form.{name}}} \
             error={{errors?.{name} or \"\"}}"
        );
        let required = if required { " required=\"\"" } else { "" };
        match self {
            Self::Line => format!(
                "{{{{ <ui.field {common} autocomplete=\"off\" maxlength=\"120\"{required} /> }}}}"
            ),
            Self::Text => format!("{{{{ <ui.area {common} /> }}}}"),
            Self::Number => {
                format!("{{{{ <ui.field {common} inputmode=\"numeric\"{required} /> }}}}")
            }
            Self::Date => format!("{{{{ <ui.field {common} type=\"date\"{required} /> }}}}"),
            Self::Flag => format!(
                "{{{{ <ui.switch name=\"{name}\" label={{t(key=\"{key}\")}} value={{form.{name}}} /> }}}}"
            ),
        }
    }

    const fn sample(self) -> &'static str {
        match self {
            Self::Line => "Something",
            Self::Text => "More of it",
            Self::Number => "3",
            Self::Date => "2026-11-20",
            Self::Flag => "1",
        }
    }
}
