//! A further version from outside: planned, announced, taken back, in force by itself, whatever is killed.

use std::fs;

use serde_json::{Value, json};

use crate::janji::{Folder, Server, janji};

const START: &str = "--test-clock=2040-03-01T01:00:00Z";
const DAY: u64 = 86_400;

/// A folder with a test clock and one workspace.
fn folder() -> Folder {
    let folder = Folder::empty();
    assert_eq!(folder.serve(&[START]).end(), 0);
    folder.make("main").fine();
    folder
}

/// The policy of the folder as another version, with a text replaced.
fn version(folder: &Folder, name: &str, from: &str, to: &str) -> String {
    let text = fs::read_to_string(folder.path("data/policy.toml")).unwrap();
    assert!(text.contains(from), "{from}");
    let named = format!("version   = \"{name}\"");
    let text = text.replacen("version   = \"1\"", &named, 1).replacen(from, to, 1);
    let file = folder.path(&format!("{name}.toml"));
    fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

const TICKETS: &str = "\"1 year after resolved\"";

fn run(server: &Server, admin: &str, seconds: u64) {
    server.client(admin).post("/v1/test/clock", &json!({ "run": seconds }));
}

/// The name of the version that the page shows.
fn in_force(server: &Server) -> String {
    let (status, bytes) = server.client("").get("/policy.json");
    assert_eq!(status, 200);
    let page: Value = serde_json::from_slice(&bytes).unwrap();
    page["version"].as_str().unwrap().to_owned()
}

/// Waits for the housekeeping, which looks once a second.
fn soon(what: impl Fn() -> bool) -> bool {
    (0..300).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        what()
    })
}

#[test]
fn a_version_is_planned_announced_and_taken_back_from_the_command_line() {
    let folder = folder();
    let next = version(&folder, "2", TICKETS, "\"6 months after resolved\"");
    folder.run(&["plan", &next]).says(0, "needs 14 days of notice (notice.policy_change.before)");
    let plan = folder.run(&["plan", &next, "--json"]).json();
    assert_eq!(
        (plan["effective"].as_str().unwrap().get(..10), &plan["notice"]),
        (Some("2040-03-15"), &json!("14 days"))
    );
    folder
        .run(&["publish", &next])
        .says(0, "version 2 is announced and comes into force at 2040-03-15");
    folder.run(&["publish", &next]).says(2, "janji publish --cancel");
    folder.run(&["plan", &next]).says(2, "--cancel");
    folder.run(&["prove"]).says(0, "Example Shop: version 2 is announced for 2040-03-15");
    folder.run(&["publish"]).says(2, "<FILE>");
    folder.run(&["publish", "--cancel", "Nobody"]).says(2, "no workspace");
    folder.run(&["publish", "--cancel", &next]).says(0, "version 2 was taken back");
    folder.run(&["publish", "--cancel", "Example Shop"]).says(2, "no version is announced");
    // Words are no change that anybody waits for.
    let words = version(&folder, "3", "{ en = \"Support team\" }", "{ en = \"Support\" }");
    folder.run(&["publish", &words]).says(0, "version 3 is in force");
    folder.run(&["publish", "--cancel", "Example Shop"]).says(2, "no version is announced");
}

#[test]
fn an_announced_version_comes_into_force_beside_a_server_and_after_it_was_killed() {
    let folder = folder();
    let admin = folder.token("admin");
    let next = version(&folder, "2", TICKETS, "\"6 months after resolved\"");
    let mut server = folder.serve(&[START]);
    let person = server
        .client(&folder.token("system"))
        .post("/v1/subjects", &json!({ "people": ["customer"] }));
    let told = folder.run(&["publish", &next, "--json"]).json();
    assert_eq!(told["published"]["announced"], true, "{told}");
    server.kill();
    let mut server = folder.serve(&[START]);
    let path = format!("/v1/notices?subject={}", person["id"].as_str().unwrap());
    let (_, bytes) = server.client(&folder.token("system")).get(&path);
    let notices: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(notices["notices"].as_array().unwrap().len(), 1, "{notices}");
    let notice = notices["notices"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/notices/{notice}/acknowledge");
    let system = folder.token("system");
    assert_eq!(server.client(&system).ask("POST", &path, None).unwrap().0, 204);
    run(&server, &admin, 13 * DAY);
    let (_, page) = server.client("").get("/policy");
    assert!(String::from_utf8_lossy(&page).contains("A new version is announced"));
    assert_eq!(in_force(&server), "1");
    run(&server, &admin, DAY);
    server.kill();
    // The next life begins with it, or with a clock that remembers a little less and comes to it.
    let server = folder.serve(&[START]);
    run(&server, &admin, 14 * DAY);
    assert!(soon(|| in_force(&server) == "2"), "its time has come");
    folder.run(&["publish", "--cancel", "Example Shop"]).says(2, "in force already");
    folder.run(&["prove"]).says(0, "0 broken");
    assert_eq!(server.end(), 0);
}

#[test]
fn a_restored_backup_regains_an_announcement() {
    let folder = folder();
    let admin = folder.token("admin");
    let sets = folder.text("sets");
    let made = folder.run(&["backup", "--into", &sets, "--json"]).json();
    let set = made["folder"].as_str().unwrap().to_owned();
    let next = version(&folder, "2", TICKETS, "\"6 months after resolved\"");
    folder.run(&["publish", &next]).says(0, "is announced");
    let (escrow, new) = (folder.text("escrow"), folder.text("new"));
    janji(&["restore", "--set", &set, "--escrow", &escrow, "--data", &new]).says(0, "restored");
    let server = Server::start(&folder.path("new"), &[START]);
    assert_eq!(in_force(&server), "1");
    run(&server, &admin, 14 * DAY);
    assert!(soon(|| in_force(&server) == "2"), "its time has come");
    assert_eq!(server.end(), 0);
}
