use super::*;

#[test]
fn every_kind_has_a_type_of_its_own() {
    let mut uris: Vec<String> = Kind::ALL.iter().map(|kind| kind.uri()).collect();
    uris.sort();
    uris.dedup();
    assert_eq!(uris.len(), Kind::ALL.len());
}

#[test]
fn a_refusal_becomes_the_status_that_clients_rely_on() {
    let rule = || "data.selfie.keep".to_owned();
    let cases = [
        (Refusal::NotFound, 404),
        (Refusal::Gone { rule: rule() }, 410),
        (Refusal::Denied { reason: "no_consent", rule: rule() }, 403),
        (Refusal::Held { reason: "hold" }, 423),
        (Refusal::invalid("email", rule()), 422),
        (Refusal::Conflict { reason: "not due" }, 409),
        (Refusal::Unmet { reason: "needs", rule: "feature.face.needs".to_owned() }, 409),
        (Refusal::Forbidden, 403),
        (Refusal::Store(StoreError::Reopen), 503),
        (Refusal::Store(StoreError::Unrecorded), 500),
        (Refusal::Ledger { what: "x".to_owned() }, 500),
    ];
    for (refusal, status) in cases {
        assert_eq!(Problem::from(refusal).kind.row().0, status);
    }
}

#[test]
fn a_problem_names_rule_reason_and_field() {
    let refusal = Refusal::Denied { reason: "no_consent", rule: "purpose.x.basis".to_owned() };
    let document = Problem::from(refusal).document();
    assert_eq!(document["type"], "https://janji.dev/problems/denied");
    assert_eq!(document["reason"], "no_consent");
    assert_eq!(document["rule"], "purpose.x.basis");
    assert_eq!(document.get("field"), None);
}

#[test]
fn what_failed_inside_is_not_told_outside() {
    let document = Problem::from(Refusal::Ledger { what: "tile/0/001".to_owned() }).document();
    assert!(!document.to_string().contains("tile"));
}
