//! What the document says of a book.

use sea_orm::prelude::Uuid;
use serde_json::value::RawValue;

use super::Book;
use super::document::{
    CatalogueModel, CatalogueString, Client, Moved, Order, Racket, Receipt, Side,
};
use crate::models::_entities::{client_profiles, client_rackets, rackets, strings};
use crate::models::catalogue::Visibility;
use crate::models::orders::Model;
use crate::models::{order_state_audit, receipt_emissions};
use crate::units::{Currency, Gauge, Money, Tension};
use crate::v1;

impl Book {
    /// All clients, the first one first.
    #[must_use]
    pub fn client_documents(&self) -> Vec<Client> {
        let mut clients: Vec<&client_profiles::Model> = self.clients.values().collect();
        clients.sort_by_key(|client| client.id);
        let person = |id: Option<Uuid>| id.and_then(|id| self.persons.get(&id));
        let clients = clients.into_iter().map(|client| {
            let person = person(client.person_id);
            Client {
                id: client.id,
                is_myself: client.is_self_for_stringer,
                first_name: person.map(|one| one.display_first_name.clone()).unwrap_or_default(),
                last_name: person.map(|one| one.display_last_name.clone()).unwrap_or_default(),
                nickname: client.nickname.clone(),
                email: person.and_then(|one| one.email.clone()),
                locale: person.and_then(|one| one.default_locale),
                contact: client.contact.clone(),
                notes: client.internal_notes.clone(),
                tension_memo: client.default_tension_memo.clone(),
                created_at: client.created_at.to_utc(),
                touched_at: client.touched_at.map(|at| at.to_utc()),
            }
        });
        clients.collect()
    }

    /// The stringer's own racket models, the first one first. What everybody sees comes
    /// with the rackets and orders that have it.
    #[must_use]
    pub fn model_documents(&self) -> Vec<CatalogueModel> {
        let mut models: Vec<&rackets::Model> = self.rackets.values().collect();
        models.sort_by_key(|model| model.id);
        let own = models.into_iter().filter(|model| is_own(model.visibility, model.merged_into));
        let own = own.map(|model| CatalogueModel {
            sport: model.sport,
            manufacturer: model.manufacturer.clone(),
            model: model.model.clone(),
            year: model.year,
            head_size_cm2: model.head_size,
            string_pattern: model.string_pattern.clone(),
            weight_g: model.weight,
            balance_mm: model.balance,
        });
        own.collect()
    }

    /// The stringer's own strings, the first one first.
    #[must_use]
    pub fn string_documents(&self) -> Vec<CatalogueString> {
        let mut strings: Vec<&strings::Model> = self.strings.values().collect();
        strings.sort_by_key(|string| string.id);
        let own =
            strings.into_iter().filter(|string| is_own(string.visibility, string.merged_into));
        let own = own.map(|string| CatalogueString {
            sport: string.sport,
            manufacturer: string.manufacturer.clone(),
            model: string.model.clone(),
            gauge_mm: string.gauge().map(Gauge::plain),
            material: string.material.clone(),
            colour: string.colour.clone(),
            length_cm: string.length,
        });
        own.collect()
    }

    /// All rackets, the first one first.
    #[must_use]
    pub fn racket_documents(&self) -> Vec<Racket> {
        let mut frames: Vec<&client_rackets::Model> = self.frames.values().collect();
        frames.sort_by_key(|frame| frame.id);
        let frames = frames.into_iter().map(|frame| {
            let model = self.rackets.get(&frame.racket_id);
            Racket {
                id: frame.id,
                client: frame.client_profile_id,
                sport: model.map(|model| model.sport),
                manufacturer: model.map(|model| model.manufacturer.clone()).unwrap_or_default(),
                model: model.map(|model| model.model.clone()).unwrap_or_default(),
                year: model.and_then(|model| model.year),
                head_size_cm2: model.and_then(|model| model.head_size),
                string_pattern: model.and_then(|model| model.string_pattern.clone()),
                nickname: frame.nickname.clone(),
                serial: frame.serial.clone(),
                grip_size: frame.grip_size.clone(),
                label_code: frame.label_code.clone(),
                in_rotation: frame.in_rotation,
            }
        });
        frames.collect()
    }

