//! The whole way from the rows of a file into the book, in one transaction: rolled back after a
//! dry run, committed when it was approved.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike as _, NaiveDate};
use sea_orm::DbErr;
use sea_orm::prelude::Uuid;
use sea_orm_tenancy::Txn;

use super::finding::Finding;
use super::job::{Job, tell_twins_apart};
use super::pace::{Growing, at_once};
use super::reckoning::Reckoning;
use super::report::{Numbers, Odd, Report};
use super::{Choices, Watch, changes, spellings, whole};
use crate::models::book::Whole;
use crate::models::orders::migrate::{Migrated, steps};
use crate::models::orders::{self, Step, StepRefused};
use crate::models::stringers::Member;
use crate::models::v1_import_rows::{self, Taken};
use crate::models::{ModelResult, order_state_audit, receipt_counters};
use crate::v1::Complaint;

/// What a file holds: orders row by row, or a complete book.
#[derive(Debug)]
pub enum Brought {
    /// Of a workbook, or of a table.
    Rows(Held),
    /// Of a document that a book was taken along in.
    Book(Box<Whole>),
}

/// What a file of rows holds.
#[derive(Debug, Default)]
pub struct Held {
    /// Orders of clients and the stringer's own jobs.
    pub jobs: Vec<Job>,
    /// What is wrong, and what is worth knowing.
    pub complaints: Vec<Complaint>,
}

/// Rows that are new, and those that say something else now.
struct Sorted {
    new: Vec<Job>,
    changed: Vec<(Job, Uuid)>,
}

/// Takes a file over; `None` where whoever watches has called it off.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn take(
    txn: &Txn,
    me: &Member,
    import: Uuid,
    brought: Brought,
    choices: &Choices,
    watch: &dyn Watch,
) -> ModelResult<Option<Report>> {
    match brought {
        Brought::Rows(held) => take_rows(txn, me, import, held, choices, watch).await,
        Brought::Book(whole) => whole::take(txn, me, import, *whole, watch).await,
    }
}

async fn take_rows(
    txn: &Txn,
    me: &Member,
    import: Uuid,
    held: Held,
    choices: &Choices,
    watch: &dyn Watch,
) -> ModelResult<Option<Report>> {
    let Held { mut jobs, mut complaints } = held;
    tell_twins_apart(&mut jobs);
    let mut report = Report::default();
    let choices = &still_open(txn, choices).await?;
    let jobs = brought_back(txn, jobs, &mut report).await?;
    let taken = v1_import_rows::Entity::taken(txn).await?;
    let (usual, unnamed) = (spellings::usual(&jobs), me.locale().t("import-no-racket"));
    let mut finding = Finding::open(txn, choices.joined(), usual, unnamed).await?;
    report.groups = spellings::groups(&jobs, choices, &finding).into_iter().collect();
    let mut reckoning = Reckoning::default();
    for job in &jobs {
        let is_new = !taken.contains_key(&job.external_ref);
        reckoning.expect(job, is_new || choices.takes(&job.external_ref));
    }
    report.odd = jobs.iter().flat_map(|job| oddities(job, me)).collect();
    let Sorted { mut new, changed } = sorted(jobs, &taken, &mut report);
    new.sort_by_key(|job| (job.dates.ordered.or(job.dates.strung), job.dates.strung));
    let numbers = number(txn, &new, &mut report).await?;
    let rows = new.into_iter().zip(numbers).collect();
    if !write_all(txn, me, import, &mut finding, rows, watch).await? {
        return Ok(None);
    }
    report.changes =
        changes::take(txn, me, import, &mut finding, changed, choices, &mut complaints).await?;
    let (new_clients, known_clients) = finding.close().await?;
    report.new_clients = new_clients;
    report.known_clients = known_clients.into_iter().collect();
    report.faults = complaints.iter().filter(|complaint| complaint.what.fails()).count();
    report.complaints = complaints.into_iter().collect();
    reckoning.reckon(txn, &mut report).await?;
    Ok(Some(report))
}

/// What was called off here stays so, whatever another book says.
async fn still_open(txn: &Txn, choices: &Choices) -> ModelResult<Choices> {
    let mut choices = choices.clone();
    if !choices.taken.is_empty() {
        for number in orders::Entity::called_off(txn, &choices.taken).await? {
            choices.taken.remove(&number);
        }
    }
    Ok(choices)
}

/// Leaves out what was entered here, taken along, and comes back by its own key.
async fn brought_back(txn: &Txn, jobs: Vec<Job>, report: &mut Report) -> ModelResult<Vec<Job>> {
    if jobs.iter().all(|job| job.own_key().is_none()) {
        return Ok(jobs);
    }
    let here = orders::Entity::keys(txn).await?;
    let (back, others): (Vec<Job>, Vec<Job>) =
        jobs.into_iter().partition(|job| job.own_key().is_some_and(|key| here.contains(&key)));
    for job in back {
        let count = if job.player.is_some() { &mut report.clients } else { &mut report.own };
        (count.file, count.book, count.known) = (count.file + 1, count.book + 1, count.known + 1);
    }
    Ok(others)
}

