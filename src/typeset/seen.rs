//! A page as eyes see it, for tests.

use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Transform};
use typst::text::TextItem;

use super::{Print, set};

/// The first page in shades of grey, so many dots to a point: for tests that look at it. With
/// `RBO_TEST_SCREENS` it is kept there as well.
pub(crate) fn picture(print: Print, name: &str) -> (usize, Vec<u8>) {
    picture_of(print, name, 4.0)
}

/// The same, so many dots to a point.
pub(crate) fn picture_of(print: Print, name: &str, dots: f64) -> (usize, Vec<u8>) {
    let document = set(print).expect("a page");
    let render = |dots: f64| {
        let options = typst_render::RenderOptions {
            pixel_per_pt: typst::utils::Scalar::new(dots),
            ..Default::default()
        };
        typst_render::render(&document.pages()[0], &options)
    };
    let pixels = render(dots);
    if let Some(folder) = std::env::var_os("RBO_TEST_SCREENS") {
        let path = std::path::Path::new(&folder).join(format!("{name}.png"));
        // Eyes want more of it than a comparison does.
        render(dots.max(2.0)).save_png(path).expect("kept");
    }
    let grey = |pixel: &[u8]| pixel[..3].iter().map(|part| u32::from(*part)).sum::<u32>() / 3;
    let shade = |pixel: &[u8]| u8::try_from(grey(pixel)).unwrap_or(0);
    (pixels.width() as usize, pixels.data().chunks(4).map(shade).collect())
}

/// A run of words on a page.
pub(crate) struct Word {
    /// From the left, in millimetres.
    pub(crate) x: f64,
    /// Its baseline from the top, in millimetres.
    pub(crate) y: f64,
    /// How large it is.
    pub(crate) points: f64,
    pub(crate) text: String,
    /// So many of its letters no font has: paper shows boxes.
    pub(crate) boxes: usize,
    /// A part of its ink is outside of what it stands in: paper shows half a line, or none of it.
    pub(crate) is_cut: bool,
}

/// What the first page says and where, line by line.
pub(crate) fn words(print: Print) -> Vec<Word> {
    let document = set(print).expect("a page");
    let mut words = Vec::new();
    let frame = &document.pages()[0].frame;
    let page = Rect::new(Point::zero(), frame.size().to_point());
    walk(frame, Transform::identity(), page, &mut words);
    words.sort_by(|one, next| one.y.total_cmp(&next.y).then(one.x.total_cmp(&next.x)));
    words
}

fn walk(frame: &Frame, within: Transform, shown: Rect, words: &mut Vec<Word>) {
    for (at, item) in frame.items() {
        let here = within.pre_concat(Transform::translate(at.x, at.y));
        match item {
            FrameItem::Group(group) => {
                let here = here.pre_concat(group.transform);
                let clip = group.clip.as_ref().map(|clip| clip.bbox(None));
                let shown = clip.map_or(shown, |clip| {
                    let (min, max) = (clip.min.transform(here), clip.max.transform(here));
                    Rect::new(shown.min.max(min), shown.max.min(max))
                });
                walk(&group.frame, here, shown, words);
            }
            FrameItem::Text(item) => words.push(Word {
                x: here.tx.to_mm(),
                y: here.ty.to_mm(),
                points: item.size.to_pt(),
                text: item.text.to_string(),
                boxes: item.glyphs.iter().filter(|glyph| glyph.id == 0).count(),
                is_cut: is_cut(item, Point::new(here.tx, here.ty), shown),
            }),
            _ => {}
        }
    }
}

/// So much of a letter may be cut off: nobody sees it.
const HAIR: Abs = Abs::raw(0.2);

fn is_cut(item: &TextItem, at: Point, shown: Rect) -> bool {
    // Its upper edge is the one that is called the greatest.
    let ink = item.bbox();
    let (top, bottom) = (at.y + ink.max.y, at.y + ink.min.y);
    let (left, right) = (at.x + ink.min.x, at.x + ink.max.x);
    !item.text.trim().is_empty()
        && (left + HAIR < shown.min.x
            || top + HAIR < shown.min.y
            || right > shown.max.x + HAIR
            || bottom > shown.max.y + HAIR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::Template;

    /// Whatever script a name is in, each line of a label stands on it, and on no other one.
    #[test]
    fn a_label_shows_all_its_lines() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
        for (size, high, lines) in [("wide", 29.0, 6), ("throat", 14.0, 4)] {
            for name in ["Sara Frei", "สมชาย ใจดี", "अनिल", "김철수", "Văn Ẩn"]
            {
                let data = serde_json::json!([{
                    "size": size, "locale": "de", "stringer": "S", "name": name,
                    "racket": format!("Blade 98 {name}"), "which": "98 rot",
                    "numbers": "23.5/22.5 kg", "strings": ["Luxilon Alu Power", "VS Touch"],
                    "date": "1. Mai", "label": "ABC234", "code": svg,
                }]);
                let template = Template::Label;
                let print = Print { template, data: data.to_string(), files: Vec::new() };
                let words = words(print);
                let mut at: Vec<f64> = words.iter().map(|word| word.y).collect();
                at.dedup_by(|next, before| (*next - *before).abs() < 0.1);
                assert_eq!(at.len(), lines, "{size} {name}: {at:?}");
                assert!(at[0] > 1.5 && at[lines - 1] < high - 0.9, "{size} {name}: {at:?}");
                assert!(at.windows(2).all(|pair| pair[1] - pair[0] > 1.7), "{size} {name}: {at:?}");
                assert!(words.iter().any(|word| word.text.contains("ABC234")));
            }
        }
    }

    #[test]
    fn a_label_is_as_wide_as_its_roll_and_has_ink_on_white() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
        let label = format!(
            "[{{\"size\":\"wide\",\"locale\":\"de\",\"stringer\":\"S\",\"name\":\"Sara\",\
             \"racket\":\"Blade\",\"which\":\"98\",\"numbers\":\"23/22 kg\",\"strings\":[\"Alu\"],\
             \"date\":\"1. Mai\",\"label\":\"ABC234\",\"code\":\"{svg}\"}}]"
        );
        let print = Print { template: Template::Label, data: label, files: Vec::new() };
        let (width, shades) = picture(print, "label");
        // 62 mm and 29 mm, four dots to a point.
        assert_eq!((width, shades.len() / width), (703, 329));
        let is_ink = |shade: &&u8| **shade < 40;
        let ink = shades.iter().filter(is_ink).count();
        assert!(ink > 100 && ink < shades.len() / 4, "{ink}");
    }
}
