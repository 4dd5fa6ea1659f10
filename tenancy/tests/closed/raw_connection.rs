//! Only the handles of the chokepoint lead to the database: a raw connection is none.

fn main() {}

async fn model(_db: &impl sea_orm_tenancy::Connection) {}

pub async fn reach(raw: &sea_orm::DatabaseConnection) {
    model(raw).await;
}
