//! Finds the people of a roster by number, or makes them.

use std::collections::{HashMap, HashSet};

use auth_api::{ImportOutcome, ImportedPerson, PEOPLE_MAX, PersonRow};
use authz::{AccountId, Actor, UnitId, UnitPath};
use db::Tx;
use foundation::{FieldProblem, Problem};
use people_file::is_email;

use crate::{
    AuthService,
    app::problems,
    domain::{
        account::Username,
        fold::{fold, half_width, one_line},
    },
    store::{
        self,
        people::{Known, NewCandidate},
    },
};

/// Takes a roster. See [`auth_api::AuthApi::import_people`].
///
/// # Errors
/// As described there.
pub async fn import_people(
    service: &AuthService,
    actor: &Actor,
    unit: &UnitPath,
    rows: &[PersonRow],
    dry_run: bool,
) -> Result<Vec<ImportedPerson>, Problem> {
    if rows.len() > PEOPLE_MAX {
        let message = format!("A roster has at most {PEOPLE_MAX} rows.");
        let errors = vec![FieldProblem::at("rows", "too_many", message.clone())];
        return Err(Problem::invalid("auth.too_many_people", message, errors));
    }
    let mut tx = service.db.begin().await?;
    let mut taken = take(service, &mut tx, actor, unit, rows).await?;
    if dry_run {
        drop(tx);
        for person in taken.iter_mut().filter(|person| person.outcome == ImportOutcome::Created) {
            person.account = None;
        }
    } else {
        tx.commit().await?;
    }
    Ok(taken)
}

/// Takes a roster's rows within a transaction. Whether to keep it is the caller's decision.
///
/// # Errors
/// 404 for a unit that doesn't exist, 503 when storage can't take it.
pub async fn take(
    service: &AuthService,
    tx: &mut Tx,
    actor: &Actor,
    unit: &UnitPath,
    rows: &[PersonRow],
) -> Result<Vec<ImportedPerson>, Problem> {
    let home = match unit.unit() {
        None => None,
        Some(_) => {
            let record =
                store::units::find_by_path(tx, unit).await?.filter(|record| record.archived_at.is_none());
            Some(record.ok_or_else(problems::unit_not_found)?.unit.id)
        }
    };
    let keys: Vec<String> = rows.iter().map(|row| fold(&row.number)).collect();
    let mut roster = Roster {
        by_number: store::people::by_number_keys(tx, &keys).await?,
        by_subject: store::people::by_subjects(tx, &keys).await?,
        classes: if rows.iter().any(|row| row.class.is_some()) {
            store::units::classes_below(tx, unit).await?
        } else {
            HashMap::new()
        },
        new: Vec::new(),
        members: HashSet::new(),
    };
    let mut taken = Vec::with_capacity(rows.len());
    for (row, key) in rows.iter().zip(keys) {
        taken.push(roster.take_row(service, home, row, key));
    }
    let now = service.clock.now();
    store::people::insert_candidates(tx, unit, &roster.new, now).await.map_err(|error| {
        if error.is_exists() {
            Problem::conflict(
                "auth.import_collided",
                "Somebody else is importing the same people. Try again.",
            )
        } else {
            error.into()
        }
    })?;
    let members: Vec<_> = roster.members.into_iter().collect();
    let joined = store::members::insert(tx, &members, now).await?;
    let found: Vec<AccountId> = taken
        .iter()
        .filter(|person| person.outcome == ImportOutcome::Found)
        .filter_map(|person| person.account)
        .collect();
    store::grants::make_candidates(tx, &found, unit, now).await?;
    if !roster.new.is_empty() || joined > 0 {
        let detail = serde_json::json!({ "rows": rows.len(), "created": roster.new.len(), "joined": joined });
        service.record(tx, actor, "people.imported", ("unit", unit.to_string()), detail).await?;
    }
    Ok(taken)
}

/// What is known while a roster is taken.
struct Roster {
    by_number: HashMap<String, Known>,
    by_subject: HashMap<String, Known>,
    /// The classes that rows can name, by every name that they have.
    classes: HashMap<String, Vec<UnitId>>,
    new: Vec<NewCandidate>,
    members: HashSet<(UnitId, AccountId)>,
}

