//! The embedded provider's endpoints, as gotrue's clients meet them.

use axum::http::Method;
use rbo::demo;
use serde_json::{Value, json};

use super::follow;
use crate::support::{Answer, Browser, Kind, World};

const SERVICE_KEY: &str = "a-service-key-for-tests-and-for-nothing-else";
const NEW: (&str, &str) = ("x-supabase-api-version", "2024-01-01");

async fn call(
    browser: &mut Browser,
    method: Method,
    path: &str,
    bearer: Option<&str>,
    body: Value,
) -> Answer {
    let bearer = bearer.map(|token| format!("Bearer {token}"));
    let mut headers = vec![NEW];
    if let Some(bearer) = &bearer {
        headers.push(("authorization", bearer));
    }
    browser.json(method, &format!("/auth/v1{path}"), &headers, body.to_string()).await
}

async fn post(world: &World, path: &str, bearer: Option<&str>, body: Value) -> Answer {
    call(&mut world.visitor(), Method::POST, path, bearer, body).await
}

fn body(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|_| panic!("{}", answer.text()))
}

#[track_caller]
fn refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(body(answer)["code"], code);
    assert_eq!(answer.headers["x-supabase-api-version"], "2024-01-01");
}

async fn sign_in(world: &World, email: &str, password: &str) -> Answer {
    let asked = json!({ "email": email, "password": password, "gotrue_meta_security": {} });
    post(world, "/token?grant_type=password", None, asked).await
}

fn text(answer: &Answer, field: &str) -> String {
    body(answer)[field].as_str().unwrap_or_else(|| panic!("{}", answer.text())).to_owned()
}

#[tokio::test]
async fn a_client_signs_in_renews_reads_its_user_and_signs_out() {
    let world = World::embedded(Kind::Demo).await;
    let first = sign_in(&world, demo::MARCO, demo::PASSWORD).await.sees(200);
    let answer = body(&first);
    assert_eq!(answer["token_type"], "bearer");
    assert_eq!(answer["expires_in"], 3600);
    assert_eq!(answer["user"]["email"], demo::MARCO);
    assert_eq!(answer["user"]["aud"], "authenticated");
    assert_eq!(answer["user"]["identities"][0]["provider"], "email");
    let refresh = json!({ "refresh_token": text(&first, "refresh_token") });
    let second = post(&world, "/token?grant_type=refresh_token", None, refresh).await.sees(200);
    let access = text(&second, "access_token");
    let mut client = world.visitor();
    let user = call(&mut client, Method::GET, "/user", Some(&access), Value::Null).await.sees(200);
    assert_eq!(body(&user)["id"], answer["user"]["id"]);
    post(&world, "/logout?scope=local", Some(&access), Value::Null).await.sees(204);
    let over = call(&mut client, Method::GET, "/user", Some(&access), Value::Null).await;
    refused(&over, 403, "session_not_found");
    let refresh = json!({ "refresh_token": text(&second, "refresh_token") });
    let over = post(&world, "/token?grant_type=refresh_token", None, refresh).await;
    refused(&over, 400, "refresh_token_not_found");
}

