//! Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet.

/// What makes a spreadsheet take a text for a formula.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r'];

/// The rows of a table, each ended by CR LF, each cell in quotes.
pub(super) fn write<'r>(rows: impl IntoIterator<Item = &'r Vec<String>>) -> String {
    let mut written = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|text| quoted(text)).collect();
        written.push_str(&cells.join(","));
        written.push_str("\r\n");
    }
    written
}

/// A cell; an apostrophe before what would be a formula makes it a text.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(FORMULA) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}
