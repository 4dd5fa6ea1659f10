//! And nobody makes another.

use rbo::tenancy::{Doorway, Scope};

fn main() {}

pub struct Mine(sea_orm::DatabaseConnection, Scope);

impl Doorway for Mine {
    fn scope(&self) -> &Scope {
        &self.1
    }
}