/// Which rows are new, which are known, and which say something else than they did.
fn sorted(jobs: Vec<Job>, taken: &HashMap<String, Taken>, report: &mut Report) -> Sorted {
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for job in jobs {
        let count = if job.player.is_some() { &mut report.clients } else { &mut report.own };
        count.file += 1;
        match taken.get(&job.external_ref) {
            None if job.is_whole() => {
                count.new += 1;
                new.push(job);
            }
            // What is missing was said; the difference makes it fail.
            None => {}
            Some(known) if known.digest == job.digest => count.known += 1,
            Some(known) => {
                count.changed += 1;
                let order = known.order;
                changed.push((job, order));
            }
        }
    }
    Sorted { new, changed }
}

/// Dates that no step of this book would leave so.
fn oddities<'j>(job: &'j Job, me: &Member) -> impl Iterator<Item = Odd> + use<'j> {
    let today = me.today();
    let dates = job.dates;
    let days = [dates.ordered, dates.strung, dates.returned, dates.paid];
    let is_future = days.into_iter().flatten().any(|day| day > today);
    let future = is_future.then_some(StepRefused::Future);
    dates.faults().chain(future).map(|fault| Odd {
        row: job.row,
        external_ref: job.external_ref.clone(),
        key: fault.key().to_owned(),
    })
}

/// Gives receipt numbers to what was strung for clients, each year's in the order of its days,
/// behind those that are taken.
async fn number(txn: &Txn, jobs: &[Job], report: &mut Report) -> ModelResult<Vec<Option<String>>> {
    let mut years: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for (at, job) in jobs.iter().enumerate() {
        if let (Some(strung), Some(_)) = (job.dates.strung, &job.player) {
            years.entry(strung.year()).or_default().push(at);
        }
    }
    let mut numbers = vec![None; jobs.len()];
    for (year, mut of_year) in years {
        of_year.sort_by_key(|at| jobs[*at].dates.strung);
        let count = of_year.len();
        let many = i64::try_from(count).unwrap_or(i64::MAX);
        let taken = receipt_counters::Entity::take_many(txn, year, many).await?;
        for (at, number) in of_year.iter().zip(taken) {
            numbers[*at] = Some(number);
        }
        let of = |at: Option<&usize>| at.and_then(|at| numbers[*at].clone()).unwrap_or_default();
        let (first, last) = (of(of_year.first()), of(of_year.last()));
        report.numbers.push(Numbers { year, first, last, count });
    }
    Ok(numbers)
}

/// Writes what is new, some orders at a time; `false` where whoever watches has called it off.
async fn write_all(
    txn: &Txn,
    me: &Member,
    import: Uuid,
    finding: &mut Finding<'_>,
    rows: Vec<(Job, Option<String>)>,
    watch: &dyn Watch,
) -> ModelResult<bool> {
    let (mut done, mut growing, of) = (0, Growing::default(), rows.len());
    let mut rows = rows.into_iter().peekable();
    let mut before = Written::default();
    while rows.peek().is_some() {
        if !watch.at(done, of) {
            return Ok(false);
        }
        let some: Vec<_> = rows.by_ref().take(at_once(txn)).collect();
        done += some.len();
        before = write(txn, me, import, finding, some, before).await?;
        growing.reach(txn, done).await?;
    }
    before.note(txn, import).await?;
    Ok(true)
}

/// Orders that stand, of which the rest is still to be written.
#[derive(Default)]
struct Written {
    steps: Vec<(Uuid, Step, NaiveDate)>,
    rows: Vec<(String, Taken)>,
}

impl Written {
    async fn note(self, txn: &Txn, import: Uuid) -> Result<(), DbErr> {
        let steps = order_state_audit::Entity::note_all(txn, self.steps);
        let rows = v1_import_rows::Entity::note(txn, import, self.rows);
        tokio::try_join!(steps, rows).map(drop)
    }
}

/// Writes some orders, and what is left of those before them: while the database is at one
/// statement, the next ones are made ready.
async fn write(
    txn: &Txn,
    me: &Member,
    import: Uuid,
    finding: &mut Finding<'_>,
    rows: Vec<(Job, Option<String>)>,
    before: Written,
) -> ModelResult<Written> {
    let mut orders = Vec::with_capacity(rows.len());
    let mut said = Vec::with_capacity(rows.len());
    for (job, receipt_number) in rows {
        said.push((job.external_ref.clone(), job.digest.clone()));
        orders.push(migrated(me, finding, &job, receipt_number).await?);
    }
    let written = orders::Entity::migrate(txn, me, orders);
    let (made, ()) = tokio::try_join!(written, before.note(txn, import))?;
    let taken = said.into_iter().zip(&made);
    let taken =
        taken.map(|((number, digest), (order, _))| (number, Taken { order: *order, digest }));
    Ok(Written { steps: steps(&made), rows: taken.collect() })
}

/// A row with all that it names in the book.
pub(super) async fn migrated(
    me: &Member,
    finding: &mut Finding<'_>,
    job: &Job,
    receipt_number: Option<String>,
) -> ModelResult<Migrated> {
    let client = finding.client(job).await?;
    Ok(Migrated {
        external_ref: job.external_ref.clone(),
        frame: finding.frame(&client, job).await?,
        client,
        strings: finding.strings(job).await?,
        setup: job.setup(me),
        dates: job.dates,
        receipt_number,
        string_prices: job.string_prices(),
    })
}
