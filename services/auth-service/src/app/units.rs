//! The organisation's tree: faculties, courses, classes.

use auth_api::{Unit, UnitKind};
use authz::{Action, Actor, UnitId, UnitPath, authorize};
use db::Tx;
use foundation::{FieldProblem, Problem};

use crate::{
    AuthService,
    app::{accounts::scope, problems},
    domain::{
        fold::one_line,
        rank::reaches,
        unit::{TermId, UNITS_MAX, UnitRecord},
    },
    store,
};

/// The unit of this id. See [`auth_api::AuthApi::unit`].
///
/// # Errors
/// As described there.
pub async fn unit(service: &AuthService, id: UnitId) -> Result<Option<Unit>, Problem> {
    let mut conn = service.db.read().await?;
    Ok(store::units::find(&mut conn, id).await?.map(|record| record.unit))
}

/// The path of a unit that a request names; the institution's for none.
///
/// # Errors
/// 404 for a unit that doesn't exist.
pub async fn path_of(service: &AuthService, id: Option<UnitId>) -> Result<UnitPath, Problem> {
    let Some(id) = id else { return Ok(UnitPath::institution()) };
    unit(service, id).await?.map(|unit| unit.path).ok_or_else(problems::unit_not_found)
}

/// The units that the actor may see, parents before children.
///
/// # Errors
/// 403 without the right.
pub async fn list(service: &AuthService, actor: &Actor, archived: bool) -> Result<Vec<UnitRecord>, Problem> {
    let scope = scope(actor, Action::ReadUnits)?;
    let mut conn = service.db.read().await?;
    Ok(store::units::list(&mut conn, &scope, archived, UNITS_MAX).await?)
}

/// What a new unit is.
#[derive(Clone, Debug)]
pub struct NewUnit {
    /// The unit that it lies right below; none for the institution.
    pub parent: Option<UnitId>,
    /// What it is.
    pub kind: UnitKind,
    /// Its name.
    pub name: String,
    /// A short code.
    pub code: Option<String>,
    /// The term in which it runs.
    pub term: Option<TermId>,
}

/// Makes a unit.
///
/// # Errors
/// 403 without the right in the parent, 404 for a parent that the actor may not know of, 422 for a place where such a
/// unit can't be.
pub async fn create(service: &AuthService, actor: &Actor, new: NewUnit) -> Result<UnitRecord, Problem> {
    let now = service.clock.now();
    let mut tx = service.db.begin().await?;
    let parent = match new.parent {
        None => None,
        Some(id) => Some(load(&mut tx, actor, id, Action::ManageUnits).await?),
    };
    let above = parent.as_ref().map_or_else(UnitPath::institution, |parent| parent.unit.path.clone());
    authorize(actor, Action::ManageUnits, &above)?;
    check_place(new.kind, parent.as_ref())?;
    check_term(&mut tx, new.term).await?;
    if store::units::count(&mut tx).await? >= UNITS_MAX {
        return Err(invalid("name", "too_many", "There are as many units as an institution can have."));
    }
    let id = service.id();
    let record = UnitRecord {
        unit: Unit {
            id,
            parent: new.parent,
            kind: new.kind,
            name: one_line(&new.name),
            path: above.child(id),
        },
        code: new.code.map(|code| one_line(&code)),
        term: new.term,
        archived_at: None,
    };
    store::units::insert(&mut tx, &record, now).await?;
    let detail = serde_json::json!({ "kind": new.kind, "name": record.unit.name, "path": record.unit.path });
    service.record(&mut tx, actor, "unit.created", ("unit", id.to_string()), detail).await?;
    tx.commit().await?;
    Ok(record)
}

/// What to change about a unit; what is none stays.
#[derive(Clone, Debug, Default)]
pub struct UnitChange {
    /// A new name.
    pub name: Option<String>,
    /// A new code, or none any more.
    pub code: Option<Option<String>>,
    /// Another term, or none any more.
    pub term: Option<Option<TermId>>,
    /// Whether it is over.
    pub archived: Option<bool>,
}

/// Changes a unit. Its kind and place never change: other services keep its path beside their things.
///
/// # Errors
/// 403 without the right, 404 for a unit that the actor may not know of, 422 for a term that doesn't exist.
pub async fn update(
    service: &AuthService,
    actor: &Actor,
    id: UnitId,
    change: UnitChange,
) -> Result<UnitRecord, Problem> {
    let mut tx = service.db.begin().await?;
    let before = load(&mut tx, actor, id, Action::ManageUnits).await?;
    authorize(actor, Action::ManageUnits, &before.unit.path)?;
    let mut record = before.clone();
    if let Some(name) = change.name {
        record.unit.name = one_line(&name);
    }
    if let Some(code) = change.code {
        record.code = code.map(|code| one_line(&code));
    }
    if let Some(term) = change.term {
        check_term(&mut tx, term).await?;
        record.term = term;
    }
    if let Some(archived) = change.archived {
        record.archived_at = archived.then(|| record.archived_at.unwrap_or_else(|| service.clock.now()));
    }
    if record == before {
        return Ok(record);
    }
    store::units::update(&mut tx, &record).await?;
    let detail = serde_json::json!({
        "name": record.unit.name, "code": record.code, "term": record.term, "archived": record.archived_at.is_some(),
    });
    service.record(&mut tx, actor, "unit.changed", ("unit", id.to_string()), detail).await?;
    tx.commit().await?;
    Ok(record)
}

/// Loads a unit for `action`.
///
/// # Errors
/// 404 for one that doesn't exist, or that the actor may neither see nor act on.
pub async fn load(tx: &mut Tx, actor: &Actor, id: UnitId, action: Action) -> Result<UnitRecord, Problem> {
    let record = store::units::find(tx, id).await?.ok_or_else(problems::unit_not_found)?;
    let path = &record.unit.path;
    let known = reaches(actor, Action::ReadUnits, path) || reaches(actor, action, path);
    if known { Ok(record) } else { Err(problems::unit_not_found()) }
}

fn check_place(kind: UnitKind, parent: Option<&UnitRecord>) -> Result<(), Problem> {
    if parent.is_some_and(|parent| parent.archived_at.is_some()) {
        return Err(invalid("parent", "archived", "The unit above is archived."));
    }
    if !kind.fits_below(parent.map(|parent| parent.unit.kind)) {
        let message =
            "A faculty holds faculties, courses and classes, a course holds classes, and a class nothing.";
        return Err(invalid("parent", "misplaced", message));
    }
    let depth = parent.map_or(0, |parent| parent.unit.path.as_str().matches('/').count() - 1);
    if depth >= UnitPath::DEPTH_MAX {
        return Err(invalid("parent", "too_deep", "Units lie at most eight below one another."));
    }
    Ok(())
}

async fn check_term(tx: &mut Tx, term: Option<TermId>) -> Result<(), Problem> {
    let Some(id) = term else { return Ok(()) };
    if store::terms::find(tx, id).await?.is_none() {
        return Err(invalid("term", "unknown", "There is no such term."));
    }
    Ok(())
}

fn invalid(field: &str, code: &str, message: &str) -> Problem {
    let errors = vec![FieldProblem::at(field, code, message)];
    Problem::invalid("auth.unit_invalid", "The unit can't be like this; see `errors`.", errors)
}
