//! Who sets a page: two at once, and each by itself.

use std::sync::{Mutex, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::Semaphore;

use super::TypesetError;

/// So many pages are set at once, the others wait: each takes megabytes while it is set, and a
/// busy evening is no reason to grow the process.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Hands that are idle. typst sets many pages by many hands; a receipt is one page, and those that
/// find nothing to do at it cost more than they save. A day's receipts in one file are set by one as
/// well, so that the other processor is there for pages.
static HANDS: Mutex<Vec<ThreadPool>> = Mutex::new(Vec::new());

/// Does what may take its time, on a thread for that, when it is its turn.
pub(super) async fn in_turn<T, F>(work: F) -> Result<T, TypesetError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, TypesetError> + Send + 'static,
{
    // Nobody closes it.
    let turn = TURNS.acquire().await.ok();
    let done = tokio::task::spawn_blocking(move || {
        // Whoever asked may be gone; the turn is over when the work is.
        let _turn = turn;
        by_one_hand(work)
    });
    done.await?
}

fn by_one_hand<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let idle = || HANDS.lock().unwrap_or_else(PoisonError::into_inner);
    let hand = idle().pop();
    match hand.map_or_else(|| ThreadPoolBuilder::new().num_threads(1).build(), Ok) {
        Ok(hand) => {
            let done = hand.install(work);
            idle().push(hand);
            done
        }
        // Then by all that there are.
        Err(_) => work(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn two_are_at_work_at_most_each_alone_also_when_nobody_waits_for_them() {
        let at_work = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let work = || {
            let at_work = at_work.clone();
            in_turn(move || {
                let now = at_work.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                std::thread::sleep(std::time::Duration::from_millis(30));
                at_work.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                Ok((now, rayon::current_num_threads()))
            })
        };
        // Two that are not waited for.
        for _ in 0..2 {
            let soon = std::time::Duration::from_millis(5);
            assert!(tokio::time::timeout(soon, work()).await.is_err());
        }
        let seen = futures_util::future::join_all((0..8).map(|_| work())).await;
        for one in seen {
            let (others, hands) = one.expect("done");
            assert!(others < 2, "{others} others");
            assert_eq!(hands, 1);
        }
        assert!(HANDS.lock().unwrap().len() <= 2);
    }
}