    /// An order with all that it says.
    #[must_use]
    pub fn order_document(&self, order: &Model) -> Order {
        let money = |minor: Option<i64>| minor.map(|it| amount(it, order.currency));
        let [mains, crosses] = self.sides_of(order);
        Order {
            id: order.id,
            external_ref: order.external_ref.clone(),
            client: order.client_profile_id,
            racket: order.client_racket_id,
            sport: order.sport,
            is_own: order.is_self,
            tension_unit: order.tension_unit,
            mains,
            crosses,
            prestretch_kind: order.prestretch_kind,
            pieces: order.pieces,
            knots: order.knots,
            method: order.method.clone(),
            dt_before: order.dt_before,
            dt_after: order.dt_after,
            dt_device: order.dt_device.clone(),
            currency: order.currency,
            labor: money(order.labor),
            discount: money(order.discount),
            total_by_hand: money(order.total_override),
            total: order.prices().total().plain(),
            ordered_at: order.ordered_at,
            strung_at: order.strung_at,
            returned_at: order.returned_at,
            paid_at: order.paid_at,
            cancelled_at: order.cancelled_at,
            due_at: order.due_at,
            due_time: order.due_time,
            payment: order.payment_kind,
            paid_in_advance: order.paid_in_advance,
            receipt_number: order.receipt_number.clone(),
            void_reason: order.void_reason.clone(),
            comment_public: order.comment_public.clone(),
            comment_private: order.comment_private.clone(),
            created_at: order.created_at.to_utc(),
            copied_from: order.copied_from,
            import_digest: self.digests.get(&order.id).cloned(),
        }
    }

    fn sides_of(&self, order: &Model) -> [Side; 2] {
        let side = |side: v1::Side, entry: Option<Uuid>, prestretch_percent| {
            let tension = side.tension.map(|pull| pull.hundredths);
            let tension = tension.map(|it| Tension::from_hundredths(it, order.tension_unit));
            Side {
                manufacturer: side.manufacturer,
                model: side.model,
                is_of_catalogue: Some(entry.is_some()),
                gauge_mm: side.gauge.map(|gauge| Gauge::from_hundredths(gauge).plain()),
                tension: tension.map(Tension::plain),
                price: side.price.map(|price| amount(price, order.currency)),
                byo: side.byo,
                colour: side.colour,
                prestretch_percent,
            }
        };
        let [mains, crosses] = self.sides(order);
        [
            side(mains, order.mains_string_id, order.mains_prestretch),
            side(crosses, order.crosses_string_id, order.crosses_prestretch),
        ]
    }
}

impl From<&order_state_audit::Model> for Moved {
    fn from(row: &order_state_audit::Model) -> Self {
        Self {
            order: row.order_id,
            at: row.at.to_utc(),
            step: row.step,
            from: row.from_date,
            to: row.to_date,
        }
    }
}

impl From<&receipt_emissions::Model> for Receipt {
    fn from(row: &receipt_emissions::Model) -> Self {
        Self {
            id: row.id,
            order: row.order_id,
            number: row.number.clone(),
            cause: row.cause,
            locale: row.locale,
            issued_at: row.created_at.to_utc(),
            pdf_sha256: row.pdf_digest.clone(),
            says: RawValue::from_string(row.snapshot.clone()).unwrap_or_default(),
        }
    }
}

/// What was joined with another entry is that one.
fn is_own(visibility: Visibility, merged_into: Option<Uuid>) -> bool {
    visibility != Visibility::CatalogueShared && merged_into.is_none()
}

fn amount(minor: i64, currency: Currency) -> String {
    Money::from_minor(minor, currency).plain()
}
