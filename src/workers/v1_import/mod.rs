//! Reads an upload, and takes it into the book: first for a report, then for good.

mod running;

use std::path::PathBuf;

use loco_rs::prelude::*;
use sea_orm_tenancy::Db;
use serde::{Deserialize, Serialize};

use super::{at_work, workbook};
use crate::models::Owed;
use crate::models::book::Whole;
use crate::models::book::reading;
use crate::models::stringers::Member;
use crate::models::v1_imports::{Asked, Brought, Held, ImportState, Job, LEASE, Report, Upload};
use crate::settings::Settings;
use crate::units::Sport;
use crate::v1::table::{self, Cells, Matching, guess};
use crate::v1::{Complaint, Item, Matter, OwnJob, OwnRacket, Refused};
use crate::web::AppError;

pub use running::{Progress, Running};

/// The worker.
pub struct V1Import {
    ctx: AppContext,
}

/// Which upload of whom.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct V1ImportArgs {
    /// The stringer.
    pub stringer_id: Uuid,
    /// The upload.
    pub import_id: Uuid,
}

impl From<Owed> for V1ImportArgs {
    fn from(owed: Owed) -> Self {
        Self { stringer_id: owed.stringer_id, import_id: owed.id }
    }
}

#[async_trait]
impl BackgroundWorker<V1ImportArgs> for V1Import {
    fn build(ctx: &AppContext) -> Self {
        Self { ctx: ctx.clone() }
    }

    async fn perform(&self, args: V1ImportArgs) -> Result<()> {
        run(&self.ctx, args).await.map_err(|error| Error::string(&format!("{error:?}")))
    }
}

impl V1Import {
    /// Nudges the queue, after the commit. What is owed stands in a row, and the sweeper reads
    /// it.
    pub async fn later(ctx: &AppContext, stringer_id: Uuid, import_id: Uuid) {
        let args = V1ImportArgs { stringer_id, import_id };
        if let Err(error) = Self::perform_later(ctx, args).await {
            tracing::warn!(%error, import = %import_id, "not nudged; the sweeper will find it");
        }
    }
}

/// Does what an upload owes: a dry run, or the real one.
///
/// # Errors
/// When the stringer or the upload is not there, or the database does not answer.
pub async fn run(ctx: &AppContext, args: V1ImportArgs) -> Result<(), AppError> {
    let running = ctx.shared_store.get::<Running>().unwrap_or_default();
    let Some(mut begun) = running.begin(args.import_id) else { return Ok(()) };
    loop {
        once(ctx, args, &running, &begun.progress).await?;
        if !begun.goes_on() {
            return Ok(());
        }
    }
}

async fn once(
    ctx: &AppContext,
    args: V1ImportArgs,
    running: &Running,
    progress: &Progress,
) -> Result<(), AppError> {
    let _turn = running.turn.acquire().await.map_err(AppError::internal)?;
    let (me, db) = at_work(ctx, args.stringer_id).await?;
    let upload = Upload::find(&db, args.import_id).await?;
    if !matches!(upload.state, ImportState::Uploaded | ImportState::Approved) {
        return Ok(());
    }
    let Some(file) = upload.take(&db).await? else { return Ok(()) };
    let program = Settings::from_context(ctx)?.reader().map_err(AppError::internal)?;
    let at = At { me, db, upload, program };
    tokio::select! {
        done = at.work(file, progress) => done,
        never = at.keep() => match never {},
    }
}

/// An upload that this process is at.
struct At {
    me: Member,
    db: Db,
    upload: Upload,
    program: PathBuf,
}

impl At {
    async fn work(&self, file: Vec<u8>, progress: &Progress) -> Result<(), AppError> {
        if let Some(asked) = self.upload.table().filter(|asked| asked.is_said) {
            let Some((cells, found)) = self.cells(&file, table::MOST + 2).await? else {
                return Ok(());
            };
            drop(file);
            let (jobs, complaints) = table::read(&cells, &asked.matching);
            let complaints = found.into_iter().chain(complaints).collect();
            let jobs = jobs.into_iter().map(Job::of_table).collect();
            return self.rows(Held { jobs, complaints }, progress).await;
        }
        if reading::is_document(&file) {
            return self.book(file, progress).await;
        }
        let mut reading = Reading::default();
        let read = workbook::read(&self.program, &file, false, |item| reading.take(item)).await;
        match read.map_err(AppError::internal)? {
            Err(Refused::Text) => self.ask(&file, Refused::Text).await,
            Err(refused) => self.refuse(refused).await,
            Ok(()) if reading.is_no_book() => self.ask(&file, Refused::Unknown).await,
            Ok(()) => {
                drop(file);
                self.rows(reading.held(), progress).await
            }
        }
    }

