//! Speaking to gotrue: with time limits, a bound on what is read, and a second try only
//! where the first cannot have done anything.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::provider::{AuthError, AuthResult};
use super::wire::{API_VERSION, API_VERSION_HEADER, ErrorAnswer};

/// A connection on a network nearby takes milliseconds.
const CONNECT: Duration = Duration::from_secs(2);

/// gotrue hashes a password in well under a second, and mails in a few.
const WHOLE: Duration = Duration::from_secs(8);

/// No answer that we ask for comes near.
const LARGEST: usize = 128 * 1024;

/// One more try, after a moment.
fn again() -> ExponentialBuilder {
    ExponentialBuilder::default().with_min_delay(Duration::from_millis(100)).with_max_times(1)
}

/// A client of one gotrue.
#[derive(Clone)]
pub struct Http {
    client: Client,
    base: String,
    api_key: Option<String>,
}

/// What gotrue said.
#[derive(Debug)]
pub enum Reply<T> {
    /// What was asked for.
    Done(T),
    /// It refuses; its name for the reason.
    Refused {
        /// HTTP's.
        status: StatusCode,
        /// gotrue's name.
        code: String,
    },
}

impl Http {
    /// For a gotrue at an address, with the key that its gateway may want.
    ///
    /// # Errors
    /// When the system has no usable certificates.
    pub fn new(base: &str, api_key: Option<String>) -> AuthResult<Self> {
        // The one provider that the rest of the program uses too; a second call is none.
        let _known = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| AuthError::Internal(error.into()))?;
        Ok(Self { client, base: base.trim_end_matches('/').to_owned(), api_key })
    }

    /// Reads; twice, if need be.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`].
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> AuthResult<T> {
        let once = || async { answered(self.request(Method::GET, path, None).send().await) };
        match read(once.retry(again()).await?).await? {
            Reply::Done(value) => Ok(value),
            Reply::Refused { status, code } => {
                Err(AuthError::Unavailable(format!("{path}: {status} {code}").into()))
            }
        }
    }

    /// Acts, once: only where no connection came about is it tried again, since then
    /// nothing was done.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`] when gotrue does not answer, or answers with its own
    /// trouble or with what is none of its answers.
    pub async fn act<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        bearer: Option<&str>,
        body: &impl Serialize,
    ) -> AuthResult<Reply<T>> {
        let once = || async {
            let request = self.request(method.clone(), path, bearer).json(body);
            request.send().await
        };
        let response = once.retry(again()).when(reqwest::Error::is_connect).await;
        read(answered(response)?).await
    }

    fn request(&self, method: Method, path: &str, bearer: Option<&str>) -> RequestBuilder {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .header(API_VERSION_HEADER, API_VERSION);
        if let Some(key) = &self.api_key {
            request = request.header("apikey", key);
        }
        match bearer {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}

/// Our trouble with the network, or gotrue's own, is no answer.
fn answered(response: reqwest::Result<Response>) -> AuthResult<Response> {
    // Without the address, which may carry a secret.
    let response = response.map_err(|error| AuthError::Unavailable(error.without_url().into()))?;
    if response.status().is_server_error() {
        return Err(AuthError::Unavailable(format!("status {}", response.status()).into()));
    }
    Ok(response)
}

async fn read<T: DeserializeOwned>(mut response: Response) -> AuthResult<Reply<T>> {
    let unavailable = |what: String| AuthError::Unavailable(what.into());
    let status = response.status();
    let mut body = Vec::new();
    while let Some(part) =
        response.chunk().await.map_err(|error| unavailable(error.without_url().to_string()))?
    {
        if body.len() + part.len() > LARGEST {
            return Err(unavailable("an answer without end".to_owned()));
        }
        body.extend_from_slice(&part);
    }
    if status.is_success() {
        // `/logout` answers with nothing.
        let text: &[u8] = if body.is_empty() { b"null" } else { &body };
        let value = serde_json::from_slice(text)
            .map_err(|_| unavailable("an answer that is none of gotrue's".to_owned()))?;
        return Ok(Reply::Done(value));
    }
    // Not gotrue, then, but something before it.
    let error: ErrorAnswer = serde_json::from_slice(&body)
        .map_err(|_| unavailable(format!("status {status} and no reason")))?;
    Ok(Reply::Refused { status, code: error.code().to_owned() })
}
