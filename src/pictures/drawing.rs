//! Drawings (SVG), drawn once and kept as dots: what is in them opens no file, asks no address and
//! runs nothing.

use std::sync::Arc;

use image::{DynamicImage, RgbaImage};
use resvg::usvg::{self, ImageHrefResolver, ImageKind, Options, Tree, fontdb};
use resvg::{tiny_skia, tiny_skia::Pixmap};

use super::{MOST, Unusable};

/// What words in a drawing are set in, whatever they ask for.
const FONT: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.ttf");

/// A drawing begins with its element, or with what stands before it.
const BEGINNING: usize = 4_096;

/// The text of a drawing, where the bytes are one. A packed one is none: what it becomes is not
/// to be seen.
pub(super) fn of(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let head = text.get(..BEGINNING).unwrap_or(text);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    (head.starts_with('<') && text.contains("<svg")).then_some(text)
}

pub(super) fn draw(svg: &str) -> Result<DynamicImage, Unusable> {
    let tree = Tree::from_str(svg, &options()).map_err(|error| match error {
        usvg::Error::ElementsLimitReached => Unusable::TooHard,
        _ => Unusable::Damaged,
    })?;
    let size = tree.size();
    let scale = (MOST.0 as f32 / size.width()).min(MOST.1 as f32 / size.height());
    // Within the slot both are small.
    let dots = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let (wide, high) = (dots(size.width()).min(MOST.0), dots(size.height()).min(MOST.1));
    let mut canvas = Pixmap::new(wide, high).ok_or(Unusable::Damaged)?;
    let transform = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut canvas.as_mut());
    let seen = RgbaImage::from_raw(wide, high, canvas.take_demultiplied());
    seen.map(DynamicImage::from).ok_or(Unusable::Damaged)
}

fn options() -> Options<'static> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONT.to_vec());
    for set in [
        fontdb::Database::set_serif_family,
        fontdb::Database::set_sans_serif_family,
        fontdb::Database::set_monospace_family,
        fontdb::Database::set_cursive_family,
        fontdb::Database::set_fantasy_family,
    ] {
        set(&mut fonts, "Inter");
    }
    Options {
        resources_dir: None,
        font_family: "Inter".into(),
        fontdb: Arc::new(fonts),
        // No file, and no drawing within the drawing; what programs put into one as dots is seen.
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|kind, data, _| match kind {
                "image/png" => Some(ImageKind::PNG(data)),
                "image/jpeg" | "image/jpg" => Some(ImageKind::JPEG(data)),
                _ => None,
            }),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}
