//! First run and sign-in.

use serde::Serialize;

use crate::forms::{Errors, FounderForm, SignInForm};
use crate::units::Currency;

/// `first_run/new.html`.
#[derive(Debug, Serialize)]
pub struct FirstRun {
    form: FounderForm,
    errors: Errors,
    asks_for_token: bool,
    currencies: Vec<&'static str>,
}

impl FirstRun {
    /// The form, with what is to be mended.
    #[must_use]
    pub fn new(form: FounderForm, errors: Errors, asks_for_token: bool) -> Self {
        let currencies = Currency::ALL.into_iter().map(Currency::code).collect();
        Self { form, errors, asks_for_token, currencies }
    }
}

/// `session/new.html`.
#[derive(Debug, Serialize)]
pub struct SignIn {
    /// What was typed; never the password.
    pub form: SignInForm,
    /// The last sign-in is over.
    pub lapsed: bool,
    /// Address and password do not go together.
    pub is_wrong: bool,
}
