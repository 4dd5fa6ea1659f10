//! Who sees what of an order (RULES 6), by each rule, before, during and after leave for it: in
//! every column of every table, and on the pages, files and searches of whoever looks.

use rbo::database::scoped_db;
use rbo::demo;
use rbo::models::{
    client_profiles, client_rackets, orders, persons, rackets, receipt_emissions, sharing,
};
use rbo::units::Sport;
use rbo::workers::render_receipt::{self, RenderReceiptArgs};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, Statement,
};
use sea_orm_tenancy::{Db, Scope, TenantId};

use super::oracle::schema::{self, Kind};
use crate::support::{Browser, World};

/// What a grantee sees, by the words that stand there.
const SEEN: [&str; 6] = ["Zfirst", "Zmaker", "Zstring", "Zcolour", "Zmethod", "Zdevice"];

/// What nobody sees but the stringer.
const UNSEEN: [&str; 12] = [
    "Zlast", "zmail@", "Zcontact", "Znotes", "Zmemo", "Znick", "Zframe", "Zserial", "Zlabel",
    "Zpublic", "Zprivate", "Z-9999",
];

/// The same as numbers: stiffness and tension, and prices.
const SEEN_NUMBERS: [i64; 3] = [4711, 4712, 2345];
const UNSEEN_NUMBERS: [i64; 4] = [987_611, 987_612, 987_613, 987_614];

/// How a page writes the prices.
const PRICES: [&str; 4] = ["9'876.1", "9’876.1", "9,876.1", "9876.1"];

struct Scene {
    world: World,
    stefan: Uuid,
    marco: Uuid,
    stefans: Db,
    marcos: Db,
    order: Uuid,
    person: Uuid,
    emission: Uuid,
}

/// By which leave it is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rule {
    One,
    Two,
    Three,
    None,
}

impl Scene {
    async fn set() -> Self {
        let world = World::demo().await;
        let (stefan, stefans) = world.at_work(demo::STEFAN).await;
        let (marco, marcos) = world.at_work(demo::MARCO).await;
        let emission = receipt_emissions::Entity::find().one(&stefans).await.unwrap().unwrap();
        let order = orders::Model::find(&stefans, emission.order_id).await.unwrap();
        let file = client_profiles::Entity::find_by_id(order.client_profile_id);
        let file = file.one(&stefans).await.unwrap().expect("a file");
        let person = file.person_id.expect("a person");
        let args = RenderReceiptArgs { stringer_id: stefan.id, emission_id: emission.id };
        render_receipt::render(&world.ctx, args).await.unwrap();
        let model = rackets::Entity::find_or_create(&stefans, Sport::Tennis, "Zmaker Zmodel").await;
        mark(&world.beneath().await, &order, person, model.unwrap()).await;
        let (stefan, marco, order, emission) = (stefan.id, marco.id, order.id, emission.id);
        Self { world, stefan, marco, stefans, marcos, order, person, emission }
    }

    fn client(&self) -> Db {
        scoped_db(&self.world.ctx, Scope::Person(TenantId::from(self.person))).unwrap()
    }

    async fn grant(&self, rule: Rule) {
        match rule {
            Rule::One => {
                sharing::grant(&self.stefans, self.marco, &[self.order]).await.unwrap();
            }
            Rule::Two => {
                sharing::own::grant_order(&self.client(), self.order, self.marco).await.unwrap();
            }
            Rule::Three => sharing::own::grant_all(&self.client(), self.marco).await.unwrap(),
            Rule::None => {}
        }
    }

    async fn revoke(&self, rule: Rule) {
        let granted = sharing::own::granted(&self.client()).await.unwrap();
        match rule {
            Rule::One => {
                let (given, _) = sharing::given(&self.stefans, self.stefan, 0).await.unwrap();
                sharing::revoke(&self.stefans, self.stefan, given[0].id).await.unwrap();
            }
            Rule::Two => {
                sharing::own::revoke_order(&self.client(), granted.orders[0].id).await.unwrap();
            }
            Rule::Three => {
                sharing::own::revoke_all(&self.client(), granted.all[0].id).await.unwrap();
            }
            Rule::None => {}
        }
    }

