//! What several endpoints answer with.

use authz::{AccountId, Role, SessionId, UnitId};
use foundation::Instant;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::{
    app::accounts::AccountWithRoles,
    domain::account::{self, AccountStatus, NamedGrant},
    store::sessions::SessionRow,
};

/// A role that a person has, and where.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleHeld {
    /// The role.
    pub role: Role,
    /// The unit, with all that lies below it; null for the whole institution.
    pub unit_id: Option<UnitId>,
    /// The unit's name; null for the whole institution.
    pub unit_name: Option<String>,
}

impl From<NamedGrant> for RoleHeld {
    fn from(named: NamedGrant) -> Self {
        Self { role: named.grant.role, unit_id: named.grant.unit.unit(), unit_name: named.unit_name }
    }
}

/// The signed-in person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Account {
    /// Their account's id.
    pub id: AccountId,
    /// The name they sign in with.
    pub username: String,
    /// Their name.
    pub display_name: String,
    /// Their roles.
    pub roles: Vec<RoleHeld>,
    /// Whether they must choose a new password first; until then their access token carries no roles.
    pub must_change_password: bool,
}

impl Account {
    /// Shows an account to its person.
    pub fn new(account: account::Account, grants: Vec<NamedGrant>) -> Self {
        Self {
            id: account.id,
            username: account.username,
            display_name: account.display_name,
            roles: grants.into_iter().map(RoleHeld::from).collect(),
            must_change_password: account.must_change_password,
        }
    }
}

/// An account, as a list shows it to whoever manages it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountSummary {
    /// The account's id.
    pub id: AccountId,
    /// The name its person signs in with.
    pub username: String,
    /// The person's name.
    pub display_name: String,
    /// Their student, staff or candidate number.
    pub number: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Whether the account can be used.
    pub status: AccountStatus,
}

impl From<account::Account> for AccountSummary {
    fn from(account: account::Account) -> Self {
        let status = account.status();
        Self {
            id: account.id,
            username: account.username,
            display_name: account.display_name,
            number: account.number,
            email: account.email,
            status,
        }
    }
}

/// An account with everything that whoever manages it sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountDetails {
    /// The account's id.
    pub id: AccountId,
    /// The name its person signs in with.
    pub username: String,
    /// The person's name.
    pub display_name: String,
    /// Their student, staff or candidate number.
    pub number: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Whether the account can be used.
    pub status: AccountStatus,
    /// The unit whose staff look after the account; null for the whole institution.
    pub home_unit_id: Option<UnitId>,
    /// That unit's name; null for the whole institution.
    pub home_unit_name: Option<String>,
    /// The person's roles.
    pub roles: Vec<RoleHeld>,
    /// When the account was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl From<AccountWithRoles> for AccountDetails {
    fn from(with_roles: AccountWithRoles) -> Self {
        let AccountWithRoles { account, home_name, grants } = with_roles;
        Self {
            id: account.id,
            status: account.status(),
            username: account.username,
            display_name: account.display_name,
            number: account.number,
            email: account.email,
            home_unit_id: account.home.unit(),
            home_unit_name: home_name,
            roles: grants.into_iter().map(RoleHeld::from).collect(),
            created_at: account.created_at,
            updated_at: account.updated_at,
        }
    }
}

/// A one-time code with which a person sets a password. It is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivationCode {
    /// The code, in groups.
    pub code: String,
    /// When it stops being good.
    pub expires_at: Instant,
}

impl From<crate::app::reset_password::NewActivation> for ActivationCode {
    fn from(activation: crate::app::reset_password::NewActivation) -> Self {
        Self { code: activation.code.to_string(), expires_at: activation.expires_at }
    }
}

/// A browser in which a person is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    /// The session's id.
    pub id: SessionId,
    /// What the browser says it is.
    pub user_agent: String,
    /// When the person signed in.
    pub created_at: Instant,
    /// When the session was last carried on.
    pub last_used_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// Whether it is the session of this request.
    pub current: bool,
}

impl Session {
    /// Shows a session to whoever asks in the session `current`.
    pub fn new(row: SessionRow, current: Option<SessionId>) -> Self {
        Self {
            current: current == Some(row.id),
            id: row.id,
            user_agent: row.user_agent,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
        }
    }
}

/// The open sessions of an account; there are at most twenty.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sessions {
    /// Last used first.
    pub items: Vec<Session>,
}

/// A role to give or to take.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleInUnit {
    /// The role.
    pub role: Role,
    /// The unit in which it holds, with all that lies below it; null or left out for the whole institution.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
}

/// Tells a field that is null (take it away) from one that is left out (keep it).
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
