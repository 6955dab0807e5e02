//! The sentences of notices: Janji's own, filled from the rows that they speak of.

use crate::{document::said, labels, model::Policy};

/// What somebody is told: a kind of notice, the rule that it speaks of, and the day when it takes effect.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The kind, as the engine names it.
    pub kind: &'a str,
    /// The path of the rule.
    pub rule: &'a str,
    /// The day, where there is one.
    pub day: Option<&'a str>,
}

impl Policy {
    /// The title and the sentences of a notice, in one of the policy's languages.
    pub fn told(&self, told: &Told<'_>, language: &str) -> (String, String) {
        let title = labels::row(&format!("notice.{}", told.kind), language);
        let (id, day) = (language == "id", told.day.unwrap_or_default());
        let text = match told.kind {
            "lapse" => self.lapse(told.rule, day, language),
            "hold" if id => format!(
                "{} ditahan untuk suatu proses hukum. Selama ditahan, data itu tidak dihapus.",
                self.whose(told.rule, language)
            ),
            "hold" => format!(
                "{} under a legal hold. What it covers is not deleted until it is released.",
                self.whose(told.rule, language)
            ),
            "release" if id => "Penahanan hukum atas data Anda dilepas. Penghapusan yang \
                 menunggunya kini berjalan."
                .to_owned(),
            "release" => "The legal hold on data about you was released. Erasures that waited for \
                 it now run."
                .to_owned(),
            "restriction_lifted" if id => "Pembatasan yang Anda minta dicabut. Data Anda dapat \
                 dipakai lagi untuk tujuan dalam kebijakan."
                .to_owned(),
            "restriction_lifted" => "The restriction that you asked for is lifted. Your data may \
                 be used again for the purposes of the policy."
                .to_owned(),
            "policy_change" if id => format!("Kebijakan privasi berubah mulai {day}."),
            "policy_change" => format!("The privacy policy changes from {day} on."),
            _ => title.clone(),
        };
        (title, text)
    }

    /// What a hold covers: one category, or everything.
    fn whose(&self, rule: &str, language: &str) -> String {
        let own = rule.starts_with("data.").then(|| self.words_for(rule, language));
        match (own, language == "id") {
            (Some(own), true) => format!("Data Anda ({own})"),
            (Some(own), false) => format!("Data about you ({own}) are"),
            (None, true) => "Data Anda".to_owned(),
            (None, false) => "Data about you are".to_owned(),
        }
    }

    fn lapse(&self, rule: &str, day: &str, language: &str) -> String {
        let row = rule.strip_suffix(".lapses").unwrap_or(rule);
        let words = self.words_for(row, language);
        let id = row.strip_prefix("data.").unwrap_or(row);
        let grace = self.category(id).and_then(|category| category.grace);
        let grace = grace.map(|period| said(period, language)).unwrap_or_default();
        if language == "id" {
            return format!(
                "{words} ditutup pada {day} karena tidak dipakai, kecuali Anda memakainya sebelum \
                 itu. Setelah ditutup masih dapat dipulihkan selama {grace}, lalu dihapus."
            );
        }
        format!(
            "{words} closes on {day} because nobody uses it, unless you use it before. After that \
             it can be restored for {grace}; then it is erased."
        )
    }
}
