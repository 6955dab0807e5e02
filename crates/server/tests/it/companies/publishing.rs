//! What is kept by publishing it: the page says exactly that, in every language.

use serde_json::Value;

use super::bench::Company;

impl Company {
    pub(crate) fn page(&self, language: &str) -> Value {
        self.server.send("GET", &format!("/policy.json?lang={language}"), &[], None).json()
    }

    /// One row of the page in a language.
    pub(crate) fn row(&self, language: &str, path: &str) -> Value {
        let page = self.page(language);
        let rows = page["chapters"].as_array().unwrap().iter();
        let mut rows = rows.flat_map(|chapter| chapter["rows"].as_array().unwrap());
        let found = rows.find(|row| row["path"] == path);
        found.unwrap_or_else(|| panic!("{path} is not on the page in {language}")).clone()
    }

    /// A row says exactly these values, in every language, to people and to programs.
    pub(crate) fn said(&self, path: &str, values: &[&str]) {
        for language in &self.policy.languages {
            self.said_in(language, path, values);
        }
    }

    pub(crate) fn said_in(&self, language: &str, path: &str, values: &[&str]) {
        let row = self.row(language, path);
        let facts = row["facts"].as_array().unwrap();
        let said: Vec<&str> = facts.iter().map(|fact| fact["value"].as_str().unwrap()).collect();
        for value in values {
            assert!(said.contains(value), "{language}, {path}: no {value} in {said:?}");
        }
        let html = self.server.send("GET", &format!("/policy?lang={language}"), &[], None).text();
        let from = html.find(&format!("id=\"{path}\"")).unwrap();
        let row = &html[from..];
        let row = &row[..row.find("</article>").unwrap()];
        let shown: Vec<String> = row.split("<dd>").skip(1).map(words).collect();
        for value in values {
            assert!(shown.iter().any(|own| own == value), "{language}, {path}: {shown:?}");
        }
    }
}

/// The words of a value, without the links on them.
fn words(value: &str) -> String {
    let value = value.split("</dd>").next().unwrap();
    let parts = value.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
    let words: String = parts.collect();
    words.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&")
}
