{% set file = name | snake_case -%}
{% set act = file | pascal_case -%}
to: src/tasks/{{ file }}.rs
skip_exists: true
message: "`cargo loco task {{ file }}` stands, and does nothing yet."
injections:
- into: src/tasks/mod.rs
  after_last: "^pub mod "
  content: "pub mod {{ file }};"
- into: src/app.rs
  before: "// tasks-inject"
  content: "        tasks.register(tasks::{{ file }}::{{ act }});"
---
//! TODO: what somebody starts it for.

use loco_rs::prelude::*;

use crate::database;

/// `cargo loco task {{ file }}`.
pub struct {{ act }};

#[async_trait]
impl Task for {{ act }} {
    fn task(&self) -> TaskInfo {
        TaskInfo { name: "{{ file }}".to_owned(), detail: "TODO".to_owned() }
    }

    async fn run(&self, ctx: &AppContext, _vars: &task::Vars) -> Result<()> {
        database::open_once(ctx).await
    }
}
