//! Texts: each key in both languages, each that is asked for there, and each asked for.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rbo::models::catalogue::Kind;
use rbo::models::catalogue_strings::Material;
use rbo::models::dsar_log::{RequestEvent, RequestKind};
use rbo::models::exports::{ExportKind, ExportState};
use rbo::models::failures::Work;
use rbo::models::invitations::InvitationState;
use rbo::models::notifications::NotificationKind;
use rbo::models::orders::{Filter, Payment, Prestretch, Sort, State, Step};
use rbo::models::purposes::ACTS;
use rbo::models::receipt_emissions::Cause;
use rbo::models::receipt_mails::Delivery;
use rbo::models::reels::{self, ReelKind};
use rbo::models::share_audit::ShareEvent;
use rbo::models::stringers::RestringBy;
use rbo::models::taxes::TaxRegime;
use rbo::models::v1_import_names::NameKind;
use rbo::models::v1_imports::ImportState;
use rbo::units::{Currency, Sport};
use rbo::v1::table::Holds;
use rbo::v1::{Matter, Refused};
use rbo::values::Vocabulary as _;
use rbo::views::reports::TABLES;

fn keys(locale: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(format!("assets/i18n/{locale}/main.ftl")).expect("a locale file");
    text.lines()
        .filter(|line| !line.starts_with([' ', '#', '}']))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect()
}

/// Keys that are put together from a word of a few, as `"do-" ~ step`.
/// Pages that the admins' menu leads to.
const ADMIN_PAGES: [&str; 10] = [
    "invitations",
    "stringers",
    "catalogue",
    "feeds",
    "persons",
    "privacy",
    "finalisation",
    "jobs",
    "refusals",
    "audit",
];

fn built() -> BTreeSet<String> {
    let with = |prefix: &str, words: Vec<&str>| {
        words.into_iter().map(|word| format!("{prefix}{word}")).collect::<Vec<_>>()
    };
    let steps = || Step::codes();
    let taken = || steps().into_iter().filter(|step| *step != "ordered").collect::<Vec<_>>();
    let taxed = || {
        let regimes = TaxRegime::ALL.iter().filter(|regime| regime.has_rates());
        regimes.map(|regime| regime.code()).collect::<Vec<_>>()
    };
    [
        with("sport-", Sport::codes()),
        with("filter-", Filter::codes()),
        with("list-sort-", Sort::codes()),
        with("payment-", Payment::codes()),
        with("tax-regime-", TaxRegime::codes()),
        with("tax-name-", taxed()),
        with("prestretch-by-", Prestretch::codes()),
        with("milestone-", steps()),
        // Nobody takes the first step by itself: an order is made with it.
        with("do-", taken()),
        with("done-", steps()),
        with("undo-", steps()),
        with("state-", State::codes()),
        with("cause-", Cause::codes()),
        with("paying-iban-", Currency::codes()),
        with("receipt-mail-", [Delivery::codes(), vec!["put_off"]].concat()),
        with("receipt-mail-not-", vec!["server", "address", "wanted"]),
        with("restring-by-", RestringBy::codes()),
        with("invitation-state-", InvitationState::codes()),
        with("import-state-", ImportState::codes()),
        with("import-state-", vec!["fail"]),
        with("news-", NotificationKind::codes()),
        with("report-table-", TABLES.to_vec()),
        with("import-kind-", NameKind::codes()),
        with("import-running-", vec!["uploaded", "approved"]),
        with("import-was-", vec!["cancelled", "failed"]),
        with("matter-", Matter::codes()),
        with("column-", Holds::codes()),
        with("export-kind-", ExportKind::codes()),
        with("export-what-", ExportKind::codes()),
        with("export-state-", ExportState::codes()),
        with("refused-", Refused::codes()),
        with("catalogue-", Kind::codes()),
        with("catalogue-new-", Kind::codes()),
        with("catalogue-search-", Kind::codes()),
        with("material-", Material::codes()),
        with("reel-kind-", ReelKind::codes()),
        ["has", "of", "amount"]
            .map(|what| with(&format!("reel-{what}-"), vec!["reel", "set", "set-one"]))
            .concat(),
        with("reel-price-", ReelKind::codes()),
        with("", reels::BedSide::codes()),
        with(
            "report-",
            vec!["month", "jobs", "own", "earned", "received", "string-cost", "margin"],
        ),
        with("mine-event-", ShareEvent::codes()),
        with("share-log-", ShareEvent::codes()),
        with("share-by-", vec!["me", "them", "client", "admin"]),
        with("feed-is-", vec!["new", "same", "renews", "kept"]),
        with("feed-take-", vec!["new", "same", "renews", "kept"]),
        with("admin-", ADMIN_PAGES.to_vec()),
        with("person-is-", vec!["joined", "erased", "final"]),
        with("request-", RequestKind::codes()),
        with("request-event-", RequestEvent::codes()),
        with("mine-ask-", RequestKind::codes()),
        RequestKind::codes().into_iter().map(|kind| format!("mine-ask-{kind}-what")).collect(),
        with("work-", Work::codes()),
        with("act-", ACTS.iter().map(|act| act.name).collect()),
        with("audit-", vec!["at", "admin", "act", "reason", "request", "outcome"]),
    ]
    .concat()
    .into_iter()
    .collect()
}

/// Families whose last part is a kind of link, of mail or of failure.
const FAMILIES: [&str; 3] = ["link-", "mail-", "problem-"];

/// Every word in quotes that could be a key.
fn quoted(text: &str) -> BTreeSet<String> {
    let could_be = |word: &&str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
    };
    text.split('"').filter(could_be).map(str::to_owned).collect()
}

/// The keys that templates and code name outright: `t(key="…")`, `.t("…")`.
fn named(text: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for opening in ["t(key=\"", ".t(\"", " t(\""] {
        for rest in text.split(opening).skip(1) {
            let Some((key, after)) = rest.split_once('"') else { continue };
            let is_whole = !after.trim_start().starts_with('~');
            if is_whole && !key.contains(['{', ' ']) {
                named.insert(key.to_owned());
            }
        }
    }
    named
}

#[test]
fn both_languages_have_the_same_texts() {
    assert_eq!(keys("en"), keys("de"));
}

#[test]
fn every_text_that_is_asked_for_is_there() {
    let (sources, keys) = (sources(), keys("en"));
    let wanted: BTreeSet<_> = named(&sources).union(&built()).cloned().collect();
    assert!(wanted.len() > 250, "{}", wanted.len());
    let missing: Vec<_> = wanted.difference(&keys).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_text_is_used() {
    let sources = sources();
    let used: BTreeSet<_> = quoted(&sources).union(&built()).cloned().collect();
    let unused: Vec<_> = keys("en")
        .into_iter()
        .filter(|key| !used.contains(key))
        .filter(|key| !FAMILIES.iter().any(|family| key.starts_with(family)))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

fn sources() -> String {
    let mut sources = String::new();
    read(Path::new("assets/views"), &mut sources);
    read(Path::new("src"), &mut sources);
    sources
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
