//! Who is asking, and what they may do.
//!
//! An [`Actor`] is an argument of every use case. What a role may do is the table in [`Action::roles`]; what an
//! endpoint asks for is a [`Rule`] beside the endpoint. Both print into `docs/reference/permissions.md`.

mod access;
mod action;
mod actor;
mod ids;
mod rule;
mod sealer;
mod secrets;
mod service;
mod service_token;
mod ticket;
mod unit;

pub use access::{AccessClaims, AccessVerifier, KeySource, PublicKey};
pub use action::{Action, Role};
pub use actor::{AccountActor, Actor, Grant, authorize};
pub use ids::{Account, AccountId, Attempt, AttemptId, Session, SessionId, Sitting, SittingId, Unit, UnitId};
pub use rule::{Rule, Rules, Who};
pub use sealer::Sealer;
pub use secrets::{SecretTooShort, Secrets};
pub use service::Service;
pub use service_token::{
    CLOCK_SKEW_MAX, SERVICE_TOKEN_LIFE_MAX, ServiceCall, ServiceTokenError, ServiceTokenKey,
};
pub use ticket::{Ticket, TicketError, TicketKey};
pub use unit::UnitPath;
