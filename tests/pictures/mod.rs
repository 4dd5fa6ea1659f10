//! Pictures that nobody knows: what paper takes comes out, and nothing else of them.

use std::path::Path;
use std::time::{Duration, Instant};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use rbo::pictures::{self, LARGEST, MOST, Picture, Unusable};

const PROGRAM: &str = env!("CARGO_BIN_EXE_rbo");

async fn apart(bytes: &[u8]) -> Result<Picture, Unusable> {
    let began = Instant::now();
    let read = pictures::apart(Path::new(PROGRAM), bytes).await.expect("a process");
    assert!(began.elapsed() < Duration::from_secs(6), "free again in {:?}", began.elapsed());
    if let Ok(picture) = &read {
        assert!(picture.wide <= MOST.0 && picture.high <= MOST.1 && picture.png.len() <= LARGEST);
        assert_eq!(Picture::kept(&picture.png).as_ref(), Ok(picture));
    }
    read
}

fn seen(picture: &Picture) -> RgbImage {
    image::load_from_memory_with_format(&picture.png, ImageFormat::Png).expect("a PNG").to_rgb8()
}

fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).expect("a file");
    bytes.into_inner()
}

fn svg(inner: &str) -> Vec<u8> {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
         width='300' height='60'><rect width='30' height='60' fill='#d00'/>{inner}</svg>"
    )
    .into_bytes()
}

fn is_red(dot: Rgb<u8>) -> bool {
    dot[0] > 150 && dot[1] < 90 && dot[2] < 90
}

#[tokio::test]
async fn what_is_seen_is_kept_on_white_and_as_small_as_the_slot() {
    let mut logo = RgbaImage::from_pixel(3_000, 400, Rgba([0, 0, 0, 0]));
    logo.enumerate_pixels_mut().filter(|(x, ..)| *x < 1_500).for_each(|(.., dot)| {
        *dot = Rgba([200, 0, 0, 255]);
    });
    let picture = apart(&file(logo, ImageFormat::Png)).await.expect("a logo");
    assert_eq!((picture.wide, picture.high), (972, 130));
    let dots = seen(&picture);
    assert!(is_red(*dots.get_pixel(10, 60)));
    assert_eq!(dots.get_pixel(960, 60), &Rgb([255, 255, 255]));
}

/// Nothing of it can be foretold, so nothing of it can be packed.
#[tokio::test]
async fn a_photograph_becomes_small_enough_to_be_kept_in_every_receipt() {
    let mut some = 1_u32;
    let photo = RgbImage::from_fn(2_000, 500, |_, _| {
        some = some.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [one, two, three, _] = (some >> 3).to_le_bytes();
        Rgb([one, two, three])
    });
    let picture = apart(&file(photo, ImageFormat::Jpeg)).await.expect("a logo");
    assert!(picture.png.len() > LARGEST / 3, "{}", picture.png.len());
}

#[tokio::test]
async fn printers_colours_are_seen_as_colours_and_a_camera_says_which_side_was_up() {
    let picture = apart(include_bytes!("../fixtures/cmyk.jpg")).await.expect("a logo");
    let dots = seen(&picture);
    assert!(is_red(*dots.get_pixel(10, 10)), "{:?}", dots.get_pixel(10, 10));
    assert!(dots.get_pixel(50, 10).0.iter().all(|part| *part > 240));
    let turned = include_bytes!("../fixtures/turned.jpg");
    assert!(turned.windows(14).any(|some| some == b"a secret place"));
    let picture = apart(turned).await.expect("a logo");
    assert_eq!((picture.wide, picture.high), (20, 60));
    assert!(is_red(*seen(&picture).get_pixel(10, 10)));
    assert!(!picture.png.windows(8).any(|some| some == b"a secret"));
}

#[tokio::test]
async fn a_drawing_becomes_dots_and_its_words_are_set_in_our_own_font() {
    let without = seen(&apart(&svg("")).await.expect("a logo"));
    assert_eq!(without.dimensions(), (660, 132));
    assert!(is_red(*without.get_pixel(20, 60)));
    let words = svg("<text x='60' y='40' font-size='30' font-family='Nowhere'>Besaitung</text>");
    assert_ne!(seen(&apart(&words).await.expect("a logo")), without);
}

