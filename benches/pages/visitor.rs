//! Those who ask: signed in by their passwords, each with the pages of its own book.

use scraper::{Html, Selector};

use super::book::Book;
use super::load::{Ask, Page};

/// What an admin reads, across all books.
const OF_ADMINS: [&str; 10] = [
    "admin/stringers",
    "admin/catalogue",
    "admin/persons",
    "admin/audit",
    "admin/invitations",
    "admin/feeds",
    "admin/jobs",
    "admin/refusals",
    "admin/privacy",
    "admin/finalisation",
];

/// Nobody signs in more often than a browser would; the load is divided among these.
const VISITORS: u32 = 20;

/// Somebody who is signed in.
pub struct Visitor {
    cookie: String,
    token: String,
    /// Which of the stringers.
    number: u32,
}

impl Book {
    /// As people do, by their passwords.
    pub async fn sign_in(&self, base: &str) -> Vec<Visitor> {
        let mut visitors = Vec::new();
        for number in 1..=self.shape.stringers.min(VISITORS) {
            let email = format!("stringer{number}@example.ch");
            visitors.push(Visitor::sign_in(base, &email, number).await);
        }
        visitors
    }

    /// What is measured, for these visitors in turn.
    pub async fn pages(&self, base: &str, visitors: &[Visitor]) -> Vec<Page> {
        let mut pages = self.read(visitors);
        pages.extend(self.written(visitors));
        if let Some(visitor) = visitors.first() {
            let pdf = visitor.receipt(base, &id(7, visitor.number, 1)).await;
            pages.push(get(&visitors[..1], "pdf", move |_, _| pdf.clone()));
            let client = visitor.client(base, &id(5, visitor.number, 1)).await;
            let own = id(7, visitor.number, self.shape.clients());
            let order = move |_, _| format!("/mine/orders/{own}");
            let of_client = std::slice::from_ref(&client);
            pages.push(get(of_client, "mine", |_, _| "/mine".to_owned()));
            pages.push(get(of_client, "mine-order", order));
            pages.push(get(of_client, "mine-leave", |_, _| "/mine/sharing".to_owned()));
            // The demonstration's stringer keeps order here, too.
            let admin = [Visitor::sign_in(base, rbo::demo::STEFAN, 0).await];
            let of_admin = OF_ADMINS.map(|path| get(&admin, path, move |_, _| format!("/{path}")));
            pages.extend(of_admin);
        }
        pages
    }

    fn read(&self, visitors: &[Visitor]) -> Vec<Page> {
        let (orders, clients) = (self.shape.orders, self.shape.clients());
        let words = ["ro", "ma", "a", "novak", "li", "we", "ada"];
        let always = |name, path: &'static str| get(visitors, name, move |_, _| path.to_owned());
        vec![
            always("healthz", "/healthz"),
            always("home", "/"),
            always("orders", "/orders"),
            always("unpaid", "/orders?state=unpaid&sort=client"),
            get(visitors, "clients", move |_, at| {
                format!("/clients?q={}", words[at % words.len()])
            }),
            get(visitors, "client", move |of, at| {
                format!("/clients/{}", id(5, of, any(at, clients)))
            }),
            get(visitors, "order", move |of, at| format!("/orders/{}", id(7, of, any(at, orders)))),
            get(visitors, "form", move |of, at| {
                format!("/orders/new?client={}", id(5, of, any(at, clients)))
            }),
            always("reports", "/reports"),
            get(visitors, "racket", move |of, at| {
                format!("/client-rackets/{}", id(6, of, any(at, clients)))
            }),
            always("catalogue", "/catalogue/rackets"),
            get(visitors, "entries", move |_, at| {
                format!("/catalogue/strings?q={}", words[at % words.len()])
            }),
            always("shares", "/shares"),
            always("given", "/shares/given"),
            always("log", "/shares/log"),
            always("reels", "/reels"),
            get(visitors, "reel", |of, at| format!("/reels/{}", id(8, of, any(at, 10)))),
            always("news", "/news"),
            always("badge", "/news/badge"),
        ]
    }

    fn written(&self, visitors: &[Visitor]) -> [Page; 2] {
        let (orders, clients) = (self.shape.orders, self.shape.clients());
        let waiting = self.shape.waiting() as usize;
        let copy = page(visitors, "copy", move |of, at| {
            let client = any(at, clients);
            ("POST", "/orders".into(), saved(&id(5, of, client), &id(6, of, client)))
        });
        let strung = page(visitors, "strung", move |of, at| {
            // There and back: as many are to be strung afterwards as before.
            let (number, back) = (at / 2 % waiting, at % 2 == 1);
            let number = orders - u32::try_from(number).unwrap_or(0);
            let body = if back { "_method=DELETE" } else { "" };
            ("POST", format!("/orders/{}/strung", id(7, of, number)), body.to_owned())
        });
        [copy, strung]
    }
}

fn id(kind: u32, of: u32, number: u32) -> String {
    format!("{kind:08x}-0000-7000-8000-{of:04x}{number:08x}")
}

