{% set file = name | snake_case -%}
{% set act = file | pascal_case -%}
to: tests/workers/{{ file }}.rs
skip_exists: true
injections:
- into: tests/workers/mod.rs
  append: true
  content: "mod {{ file }};"
---
use rbo::demo;
use rbo::workers::{{ file }}::{ {{- file }}, {{ act -}}Args};

use crate::support::World;

#[tokio::test]
async fn {{ file }}_of_another_stringers_row_does_nothing() {
    let world = World::demo().await;
    let (stefan, _his) = world.at_work(demo::STEFAN).await;
    let stranger = {{ act }}Args { stringer_id: stefan.id, id: uuid::Uuid::now_v7() };
    assert!({{ file }}(&world.ctx, stranger).await.is_err());
}
