to: tests/requests/{{ plural }}.rs
skip_exists: true
message: "`/{{ path }}` stands. Run `cargo fmt --all`, put its words into the two locale files, and `cargo test {{ plural }}`."
injections:
- into: tests/requests/mod.rs
  after_last: "^mod "
  content: "mod {{ plural }};"
---
//! {{ many_en }}: entered, changed, removed, and nobody else's.

use crate::support::World;

const FIELDS: [(&str, &str); {{ fields | length }}] = [
{%- for field in fields %}
    ("{{ field.name }}", "{{ field.sample }}"),
{%- endfor %}
];

#[tokio::test]
async fn one_is_entered_found_changed_and_removed() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let page = stefan.post("/{{ path }}", &FIELDS).await.sees(303).location();
    assert_eq!(stefan.get(&page).await.sees(200).element("h1").as_deref(), Some("{{ fields.0.sample }}"));
    let form = stefan.get(&format!("{page}/edit")).await.sees(200);
    assert_eq!(form.value("#f-{{ fields.0.name }}").as_deref(), Some("{{ fields.0.sample }}"));

    let changed: Vec<_> = FIELDS.into_iter().skip(1).chain([("{{ fields.0.name }}", "Otherwise")]).collect();
    stefan.post(&page, &changed).await.sees(303);
    assert!(stefan.get("/{{ path }}?q=otherwise").await.sees(200).contains(&page));
    assert!(!stefan.get("/{{ path }}?q=nothing").await.sees(200).contains(&page));

    stefan.delete(&page).await.sees(303);
    stefan.get(&page).await.sees(404);
}

#[tokio::test]
async fn the_other_stringer_sees_and_changes_nothing() {
    let world = World::demo().await;
    let mut marco = world.marco().await;
    let page = marco.post("/{{ path }}", &FIELDS).await.sees(303).location();

    let mut stefan = world.stefan().await;
    assert!(!stefan.get("/{{ path }}").await.sees(200).contains(&page));
    stefan.get(&page).await.sees(404);
    stefan.get(&format!("{page}/edit")).await.sees(404);
    stefan.post(&page, &FIELDS).await.sees(404);
    stefan.delete(&page).await.sees(404);
    marco.get(&page).await.sees(200);
}

#[tokio::test]
async fn what_cannot_be_taken_is_marked_and_what_was_typed_is_kept() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let too_long = "x".repeat(121);
    for typed in ["", too_long.as_str()] {
        let fields: Vec<_> = FIELDS.into_iter().skip(1).chain([("{{ fields.0.name }}", typed)]).collect();
        let page = stefan.post("/{{ path }}", &fields).await.sees(422);
        assert!(page.element("#e-{{ fields.0.name }}").is_some());
        assert_eq!(page.value("#f-{{ fields.0.name }}").as_deref(), Some(typed));
    }
}
