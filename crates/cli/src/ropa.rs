//! The record of processing activities as a workbook.

use anyhow::Result;
use jiff::civil::Date;
use policy::Ropa;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

/// Wide enough for a name, narrow enough for a screen.
const WIDTH: f64 = 32.0;

/// A sheet for each part. The same record makes the same bytes: it is dated to the policy, not to today.
pub(crate) fn workbook(ropa: &Ropa, effective: Date) -> Result<Vec<u8>> {
    let [year, month, day] = [effective.year(), effective.month().into(), effective.day().into()];
    let created =
        ExcelDateTime::from_ymd(u16::try_from(year)?, u8::try_from(month)?, u8::try_from(day)?)?;
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let (head, cell) = (Format::new().set_bold(), Format::new().set_text_wrap());
    for part in &ropa.parts {
        let sheet = book.add_worksheet().set_name(&part.title)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, title) in (0..).zip(&ropa.heads) {
            sheet.set_column_width(column, WIDTH)?;
            // Always as a text: what begins like a formula is none here.
            sheet.write_string_with_format(0, column, title, &head)?;
        }
        for (line, row) in (1..).zip(&part.rows) {
            for (column, text) in (0..).zip(row) {
                sheet.write_string_with_format(line, column, text, &cell)?;
            }
        }
    }
    Ok(book.save_to_buffer()?)
}
