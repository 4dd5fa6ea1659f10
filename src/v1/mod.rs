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

use std::collections::HashSet;

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

impl Kinds {
    /// The names that V1 gave its sheets.
    const CLIENTS: &str = "Client-Stringing-Orders";
    const OWN: &str = "Self-Stringing-Orders";

    fn take(&mut self, sheet: Sheet) {
        let (rackets, complaints) = rackets::read(&sheet);
        self.rackets.extend(rackets);
        self.complaints.extend(complaints);
        let Some(columns) = Columns::find(&sheet, FEWEST) else { return };
        let has = |field| columns.at(field).is_some();
        let (place, called) = if has(Field::LastName) || has(Field::FirstName) {
            (&mut self.clients, Self::CLIENTS)
        } else if has(Field::RacketId) && has(Field::Mains(Part::Model)) {
            (&mut self.own, Self::OWN)
        } else {
            return;
        };
        // Of two the one that is called so, else the first.
        let is_called_so = sheet.name.trim().eq_ignore_ascii_case(called);
        if place.is_some() && !is_called_so {
            return;
        }
        *place = Some((sheet, columns));
    }

    /// The texts of both sheets' dates say together how they are written.
    fn slashes(&self) -> dates::Slashes {
        let both = [&self.clients, &self.own].into_iter().flatten();
        let texts = both.flat_map(|(sheet, columns)| jobs::date_texts(sheet, columns));
        dates::Slashes::of(texts)
    }

    fn tell(self, calendar: Calendar, tell: &mut dyn FnMut(Item)) {
        let racket_ids: HashSet<String> =
            self.rackets.iter().map(|racket| racket.id.clone()).collect();
        self.rackets.into_iter().for_each(|racket| tell(Item::Racket(racket)));
        self.complaints.into_iter().for_each(|complaint| tell(Item::Complaint(complaint)));
        match self.clients {
            Some((sheet, columns)) => {
                let mut reader = Reader::new(&sheet, &columns, calendar, Self::CLIENTS, tell);
                reader.wants(jobs::OF_CLIENTS);
                reader.clients();
            }
            None => tell(Item::Complaint(Complaint {
                sheet: Self::CLIENTS.to_owned(),
                row: None,
                column: None,
                field: None,
                what: Matter::NoClientSheet,
                seen: None,
            })),
        }
        if let Some((sheet, columns)) = self.own {
            let mut reader = Reader::new(&sheet, &columns, calendar, Self::OWN, tell);
            reader.wants(jobs::OF_OWN);
            reader.own(&racket_ids);
        }
    }
}
