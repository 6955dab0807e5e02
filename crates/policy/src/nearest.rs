//! The known name that an author probably meant.

/// The known name that differs least from a word, when the difference looks like a slip.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.len() > 64 {
        return None;
    }
    let letters: Vec<char> = word.chars().collect();
    let allowed = letters.len().div_ceil(3).max(1);
    let mut best: Option<(usize, &str)> = None;
    let (mut row, mut next) = (Vec::new(), Vec::new());
    for name in known.iter().copied().filter(|name| *name != word) {
        if name.len().abs_diff(word.len()) > allowed + 2 {
            continue;
        }
        // No farther than what was found: an equal distance is settled by the alphabet.
        let most = best.map_or(allowed, |(far, _)| far);
        if let Some(far) = distance(name, &letters, most, &mut row, &mut next)
            && best.is_none_or(|best| (far, name) < best)
        {
            best = Some((far, name));
        }
    }
    best.map(|(_, name)| name)
}

/// The known name that differs by one letter, when there is exactly one.
pub(crate) fn only<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = word.chars().take(65).collect();
    if letters.len() > 64 {
        return None;
    }
    let (mut row, mut next) = (Vec::new(), Vec::new());
    let mut near = known.filter(|name| {
        name.len().abs_diff(word.len()) <= 4
            && distance(name, &letters, 1, &mut row, &mut next) == Some(1)
    });
    let first = near.next()?;
    near.all(|other| other == first).then_some(first)
}

/// How many letters differ, or nothing when it is more than allowed.
fn distance(
    one: &str,
    two: &[char],
    most: usize,
    row: &mut Vec<usize>,
    next: &mut Vec<usize>,
) -> Option<usize> {
    row.clear();
    row.extend(0..=two.len());
    for (i, a) in one.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        let mut least = left;
        next.clear();
        next.push(left);
        for (b, above) in two.iter().zip(row.iter().skip(1)) {
            let cost = corner + usize::from(a != *b);
            left = cost.min(above + 1).min(left + 1);
            corner = *above;
            least = least.min(left);
            next.push(left);
        }
        if least > most {
            return None;
        }
        std::mem::swap(row, next);
    }
    row.last().copied().filter(|far| *far <= most)
}
