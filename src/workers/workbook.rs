//! Reads a workbook that nobody knows, in a process of its own: what it takes of memory and
//! time is taken from nobody else, and if it dies, it dies alone.

use std::path::Path;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Child;
use tokio_util::codec::{FramedRead, LinesCodec};

use crate::confined;
use crate::v1::child::{COMMAND, Line, TABLE};
use crate::v1::{Item, Refused};
use crate::values::Fault;

/// Longer than its own limit of computing: a machine may be busy.
const LONGEST: Duration = Duration::from_secs(120);

/// A row of a workbook has some forty texts of 32,767 letters at the most.
const LONGEST_LINE: usize = 8 << 20;

/// Has a program read a workbook, and tells what it holds. A program that ends before it has
/// said all has met a workbook that takes too much.
///
/// # Errors
/// When there is no such program.
pub async fn read(
    program: &Path,
    workbook: &[u8],
    is_table: bool,
    tell: impl FnMut(Item) + Send,
) -> Result<Result<(), Refused>, Fault> {
    let args = [COMMAND, TABLE];
    let mut child = confined::start(program, if is_table { &args } else { &args[..1] })?;
    let heard = tokio::time::timeout(LONGEST, listen(&mut child, workbook, tell)).await;
    Ok(heard.unwrap_or(Err(Refused::TooHard)))
}

async fn listen(
    child: &mut Child,
    workbook: &[u8],
    mut tell: impl FnMut(Item) + Send,
) -> Result<(), Refused> {
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Refused::TooHard);
    };
    // Whoever dies before it has read all says so by its silence.
    let send = async move {
        let _broken = stdin.write_all(workbook).await;
        drop(stdin);
    };
    let hear = async {
        let mut lines = FramedRead::new(stdout, LinesCodec::new_with_max_length(LONGEST_LINE));
        while let Some(line) = lines.next().await {
            let line = line.ok().and_then(|line| serde_json::from_str(&line).ok());
            match line.ok_or(Refused::TooHard)? {
                Line::Item(item) => tell(*item),
                Line::Refused(refused) => return Err(refused),
                Line::End => return Ok(()),
            }
        }
        Err(Refused::TooHard)
    };
    tokio::join!(send, hear).1
}
