use migration::{Migrator, MigratorTrait};
#[tokio::main]
async fn main() {
    let url = std::env::args().nth(1).unwrap();
    let db = sea_orm::Database::connect(&url).await.unwrap();
    Migrator::up(&db, None).await.unwrap();
    if std::env::args().nth(2).is_some() {
        Migrator::down(&db, None).await.unwrap();
        Migrator::up(&db, None).await.unwrap();
    }
}
