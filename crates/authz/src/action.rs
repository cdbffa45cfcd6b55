//! What can be done, and by which roles. This table is the whole of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a person is, in a unit of the organisation or in all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the installation: people, roles, settings; may do all that staff may.
    Admin,
    /// Schedules sittings, imports rosters, releases results.
    Officer,
    /// Writes questions and builds exams.
    Author,
    /// Marks responses.
    Marker,
    /// Watches over sittings and helps candidates.
    Invigilator,
    /// Reads results and statistics.
    Analyst,
    /// Sits exams.
    Candidate,
}

impl Role {
    /// Every role, in the order that people list them.
    pub const ALL: [Self; 7] = [
        Self::Admin,
        Self::Officer,
        Self::Author,
        Self::Marker,
        Self::Invigilator,
        Self::Analyst,
        Self::Candidate,
    ];

    /// The role's name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Officer => "officer",
            Self::Author => "author",
            Self::Marker => "marker",
            Self::Invigilator => "invigilator",
            Self::Analyst => "analyst",
            Self::Candidate => "candidate",
        }
    }

    /// The role of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $name:literal, [$($role:ident),*];)*) => {
        /// Something that a role allows, on the things of a unit.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $action,)*
        }
        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$action),*];

            /// The roles that allow it.
            pub const fn roles(self) -> &'static [Role] {
                match self {
                    $(Self::$action => &[$(Role::$role),*],)*
                }
            }

            /// Its name in the permission matrix and the audit log.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$action => $name,)*
                }
            }
        }
    };
}

actions! {
    /// List accounts, make them, change them, grant and revoke roles.
    ManageAccounts = "accounts.manage", [Admin];
    /// Find people by name or number.
    FindPeople = "people.find", [Admin, Officer, Invigilator];
    /// Give a person a new password or activation code, or lift a lockout.
    ResetPasswords = "passwords.reset", [Admin, Officer];
    /// Make and rename organisation units and terms.
    ManageUnits = "units.manage", [Admin];
    /// See the organisation's units.
    ReadUnits = "units.read", [Admin, Officer, Author, Marker, Invigilator, Analyst];
    /// Read the audit log.
    ReadAudit = "audit.read", [Admin];
    /// See questions, with their keys.
    ReadQuestions = "questions.read", [Admin, Author];
    /// Write questions, keys, banks, categories and tags; import.
    EditQuestions = "questions.edit", [Admin, Author];
    /// See exams and their papers' outlines.
    ReadExams = "exams.read", [Admin, Officer, Author, Analyst];
    /// Write and publish exams.
    EditExams = "exams.edit", [Admin, Author];
    /// See sittings and their rosters.
    ReadSittings = "sittings.read", [Admin, Officer, Invigilator, Marker, Analyst];
    /// Schedule sittings, import rosters, set accommodations, print admission codes.
    ManageSittings = "sittings.manage", [Admin, Officer];
    /// Watch a sitting live and help: extra time, terminate.
    Invigilate = "sittings.invigilate", [Admin, Officer, Invigilator];
    /// Mark responses by hand, see them anonymously.
    Mark = "responses.mark", [Admin, Officer, Marker];
    /// See marks and scores before they are released; export them.
    ReadResults = "results.read", [Admin, Officer, Analyst];
    /// Release results to candidates, admit late entries.
    ReleaseResults = "results.release", [Admin, Officer];
    /// See proctoring violations.
    ReadViolations = "violations.read", [Admin, Officer, Invigilator];
    /// See statistics.
    ReadStatistics = "statistics.read", [Admin, Officer, Author, Analyst];
    /// Send messages to candidates and staff.
    SendMessages = "messages.send", [Admin, Officer];
    /// Sit exams: see one's own attempts and results.
    SitExams = "exams.sit", [Candidate];
}
