//! A stringer's book as a whole, for whoever takes it along: as the workbook that it came with
//! ([`jobs`]), and complete ([`document`]), from which [`restoring`] makes it again.

mod checking;
mod columns;
pub mod document;
pub mod jobs;
pub mod paid;
mod planning;
pub mod reading;
pub mod restoring;
pub mod stock;
mod telling;
mod workshop;

pub use planning::Whole;

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, Select};
use sea_orm_tenancy::Connection;

use super::_entities::{client_profiles, client_rackets, persons, rackets, strings};
use super::{orders, readable, v1_import_rows};

/// All that orders name, by its key.
#[derive(Debug)]
pub struct Book {
    clients: HashMap<Uuid, client_profiles::Model>,
    persons: HashMap<Uuid, persons::Model>,
    frames: HashMap<Uuid, client_rackets::Model>,
    rackets: HashMap<Uuid, rackets::Model>,
    strings: HashMap<Uuid, strings::Model>,
    /// By orders that came from a file, what its row said.
    digests: HashMap<Uuid, String>,
}

impl Book {
    /// Reads what orders name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(db: &impl Connection) -> Result<Self, DbErr> {
        Ok(Self {
            clients: by_key(all(client_profiles::Entity::find(), db).await?, |row| row.id),
            persons: by_key(all(persons::Entity::find(), db).await?, |row| row.id),
            frames: by_key(all(client_rackets::Entity::find(), db).await?, |row| row.id),
            rackets: by_key(all(rackets::Entity::find(), db).await?, |row| row.id),
            strings: by_key(all(strings::Entity::find(), db).await?, |row| row.id),
            digests: HashMap::new(),
        })
    }

    /// The same, and what files have said that orders came from.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_with_digests(db: &impl Connection) -> Result<Self, DbErr> {
        let taken = v1_import_rows::Entity::taken(db).await?;
        let digests = taken.into_values().map(|row| (row.order, row.digest)).collect();
        Ok(Self { digests, ..Self::open(db).await? })
    }

    /// Sees each order, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn each_order(
        db: &impl Connection,
        see: impl FnMut(&orders::Model) + Send,
    ) -> Result<(), DbErr> {
        let oldest = orders::Entity::find()
            .order_by_asc(orders::Column::OrderedAt)
            .order_by_asc(orders::Column::Id);
        readable::each(oldest, db, see).await
    }

    fn person_of(&self, client: Uuid) -> Option<&persons::Model> {
        self.persons.get(&self.clients.get(&client)?.person_id?)
    }

    fn racket_of(&self, frame: Uuid) -> Option<&rackets::Model> {
        self.rackets.get(&self.frames.get(&frame)?.racket_id)
    }
}

async fn all<E: EntityTrait>(rows: Select<E>, db: &impl Connection) -> Result<Vec<E::Model>, DbErr>
where
    E::Model: Send + Sync,
{
    readable::all(rows, db).await
}

fn by_key<R>(rows: Vec<R>, key: impl Fn(&R) -> Uuid) -> HashMap<Uuid, R> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}
