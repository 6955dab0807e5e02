//! Poppler and qpdf over one file. Where they are missing the tests fail: `tests/tools.sh` installs them.

use std::{fs, process::Command};

use policy::Document;
use tempfile::TempDir;

/// A page as a file on disk.
pub(crate) struct File {
    folder: TempDir,
}

/// A word on a page and the box that it fills, in points.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

/// A4 in points.
pub(crate) const WIDTH: f64 = 595.276;
pub(crate) const HEIGHT: f64 = 841.89;

impl File {
    pub(crate) fn of(page: &Document) -> File {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("page.pdf"), pdf::render(page).unwrap()).unwrap();
        File { folder }
    }

    /// What a program says of the file.
    #[track_caller]
    pub(crate) fn ask(&self, program: &str, args: &[&str]) -> String {
        let file = self.folder.path().join("page.pdf");
        let mut command = Command::new(program);
        command.args(args).arg(file);
        if program == "pdftotext" {
            command.arg("-");
        }
        let output = command.output();
        let output =
            output.unwrap_or_else(|_| panic!("`{program}` is missing: run tests/tools.sh"));
        assert!(output.status.success(), "{program} {args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The text between header and footer, page after page.
    pub(crate) fn body(&self) -> String {
        self.ask("pdftotext", &["-x", "0", "-y", "60", "-W", "596", "-H", "725"])
    }

    /// Every word with its box.
    pub(crate) fn words(&self) -> Vec<Word> {
        let page = self.ask("pdftotext", &["-bbox"]);
        page.lines().filter_map(|line| line.trim().strip_prefix("<word ")).map(word).collect()
    }

    pub(crate) fn pages(&self) -> usize {
        let info = self.ask("pdfinfo", &[]);
        let line = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap();
        line.trim().parse().unwrap()
    }
}

/// `xMin="…" yMin="…" xMax="…" yMax="…">text</word>`
fn word(line: &str) -> Word {
    let number = |name: &str| -> f64 {
        let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.parse().unwrap()
    };
    let (_, text) = line.split_once('>').unwrap();
    Word {
        text: text.trim_end_matches("</word>").to_owned(),
        left: number("xMin"),
        top: number("yMin"),
        right: number("xMax"),
        bottom: number("yMax"),
    }
}

/// A text without spaces and hyphens: line ends add both.
pub(crate) fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"-\u{ad}\u{2010}\u{c}".contains(*c)).collect()
}
