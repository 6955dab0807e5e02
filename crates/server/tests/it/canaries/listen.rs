//! Hears everything that the server says beside its answers: events of every level, and panics.

use std::{
    fmt::{self, Write as _},
    panic,
    sync::{Mutex, OnceLock, PoisonError},
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
    subscriber::set_global_default,
};

static HEARD: OnceLock<Mutex<String>> = OnceLock::new();

/// Begins to listen, once for all tests of this process. Others may be heard too: a mark is nobody else's.
pub(crate) fn begin() {
    HEARD.get_or_init(|| {
        set_global_default(Ear).unwrap();
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            hear(format_args!("{info}"));
            usual(info);
        }));
        Mutex::default()
    });
}

/// What was said so far.
pub(crate) fn heard() -> String {
    HEARD.get().unwrap().lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn hear(said: fmt::Arguments<'_>) {
    if let Some(heard) = HEARD.get() {
        let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(heard, "{said}").unwrap();
    }
}

struct Ear;

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Ear {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields(String::new());
        span.record(&mut fields);
        hear(format_args!("{}{}", span.metadata().name(), fields.0));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields(String::new());
        values.record(&mut fields);
        hear(format_args!("{}", fields.0));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(String::new());
        event.record(&mut fields);
        let about = event.metadata();
        hear(format_args!("{} {}{}", about.level(), about.target(), fields.0));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
