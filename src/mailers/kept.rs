//! Mails that go nowhere, to be looked at while developing. loco's stub keeps them as well, and
//! shows them to tests alone.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use lettre::Message;

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
