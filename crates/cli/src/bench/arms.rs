//! The four arms: what Janji does, and the same durable work bare.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::child::Child;

/// One kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arm {
    /// A sealed, decided, entered record of 1 KB.
    VaultWrite,
    /// The same bytes in a plain row.
    BareWrite,
    /// A record read for a purpose, its entry durable before the answer.
    VaultRead,
    /// A plain row, with a plain audit row durable before the answer.
    BareRead,
}

impl Arm {
    pub(crate) const ALL: [Arm; 4] =
        [Arm::VaultWrite, Arm::BareWrite, Arm::VaultRead, Arm::BareRead];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Arm::VaultWrite => "vault write",
            Arm::BareWrite => "bare write",
            Arm::VaultRead => "vault read",
            Arm::BareRead => "bare read + audit",
        }
    }
}

/// What the arms write and read.
#[derive(Debug)]
pub(crate) struct Stock {
    /// Subject and account of each person.
    people: Vec<(String, String)>,
    records: Vec<String>,
    rows: Vec<String>,
    value: String,
}

/// One request, ready to send.
#[derive(Debug)]
pub(crate) struct Shot {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
}

impl Stock {
    /// Makes people and something to read for each.
    pub(crate) fn fill(server: &Child, people: usize) -> Result<Stock> {
        let client = server.client();
        let value: String = (0..1000_u32).map(|n| char::from(b'a' + (n % 26) as u8)).collect();
        let mut stock = Stock { people: Vec::new(), records: Vec::new(), rows: Vec::new(), value };
        for number in 0..people {
            let who = json!({ "people": ["user"] });
            let subject = client.create("/v1/subjects", &who)?;
            let fields = json!({
                "first_name": "Bench", "last_name": "Mark", "email": format!("b{number}@example.invalid"),
            });
            let account = json!({ "subject": subject, "category": "account", "fields": fields });
            let account = client.create("/v1/records", &account)?;
            stock.people.push((subject, account));
            for _ in 0..5 {
                let shot = stock.shot(Arm::VaultWrite, number)?;
                let body: Value = serde_json::from_slice(&shot.body)?;
                stock.records.push(client.create("/v1/records", &body)?);
                let shot = stock.shot(Arm::BareWrite, number)?;
                let body: Value = serde_json::from_slice(&shot.body)?;
                stock.rows.push(client.create("/v1/bare", &body)?);
            }
        }
        Ok(stock)
    }

    /// The request of an arm for the n-th turn.
    pub(crate) fn shot(&self, arm: Arm, turn: usize) -> Result<Shot> {
        let pick = |list: &[String]| list.get(turn % list.len().max(1)).cloned();
        Ok(match arm {
            Arm::VaultWrite => {
                let person = self.people.get(turn % self.people.len().max(1));
                let (subject, account) = person.context("no people")?;
                let body = json!({
                    "subject": subject, "category": "form_answers", "part_of": account,
                    "fields": { "answers": self.value },
                });
                post("/v1/records", &body)?
            }
            Arm::BareWrite => post("/v1/bare", &json!({ "value": self.value }))?,
            Arm::VaultRead => {
                let id = pick(&self.records).context("no records")?;
                get(format!("/v1/records/{id}?purpose=service"))
            }
            Arm::BareRead => get(format!("/v1/bare/{}", pick(&self.rows).context("no rows")?)),
        })
    }
}

fn post(path: &str, body: &Value) -> Result<Shot> {
    Ok(Shot { method: "POST", path: path.to_owned(), body: serde_json::to_vec(body)? })
}

fn get(path: String) -> Shot {
    Shot { method: "GET", path, body: Vec::new() }
}
