//! The engine: one module per word of the law. Synchronous; time, chance and files are passed in; SQL
//! stands in each module's `sql.rs`. Serves nothing and shows no page.

pub mod aggregate;
pub mod approval;
pub mod backup;
pub mod bar;
pub mod bare;
pub mod blob;
pub mod census;
pub mod certificate;
pub mod chain;
pub mod choice;
pub mod clock;
pub mod closing;
pub mod consent;
pub mod control;
pub mod ctx;
pub mod decision;
pub mod deployment;
pub mod entry;
pub mod erasure;
pub mod event;
pub mod evidence;
pub mod export;
mod fact;
pub mod feature;
pub mod field;
mod files;
pub mod grant;
pub mod hold;
pub mod idempotency;
pub mod ids;
mod keyring;
pub mod lapse;
pub mod log;
mod lookup;
mod mention;
mod minor;
pub mod need;
pub mod notice;
pub mod paper;
pub mod pending;
pub mod plan;
mod pseudonym;
pub mod publication;
pub mod record;
mod refusal;
pub mod request;
pub mod restore;
pub mod retention;
pub mod screen;
pub mod setting;
pub mod statutory;
pub mod subject;
pub mod terms;
pub mod time;
pub mod token;
pub mod versions;
pub mod workspace;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use ctx::{Actor, Ctx, Role};
pub use deployment::{Deployment, Setup};
pub use policy;
pub use refusal::Refusal;
pub use store::{
    StoreError, Tx,
    disk::{Disk, RealDisk},
};
pub use workspace::Workspace;
