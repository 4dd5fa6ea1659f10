//! Receipts a second on one core, the first one after a start and those that follow, and what the
//! process holds before and after ten thousand of them; beside WeasyPrint with the same texts on
//! the same page, where a Python that has it is named.
//!
//! `RBO_WEASYPRINT=/path/to/python cargo bench --bench receipts [-- 10000]`
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark may fail loudly, and says what it measured"
)]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rbo::receipts::{self, Line, Snapshot, Strung};

/// The server's.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

const MANY: usize = 10_000;
/// So many of the other's: it takes fifty times as long.
const FEW: usize = 200;

fn main() {
    let many = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(MANY);
    // What is set is set on one thread of its own, one after the other.
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.max_blocking_threads(1).build().expect("a runtime");
    let before = memory("VmRSS");
    let (first, pdf) = timed(|| runtime.block_on(render(0, None)));
    println!("first            {:8.1} ms, {} bytes", millis(first), pdf.len());
    let logo: &[u8] = include_bytes!("../../tests/fixtures/logo.png");
    let names = ["金 김철수", "山田 さくら", "สมชาย"].map(str::to_owned);
    for (what, count, logo) in [("plain", many, None), ("with a logo", many / 10, Some(logo))] {
        let mut times = Vec::with_capacity(count);
        let started = cpu();
        for nth in 1..=count {
            let (time, _) = timed(|| runtime.block_on(render(nth, logo.map(<[u8]>::to_vec))));
            times.push(time);
        }
        say(what, times, cpu() - started);
        println!(
            "memory           {before} MB before, {} MB after, {} MB at the most",
            memory("VmRSS"),
            memory("VmHWM")
        );
    }
    for name in names {
        let mut says = snapshot(1);
        says.client = name.clone();
        let says = says.to_json();
        let (first, _) = timed(|| runtime.block_on(receipts::render(says.clone(), None)));
        let (next, _) = timed(|| runtime.block_on(receipts::render(says, None)));
        println!("{name}: {:.1} ms, then {:.1} ms", millis(first), millis(next));
    }
    match std::env::var_os("RBO_WEASYPRINT") {
        Some(python) => beside(&python),
        None => println!("WeasyPrint was not measured: RBO_WEASYPRINT names no Python"),
    }
}

async fn render(nth: usize, logo: Option<Vec<u8>>) -> Vec<u8> {
    let mut says = snapshot(nth);
    says.logo = logo.as_ref().map(|_| "of it".to_owned());
    receipts::render(says.to_json(), logo).await.expect("a page")
}

fn beside(python: &std::ffi::OsStr) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/receipts/weasyprint_side.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .spawn()
        .expect("a Python that has WeasyPrint");
    let mut stdin = child.stdin.take().expect("a pipe");
    for nth in 0..=FEW {
        writeln!(stdin, "{}", snapshot(nth).to_json()).expect("it reads");
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

fn snapshot(nth: usize) -> Snapshot {
    let line = |label: &str, value: &str| Line { label: label.into(), value: value.into() };
    let side = |label: &str, tension: &str, string: &str| Strung {
        label: label.into(),
        tension: Some(tension.into()),
        string: format!("{string} {}", nth % 300),
    };
    let total = format!("{}.50", 30 + nth % 40);
    Snapshot {
        template: Snapshot::TEMPLATE,
        day: chrono::NaiveDate::from_ymd_opt(2026, 11, 23),
        number: format!("2026-{nth:04}"),
        title: "Receipt".into(),
        stringer: format!("Rossi Stringing {}", nth % 50),
        client_label: "For".into(),
        client: format!("Ada Novak {nth}"),
        racket: format!("Northline Model {} (16x19)", nth % 200),
        strung_label: "Strung".into(),
        strung: "23 November 2026".into(),
        total: format!("CHF {total}"),
        paid_label: format!("open CHF {total}"),
        setup_title: "Stringing".into(),
        mains: side("Mains", "23.5 kg", "Courtex String"),
        crosses: side("Crosses", "22.5 kg", "Altiva String"),
        details: vec![
            line("Method", "two-piece"),
            line("DT before", "31"),
            line("DT after", "38 (ERT 300)"),
            line("Strung before", "12 May 2026, 27 weeks ago"),
        ],
        price_title: "Price".into(),
        prices: vec![
            line("Labour", "25.00"),
            line("String, mains", "14.00"),
            line("String, crosses", "12.00"),
            line("Discount", "−2.50"),
        ],
        total_label: "Total CHF".into(),
        total_amount: total,
        taxes: vec![line("incl. 8.1 % VAT", "3.63")],
        business_title: format!("Rossi Stringing {}", nth % 50),
        business: vec![
            format!("Via dello Sport {nth}"),
            format!("00{} Town", nth % 900 + 100),
            "+41 44 123 45 67".into(),
        ],
        thanks: Some("Thank you for your order, and good play!".into()),
        comment: Some("Please bring it again before the season begins.".into()),
        tax_note: "VAT no. CHE-109.322.551 MWST".into(),
        ..Snapshot::default()
    }
}

fn timed<T>(run: impl FnOnce() -> T) -> (Duration, T) {
    let began = Instant::now();
    let done = run();
    (began.elapsed(), done)
}

fn say(what: &str, mut times: Vec<Duration>, cpu: f64) {
    times.sort_unstable();
    let (count, sum) = (times.len(), times.iter().sum::<Duration>().as_secs_f64());
    println!(
        "{what:<16} {:8.1} a second, {:.2} ms of CPU, p50 {:.2} ms, p99 {:.2} ms",
        count as f64 / sum,
        cpu * 1_000.0 / count as f64,
        millis(times[count / 2]),
        millis(times[count * 99 / 100])
    );
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Seconds of computing of this process, all threads together: the clock of Linux ticks a hundred
/// times a second.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields = stat.rsplit(')').next().expect("behind the name").split_whitespace();
    fields.skip(11).take(2).map(|ticks| ticks.parse::<f64>().expect("ticks") / 100.0).sum()
}

/// Megabytes of a line of `/proc/self/status`.
fn memory(of: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with(of)).expect("a line");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).expect("kB") / 1024
}
