//! How wide a text is at the most, from the fonts themselves: a page knows then that it fits, and
//! does not set it to see that.

use std::collections::HashMap;

use typst::foundations::{Str, func};
use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariations};

use super::ENGINE;

/// Letters that stand one after the other, whatever their neighbours: texts with others are set to
/// be measured. Without those that are driven apart (`*` and `_`, and an `i` with
/// a mark as wide as itself), those that other signs are made of, and all that other fonts have.
const PLAIN: &str = " !\"%&'()+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ\
    abcdefghijklmnopqrstuvwxyz·ÀÁÂÃÄÅÆÇÈÉÊËÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëñòóôõöøùúûüýÿ\
    ĆćČčĐĘęĚěĞğıŁłŃńŇňŐőŒœŘřŚśŞşŠšŤťŮůŰűŹźŻżŽž’…−";

/// Letters may be driven apart by less than this.
const APART: f64 = 1.05;

/// Of a text that is not known.
const UNKNOWN: f64 = 1e6;

/// The widest that each letter is in any of some fonts, in ems.
pub(super) struct Widths(HashMap<char, f64>);

impl Widths {
    pub(super) fn of(fonts: &[Font]) -> Self {
        let shape = |font: &Font| {
            let (variant, size) = (font.info().variant, Abs::pt(10.0));
            font.clone().instantiate(variant, size, &FontVariations::default())
        };
        let fonts: Vec<_> = fonts.iter().map(shape).collect();
        let width = |c: char, font: &FontInstance| {
            let glyph = font.ttf().glyph_index(c)?;
            font.x_advance(glyph.0).map(|advance| advance.get())
        };
        let widest = |c: char| {
            let widths: Option<Vec<f64>> = fonts.iter().map(|font| width(c, font)).collect();
            Some((c, widths?.into_iter().fold(0.0, f64::max)))
        };
        let mut all: HashMap<_, _> = PLAIN.chars().filter_map(widest).collect();
        // Between figures it becomes a sign of multiplication.
        all.extend(widest('×').map(|(_, width)| ('x', width)));
        // In a column of figures each is as wide as the others, and so is the sign before them.
        let figures = || "0123456789-".chars();
        let widest = figures().filter_map(|c| all.get(&c)).copied().fold(0.0, f64::max);
        all.extend(figures().map(|c| (c, widest)));
        Self(all)
    }

    /// In ems of its size; `None` where that is not known.
    fn of_text(&self, text: &str) -> Option<f64> {
        let is_spaced = text.contains("  ") || text.trim() != text;
        let widths = || text.chars().map(|c| self.0.get(&c)).sum::<Option<f64>>();
        (!is_spaced).then(widths)?.map(|width| width * APART)
    }
}

/// How wide a text is at the most, in ems of its size; very wide, where that is not known.
#[func]
pub(super) fn ems(text: Str) -> f64 {
    let engine = ENGINE.as_ref().ok();
    engine.and_then(|engine| engine.widths.of_text(&text)).unwrap_or(UNKNOWN)
}

#[cfg(test)]
mod tests {
    use rustybuzz::{Face, Feature, UnicodeBuffer, ttf_parser::Tag};

    use super::*;
    use crate::typeset::{FONTS, INTERS};

    fn widths() -> &'static Widths {
        &ENGINE.as_ref().expect("an engine").widths
    }

    #[test]
    fn what_is_plain_has_a_width_and_all_else_none() {
        for unknown in ["김철수", "a\u{301}", "a\u{202e}b", "two  spaces", "two\nlines", "end "]
        {
            assert_eq!(widths().of_text(unknown), None, "{unknown}");
        }
        assert_eq!(widths().of_text(""), Some(0.0));
        let name = widths().of_text("Zoë Müller").expect("a width");
        assert!((5.0..7.0).contains(&name), "{name}");
        assert!(PLAIN.chars().all(|c| widths().0.contains_key(&c)));
    }

    /// All pairs, since neighbours are what moves a letter; and what the fonts make of some texts.
    #[test]
    fn no_text_is_wider_on_paper() {
        let figures = [Feature::new(Tag::from_bytes(b"tnum"), 1, ..)];
        let pairs = PLAIN.chars().flat_map(|one| PLAIN.chars().map(move |two| [one, two]));
        let pairs = pairs.map(|pair| pair.iter().collect::<String>());
        let texts = ["16x19x16x19", "4x4x4x4x4", "fi ffi fl", "(A-B) 12:30", "...---..."];
        let all: Vec<_> = pairs.chain(texts.map(str::to_owned)).collect();
        let mut wide = Vec::new();
        for bytes in &FONTS[..INTERS] {
            let face = Face::from_slice(bytes, 0).expect("a font");
            let em = f64::from(face.units_per_em());
            for text in &all {
                // Spaces at the ends are not known.
                let known: f64 = text.chars().map(|c| widths().0[&c]).sum();
                for features in [&[][..], &figures[..]] {
                    let mut buffer = UnicodeBuffer::new();
                    buffer.push_str(text);
                    let shaped = rustybuzz::shape(&face, features, buffer);
                    let set: i32 = shaped.glyph_positions().iter().map(|at| at.x_advance).sum();
                    let set = f64::from(set) / em;
                    if set > known * APART {
                        wide.push(text);
                    }
                }
            }
        }
        assert_eq!(wide, Vec::<&String>::new());
    }
}
