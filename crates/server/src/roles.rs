//! Who may use a route. There is no default: a route that names nobody does not compile.

use engine::ctx::Role;

/// A set of roles, written in the route table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Roles(u8);

/// The company's own backend.
pub(crate) const SYSTEM: Roles = Roles(1);
/// Who runs the workspace and sees no personal value.
pub(crate) const ADMIN: Roles = Roles(2);
/// The data protection officer.
pub(crate) const OFFICER: Roles = Roles(4);
/// Every role of staff that the policy declares; what each may see is the policy's.
pub(crate) const STAFF: Roles = Roles(8);
/// The data subject, for their own data.
pub(crate) const PERSON: Roles = Roles(16);
/// Everyone with a token.
pub(crate) const ALL: Roles = SYSTEM.and(ADMIN).and(OFFICER).and(STAFF).and(PERSON);

const WORDS: [(Roles, &str); 5] = [
    (SYSTEM, "system"),
    (ADMIN, "admin"),
    (OFFICER, "officer"),
    (STAFF, "staff"),
    (PERSON, "person"),
];

impl Roles {
    /// These roles and those.
    #[must_use]
    pub(crate) const fn and(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }

    /// Whether an actor of this role may enter.
    pub(crate) fn allow(self, role: &Role) -> bool {
        let one = match role {
            Role::System => SYSTEM,
            Role::Admin => ADMIN,
            Role::Officer => OFFICER,
            Role::Staff(_) => STAFF,
            Role::Person => PERSON,
        };
        self.0 & one.0 != 0
    }

    /// The words of the roles, for the reference.
    pub(crate) fn words(self) -> Vec<&'static str> {
        WORDS.iter().filter(|(one, _)| self.0 & one.0 != 0).map(|(_, word)| *word).collect()
    }
}
