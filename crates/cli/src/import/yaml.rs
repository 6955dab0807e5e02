//! YAML as a tree with the line of each value, bounded in depth and size; an alias costs what it copies.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser};

/// Far more than any manifest nests.
const DEEPEST: usize = 48;
/// Values, those that aliases repeat included.
const MOST: usize = 200_000;

/// A value and the line it begins on.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) is: Is,
}

#[derive(Debug, Clone)]
pub(super) enum Is {
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// What is open while the tree is read, with the number of its anchor.
struct Open {
    node: Node,
    anchor: usize,
    key: Option<String>,
}

/// The first document of a file; why it cannot be read, with the line.
pub(super) fn read(text: &str) -> Result<Node, String> {
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: HashMap<usize, Node> = HashMap::new();
    let mut count = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) =
            event.map_err(|error| format!("line {}: this is no YAML", error.marker().line()))?;
        let line = span.start.line();
        let fail = |what: &str| Err(format!("line {line}: {what}"));
        count += 1;
        if count > MOST {
            return fail("more values than any manifest has");
        }
        let (node, anchor) = match event {
            Event::Scalar(text, _, anchor, _) => {
                (Node { line, is: Is::Text(text.into_owned()) }, anchor)
            }
            Event::Alias(of) => {
                let Some(node) = anchors.get(&of) else { return fail("an alias of nothing") };
                count += node.size();
                if count > MOST {
                    return fail("aliases repeat more values than any manifest has");
                }
                (node.clone(), 0)
            }
            Event::SequenceStart(anchor, _) => {
                open.push(Open {
                    node: Node { line, is: Is::List(Vec::new()) },
                    anchor,
                    key: None,
                });
                if open.len() > DEEPEST {
                    return fail("nested deeper than any manifest");
                }
                continue;
            }
            Event::MappingStart(anchor, _) => {
                open.push(Open { node: Node { line, is: Is::Map(Vec::new()) }, anchor, key: None });
                if open.len() > DEEPEST {
                    return fail("nested deeper than any manifest");
                }
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(done) => (done.node, done.anchor),
                None => continue,
            },
            Event::DocumentEnd => break,
            _ => continue,
        };
        if anchor > 0 {
            count += node.size();
            anchors.insert(anchor, node.clone());
        }
        match open.last_mut() {
            Some(above) => above.take(node),
            None => return Ok(node),
        }
    }
    Err("this file holds nothing".to_owned())
}

impl Open {
    fn take(&mut self, node: Node) {
        match (&mut self.node.is, self.key.take()) {
            (Is::List(items), _) => items.push(node),
            (Is::Map(entries), Some(key)) => entries.push((key, node)),
            (Is::Map(_), None) => self.key = Some(node.text().unwrap_or_default().to_owned()),
            (Is::Text(_), _) => {}
        }
    }
}

impl Node {
    fn size(&self) -> usize {
        match &self.is {
            Is::Text(_) => 1,
            Is::List(items) => 1 + items.iter().map(Self::size).sum::<usize>(),
            Is::Map(entries) => 1 + entries.iter().map(|(_, node)| 1 + node.size()).sum::<usize>(),
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        match &self.is {
            Is::Map(entries) => {
                entries.iter().find(|(known, _)| known == key).map(|(_, node)| node)
            }
            _ => None,
        }
    }

    /// The text, unless it says that there is none.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.is {
            Is::Text(text) if !matches!(text.trim(), "" | "null" | "~" | "None" | "N/A") => {
                Some(text.trim())
            }
            _ => None,
        }
    }

    /// The text of a key.
    pub(super) fn word(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// The items of a list, or the value itself.
    pub(super) fn items(&self) -> &[Node] {
        match &self.is {
            Is::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The texts of the list under a key.
    pub(super) fn words(&self, key: &str) -> Vec<&str> {
        self.get(key).map_or(&[][..], Node::items).iter().filter_map(Node::text).collect()
    }

    /// The maps of the list under a key.
    pub(super) fn each(&self, key: &str) -> &[Node] {
        self.get(key).map_or(&[], Node::items)
    }
}