    /// Every word and number that stands in any column that the other stringer reads.
    async fn columns(&self) -> (String, Vec<i64>) {
        let (mut words, mut numbers) = (String::new(), Vec::new());
        for table in schema::all() {
            for field in table.fields.iter().filter(|field| field.kind != Kind::Bytes) {
                let sql = format!("SELECT {} AS it FROM {}", field.name, table.name);
                let read = Statement::from_string(self.marcos.get_database_backend(), sql);
                let Ok(rows) = self.marcos.query_all_raw(read).await else { continue };
                for row in rows {
                    match field.kind {
                        Kind::Text => {
                            let said = row.try_get::<Option<String>>("", "it").ok().flatten();
                            words += &said.unwrap_or_default();
                            words.push('\n');
                        }
                        Kind::Int => {
                            numbers.extend(row.try_get::<Option<i64>>("", "it").ok().flatten());
                        }
                        _ => {}
                    }
                }
            }
        }
        (words, numbers)
    }

    /// All that the other stringer's pages, files and searches say, but for the order's own page
    /// behind its leave. Searches are for less than the words, which are told back.
    async fn pages(&self, marco: &mut Browser) -> String {
        let order = self.order;
        let mut said = String::new();
        for page in [
            "/".to_owned(),
            "/shares".into(),
            "/shares/given".into(),
            "/orders".into(),
            "/orders?q=zmake".into(),
            "/orders?q=zlas".into(),
            "/orders?q=z-999".into(),
            "/orders/new?q=zfirs".into(),
            "/clients".into(),
            "/clients?q=zfirs".into(),
            "/clients?q=zlas".into(),
            "/catalogue/rackets?q=zmake".into(),
            "/pickers/rackets?racket=zmake".into(),
            "/pickers/strings?mains_string=zstrin".into(),
            "/reports".into(),
            "/exports".into(),
            "/days".into(),
            format!("/orders/{order}"),
            format!("/orders/{order}/edit"),
            format!("/orders/new?from={order}"),
            format!("/orders/{order}/receipt/emissions"),
            format!("/orders/{order}/receipt/emissions/{}/receipt.pdf", self.emission),
        ] {
            said += &marco.get(&page).await.text();
        }
        said
    }

    /// The order's own page, for whoever knows its address.
    async fn page(&self, marco: &mut Browser) -> Option<String> {
        let shares = self.world.beneath().await;
        let mut ids: Vec<Uuid> = Vec::new();
        for table in ["order_shares", "person_stringer_shares"] {
            let all = Statement::from_string(
                shares.get_database_backend(),
                format!("SELECT id FROM {table}"),
            );
            let rows = shares.query_all_raw(all).await.unwrap();
            ids.extend(rows.iter().map(|row| row.try_get::<Uuid>("", "id").unwrap()));
        }
        for id in ids {
            let answer = marco.get(&format!("/shares/{id}/{}", self.order)).await;
            if answer.status == 200 {
                return Some(answer.text());
            }
        }
        None
    }
}

