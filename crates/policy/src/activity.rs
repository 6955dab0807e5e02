//! Processing activities: what is done with which data, for which purpose and in which role. Records that laws
//! ask for are about these.

use crate::{
    diff::value::Value,
    model::{Category, Policy, Purpose, Recipient, Share},
};

/// One purpose in one role, with the data that are used for it.
#[derive(Debug)]
pub(crate) struct Activity<'p> {
    pub(crate) purpose: &'p Purpose,
    /// Whether a customer decides over the data.
    pub(crate) processor: bool,
    pub(crate) categories: Vec<&'p Category>,
}

impl Policy {
    /// Every purpose, once for the data that are the company's own and once for those of its customers. A
    /// purpose that uses no data of its own is an activity of the company all the same.
    pub(crate) fn activities(&self) -> Vec<Activity<'_>> {
        let mut found = Vec::new();
        for purpose in &self.purposes {
            let used = |id: &str| {
                let of = |one: &Category| one.purposes.contains(&purpose.id);
                self.category(id).is_some_and(of)
            };
            let counted = |one: &Category| one.feeds.as_deref().is_some_and(used);
            let about = || self.categories.iter().filter(|one| used(&one.id) || counted(one));
            let (theirs, ours): (Vec<&Category>, Vec<&Category>) =
                about().partition(|one| one.processor);
            if !ours.is_empty() || theirs.is_empty() {
                found.push(Activity { purpose, processor: false, categories: ours });
            }
            if !theirs.is_empty() {
                found.push(Activity { purpose, processor: true, categories: theirs });
            }
        }
        found
    }
}

impl<'p> Activity<'p> {
    /// The kinds of person whose data are used, in the order of the scope.
    pub(crate) fn people(&self, policy: &'p Policy) -> Vec<&'p str> {
        let of = |kind: &&String| self.categories.iter().any(|one| one.of.contains(kind));
        policy.people.iter().filter(of).map(String::as_str).collect()
    }

    /// Who else gets some of the data: processors whatever the purpose, controllers for theirs, and
    /// authorities in a legal case.
    pub(crate) fn recipients(&self, policy: &'p Policy) -> Vec<&'p Recipient> {
        policy.recipients.iter().filter(|recipient| self.reaches(policy, recipient)).collect()
    }

    fn reaches(&self, policy: &Policy, recipient: &Recipient) -> bool {
        let gets = |category: &&Category| {
            recipient.gets.iter().any(|piece| {
                let whole = piece.split('.').next().unwrap_or(piece);
                piece == "sealed" || whole == category.id
            })
        };
        let given = self.categories.iter().any(gets);
        match recipient.role.as_str() {
            "processor" => given,
            "authority" => {
                let barred = |one: &&Category| one.share == Share::Never;
                given || (recipient.gets.is_empty() && !self.categories.iter().all(barred))
            }
            _ => {
                let path = format!("recipient.{}", recipient.id);
                let purposes = policy.texts(&path, "for");
                let named = purposes.contains(&self.purpose.id);
                named && (given || recipient.gets.is_empty())
            }
        }
    }
}

impl Policy {
    /// The texts of a key of a row.
    pub(crate) fn texts(&self, path: &str, key: &str) -> Vec<String> {
        let row = self.rows.iter().find(|row| row.path == path);
        let key = row.and_then(|row| row.keys.iter().find(|one| one.key == key));
        key.map_or_else(Vec::new, |key| {
            Value::read(&key.value).texts().into_iter().map(str::to_owned).collect()
        })
    }

    /// The countries of a recipient that are not at home.
    pub(crate) fn abroad<'p>(&self, recipient: &'p Recipient) -> Vec<&'p str> {
        let home = self.texts("transfer", "home");
        let away = |country: &&String| !home.contains(country);
        recipient.countries.iter().filter(away).map(String::as_str).collect()
    }

    /// What guards a transfer to a recipient: its own safeguards, else those of all.
    pub(crate) fn safeguards(&self, recipient: &Recipient) -> Vec<String> {
        let own = self.texts(&format!("recipient.{}", recipient.id), "safeguards");
        if own.is_empty() { self.texts("transfer", "safeguards") } else { own }
    }
}
