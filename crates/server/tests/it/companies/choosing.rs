//! What a workspace chooses: settings within their bounds, switches, plans, needs and documents.

use serde_json::json;

use super::bench::{Company, Person};

impl Company {
    /// A purpose is open while its switch is on, and closed before and after.
    pub(crate) fn switched(&self, category: &str, purpose: &str, setting: &str) {
        let person = self.person_of(category);
        let written = self.write(&person, category);
        for on in [false, true, false] {
            let chosen = self.choose(setting, json!(on));
            assert_eq!(chosen.status, 204, "{setting}: {}", chosen.text());
            let decided = self.decide_as(&self.system, &person, category, purpose);
            let read = self.read_as(&self.system, &written.id, purpose).status;
            let wanted = if on { ("allow", 200) } else { ("deny", 403) };
            let seen = (decided["decision"].as_str().unwrap(), read);
            assert_eq!(seen, wanted, "{purpose} while {setting} is {on}: {decided}");
        }
    }

    /// A switch stands where the policy says until somebody chooses.
    pub(crate) fn off_at_first(&self, setting: &str) {
        let listed = self.server.get(&self.admin, "/v1/settings").json();
        let all = listed["settings"].as_array().unwrap();
        let one = all.iter().find(|one| one["setting"] == setting);
        assert_eq!(one.map(|one| one["value"].clone()), Some(json!(false)), "{listed}");
    }

    /// A length is chosen within its bounds: these values are taken, those are refused by their bound.
    pub(crate) fn bounds(&self, setting: &str, taken: &[&str], refused: &[(&str, &str)]) {
        for (value, bound) in refused {
            let answer = self.choose(setting, json!(value));
            let rule = format!("setting.{setting}.{bound}");
            assert_eq!((answer.status, answer.json()["rule"].as_str()), (422, Some(rule.as_str())));
        }
        for value in taken {
            let answer = self.choose(setting, json!(value));
            assert_eq!(answer.status, 204, "{setting} = {value}: {}", answer.text());
        }
    }

    /// A feature waits for a plan that has it.
    pub(crate) fn plan_first(&self, feature: &str) {
        let own = self.policy.feature(feature).unwrap();
        for need in &own.needs {
            self.meet(feature, need);
        }
        for plan in &self.policy.plans {
            self.give_plan(plan);
            let switched = self.switch(feature, true).status;
            assert_eq!(
                switched == 204,
                own.plans.contains(plan),
                "{feature} in {plan}: {switched}"
            );
        }
    }

    /// A feature waits until each of its needs is on record.
    pub(crate) fn needs_first(&self, feature: &str, needs: &[&str]) {
        if let Some(plan) = self.policy.feature(feature).unwrap().plans.last() {
            self.give_plan(plan);
        }
        for need in needs {
            let refused = self.switch(feature, true);
            assert_eq!(refused.json()["reason"], "needs", "{}", refused.text());
            self.meet(feature, need);
        }
        assert_eq!(self.switch(feature, true).status, 204);
    }

    /// What is processed for a customer waits until the customer has accepted this document.
    pub(crate) fn document_first(&self, category: &str, document: &str) {
        assert!(self.chain(category).iter().any(|part| part.processor), "{category} is ours");
        for needed in self.needs(category) {
            self.turn_on(&needed);
        }
        let person = self.person_of(category);
        let purpose = self.purposes(category)[0].id.clone();
        let before = self.decide_as(&self.system, &person, category, &purpose);
        assert_eq!(before["reason"], "document", "{before}");
        assert_eq!(before["rule"], format!("document.{document}.given"));
        self.write(&person, category);
        let after = self.decide_as(&self.system, &person, category, &purpose);
        assert_eq!(after["decision"], "allow", "{after}");
    }

    /// Staff read for this purpose only under access that was asked for with its reason, and while it stands.
    pub(crate) fn reason_first(&self, category: &str, purpose: &str) {
        let role = self.purpose(purpose).by[0].clone();
        let token = self.staff(&role);
        let needs = format!("{:?}", self.purpose(purpose).needs);
        let mut kinds = self.category(category).of[..1].to_vec();
        if needs.contains("Ticket") {
            kinds.extend(self.category(&self.tickets()).of.first().cloned());
            kinds.dedup();
        }
        let person = self.person(&kinds);
        let written = self.write(&person, category);
        let read = || self.read_as(&token, &written.id, purpose);
        assert_eq!(read().json()["reason"], "needs", "{}", read().text());
        let mut body = json!({"subject": person.id, "purpose": purpose});
        let without = self.server.post(&token, "/v1/grants", body.clone());
        assert_ne!(without.status, 201, "{}", without.text());
        let ticket = needs.contains("Ticket").then(|| self.ticket(&person));
        if let Some(ticket) = &ticket {
            body["ticket"] = ticket.as_str().into();
        }
        if needs.contains("LegalCase") {
            body["case"] = "Case 12/2026".into();
        }
        let asked = self.server.post(&token, "/v1/grants", body).id();
        if needs.contains("LegalCase") {
            assert_eq!(read().status, 403, "before the officer looked at the case");
            let path = format!("/v1/grants/{asked}/approve");
            assert_eq!(self.server.post(&self.officer, &path, json!({})).status, 200);
        }
        if needs.contains("WorkspaceGrant") {
            assert_eq!(read().status, 403, "before the workspace agreed");
            let path = format!("/v1/grants/{asked}/approve");
            assert_eq!(self.server.post(&self.admin, &path, json!({})).status, 200);
        }
        assert_eq!(read().status, 200, "{}", read().text());
        let stranger = self.person_of(category);
        let other = self.write(&stranger, category).id;
        assert_eq!(self.read_as(&token, &other, purpose).status, 403, "of somebody else");
        if let Some(ticket) = ticket {
            self.raise(&ticket, "resolved");
        } else {
            let path = format!("/v1/grants/{asked}/withdraw");
            assert_eq!(self.server.post(&self.admin, &path, json!({})).status, 204);
        }
        assert_eq!(read().status, 403, "the reason is gone");
    }

    /// The category of tickets: people write, and somebody resolves it.
    fn tickets(&self) -> String {
        let ticket = self.usable().into_iter().find(|id| {
            let resolved = self.category(id).events.iter().any(|event| event.name == "resolved");
            resolved && ["ticket", "enquiry"].contains(&id.as_str())
        });
        ticket.expect("a category of tickets")
    }

    pub(crate) fn ticket(&self, person: &Person) -> String {
        let tickets = self.tickets();
        let known = person.records.borrow().get(&tickets).cloned();
        known.unwrap_or_else(|| self.write(person, &tickets).id)
    }
}
