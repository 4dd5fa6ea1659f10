//! Orders that one stringer lets another read: what is seen, what never, and for how long.

use rbo::demo;
use rbo::models::catalogue::Visibility;
use rbo::models::notifications::{self, NotificationKind};
use rbo::models::share_audit::{self, ShareEvent};
use rbo::models::{client_profiles, client_rackets, order_shares, orders, rackets, sharing};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use crate::support::{Browser, World};

/// Stefan with a strung order of a client whose name, price and comments are unmistakable.
struct Two {
    world: World,
    stefan: Browser,
    marco: Browser,
    his: Db,
    other: Db,
    marcos: Uuid,
    client: Uuid,
    order: Uuid,
}

impl Two {
    async fn meet() -> Self {
        let world = World::demo().await;
        let (stefan, marco) = (world.stefan().await, world.marco().await);
        let (_, his) = world.at_work(demo::STEFAN).await;
        let (me, other) = world.at_work(demo::MARCO).await;
        let strung = orders::Entity::find()
            .filter(orders::Column::IsSelf.eq(false))
            .filter(orders::Column::MainsStringId.is_not_null())
            .filter(orders::Column::StrungAt.is_not_null());
        // Of a racket that everybody has.
        let mut shared = None;
        for order in strung.all(&his).await.unwrap() {
            let frame = client_rackets::Model::find(&his, order.client_racket_id).await.unwrap();
            let model = rackets::Model::find(&his, frame.racket_id).await.unwrap();
            if model.visibility == Visibility::CatalogueShared {
                shared = Some(order);
            }
        }
        let order = shared.expect("a strung order");
        let client = order.client_profile_id;
        let said = client_profiles::Client::find(&his, client).await.unwrap();
        let person = rbo::models::persons::NewPerson {
            first_name: "Zoe".into(),
            last_name: "Geheim".into(),
            email: Some("zoe@geheim.example".into()),
            locale: None,
        };
        let file = client_profiles::NewClient {
            person,
            notes: Some("Notizgeheimnis".into()),
            contact: Some("079 999 99 99".into()),
            ..client_profiles::NewClient::default()
        };
        assert!(client_profiles::Entity::edit(&his, said.id, &file).await.unwrap());
        orders::Entity::update_many()
            .col_expr(orders::Column::CommentPublic, Expr::value("Kommentargeheimnis"))
            .col_expr(orders::Column::CommentPrivate, Expr::value("Privatgeheimnis"))
            .col_expr(orders::Column::TotalOverride, Expr::value(77_700))
            .filter(orders::Column::Id.eq(order.id))
            .exec(&his)
            .await
            .unwrap();
        Self { world, stefan, marco, his, other, marcos: me.id, client, order: order.id }
    }

    /// As the page says it.
    async fn share(&mut self) -> Uuid {
        let fields = [
            ("client", self.client.to_string()),
            ("to", self.marcos.to_string()),
            ("order", self.order.to_string()),
        ];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let done = self.stefan.post("/shares", &fields).await.sees(303);
        assert_eq!(done.location(), "/shares/given?done=granted");
        let shares = order_shares::Entity::find();
        let shares = shares.filter(order_shares::Column::RevokedAt.is_null());
        shares.one(&self.his).await.unwrap().expect("a grant").id
    }

    async fn events(&self) -> Vec<ShareEvent> {
        let mut all = share_audit::Entity::find().all(&self.his).await.unwrap();
        all.sort_by_key(|row| row.id);
        all.iter().map(|row| row.event).collect()
    }
}

async fn told(db: &Db, kind: NotificationKind) -> u64 {
    let of = notifications::Entity::find().filter(notifications::Column::Kind.eq(kind));
    of.count(db).await.unwrap()
}

const SECRETS: [&str; 7] = [
    "Geheim",
    "geheim.example",
    "Notizgeheimnis",
    "079 999",
    "Kommentargeheimnis",
    "Privatgeheimnis",
    "777.00",
];

