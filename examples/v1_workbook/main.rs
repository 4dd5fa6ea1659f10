//! Writes a workbook of V1's shape: `cargo run --example v1_workbook -- sample.xlsx`. What is
//! in it is invented, and the same for the same seed; the numbers are those of the workbook
//! that V1 grew to (RULES 8).
#![expect(clippy::print_stderr, reason = "a program for the command line")]

mod book;
mod lists;
mod sheets;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use book::Book;

/// A sample of the old workbook.
#[derive(Debug, Parser)]
struct Options {
    /// Where it is written.
    #[arg(default_value = "stringing_orders.xlsx")]
    path: PathBuf,
    /// Another seed is another workbook.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Client orders, the artefact among them.
    #[arg(long, default_value_t = 329)]
    orders: u32,
    /// Jobs on the stringer's own rackets.
    #[arg(long, default_value_t = 416)]
    own: u32,
    /// Clients.
    #[arg(long, default_value_t = 47)]
    players: u32,
    /// As years of hands leave one: dates and numbers as texts, spaces that do not break, blank
    /// rows, notes below, other columns, a renamed sheet.
    #[arg(long)]
    messy: bool,
    /// With a `#N/A` in a row that has to be mended.
    #[arg(long)]
    broken: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let book = Book::generate(options.seed, options.orders, options.own, options.players);
    match sheets::write(&book, options.messy, options.broken)
        .and_then(|mut file| file.save(&options.path))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", options.path.display());
            ExitCode::FAILURE
        }
    }
}
