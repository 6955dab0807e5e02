//! What the disk promises to the crash tests that stand on it.

mod connections;
mod faults;
mod files;
mod leaks;
mod torture;

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use store::disk::Disk as _;

use crate::SimDisk;

fn disk(seed: u64) -> SimDisk {
    let disk = SimDisk::new(seed);
    disk.create_folder(Path::new("/data")).unwrap();
    disk
}

fn connect(disk: &SimDisk, path: &str, pragmas: &str) -> rusqlite::Result<Connection> {
    let vfs = disk.sqlite_vfs().unwrap();
    let db = Connection::open_with_flags_and_vfs(path, OpenFlags::default(), vfs)?;
    db.execute_batch(pragmas)?;
    Ok(db)
}

fn number(db: &Connection, sql: &str) -> rusqlite::Result<i64> {
    db.query_row(sql, [], |row| row.get(0))
}

fn text(db: &Connection, sql: &str) -> rusqlite::Result<String> {
    db.query_row(sql, [], |row| row.get(0))
}