#[tokio::test]
async fn a_stringer_is_found_and_reads_what_is_shared_and_nothing_else() {
    let mut two = Two::meet().await;
    let page = two.stefan.get(&format!("/clients/{}", two.client)).await.sees(200);
    let new = format!("/shares/new?client={}", two.client);
    assert!(page.contains(&new));
    // One letter finds nobody, oneself is not found, and who is chosen is named.
    for (query, found) in [("m", false), ("marco", true), ("MÄRCO", true), ("stefan", false)] {
        let page = two.stefan.get(&format!("{new}&q={query}")).await.sees(200);
        assert_eq!(page.contains("Marco Tennis Service"), found, "{query}");
    }
    let page = two.stefan.get(&format!("{new}&to={}", two.marcos)).await.sees(200);
    assert!(page.contains("Marco Tennis Service") && page.contains(&two.order.to_string()));
    // Nothing chosen is asked about.
    let nothing = [("client", two.client.to_string()), ("to", two.marcos.to_string())];
    let nothing: Vec<_> = nothing.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let asked = two.stefan.post("/shares", &nothing).await.sees(303).location();
    assert!(two.stefan.get(&asked).await.sees(200).contains("Wähle mindestens einen Auftrag"));

    assert!(two.marco.get("/shares").await.sees(200).contains("Nobody shares an order"));
    let share = two.share().await;
    two.share().await;
    assert_eq!(order_shares::Entity::find().count(&two.his).await.unwrap(), 1, "once is enough");
    assert!(two.marco.get("/").await.sees(200).contains("One piece of news"));
    let list = two.marco.get("/shares").await.sees(200);
    let path = format!("/shares/{share}/{}", two.order);
    let seen = two.marco.get(&path).await.sees(200);
    let copy = two.marco.get(&format!("/orders/new?shared={share}&from={}", two.order)).await;
    let copy = copy.sees(200);
    for page in [&list, &seen, &copy] {
        assert!(page.contains("Zoe"));
        for secret in SECRETS {
            assert!(!page.contains(secret), "{secret}");
        }
    }
    assert!(two.marco.get("/").await.contains("piece of news"), "a look is no word");
    let told = two.marco.get("/news").await.sees(200);
    assert!(told.contains("shares an order with you"), "{}", told.text());
    let news = told.form("form[action='/news/seen']");
    two.marco.post_fields("/news/seen", &news).await.sees(303);
    assert!(!two.marco.get("/").await.contains("piece of news"), "seen is seen");
    use ShareEvent::{Granted, Read};
    assert_eq!(two.events().await, [Granted, Read, Read]);
    // By source, and by its client.
    let source = two.world.at_work(demo::STEFAN).await.0.id;
    let by = format!("/shares?from={source}&client=");
    assert!(two.marco.get(&format!("{by}Zoe")).await.sees(200).contains(&path));
    assert!(!two.marco.get(&format!("{by}Zo%C3%AB")).await.sees(200).contains(&path));
    // Whose order it is sees each of these, and who reads sees none of it.
    let log = two.stefan.get("/shares/log").await.sees(200);
    for (shown, times) in
        [("darf ihn lesen · durch dich", 1), ("hat ihn gelesen · von sich aus", 2)]
    {
        assert_eq!(log.text().matches(shown).count(), times, "{shown}: {}", log.text());
    }
    assert!(two.marco.get("/shares/log").await.sees(200).contains("Nobody has been let read"));
    // His own lists and searches have none of it.
    for path in ["/orders", "/orders?q=Zoe", "/clients?q=Zoe"] {
        let page = two.marco.get(path).await.sees(200);
        for shared in [two.order, two.client] {
            assert!(!page.contains(&shared.to_string()), "{path}");
        }
    }
    two.marco.get(&format!("/orders/{}", two.order)).await.sees(404);
    two.stefan.get(&path).await.sees(404);
    // On paper, from the receipt's own template.
    let sheet = two.marco.get(&format!("{path}/sheet.pdf")).await.sees(200);
    assert!(sheet.bytes.starts_with(b"%PDF"));
    two.stefan.get(&format!("{path}/sheet.pdf")).await.sees(404);
    let marco = two.world.at_work(demo::MARCO).await.0;
    let says = sharing::read(&two.other, share, two.order).await.unwrap().sheet(marco.region());
    assert!(says.client == "Zoe" && says.total.is_empty() && says.prices.is_empty());
    assert!(says.mains.tension.is_some() && !says.details.is_empty());
    for secret in SECRETS {
        assert!(!says.to_json().contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn either_side_ends_it_at_once_and_both_are_told_once() {
    let mut two = Two::meet().await;
    for by_grantee in [false, true] {
        let share = two.share().await;
        let path = format!("/shares/{share}/{}", two.order);
        two.marco.get(&path).await.sees(200);
        let (list, ending) = if by_grantee {
            ("/shares", &mut two.marco)
        } else {
            ("/shares/given", &mut two.stefan)
        };
        assert!(ending.get(list).await.sees(200).contains(&share.to_string()));
        let whose = if by_grantee { "?done=received" } else { "" };
        let ended = ending.delete(&format!("/shares/{share}{whose}")).await.sees(303);
        assert_eq!(ended.location(), format!("{list}?done=revoked"));
        // Once and for good; a second tap is told the same, and does nothing.
        ending.delete(&format!("/shares/{share}")).await.sees(303);
        for gone in [path, format!("/orders/new?shared={share}&from={}", two.order)] {
            two.marco.get(&gone).await.sees(404);
        }
        assert!(!two.marco.get("/shares").await.sees(200).contains("Zoe"));
    }
    let revoked = NotificationKind::ShareRevokedFromMe;
    assert_eq!((told(&two.other, revoked).await, told(&two.his, revoked).await), (1, 1));
    assert_eq!(told(&two.other, NotificationKind::ShareGrantedToMe).await, 2);
    use ShareEvent::{Granted, Read, Revoked};
    assert_eq!(two.events().await, [Granted, Read, Revoked, Granted, Read, Revoked]);
}

#[tokio::test]
async fn what_is_not_ones_own_or_nobodys_to_read_is_not_shared() {
    let mut two = Two::meet().await;
    let marcos = orders::Entity::find().one(&two.other).await.unwrap().expect("an order").id;
    let open = orders::Entity::find()
        .filter(orders::Column::StrungAt.is_null())
        .filter(orders::Column::CancelledAt.is_null());
    let open = open.one(&two.his).await.unwrap().expect("an open order").id;
    let (me, _) = two.world.at_work(demo::STEFAN).await;
    let (mine, nobody) = (two.order, Uuid::now_v7());
    for (to, order) in [
        (two.marcos, marcos),
        (two.marcos, open),
        (two.marcos, nobody),
        (me.id, mine),
        (nobody, mine),
    ] {
        let fields = [
            ("client", two.client.to_string()),
            ("to", to.to_string()),
            ("order", mine.to_string()),
            ("order", order.to_string()),
        ];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        two.stefan.post("/shares", &fields).await.sees(404);
    }
    for nothing in [&[][..], &[("to", "x"), ("order", "y")]] {
        two.stefan.post("/shares", nothing).await.sees(404);
    }
    assert_eq!(order_shares::Entity::find().count(&two.his).await.unwrap(), 0, "all or nothing");
    // Another one's grant is nobody else's to end or to read by.
    let share = two.share().await;
    let mut stranger = two.world.visitor();
    stranger.delete(&format!("/shares/{share}")).await.sees(303);
    two.marco.get(&format!("/shares/{share}/{nobody}")).await.sees(404);
    two.marco.get(&format!("/orders/new?shared={nobody}&from={mine}")).await.sees(404);
    two.marco.get("/shares/new").await.sees(404);
    two.marco.get(&format!("/shares/new?client={}", two.client)).await.sees(404);
    // Whoever does not string here any more is found by nobody.
    let found = sharing::find_stringers(&two.his, me.id, "marco").await.unwrap();
    assert_eq!(found.len(), 1);
    let admin = "/admin/stringers";
    two.stefan.get(admin).await.sees(200);
    let closing = format!("{admin}/{}/closing", two.marcos);
    two.stefan.post(&closing, &[("reason", "gone")]).await.sees(303);
    let found = sharing::find_stringers(&two.his, me.id, "marco").await.unwrap();
    assert!(found.is_empty());
}

#[tokio::test]
async fn a_copy_is_ones_own_from_the_first_to_the_last_word() {
    let mut two = Two::meet().await;
    let share = two.share().await;
    let before = orders::Model::find(&two.his, two.order).await.unwrap();
    let path = format!("/orders/new?shared={share}&from={}", two.order);
    let page = two.marco.get(&path).await.sees(200);
    let mut form = page.form("form[method=post][id$='-form']");
    for (name, value) in &mut form {
        if name == "mains_price" || name == "labor" {
            *value = "20".into();
        }
    }
    let saved = two.marco.post_fields("/orders", &form).await.sees(303).location();
    let copy: Uuid = saved[8..44].parse().expect("an order");
    let copy = orders::Model::find(&two.other, copy).await.unwrap();
    assert_eq!(
        (copy.client_name.as_deref(), &copy.racket_name),
        (Some("Zoe"), &before.racket_name)
    );
    let frame = client_rackets::Model::find(&two.other, copy.client_racket_id).await.unwrap();
    let his = client_rackets::Model::find(&two.his, before.client_racket_id).await.unwrap();
    assert_eq!(frame.racket_id, his.racket_id, "what everybody has is no new entry");
    assert_eq!(copy.mains_string_id, before.mains_string_id);
    assert_eq!((&copy.mains_name, &copy.crosses_name), (&before.mains_name, &before.crosses_name));
    assert_eq!(
        (copy.mains_tension, copy.tension_unit),
        (before.mains_tension, before.tension_unit)
    );
    assert_eq!((copy.copied_from, copy.comment_private, copy.total_override), (None, None, None));
    // It stays, whatever becomes of the leave; and nothing of the granter's was written.
    two.stefan.delete(&format!("/shares/{share}")).await.sees(303);
    two.marco.get(&saved).await.sees(200);
    assert_eq!(orders::Model::find(&two.his, two.order).await.unwrap(), before);
}
