//! First run, sign-in, links, and joining.

use serde::Serialize;

use crate::forms::{AccessForm, Errors, FounderForm, LinkForm, SignInForm, WelcomeForm};
use crate::units::Currency;
use crate::values::Vocabulary as _;

/// `first_run/new.html`.
#[derive(Debug, Serialize)]
pub struct FirstRun {
    form: FounderForm,
    errors: Errors,
    asks_for_token: bool,
    currencies: Vec<&'static str>,
}

impl FirstRun {
    /// The form, with what is to be corrected.
    #[must_use]
    pub fn new(form: FounderForm, errors: Errors, asks_for_token: bool) -> Self {
        let currencies = Currency::codes();
        Self { form, errors, asks_for_token, currencies }
    }
}

/// `sessions/new.html`.
#[derive(Debug, Serialize)]
pub struct SignIn {
    /// What was typed; never the password.
    form: SignInForm,
    errors: Errors,
    hint: &'static str,
    seconds: u64,
    can_mail: bool,
}

/// Why the sign-in page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// For no particular reason.
    None,
    /// The last sign-in is over.
    Lapsed,
    /// Address and password do not go together.
    Wrong,
    /// Too many attempts; again in so many seconds.
    Wait(u64),
}

impl SignIn {
    /// The page, with what was typed.
    #[must_use]
    pub fn new(form: SignInForm, hint: Hint, can_mail: bool) -> Self {
        let (hint, seconds) = match hint {
            Hint::None => ("", 0),
            Hint::Lapsed => ("lapsed", 0),
            Hint::Wrong => ("wrong", 0),
            Hint::Wait(seconds) => ("wait", seconds),
        };
        Self { form, errors: Errors::default(), hint, seconds, can_mail }
    }

    /// With what is to be corrected.
    #[must_use]
    pub fn with(self, errors: Errors) -> Self {
        Self { errors, ..self }
    }
}

/// `sessions/mailed.html`: the same for every address.
#[derive(Debug, Serialize)]
pub struct Mailed {
    /// As it was typed, or as the invitation has it.
    pub email: String,
}

/// `links/show.html`.
#[derive(Serialize)]
pub struct LinkPage {
    /// What the button posts.
    pub form: LinkForm,
    /// `magiclink`, `recovery` or `invite`.
    pub kind: &'static str,
    /// Whose link it is.
    pub account: String,
    /// Who is signed in now, and will not be any more.
    pub signed_in: Option<String>,
}

/// `links/spent.html`.
#[derive(Serialize)]
pub struct SpentLink {
    /// An invitation that is still open, to ask for a new link.
    pub form: Option<LinkForm>,
}

/// `welcome/new.html`.
#[derive(Debug, Serialize)]
pub struct Welcome {
    form: WelcomeForm,
    errors: Errors,
    currencies: Vec<&'static str>,
    zones: Vec<&'static str>,
    /// Where no link can be mailed, a password is the only way back in.
    asks_for_password: bool,
}

impl Welcome {
    /// The form, with what is to be corrected.
    #[must_use]
    pub fn new(form: WelcomeForm, errors: Errors, asks_for_password: bool) -> Self {
        let currencies = Currency::codes();
        // What people live in; the rest can be typed.
        let zones = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
        let zones = zones.filter(|name| name.starts_with("Europe/")).collect();
        Self { form, errors, currencies, zones, asks_for_password }
    }
}

/// `access/new.html`.
#[derive(Debug, Serialize)]
pub struct Access {
    form: AccessForm,
    errors: Errors,
    email: String,
    /// It is with the admin now.
    is_asked: bool,
}

impl Access {
    /// The form of somebody who is signed in with this address.
    #[must_use]
    pub fn new(form: AccessForm, email: &str) -> Self {
        Self { form, errors: Errors::default(), email: email.to_owned(), is_asked: false }
    }

    /// With what is to be corrected.
    #[must_use]
    pub fn with(self, errors: Errors) -> Self {
        Self { errors, ..self }
    }

    /// After asking.
    #[must_use]
    pub fn asked(email: &str) -> Self {
        Self { is_asked: true, ..Self::new(AccessForm::default(), email) }
    }
}
