//! The pages from outside the process: the release program on a seeded book, a load over
//! real connections, and what each page costs. CPU a request comes first; compare within a
//! run only, and see `docs/MEASURING.md` for how to read the table.
//!
//! ```sh
//! cargo bench --bench pages -- --book 50x2000
//! cargo bench --bench pages -- --postgres postgres://owner:…@127.0.0.1:5432/postgres
//! ```
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a benchmark may fail loudly, and fills its book past the chokepoint"
)]

mod beside;
mod book;
mod dialect;
mod load;
mod program;
mod relay;
mod seed;
mod visitor;

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;

use self::beside::Other;
use self::book::{Book, Shape};
use self::load::{Load, Page, Sample};
use self::program::Program;

#[derive(Parser)]
#[command(about = "What each page costs, measured from outside")]
struct Options {
    /// Stringers and orders of each, as `50x2000`.
    #[arg(long, default_value = "50x2000")]
    book: Shape,
    /// An owner's URL of a PostgreSQL server: the book is made in a database of its own there.
    #[arg(long)]
    postgres: Option<String>,
    /// A pooler in front of that server; the application goes through it.
    #[arg(long, requires = "postgres")]
    pooler: Option<String>,
    /// Another build of the program, in place of this one.
    #[arg(long)]
    server: Option<PathBuf>,
    /// A command that starts another server at `$PORT`, measured in turns with this one.
    #[arg(long, requires = "requests")]
    beside: Option<String>,
    /// Its requests: a file `PAGE.tsv` each (method, path, cookie, token, body).
    #[arg(long)]
    requests: Option<PathBuf>,
    /// Pages, all where none is named.
    #[arg(long, value_delimiter = ',')]
    pages: Vec<String>,
    /// Seconds of each run.
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// Runs of each page; the table has the middle one.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Connections at once.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Minutes of all pages mixed, with the memory at its highest and a minute after.
    #[arg(long, default_value_t = 0)]
    mixed: u64,
    /// As cargo calls a benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    // The client wants one, though it meets no encryption here.
    rustls::crypto::ring::default_provider().install_default().expect("the first");
    let folder = tempfile::tempdir().expect("a folder");
    let exe = options.server.clone().unwrap_or_else(|| env!("CARGO_BIN_EXE_rbo").into());
    let server = options.postgres.as_deref();
    let book = Book::make(&exe, folder.path(), options.book, server).await;
    let way = options.pooler.as_deref();
    let mut program = Program::start(&exe, folder.path(), &book.url_through(way), &book.url).await;
    println!("start {} ms, idle {} MB", program.started.as_millis(), program.memory() >> 20);
    let visitors = book.sign_in(&program.base).await;
    let pages = book.pages(&program.base, &visitors).await;
    let mut other = match (&options.beside, &options.requests) {
        (Some(command), Some(requests)) => Some(Other::start(command, requests).await),
        _ => None,
    };
    println!("{}", Sample::HEAD);
    for page in pages.iter().filter(|page| options.wants(page.name)) {
        measure(&options, page, &program, &book, other.as_ref()).await;
    }
    if options.mixed > 0 {
        mixed(&options, &pages, &program).await;
    }
    if let Some(other) = &mut other {
        other.program.stop().await;
    }
    program.stop().await;
    if options.postgres.is_some() {
        count(&options, &exe, folder.path(), &book).await;
    }
    book.drop_database().await;
}

impl Options {
    fn wants(&self, page: &str) -> bool {
        self.pages.is_empty() || self.pages.iter().any(|wanted| wanted == page)
    }

    fn load(&self) -> Load {
        Load { connections: self.connections, lasts: Duration::from_secs(self.seconds) }
    }
}

/// A page's runs, in turns with the other server's, and the middle ones of both.
async fn measure(
    options: &Options,
    page: &Page,
    program: &Program,
    book: &Book,
    other: Option<&Other>,
) {
    let beside = other.and_then(|other| Some((other, other.page(page.name)?)));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let warm = Load { lasts: Duration::from_secs(1), ..options.load() };
    warm.run(page, program, None).await;
    if let Some((other, page)) = &beside {
        warm.run(page, &other.program, None).await;
    }
    for _ in 0..options.runs {
        ours.push(options.load().run(page, program, book.server_process()).await);
        if let Some((other, page)) = &beside {
            theirs.push(options.load().run(page, &other.program, book.server_process()).await);
        }
    }
    println!("{}", Sample::middle(ours).line(page.name));
    if beside.is_some() {
        println!("{}", Sample::middle(theirs).line("  beside"));
    }
}

/// All pages at once for minutes: how much memory that takes, and how much it leaves.
async fn mixed(options: &Options, pages: &[Page], program: &Program) {
    let lasts = Duration::from_secs(60 * options.mixed);
    let load = Load { connections: options.connections, lasts };
    let all = Page::mixed(pages);
    let (sample, highest) = tokio::join!(load.run(&all, program, None), async {
        let mut highest = 0;
        let end = tokio::time::Instant::now() + lasts;
        while tokio::time::Instant::now() < end {
            highest = highest.max(program.memory());
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        highest
    });
    println!("{}", sample.line("mixed"));
    tokio::time::sleep(Duration::from_secs(60)).await;
    println!("highest {} MB, a minute after {} MB", highest >> 20, program.memory() >> 20);
}

/// What goes over the wire for each page, from a program of its own behind a relay.
async fn count(options: &Options, exe: &std::path::Path, folder: &std::path::Path, book: &Book) {
    let relay = relay::Relay::open(&book.url).await;
    let mut program = Program::start(exe, folder, &relay.url, &book.url).await;
    let visitors = book.sign_in(&program.base).await;
    println!("{:<14} {:>10} {:>11}", "page", "statements", "round trips");
    for page in book.pages(&program.base, &visitors).await {
        if !options.wants(page.name) {
            continue;
        }
        let counted = relay.count(&page, &program.base).await;
        println!("{:<14} {:>10.1} {:>11.1}", page.name, counted.statements, counted.round_trips);
    }
    program.stop().await;
}
