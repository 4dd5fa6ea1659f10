{% set file = name | snake_case -%}
{% set act = file | pascal_case -%}
to: src/workers/{{ file }}.rs
skip_exists: true
message: "`{{ act }}` stands. It calls one model method, `{{ file }}`, which is yours to write; then test it under tests/workers."
injections:
- into: src/workers/mod.rs
  after_last: "^pub mod "
  content: "pub mod {{ file }};"
- into: src/app.rs
  after_last: "queue.register"
  content: "        queue.register(crate::workers::{{ file }}::{{ act }}::build(ctx)).await?;"
---
//! TODO: what it does, and which row says that it is owed.

use loco_rs::prelude::*;
use serde::{Deserialize, Serialize};

use super::scoped_db_of;
use crate::web::AppError;

/// The worker.
pub struct {{ act }} {
    ctx: AppContext,
}

/// Which row of whom.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct {{ act }}Args {
    /// The stringer.
    pub stringer_id: Uuid,
    /// The row.
    pub id: Uuid,
}

#[async_trait]
impl BackgroundWorker<{{ act }}Args> for {{ act }} {
    fn build(ctx: &AppContext) -> Self {
        Self { ctx: ctx.clone() }
    }

    async fn perform(&self, args: {{ act }}Args) -> Result<()> {
        {{ file }}(&self.ctx, args).await.map_err(|error| Error::string(&format!("{error:?}")))
    }
}

/// Does it now.
///
/// # Errors
/// When the stringer or the row is not there, or the database does not answer.
pub async fn {{ file }}(ctx: &AppContext, args: {{ act }}Args) -> Result<(), AppError> {
    let db = scoped_db_of(ctx, args.stringer_id).await?;
    Ok(crate::models::rows::Entity::{{ file }}(&db, args.id).await?)
}

impl {{ act }} {
    /// Nudges the queue, after the commit. Whether it takes the nudge does not
    /// matter: what is owed stands in a row, and the sweeper reads it.
    pub async fn later(ctx: &AppContext, stringer_id: Uuid, id: Uuid) {
        if let Err(error) = Self::perform_later(ctx, {{ act }}Args { stringer_id, id }).await {
            tracing::warn!(%error, %id, "not nudged; the sweeper will find it");
        }
    }
}
