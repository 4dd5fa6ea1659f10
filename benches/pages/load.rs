//! A load: so many connections, each asking again as soon as it has its answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use super::program::{Program, children, spent};

/// One request.
#[derive(Clone, Default)]
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub cookie: String,
    /// The token for forms.
    pub token: String,
    pub body: String,
}

type Asks = Arc<dyn Fn(usize) -> Ask + Send + Sync>;

/// A kind of request, each time another one of its kind.
#[derive(Clone)]
pub struct Page {
    pub name: &'static str,
    asks: Asks,
    asked: Arc<AtomicUsize>,
}

impl Page {
    pub fn new(name: &'static str, asks: impl Fn(usize) -> Ask + Send + Sync + 'static) -> Self {
        Self { name, asks: Arc::new(asks), asked: Arc::default() }
    }

    /// All of them, one after the other.
    pub fn mixed(pages: &[Self]) -> Self {
        let pages = pages.to_vec();
        Self::new("mixed", move |at| pages[at % pages.len()].next())
    }

    pub fn next(&self) -> Ask {
        (self.asks)(self.asked.fetch_add(1, Ordering::Relaxed))
    }
}

/// How much at once, for how long.
#[derive(Clone, Copy)]
pub struct Load {
    pub connections: usize,
    pub lasts: Duration,
}

/// What one run has shown.
#[derive(Default)]
pub struct Sample {
    /// Sorted.
    times: Vec<Duration>,
    wrong: usize,
    bytes: usize,
    lasted: Duration,
    cpu: Duration,
    database: Duration,
    memory: u64,
}

pub type Web = Client<HttpConnector, Body>;

pub fn web() -> Web {
    Client::builder(TokioExecutor::new()).build_http()
}

/// The answer's status and length, once all of it is there.
pub async fn ask(web: &Web, base: &str, ask: Ask) -> (u16, usize) {
    let mut request = Request::builder()
        .method(ask.method)
        .uri(format!("{base}{}", ask.path))
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, ask.cookie);
    if ask.method != "GET" {
        request = request
            .header("x-csrf-token", ask.token)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let request = request.body(Body::from(ask.body)).expect("a request");
    let Ok(answer) = web.request(request).await else { return (0, 0) };
    let status = answer.status().as_u16();
    let body = to_bytes(Body::new(answer.into_body()), 1 << 24).await;
    body.map_or((0, 0), |body| (status, body.len()))
}

impl Load {
    /// Of a server, and of the database's that it asks.
    pub async fn run(self, page: &Page, program: &Program, database: Option<u32>) -> Sample {
        let asked = || database.map_or(Duration::ZERO, of_database);
        let (cpu, of_server, begun) = (program.cpu(), asked(), Instant::now());
        let connections = (0..self.connections).map(|_| {
            let (page, base, web) = (page.clone(), program.base.clone(), web());
            tokio::spawn(async move { connection(&web, &base, &page, begun + self.lasts).await })
        });
        let mut sample = Sample::default();
        for connection in connections.collect::<Vec<_>>() {
            sample.add(connection.await.expect("a connection"));
        }
        sample.times.sort_unstable();
        sample.lasted = begun.elapsed();
        sample.cpu = program.cpu().saturating_sub(cpu);
        sample.database = asked().saturating_sub(of_server);
        sample.memory = program.memory();
        sample
    }
}

/// PostgreSQL's processes: those that run, and those that have ended.
fn of_database(main: u32) -> Duration {
    spent(main, true) + children(main).into_iter().map(|id| spent(id, false)).sum::<Duration>()
}

async fn connection(web: &Web, base: &str, page: &Page, end: Instant) -> Sample {
    let mut sample = Sample::default();
    while Instant::now() < end {
        let begun = Instant::now();
        let (status, bytes) = ask(web, base, page.next()).await;
        sample.times.push(begun.elapsed());
        sample.bytes += bytes;
        sample.wrong += usize::from(!matches!(status, 200 | 303));
    }
    sample
}

impl Sample {
    pub const HEAD: &str =
        "page                  req/s   p50 ms   p99 ms   CPU ms   DB ms     KB  wrong  MB";

    fn add(&mut self, other: Self) {
        self.times.extend(other.times);
        self.wrong += other.wrong;
        self.bytes += other.bytes;
    }

    fn count(&self) -> f64 {
        u32::try_from(self.times.len().max(1)).map_or(f64::MAX, f64::from)
    }

    fn a_request(&self, all: Duration) -> f64 {
        all.as_secs_f64() * 1e3 / self.count()
    }

    /// The one in the middle, by CPU a request.
    pub fn middle(mut samples: Vec<Self>) -> Self {
        samples.sort_by(|one, other| one.a_request(one.cpu).total_cmp(&other.a_request(other.cpu)));
        samples.swap_remove(samples.len() / 2)
    }

    /// A line of the table.
    pub fn line(&self, name: &str) -> String {
        let percentile = |percent: usize| {
            let at = self.times.len() * percent / 100;
            self.times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        let kilobytes = self.bytes as f64 / 1024.0 / self.count();
        format!(
            "{name:<18} {:>8.0} {:>8.2} {:>8.2} {:>8.3} {:>7.3} {kilobytes:>6.1} {:>6} {:>3}",
            self.count() / self.lasted.as_secs_f64(),
            percentile(50),
            percentile(99),
            self.a_request(self.cpu),
            self.a_request(self.database),
            self.wrong,
            self.memory >> 20,
        )
    }
}
