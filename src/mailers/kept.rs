//! Mails that go nowhere, to be looked at while developing. loco's stub keeps them as well, and
//! shows them to tests alone.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use lettre::Message;
use loco_rs::app::AppContext;

use crate::settings::Settings;

/// So many of the latest.
const MOST: usize = 50;

/// The latest mails since the start.
#[derive(Debug, Clone, Default)]
pub struct KeptMails(Arc<Mutex<Mails>>);

#[derive(Debug, Default)]
struct Mails {
    /// So many came.
    count: usize,
    /// As they would have been sent, each with its number.
    latest: VecDeque<(usize, Vec<u8>)>,
}

/// Whether mails are kept here: never in a release, where nobody could see them.
#[must_use]
pub fn is_wished(ctx: &AppContext) -> bool {
    let is_stub = ctx.config.mailer.as_ref().is_some_and(|mailer| mailer.stub);
    let keeps = || Settings::from_context(ctx).is_ok_and(|settings| settings.keeps_mails);
    cfg!(debug_assertions) && is_stub && keeps()
}

impl KeptMails {
    /// In place of sending it.
    pub fn keep(&self, message: &Message) {
        let mut mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let nth = mails.count;
        mails.count += 1;
        mails.latest.push_front((nth, message.formatted()));
        mails.latest.truncate(MOST);
    }

    /// The latest first, each with its number.
    #[must_use]
    pub fn latest(&self) -> Vec<(usize, Vec<u8>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).latest.iter().cloned().collect()
    }
}
