//! The embedded database: one file a workspace, WAL, each commit synced.

use std::{fmt, path::Path};

use rusqlite::{
    Connection, OpenFlags, Statement, ToSql,
    types::{ToSqlOutput, ValueRef},
};

use crate::{
    StoreError,
    disk::Disk,
    sql,
    value::{Columns, Link, Row, Value},
};

/// What a connection is for: it decides cache size and whether it may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// The one connection that writes.
    Write,
    /// A connection for snapshots; any write through it fails.
    Read,
}

/// A connection to one SQLite file.
pub struct Sqlite {
    connection: Connection,
}

impl fmt::Debug for Sqlite {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Sqlite")
    }
}

impl Sqlite {
    /// Opens a file, made when missing and `for_use` writes.
    pub fn open(disk: &dyn Disk, path: &Path, for_use: Use) -> Result<Sqlite, StoreError> {
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if for_use == Use::Write {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let connection = match disk.sqlite_vfs() {
            Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs)?,
            None => Connection::open_with_flags(path, flags)?,
        };
        connection.set_prepared_statement_cache_capacity(128);
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        let mut link = Sqlite { connection };
        link.script(sql::SETTINGS)?;
        link.script(if for_use == Use::Write { sql::WRITER_CACHE } else { sql::READER_CACHE })?;
        if for_use == Use::Write {
            // A process that was killed may have left commits in the journal that no sync covers; they
            // are seen from here on, so they must be durable before anyone builds on them.
            link.rows(sql::SETTLE, &[], &mut |_| Ok(()))?;
        }
        Ok(link)
    }

    /// Opens a file as the first connection of a process. What an earlier process left in the journal is
    /// written anew first: a sync of it may have failed, and no later one would cover what that one lost.
    pub fn open_first(disk: &dyn Disk, path: &Path) -> Result<Sqlite, StoreError> {
        let mut name = path.as_os_str().to_owned();
        name.push("-wal");
        let journal = Path::new(&name);
        if disk.len(journal).map_err(StoreError::file(journal))?.is_some_and(|len| len > 0) {
            let bytes = disk.read(journal).map_err(StoreError::file(journal))?;
            disk.replace(journal, &bytes).map_err(StoreError::file(journal))?;
        }
        Sqlite::open(disk, path, Use::Write)
    }

    /// Starts a snapshot: every query until [`Sqlite::end_read`] sees one state.
    pub fn begin_read(&mut self) -> Result<(), StoreError> {
        self.run(sql::BEGIN_READ, &[]).map(|_| ())
    }

    /// Ends the snapshot.
    pub fn end_read(&mut self) -> Result<(), StoreError> {
        self.run(sql::ROLLBACK, &[]).map(|_| ())
    }

    /// Moves the journal into the file and empties it.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.rows(sql::TRUNCATE, &[], &mut |_| Ok(()))
    }

    /// Writes a compact copy of the whole database into a new file.
    pub fn copy_to(&mut self, path: &Path) -> Result<(), StoreError> {
        let name = path.to_string_lossy();
        self.run(sql::VACUUM_INTO, &[Value::Text(&name)]).map(|_| ())
    }

    /// Rewrites the file without free pages, so that deleted rows leave no bytes.
    pub fn compact(&mut self) -> Result<(), StoreError> {
        self.script(sql::VACUUM)?;
        self.checkpoint()
    }

    /// Asks the database whether its file is sound.
    pub fn is_sound(&mut self) -> Result<bool, StoreError> {
        let answer = crate::value::one(self, sql::INTEGRITY, &[], |row| row.text(0))?;
        Ok(answer.as_deref() == Some("ok"))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Value::Null => ValueRef::Null,
            Value::Int(value) => ValueRef::Integer(value),
            Value::Text(value) => ValueRef::Text(value.as_bytes()),
            Value::Blob(value) => ValueRef::Blob(value),
        }))
    }
}

impl Columns for rusqlite::Row<'_> {
    fn value(&self, column: usize) -> Result<Value<'_>, StoreError> {
        Ok(match self.get_ref(column)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(value) => Value::Int(value),
            ValueRef::Text(value) => Value::Text(
                std::str::from_utf8(value).map_err(|_| StoreError::Damaged { what: "text" })?,
            ),
            ValueRef::Blob(value) => Value::Blob(value),
            ValueRef::Real(_) => return Err(StoreError::Damaged { what: "a real number" }),
        })
    }
}

/// Binds by the number in the placeholder's name: SQLite numbers `$n` in order of appearance.
fn bind(statement: &mut Statement<'_>, values: &[Value<'_>]) -> Result<(), StoreError> {
    for index in 1..=statement.parameter_count() {
        let number = statement
            .parameter_name(index)
            .and_then(|name| name.strip_prefix('$'))
            .and_then(|digits| digits.parse::<usize>().ok())
            .unwrap_or(index);
        let value = values.get(number.wrapping_sub(1)).unwrap_or(&Value::Null);
        statement.raw_bind_parameter(index, value)?;
    }
    Ok(())
}

impl Link for Sqlite {
    fn run(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<usize, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        bind(&mut statement, values)?;
        Ok(statement.raw_execute()?)
    }

    fn rows(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        bind(&mut statement, values)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            each(Row(row))?;
        }
        Ok(())
    }

    fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch(sql)?)
    }
}
