//! A small gotrue: a real HTTP server that knows a few users, issues tokens with the
//! claims that gotrue's documentation lists, and misbehaves when it is told to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::Utc;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use p256::pkcs8::EncodePrivateKey as _;
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use serde_json::{Value, json};
use uuid::Uuid;

pub const SECRET: &str = "the-secret-of-a-gotrue-that-stands-in-for-tests";
pub const SERVICE_KEY: &str = "the-service-key-of-a-gotrue-that-stands-in";
const KEY_ID: &str = "a-key-of-the-stand-in";

/// What is wrong with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    None,
    Slow,
    Broken,
    Garbage,
    /// Without end.
    Flood,
}

#[derive(Clone)]
struct User {
    id: Uuid,
    email: String,
    password: Option<String>,
}

#[derive(Default)]
struct Known {
    users: Vec<User>,
    /// Refresh tokens, their user and session.
    refresh: HashMap<String, (Uuid, Uuid)>,
    /// A token that was used gives the same child again, as gotrue does for some seconds.
    children: HashMap<String, String>,
    /// Links' secrets, what for, and whose.
    links: HashMap<String, (String, Uuid)>,
    /// What went out: to whom, and the address in it.
    mails: Vec<(String, String)>,
}

pub struct Gotrue {
    pub url: String,
    state: Shared,
}

#[derive(Clone)]
struct Shared {
    url: Arc<str>,
    algorithm: Algorithm,
    known: Arc<Mutex<Known>>,
    fault: Arc<Mutex<Fault>>,
    asked: Arc<Mutex<HashMap<String, usize>>>,
    server: Arc<Mutex<Option<tokio::task::AbortHandle>>>,
}

/// Claims of a token that a test makes up.
#[derive(Clone)]
pub struct Claims(pub Value);

impl Gotrue {
    pub async fn start(algorithm: Algorithm, users: Vec<(Uuid, String)>, password: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let users = users.into_iter();
        let users = users.map(|(id, email)| User { id, email, password: Some(password.into()) });
        let state = Shared {
            url: url.as_str().into(),
            algorithm,
            known: Arc::new(Mutex::new(Known { users: users.collect(), ..Known::default() })),
            fault: Arc::new(Mutex::new(Fault::None)),
            asked: Arc::default(),
            server: Arc::default(),
        };
        let app = Router::new()
            .route("/health", get(health))
            .route("/token", post(token))
            .route("/user", get(user).put(update))
            .route("/otp", post(otp))
            .route("/recover", post(recover))
            .route("/verify", post(verify))
            .route("/invite", post(invite))
            .route("/logout", post(logout))
            .route("/.well-known/jwks.json", get(keys))
            .layer(middleware::from_fn_with_state(state.clone(), misbehave))
            .with_state(state.clone());
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        *state.server.lock().unwrap() = Some(server.abort_handle());
        Self { url, state }
    }

    /// The application's settings for it.
    pub fn settings(&self) -> Value {
        let is_shared = self.state.algorithm == Algorithm::HS256;
        json!({
            "url": self.url,
            "secret": if is_shared { SECRET } else { "" },
            "algorithms": if is_shared { String::new() } else { format!("{:?}", self.state.algorithm) },
            "keys_path": "/.well-known/jwks.json",
            "issuer": "",
            "audience": "authenticated",
            "service_key": SERVICE_KEY,
            "api_key": "",
        })
    }

    pub fn misbehave(&self, fault: Fault) {
        *self.state.fault.lock().unwrap() = fault;
    }

    /// Not there any more.
    pub fn stop(&self) {
        self.state.server.lock().unwrap().take().expect("running").abort();
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.state.asked.lock().unwrap().get(path).copied().unwrap_or(0)
    }

    /// The address in the last mail to somebody, as gotrue's template makes it.
    pub fn link_to(&self, email: &str) -> Option<String> {
        let known = self.state.known.lock().unwrap();
        let mail = known.mails.iter().rev().find(|(to, _)| to == email);
        mail.map(|(_, link)| link.clone())
    }

