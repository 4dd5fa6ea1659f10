//! The npm package `@supabase/auth-js`, unchanged, against the embedded provider: signs
//! up by invitation, reads its user, renews, changes its password, signs out and in.
//! `build.rs` has installed it with the stylesheet's tools.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::Command;

use crate::support::{Kind, World};

const SERVICE_KEY: &str = "a-service-key-for-tests-and-for-nothing-else";

#[tokio::test(flavor = "multi_thread")]
async fn the_stock_client_works_against_the_embedded_provider() {
    let mut base = String::new();
    let world = World::with(Kind::Demo, |config| {
        // The address stands in the tokens, and has to be known before the server listens.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        base = format!("http://{}", listener.local_addr().expect("an address"));
        config.settings.as_mut().expect("settings")["public_url"] = base.clone().into();
    })
    .await;
    world.serve_at(&base).await;

    let mut node = Command::new("node")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/auth_js/client.mjs"))
        .args([&base, SERVICE_KEY])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("Node starts; it builds the stylesheet as well");
    let mut asks = node.stdin.take().expect("a pipe");
    let mut says = BufReader::new(node.stdout.take().expect("a pipe")).lines();
    let (mut mails, mut last) = (0, String::new());
    while let Some(line) = says.next_line().await.expect("a line") {
        if let Some(to) = line.strip_prefix("mail ") {
            let secret = world.mail(to, mails).await.secret();
            mails += 1;
            asks.write_all(format!("{secret}\n").as_bytes()).await.expect("an answer");
        }
        last = line;
    }
    let mut complaint = String::new();
    node.stderr.take().expect("a pipe").read_to_string(&mut complaint).await.expect("text");
    assert!(node.wait().await.expect("an end").success(), "{complaint}");
    assert_eq!((last.as_str(), mails), ("done", 3));
}
