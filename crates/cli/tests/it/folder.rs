use std::fs;

use serde_json::Value;

use crate::janji::{Folder, Server, janji};

#[test]
fn workspaces_and_tokens_are_made_without_a_server() {
    let folder = Folder::new();
    folder.make("main").says(2, "is there");
    folder.make("Main").says(2, "a-z");
    folder.make("second").says(0, "made workspace second");
    let listed = folder.run(&["workspace", "list"]).fine();
    assert!(listed.contains("main") && listed.contains("second  Example Shop"), "{listed}");
    let staff = ["token", "create", "--workspace", "main", "--role", "staff:support", "--json"];
    let made = folder.run(&staff).json();
    assert!(made["token"].as_str().unwrap().starts_with("janji_"), "{made}");
    let id = made["id"].to_string();
    folder.run(&["token", "revoke", "--workspace", "main", &id]).says(0, "revoked");
    folder.run(&["token", "revoke", "--workspace", "main", "1"]).says(2, "nothing with this id");
    for (role, why) in [("boss", "role"), ("staff:boss", "staff"), ("person", "subject")] {
        folder.run(&["token", "create", "--workspace", "main", "--role", role]).says(2, why);
    }
    let elsewhere = ["token", "create", "--workspace", "none", "--role", "system"];
    folder.run(&elsewhere).says(2, "no workspace `none`");
    let feature = ["workspace", "feature", "main", "dreams", "on"];
    folder.run(&feature).says(2, "feature");
}

#[test]
fn a_workspace_under_a_broken_policy_is_not_made() {
    let folder = Folder::new();
    let policy = folder.path("data/policy.toml");
    let text = fs::read_to_string(&policy).unwrap();
    fs::write(&policy, text.replace("zone     =", "zoe      =")).unwrap();
    folder.make("other").says(1, "error[");
    assert!(!folder.run(&["workspace", "list"]).fine().contains("other"));
}

#[test]
fn an_export_leaves_out_who_restricted_their_data() {
    let folder = Folder::new();
    let (system, officer) = (folder.token("system"), folder.token("officer"));
    let server = folder.serve(&[]);
    let client = server.client(&system);
    let (sari, _) = client.account("sari@example.org");
    let (budi, _) = client.account("budi@example.org");
    let ask = serde_json::json!({ "subject": sari, "kind": "restriction" });
    server.client(&officer).ask("POST", "/v1/requests", Some(&ask)).unwrap();
    let asked = client.ask("POST", "/v1/requests", Some(&ask)).unwrap();
    assert!(asked.0 < 300 || asked.0 == 409, "{asked:?}");
    let lines = folder.run(&["export", "--workspace", "main"]).fine();
    let people: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(people.len(), 1, "{lines}");
    assert_eq!(people[0]["subject"], budi.as_str());
    assert_eq!(server.end(), 0);
    let file = folder.text("copy.jsonl");
    let own = ["export", "--workspace", "main", "--subject", &sari, "--out", &file];
    folder.run(&own).says(0, "people: 1");
    let copy: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(copy["records"][0]["fields"]["email"], "sari@example.org");
    folder.run(&own).says(2, "cannot be made");
    folder
        .run(&["export", "--workspace", "main", "--subject", "sub_0"])
        .says(2, "nothing with this id");
}

#[test]
fn a_backup_restored_elsewhere_brings_nobody_back() {
    let folder = Folder::new();
    let token = folder.token("system");
    let sets = folder.text("sets");
    let server = folder.serve(&[]);
    let client = server.client(&token);
    let (sari, lost) = client.account("sari@example.org");
    let (_, kept) = client.account("budi@example.org");
    let made = folder.run(&["backup", "--into", &sets, "--json"]).json();
    let set = made["folder"].as_str().unwrap().to_owned();
    client.erase(&sari);
    assert_eq!(server.end(), 0);
    let (escrow, new) = (folder.text("escrow"), folder.text("new"));
    let restore = |escrow: &str, into: &str| {
        janji(&["restore", "--set", &set, "--escrow", escrow, "--data", into])
    };
    restore(&folder.text("no-escrow"), &new).says(2, "no guard journal");
    restore(&escrow, &folder.data()).says(2, "not empty");
    restore(&escrow, &new).says(0, "restored");
    let server = Server::start(&folder.path("new"), &[]);
    let client = server.client(&token);
    assert_eq!((client.read(&lost), client.read(&kept)), (410, 200));
    client.account("sari@example.org");
}

#[test]
fn a_backup_needs_a_folder() {
    Folder::new().run(&["backup"]).says(2, "--into");
}
