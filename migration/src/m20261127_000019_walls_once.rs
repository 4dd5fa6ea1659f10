//! The second wall at no cost for each row: what a policy asks about the caller is asked once
//! a statement (an initplan), and a person is looked for among one's own clients by a
//! predicate that the planner sees, no longer by a function for each person. A list of fifty
//! orders cost PostgreSQL 8.1 ms of CPU before, most of it in such calls (`benches/pages`).
//!
//! And one statement that tells of a sign-in and its stringer together.

use sea_orm_migration::prelude::*;

use crate::row_level_security::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, PERSONS).await?;
        run(manager, &asking("(?<!SELECT )(rbo_(?:me|person|purpose)\\(\\))", "(SELECT \\1)"))
            .await?;
        run(manager, RECOGNISE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, "DROP POLICY recognise ON sessions; DROP POLICY recognise ON stringers;")
            .await?;
        run(manager, PERSONS_BEFORE).await?;
        let asked = "\\( SELECT (rbo_(?:me|person|purpose)\\(\\)) AS rbo_(?:me|person|purpose)\\)";
        run(manager, &asking(asked, "\\1")).await
    }
}

/// The same policies with what they read of the caller written another way. What they check
/// of rows that are written stays: it is asked once a row in any case.
fn asking(this: &str, so: &str) -> String {
    format!(
        "DO $$ DECLARE wall record; BEGIN
           FOR wall IN SELECT tablename, policyname, qual FROM pg_policies
             WHERE schemaname = current_schema() AND 'rbo_app' = ANY (roles) AND qual IS NOT NULL
           LOOP
             EXECUTE format('ALTER POLICY %I ON %I USING (%s)', wall.policyname, wall.tablename,
               regexp_replace(wall.qual, '{this}', '{so}', 'g'));
           END LOOP;
         END $$;"
    )
}

/// One's own clients, whom the policies of `client_profiles` show; or a person that one has
/// just made, as long as it is nobody's client.
const PERSONS: &str = "
ALTER POLICY read ON persons USING (
  EXISTS (SELECT 1 FROM client_profiles p WHERE p.person_id = persons.id AND p.stringer_id = rbo_me())
  OR (created_by = rbo_me() AND NOT rbo_has_any_profile(id)));
ALTER POLICY change ON persons USING (subject IS NULL
  AND EXISTS (SELECT 1 FROM client_profiles p WHERE p.person_id = persons.id AND p.stringer_id = rbo_me())
  AND NOT rbo_shares_person(id, rbo_me()));
";

const PERSONS_BEFORE: &str = "
ALTER POLICY read ON persons USING (
  rbo_has_profile(id, rbo_me()) OR (created_by = rbo_me() AND NOT rbo_has_any_profile(id)));
ALTER POLICY change ON persons USING (subject IS NULL AND rbo_has_profile(id, rbo_me())
  AND NOT rbo_shares_person(id, rbo_me()));
";

const RECOGNISE: &str = "
CREATE POLICY recognise ON sessions FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'recognise');
CREATE POLICY recognise ON stringers FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'recognise');
";
