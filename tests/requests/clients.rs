//! A client's file.

use rbo::demo;
use rbo::models::client_profiles;
use rbo::values::Vocabulary as _;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::support::World;

async fn client_of(world: &World, email: &str) -> client_profiles::Client {
    let (_me, db) = world.at_work(email).await;
    let profile = client_profiles::Entity::find()
        .filter(client_profiles::Column::IsSelfForStringer.eq(false))
        .one(&db);
    let id = profile.await.unwrap().expect("a client").id;
    client_profiles::Client::find(&db, id).await.unwrap()
}

#[tokio::test]
async fn a_clients_file_is_edited_and_found_by_its_new_name() {
    let world = World::demo().await;
    let client = client_of(&world, demo::STEFAN).await;
    let path = format!("/clients/{}", client.id);
    let mut stefan = world.stefan().await;
    let form = stefan.get(&format!("{path}/edit")).await.sees(200);
    assert_eq!(form.value("#f-first_name"), client.first_name);
    for (first, email, marked) in [("", "", "first_name"), ("Zora", "zora@", "email")] {
        let fields = [("first_name", first), ("email", email), ("notes", "kept")];
        let page = stefan.post(&path, &fields).await.sees(422);
        assert!(page.marked(marked).is_some());
        assert!(page.contains("kept"));
    }
    let fields = [
        ("first_name", "Zora"),
        ("last_name", "Meyer <b>"),
        ("email", "zora@example.ch"),
        ("language", "en"),
        ("nickname", "the wall"),
        ("notes", "elbow in 2024"),
        ("tension_memo", "softer in winter"),
    ];
    stefan.post(&path, &fields).await.sees(303);
    let page = stefan.get(&path).await.sees(200);
    for shown in ["Zora Meyer &lt;b&gt;", "elbow in 2024", "softer in winter", "zora@example.ch"] {
        assert!(page.contains(shown), "{shown}");
    }
    for q in ["zora", "wall", "meyer"] {
        assert!(stefan.get(&format!("/clients?q={q}")).await.contains(&path), "{q}");
    }
    let old = client.first_name.expect("a name");
    assert!(!stefan.get(&format!("/clients?q={old}")).await.contains(&path));
    world.marco().await.post(&path, &[("first_name", "mine")]).await.sees(404);
    assert!(stefan.get(&path).await.contains("Zora"));
}

#[tokio::test]
async fn a_person_who_speaks_for_itself_keeps_its_name_and_the_file_can_still_be_edited() {
    let world = World::demo().await;
    let client = client_of(&world, demo::STEFAN).await;
    let raw = world.beneath().await;
    let person = client.person_id.expect("a person");
    let sql = "UPDATE persons SET subject = 'claimed', email_verified_at = updated_at WHERE id = ";
    let backend = raw.get_database_backend();
    let mark = if backend == sea_orm::DbBackend::Postgres { "$1" } else { "?" };
    let claim =
        sea_orm::Statement::from_sql_and_values(backend, format!("{sql}{mark}"), [person.into()]);
    raw.execute_raw(claim).await.unwrap();
    let (path, mut stefan) = (format!("/clients/{}", client.id), world.stefan().await);
    let is = client.person();
    let email = is.email.clone().unwrap_or_default();
    let language = is.locale.map_or("", rbo::i18n::Locale::code);
    let form = |first: &str| {
        [
            ("first_name", first),
            ("last_name", &is.last_name),
            ("email", &email),
            ("language", language),
            ("notes", "a word"),
        ]
        .map(|(field, value)| (field.to_owned(), value.to_owned()))
    };
    let page = stefan.post_fields(&path, &form("Somebody")).await.sees(422);
    assert!(page.marked("first_name").is_some());
    assert!(!stefan.get(&path).await.contains("a word"), "half of it was written");
    stefan.post_fields(&path, &form(&is.first_name)).await.sees(303);
    assert!(stefan.get(&path).await.contains("a word"));
    assert_eq!(
        world.rows("persons WHERE email_verified_at IS NOT NULL AND subject = 'claimed'").await,
        1
    );
}

#[tokio::test]
async fn a_search_finds_what_is_meant_on_either_database() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    for (first, last) in [
        ("Andre\u{301}", "Mölders"),
        ("Łukasz", "O’Brien"),
        ("Hundert%", "Prozent_Zeichen"),
        ("Rück\\strich", "Straße"),
    ] {
        let fields = [("first_name", first), ("last_name", last)];
        stefan.post("/clients", &fields).await.sees(303);
    }
    let mut found = async |typed: &str| -> usize {
        let query =
            form_urlencoded::Serializer::new(String::new()).append_pair("q", typed).finish();
        let list = stefan.fragment(&format!("/clients?{query}")).await.sees(200);
        list.text().matches("class=\"job\"").count()
    };
    for typed in [
        "andre",
        "André",
        "Andre\u{301}",
        "MOLDERS",
        "mölders",
        "lukasz",
        "obrien",
        "O'Brien",
        "strasse",
        "%",
        "_",
        "\\",
        "t%",
        "t_z",
        "k\\s",
        "andre molders",
    ] {
        assert_eq!(found(typed).await, 1, "{typed}");
    }
    for typed in ["%%", "__", "\\%", "a%e", "m_lders", "!"] {
        assert_eq!(found(typed).await, 0, "{typed}");
    }
}

#[tokio::test]
async fn orders_are_found_by_client_racket_string_and_receipt() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let fields = [
        ("client", "new"),
        ("first_name", "Zoéline"),
        ("frame", "new"),
        ("racket", "Prince Tözt 100"),
        ("mains_string", "Größe 17% Éclat"),
        ("racket_nickname", "Sara's"),
        ("labor", "25"),
    ];
    let saved = stefan.post("/orders", &fields).await.sees(303).location();
    let order = saved.split('?').next().unwrap();
    stefan.post(&format!("{order}/strung"), &[]).await.sees(303);
    let page = stefan.get(order).await.sees(200);
    let number = page.element("#receipt .job__who").expect("a receipt");
    let number = number.rsplit(' ').next().unwrap().to_owned();
    for typed in [
        "zoeline",
        "tozt",
        "zoeline prince",
        "17%",
        number.as_str(),
        "zoeline clat",
        "prince 100",
        "Größe",
        "GRÖSSE",
        "grosse eclat",
        "ÉCLAT",
        "E\u{301}clat",
        "sara's",
        "SARA'S",
    ] {
        let query =
            form_urlencoded::Serializer::new(String::new()).append_pair("q", typed).finish();
        let list = stefan.fragment(&format!("/orders?{query}")).await.sees(200);
        assert_eq!(list.text().matches("class=\"job\"").count(), 1, "{typed}");
        assert!(list.contains(order), "{typed}");
    }
    assert!(!stefan.fragment("/orders?q=zoeline+babolat").await.contains(order));
}

#[tokio::test]
async fn two_of_one_name_are_told_apart_by_their_rackets() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    for racket in ["Yonex Ezone 98", "Head Boom MP"] {
        let fields = [
            ("client", "new"),
            ("first_name", "Max"),
            ("last_name", "Müller"),
            ("frame", "new"),
            ("racket", racket),
            ("labor", "25"),
        ];
        stefan.post("/orders", &fields).await.sees(303);
    }
    for list in ["/clients?q=max+muller", "/orders/new?q=max+muller"] {
        let page = stefan.get(list).await.sees(200);
        for racket in ["Ezone 98", "Boom MP"] {
            assert!(page.contains(racket), "{list}: {racket}");
        }
    }
}
