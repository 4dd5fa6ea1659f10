//! Writes a resource of this house, where loco's own generators write JSON APIs.

use std::fs;
use std::path::Path;

use chrono::Utc;
use loco_rs::prelude::*;
use rrgen::RRgen;
use serde::Serialize;

/// `cargo loco task scaffold name:reminder fields:"title:line! note:text due:date"`:
/// a table with its tenant's key and both walls, a model with its policy, a form, a
/// controller, views, pages and texts in both languages, and a request test with a
/// second stringer. The templates are in `.loco-templates/resource`.
///
/// * `name`: one of them, in snake case; `many:children` where its plural is not `…s`.
/// * `fields`: `name:kind` with the kinds `line`, `text`, `number`, `date` and `flag`;
///   `!` for what must be filled in. The first one names the row, and is a `line!`.
/// * `en:Reminder/Reminders` and `de:Erinnerung/Erinnerungen`: what people call it.
pub struct Scaffold;

#[async_trait]
impl Task for Scaffold {
    fn task(&self) -> TaskInfo {
        TaskInfo {
            name: "scaffold".to_owned(),
            detail: "Write a resource: migration, model with policy, form, controller, pages, test"
                .to_owned(),
        }
    }

    async fn run(&self, _ctx: &AppContext, vars: &task::Vars) -> Result<()> {
        write(Path::new("."), &Resource::from_args(vars)?)
    }
}

/// What is to be written, in the words of the templates.
#[derive(Debug, Serialize)]
pub struct Resource {
    singular: String,
    plural: String,
    model: String,
    kebab: String,
    path: String,
    module: String,
    one_en: String,
    many_en: String,
    one_de: String,
    many_de: String,
    fields: Vec<Field>,
    searched: String,
    has_flag: bool,
    has_required: bool,
}

#[derive(Debug, Serialize)]
struct Field {
    name: String,
    kebab: String,
    label: String,
    required: bool,
    is_text: bool,
    is_area: bool,
    is_flag: bool,
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

/// Renders all templates into the application in `folder`.
///
/// # Errors
/// When the resource is there already, or a place to write into is not found.
pub fn write(folder: &Path, resource: &Resource) -> Result<()> {
    if folder.join(format!("src/models/{}.rs", resource.plural)).exists() {
        return Err(Error::string(&format!("there is a model `{}` already", resource.plural)));
    }
    let generator = RRgen::with_working_dir(folder);
    let vars = serde_json::to_value(resource)?;
    let mut templates: Vec<_> =
        fs::read_dir(folder.join(".loco-templates/resource"))?.collect::<std::io::Result<_>>()?;
    templates.sort_by_key(fs::DirEntry::file_name);
    for template in templates {
        let text = fs::read_to_string(template.path())?;
        let written = generator.generate(&text, &vars).map_err(Error::wrap)?;
        if let rrgen::GenResult::Generated { message: Some(message) } = written {
            println!("{message}");
        }
    }
    Ok(())
}

impl Resource {
    /// Reads the task's arguments.
    ///
    /// # Errors
    /// With a sentence that says which one is missing or unfit.
    pub fn from_args(vars: &task::Vars) -> Result<Self> {
        let singular = identifier(vars.cli_arg("name")?)?;
        let plural = match vars.cli_arg("many") {
            Ok(many) => identifier(many)?,
            Err(_) => format!("{singular}s"),
        };
        let fields = vars.cli_arg("fields")?.split_whitespace();
        let prefix = singular.replace('_', "-");
        let fields = fields.map(|f| Field::parse(f, &prefix)).collect::<Result<Vec<_>>>()?;
        if !fields.first().is_some_and(|first| first.required && first.is_text && !first.is_area) {
            return Err(Error::string("the first field names the row: make it a `line!`"));
        }
        let (one_en, many_en) = words(vars.cli_arg("en").ok(), &singular, &plural);
        let (one_de, many_de) = words(vars.cli_arg("de").ok(), &singular, &plural);
        let model = singular.split('_').map(capital).collect();
        let searched = fields.iter().filter(|f| f.is_text).map(Field::text).collect::<Vec<_>>();
        Ok(Self {
            kebab: prefix,
            path: plural.replace('_', "-"),
            module: format!("m{}_{plural}", Utc::now().format("%Y%m%d_%H%M%S")),
            searched: searched.join(", "),
            has_flag: fields.iter().any(|f| f.is_flag),
            has_required: fields.iter().any(|f| f.required && !f.is_flag),
            singular,
            plural,
            model,
            one_en,
            many_en,
            one_de,
            many_de,
            fields,
        })
    }
}

impl Field {
    fn parse(text: &str, prefix: &str) -> Result<Self> {
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

    fn text(&self) -> String {
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

/// What a Rust name, a column and an address can all be made of.
fn identifier(text: &str) -> Result<String> {
    let is_fit = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if is_fit {
        Ok(text.to_owned())
    } else {
        Err(Error::string(&format!("`{text}` is no name in snake_case")))
    }
}

fn words(given: Option<&str>, singular: &str, plural: &str) -> (String, String) {
    match given.and_then(|words| words.split_once('/')) {
        Some((one, many)) => (one.to_owned(), many.to_owned()),
        None => (capital(&singular.replace('_', " ")), capital(&plural.replace('_', " "))),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
