//! auth-service, played: people by number, units, and what it was told of admissions.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use auth_api::{
    Admission, AuthApi, ImportOutcome, ImportedPerson, Person, PersonRow, SittingAdmissions, Unit, UnitId,
    UnitKind, UnitPath,
};
use authz::{AccountId, Actor, AttemptId, KeySource, PublicKey, SittingId};
use foundation::{FieldProblem, Id, ManualClock, Problem, SystemRandom};

/// auth-service, played.
#[derive(Clone)]
pub struct FakeAuth {
    clock: ManualClock,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    people: BTreeMap<String, Person>,
    units: BTreeMap<UnitId, Unit>,
    classes: Vec<String>,
    admitted: BTreeMap<AttemptId, Admission>,
}

impl FakeAuth {
    pub fn new(clock: ManualClock) -> Self {
        Self { clock, state: Arc::default() }
    }

    pub fn add_unit(&self, name: &str) -> (UnitId, UnitPath) {
        let id: UnitId = Id::new(&self.clock, &SystemRandom);
        let path = UnitPath::institution().child(id);
        let unit =
            Unit { id, parent: None, kind: UnitKind::Faculty, name: name.to_owned(), path: path.clone() };
        self.state.lock().unwrap().units.insert(id, unit);
        (id, path)
    }

    /// A class that rosters can name by `name` or `code`.
    pub fn add_class(&self, name: &str, code: &str) {
        self.state.lock().unwrap().classes.extend([name.to_owned(), code.to_owned()]);
    }

    pub fn add_person(&self, number: &str, name: &str) -> AccountId {
        let id = Id::new(&self.clock, &SystemRandom);
        let person = Person { id, number: Some(number.to_owned()), display_name: name.to_owned() };
        self.state.lock().unwrap().people.insert(number.to_owned(), person);
        id
    }

    /// Numbers of everybody it knows.
    pub fn numbers(&self) -> Vec<String> {
        self.state.lock().unwrap().people.keys().cloned().collect()
    }

    /// The admission that it holds for an attempt.
    pub fn admission(&self, attempt: AttemptId) -> Option<Admission> {
        self.state.lock().unwrap().admitted.get(&attempt).copied()
    }
}

#[async_trait::async_trait]
impl KeySource for FakeAuth {
    async fn public_keys(&self) -> Result<Vec<PublicKey>, Problem> {
        Ok(Vec::new())
    }
}

#[async_trait::async_trait]
impl AuthApi for FakeAuth {
    async fn import_people(
        &self,
        _: &Actor,
        _: &UnitPath,
        rows: Vec<PersonRow>,
        dry_run: bool,
    ) -> Result<Vec<ImportedPerson>, Problem> {
        let answer = |row: PersonRow| {
            let classes = self.state.lock().unwrap().classes.clone();
            if row.class.is_some_and(|class| !classes.iter().any(|known| known == class.as_str())) {
                let problem = FieldProblem::at("class", "unknown", "There is no such class.");
                return ImportedPerson {
                    account: None,
                    outcome: ImportOutcome::Refused,
                    problem: Some(problem),
                };
            }
            let known = self.state.lock().unwrap().people.get(row.number.as_str()).cloned();
            let (account, outcome) = match known {
                Some(person) if person.display_name == row.display_name.as_str() => {
                    (Some(person.id), ImportOutcome::Found)
                }
                Some(person) => (Some(person.id), ImportOutcome::NameDiffers),
                None if dry_run => (None, ImportOutcome::Created),
                None => (Some(self.add_person(&row.number, &row.display_name)), ImportOutcome::Created),
            };
            if row.number.as_str() == "STAFF" {
                let problem =
                    FieldProblem::at("number", "auth.not_a_candidate", "This person is no candidate.");
                return ImportedPerson {
                    account: None,
                    outcome: ImportOutcome::Refused,
                    problem: Some(problem),
                };
            }
            ImportedPerson { account, outcome, problem: None }
        };
        Ok(rows.into_iter().map(answer).collect())
    }

    async fn find_people(&self, ids: &[AccountId]) -> Result<Vec<Person>, Problem> {
        let state = self.state.lock().unwrap();
        Ok(state.people.values().filter(|person| ids.contains(&person.id)).cloned().collect())
    }

    async fn register_admissions(
        &self,
        _: &Actor,
        _: &SittingAdmissions,
        admissions: Vec<Admission>,
    ) -> Result<(), Problem> {
        let mut state = self.state.lock().unwrap();
        state.admitted.extend(admissions.into_iter().map(|admission| (admission.attempt, admission)));
        Ok(())
    }

    async fn revoke_admissions(
        &self,
        _: &Actor,
        _: SittingId,
        attempts: &[AttemptId],
    ) -> Result<(), Problem> {
        let mut state = self.state.lock().unwrap();
        for attempt in attempts {
            state.admitted.remove(attempt);
        }
        Ok(())
    }

    async fn unit(&self, id: UnitId) -> Result<Option<Unit>, Problem> {
        Ok(self.state.lock().unwrap().units.get(&id).cloned())
    }
}
