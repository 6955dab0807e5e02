//! The C2SP tlog-policy file.

use crate::note::{NoteError, Vkey};
use crate::text::decimal;

use super::{Rule, Trust};

/// What is wrong with a policy file, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct PolicyError {
    /// The line, from 1; one past the end when something is missing.
    pub line: usize,
    /// What is wrong there.
    pub fault: PolicyFault,
}

/// What can be wrong with a line of a policy file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// A control character other than tab and newline.
    #[error("a control character")]
    Character,
    /// Not a log, witness, group or quorum line, or with too few or too many words.
    #[error("not a line of a policy")]
    Line,
    /// A key that cannot be read.
    #[error("{0}")]
    Key(NoteError),
    /// A witness's key where a log's belongs, or the other way round.
    #[error("a key of the wrong sort")]
    Sort,
    /// The same key twice.
    #[error("the key stands twice")]
    KeyTwice,
    /// A name that is taken, or `none`.
    #[error("the name is taken")]
    NameTaken,
    /// A name that no line above defines, or that is a member already.
    #[error("the name is not defined above, or is a member already")]
    NameUnknown,
    /// A threshold of 0 or above the number of members.
    #[error("the threshold does not fit the members")]
    Threshold,
    /// No quorum line, or two.
    #[error("a policy has exactly one quorum line")]
    Quorum,
}

/// What the lines so far have defined.
#[derive(Default)]
struct Reader {
    logs: Vec<Vkey>,
    witnesses: Vec<Vkey>,
    defined: Vec<Defined>,
    quorum: Option<Rule>,
}

/// A witness or group, and whether a group has it as a member already.
struct Defined {
    name: String,
    rule: Rule,
    is_member: bool,
}

pub(super) fn parse(text: &str) -> Result<Trust, PolicyError> {
    let mut reader = Reader::default();
    let mut line = 0;
    for row in text.split('\n') {
        line += 1;
        reader.line(row).map_err(|fault| PolicyError { line, fault })?;
    }
    let quorum = reader.quorum.ok_or(PolicyError { line, fault: PolicyFault::Quorum })?;
    Ok(Trust { keys: reader.logs, quorum })
}

impl Reader {
    fn line(&mut self, row: &str) -> Result<(), PolicyFault> {
        if row.bytes().any(|byte| (byte < b' ' && byte != b'\t') || byte == 0x7f) {
            return Err(PolicyFault::Character);
        }
        let words: Vec<&str> = row.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with('#') => Ok(()),
            ["log", key] | ["log", key, _] => self.log(key),
            ["witness", name, key] | ["witness", name, key, _] => self.witness(name, key),
            ["group", name, least, members @ ..] => self.group(name, least, members),
            ["quorum", name] => self.set_quorum(name),
            _ => Err(PolicyFault::Line),
        }
    }

    fn log(&mut self, key: &str) -> Result<(), PolicyFault> {
        let key = read_key(key, false, &self.logs)?;
        self.logs.push(key);
        Ok(())
    }

    fn witness(&mut self, name: &str, key: &str) -> Result<(), PolicyFault> {
        let key = read_key(key, true, &self.witnesses)?;
        self.witnesses.push(key.clone());
        self.define(name, Rule::Witness(key))
    }

    fn group(&mut self, name: &str, least: &str, members: &[&str]) -> Result<(), PolicyFault> {
        let least = match least {
            "any" => 1,
            "all" => members.len(),
            number => decimal(number)
                .and_then(|number| usize::try_from(number).ok())
                .ok_or(PolicyFault::Threshold)?,
        };
        if !(1..=members.len()).contains(&least) {
            return Err(PolicyFault::Threshold);
        }
        let members = members.iter().map(|member| self.take(member)).collect::<Result<_, _>>()?;
        self.define(name, Rule::Group { least, members })
    }

    fn set_quorum(&mut self, name: &str) -> Result<(), PolicyFault> {
        if self.quorum.is_some() {
            return Err(PolicyFault::Quorum);
        }
        let rule = if name == "none" { Rule::Nobody } else { self.find(name)?.rule.clone() };
        self.quorum = Some(rule);
        Ok(())
    }

    fn define(&mut self, name: &str, rule: Rule) -> Result<(), PolicyFault> {
        if name == "none" || self.find(name).is_ok() {
            return Err(PolicyFault::NameTaken);
        }
        self.defined.push(Defined { name: name.to_owned(), rule, is_member: false });
        Ok(())
    }

    fn take(&mut self, name: &str) -> Result<Rule, PolicyFault> {
        let found = self.find(name)?;
        if found.is_member {
            return Err(PolicyFault::NameUnknown);
        }
        found.is_member = true;
        Ok(found.rule.clone())
    }

    fn find(&mut self, name: &str) -> Result<&mut Defined, PolicyFault> {
        let found = self.defined.iter_mut().find(|defined| defined.name == name);
        found.ok_or(PolicyFault::NameUnknown)
    }
}

fn read_key(text: &str, cosigner: bool, known: &[Vkey]) -> Result<Vkey, PolicyFault> {
    let key: Vkey = text.parse().map_err(PolicyFault::Key)?;
    if key.is_cosigner() != cosigner {
        return Err(PolicyFault::Sort);
    }
    if known.iter().any(|other| other.key() == key.key()) {
        return Err(PolicyFault::KeyTwice);
    }
    Ok(key)
}
