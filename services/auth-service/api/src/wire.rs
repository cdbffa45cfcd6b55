//! [`AuthApi`](crate::AuthApi) as it travels between processes: paths and bodies. What a body doesn't know it skips, so
//! that a version and the one before it understand each other.

use authz::{AccountId, AttemptId, SittingId, UnitPath};
use serde::{Deserialize, Serialize};

use crate::{Admission, PersonRow, SittingAdmissions};

/// [`AuthApi::import_people`](crate::AuthApi::import_people).
pub const IMPORT_PEOPLE: &str = "/api/v1/auth/internal/people/import";
/// [`AuthApi::find_people`](crate::AuthApi::find_people).
pub const FIND_PEOPLE: &str = "/api/v1/auth/internal/people/find";
/// [`AuthApi::register_admissions`](crate::AuthApi::register_admissions).
pub const REGISTER_ADMISSIONS: &str = "/api/v1/auth/internal/admissions/register";
/// [`AuthApi::revoke_admissions`](crate::AuthApi::revoke_admissions).
pub const REVOKE_ADMISSIONS: &str = "/api/v1/auth/internal/admissions/revoke";
/// [`AuthApi::unit`](crate::AuthApi::unit), by its id.
pub const UNIT: &str = "/api/v1/auth/internal/units/{unit_id}";
/// The public keys ([`KeySource`](authz::KeySource)): public, no token needed.
pub const KEYS: &str = "/api/v1/auth/jwks.json";

/// The body of [`IMPORT_PEOPLE`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportPeople {
    /// The unit that the roster belongs to.
    pub unit: UnitPath,
    /// Its rows.
    pub rows: Vec<PersonRow>,
    /// Whether nothing is to be changed.
    pub dry_run: bool,
}

/// The body of [`FIND_PEOPLE`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FindPeople {
    /// Whom.
    pub ids: Vec<AccountId>,
}

/// The body of [`REGISTER_ADMISSIONS`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RegisterAdmissions {
    /// The sitting.
    pub sitting: SittingAdmissions,
    /// Who may check in.
    pub admissions: Vec<Admission>,
}

/// The body of [`REVOKE_ADMISSIONS`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RevokeAdmissions {
    /// The sitting.
    pub sitting: SittingId,
    /// Who may not check in any more.
    pub attempts: Vec<AttemptId>,
}
