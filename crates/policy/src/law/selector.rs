//! What a demand is about: rows of a section, by words that the language knows.

/// Rows of a section: all, one, or those of which something is true.
#[derive(Debug, PartialEq, Eq)]
pub struct Selector {
    /// The section.
    pub section: String,
    /// The row, when it is one that the language names.
    pub row: Option<String>,
    /// What must be true of it.
    pub filters: Vec<Filter>,
}

/// Something that is true of a row, or not.
#[derive(Debug, PartialEq, Eq)]
pub struct Filter {
    /// A key, or something that follows from keys.
    pub key: String,
    /// Whether it must not be so.
    pub not: bool,
    /// The word.
    pub value: String,
}

impl Selector {
    /// Reads `data[special=biometric, role!=processor]`, `request.answer` or `children`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (path, filters) = match text.split_once('[') {
            Some((path, rest)) => (path, rest.strip_suffix(']')?),
            None => (text, ""),
        };
        let (section, row) = match path.split_once('.') {
            Some((section, row)) => (section, Some(row.to_owned())),
            None => (path, None),
        };
        let filters: Option<Vec<Filter>> =
            filters.split(',').map(str::trim).filter(|one| !one.is_empty()).map(filter).collect();
        Some(Self { section: section.to_owned(), row, filters: filters? })
    }
}

fn filter(text: &str) -> Option<Filter> {
    let (key, value) = text.split_once('=')?;
    let (key, not) = match key.strip_suffix('!') {
        Some(key) => (key, true),
        None => (key, false),
    };
    Some(Filter { key: key.to_owned(), not, value: value.to_owned() })
}
