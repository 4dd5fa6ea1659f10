//! String in stock, and what the orders of a document drew of it.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use sea_orm::prelude::Uuid;

use super::Restoring;
use crate::models::reels::{self, uses};
use crate::models::{ModelResult, or_not_found};

impl Restoring<'_> {
    /// Reels have given what the orders have drawn of them, and no more.
    pub(super) async fn stock(&mut self) -> ModelResult<()> {
        let (said, drawn) = (std::mem::take(&mut self.reels), std::mem::take(&mut self.drawn));
        let mut given: HashMap<Uuid, i64> = HashMap::new();
        for one in &drawn {
            *given.entry(one.reel).or_default() += one.length_cm;
        }
        let mut keys = HashMap::new();
        for reel in said {
            // It was looked through before.
            let string = or_not_found(reel.said().ok())?;
            let string = or_not_found(self.entry(reel.sport, &string).await?.entry)?;
            let id = Uuid::now_v7();
            keys.insert(reel.id, id);
            let row = reels::ActiveModel {
                id: Set(id),
                string_id: Set(string),
                used: Set(given.get(&reel.id).copied().unwrap_or_default()),
                ..or_not_found(reel.columns().ok())?
            };
            reels::Entity::insert(row).exec_without_returning(self.txn).await?;
        }
        let uses = drawn.into_iter().filter_map(|one| {
            let (order, _) = self.orders.get(&one.order)?;
            let draw = (one.side, *keys.get(&one.reel)?, one.length_cm);
            Some((draw, *order, one.cost().ok()?, one.at))
        });
        uses::Entity::restore(self.txn, uses.collect()).await
    }
}
