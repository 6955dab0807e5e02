//! Values and rows as both databases speak them: null, integer, text, bytes.

use crate::StoreError;

/// One value on its way into or out of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// A 64-bit integer; times are microseconds since 1970.
    Int(i64),
    /// UTF-8 text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Value::Int(value)
    }
}

impl From<u64> for Value<'_> {
    /// Numbers above 2^63 keep their bits.
    fn from(value: u64) -> Self {
        Value::Int(value.cast_signed())
    }
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Value::Int(i64::from(value))
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Value::Int(i64::from(value))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Value::Text(value)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Value::Text(value)
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(value: &'a [u8]) -> Self {
        Value::Blob(value)
    }
}

impl<'a> From<&'a Vec<u8>> for Value<'a> {
    fn from(value: &'a Vec<u8>) -> Self {
        Value::Blob(value)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
    fn from(value: &'a [u8; N]) -> Self {
        Value::Blob(value)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// The columns of the current row; a database's own row type behind one interface.
pub trait Columns {
    /// The value of a column, counted from 0.
    fn value(&self, column: usize) -> Result<Value<'_>, StoreError>;
}

/// One row of an answer.
#[derive(Clone, Copy)]
pub struct Row<'a>(pub(crate) &'a dyn Columns);

impl std::fmt::Debug for Row<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Row")
    }
}

const WRONG: StoreError = StoreError::Damaged { what: "a column of another type" };

impl Row<'_> {
    /// An integer column.
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.maybe_int(column)?.ok_or(WRONG)
    }

    /// An integer column that holds a number's bits.
    pub fn number(&self, column: usize) -> Result<u64, StoreError> {
        Ok(self.int(column)?.cast_unsigned())
    }

    /// An integer column that fits in 32 bits.
    pub fn small(&self, column: usize) -> Result<u32, StoreError> {
        u32::try_from(self.int(column)?).map_err(|_| WRONG)
    }

    /// An integer column that holds 0 or 1.
    pub fn flag(&self, column: usize) -> Result<bool, StoreError> {
        Ok(self.int(column)? != 0)
    }

    /// An integer column that may be null.
    pub fn maybe_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self.0.value(column)? {
            Value::Null => Ok(None),
            Value::Int(value) => Ok(Some(value)),
            _ => Err(WRONG),
        }
    }

    /// A number's bits, or null.
    pub fn maybe_number(&self, column: usize) -> Result<Option<u64>, StoreError> {
        Ok(self.maybe_int(column)?.map(i64::cast_unsigned))
    }

    /// A text column.
    pub fn text(&self, column: usize) -> Result<String, StoreError> {
        self.maybe_text(column)?.ok_or(WRONG)
    }

    /// A text column that may be null.
    pub fn maybe_text(&self, column: usize) -> Result<Option<String>, StoreError> {
        match self.0.value(column)? {
            Value::Null => Ok(None),
            Value::Text(value) => Ok(Some(value.to_owned())),
            _ => Err(WRONG),
        }
    }

    /// A bytes column.
    pub fn bytes(&self, column: usize) -> Result<Vec<u8>, StoreError> {
        self.maybe_bytes(column)?.ok_or(WRONG)
    }

    /// A bytes column that may be null.
    pub fn maybe_bytes(&self, column: usize) -> Result<Option<Vec<u8>>, StoreError> {
        match self.0.value(column)? {
            Value::Null => Ok(None),
            Value::Blob(value) => Ok(Some(value.to_vec())),
            _ => Err(WRONG),
        }
    }

    /// A bytes column of a fixed length.
    pub fn array<const N: usize>(&self, column: usize) -> Result<[u8; N], StoreError> {
        self.bytes(column)?.try_into().map_err(|_| WRONG)
    }
}

/// One connection to a database. The statements are written once for all databases: lower case, `$1`
/// placeholders, no function of the database's own.
pub trait Link {
    /// Runs one statement and answers how many rows it changed.
    fn run(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<usize, StoreError>;

    /// Runs a query and shows each row to `each`.
    fn rows(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    /// Runs several statements without values: migrations and transaction control.
    fn script(&mut self, sql: &str) -> Result<(), StoreError>;
}

/// The first row of a query, made into something by `make`.
pub fn one<T>(
    link: &mut dyn Link,
    sql: &'static str,
    values: &[Value<'_>],
    mut make: impl FnMut(Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut found = None;
    link.rows(sql, values, &mut |row| {
        if found.is_none() {
            found = Some(make(row)?);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Every row of a query, each made into something by `make`.
pub fn all<T>(
    link: &mut dyn Link,
    sql: &'static str,
    values: &[Value<'_>],
    mut make: impl FnMut(Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut found = Vec::new();
    link.rows(sql, values, &mut |row| {
        found.push(make(row)?);
        Ok(())
    })?;
    Ok(found)
}
