//! Who strings here, for an admin.

use crate::process::crew::joined_by;
use crate::support::World;

#[tokio::test]
async fn many_stringers_have_pages_and_one_is_found() {
    let world = World::demo().await;
    joined_by(&world.beneath().await, 60).await;
    let mut stefan = world.stefan().await;
    let rows = |page: &crate::support::Answer| page.text().matches("<p class=\"account").count();
    let first = stefan.get("/admin/stringers").await.sees(200);
    let next = first.attribute("nav a[href*='page=1']", "href").expect("a further page");
    assert_eq!(rows(&first), 50);
    assert_eq!(rows(&stefan.get(&next).await.sees(200)), 12);
    let found = stefan.get("/admin/stringers?q=Stringer-7@EXAMPLE.ch").await.sees(200);
    assert!(rows(&found) == 1 && found.contains("stringer-7@example.ch"));
    let named = stefan.get("/admin/stringers?q=besaitungen").await.sees(200);
    assert!(rows(&named) == 1 && named.contains("stefan@example.ch"));
    // A sign of the pattern is a letter as any other.
    assert!(stefan.get("/admin/stringers?q=%25").await.sees(200).contains("Niemand heisst so."));
    // What was refused stands beside the stringer it is about.
    let action = found.attribute("form[action$='/closing']", "action").expect("an act");
    let refused = stefan.post(&action, &[("reason", "")]).await.sees(422);
    assert!(rows(&refused) == 1 && refused.contains("stringer-7@example.ch"));
}
