//! Before a workbook is read: is the file one, and is there no more in it than in a workbook?

use std::io::{self, Cursor, Read as _};

use zip::ZipArchive;

use super::Refused;

/// What an archive may hold. A workbook of 50,000 orders has 12 parts and 60 MB of XML.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Parts.
    pub parts: usize,
    /// Bytes of all parts, unpacked.
    pub unpacked: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { parts: 2_000, unpacked: 400 << 20 }
    }
}

/// The container of Excel's old format, and of a workbook with a password.
const COMPOUND_FILE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ZIP: &[u8] = b"PK\x03\x04";
/// OpenDocument stores its kind as the archive's first part, unpacked.
const OPEN_DOCUMENT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument";
/// So far into a file its kind can be told.
const HEAD: usize = 1 << 10;

/// The archive's directory is that of a workbook, and so are the sizes that really come out:
/// a directory says what its maker likes.
///
/// # Errors
/// With what the file is instead.
pub(super) fn check(bytes: &[u8], limits: Limits) -> Result<(), Refused> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if bytes.is_empty() {
        return Err(Refused::Empty);
    } else if bytes.starts_with(COMPOUND_FILE) {
        return Err(Refused::OldOrEncrypted);
    } else if head.windows(OPEN_DOCUMENT.len()).any(|part| part == OPEN_DOCUMENT) {
        return Err(Refused::OpenDocument);
    } else if !bytes.starts_with(ZIP) {
        return Err(if is_text(head) { Refused::Text } else { Refused::Unknown });
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::Damaged)?;
    if archive.len() > limits.parts {
        return Err(Refused::TooMuch);
    }
    let mut claimed = 0_u64;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|_| Refused::Damaged)?;
        if part.encrypted() {
            return Err(Refused::OldOrEncrypted);
        }
        claimed = claimed.saturating_add(part.size());
    }
    if claimed > limits.unpacked {
        return Err(Refused::TooMuch);
    }
    let mut left = limits.unpacked;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| Refused::Damaged)?;
        let unpacked = io::copy(&mut part.take(left + 1), &mut io::sink());
        let unpacked = unpacked.map_err(|_| Refused::Damaged)?;
        left = left.checked_sub(unpacked).ok_or(Refused::TooMuch)?;
    }
    archive.index_for_name_raw(b"xl/workbook.xml").map(drop).ok_or(Refused::Unknown)
}

/// No letter of any text is a control character, but for those that part lines and columns.
fn is_text(head: &[u8]) -> bool {
    !head.iter().any(|byte| *byte < b' ' && !b"\t\r\n".contains(byte))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_no_workbook_is_called_what_it_is() {
        let limits = Limits::default();
        let mut torn = archive(&[("xl/workbook.xml", b"<workbook/>")]);
        assert_eq!(check(&torn, limits), Ok(()));
        torn.truncate(torn.len() / 2);
        for (bytes, refused) in [
            (&b""[..], Refused::Empty),
            (COMPOUND_FILE, Refused::OldOrEncrypted),
            (b"ID;Name\r\n1;Sara\r\n", Refused::Text),
            (b"\x89PNG\r\n\x1a\n", Refused::Unknown),
            (&torn, Refused::Damaged),
            (&archive(&[("word/document.xml", b"<d/>")]), Refused::Unknown),
            (&archive(&[("a", b"1"), ("b", b"2"), ("c", b"3")]), Refused::Unknown),
        ] {
            assert_eq!(check(bytes, limits), Err(refused), "{refused}");
        }
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("mimetype", stored).unwrap();
        zip.write_all(b"application/vnd.oasis.opendocument.spreadsheet").unwrap();
        let stored = zip.finish().unwrap().into_inner();
        assert_eq!(check(&stored, limits), Err(Refused::OpenDocument));
    }

    #[test]
    fn an_archive_has_no_more_in_it_than_a_workbook() {
        let large = vec![b' '; 100_000];
        let bomb = archive(&[("xl/workbook.xml", &large), ("xl/worksheets/sheet1.xml", &large)]);
        let limits = |parts, unpacked| Limits { parts, unpacked };
        assert_eq!(check(&bomb, limits(2, 200_000)), Ok(()));
        assert_eq!(check(&bomb, limits(1, 200_000)), Err(Refused::TooMuch));
        assert_eq!(check(&bomb, limits(2, 199_999)), Err(Refused::TooMuch));
        // The directory claims less than comes out.
        let mut lying = bomb.clone();
        let size = 100_000_u32.to_le_bytes();
        while let Some(at) = lying.windows(4).position(|bytes| bytes == size) {
            lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
        assert!(check(&lying, limits(2, 1_000)).is_err());
    }
}
