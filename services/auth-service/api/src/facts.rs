//! Facts that auth-service publishes.

use authz::AccountId;
use serde::{Deserialize, Serialize};

/// A person's name or number is new: see [`PersonChanged`].
pub const PERSON_CHANGED: &str = "auth.person_changed";
/// An account can't be used any more: see [`AccountDisabled`].
pub const ACCOUNT_DISABLED: &str = "auth.account_disabled";

/// A person's name or number is new; whoever keeps a copy for its lists updates it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChanged {
    /// Whose.
    pub account: AccountId,
    /// Their name now.
    pub display_name: String,
    /// Their number now.
    pub number: Option<String>,
}

/// An account was disabled: its sessions have ended, and it can't be signed in to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDisabled {
    /// Which.
    pub account: AccountId,
}
