//! Makes all receipts again, and compares them with what was kept: the same snapshot gives the same
//! file, whatever the program has become since.

use loco_rs::app::AppContext;
use sea_orm::prelude::Uuid;
use sea_orm_tenancy::Scope;
use sha2::{Digest as _, Sha256};

use crate::database;
use crate::models::purposes::SWEEP;
use crate::models::{Owed, receipt_emissions};
use crate::web::AppError;

/// So many keys are read at a time.
const AT_ONCE: u64 = 200;

/// What a look at all receipts has found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// So many are the same as they were.
    pub same: u64,
    /// These are another file now, or cannot be made.
    pub other: Vec<Uuid>,
}

/// Looks at all receipts that have a file, of all stringers.
///
/// # Errors
/// When the database does not answer.
pub async fn check(ctx: &AppContext) -> Result<Found, AppError> {
    let mut found = Found::default();
    let mut after = Uuid::nil();
    loop {
        let rows = {
            let db = database::scoped_db(ctx, Scope::System(&SWEEP))?;
            receipt_emissions::Entity::rendered_after(&db, after, AT_ONCE).await?
        };
        let Some(last) = rows.last() else { return Ok(found) };
        after = last.id;
        for row in rows {
            match is_same(ctx, row).await? {
                Some(true) => found.same += 1,
                Some(false) => found.other.push(row.id),
                None => {}
            }
        }
    }
}

/// `None` where it has no file any more.
async fn is_same(ctx: &AppContext, row: Owed) -> Result<Option<bool>, AppError> {
    let db = database::scoped_db(ctx, Scope::Tenant(row.stringer_id.into()))?;
    let Some((snapshot, kept)) = receipt_emissions::Entity::kept(&db, row.id).await? else {
        return Ok(None);
    };
    let made = receipt_emissions::Entity::pdf(&db, snapshot).await?;
    let made = made.map(|pdf| hex::encode(Sha256::digest(pdf)));
    Ok(Some(made.is_ok_and(|made| made == kept)))
}
