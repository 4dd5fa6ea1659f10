//! Requests that are cut while the database has not answered yet: a search that is typed
//! does it all day.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rbo::database::open;
use rbo::demo::STEFAN;
use rbo::models::orders::Entity;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, Statement};
use sea_orm_tenancy::{Scope, TenantId};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

pub use super::row_level_security::needs;
use crate::support::World;
use crate::support::database::CONNECTIONS;
use crate::support::harness::{Case, cases};

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![a_cut_request_leaves_no_transaction_open]
}

/// A server that is far away: what it is told and what it says takes a while.
struct Distance {
    milliseconds: Arc<AtomicU64>,
    address: std::net::SocketAddr,
}

impl Distance {
    async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let milliseconds = Arc::new(AtomicU64::new(0));
        let delay = Arc::clone(&milliseconds);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let far = TcpStream::connect(&server).await.expect("the server");
                let ((from_near, to_near), (from_far, to_far)) =
                    (near.into_split(), far.into_split());
                tokio::spawn(carry(from_near, to_far, Arc::clone(&delay)));
                tokio::spawn(carry(from_far, to_near, Arc::clone(&delay)));
            }
        });
        Self { milliseconds, address }
    }

    fn set(&self, milliseconds: u64) {
        self.milliseconds.store(milliseconds, Ordering::Relaxed);
    }
}

async fn carry(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    milliseconds: Arc<AtomicU64>,
) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        sleep(Duration::from_millis(milliseconds.load(Ordering::Relaxed))).await;
        if to.write_all(&bytes[..length]).await.is_err() {
            break;
        }
    }
}

async fn a_cut_request_leaves_no_transaction_open() {
    let world = World::demo().await;
    let (me, _) = world.at_work(STEFAN).await;
    let book = world.addresses().into_iter().find(|(name, _)| *name == "DATABASE_URL");
    let mut book = url::Url::parse(&book.expect("a book").1).expect("a URL");
    let host = book.host_str().expect("a host");
    let distance = Distance::to(format!("{host}:{}", book.port().unwrap_or(5432))).await;
    book.set_host(Some("127.0.0.1")).expect("a host");
    book.set_port(Some(distance.address.port())).expect("a port");

    let db = open(book.as_str(), CONNECTIONS).await.expect("a pool");
    let db = db.bind(Scope::Tenant(TenantId::from(me.id)));
    let jobs = Entity::find().count(&db).await.expect("orders");
    // Where the first answer is asked for, `BEGIN`, who is calling, the question, `COMMIT`.
    for cut_after in [60, 100, 140, 180, 220, 260, 300, 380, 460] {
        distance.set(60);
        let reads = (0..CONNECTIONS).map(|_| Entity::find().count(&db));
        let reads = futures_util::future::join_all(reads);
        let done = timeout(Duration::from_millis(cut_after), reads).await;
        assert!(done.is_err(), "nothing was cut after {cut_after} ms");
        sleep(Duration::from_millis(500)).await;
        distance.set(0);
        let left = left_open(&world).await;
        assert_eq!(left, 0, "cut after {cut_after} ms: somebody waits in nobody's transaction");
    }
    for _ in 0..3 * CONNECTIONS {
        assert_eq!(Entity::find().count(&db).await.expect("orders"), jobs);
    }
}

/// Connections to this database that wait inside a transaction, when each that is at work
/// has had the time to end it.
async fn left_open(world: &World) -> i64 {
    let raw = world.raw().await;
    let sql = "SELECT count(*) AS n FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid() \
               AND state LIKE 'idle in transaction%'";
    sleep(Duration::from_millis(300)).await;
    let count = Statement::from_string(DbBackend::Postgres, sql);
    let row = raw.query_one_raw(count).await.expect("rows").expect("a row");
    row.try_get("", "n").expect("a number")
}
