//! What other services ask of auth-service.

use authz::{AccountId, Actor, AttemptId, KeySource, SittingId, UnitId, UnitPath};
use foundation::Problem;

use crate::{Admission, ImportedPerson, Person, PersonRow, SittingAdmissions, Unit};

/// What other services ask of auth-service. The service itself implements it, and so does its HTTP client.
///
/// Every call that changes something is idempotent: after a failure, or after silence, make it again. `actor` is the
/// person on whose behalf the caller acts; the caller has authorized them, auth-service records them.
#[async_trait::async_trait]
pub trait AuthApi: KeySource {
    /// Finds each row's person by number, or makes a candidate whose home is `unit`; everybody found joins `unit`, and
    /// the class that the row names. A class that isn't there, or isn't the only one of its name, refuses the row.
    ///
    /// One answer per row, in the rows' order. A refused row doesn't stop the others: a caller that wants all or
    /// nothing asks with `dry_run` first, which changes nothing and answers the same (new people have no account yet).
    ///
    /// # Errors
    /// 422 for more than [`PEOPLE_MAX`](crate::PEOPLE_MAX) rows, 404 for a unit that doesn't exist, 503 when storage
    /// can't take it; then nothing was changed.
    async fn import_people(
        &self,
        actor: &Actor,
        unit: &UnitPath,
        rows: Vec<PersonRow>,
        dry_run: bool,
    ) -> Result<Vec<ImportedPerson>, Problem>;

    /// The people of these ids that exist, in no particular order.
    ///
    /// # Errors
    /// 422 for more than [`PEOPLE_MAX`](crate::PEOPLE_MAX) ids, 503 when storage can't answer.
    async fn find_people(&self, ids: &[AccountId]) -> Result<Vec<Person>, Problem>;

    /// Lets candidates check in to their attempts. An admission that is there already takes the new times and, if it
    /// was revoked, holds again; its admission code stays good.
    ///
    /// # Errors
    /// 422 for more than [`ADMISSIONS_MAX`](crate::ADMISSIONS_MAX) admissions, times that are the wrong way round, a
    /// candidate who doesn't exist, or an attempt that belongs to another candidate or sitting; then nothing changed.
    async fn register_admissions(
        &self,
        actor: &Actor,
        sitting: &SittingAdmissions,
        admissions: Vec<Admission>,
    ) -> Result<(), Problem>;

    /// Takes the right to check in back: withdrawn or deferred candidates, a cancelled sitting. Tickets that were
    /// given out stay readable; exam-service's own state of the attempt stops their use. Unknown attempts are skipped.
    ///
    /// # Errors
    /// 503 when storage can't take it; then nothing was changed.
    async fn revoke_admissions(
        &self,
        actor: &Actor,
        sitting: SittingId,
        attempts: &[AttemptId],
    ) -> Result<(), Problem>;

    /// The unit of this id; none where there is none.
    ///
    /// # Errors
    /// 503 when storage can't answer.
    async fn unit(&self, id: UnitId) -> Result<Option<Unit>, Problem>;
}
