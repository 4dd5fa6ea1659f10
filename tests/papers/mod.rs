//! What is printed, as other programs read it: QPDF says whether it is a file as it must be, and
//! poppler what is written where, with which letters.

use std::path::{Path, PathBuf};
use std::process::Command;

use rbo::demo;
use rbo::i18n::Locale;
use rbo::models::receipt_emissions;
use rbo::receipts::{self, Snapshot};
use sea_orm::EntityTrait;

use crate::support::World;
use crate::support::harness::{Case, cases};

const PROGRAMS: [&str; 4] = ["qpdf", "pdfinfo", "pdffonts", "pdftotext"];

/// Whether the programs are there.
pub fn needs() -> Result<(), String> {
    let has = |program: &&str| Command::new(program).arg("--version").output().is_ok();
    match PROGRAMS.iter().all(has) {
        true => Ok(()),
        false => Err("needs qpdf, and pdftotext of poppler".to_owned()),
    }
}

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![
        each_receipt_is_an_archives_file_with_its_total_on_the_first_quadrant,
        names_of_each_script_can_be_copied_from_the_file,
        what_is_printed_in_one_go_is_a_file_as_well,
    ]
}

/// Points of an A4 page, and of its first quadrant.
const QUADRANT: [&str; 8] = ["-x", "0", "-y", "0", "-W", "297", "-H", "420"];

/// A file that other programs are asked about.
struct Paper {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Paper {
    fn of(pdf: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("paper.pdf");
        std::fs::write(&path, pdf).expect("written");
        Self { path, _folder: folder }
    }

    fn ask(&self, program: &str, arguments: &[&str]) -> String {
        let (file, out): (&Path, &[&str]) = (&self.path, &["-"]);
        let out = if program == "pdftotext" { out } else { &[] };
        let said = Command::new(program).args(arguments).arg(file).args(out).output();
        let said = said.expect("it runs");
        // Poppler 22 takes the "no" of a tagged file for a mistake, and says so beside its answer.
        let wrong = String::from_utf8_lossy(&said.stderr);
        let text = String::from_utf8_lossy(&said.stdout);
        assert!(said.status.success(), "{program}: {text}{wrong}");
        text.into_owned()
    }

    /// What holds for every file.
    fn is_sound(&self, pages: usize) {
        let said = self.ask("qpdf", &["--check"]);
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
        let said = self.ask("pdfinfo", &[]);
        assert_eq!(line(&said, "Pages"), pages.to_string());
        // All letters are in the file, only those that are used, and can be read back.
        let fonts = self.ask("pdffonts", &[]);
        let fonts: Vec<_> = fonts.lines().skip(2).collect();
        assert!(!fonts.is_empty());
        for font in fonts {
            // Name and kind may have spaces; behind them: embedded, subset, Unicode, the object.
            let words: Vec<_> = font.split_whitespace().rev().skip(2).take(3).collect();
            assert_eq!(words, ["yes", "yes", "yes"], "{font}");
        }
    }

    /// What is written on its first quadrant, a word at a time.
    fn quadrant(&self) -> Vec<String> {
        words(&self.ask("pdftotext", &QUADRANT))
    }
}

/// What a line of `pdfinfo` says.
fn line<'s>(said: &'s str, name: &str) -> &'s str {
    let mut lines = said.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(key, _)| *key == name).map_or("", |(_, value)| value.trim())
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// All receipts of the demo's world, as they were issued.
async fn issued(world: &World) -> Vec<(Snapshot, Vec<u8>)> {
    let mut all = Vec::new();
    for email in [demo::STEFAN, demo::MARCO] {
        let (_, db) = world.at_work(email).await;
        for emission in receipt_emissions::Entity::find().all(&db).await.unwrap() {
            let says = Snapshot::from_json(&emission.snapshot).expect("a snapshot");
            let pdf = receipt_emissions::Entity::pdf(&db, emission.snapshot).await.unwrap();
            all.push((says, pdf.expect("a page")));
        }
    }
    all
}

async fn each_receipt_is_an_archives_file_with_its_total_on_the_first_quadrant() {
    let world = World::demo().await;
    let all = issued(&world).await;
    assert!(all.len() > 20, "{}", all.len());
    for (says, pdf) in all {
        let paper = Paper::of(&pdf);
        paper.is_sound(1);
        let said = paper.ask("pdfinfo", &[]);
        assert_eq!(line(&said, "Title"), format!("{} {}", says.title, says.number));
        assert_eq!(line(&said, "Tagged"), "yes");
        assert_eq!(line(&said, "JavaScript"), "no");
        assert!(line(&said, "Page size").ends_with("(A4)"), "{said}");
        let meta = paper.ask("pdfinfo", &["-meta"]);
        for fact in ["pdfaid:part>2<", "pdfaid:conformance>A<"] {
            assert!(meta.contains(fact), "{meta}");
        }
        let on_top = paper.quadrant();
        let all = words(&paper.ask("pdftotext", &[]));
        for text in [&says.total, &says.client, &says.number] {
            let text = words(text);
            assert!(on_top.windows(text.len()).any(|some| some == text), "{text:?} of {on_top:?}");
        }
        assert!(all.len() > on_top.len() * 2, "{all:?}");
    }
}

async fn names_of_each_script_can_be_copied_from_the_file() {
    let world = World::demo().await;
    let (says, _) = issued(&world).await.swap_remove(0);
    for name in
        ["김철수", "李小龍", "山田さくら", "Дмитрий", "Ελένη", "Nguyễn", "Վարդան", "ნინო", "राम"]
    {
        let says = Snapshot { client: name.to_owned(), ..says.clone() };
        let paper = Paper::of(&receipts::render(says.to_json(), None).await.expect("a page"));
        paper.is_sound(1);
        let on_top = paper.quadrant();
        assert!(on_top.iter().any(|word| word == name), "{name} of {on_top:?}");
    }
}

async fn what_is_printed_in_one_go_is_a_file_as_well() {
    let world = World::demo().await;
    let all = issued(&world).await.into_iter().take(12);
    let all = all.map(|(says, pdf)| (says.number, pdf)).collect();
    let sheets = receipts::sheets(Locale::De, "Stefan", "Belege".to_owned(), all).await;
    Paper::of(&sheets.expect("a file")).is_sound(12);
    let mut stefan = world.stefan().await;
    let labels = stefan.get("/orders?state=open").await.sees(200);
    let order = labels.attribute("[data-hit]", "href").expect("an order");
    for shape in ["throat", "wide"] {
        let label = stefan.get(&format!("{order}/labels/{shape}.pdf")).await.sees(200);
        Paper::of(&label.bytes).is_sound(1);
    }
}
