//! Why there is no PDF.

use super::Template;

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
    /// A picture that the page names is not kept any more.
    #[error("the picture {0} is not there")]
    NoPicture(String),
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
    #[error("a file's name is no path")]
    Path,
}