impl Roster {
    fn take_row(
        &mut self,
        service: &AuthService,
        home: Option<UnitId>,
        row: &PersonRow,
        key: String,
    ) -> ImportedPerson {
        let class = match self.class_of(row) {
            Ok(class) => class,
            Err(refusal) => return refusal,
        };
        if let Some(known) = self.by_number.get(&key) {
            let (id, same_name) = (known.id, fold(&one_line(&row.display_name)) == fold(&known.display_name));
            if known.disabled {
                return refused("number", "disabled", "This person's account is disabled.");
            }
            if !same_name {
                return ImportedPerson {
                    account: Some(id),
                    outcome: ImportOutcome::NameDiffers,
                    problem: None,
                };
            }
            self.join([home, class], id);
            return ImportedPerson { account: Some(id), outcome: ImportOutcome::Found, problem: None };
        }
        if self.by_subject.contains_key(&key) {
            return refused("number", "taken", "Somebody without this number has it as a user name.");
        }
        if Username::new(&row.number).is_err() {
            return refused("number", "invalid", "A number has letters, digits and . _ - @ + only.");
        }
        if row.email.as_deref().is_some_and(|email| !is_email(email)) {
            return refused("email", "invalid", "This is no e-mail address.");
        }
        let id: AccountId = service.id();
        let display_name = one_line(&row.display_name);
        self.by_number.insert(key, Known { id, display_name: display_name.clone(), disabled: false });
        self.new.push(NewCandidate {
            id,
            number: half_width(&row.number),
            number_key: fold(&row.number),
            display_name,
            email: row.email.as_ref().map(|email| email.as_str().to_owned()),
        });
        self.join([home, class], id);
        ImportedPerson { account: Some(id), outcome: ImportOutcome::Created, problem: None }
    }

    fn class_of(&self, row: &PersonRow) -> Result<Option<UnitId>, ImportedPerson> {
        let Some(words) = &row.class else { return Ok(None) };
        match self.classes.get(&fold(words)).map(Vec::as_slice) {
            Some([class]) => Ok(Some(*class)),
            Some(_) => {
                Err(refused("class", "ambiguous", "Several classes have this name: write the code instead."))
            }
            None => Err(refused(
                "class",
                "unknown",
                "There is no such class in this unit. Make it first, or check the name.",
            )),
        }
    }

    fn join(&mut self, units: [Option<UnitId>; 2], id: AccountId) {
        self.members.extend(units.into_iter().flatten().map(|unit| (unit, id)));
    }
}

fn refused(field: &str, code: &str, message: &str) -> ImportedPerson {
    ImportedPerson {
        account: None,
        outcome: ImportOutcome::Refused,
        problem: Some(FieldProblem::at(field, code, message)),
    }
}

#[cfg(test)]
mod tests {
    use auth_api::{AuthApi as _, ImportOutcome, ImportedPerson, PEOPLE_MAX, PersonRow, UnitKind};
    use authz::{Actor, Role, UnitPath};
    use foundation::Text;
    use test_kit::TestDatabase;

    use crate::{domain::unit::UnitRecord, http::testing::Scene};

    const ACTOR: Actor = Actor::System("exam-service");

    fn row(number: &str, name: &str) -> PersonRow {
        let (number, display_name) = (Text::new(number).unwrap(), Text::new(name).unwrap());
        PersonRow { number, display_name, email: None, class: None }
    }

    fn outcomes(people: &[ImportedPerson]) -> Vec<ImportOutcome> {
        people.iter().map(|person| person.outcome).collect()
    }

