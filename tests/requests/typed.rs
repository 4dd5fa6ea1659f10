//! What a person types and pastes, into every field of every form: it is stored as it was
//! meant, or the field is marked with a sentence; never another value, never a broken page.

use rbo::demo;
use rbo::models::client_profiles::{self, Client};
use rbo::models::{client_rackets, orders, stringers};
use sea_orm::{EntityTrait, PaginatorTrait};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use crate::support::{Answer, Browser, World};

/// What becomes of an input in a kind of field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meant<T> {
    /// Stored so.
    As(T),
    /// Nothing was said.
    Nothing,
    /// The field is marked.
    Marked,
}

use Meant::{As, Marked, Nothing};

/// An input; as a name, as an amount in rappen, as a tension in hundredths of a kilogram, and
/// as percent of pre-stretch.
type Line = (&'static str, Meant<&'static str>, Meant<i64>, Meant<i64>, Meant<i64>);

const TYPED: [Line; 60] = [
    ("", Nothing, Nothing, Nothing, Nothing),
    ("   ", Nothing, Nothing, Nothing, Nothing),
    ("\u{a0}\u{200b}\t", Nothing, Nothing, Nothing, Nothing),
    ("\r\n\r\n", Nothing, Nothing, Nothing, Nothing),
    ("25", As("25"), As(2500), As(2500), As(25)),
    (" 25 ", As("25"), As(2500), As(2500), As(25)),
    ("25\n", As("25"), As(2500), As(2500), As(25)),
    ("２５", As("２５"), As(2500), As(2500), As(25)),
    ("\u{200e}25\u{202c}", As("25"), As(2500), As(2500), As(25)),
    ("25.5", As("25.5"), As(2550), As(2550), Marked),
    ("25,5", As("25,5"), As(2550), As(2550), Marked),
    ("25.50", As("25.50"), As(2550), As(2550), Marked),
    ("２５．５", As("２５．５"), As(2550), As(2550), Marked),
    ("25.", As("25."), As(2500), As(2500), Marked),
    ("25.-", As("25.-"), As(2500), Marked, Marked),
    ("25.–", As("25.–"), As(2500), Marked, Marked),
    ("25,--", As("25,--"), As(2500), Marked, Marked),
    ("CHF 25", As("CHF 25"), As(2500), Marked, Marked),
    ("25 CHF", As("25 CHF"), As(2500), Marked, Marked),
    ("Fr. 25.-", As("Fr. 25.-"), As(2500), Marked, Marked),
    ("25 Fr.", As("25 Fr."), As(2500), Marked, Marked),
    ("€ 25", As("€ 25"), Marked, Marked, Marked),
    ("$25", As("$25"), Marked, Marked, Marked),
    ("1.200", As("1.200"), Marked, Marked, Marked),
    ("1,200", As("1,200"), Marked, Marked, Marked),
    ("100,000", As("100,000"), Marked, Marked, Marked),
    ("1'200.50", As("1'200.50"), As(120_050), Marked, Marked),
    ("1’200", As("1’200"), As(120_000), Marked, Marked),
    ("1 200,50", As("1 200,50"), As(120_050), Marked, Marked),
    ("1\u{202f}200", As("1 200"), As(120_000), Marked, Marked),
    ("1.200,50", As("1.200,50"), As(120_050), Marked, Marked),
    ("1,200.50", As("1,200.50"), As(120_050), Marked, Marked),
    ("24.5kg", As("24.5kg"), Marked, As(2450), Marked),
    ("24 kg", As("24 kg"), Marked, As(2400), Marked),
    ("54 lbs", As("54 lbs"), Marked, Marked, Marked),
    ("24/23", As("24/23"), Marked, As(2400), Marked),
    ("24-25", As("24-25"), Marked, Marked, Marked),
    ("24½", As("24½"), Marked, Marked, Marked),
    ("10 %", As("10 %"), Marked, Marked, As(10)),
    ("0", As("0"), As(0), Marked, As(0)),
    ("-5", As("-5"), Marked, Marked, Marked),
    ("−5", As("−5"), Marked, Marked, Marked),
    ("+5", As("+5"), Marked, Marked, As(5)),
    ("007", As("007"), As(700), As(700), As(7)),
    ("1e3", As("1e3"), Marked, Marked, Marked),
    ("0x19", As("0x19"), Marked, Marked, Marked),
    ("NaN", As("NaN"), Marked, Marked, Marked),
    ("99999999999999999999", As("99999999999999999999"), Marked, Marked, Marked),
    ("12.345", As("12.345"), Marked, Marked, Marked),
    ("twenty", As("twenty"), Marked, Marked, Marked),
    ("?", As("?"), Marked, Marked, Marked),
    ("🎾", As("🎾"), Marked, Marked, Marked),
    ("שרה כהן", As("שרה כהן"), Marked, Marked, Marked),
    ("\u{202e}evil", As("evil"), Marked, Marked, Marked),
    ("two\r\nlines", As("two lines"), Marked, Marked, Marked),
    ("Andre\u{301}", As("André"), Marked, Marked, Marked),
    ("nul\0l", As("null"), Marked, Marked, Marked),
    ("<b>&amp;\"'", As("<b>&amp;\"'"), Marked, Marked, Marked),
    ("' OR 1=1 --", As("' OR 1=1 --"), Marked, Marked, Marked),
    (LONG, Marked, Marked, Marked, Marked),
];

