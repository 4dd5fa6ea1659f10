//! What an order's own row says of its client, racket and strings is what their tables say,
//! whatever was renamed since.

use rbo::models::catalogue_strings;
use rbo::models::persons::full_name;
use sea_orm::{ConnectionTrait, QueryResult, Statement};

use crate::support::World;

const JOINED: &str = "
SELECT o.client_name, o.client_key, o.racket_name, o.racket_nickname, o.mains_name,
  o.crosses_name, k.search_key, p.display_first_name, p.display_last_name, f.nickname,
  r.manufacturer, r.model, o.mains_string_text, o.crosses_string_text,
  m.manufacturer AS mains_maker, m.model AS mains_model, m.gauge AS mains_gauge,
  x.manufacturer AS crosses_maker, x.model AS crosses_model, x.gauge AS crosses_gauge
FROM orders AS o
JOIN client_profiles AS k ON k.id = o.client_profile_id
LEFT JOIN persons AS p ON p.id = k.person_id
JOIN client_rackets AS f ON f.id = o.client_racket_id
JOIN rackets AS r ON r.id = f.racket_id
LEFT JOIN strings AS m ON m.id = o.mains_string_id
LEFT JOIN strings AS x ON x.id = o.crosses_string_id";

type Words = (Option<String>, String, String, Option<String>, Option<String>, Option<String>);

fn kept(row: &QueryResult) -> Words {
    let said = |column: &str| row.try_get("", column).unwrap();
    (
        said("client_name"),
        row.try_get("", "client_key").unwrap(),
        row.try_get("", "racket_name").unwrap(),
        said("racket_nickname"),
        said("mains_name"),
        said("crosses_name"),
    )
}

fn meant(row: &QueryResult) -> Words {
    let said = |column: &str| row.try_get::<Option<String>>("", column).unwrap();
    let string = |side: &str| {
        let named = said(&format!("{side}_maker")).zip(said(&format!("{side}_model")));
        let gauge = row.try_get("", &format!("{side}_gauge")).unwrap();
        let named = named.map(|(maker, model)| catalogue_strings::name(&maker, &model, gauge));
        named.or_else(|| said(&format!("{side}_string_text")))
    };
    let last = said("display_last_name").unwrap_or_default();
    let racket = [said("manufacturer"), said("model")].map(Option::unwrap_or_default).join(" ");
    (
        said("display_first_name").map(|first| full_name(&first, &last)),
        said("search_key").unwrap(),
        racket.trim().to_owned(),
        said("nickname"),
        string("mains"),
        string("crosses"),
    )
}

async fn all_say_what_is_meant(world: &World) -> usize {
    let beneath = world.beneath().await;
    let all = Statement::from_string(beneath.get_database_backend(), JOINED);
    let rows = beneath.query_all_raw(all).await.unwrap();
    for row in &rows {
        assert_eq!(kept(row), meant(row));
    }
    rows.len()
}

#[tokio::test]
async fn words_are_those_of_the_tables_that_they_come_from() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let before = all_say_what_is_meant(&world).await;
    assert!(before > 100);
    let new = [
        ("client", "new"),
        ("first_name", "Zoë"),
        ("last_name", "Weiß"),
        ("frame", "new"),
        ("racket", "prince phantom 93"),
        ("racket_nickname", "blau"),
        ("mains_string", "Kirschbaum Pro Line II 1,25"),
        ("mains_new", "1"),
        ("crosses_string", "was da war"),
        ("labor", "25"),
    ];
    let order = stefan.post("/orders", &new).await.sees(303).location();
    let own = [("client", "self"), ("frame", "new"), ("racket", "Head Boom MP")];
    stefan.post("/orders", &own).await.sees(303);
    assert_eq!(all_say_what_is_meant(&world).await, before + 2);
    // Everything gets another name.
    let page = stefan.get(&order).await.sees(200);
    let client = page.attribute("a[href^='/clients/']", "href").expect("a client");
    let racket = page.attribute("a[href^='/client-rackets/']", "href").expect("a racket");
    stefan.post(&client, &[("first_name", "Zora"), ("nickname", "Zo")]).await.sees(303);
    stefan.post(&racket, &[("nickname", "rot")]).await.sees(303);
    let edit = format!("{}/edit", order.split('?').next().unwrap());
    let mut form = stefan.get(&edit).await.sees(200).form("#order-form");
    for (name, value) in &mut form {
        match name.as_str() {
            "mains_string" => "Babolat RPM Blast 1.25".clone_into(value),
            "frame" => "new".clone_into(value),
            "racket" => "Yonex Ezone 98".clone_into(value),
            _ => {}
        }
    }
    stefan.post_fields(order.split('?').next().unwrap(), &form).await.sees(303);
    all_say_what_is_meant(&world).await;
    let list = stefan.get("/orders?q=zora").await.sees(200);
    assert!(list.contains("Zora") && !list.contains("Zoë"));
    assert!(!world.marco().await.get("/orders?q=zora").await.contains("Zora"));
}