/// Scripts do not run, and nothing outside is looked at: what is drawn is as if it were not there.
#[tokio::test]
async fn a_drawing_runs_nothing_and_opens_nothing() {
    let plain = seen(&apart(&svg("")).await.expect("a logo"));
    let folder = tempfile::tempdir().expect("a folder");
    // As a drawing, which would be drawn if it were opened.
    let black = folder.path().join("black.svg");
    let file = "<svg xmlns='http://www.w3.org/2000/svg' width='50' height='50'>\
                <g id='a'><rect width='50' height='50'/></g></svg>";
    std::fs::write(&black, file).expect("a file");
    let within = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' \
                  height='9'%3E%3Crect width='9' height='9'/%3E%3C/svg%3E"
        .replace('\'', "&apos;");
    for inner in [
        "<script>while (true) {}</script>".to_owned(),
        "<foreignObject width='99' height='50'><p>x</p></foreignObject>".to_owned(),
        format!("<image x='60' width='50' height='50' href='{}'/>", black.display()),
        format!("<image x='60' width='50' height='50' xlink:href='file://{}'/>", black.display()),
        "<image x='60' width='50' height='50' href='http://127.0.0.1:9/x.png'/>".to_owned(),
        format!("<image x='60' width='50' height='50' href='{within}'/>"),
        format!("<use x='60' href='{}#a'/>", black.display()),
        "<style>@import url('http://127.0.0.1:9/x.css');</style>".to_owned(),
        "<animate attributeName='x' from='0' to='99' dur='1s'/>".to_owned(),
    ] {
        let picture = apart(&svg(&inner)).await.unwrap_or_else(|why| panic!("{inner}: {why:?}"));
        assert_eq!(seen(&picture), plain, "{inner}");
    }
}

fn doubled(times: u32) -> String {
    let level = |at: u32| {
        let use_ = format!("<use href='#l{}'/>", at - 1);
        format!("<g id='l{at}'>{}</g>", use_.repeat(10))
    };
    let levels: String = (1..=times).map(level).collect();
    format!(
        "<defs><g id='l0'><rect width='1' height='1'/></g>{levels}</defs><use href='#l{times}'/>"
    )
}

#[tokio::test]
async fn a_bomb_is_a_sentence_and_no_more() {
    let entities: String = (1..12)
        .map(|at| format!("<!ENTITY e{at} \"{}\">", format!("&e{};", at - 1).repeat(10)))
        .collect();
    let laughing = format!(
        "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY e0 'ha'>{entities}]>\
         <svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>&e11;</text></svg>"
    );
    let outside = "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\
                   <svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
                   <text y='9'>&x;</text></svg>";
    let deep = format!("{}{}", "<g>".repeat(200_000), "</g>".repeat(200_000));
    let blurred = "<filter id='f'><feGaussianBlur stdDeviation='900000'/>\
                   <feTurbulence baseFrequency='9' numOctaves='900000000'/></filter>\
                   <rect width='300' height='60' filter='url(#f)'/>";
    let many = "<rect width='300' height='60' opacity='.5'/>".repeat(190_000);
    let loops = "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>";
    let large = RgbImage::new(1, 1);
    let mut large = file(large, ImageFormat::Png);
    // What it says of its size, and the sum over that.
    large[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    let sum = crc(&large[12..29]);
    large[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(apart(&large).await, Err(Unusable::TooLarge));
    let long = file(image::GrayImage::new(20_001, 1), ImageFormat::Png);
    assert_eq!(apart(&long).await, Err(Unusable::TooLarge));
    for (name, bytes) in [
        ("laughing", laughing.into_bytes()),
        ("outside", outside.as_bytes().to_vec()),
        ("deep", svg(&deep)),
        ("uses", svg(&doubled(12))),
    ] {
        let refused = apart(&bytes).await;
        assert!(
            matches!(refused, Err(Unusable::TooHard | Unusable::Damaged)),
            "{name}: {refused:?}"
        );
    }
    // These are drawn or refused, in time.
    for bytes in [svg(blurred), svg(&many), svg(loops)] {
        let _either = apart(&bytes).await;
    }
}

/// The check sum of a chunk of a PNG.
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
        }
    }
    !sum
}

