//! Fictitious people: candidates from lists of names, and one login per role.

use anyhow::{Context as _, Result, ensure};
use authz::Role;
use foundation::{SeededRandom, shuffle};
use serde::Deserialize;

/// Candidates of the demo.
pub const CANDIDATES: usize = 200;
/// Of these, how many have a Chinese name.
const CHINESE: usize = 110;
/// The same names come out every time.
const SEED: u64 = 20_260_901;
/// Classes of the mathematics course, over which all candidates are spread.
pub const CLASSES: usize = 5;

/// The password of every demo login. Known to everybody who reads this, hence [`super::guard`].
pub const PASSWORD: &str = "quiet-hall-at-nine";

/// A login of the demo.
#[derive(Clone, Copy, Debug)]
pub struct Login {
    /// The role.
    pub role: Role,
    /// What they sign in with.
    pub username: &'static str,
    /// Their name.
    pub display_name: &'static str,
}

/// One login per role. The first is the administrator, who makes the others.
pub const LOGINS: [Login; 7] = [
    Login { role: Role::Admin, username: "demo-admin", display_name: "Ada Admin" },
    Login { role: Role::Officer, username: "demo-officer", display_name: "Oliver Officer" },
    Login { role: Role::Author, username: "demo-author", display_name: "Aiko Author" },
    Login { role: Role::Marker, username: "demo-marker", display_name: "Marta Marker" },
    Login { role: Role::Invigilator, username: "demo-invigilator", display_name: "Ivan Invigilator" },
    Login { role: Role::Analyst, username: "demo-analyst", display_name: "Anna Analyst" },
    Login { role: Role::Candidate, username: "demo-candidate", display_name: "Casey 康凯茜" },
];

/// The login of `role`.
pub fn login(role: Role) -> &'static Login {
    LOGINS.iter().find(|login| login.role == role).unwrap_or(&LOGINS[0])
}

/// A fictitious candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Their number, which is their user name as well.
    pub number: String,
    /// Their name.
    pub name: String,
    /// Their class of the mathematics course, from 0.
    pub class: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    chinese: NameLists,
    regions: Vec<NameLists>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameLists {
    given: Vec<String>,
    family: Vec<String>,
}

/// The candidates, in the order of their numbers. The first is the one whom one can sign in as.
///
/// # Errors
/// When the lists have too few names for everybody to have one of their own.
pub fn candidates() -> Result<Vec<Candidate>> {
    let lists: Names =
        serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/demo/people/names.json")))
            .context("the demo's names")?;
    let random = SeededRandom::new(SEED);
    let mut chinese = pairs(&lists.chinese, |family, given| format!("{family}{given}"));
    shuffle(&mut chinese, &random);
    chinese.truncate(CHINESE);
    let mut others: Vec<String> = lists
        .regions
        .iter()
        .flat_map(|lists| pairs(lists, |family, given| format!("{given} {family}")))
        .collect();
    shuffle(&mut others, &random);
    others.truncate(CANDIDATES - 1 - chinese.len());
    let mut names = chinese;
    names.append(&mut others);
    shuffle(&mut names, &random);
    names.insert(0, login(Role::Candidate).display_name.to_owned());
    ensure!(names.len() == CANDIDATES, "too few names in demo/people/names.json");
    Ok(names
        .into_iter()
        .enumerate()
        .map(|(index, name)| Candidate { number: number(index), name, class: index % CLASSES })
        .collect())
}

/// The number of a candidate, counted from 0.
pub fn number(index: usize) -> String {
    format!("S26{:04}", index + 1)
}

/// Every name that the lists can make.
fn pairs(lists: &NameLists, name: impl Fn(&str, &str) -> String) -> Vec<String> {
    let name = &name;
    lists.family.iter().flat_map(|family| lists.given.iter().map(move |given| name(family, given))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn everybody_has_a_name_and_a_number_of_their_own_and_the_same_each_time() {
        let people = candidates().unwrap();
        let names: BTreeSet<_> = people.iter().map(|person| &person.name).collect();
        let numbers: BTreeSet<_> = people.iter().map(|person| person.number.as_str()).collect();
        assert_eq!((people.len(), names.len(), numbers.len()), (CANDIDATES, CANDIDATES, CANDIDATES));
        assert_eq!(people[0].name, login(Role::Candidate).display_name);
        assert_eq!(people, candidates().unwrap());
        for class in 0..CLASSES {
            assert_eq!(people.iter().filter(|person| person.class == class).count(), CANDIDATES / CLASSES);
        }
    }

    #[test]
    fn there_is_one_login_per_role() {
        let roles: BTreeSet<_> = LOGINS.iter().map(|login| login.role).collect();
        assert_eq!(roles.len(), Role::ALL.len());
        assert_eq!(LOGINS[0].role, Role::Admin);
    }
}
