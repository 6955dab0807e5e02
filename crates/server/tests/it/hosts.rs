//! Several companies on one server: each has its pages under its own host names, and a token opens its own
//! workspace whatever host it is sent to.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use serde_json::json;
use server::config::Publisher;

use crate::world::{Answer, POLICY, TestServer, Workspace};

/// A server with two companies.
struct Two {
    server: TestServer,
    ashari: Workspace,
    bahari: Workspace,
}

fn placed(company: &str, hosts: &[&str], contact: Option<&str>) -> Publisher {
    Publisher {
        company: company.to_owned(),
        hosts: hosts.iter().map(|&host| host.to_owned()).collect(),
        security_contact: contact.map(str::to_owned),
    }
}

fn two() -> Two {
    let server = TestServer::with(|settings| {
        settings.security_contact = Some("mailto:operator@host.example".to_owned());
        settings.publishers = vec![
            placed("Ashari Tech", &["ashari.example", "ashari.localhost"], None),
            placed("Bahari Jaya", &["bahari.localhost"], Some("mailto:safe@bahari.example")),
        ];
    });
    let ashari = server.workspace("ashari");
    let other = POLICY.replace("Ashari Tech", "Bahari Jaya").replace("ASH-", "BHR-");
    let bahari = server.workspace_of("bahari", &other);
    Two { server, ashari, bahari }
}

impl Two {
    fn at(&self, host: &str, path: &str) -> Answer {
        self.server.send("GET", path, &[("host", host)], None)
    }

