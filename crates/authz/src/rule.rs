//! What an endpoint asks of who is asking: the outer door. The use case inside checks the thing itself.

use std::{collections::BTreeMap, sync::Arc};

use foundation::Problem;

use crate::{Action, Actor};

/// Who may call an endpoint at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody.
    Public,
    /// Anybody signed in, about themselves.
    SignedIn,
    /// The candidate whose ticket names the attempt in the path.
    Ticket,
    /// The ticket's candidate, or somebody signed in whose account owns the attempt.
    TicketOrSignedIn,
    /// Somebody with a role that allows the action, on things of their units.
    May(Action),
    /// Another of our services, by its service token. Not in the API's description, and refused at the edge.
    Service,
}

/// An endpoint and who may call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// HTTP method, upper case.
    pub method: &'static str,
    /// Path as routed, with `{parameters}`.
    pub path: &'static str,
    /// Who may call it.
    pub who: Who,
}

impl Rule {
    /// An endpoint and who may call it.
    pub const fn new(method: &'static str, path: &'static str, who: Who) -> Self {
        Self { method, path, who }
    }
}

/// Every endpoint's rule. What isn't in here is closed.
#[derive(Clone, Debug, Default)]
pub struct Rules(Arc<BTreeMap<&'static str, BTreeMap<&'static str, Who>>>);

impl Rules {
    /// The rules of these services.
    pub fn of(rules: impl IntoIterator<Item = Rule>) -> Self {
        let mut by_path: BTreeMap<&'static str, BTreeMap<&'static str, Who>> = BTreeMap::new();
        for Rule { method, path, who } in rules {
            by_path.entry(path).or_default().insert(method, who);
        }
        Self(Arc::new(by_path))
    }

    /// Every rule, by path and method.
    pub fn iter(&self) -> impl Iterator<Item = Rule> + '_ {
        self.0.iter().flat_map(|(&path, methods)| {
            methods.iter().map(move |(&method, &who)| Rule { method, path, who })
        })
    }

    /// Who may call this endpoint.
    pub fn find(&self, method: &str, path: &str) -> Option<Who> {
        self.0.get(path)?.get(method).copied()
    }

    /// Lets `actor` through the outer door of an endpoint, or says why not.
    ///
    /// # Errors
    /// 401 for nobody where somebody is needed, 403 for somebody without the role, or for an endpoint without a rule.
    pub fn admit(&self, method: &str, path: &str, actor: &Actor) -> Result<(), Problem> {
        let sign_in = || Problem::unauthenticated("auth.sign_in_needed", "Sign in first.");
        let check_in =
            || Problem::unauthenticated("auth.ticket_needed", "Check in first: this needs an exam ticket.");
        match self.find(method, path) {
            Some(Who::Public) => Ok(()),
            Some(Who::SignedIn) => match actor {
                Actor::Account(_) => Ok(()),
                _ => Err(sign_in()),
            },
            Some(Who::Ticket) => match actor {
                Actor::Ticket(_) => Ok(()),
                _ => Err(check_in()),
            },
            Some(Who::TicketOrSignedIn) => match actor {
                Actor::Ticket(_) | Actor::Account(_) => Ok(()),
                _ => Err(sign_in()),
            },
            Some(Who::May(action)) => match actor {
                Actor::Anonymous => Err(sign_in()),
                _ if actor.may_somewhere(action) => Ok(()),
                _ => Err(Problem::forbidden()),
            },
            // The doorman takes service tokens before it comes to this: whoever has none learns nothing.
            Some(Who::Service) => {
                Err(Problem::not_found("request.no_such_thing", "There is nothing at this address."))
            }
            None => Err(Problem::forbidden().log(format!("{method} {path} is in no permission table"))),
        }
    }
}
