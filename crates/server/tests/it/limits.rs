//! Every limit of the table, met from outside.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Arc,
    thread,
};

use serde_json::json;
use server::{ServeError, Settings, serve};

use crate::world::TestServer;

#[test]
fn a_body_too_large_too_deep_or_of_another_type_is_refused() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let large = json!({"people": ["x".repeat(300 * 1024)]});
    assert_eq!(server.post(&ws.system, "/v1/subjects", large).status, 413);
    let bearer = format!("Bearer {}", ws.system);
    let json = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let deep = format!("{{\"people\":{}{}}}", "[".repeat(40), "]".repeat(40));
    let deep = server.send("POST", "/v1/subjects", &json, Some(deep.as_bytes()));
    assert_eq!(
        (deep.status, deep.json()["type"].as_str()),
        (400, Some("https://janji.dev/problems/malformed"))
    );
    let twice = server.send("POST", "/v1/subjects", &json, Some(b"{\"people\":[],\"people\":[]}"));
    assert_eq!(twice.status, 400);
    let text = [("authorization", bearer.as_str()), ("content-type", "text/plain")];
    assert_eq!(server.send("POST", "/v1/subjects", &text, Some(b"{}")).status, 415);
    let blob = vec![0; 16 * 1024 * 1024 + 1];
    let path = "/v1/blobs?subject=sub_x&category=account&field=photo";
    assert_eq!(server.send("POST", path, &text, Some(&blob)).status, 413);
}

/// What the server answers to bytes as they are, before it closes the connection.
fn raw(server: &TestServer, head: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    // The listener may close before all is sent.
    let _ = stream.write_all(head.as_bytes());
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

#[test]
fn a_long_address_is_refused() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let long = server.get(&ws.system, &format!("/v1/features?x={}", "y".repeat(5000)));
    assert_eq!(long.status, 414);
}

#[test]
fn a_large_head_is_refused_and_a_huge_one_is_not_even_read() {
    let server = TestServer::start();
    let head = |len: usize| {
        let filler = "y".repeat(len);
        format!("GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx: {filler}\r\n\r\n")
    };
    assert!(raw(&server, &head(30_000)).starts_with("HTTP/1.1 200"));
    assert!(raw(&server, &head(40_000)).starts_with("HTTP/1.1 431"));
    let huge = raw(&server, &head(4_000_000));
    assert!(huge.is_empty() || huge.starts_with("HTTP/1.1 431"), "{huge}");
    let many = "x: y\r\n".repeat(100);
    let many = raw(&server, &format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{many}\r\n"));
    assert!(many.starts_with("HTTP/1.1 431"), "{many}");
}

#[test]
fn a_token_that_asks_too_often_is_told_when_to_come_again() {
    let server = TestServer::with(|settings| {
        settings.rate = 1;
        settings.burst = 20;
    });
    let ws = server.workspace("main");
    let answers: Vec<_> = (0..40).map(|_| server.get(&ws.system, "/v1/features")).collect();
    let refused = answers.iter().find(|answer| answer.status == 429).unwrap();
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(server.get(&ws.officer, "/v1/features").status, 200);
}

#[test]
fn more_requests_at_one_time_than_allowed_are_sent_away() {
    let server = TestServer::with(|settings| settings.in_flight = 0);
    let answer = server.get("x", "/healthz");
    assert_eq!(answer.status, 503);
    assert_eq!(answer.header("retry-after"), "1");
}

#[test]
fn an_address_that_others_can_reach_is_refused() {
    let server = TestServer::start();
    let settings = Settings { address: ([0, 0, 0, 0], 0).into(), ..Settings::default() };
    let refused = serve(settings, Arc::clone(&server.deployment)).unwrap_err();
    assert!(matches!(refused, ServeError::NotLoopback(_)));
    assert!(refused.to_string().contains("127.0.0.1"));
}

#[test]
fn many_writers_at_once_are_all_answered_and_all_kept() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..10 {
                    let fields = json!({"ip": "203.0.113.7", "browser": "x"});
                    server.record(&ws.system, &sari, "technical", None, fields).id();
                }
            });
        }
    });
    let path = format!("/v1/records?subject={sari}&purpose=security&limit=200");
    let list = server.get(&ws.system, &path).json();
    assert_eq!(list["records"].as_array().unwrap().len(), 80);
}

#[test]
fn stopping_answers_what_is_open_and_frees_the_port() {
    let mut server = TestServer::start();
    let ws = server.workspace("main");
    server.subject(&ws, &["user"]);
    let address = server.address();
    server.running.take().unwrap().stop();
    assert!(TcpStream::connect(address).is_err());
}
