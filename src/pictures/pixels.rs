//! Pictures of dots (PNG, JPEG): read within bounds, put on white, made as small as paper needs.

use std::io::Cursor;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::{self, FilterType as Filter};
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use super::{LARGEST, MOST, Picture, Unusable};

/// Dots that are taken: a photograph of a telephone has twelve million.
const DOTS: u64 = 16_000_000;
/// Bytes of all dots together: what has many of them has no more than four each.
const UNPACKED: u64 = 64 << 20;
/// Dots on a side, for the longest of banners.
const SIDE: u32 = 20_000;
/// A picture whose file is too large is made so much smaller, and again.
const SMALLER: f64 = 0.8;

pub(super) fn decode(bytes: &[u8]) -> Result<DynamicImage, Unusable> {
    let format = image::guess_format(bytes).map_err(|_| Unusable::Kind)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg) {
        return Err(Unusable::Kind);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(UNPACKED);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Unusable::Damaged)?;
    let (wide, high) = decoder.dimensions();
    let dots = u64::from(wide) * u64::from(high);
    if wide > SIDE || high > SIDE || dots > DOTS || decoder.total_bytes() > UNPACKED {
        return Err(Unusable::TooLarge);
    }
    // Cameras say which side was up.
    let turned = decoder.orientation().map_err(|_| Unusable::Damaged)?;
    let mut seen = DynamicImage::from_decoder(decoder).map_err(|_| Unusable::Damaged)?;
    seen.apply_orientation(turned);
    Ok(seen)
}

/// As small as the slot, on white, and no larger a file than is kept.
pub(super) fn print(seen: DynamicImage) -> Result<Picture, Unusable> {
    let mut dots = on_white(&fitted(seen));
    if dots.pixels().all(|dot| dot.0.iter().all(|part| *part > 250)) {
        return Err(Unusable::Empty);
    }
    loop {
        let png = encode(&dots)?;
        let (wide, high) = dots.dimensions();
        if png.len() <= LARGEST {
            return Ok(Picture { wide, high, png });
        }
        let smaller = |length: u32| ((f64::from(length) * SMALLER) as u32).max(1);
        dots = imageops::resize(&dots, smaller(wide), smaller(high), Filter::Lanczos3);
    }
}

fn fitted(seen: DynamicImage) -> DynamicImage {
    if seen.width() <= MOST.0 && seen.height() <= MOST.1 {
        return seen;
    }
    seen.resize(MOST.0, MOST.1, Filter::Lanczos3)
}

/// Paper is white, and has no holes.
fn on_white(seen: &DynamicImage) -> RgbImage {
    let seen = seen.to_rgba8();
    let mut dots = RgbImage::new(seen.width(), seen.height());
    for (dot, through) in dots.pixels_mut().zip(seen.pixels()) {
        let [red, green, blue, alpha] = through.0.map(u32::from);
        let mixed = |part: u32| ((part * alpha + 255 * (255 - alpha) + 127) / 255).min(255) as u8;
        *dot = Rgb([mixed(red), mixed(green), mixed(blue)]);
    }
    dots
}

fn encode(dots: &RgbImage) -> Result<Vec<u8>, Unusable> {
    let mut png = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut png, CompressionType::Best, FilterType::Adaptive);
    let is_grey = dots.pixels().all(|dot| dot.0[0] == dot.0[1] && dot.0[1] == dot.0[2]);
    let written = match is_grey {
        true => imageops::grayscale(dots).write_with_encoder(encoder),
        false => dots.write_with_encoder(encoder),
    };
    written.map_err(|_| Unusable::Damaged)?;
    Ok(png)
}
