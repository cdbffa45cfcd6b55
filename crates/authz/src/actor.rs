//! Who is asking.

use foundation::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{AccountId, Action, Role, SessionId, Ticket, UnitPath};

/// A role that an account has in a unit and all that lies below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub unit: UnitPath,
}

/// A signed-in person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountActor {
    /// Their account.
    pub account: AccountId,
    /// The session that their token belongs to.
    pub session: SessionId,
    /// What they are, where.
    pub grants: Vec<Grant>,
}

/// Who is asking. An argument of every use case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody that we know.
    Anonymous,
    /// A signed-in person.
    Account(AccountActor),
    /// A candidate, for one attempt.
    Ticket(Ticket),
    /// One of our own jobs or services, by name.
    System(&'static str),
}

impl Actor {
    /// The kind of actor, for logs and the audit log.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Account(_) => "account",
            Self::Ticket(_) => "ticket",
            Self::System(_) => "system",
        }
    }

    /// The account behind the actor: the person's, or the candidate's of the ticket.
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Account(actor) => Some(actor.account),
            Self::Ticket(ticket) => Some(ticket.candidate),
            Self::Anonymous | Self::System(_) => None,
        }
    }

    /// Whether any grant allows `action` anywhere.
    pub fn may_somewhere(&self, action: Action) -> bool {
        match self {
            Self::Account(actor) => actor.grants.iter().any(|grant| action.roles().contains(&grant.role)),
            Self::System(_) => true,
            Self::Anonymous | Self::Ticket(_) => false,
        }
    }

    /// The paths under which `action` is allowed; a list shows what lies below them and nothing else.
    pub fn units(&self, action: Action) -> Vec<UnitPath> {
        match self {
            Self::Account(actor) => actor
                .grants
                .iter()
                .filter(|grant| action.roles().contains(&grant.role))
                .map(|grant| grant.unit.clone())
                .collect(),
            Self::System(_) => vec![UnitPath::institution()],
            Self::Anonymous | Self::Ticket(_) => Vec::new(),
        }
    }
}

/// Lets `actor` do `action` on a thing of `unit`, or says why not.
///
/// # Errors
/// 401 for nobody, 403 for somebody whose grants don't reach.
pub fn authorize(actor: &Actor, action: Action, unit: &UnitPath) -> Result<(), Problem> {
    if matches!(actor, Actor::Anonymous) {
        return Err(Problem::unauthenticated("auth.sign_in_needed", "Sign in first."));
    }
    if actor.units(action).iter().any(|granted| granted.covers(unit)) {
        Ok(())
    } else {
        Err(Problem::forbidden().log(format!("{} asked for {} in {unit}", actor.kind(), action.name())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::UnitId;

    #[test]
    fn an_author_of_one_course_may_not_touch_another() {
        let course = UnitPath::institution().child(UnitId::from_uuid(Default::default()));
        let other =
            UnitPath::institution().child("0192f0c1-2345-7abc-8def-0123456789ab".parse::<UnitId>().unwrap());
        let author = Actor::Account(AccountActor {
            account: AccountId::from_uuid(Default::default()),
            session: SessionId::from_uuid(Default::default()),
            grants: vec![Grant { role: Role::Author, unit: course.clone() }],
        });
        assert!(authorize(&author, Action::EditQuestions, &course).is_ok());
        assert_eq!(authorize(&author, Action::EditQuestions, &other).unwrap_err().status, 403);
        assert_eq!(authorize(&author, Action::ManageAccounts, &course).unwrap_err().status, 403);
        assert_eq!(authorize(&Actor::Anonymous, Action::EditQuestions, &course).unwrap_err().status, 401);
    }
}
