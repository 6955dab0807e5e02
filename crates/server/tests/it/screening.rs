//! Numbers that nobody may keep are masked on their way in, and the answer says so without them.

use serde_json::json;

use crate::world::TestServer;

const CARD: &str = "4111 1111 1111 1111";

#[test]
fn the_number_of_a_card_in_a_message_is_stored_nowhere() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let account = server.account(&ws, &sari, "sari@example.org");
    let message = json!({"message": format!("bayar dengan {CARD} atau 4111111111111111")});
    let made = server.record(&ws.system, &sari, "ticket", Some(&account), message);
    assert_eq!(made.json()["masked"], json!([{"field": "message", "kind": "card"}]));
    assert!(!made.text().contains("1111"));
    let path = format!("/v1/records/{}", made.id());
    let again = json!({"fields": {"message": "kini 5500-0055-5555-5559"}});
    let read = |staff: &str| {
        let copy = server.get(staff, &format!("{path}?purpose=support"));
        copy.json()["fields"]["message"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(read(&ws.system), "bayar dengan [card] atau [card]");
    assert_eq!(server.patch(&ws.system, &path, again).status, 204);
    assert_eq!(read(&ws.system), "kini [card]");
}

#[test]
fn a_text_that_is_free_loses_words_of_special_categories_and_a_name_does_not() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let fields = json!({"first_name": "Hindu", "last_name": "Dewi", "email": "s@example.org"});
    let account = server.record(&ws.system, &sari, "account", None, fields);
    assert_eq!(account.json().get("masked"), None);
    let message = json!({"message": "saya hamil, boleh ambil cuti?"});
    let made = server.record(&ws.system, &sari, "ticket", Some(&account.id()), message);
    assert_eq!(made.json()["masked"], json!([{"field": "message", "kind": "health"}]));
}
