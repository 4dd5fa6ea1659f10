//! Multi-tenancy for sea-orm as a chokepoint: no statement, however it was written,
//! reads or changes what its tenant may not.
//!
//! ```text
//! model -> Scoped (a connection that carries a Scope) -> before_query -> driver
//! ```
//!
//! * A [`Scoped`] handle is the only connection that the application can hold. It
//!   wraps sea-orm's connection or transaction and never gives it away.
//! * Its [`Scope`] says on whose behalf a statement runs. It lives in the handle,
//!   not in a task or a thread, so it cannot be lost, leaked or forgotten.
//! * The [`Registry`] holds one [`Policy`] for each table, declared beside the
//!   table's model. A table without a policy cannot be named.
//! * [`before_query`] parses the SQL text, puts the policies into it and prints it
//!   again. What it does not know it refuses.
//! * On PostgreSQL, row-level security stands behind all this as a second wall,
//!   written by hand in the migrations. [`Scoped`] tells it who is calling.
//!
//! # What it guarantees
//!
//! * **Reading**: each table in a query, wherever it stands (joins, subqueries, sets,
//!   CTEs, LATERAL, the source of a write), is replaced by the rows that the scope may
//!   read, `(SELECT ... WHERE <policy>) AS t`. Masked columns are empty there on rows
//!   that are not one's own, blind ones on all, so no filter, join, order or aggregate
//!   can feel for them.
//! * **Changing**: an UPDATE, a DELETE and an upsert get the write policy beside their
//!   own condition, and may set only the columns that the policy names.
//! * **Adding**: a missing tenant is added, a given one must be the bound one, in each
//!   row and each time the statement is bound; in an insert from a query it is forced.
//!   A reference may name only what the policy lets it (never a row that is seen
//!   through somebody's grant), and a row for somebody else wants what its policy says
//!   of it; both are decided by the same statement that writes.
//! * **Nothing else**: other kinds of statement, two at once, tables without a policy,
//!   functions off the list, unknown syntax and unaccounted names are refused, before
//!   any I/O. An unbound handle refuses everything.
//! * **The bypass** ([`Db::bypass`]) stands in a [`BypassLog`] before its first statement,
//!   reads only (unless its act grants a write, column by column), leaves out what is
//!   sealed, and is over when its work is, for every copy of its handle.
//!
//! # What it does not do
//!
//! * It does not stop code that opens a database connection of its own; clippy's
//!   `disallowed-*` lists in `clippy.toml` do, outside a short list with reasons.
//! * It does not hide how long a statement takes, nor which error the database meets
//!   first: a condition that fails on a value may be tried on a row before the policy
//!   drops it. On SQLite no function on the list fails on a value; a text that is
//!   doubled until it is too large does. PostgreSQL's second wall is a barrier there.
//! * Unique keys and foreign keys look past it, as they look past row-level security:
//!   that is why they begin with the tenant. Whoever guesses another's whole UUID can
//!   learn by a conflict that it exists.
//! * An insert from a query with columns that a rule speaks of passes through a CTE,
//!   where PostgreSQL settles the types of bare literals early; such a statement fails
//!   loudly and wants a cast.
//!
//! # An application behind it
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use sea_orm::entity::prelude::*;
//! use sea_orm_tenancy::{Db, Policy, Registry, RowLevelSecurity, Scope, SessionSettings, TenantId};
//!
//! mod note {
//!     use sea_orm::entity::prelude::*;
//!     #[derive(Clone, Debug, DeriveEntityModel)]
//!     #[sea_orm(table_name = "notes")]
//!     pub struct Model {
//!         #[sea_orm(primary_key)]
//!         pub id: i64,
//!         pub tenant_id: i64,
//!         pub text: String,
//!     }
//!     #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
//!     pub enum Relation {}
//!     impl ActiveModelBehavior for ActiveModel {}
//! }
//!
//! // Once, where the pool is opened; what follows sees the handle alone.
//! let pool = sea_orm::Database::connect("sqlite::memory:").await?;
//! pool.execute_unprepared("CREATE TABLE notes (id INTEGER PRIMARY KEY, tenant_id, text)").await?;
//! pool.execute_unprepared("INSERT INTO notes VALUES (1, 1, 'mine'), (2, 2, 'theirs')").await?;
//! let registry = Registry::new([Policy::owned_by::<note::Entity>("tenant_id")]);
//! let settings = SessionSettings {
//!     tenant: "app.tenant_id",
//!     person: "app.person_id",
//!     purpose: "app.purpose",
//! };
//! let rls = RowLevelSecurity { settings, step_down: None, bypass: "app_bypass" };
//! let db = Db::unbound(pool, registry, rls);
//!
//! // In each request, for whoever signed in.
//! let mine = db.bind(Scope::Tenant(TenantId::from(1)));
//! let notes = note::Entity::find().all(&mine).await?;
//! assert_eq!(notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["mine"]);
//! assert!(note::Entity::find_by_id(2).one(&mine).await?.is_none());
//! assert!(mine.execute_unprepared("UPDATE notes SET tenant_id = 2").await.is_err());
//! assert!(note::Entity::find().all(&db).await.is_err(), "bound to nobody");
//! # Ok(())
//! # }
//! ```
//!
//! # How to read on
//!
//! `policy.rs` says what a policy can say, `scope.rs` who may ask, `plan.rs` how a text
//! becomes a plan and is bound, `rewrite/` how each kind of clause is walked,
//! `connection.rs` how statements get here, `bypass.rs` how an admin looks across tenants.
//!
//! The crate knows policies, and no table of anybody.

#![deny(missing_docs)]

mod bypass;
mod connection;
mod error;
mod plan;
mod policy;
mod registry;
mod rewrite;
mod scope;
mod text;
mod transaction;
mod turn;

pub use bypass::{BypassLog, BypassReason, BypassSession, BypassWork, Entry, Outcome};
pub use connection::{
    Connection, Db, RowLevelSecurity, Scoped, ScopedHandle, SessionSettings, Txn,
};
pub use error::{REFUSED, Refusal, TenancyError, recent_refusals};
pub use plan::{PASSED, before_query, tables_of};
pub use policy::Policy;
pub use registry::Registry;
pub use scope::{Grant, Purpose, Scope, TenantId, Verb};
