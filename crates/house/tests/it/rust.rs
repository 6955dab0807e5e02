//! Rust source cut into code and string literals, comments dropped: enough to tell a statement from a
//! sentence about one.

/// A string literal as written, with its line.
pub(crate) struct Literal<'a> {
    pub(crate) line: usize,
    pub(crate) text: &'a str,
}

/// A source file without its comments.
#[derive(Default)]
pub(crate) struct Source<'a> {
    /// The code; each literal is two quotes.
    pub(crate) code: String,
    pub(crate) literals: Vec<Literal<'a>>,
}

/// Cuts a source file.
pub(crate) fn cut(text: &str) -> Source<'_> {
    let mut source = Source::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if let Some((open, literal, len)) = string(rest) {
            let line = 1 + before(text, rest).matches('\n').count();
            let literal = literal.min(rest.len());
            let text = rest.get(open..literal).unwrap_or_default();
            source.literals.push(Literal { line, text });
            source.code.push_str("\"\"");
            len
        } else if first == '\'' {
            let len = character(rest);
            source.code.push('\'');
            len
        } else {
            let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let len = word.max(first.len_utf8());
            source.code.extend(rest.get(..len));
            len
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    source
}

fn before<'a>(text: &'a str, rest: &str) -> &'a str {
    text.get(..text.len() - rest.len()).unwrap_or_default()
}

/// The length of a block comment; they nest.
fn comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        if tail.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if tail.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                break;
            }
        } else {
            at += tail.chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// Where the text of a literal begins and ends, and where the literal itself ends.
fn string(rest: &str) -> Option<(usize, usize, usize)> {
    let prefix = ["br", "cr", "r", "b", "c", ""].iter().find(|prefix| {
        let tail = rest.strip_prefix(**prefix).unwrap_or_default();
        let hashes = if prefix.ends_with('r') { tail.trim_start_matches('#') } else { tail };
        hashes.starts_with('"')
    })?;
    let tail = rest.get(prefix.len()..)?;
    let hashes = tail.len() - tail.trim_start_matches('#').len();
    let open = prefix.len() + hashes + 1;
    let body = rest.get(open..)?;
    if prefix.ends_with('r') {
        let close = format!("\"{}", "#".repeat(hashes));
        let len = body.find(&close).unwrap_or(body.len());
        return Some((open, open + len, open + len + close.len()));
    }
    let mut escaped = false;
    let len = body.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    let len = len.unwrap_or(body.len());
    Some((open, open + len, open + len + 1))
}

/// The length of a character literal, or of the quote that begins a lifetime.
fn character(rest: &str) -> usize {
    let mut after = rest.chars().skip(1);
    match (after.next(), after.next()) {
        (Some('\\'), _) => {
            let tail = rest.get(3..).unwrap_or_default();
            tail.find('\'').map_or(rest.len(), |at| at + 4)
        }
        (Some(one), Some('\'')) => 2 + one.len_utf8(),
        _ => 1,
    }
}

#[test]
fn literals_are_told_from_comments_characters_and_lifetimes() {
    let text = r##"
        // "no" /* not yet
        /* "no" /* "nested" */ "no" */
        fn go<'a>(x: &'a str) -> char { let _ = ('"', '\'', '\u{1F600}', "one \" two"); '"' }
        const A: &str = r#"raw "quoted" "#; const B: &[u8] = b"bytes"; let r#type = "";
    "##;
    let found = cut(text);
    let texts: Vec<&str> = found.literals.iter().map(|literal| literal.text).collect();
    assert_eq!(texts, [r#"one \" two"#, r#"raw "quoted" "#, "bytes", ""]);
    let lines: Vec<usize> = found.literals.iter().map(|literal| literal.line).collect();
    assert_eq!(lines, [4, 5, 5, 5]);
    assert!(!found.code.contains("nested") && found.code.contains("fn go<'a>(x: &'a str)"));
}