    test_kit::on_both_databases! {
        async fn the_same_roster_twice_finds_the_same_people(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let top = UnitPath::institution();
            let rows = vec![row("A1", "Ada"), row("ａ2", "Bo"), row("A1", "ADA")];
            let dry = scene.service.import_people(&ACTOR, &top, rows.clone(), true).await.unwrap();
            assert_eq!(outcomes(&dry), [ImportOutcome::Created, ImportOutcome::Created, ImportOutcome::Found]);
            let first = scene.service.import_people(&ACTOR, &top, rows.clone(), false).await.unwrap();
            assert_eq!(outcomes(&first), outcomes(&dry));
            assert_eq!(first[0].account, first[2].account);
            let again = scene.service.import_people(&ACTOR, &top, rows, false).await.unwrap();
            assert_eq!(outcomes(&again), [ImportOutcome::Found; 3]);
            assert_eq!(again[1].account, first[1].account);
            let ids: Vec<_> = first.iter().filter_map(|person| person.account).collect();
            let mut found = scene.service.find_people(&ids).await.unwrap();
            found.sort_by(|a, b| a.number.cmp(&b.number));
            let names: Vec<_> = found.iter().map(|person| (person.number.as_deref().unwrap(), person.display_name.as_str())).collect();
            assert_eq!(names, [("A1", "Ada"), ("a2", "Bo")]);
        }

        async fn a_number_under_another_name_is_for_a_person_to_look_at(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let unit = scene.unit(UnitKind::Course, "Algebra", None).await.unit.path;
            let ada = scene.candidate("A1", &UnitPath::institution()).await;
            let people = scene.service.import_people(&ACTOR, &unit, vec![row("A1", "Somebody else")], false).await.unwrap();
            assert_eq!((people[0].outcome, people[0].account), (ImportOutcome::NameDiffers, Some(ada)));
            let members: i64 = {
                let mut conn = scene.service.db.read().await.unwrap();
                db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM auth.members").fetch_one(c).await).unwrap()
            };
            assert_eq!(members, 0);
        }

        async fn rows_that_can_not_be_taken_say_why_and_stop_no_other(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("taken", &[]).await;
            let mut unknown_class = row("A2", "Bo");
            unknown_class.class = Some(Text::new("No such class").unwrap());
            let mut bad_email = row("A3", "Cy");
            bad_email.email = Some(Text::new("nonsense").unwrap());
            let rows = vec![row("taken", "Tim"), unknown_class, bad_email, row("A 4", "Dora"), row("A5", "Eve")];
            let people = scene.service.import_people(&ACTOR, &UnitPath::institution(), rows, false).await.unwrap();
            let codes: Vec<_> = people.iter().map(|p| p.problem.as_ref().map_or("", |problem| problem.code.as_str())).collect();
            assert_eq!(codes, ["taken", "unknown", "invalid", "invalid", ""]);
            assert_eq!(people[4].outcome, ImportOutcome::Created);
        }

        async fn a_class_is_named_by_id_code_or_name_and_lies_below_the_unit(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let class = async |name: &str, code: &str, parent: &UnitRecord| {
                let body = serde_json::json!({ "kind": "class", "name": name, "code": code, "parent_id": parent.unit.id });
                scene.stage.post("/api/v1/auth/units", &body).token(&admin).send().await.expect(201)["id"].as_str().unwrap().to_owned()
            };
            let (first, second) = (class("Class 1", "M1", &maths).await, class("Class 2", "M2", &maths).await);
            class("Class 2", "M3", &maths).await;
            class("Class 9", "L9", &law).await;
            let upper = first.to_uppercase();
            let words = ["Class 1", "ｃｌａｓｓ 1", "m1", &first, &upper, "M2", "Class 2", "Class 9", "L9", "Mathematics"];
            let rows = (0..).zip(words).map(|(place, words): (u32, _)| {
                let mut row = row(&format!("A{place}"), "Ada");
                row.class = Some(Text::new(words).unwrap());
                row
            }).collect();
            let people = scene.service.import_people(&ACTOR, &maths.unit.path, rows, false).await.unwrap();
            let codes: Vec<_> = people.iter().map(|p| p.problem.as_ref().map_or("", |problem| problem.code.as_str())).collect();
            assert_eq!(codes, ["", "", "", "", "", "", "ambiguous", "unknown", "unknown", "unknown"]);
            for (class, members) in [(&first, 5), (&second, 1)] {
                let found = scene.stage.get(format!("/api/v1/auth/units/{class}/members")).token(&admin).send().await.expect(200);
                assert_eq!(found["items"].as_array().unwrap().len(), members);
            }
        }

        async fn a_teacher_on_a_roster_becomes_a_candidate_too_and_once(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let unit = scene.unit(UnitKind::Course, "Algebra", None).await.unit.path;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let body = serde_json::json!({ "username": "teacher", "display_name": "Ada", "number": "T1", "roles": [{ "role": "author" }] });
            scene.stage.post("/api/v1/auth/accounts", &body).token(&admin).send().await.expect(201);
            for path in [unit, UnitPath::institution()] {
                let people = scene.service.import_people(&ACTOR, &path, vec![row("T1", "Ada")], false).await.unwrap();
                assert_eq!(people[0].outcome, ImportOutcome::Found);
            }
            let found = scene.stage.get("/api/v1/auth/accounts?role=candidate").token(&admin).send().await.expect(200);
            let id = found["items"][0]["id"].as_str().unwrap();
            let account = scene.stage.get(format!("/api/v1/auth/accounts/{id}")).token(&admin).send().await.expect(200);
            assert_eq!(account["roles"].as_array().unwrap().len(), 2);
        }

        async fn a_unit_that_is_not_there_and_an_endless_roster_are_refused(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let nowhere = UnitPath::institution().child(authz::UnitId::from_uuid(uuid::Uuid::nil()));
            let problem = scene.service.import_people(&ACTOR, &nowhere, vec![row("A1", "Ada")], false).await.unwrap_err();
            assert_eq!((problem.status, problem.code.as_ref()), (404, "auth.unit_not_found"));
            let rows = vec![row("A1", "Ada"); PEOPLE_MAX + 1];
            let problem = scene.service.import_people(&ACTOR, &UnitPath::institution(), rows, false).await.unwrap_err();
            assert_eq!(problem.status, 422);
            let ids = vec![authz::AccountId::from_uuid(uuid::Uuid::nil()); PEOPLE_MAX + 1];
            assert_eq!(scene.service.find_people(&ids).await.unwrap_err().status, 422);
        }
    }
}
