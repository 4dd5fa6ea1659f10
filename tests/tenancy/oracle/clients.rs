//! What a client sees in its own name, in plain code that shares nothing with the chokepoint and
//! with the views that it reads.

use std::collections::BTreeMap;

use sea_orm::Value;
use sea_orm::prelude::Uuid;

use super::world::{Row, World};

/// Relations that a client may name; all others are closed to it.
pub const OPEN: [&str; 7] = [
    "persons",
    "order_shares",
    "person_stringer_shares",
    "stringer_cards",
    "client_orders",
    "client_receipts",
    "client_reads",
];

impl World {
    /// The persons who have given most leave: there is most to be seen wrongly.
    pub fn busy_persons(&self) -> Vec<Uuid> {
        let mut persons: Vec<Uuid> = self.of("persons").filter_map(|row| row.key("id")).collect();
        let given = |person: &Uuid| {
            let by = |row: &&Row| row.key("granted_by_person_id") == Some(*person);
            (self.of("order_shares").filter(by).count(), self.orders_of(*person).len())
        };
        persons.sort_by_key(|person| std::cmp::Reverse(given(person)));
        persons
    }

    /// What a client sees.
    pub fn seen_by_client(&self, me: Uuid) -> Vec<Row> {
        let own = |column: &'static str| move |row: &&Row| row.key(column) == Some(me);
        let mut seen: Vec<Row> = self.of("persons").filter(own("id")).cloned().collect();
        for person in seen.iter_mut().filter(|_| !super::SECOND_WALL_ALONE) {
            person.cells.insert("subject".to_owned(), Value::String(None));
        }
        seen.extend(self.of("order_shares").filter(own("granted_by_person_id")).cloned());
        seen.extend(self.of("person_stringer_shares").filter(own("person_id")).cloned());
        seen.extend(self.cards());
        for order in self.orders_of(me) {
            seen.push(self.client_order(me, order));
            seen.extend(self.client_receipts(me, order));
            seen.extend(self.client_reads(me, order));
        }
        seen
    }

    /// Whether a client may change a row that there is.
    pub fn client_may_change(&self, me: Uuid, row: &Row) -> bool {
        match row.table.as_str() {
            "persons" => row.key("id") == Some(me),
            "order_shares" => row.key("granted_by_person_id") == Some(me),
            "person_stringer_shares" => row.key("person_id") == Some(me),
            _ => false,
        }
    }

    fn orders_of(&self, person: Uuid) -> Vec<&Row> {
        let files: Vec<Option<Uuid>> = self
            .of("client_profiles")
            .filter(|file| file.key("person_id") == Some(person))
            .map(|file| file.key("id"))
            .collect();
        self.of("orders").filter(|order| files.contains(&order.key("client_profile_id"))).collect()
    }

    fn stringer(&self, id: Option<Uuid>) -> &Row {
        self.of("stringers").find(|row| row.key("id") == id).expect("a stringer")
    }

    /// A row of a view: what `named` says, and all else as `from` has it.
    fn view(&self, table: &str, from: &Row, named: &[(&str, Value)]) -> Row {
        let cells = self.table(table).fields.iter().map(|field| {
            let named = named.iter().find(|(name, _)| *name == field.name);
            let cell = match named {
                Some((_, value)) => value.clone(),
                None => from.cells[&field.name].clone(),
            };
            (field.name.clone(), cell)
        });
        let cells: BTreeMap<String, Value> = cells.collect();
        Row { table: table.to_owned(), cells }
    }

    fn client_order(&self, me: Uuid, order: &Row) -> Row {
        let stringer = self.stringer(order.key("stringer_id"));
        let named = [
            ("person_id", me.into()),
            ("stringer_name", stringer.cells["display_name"].clone()),
            ("stringer_town", stringer.cells["town"].clone()),
        ];
        self.view("client_orders", order, &named)
    }

    fn client_receipts(&self, me: Uuid, order: &Row) -> Vec<Row> {
        let rendered = Value::from("rendered");
        let receipts = self.of("receipt_emissions").filter(|row| {
            row.key("order_id") == order.key("id") && row.cells["pdf_state"] == rendered
        });
        receipts.map(|row| self.view("client_receipts", row, &[("person_id", me.into())])).collect()
    }

    fn client_reads(&self, me: Uuid, order: &Row) -> Vec<Row> {
        let acts = self.of("share_audit").filter(|row| row.key("order_id") == order.key("id"));
        let read = |row: &Row| {
            let name = |column: &str| self.stringer(row.key(column)).cells["display_name"].clone();
            let named = [
                ("person_id", me.into()),
                ("grantee_name", name("grantee_id")),
                ("stringer_name", name("stringer_id")),
                ("racket_name", order.cells["racket_name"].clone()),
            ];
            self.view("client_reads", row, &named)
        };
        acts.map(read).collect()
    }
}
