//! Sends mails: those with a link as soon as one is owed, then receipts, and what was left at the
//! next look. It stands beside the requests, so that asking for a mail takes the same time whoever
//! asks.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use loco_rs::Result;
use loco_rs::app::{AppContext, Initializer};
use tokio::task::AbortHandle;

use crate::auth::authenticator::Authenticator;
use crate::auth::mail_desk::MailDesk;
use crate::mailers;
use crate::settings::Settings;
use crate::workers::mail_receipts;

/// Starts the sender, where there is one to start.
pub struct MailSender;

/// Stops it with the server.
#[derive(Clone)]
pub struct MailSenderHandle(AbortHandle);

impl MailSenderHandle {
    /// At once; what it was at is still owed, and found again.
    pub fn stop(&self) {
        self.0.abort();
    }
}

#[async_trait]
impl Initializer for MailSender {
    fn name(&self) -> String {
        "mail_sender".to_owned()
    }

    async fn before_run(&self, ctx: &AppContext) -> Result<()> {
        let mails = ctx.shared_store.get::<Authenticator>().map(|auth| auth.mails);
        let Some(mails) = mails else { return Ok(()) };
        let pause = Duration::from_secs(Settings::from_context(ctx)?.sweep_every_seconds);
        let inner = ctx.clone();
        let task = tokio::spawn(async move { deliver(inner, mails, pause).await });
        ctx.shared_store.insert(MailSenderHandle(task.abort_handle()));
        Ok(())
    }
}

async fn deliver(ctx: AppContext, mails: Arc<MailDesk>, pause: Duration) {
    let signal = mails.signal();
    loop {
        let send = |mail| {
            let ctx = ctx.clone();
            async move { mailers::send(&ctx, &mail).await }
        };
        if mails.can_mail()
            && let Err(error) = mails.send_owed(send).await
        {
            tracing::error!(%error, "sending mails failed; trying again later");
        }
        // Without a mail server they are told to be without one.
        if let Err(error) = mail_receipts::mail_owed(&ctx).await {
            tracing::error!(?error, "mailing receipts failed; trying again later");
        }
        let _either = tokio::time::timeout(pause, signal.notified()).await;
    }
}
