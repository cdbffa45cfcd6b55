//! An author looks for questions.

use authz::{Action, Actor};
use foundation::{FieldProblem, Page, PageQuery, Problem, Text};
use question_api::{BankId, CategoryId, StimulusId};
use question_model::QuestionType;

use super::QuestionSummary;
use crate::{
    QuestionService,
    app::access::{self, Want},
    domain::{
        limits::{SEARCH_CHARS_MAX, SEARCH_FILTERS_MAX},
        search_query::SearchQuery,
        state::QuestionState,
        tag::Tag,
    },
    store::{self, questions::QuestionRow, search::Filter},
};

/// What to look for. What is empty or none doesn't narrow the list.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Words that must be there; the last may be the beginning of one.
    pub text: Option<Text<0, SEARCH_CHARS_MAX>>,
    /// In this bank.
    pub bank_id: Option<BankId>,
    /// In this category or below it.
    pub category_id: Option<CategoryId>,
    /// That share this stimulus.
    pub stimulus_id: Option<StimulusId>,
    /// With all of these tags.
    pub tags: Vec<Tag>,
    /// Of any of these types.
    pub types: Vec<QuestionType>,
    /// In this state.
    pub state: Option<QuestionState>,
    /// Archived ones instead of the others.
    pub archived: bool,
}

/// Questions that the actor may see, newest first.
///
/// # Errors
/// 404 when the bank isn't there for the actor; 422 for too many filters.
pub async fn search_questions(
    service: &QuestionService,
    actor: &Actor,
    search: Search,
    page: &PageQuery,
) -> Result<Page<QuestionSummary>, Problem> {
    let units = actor.units(Action::ReadQuestions);
    if search.tags.len() > SEARCH_FILTERS_MAX || search.types.len() > SEARCH_FILTERS_MAX {
        let message = format!("At most {SEARCH_FILTERS_MAX} tags and as many types.");
        return Err(Problem::invalid(
            "question.too_many_filters",
            "The search names too many tags or types; see `errors`.",
            vec![FieldProblem::at("query", "too_many", message)],
        ));
    }
    let text = search.text.as_deref().filter(|text| !text.is_empty());
    let query = text.map(SearchQuery::parse);
    if let Some(None) = query {
        // Something was looked for that no question has a word of: punctuation alone.
        return Ok(Page { items: Vec::new(), next: None });
    }
    let before = page.after.as_deref().and_then(|seq| seq.parse().ok()).unwrap_or(i64::MAX);
    let filter = Filter {
        text: query.flatten(),
        bank: search.bank_id,
        category: search.category_id,
        tags: search.tags.iter().map(|tag| tag.as_str().to_owned()).collect(),
        types: search.types,
        stimulus: search.stimulus_id,
        state: search.state,
        archived: search.archived,
    };
    let mut conn = service.db.read().await?;
    if let Some(bank) = search.bank_id {
        access::bank(&mut conn, actor, bank, Want::Read).await?;
    }
    let rows = store::search::list(&mut conn, &units, &filter, before, page.limit() + 1).await?;
    let page = Page::cut(rows, page.limit(), |row: &QuestionRow| row.seq.to_string());
    Ok(Page { items: page.items.into_iter().map(QuestionSummary::from).collect(), next: page.next })
}
