//! A workbook is read in a process of its own, which may fail as it likes.

use std::path::Path;

use rbo::v1::{Item, Refused};
use rbo::workers::workbook;

use super::Held;

const PROGRAM: &str = env!("CARGO_BIN_EXE_rbo");

async fn apart(bytes: Vec<u8>) -> Result<Held, Refused> {
    let mut held = Held::default();
    let tell = |item: Item| held.take(item);
    workbook::read(Path::new(PROGRAM), &bytes, false, tell).await.expect("a process")?;
    Ok(held)
}

#[tokio::test]
async fn the_process_says_what_the_reader_says() {
    let book = super::written::sample();
    let (here, there) = (super::held(&book).unwrap(), apart(book).await.unwrap());
    assert_eq!(here.clients, there.clients);
    assert_eq!(here.own, there.own);
    assert_eq!(here.rackets, there.rackets);
    assert_eq!(here.complaints, there.complaints);
    assert_eq!(apart(b"ID,Name\n".to_vec()).await.err(), Some(Refused::Text));
}

#[tokio::test]
async fn a_reader_that_dies_is_a_sentence_and_no_more() {
    for (program, refused) in [("/bin/false", Refused::TooHard), ("/bin/true", Refused::TooHard)] {
        let read = workbook::read(Path::new(program), b"PK", false, |_| {}).await;
        assert_eq!(read.expect("a process"), Err(refused), "{program}");
    }
    assert!(workbook::read(Path::new("/nowhere"), &[], false, |_| {}).await.is_err());
}

/// The reader of the format counts a column's letters without a bound.
#[tokio::test]
async fn a_column_past_all_numbers_is_damage_and_no_other_column() {
    let row = "<row r=\"3\"><c r=\"AAAAAAAAAAAAAAAA3\"><v>1</v></c></row>";
    assert_eq!(apart(super::odd::of_rows(row)).await.err(), Some(Refused::Damaged));
}
