//! Names of categories that stand in clear beside the records: in events, parts, bars and holds. They follow
//! a category that was renamed, in the commit that brings the new name into force.

use store::Tx;

use super::sql;
use crate::{refusal::Refusal, workspace::InForce};

/// Brings the rows of one version to the names of the next.
pub(super) fn rows(tx: &mut Tx<'_>, before: u64, in_force: &InForce) -> Result<(), Refusal> {
    let Some(old) = in_force.versions.policy(before) else { return Ok(()) };
    for category in &old.categories {
        let now = in_force.versions.called(before, &category.id, in_force.number);
        if now == category.id {
            continue;
        }
        for statement in [sql::RENAME_PARTS, sql::RENAME_BARS, sql::RENAME_HOLDS] {
            tx.run(statement, &[(&category.id).into(), now.into()])?;
        }
        let prefix = format!("{}.", category.id);
        for name in tx.all(sql::EVENT_NAMES, &[], |row| row.text(0))? {
            let Some(event) = name.strip_prefix(&prefix) else { continue };
            let fresh = format!("{now}.{event}");
            tx.run(sql::RENAME_EVENTS, &[(&name).into(), (&fresh).into()])?;
        }
    }
    Ok(())
}
