//! Somebody looks for question banks.

use authz::{Action, Actor};
use foundation::{Page, PageQuery, Problem};

use super::BankView;
use crate::{QuestionService, store};

/// Banks in the actor's units, newest first.
///
/// # Errors
/// When the database can't be read.
pub async fn list_banks(
    service: &QuestionService,
    actor: &Actor,
    archived: bool,
    page: &PageQuery,
) -> Result<Page<BankView>, Problem> {
    let units = actor.units(Action::ReadQuestions);
    let mut conn = service.db.read().await?;
    let rows = store::banks::list(&mut conn, &units, archived, page).await?;
    let banks = rows.into_iter().map(BankView::from).collect();
    Ok(Page::cut(banks, page.limit(), |bank: &BankView| bank.id.to_string()))
}
