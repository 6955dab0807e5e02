//! The words of a file in their order, each with the path that it stands at. Nothing here fails: what is not
//! finished ends with its line.

use std::{ops::Range, vec::IntoIter};

use toml_parser::{
    Source,
    lexer::{Token, TokenKind},
};

/// Larger files are checked, but nobody writes them by hand.
const LARGEST: usize = 2 << 20;
/// No policy that somebody writes has more words; a bound for what an editor has to wait for.
const MOST: usize = 100_000;
/// Deeper than any path of the language, so that nothing is lost.
const DEEPEST: usize = 12;

/// What a word is in its statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Header,
    Key,
    Value,
}

/// A word with its place.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) role: Role,
    /// The path of a key with the key itself; for a value, that of its key.
    pub(crate) path: Vec<String>,
    /// What is written, without its quotes.
    pub(crate) text: String,
    /// The bytes of the word, without its quotes.
    pub(crate) span: Range<usize>,
}

impl Part {
    pub(crate) fn path(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    pub(crate) fn holds(&self, offset: usize) -> bool {
        (self.span.start..=self.span.end).contains(&offset)
    }
}

/// What is expected at a place of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Key,
    Value,
    /// All is said.
    Done,
}

/// Where somebody is writing.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) stage: Stage,
    /// Whether it is in the brackets of a header.
    pub(crate) header: bool,
    /// The path above the word, or for a value that of its key.
    pub(crate) path: Vec<String>,
    /// The word that is there already, without its quotes.
    pub(crate) word: Range<usize>,
    /// What stands in it before the place.
    pub(crate) before: String,
    pub(crate) quoted: bool,
    /// Whether an equals sign follows on the line.
    pub(crate) assigned: bool,
}

/// A file as words, and the place that is asked about.
#[derive(Debug)]
pub(crate) struct Outline {
    pub(crate) parts: Vec<Part>,
    /// `None` in a comment, and in a file that is too large.
    pub(crate) spot: Option<Spot>,
}

impl Outline {
    pub(crate) fn of(source: &str, offset: usize) -> Self {
        if source.len() > LARGEST {
            return Self { parts: Vec::new(), spot: None };
        }
        let mut offset = offset.min(source.len());
        while !source.is_char_boundary(offset) {
            offset = offset.saturating_sub(1);
        }
        let tokens = Source::new(source).lex().into_vec();
        let mut reader = Reader {
            source,
            offset,
            levels: vec![Level::new(Kind::Root, Vec::new())],
            parts: Vec::new(),
            spot: None,
            told: false,
            last: TokenKind::Newline,
        };
        reader.read(&tokens);
        Self { parts: reader.parts, spot: reader.spot }
    }

    /// The word at a place.
    pub(crate) fn part(&self, offset: usize) -> Option<&Part> {
        self.parts.iter().find(|part| part.holds(offset))
    }

    /// The words that name a key at this path, in a header or before an equals sign.
    pub(crate) fn keys(&self, path: &[&str]) -> IntoIter<&Part> {
        let keys = self.parts.iter().filter(|part| part.role != Role::Value && fits(part, path));
        keys.collect::<Vec<&Part>>().into_iter()
    }

    /// The values at this path, where `*` stands for any key.
    pub(crate) fn values(&self, path: &[&str]) -> IntoIter<&Part> {
        let values = self.parts.iter().filter(|part| part.role == Role::Value && fits(part, path));
        values.collect::<Vec<&Part>>().into_iter()
    }

    /// What the file calls a row: a proper name, or the words in its first language.
    pub(crate) fn words(&self, section: &str, row: &str) -> Option<String> {
        let name = self.values(&["text", section, row]).next();
        let words = name.or_else(|| self.values(&["text", section, row, "*"]).next());
        words.map(|part| part.text.clone())
    }

    /// The keys right below a path, each once.
    pub(crate) fn below(&self, path: &[&str]) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        let keys = self.parts.iter().filter(|part| part.role != Role::Value);
        for part in keys.filter(|part| part.path.len() == path.len() + 1) {
            let above = part.path.iter().zip(path).all(|(one, other)| one == other);
            if above && !found.contains(&part.text.as_str()) {
                found.push(&part.text);
            }
        }
        found
    }
}

fn fits(part: &Part, path: &[&str]) -> bool {
    part.path.len() == path.len()
        && part.path.iter().zip(path).all(|(one, other)| *other == "*" || one == other)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Root,
    Header,
    Table,
    List,
}