    /// A document needs no process of its own: its reader asks for a few times the memory that
    /// its text has, which is bounded, and never stops hard.
    async fn book(&self, file: Vec<u8>, progress: &Progress) -> Result<(), AppError> {
        let read = move || reading::read(&file).map(Whole::new);
        match tokio::task::spawn_blocking(read).await.map_err(AppError::internal)? {
            Err(refused) => self.refuse(refused).await,
            Ok(Err(complaints)) => {
                let held = Held { jobs: Vec::new(), complaints };
                self.run(Brought::Rows(held), progress).await
            }
            Ok(Ok(whole)) if whole.len() > table::MOST => self.refuse(Refused::BookTooLarge).await,
            Ok(Ok(whole)) => self.run(Brought::Book(Box::new(whole)), progress).await,
        }
    }

    async fn rows(&self, held: Held, progress: &Progress) -> Result<(), AppError> {
        if held.jobs.len() > table::MOST {
            return self.refuse(Refused::TooMuch).await;
        }
        self.run(Brought::Rows(held), progress).await
    }

    async fn run(&self, brought: Brought, progress: &Progress) -> Result<(), AppError> {
        Ok(self.upload.run(&self.db, &self.me, brought, progress).await?)
    }

    async fn refuse(&self, why: Refused) -> Result<(), AppError> {
        Ok(self.upload.refuse(&self.db, &Report::refused(why)).await?)
    }

    /// The first rows of a table of any shape, and what is wrong with it; `None` where it was
    /// refused.
    async fn cells(
        &self,
        file: &[u8],
        at_most: usize,
    ) -> Result<Option<(Vec<Cells>, Vec<Complaint>)>, AppError> {
        let (mut cells, mut complaints) = (Vec::new(), Vec::new());
        let tell = |item| match item {
            Item::Cells(row) if cells.len() < at_most => cells.push(row),
            Item::Complaint(complaint) if complaints.len() < at_most => complaints.push(complaint),
            _ => {}
        };
        let read = workbook::read(&self.program, file, true, tell).await;
        match read.map_err(AppError::internal)? {
            Ok(()) => Ok(Some((cells, complaints))),
            Err(refused) => {
                self.refuse(refused).await?;
                Ok(None)
            }
        }
    }

    /// What its columns hold is for its stringer to say; where it has none, it is refused.
    async fn ask(&self, file: &[u8], or: Refused) -> Result<(), AppError> {
        let Some((cells, _)) = self.cells(file, 4).await? else { return Ok(()) };
        let short = |cell: String| cell.chars().take(60).collect();
        let short = |row: Cells| row.cells.into_iter().map(short).collect();
        let rows: Vec<Vec<String>> = cells.into_iter().map(short).collect();
        let Some((heads, samples)) =
            rows.split_first().filter(|(heads, rows)| heads.len() > 1 && !rows.is_empty())
        else {
            return self.refuse(or).await;
        };
        let matching = Matching {
            columns: guess::by_names(heads),
            unit: self.me.tension_unit().into(),
            sport: Sport::Tennis,
            is_in_cents: false,
        };
        let (heads, samples) = (heads.clone(), samples.to_vec());
        let asked = Asked { heads, samples, matching, is_said: false };
        Ok(self.upload.ask(&self.db, &asked).await?)
    }

    /// Other processes leave it alone.
    async fn keep(&self) -> std::convert::Infallible {
        loop {
            tokio::time::sleep(LEASE / 3).await;
            if let Err(error) = self.upload.renew(&self.db).await {
                tracing::debug!(%error, "the lease of an upload was not renewed");
            }
        }
    }
}

/// What was heard of the reader so far.
#[derive(Default)]
struct Reading {
    held: Held,
    rackets: Vec<OwnRacket>,
    own: Vec<OwnJob>,
}

impl Reading {
    fn take(&mut self, item: Item) {
        match item {
            Item::Racket(racket) => self.rackets.push(racket),
            // One more than the most is refused.
            Item::Client(job) if self.held.jobs.len() <= table::MOST => {
                self.held.jobs.push(Job::of_client(job));
            }
            Item::Own(job) if self.own.len() <= table::MOST => self.own.push(job),
            Item::Complaint(complaint) if self.held.complaints.len() <= table::MOST => {
                self.held.complaints.push(complaint);
            }
            Item::Client(_) | Item::Own(_) | Item::Complaint(_) | Item::Cells(_) => {}
        }
    }

    /// No sheet has the columns of the old workbook: it is a table of another shape.
    fn is_no_book(&self) -> bool {
        let says = |what| self.held.complaints.iter().any(|complaint| complaint.what == what);
        self.held.jobs.is_empty()
            && self.own.is_empty()
            && says(Matter::NoClientSheet)
            && says(Matter::NoOwnSheet)
    }

    fn held(self) -> Held {
        let Self { mut held, rackets, own } = self;
        held.jobs.extend(own.into_iter().map(|job| Job::of_own(job, &rackets)));
        held
    }
}
