//! A feed's rows, written down as they came.

use std::collections::{HashMap, HashSet};

use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder as _, QuerySelect as _, TransactionSession as _, TransactionTrait as _};
use sea_orm_tenancy::{Db, Txn};
use sha2::{Digest as _, Sha256};

use super::standing::{self, Standing};
use super::{ActiveModel, Column, Entity, Model, StagedState};
use crate::models::catalogue::{Kind, Said};
use crate::units::Sport;
use crate::values::Vocabulary as _;

/// A row of a feed.
#[derive(Debug, Clone)]
pub struct Brought {
    /// What the feed knows it by; its kind and name, where the feed has no numbers.
    pub external_id: Option<String>,
    /// The sport.
    pub sport: Sport,
    /// The rest.
    pub said: Said,
}

/// What became, or would become, of a feed's rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Staged {
    /// They wait for the admins from now on.
    pub staged: usize,
    /// Of these, what nobody has.
    pub new: usize,
    /// What everybody has, and all that is said of it.
    pub same: usize,
    /// What everybody has of this feed, and it says otherwise now.
    pub renews: usize,
    /// What everybody has as a person has said it, which stays so.
    pub kept: usize,
    /// The feed has said it before.
    pub known: usize,
    /// It is in the feed twice; the first one counts.
    pub twice: usize,
    /// Rows of earlier times that wait no longer, since the feed says otherwise now.
    pub superseded: usize,
}

/// So many rows go into one statement.
const AT_ONCE: usize = 40;

/// Stages a feed, in one transaction; a dry run leaves nothing behind.
///
/// # Errors
/// When the database does not answer.
pub async fn stage(
    db: &Db,
    source: &str,
    feed: Vec<Brought>,
    is_dry: bool,
) -> Result<Staged, DbErr> {
    let txn = db.begin().await?;
    let mut staged = Staged::default();
    let (mut rows, mut again) = Before::of(&txn, source).await?.unsaid(source, feed, &mut staged);
    staged.superseded = supersede(&txn, source, rows.iter().chain(&again)).await?;
    ask_again(&txn, &again).await?;
    for some in rows.chunks(AT_ONCE) {
        let some = some.iter().cloned().map(columns);
        Entity::insert_many(some).exec_without_returning(&txn).await?;
    }
    rows.append(&mut again);
    staged.staged = rows.len();
    for standing in standing::of(&txn, &rows).await? {
        let count = match standing {
            Standing::New => &mut staged.new,
            Standing::Same(_) => &mut staged.same,
            Standing::Renews(_) => &mut staged.renews,
            Standing::Kept(_) => &mut staged.kept,
        };
        *count += 1;
    }
    if is_dry {
        txn.rollback().await?
    } else {
        txn.commit().await?
    }
    Ok(staged)
}

/// What a feed has said so far.
#[derive(Default)]
struct Before {
    rows: HashMap<(String, String), Uuid>,
    /// Of each of its things the last.
    last: HashMap<String, String>,
}

impl Before {
    async fn of(txn: &Txn, source: &str) -> Result<Self, DbErr> {
        let said = Entity::find()
            .select_only()
            .columns([Column::Id, Column::ExternalId, Column::Digest])
            .filter(Column::Source.eq(source))
            .order_by_asc(Column::StagedAt)
            .order_by_asc(Column::Id);
        let said: Vec<(Uuid, String, String)> = said.into_tuple().all(txn).await?;
        let mut before = Self::default();
        for (id, thing, digest) in said {
            before.rows.insert((thing.clone(), digest.clone()), id);
            before.last.insert(thing, digest);
        }
        Ok(before)
    }

    /// What it has never said, and what it says again after it has said something else.
    fn unsaid(
        &self,
        source: &str,
        feed: Vec<Brought>,
        staged: &mut Staged,
    ) -> (Vec<Model>, Vec<Model>) {
        let (mut met, mut rows, mut again) = (HashSet::new(), Vec::new(), Vec::new());
        for brought in feed {
            let row = row(source, brought);
            if !met.insert(row.external_id.clone()) {
                staged.twice += 1;
            } else if self.last.get(&row.external_id) == Some(&row.digest) {
                staged.known += 1;
            } else if let Some(id) = self.rows.get(&(row.external_id.clone(), row.digest.clone())) {
                again.push(Model { id: *id, ..row });
            } else {
                rows.push(row);
            }
        }
        (rows, again)
    }
}

