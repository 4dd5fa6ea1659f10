//! The workbook that `examples/v1_workbook` writes.

#[path = "../../examples/v1_workbook/book.rs"]
pub mod book;
#[path = "../../examples/v1_workbook/lists.rs"]
mod lists;
#[path = "../../examples/v1_workbook/sheets.rs"]
mod sheets;

pub(crate) use book::Book;

/// The sample as its example writes it.
pub(crate) fn written(book: &Book, messy: bool, broken: bool) -> Vec<u8> {
    sheets::write(book, messy, broken).unwrap().save_to_buffer().unwrap()
}

/// The stringer's seven years (RULES 8).
pub(crate) fn seven_years() -> Book {
    Book::generate(1, 329, 416, 47)
}