#[tokio::test]
async fn whatever_is_wrong_has_gotrues_status_and_name() {
    let world = World::embedded(Kind::Demo).await;
    refused(&sign_in(&world, demo::MARCO, "wrong").await, 400, "invalid_credentials");
    refused(&sign_in(&world, "nobody@example.com", "wrong").await, 400, "invalid_credentials");
    refused(&sign_in(&world, "", "wrong").await, 400, "validation_failed");
    let token = json!({ "refresh_token": "unknown" });
    for (path, asked, status, code) in [
        ("/token?grant_type=pkce", json!({}), 400, "invalid_credentials"),
        ("/token?grant_type=refresh_token", token, 400, "refresh_token_not_found"),
        ("/token?grant_type=refresh_token", json!({}), 400, "validation_failed"),
        ("/verify", json!({ "type": "magiclink", "token_hash": "00" }), 403, "otp_expired"),
        ("/verify", json!({ "type": "sms", "token_hash": "00" }), 403, "otp_expired"),
        ("/otp", json!({}), 400, "validation_failed"),
        ("/recover", json!({ "email": "none" }), 400, "validation_failed"),
        ("/signup", json!({ "email": "a@example.ch", "password": "x" }), 422, "signup_disabled"),
        ("/logout", json!({}), 401, "no_authorization"),
        ("/invite", json!({ "email": "a@example.ch" }), 401, "no_authorization"),
    ] {
        refused(&post(&world, path, None, asked).await, status, code);
    }
    let bad = world.visitor().json(Method::POST, "/auth/v1/otp", &[NEW], "{".into()).await;
    refused(&bad, 400, "bad_json");
    let mut client = world.visitor();
    let bad = call(&mut client, Method::GET, "/user", Some("ey.ey.ey"), Value::Null).await;
    refused(&bad, 403, "bad_jwt");
    // The older version of the API has another shape.
    let old = world.visitor().json(Method::POST, "/auth/v1/otp", &[], "{".into()).await.sees(400);
    assert_eq!((&body(&old)["code"], &body(&old)["error_code"]), (&json!(400), &json!("bad_json")));
    assert!(old.headers.get("x-supabase-api-version").is_none());
    // What is not there, and too much of what is, are JSON as well.
    let absent = world.visitor().json(Method::POST, "/auth/v1/nothing", &[], "{}".into()).await;
    assert_eq!((absent.status.as_u16(), &body(&absent)["code"]), (404, &json!(404)));
    let large = format!("{{\"email\":\"{}\"}}", "a".repeat(20_000));
    let large = world.visitor().json(Method::POST, "/auth/v1/otp", &[], large).await.sees(413);
    assert_eq!(body(&large)["error_code"], "request_too_large");
}

#[tokio::test]
async fn an_invitation_comes_with_the_service_key_alone_and_lets_sign_up_once() {
    let world = World::embedded(Kind::Demo).await;
    let vera = json!({ "email": "vera@example.ch", "data": { "role": "admin" } });
    let marco = sign_in(&world, demo::MARCO, demo::PASSWORD).await;
    let stefan = sign_in(&world, demo::STEFAN, demo::PASSWORD).await;
    for token in [text(&marco, "access_token"), text(&stefan, "access_token"), "x".repeat(44)] {
        refused(&post(&world, "/invite", Some(&token), vera.clone()).await, 403, "not_admin");
    }
    let user = post(&world, "/invite", Some(SERVICE_KEY), vera.clone()).await.sees(200);
    assert!(body(&user)["invited_at"].is_string() && body(&user).get("confirmed_at").is_none());
    let here = json!({ "email": demo::MARCO });
    refused(&post(&world, "/invite", Some(SERVICE_KEY), here).await, 422, "email_exists");

    let secret = world.mail("vera@example.ch", 0).await.secret();
    let sign_up = |email: &str, password: &str, secret: &str| {
        let asked = json!({ "email": email, "password": password, "data": { "invitation": secret, "role": "admin" } });
        post(&world, "/signup", None, asked)
    };
    let weak = sign_up("vera@example.ch", "short", &secret).await;
    refused(&weak, 422, "weak_password");
    assert!(body(&weak)["weak_password"]["reasons"].is_array());
    let strong = "Neue-Saiten-7kg!";
    refused(&sign_up("thief@example.com", strong, &secret).await, 422, "signup_disabled");
    let answer = sign_up("vera@example.ch", strong, &secret).await.sees(200);
    assert_eq!(body(&answer)["user"]["id"], body(&user)["id"]);
    assert!(body(&answer)["user"]["confirmed_at"].is_string());
    // What came in `data` is not kept, and makes nobody an admin.
    assert_eq!(body(&answer)["user"]["user_metadata"], json!({}));
    refused(&sign_up("vera@example.ch", strong, &secret).await, 422, "signup_disabled");
    let mut browser = world.visitor();
    browser.sign_in("vera@example.ch", strong).await.sees(303);
    assert_eq!(browser.get("/").await.sees(303).location(), "/welcome");
}

