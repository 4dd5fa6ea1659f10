//! What typst asks for while it sets a page, and all that it gets: no file and no clock.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::Engine;
use super::scripts::Extra;

/// What a page is made of.
pub(super) struct Page<'e> {
    pub(super) engine: &'e Engine,
    pub(super) main: &'e Source,
    /// What there is to print, and the fonts that it needs besides.
    pub(super) files: Vec<(FileId, Bytes)>,
    pub(super) more: Option<More>,
}

/// Fonts beyond those that every page has.
pub(super) struct More {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl More {
    /// `None` where none is needed: a book is not made anew for every page.
    pub(super) fn new(engine: &Engine, extras: &[Extra]) -> Option<Self> {
        if extras.is_empty() {
            return None;
        }
        let own = engine.fonts.iter().map(|font| font.info().clone());
        // Slices of one font are families of their own, or all but one were lost.
        let others = extras.iter().map(|extra| {
            let family = extra.family.clone();
            FontInfo { family, ..extra.font.info().clone() }
        });
        let book = LazyHash::new(FontBook::from_infos(own.chain(others)));
        Some(Self { book, fonts: extras.iter().map(|extra| extra.font.clone()).collect() })
    }
}

impl World for Page<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.more.as_ref().map_or(&self.engine.book, |more| &more.book)
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        std::iter::once(self.main)
            .chain(&self.engine.parts)
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match self.files.iter().find(|(known, _)| *known == id) {
            Some((_, bytes)) => Ok(bytes.clone()),
            None => self.source(id).map(Bytes::from_string),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        let own = &self.engine.fonts;
        let more = || self.more.as_ref()?.fonts.get(index.checked_sub(own.len())?);
        own.get(index).or_else(more).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::{ENGINE, file};
    use typst_layout::PagedDocument;

    #[test]
    fn a_page_gets_what_it_was_given_and_nothing_else() {
        let engine = ENGINE.as_ref().expect("an engine");
        let sets = |text: &str| {
            let main = Source::new(file("main.typ").expect("a path"), text.to_owned());
            let given = (file("given.txt").expect("a path"), Bytes::from_string("given"));
            let page = Page { engine, main: &main, files: vec![given], more: None };
            typst::compile::<PagedDocument>(&page).output.is_ok()
        };
        assert!(sets("#read(\"given.txt\")"));
        for outside in [
            "#read(\"/etc/passwd\")",
            "#read(\"../../../etc/passwd\")",
            "#image(\"logo.png\")",
            "#import \"@preview/cetz:0.4.0\": canvas",
            "#include \"receipt.typ\"",
            "#datetime.today().display()",
        ] {
            assert!(!sets(outside), "{outside}");
        }
    }
}