/// A bracket that is open, or the file itself.
#[derive(Debug)]
struct Level {
    kind: Kind,
    /// The path that it stands at.
    base: Vec<String>,
    /// The parts of the key that is being read.
    keys: Vec<String>,
    stage: Stage,
    /// Whether a part of a key may follow.
    joint: bool,
}

impl Level {
    fn new(kind: Kind, base: Vec<String>) -> Self {
        let stage = if kind == Kind::List { Stage::Value } else { Stage::Key };
        Self { kind, base, keys: Vec::new(), stage, joint: true }
    }

    fn path(&self) -> Vec<String> {
        self.base.iter().chain(&self.keys).cloned().collect()
    }

    fn again(&mut self) {
        self.keys.clear();
        self.stage = if self.kind == Kind::List { Stage::Value } else { Stage::Key };
        self.joint = true;
    }
}

struct Reader<'s> {
    source: &'s str,
    offset: usize,
    levels: Vec<Level>,
    parts: Vec<Part>,
    spot: Option<Spot>,
    /// Whether the place was passed.
    told: bool,
    /// The last token that is neither space nor comment.
    last: TokenKind,
}

impl Reader<'_> {
    fn read(&mut self, tokens: &[Token]) {
        let mut rest = tokens;
        while let Some((token, after)) = rest.split_first() {
            if self.parts.len() > MOST || self.levels.len() > DEEPEST {
                return;
            }
            if self.last == TokenKind::Newline && is_statement(rest) {
                self.recover();
            }
            self.look(token, after);
            self.take(token, after);
            if !matches!(token.kind(), TokenKind::Whitespace | TokenKind::Comment) {
                self.last = token.kind();
            }
            rest = after;
        }
    }

    /// A list that is not closed ends where the next statement begins.
    fn recover(&mut self) {
        if self.levels.last().is_some_and(|level| level.kind == Kind::List) {
            self.levels.truncate(1);
            if let Some(root) = self.levels.last_mut() {
                root.again();
            }
        }
    }

    /// Remembers where the place is, as soon as it is reached.
    fn look(&mut self, token: &Token, after: &[Token]) {
        let (start, end) = (token.span().start(), token.span().end());
        if self.told {
            return;
        }
        if start >= self.offset || token.kind() == TokenKind::Eof {
            self.told = true;
            self.spot = self.spot_at(self.offset..self.offset, false, after, token);
            return;
        }
        let word = self.inner(token);
        let inside = match token.kind() {
            TokenKind::Comment | TokenKind::Atom => end >= self.offset,
            kind if kind.encoding().is_some() => self.offset <= word.end,
            _ => false,
        };
        if inside {
            self.told = true;
            let quoted = token.kind() != TokenKind::Atom;
            let comment = token.kind() == TokenKind::Comment;
            let spot = self.spot_at(word, quoted, after, token);
            self.spot = spot.filter(|_| !comment);
        }
    }

    fn spot_at(
        &self,
        word: Range<usize>,
        quoted: bool,
        after: &[Token],
        token: &Token,
    ) -> Option<Spot> {
        let level = self.levels.last()?;
        let stage = match level.stage {
            Stage::Key if !level.joint => Stage::Done,
            stage => stage,
        };
        let next = std::iter::once(token).chain(after).find(|token| {
            !matches!(token.kind(), TokenKind::Whitespace) && token.span().start() >= word.end
        });
        let start = word.start.min(self.offset);
        Some(Spot {
            stage,
            header: level.kind == Kind::Header,
            path: level.path(),
            before: self.source.get(start..self.offset).unwrap_or_default().to_owned(),
            word,
            quoted,
            assigned: next.is_some_and(|token| token.kind() == TokenKind::Equals),
        })
    }

    /// The bytes of a word without its quotes, of which the last may be missing.
    fn inner(&self, token: &Token) -> Range<usize> {
        let (start, end) = (token.span().start(), token.span().end());
        let text = self.source.get(start..end).unwrap_or_default();
        let quote = match token.kind() {
            TokenKind::LiteralString => "'",
            TokenKind::BasicString => "\"",
            TokenKind::MlLiteralString => "'''",
            TokenKind::MlBasicString => "\"\"\"",
            _ => return start..end,
        };
        let open = text.strip_prefix(quote).unwrap_or(text);
        let closed = open.strip_suffix(quote).unwrap_or(open);
        let start = start + text.len() - open.len();
        start..start + closed.len()
    }

    fn take(&mut self, token: &Token, after: &[Token]) {
        match token.kind() {
            TokenKind::Whitespace | TokenKind::Comment | TokenKind::Eof => {}
            TokenKind::Newline => self.newline(after),
            TokenKind::LeftSquareBracket => self.open(Kind::List),
            TokenKind::LeftCurlyBracket => self.open(Kind::Table),
            TokenKind::RightSquareBracket => self.close(Kind::List),
            TokenKind::RightCurlyBracket => self.close(Kind::Table),
            TokenKind::Comma => {
                if let Some(level) = self.levels.last_mut().filter(|one| one.kind != Kind::Root) {
                    level.again();
                }
            }
            TokenKind::Equals => {
                let level = self.levels.last_mut().filter(|level| level.stage == Stage::Key);
                if let Some(level) = level.filter(|level| level.kind != Kind::Header) {
                    level.stage = Stage::Value;
                }
            }
            TokenKind::Dot => {
                if let Some(level) = self.levels.last_mut() {
                    level.joint = true;
                }
            }
            _ => self.word(token),
        }
    }

    fn newline(&mut self, after: &[Token]) {
        while let Some(level) = self.levels.last_mut() {
            match level.kind {
                Kind::Root => return level.again(),
                Kind::List => return,
                Kind::Header => self.close(Kind::List),
                Kind::Table => {
                    let open = matches!(
                        self.last,
                        TokenKind::LeftCurlyBracket | TokenKind::Comma | TokenKind::Newline
                    );
                    let next = after.iter().map(Token::kind).find(|kind| {
                        !matches!(
                            kind,
                            TokenKind::Whitespace | TokenKind::Comment | TokenKind::Newline
                        )
                    });
                    if open || next == Some(TokenKind::RightCurlyBracket) {
                        return;
                    }
                    self.levels.pop();
                }
            }
        }
    }

    fn open(&mut self, kind: Kind) {
        let Some(level) = self.levels.last() else { return };
        if level.stage == Stage::Value {
            let path = level.path();
            self.levels.push(Level::new(kind, path));
        } else if kind == Kind::List && level.kind == Kind::Root && level.keys.is_empty() {
            self.levels.push(Level::new(Kind::Header, Vec::new()));
        }
    }

    fn close(&mut self, kind: Kind) {
        let Some(level) = self.levels.last() else { return };
        if level.kind == Kind::Header && kind == Kind::List {
            let base = level.path();
            self.levels.truncate(1);
            if let Some(root) = self.levels.last_mut() {
                root.base = base;
                root.again();
                root.joint = false;
            }
            return;
        }
        let Some(place) = self.levels.iter().rposition(|level| level.kind == kind) else { return };
        self.levels.truncate(place);
        if let Some(level) = self.levels.last_mut() {
            level.stage = Stage::Done;
        }
    }

    fn word(&mut self, token: &Token) {
        let span = self.inner(token);
        let text = self.source.get(span.clone()).unwrap_or_default().to_owned();
        let Some(level) = self.levels.last_mut() else { return };
        let role = match (level.stage, level.kind) {
            (Stage::Key, _) if !level.joint || level.keys.len() > DEEPEST => return,
            (Stage::Key, Kind::Header) => Role::Header,
            (Stage::Key, _) => Role::Key,
            (Stage::Value, _) => Role::Value,
            (Stage::Done, _) => return,
        };
        if role == Role::Value {
            level.stage = Stage::Done;
        } else {
            level.keys.push(text.clone());
            level.joint = false;
        }
        let path = level.path();
        self.parts.push(Part { role, path, text, span });
    }
}

/// Whether a line begins like a statement and not like an item of a list.
fn is_statement(line: &[Token]) -> bool {
    let mut kinds = line
        .iter()
        .map(Token::kind)
        .filter(|kind| *kind != TokenKind::Whitespace)
        .take(DEEPEST * 2);
    match kinds.next() {
        Some(TokenKind::Atom) => {
            matches!(kinds.next(), Some(TokenKind::Equals | TokenKind::Dot))
        }
        Some(TokenKind::BasicString | TokenKind::LiteralString) => {
            kinds.next() == Some(TokenKind::Equals)
        }
        Some(TokenKind::LeftSquareBracket) => {
            kinds.next() == Some(TokenKind::Atom)
                && kinds.find(|kind| !matches!(kind, TokenKind::Dot | TokenKind::Atom))
                    == Some(TokenKind::RightSquareBracket)
        }
        _ => false,
    }
}
