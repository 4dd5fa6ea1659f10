//! Writes a resource of this house, where loco's own generators write JSON APIs.

mod field;

use std::fs;
use std::path::Path;

use chrono::Utc;
use loco_rs::prelude::*;
use rrgen::RRgen;
use serde::Serialize;

use self::field::Field;

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
