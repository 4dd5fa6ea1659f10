//! A leaf: typst as a library. One template and plain data in, one page as PDF out; the
//! same data gives the same bytes. It knows no database, no request and no language.

use std::fmt::Write as _;
use std::sync::LazyLock;

use tokio::sync::Semaphore;
use typst::diag::{FileError, FileResult, SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

#[cfg(test)]
mod seen;
#[cfg(test)]
pub(crate) use seen::picture;

/// What there is to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// The A4 page of an order, by its version: what was issued with one stays as it is.
    Receipt(u8),
    /// What sticks to the racket.
    Label,
}

/// From the first version on. One that receipts were issued with is not changed any more, nor
/// what it imports: the same receipt would be another file.
const RECEIPTS: [&str; 2] = [
    include_str!("../assets/receipts/receipt-1.typ"),
    include_str!("../assets/receipts/receipt-2.typ"),
];
const LABEL: &str = include_str!("../assets/labels/label.typ");
/// Lines and texts that shrink until they fit.
const FIT: &str = include_str!("../assets/receipts/fit.typ");

/// Inter for the page; the others for names that it has no letters for.
const FONTS: [&[u8]; 6] = [
    include_bytes!("../assets/fonts/Inter-Regular.ttf"),
    include_bytes!("../assets/fonts/Inter-SemiBold.ttf"),
    include_bytes!("../assets/fonts/Inter-Bold.ttf"),
    include_bytes!("../assets/fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../assets/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../assets/fonts/NotoEmoji-Regular.ttf"),
];

/// typst remembers what it has computed; more than so many pages ago is forgotten,
/// so that a busy day does not grow the process.
const REMEMBERED: usize = 10;

struct Engine {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    receipts: Vec<Source>,
    label: Source,
    fit: Source,
}

static ENGINE: LazyLock<Result<Engine, EngineError>> = LazyLock::new(Engine::new);

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// Nothing can be rendered by this program.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The template does not take the data; what typst says.
    #[error("{template:?}: {said}")]
    Refused {
        /// Which one.
        template: Template,
        /// typst's diagnostics.
        said: String,
    },
    /// It must be as many pages as were wanted: what overflows is never printed.
    #[error("{template:?} of {pages} pages")]
    Pages {
        /// Which one.
        template: Template,
        /// How many it would have been.
        pages: usize,
    },
    /// There is no such version of a template.
    #[error("{0:?} is none")]
    Version(Template),
    /// The address makes no code.
    #[error("the address makes no code: {0}")]
    Code(#[from] qrcode::types::QrError),
    /// The data is no JSON.
    #[error("the data cannot be written: {0}")]
    Data(#[from] serde_json::Error),
    /// The rendering thread panicked or was stopped.
    #[error("rendering ended early: {0}")]
    Died(#[from] tokio::task::JoinError),
}

/// Why the engine does not start: a fault of the build.
#[derive(Debug, Clone, Copy, thiserror::Error)]
pub enum EngineError {
    /// Without a font typst leaves the text out and says nothing.
    #[error("the font Inter is missing")]
    NoFont,
    /// A name that typst takes for no path.
    #[error("`{0}` is no path")]
    Path(&'static str),
}

/// So many pages are set at once, the others wait: each takes megabytes while it is set, and a
/// busy evening is no reason to grow the process.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Renders data as JSON to so many pages, on a thread where that may take its time.
///
/// # Errors
/// With the reason, for the log and the failed-jobs page.
pub async fn pdf(template: Template, data: String, wanted: usize) -> Result<Vec<u8>, TypesetError> {
    // Nobody closes it.
    let _turn = TURNS.acquire().await.ok();
    tokio::task::spawn_blocking(move || render(template, data, wanted)).await?
}

/// The letters of a text that no font here has, each once: paper would show boxes.
#[must_use]
pub fn without_font(text: &str) -> Vec<char> {
    let Ok(engine) = ENGINE.as_ref() else { return Vec::new() };
    let has = |c: char| engine.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)));
    let mut missing: Vec<char> =
        text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !has(*c)).collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

fn render(template: Template, data: String, wanted: usize) -> Result<Vec<u8>, TypesetError> {
    let pdf = set(template, data).and_then(|document| {
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

fn set(template: Template, data: String) -> Result<PagedDocument, TypesetError> {
    let engine = ENGINE.as_ref().map_err(|error| *error)?;
    let (main, data_file) = match template {
        Template::Receipt(version) => {
            let at = usize::from(version).checked_sub(1);
            let receipt = at.and_then(|at| engine.receipts.get(at));
            (receipt.ok_or(TypesetError::Version(template))?, "snapshot.json")
        }
        Template::Label => (&engine.label, "label.json"),
    };
    let page = Page { engine, main, data_id: file(data_file)?, data: Bytes::from_string(data) };
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&page);
    if !warnings.is_empty() {
        tracing::warn!(warnings = %describe(&warnings), ?template, "a template");
    }
    output.map_err(|errors| TypesetError::Refused { template, said: describe(&errors) })
}

impl Engine {
    fn new() -> Result<Self, EngineError> {
        let fonts: Vec<Font> =
            FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
        let book = FontBook::from_fonts(&fonts);
        if !book.contains_family("inter") {
            return Err(EngineError::NoFont);
        }
        Ok(Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(book),
            fonts,
            receipts: RECEIPTS
                .iter()
                .map(|text| Ok(Source::new(file("receipt.typ")?, (*text).to_owned())))
                .collect::<Result<_, EngineError>>()?,
            label: Source::new(file("label.typ")?, LABEL.to_owned()),
            fit: Source::new(file("fit.typ")?, FIT.to_owned()),
        })
    }
}

fn file(name: &'static str) -> Result<FileId, EngineError> {
    let path = VirtualPath::new(name).map_err(|_| EngineError::Path(name))?;
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

struct Page<'e> {
    engine: &'e Engine,
    main: &'e Source,
    data_id: FileId,
    data: Bytes,
}

impl World for Page<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [self.main, &self.engine.fit]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id {
            Ok(self.data.clone())
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

    #[test]
    fn letters_that_no_font_has_are_known() {
        for printed in ["Zoë Müller", "Văn Ẩn", "Łukasz", "Дмитрий", "Ελένη", "שרה", "علي", "🎾"]
        {
            assert_eq!(without_font(printed), Vec::<char>::new(), "{printed}");
        }
        assert_eq!(without_font("김 김철 X"), ['김', '철']);
        assert_eq!(without_font("李"), ['李']);
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
