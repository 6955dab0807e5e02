//! An officer reads a policy file from top to bottom: it is short, and much of it is words.

use super::policies;

const LONGEST: usize = 600;

/// Characters that people read: comments, reasons, and the words of the page.
fn words(source: &str) -> usize {
    let mut words = 0;
    let mut read = false;
    for line in source.lines() {
        if line.starts_with('[') {
            read = matches!(line.split(']').next(), Some("[decided" | "[text"));
        }
        words += match line.split_once('#') {
            Some((_, comment)) => comment.chars().count(),
            None if read && !line.starts_with('[') => line.chars().count(),
            None => 0,
        };
    }
    words
}

/// Sections that have no comment of their own or above them, and are no part of a commented chapter.
fn bare(source: &str) -> Vec<&str> {
    let mut bare = Vec::new();
    let mut chapter = false;
    for line in source.lines() {
        chapter |= line.starts_with('#');
        if line.starts_with('[') && !chapter && !line.contains('#') {
            bare.push(line);
        }
    }
    bare
}

#[test]
fn a_policy_file_can_be_read_by_an_officer() {
    for (name, source) in policies() {
        let lines = source.lines().count();
        assert!(lines <= LONGEST, "{name} has {lines} lines, more than {LONGEST}");
        let (words, all) = (words(&source), source.chars().count());
        assert!(words * 3 >= all, "{name}: only {words} of {all} characters are words");
        assert_eq!(bare(&source), Vec::<&str>::new(), "{name}: nothing says what these are");
        let chapters = source.lines().filter(|line| line.starts_with("# ──")).count();
        assert!(chapters >= 6, "{name} has {chapters} chapters only");
    }
}

#[test]
fn rules_alone_are_no_words_and_uncommented_sections_are_found() {
    assert_eq!(words("[data.a]\nkeep = \"1 day\"\n"), 0);
    assert_eq!(words("[text]\na = 1\n[data]\nb = 2 # why\n"), 5 + 4);
    assert_eq!(bare("janji = 1\n[policy]\n# words\n[company]\n"), ["[policy]"]);
}
