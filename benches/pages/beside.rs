//! Another server, in turns with this one: started by a command, asked what its files say.

use std::fs;
use std::path::Path;

use tokio::process::Command;

use super::load::{Ask, Page};
use super::program::Program;

pub struct Other {
    pub program: Program,
    pages: Vec<Page>,
}

impl Other {
    pub async fn start(command: &str, requests: &Path) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("exec {command}")]);
        let files = fs::read_dir(requests).expect("a folder of requests").flatten();
        let files = files.map(|file| file.path());
        let pages = files.filter(|file| file.extension().is_some_and(|end| end == "tsv"));
        let pages = pages.map(|file| page(&file)).collect();
        Self { program: Program::answering(shell, "/healthz").await, pages }
    }

    /// Its page of this name, if it has one.
    pub fn page(&self, name: &str) -> Option<Page> {
        self.pages.iter().find(|page| page.name == name).cloned()
    }
}

/// A file's lines, over and over.
fn page(file: &Path) -> Page {
    let name = file.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
    let text = fs::read_to_string(file).expect("requests");
    let asks: Vec<Ask> = text.lines().map(line).collect();
    assert!(!asks.is_empty(), "{} is empty", file.display());
    Page::new(name.leak(), move |at| asks[at % asks.len()].clone())
}

fn line(line: &str) -> Ask {
    let mut fields = line.split('\t').map(str::to_owned);
    let mut next = || fields.next().unwrap_or_default();
    let method = if next() == "POST" { "POST" } else { "GET" };
    Ask { method, path: next(), cookie: next(), token: next(), body: next() }
}