#[tokio::test]
async fn what_is_no_picture_is_said_to_be_none() {
    let whole = file(RgbImage::from_pixel(50, 20, Rgb([9, 9, 9])), ImageFormat::Png);
    let white = file(RgbImage::from_pixel(50, 20, Rgb([255, 255, 255])), ImageFormat::Png);
    let through = file(RgbaImage::from_pixel(50, 20, Rgba([0, 0, 0, 0])), ImageFormat::Png);
    for (bytes, why) in [
        (&b""[..], Unusable::Kind),
        (b"GIF89a\x01\0\x01\0\0\0\0", Unusable::Kind),
        (b"%PDF-1.7", Unusable::Kind),
        (b"<html><body>hello</body></html>", Unusable::Kind),
        (b"\x1f\x8b\x08\0\0\0\0\0", Unusable::Kind),
        (&whole[..whole.len() / 2], Unusable::Damaged),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", Unusable::Damaged),
        (&svg("<rect fill='white' width='300' height='60'/>"), Unusable::Empty),
        (&white, Unusable::Empty),
        (&through, Unusable::Empty),
    ] {
        assert_eq!(apart(bytes).await, Err(why), "{}", String::from_utf8_lossy(bytes));
    }
    for program in ["/bin/false", "/bin/true"] {
        let read = pictures::apart(Path::new(program), &whole).await.expect("a process");
        assert_eq!(read, Err(Unusable::TooHard), "{program}");
    }
    assert!(pictures::apart(Path::new("/nowhere"), &whole).await.is_err());
}

#[test]
fn what_is_kept_is_no_larger_than_the_slot() {
    let large = file(RgbImage::new(MOST.0 + 1, 10), ImageFormat::Png);
    assert_eq!(Picture::kept(&large), Err(Unusable::Damaged));
    let other = file(RgbImage::new(10, 10), ImageFormat::Jpeg);
    assert_eq!(Picture::kept(&other), Err(Unusable::Damaged));
    assert_eq!(Picture::kept(&vec![0; LARGEST + 1]), Err(Unusable::TooLarge));
}

/// What came in a book is made anew as well: no word of it is kept, and nothing behind its end.
#[test]
fn of_a_kept_file_nothing_is_kept_but_its_dots() {
    let dots = RgbImage::from_pixel(20, 10, Rgb([200, 0, 0]));
    let mut png = file(dots.clone(), ImageFormat::Png);
    let words = b"tEXtComment\0a secret place";
    let mut chunk = u32::try_from(words.len() - 4).unwrap().to_be_bytes().to_vec();
    chunk.extend_from_slice(words);
    chunk.extend_from_slice(&crc(words).to_be_bytes());
    png.splice(33..33, chunk);
    png.extend_from_slice(b"a secret place");
    let kept = Picture::kept(&png).expect("a picture");
    assert_eq!(seen(&kept), dots);
    assert!(!kept.png.windows(8).any(|some| some == b"a secret"));
    assert!(kept.is_coarse());
}

/// What programs put into a drawing as dots is seen.
#[tokio::test]
async fn dots_within_a_drawing_are_drawn() {
    let plain = seen(&apart(&svg("")).await.expect("a logo"));
    // One red dot, as PNG.
    let dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
    let within = format!(
        "<image x='60' width='50' height='50' preserveAspectRatio='none' \
         href='data:image/png;base64,{dot}'/>"
    );
    let drawn = seen(&apart(&svg(&within)).await.expect("a logo"));
    assert_ne!(drawn, plain);
    assert!(is_red(*drawn.get_pixel(185, 60)), "{:?}", drawn.get_pixel(185, 60));
}
