//! The sheets that say what the others hold: the stringer's own rackets, and the years.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use rbo::v1::OwnRacket;
use rbo::v1::writer::{self, Outcome};
use rust_xlsxwriter::{Format, Worksheet};

use super::book::{Book, model};
use super::sheets::hundredths;

pub(crate) fn lists(sheet: &mut Worksheet, book: &Book, bold: &Format) -> Outcome {
    let rackets: Vec<(OwnRacket, u32)> = (0..)
        .zip(&book.rackets)
        .map(|(nth, racket)| {
            let (name, head, pattern) = model(racket.model);
            let jobs = book.own.iter().filter(|job| job.racket == nth).count();
            let racket = OwnRacket {
                id: racket.id.clone(),
                racket: name.to_owned(),
                pattern: Some(pattern.to_owned()),
                head_size: Some(head.to_string()),
                year: Some(racket.year.to_string()),
                is_current: racket.is_current,
                jobs: None,
            };
            (racket, u32::try_from(jobs).unwrap_or(u32::MAX))
        })
        .collect();
    writer::lists(sheet, rackets.iter().map(|(racket, jobs)| (racket, *jobs)), bold)
}

pub(crate) fn stats(sheet: &mut Worksheet, book: &Book, bold: &Format) -> Outcome {
    let artefact = book.orders.len() / 2;
    let mut years: BTreeMap<i32, (u32, i64)> = BTreeMap::new();
    for (nth, order) in book.orders.iter().enumerate() {
        if let Some(strung) = order.strung.filter(|_| nth != artefact) {
            let year = years.entry(strung.year()).or_default();
            year.0 += 1;
            year.1 += hundredths(order.strings() + order.labor);
        }
    }
    writer::stats(sheet, &years, bold)
}
