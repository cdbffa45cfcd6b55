//! Who may call what: one line an endpoint. The use case behind it checks the thing itself.

use auth_api::wire;
use authz::{Action, Rule, Who};

/// The rules of auth-service.
pub const RULES: &[Rule] = &[
    // Coming in. Whoever calls these proves who they are with what they send.
    Rule::new("POST", "/api/v1/auth/login", Who::Public),
    Rule::new("POST", "/api/v1/auth/refresh", Who::Public),
    Rule::new("POST", "/api/v1/auth/logout", Who::Public),
    Rule::new("POST", "/api/v1/auth/activate", Who::Public),
    Rule::new("POST", "/api/v1/auth/check-in", Who::Public),
    Rule::new("GET", "/api/v1/auth/jwks.json", Who::Public),
    // About oneself.
    Rule::new("GET", "/api/v1/auth/me", Who::SignedIn),
    Rule::new("POST", "/api/v1/auth/me/password", Who::SignedIn),
    Rule::new("GET", "/api/v1/auth/me/sessions", Who::SignedIn),
    Rule::new("DELETE", "/api/v1/auth/me/sessions/{session_id}", Who::SignedIn),
    Rule::new("POST", "/api/v1/auth/me/admissions/{attempt_id}/ticket", Who::May(Action::SitExams)),
    // Accounts.
    Rule::new("GET", "/api/v1/auth/accounts", Who::May(Action::ManageAccounts)),
    Rule::new("POST", "/api/v1/auth/accounts", Who::May(Action::ManageAccounts)),
    Rule::new("GET", "/api/v1/auth/accounts/{account_id}", Who::May(Action::ManageAccounts)),
    Rule::new("PATCH", "/api/v1/auth/accounts/{account_id}", Who::May(Action::ManageAccounts)),
    Rule::new("POST", "/api/v1/auth/accounts/{account_id}/disable", Who::May(Action::ManageAccounts)),
    Rule::new("POST", "/api/v1/auth/accounts/{account_id}/enable", Who::May(Action::ManageAccounts)),
    Rule::new("POST", "/api/v1/auth/accounts/{account_id}/roles", Who::May(Action::ManageAccounts)),
    Rule::new("POST", "/api/v1/auth/accounts/{account_id}/roles/revoke", Who::May(Action::ManageAccounts)),
    Rule::new("GET", "/api/v1/auth/accounts/{account_id}/sessions", Who::May(Action::ManageAccounts)),
    Rule::new("DELETE", "/api/v1/auth/accounts/{account_id}/sessions", Who::May(Action::ManageAccounts)),
    Rule::new("POST", "/api/v1/auth/accounts/{account_id}/reset", Who::May(Action::ResetPasswords)),
    Rule::new("POST", "/api/v1/auth/accounts/{account_id}/unlock", Who::May(Action::ResetPasswords)),
    // People.
    Rule::new("GET", "/api/v1/auth/people", Who::May(Action::FindPeople)),
    Rule::new("POST", "/api/v1/auth/people/import", Who::May(Action::ManageSittings)),
    Rule::new("POST", "/api/v1/auth/people/activation-codes", Who::May(Action::ResetPasswords)),
    // The organisation.
    Rule::new("GET", "/api/v1/auth/units", Who::May(Action::ReadUnits)),
    Rule::new("POST", "/api/v1/auth/units", Who::May(Action::ManageUnits)),
    Rule::new("PATCH", "/api/v1/auth/units/{unit_id}", Who::May(Action::ManageUnits)),
    Rule::new("GET", "/api/v1/auth/units/{unit_id}/members", Who::May(Action::FindPeople)),
    Rule::new("POST", "/api/v1/auth/units/{unit_id}/members", Who::May(Action::ManageSittings)),
    Rule::new(
        "DELETE",
        "/api/v1/auth/units/{unit_id}/members/{account_id}",
        Who::May(Action::ManageSittings),
    ),
    Rule::new("GET", "/api/v1/auth/terms", Who::May(Action::ReadUnits)),
    Rule::new("POST", "/api/v1/auth/terms", Who::May(Action::ManageUnits)),
    Rule::new("PUT", "/api/v1/auth/terms/{term_id}", Who::May(Action::ManageUnits)),
    // Admission.
    Rule::new("POST", "/api/v1/auth/sittings/{sitting_id}/admission-codes", Who::May(Action::ManageSittings)),
    // What other services call.
    Rule::new("POST", wire::IMPORT_PEOPLE, Who::Service),
    Rule::new("POST", wire::FIND_PEOPLE, Who::Service),
    Rule::new("POST", wire::REGISTER_ADMISSIONS, Who::Service),
    Rule::new("POST", wire::REVOKE_ADMISSIONS, Who::Service),
    Rule::new("GET", wire::UNIT, Who::Service),
    // The log.
    Rule::new("GET", "/api/v1/auth/audit", Who::May(Action::ReadAudit)),
];
