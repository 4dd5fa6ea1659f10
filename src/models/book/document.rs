//! A book as JSON: complete, and with its own version. `docs/EXPORT.md` explains each field.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::paid::PaidOff;
use super::stock::{Drawn, Reel};
pub use super::workshop::{Logo, TaxedSince, Workshop};
use crate::i18n::Locale;
use crate::models::orders::{Payment, Prestretch, Step};
use crate::models::receipt_emissions::Cause;
use crate::models::v1_import_names::{Known, NameKind};
use crate::units::{Currency, Sport, TensionUnit};

/// Of the document. A field that is added raises no version; one that means something else
/// does.
pub const VERSION: u32 = 1;

/// What the document is called by itself.
pub const FORMAT: &str = "racket-book";

/// A book from its first word to its last.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct Document {
    pub format: String,
    pub version: u32,
    pub workshop: Workshop,
    pub clients: Vec<Client>,
    #[serde(default)]
    pub models: Vec<CatalogueModel>,
    #[serde(default)]
    pub strings: Vec<CatalogueString>,
    pub rackets: Vec<Racket>,
    pub orders: Vec<Order>,
    pub steps: Vec<Moved>,
    pub receipts: Vec<Receipt>,
    #[serde(default)]
    pub names: Vec<Name>,
    #[serde(default)]
    pub reels: Vec<Reel>,
    #[serde(default)]
    pub drawn: Vec<Drawn>,
    #[serde(default)]
    pub payments: Vec<PaidOff>,
    #[serde(default)]
    pub taxes: Vec<TaxedSince>,
    #[serde(default)]
    pub logos: Vec<Logo>,
}

/// What a spelling of an older book stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct Name {
    pub kind: NameKind,
    pub spelling: String,
    pub meant: String,
    pub client: Option<Uuid>,
    pub racket: Option<Uuid>,
}

/// A client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct Client {
    pub id: Uuid,
    pub is_myself: bool,
    pub first_name: String,
    pub last_name: String,
    pub nickname: Option<String>,
    pub email: Option<String>,
    pub locale: Option<Locale>,
    pub contact: Option<String>,
    pub notes: Option<String>,
    pub tension_memo: Option<String>,
    pub created_at: DateTime<Utc>,
    #[serde(default)]
    pub touched_at: Option<DateTime<Utc>>,
}

/// A racket model that nobody else sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct CatalogueModel {
    pub sport: Sport,
    pub manufacturer: String,
    pub model: String,
    pub year: Option<i64>,
    pub head_size_cm2: Option<i64>,
    pub string_pattern: Option<String>,
    pub weight_g: Option<i64>,
    pub balance_mm: Option<i64>,
}

/// A string that nobody else sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct CatalogueString {
    pub sport: Sport,
    pub manufacturer: String,
    pub model: String,
    pub gauge_mm: Option<String>,
    pub material: Option<String>,
    pub colour: Option<String>,
    pub length_cm: Option<i64>,
}

/// A client's racket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct Racket {
    pub id: Uuid,
    pub client: Uuid,
    pub sport: Option<Sport>,
    pub manufacturer: String,
    pub model: String,
    pub year: Option<i64>,
    pub head_size_cm2: Option<i64>,
    pub string_pattern: Option<String>,
    pub nickname: Option<String>,
    pub serial: Option<String>,
    pub grip_size: Option<String>,
    pub label_code: String,
    pub in_rotation: bool,
}

/// A side of a stringbed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct Side {
    pub manufacturer: String,
    pub model: String,
    pub gauge_mm: Option<String>,
    /// `None` of a document that is older than the field.
    #[serde(default)]
    pub is_of_catalogue: Option<bool>,
    pub tension: Option<String>,
    pub price: Option<String>,
    pub byo: bool,
    pub colour: Option<String>,
    pub prestretch_percent: Option<i64>,
}

/// A date that was set, moved or taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct Moved {
    pub order: Uuid,
    pub at: DateTime<Utc>,
    pub step: Step,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// A receipt as it was issued.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct Receipt {
    pub id: Uuid,
    pub order: Uuid,
    pub number: String,
    pub cause: Cause,
    pub locale: Locale,
    pub issued_at: DateTime<Utc>,
    pub pdf_sha256: Option<String>,
    pub says: Box<RawValue>,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct Order {
    pub id: Uuid,
    pub external_ref: Option<String>,
    pub client: Uuid,
    pub racket: Uuid,
    pub sport: Sport,
    pub is_own: bool,
    pub tension_unit: TensionUnit,
    pub mains: Side,
    pub crosses: Side,
    pub prestretch_kind: Option<Prestretch>,
    pub pieces: Option<i64>,
    pub knots: Option<i64>,
    pub method: Option<String>,
    pub dt_before: Option<i64>,
    pub dt_after: Option<i64>,
    pub dt_device: Option<String>,
    pub currency: Currency,
    pub labor: Option<String>,
    pub discount: Option<String>,
    pub total_by_hand: Option<String>,
    pub total: String,
    pub ordered_at: Option<NaiveDate>,
    pub strung_at: Option<NaiveDate>,
    pub returned_at: Option<NaiveDate>,
    pub paid_at: Option<NaiveDate>,
    pub cancelled_at: Option<NaiveDate>,
    pub due_at: Option<NaiveDate>,
    pub due_time: Option<NaiveTime>,
    pub payment: Option<Payment>,
    pub paid_in_advance: bool,
    pub receipt_number: Option<String>,
    pub void_reason: Option<String>,
    pub comment_public: Option<String>,
    pub comment_private: Option<String>,
    pub created_at: DateTime<Utc>,
    #[serde(default)]
    pub copied_from: Option<Uuid>,
    #[serde(default)]
    pub import_digest: Option<String>,
}

impl Name {
    /// All that earlier uploads have taught.
    #[must_use]
    pub fn all(known: Known) -> Vec<Self> {
        let mut names: Vec<Self> = known
            .into_iter()
            .map(|((kind, spelling), meant)| Self {
                kind,
                spelling,
                meant: meant.text,
                client: meant.client,
                racket: meant.frame,
            })
            .collect();
        names.sort_by(|one, other| (one.kind, &one.spelling).cmp(&(other.kind, &other.spelling)));
        names
    }
}
