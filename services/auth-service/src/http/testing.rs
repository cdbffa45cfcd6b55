//! A stage with auth-service on it, and people with passwords.

use std::sync::Arc;

use auth_api::{Admission, AuthApi as _, PersonRow, SittingAdmissions, UnitKind};
use authz::{AccountId, Actor, AttemptId, Grant, KeySource, PublicKey, Role, SittingId, UnitPath};
use axum::http::header;
use foundation::{Clock as _, Id, Instant, ManualClock, Problem, Span, SystemRandom};
use serde_json::json;
use test_kit::{Answer, People, Stage, TestDatabase};

use crate::{
    AuthService, AuthSettings, PasswordCost, Username,
    app::{self, units::NewUnit},
    domain::{account::NewAccount, password::Password, unit::UnitRecord},
    store,
};

/// Everybody's password.
pub const PASSWORD: &str = "violet tram over kettle";

/// Cheap, so that tests are quick; production's is tested beside the pool.
const CHEAP: PasswordCost = PasswordCost { memory_kib: 64, passes: 1, lanes: 1 };

/// A stage with auth-service on it.
#[derive(Clone)]
pub struct Scene {
    pub stage: Stage,
    pub service: Arc<AuthService>,
    pub people: People,
    pub clock: ManualClock,
}

/// Somebody who has signed in.
pub struct SignedInPerson {
    pub token: String,
    pub session: String,
    pub device: String,
}

/// A candidate on the list of a sitting.
pub struct Exam {
    pub sitting: SittingId,
    pub attempt: AttemptId,
    pub candidate: AccountId,
    pub opens_at: Instant,
    pub closes_at: Instant,
    pub unit: UnitPath,
}

/// Takes tokens of the stage's people and of the service itself.
struct Both(People, Arc<AuthService>);

#[async_trait::async_trait]
impl KeySource for Both {
    async fn public_keys(&self) -> Result<Vec<PublicKey>, Problem> {
        Ok([self.0.public_keys().await?, self.1.public_keys().await?].concat())
    }
}

