//! The workbook that `examples/v1_workbook` writes, and its way into a book.

use rbo::models::v1_imports::{ImportState, Upload};
use sea_orm_tenancy::Db;

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

/// An upload at this path, once nothing is owed: the sweeper may be at it before the nudge.
pub(crate) async fn settled(db: &Db, path: &str) -> Upload {
    let id = path.split('?').next().unwrap().rsplit('/').next().unwrap().parse().unwrap();
    for _ in 0..600 {
        let upload = Upload::find(db, id).await.unwrap();
        if !matches!(upload.state, ImportState::Uploaded | ImportState::Approved) {
            return upload;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("still owed: {path}");
}
