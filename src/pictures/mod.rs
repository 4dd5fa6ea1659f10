//! A leaf: a picture that somebody has uploaded in, one that paper takes out. It is read in a
//! process of its own and made anew, so that nothing of the file itself is kept but what is seen.

pub mod child;
mod drawing;
mod pixels;

use std::path::Path;
use std::time::Duration;

use image::{ImageFormat, ImageReader, Limits};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Semaphore;

use crate::confined;
use crate::values::Fault;

/// The slot of a receipt that a logo stands in is 81 mm by 11 mm; printers do 300 dots an inch,
/// twelve a millimetre.
pub const MOST: (u32, u32) = (81 * 12, 11 * 12);

/// Bytes of a picture that is kept. It is in every receipt, and every receipt is kept.
pub const LARGEST: usize = 120_000;

/// Longer than its own limit of computing: a machine may be busy.
const LONGEST: Duration = Duration::from_secs(5);

/// A picture as paper takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// In dots.
    pub wide: u32,
    /// In dots.
    pub high: u32,
    /// The file, a PNG without a word in it.
    #[serde(with = "hex::serde")]
    pub png: Vec<u8>,
}

/// Why there is no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unusable {
    /// Of a kind that is not taken.
    Kind,
    /// It says that it is one, and is none.
    Damaged,
    /// More dots than any logo needs.
    TooLarge,
    /// Nothing is to be seen on it, on white paper.
    Empty,
    /// It takes more time or memory than a picture may.
    TooHard,
}

/// What the dots of a kept picture may need, and more.
const KEPT: u64 = 4 << 20;

impl Picture {
    /// One that was kept already, made anew: of a file that somebody else may have had in hands
    /// nothing is kept but its dots either. It is so small that it needs no process of its own.
    ///
    /// # Errors
    /// When it is none of ours.
    pub fn kept(png: &[u8]) -> Result<Self, Unusable> {
        if png.len() > LARGEST {
            return Err(Unusable::TooLarge);
        }
        let mut reader = ImageReader::with_format(std::io::Cursor::new(png), ImageFormat::Png);
        let mut limits = Limits::default();
        (limits.max_image_width, limits.max_image_height) = (Some(MOST.0), Some(MOST.1));
        limits.max_alloc = Some(KEPT);
        reader.limits(limits);
        pixels::print(reader.decode().map_err(|_| Unusable::Damaged)?)
    }

    /// Whether paper would show its dots: fewer than six to a millimetre (150 an inch).
    #[must_use]
    pub fn is_coarse(&self) -> bool {
        self.wide < MOST.0 / 2 && self.high < MOST.1 / 2
    }
}

/// Pictures are read one after the other: each may take what is left of a small machine.
static TURN: Semaphore = Semaphore::const_new(1);

/// Has a program read a picture and make it anew. A program that ends before it has answered has
/// met one that takes too much.
///
/// # Errors
/// When there is no such program.
pub async fn apart(program: &Path, bytes: &[u8]) -> Result<Result<Picture, Unusable>, Fault> {
    // Nobody closes it.
    let _turn = TURN.acquire().await.ok();
    let mut child = confined::start(program, &[child::COMMAND])?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let ask = async move {
        let (mut stdin, stdout) = (stdin?, stdout?);
        let mut said = Vec::new();
        let send = async move {
            let _broken = stdin.write_all(bytes).await;
        };
        // Twice as many letters as bytes, and what stands around them.
        let mut stdout = stdout.take(2 * LARGEST as u64 + 1_000);
        let (_, heard) = tokio::join!(send, stdout.read_to_end(&mut said));
        heard.ok()?;
        serde_json::from_slice(&said).ok()
    };
    let heard = tokio::time::timeout(LONGEST, ask).await;
    Ok(heard.ok().flatten().unwrap_or(Err(Unusable::TooHard)))
}
