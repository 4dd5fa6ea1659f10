//! Makes what a stringer takes along: into a file of its own first, however large the book is,
//! and then piece by piece into the database, where it is fetched.

use std::fs::File;
use std::io::{BufWriter, Seek as _, Write};

use loco_rs::prelude::*;
use sea_orm::TransactionSession as _;
use sea_orm_tenancy::{Connection, Db};
use serde::{Deserialize, Serialize};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::at_work;
use crate::models::book::{Book, document};
use crate::models::exports::{self, ExportKind, ExportState, parts};
use crate::models::stringers::{self, Member};
use crate::models::{Owed, logos, order_state_audit, receipt_emissions, taxes, v1_import_names};
use crate::v1::writer::Writer;
use crate::web::AppError;

/// The worker.
pub struct Export {
    ctx: AppContext,
}

/// Which export of whom.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ExportArgs {
    /// The stringer.
    pub stringer_id: Uuid,
    /// The export.
    pub export_id: Uuid,
}

impl From<Owed> for ExportArgs {
    fn from(owed: Owed) -> Self {
        Self { stringer_id: owed.stringer_id, export_id: owed.id }
    }
}

#[async_trait]
impl BackgroundWorker<ExportArgs> for Export {
    fn build(ctx: &AppContext) -> Self {
        Self { ctx: ctx.clone() }
    }

    async fn perform(&self, args: ExportArgs) -> Result<()> {
        run(&self.ctx, args).await.map_err(|error| Error::string(&format!("{error:?}")))
    }
}

impl Export {
    /// Nudges the queue, after the commit. What is owed stands in a row, and the sweeper reads
    /// it.
    pub async fn later(ctx: &AppContext, stringer_id: Uuid, export_id: Uuid) {
        let args = ExportArgs { stringer_id, export_id };
        if let Err(error) = Self::perform_later(ctx, args).await {
            tracing::warn!(%error, export = %export_id, "not nudged; the sweeper will find it");
        }
    }
}

/// Makes what is owed.
///
/// # Errors
/// When the stringer or the export is not there, the database does not answer, or no file can
/// be made.
pub async fn run(ctx: &AppContext, args: ExportArgs) -> Result<(), AppError> {
    let (me, db) = at_work(ctx, args.stringer_id).await?;
    let export = exports::Model::find(&db, args.export_id).await?;
    if export.state != ExportState::Owed || !export.take(&db).await? {
        return Ok(());
    }
    let mut file = match export.kind {
        ExportKind::Workbook => workbook(&db).await?,
        ExportKind::Json => json(&db, &me).await?,
        ExportKind::Receipts => receipts(&db).await?,
    };
    file.rewind().map_err(AppError::internal)?;
    // As a whole, and by one alone, whoever else was at it.
    let txn = db.begin().await?;
    let size = parts::Entity::keep(&txn, export.id, file).await?;
    if export.made(&txn, size).await? {
        txn.commit().await?;
    }
    Ok(())
}

/// The first thing that went wrong while rows were seen.
#[derive(Default)]
struct First(Option<AppError>);

impl First {
    fn of<E: std::error::Error + Send + Sync + 'static>(&mut self, done: Result<(), E>) {
        if let (Err(error), None) = (done, &self.0) {
            self.0 = Some(AppError::internal(error));
        }
    }

    fn or<T>(self, done: T) -> Result<T, AppError> {
        self.0.map_or(Ok(done), Err)
    }
}

/// In the old workbook's shape. What was called off, and an own racket that is not strung yet,
/// has none there.
async fn workbook(db: &Db) -> Result<File, AppError> {
    let txn = db.reading().await?;
    let book = Book::open(&txn).await?;
    let rackets = book.own_rackets();
    let mut writer = Writer::new(book.has_other_sports()).map_err(AppError::internal)?;
    let mut first = First::default();
    Book::each_order(&txn, |order| {
        if order.cancelled_at.is_some() || order.is_self && order.strung_at.is_none() {
            return;
        }
        first.of(if order.is_self {
            writer.own(&book.own_job(order), &order.racket_name)
        } else {
            writer.client(&book.client_job(order))
        });
    })
    .await?;
    drop(txn);
    let save = move || {
        let mut file = tempfile::tempfile().map_err(AppError::internal)?;
        writer.save(&rackets, BufWriter::new(&mut file)).map_err(AppError::internal)?;
        Ok(file)
    };
    let file = first.or(tokio::task::spawn_blocking(save))?;
    file.await.map_err(AppError::internal)?
}

