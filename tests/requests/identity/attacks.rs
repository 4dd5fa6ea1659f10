//! The attacks, each with its test:
//!
//! | attack | test |
//! | --- | --- |
//! | `alg: none`, another algorithm, a public key as a secret | [`a_token_that_is_not_signed_as_it_must_be_is_refused`] |
//! | wrong audience, issuer, role; expired; from the future; huge; anonymous | [`a_token_that_is_not_for_us_or_not_for_now_is_refused`] |
//! | clock skew | [`clocks_may_differ_by_thirty_seconds`] |
//! | crafted `user_metadata`, an e-mail that is somebody else's | [`what_a_token_claims_beside_its_subject_changes_nothing`] |
//! | stolen refresh token | [`a_stolen_refresh_token_ends_the_family_when_it_is_shown_again`] |
//! | two tabs that refresh at once | [`two_tabs_that_renew_at_once_both_go_on`] |
//! | CSRF: missing, foreign, old, from another site | [`a_form_of_somebody_else_changes_nothing`] |
//! | login CSRF | [`nobody_is_signed_in_by_a_foreign_form`] |
//! | session fixation | [`nothing_that_was_planted_before_a_sign_in_is_worth_anything_after_it`] |
//! | open redirect | `requests::sessions::signing_in_returns_…`, [`no_way_leads_to_another_site`] |
//! | header injection | [`no_line_break_gets_into_a_header_or_a_mail`] |
//! | enumeration by text, status, time | `links::nobody_learns_who_has_an_account`, [`time_does_not_tell_who_has_an_account`] |
//! | 10,000 wrong passwords | [`ten_thousand_wrong_passwords_neither_open_nor_lock_an_account`] |
//! | links fetched by scanners; one link twice at once | `links::a_scanner_…`, `links::of_many_who_press_…` |
//! | a second first run, also through a proxy | `requests::first_run`, [`through_a_proxy_nobody_is_at_the_keyboard`] |
//! | an invitation accepted by another identity | `invitations::an_invitation_is_good_…`, `invitations::a_link_of_ones_own_…` |
//! | `/invite` with a user's token | `api::an_invitation_comes_with_the_service_key_alone_…` |

use std::time::{Duration, Instant};

use axum::http::Method;
use chrono::Utc;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rbo::demo;
use serde_json::{Value, json};

use crate::support::gotrue::{Claims, SECRET};
use crate::support::{Browser, Kind, World};

const ALGORITHMS: [Algorithm; 3] = [Algorithm::HS256, Algorithm::RS256, Algorithm::ES256];

pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for part in bytes.chunks(3) {
        let whole = part.iter().fold(0_u32, |n, byte| n << 8 | u32::from(*byte));
        let whole = whole << (8 * (3 - part.len()));
        for digit in 0..=part.len() {
            let at = whole >> (18 - 6 * digit) & 63;
            text.push(char::from(DIGITS[at as usize]));
        }
    }
    text
}