    pub fn mails_to(&self, email: &str) -> usize {
        let known = self.state.known.lock().unwrap();
        known.mails.iter().filter(|(to, _)| to == email).count()
    }

    /// The user of an address, made if need be.
    pub fn add(&self, email: &str, password: &str) -> Uuid {
        self.state.add(email, Some(password)).id
    }

    /// A good token of a user.
    pub fn access(&self, email: &str) -> String {
        let user = self.state.find(email).expect("a user");
        self.sign(&self.state.claims(&user, Uuid::now_v7(), "password"))
    }

    /// The claims of a good token, to be bent.
    pub fn claims(&self, email: &str) -> Value {
        let user = self.state.find(email).expect("a user");
        self.state.claims(&user, Uuid::now_v7(), "password").0
    }

    pub fn sign(&self, claims: &Claims) -> String {
        self.state.sign(claims)
    }
}

impl Drop for Gotrue {
    fn drop(&mut self) {
        if let Some(server) = self.state.server.lock().unwrap().take() {
            server.abort();
        }
    }
}

fn rsa_key() -> &'static EncodingKey {
    static KEY: OnceLock<EncodingKey> = OnceLock::new();
    KEY.get_or_init(|| {
        let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).expect("a key");
        EncodingKey::from_rsa_der(key.to_pkcs1_der().expect("DER").as_bytes())
    })
}

fn ec_key() -> &'static EncodingKey {
    static KEY: OnceLock<EncodingKey> = OnceLock::new();
    KEY.get_or_init(|| {
        let key = p256::SecretKey::random(&mut rsa::rand_core::OsRng);
        EncodingKey::from_ec_der(key.to_pkcs8_der().expect("DER").as_bytes())
    })
}

impl Shared {
    fn key(&self) -> EncodingKey {
        match self.algorithm {
            Algorithm::RS256 => rsa_key().clone(),
            Algorithm::ES256 => ec_key().clone(),
            _ => EncodingKey::from_secret(SECRET.as_bytes()),
        }
    }

    fn sign(&self, claims: &Claims) -> String {
        let mut header = Header::new(self.algorithm);
        if self.algorithm != Algorithm::HS256 {
            header.kid = Some(KEY_ID.to_owned());
        }
        encode(&header, &claims.0, &self.key()).expect("a token")
    }

    fn find(&self, email: &str) -> Option<User> {
        let known = self.known.lock().unwrap();
        known.users.iter().find(|user| user.email == email).cloned()
    }

    fn add(&self, email: &str, password: Option<&str>) -> User {
        if let Some(known) = self.find(email) {
            return known;
        }
        let password = password.map(str::to_owned);
        let user = User { id: Uuid::new_v4(), email: email.to_owned(), password };
        self.known.lock().unwrap().users.push(user.clone());
        user
    }

    fn claims(&self, user: &User, session: Uuid, method: &str) -> Claims {
        let now = Utc::now().timestamp();
        Claims(json!({
            "iss": &*self.url,
            "sub": user.id,
            "aud": "authenticated",
            "exp": now + 3600,
            "iat": now,
            "email": user.email,
            "phone": "",
            "app_metadata": { "provider": "email", "providers": ["email"] },
            "user_metadata": { "email_verified": true, "role": "admin", "stringer_id": "x" },
            "role": "authenticated",
            "aal": "aal1",
            "amr": [{ "method": method, "timestamp": now }],
            "session_id": session,
            "is_anonymous": false,
        }))
    }

    fn open(&self, user: &User, method: &str) -> Response {
        self.tokens(user, Uuid::now_v7(), method)
    }

    fn tokens(&self, user: &User, session: Uuid, method: &str) -> Response {
        self.tokens_with(user, session, method, Uuid::new_v4().simple().to_string())
    }

