//! A relay before PostgreSQL that counts what goes by: how many statements a page sends, and
//! how often it waits for an answer.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use super::load::{Page, ask, web};

/// Requests of a page before counting, so that its statements are prepared, and counted ones.
const TIMES: usize = 24;

/// What went by on one connection.
#[derive(Default)]
struct Seen {
    statements: AtomicUsize,
    waits: AtomicUsize,
    /// It is the queue's, which asks by the clock and for no page.
    is_queue: AtomicBool,
}

type Connections = Arc<Mutex<Vec<Arc<Seen>>>>;

pub struct Relay {
    /// The database's, by way of the relay.
    pub url: String,
    connections: Connections,
}

/// A request's share.
pub struct Counted {
    pub statements: f64,
    pub round_trips: f64,
}

impl Relay {
    pub async fn open(database: &str) -> Self {
        let mut url = Url::parse(database).expect("a URL");
        let host = url.host_str().unwrap_or("127.0.0.1").to_owned();
        let server = format!("{host}:{}", url.port().unwrap_or(5432));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        url.set_host(Some("127.0.0.1")).expect("a host");
        url.set_port(Some(listener.local_addr().expect("an address").port())).expect("a port");
        // What is encrypted cannot be counted.
        url.query_pairs_mut().append_pair("sslmode", "disable");
        let connections = Connections::default();
        let opened = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(server) = TcpStream::connect(&server).await else { return };
                let seen = Arc::<Seen>::default();
                opened.lock().expect("a list").push(Arc::clone(&seen));
                tokio::spawn(pass(client, server, seen));
            }
        });
        Self { url: url.into(), connections }
    }

    /// Of a page that is asked for again and again.
    pub async fn count(&self, page: &Page, base: &str) -> Counted {
        let web = web();
        for _ in 0..TIMES {
            ask(&web, base, page.next()).await;
        }
        self.quiet().await;
        let before = self.now();
        for _ in 0..TIMES {
            ask(&web, base, page.next()).await;
        }
        let after = self.now();
        let share = |count: usize| count as f64 / TIMES as f64;
        Counted {
            statements: share(after.0.saturating_sub(before.0)),
            round_trips: share(after.1.saturating_sub(before.1)),
        }
    }

    /// Until the workers have done what the load before has left them.
    async fn quiet(&self) {
        const PAUSE: Duration = Duration::from_millis(500);
        const LONGEST: u32 = 600;
        for _ in 0..LONGEST {
            let before = self.now();
            tokio::time::sleep(PAUSE).await;
            if self.now().0 <= before.0 + 2 {
                return;
            }
        }
    }

    fn now(&self) -> (usize, usize) {
        let connections = self.connections.lock().expect("a list");
        let pages = connections.iter().filter(|seen| !seen.is_queue.load(Ordering::Relaxed));
        pages.fold((0, 0), |(statements, waits), seen| {
            let (more, trips) = (&seen.statements, &seen.waits);
            (statements + more.load(Ordering::Relaxed), waits + trips.load(Ordering::Relaxed))
        })
    }
}

async fn pass(client: TcpStream, server: TcpStream, seen: Arc<Seen>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let back = tokio::spawn(async move {
        let _ended = tokio::io::copy(&mut from_server, &mut to_client).await;
    });
    let mut first = true;
    let mut messages = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    while let Ok(read @ 1..) = from_client.read(&mut chunk).await {
        if is_of_queue(&chunk[..read]) {
            seen.is_queue.store(true, Ordering::Relaxed);
        }
        messages.extend_from_slice(&chunk[..read]);
        while let Some(length) = whole(&messages, first) {
            if !first {
                note(messages[0], &seen);
            }
            messages.drain(..length);
            first = false;
        }
        if to_server.write_all(&chunk[..read]).await.is_err() {
            break;
        }
    }
    back.abort();
}

/// It speaks of the queue's table.
fn is_of_queue(bytes: &[u8]) -> bool {
    const TABLE: &[u8] = b"pg_loco_queue";
    bytes.windows(TABLE.len()).any(|window| window == TABLE)
}

/// The length of the first message, if it is whole. The very first has no kind.
fn whole(messages: &[u8], first: bool) -> Option<usize> {
    let kind = usize::from(!first);
    let length = messages.get(kind..kind + 4)?;
    let length = u32::from_be_bytes(length.try_into().ok()?) as usize + kind;
    (messages.len() >= length).then_some(length)
}

/// `Q` asks at once; `E` runs what was prepared, and `S` waits for all that was sent.
fn note(kind: u8, seen: &Seen) {
    if matches!(kind, b'Q' | b'E') {
        seen.statements.fetch_add(1, Ordering::Relaxed);
    }
    if matches!(kind, b'Q' | b'S') {
        seen.waits.fetch_add(1, Ordering::Relaxed);
    }
}
