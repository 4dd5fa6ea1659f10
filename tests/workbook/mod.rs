//! The sample comes in, and another program says whether all of it is there.

use std::path::Path;
use std::process::Command;

use rbo::demo;

use crate::support::World;
use crate::support::harness::{Case, cases};
use crate::support::sample::{settled, seven_years, written};

/// Whether there is a Python with openpyxl.
pub fn needs() -> Result<(), String> {
    let has = Command::new(python()).args(["-c", "import openpyxl"]).output();
    match has {
        Ok(output) if output.status.success() => Ok(()),
        _ => Err("needs a Python with openpyxl; RBO_TEST_PYTHON names it".to_owned()),
    }
}

fn python() -> String {
    std::env::var("RBO_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![each_cell_of_the_workbook_is_in_the_book]
}

async fn each_cell_of_the_workbook_is_in_the_book() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let file = written(&seven_years(), false, false);
    let path = stefan.upload("/imports", "stringing_orders.xlsx", &file).await.sees(303).location();
    settled(&db, &path).await;
    stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    stefan.post("/exports", &[("kind", "json")]).await.sees(303);
    let mut link = None;
    while link.is_none() {
        let page = stefan.get("/exports").await.sees(200);
        link = page.attribute("#exports a", "href");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let link = link.expect("a link");
    let json = stefan.get(&link).await.sees(200).bytes;
    let folder = tempfile::tempdir().expect("a folder");
    let kept = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    };
    let (workbook, book) = (kept("book.xlsx", &file), kept("book.json", &json));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbook/compare.py");
    let said = Command::new(python()).arg(script).args([workbook, book]).output().expect("Python");
    let (said, wrong) =
        (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.contains(" cells compared, 0 different"), "{said}{wrong}");
    let cells: usize = said.split(' ').next().and_then(|n| n.parse().ok()).expect("a number");
    // Fields of each client order and of each own job; the list of rackets comes on top.
    assert!(cells > 328 * 22 + 416 * 14, "{said}");
}
