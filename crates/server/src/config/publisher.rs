//! `[publisher."COMPANY"]`: what the public sees of a company on this server.

use engine::Deployment;
use toml::Table;

use super::{ConfigError, known as known_keys, section_of, text_of, wrong};

/// The name of the section.
pub(super) const SECTION: &str = "publisher";

/// A company, as the public finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher {
    /// The company, by the name in its policy.
    pub company: String,
    /// Its host names, in lower case and without ports; pages link to the first.
    pub hosts: Vec<String>,
    /// Where to report a weakness to this company.
    pub security_contact: Option<String>,
}

/// Reads every company of the file.
pub(super) fn read(file: &Table) -> Result<Vec<Publisher>, ConfigError> {
    let mut all: Vec<Publisher> = Vec::new();
    let Some(section) = section_of(file, SECTION)? else { return Ok(all) };
    for (company, value) in section {
        let place = format!("{SECTION}.\"{company}\"");
        let table = value.as_table().ok_or_else(|| wrong(&place, "a section"))?;
        known_keys(&format!("{place}."), table, &["hosts", "security_contact"])?;
        let expected = "a list of host names, without ports";
        let named = table.get("hosts").ok_or_else(|| wrong(&format!("{place}.hosts"), expected))?;
        let names = named.as_array().and_then(|names| {
            names.iter().map(|name| host(name.as_str()?)).collect::<Option<Vec<String>>>()
        });
        let names = names.filter(|names| !names.is_empty());
        let hosts = names.ok_or_else(|| wrong(&format!("{place}.hosts"), expected))?;
        let taken = all.iter().flat_map(|one| &one.hosts);
        let mut seen: std::collections::BTreeSet<&str> = taken.map(String::as_str).collect();
        if let Some(twice) = hosts.iter().find(|name| !seen.insert(name)) {
            return Err(ConfigError::Twice(twice.clone()));
        }
        let contact = table.get("security_contact").map(|value| {
            text_of(value).ok_or_else(|| wrong(&format!("{place}.security_contact"), "a text"))
        });
        let security_contact = contact.transpose()?;
        all.push(Publisher { company: company.clone(), hosts, security_contact });
    }
    Ok(all)
}

/// A host name in the form in which names are compared: lower case, no dot at the end.
fn host(text: &str) -> Option<String> {
    let name = text.to_ascii_lowercase();
    let name = name.strip_suffix('.').unwrap_or(&name);
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    (name.len() <= 253 && name.split('.').all(label)).then(|| name.to_owned())
}

/// The names of the companies that publish in a folder.
pub(super) fn companies(deployment: &Deployment) -> Result<Vec<String>, ConfigError> {
    let all = deployment.control().publishers().map_err(engine::Refusal::from)?;
    Ok(all.into_iter().map(|(_, name)| name).collect())
}

/// Refuses a company that is not there, and several of which one cannot be found.
pub(super) fn known(all: &[Publisher], companies: &[String]) -> Result<(), ConfigError> {
    let names: Vec<&str> = companies.iter().map(String::as_str).collect();
    if let Some(stranger) = all.iter().find(|one| !names.contains(&one.company.as_str())) {
        let help = match engine::policy::nearest(&stranger.company, &names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "make its workspace before the server starts".to_owned(),
        };
        return Err(ConfigError::Publisher { company: stranger.company.clone(), help });
    }
    placed(all, companies)
}

/// Refuses several companies of which one has no host name.
pub(super) fn placed(all: &[Publisher], companies: &[String]) -> Result<(), ConfigError> {
    let has_host = |company: &String| all.iter().any(|one| one.company == *company);
    match companies.iter().find(|company| !has_host(company)) {
        Some(lost) if companies.len() > 1 => Err(ConfigError::Host(lost.clone())),
        _ => Ok(()),
    }
}
