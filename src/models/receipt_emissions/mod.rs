//! Each issue of a receipt, with its own frozen snapshot: the record of what is
//! owed. The queued job is only a nudge; the sweeper finds what a crash left.

mod printing;
mod rendering;

pub use super::_entities::receipt_emissions::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, Iterable as _, QueryOrder, QuerySelect, Select};
use sea_orm_tenancy::{Connection, Policy};

use super::book::document::Receipt;
use super::{ModelResult, Owing, moments, or_not_found, owned, readable, says};
use crate::i18n::Locale;
use crate::receipts::Snapshot;
use crate::values::stored_words;

impl ActiveModelBehavior for ActiveModel {}

/// Mine. What was issued never changes; only its PDF comes later.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&[
        "pdf_state",
        "pdf",
        "pdf_digest",
        "attempts",
        "next_attempt_at",
        "last_error",
        "rendered_at",
    ])
}

/// So many go into one statement.
const AT_ONCE: usize = 30;

/// The nudge has so long before the sweeper looks.
const GRACE_SECONDS: i64 = 5;

stored_words! {
    "snake_case";

    /// Why a receipt was issued.
    pub enum Cause {
        /// The order became strung.
        First,
        /// Something that the receipt shows was changed.
        Edit,
        /// The stringer asked for it.
        ByHand,
    }
}

stored_words! {
    "snake_case";

    /// What became of an emission's PDF.
    pub enum PdfState {
        /// To be rendered.
        Pending,
        /// It is there.
        Rendered,
        /// Given up; somebody must look.
        Failed,
    }
}

/// An emission without its bytes, as pages show it.
#[derive(Clone, FromQueryResult)]
pub struct Issue {
    /// The emission's key.
    pub id: Uuid,
    /// The receipt's number.
    pub number: String,
    /// Why it was issued.
    pub cause: Cause,
    /// The language that it speaks.
    pub locale: Locale,
    /// What became of its PDF.
    pub pdf_state: PdfState,
    snapshot: String,
    /// When it was issued.
    pub created_at: DateTimeUtc,
}

/// What an emission says, and when it was issued.
#[derive(FromQueryResult)]
pub struct Last {
    /// Everything that it shows.
    pub snapshot: String,
    created_at: DateTimeUtc,
}

impl Issue {
    /// What it says of the money: the total, and what was paid of it.
    #[must_use]
    pub fn says(&self) -> Option<(String, String)> {
        #[derive(serde::Deserialize)]
        struct Money {
            total: String,
            paid_label: String,
        }
        let says: Money = serde_json::from_str(&self.snapshot).ok()?;
        Some((says.total, says.paid_label))
    }
}

impl Model {
    /// One emission of an order.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, order_id: Uuid, id: Uuid) -> ModelResult<Model> {
        let emission = Entity::find_by_id(id).filter(Column::OrderId.eq(order_id));
        or_not_found(readable::one(emission, db).await?)
    }
}

impl Owing for Entity {
    const ID: Column = Column::Id;
    const STRINGER_ID: Column = Column::StringerId;
    const NEXT_ATTEMPT_AT: Column = Column::NextAttemptAt;

    fn is_owed() -> Expr {
        says(Column::PdfState, &[PdfState::Pending])
    }
}

