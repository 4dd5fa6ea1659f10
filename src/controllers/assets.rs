//! Stylesheet, scripts and fonts.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;
use loco_rs::prelude::*;

use super::Answer;
use crate::web::{AppError, Assets};

/// Their addresses carry a mark of their content, so they never change.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

async fn show(Path(path): Path<String>, asked: HeaderMap) -> Answer {
    let file = Assets::get(&path).ok_or(AppError::NotFound)?;
    let kind = HeaderValue::try_from(file.metadata.mimetype()).map_err(Error::wrap)?;
    let mut headers = HeaderMap::from_iter([
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, FOREVER),
        (header::VARY, HeaderValue::from_static("Accept-Encoding")),
    ]);
    let small = takes_brotli(&asked).then(|| Assets::get(&format!("{path}.br"))).flatten();
    if small.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    Ok((headers, small.unwrap_or(file).data).into_response())
}

/// Who names it and does not refuse it takes it.
fn takes_brotli(asked: &HeaderMap) -> bool {
    let codings = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    codings.unwrap_or_default().split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        name.trim() == "br" && weight.unwrap_or(1.0) > 0.0
    })
}

/// `/static`.
pub fn routes() -> Routes {
    Routes::new().add("/static/{*path}", get(show))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_for_who_takes_it() {
        for (asked, takes) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=0.5, gzip", true),
            ("br;q=0, gzip", false),
            ("gzip, abr", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(asked));
            assert_eq!(takes_brotli(&headers), takes, "{asked}");
        }
    }
}