/// A row that waits, without what it says.
fn bare(source: &str, kind: Kind, sport: Sport) -> Model {
    Model {
        id: Uuid::now_v7(),
        source: source.to_owned(),
        external_id: String::new(),
        digest: String::new(),
        kind,
        sport,
        manufacturer: String::new(),
        model: String::new(),
        search_key: String::new(),
        year: None,
        head_size: None,
        string_pattern: None,
        weight: None,
        balance: None,
        gauge: None,
        material: None,
        colour: None,
        length: None,
        state: StagedState::Pending,
        racket_id: None,
        string_id: None,
        reason: None,
        decided_by: None,
        staged_at: Utc::now().into(),
        decided_at: None,
    }
}

fn row(source: &str, brought: Brought) -> Model {
    let Brought { external_id, sport, said } = brought;
    let (kind, search_key) = (said.kind(), said.key());
    let named = || format!("{}/{search_key}", sport.code());
    let external_id = format!("{}/{}", kind.code(), external_id.unwrap_or_else(named));
    let bare = Model { external_id, search_key, ..bare(source, kind, sport) };
    let row = match said {
        Said::Racket(said) => Model {
            manufacturer: said.manufacturer,
            model: said.model,
            year: said.facts.year,
            head_size: said.facts.head_size,
            string_pattern: said.facts.string_pattern,
            weight: said.facts.weight,
            balance: said.facts.balance,
            ..bare
        },
        Said::String(said) => Model {
            manufacturer: said.manufacturer,
            model: said.model,
            gauge: said.gauge,
            material: said.material,
            colour: said.colour,
            length: said.length,
            ..bare
        },
    };
    Model { digest: digest(&row), ..row }
}

/// Of all that a row says, and nothing of how it is known.
fn digest(row: &Model) -> String {
    let said = (
        (row.kind, row.sport, &row.manufacturer, &row.model, row.year, row.head_size),
        (&row.string_pattern, row.weight, row.balance),
        (row.gauge, &row.material, &row.colour, row.length),
    );
    hex::encode(Sha256::digest(serde_json::to_vec(&said).unwrap_or_default()))
}

/// The columns that whoever stages it may write.
fn columns(row: Model) -> ActiveModel {
    ActiveModel {
        id: Set(row.id),
        source: Set(row.source),
        external_id: Set(row.external_id),
        digest: Set(row.digest),
        kind: Set(row.kind),
        sport: Set(row.sport),
        manufacturer: Set(row.manufacturer),
        model: Set(row.model),
        search_key: Set(row.search_key),
        year: Set(row.year),
        head_size: Set(row.head_size),
        string_pattern: Set(row.string_pattern),
        weight: Set(row.weight),
        balance: Set(row.balance),
        gauge: Set(row.gauge),
        material: Set(row.material),
        colour: Set(row.colour),
        length: Set(row.length),
        staged_at: Set(row.staged_at),
        ..Default::default()
    }
}

/// What waits of the same things waits no longer.
async fn supersede(
    txn: &Txn,
    source: &str,
    rows: impl Iterator<Item = &Model>,
) -> Result<usize, DbErr> {
    let things: Vec<&str> = rows.map(|row| row.external_id.as_str()).collect();
    let mut superseded = 0;
    for some in things.chunks(AT_ONCE) {
        let earlier = Entity::update_many()
            .col_expr(Column::State, Expr::value(StagedState::Superseded))
            .filter(Column::Source.eq(source))
            .filter(Column::State.eq(StagedState::Pending))
            .filter(Column::ExternalId.is_in(some.iter().copied()));
        superseded += earlier.exec(txn).await?.rows_affected;
    }
    Ok(usize::try_from(superseded).unwrap_or(usize::MAX))
}

/// The feed says what it said once, and something else since: it is asked about again.
async fn ask_again(txn: &Txn, rows: &[Model]) -> Result<(), DbErr> {
    for some in rows.chunks(AT_ONCE) {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(StagedState::Pending))
            .col_expr(Column::StagedAt, Expr::value(Utc::now()))
            .filter(Column::Id.is_in(some.iter().map(|row| row.id)))
            .exec(txn)
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::rackets;

    #[test]
    fn what_a_row_says_is_its_digest_and_its_name_is_its_key_where_it_has_no_number() {
        let said = |model: &str, year| {
            let facts = rackets::Facts { year, ..rackets::Facts::default() };
            let said = rackets::Said { manufacturer: "Head".into(), model: model.into(), facts };
            let sport = Sport::Tennis;
            row("feed", Brought { external_id: None, sport, said: Said::Racket(said) })
        };
        let (one, other) = (said("Speed", None), said("Speed", None));
        assert_eq!((&one.digest, &one.external_id), (&other.digest, &other.external_id));
        assert_eq!(one.external_id, "rackets/tennis/head speed");
        assert_ne!(one.digest, said("Speed", Some(2024)).digest);
    }
}
