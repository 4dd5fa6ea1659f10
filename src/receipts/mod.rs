//! A leaf: a frozen snapshot in, one A4 page as PDF out. It knows no database, no
//! request and no context, and calls nothing by a name that is not in the snapshot.

mod engine;
mod snapshot;

pub use snapshot::{Line, Snapshot, Strung};

/// Renders a snapshot's JSON. The same text gives the same bytes.
///
/// # Errors
/// With the reason, for the log and the failed-jobs page.
pub async fn render(snapshot: String) -> Result<Vec<u8>, String> {
    tokio::task::spawn_blocking(move || engine::render(snapshot))
        .await
        .map_err(|error| format!("rendering died: {error}"))?
}
