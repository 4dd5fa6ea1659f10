//! Files that a page's form sends.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use futures_util::stream;
use loco_rs::app::AppContext;
use multer::{Constraints, Multipart, SizeLimit};

use super::AppError;
use crate::auth::csrf;
use crate::values::typed;

/// The field of the file.
const FILE: &str = "file";

/// A name of a file is no longer, whatever its system allows.
const LONGEST_NAME: usize = 120;

/// A file, as the form of a page sends it.
pub struct Uploaded {
    /// As it was called where it came from; without its folders.
    pub name: String,
    /// What is in it; nothing, where none was chosen.
    pub bytes: Vec<u8>,
}

impl Uploaded {
    /// The largest file that is taken, in bytes: a workbook of 50,000 orders has 9 MB.
    pub const LARGEST: usize = 12 << 20;
}

impl FromRequest<AppContext> for Uploaded {
    type Rejection = AppError;

    async fn from_request(request: Request, _ctx: &AppContext) -> Result<Self, AppError> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, Self::LARGEST + 4096).await;
        let body = body.map_err(|_| AppError::TooLarge)?;
        let mut form = opened(&parts.headers, body).ok_or(UNUSABLE)?;
        while let Some(field) = form.next_field().await.map_err(unusable)? {
            if field.name() == Some(FILE) {
                let name = field.file_name().map(last_part).unwrap_or_default();
                let bytes = field.bytes().await.map_err(unusable)?.to_vec();
                return Ok(Self { name, bytes });
            }
        }
        Err(UNUSABLE)
    }
}

const UNUSABLE: AppError = AppError::Unusable("problem-bad-request");

fn unusable(error: multer::Error) -> AppError {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => {
            AppError::TooLarge
        }
        _ => UNUSABLE,
    }
}

/// Browsers of today send no folders; what says it is one's own may.
fn last_part(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    typed::line(name).chars().take(LONGEST_NAME).collect()
}

fn opened(headers: &HeaderMap, body: Bytes) -> Option<Multipart<'static>> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let boundary = multer::parse_boundary(kind).ok()?;
    let limit = SizeLimit::new().per_field(Uploaded::LARGEST as u64);
    let constraints = Constraints::new().size_limit(limit);
    let whole = stream::once(async { Ok::<_, std::io::Error>(body) });
    Some(Multipart::with_constraints(whole, boundary, constraints))
}

/// Whether a form comes with files.
pub(super) fn has_files(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// The token of such a form.
pub(super) async fn token(headers: &HeaderMap, body: Bytes) -> Option<String> {
    let mut form = opened(headers, body)?;
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some(csrf::FIELD) {
            return field.text().await.ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_without_its_folders() {
        for (sent, name) in [
            ("orders.xlsx", "orders.xlsx"),
            ("C:\\Users\\me\\orders.xlsx", "orders.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("a\r\nb", "a b"),
            ("", ""),
        ] {
            assert_eq!(last_part(sent), name);
        }
        assert_eq!(last_part(&"x".repeat(500)).len(), LONGEST_NAME);
    }
}
