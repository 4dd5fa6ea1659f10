//! ChromeDriver, one for each test, ended with it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};
use url::Url;

pub struct Driver {
    process: Child,
    port: u16,
    _profile: tempfile::TempDir,
    profile: String,
}

impl Driver {
    /// Where a driver is: named by `RBO_TEST_CHROMEDRIVER`, on the path, or in a usual place.
    ///
    /// # Errors
    /// With what is missing.
    pub fn program() -> Result<PathBuf, String> {
        if let Some(named) = std::env::var_os("RBO_TEST_CHROMEDRIVER").filter(|n| !n.is_empty()) {
            let named = PathBuf::from(named);
            let is_there = named.is_file();
            return if is_there { Ok(named) } else { Err(format!("no {}", named.display())) };
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        let usual = ["/usr/bin", "/usr/local/bin", "/usr/lib/chromium", "/opt/homebrew/bin"];
        std::env::split_paths(&path)
            .chain(usual.map(PathBuf::from))
            .map(|folder| folder.join("chromedriver"))
            .find(|program| program.is_file())
            .ok_or_else(|| "no chromedriver".to_owned())
    }

    pub fn start() -> Self {
        let program = Self::program().expect("a driver");
        let port =
            TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("a port").port();
        let process = Command::new(program)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let folder = tempfile::tempdir().expect("a profile");
        let profile = folder.path().display().to_string();
        Self { process, port, _profile: folder, profile }
    }

    /// A phone's window in one language.
    pub async fn browser(&self, language: &str) -> Client {
        let options = json!({
            "goog:chromeOptions": {
                "args": [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--disable-dev-shm-usage", "--window-size=390,844",
                    format!("--lang={language}"), format!("--user-data-dir={}", self.profile),
                ],
                "prefs": { "intl.accept_languages": language },
            },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let url = format!("http://127.0.0.1:{}", self.port);
        let options = options.as_object().expect("options").clone();
        for _ in 0..100 {
            let mut builder =
                ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
            if let Ok(client) = builder.capabilities(options.clone()).connect(&url).await {
                return client;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("no browser");
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A driver that is asked to shut down ends its browsers too; one that is killed
        // leaves them running. It has five seconds.
        let _asked = TcpStream::connect(("127.0.0.1", self.port)).and_then(|mut stream| {
            stream.set_read_timeout(Some(Duration::from_secs(5)))?;
            let request =
                format!("GET /shutdown HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
            stream.write_all(request.as_bytes())?;
            stream.read(&mut [0; 512])
        });
        for _ in 0..50 {
            if !matches!(self.process.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let _gone = self.process.kill();
        let _reaped = self.process.wait();
    }
}

/// ChromeDriver's own command for what the console has said.
#[derive(Debug)]
struct ConsoleLog;

impl WebDriverCompatibleCommand for ConsoleLog {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// What scripts and the Content-Security-Policy complained about so far.
pub async fn complaints(browser: &Client) -> Vec<String> {
    let log = browser.issue_cmd(ConsoleLog).await.expect("the console's log");
    let entries = log.as_array().expect("a list").iter();
    entries
        .filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING")
        .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// ChromeDriver's own way to the browser's tools.
#[derive(Debug)]
struct Tool(&'static str, Value);

impl WebDriverCompatibleCommand for Tool {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.0, "params": self.1 }).to_string()))
    }
}

/// A window of exactly this size, which may be narrower than a window can be.
pub async fn resize(browser: &Client, width: u32, height: u32) {
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    let tool = Tool("Emulation.setDeviceMetricsOverride", size);
    browser.issue_cmd(tool).await.expect("another size");
}

/// As a browser whose owner allows no scripts.
pub async fn without_scripts(browser: &Client) {
    let off = json!({ "value": true });
    let tool = Tool("Emulation.setScriptExecutionDisabled", off);
    browser.issue_cmd(tool).await.expect("no scripts");
}

/// Takes the network away from the page, as the page sees it, or gives it back. The
/// browser's own emulation is forgotten now and then, with nothing said.
pub async fn network(browser: &Client, is_there: bool) {
    let script = if is_there {
        "delete navigator.onLine; window.fetch = window.fetchBefore; dispatchEvent(new Event('online'));"
    } else {
        "Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
         window.fetchBefore = window.fetch;
         window.fetch = () => Promise.reject(new TypeError());
         dispatchEvent(new Event('offline'));"
    };
    browser.execute(script, Vec::new()).await.expect("a network");
}

/// `light` or `dark`, as the reader's system prefers it.
pub async fn theme(browser: &Client, theme: &str) {
    let features = json!([{ "name": "prefers-color-scheme", "value": theme }]);
    let media = json!({ "features": features });
    browser.issue_cmd(Tool("Emulation.setEmulatedMedia", media)).await.expect("another theme");
}
