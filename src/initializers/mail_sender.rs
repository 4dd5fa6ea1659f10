//! Sends mails: those with a link as soon as one is owed, and what was left at the next look;
//! receipts beside them, so that neither waits for the other. Both stand beside the requests, so
//! that asking for a mail takes the same time whoever asks.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use loco_rs::Result;
use loco_rs::app::{AppContext, Initializer};
use tokio::sync::{Mutex, Notify, watch};
use tokio::task::{AbortHandle, JoinHandle};

use crate::auth::authenticator::Authenticator;
use crate::auth::mail_desk::MailDesk;
use crate::mailers::{self, kept};
use crate::settings::Settings;
use crate::workers::mail_receipts;

/// Starts the senders, where there is anything to start.
pub struct MailSender;

/// Stops them with the server.
#[derive(Clone)]
pub struct MailSenderHandle {
    links: Option<AbortHandle>,
    ending: watch::Sender<bool>,
    receipts: Arc<Mutex<Option<JoinHandle<()>>>>,
    /// A talk with a mail server takes no longer.
    longest_talk: Duration,
}

impl MailSenderHandle {
    /// Links at once: what was being sent is still owed, and found again. A receipt is brought to
    /// its end first: of one that was cut off nobody would know whether it arrived.
    pub async fn stop(&self) {
        if let Some(links) = &self.links {
            links.abort();
        }
        self.ending.send_replace(true);
        let Some(mut receipts) = self.receipts.lock().await.take() else { return };
        if tokio::time::timeout(self.longest_talk, &mut receipts).await.is_err() {
            receipts.abort();
        }
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
        let settings = Settings::from_context(ctx)?;
        if kept::is_wished(ctx) {
            ctx.shared_store.insert(kept::KeptMails::default());
        }
        let pause = Duration::from_secs(settings.sweep_every_seconds);
        let links = mails.can_mail().then(|| {
            let links = send_links(ctx.clone(), Arc::clone(&mails), pause);
            tokio::spawn(links).abort_handle()
        });
        // Without a mail server receipts are told to be without one.
        let (ending, is_ending) = watch::channel(false);
        let receipts = tokio::spawn(mail(ctx.clone(), mails.receipts(), is_ending, pause));
        ctx.shared_store.insert(MailSenderHandle {
            links,
            ending,
            receipts: Arc::new(Mutex::new(Some(receipts))),
            longest_talk: Duration::from_secs(settings.mail_patience_seconds * 4 + 5),
        });
        Ok(())
    }
}

async fn send_links(ctx: AppContext, mails: Arc<MailDesk>, pause: Duration) {
    let signal = mails.signal();
    loop {
        let send = |mail| {
            let ctx = ctx.clone();
            async move { mailers::send(&ctx, &mail).await }
        };
        if let Err(error) = mails.send_owed(send).await {
            tracing::error!(%error, "sending mails failed; trying again later");
        }
        let _either = tokio::time::timeout(pause, signal.notified()).await;
    }
}

async fn mail(
    ctx: AppContext,
    signal: Arc<Notify>,
    mut is_ending: watch::Receiver<bool>,
    pause: Duration,
) {
    while !*is_ending.borrow() {
        let look = mail_receipts::mail_owed(&ctx, || *is_ending.borrow());
        if let Err(error) = look.await {
            tracing::error!(?error, "mailing receipts failed; trying again later");
        }
        tokio::select! {
            _ = tokio::time::timeout(pause, signal.notified()) => {}
            _ = is_ending.changed() => {}
        }
    }
}
