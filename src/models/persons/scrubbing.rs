//! What is emptied of a person that is erased for good, in the transaction that does it.

use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{Condition, ExprTrait as _, QuerySelect as _, QueryTrait as _};
use sea_orm_tenancy::Txn;

use super::erasing::receipts_of;
use super::joining::Decision;
use super::known::File;
use super::{ActiveModel, Column, Entity};
use crate::models::dsar_log::{self, RequestEvent, RequestKind};
use crate::models::receipt_emissions::PdfState;
use crate::models::v1_imports::ImportState;
use crate::models::{
    ModelResult, client_profiles, client_rackets, drafts, exports, orders, receipt_emissions,
    receipt_mails, search_key, v1_import_names, v1_imports,
};
use crate::receipts::Snapshot;

/// What stands where a name stood.
fn nameless(person: Uuid) -> String {
    let key = person.simple().to_string();
    format!("#{}", key.get(26..).unwrap_or_default())
}

pub(super) async fn scrub(txn: &Txn, person: Uuid, decision: &Decision) -> ModelResult<()> {
    let name = nameless(person);
    for file in Entity::files(txn, person).await? {
        scrub_file(txn, &file, &name).await?;
        scrub_orders(txn, &file, &name).await?;
        scrub_receipts(txn, &file, &name).await?;
        scrub_mails(txn, &file).await?;
        scrub_copies(txn, &file).await?;
    }
    scrub_person(txn, person, &name).await?;
    // It may have been closed beside the erasure; that the person was scrubbed is noted always.
    let kind = RequestKind::Erasure;
    let request = dsar_log::Entity::write_down(txn, person, kind, decision).await?;
    dsar_log::Entity::note(txn, request, RequestEvent::Scrubbed, decision).await?;
    Ok(())
}

/// The person, and those that it was found to be as well.
async fn scrub_person(txn: &Txn, person: Uuid, name: &str) -> Result<(), DbErr> {
    let now = Utc::now();
    let scrubbed = ActiveModel {
        email: Set(None),
        email_normalised: Set(None),
        email_verified_at: Set(None),
        subject: Set(None),
        display_first_name: Set(name.to_owned()),
        display_last_name: Set(String::new()),
        default_locale: Set(None),
        notification_prefs: Set("{}".to_owned()),
        scrubbed_at: Set(Some(now.into())),
        updated_at: Set(now.into()),
        ..Default::default()
    };
    let all = Condition::any().add(Column::Id.eq(person)).add(Column::MergedInto.eq(person));
    Entity::update_many().set(scrubbed).filter(all).exec(txn).await.map(drop)
}

async fn scrub_file(txn: &Txn, file: &File, name: &str) -> Result<(), DbErr> {
    let scrubbed = client_profiles::ActiveModel {
        nickname: Set(None),
        contact: Set(None),
        internal_notes: Set(None),
        default_tension_memo: Set(None),
        search_key: Set(search_key([name])),
        ..Default::default()
    };
    client_profiles::Entity::overwrite(txn, file.id, scrubbed).await?;
    let unnamed = client_rackets::ActiveModel {
        nickname: Set(None),
        serial: Set(None),
        search_key: Set(None),
        ..Default::default()
    };
    client_rackets::Entity::update_many()
        .set(unnamed)
        .filter(client_rackets::Column::StringerId.eq(file.stringer_id))
        .filter(client_rackets::Column::ClientProfileId.eq(file.id))
        .exec(txn)
        .await
        .map(drop)
}

async fn scrub_orders(txn: &Txn, file: &File, name: &str) -> Result<(), DbErr> {
    let scrubbed = orders::ActiveModel {
        client_name: Set(Some(name.to_owned())),
        client_key: Set(search_key([name])),
        racket_nickname: Set(None),
        comment_public: Set(None),
        comment_private: Set(None),
        ..Default::default()
    };
    let reason = Expr::case(orders::Column::VoidReason.is_null(), Expr::value(None::<String>));
    orders::Entity::update_many()
        .set(scrubbed)
        // That an order is void stays; the words for it go.
        .col_expr(orders::Column::VoidReason, reason.finally(Expr::value("–")).into())
        // A form that was opened before is told so, and takes nobody's place unseen.
        .col_expr(orders::Column::LockVersion, Expr::col(orders::Column::LockVersion).add(1))
        .filter(orders::Column::StringerId.eq(file.stringer_id))
        .filter(orders::Column::ClientProfileId.eq(file.id))
        .exec(txn)
        .await
        .map(drop)
}

