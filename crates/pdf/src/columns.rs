//! How wide the columns of a table are. The typesetter would let a long word of a narrow column run into the next.

use policy::Table;

/// Characters of a table's size that fit side by side on a sheet, less the space between five columns.
const SHEET: usize = 96;
/// No column is so narrow that every second word breaks.
const NARROWEST: usize = 10;

/// The columns of a table.
pub(crate) struct Columns {
    /// Their widths, as shares of the whole.
    pub(crate) widths: Vec<f64>,
    /// The characters of a word that never have to break.
    pub(crate) longest: usize,
}

/// Each column holds its longest word; what is left goes to those who have much to say.
pub(crate) fn of(table: &Table) -> Columns {
    let count = table.heads.len().max(1);
    let longest = (SHEET / count).saturating_sub(2).max(NARROWEST);
    let mut needs = Vec::new();
    let mut shares = Vec::new();
    for (place, head) in table.heads.iter().enumerate() {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(place));
        let texts: Vec<String> = cells.map(policy::Text::plain).chain([head.clone()]).collect();
        let words = texts.iter().flat_map(|text| text.split_whitespace());
        let widest = words.map(|word| word.chars().count()).max().unwrap_or(0);
        needs.push(widest.min(longest) + 2);
        shares.push(texts.iter().map(|text| text.chars().count()).sum::<usize>() + 1);
    }
    let free = SHEET.saturating_sub(needs.iter().sum());
    let all: usize = shares.iter().sum();
    let width =
        |(need, share): (&usize, &usize)| wide(*need) + wide(free) * wide(*share) / wide(all);
    Columns { widths: needs.iter().zip(&shares).map(width).collect(), longest }
}

/// A count of characters; no page has more than this.
fn wide(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
