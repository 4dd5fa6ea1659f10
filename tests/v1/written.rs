//! The sample that `examples/v1_workbook` writes, clean and messy, comes out as it went in.

use rbo::v1::{Matter, Pull, Side};

use super::{Held, held};
use crate::support::sample::{Book, book, written};

fn minor(amount: f64) -> i64 {
    format!("{:.0}", amount * 100.0).parse().unwrap()
}

fn is_side(read: &Side, made: &book::Side, has_price: bool) {
    let hundredths = i32::try_from(minor(made.tension)).unwrap();
    assert_eq!(read.manufacturer, made.string.0);
    assert_eq!(read.model, made.string.1);
    assert_eq!(read.gauge.map(i64::from), Some(minor(made.string.2)));
    assert_eq!(read.tension, Some(Pull { hundredths, is_in_pounds: false }));
    assert_eq!(read.price, has_price.then(|| minor(made.string.3)));
    assert_eq!(read.byo, has_price && made.byo);
}

/// All but the artefact, and each cell of it.
fn is_the_book(held: &Held, book: &Book) {
    let artefact = book.orders.len() / 2;
    let made = book.orders.iter().enumerate().filter(|(nth, _)| *nth != artefact);
    assert_eq!(held.clients.len(), book.orders.len() - 1);
    for (read, (_, made)) in held.clients.iter().zip(made) {
        assert_eq!(read.id, made.id.to_string());
        let dates = (read.ordered, read.strung, read.returned, read.paid);
        assert_eq!(dates, (Some(made.ordered), made.strung, made.returned, made.paid));
        assert_eq!((&*read.first_name, &*read.last_name), made.player);
        let spelt: Vec<_> = made.racket.split_whitespace().collect();
        assert_eq!(read.racket, spelt.join(" "));
        assert_eq!(read.head_size, Some(made.head.to_string()));
        assert_eq!(read.pattern.as_deref(), Some(made.pattern));
        is_side(&read.mains, &made.mains, true);
        is_side(&read.crosses, &made.crosses, true);
        assert_eq!(read.labor, Some(minor(made.labor)));
        assert_eq!((read.computed, read.total), (minor(made.labor + made.strings()), None));
        assert_eq!(read.stiffness, made.stiffness.map(|dt| i32::try_from(dt).unwrap() * 100));
        assert_eq!(
            read.comments.as_deref().map(|said| said.replace('\u{a0}', " ")).as_deref(),
            made.comment
        );
    }
    assert_eq!(held.own.len(), book.own.len());
    for (read, made) in held.own.iter().zip(&book.own) {
        assert_eq!((&read.id, read.strung), (&made.id.to_string(), Some(made.strung)));
        assert_eq!(read.racket_id, book.rackets[made.racket].id);
        is_side(&read.mains, &made.mains, false);
        is_side(&read.crosses, &made.crosses, false);
        assert_eq!(read.mains.colour.as_deref(), Some("schwarz"));
    }
    assert_eq!(held.rackets.len(), book.rackets.len());
    for (nth, (read, made)) in held.rackets.iter().zip(&book.rackets).enumerate() {
        assert_eq!((&read.id, read.is_current), (&made.id, made.is_current));
        let strung = book.own.iter().filter(|job| job.racket == nth).count();
        assert_eq!(read.jobs, u32::try_from(strung).ok());
        assert_eq!(read.racket, book::model(made.model).0);
    }
}

#[test]
fn the_sample_comes_out_as_it_went_in() {
    let book = Book::generate(1, 329, 416, 47);
    let held = held(&written(&book, false, false)).unwrap();
    is_the_book(&held, &book);
    assert_eq!(held.faults(), Vec::<String>::new());
    assert_eq!(held.warnings(), ["A167 empty-job"]);
}

#[test]
fn years_of_hands_change_nothing_in_it() {
    let book = Book::generate(2, 329, 416, 47);
    let held = held(&written(&book, true, false)).unwrap();
    is_the_book(&held, &book);
    assert_eq!(held.faults(), Vec::<String>::new());
    let mut warnings = held.complaints;
    warnings.retain(|complaint| complaint.what != Matter::EmptyJob);
    let told: Vec<_> = warnings.iter().map(|complaint| complaint.what).collect();
    assert_eq!(
        told,
        [Matter::RenamedSheet, Matter::UnknownColumn, Matter::Note, Matter::UnknownColumn]
    );
}

#[test]
fn an_error_in_a_cell_is_named_by_it() {
    let book = Book::generate(3, 40, 10, 5);
    let held = held(&written(&book, false, true)).unwrap();
    assert_eq!(held.faults(), ["N6 error-value"]);
    let fault = held.complaints.iter().find(|complaint| complaint.what.fails()).unwrap();
    assert_eq!(fault.sheet, "Client-Stringing-Orders");
    assert_eq!(fault.field.as_deref(), Some("Tension"));
    assert_eq!(fault.seen.as_deref(), Some("#N/A"));
}

pub fn sample() -> Vec<u8> {
    written(&Book::generate(1, 329, 416, 47), false, false)
}
