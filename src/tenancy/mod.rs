//! The chokepoint: no statement, however it was written, reads or changes what
//! its stringer may not.
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
//! What it guarantees: a source of a query is replaced by the rows that the scope
//! may read; an update or a delete gets the policy's condition beside its own; an
//! insert is stamped with the tenant, and a value given for the stamp must be it.
//!
//! What it does not do: it does not stop code that opens a database connection of
//! its own (clippy's `disallowed-*` lists in `clippy.toml` do, outside a short
//! list with reasons), and it does not hide how long a statement takes.
//!
//! This module knows policies, and nothing else of the domain.

mod connection;
mod error;
mod plan;
mod policy;
mod rewrite;
mod scope;
mod text;

pub use connection::{Connection, Db, Doorway, Scoped, Txn, Walls};
pub use error::TenancyError;
pub use plan::before_query;
pub use policy::{Policy, Registry};
pub use scope::{Grant, Purpose, Scope, TenantId, Verb};