/// Puts a word of its own into each column that a rule speaks of.
async fn mark(raw: &DatabaseConnection, order: &orders::Model, person: Uuid, model: Uuid) {
    use orders::Column as O;
    let mut marked = orders::Entity::update_many().filter(O::Id.eq(order.id));
    for (column, word) in [
        (O::MainsStringText, "Zstring"),
        (O::CrossesStringText, "Zstring"),
        (O::MainsName, "Zstring"),
        (O::CrossesName, "Zstring"),
        (O::MainsColour, "Zcolour"),
        (O::Method, "Zmethod"),
        (O::DtDevice, "Zdevice"),
        (O::CommentPublic, "Zpublic"),
        (O::CommentPrivate, "Zprivate"),
        (O::ReceiptNumber, "Z-9999"),
        (O::ClientName, "Zfirst Zlast"),
        (O::RacketName, "Zmaker Zmodel"),
        (O::SearchKey, "zfirst zlast znick zmaker zmodel zstring z-9999"),
    ] {
        marked = marked.col_expr(column, Expr::value(word));
    }
    for (column, number) in [
        (O::DtBefore, 4711),
        (O::DtAfter, 4712),
        (O::MainsTension, 2345),
        (O::MainsPrice, 987_611),
        (O::Labor, 987_612),
        (O::Discount, 987_613),
        (O::TotalOverride, 987_614),
    ] {
        marked = marked.col_expr(column, Expr::value(i64::from(number)));
    }
    for column in [O::MainsStringId, O::CrossesStringId] {
        marked = marked.col_expr(column, Expr::value(None::<Uuid>));
    }
    marked.exec(raw).await.unwrap();
    use client_profiles::Column as C;
    let mut marked = client_profiles::Entity::update_many();
    for (column, word) in [
        (C::Nickname, "Znick"),
        (C::Contact, "Zcontact"),
        (C::InternalNotes, "Znotes"),
        (C::DefaultTensionMemo, "Zmemo"),
        (C::SearchKey, "zfirst zlast znick"),
    ] {
        marked = marked.col_expr(column, Expr::value(word));
    }
    marked.filter(C::Id.eq(order.client_profile_id)).exec(raw).await.unwrap();
    use persons::Column as P;
    let mut marked = persons::Entity::update_many().filter(P::Id.eq(person));
    for (column, word) in [
        (P::DisplayFirstName, "Zfirst"),
        (P::DisplayLastName, "Zlast"),
        (P::Email, "zmail@example.ch"),
        (P::EmailNormalised, "zmail@example.ch"),
    ] {
        marked = marked.col_expr(column, Expr::value(word));
    }
    marked.exec(raw).await.unwrap();
    use client_rackets::Column as F;
    let mut marked = client_rackets::Entity::update_many().filter(F::Id.eq(order.client_racket_id));
    for (column, word) in
        [(F::Nickname, "Zframe"), (F::Serial, "Zserial"), (F::LabelCode, "Zlabel")]
    {
        marked = marked.col_expr(column, Expr::value(word));
    }
    marked.col_expr(F::RacketId, Expr::value(model)).exec(raw).await.unwrap();
}

