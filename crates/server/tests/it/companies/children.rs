//! The youngest age of each company that names one.

use serde_json::json;

use super::bench::Company;
use crate::children::refused;

impl Company {
    /// Somebody who reaches an age today is accepted, and who does so tomorrow is not.
    fn accepts_from(&self, age: i16) {
        let zone = self.policy.company.zone.clone();
        let now = engine::time::timestamp(self.server.deployment.reading().now);
        let today = now.to_zoned(zone).date();
        let born = |tomorrow: bool| {
            let day = if tomorrow { today.tomorrow().unwrap() } else { today };
            let born = format!("{:04}-{:02}-{:02}", day.year() - age, day.month(), day.day());
            let kind = &self.policy.people[0];
            let body = json!({"people": [kind], "country": "AU", "born": born});
            self.server.post(&self.system, "/v1/subjects", body)
        };
        refused(&born(true), "too_young", "children.min_age");
        let made = born(false);
        assert_eq!(made.status, 201, "{}", made.text());
    }
}

#[test]
fn tar_62_63_nobody_under_18_is_accepted() {
    Company::start("tarrasmart").accepts_from(18);
}

#[test]
fn tap_106_107_nobody_under_16_is_accepted_and_a_workspace_may_ask_for_more() {
    let company = Company::start("tapsence");
    company.accepts_from(16);
    let floor = |years: u32| {
        let value = json!({"value": years});
        company.server.put(&company.admin, "/v1/settings/age_floor", value).status
    };
    assert_eq!(floor(15), 422);
    assert_eq!(floor(18), 204);
    company.accepts_from(18);
}
