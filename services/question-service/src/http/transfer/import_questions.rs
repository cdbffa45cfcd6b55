//! `POST /api/v1/questions/banks/{bank_id}/import`

use std::sync::Arc;

use axum::extract::State;
use formats::{Encoding, Format, ImportOptions, WeightRule};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path, Query};
use question_api::BankId;
use serde::Deserialize;

use crate::{
    QuestionService,
    app::transfer::{
        QuestionImportReport,
        import_questions::{self as app, ImportRequest},
    },
    domain::state::QuestionState,
    http::upload::{Upload, UploadForm},
};

/// How to read the file.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportParams {
    /// What the file is written in.
    #[param(inline)]
    format: Format,
    /// The file's encoding; UTF-8 when left out. Nothing is guessed: a file in another encoding is refused.
    #[serde(default)]
    #[param(inline)]
    encoding: Encoding,
    /// What to do with weights that Moodle doesn't know.
    #[serde(default)]
    #[param(inline)]
    weights: WeightRule,
    /// What the questions become; `ready` when left out.
    #[serde(default = "ready")]
    #[param(inline)]
    state: QuestionState,
    /// Whether to say what would happen, and change nothing.
    #[serde(default)]
    dry_run: bool,
    /// Whether one question that can't be stored holds back all the others.
    #[serde(default)]
    all_or_nothing: bool,
}

const fn ready() -> QuestionState {
    QuestionState::Ready
}

/// Imports a file into a bank, and says of each question in it what became of it. What the report says is imported comes
/// in one transaction; when nothing of the file can be read, nothing changes and `errors` names the line.
#[utoipa::path(
    post,
    path = "/api/v1/questions/banks/{bank_id}/import",
    operation_id = "import_questions",
    tag = "transfer",
    params(("bank_id" = BankId, Path), ImportParams),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = QuestionImportReport),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn import_questions(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
    Query(params): Query<ImportParams>,
    Upload(file): Upload,
) -> ApiResult<Json<QuestionImportReport>> {
    let ImportParams { format, encoding, weights, state, dry_run, all_or_nothing } = params;
    let options = ImportOptions { encoding, weights, all_or_nothing };
    let request = ImportRequest { format, options, state, dry_run };
    Ok(Json(app::import_questions(&service, &actor, bank_id, file, request).await?))
}
