//! Making the PDF that an emission owes.

use chrono::{Duration, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::Connection;
use sha2::{Digest, Sha256};

use super::{Column, Entity, Model, PdfState};
use crate::models::{ModelError, ModelResult, Owed, logos, or_not_found, readable};
use crate::receipts;
use crate::typeset::TypesetError;

/// After so many failures somebody must look; the last pause is about an hour.
const ATTEMPTS: i64 = 8;

impl Entity {
    /// Renders the PDF that is owed. It may run twice, at once even, and does its
    /// work once: the same snapshot gives the same bytes, and only the first is kept.
    ///
    /// # Errors
    /// When there is no such emission, or the database does not answer. A failed
    /// rendering is not an error here; it is written down and tried again.
    pub async fn render(db: &impl Connection, id: Uuid) -> ModelResult<()> {
        let emission: Model = or_not_found(readable::one(Self::find_by_id(id), db).await?)?;
        if emission.pdf_state != PdfState::Pending {
            return Ok(());
        }
        match Self::pdf(db, emission.snapshot.clone()).await? {
            Ok(pdf) => emission.keep(db, pdf).await?,
            Err(error) => emission.postpone(db, &error).await?,
        }
        Ok(())
    }
}

impl Entity {
    /// The PDF of what is said, with the pictures that it names.
    ///
    /// # Errors
    /// When the database does not answer. A failed rendering is not an error here.
    pub async fn pdf(
        db: &impl Connection,
        snapshot: String,
    ) -> ModelResult<Result<Vec<u8>, TypesetError>> {
        let logo = match receipts::logo(&snapshot) {
            Some(digest) => match logos::Model::find(db, &digest).await {
                Ok(logo) => Some(logo.picture),
                Err(ModelError::NotFound) => return Ok(Err(TypesetError::NoPicture(digest))),
                Err(error) => return Err(error),
            },
            None => None,
        };
        Ok(receipts::render(snapshot, logo).await)
    }

    /// Those that have a file, of all stringers, behind a key; for the sweeper's own scope.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rendered_after(
        db: &impl Connection,
        after: Uuid,
        at_most: u64,
    ) -> Result<Vec<Owed>, DbErr> {
        let rendered = Self::find()
            .select_only()
            .columns([Column::Id, Column::StringerId])
            .filter(Column::PdfState.eq(PdfState::Rendered))
            .filter(Column::Id.gt(after))
            .order_by_asc(Column::Id)
            .limit(at_most);
        rendered.into_model().all(db).await
    }

    /// What an emission says, and the digest of its file; `None` where it has none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn kept(db: &impl Connection, id: Uuid) -> Result<Option<(String, String)>, DbErr> {
        let kept =
            Self::find_by_id(id).select_only().columns([Column::Snapshot, Column::PdfDigest]);
        let kept: Option<(String, Option<String>)> = kept.into_tuple().one(db).await?;
        Ok(kept.and_then(|(snapshot, digest)| Some((snapshot, digest?))))
    }
}

impl Model {
    async fn keep(&self, db: &impl Connection, pdf: Vec<u8>) -> Result<(), DbErr> {
        let digest = hex::encode(Sha256::digest(&pdf));
        Entity::update_many()
            .col_expr(Column::PdfState, Expr::value(PdfState::Rendered))
            .col_expr(Column::Pdf, Expr::value(pdf))
            .col_expr(Column::PdfDigest, Expr::value(digest))
            .col_expr(Column::RenderedAt, Expr::value(Utc::now()))
            .filter(Column::Id.eq(self.id))
            .filter(Column::PdfState.eq(PdfState::Pending))
            // What it says may have been scrubbed while its file was made.
            .filter(Column::Snapshot.eq(self.snapshot.as_str()))
            .exec(db)
            .await
            .map(drop)
    }

    async fn postpone(&self, db: &impl Connection, error: &TypesetError) -> Result<(), DbErr> {
        tracing::error!(emission = %self.id, %error, "receipt not rendered");
        let attempts = self.attempts + 1;
        let state = if attempts >= ATTEMPTS { PdfState::Failed } else { PdfState::Pending };
        let pause = Duration::seconds(30 << attempts.clamp(0, 7));
        Entity::update_many()
            .col_expr(Column::PdfState, Expr::value(state))
            .col_expr(Column::Attempts, Expr::value(attempts))
            .col_expr(Column::LastError, Expr::value(error.to_string()))
            .col_expr(Column::NextAttemptAt, Expr::value(Utc::now() + pause))
            .filter(Column::Id.eq(self.id))
            .filter(Column::PdfState.eq(PdfState::Pending))
            .filter(Column::Snapshot.eq(self.snapshot.as_str()))
            .exec(db)
            .await
            .map(drop)
    }
}
