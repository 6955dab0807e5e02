//! The gate for children: the youngest age, and who must agree until somebody is of age.

/// From which age people are accepted, and for whom somebody else must agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Children {
    /// Nobody younger is accepted.
    pub min_age: MinAge,
    /// For whom somebody else must agree.
    pub approval: Option<Approval>,
}

/// The youngest age, in years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MinAge {
    /// The same everywhere.
    Years(u32),
    /// A setting of the workspace, which holds a number.
    Setting(String),
}

/// When the approval of others is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The age in years from which it is not needed any more.
    pub under: u32,
    /// Who must agree; all of them.
    pub by: Vec<String>,
    /// The only kinds of person that it is about; all when there are none.
    pub only: Vec<String>,
    /// The only countries that it is about; all when there are none.
    pub countries: Vec<String>,
}
