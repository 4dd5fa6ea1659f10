//! What a stringer takes along.

use serde::Serialize;
use uuid::Uuid;

use crate::models::exports::{ExportKind, ExportState, Model};
use crate::models::stringers::Member;
use crate::values::Vocabulary as _;

/// `exports/index.html`, and `exports/_list.html`, which is renewed while something is owed.
#[derive(Debug, Serialize)]
pub struct Index {
    kinds: Vec<&'static str>,
    exports: Vec<Line>,
    /// Something is owed.
    is_running: bool,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Uuid,
    kind: &'static str,
    state: &'static str,
    name: String,
    /// In kilobytes.
    size: i64,
    at: String,
    until: String,
}

impl Index {
    /// The page.
    #[must_use]
    pub fn new(me: &Member, made: &[Model]) -> Self {
        let line = |export: &Model| Line {
            id: export.id,
            kind: export.kind.code(),
            state: export.state.code(),
            name: export.file_name(),
            size: (export.size + 1023) / 1024,
            at: me.moment(export.created_at.to_utc()),
            until: me.moment(export.kept_until.to_utc()),
        };
        Self {
            kinds: ExportKind::codes(),
            exports: made.iter().map(line).collect(),
            is_running: made.iter().any(|export| export.state == ExportState::Owed),
        }
    }
}
