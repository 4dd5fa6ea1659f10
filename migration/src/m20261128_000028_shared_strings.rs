//! A string that is shared is called as its stringer calls it, gauge and all: it was read from
//! columns of the order that nobody writes. An entry that another one stands for is nobody's to
//! change or to offer. And what one shares is listed from an index.

use sea_orm_migration::prelude::*;

use crate::row_level_security::{self, run, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        renew(manager, &view("m.gauge AS mains_gauge", "x.gauge AS crosses_gauge")).await?;
        run_anywhere(manager, INDEX).await?;
        run(manager, &walls(" AND merged_into IS NULL")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &walls("")).await?;
        run_anywhere(manager, "DROP INDEX ix_order_shares_given;").await?;
        renew(manager, &view("o.mains_gauge", "o.crosses_gauge")).await
    }
}

async fn renew(manager: &SchemaManager<'_>, query: &str) -> Result<(), DbErr> {
    run_anywhere(manager, "DROP VIEW shared_orders;").await?;
    let wall = "seen.grantee_id = rbo_me()";
    row_level_security::create_view(manager, "shared_orders", query, wall).await
}

const INDEX: &str = "
CREATE INDEX ix_order_shares_given ON order_shares (stringer_id, granted_at, id)
  WHERE revoked_at IS NULL;";

fn walls(alone: &str) -> String {
    let mine = "created_by_stringer_id = rbo_me() AND visibility <> 'catalogue_shared'";
    ["rackets", "strings"]
        .map(|table| {
            format!("ALTER POLICY change ON {table} USING ({mine}{alone}) WITH CHECK ({mine});")
        })
        .concat()
}

/// As in `m20261124_000008_shares`, but for the gauges.
fn view(mains_gauge: &str, crosses_gauge: &str) -> String {
    VIEW.replace("MAINS_GAUGE", mains_gauge).replace("CROSSES_GAUGE", crosses_gauge)
}

const VIEW: &str = "
SELECT g.grantee_id, g.share_id, g.rule, g.granted_at,
  o.id, o.stringer_id, o.client_profile_id, t.display_name AS stringer_name,
  h.display_first_name AS client_first_name,
  f.racket_id, r.manufacturer AS racket_manufacturer, r.model AS racket_model,
  r.year AS racket_year, r.head_size AS racket_head_size, r.string_pattern AS racket_pattern,
  o.sport, o.tension_unit,
  o.mains_string_id, m.manufacturer AS mains_manufacturer, m.model AS mains_model,
  o.mains_string_text, MAINS_GAUGE, o.mains_tension, o.mains_colour, o.mains_prestretch,
  o.crosses_string_id, x.manufacturer AS crosses_manufacturer, x.model AS crosses_model,
  o.crosses_string_text, CROSSES_GAUGE, o.crosses_tension, o.crosses_colour,
  o.crosses_prestretch, o.prestretch_kind, o.pieces, o.knots, o.method,
  o.dt_before, o.dt_after, o.dt_device, o.ordered_at, o.strung_at
FROM (
  SELECT s.grantee_id, s.id AS share_id, s.rule, s.granted_at, s.stringer_id, s.order_id
  FROM order_shares AS s WHERE s.revoked_at IS NULL
  UNION ALL
  SELECT p.target_stringer_id, p.id, 3, p.granted_at, q.stringer_id, q.id
  FROM person_stringer_shares AS p
  JOIN client_profiles AS c ON c.person_id = p.person_id AND c.stringer_id <> p.target_stringer_id
  JOIN orders AS q ON q.stringer_id = c.stringer_id AND q.client_profile_id = c.id
  WHERE p.revoked_at IS NULL
) AS g
JOIN orders AS o ON o.stringer_id = g.stringer_id AND o.id = g.order_id
JOIN stringers AS t ON t.id = o.stringer_id
JOIN client_profiles AS k ON k.stringer_id = o.stringer_id AND k.id = o.client_profile_id
LEFT JOIN persons AS h ON h.id = k.person_id
JOIN client_rackets AS f ON f.stringer_id = o.stringer_id AND f.id = o.client_racket_id
JOIN rackets AS r ON r.id = f.racket_id
LEFT JOIN strings AS m ON m.id = o.mains_string_id
LEFT JOIN strings AS x ON x.id = o.crosses_string_id
";
