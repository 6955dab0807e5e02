//! Where long words may break. The typesetter breaks at spaces and, in languages whose syllables it knows, inside
//! words; addresses, ids and long words of other languages would run out of their column.

const SOFT_HYPHEN: char = '\u{ad}';

/// A text in pieces between which a line may break without a sign. Most texts are one piece.
pub(crate) fn pieces(text: &str, longest: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for part in text.split_inclusive(char::is_whitespace) {
        let long = part.chars().filter(|c| !c.is_whitespace()).count() > longest;
        let cut = if long { cut(part, longest) } else { vec![part.to_owned()] };
        for (place, piece) in cut.into_iter().enumerate() {
            match pieces.last_mut() {
                Some(last) if place == 0 => last.push_str(&piece),
                _ => pieces.push(piece),
            }
        }
    }
    pieces
}

/// A long word: after signs, as addresses and ids have them; then by length, with a hyphen in words of letters only.
fn cut(word: &str, longest: usize) -> Vec<String> {
    let bare = word.trim_end();
    if bare.chars().all(char::is_alphabetic) {
        return vec![hyphenated(word, longest)];
    }
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for character in word.chars() {
        piece.push(character);
        let sign = !character.is_alphanumeric() && !character.is_whitespace();
        if sign || piece.chars().count() >= longest {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

fn hyphenated(word: &str, longest: usize) -> String {
    // Never more than half a line is left empty, and never fewer than three letters stand alone.
    let step = (longest / 2).max(3);
    let count = word.trim_end().chars().count();
    let mut text = String::new();
    for (place, character) in word.chars().enumerate() {
        if place > 0 && place % step == 0 && place + 3 <= count {
            text.push(SOFT_HYPHEN);
        }
        text.push(character);
    }
    text
}

#[cfg(test)]
#[path = "breaks/tests.rs"]
mod tests;
