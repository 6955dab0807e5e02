use std::fs;

use serde_json::Value;

use crate::janji::{Folder, janji};

#[test]
fn a_certificate_verifies_offline_with_the_key_and_not_without() {
    let folder = Folder::new();
    let key = folder.key();
    let server = folder.serve(&[]);
    let client = server.client(&folder.token("system"));
    let (sari, _) = client.account("sari@example.org");
    let id = client.erase(&sari);
    let (status, bytes) = client.get(&format!("/v1/certificates/{id}"));
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
    assert_eq!(server.end(), 0);
    let file = folder.path("certificate.json");
    fs::write(&file, &bytes).unwrap();
    let file = file.to_str().unwrap();
    let told = janji(&["verify", file, "--key", &key]).fine();
    for part in ["verified", &id, &sari, "everything about one person", "unreadable", "janji.log/"]
    {
        assert!(told.contains(part), "{part}\n{told}");
    }
    janji(&["verify", file]).says(1, "signer not known");
    janji(&["verify", file, "--key", "nonsense"]).says(2, "is no key");
    let policy = folder.path("trust");
    fs::write(&policy, format!("log {key}\nquorum none\n")).unwrap();
    janji(&["verify", file, "--policy", policy.to_str().unwrap()]).says(0, "verified");
    let mut changed: Value = serde_json::from_slice(&bytes).unwrap();
    changed["salt"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".into();
    fs::write(file, serde_json::to_string_pretty(&changed).unwrap() + "\n").unwrap();
    janji(&["verify", file, "--key", &key]).says(1, "not proven");
    janji(&["verify", "/nowhere", "--key", &key]).says(2, "cannot be read");
}

#[test]
fn a_log_verifies_from_its_files() {
    let folder = Folder::new();
    let key = folder.key();
    assert_eq!(folder.serve(&[]).end(), 0);
    let log = folder.text("data/log/deployment");
    janji(&["verify", &log, "--key", &key]).says(0, "verified: all");
    janji(&["verify", &log]).says(1, "signer not known");
    let tile =
        fs::read_dir(folder.path("data/log/deployment/tile/entries")).unwrap().next().unwrap();
    fs::remove_dir_all(tile.unwrap().path()).unwrap();
    janji(&["verify", &log, "--key", &key]).says(1, "not proven");
}

#[test]
fn prove_shows_a_state_for_each_promise() {
    let folder = Folder::new();
    let proved = folder.run(&["prove", "--json"]).json();
    assert_eq!(proved["broken"], 0, "{proved}");
    let table = folder.run(&["prove", "--workspace", "main"]).fine();
    assert!(table.starts_with("WORKSPACE"), "{table}");
    folder.run(&["prove", "--workspace", "none"]).says(2, "no workspace");
}
