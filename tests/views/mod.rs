//! Texts: each key in both languages, and each used.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn keys(locale: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(format!("assets/i18n/{locale}/main.ftl")).expect("a locale file");
    text.lines()
        .filter(|line| !line.starts_with([' ', '#', '}']))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect()
}

#[test]
fn both_languages_have_the_same_texts() {
    assert_eq!(keys("en"), keys("de"));
}

#[test]
fn every_text_is_used() {
    let mut sources = String::new();
    read(Path::new("assets/views"), &mut sources);
    read(Path::new("src"), &mut sources);
    // Keys that are put together: `"state-" ~ job.state`, `format!("done-{}")`.
    let built = [
        "sport-",
        "do-",
        "done-",
        "undo-",
        "knot-",
        "state-",
        "filter-",
        "cause-",
        "problem-",
        "tax-",
        "step-",
        "price-",
        "link-",
        "mail-",
        "invitation-state-",
        "restring-by-",
        "list-sort-",
        "payment-",
        "prestretch-by-",
    ];
    let unused: Vec<_> = keys("en")
        .into_iter()
        .filter(|key| !sources.contains(&format!("\"{key}\"")))
        .filter(|key| !built.iter().any(|prefix| key.starts_with(prefix)))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

fn read(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, into);
        } else if let Ok(text) = fs::read_to_string(&path) {
            into.push_str(&text);
        }
    }
}
