//! A leaf: typst as a library. One template and plain data in, one page as PDF out; the
//! same data gives the same bytes. It knows no database, no request and no language.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use self::error::{EngineError, TypesetError};
use self::scripts::Extra;
use self::widths::Widths;
use self::world::{More, Page};

mod error;
mod hands;
mod scripts;
#[cfg(test)]
mod seen;
mod widths;
mod world;
#[cfg(test)]
pub(crate) use seen::{Word, picture, picture_of, words};

/// What there is to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// The A4 page of an order, by its version: what was issued with one stays as it is.
    Receipt(u8),
    /// Some that were issued, to be printed in one go.
    Sheets,
    /// What sticks to the racket.
    Label,
}

/// From the first version on. One that receipts were issued with is not changed any more, nor
/// what it imports: the same receipt would be another file.
const RECEIPTS: [&str; 4] = [
    include_str!("../assets/receipts/receipt-1.typ"),
    include_str!("../assets/receipts/receipt-2.typ"),
    include_str!("../assets/receipts/receipt-3.typ"),
    include_str!("../assets/receipts/receipt-4.typ"),
];
const SHEETS: &str = include_str!("../assets/receipts/sheets.typ");
const LABEL: &str = include_str!("../assets/labels/label.typ");
/// Lines and texts that shrink until they fit, and what pages are made of; what a receipt imports
/// stays as it was with it.
const PARTS: [(&str, &str); 3] = [
    ("fit.typ", include_str!("../assets/receipts/fit.typ")),
    ("fit-3.typ", include_str!("../assets/receipts/fit-3.typ")),
    ("parts-4.typ", include_str!("../assets/receipts/parts-4.typ")),
];

/// Inter for the page, and what `lighten.py` makes of it; the others for names that it has no
/// letters for. What these lack too is looked for in slices of more.
const FONTS: [&[u8]; 8] = [
    include_bytes!("../assets/fonts/Inter-Regular.ttf"),
    include_bytes!("../assets/fonts/Inter-SemiBold.ttf"),
    include_bytes!("../assets/fonts/Inter-Bold.ttf"),
    include_bytes!("../assets/fonts/InterReceipt-Regular.ttf"),
    include_bytes!("../assets/fonts/InterReceipt-Bold.ttf"),
    include_bytes!("../assets/fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../assets/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../assets/fonts/NotoEmoji-Regular.ttf"),
];

/// So many of them are Inter's letters.
const INTERS: usize = 5;

/// typst remembers what it has computed; more than so many pages ago is forgotten,
/// so that a busy day does not grow the process, and nobody looks through what is of no use.
const REMEMBERED: usize = 4;

struct Engine {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    widths: Widths,
    receipts: Vec<Source>,
    sheets: Source,
    label: Source,
    parts: Vec<Source>,
}

static ENGINE: LazyLock<Result<Engine, EngineError>> = LazyLock::new(Engine::new);

/// What is printed: a template, its data as JSON, and files that it names.
#[derive(Debug)]
pub struct Print {
    /// Which page.
    pub template: Template,
    /// What it says.
    pub data: String,
    /// Pictures and the like.
    pub files: Vec<(Cow<'static, str>, Vec<u8>)>,
}

/// Renders to so many pages, on a thread where that may take its time.
///
/// # Errors
/// With the reason, for the log and the failed-jobs page.
pub async fn pdf(print: Print, wanted: usize) -> Result<Vec<u8>, TypesetError> {
    hands::in_turn(move || render(print, wanted)).await
}

/// The letters of a text that no font here has, each once: paper would show boxes.
pub async fn without_font(text: String) -> Vec<char> {
    if !needs_more(&text) {
        return Vec::new();
    }
    // Fonts are unpacked for it.
    tokio::task::spawn_blocking(move || beyond(&text).1).await.unwrap_or_default()
}

/// Whether a text has letters that the page's own fonts lack, as the first receipts had them.
#[must_use]
pub fn needs_more(text: &str) -> bool {
    ENGINE
        .as_ref()
        .is_ok_and(|engine| text.chars().any(|c| scripts::is_sought(c) && !engine.has(c)))
}

fn beyond(text: &str) -> (Vec<Extra>, Vec<char>) {
    let Ok(engine) = ENGINE.as_ref() else { return (Vec::new(), Vec::new()) };
    scripts::beyond(text, |c| engine.has(c))
}

fn render(print: Print, wanted: usize) -> Result<Vec<u8>, TypesetError> {
    let template = print.template;
    let pdf = set(print).and_then(|document| {
        let pages = document.pages().len();
        if pages != wanted {
            return Err(TypesetError::Pages { template, pages });
        }
        // What has letters that no font has is no archive's, and is printed all the same.
        let archived =
            options(template).and_then(|options| typst_pdf::pdf(&document, &options).ok());
        archived
            .map_or_else(|| typst_pdf::pdf(&document, &plain()), Ok)
            .map_err(|errors| TypesetError::Refused { template, said: describe(&errors) })
    });
    typst::comemo::evict(REMEMBERED);
    pdf
}

fn set(print: Print) -> Result<PagedDocument, TypesetError> {
    let Print { template, data, files } = print;
    let engine = ENGINE.as_ref().map_err(|error| *error)?;
    let (main, data_file) = match template {
        Template::Receipt(version) => {
            let at = usize::from(version).checked_sub(1);
            let receipt = at.and_then(|at| engine.receipts.get(at));
            (receipt.ok_or(TypesetError::Version(template))?, "snapshot.json")
        }
        Template::Sheets => (&engine.sheets, "sheets.json"),
        Template::Label => (&engine.label, "label.json"),
    };
    let extras = match template.takes_every_script() {
        true => beyond(&data).0,
        false => Vec::new(),
    };
    let families: Vec<_> = extras.iter().map(|extra| extra.family.as_str()).collect();
    let families = Bytes::from_string(serde_json::to_string(&families)?);
    let files = files.into_iter().map(|(name, bytes)| Ok((file(&name)?, Bytes::new(bytes))));
    let files = files
        .chain([
            Ok((file(data_file)?, Bytes::from_string(data))),
            Ok((file("fonts.json")?, families)),
        ])
        .collect::<Result<_, EngineError>>()?;
    let page = Page { engine, main, files, more: More::new(engine, &extras) };
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&page);
    if !warnings.is_empty() {
        tracing::warn!(warnings = %describe(&warnings), ?template, "a template");
    }
    output.map_err(|errors| TypesetError::Refused { template, said: describe(&errors) })
}

