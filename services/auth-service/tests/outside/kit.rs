//! A stage with auth-service on it, seen from outside.

use std::sync::Arc;

use auth_service::{AuthService, AuthSettings, Password, PasswordCost, Username};
use authz::{KeySource, PublicKey};
use foundation::{ManualClock, Problem, SystemRandom, Text};
use serde_json::json;
use test_kit::{Answer, People, Stage, TestDatabase};

/// The first administrator's password.
pub const PASSWORD: &str = "violet tram over kettle";

/// A stage with auth-service on it.
#[derive(Clone)]
pub struct Kit {
    pub stage: Stage,
    pub service: Arc<AuthService>,
    pub clock: ManualClock,
    pub people: People,
}

struct Both(People, Arc<AuthService>);

#[async_trait::async_trait]
impl KeySource for Both {
    async fn public_keys(&self) -> Result<Vec<PublicKey>, Problem> {
        Ok([self.0.public_keys().await?, self.1.public_keys().await?].concat())
    }
}

impl Kit {
    pub async fn open(database: &TestDatabase) -> Self {
        let (clock, people) = Stage::prepare();
        let settings = AuthSettings {
            password_cost: PasswordCost { memory_kib: 64, passes: 1, lanes: 1 },
            ..AuthSettings::new(people.secrets.clone(), people.secrets.clone())
        };
        let service =
            AuthService::open(&database.config, settings, Arc::new(clock.clone()), Arc::new(SystemRandom))
                .await;
        let service = Arc::new(service.unwrap());
        let keys = Arc::new(Both(people.clone(), Arc::clone(&service)));
        let stage = Stage::with_keys(clock.clone(), people.clone(), keys, vec![service.parts()]);
        Self { stage, service, clock, people }
    }

    /// Makes the first administrator on the command line and signs them in; answers their access token.
    pub async fn first_admin(&self) -> String {
        let username = Username::new("root").unwrap();
        let name = Text::new("The first administrator").unwrap();
        self.service.create_admin(username, name, Password::new(PASSWORD)).await.unwrap();
        token(&self.sign_in("root", PASSWORD).await)
    }

    pub async fn sign_in(&self, username: &str, password: &str) -> Answer {
        let body = json!({ "username": username, "password": password });
        self.stage.post("/api/v1/auth/login", &body).send().await
    }
}

/// The access token of an answer that signed somebody in.
pub fn token(answer: &Answer) -> String {
    answer.clone().expect(200)["access_token"].as_str().unwrap().to_owned()
}
