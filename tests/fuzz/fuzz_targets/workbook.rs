//! Bytes of no workbook at all, and workbooks with a few bytes changed inside of their parts.
//!
//! What the reader of the format itself does with them (it may end the process, or ask for more
//! memory than there is) is why it runs in a process of its own; what is told of a file must be
//! told again from the line that it travels in.

#![no_main]
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    reason = "the leaf alone, without its users"
)]

use std::io::{Cursor, Read as _, Write as _};

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

#[path = "../../../src/units/mod.rs"]
mod units;
#[path = "../../../src/v1/mod.rs"]
mod v1;
#[path = "../../../src/values/mod.rs"]
mod values;

/// Less than a process has, so that a run is not spent on unpacking.
const LIMITS: v1::Limits = v1::Limits { parts: 200, unpacked: 8 << 20 };

fuzz_target!(|bytes: &[u8]| {
    let mut tell = |item: v1::Item| {
        let line = serde_json::to_string(&item).expect("an item is a line");
        assert!(!line.contains('\n'), "one line each");
        let again: v1::Item = serde_json::from_str(&line).expect("a line is an item");
        assert_eq!(again, item, "the same on the other side");
    };
    let _ = v1::read(bytes, LIMITS, &mut tell);
    let mut rows = Vec::new();
    let mut keep = |item: v1::Item| {
        if let v1::Item::Cells(cells) = &item {
            rows.push(cells.clone());
        }
        tell(item);
    };
    let _ = v1::table::cells(bytes, LIMITS, &mut keep);
    // What a table says is made out in the server itself: nothing there may panic.
    if let Some(heads) = rows.first() {
        let columns = v1::table::guess::by_names(&heads.cells);
        for (unit, is_in_cents) in [
            (v1::table::Unit::All(units::TensionUnit::Lb), true),
            (v1::table::Unit::PoundsAbove(35), false),
        ] {
            let columns = columns.clone();
            let sport = units::Sport::Tennis;
            let matching = v1::table::Matching { columns, unit, sport, is_in_cents };
            let (jobs, _) = v1::table::read(&rows, &matching);
            assert!(jobs.len() <= v1::table::MOST, "bounded, whatever a cell counts");
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let changed = (seed % 8 != 0).then(|| inside(&data[..size], max_size, seed / 8)).flatten();
    match changed {
        Some(bytes) => {
            data[..bytes.len()].copy_from_slice(&bytes);
            bytes.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
});

/// Changes one part of an archive, which random bytes would only break.
fn inside(bytes: &[u8], most: usize, seed: u32) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = usize::try_from(seed).ok()?.checked_rem(archive.len())?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for at in 0..archive.len() {
        let part = archive.by_index(at).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut content = Vec::new();
        part.take(LIMITS.unpacked).read_to_end(&mut content).ok()?;
        if at == chosen {
            let size = content.len();
            content.resize(size + 256, 0);
            let size = fuzzer_mutate(&mut content, size, size + 256);
            content.truncate(size);
        }
        let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(name, packed).ok()?;
        zip.write_all(&content).ok()?;
    }
    let bytes = zip.finish().ok()?.into_inner();
    (bytes.len() <= most).then_some(bytes)
}
