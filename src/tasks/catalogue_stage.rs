//! Stages a feed of the catalogue for the admins.

use std::path::Path;

use loco_rs::prelude::*;
use sea_orm_tenancy::Scope;

use crate::database;
use crate::forms::feed::{self, Faulty, FeedMapping, FeedRows};
use crate::i18n::Locale;
use crate::models::catalogue::Kind;
use crate::models::catalogue_imports::{self, Staged};
use crate::models::purposes::STAGE_FEED;
use crate::values::{Vocabulary as _, typed};

/// `rbo task catalogue_stage kind:rackets source:club-list sport:tennis file:rackets.csv
/// map:"manufacturer=brand,model=name" dry_run:true`: reads a CSV, or a JSON array of objects, and
/// compares it with what everybody has. Without `dry_run` its rows wait for the admins afterwards;
/// what it has said before is not asked about again.
pub struct CatalogueStage;

/// Of so many rows that cannot be taken each is told.
const TOLD: usize = 20;

/// No feed is larger, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

#[async_trait]
impl Task for CatalogueStage {
    fn task(&self) -> TaskInfo {
        TaskInfo {
            name: "catalogue_stage".to_owned(),
            detail: "Stage a feed (kind:rackets|strings source:NAME file:PATH [sport:SPORT] \
                     [map:FIELD=COLUMN,...] [dry_run:true])"
                .to_owned(),
        }
    }

    async fn run(&self, ctx: &AppContext, vars: &task::Vars) -> Result<()> {
        let asked = Asked::read(vars)?;
        let bytes = asked.bytes().await?;
        let read = feed::read(&bytes, asked.kind, &asked.sport, &asked.mapping);
        let FeedRows { rows, faulty } = read.map_err(|error| said(&error.to_string()))?;
        database::open_once(ctx).await?;
        let db = database::scoped_db(ctx, Scope::System(&STAGE_FEED))?;
        let staged = catalogue_imports::stage(&db, &asked.source, rows, asked.is_dry).await?;
        tell(&asked, &staged, &faulty);
        Ok(())
    }
}

fn said(text: &str) -> Error {
    Error::string(text)
}

/// What is to be staged, and how it is read.
struct Asked {
    kind: Kind,
    source: String,
    sport: String,
    file: String,
    mapping: FeedMapping,
    is_dry: bool,
}

impl Asked {
    fn read(vars: &task::Vars) -> Result<Self> {
        let other = |name: &str| vars.cli_arg(name).unwrap_or_default();
        let kind = Kind::from_code(vars.cli_arg("kind")?);
        let source = typed::line(vars.cli_arg("source")?);
        if source.is_empty() || source.chars().count() > typed::LINE {
            return Err(said("source: is the feed's name, of up to 120 letters"));
        }
        let is_dry = match other("dry_run") {
            "" | "false" => false,
            "true" => true,
            _ => return Err(said("dry_run: is true or false")),
        };
        Ok(Self {
            kind: kind.ok_or_else(|| said("kind: is rackets or strings"))?,
            source,
            sport: other("sport").to_owned(),
            file: vars.cli_arg("file")?.to_owned(),
            mapping: FeedMapping::parse(other("map")).map_err(|error| said(&error.to_string()))?,
            is_dry,
        })
    }

    async fn bytes(&self) -> Result<Vec<u8>> {
        let path = Path::new(&self.file);
        let cannot = |error: std::io::Error| said(&format!("{}: {error}", self.file));
        if tokio::fs::metadata(path).await.map_err(cannot)?.len() > LARGEST {
            return Err(said("The file has more than 64 MiB"));
        }
        tokio::fs::read(path).await.map_err(cannot)
    }
}

fn tell(asked: &Asked, staged: &Staged, faulty: &[Faulty]) {
    for Faulty { row, field, error } in faulty.iter().take(TOLD) {
        println!("row {row}, {field}: {}", Locale::En.t(error));
    }
    if faulty.len() > TOLD {
        println!("and {} rows more that cannot be taken", faulty.len() - TOLD);
    }
    let Staged { staged: rows, new, same, renews, kept, known, twice, superseded } = staged;
    let did = if asked.is_dry { "Dry run; would stage" } else { "Staged" };
    println!("{did} {rows} {} of {:?}:", asked.kind.code(), asked.source);
    println!("  {new} new, {same} that everybody has, {renews} said anew by the feed,");
    println!("  {kept} that a person has said otherwise, which stay as they are.");
    println!("  {known} said before, {twice} twice in the feed, {} not taken.", faulty.len());
    println!("  {superseded} of earlier times wait no longer.");
}
