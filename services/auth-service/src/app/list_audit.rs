//! What was done in auth-service, by whom.

use std::collections::HashMap;

use audit::AuditRecord;
use authz::{AccountId, Action, Actor, UnitPath, authorize};
use foundation::{Page, PageQuery, Problem};

use crate::{AuthService, SCHEMA, store};

/// A record of the audit log, with the name of who did it.
#[derive(Clone, Debug)]
pub struct NamedRecord {
    /// The record.
    pub record: AuditRecord,
    /// The person's name; none for jobs, and for people who are gone.
    pub actor_name: Option<String>,
}

/// A page of the audit log, newest first. It tells of the whole institution, so it takes the right to all of it.
///
/// # Errors
/// 403 without the right.
pub async fn list_audit(
    service: &AuthService,
    actor: &Actor,
    page: &PageQuery,
) -> Result<Page<NamedRecord>, Problem> {
    authorize(actor, Action::ReadAudit, &UnitPath::institution())?;
    let mut conn = service.db.read().await?;
    let records = audit::list(&mut conn, SCHEMA, page).await?;
    let page = Page::cut(records, page.limit(), |record| record.id.to_string());
    let ids: Vec<AccountId> =
        page.items.iter().filter_map(|record| record.actor_id).map(AccountId::from_uuid).collect();
    let names: HashMap<AccountId, String> = store::people::by_ids(&mut conn, &ids)
        .await?
        .into_iter()
        .map(|person| (person.id, person.display_name))
        .collect();
    let items = page
        .items
        .into_iter()
        .map(|record| {
            let actor_name = record.actor_id.and_then(|id| names.get(&AccountId::from_uuid(id)).cloned());
            NamedRecord { record, actor_name }
        })
        .collect();
    Ok(Page { items, next: page.next })
}
