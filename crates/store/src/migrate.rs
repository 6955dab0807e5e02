//! Migrations: numbered scripts, forward only, never edited once released.

use crate::{
    StoreError, sql,
    value::{Link, Value, one},
};

/// One step of a schema: a number that only grows, a name for people, the script.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its place in the order, from 1.
    pub number: u32,
    /// What it brings, for people.
    pub name: &'static str,
    /// The statements.
    pub script: &'static str,
}

/// Brings a database up to the newest step; each step is one transaction.
pub fn migrate(link: &mut dyn Link, steps: &[Migration]) -> Result<(), StoreError> {
    link.script(sql::MIGRATIONS)?;
    let done = one(link, sql::MIGRATED, &[], |row| row.int(0))?.unwrap_or(0);
    for step in steps.iter().filter(|step| i64::from(step.number) > done) {
        link.run(sql::BEGIN, &[])?;
        let applied = link
            .script(step.script)
            .and_then(|()| link.run(sql::MIGRATE, &[step.number.into(), Value::Text(step.name)]));
        match applied {
            Ok(_) => link.run(sql::COMMIT, &[])?,
            Err(error) => {
                link.run(sql::ROLLBACK, &[])?;
                return Err(error);
            }
        };
    }
    Ok(())
}
