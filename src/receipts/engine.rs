//! typst as a library: one template, one snapshot, one page.

use std::fmt::Write as _;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

const TEMPLATE: &str = include_str!("../../assets/receipts/receipt.typ");
const FIT: &str = include_str!("../../assets/receipts/fit.typ");

/// Inter for the page; the others for names that it has no letters for.
const FONTS: [&[u8]; 6] = [
    include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
    include_bytes!("../../assets/fonts/Inter-SemiBold.ttf"),
    include_bytes!("../../assets/fonts/Inter-Bold.ttf"),
    include_bytes!("../../assets/fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoEmoji-Regular.ttf"),
];

/// typst remembers what it has computed; more than so many receipts ago is forgotten,
/// so that a busy day does not grow the process.
const REMEMBERED: usize = 10;

struct Engine {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    fit: Source,
    snapshot: FileId,
}

static ENGINE: LazyLock<Result<Engine, String>> = LazyLock::new(Engine::new);

pub(super) fn render(snapshot: String) -> Result<Vec<u8>, String> {
    let engine = ENGINE.as_ref().map_err(Clone::clone)?;
    let page = Page { engine, snapshot: Bytes::from_string(snapshot) };
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&page);
    let pdf = output.and_then(|document| {
        let pages = document.pages().len();
        typst_pdf::pdf(&document, &options()).map(|bytes| (pages, bytes))
    });
    typst::comemo::evict(REMEMBERED);
    if !warnings.is_empty() {
        tracing::warn!(warnings = %describe(&warnings), "receipt template");
    }
    match pdf {
        Ok((1, bytes)) => Ok(bytes),
        Ok((pages, _)) => Err(format!("a receipt of {pages} pages")),
        Err(errors) => Err(describe(&errors)),
    }
}

impl Engine {
    fn new() -> Result<Self, String> {
        let fonts: Vec<Font> =
            FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
        let book = FontBook::from_fonts(&fonts);
        // Without a font typst leaves the text out and says nothing.
        if !book.contains_family("inter") {
            return Err("the font Inter is missing".to_owned());
        }
        Ok(Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(book),
            fonts,
            template: Source::new(file("receipt.typ")?, TEMPLATE.to_owned()),
            fit: Source::new(file("fit.typ")?, FIT.to_owned()),
            snapshot: file("snapshot.json")?,
        })
    }
}

fn file(path: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(path).map_err(|error| error.to_string())?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// All that could make two runs differ is fixed: no clock, no version, and an
/// identity that is a hash of the content.
fn options() -> PdfOptions {
    PdfOptions {
        creator: Smart::Custom(Some("racket-book".into())),
        timestamp: None,
        ..PdfOptions::default()
    }
}

fn describe(diagnostics: &[SourceDiagnostic]) -> String {
    diagnostics.iter().fold(String::new(), |mut text, diagnostic| {
        let _infallible = write!(text, "{}; ", diagnostic.message);
        text
    })
}

struct Page<'e> {
    engine: &'e Engine,
    snapshot: Bytes,
}

impl World for Page<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    fn main(&self) -> FileId {
        self.engine.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.engine.template, &self.engine.fit]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.engine.snapshot {
            Ok(self.snapshot.clone())
        } else {
            self.source(id).map(Bytes::from_string)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::receipts::{Line, Snapshot, Strung};

    fn snapshot(client: &str) -> String {
        let side = |label: &str, tension: &str| Strung {
            label: label.into(),
            tension: Some(tension.into()),
            string: "Luxilon Alu Power 1.25".into(),
        };
        let line = |label: &str, value: &str| Line { label: label.into(), value: value.into() };
        Snapshot {
            locale: "de".into(),
            number: "2026-0214".into(),
            title: "Beleg".into(),
            stringer: "Stefans Besaitungen".into(),
            client_label: "Für".into(),
            client: client.into(),
            racket: "Wilson Blade 98".into(),
            racket_note: None,
            strung_label: "Bespannt".into(),
            strung: "23. November 2026".into(),
            total: "CHF 47.50".into(),
            paid: false,
            paid_label: "offen".into(),
            setup_title: "Bespannung".into(),
            mains: side("Längs", "23.5 kg"),
            crosses: side("Quer", "22.5 kg"),
            details: vec![line("Verfahren", "ein Stück")],
            price_title: "Preis".into(),
            prices: vec![line("Arbeit", "25.00")],
            total_label: "Total CHF".into(),
            total_amount: "47.50".into(),
            business_title: "Stefans Besaitungen".into(),
            business: vec!["Musterweg 4".into()],
            thanks: Some("Vielen Dank!".into()),
            comment: None,
            tax_note: "Nicht mehrwertsteuerpflichtig.".into(),
        }
        .to_json()
    }

    #[test]
    fn the_same_snapshot_gives_the_same_bytes() {
        let first = render(snapshot("Sara Frei")).expect("a page");
        assert!(first.starts_with(b"%PDF-"));
        assert_eq!(first, render(snapshot("Sara Frei")).expect("a page"));
        assert_ne!(first, render(snapshot("Anna Keller")).expect("a page"));
    }

    #[test]
    fn names_of_every_script_and_length_fit_on_the_page() {
        for name in ["שרה כהן", "سارة", "Zoë 🎾👩‍👩‍👧", "#let x = 1 $a$ @b <c>", &"W".repeat(300), ""]
        {
            assert!(render(snapshot(name)).is_ok(), "{name}");
        }
    }
}