/// Stands for ten thousand letters.
const LONG: &str = "…10000…";

fn typed(text: &str) -> String {
    if text == LONG { "x".repeat(10_000) } else { text.to_owned() }
}

struct Hand {
    browser: Browser,
    db: Db,
    token: String,
    client: Uuid,
    racket: Uuid,
}

impl Hand {
    async fn new(world: &World) -> Self {
        let mut browser = world.stefan().await;
        let (_me, db) = world.at_work(demo::STEFAN).await;
        let client = client_profiles::Entity::search(&db, "", 0).await.unwrap().0[0].id;
        let racket = client_rackets::Entity::of_client(&db, client).await.unwrap()[0].id;
        let token = browser.token().await;
        Self { browser, db, token, client, racket }
    }

    async fn send(&mut self, path: &str, fields: &[(&str, String)]) -> Answer {
        let mut all = vec![("_csrf", self.token.as_str())];
        all.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
        self.browser.post_as_is(path, &all).await
    }

    /// A job on a known racket, with these fields typed alike; the order, if it was saved.
    async fn order(&mut self, fields: &[&str], text: &str) -> Result<orders::Model, Answer> {
        let (client, racket) = (self.client.to_string(), self.racket.to_string());
        let mut all = vec![("client", client), ("frame", racket), ("sport", "tennis".to_owned())];
        all.extend([("unit", "kg".to_owned())]);
        all.extend(fields.iter().map(|field| (*field, typed(text))));
        let answer = self.send("/orders", &all).await;
        match answer.status.as_u16() {
            303 => {
                let location = answer.location();
                let id = location["/orders/".len()..].split('?').next().unwrap();
                Ok(orders::Model::find(&self.db, id.parse().unwrap()).await.unwrap())
            }
            422 => Err(answer),
            other => panic!("{text:?} into {fields:?}: {other} {}", answer.text()),
        }
    }
}

/// What a kind of field should hold, or that it is marked.
fn compare<T: PartialEq + std::fmt::Debug>(
    text: &str,
    field: &str,
    meant: Meant<T>,
    found: Result<Option<T>, &Answer>,
) {
    match (meant, found) {
        (As(meant), Ok(found)) => assert_eq!(found, Some(meant), "{text:?} into {field}"),
        (Nothing, Ok(found)) => assert_eq!(found, None, "{text:?} into {field}"),
        (Marked, Err(page)) => {
            assert!(page.marked(field).is_some(), "{text:?} into {field}: nothing is marked");
        }
        (meant, Ok(found)) => panic!("{text:?} into {field}: {found:?}, not {meant:?}"),
        (meant, Err(page)) => panic!("{text:?} into {field}: {meant:?}, {:?}", page.marked(field)),
    }
}

fn owned(meant: Meant<&str>) -> Meant<String> {
    match meant {
        As(text) => As(text.to_owned()),
        Nothing => Nothing,
        Marked => Marked,
    }
}

#[tokio::test]
async fn a_job_holds_what_was_meant_or_says_what_is_wrong() {
    let world = World::demo().await;
    let mut hand = Hand::new(&world).await;
    for (text, name, amount, tension, whole) in TYPED {
        let lines = ["mains_string", "mains_colour", "method", "dt_device"];
        let saved = hand.order(&lines, text).await;
        for field in lines {
            let found = saved.as_ref().map(|order| match field {
                "mains_string" => order.mains_string_text.clone(),
                "mains_colour" => order.mains_colour.clone(),
                "method" => order.method.clone(),
                _ => order.dt_device.clone(),
            });
            compare(text, field, owned(name), found);
        }
        let prices = ["labor", "mains_price", "discount"];
        let saved = hand.order(&prices, text).await;
        for field in prices {
            let found = saved.as_ref().map(|order| match field {
                "labor" => order.labor,
                "mains_price" => order.mains_price,
                _ => order.discount,
            });
            compare(text, field, amount, found);
        }
        let saved = hand.order(&["mains_tension"], text).await;
        compare(text, "mains_tension", tension, saved.as_ref().map(|order| order.mains_tension));
        let saved = hand.order(&["prestretch"], text).await;
        compare(text, "prestretch", whole, saved.as_ref().map(|order| order.mains_prestretch));
    }
}

