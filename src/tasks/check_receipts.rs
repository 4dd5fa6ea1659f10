//! Makes all receipts again, and says which are not what they were.

use loco_rs::prelude::*;

use crate::database;
use crate::workers::check_receipts;

/// `cargo loco task check_receipts`: before another version of the program is taken into use.
pub struct CheckReceipts;

#[async_trait]
impl Task for CheckReceipts {
    fn task(&self) -> TaskInfo {
        TaskInfo {
            name: "check_receipts".to_owned(),
            detail: "Make all receipts again and compare them with what was kept".to_owned(),
        }
    }

    async fn run(&self, ctx: &AppContext, _vars: &task::Vars) -> Result<()> {
        database::open_once(ctx).await?;
        let found = check_receipts::check(ctx).await.map_err(Error::wrap)?;
        println!("{} receipts are the same as they were.", found.same);
        if found.other.is_empty() {
            return Ok(());
        }
        for id in &found.other {
            println!("another file: {id}");
        }
        Err(Error::string(&format!("{} receipts are not what they were", found.other.len())))
    }
}
