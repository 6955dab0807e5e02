//! The difference of two texts, as `diff -u` draws it.

use std::fmt::Write as _;

/// Lines around a change.
const AROUND: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Keep,
    Remove,
    Add,
}

/// Nothing when the texts are the same.
pub(super) fn unified(name: &str, old: &str, new: &str) -> String {
    let (olds, news) = (lines(old), lines(new));
    let steps = steps(&olds, &news);
    let changes: Vec<usize> = (0..steps.len())
        .filter(|place| steps.get(*place).is_some_and(|step| *step != Step::Keep))
        .collect();
    let mut drawn = String::new();
    let mut rest = changes.as_slice();
    while let Some((first, _)) = rest.split_first() {
        let far = |pair: &[usize]| matches!(pair, [one, next] if next - one > 2 * AROUND);
        let count = rest.windows(2).position(far).map_or(rest.len(), |place| place + 1);
        let (hunk, later) = rest.split_at(count);
        let last = hunk.last().unwrap_or(first);
        let span = first.saturating_sub(AROUND)..(last + AROUND + 1).min(steps.len());
        draw(&mut drawn, &steps, span, &olds, &news);
        rest = later;
    }
    if drawn.is_empty() { drawn } else { format!("--- {name}\n+++ {name}\n{drawn}") }
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn draw(
    drawn: &mut String,
    steps: &[Step],
    span: std::ops::Range<usize>,
    olds: &[&str],
    news: &[&str],
) {
    let count = |steps: &[Step], without: Step| steps.iter().filter(|one| **one != without).count();
    let (before, hunk) = (steps.get(..span.start), steps.get(span));
    let (Some(before), Some(hunk)) = (before, hunk) else { return };
    let (mut old, mut new) = (count(before, Step::Add), count(before, Step::Remove));
    let (removed, added) = (count(hunk, Step::Add), count(hunk, Step::Remove));
    let from = |start: usize, count: usize| if count == 0 { start } else { start + 1 };
    let _ =
        writeln!(drawn, "@@ -{},{removed} +{},{added} @@", from(old, removed), from(new, added));
    for step in hunk {
        let (sign, line) = match step {
            Step::Keep => (' ', olds.get(old)),
            Step::Remove => ('-', olds.get(old)),
            Step::Add => ('+', news.get(new)),
        };
        old += usize::from(*step != Step::Add);
        new += usize::from(*step != Step::Remove);
        let Some(line) = line else { continue };
        let _ = write!(drawn, "{sign}{line}");
        if !line.ends_with('\n') {
            drawn.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// The shortest way from one to the other (Myers), kept small because fixes change few lines.
fn steps(olds: &[&str], news: &[&str]) -> Vec<Step> {
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = olds.iter().zip(news).take_while(same).count();
    let room = olds.len().min(news.len()) - head;
    let tail = olds.iter().rev().zip(news.iter().rev()).take(room).take_while(same).count();
    let old = olds.get(head..olds.len() - tail).unwrap_or_default();
    let new = news.get(head..news.len() - tail).unwrap_or_default();
    let mut steps = vec![Step::Keep; head];
    steps.extend(middle(old, new));
    steps.extend(vec![Step::Keep; tail]);
    steps
}

/// How far each diagonal reaches, the middle one in the middle.
#[derive(Debug, Clone)]
struct Reach(Vec<usize>);

impl Reach {
    fn place(&self, diagonal: isize) -> Option<usize> {
        (self.0.len() / 2).checked_add_signed(diagonal)
    }

    fn at(&self, diagonal: isize) -> usize {
        self.place(diagonal).and_then(|place| self.0.get(place).copied()).unwrap_or(0)
    }

    fn set(&mut self, diagonal: isize, far: usize) {
        let place = self.place(diagonal);
        if let Some(cell) = place.and_then(|place| self.0.get_mut(place)) {
            *cell = far;
        }
    }

    /// The diagonals that so many changes can come to.
    fn near(&self, changes: usize) -> Self {
        let middle = self.0.len() / 2;
        let span = middle.saturating_sub(changes + 1)..(middle + changes + 2).min(self.0.len());
        Self(self.0.get(span).unwrap_or_default().to_vec())
    }

    /// Whether a diagonal is best reached by adding a line.
    fn is_down(&self, diagonal: isize, changes: isize) -> bool {
        diagonal == -changes
            || (diagonal != changes && self.at(diagonal - 1) < self.at(diagonal + 1))
    }
}

fn signed(number: usize) -> isize {
    isize::try_from(number).unwrap_or(isize::MAX)
}

fn middle(old: &[&str], new: &[&str]) -> Vec<Step> {
    let most = old.len() + new.len();
    let mut reach = Reach(vec![0; 2 * most + 3]);
    let mut history = Vec::new();
    for changes in 0..=most {
        history.push(reach.near(changes));
        let bound = signed(changes);
        for diagonal in (-bound..=bound).step_by(2) {
            let down = reach.is_down(diagonal, bound);
            let mut x = if down { reach.at(diagonal + 1) } else { reach.at(diagonal - 1) + 1 };
            let mut y = usize::try_from(signed(x) - diagonal).unwrap_or(0);
            while x < old.len() && y < new.len() && old.get(x) == new.get(y) {
                (x, y) = (x + 1, y + 1);
            }
            reach.set(diagonal, x);
            if x >= old.len() && y >= new.len() {
                return back(&history, old.len(), new.len());
            }
        }
    }
    Vec::new()
}

/// The way, read from its end.
fn back(history: &[Reach], olds: usize, news: usize) -> Vec<Step> {
    let (mut x, mut y) = (olds, news);
    let mut steps = Vec::new();
    for (changes, reach) in history.iter().enumerate().rev() {
        let diagonal = signed(x) - signed(y);
        let down = reach.is_down(diagonal, signed(changes));
        let from = if down { diagonal + 1 } else { diagonal - 1 };
        let above = if changes == 0 { 0 } else { reach.at(from) };
        let left =
            if changes == 0 { 0 } else { usize::try_from(signed(above) - from).unwrap_or(0) };
        let (turn_x, turn_y) = match (changes, down) {
            (0, _) => (0, 0),
            (_, true) => (above, left + 1),
            (_, false) => (above + 1, left),
        };
        while x > turn_x && y > turn_y {
            steps.push(Step::Keep);
            (x, y) = (x - 1, y - 1);
        }
        if changes > 0 {
            steps.push(if down { Step::Add } else { Step::Remove });
            (x, y) = (above, left);
        }
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests;
