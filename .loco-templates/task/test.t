{% set file = name | snake_case -%}
to: tests/tasks/{{ file }}.rs
skip_exists: true
injections:
- into: tests/tasks/mod.rs
  append: true
  content: "mod {{ file }};"
---
use loco_rs::boot::run_task;
use loco_rs::task::Vars;
use rbo::app::App;

use crate::support::World;

#[tokio::test]
async fn {{ file }}_runs_on_a_book_in_use() {
    let world = World::demo().await;
    let name = "{{ file }}".to_owned();
    run_task::<App>(&world.ctx, Some(&name), &Vars::default()).await.expect("done");
}
