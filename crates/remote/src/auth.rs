//! auth-service in another process.

use std::time::Duration;

use auth_api::{
    Admission, AuthApi, ImportedPerson, Person, PersonRow, SittingAdmissions, Unit,
    wire::{self, FindPeople, ImportPeople, RegisterAdmissions, RevokeAdmissions},
};
use authz::{AccountId, Actor, AttemptId, KeySource, PublicKey, Service, SittingId, UnitId, UnitPath};
use foundation::Problem;
use http::Method;
use serde::Deserialize;

use crate::{Addresses, Ask, Caller, Remote};

/// How long a short question may take.
const SHORT: Duration = Duration::from_secs(5);
/// How long a whole roster may take.
const LONG: Duration = Duration::from_secs(40);

/// auth-service in another process.
#[derive(Debug)]
pub struct AuthClient(Remote);

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<PublicKey>,
}

impl AuthClient {
    /// auth-service at these addresses.
    pub fn new(addresses: Addresses, caller: Caller) -> Self {
        Self(Remote::new(Service::Auth, addresses, caller))
    }
}

/// Every call of [`AuthApi`] is idempotent: the trait says so.
fn ask<'a>(method: &'a Method, path: &'a str, actor: &'a Actor, patience: Duration) -> Ask<'a> {
    Ask { method, path, actor, is_idempotent: true, patience }
}

#[async_trait::async_trait]
impl KeySource for AuthClient {
    async fn public_keys(&self) -> Result<Vec<PublicKey>, Problem> {
        let set: KeySet =
            self.0.call(ask(&Method::GET, wire::KEYS, &Actor::Anonymous, SHORT), None::<&()>).await?;
        Ok(set.keys)
    }
}

#[async_trait::async_trait]
impl AuthApi for AuthClient {
    async fn import_people(
        &self,
        actor: &Actor,
        unit: &UnitPath,
        rows: Vec<PersonRow>,
        dry_run: bool,
    ) -> Result<Vec<ImportedPerson>, Problem> {
        let body = ImportPeople { unit: unit.clone(), rows, dry_run };
        self.0.call(ask(&Method::POST, wire::IMPORT_PEOPLE, actor, LONG), Some(&body)).await
    }

    async fn find_people(&self, ids: &[AccountId]) -> Result<Vec<Person>, Problem> {
        let body = FindPeople { ids: ids.to_vec() };
        self.0.call(ask(&Method::POST, wire::FIND_PEOPLE, &Actor::System(""), SHORT), Some(&body)).await
    }

    async fn register_admissions(
        &self,
        actor: &Actor,
        sitting: &SittingAdmissions,
        admissions: Vec<Admission>,
    ) -> Result<(), Problem> {
        let body = RegisterAdmissions { sitting: sitting.clone(), admissions };
        self.0.call(ask(&Method::POST, wire::REGISTER_ADMISSIONS, actor, LONG), Some(&body)).await
    }

    async fn revoke_admissions(
        &self,
        actor: &Actor,
        sitting: SittingId,
        attempts: &[AttemptId],
    ) -> Result<(), Problem> {
        let body = RevokeAdmissions { sitting, attempts: attempts.to_vec() };
        self.0.call(ask(&Method::POST, wire::REVOKE_ADMISSIONS, actor, LONG), Some(&body)).await
    }

    async fn unit(&self, id: UnitId) -> Result<Option<Unit>, Problem> {
        let path = wire::UNIT.replace("{unit_id}", &id.to_string());
        self.0.call(ask(&Method::GET, &path, &Actor::System(""), SHORT), None::<&()>).await
    }
}
