use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher, Hasher},
    sync::mpsc,
    thread,
};

use serde_json::{Value, json};

use crate::janji::{Client, Folder, janji};

/// A number below `end`, of the operating system's chance.
fn chance(end: u64) -> u64 {
    RandomState::new().build_hasher().finish() % end
}

/// What the server has acknowledged.
enum Acknowledged {
    Written(String),
    Erased(String),
}

/// Writes and erases until the server is gone, and says what was acknowledged. The answer is the record of an
/// erasure that nobody was told the end of.
fn load(
    client: &Client,
    round: u64,
    writer: u64,
    acknowledged: &mpsc::Sender<Acknowledged>,
) -> Option<String> {
    let id = |answer: Option<(u16, Vec<u8>)>| {
        let (status, bytes) = answer?;
        assert_eq!(status, 201, "{}", String::from_utf8_lossy(&bytes));
        let made: Value = serde_json::from_slice(&bytes).unwrap();
        Some(made["id"].as_str().unwrap().to_owned())
    };
    for number in 0.. {
        let people = json!({ "people": ["customer"] });
        let person = id(client.ask("POST", "/v1/subjects", Some(&people)))?;
        let email = format!("{round}-{writer}-{number}@example.org");
        let fields = json!({ "full_name": "Sari Dewi", "email": email });
        let record = json!({ "subject": person, "category": "account", "fields": fields });
        let record = id(client.ask("POST", "/v1/records", Some(&record)))?;
        acknowledged.send(Acknowledged::Written(record.clone())).unwrap();
        if number % 4 == 3 {
            let path = format!("/v1/records/{record}");
            let Some((status, bytes)) = client.ask("DELETE", &path, None) else {
                return Some(record);
            };
            assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
            acknowledged.send(Acknowledged::Erased(record)).unwrap();
        }
    }
    None
}

fn kills() -> u64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "how long to test is no configuration of the server"
    )]
    let asked = std::env::var("JANJI_KILLS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(20)
}

/// Runs a server under load, kills it at a random moment, and answers what it had acknowledged: what was
/// written and must be there, and what was erased.
fn killed(folder: &Folder, token: &str, round: u64) -> (Vec<String>, Vec<String>) {
    let mut server = folder.serve(&[]);
    let (sender, receiver) = mpsc::channel();
    let writers: Vec<_> = (0..2)
        .map(|writer| {
            let (client, sender) = (server.client(token), sender.clone());
            thread::spawn(move || load(&client, round, writer, &sender))
        })
        .collect();
    drop(sender);
    let enough = usize::try_from(1 + chance(60)).unwrap();
    let mut seen: Vec<Acknowledged> = receiver.iter().take(enough).collect();
    server.kill();
    seen.extend(receiver.iter());
    let unknown: Vec<String> =
        writers.into_iter().filter_map(|writer| writer.join().unwrap()).collect();
    let (mut written, mut erased) = (Vec::new(), Vec::new());
    for one in seen {
        match one {
            Acknowledged::Written(id) => written.push(id),
            Acknowledged::Erased(id) => erased.push(id),
        }
    }
    written.retain(|id| !erased.contains(id) && !unknown.contains(id));
    (written, erased)
}

fn stand(client: &Client, written: &[String], erased: &[String]) {
    for id in written {
        assert_eq!(client.read(id), 200, "{id} was acknowledged");
    }
    for id in erased {
        assert_eq!(client.read(id), 410, "{id} was erased");
    }
}

#[test]
fn what_was_acknowledged_survives_a_killed_server() {
    let folder = Folder::new();
    let token = folder.token("system");
    let (mut all, mut gone) = (Vec::new(), Vec::new());
    for round in 0..kills() {
        let (written, erased) = killed(&folder, &token, round);
        let server = folder.serve(&[]);
        stand(&server.client(&token), &written, &erased);
        all.extend(written);
        gone.extend(erased);
    }
    let server = folder.serve(&[]);
    stand(&server.client(&token), &all, &gone);
    assert_eq!(server.end(), 0);
    folder.run(&["prove"]).says(0, "0 broken");
    let log = folder.text("data/log/deployment");
    janji(&["verify", &log, "--key", &folder.key()]).says(0, "verified");
}
