//! What passes the chokepoint while a test looks.

use std::sync::{Arc, Mutex};

use sea_orm_tenancy::PASSED;
use tracing::dispatcher::DefaultGuard;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Metadata, Subscriber};

/// Hears what this thread sends, and keeps no span. A registry of spans would: one that ends
/// after its thread has gone over to the next page's registry is unknown there, and that is a
/// panic.
#[derive(Clone, Default)]
struct Ear(Arc<Mutex<Vec<String>>>);

impl Subscriber for Ear {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && metadata.target() == PASSED
    }

    fn event(&self, event: &Event<'_>) {
        struct Sql<'t>(&'t mut String);
        impl Visit for Sql<'_> {
            fn record_str(&mut self, field: &Field, value: &str) {
                if field.name() == "sql" {
                    value.clone_into(self.0);
                }
            }

            fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
        }
        let mut text = String::new();
        event.record(&mut Sql(&mut text));
        self.0.lock().unwrap().push(text);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// From its beginning to its end.
pub struct Passed {
    ear: Ear,
    _guard: DefaultGuard,
    _another: Dispatch,
}

impl Passed {
    pub fn begin() -> Self {
        let ear = Ear::default();
        let dispatch = Dispatch::new(ear.clone());
        // With one subscriber alone, what a thread without any says first is never asked for.
        let another = Dispatch::new(Ear::default());
        Self { ear, _guard: tracing::dispatcher::set_default(&dispatch), _another: another }
    }

    /// The statements, as the database got them.
    pub fn end(self) -> Vec<String> {
        let heard = self.ear.0.lock().unwrap();
        heard.clone()
    }
}
