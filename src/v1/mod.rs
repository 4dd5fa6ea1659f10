//! A leaf: the bytes of the old workbook (V1) in, typed rows and complaints out. It knows no
//! database, no stringer and no language.
//!
//! Whoever reads an unknown workbook does so in a process of its own ([`child`]): the reader of
//! the format may ask for more memory than there is (calamine issue 693), and nothing catches
//! that.

mod archive;
pub mod child;
mod complaint;
mod dates;
mod header;
mod jobs;
mod measures;
mod rackets;
mod reader;
mod sheet;
pub mod table;
pub mod writer;

use std::collections::HashSet;

use migration::search_key;
use serde::{Deserialize, Serialize};

pub use archive::Limits;
pub use complaint::{Complaint, Matter, Refused};
pub use jobs::{ClientJob, OwnJob, Side};
pub use measures::Pull;
pub use rackets::OwnRacket;

use dates::Calendar;
use header::{Columns, Field, Part};
use reader::Reader;
use sheet::{Book, Sheet};

/// One thing that stands in a workbook, in the order in which it is told: own rackets, client
/// orders, self jobs, and complaints among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Item {
    /// A racket of the stringer's own.
    Racket(OwnRacket),
    /// An order of a client's.
    Client(ClientJob),
    /// A job on the stringer's own racket.
    Own(OwnJob),
    /// Something that is wrong.
    Complaint(Complaint),
    /// A row of a table of any shape.
    Cells(table::Cells),
}

/// Fewer columns than these make no list of orders: a page of notes may have a few such words.
const FEWEST: usize = 6;

/// Reads a workbook, and tells what stands in it.
///
/// # Errors
/// When the file is none that can be read at all.
pub fn read(bytes: &[u8], limits: Limits, tell: &mut dyn FnMut(Item)) -> Result<(), Refused> {
    archive::check(bytes, limits)?;
    let mut book = Book::open(bytes).map_err(|_| Refused::Damaged)?;
    let mut kinds = Kinds::default();
    for name in book.names() {
        kinds.take(book.sheet(&name));
    }
    let calendar = Calendar { counts_from_1904: book.counts_from_1904, slashes: kinds.slashes() };
    kinds.tell(calendar, tell);
    Ok(())
}

/// The sheets of a workbook, by what their columns say they are.
#[derive(Default)]
struct Kinds {
    clients: Option<(Sheet, Columns)>,
    own: Option<(Sheet, Columns)>,
    rackets: Vec<OwnRacket>,
    complaints: Vec<Complaint>,
}

/// The names that V1 gave its sheets.
const CLIENTS: &str = "Client-Stringing-Orders";
const OWN: &str = "Self-Stringing-Orders";

impl Kinds {
    fn take(&mut self, sheet: Sheet) {
        if let Some(row) = sheet.torn_at {
            let at = Complaint { row: Some(row), ..Complaint::of(&sheet.name, Matter::Torn) };
            self.complaints.push(at);
        }
        let is_called = |name: &str| sheet.name.trim().eq_ignore_ascii_case(name);
        let columns = Columns::find(&sheet, FEWEST);
        let Some((mut columns, is_own)) = columns.and_then(|columns| {
            let is_own = is_of_own(&columns, is_called(CLIENTS), is_called(OWN))?;
            Some((columns, is_own))
        }) else {
            if is_called(CLIENTS) || is_called(OWN) {
                self.complaints.push(Complaint::of(&sheet.name, Matter::NoColumn));
            }
            let (rackets, complaints) = rackets::read(&sheet);
            self.rackets.extend(rackets);
            self.complaints.extend(complaints);
            return;
        };
        let (place, called) =
            if is_own { (&mut self.own, OWN) } else { (&mut self.clients, CLIENTS) };
        columns.keep(&sheet, if is_own { jobs::is_of_own } else { jobs::is_of_clients });
        // Of two the one that is called so, else the first; the other is not passed over.
        let other = if place.is_none() || is_called(called) {
            place.replace((sheet, columns)).map(|(before, _)| before.name)
        } else {
            Some(sheet.name)
        };
        self.complaints.extend(other.map(|name| Complaint::of(&name, Matter::SecondSheet)));
    }

    /// The texts of both sheets' dates say together how they are written.
    fn slashes(&self) -> dates::Slashes {
        let both = [&self.clients, &self.own].into_iter().flatten();
        let texts = both.flat_map(|(sheet, columns)| jobs::date_texts(sheet, columns));
        dates::Slashes::of(texts)
    }

    fn tell(self, calendar: Calendar, tell: &mut dyn FnMut(Item)) {
        let racket_ids: HashSet<String> =
            self.rackets.iter().map(|racket| search_key([&*racket.id])).collect();
        self.rackets.into_iter().for_each(|racket| tell(Item::Racket(racket)));
        self.complaints.into_iter().for_each(|complaint| tell(Item::Complaint(complaint)));
        match self.clients {
            Some((sheet, columns)) => {
                Reader::new(&sheet, &columns, calendar, CLIENTS, tell).clients();
            }
            None => tell(Item::Complaint(Complaint::of(CLIENTS, Matter::NoClientSheet))),
        }
        match self.own {
            Some((sheet, columns)) => {
                Reader::new(&sheet, &columns, calendar, OWN, tell).own(&racket_ids);
            }
            None => tell(Item::Complaint(Complaint::of(OWN, Matter::NoOwnSheet))),
        }
    }
}

/// Whether a sheet's orders are the stringer's own; `None` where it has no orders. Its name
/// says it, if it is V1's, and else its columns.
fn is_of_own(columns: &Columns, is_clients: bool, is_own: bool) -> Option<bool> {
    let has = |field| columns.at(field).is_some();
    if is_clients || is_own {
        return Some(is_own);
    }
    let has_bed = has(Field::Mains(Part::Model)) || has(Field::Mains(Part::Tension));
    let own = has(Field::RacketId) && !has(Field::Ordered);
    let of_clients = has(Field::LastName) || has(Field::FirstName);
    (has_bed && (own || of_clients)).then_some(own)
}
