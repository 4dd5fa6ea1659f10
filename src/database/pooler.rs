//! Proof that the way to PostgreSQL gives each connection its own answers.
//!
//! A pooler in transaction mode that does not track prepared statements hands a client
//! the rows of another client's statement, and nothing fails (measured with PgBouncer
//! 1.18, and with 1.24 and `max_prepared_statements = 0`). The driver names its
//! statements by a count that each connection begins anew, so connections that have
//! prepared different texts in a different order find out soon.

#![expect(clippy::disallowed_types, reason = "it looks at the pool before anybody may use it")]

use futures_util::future::join_all;
use loco_rs::{Error, Result};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

/// Askers at once: more than the connections of the pool, so that all are in use.
const ASKERS: i64 = 16;

/// Questions of each, every one a statement of its own.
const QUESTIONS: i64 = 6;

/// Each question so often: the first time prepares it, the later ones rely on that.
const TIMES: i64 = 3;

/// # Errors
/// With a sentence that names the pooler's setting, when an answer was another's; or
/// when nothing answers.
pub(super) async fn prove(pool: &DatabaseConnection) -> Result<()> {
    let mut all_own = true;
    for answers in join_all((0..ASKERS).map(|asker| own_answers(pool, asker))).await {
        match answers {
            Ok(own) => all_own &= own,
            Err(error @ (DbErr::Conn(_) | DbErr::ConnectionAcquire(_))) => return Err(error.into()),
            // A statement that is prepared already, or not at all: somebody else's.
            Err(_) => all_own = false,
        }
    }
    if all_own {
        Ok(())
    } else {
        Err(Error::string(
            "DATABASE_URL leads through a pooler that mixes up its clients' prepared statements. \
             Use PgBouncer 1.21 or newer with max_prepared_statements = 200, or PostgreSQL itself.",
        ))
    }
}

async fn own_answers(pool: &DatabaseConnection, asker: i64) -> Result<bool, DbErr> {
    for time in 0..TIMES {
        for question in 0..QUESTIONS {
            let mark = asker * QUESTIONS + question;
            let sql = format!("SELECT CAST($1 AS BIGINT) * 1000 + {mark} AS answer");
            let ask = Statement::from_sql_and_values(DbBackend::Postgres, sql, [time.into()]);
            let row = pool.query_one_raw(ask).await?;
            let answer = row.and_then(|row| row.try_get::<i64>("", "answer").ok());
            if answer != Some(time * 1000 + mark) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}
