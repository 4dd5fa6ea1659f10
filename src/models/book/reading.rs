//! From the bytes of an upload to the document that they are.

use std::io::{BufReader, Cursor, Read};

use serde::de::DeserializeOwned;
use zip::ZipArchive;

use super::document::{Document, FORMAT, VERSION};
use crate::v1::Refused;

/// Bytes that an archive with a document may unpack to: a book of some 14,000 orders. While it
/// is taken over the process has a bit more than twice as much (measured with 10,000).
const LARGEST: u64 = 25 << 20;

/// Bytes of an archive's end, without a comment.
const END: usize = 22;

const MARK: &[u8] = "\u{feff}".as_bytes();

/// Whether bytes are meant to be a document: an object, or an archive with one.
#[must_use]
pub fn is_document(bytes: &[u8]) -> bool {
    is_object(bytes) || archive(bytes).is_some()
}

fn is_object(bytes: &[u8]) -> bool {
    without_mark(bytes).iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// An archive with nothing in it but a document.
fn archive(bytes: &[u8]) -> Option<ZipArchive<Cursor<&[u8]>>> {
    // Its directory is read only where it is said to have one part: a hostile one is long.
    let end = bytes.len().checked_sub(END).map(|at| &bytes[at..])?;
    let is_one = end.starts_with(b"PK\x05\x06") && end[10..12] == [1, 0];
    let archive = is_one.then(|| ZipArchive::new(Cursor::new(bytes)).ok()).flatten()?;
    let is_one = archive.len() == 1;
    let name = archive.file_names().next()?.ok()?.to_lowercase();
    (is_one && name.ends_with(".json")).then_some(archive)
}

/// Reads a document.
///
/// # Errors
/// With what the file is instead.
pub fn read(bytes: &[u8]) -> Result<Document, Refused> {
    let kind: Result<Kind, _> = parsed(bytes)?;
    match kind {
        Ok(kind) if kind.format != FORMAT => Err(Refused::Unknown),
        Ok(kind) if kind.version > VERSION => Err(Refused::BookNewer),
        Ok(_) => parsed(bytes)?.map_err(|_| Refused::BookDamaged),
        Err(error) if error.is_data() => Err(Refused::Unknown),
        Err(_) => Err(Refused::BookDamaged),
    }
}

/// As it comes out of an archive: the text is nowhere as a whole.
fn parsed<D: DeserializeOwned>(bytes: &[u8]) -> Result<serde_json::Result<D>, Refused> {
    let Some(mut archive) = archive(bytes) else {
        return Ok(serde_json::from_slice(without_mark(bytes)));
    };
    let part = archive.by_index(0).map_err(|_| Refused::BookDamaged)?;
    let mut part = BufReader::new(part.take(LARGEST + 1));
    let document = serde_json::from_reader(&mut part);
    if part.into_inner().limit() == 0 { Err(Refused::BookTooLarge) } else { Ok(document) }
}

/// What a document says before anything else of it is understood.
#[derive(serde::Deserialize)]
struct Kind {
    format: String,
    version: u32,
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(name: &str, content: &[u8]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_no_book_is_called_what_it_is() {
        let newer = br#"{"format": "racket-book", "version": 2}"#;
        for (bytes, refused) in [
            (&b"{"[..], Refused::BookDamaged),
            (b"{}", Refused::Unknown),
            (br#"{"format": "other", "version": 1}"#, Refused::Unknown),
            (newer, Refused::BookNewer),
            (&zipped("book.json", newer), Refused::BookNewer),
            (&zipped("book.json", b"\xff"), Refused::BookDamaged),
            (br#"{"format": "racket-book", "version": 1, "clients": 3}"#, Refused::BookDamaged),
        ] {
            assert!(is_document(bytes));
            assert_eq!(read(bytes).err(), Some(refused));
        }
        for bytes in
            [&b"ID;Name\r\n1;Sara"[..], b"PK\x03\x04", b"", &zipped("xl/workbook.xml", b"{}")]
        {
            assert!(!is_document(bytes));
        }
    }

    #[test]
    fn an_archive_unpacks_to_no_more_than_a_book() {
        let bomb = vec![b' '; usize::try_from(LARGEST).unwrap() + 1];
        assert_eq!(read(&zipped("book.json", &bomb)).err(), Some(Refused::BookTooLarge));
    }
}
