//! Terms: when courses and classes run. They belong to the whole institution.

use authz::{Action, Actor, UnitPath, authorize};
use foundation::{FieldProblem, Problem};

use crate::{
    AuthService,
    app::accounts::scope,
    domain::{
        fold::one_line,
        unit::{Day, Term, TermId},
    },
    store,
};

/// Every term, latest first.
///
/// # Errors
/// 403 without the right.
pub async fn list(service: &AuthService, actor: &Actor) -> Result<Vec<Term>, Problem> {
    scope(actor, Action::ReadUnits)?;
    let mut conn = service.db.read().await?;
    Ok(store::terms::list(&mut conn).await?)
}

/// Makes a term, or writes the one of this id anew.
///
/// # Errors
/// 403 without the right in the whole institution, 404 for a term that doesn't exist, 409 for a name that is taken,
/// 422 for a term that ends before it starts.
pub async fn put(
    service: &AuthService,
    actor: &Actor,
    id: Option<TermId>,
    name: &str,
    starts_on: Day,
    ends_on: Day,
) -> Result<Term, Problem> {
    authorize(actor, Action::ManageUnits, &UnitPath::institution())?;
    if ends_on < starts_on {
        let errors = vec![FieldProblem::at("ends_on", "before_start", "Must not lie before starts_on.")];
        return Err(Problem::invalid("auth.term_invalid", "A term can't end before it starts.", errors));
    }
    let term = Term { id: id.unwrap_or_else(|| service.id()), name: one_line(name), starts_on, ends_on };
    let mut tx = service.db.begin().await?;
    let (written, action) = if id.is_some() {
        if store::terms::find(&mut tx, term.id).await?.is_none() {
            return Err(Problem::not_found("auth.term_not_found", "There is no such term."));
        }
        (store::terms::update(&mut tx, &term).await, "term.changed")
    } else {
        (store::terms::insert(&mut tx, &term, service.clock.now()).await, "term.created")
    };
    written.map_err(|error| {
        if error.is_exists() {
            Problem::conflict("auth.term_exists", "There is a term of this name already.")
                .with_errors(vec![FieldProblem::at("name", "taken", "There is a term of this name already.")])
        } else {
            error.into()
        }
    })?;
    let detail = serde_json::json!({ "name": term.name, "starts_on": starts_on, "ends_on": ends_on });
    service.record(&mut tx, actor, action, ("term", term.id.to_string()), detail).await?;
    tx.commit().await?;
    Ok(term)
}
