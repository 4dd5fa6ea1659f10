//! Persons, for the admins: found, beside each other, and what they have asked for.

mod privacy;

pub use privacy::{Finalisation, Privacy};

use serde::Serialize;
use uuid::Uuid;

use self::privacy::Request;
use super::Pages;
use crate::forms::{Errors, JoiningForm, ReasonForm};
use crate::models::dsar_log::{self, RequestKind};
use crate::models::person_merges;
use crate::models::persons::known::{File, Known};
use crate::models::stringers::Member;
use crate::values::Vocabulary as _;

/// A person.
#[derive(Debug, Serialize)]
struct Person {
    id: Uuid,
    name: String,
    email: Option<String>,
    is_proven: bool,
    /// `there`, `joined`, `erased` or `final`.
    state: &'static str,
    since: String,
    gone: Option<String>,
    merged_into: Option<Uuid>,
    files: i64,
}

impl Person {
    fn new(me: &Member, known: &Known) -> Self {
        Self {
            id: known.id,
            name: known.name(),
            email: known.email.clone(),
            is_proven: known.email_verified_at.is_some(),
            state: match known {
                Known { scrubbed_at: Some(_), .. } => "final",
                Known { deleted_at: Some(_), .. } => "erased",
                Known { merged_into: Some(_), .. } => "joined",
                _ => "there",
            },
            since: me.moment(known.created_at),
            gone: known.deleted_at.map(|at| me.moment(at)),
            merged_into: known.merged_into,
            files: known.files,
        }
    }
}

/// `admin/persons.html`.
#[derive(Debug, Serialize)]
pub struct Index {
    persons: Vec<Person>,
    q: String,
    #[serde(flatten)]
    pages: Pages,
}

impl Index {
    /// Who was found.
    #[must_use]
    pub fn new(me: &Member, persons: &[Known], q: String, page: u64, more: bool) -> Self {
        let persons = persons.iter().map(|known| Person::new(me, known)).collect();
        Self { persons, q, pages: Pages { page, more } }
    }
}

/// A workshop's file.
#[derive(Debug, Serialize)]
struct Book {
    stringer: String,
    jobs: i64,
}

impl Book {
    fn list(files: &[File]) -> Vec<Self> {
        let book = |file: &File| Self { stringer: file.stringer.clone(), jobs: file.jobs };
        files.iter().map(book).collect()
    }
}

/// Another one that a person was found to be.
#[derive(Debug, Serialize)]
struct Merge {
    other: Uuid,
    /// The other one stands for this one.
    is_other_way: bool,
    at: String,
    reason: Option<String>,
}

/// `admin/person.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    person: Person,
    books: Vec<Book>,
    merges: Vec<Merge>,
    requests: Vec<Request>,
    kinds: Vec<&'static str>,
    alike: Vec<Person>,
    q: String,
    done: &'static str,
    /// Which form was sent, and what is to be corrected in it.
    marked: &'static str,
    form: ReasonForm,
    errors: Errors,
}

impl Show {
    /// Who it is, who knows it, and whom it was found to be.
    #[must_use]
    pub fn new(
        me: &Member,
        person: &Known,
        files: &[File],
        merges: &[person_merges::Model],
    ) -> Self {
        let merge = |row: &person_merges::Model| {
            let is_other_way = row.merged_id == person.id;
            Merge {
                other: if is_other_way { row.survivor_id } else { row.merged_id },
                is_other_way,
                at: me.moment(row.at.to_utc()),
                reason: row.reason.clone(),
            }
        };
        Self {
            person: Person::new(me, person),
            books: Book::list(files),
            merges: merges.iter().map(merge).collect(),
            requests: Vec::new(),
            kinds: RequestKind::codes(),
            alike: Vec::new(),
            q: String::new(),
            done: "",
            marked: "",
            form: ReasonForm::default(),
            errors: Errors::default(),
        }
    }

    /// With what it has asked for.
    #[must_use]
    pub fn requests(self, me: &Member, requests: &[dsar_log::Request]) -> Self {
        let name = self.person.name.clone();
        let requests = requests.iter().map(|one| Request::new(me, one, name.clone()));
        Self { requests: requests.collect(), ..self }
    }

    /// With those who were looked for beside it.
    #[must_use]
    pub fn alike(self, me: &Member, q: String, alike: &[Known]) -> Self {
        Self { q, alike: alike.iter().map(|known| Person::new(me, known)).collect(), ..self }
    }

    /// With a reason that cannot be taken.
    #[must_use]
    pub fn with(self, marked: &'static str, form: ReasonForm, errors: Errors) -> Self {
        Self { marked, form, errors, ..self }
    }

    /// After an act.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        let done = match done {
            Some("joined") => "person-done-joined",
            Some("written") => "person-done-written",
            Some("erased") => "person-done-erased",
            Some("restored") => "person-done-restored",
            Some("changed") => "person-done-changed",
            _ => "",
        };
        Self { done, ..self }
    }
}

/// One of two.
#[derive(Debug, Serialize)]
struct OneOfTwo {
    #[serde(flatten)]
    person: Person,
    books: Vec<Book>,
}

/// `admin/beside.html`.
#[derive(Debug, Serialize)]
pub struct Beside {
    two: Vec<OneOfTwo>,
    /// Both are there, and may be joined.
    may_join: bool,
    form: JoiningForm,
    errors: Errors,
}

impl Beside {
    /// Two persons.
    #[must_use]
    pub fn new(me: &Member, two: &[(Known, Vec<File>); 2]) -> Self {
        let [(one, _), (other, _)] = two;
        let side = |(known, files): &(Known, Vec<File>)| OneOfTwo {
            person: Person::new(me, known),
            books: Book::list(files),
        };
        Self {
            may_join: one.id != other.id && one.is_alive() && other.is_alive(),
            two: two.iter().map(side).collect(),
            form: JoiningForm::default(),
            errors: Errors::default(),
        }
    }

    /// With what is to be corrected.
    #[must_use]
    pub fn with(self, form: JoiningForm, errors: Errors) -> Self {
        Self { form, errors, ..self }
    }
}
