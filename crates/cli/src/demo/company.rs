//! A company of the demo: a policy, a host name, and what happens there.

use anyhow::Result;

use super::{
    ashari::{self, Ashari},
    hands::Hands,
    smartta::{self, Smartta},
    stage::Day,
    takara::{self, Takara},
    tapsence::{self, Tapsence},
    tarrasmart::{self, Tarrasmart},
};

/// Weeks of the whole story: three years.
pub(crate) const WEEKS: usize = 157;
/// The week after which the backup is taken that is restored at the end. An older one could not be: the
/// keys of its epoch are destroyed by then.
pub(crate) const BACKUP: usize = 140;

/// What is known of a company before anything happens.
#[derive(Debug)]
pub(crate) struct About {
    /// The name by which it is known.
    pub(crate) brand: &'static str,
    /// Where it sits.
    pub(crate) place: &'static str,
    /// The name of its workspace, and the first part of its host name.
    pub(crate) word: &'static str,
    /// What is shown of it, in a few words.
    pub(crate) story: &'static str,
    /// Its policy.
    pub(crate) policy: &'static str,
    /// The features that it uses.
    pub(crate) features: &'static [&'static str],
    /// The settings that it switches on.
    pub(crate) settings: &'static [&'static str],
    /// The documents that it accepts before anything is stored.
    pub(crate) documents: &'static [&'static str],
    /// The roles of its staff who act.
    pub(crate) staff: &'static [&'static str],
}

impl About {
    /// The host name of its pages: browsers find every `*.localhost` on the machine itself (RFC 6761).
    pub(crate) fn host(&self) -> String {
        format!("{}.localhost", self.word)
    }
}

/// What happens at a company.
pub(crate) trait Story: Send {
    /// Lets one week happen.
    fn week(&mut self, hands: &Hands, day: Day, week: usize) -> Result<()>;

    /// Somebody who is erased after the backup was taken.
    fn erased_late(&self) -> Option<&str>;

    /// Somebody who is there all the time from before the backup to the end.
    fn stays(&self) -> Option<&str>;
}

/// Every company of the demo, with its story.
pub(crate) fn all() -> Vec<(&'static About, Box<dyn Story>)> {
    vec![
        (&ashari::ABOUT, Box::new(Ashari::default())),
        (&tarrasmart::ABOUT, Box::new(Tarrasmart::default())),
        (&takara::ABOUT, Box::new(Takara::default())),
        (&tapsence::ABOUT, Box::new(Tapsence::default())),
        (&smartta::ABOUT, Box::new(Smartta::default())),
    ]
}