fn found(words: &[&'static str], said: &str) -> Vec<&'static str> {
    words.iter().copied().filter(|word| said.contains(word)).collect()
}

/// Nothing of it anywhere.
async fn nothing(scene: &Scene, marco: &mut Browser, when: &str) {
    let (words, numbers) = scene.columns().await;
    let pages = scene.pages(marco).await;
    for said in [&words, &pages] {
        assert_eq!(found(&SEEN, said), Vec::<&str>::new(), "{when}");
        assert_eq!(found(&UNSEEN, said), Vec::<&str>::new(), "{when}");
    }
    assert_eq!(found(&PRICES, &pages), Vec::<&str>::new(), "{when}");
    let numbered = SEEN_NUMBERS.iter().chain(&UNSEEN_NUMBERS).any(|it| numbers.contains(it));
    assert!(!numbered, "{when}");
    assert!(scene.page(marco).await.is_none(), "{when}");
}

#[tokio::test]
async fn each_rule_shows_what_it_says_while_it_is_in_force_and_nothing_else_ever() {
    for rule in [Rule::None, Rule::One, Rule::Two, Rule::Three] {
        let scene = Scene::set().await;
        let (mut marco, mut stefan) = (scene.world.marco().await, scene.world.stefan().await);
        nothing(&scene, &mut marco, &format!("before {rule:?}")).await;
        scene.grant(rule).await;
        if rule == Rule::None {
            continue;
        }
        let (words, numbers) = scene.columns().await;
        assert_eq!(found(&SEEN, &words), SEEN, "{rule:?}");
        assert!(SEEN_NUMBERS.iter().all(|number| numbers.contains(number)), "{rule:?}");
        let page = scene.page(&mut marco).await.expect("the order's page");
        assert_eq!(found(&SEEN, &page), SEEN, "{rule:?}");
        // A list of its own, and no other.
        let pages = scene.pages(&mut marco).await;
        assert_eq!(found(&SEEN, &pages), ["Zfirst", "Zmaker"], "{rule:?}");
        assert_eq!(found(&PRICES, &(pages.clone() + &page)), Vec::<&str>::new(), "{rule:?}");
        for said in [&words, &pages, &page] {
            assert_eq!(found(&UNSEEN, said), Vec::<&str>::new(), "{rule:?}");
        }
        assert!(!UNSEEN_NUMBERS.iter().any(|number| numbers.contains(number)), "{rule:?}");

        // The stringer himself sees all of it, and finds it by the same searches.
        let list = stefan.get("/orders?q=zmake").await.sees(200);
        assert!(list.contains("Zmaker") && list.contains("Zlast"), "{rule:?}");
        let own = stefan.get(&format!("/orders/{}", scene.order)).await.sees(200).text();
        assert_eq!(found(&["Zlast", "Zpublic", "Zprivate", "Z-9999"], &own).len(), 4, "{rule:?}");
        scene.revoke(rule).await;
        nothing(&scene, &mut marco, &format!("after {rule:?}")).await;
    }
}

/// Of a thousand acts at once, what each of them came to.
#[derive(Debug, Default)]
struct Tally {
    granted: i64,
    read: i64,
    copied: i64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_acts_at_once_leave_grants_and_audit_in_agreement() {
    let scene = std::sync::Arc::new(Scene::set().await);
    let strung = orders::Entity::find()
        .filter(orders::Column::StrungAt.is_not_null())
        .filter(orders::Column::IsSelf.eq(false));
    let orders = strung.all(&scene.stefans).await.unwrap();
    let orders: std::sync::Arc<[Uuid]> = orders.iter().take(5).map(|order| order.id).collect();
    let marco = scene.world.marco().await;
    let mut hands = tokio::task::JoinSet::new();
    for hand in 0..20_usize {
        let (scene, orders, mut marco) = (scene.clone(), orders.clone(), marco.clone());
        hands.spawn(async move {
            let mut tally = Tally::default();
            for act in 0..50_usize {
                let order = orders[(hand * 7 + act * 3) % orders.len()];
                act_once(&scene, &mut marco, hand + act, order, &mut tally).await;
            }
            tally
        });
    }
    let all = hands.join_all().await;
    let sum = |of: fn(&Tally) -> i64| all.iter().map(of).sum::<i64>();
    let count = async |rows: &str| scene.world.rows(rows).await;
    let [granted, revoked, read] = [
        count("share_audit WHERE event = 'granted'").await,
        count("share_audit WHERE event = 'revoked'").await,
        count("share_audit WHERE event = 'read'").await,
    ];
    assert_eq!((granted, read), (sum(|it| it.granted), sum(|it| it.read + it.copied)));
    assert_eq!(granted, count("order_shares").await);
    assert_eq!(granted - revoked, count("order_shares WHERE revoked_at IS NULL").await);
    let told = |kind: &str| format!("notifications WHERE kind = '{kind}'");
    assert_eq!(granted, count(&told("share_granted_to_me")).await);
    assert_eq!(revoked, count(&told("share_revoked_from_me")).await);
    assert!(granted > 5 && revoked > 5 && read > 5, "{granted} {revoked} {read}");
    let left = count("order_shares WHERE revoked_at IS NULL").await;
    assert!(left <= i64::try_from(orders.len()).unwrap(), "one a stringer and order: {left}");
}

/// One of: grant, read, copy, end by who gave it, end by who got it.
async fn act_once(scene: &Scene, marco: &mut Browser, what: usize, order: Uuid, tally: &mut Tally) {
    let received = sharing::received(&scene.marcos, &sharing::Wanted::default()).await.unwrap().0;
    let share = received.iter().find(|one| one.id == order).map(|one| one.share_id);
    match (what % 5, share) {
        (0 | 1, _) => match sharing::grant(&scene.stefans, scene.marco, &[order]).await {
            Ok(granted) => tally.granted += i64::try_from(granted).unwrap(),
            Err(rbo::models::ModelError::Stale) => {}
            Err(error) => panic!("{error:?}"),
        },
        (2, Some(share)) => match sharing::read(&scene.marcos, share, order).await {
            Ok(_) => tally.read += 1,
            Err(rbo::models::ModelError::NotFound) => {}
            Err(error) => panic!("{error:?}"),
        },
        (3, Some(share)) => {
            let form = marco.get(&format!("/orders/new?shared={share}&from={order}")).await;
            match form.status.as_u16() {
                200 => tally.copied += 1,
                404 => {}
                other => panic!("{other}"),
            }
        }
        (4, Some(share)) => {
            let (db, me) = if what.is_multiple_of(2) {
                (&scene.stefans, scene.stefan)
            } else {
                (&scene.marcos, scene.marco)
            };
            sharing::revoke(db, me, share).await.unwrap();
        }
        _ => {}
    }
}