#[tokio::test]
async fn so_do_a_client_a_racket_and_the_workshop() {
    let world = World::demo().await;
    let mut hand = Hand::new(&world).await;
    let (me, _db) = world.at_work(demo::STEFAN).await;
    let (client, racket) = (hand.client, hand.racket);
    let workshop = hand.browser.get("/settings/workshop").await.form("#workshop-form");
    for (text, name, ..) in TYPED {
        let fields = ["last_name", "nickname", "tension_memo"].map(|field| (field, typed(text)));
        let fields: Vec<_> =
            fields.into_iter().chain([("first_name", "Sara".to_owned())]).collect();
        let answer = hand.send(&format!("/clients/{client}"), &fields).await;
        let now = Client::find(&hand.db, client).await.unwrap();
        for (field, found) in [
            ("last_name", now.last_name.clone().filter(|name| !name.is_empty())),
            ("nickname", now.nickname.clone()),
            ("tension_memo", now.default_tension_memo.clone()),
        ] {
            assert!([303, 422].contains(&answer.status.as_u16()), "{text:?}");
            let found = if answer.status == 303 { Ok(found) } else { Err(&answer) };
            compare(text, field, owned(name), found);
        }

        let fields = ["nickname", "serial", "grip_size"].map(|field| (field, typed(text)));
        let answer = hand.send(&format!("/client-rackets/{racket}"), &fields).await;
        let now = client_rackets::Model::find(&hand.db, racket).await.unwrap();
        for (field, found) in [
            ("nickname", now.nickname.clone()),
            ("serial", now.serial.clone()),
            ("grip_size", now.grip_size.clone()),
        ] {
            assert!([303, 422].contains(&answer.status.as_u16()), "{text:?}");
            let found = if answer.status == 303 { Ok(found) } else { Err(&answer) };
            compare(text, field, owned(name), found);
        }

        let fields: Vec<_> = workshop
            .iter()
            .filter(|(name, _)| name != "_csrf" && name != "version")
            .map(|(name, value)| match name.as_str() {
                "town" | "phone" => (name.as_str(), typed(text)),
                other => (other, value.clone()),
            })
            .collect();
        let answer = hand.send("/settings/workshop", &fields).await;
        let now = stringers::Model::find(&hand.db, me.id).await.unwrap();
        for (field, found) in [("town", now.town.clone()), ("phone", now.phone.clone())] {
            assert!([303, 422].contains(&answer.status.as_u16()), "{text:?}");
            let found = if answer.status == 303 { Ok(found) } else { Err(&answer) };
            compare(text, field, owned(name), found);
        }
    }
}

#[tokio::test]
async fn no_field_of_any_form_breaks_on_any_input() {
    let world = World::demo().await;
    let mut hand = Hand::new(&world).await;
    let order = orders::Entity::find_last(&hand.db, hand.client, None).await.unwrap().unwrap().id;
    let before = orders::Entity::find().count(&hand.db).await.unwrap();
    let steps = ["date", "payment", "dt_after", "free", "back"];
    for (text, ..) in TYPED {
        let fields = steps.map(|field| (field, typed(text)));
        for path in [format!("/orders/{order}/paid"), format!("/orders/{order}/void")] {
            let fields: Vec<_> = fields.iter().cloned().chain([("reason", typed(text))]).collect();
            let status = hand.send(&path, &fields).await.status.as_u16();
            assert!([303, 422].contains(&status), "{text:?} to {path}: {status}");
        }
        let closed = [
            "client",
            "frame",
            "sport",
            "unit",
            "same_string",
            "pieces",
            "knots",
            "payment",
            "prestretch_kind",
            "ordered_at",
            "due_at",
            "due_time",
            "racket_count",
            "also.x",
            "copied_from",
            "lock_version",
            "_key",
            "email",
            "language",
            "dt_before",
            "total",
        ];
        for field in closed {
            let fields = [("racket", "X".to_owned()), ("first_name", "Y".to_owned())];
            let fields: Vec<_> = fields.into_iter().chain([(field, typed(text))]).collect();
            let answer = hand.send("/orders", &fields).await;
            let status = answer.status.as_u16();
            assert!([303, 422].contains(&status), "{text:?} into {field}: {status}");
        }
        for path in ["/orders?q=", "/clients?q=", "/orders/new?q=", "/strings?mains_string="] {
            let query = form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            hand.browser.get(&format!("{path}{query}")).await.sees(200);
        }
    }
    assert!(orders::Entity::find().count(&hand.db).await.unwrap() >= before);
}
