//! And nobody makes another.

use sea_orm_tenancy::{ScopedHandle, Scope};

fn main() {}

pub struct Mine(sea_orm::DatabaseConnection, Scope);

impl ScopedHandle for Mine {
    fn scope(&self) -> &Scope {
        &self.1
    }
}
