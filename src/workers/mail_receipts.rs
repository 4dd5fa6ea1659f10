//! Mails the receipts that are owed, one after the other: what the mail server said is known
//! before the next one is taken.

use chrono::{Duration, Utc};
use loco_rs::app::AppContext;
use loco_rs::config::SmtpMailer;
use sea_orm_tenancy::{Db, Scope};

use super::at_work;
use crate::database;
use crate::mailers::post::{self, Post};
use crate::mailers::receipt::ReceiptMail;
use crate::models::purposes::{COUNT_MAILS, SWEEP};
use crate::models::receipt_emissions::{self, PdfState};
use crate::models::receipt_mails::{Delivery, Entity, Model, Recipient};
use crate::models::stringers::Member;
use crate::models::{Owed, Owing as _, outbox};
use crate::receipts::Snapshot;
use crate::settings::Settings;
use crate::web::AppError;

/// So many at a time; the rest comes with the next look.
const AT_ONCE: u64 = 20;

/// One that the mail server is not there for waits so long, and is not counted as tried.
const NO_ANSWER: Duration = Duration::minutes(1);

/// While no more may go out today, one waits so long.
const FULL: Duration = Duration::minutes(15);

/// What could not go out for so long is no news any more: the stringer is told.
const TOO_OLD: Duration = Duration::days(3);

/// One look at what is owed.
struct Look<'c> {
    ctx: &'c AppContext,
    settings: Settings,
    /// So many may still go out.
    left: u64,
    /// The mail server is not there.
    is_down: bool,
}

/// Mails what is owed and due.
///
/// # Errors
/// When the database does not answer. A mail that cannot be sent is no error here.
pub async fn mail_owed(ctx: &AppContext) -> Result<(), AppError> {
    let owed = {
        let db = database::scoped_db(ctx, Scope::System(&SWEEP))?;
        Entity::owed(&db, AT_ONCE).await?
    };
    if owed.is_empty() {
        return Ok(());
    }
    let settings = Settings::from_context(ctx)?;
    let left = settings.mails_a_day.saturating_sub(went_out_today(ctx).await?);
    let mut look = Look { ctx, settings, left, is_down: false };
    for row in owed {
        if let Err(error) = look.mail(row).await {
            tracing::error!(?error, mail = %row.id, "a receipt was not mailed; again later");
            let whose = Scope::Tenant(row.stringer_id.into());
            Entity::leave_alone(&database::scoped_db(ctx, whose)?, row.id).await?;
        }
    }
    Ok(())
}

/// Mails of all kinds, in the last twenty-four hours.
async fn went_out_today(ctx: &AppContext) -> Result<u64, AppError> {
    let db = database::scoped_db(ctx, Scope::System(&COUNT_MAILS))?;
    let since = Utc::now() - Duration::days(1);
    Ok(Entity::taken_since(&db, since).await? + outbox::Entity::sent_since(&db, since).await?)
}

impl Look<'_> {
    async fn mail(&mut self, row: Owed) -> Result<(), AppError> {
        let (me, db) = at_work(self.ctx, row.stringer_id).await?;
        let mail = Model::find(&db, row.id).await?;
        match mail.state {
            Delivery::Sending => return Ok(mail.lapse(&db).await?),
            Delivery::Owed => {}
            _ => return Ok(()),
        }
        if mail.created_at.to_utc() < Utc::now() - TOO_OLD {
            return Ok(mail.leave(&db, Delivery::GivenUp).await?);
        }
        let Some(server) = post::server(self.ctx) else {
            return Ok(mail.leave(&db, Delivery::NoServer).await?);
        };
        let Some(to) = mail.recipient(&db).await? else {
            return Ok(mail.leave(&db, Delivery::Nobody).await?);
        };
        let Some(emission) = rendered(&db, &mail).await? else {
            return Ok(mail.wait(&db, NO_ANSWER).await?);
        };
        if self.left == 0 {
            return Ok(mail.wait(&db, FULL).await?);
        }
        self.bring(&me, &db, &mail, &to, emission, server).await
    }

    /// A mail to somebody, while more may go out.
    async fn bring(
        &mut self,
        me: &Member,
        db: &Db,
        mail: &Model,
        to: &Recipient,
        emission: receipt_emissions::Model,
        server: &SmtpMailer,
    ) -> Result<(), AppError> {
        let snapshot = Snapshot::from_json(&emission.snapshot).map_err(AppError::internal)?;
        let message = ReceiptMail {
            id: mail.id,
            from: &self.settings.mail_from,
            reply_to: &me.email,
            to,
            snapshot: &snapshot,
            file_name: emission.file_name(),
            pdf: emission.pdf.unwrap_or_default(),
        };
        let message = match message.message() {
            Ok(message) => message,
            Err(error) => {
                tracing::error!(%error, mail = %mail.id, "a receipt makes no mail");
                return Ok(mail.leave(db, Delivery::GivenUp).await?);
            }
        };
        let Some(post) = self.open(server).await else {
            return Ok(mail.wait(db, NO_ANSWER).await?);
        };
        if !mail.take(db, &to.address).await? {
            return Ok(());
        }
        self.left -= 1;
        Ok(mail.answered(db, post.hand_over(&message).await).await?)
    }

    fn patience(&self) -> std::time::Duration {
        std::time::Duration::from_secs(self.settings.mail_patience_seconds)
    }

    /// `None` where it is not there; then it is not asked again in this look.
    async fn open(&mut self, server: &SmtpMailer) -> Option<Post> {
        if self.is_down {
            return None;
        }
        match Post::open(server, self.patience()).await {
            Ok(post) => Some(post),
            Err(reason) => {
                tracing::warn!(reason, "receipts wait for the mail server");
                self.is_down = true;
                None
            }
        }
    }
}

/// The receipt that it brings, made now where nobody has; `None` while that cannot be done.
async fn rendered(db: &Db, mail: &Model) -> Result<Option<receipt_emissions::Model>, AppError> {
    receipt_emissions::Entity::render(db, mail.emission_id).await?;
    let emission = receipt_emissions::Model::find(db, mail.order_id, mail.emission_id).await?;
    Ok((emission.pdf_state == PdfState::Rendered).then_some(emission))
}