async fn opens(world: &World, token: &str) -> bool {
    let mut browser = world.visitor();
    browser.cookies.insert("rbo_access".into(), token.to_owned());
    match browser.get("/clients").await.status.as_u16() {
        200 => true,
        303 => false,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_token_that_is_not_signed_as_it_must_be_is_refused() {
    for algorithm in ALGORITHMS {
        let world = World::with_gotrue(Kind::Demo, algorithm).await;
        let gotrue = world.gotrue.as_ref().expect("a gotrue");
        let good = gotrue.access(demo::MARCO);
        assert!(opens(&world, &good).await, "{algorithm:?}");
        let claims = gotrue.claims(demo::MARCO);
        let (header, rest) = good.split_once('.').expect("a token");
        let (payload, signature) = rest.split_once('.').expect("a token");
        let mut forged = Vec::new();
        for none in ["none", "None", "NONE", "nOnE"] {
            let header = base64(format!("{{\"alg\":\"{none}\",\"typ\":\"JWT\"}}").as_bytes());
            forged.push(format!("{header}.{payload}."));
            forged.push(format!("{header}.{payload}.{signature}"));
        }
        // Signed with what everybody can know, as if it were the secret: the published key.
        let keys = published_keys(&world).await;
        for secret in [keys.as_bytes(), b"", b"secret"] {
            for alg in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
                let mut header = Header::new(alg);
                header.kid = Some("a-key-of-the-stand-in".to_owned());
                let key = EncodingKey::from_secret(secret);
                forged.push(encode(&header, &claims, &key).expect("a token"));
            }
        }
        if algorithm != Algorithm::HS256 {
            // The right secret of another deployment, with an algorithm that is not ours.
            let key = EncodingKey::from_secret(SECRET.as_bytes());
            forged.push(encode(&Header::new(Algorithm::HS256), &claims, &key).expect("a token"));
        }
        // A signature that belongs to another payload, and none.
        let other = gotrue.access(demo::STEFAN);
        let stolen = other.rsplit_once('.').expect("a token").1;
        forged.push(format!("{header}.{payload}.{stolen}"));
        forged.push(format!("{header}.{payload}."));
        forged.push(format!("{header}.{payload}"));
        // A key that the token itself brings along.
        let own = format!(
            "{{\"alg\":\"HS256\",\"jwk\":{{\"kty\":\"oct\",\"k\":\"{}\"}},\"jku\":\"http://127.0.0.1:9/\"}}",
            base64(b"mine")
        );
        let key = EncodingKey::from_secret(b"mine");
        let signed = format!("{}.{payload}", base64(own.as_bytes()));
        let mac = jsonwebtoken::crypto::sign(signed.as_bytes(), &key, Algorithm::HS256);
        forged.push(format!("{signed}.{}", mac.expect("a signature")));
        for (n, token) in forged.iter().enumerate() {
            assert!(!opens(&world, token).await, "{algorithm:?} {n} {token}");
        }
    }
}

/// What the provider publishes.
async fn published_keys(world: &World) -> String {
    let url = &world.gotrue.as_ref().expect("a gotrue").url;
    let client = hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new())
        .build_http::<axum::body::Body>();
    let address = format!("{url}/.well-known/jwks.json").parse().expect("an address");
    let answer = client.get(address).await.expect("keys");
    let body = axum::body::to_bytes(axum::body::Body::new(answer.into_body()), 100_000).await;
    String::from_utf8(body.expect("a body").to_vec()).expect("text")
}

#[tokio::test]
async fn a_token_that_is_not_for_us_or_not_for_now_is_refused() {
    for algorithm in ALGORITHMS {
        let world = World::with_gotrue(Kind::Demo, algorithm).await;
        let gotrue = world.gotrue.as_ref().expect("a gotrue");
        let now = Utc::now().timestamp();
        let bent: [(&str, Value); 17] = [
            ("aud", json!("somebody else")),
            ("aud", json!([])),
            ("aud", Value::Null),
            ("iss", json!("http://127.0.0.1:9")),
            ("iss", Value::Null),
            ("exp", json!(now - 60)),
            ("exp", Value::Null),
            ("exp", json!("tomorrow")),
            ("nbf", json!(now + 60)),
            ("iat", json!(now + 60)),
            ("sub", json!("")),
            ("sub", Value::Null),
            ("role", json!("service_role")),
            ("role", json!("anon")),
            ("is_anonymous", json!(true)),
            ("session_id", json!("")),
            ("padding", json!("x".repeat(20_000))),
        ];
        for (name, value) in bent {
            let mut claims = gotrue.claims(demo::MARCO);
            if value.is_null() {
                claims.as_object_mut().expect("claims").remove(name);
            } else {
                claims[name] = value.clone();
            }
            let token = gotrue.sign(&Claims(claims));
            assert!(!opens(&world, &token).await, "{algorithm:?} {name} {value}");
        }
        for nonsense in ["", ".", "..", "a.b.c", "eyJ.eyJ.eyJ", &"a".repeat(9000), "\u{e9}.b.c"] {
            assert!(!opens(&world, nonsense).await, "{nonsense}");
        }
        // An audience among several is ours.
        let mut claims = gotrue.claims(demo::MARCO);
        claims["aud"] = json!(["other", "authenticated"]);
        assert!(opens(&world, &gotrue.sign(&Claims(claims))).await);
    }
}

#[tokio::test]
async fn clocks_may_differ_by_thirty_seconds() {
    let world = World::with_gotrue(Kind::Demo, Algorithm::HS256).await;
    let gotrue = world.gotrue.as_ref().expect("a gotrue");
    let now = Utc::now().timestamp();
    for (name, by, is_good) in [
        ("exp", -20, true),
        ("exp", -45, false),
        ("nbf", 20, true),
        ("nbf", 45, false),
        ("iat", 20, true),
        ("iat", 45, false),
    ] {
        let mut claims = gotrue.claims(demo::MARCO);
        claims[name] = json!(now + by);
        let token = gotrue.sign(&Claims(claims));
        assert_eq!(opens(&world, &token).await, is_good, "{name} {by}");
    }
}

