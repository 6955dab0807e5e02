//! The fonts of the page, in the build; those of the machine are never asked.

use std::sync::LazyLock;

use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

/// Libertinus for the text, and `DejaVu` for signs that it lacks.
const FILES: [&[u8]; 4] = [
    include_bytes!(concat!(env!("OUT_DIR"), "/regular.otf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/italic.otf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/bold.otf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/mono.ttf")),
];

/// The fonts and their book.
pub(crate) struct Fonts {
    /// What each is called and can draw.
    pub(crate) book: LazyHash<FontBook>,
    /// The fonts, in the order of the book.
    pub(crate) all: Vec<Font>,
}

pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let all: Vec<Font> = FILES.into_iter().flat_map(|data| Font::iter(Bytes::new(data))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&all)), all }
});

impl Fonts {
    /// Whether some font can draw a character. Breaks of lines and words need no shape.
    pub(crate) fn can_draw(&self, character: char) -> bool {
        let shapeless = character.is_whitespace() || matches!(character, '\u{ad}' | '\u{200b}');
        let has = |font: &Font| font.info().coverage.contains(u32::from(character));
        shapeless || self.all.iter().any(has)
    }
}
