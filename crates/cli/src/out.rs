//! What a command says. Standard output is for answers, standard error for everything about them.

use std::io::{self, Write};

use anyhow::Result;

/// One line of the answer.
pub(crate) fn line(text: &str) -> Result<()> {
    Ok(writeln!(io::stdout().lock(), "{text}")?)
}

/// An answer that has its own lines.
pub(crate) fn text(text: &str) -> Result<()> {
    Ok(write!(io::stdout().lock(), "{text}")?)
}

/// One line for the person at the terminal, beside the answer.
pub(crate) fn note(text: &str) {
    // Nobody is left to be told when standard error is closed.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// What went wrong, with everything behind it.
pub(crate) fn error(error: &anyhow::Error) {
    note(&format!("error: {error:#}"));
}

/// Columns as wide as their widest cell; the last one is not padded.
pub(crate) fn table(rows: &[Vec<String>]) -> Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
    };
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in rows {
        let mut text = String::new();
        for (place, (cell, width)) in row.iter().zip(&widths).enumerate() {
            text.push_str(cell);
            if place + 1 < row.len() {
                text.push_str(&" ".repeat(width - cell.chars().count() + 2));
            }
        }
        line(&text)?;
    }
    Ok(())
}
