//! One racket strung once, and who moved its dates.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(orders()).await?;
        manager.create_table(order_state_audit()).await?;
        for (table, name, columns) in [
            ("orders", "ix_orders_strung", &["stringer_id", "strung_at", "ordered_at"][..]),
            ("orders", "ix_orders_ordered", &["stringer_id", "ordered_at", "id"]),
            ("orders", "ix_orders_client", &["stringer_id", "client_profile_id", "strung_at"]),
            ("orders", "ix_orders_racket", &["stringer_id", "client_racket_id", "strung_at"]),
            ("order_state_audit", "ix_order_state_audit_order", &["stringer_id", "order_id", "at"]),
        ] {
            manager.create_index(index(table, name, columns)).await?;
        }
        // What waits for pick-up or payment is a handful among years of orders.
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE INDEX ix_orders_ready ON orders (stringer_id, strung_at) \
                 WHERE strung_at IS NOT NULL AND NOT is_self \
                 AND (returned_at IS NULL OR paid_at IS NULL)",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["order_state_audit", "orders"]).await
    }
}

fn orders() -> TableCreateStatement {
    let mut table = Table::create()
        .table("orders")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid("client_profile_id"))
        .col(flag("is_self"))
        .col(uuid("client_racket_id"))
        .col(text("sport"))
        .col(text("currency"))
        .col(text("tension_unit"))
        .take();
    for side in [MAINS, CROSSES] {
        table
            .col(uuid_null(side.string_id))
            .col(text_null(side.string_text))
            .col(int_null(side.gauge))
            .col(int_null(side.tension))
            .col(money_null(side.price))
            .col(flag(side.byo))
            .col(text_null(side.colour))
            .col(int_null(side.prestretch))
            .foreign_key(&mut global("orders", side.string_id, "strings"));
    }
    table
        .col(text_null("prestretch_kind"))
        .col(int_null("pieces"))
        .col(int_null("knots"))
        .col(text_null("method"))
        .col(money_null("labor"))
        .col(money_null("discount"))
        .col(money_null("total_override"))
        .col(int_null("dt_before"))
        .col(int_null("dt_after"))
        .col(text_null("dt_device"))
        .col(text_null("comment_public"))
        .col(text_null("comment_private"))
        .col(date_null("ordered_at"))
        .col(date_null("strung_at"))
        .col(date_null("returned_at"))
        .col(date_null("paid_at"))
        .col(date_null("cancelled_at"))
        .col(date_null("due_at"))
        .col(ColumnDef::new("due_time").time().null())
        .col(text_null("payment_kind"))
        .col(flag("paid_in_advance"))
        .col(text_null("receipt_number"))
        .col(uuid_null("copied_from"))
        .col(text_null("external_ref"))
        .col(int("lock_version").default(0).take())
        .col(moment("created_at"))
        .col(moment("updated_at"))
        .index(&mut tenant_key("orders"))
        .index(&mut unique("uq_orders_receipt".into(), &["stringer_id", "receipt_number"]))
        .index(&mut unique("uq_orders_external".into(), &["stringer_id", "external_ref"]))
        .foreign_key(&mut owner("orders"))
        .foreign_key(&mut of_client())
        .foreign_key(&mut of_racket())
        .foreign_key(&mut within_tenant("orders", "copied_from", "orders"))
        .check(one_of("sport", &["tennis", "badminton", "squash"]))
        .check(one_of("tension_unit", &["kg", "lb"]))
        // A self job has no price, payment or receipt.
        .check(Expr::cust(
            "NOT is_self OR (labor IS NULL AND mains_price IS NULL AND crosses_price IS NULL \
             AND discount IS NULL AND total_override IS NULL AND paid_at IS NULL \
             AND payment_kind IS NULL AND returned_at IS NULL AND receipt_number IS NULL \
             AND NOT paid_in_advance)",
        ))
        .take()
}

fn order_state_audit() -> TableCreateStatement {
    Table::create()
        .table("order_state_audit")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid("order_id"))
        .col(uuid("actor_id"))
        .col(moment("at"))
        .col(text("step"))
        .col(date_null("from_date"))
        .col(date_null("to_date"))
        .index(&mut tenant_key("order_state_audit"))
        .foreign_key(&mut owner("order_state_audit"))
        .foreign_key(&mut global("order_state_audit", "actor_id", "stringers"))
        .foreign_key(&mut within_tenant("order_state_audit", "order_id", "orders"))
        .check(one_of("step", &["ordered", "strung", "returned", "paid", "cancelled"]))
        .take()
}

/// `is_self` is part of the key: the row cannot disagree with its client.
fn of_client() -> ForeignKeyCreateStatement {
    restrict(
        ForeignKey::create()
            .name("fk_orders_client_profile_id")
            .from("orders", ("stringer_id", "client_profile_id", "is_self"))
            .to("client_profiles", ("stringer_id", "id", "is_self_for_stringer")),
    )
}

/// The racket belongs to the order's client, not merely to the stringer.
fn of_racket() -> ForeignKeyCreateStatement {
    restrict(
        ForeignKey::create()
            .name("fk_orders_client_racket_id")
            .from("orders", ("stringer_id", "client_profile_id", "client_racket_id"))
            .to("client_rackets", ("stringer_id", "client_profile_id", "id")),
    )
}

struct Side {
    string_id: &'static str,
    string_text: &'static str,
    gauge: &'static str,
    tension: &'static str,
    price: &'static str,
    byo: &'static str,
    colour: &'static str,
    prestretch: &'static str,
}

const MAINS: Side = Side {
    string_id: "mains_string_id",
    string_text: "mains_string_text",
    gauge: "mains_gauge",
    tension: "mains_tension",
    price: "mains_price",
    byo: "mains_byo",
    colour: "mains_colour",
    prestretch: "mains_prestretch",
};

const CROSSES: Side = Side {
    string_id: "crosses_string_id",
    string_text: "crosses_string_text",
    gauge: "crosses_gauge",
    tension: "crosses_tension",
    price: "crosses_price",
    byo: "crosses_byo",
    colour: "crosses_colour",
    prestretch: "crosses_prestretch",
};
