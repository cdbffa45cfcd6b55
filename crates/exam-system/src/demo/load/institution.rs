//! Logins, faculties, courses, classes and candidates.

use anyhow::{Context as _, Result, ensure};
use authz::Role;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Calendar;
use crate::demo::{
    client::As,
    house::House,
    people::{self, CLASSES, LOGINS, Login},
};

/// The institution.
pub struct Institution {
    /// The faculty of science.
    pub science: Unit,
    /// The faculty of languages.
    pub languages: Unit,
    /// The mathematics course.
    pub mathematics: Unit,
    /// The science course.
    pub practice: Unit,
    /// The reading course.
    pub reading: Unit,
    /// The candidates, by number; the demo candidate first.
    pub candidates: Vec<Enrolled>,
}

/// A candidate with an account.
#[derive(Clone, Debug)]
pub struct Enrolled {
    /// Their number.
    pub number: String,
    /// Their name.
    pub name: String,
    /// Their account.
    pub account: String,
}

/// A unit.
#[derive(Deserialize)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// Its path.
    pub path: String,
}

#[derive(Deserialize)]
struct Created {
    account: CreatedAccount,
    activation: Activation,
}

#[derive(Deserialize)]
struct CreatedAccount {
    id: String,
}

#[derive(Deserialize)]
struct Activation {
    code: String,
}

#[derive(Deserialize)]
struct Imported {
    rows: Vec<ImportedRow>,
}

#[derive(Deserialize)]
struct ImportedRow {
    number: String,
    display_name: String,
    account_id: Option<String>,
}

/// Sets the institution up.
///
/// # Errors
/// What the application refused.
pub async fn load(house: &House, calendar: Calendar) -> Result<Institution> {
    house.create_admin(people::login(Role::Admin)).await?;
    let admin = house.sign_in(Role::Admin).await?;
    let term = term(house, &admin, calendar).await?;
    let make = async |name: &str, kind: &str, code: &str, parent: Option<&Unit>| -> Result<Unit> {
        let body = json!({
            "name": name, "kind": kind, "code": code, "parent_id": parent.map(|unit| &unit.id),
            "term_id": (kind != "faculty").then_some(&term),
        });
        house.client.post(As::Person(&admin), "/api/v1/auth/units", &body).await
    };
    let science = make("Faculty of Science 理学院", "faculty", "SCI", None).await?;
    let languages =
        make("Faculty of Languages and Humanities 语言与人文学院", "faculty", "LAN", None).await?;
    let mathematics = make("Mathematics 数学", "course", "MAT101", Some(&science)).await?;
    let practice = make("General Science 科学基础", "course", "SCI101", Some(&science)).await?;
    let reading = make("Reading and Writing 阅读与写作", "course", "LAN101", Some(&languages)).await?;
    for class in 0..CLASSES {
        make(&class_name(class), "class", &class_code(class), Some(&mathematics)).await?;
    }
    let practice_class = make("Science 1 科学一班", "class", "SCI101-1", Some(&practice)).await?;
    let reading_class = make("Reading 1 阅读一班", "class", "LAN101-1", Some(&reading)).await?;

    let mut staff = Vec::new();
    for login in LOGINS.iter().filter(|login| login.role != Role::Admin) {
        let unit = (login.role == Role::Marker).then_some(&science);
        staff.push(create(house, &admin, login, unit).await?);
    }
    let officer = house.sign_in(Role::Officer).await?;
    let candidates = import(house, &officer, &mathematics).await?;
    ensure!(staff.contains(&candidates[0].account), "the demo candidate is on no roster");
    for (class, members) in [(practice_class, &candidates[..=60]), (reading_class, &candidates[60..])] {
        let accounts: Vec<&str> = members.iter().map(|member| member.account.as_str()).collect();
        let path = format!("/api/v1/auth/units/{}/members", class.id);
        let _: Value =
            house.client.post(As::Person(&officer), &path, &json!({ "accounts": accounts })).await?;
    }
    Ok(Institution { science, languages, mathematics, practice, reading, candidates })
}

async fn term(house: &House, admin: &str, calendar: Calendar) -> Result<String> {
    let day = |instant: foundation::Instant| {
        instant.to_string().chars().take("2026-01-01".len()).collect::<String>()
    };
    let (starts_on, ends_on) = (day(calendar.now - super::DAY * 60), day(calendar.now + super::DAY * 60));
    let name = format!("Term from {starts_on} 本学期");
    let body = json!({ "name": name, "starts_on": starts_on, "ends_on": ends_on });
    let term: Value = house.client.post(As::Person(admin), "/api/v1/auth/terms", &body).await?;
    House::id(&term)
}

/// Makes an account that can sign in.
async fn create(house: &House, admin: &str, login: &Login, unit: Option<&Unit>) -> Result<String> {
    let number = (login.role == Role::Candidate).then(|| people::number(0));
    let body = json!({
        "username": login.username, "display_name": login.display_name, "number": number,
        "roles": [{ "role": login.role, "unit_id": unit.map(|unit| &unit.id) }],
    });
    let created: Created = house.client.post(As::Person(admin), "/api/v1/auth/accounts", &body).await?;
    house.activate(login.username, &created.activation.code).await?;
    Ok(created.account.id)
}

/// Brings everybody in from a file, as an officer would.
async fn import(house: &House, officer: &str, course: &Unit) -> Result<Vec<Enrolled>> {
    let mut file = String::from("number,name,class\n");
    for person in people::candidates()? {
        file.push_str(&format!("{},{},{}\n", person.number, person.name, class_code(person.class)));
    }
    let path = format!("/api/v1/auth/people/import?unit_id={}", course.id);
    let imported: Imported =
        house.client.file(As::Person(officer), &path, "text/csv", file.into_bytes()).await?;
    imported
        .rows
        .into_iter()
        .map(|row| {
            let account = row.account_id.with_context(|| format!("{} got no account", row.number))?;
            Ok(Enrolled { number: row.number, name: row.display_name, account })
        })
        .collect()
}

fn class_name(class: usize) -> String {
    format!("Mathematics {} 数学{}班", class + 1, ["一", "二", "三", "四", "五"][class % CLASSES])
}

fn class_code(class: usize) -> String {
    format!("MAT101-{}", class + 1)
}