/// Another one each time, in no order that a cache would like.
fn any(at: usize, most: u32) -> u32 {
    u32::try_from(at * 7919 % most as usize).unwrap_or(0) + 1
}

fn get(
    visitors: &[Visitor],
    name: &'static str,
    path: impl Fn(u32, usize) -> String + Send + Sync + 'static,
) -> Page {
    page(visitors, name, move |of, at| ("GET", path(of, at), String::new()))
}

/// A page of visitors who come one after the other.
fn page(
    visitors: &[Visitor],
    name: &'static str,
    asks: impl Fn(u32, usize) -> (&'static str, String, String) + Send + Sync + 'static,
) -> Page {
    let known: Vec<_> = visitors
        .iter()
        .map(|visitor| (visitor.number, visitor.cookie.clone(), visitor.token.clone()))
        .collect();
    Page::new(name, move |at| {
        let (number, cookie, token) = known[at % known.len()].clone();
        let (method, path, body) = asks(number, at / known.len());
        Ask { method, path, cookie, token, body }
    })
}

/// A copied job, as its form sends it, with a key of its own.
fn saved(client: &str, racket: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("_key", &uuid::Uuid::now_v7().to_string())
        .append_pair("client", client)
        .append_pair("frame", racket)
        .extend_pairs([
            ("sport", "tennis"),
            ("unit", "kg"),
            ("mains_string", "Luxilon ALU Power 1.25"),
            ("mains_tension", "23.5"),
            ("same_string", "1"),
            ("crosses_tension", "22.5"),
            ("mains_price", "12.50"),
            ("crosses_price", "10"),
            ("labor", "25"),
        ])
        .finish()
}

impl Visitor {
    async fn sign_in(base: &str, email: &str, number: u32) -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let client = client.build().expect("a client");
        let page = client.get(format!("{base}/session/new")).send().await.expect("a page");
        let visit = cookies(&page);
        let token = token(&page.text().await.expect("a page"));
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("_csrf", &token)
            .append_pair("email", email)
            .append_pair("password", rbo::demo::PASSWORD)
            .finish();
        let form = client
            .post(format!("{base}/session"))
            .header("cookie", &visit)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        let answer = form.send().await.expect("an answer");
        assert_eq!(answer.status(), 303, "{email} is not let in");
        let cookie = cookies(&answer);
        let page = client.get(format!("{base}/clients/new")).header("cookie", &cookie);
        let page = page.send().await.expect("a page").text().await.expect("a page");
        Self { cookie, token: self::token(&page), number }
    }

    /// A client who has opened the link that this stringer handed over.
    async fn client(&self, base: &str, client: &str) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let http = http.build().expect("a client");
        let handed = http.post(format!("{base}/clients/{client}/link"));
        let handed = handed.header("cookie", &self.cookie).header("x-csrf-token", &self.token);
        let page = handed.send().await.expect("an answer").text().await.expect("a page");
        let link = value(&page, "#f-link").expect("a link");
        let (_, path) = link.split_once("/mine/").expect("a client's page");
        let page = http.get(format!("{base}/mine/{path}")).send().await.expect("a page");
        let visit = cookies(&page);
        let page = page.text().await.expect("a page");
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("_csrf", &token(&page))
            .append_pair("token_hash", &value(&page, "[name=token_hash]").expect("a secret"))
            .finish();
        let open = http.post(format!("{base}/mine/link")).header("cookie", &visit);
        let open = open.header("content-type", "application/x-www-form-urlencoded").body(body);
        let answer = open.send().await.expect("an answer");
        assert_eq!(answer.status(), 303, "a client is not let in");
        Self { cookie: cookies(&answer), token: String::new(), number: self.number }
    }

    /// The address of a receipt that was rendered.
    async fn receipt(&self, base: &str, order: &str) -> String {
        let client = reqwest::Client::new();
        let address = format!("{base}/orders/{order}/receipt/emissions");
        let issue = client.post(&address).header("cookie", &self.cookie);
        let issued = issue.header("x-csrf-token", &self.token).send().await.expect("an answer");
        assert!(issued.status().is_success(), "no receipt is issued: {}", issued.status());
        let link = Selector::parse("a[href$='.pdf'][href*='emissions']").expect("a selector");
        let mut seen = String::new();
        for _ in 0..100 {
            let page = client.get(&address).header("cookie", &self.cookie).send().await;
            let page = page.expect("a page").text().await.expect("a page");
            let page = Html::parse_document(&page);
            if let Some(href) = page.select(&link).find_map(|link| link.attr("href")) {
                return href.to_owned();
            }
            seen = page.root_element().text().collect();
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("no receipt was rendered: {seen}");
    }
}

fn token(page: &str) -> String {
    value(page, "input[name=_csrf]").expect("a token")
}

fn value(page: &str, field: &str) -> Option<String> {
    let field = Selector::parse(field).expect("a selector");
    let page = Html::parse_document(page);
    Some(page.select(&field).next()?.attr("value")?.to_owned())
}

fn cookies(answer: &reqwest::Response) -> String {
    let set = answer.headers().get_all("set-cookie").iter();
    let set = set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    set.collect::<Vec<_>>().join("; ")
}