#[tokio::test]
async fn what_a_token_claims_beside_its_subject_changes_nothing() {
    let world = World::with_gotrue(Kind::Demo, Algorithm::ES256).await;
    let gotrue = world.gotrue.as_ref().expect("a gotrue");
    let (stefan, _) = world.at_work(demo::STEFAN).await;
    let mut claims = gotrue.claims(demo::MARCO);
    claims["user_metadata"] =
        json!({ "role": "admin", "sub": stefan.subject, "stringer_id": stefan.id });
    claims["app_metadata"] = json!({ "role": "admin" });
    claims["email"] = json!(demo::STEFAN);
    let mut marco = world.visitor();
    marco.cookies.insert("rbo_access".into(), gotrue.sign(&Claims(claims.clone())));
    marco.get("/admin/stringers").await.sees(404);
    assert!(!marco.get("/clients").await.sees(200).contains("Stefan"));
    // An identity of nobody's, with the admin's address in its token, is a stranger.
    claims["sub"] = json!(uuid::Uuid::new_v4());
    marco.cookies.insert("rbo_access".into(), gotrue.sign(&Claims(claims)));
    assert_eq!(marco.get("/").await.sees(303).location(), "/access");
}

#[tokio::test]
async fn a_stolen_refresh_token_ends_the_family_when_it_is_shown_again() {
    let world = World::embedded(Kind::Demo).await;
    let mut marco = world.marco().await;
    let mut thief = world.visitor();
    thief.cookies.insert("rbo_refresh".into(), marco.cookies["rbo_refresh"].clone());
    thief.get("/").await.sees(200);
    // The thief goes on by what it got for it.
    thief.cookies.insert("rbo_access".into(), "expired".into());
    thief.get("/").await.sees(200);
    // Long after, the owner's browser shows the same one: somebody has stolen it.
    world.age("refresh_tokens", "used_at").await;
    marco.cookies.insert("rbo_access".into(), "expired".into());
    marco.get("/").await.sees(303);
    // Both are out, with all that the thief has got since.
    thief.get("/").await.sees(303);
    thief.cookies.remove("rbo_access");
    thief.get("/").await.sees(303);
    world.marco().await.get("/").await.sees(200);
}

#[tokio::test]
async fn whoever_lost_the_answer_of_a_renewal_tries_again_and_is_no_thief() {
    let world = World::embedded(Kind::Demo).await;
    let mut marco = world.marco().await;
    let shown = marco.cookies["rbo_refresh"].clone();
    marco.cookies.insert("rbo_access".into(), "expired".into());
    marco.clone().get("/").await.sees(200);
    // Its answer never came; half a year later the browser shows the same one.
    world.age("refresh_tokens", "used_at").await;
    marco.get("/").await.sees(200);
    assert_ne!(marco.cookies["rbo_refresh"], shown);
    marco.cookies.insert("rbo_access".into(), "expired".into());
    marco.get("/").await.sees(200);
}

#[tokio::test]
async fn two_tabs_that_renew_at_once_both_go_on() {
    let world = World::demo().await;
    let mut marco = world.marco().await;
    marco.cookies.insert("rbo_access".into(), "expired".into());
    let mut tabs = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let mut tab = marco.clone();
        tabs.spawn(async move { (tab.get("/").await.status.as_u16(), tab) });
    }
    let tabs = tabs.join_all().await;
    assert!(tabs.iter().all(|(status, _)| *status == 200));
    let child = &tabs[0].1.cookies["rbo_refresh"];
    assert!(tabs.iter().all(|(_, tab)| tab.cookies["rbo_refresh"] == *child));
    for (_, mut tab) in tabs {
        tab.cookies.insert("rbo_access".into(), "expired".into());
        tab.get("/").await.sees(200);
    }
}

async fn many_clients(browser: &mut Browser) -> usize {
    browser.get("/clients").await.sees(200).text().matches("/clients/").count()
}