    fn tokens_with(&self, user: &User, session: Uuid, method: &str, refresh: String) -> Response {
        self.known.lock().unwrap().refresh.insert(refresh.clone(), (user.id, session));
        Json(json!({
            "access_token": self.sign(&self.claims(user, session, method)),
            "token_type": "bearer",
            "expires_in": 3600,
            "expires_at": Utc::now().timestamp() + 3600,
            "refresh_token": refresh,
            "user": described(user),
        }))
        .into_response()
    }

    /// gotrue's template: `{{ .RedirectTo }}&type=..&token_hash=..&email=..`.
    fn mail(&self, user: &User, kind: &str, redirect: &str) {
        let secret = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        let mut link = url::Url::parse(redirect).expect("an address");
        link.query_pairs_mut()
            .append_pair("type", kind)
            .append_pair("token_hash", &secret)
            .append_pair("email", &user.email);
        let mut known = self.known.lock().unwrap();
        known.links.insert(secret, (kind.to_owned(), user.id));
        known.mails.push((user.email.clone(), link.to_string()));
    }

    fn bearer(&self, headers: &HeaderMap) -> Option<User> {
        let token = headers.get("authorization")?.to_str().ok()?.strip_prefix("Bearer ")?;
        let claims = jsonwebtoken::dangerous::insecure_decode::<Value>(token).ok()?.claims;
        self.find(claims["email"].as_str()?)
    }
}

fn described(user: &User) -> Value {
    let now = Utc::now();
    json!({
        "id": user.id, "aud": "authenticated", "role": "authenticated", "email": user.email,
        "phone": "", "app_metadata": {}, "user_metadata": {}, "identities": [],
        "created_at": now, "updated_at": now, "is_anonymous": false,
    })
}

fn refused(status: u16, code: &str) -> Response {
    let status = StatusCode::from_u16(status).expect("a status");
    let version = [("x-supabase-api-version", "2024-01-01")];
    (status, version, Json(json!({ "code": code, "message": code }))).into_response()
}

async fn misbehave(State(state): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    *state.asked.lock().unwrap().entry(path).or_default() += 1;
    let fault = *state.fault.lock().unwrap();
    match fault {
        Fault::None => next.run(request).await,
        Fault::Slow => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            next.run(request).await
        }
        Fault::Broken => refused(500, "unexpected_failure"),
        Fault::Garbage => (StatusCode::OK, "<html>a proxy's own page</html>").into_response(),
        Fault::Flood => {
            let part = bytes_of(64 * 1024);
            let parts = (0..1024).map(move |_| Ok::<_, std::io::Error>(part.clone()));
            Body::from_stream(futures_util::stream::iter(parts)).into_response()
        }
    }
}

fn bytes_of(many: usize) -> Vec<u8> {
    vec![b' '; many]
}

async fn token(
    State(state): State<Shared>,
    Query(query): Query<HashMap<String, String>>,
    Json(body): Json<Value>,
) -> Response {
    if query["grant_type"] == "password" {
        let user = state.find(body["email"].as_str().unwrap_or_default());
        let user = user.filter(|user| {
            user.password.is_some() && user.password.as_deref() == body["password"].as_str()
        });
        return user.map_or_else(
            || refused(400, "invalid_credentials"),
            |user| state.open(&user, "password"),
        );
    }
    let shown = body["refresh_token"].as_str().unwrap_or_default();
    let known = state.known.lock().unwrap().refresh.get(shown).copied();
    let Some((id, session)) = known else { return refused(400, "refresh_token_not_found") };
    let user = state.known.lock().unwrap().users.iter().find(|user| user.id == id).cloned();
    let fresh = Uuid::new_v4().simple().to_string();
    let child =
        state.known.lock().unwrap().children.entry(shown.to_owned()).or_insert(fresh).clone();
    state.tokens_with(&user.expect("a user"), session, "password", child)
}

async fn user(State(state): State<Shared>, headers: HeaderMap) -> Response {
    state
        .bearer(&headers)
        .map_or_else(|| refused(403, "bad_jwt"), |u| Json(described(&u)).into_response())
}

