//! A page as eyes see it, for tests.

use super::{Print, set};

/// The first page in shades of grey, so many dots to a point: for tests that look at it. With
/// `RBO_TEST_SCREENS` it is kept there as well.
pub(crate) fn picture(print: Print, name: &str) -> (usize, Vec<u8>) {
    let document = set(print).expect("a page");
    let options = typst_render::RenderOptions {
        pixel_per_pt: typst::utils::Scalar::new(4.0),
        ..Default::default()
    };
    let pixels = typst_render::render(&document.pages()[0], &options);
    if let Some(folder) = std::env::var_os("RBO_TEST_SCREENS") {
        let path = std::path::Path::new(&folder).join(format!("{name}.png"));
        pixels.save_png(path).expect("kept");
    }
    let grey = |pixel: &[u8]| pixel[..3].iter().map(|part| u32::from(*part)).sum::<u32>() / 3;
    let shade = |pixel: &[u8]| u8::try_from(grey(pixel)).unwrap_or(0);
    (pixels.width() as usize, pixels.data().chunks(4).map(shade).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::Template;

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