/// Their snapshots name nobody any more, and the files are made again of them.
async fn scrub_receipts(txn: &Txn, file: &File, name: &str) -> ModelResult<()> {
    use receipt_emissions::{Column, Entity};
    let receipts = receipts_of(file).select_only().columns([Column::Id, Column::Snapshot]);
    let receipts: Vec<(Uuid, String)> = receipts.into_tuple().all(txn).await?;
    for (id, snapshot) in receipts {
        let now = Utc::now();
        let scrubbed = receipt_emissions::ActiveModel {
            snapshot: Set(Snapshot::without_person(&snapshot, name)),
            pdf: Set(None),
            pdf_digest: Set(None),
            pdf_state: Set(PdfState::Pending),
            attempts: Set(0),
            last_error: Set(None),
            next_attempt_at: Set(now.into()),
            ..Default::default()
        };
        Entity::update_many().set(scrubbed).filter(Column::Id.eq(id)).exec(txn).await?;
    }
    Ok(())
}

/// That a receipt was mailed stays; where to does not.
async fn scrub_mails(txn: &Txn, file: &File) -> Result<(), DbErr> {
    use receipt_mails::{Column, Entity};
    let orders = super::erasing::orders_of(file).select_only().column(orders::Column::Id);
    let scrubbed = receipt_mails::ActiveModel {
        address: Set(None),
        last_error: Set(None),
        ..Default::default()
    };
    Entity::update_many()
        .set(scrubbed)
        .filter(Column::StringerId.eq(file.stringer_id))
        .filter(Column::OrderId.in_subquery(orders.into_query()))
        .exec(txn)
        .await
        .map(drop)
}

/// What an older book called the person: each spelling is its row's key now, which no book has.
async fn scrub_spellings(txn: &Txn, file: &File) -> Result<(), DbErr> {
    use v1_import_names::{Column, Entity};
    let spellings = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::StringerId.eq(file.stringer_id))
        .filter(Column::ClientProfileId.eq(file.id));
    let spellings: Vec<Uuid> = spellings.into_tuple().all(txn).await?;
    for id in spellings {
        Entity::update_many()
            .col_expr(Column::Spelling, Expr::value(id.to_string()))
            .col_expr(Column::Meant, Expr::value(id.to_string()))
            .filter(Column::Id.eq(id))
            .exec(txn)
            .await?;
    }
    Ok(())
}

/// What the workshop has of the person beside its book: spellings of older books, uploads and
/// downloads, which are forgotten right afterwards, and forms that were left half filled in. An
/// upload that waits for a word is called off: it would bring the person in again.
async fn scrub_copies(txn: &Txn, file: &File) -> Result<(), DbErr> {
    let stringer = file.stringer_id;
    scrub_spellings(txn, file).await?;
    let at_work = [ImportState::Uploaded, ImportState::Approved];
    v1_imports::Entity::update_many()
        .col_expr(v1_imports::Column::KeptUntil, Expr::value(Utc::now()))
        .filter(v1_imports::Column::StringerId.eq(stringer))
        .filter(v1_imports::Column::KeptUntil.is_not_null())
        .filter(v1_imports::Column::State.is_not_in(at_work))
        .exec(txn)
        .await?;
    exports::Entity::update_many()
        .col_expr(exports::Column::KeptUntil, Expr::value(Utc::now()))
        .filter(exports::Column::StringerId.eq(stringer))
        .exec(txn)
        .await?;
    drafts::Entity::update_many()
        .col_expr(drafts::Column::Body, Expr::value(""))
        .filter(drafts::Column::StringerId.eq(stringer))
        .exec(txn)
        .await
        .map(drop)
}