impl Entity {
    /// Writes down that a receipt is owed, with all that it will say, after the last one there is:
    /// it is the latest from then on, whichever process writes it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn owe(
        db: &impl Connection,
        order_id: Uuid,
        cause: Cause,
        snapshot: &Snapshot,
        last: Option<&Last>,
    ) -> ModelResult<Uuid> {
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let row = ActiveModel {
            id: Set(id),
            order_id: Set(order_id),
            number: Set(snapshot.number.clone()),
            cause: Set(cause),
            locale: Set(snapshot.locale),
            snapshot: Set(snapshot.to_json()),
            pdf_state: Set(PdfState::Pending),
            attempts: Set(0),
            next_attempt_at: Set((now + Duration::seconds(GRACE_SECONDS)).into()),
            created_at: Set(moments::after(last.map(|last| last.created_at)).into()),
            ..Default::default()
        };
        Self::insert(row).exec_without_returning(db).await?;
        Ok(id)
    }

    /// Receipts of orders as they were issued in a book that comes from elsewhere, by what they
    /// say; their PDFs are owed.
    pub(super) async fn restore(
        db: &impl Connection,
        issued: impl Iterator<Item = (Uuid, String, Receipt)> + Send,
    ) -> Result<(), DbErr> {
        // One after the other: others' receipts, which are waited for, come between.
        let mut due = Utc::now() + Duration::seconds(GRACE_SECONDS);
        let mut next = move || {
            due += Duration::milliseconds(200);
            due
        };
        let mut rows = issued.map(|(order, says, receipt)| ActiveModel {
            id: Set(Uuid::now_v7()),
            order_id: Set(order),
            number: Set(receipt.number),
            cause: Set(receipt.cause),
            locale: Set(receipt.locale),
            snapshot: Set(says),
            pdf_state: Set(PdfState::Pending),
            attempts: Set(0),
            next_attempt_at: Set(next().into()),
            created_at: Set(receipt.issued_at.into()),
            ..Default::default()
        });
        loop {
            let some: Vec<_> = rows.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                return Ok(());
            }
            Self::insert_many(some).exec_without_returning(db).await?;
        }
    }

    /// The emissions of an order, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_order(db: &impl Connection, order_id: Uuid) -> Result<Vec<Issue>, DbErr> {
        let issues = Self::find()
            .select_only()
            .columns([
                Column::Id,
                Column::Number,
                Column::Cause,
                Column::Locale,
                Column::PdfState,
                Column::Snapshot,
                Column::CreatedAt,
            ])
            .filter(Column::OrderId.eq(order_id))
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id);
        readable::all(issues, db).await
    }

    /// The latest emission of an order, as those that follow it need it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn last(db: &impl Connection, order_id: Uuid) -> Result<Option<Last>, DbErr> {
        readable::one(latest([Column::Snapshot, Column::CreatedAt], order_id), db).await
    }

    /// What the latest emission of an order says.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn last_snapshot(
        db: &impl Connection,
        order_id: Uuid,
    ) -> Result<Option<String>, DbErr> {
        Ok(Self::last(db, order_id).await?.map(|last| last.snapshot))
    }

    /// The latest emission of an order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest(db: &impl Connection, order_id: Uuid) -> Result<Option<Uuid>, DbErr> {
        latest([Column::Id], order_id).into_tuple().one(db).await
    }

    /// Whether one of them shows a picture, by its digest. It reads all that they say: for what is
    /// done once in a long while.
    pub(super) async fn shows(db: &impl Connection, logo: &str) -> Result<bool, DbErr> {
        let says = Self::find().select_only().column(Column::Id);
        let says = says.filter(Column::Snapshot.contains(logo)).limit(1);
        Ok(says.into_tuple::<Uuid>().one(db).await?.is_some())
    }

    /// Sees all of them, the oldest first; with their PDFs or without.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn each(
        db: &impl Connection,
        with_pdf: bool,
        see: impl FnMut(&Model) + Send,
    ) -> Result<(), DbErr> {
        let mut all = Self::find().order_by_asc(Column::Id);
        if !with_pdf {
            let none = Expr::value(Option::<Vec<u8>>::None);
            let columns = Column::iter().filter(|column| !matches!(column, Column::Pdf));
            all = all.select_only().columns(columns).expr_as(none, "pdf");
        }
        readable::each(all, db, see).await
    }
}

/// Some columns of an order's latest emission.
fn latest<const N: usize>(columns: [Column; N], order_id: Uuid) -> Select<Entity> {
    Entity::find()
        .select_only()
        .columns(columns)
        .filter(Column::OrderId.eq(order_id))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(1)
}

impl Model {
    /// The name under which the PDF is saved: number and language, nothing that
    /// somebody typed, so that no path can be in it.
    #[must_use]
    pub fn file_name(&self) -> String {
        let word = match self.locale {
            Locale::De => "Beleg",
            Locale::En => "Receipt",
        };
        format!("{word}-{}.pdf", self.number)
    }
}
