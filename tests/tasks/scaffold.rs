//! What the scaffold writes is wired, and what is no resource is refused. That its
//! output compiles and passes its own tests was tried in a copy; it takes minutes.

use std::fs;
use std::path::Path;

use loco_rs::task::Vars;
use rbo::tasks::scaffold::{Resource, write};
use tempfile::TempDir;

/// The files that it writes into.
const INTO: [&str; 12] = [
    "migration/src/lib.rs",
    "src/app.rs",
    "src/models/_entities/mod.rs",
    "src/models/_entities/prelude.rs",
    "src/models/mod.rs",
    "src/forms/mod.rs",
    "src/views/mod.rs",
    "src/controllers/mod.rs",
    "assets/views/_bar.html",
    "assets/i18n/en/main.ftl",
    "assets/i18n/de/main.ftl",
    "tests/requests/mod.rs",
];

fn resource(args: &[(&str, &str)]) -> loco_rs::Result<Resource> {
    let args = args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Resource::from_args(&Vars::from_cli_args(args.collect()))
}

fn house() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let templates = fs::read_dir(".loco-templates/resource").expect("templates");
    let templates = templates.map(|entry| entry.expect("a template").path());
    for file in INTO.iter().map(|file| Path::new(file).to_owned()).chain(templates) {
        let copy = folder.path().join(&file);
        fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
        fs::copy(&file, copy).expect("a copy");
    }
    folder
}

#[test]
fn every_part_is_written_and_wired() {
    let house = house();
    let reminder = [("name", "reminder"), ("fields", "title:line! note:text due:date done:flag")];
    write(house.path(), &resource(&reminder).expect("a resource")).expect("written");
    for file in INTO {
        let text = fs::read_to_string(house.path().join(file)).expect(file);
        assert!(text.contains("reminders") || text.contains("reminder::"), "{file}");
    }
    for file in [
        "src/models/_entities/reminders.rs",
        "src/models/reminders.rs",
        "src/forms/reminder.rs",
        "src/views/reminders.rs",
        "src/controllers/reminders.rs",
        "assets/views/reminders/index.html",
        "assets/views/reminders/_list.html",
        "assets/views/reminders/form.html",
        "assets/views/reminders/show.html",
        "tests/requests/reminders.rs",
    ] {
        assert!(house.path().join(file).exists(), "{file}");
    }
    is_rust(house.path());
    let models = fs::read_to_string(house.path().join("src/models/mod.rs")).expect("models");
    let (_, books) = models.split_once("fn books()").expect("the tenants' own");
    let (books, _) = books.split_once("\n}").expect("its end");
    assert!(books.contains("reminders::policy(),"), "its policy is not the tenants'");
    let form = fs::read_to_string(house.path().join("src/forms/reminder.rs")).expect("a form");
    assert!(form.contains("errors.mark(\"title\", \"error-required\")"));
    assert!(!form.contains("errors.mark(\"note\""));
    let again = write(house.path(), &resource(&reminder).expect("a resource"));
    assert!(again.is_err(), "it stands already");
}

/// What was written, and what was written into, parses: an injection may land behind the
/// end of a statement.
fn is_rust(folder: &Path) {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|file| file.expect("a file"));
    for file in files.filter(|file| file.path().extension().is_some_and(|kind| kind == "rs")) {
        let code = fs::read_to_string(file.path()).expect("a file");
        if let Err(error) = syn::parse_file(&code) {
            panic!("{}: {error}", file.path().display());
        }
    }
}

#[test]
fn what_is_no_resource_is_refused() {
    for (name, fields) in [
        ("Reminder", "title:line!"),
        ("../reminder", "title:line!"),
        ("reminder", ""),
        ("reminder", "title"),
        ("reminder", "title:line"),
        ("reminder", "done:flag"),
        ("reminder", "title:line! price:float"),
    ] {
        assert!(resource(&[("name", name), ("fields", fields)]).is_err(), "{name} {fields}");
    }
}