impl Scene {
    pub async fn set(database: &TestDatabase) -> Self {
        let (clock, people) = Stage::prepare();
        let settings = AuthSettings {
            trusted_proxies: 1,
            password_cost: CHEAP,
            ..AuthSettings::new(people.secrets.clone(), people.secrets.clone())
        };
        let open =
            AuthService::open(&database.config, settings, Arc::new(clock.clone()), Arc::new(SystemRandom));
        let service = Arc::new(open.await.unwrap());
        let keys = Arc::new(Both(people.clone(), Arc::clone(&service)));
        let stage = Stage::with_keys(clock.clone(), people.clone(), keys, vec![service.parts()]);
        Self { stage, service, people, clock }
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    pub fn everywhere(role: Role) -> Grant {
        Grant { role, unit: UnitPath::institution() }
    }

    /// A person who can sign in with [`PASSWORD`].
    pub async fn person(&self, username: &str, grants: &[Grant]) -> AccountId {
        self.person_at(username, grants, UnitPath::institution()).await
    }

    pub async fn person_at(&self, username: &str, grants: &[Grant], home: UnitPath) -> AccountId {
        let new = NewAccount {
            username: Username::new(username).unwrap(),
            display_name: foundation::Text::new(&format!("Person {username}")).unwrap(),
            number: None,
            email: None,
            home,
        };
        let actor = Actor::System("test");
        let (made, _) =
            app::create_account::create_account(&self.service, &actor, new, grants).await.unwrap();
        let hash = self.service.passwords.hash(Password::new(PASSWORD)).await.unwrap();
        let mut tx = self.service.db.begin().await.unwrap();
        store::accounts::set_password(&mut tx, made.account.id, Some(&hash), false, self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        made.account.id
    }

    /// A person without a password; answers their activation code.
    pub async fn invited(&self, username: &str) -> String {
        let (_, admin) = self.people.with_role(Role::Admin);
        let body = json!({ "username": username, "display_name": username });
        let made = self.stage.post("/api/v1/auth/accounts", &body).token(&admin).send().await.expect(201);
        made["activation"]["code"].as_str().unwrap().to_owned()
    }

    pub async fn grant(&self, account: AccountId, role: Role) {
        let actor = Actor::System("test");
        app::grant_role::grant_role(&self.service, &actor, account, &Self::everywhere(role)).await.unwrap();
    }

    pub async fn must_change_password(&self, account: AccountId) {
        let mut tx = self.service.db.begin().await.unwrap();
        let row = store::accounts::find(&mut tx, account).await.unwrap().unwrap();
        let hash = row.password_hash.unwrap();
        store::accounts::set_password(&mut tx, account, Some(&hash), true, self.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn try_login(&self, username: &str, password: &str, address: &str) -> Answer {
        let body = json!({ "username": username, "password": password });
        self.stage.post("/api/v1/auth/login", &body).header("x-forwarded-for", address).send().await
    }

    pub async fn sign_in(&self, username: &str) -> SignedInPerson {
        self.sign_in_from(username, "192.0.2.1").await
    }

    pub async fn sign_in_from(&self, username: &str, address: &str) -> SignedInPerson {
        let answer = self.try_login(username, PASSWORD, address).await;
        let session = cookie(&answer, "exam_session").expect("a session");
        let device = cookie(&answer, "exam_device").unwrap_or_default();
        let token = answer.expect(200)["access_token"].as_str().unwrap().to_owned();
        SignedInPerson { token, session, device }
    }

    /// A unit below `parent`.
    pub async fn unit(&self, kind: UnitKind, name: &str, parent: Option<&UnitRecord>) -> UnitRecord {
        let new = NewUnit {
            parent: parent.map(|parent| parent.unit.id),
            kind,
            name: name.to_owned(),
            code: None,
            term: None,
        };
        app::units::create(&self.service, &Actor::System("test"), new).await.unwrap()
    }

    /// A sitting that opens in `wait` and runs for 90 minutes, with one candidate.
    pub async fn sitting_in(&self, wait: Span) -> Exam {
        self.sitting_of(wait, UnitPath::institution(), "1").await
    }

    pub async fn sitting_of(&self, wait: Span, unit: UnitPath, number: &str) -> Exam {
        let candidate = self.candidate(number, &unit).await;
        let opens_at = self.now() + wait;
        let exam = Exam {
            sitting: Id::new(&self.clock, &SystemRandom),
            attempt: Id::new(&self.clock, &SystemRandom),
            candidate,
            opens_at,
            closes_at: opens_at + Span::from_minutes(90),
            unit,
        };
        self.register(&exam).await;
        exam
    }

    pub async fn candidate(&self, number: &str, unit: &UnitPath) -> AccountId {
        let row = PersonRow {
            number: foundation::Text::new(number).unwrap(),
            display_name: foundation::Text::new(&format!("Candidate {number}")).unwrap(),
            email: None,
            class: None,
        };
        let people =
            self.service.import_people(&Actor::System("test"), unit, vec![row], false).await.unwrap();
        people[0].account.unwrap()
    }

    pub async fn register(&self, exam: &Exam) {
        let sitting = SittingAdmissions {
            sitting: exam.sitting,
            title: foundation::Text::new("Algebra, final").unwrap(),
            unit: exam.unit.clone(),
        };
        let admission = Admission {
            candidate: exam.candidate,
            attempt: exam.attempt,
            opens_at: exam.opens_at,
            closes_at: exam.closes_at,
        };
        self.service.register_admissions(&Actor::System("test"), &sitting, vec![admission]).await.unwrap();
    }

    /// A new admission code for the candidate.
    pub async fn code(&self, exam: &Exam) -> String {
        let (_, officer) = self.people.with_role(Role::Officer);
        let path = format!("/api/v1/auth/sittings/{}/admission-codes", exam.sitting);
        let json = self.stage.post(path, &json!({ "which": "all" })).token(&officer).send().await.expect(200);
        json["issued"][0]["code"].as_str().unwrap().to_owned()
    }

    /// The audit log's actions, oldest first.
    pub async fn acts(&self) -> Vec<String> {
        let (_, admin) = self.people.with_role(Role::Admin);
        let page = self.stage.get("/api/v1/auth/audit?limit=200").token(&admin).send().await.expect(200);
        let mut acts: Vec<String> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|act| act["action"].as_str().unwrap().to_owned())
            .collect();
        acts.reverse();
        acts
    }
}

/// The cookies that an answer sets.
pub fn set_cookies(answer: &Answer) -> Vec<String> {
    answer
        .headers
        .get_all(header::SET_COOKIE)
        .iter()
        .map(|value| value.to_str().unwrap().to_owned())
        .collect()
}

/// The value of a cookie that an answer sets.
pub fn cookie(answer: &Answer, name: &str) -> Option<String> {
    set_cookies(answer).into_iter().find_map(|cookie| {
        let (key, rest) = cookie.split_once('=')?;
        (key == name).then(|| rest.split(';').next().unwrap_or("").to_owned())
    })
}
