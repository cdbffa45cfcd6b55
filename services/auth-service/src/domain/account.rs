//! Accounts: who a person is to us.

use std::{borrow::Cow, fmt};

use auth_api::{DisplayName, Email, PersonNumber};
use authz::{AccountId, Grant, UnitPath};
use foundation::{Instant, Text};
use serde::{Deserialize, Deserializer, Serialize, de};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

use super::fold::fold;

/// Accounts that people make here; another issuer is a single sign-on.
pub const LOCAL_ISSUER: &str = "local";
/// Roles of one account, at most: an access token carries them all.
pub const GRANTS_MAX: usize = 50;

/// A user name: 1 to 64 letters, digits and `. _ - @ +`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Username(Text<1, 64>);

/// A text that can't be a user name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a user name has 1 to 64 letters, digits and . _ - @ +")]
pub struct NotAUsername;

impl Username {
    /// Takes `text` as a user name.
    ///
    /// # Errors
    /// When it is too short or too long, or holds anything else.
    pub fn new(text: &str) -> Result<Self, NotAUsername> {
        let text = Text::<1, 64>::new(text).map_err(|_| NotAUsername)?;
        let fits = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '+'));
        if fits { Ok(Self(text)) } else { Err(NotAUsername) }
    }

    /// The name as its person writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as it is compared.
    pub fn subject(&self) -> String {
        fold(&self.0)
    }
}

impl<'de> Deserialize<'de> for Username {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
impl utoipa::PartialSchema for Username {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(64))
            .description(Some("1 to 64 letters, digits and . _ - @ +"))
            .into()
    }
}
impl utoipa::ToSchema for Username {
    fn name() -> Cow<'static, str> {
        "Username".into()
    }
}
impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is new about an account that is being made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The user name.
    pub username: Username,
    /// The person's name.
    pub display_name: DisplayName,
    /// Their number.
    pub number: Option<PersonNumber>,
    /// Their e-mail address.
    pub email: Option<Email>,
    /// Whose unit's staff look after the account.
    pub home: UnitPath,
}

/// A person's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The user name as its person writes it.
    pub username: String,
    /// The user name as it is compared.
    pub subject: String,
    /// The person's name.
    pub display_name: String,
    /// Their student, staff or candidate number.
    pub number: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Whose unit's staff look after the account.
    pub home: UnitPath,
    /// The password, hashed; none before activation and after a reset.
    pub password_hash: Option<String>,
    /// Whether the person must choose a new password before anything else.
    pub must_change_password: bool,
    /// Since when nobody can sign in to it.
    pub disabled_at: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// Whether an account can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// There is no password yet, or none any more: an activation code sets one. Admission codes work.
    Invited,
    /// The person can sign in.
    Active,
    /// Nobody can sign in or check in.
    Disabled,
}

impl Account {
    /// Whether it can be used.
    pub const fn status(&self) -> AccountStatus {
        match (self.disabled_at, &self.password_hash) {
            (Some(_), _) => AccountStatus::Disabled,
            (None, None) => AccountStatus::Invited,
            (None, Some(_)) => AccountStatus::Active,
        }
    }

    /// What a password of this person must not contain.
    pub fn names(&self) -> Vec<&str> {
        [Some(self.username.as_str()), self.number.as_deref()].into_iter().flatten().collect()
    }
}

/// What a search for a person looks through.
pub fn search_text(username: &str, display_name: &str, number: Option<&str>, email: Option<&str>) -> String {
    let parts = [Some(username), number, Some(display_name), email];
    fold(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// A grant, with its unit's name for people to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedGrant {
    /// The role and where it holds.
    pub grant: Grant,
    /// The unit's name; none for the whole institution.
    pub unit_name: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_name_is_one_word_and_compared_without_case_or_width() {
        assert_eq!(Username::new("Ｗei.Li").unwrap().subject(), Username::new("wei.li").unwrap().subject());
        for text in ["", " ", "two words", "a<b", &"x".repeat(65), "tab\tbed"] {
            assert!(Username::new(text).is_err(), "{text}");
        }
    }
}
