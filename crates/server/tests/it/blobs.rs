//! Photographs and files.

use serde_json::json;

use crate::world::TestServer;

/// The smallest picture that a decoder takes.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 10, b'I', b'D', b'A', b'T',
    0x78, 0x9c, 0x62, 0, 1, 0, 0, 5, 0, 1, 0x0d, 0x0a, 0x2d, 0xb4, 0, 0, 0, 0, b'I', b'E', b'N',
    b'D', 0xae, 0x42, 0x60, 0x82,
];

#[test]
fn a_photograph_is_uploaded_claimed_and_read_as_a_download() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let bearer = format!("Bearer {}", ws.system);
    let headers = [("authorization", bearer.as_str()), ("content-type", "image/png")];
    let path = format!("/v1/blobs?subject={sari}&category=account&field=photo");
    let photo = server.send("POST", &path, &headers, Some(PNG)).id();

    let early = server.get(&ws.system, &format!("/v1/blobs/{photo}?purpose=service"));
    assert_eq!(early.status, 409, "{}", early.text());
    let fields =
        json!({"first_name": "S", "last_name": "D", "email": "s@example.com", "photo": photo});
    server.record(&ws.system, &sari, "account", None, fields).id();
    let read = server.get(&ws.system, &format!("/v1/blobs/{photo}?purpose=service"));
    assert_eq!(read.status, 200, "{}", read.text());
    assert_eq!(read.bytes, PNG);
    assert_eq!(read.header("content-type"), "image/png");
    assert_eq!(read.header("content-disposition"), "attachment");

    let bad = server.send("POST", &path, &headers, Some(b"no picture"));
    assert_eq!(bad.status, 422);
}