#[tokio::test]
async fn a_link_is_verified_once_and_a_password_changed() {
    let world = World::embedded(Kind::Demo).await;
    let known = json!({ "email": demo::MARCO, "create_user": true, "data": {} });
    let unknown = json!({ "email": "nobody@example.com", "create_user": true });
    let (known, unknown) =
        (post(&world, "/otp", None, known).await, post(&world, "/otp", None, unknown).await);
    assert_eq!((known.status, body(&known)), (unknown.status, body(&unknown)));
    let secret = world.mail(demo::MARCO, 0).await.secret();
    let link = json!({ "type": "email", "token_hash": secret });
    let answer = post(&world, "/verify", None, link.clone()).await.sees(200);
    refused(&post(&world, "/verify", None, link).await, 403, "otp_expired");
    assert!(world.mails_to("nobody@example.com").is_empty(), "an account was made");

    let access = text(&answer, "access_token");
    let mut client = world.visitor();
    let mut change =
        async |asked| call(&mut client, Method::PUT, "/user", Some(&access), asked).await;
    refused(&change(json!({ "password": demo::PASSWORD })).await, 422, "same_password");
    refused(&change(json!({ "password": "short" })).await, 422, "weak_password");
    refused(&change(json!({ "email": "new@example.com" })).await, 400, "validation_failed");
    refused(&change(json!({ "data": "x".repeat(5000) })).await, 400, "validation_failed");
    let asked = json!({ "password": "Neue-Saiten-7kg!", "data": { "role": "admin", "theme": 1 } });
    let user = change(asked).await.sees(200);
    assert_eq!(body(&user)["user_metadata"]["theme"], 1);
    assert_eq!(body(&user)["role"], "authenticated");
    refused(&sign_in(&world, demo::MARCO, demo::PASSWORD).await, 400, "invalid_credentials");
    sign_in(&world, demo::MARCO, "Neue-Saiten-7kg!").await.sees(200);
    // A role that the user wrote down opens nothing.
    let mut browser = world.visitor();
    browser.sign_in(demo::MARCO, "Neue-Saiten-7kg!").await.sees(303);
    browser.get("/admin/stringers").await.sees(404);
}

#[tokio::test]
async fn bearer_tokens_count_and_cookies_do_not() {
    let world = World::embedded(Kind::Demo).await;
    let mut marco = world.marco().await;
    let answer = marco.get("/auth/v1/user").await;
    assert_eq!(answer.status.as_u16(), 401);
    // And the other way round: a bearer opens no page.
    let access = marco.cookies["rbo_access"].clone();
    let bearer = format!("Bearer {access}");
    let headers = [("authorization", bearer.as_str())];
    world.visitor().send(Method::GET, "/clients", &headers, None).await.sees(303);
    let health = marco.get("/auth/v1/health").await.sees(200);
    assert_eq!(body(&health)["name"], "GoTrue");
    let settings = marco.get("/auth/v1/settings").await.sees(200);
    assert_eq!(body(&settings)["external"]["email"], true);
    assert_eq!(body(&settings)["disable_signup"], true);
}

#[tokio::test]
async fn with_a_gotrue_the_embedded_provider_is_not_there() {
    let world = World::with_gotrue(Kind::Demo, jsonwebtoken::Algorithm::HS256).await;
    for path in ["/token?grant_type=password", "/signup", "/invite", "/otp", "/verify"] {
        refused(&post(&world, path, Some(SERVICE_KEY), json!({})).await, 404, "not_found");
    }
    world.visitor().get("/first-run").await.sees(303);
}

#[tokio::test]
async fn a_recovery_mail_asked_for_by_a_client_opens_the_page_for_a_new_password() {
    let world = World::embedded(Kind::Demo).await;
    post(&world, "/recover", None, json!({ "email": demo::MARCO })).await.sees(200);
    let path = world.mail(demo::MARCO, 0).await.path();
    let mut marco = world.visitor();
    assert_eq!(follow(&mut marco, &path).await.sees(303).location(), "/settings/password");
}
