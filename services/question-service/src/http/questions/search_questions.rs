//! `GET /api/v1/questions/search`

use std::{fmt::Display, str::FromStr, sync::Arc};

use axum::extract::State;
use foundation::{FieldProblem, Page, PageQuery, Problem, Text};
use http_kit::{ApiResult, Caller, Json, Query};
use question_api::{BankId, CategoryId, StimulusId};
use question_model::QuestionType;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::questions::{
        QuestionSummary,
        search_questions::{self as app, Search},
    },
    domain::state::QuestionState,
};

/// What to look for. What is left out doesn't narrow the list.
#[derive(Debug, Default, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "describes the parameters, which are read pair by pair: some come more than once"
)]
pub struct SearchParams {
    /// Words that must be there, in any order; the last may be the beginning of one. At most 200 characters.
    #[param(max_length = 200)]
    q: Option<String>,
    /// In this bank.
    bank_id: Option<BankId>,
    /// In this category or below it.
    category_id: Option<CategoryId>,
    /// That share this stimulus.
    stimulus_id: Option<StimulusId>,
    /// With all of these tags: `tag=algebra&tag=exam`.
    tag: Option<Vec<String>>,
    /// Of any of these types: `type=essay&type=cloze`.
    #[param(rename = "type")]
    kind: Option<Vec<QuestionType>>,
    /// In this state; archived questions are shown only when asked for.
    #[param(inline)]
    status: Option<StatusFilter>,
    /// Questions wanted: 1 to 200, 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Which questions to show by state.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusFilter {
    /// Newest version is a draft.
    Draft,
    /// Newest version may be asked.
    Ready,
    /// Put away.
    Archived,
}

/// Questions that the asker may see, newest first; found in English and Chinese by their words.
#[utoipa::path(
    get,
    path = "/api/v1/questions/search",
    operation_id = "search_questions",
    tag = "questions",
    params(SearchParams),
    responses(
        (status = 200, body = Page<QuestionSummary>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn search_questions(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Query(pairs): Query<Vec<(String, String)>>,
) -> ApiResult<Json<Page<QuestionSummary>>> {
    let (search, page) = read(&pairs)?;
    Ok(Json(app::search_questions(&service, &actor, search, &page).await?))
}

fn read(pairs: &[(String, String)]) -> Result<(Search, PageQuery), Problem> {
    let mut search = Search::default();
    let mut page = PageQuery::default();
    let mut errors = Vec::new();
    for (name, value) in pairs {
        if let Err(message) = read_one(name, value, &mut search, &mut page) {
            errors.push(FieldProblem::at(name.clone(), "invalid", message));
        }
    }
    if errors.is_empty() {
        return Ok((search, page));
    }
    Err(Problem::bad_request(
        "request.query_invalid",
        "The address has parameters that can't be read; see `errors`.",
    )
    .with_errors(errors))
}

fn read_one(name: &str, value: &str, search: &mut Search, page: &mut PageQuery) -> Result<(), String> {
    match name {
        "q" => search.text = Some(Text::new(value).map_err(said)?),
        "bank_id" => search.bank_id = Some(parsed(value)?),
        "category_id" => search.category_id = Some(parsed(value)?),
        "stimulus_id" => search.stimulus_id = Some(parsed(value)?),
        "tag" => search.tags.push(Text::new(value).map_err(said)?),
        "type" => {
            search.types.push(QuestionType::named(value).ok_or_else(|| "is no type of question".to_owned())?);
        }
        "status" => match value {
            "draft" => search.state = Some(QuestionState::Draft),
            "ready" => search.state = Some(QuestionState::Ready),
            "archived" => search.archived = true,
            _ => return Err("must be draft, ready or archived".to_owned()),
        },
        "limit" => page.limit = Some(parsed(value)?),
        "after" => page.after = Some(value.to_owned()),
        _ => return Err("is no parameter of a search".to_owned()),
    }
    Ok(())
}

fn parsed<T: FromStr<Err: Display>>(value: &str) -> Result<T, String> {
    value.parse().map_err(said)
}

fn said(error: impl Display) -> String {
    error.to_string()
}
