use std::{fs, os::unix::fs::PermissionsExt, time::Instant};

use crate::janji::{Client, Folder};

/// Generous, because other tests run beside this one.
const SECONDS: u64 = 20;

#[test]
fn serve_answers_soon_and_ends_well_when_told() {
    let folder = Folder::new();
    let begun = Instant::now();
    let server = folder.serve(&[]);
    assert_eq!(Client::new(&server.base, "").get("/healthz").0, 200);
    assert!(begun.elapsed().as_secs() < SECONDS, "{:?}", begun.elapsed());
    let begun = Instant::now();
    assert_eq!(server.end(), 0);
    assert!(begun.elapsed().as_secs() < SECONDS, "{:?}", begun.elapsed());
}

#[test]
fn serve_listens_on_loopback_only() {
    let folder = Folder::new();
    folder.run(&["serve", "--listen", "0.0.0.0:0"]).says(2, "no loopback address");
    folder.run(&["serve", "--listen", "everywhere"]).says(2, "--listen");
}

#[test]
fn a_folder_with_a_test_clock_is_marked_for_ever() {
    let folder = Folder::empty();
    folder.run(&["serve", "--test-clock=yesterday"]).says(2, "RFC 3339");
    let server = folder.serve(&["--test-clock=2040-03-01T01:00:00Z"]);
    assert_eq!(server.end(), 0);
    folder.run(&["serve", "--listen", "127.0.0.1:0"]).says(2, "test clock");
    // Commands go on, at the time where the clock stands.
    folder.make("main").fine();
    let token =
        ["token", "create", "--workspace", "main", "--role", "admin", "--days", "1", "--json"];
    let made = folder.run(&token).json();
    assert!(made["expires"].as_str().unwrap().starts_with("2040-03-02"), "{made}");
}

#[test]
fn commands_beside_a_server_go_through_its_socket() {
    let folder = Folder::new();
    let server = folder.serve(&[]);
    let socket = folder.path("data/janji.sock");
    assert_eq!(fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);
    folder.run(&["serve", "--listen", "127.0.0.1:0"]).says(2, "another process serves");
    let client = server.client(&folder.token("system"));
    client.account("sari@example.org");
    folder.make("second").says(0, "made workspace second");
    assert!(folder.run(&["workspace", "list"]).fine().contains("second"));
    folder.run(&["backup", "--into", &folder.text("sets")]).says(0, "files to");
    folder.run(&["prove", "--workspace", "main", "--json"]).says(0, "\"broken\": 0");
    folder.run(&["export", "--workspace", "main"]).says(0, "sari@example.org");
    let made =
        folder.run(&["token", "create", "--workspace", "main", "--role", "admin", "--json"]).json();
    let admin = server.client(made["token"].as_str().unwrap());
    assert_eq!(admin.get("/v1/features").0, 200);
    let id = made["id"].to_string();
    folder.run(&["token", "revoke", "--workspace", "main", &id]).says(0, "revoked");
    assert_eq!(admin.get("/v1/features").0, 401);
    folder
        .run(&["token", "create", "--workspace", "none", "--role", "admin"])
        .says(2, "no workspace");
    assert_eq!(server.end(), 0);
    assert!(!socket.exists(), "the socket goes with the server");
}