/// Complete, an object a line, so that no reader needs to have all of it in memory.
async fn json(db: &Db, me: &Member) -> Result<File, AppError> {
    let txn = db.reading().await?;
    let stringer = stringers::Model::find(&txn, me.id).await?;
    let book = Book::open_with_digests(&txn).await?;
    let mut out = Lines::new()?;
    out.field("format", &document::FORMAT);
    out.field("version", &document::VERSION);
    out.field("exported_at", &chrono::Utc::now());
    out.field("workshop", &document::Workshop::of(stringer));
    out.list("clients");
    book.client_documents().iter().for_each(|client| out.item(client));
    out.list("models");
    book.model_documents().iter().for_each(|model| out.item(model));
    out.list("strings");
    book.string_documents().iter().for_each(|string| out.item(string));
    out.list("rackets");
    book.racket_documents().iter().for_each(|racket| out.item(racket));
    out.list("orders");
    Book::each_order(&txn, |order| out.item(&book.order_document(order))).await?;
    out.list("steps");
    order_state_audit::Entity::each(&txn, |row| out.item(&document::Moved::from(row))).await?;
    out.list("receipts");
    receipt_emissions::Entity::each(&txn, false, |emission| {
        out.item(&document::Receipt::from(emission));
    })
    .await?;
    out.list("names");
    let names = document::Name::all(v1_import_names::Entity::known(&txn).await?);
    names.iter().for_each(|name| out.item(name));
    out.list("reels");
    book.each_reel(&txn, |reel| out.item(reel)).await?;
    out.list("drawn");
    Book::each_drawn(&txn, |drawn| out.item(drawn)).await?;
    out.list("payments");
    Book::each_payment(&txn, |paid| out.item(paid)).await?;
    shown(&mut out, &txn).await?;
    out.end()
}

/// What receipts show beside their orders.
async fn shown(out: &mut Lines, txn: &impl Connection) -> Result<(), AppError> {
    out.list("taxes");
    let taxes = taxes::Entity::all(txn).await?;
    taxes.iter().for_each(|said| out.item(&document::TaxedSince::from(said)));
    out.list("logos");
    let logo = |logo: &logos::Model| document::Logo {
        digest: logo.digest.clone(),
        png: logo.picture.clone(),
    };
    Ok(logos::Entity::each(txn, |row| out.item(&logo(row))).await?)
}

/// A document that is written field by field.
struct Lines {
    out: BufWriter<File>,
    first: First,
    is_list: bool,
    is_begun: bool,
}

impl Lines {
    fn new() -> Result<Self, AppError> {
        let out = BufWriter::new(tempfile::tempfile().map_err(AppError::internal)?);
        let mut lines = Self { out, first: First::default(), is_list: false, is_begun: false };
        lines.text("{");
        Ok(lines)
    }

    fn text(&mut self, text: &str) {
        let done = self.out.write_all(text.as_bytes());
        self.first.of(done);
    }

    fn value(&mut self, value: &impl Serialize) {
        let done = serde_json::to_writer(&mut self.out, value);
        self.first.of(done);
    }

    /// A line of its own for what comes next.
    fn next(&mut self) {
        let between = if std::mem::replace(&mut self.is_begun, true) { ",\n" } else { "\n" };
        self.text(between);
    }

    fn name(&mut self, name: &str) {
        if std::mem::take(&mut self.is_list) {
            self.text("\n]");
            self.is_begun = true;
        }
        self.next();
        self.value(&name);
        self.text(": ");
    }

    fn field(&mut self, name: &str, value: &impl Serialize) {
        self.name(name);
        self.value(value);
    }

    fn list(&mut self, name: &str) {
        self.name(name);
        self.text("[");
        (self.is_list, self.is_begun) = (true, false);
    }

    fn item(&mut self, item: &impl Serialize) {
        self.next();
        self.value(item);
    }

    fn end(mut self) -> Result<File, AppError> {
        self.text("\n]\n}\n");
        let Self { out, first, .. } = self;
        first.or(out.into_inner().map_err(AppError::internal)?)
    }
}

/// Every PDF that was issued, by its receipt's number.
async fn receipts(db: &Db) -> Result<File, AppError> {
    let txn = db.reading().await?;
    let file = tempfile::tempfile().map_err(AppError::internal)?;
    let mut archive = ZipWriter::new(file);
    let mut first = First::default();
    receipt_emissions::Entity::each(&txn, true, |emission| {
        let Some(pdf) = &emission.pdf else { return };
        // A PDF is compressed already.
        let as_is = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        let id = emission.id.simple().to_string();
        let name = format!(
            "{}/{}-{}",
            &emission.number[..4.min(emission.number.len())],
            &id[..12],
            emission.file_name()
        );
        first.of(archive.start_file(name, as_is));
        first.of(archive.write_all(pdf));
    })
    .await?;
    first.or(archive.finish().map_err(AppError::internal)?)
}
