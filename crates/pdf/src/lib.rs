//! The published page of a policy as PDF: PDF/A-2b for archives and PDF/UA-1 for screen readers, from the same tree
//! as every other form of the page. No file, no network, no clock: the same page gives the same bytes.
//!
//! A crate of its own because of its one dependency: the typesetter takes minutes to build and ten megabytes in the
//! binary, so it stands behind a feature that is off by default.
#![warn(missing_docs)]

mod breaks;
mod columns;
mod content;
mod fonts;
mod world;

use policy::Document;
use typst::{comemo, diag::SourceDiagnostic, foundations::Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::Page;

/// Why a page has no PDF.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The fonts that come with Janji cannot draw a character of the page. PDF/A forbids to leave it out.
    #[error("no font has the character `{0}` (U+{code:04X})", code = u32::from(*.0))]
    Character(char),
    /// The day from which the page holds is no day of the calendar, so the file cannot be dated.
    #[error("the day from which the policy holds is no date")]
    Date,
    /// The typesetter refused the page or the standards refused the file.
    #[error("the page cannot be set: {0}")]
    Typesetting(String),
}

/// The page as the bytes of a PDF file. It takes seconds of one core: keep the answer.
pub fn render(page: &Document) -> Result<Vec<u8>, Error> {
    let inputs = content::inputs(page)?;
    let made = set(&Page::of(inputs), page);
    // What the typesetter remembers is of use to the same page only, which nobody asks for twice.
    comemo::evict(0);
    made
}

fn set(world: &Page, page: &Document) -> Result<Vec<u8>, Error> {
    let paged = typst::compile::<PagedDocument>(world).output.map_err(|all| refused(&all))?;
    let standards = [PdfStandard::A_2b, PdfStandard::Ua_1];
    let standards = PdfStandards::new(&standards)
        .map_err(|refusal| Error::Typesetting(refusal.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{} {} {}", page.title, page.version, page.language)),
        creator: Smart::Custom(Some("Janji".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&paged, &options).map_err(|all| refused(&all))
}

/// The first thing that was refused, in the typesetter's words: the template is ours, so a reader can only report it.
fn refused(all: &[SourceDiagnostic]) -> Error {
    let first = all.first().map(|one| one.message.to_string());
    Error::Typesetting(first.unwrap_or_default())
}
