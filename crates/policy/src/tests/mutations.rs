use super::ashari;
use crate::check;

/// A small generator of its own, so that the same letters change in every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).unwrap()
    }
}

/// The letters of the rules: no comments, no reasons, no words.
fn letters(source: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut rules = true;
    for line in source.split_inclusive('\n') {
        match line.trim() {
            "[decided]" | "[text]" => rules = false,
            "[planned]" => rules = true,
            _ => {}
        }
        let code = line.split('#').next().unwrap_or_default();
        if rules {
            found.extend(
                code.bytes()
                    .enumerate()
                    .filter(|(_, b)| b.is_ascii_alphabetic())
                    .map(|(i, _)| at + i),
            );
        }
        at += line.len();
    }
    found
}

#[test]
fn a_changed_letter_in_the_rules_is_reported_on_its_line() {
    let source = ashari::source();
    let letters = letters(&source);
    let mut dice = Dice::new(7);
    let mut missed = Vec::new();
    let tries = 300;
    for _ in 0..tries {
        let at = letters[dice.roll(letters.len())];
        let old = source.as_bytes()[at];
        let mut new = b'a' + u8::try_from(dice.roll(26)).unwrap();
        if new == old {
            new = b'a' + (new - b'a' + 1) % 26;
        }
        let mut bytes = source.clone().into_bytes();
        bytes[at] = new;
        let changed = String::from_utf8(bytes).unwrap();
        let start = changed.get(..at).unwrap().rfind('\n').map_or(0, |i| i + 1);
        let end = changed.get(at..).unwrap().find('\n').map_or(changed.len(), |i| at + i);
        let touches = |span: &std::ops::Range<usize>| span.start <= end && span.end >= start;
        let reported = check("ashari.toml", &changed).findings.iter().any(|finding| {
            touches(&finding.span) || finding.also.iter().any(|(span, _)| touches(span))
        });
        if !reported {
            missed.push(changed.get(start..end).unwrap().to_owned());
        }
    }
    let found = tries - missed.len();
    assert!(
        found * 100 >= tries * 94,
        "only {found} of {tries} reported; missed:\n{}",
        missed.join("\n")
    );
}
