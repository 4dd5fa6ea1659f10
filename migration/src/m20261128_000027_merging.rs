//! Entries of the catalogue that are one: whoever decides about an offer may have another entry
//! stand for it, in every book. And what an admin should look after is counted.

use sea_orm_migration::prelude::*;

use crate::row_level_security::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, WALLS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, NO_WALLS).await
    }
}

/// A racket goes to a model that everybody sees, and nowhere else; an entry that another one
/// stands for is nobody's to change any more.
const WALLS: &str = "
CREATE POLICY merge ON rackets FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'moderate_catalogue') WITH CHECK (merged_into IS NOT NULL);
CREATE POLICY merge ON strings FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'moderate_catalogue') WITH CHECK (merged_into IS NOT NULL);
GRANT UPDATE (merged_into) ON rackets, strings TO rbo_bypass;
CREATE POLICY merge ON client_rackets FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'moderate_catalogue') WITH CHECK (EXISTS (SELECT 1 FROM rackets r
    WHERE r.id = client_rackets.racket_id AND r.visibility = 'catalogue_shared'));
GRANT UPDATE (racket_id, updated_at) ON client_rackets TO rbo_bypass;
CREATE POLICY merge ON orders FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'moderate_catalogue');
GRANT UPDATE (racket_name, mains_string_id, mains_name, crosses_string_id, crosses_name, search_key)
  ON orders TO rbo_bypass;
CREATE POLICY look_after ON outbox FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'look_after');
CREATE POLICY look_after ON catalogue_submissions FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'look_after');
";

const NO_WALLS: &str = "
DROP POLICY look_after ON catalogue_submissions;
DROP POLICY look_after ON outbox;
REVOKE UPDATE (racket_name, mains_string_id, mains_name, crosses_string_id, crosses_name, search_key)
  ON orders FROM rbo_bypass;
DROP POLICY merge ON orders;
REVOKE UPDATE (racket_id, updated_at) ON client_rackets FROM rbo_bypass;
DROP POLICY merge ON client_rackets;
REVOKE UPDATE (merged_into) ON rackets, strings FROM rbo_bypass;
DROP POLICY merge ON strings;
DROP POLICY merge ON rackets;
";
