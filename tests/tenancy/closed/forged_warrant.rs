//! A scope for the bypass cannot be made by hand, without its entry in the ledger.

use rbo::models::purposes::READ_AUDIT_LOG;
use rbo::tenancy::{Occasion, Scope, Warrant};

fn main() {}

pub fn forge(occasion: Occasion) -> Scope {
    Scope::Bypass(Warrant {
        occasion: occasion.into(),
        act: &READ_AUDIT_LOG,
        ended: Default::default(),
    })
}