    /// Bytes as they are, for what no client would send.
    fn raw(&self, head: &str) -> String {
        let mut stream = TcpStream::connect(self.server.address()).unwrap();
        write!(stream, "{head}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

const PATHS: [&str; 6] =
    ["/", "/policy", "/policy.json", "/policy.md", "/trust", "/.well-known/security.txt"];

#[test]
fn each_company_shows_its_own_pages_under_its_own_host() {
    let two = two();
    let sides = [
        ("ashari.example", "Ashari Tech", "Bahari Jaya", "ASH-118", "operator@host.example"),
        ("bahari.localhost", "Bahari Jaya", "Ashari Tech", "BHR-118", "safe@bahari.example"),
    ];
    for (host, own, other, promise, contact) in sides {
        for path in PATHS {
            let answer = two.at(host, path);
            assert_eq!(answer.status, 200, "{host}{path}: {}", answer.text());
            assert!(!answer.text().contains(other), "{host}{path} shows {other}");
            if path != "/.well-known/security.txt" && path != "/policy.json" {
                assert!(answer.text().contains(own), "{host}{path} shows {own}");
            }
        }
        assert!(two.at(host, "/policy.json?lang=en").text().contains(own));
        assert!(two.at(host, "/trust").text().contains(promise));
        assert!(two.at(host, "/.well-known/security.txt").text().contains(contact));
    }
}

#[test]
fn ports_case_and_a_dot_at_the_end_do_not_change_whose_page_it_is() {
    let two = two();
    for host in
        ["ASHARI.example", "ashari.example:8443", "Ashari.Example.:80", "ashari.localhost:7878"]
    {
        let page = two.at(host, "/policy?lang=en").text();
        assert!(page.contains("Privacy policy of Ashari Tech"), "{host}: {page}");
    }
}

#[test]
fn an_unknown_host_is_misdirected_and_not_repeated() {
    let two = two();
    let strangers = ["evil.test", "ashari.example.evil.test", "bahari.localhost@evil.test", ""];
    for host in strangers {
        for path in PATHS {
            let answer = two.raw(&format!("GET {path} HTTP/1.1\r\nHost: {host}"));
            assert!(answer.starts_with("HTTP/1.1 421"), "{host}{path}: {answer}");
            assert!(!answer.contains("evil") && !answer.contains("Ashari"), "{answer}");
        }
    }
    let page = two.at("evil.test", "/policy");
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(page.header("cache-control"), "no-store");
    let document = two.at("evil.test", "/policy.json");
    assert_eq!(document.json()["type"], "https://janji.dev/problems/misdirected");
}

#[test]
fn two_host_headers_are_refused_and_the_whole_address_counts_before_one() {
    let two = two();
    let doubled = "GET /policy HTTP/1.1\r\nHost: ashari.example\r\nHost: bahari.localhost";
    assert!(two.raw(doubled).starts_with("HTTP/1.1 400"));
    let whole = "GET http://bahari.localhost/policy?lang=en HTTP/1.1\r\nHost: ashari.example";
    assert!(two.raw(whole).contains("Privacy policy of Bahari Jaya"));
}

#[test]
fn on_the_machine_itself_the_first_page_lists_the_companies() {
    let two = two();
    let port = two.server.address().port();
    for host in ["localhost", "127.0.0.1", "LOCALHOST:1", "[::1]:7878"] {
        let answer = two.at(host, "/");
        assert_eq!(answer.status, 200, "{host}: {}", answer.text());
        assert!(answer.text().contains("href=\"https://ashari.example/\""), "{}", answer.text());
        let local = format!("href=\"http://bahari.localhost:{port}/\"");
        assert!(answer.text().contains(&local), "{}", answer.text());
        assert_eq!(two.at(host, "/policy").status, 421, "only the first page is a list");
    }
}

#[test]
fn a_company_alone_answers_any_host() {
    let server = TestServer::start();
    server.workspace("main");
    for host in ["ashari.example", "evil.test", "localhost"] {
        let answer = server.send("GET", "/policy?lang=en", &[("host", host)], None);
        assert!(answer.text().contains("Privacy policy of Ashari Tech"), "{host}");
    }
}

#[test]
fn a_token_opens_its_own_workspace_under_any_host() {
    let two = two();
    let person = two.server.subject(&two.ashari, &["user"]);
    let account = two.server.account(&two.ashari, &person, "sari@ashari.example");
    let path = format!("/v1/records/{account}?purpose=service");
    for host in ["ashari.example", "bahari.localhost", "evil.test"] {
        let with = |token: &str| {
            let bearer = format!("Bearer {token}");
            two.server.send("GET", &path, &[("host", host), ("authorization", &bearer)], None)
        };
        let own = with(&two.ashari.system);
        assert_eq!(own.status, 200, "{host}: {}", own.text());
        assert_eq!(with(&two.bahari.system).status, 404, "{host}: another company's id");
    }
    let fields = json!({"first_name": "Sari", "last_name": "Dewi", "email": "sari@b.example"});
    let foreign = two.server.record(&two.bahari.system, &person, "account", None, fields);
    assert_eq!(foreign.status, 404, "{}", foreign.text());
}

#[test]
fn what_is_broken_at_one_company_does_not_show_at_another() {
    let two = two();
    let looked = |host: &str| two.at(host, "/trust?lang=en").text();
    let person = two.server.subject(&two.ashari, &["user"]);
    two.server.account(&two.ashari, &person, "sari@ashari.example");
    let (ashari, bahari) = (looked("ashari.example"), looked("bahari.localhost"));
    assert!(ashari.contains("ASH-118") && !ashari.contains("BHR-118"));
    assert!(bahari.contains("BHR-118") && !bahari.contains("ASH-118"));
    let ledger = two.server.get(&two.bahari.system, "/v1/ledger").json();
    let other = two.server.get(&two.ashari.system, "/v1/ledger").json();
    assert_ne!(ledger["tiles"], other["tiles"], "each workspace has a log of its own");
}

#[test]
fn five_companies_on_one_server_break_no_promise() {
    let server = TestServer::start();
    for company in ["tarrasmart", "ashari", "takara", "tapsence", "smartta"] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
        let policy = std::fs::read_to_string(format!("{folder}/{company}.toml")).unwrap();
        let number = server.deployment.create_workspace(company, &policy).unwrap();
        let new = engine::token::New { role: engine::Role::Officer, subject: None, expires: None };
        let officer = server.deployment.token(number, &new).unwrap();
        let promises = server.get(&officer, "/v1/promises").json();
        let all = promises["promises"].as_array().unwrap();
        assert!(all.len() > 50, "{company}: {promises}");
        let broken: Vec<_> = all.iter().filter(|one| one["state"] == "broken").collect();
        assert!(broken.is_empty(), "{company}: {broken:?}");
    }
}

#[test]
fn companies_that_come_at_the_same_moment_get_numbers_of_their_own() {
    let server = TestServer::start();
    let names: Vec<String> = ('A'..='X').map(|letter| format!("Toko{letter}")).collect();
    let together = std::sync::Barrier::new(names.len());
    std::thread::scope(|scope| {
        for name in &names {
            let (server, together) = (&server, &together);
            let policy = POLICY.replace("Ashari Tech", name);
            scope.spawn(move || {
                together.wait();
                server.deployment.create_workspace(&name.to_lowercase(), &policy).unwrap();
            });
        }
    });
    let control = server.deployment.control();
    let publishers = control.publishers().unwrap();
    assert_eq!(publishers.len(), names.len(), "{publishers:?}");
    for listed in server.deployment.workspaces().unwrap() {
        let (_, name) = publishers.iter().find(|(number, _)| *number == listed.publisher).unwrap();
        assert_eq!(listed.name, name.to_lowercase());
        let source = control.policy(listed.publisher).unwrap().unwrap().source;
        assert!(source.contains(&format!("name     = \"{name}\"")));
    }
}
