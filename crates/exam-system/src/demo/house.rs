//! The whole application on a clock that the loader moves, so that what is loaded happened when it says it did.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use audit::Verdict;
use auth_service::{Password, Username};
use authz::Role;
use exam_service::app::{close_attempt, hand_over, mark_attempt};
use foundation::{Instant, ManualClock, Problem, SystemRandom, Text};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    client::{As, Client},
    people::{self, Login},
};
use crate::{
    compose::{Composed, compose},
    config::Config,
};

/// The whole application on a clock that the loader moves. Its jobs don't run: they are called.
pub struct House {
    composed: Composed,
    /// What time it is.
    pub clock: ManualClock,
    /// Speaks to it.
    pub client: Client,
    /// Whether devices report what they notice.
    pub is_proctored: bool,
}

#[derive(Deserialize)]
struct SignedIn {
    access_token: String,
}

impl House {
    /// Opens it at `now`.
    ///
    /// # Errors
    /// As [`compose`].
    pub async fn open(config: &Config, now: Instant) -> Result<Self> {
        let clock = ManualClock::new(now);
        let composed = compose(config, Arc::new(clock.clone()), Arc::new(SystemRandom)).await?;
        let client = Client::new(composed.app.router.clone());
        Ok(Self { composed, clock, client, is_proctored: config.proctoring })
    }

    /// Whether nobody has ever done anything here: no service has an audit record.
    ///
    /// # Errors
    /// When a database can't be read.
    pub async fn is_untouched(&self) -> Result<bool> {
        for (schema, db) in self.composed.databases() {
            if audit::verify(db, schema).await? != (Verdict::Whole { sealed: 0, unsealed: 0 }) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes the first administrator.
    ///
    /// # Errors
    /// What auth-service refused.
    pub async fn create_admin(&self, login: &Login) -> Result<()> {
        let username = Username::new(login.username).map_err(|_| anyhow::anyhow!("{}", login.username))?;
        let name = Text::new(login.display_name).with_context(|| login.display_name)?;
        let password = Password::new(people::PASSWORD);
        self.composed.auth()?.create_admin(username, name, password).await.map_err(said)?;
        Ok(())
    }

    /// Signs the demo's person of this role in; gives their access token, which is good for some minutes.
    ///
    /// # Errors
    /// What auth-service refused.
    pub async fn sign_in(&self, role: Role) -> Result<String> {
        let body = json!({ "username": people::login(role).username, "password": people::PASSWORD });
        let signed_in: SignedIn = self.client.post(As::Nobody, "/api/v1/auth/login", &body).await?;
        Ok(signed_in.access_token)
    }

    /// Sets a first password with an activation code; gives an access token.
    ///
    /// # Errors
    /// What auth-service refused.
    pub async fn activate(&self, username: &str, code: &str) -> Result<String> {
        let body = json!({ "username": username, "code": code, "new_password": people::PASSWORD });
        let signed_in: SignedIn = self.client.post(As::Nobody, "/api/v1/auth/activate", &body).await?;
        Ok(signed_in.access_token)
    }

    /// Does what the jobs would do by now: closes and marks attempts.
    ///
    /// # Errors
    /// When a database can't take it.
    pub async fn close_and_mark(&self, now: Instant) -> Result<()> {
        self.clock.set(now);
        let exams = self.composed.exams()?;
        while close_attempt::close_due_attempts(exams, now).await.map_err(said)? > 0 {}
        while mark_attempt::mark_due_attempts(exams, now).await.map_err(said)? > 0 {}
        Ok(())
    }

    /// Does what a job would do by now: tells auth-service who may check in.
    ///
    /// # Errors
    /// When a database can't take it.
    pub async fn hand_over(&self) -> Result<()> {
        let exams = self.composed.exams()?;
        while hand_over::hand_over(exams).await.map_err(said)? > 0 {}
        Ok(())
    }

    /// The id in what was answered.
    ///
    /// # Errors
    /// When there is none.
    pub fn id(answer: &Value) -> Result<String> {
        let id = answer.get("id").and_then(Value::as_str).context("an answer without id")?;
        Ok(id.to_owned())
    }

    /// Gives the databases and the folder back.
    pub async fn close(self) {
        self.composed.close().await;
    }
}

/// A refusal, for the person at the terminal.
fn said(problem: Problem) -> anyhow::Error {
    let log = problem.log.as_deref().unwrap_or("");
    anyhow::anyhow!("{} {log}", problem.detail)
}
