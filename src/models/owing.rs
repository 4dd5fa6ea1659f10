//! Tables whose rows owe some work, or are too old: what the sweeper goes by, whichever stringer's
//! they are.

use chrono::{Duration, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _, Select};
use sea_orm_tenancy::Connection;

/// A row that owes something, or is too old, of whichever stringer.
#[derive(Debug, Clone, Copy, FromQueryResult, PartialEq, Eq)]
pub struct Owed {
    /// The row.
    pub id: Uuid,
    /// Its stringer.
    pub stringer_id: Uuid,
}

/// How long a row is left alone whose work failed: a deactivated stringer's would stand
/// before all others' at each look.
const LEFT_ALONE: Duration = Duration::minutes(5);

/// A table whose rows owe some work from a moment on.
pub trait Owing: EntityTrait {
    /// The row's key.
    const ID: Self::Column;
    /// Its stringer.
    const STRINGER_ID: Self::Column;
    /// When it is taken up next.
    const NEXT_ATTEMPT_AT: Self::Column;

    /// Its work is still to be done.
    fn is_owed() -> Expr;

    /// What is owed and due, of all stringers, what has waited longest first; for the sweeper's
    /// own scope.
    ///
    /// # Errors
    /// When the database does not answer.
    fn owed(
        db: &impl Connection,
        at_most: u64,
    ) -> impl Future<Output = Result<Vec<Owed>, DbErr>> + Send {
        let owed = of_anybody::<Self>()
            .filter(Self::is_owed())
            .filter(Self::NEXT_ATTEMPT_AT.lte(Utc::now()))
            .order_by_asc(Self::NEXT_ATTEMPT_AT)
            .limit(at_most);
        owed.into_model().all(db)
    }

    /// Leaves one alone for a while: its work failed, or its stringer cannot be found.
    ///
    /// # Errors
    /// When the database does not answer.
    fn leave_alone(
        db: &impl Connection,
        id: Uuid,
    ) -> impl Future<Output = Result<(), DbErr>> + Send {
        let later = Self::update_many()
            .col_expr(Self::NEXT_ATTEMPT_AT, Expr::value(Utc::now() + LEFT_ALONE))
            .filter(Self::ID.eq(id));
        async move { later.exec(db).await.map(drop) }
    }
}

/// One whose rows are kept until a moment.
pub trait Kept: Owing {
    /// When a row is too old.
    const KEPT_UNTIL: Self::Column;

    /// Those that were kept long enough, of all stringers; for the sweeper's own scope.
    ///
    /// # Errors
    /// When the database does not answer.
    fn outdated(
        db: &impl Connection,
        at_most: u64,
    ) -> impl Future<Output = Result<Vec<Owed>, DbErr>> + Send {
        let outdated = of_anybody::<Self>().filter(Self::KEPT_UNTIL.lt(Utc::now()));
        outdated.limit(at_most).into_model().all(db)
    }

    /// Forgets one that was kept long enough.
    ///
    /// # Errors
    /// When the database does not answer.
    fn forget(db: &impl Connection, id: Uuid) -> impl Future<Output = Result<(), DbErr>> + Send;
}

fn of_anybody<E: Owing>() -> Select<E> {
    E::find().select_only().columns([E::ID, E::STRINGER_ID])
}