async fn update(
    State(state): State<Shared>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    let Some(user) = state.bearer(&headers) else { return refused(403, "bad_jwt") };
    let wanted = body["password"].as_str().map(str::to_owned);
    if user.password == wanted {
        return refused(422, "same_password");
    }
    let mut known = state.known.lock().unwrap();
    known.users.iter_mut().filter(|u| u.id == user.id).for_each(|u| u.password = wanted.clone());
    drop(known);
    Json(described(&user)).into_response()
}

async fn otp(
    State(state): State<Shared>,
    Query(query): Query<HashMap<String, String>>,
    Json(body): Json<Value>,
) -> Response {
    assert_eq!(body["create_user"], false, "a link never makes an account");
    match state.find(body["email"].as_str().unwrap_or_default()) {
        // An address that was never confirmed is sent a confirmation.
        Some(user) => {
            let kind = if user.password.is_none() { "signup" } else { "magiclink" };
            state.mail(&user, kind, &query["redirect_to"]);
        }
        None => return refused(422, "otp_disabled"),
    }
    Json(json!({})).into_response()
}

async fn recover(
    State(state): State<Shared>,
    Query(query): Query<HashMap<String, String>>,
    Json(body): Json<Value>,
) -> Response {
    if let Some(user) = state.find(body["email"].as_str().unwrap_or_default()) {
        state.mail(&user, "recovery", &query["redirect_to"]);
    }
    Json(json!({})).into_response()
}

async fn verify(State(state): State<Shared>, Json(body): Json<Value>) -> Response {
    let secret = body["token_hash"].as_str().unwrap_or_default();
    let link = state.known.lock().unwrap().links.remove(secret);
    let is_asked = |kind: &str| match body["type"].as_str() {
        // As gotrue reads it.
        Some("email") => ["magiclink", "signup"].contains(&kind),
        asked => asked == Some(kind),
    };
    let Some((_, id)) = link.filter(|(kind, _)| is_asked(kind)) else {
        return refused(403, "otp_expired");
    };
    let user = state.known.lock().unwrap().users.iter().find(|user| user.id == id).cloned();
    state.open(&user.expect("a user"), "otp")
}

async fn invite(
    State(state): State<Shared>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    let is_service = headers
        .get("authorization")
        .is_some_and(|value| value.as_bytes() == format!("Bearer {SERVICE_KEY}").as_bytes());
    if !is_service {
        return refused(403, "not_admin");
    }
    let email = body["email"].as_str().expect("an address");
    if state.find(email).is_some_and(|user| user.password.is_some()) {
        return refused(422, "email_exists");
    }
    let user = state.add(email, None);
    state.mail(&user, "invite", &query["redirect_to"]);
    Json(described(&user)).into_response()
}

async fn logout(
    State(state): State<Shared>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let Some(user) = state.bearer(&headers) else { return refused(403, "bad_jwt") };
    let token = headers["authorization"].to_str().expect("text").trim_start_matches("Bearer ");
    let claims = jsonwebtoken::dangerous::insecure_decode::<Value>(token).expect("a token").claims;
    let this: Uuid = claims["session_id"].as_str().expect("one").parse().expect("a key");
    state.known.lock().unwrap().refresh.retain(|_, (owner, session)| {
        let ends = match query["scope"].as_str() {
            "local" => *session == this,
            "others" => *session != this,
            _ => true,
        };
        *owner != user.id || !ends
    });
    StatusCode::NO_CONTENT.into_response()
}

async fn health() -> Response {
    Json(json!({ "name": "GoTrue", "version": "a stand-in", "description": "" })).into_response()
}

async fn keys(State(state): State<Shared>) -> Response {
    if state.algorithm == Algorithm::HS256 {
        return Json(json!({ "keys": [] })).into_response();
    }
    let mut key = Jwk::from_encoding_key(&state.key(), state.algorithm).expect("a key");
    key.common.key_id = Some(KEY_ID.to_owned());
    Json(json!({ "keys": [key] })).into_response()
}