#[tokio::test]
async fn a_form_of_somebody_else_changes_nothing() {
    let world = World::demo().await;
    let mut marco = world.marco().await;
    let before = many_clients(&mut marco).await;
    let own = marco.token().await;
    let foreign = world.stefan().await.token().await;
    let visit = world.visitor().token().await;
    let client = [("first_name", "Eve"), ("last_name", "Evil")];
    for token in ["", "00", &foreign, &visit, &own[1..]] {
        let fields: Vec<_> = client.into_iter().chain([("_csrf", token)]).collect();
        marco.post_as_is("/clients", &fields).await.sees(403);
    }
    marco.post_as_is("/clients", &client).await.sees(403);
    // In another type of body, which needs no preflight, and as a program would.
    for kind in ["text/plain", "multipart/form-data; boundary=x", "application/json"] {
        let headers = [("content-type", kind)];
        marco.ask_as(Method::POST, "/clients", &headers, "first_name=Eve").await.sees(403);
    }
    // With the right token, and sent from somewhere else.
    let body = form(&client, &own);
    for headers in [
        [("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site")],
        [("origin", "https://evil.example")],
        [("origin", "null")],
    ] {
        marco.send(Method::POST, "/clients", &headers, Some(body.clone())).await.sees(403);
    }
    // A token of the session before.
    marco.delete("/session").await.sees(303);
    marco.sign_in(demo::MARCO, demo::PASSWORD).await.sees(303);
    let fields: Vec<_> = client.into_iter().chain([("_csrf", own.as_str())]).collect();
    marco.post_as_is("/clients", &fields).await.sees(403);
    assert_eq!(many_clients(&mut marco).await, before);
    // And as it should be, by a field and by htmx's header.
    marco.post("/clients", &client).await.sees(303);
    let token = marco.token().await;
    let headers = [("x-csrf-token", token.as_str()), ("sec-fetch-site", "same-origin")];
    marco.send(Method::POST, "/clients", &headers, Some(form(&client, ""))).await.sees(303);
    assert!(many_clients(&mut marco).await > before);
}

fn form(fields: &[(&str, &str)], token: &str) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    if !token.is_empty() {
        form.append_pair("_csrf", token);
    }
    form.finish()
}

#[tokio::test]
async fn nobody_is_signed_in_by_a_foreign_form() {
    let world = World::demo().await;
    let attacker = world.visitor().token().await;
    let mut victim = world.visitor();
    victim.get("/session/new").await.sees(200);
    let fields = [("email", demo::STEFAN), ("password", demo::PASSWORD), ("_csrf", &attacker)];
    victim.post_as_is("/session", &fields).await.sees(403);
    victim.post_as_is("/session", &fields[..2]).await.sees(403);
    assert!(!victim.cookies.contains_key("rbo_access"));
}

#[tokio::test]
async fn nothing_that_was_planted_before_a_sign_in_is_worth_anything_after_it() {
    let world = World::demo().await;
    // The attacker knows the mark of the victim's visit, and so its token.
    let mut attacker = world.visitor();
    let token = attacker.token().await;
    let mut victim = attacker.clone();
    let visit = victim.cookies["rbo_visit"].clone();
    victim.sign_in(demo::MARCO, demo::PASSWORD).await.sees(303);
    assert!(!victim.cookies.contains_key("rbo_visit"));
    let fields = [("first_name", "Eve"), ("last_name", "Evil"), ("_csrf", &token)];
    victim.post_as_is("/clients", &fields).await.sees(403);
    attacker.cookies.insert("rbo_visit".into(), visit);
    attacker.get("/clients").await.sees(303);
    // Tokens of a session that the attacker has opened end with the victim's sign-in.
    let planted = world.stefan().await;
    let mut victim = planted.clone();
    victim.sign_in(demo::MARCO, demo::PASSWORD).await.sees(303);
    for name in ["rbo_access", "rbo_refresh"] {
        assert_ne!(victim.cookies[name], planted.cookies[name]);
    }
    let mut attacker = planted;
    attacker.cookies.remove("rbo_access");
    attacker.get("/clients").await.sees(303);
}

#[tokio::test]
async fn no_way_leads_to_another_site() {
    let world = World::demo().await;
    for back in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/\u{0}",
        "http:evil",
        "///evil.example",
        "/./\\evil.example",
    ] {
        let fields = [("email", demo::MARCO), ("password", demo::PASSWORD), ("back", back)];
        let to = world.visitor().post("/session", &fields).await.sees(303).location();
        assert!(to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'), "{back}: {to}");
    }
}

#[tokio::test]
async fn no_line_break_gets_into_a_header_or_a_mail() {
    let world = World::embedded(Kind::Demo).await;
    let crafted = "marco@example.com\r\nBcc: thief@example.com";
    for path in ["/session/link", "/session/recovery"] {
        world.visitor().post(path, &[("email", crafted)]).await.sees(422);
    }
    let mut admin = world.stefan().await;
    admin.post("/admin/invitations", &[("email", crafted)]).await.sees(422);
    assert!(world.mails_to("thief@example.com").is_empty());
    let fields = [
        ("email", demo::MARCO),
        ("password", demo::PASSWORD),
        ("back", "/orders\r\nSet-Cookie: rbo_access=mine"),
    ];
    let answer = world.visitor().post("/session", &fields).await.sees(303);
    assert_eq!(answer.location(), "/");
    for cookie in answer.headers.get_all("set-cookie") {
        assert!(!cookie.to_str().expect("text").contains("=mine"));
    }
}

