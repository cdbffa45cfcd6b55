//! Who may act on whose account: nobody gains by it what they don't have.

use authz::{Action, Actor, Grant, Role, UnitPath};

/// Whether `actor` may take over `home`'s account that has `grants` (reset its password, disable it, change it): their
/// `action` reaches its home, and whatever the account's roles allow, the actor is allowed too. So an officer resets a
/// candidate or an invigilator, and never an administrator or an author, whose keys an officer doesn't see.
pub fn may_act_on(actor: &Actor, action: Action, home: &UnitPath, grants: &[Grant]) -> bool {
    reaches(actor, action, home) && grants.iter().all(|grant| has_all_of(actor, grant))
}

/// Whether `actor` is allowed `action` in `unit`.
pub fn reaches(actor: &Actor, action: Action, unit: &UnitPath) -> bool {
    actor.units(action).iter().any(|granted| granted.covers(unit))
}

fn has_all_of(actor: &Actor, grant: &Grant) -> bool {
    // A candidate's own acts are no power over others: every role may look after candidates.
    Action::ALL
        .iter()
        .filter(|&&action| action != Action::SitExams && action.roles().contains(&grant.role))
        .all(|&action| reaches(actor, action, &grant.unit))
}

/// Whether the grant makes its account an administrator of the whole institution.
pub fn is_institution_admin(grant: &Grant) -> bool {
    grant.role == Role::Admin && grant.unit == UnitPath::institution()
}

#[cfg(test)]
mod tests {
    use authz::{AccountActor, AccountId, SessionId, UnitId};

    use super::*;

    fn actor(role: Role, unit: &UnitPath) -> Actor {
        Actor::Account(AccountActor {
            account: AccountId::from_uuid(Default::default()),
            session: SessionId::from_uuid(Default::default()),
            grants: vec![grant(role, unit)],
        })
    }

    fn grant(role: Role, unit: &UnitPath) -> Grant {
        Grant { role, unit: unit.clone() }
    }

    #[test]
    fn an_officer_resets_candidates_and_invigilators_but_nobody_who_can_do_more() {
        let top = UnitPath::institution();
        let officer = actor(Role::Officer, &top);
        for (role, may) in [
            (Role::Candidate, true),
            (Role::Invigilator, true),
            (Role::Marker, true),
            (Role::Author, false),
            (Role::Admin, false),
        ] {
            let allowed = may_act_on(&officer, Action::ResetPasswords, &top, &[grant(role, &top)]);
            assert_eq!(allowed, may, "{role:?}");
        }
    }

    #[test]
    fn an_administrator_of_one_faculty_stays_within_it() {
        let faculty = UnitPath::institution().child(UnitId::from_uuid(Default::default()));
        let admin = actor(Role::Admin, &faculty);
        assert!(may_act_on(&admin, Action::ManageAccounts, &faculty, &[grant(Role::Admin, &faculty)]));
        assert!(!may_act_on(&admin, Action::ManageAccounts, &UnitPath::institution(), &[]));
        let outside = grant(Role::Marker, &UnitPath::institution());
        assert!(!may_act_on(&admin, Action::ManageAccounts, &faculty, &[outside]));
    }
}
