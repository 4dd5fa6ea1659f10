//! Letters that the page's own fonts lack: Noto Sans for Han, Kana, Hangul and more, in the slices
//! of its npm packages. A slice is unpacked when a text needs it, so that a name from anywhere
//! costs neither the start nor the memory of all others.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;
use quick_cache::sync::Cache;
use rust_embed::RustEmbed;
use typst::foundations::Bytes;
use typst::text::Font;

/// As `build.rs` has gathered them: of each script its slices, and which letters a slice has.
#[derive(RustEmbed)]
#[folder = "$OUT_DIR/scripts"]
struct Files;

const JAPANESE: &str = "noto-sans-jp";
const KOREAN: &str = "noto-sans-kr";
const CHINESE: &str = "noto-sans-sc";

/// So many slices stay unpacked, of some 100 kB each.
const UNPACKED: usize = 48;

/// A part of a font.
struct Slice {
    file: String,
    /// What its package says that it has; some of it may be missing all the same.
    letters: Vec<RangeInclusive<u32>>,
}

static SLICES: LazyLock<Vec<Slice>> = LazyLock::new(|| {
    let names = Files::iter().filter(|name| name.ends_with(".json"));
    let mut slices: Vec<Slice> = names.flat_map(|name| slices_of(&name)).collect();
    slices.sort_by(|one, other| one.file.cmp(&other.file));
    slices
});

static FONTS: LazyLock<Cache<usize, Option<Font>>> = LazyLock::new(|| Cache::new(UNPACKED));

/// A font that is no family of its own: pages name it by this.
#[derive(Debug, Clone)]
pub(super) struct Extra {
    pub(super) family: String,
    pub(super) font: Font,
}

impl Extra {
    fn has(&self, c: char) -> bool {
        self.font.info().coverage.contains(u32::from(c))
    }
}

/// What a text needs beyond the fonts that a page always has, and the letters that nothing has.
pub(super) fn beyond(text: &str, is_there: impl Fn(char) -> bool) -> (Vec<Extra>, Vec<char>) {
    let (mut extras, mut without) = (Vec::<Extra>::new(), Vec::new());
    let order = order(text);
    for c in text.chars().filter(|c| is_sought(*c) && !is_there(*c)) {
        if extras.iter().any(|extra| extra.has(c)) || without.contains(&c) {
            continue;
        }
        match order.iter().find_map(|family| find(family, c)) {
            Some(extra) => extras.push(extra),
            None => without.push(c),
        }
    }
    without.sort_unstable();
    (extras, without)
}

/// Whether paper shows anything of it.
pub(super) fn is_sought(c: char) -> bool {
    let unseen = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !unseen.contains(c)
}

/// Han is written in each country in its own way: what else a text has tells in which.
fn order(text: &str) -> Vec<&str> {
    let has = |letters: RangeInclusive<char>| text.chars().any(|c| letters.contains(&c));
    let first = match () {
        () if has('\u{3040}'..='\u{30ff}') => JAPANESE,
        () if has('\u{ac00}'..='\u{d7af}') => KOREAN,
        () => CHINESE,
    };
    let families = [first, CHINESE, JAPANESE, KOREAN].into_iter();
    // Each of the others has letters that nobody else has.
    families.chain([""]).collect()
}

fn find(family: &str, c: char) -> Option<Extra> {
    let claims = |slice: &&Slice| slice.letters.iter().any(|some| some.contains(&u32::from(c)));
    let slices = SLICES.iter().enumerate().filter(|(_, slice)| slice.file.starts_with(family));
    slices.filter(|(_, slice)| claims(slice)).find_map(|(at, slice)| {
        let font = FONTS.get_or_insert_with(&at, || Ok::<_, ()>(unpack(&slice.file))).ok()??;
        let extra = Extra { family: slice.file.clone(), font };
        extra.has(c).then_some(extra)
    })
}

fn unpack(file: &str) -> Option<Font> {
    let packed = Files::get(file)?;
    let font = wuff::decompress_woff2(&packed.data)
        .inspect_err(|error| tracing::error!(file, ?error, "a font that cannot be unpacked"))
        .ok()?;
    Font::new(Bytes::new(font), 0)
}

/// The slices of a package, by what its `unicode.json` says: `{"[0]":"U+f9ca-fa0b,U+ff03"}`.
fn slices_of(name: &str) -> Vec<Slice> {
    let family = name.trim_end_matches(".json");
    let told = Files::get(name).and_then(|file| serde_json::from_slice(&file.data).ok());
    let told: std::collections::BTreeMap<String, String> = told.unwrap_or_default();
    let slice = |(part, letters): (String, String)| {
        let part = part.trim_matches(['[', ']']);
        let file = format!("{family}-{part}-wght-normal.woff2");
        let letters = letters.split(',').filter_map(range).collect();
        // What every page's own font has is not gathered.
        Files::get(&file).map(|_| Slice { file, letters })
    };
    told.into_iter().filter_map(slice).collect()
}

/// `U+ff03-ff05` or `U+ff1b`.
fn range(text: &str) -> Option<RangeInclusive<u32>> {
    let text = text.trim().strip_prefix("U+")?;
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| u32::from_str_radix(text, 16).ok();
    Some(number(from)?..=number(to)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_found_in_the_font_of_its_language() {
        let families = |text: &str| {
            let (extras, without) = beyond(text, |c| c.is_ascii());
            assert_eq!(without, Vec::<char>::new(), "{text}");
            let family = |extra: &Extra| {
                let words = extra.family.split('-').skip(2);
                words.take(1).collect::<String>()
            };
            let mut families: Vec<_> = extras.iter().map(family).collect();
            families.dedup();
            families.join(" ")
        };
        for (text, expected) in [
            ("李小龙", "sc"),
            ("김철수", "kr"),
            ("金철수", "kr"),
            ("さくら", "jp"),
            ("山田 さくら", "jp"),
            ("สมชาย", "thai"),
            ("अनिल", "devanagari"),
            ("Անի", "armenian"),
            ("ნინო", "georgian"),
        ] {
            assert_eq!(families(text), expected, "{text}");
        }
    }

    #[test]
    fn what_nothing_has_is_known_once() {
        let (extras, without) = beyond("𓀀 𓀀\u{12000} x", |c| c.is_ascii());
        assert!(extras.is_empty());
        assert_eq!(without, ['\u{12000}', '𓀀']);
    }

    #[test]
    fn every_slice_can_be_unpacked() {
        assert!(SLICES.len() > 300, "{}", SLICES.len());
        for slice in SLICES.iter() {
            assert!(unpack(&slice.file).is_some(), "{}", slice.file);
        }
    }

    #[test]
    fn a_range_is_read() {
        assert_eq!(range("U+ff03-ff05"), Some(0xff03..=0xff05));
        assert_eq!(range(" U+a"), Some(10..=10));
        assert_eq!(range("ff"), None);
    }
}