/// Two kinds of attempts, taken in turns, must not differ by more than chance: the
/// medians are compared with how much each kind differs from itself.
#[tokio::test]
async fn time_does_not_tell_who_has_an_account() {
    let world = World::with(Kind::Demo, |_| {}).await;
    let embedded =
        world.ctx.shared_store.get::<rbo::auth::authenticator::Authenticator>().expect("wired");
    let provider = embedded.provider;
    let device = rbo::auth::provider::Device::default();
    let once = async |email: &str| {
        let before = Instant::now();
        let answer = provider.sign_in(email, "wrong".to_owned(), &device).await;
        assert!(answer.is_err());
        before.elapsed()
    };
    let (mut known, mut unknown, mut unknown_too) = (Vec::new(), Vec::new(), Vec::new());
    once(demo::MARCO).await;
    once("nobody@example.com").await;
    for n in 0..40 {
        known.push(once(demo::MARCO).await);
        unknown.push(once(&format!("nobody{n}@example.com")).await);
        unknown_too.push(once(&format!("nobody{n}@example.org")).await);
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64()
    };
    let (known, unknown, too) =
        (median(&mut known), median(&mut unknown), median(&mut unknown_too));
    // Without the same hashing for both, the ratio is in the thousands.
    let (ratio, chance) = (known / unknown, too / unknown);
    println!("known to unknown {ratio:.3}, unknown to unknown {chance:.3}");
    assert!((0.5..2.0).contains(&ratio), "{ratio} ({chance})");
}

#[tokio::test]
async fn ten_thousand_wrong_passwords_neither_open_nor_lock_an_account() {
    let world = World::embedded(Kind::Demo).await;
    // The owner's phone has signed in before; and the owner sits at a new machine, too.
    let mut phone = world.marco().await;
    phone.cookies.retain(|name, _| name == "rbo_known");
    assert_eq!(phone.cookies.len(), 1);
    let mut thief = world.visitor().from("203.0.113.9");
    let token = thief.token().await;
    let (mut answered, mut sent_away) = (0, 0);
    for n in 0..10_000 {
        let password = format!("Wrong-{n}-password");
        let fields = [("email", demo::MARCO), ("password", &password), ("_csrf", &token)];
        match thief.post_as_is("/session", &fields).await.status.as_u16() {
            422 => answered += 1,
            429 => sent_away += 1,
            other => panic!("{other}"),
        }
    }
    assert!(answered < 20, "{answered} were looked at");
    assert_eq!(answered + sent_away, 10_000);
    // The right one from there has to wait as well, with a sentence that says how long.
    let fields = [("email", demo::MARCO), ("password", demo::PASSWORD), ("_csrf", &token)];
    let page = thief.post_as_is("/session", &fields).await.sees(429);
    assert!(page.headers.contains_key("retry-after"));
    assert!(page.element("[role=alert]").expect("a sentence").contains("second"));
    assert_eq!(page.value("#f-email").as_deref(), Some(demo::MARCO));
    // From elsewhere it opens.
    let mut elsewhere = world.visitor().from("198.51.100.7");
    elsewhere.sign_in(demo::MARCO, demo::PASSWORD).await.sees(303);
    phone = phone.from("203.0.113.9");
    let fields = [("email", demo::MARCO), ("password", demo::PASSWORD)];
    // Its network as a whole has asked too often for this minute; what counts here is
    // that the account's own pause, minutes long by now, is not the phone's.
    let wait = phone.post("/session", &fields).await;
    let wait: Option<u64> = wait
        .headers
        .get("retry-after")
        .map(|w| w.to_str().expect("text").parse().expect("seconds"));
    assert!(wait.is_none_or(|seconds| seconds <= 2), "{wait:?}");
}

#[tokio::test]
async fn through_a_proxy_nobody_is_at_the_keyboard() {
    let world = World::embedded(Kind::Empty).await;
    let mut visitor = world.visitor();
    let page = visitor.get("/first-run").await.sees(200);
    assert!(page.value("#f-setup_token").is_some());
    for header in ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"] {
        let sent = [(header, "127.0.0.1")];
        let page = visitor.send(Method::GET, "/first-run", &sent, None).await.sees(200);
        assert!(page.value("#f-setup_token").is_some(), "{header}");
    }
}
