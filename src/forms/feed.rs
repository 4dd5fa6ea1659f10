//! A feed of the catalogue: a file of rackets or strings that somebody else keeps, as CSV or JSON,
//! with whatever names for its columns.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::EntryForm;
use crate::models::catalogue::{Kind, Said};
use crate::models::catalogue_imports::Brought;
use crate::models::catalogue_strings::{self, Material};
use crate::values::{Vocabulary as _, typed};

/// What a column of a feed may hold: what an entry's form asks for, and the feed's own number.
pub const FIELDS: [&str; 13] = [
    EXTERNAL_ID,
    "sport",
    "manufacturer",
    "model",
    "year",
    "head_size",
    "string_pattern",
    "weight",
    "balance",
    "gauge",
    MATERIAL,
    "colour",
    "length",
];

const EXTERNAL_ID: &str = "external_id";
const MATERIAL: &str = "material";

/// No feed has more rows.
const MOST: usize = 200_000;

/// Why a feed cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// `map:` is not what it should be.
    #[error("map: {0:?} is not FIELD=COLUMN with a field of: {fields}", fields = FIELDS.join(", "))]
    Mapping(String),
    /// A column is mapped that the feed does not have.
    #[error("The feed has no column {0:?}; it has: {1}")]
    NoColumn(String, String),
    /// Neither makers nor models are in it.
    #[error("No column is the model; say which: map:model=COLUMN (the feed has: {0})")]
    NoModel(String),
    /// It is no table.
    #[error("It is no CSV: {0}")]
    Csv(#[from] csv::Error),
    /// It is no JSON of objects.
    #[error("It is no JSON array of objects: {0}")]
    Json(#[from] serde_json::Error),
    /// It is larger than any catalogue.
    #[error("It has more than {MOST} rows")]
    TooLong,
}

/// A row that cannot be taken, and what is to be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faulty {
    /// The row, counted from one without the head.
    pub row: usize,
    /// The field.
    pub field: &'static str,
    /// The key of the sentence.
    pub error: &'static str,
}

/// Rows that can be taken, and the others.
#[derive(Debug, Default)]
pub struct FeedRows {
    /// Those that can.
    pub rows: Vec<Brought>,
    /// Those that cannot.
    pub faulty: Vec<Faulty>,
}

/// Which column of a feed holds what.
#[derive(Debug, Clone, Default)]
pub struct FeedMapping(HashMap<&'static str, String>);

impl FeedMapping {
    /// Reads `model=racket_models,manufacturer=racket_brands`.
    ///
    /// # Errors
    /// When a part is not so, or no such field is known.
    pub fn parse(text: &str) -> Result<Self, FeedError> {
        let mut mapping = HashMap::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let known = part.split_once('=').and_then(|(field, column)| {
                let field = FIELDS.iter().find(|known| **known == field.trim())?;
                Some((*field, column.trim().to_owned()))
            });
            let (field, column) = known.ok_or_else(|| FeedError::Mapping(part.to_owned()))?;
            mapping.insert(field, column);
        }
        Ok(Self(mapping))
    }

    /// Each field with its column: the one that was said, else the one that is called so.
    fn columns(&self, heads: &[String]) -> Result<Vec<(&'static str, usize)>, FeedError> {
        let at = |column: &str| heads.iter().position(|head| head.trim() == column);
        let mut columns = Vec::new();
        for field in FIELDS {
            match self.0.get(field) {
                Some(column) => {
                    let none = || FeedError::NoColumn(column.clone(), heads.join(", "));
                    columns.push((field, at(column).ok_or_else(none)?));
                }
                None => columns.extend(at(field).map(|at| (field, at))),
            }
        }
        if columns.iter().any(|(field, _)| *field == "model") {
            Ok(columns)
        } else {
            Err(FeedError::NoModel(heads.join(", ")))
        }
    }
}

/// Reads a feed. What no column says of the sport is said for all rows.
///
/// # Errors
/// When it cannot be read at all; a row that cannot be taken is told beside the others.
pub fn read(
    bytes: &[u8],
    kind: Kind,
    sport: &str,
    mapping: &FeedMapping,
) -> Result<FeedRows, FeedError> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let is_json = text.trim_ascii_start().starts_with(b"[");
    let (heads, rows) = if is_json { json(text)? } else { table(text)? };
    if rows.len() > MOST {
        return Err(FeedError::TooLong);
    }
    let columns = mapping.columns(&heads)?;
    let mut read = FeedRows::default();
    for (at, row) in rows.iter().enumerate() {
        let said = columns.iter().map(|(field, column)| {
            (*field, row.get(*column).map(|said| typed::line(said)).unwrap_or_default())
        });
        let mut all = HashMap::from([("sport", sport.to_owned())]);
        all.extend(said.filter(|(_, said)| !said.is_empty()));
        match brought(kind, all)? {
            Ok(brought) => read.rows.push(brought),
            Err((field, error)) => read.faulty.push(Faulty { row: at + 1, field, error }),
        }
    }
    Ok(read)
}

type Heads = Vec<String>;
type Rows = Vec<Vec<String>>;

