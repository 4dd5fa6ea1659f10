//! An account in gotrue's words.

use chrono::{DateTime, FixedOffset, Utc};
use serde_json::{Value, json};

use crate::auth::token::AUTHENTICATED;
use crate::auth::wire::User;
use crate::models::users;

/// As gotrue's clients read it.
#[must_use]
pub fn describe(user: &users::Model) -> User {
    let moment = |at: &Option<DateTime<FixedOffset>>| at.map(|at| at.to_utc());
    let confirmed = moment(&user.confirmed_at);
    let metadata = user.user_metadata.as_deref().and_then(|text| serde_json::from_str(text).ok());
    User {
        id: user.id,
        aud: AUTHENTICATED.to_owned(),
        role: AUTHENTICATED.to_owned(),
        email: user.email.clone(),
        email_confirmed_at: confirmed,
        invited_at: moment(&user.invited_at),
        phone: String::new(),
        confirmed_at: confirmed,
        last_sign_in_at: moment(&user.last_sign_in_at),
        app_metadata: json!({ "provider": "email", "providers": ["email"] }),
        user_metadata: metadata.unwrap_or_else(|| json!({})),
        identities: Some(vec![identity(user, confirmed)]),
        created_at: user.created_at.to_utc(),
        updated_at: user.updated_at.to_utc(),
        is_anonymous: false,
    }
}

/// The one way in that there is.
fn identity(user: &users::Model, confirmed: Option<DateTime<Utc>>) -> Value {
    json!({
        "identity_id": user.id,
        "id": user.id,
        "user_id": user.id,
        "identity_data": {
            "email": user.email,
            "email_verified": confirmed.is_some(),
            "phone_verified": false,
            "sub": user.id,
        },
        "provider": "email",
        "last_sign_in_at": user.last_sign_in_at.map(|at| at.to_utc()),
        "created_at": user.created_at.to_utc(),
        "updated_at": user.updated_at.to_utc(),
        "email": user.email,
    })
}
