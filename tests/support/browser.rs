//! A browser without scripts: it keeps cookies, sends forms with their token, and
//! does not follow redirects by itself.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use scraper::{ElementRef, Html, Selector};
use tower::ServiceExt;

#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    language: &'static str,
    address: Option<&'static str>,
}

pub struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    pub headers: axum::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The token of the page's forms.
    pub fn csrf(&self) -> Option<String> {
        self.value("input[name=_csrf]")
    }
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), language: "en", address: None }
    }

    pub fn in_german(mut self) -> Self {
        self.language = "de-CH,de;q=0.9";
        self
    }

    /// From this address, as the proxy says.
    pub fn from(mut self, address: &'static str) -> Self {
        self.address = Some(address);
        self
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], None).await
    }

    /// A fragment, as htmx asks for it.
    pub async fn fragment(&mut self, path: &str) -> Answer {
        self.send(
            Method::GET,
            path,
            &[("hx-request", "true"), ("hx-request-type", "partial")],
            None,
        )
        .await
    }

    /// A form with the token of the visitor's own page.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        // A client's own pages know no stringer, and have tokens of their own.
        let is_clients = path.starts_with("/mine") && self.cookies.contains_key("rbo_mine");
        let own = if is_clients { self.get("/mine/settings").await.csrf() } else { None };
        let token = match own {
            Some(token) => token,
            None => self.token().await,
        };
        let mut all = vec![("_csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.post_as_is(path, &all).await
    }

    /// The same, with fields that a page or an address has given.
    pub async fn post_fields(&mut self, path: &str, fields: &[(String, String)]) -> Answer {
        let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.post(path, &fields).await
    }

    /// A form that htmx sends for a part of the page.
    pub async fn swap(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.changed(path, "", fields).await
    }

    /// A form that htmx sends because this field has changed.
    pub async fn changed(&mut self, path: &str, field: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token().await;
        let all = fields.iter().copied().chain([("_csrf", token.as_str())]);
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish();
        let htmx = [("hx-request", "true"), ("hx-request-type", "partial"), ("rbo-changed", field)];
        self.send(Method::POST, path, &htmx, Some(body)).await
    }

    /// A file, as the form of a page sends it.
    pub async fn upload(&mut self, path: &str, name: &str, file: &[u8]) -> Answer {
        const BETWEEN: &str = "----what-no-file-has-in-it";
        let token = self.token().await;
        let mut body = format!(
            "--{BETWEEN}\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n{token}\r\n\
             --{BETWEEN}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(format!("\r\n--{BETWEEN}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BETWEEN}");
        let kind = (header::CONTENT_TYPE.as_str(), kind.as_str());
        self.ask(Method::POST, path, &[kind], Body::from(body)).await
    }

    pub async fn delete(&mut self, path: &str) -> Answer {
        self.post(path, &[("_method", "DELETE")]).await
    }

    /// Exactly these fields.
    pub async fn post_as_is(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, path, &[], Some(body)).await
    }

    pub async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("/session", &[("email", email), ("password", password)]).await
    }

    pub async fn token(&mut self) -> String {
        let mut seen = String::new();
        for path in ["/clients/new", "/session/new", "/first-run", "/welcome", "/access"] {
            let page = self.get(path).await;
            if let Some(token) = page.value("input[name=_csrf]") {
                return token;
            }
            seen += &format!(
                "{path}: {} {:?} {}\n",
                page.status,
                page.location,
                page.element("h1").unwrap_or_default()
            );
        }
        panic!("no page has a token: {seen}");
    }

    /// A program's request.
    pub async fn json(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Answer {
        let kind = (header::CONTENT_TYPE.as_str(), "application/json;charset=UTF-8");
        let headers: Vec<_> = headers.iter().copied().chain([kind]).collect();
        self.ask(method, path, &headers, Body::from(body)).await
    }

    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        form: Option<String>,
    ) -> Answer {
        let kind = (header::CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded");
        let kind = form.is_some().then_some(kind);
        let headers: Vec<_> = headers.iter().copied().chain(kind).collect();
        self.ask(method, path, &headers, form.map_or_else(Body::empty, Body::from)).await
    }

    /// Exactly these headers and this body.
    pub async fn ask_as(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &'static str,
    ) -> Answer {
        self.ask(method, path, headers, Body::from(body)).await
    }

    async fn ask(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::HOST, "localhost");
        if let Some(address) = self.address {
            request = request.header("x-forwarded-for", address);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !self.cookies.is_empty() {
            let jar: Vec<_> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, jar.join("; "));
        }
        let response = self.router.clone().oneshot(request.body(body).expect("a request")).await;
        let response = response.expect("an answer");
        self.keep(response.headers());
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        let location =
            parts.headers.get(header::LOCATION).map(|l| l.to_str().expect("a path").to_owned());
        Answer { status: parts.status, location, headers: parts.headers, bytes }
    }

    fn keep(&mut self, headers: &axum::http::HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie");
            let (name, rest) = cookie.split_once('=').expect("a cookie");
            let value = rest.split(';').next().unwrap_or_default();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Answer {
    #[track_caller]
    pub fn sees(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{:?} {}", self.location, self.text());
        self
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn contains(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// Where it sends the browser.
    #[track_caller]
    pub fn location(&self) -> String {
        self.location.clone().expect("a redirect")
    }

    /// The text of the first element that the selector finds.
    pub fn element(&self, selector: &str) -> Option<String> {
        let page = Html::parse_document(&self.text());
        let found = page.select(&Selector::parse(selector).expect("a selector")).next()?;
        Some(
            found
                .text()
                .collect::<Vec<_>>()
                .join(" ")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    /// What is said of a field that has to be corrected.
    pub fn marked(&self, field: &str) -> Option<String> {
        self.element(&format!("#e-{field}")).filter(|says| !says.is_empty())
    }

    pub fn value(&self, selector: &str) -> Option<String> {
        self.attribute(selector, "value")
    }

    /// The values of all such fields.
    pub fn values(&self, selector: &str) -> Vec<String> {
        self.attributes(selector, "value")
    }

    /// An attribute of all such elements.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let document = Html::parse_document(&self.text());
        let selector = Selector::parse(selector).expect("a selector");
        let values = document.select(&selector).filter_map(|found| found.value().attr(name));
        values.map(str::to_owned).collect()
    }

    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let page = Html::parse_document(&self.text());
        let found = page.select(&Selector::parse(selector).expect("a selector")).next()?;
        found.value().attr(name).map(str::to_owned)
    }

    /// A form's fields as they would be sent: what is chosen, typed or hidden, no button.
    #[track_caller]
    pub fn form(&self, selector: &str) -> Vec<(String, String)> {
        let page = Html::parse_document(&self.text());
        let form = page.select(&Selector::parse(selector).expect("a selector")).next();
        let controls =
            Selector::parse("input[name], select[name], textarea[name]").expect("a selector");
        let form = form.unwrap_or_else(|| panic!("no {selector} in {}", self.text()));
        form.select(&controls)
            .filter_map(|control| Some((control.attr("name")?.to_owned(), sent(control)?)))
            .collect()
    }
}

/// What a control sends when nobody touches it (HTML, "constructing the entry list").
fn sent(control: ElementRef<'_>) -> Option<String> {
    match control.value().name() {
        "textarea" => Some(control.text().collect()),
        "select" => {
            let option = |css| control.select(&Selector::parse(css).expect("a selector")).next();
            let chosen = option("option[selected]").or_else(|| option("option"))?;
            Some(chosen.attr("value").unwrap_or_default().to_owned())
        }
        _ => match control.attr("type") {
            Some("checkbox" | "radio") if control.attr("checked").is_none() => None,
            Some("checkbox" | "radio") => Some(control.attr("value").unwrap_or("on").to_owned()),
            Some("submit" | "button" | "reset") => None,
            _ => Some(control.attr("value").unwrap_or_default().to_owned()),
        },
    }
}
