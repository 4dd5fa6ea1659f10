//! The old workbook: what it holds, and what is said where it cannot be read.

mod apart;
mod hands;
mod odd;
mod written;

use rbo::v1::{ClientJob, Complaint, Item, Limits, OwnJob, OwnRacket, Refused, read};
use rbo::values::Vocabulary as _;

/// All that a workbook holds.
#[derive(Debug, Default)]
pub struct Held {
    pub clients: Vec<ClientJob>,
    pub own: Vec<OwnJob>,
    pub rackets: Vec<OwnRacket>,
    pub complaints: Vec<Complaint>,
}

impl Held {
    pub fn take(&mut self, item: Item) {
        match item {
            Item::Racket(racket) => self.rackets.push(racket),
            Item::Client(job) => self.clients.push(job),
            Item::Own(job) => self.own.push(job),
            Item::Complaint(complaint) => self.complaints.push(complaint),
            Item::Cells(cells) => panic!("{cells:?}"),
        }
    }

    /// What makes it fail, with its place: `K6 no-amount`.
    pub fn faults(&self) -> Vec<String> {
        self.said(true)
    }

    /// What is told about it, and does not make it fail.
    pub fn warnings(&self) -> Vec<String> {
        self.said(false)
    }

    fn said(&self, fails: bool) -> Vec<String> {
        let complaints = self.complaints.iter().filter(|complaint| complaint.what.fails() == fails);
        let said = complaints.map(|Complaint { row, column, what, .. }| {
            let row = row.map(|row| row.to_string()).unwrap_or_default();
            format!("{}{row} {}", column.clone().unwrap_or_default(), what.code())
        });
        said.collect()
    }
}

pub fn held(bytes: &[u8]) -> Result<Held, Refused> {
    let mut held = Held::default();
    read(bytes, Limits::default(), &mut |item| held.take(item))?;
    Ok(held)
}
