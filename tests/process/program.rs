//! One running program, and a browser that reaches it.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use rand::Rng as _;

use crate::support::{Browser, World};

pub struct Program {
    child: Child,
    port: u16,
    settings: Vec<(&'static str, String)>,
}

impl Program {
    /// On a world's database, with a queue of its own on SQLite.
    pub async fn start(world: &World) -> Self {
        // A mail server that is not there keeps nobody from working.
        Self::start_with(world, 9).await
    }

    /// The same with a mail server at this port.
    pub async fn start_with(world: &World, mail_port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("a port").port();
        drop(listener);
        let mut settings = world.addresses();
        settings.extend([
            ("LOCO_ENV", "development".to_owned()),
            ("BINDING", "127.0.0.1".to_owned()),
            ("PORT", port.to_string()),
            ("SWEEP_EVERY_SECONDS", "1".to_owned()),
            ("SMTP_HOST", "127.0.0.1".to_owned()),
            ("SMTP_PORT", mail_port.to_string()),
            ("SMTP_TLS", "none".to_owned()),
            ("MAILS_A_DAY", "100000".to_owned()),
        ]);
        let program = Self { child: spawn(&settings), port, settings };
        program.until_it_answers().await;
        program
    }

    /// As a power cut does it.
    pub fn kill(&mut self) {
        let _already_gone = self.child.kill();
        self.child.wait().expect("gone");
    }

    pub async fn restart(&mut self) {
        self.restart_with([]).await;
    }

    /// The same with other settings from then on.
    pub async fn restart_with<const N: usize>(&mut self, settings: [(&'static str, String); N]) {
        self.kill();
        // The last one said counts.
        self.settings.extend(settings);
        self.child = spawn(&self.settings);
        self.until_it_answers().await;
    }

    /// A browser without scripts that reaches it over the network.
    pub fn browser(&self) -> Browser {
        browser_of(std::slice::from_ref(self))
    }

    async fn until_it_answers(&self) {
        for _ in 0..600 {
            if tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the program does not answer");
    }
}

/// A browser that asks whichever of some programs answers, and asks again where one dies, or says
/// that too many ask at once.
pub fn browser_of(programs: &[Program]) -> Browser {
    let client = Client::builder(TokioExecutor::new()).build_http::<Body>();
    let ports: Vec<u16> = programs.iter().map(|program| program.port).collect();
    Browser::new(Router::new().fallback(move |request: Request| {
        let (client, ports) = (client.clone(), ports.clone());
        async move {
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
            let first = rand::rng().random_range(0..ports.len());
            for attempt in 0..600 {
                let port = ports[(first + attempt) % ports.len()];
                let address = format!("http://127.0.0.1:{port}{}", parts.uri);
                let mut again = parts.clone();
                again.uri = address.parse().expect("an address");
                let again = Request::from_parts(again, Body::from(body.clone()));
                match client.request(again).await {
                    Ok(answer) if answer.status() != StatusCode::TOO_MANY_REQUESTS => {
                        return answer.map(Body::new);
                    }
                    _ => {}
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            panic!("nobody answers");
        }
    }))
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

fn spawn(settings: &[(&'static str, String)]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_rbo"))
        .args(["start", "--all"])
        .envs(settings.iter().map(|(name, value)| (*name, value.as_str())))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}
