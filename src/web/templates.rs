//! Tera, with the templates and the files of `assets/`: read from the folder while
//! developing, part of the program in a release.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use fluent_templates::fluent_bundle::FluentValue;
use loco_rs::controller::views::ViewRenderer;
use rust_embed::RustEmbed;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tera::{Context, Error, Kwargs, State, Tera, TeraResult};

use super::{AppError, Layout};
use crate::i18n::{Args, Locale};
use crate::values::Vocabulary as _;

#[derive(RustEmbed)]
#[folder = "assets/views"]
struct Templates;

/// Stylesheet, scripts and fonts, as the build has made them.
#[derive(RustEmbed)]
#[folder = "$OUT_DIR/static"]
pub struct Assets;

/// The templates, ready to be filled.
#[derive(Clone)]
pub struct Views(Arc<Tera>);

/// Once for the process: templates do not change while it runs.
static TERA: LazyLock<Result<Arc<Tera>, Arc<Error>>> =
    LazyLock::new(|| build().map(Arc::new).map_err(Arc::new));

/// Each file with the first letters of its hash, so that browsers may keep it for
/// ever and still see a new one at once.
static MARKS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mark = |path: Cow<'static, str>| {
        let file = Assets::get(&path)?;
        Some((path.into_owned(), hex::encode(&Sha256::digest(&file.data)[..6])))
    };
    Assets::iter().filter_map(mark).collect()
});

#[derive(Serialize)]
struct Page<'p, V> {
    #[serde(flatten)]
    layout: &'p Layout,
    #[serde(flatten)]
    view: V,
}

impl Views {
    /// The process's templates.
    ///
    /// # Errors
    /// When one of them does not parse.
    pub fn load() -> loco_rs::Result<Self> {
        TERA.clone().map(Self).map_err(loco_rs::Error::wrap)
    }

    /// A filled page as an answer.
    ///
    /// # Errors
    /// When the template fails.
    pub fn respond(
        &self,
        status: StatusCode,
        template: &str,
        layout: &Layout,
        view: impl Serialize,
    ) -> Result<Response, AppError> {
        let html = self.render(template, Page { layout, view })?;
        let kind = (header::CONTENT_TYPE, "text/html; charset=utf-8");
        // A page and its fragment share one address.
        let vary = (header::VARY, "HX-Request, HX-Request-Type");
        Ok((status, [kind, vary], html).into_response())
    }
}

impl ViewRenderer for Views {
    fn render<S: Serialize>(&self, key: &str, data: S) -> loco_rs::Result<String> {
        Ok(self.0.render(key, &Context::from_serialize(&data)?)?)
    }
}

fn build() -> TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.register_function("t", translate);
    tera.register_function("asset", asset);
    tera.register_filter("urlencode", tera_contrib::urlencode::urlencode_strict);
    let templates: Vec<(String, String)> = Templates::iter()
        .filter_map(|path| {
            let file = Templates::get(&path)?;
            Some((path.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect();
    tera.add_raw_templates(templates)?;
    Ok(tera)
}

/// `t(key="home-to-string", count=3)`: a text in the page's language. A key that no
/// locale file has is an error: a page must not show one.
#[expect(clippy::needless_pass_by_value, reason = "the shape that Tera calls")]
fn translate(kwargs: Kwargs, state: &State<'_>) -> TeraResult<String> {
    let key = kwargs.must_get::<&str>("key")?;
    let locale = state.get::<String>("locale")?.and_then(|code| Locale::from_code(&code));
    let mut args = Args::new();
    for (name, value) in kwargs.iter() {
        if let Some(name) = name.as_str().filter(|name| *name != "key") {
            args.insert(name.to_owned().into(), fluent(value));
        }
    }
    locale
        .unwrap_or_default()
        .text(key, &args)
        .ok_or_else(|| Error::message(format!("no text `{key}`")))
}

fn fluent(value: &tera::Value) -> FluentValue<'static> {
    match value.as_i64() {
        Some(number) => FluentValue::from(number),
        None => FluentValue::from(value.to_string()),
    }
}

/// `asset(path="app.css")`: the address of a file, with its mark.
#[expect(clippy::needless_pass_by_value, reason = "the shape that Tera calls")]
fn asset(kwargs: Kwargs, _state: &State<'_>) -> TeraResult<String> {
    let path = kwargs.must_get::<&str>("path")?;
    match MARKS.get(path) {
        Some(mark) => Ok(format!("/static/{path}?v={mark}")),
        None => Err(Error::message(format!("no asset `{path}`"))),
    }
}