impl Template {
    /// The first receipts were set with the page's own fonts alone, and stay so.
    pub(crate) fn takes_every_script(self) -> bool {
        !matches!(self, Self::Receipt(..3))
    }
}

impl Engine {
    fn has(&self, c: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)))
    }

    fn new() -> Result<Self, EngineError> {
        let fonts: Vec<Font> =
            FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
        let book = FontBook::from_fonts(&fonts);
        if !book.contains_family("inter") {
            return Err(EngineError::NoFont);
        }
        let mut library = Library::builder().build();
        library.global.scope_mut().define_func::<widths::ems>();
        Ok(Self {
            library: LazyHash::new(library),
            book: LazyHash::new(book),
            widths: Widths::of(fonts.get(..INTERS).unwrap_or_default()),
            fonts,
            receipts: sources(RECEIPTS.map(|text| ("receipt.typ", text)))?,
            sheets: source("sheets.typ", SHEETS)?,
            label: source("label.typ", LABEL)?,
            parts: sources(PARTS)?,
        })
    }
}

fn source(name: &str, text: &str) -> Result<Source, EngineError> {
    Ok(Source::new(file(name)?, text.to_owned()))
}

fn sources<const N: usize>(all: [(&str, &str); N]) -> Result<Vec<Source>, EngineError> {
    all.into_iter().map(|(name, text)| source(name, text)).collect()
}

fn file(name: &str) -> Result<FileId, EngineError> {
    let path = VirtualPath::new(name).map_err(|_| EngineError::Path)?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// PDF/A-2a, which is kept for years and read aloud; the first receipts and labels are plain.
fn options(template: Template) -> Option<PdfOptions> {
    let is_kept = matches!(template, Template::Receipt(2..));
    let standards = is_kept.then(|| PdfStandards::new(&[PdfStandard::A_2a]).ok()).flatten()?;
    Some(PdfOptions { standards, ..plain() })
}

/// All that could make two runs differ is fixed: no clock, no version, and an
/// identity that is a hash of the content.
fn plain() -> PdfOptions {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn letters_that_no_font_has_are_known() {
        for printed in [
            "Zoë Müller",
            "Văn Ẩn",
            "Łukasz",
            "Дмитрий",
            "Ελένη",
            "שרה",
            "علي",
            "🎾",
            "김철수",
            "李小龍",
            "さくら",
            "สมชาย",
        ] {
            assert_eq!(without_font(printed.to_owned()).await, Vec::<char>::new(), "{printed}");
        }
        assert_eq!(without_font("𓀀 X 𓀀𓁀".to_owned()).await, ['𓀀', '𓁀']);
        // What nobody sees is not missed.
        assert_eq!(
            without_font("葛\u{e0100}城 Be\u{ad}spannung".to_owned()).await,
            Vec::<char>::new()
        );
    }

    #[test]
    fn an_error_says_what_happened() {
        for (error, reason) in [
            (TypesetError::from(EngineError::NoFont), "Inter"),
            (qrcode::types::QrError::DataTooLong.into(), "data too long"),
        ] {
            assert!(error.to_string().contains(reason), "{error}");
        }
    }
}
