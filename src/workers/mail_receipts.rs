//! Mails the receipts that are owed, one after the other: what the mail server said is known
//! before the next one is taken.

use chrono::{Duration, Utc};
use loco_rs::app::AppContext;
use sea_orm_tenancy::{Db, Scope};

use super::at_work;
use crate::database;
use crate::mailers::post::{self, Post, Server};
use crate::mailers::receipt::ReceiptMail;
use crate::models::purposes::{COUNT_MAILS, SWEEP};
use crate::models::receipt_emissions::{self, PdfState};
use crate::models::receipt_mails::{Delivery, Entity, Model, Next, Recipient};
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

/// One in so many of a day's mails is kept for links to sign in.
const KEPT_FOR_LINKS: u64 = 10;

/// What could not go out for so long is no news any more: the stringer is told.
const TOO_OLD: Duration = Duration::days(3);

/// One look at what is owed.
struct Look<'c> {
    ctx: &'c AppContext,
    settings: Settings,
    /// The mail server is not there, or takes nothing from us.
    is_down: bool,
    /// The process stops: nothing is begun any more.
    is_ending: &'c (dyn Fn() -> bool + Send + Sync),
}

/// Mails what is owed and due, until it is told to stop.
///
/// # Errors
/// When the database does not answer. A mail that cannot be sent is no error here.
pub async fn mail_owed(
    ctx: &AppContext,
    is_ending: impl Fn() -> bool + Send + Sync,
) -> Result<(), AppError> {
    let owed = {
        let db = database::scoped_db(ctx, Scope::System(&SWEEP))?;
        Entity::owed(&db, AT_ONCE).await?
    };
    if owed.is_empty() {
        return Ok(());
    }
    let settings = Settings::from_context(ctx)?;
    let mut look = Look { ctx, settings, is_down: false, is_ending: &is_ending };
    for row in owed {
        if is_ending() {
            return Ok(());
        }
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
        let db = database::scoped_db(self.ctx, Scope::Tenant(row.stringer_id.into()))?;
        let mut mail = Model::find(&db, row.id).await?;
        match mail.state {
            Delivery::Sending => return Ok(mail.lapse(&db).await?),
            // Another process has put it off meanwhile.
            Delivery::Owed if mail.next_attempt_at.to_utc() <= Utc::now() => {}
            _ => return Ok(()),
        }
        // Whoever strings here no more sends nothing.
        let me = match at_work(self.ctx, row.stringer_id).await {
            Ok((me, _)) => me,
            Err(AppError::NotFound) => return Ok(mail.leave(&db, Delivery::CalledBack).await?),
            Err(error) => return Err(error),
        };
        if mail.created_at.to_utc() < Utc::now() - TOO_OLD {
            return Ok(mail.leave(&db, Delivery::GivenUp).await?);
        }
        let Some(server) = post::server(self.ctx) else {
            return Ok(mail.leave(&db, Delivery::NoServer).await?);
        };
        let to = match mail.prepare(&db).await? {
            Next::To(to) => to,
            Next::Nobody => return Ok(mail.leave(&db, Delivery::Nobody).await?),
            Next::CalledBack => return Ok(mail.leave(&db, Delivery::CalledBack).await?),
        };
        let emission = rendered(&db, &mail).await?;
        match emission.pdf_state {
            PdfState::Rendered => {}
            PdfState::Pending => return Ok(mail.wait(&db, NO_ANSWER, "no file yet").await?),
            PdfState::Failed => return Ok(mail.leave(&db, Delivery::GivenUp).await?),
        }
        if self.is_full().await? {
            return Ok(mail.wait(&db, FULL, "no more mails today").await?);
        }
        self.bring(&me, &db, &mail, &to, emission, server).await
    }

    /// Whether no more may go out today; some room is kept for links to sign in, which wait for
    /// nothing.
    async fn is_full(&self) -> Result<bool, AppError> {
        let most = self.settings.mails_a_day;
        Ok(went_out_today(self.ctx).await? >= most - most / KEPT_FOR_LINKS)
    }

    /// A mail to somebody, while more may go out.
    async fn bring(
        &mut self,
        me: &Member,
        db: &Db,
        mail: &Model,
        to: &Recipient,
        emission: receipt_emissions::Model,
        server: Server<'_>,
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
            return Ok(mail.wait(db, NO_ANSWER, "the mail server is not there").await?);
        };
        // Five times is a little more than all steps of a talk may take.
        let lease = chrono::Duration::from_std(self.patience() * 5).map_err(AppError::internal)?;
        if (self.is_ending)() || !mail.take(db, &to.address, lease + NO_ANSWER).await? {
            post.leave().await;
            return Ok(());
        }
        let (answer, is_down) = post.hand_over(&message).await;
        self.is_down |= is_down;
        Ok(mail.answered(db, answer).await?)
    }

    fn patience(&self) -> std::time::Duration {
        std::time::Duration::from_secs(self.settings.mail_patience_seconds)
    }

    /// `None` where it is not there; then it is not asked again in this look.
    async fn open(&mut self, server: Server<'_>) -> Option<Post> {
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

/// The receipt that it brings, made now where nobody has and it is due.
async fn rendered(db: &Db, mail: &Model) -> Result<receipt_emissions::Model, AppError> {
    let find = || receipt_emissions::Model::find(db, mail.order_id, mail.emission_id);
    let emission = find().await?;
    let is_due = emission.next_attempt_at.to_utc() <= Utc::now();
    if emission.pdf_state != PdfState::Pending || !is_due {
        return Ok(emission);
    }
    receipt_emissions::Entity::render(db, emission.id).await?;
    Ok(find().await?)
}
