//! What lies on the disk of the server.

use serde_json::json;

use super::scene::{PHOTO, Scene};

#[test]
fn ash_59_no_value_lies_on_the_disk_in_clear() {
    let scene = Scene::new();
    let intern = scene.intern("canaryname");
    let ticket = json!({"message": "canary-message-7"});
    let ticket = scene.write(&intern.id, "ticket", Some(&intern.account), ticket).id();
    scene.hold(&intern.id, None);
    assert_eq!(scene.status(&ticket, "support"), 200);
    for canary in ["canaryname", "canary-message-7", "Case 12/2026", &intern.token] {
        assert_eq!(scene.holding(canary.as_bytes()), 0, "{canary}");
    }
    assert_eq!(scene.promise("ASH-59")["state"], "kept");
}

#[test]
fn ash_64_an_uploaded_file_lies_on_the_disk_sealed() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let (_, photo) = scene.selfie(&intern);
    let shown =
        scene.server.get(&scene.ws.hr, &format!("/v1/blobs/{photo}?purpose=presence_photo"));
    assert_eq!(shown.status, 200);
    assert_eq!(scene.holding(&shown.bytes), 0);
    assert_eq!(scene.holding(PHOTO), 0);
    assert_eq!(scene.promise("ASH-64")["state"], "kept");
}
