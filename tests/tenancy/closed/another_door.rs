//! Only the handles of the chokepoint are doors: a raw connection is none.

fn main() {}

async fn model(_db: &impl rbo::tenancy::Connection) {}

pub async fn reach(raw: &sea_orm::DatabaseConnection) {
    model(raw).await;
}
