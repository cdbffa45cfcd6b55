//! `GET …/audit`: what was done in a service, by whom. Every service that records acts has it.

use audit::AuditRecord;
use authz::{Action, UnitPath, authorize};
use axum::extract::State;
use db::Db;
use foundation::{Page, PageQuery, Problem};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{ApiResult, Caller, Json, Query};

#[derive(Clone)]
struct Log {
    db: Db,
    schema: &'static str,
}

/// The endpoint of the service whose tables lie in `schema` of `db`, below `prefix` (`/api/v1/exams`).
pub fn routes(prefix: &str, schema: &'static str, db: Db) -> OpenApiRouter {
    let list = OpenApiRouter::new().routes(routes!(list_audit)).with_state(Log { db, schema });
    let mut router = OpenApiRouter::new().nest(prefix, list);
    let operations = router.get_openapi_mut().paths.paths.values_mut().filter_map(|path| path.get.as_mut());
    for operation in operations {
        operation.operation_id = Some(format!("list_{schema}_audit"));
        operation.tags = prefix.rsplit('/').next().map(|tag| vec![tag.to_owned()]);
    }
    router
}

/// What was done in this service, newest first. It tells of the whole institution, so it takes the right to all of it.
#[utoipa::path(
    get,
    path = "/audit",
    params(PageQuery),
    responses(
        (status = 200, body = Page<AuditRecord>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_audit(
    State(log): State<Log>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<AuditRecord>>> {
    authorize(&actor, Action::ReadAudit, &UnitPath::institution())?;
    let mut conn = log.db.read_stale().await.map_err(Problem::from)?;
    let records = audit::list(&mut conn, log.schema, &page).await.map_err(Problem::from)?;
    Ok(Json(Page::cut(records, page.limit(), |record| record.id.to_string())))
}