fn table(text: &[u8]) -> Result<(Heads, Rows), FeedError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let cells = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>();
    let heads = cells(reader.headers()?);
    let rows = reader.records().take(MOST + 1).map(|row| row.map(|row| cells(&row)));
    Ok((heads, rows.collect::<Result<_, _>>()?))
}

fn json(text: &[u8]) -> Result<(Heads, Rows), FeedError> {
    let objects: Vec<Map<String, Value>> = serde_json::from_slice(text)?;
    let mut heads: Heads = Vec::new();
    for name in objects.iter().flat_map(Map::keys) {
        if !heads.contains(name) {
            heads.push(name.clone());
        }
    }
    let cell = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let rows = objects.iter().map(|object| heads.iter().map(|head| cell(object.get(head))));
    let rows = rows.map(Iterator::collect).collect();
    Ok((heads, rows))
}

/// A word of ours where it is one; a feed has others, which are kept as they are.
fn material(said: String) -> String {
    let ours = Material::from_code(&said.to_lowercase().replace([' ', '-'], "_"));
    ours.map_or(said, |ours| ours.code().to_owned())
}

type Checked = Result<Brought, (&'static str, &'static str)>;

/// What a row says, checked as what a person types is.
fn brought(kind: Kind, mut said: HashMap<&str, String>) -> Result<Checked, FeedError> {
    let external_id = said.remove(EXTERNAL_ID);
    let material = said.remove(MATERIAL).map(material);
    for (field, said) in [(EXTERNAL_ID, &external_id), (MATERIAL, &material)] {
        if said.as_ref().is_some_and(|said| said.chars().count() > typed::LINE) {
            return Ok(Err((field, "error-too-long")));
        }
    }
    let form: EntryForm = serde_json::from_value(serde_json::to_value(said)?)?;
    Ok(match form.check_new(kind) {
        Ok((sport, said)) => {
            let said = match said {
                Said::String(said) => Said::String(catalogue_strings::Said { material, ..said }),
                racket @ Said::Racket(_) => racket,
            };
            Ok(Brought { external_id, sport, said })
        }
        Err(errors) => {
            let wrong = FIELDS.iter().find_map(|field| Some((*field, errors.of(field)?)));
            Err(wrong.unwrap_or(("model", "error-required")))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Sport;

    const MAP: &str = "manufacturer=brand, model=name";

    fn mapped(text: &str) -> FeedMapping {
        FeedMapping::parse(text).expect("a mapping")
    }

    fn said(row: &Brought) -> &catalogue_strings::Said {
        match &row.said {
            Said::String(said) => said,
            Said::Racket(_) => panic!("a string"),
        }
    }

    #[test]
    fn a_table_is_read_by_what_its_columns_are_said_to_be() {
        let csv = "\u{feff}brand,name,material,length\nKelvin, Coil 17 ,Natural Gut,12.2\n\
                   Alpha,Rag,Nylon Plus Others,\nNobody,,,\nBad,One,,forever\n";
        let read = read(csv.as_bytes(), Kind::Strings, "tennis", &mapped(MAP)).expect("read");
        let [first, second] = read.rows.as_slice() else { panic!("{read:?}") };
        assert_eq!((first.sport, &first.external_id), (Sport::Tennis, &None));
        assert_eq!(said(first).model, "Coil 17");
        assert_eq!(said(first).material.as_deref(), Some("natural_gut"));
        assert_eq!(said(first).length, Some(1220));
        assert_eq!(said(second).material.as_deref(), Some("Nylon Plus Others"));
        let faulty = [
            Faulty { row: 3, field: "model", error: "error-required" },
            Faulty { row: 4, field: "length", error: "error-length" },
        ];
        assert_eq!(read.faulty, faulty);
    }

    #[test]
    fn an_array_of_objects_is_read_alike() {
        let json = r#"[{"external_id": 7, "manufacturer": "Head", "model": "Speed",
            "sport": "squash", "weight": 135}, {"model": "Bare", "weight": null}]"#;
        let mapping = FeedMapping::default();
        let read = read(json.as_bytes(), Kind::Rackets, "tennis", &mapping).expect("read");
        let [first, second] = read.rows.as_slice() else { panic!("{read:?}") };
        assert_eq!(first.external_id.as_deref(), Some("7"));
        assert_eq!((first.sport, second.sport), (Sport::Squash, Sport::Tennis));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let refused = |text: &str, mapping: &str| {
            let read = read(text.as_bytes(), Kind::Rackets, "tennis", &mapped(mapping));
            read.expect_err("refused").to_string()
        };
        assert!(refused("a,b\n1,2\n", "").contains("map:model=COLUMN"));
        assert!(refused("a,b\n1,2\n", "model=c").contains("no column \"c\""));
        assert!(refused("[1, 2]", "").contains("JSON"));
        assert!(refused("[{\"model\": ", "").contains("JSON"));
        for wrong in ["model", "colour of it=x"] {
            assert!(FeedMapping::parse(wrong).is_err(), "{wrong}");
        }
        assert!(read(b"model\n\xff\xfe\n", Kind::Rackets, "tennis", &mapped("")).is_err());
    }
}
