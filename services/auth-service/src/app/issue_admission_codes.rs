//! Makes admission codes, to be printed as sheets. They are shown this once: only keyed hashes are kept.

use std::collections::HashSet;

use authz::{AccountId, Action, Actor, AttemptId, SittingId, authorize};
use foundation::{FieldProblem, Instant, Problem};

use crate::{
    AuthService,
    app::problems,
    domain::{code::Code, rank::reaches},
    store::{self, admissions::SittingRecord},
};

/// Which candidates get a new code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those who have none.
    Missing,
    /// Everybody; the codes that were printed stop working.
    All,
    /// These; their old codes stop working.
    Candidates(Vec<AccountId>),
}

/// A code to print.
#[derive(Clone, Debug)]
pub struct IssuedCode {
    /// The candidate.
    pub candidate: AccountId,
    /// The attempt that the code opens.
    pub attempt: AttemptId,
    /// The candidate's number.
    pub number: Option<String>,
    /// The candidate's name.
    pub candidate_name: String,
    /// The code.
    pub code: Code,
    /// When the candidate may start.
    pub opens_at: Instant,
}

/// The codes of a sitting that were made.
#[derive(Clone, Debug)]
pub struct IssuedCodes {
    /// The sitting.
    pub sitting: SittingRecord,
    /// The new codes, in the order of the candidates' numbers.
    pub issued: Vec<IssuedCode>,
    /// Candidates whose earlier code stays good.
    pub kept: usize,
}

/// Makes codes for candidates of a sitting.
///
/// # Errors
/// 403 without the right, 404 for a sitting that the actor may not know of, 422 for candidates who aren't on its list.
pub async fn issue_admission_codes(
    service: &AuthService,
    actor: &Actor,
    sitting: SittingId,
    which: &Which,
) -> Result<IssuedCodes, Problem> {
    let now = service.clock.now();
    let mut tx = service.db.begin().await?;
    let sitting =
        store::admissions::find_sitting(&mut tx, sitting).await?.ok_or_else(problems::sitting_not_found)?;
    if !reaches(actor, Action::ReadSittings, &sitting.unit) {
        return Err(problems::sitting_not_found());
    }
    authorize(actor, Action::ManageSittings, &sitting.unit)?;

    let rows = store::admissions::sheet(&mut tx, sitting.id).await?;
    let all = rows.len();
    let on_list: HashSet<AccountId> = rows.iter().map(|row| row.account_id).collect();
    if let Which::Candidates(wanted) = which {
        let strangers: Vec<FieldProblem> = wanted
            .iter()
            .enumerate()
            .filter(|(_, id)| !on_list.contains(id))
            .map(|(index, _)| {
                FieldProblem::at(format!("candidates[{index}]"), "unknown", "Not on this sitting's list.")
            })
            .collect();
        if !strangers.is_empty() {
            let detail = "Some of these people aren't on the sitting's list; see `errors`.";
            return Err(Problem::invalid("auth.not_on_list", detail, strangers));
        }
    }
    let named: HashSet<AccountId> = match which {
        Which::Candidates(named) => named.iter().copied().collect(),
        Which::Missing | Which::All => HashSet::new(),
    };
    let (mut issued, mut kept) = (Vec::new(), 0);
    for row in rows {
        let wanted = match which {
            Which::Missing => row.code_issued_at.is_none(),
            Which::All => true,
            Which::Candidates(_) => named.contains(&row.account_id),
        };
        if !wanted {
            kept += usize::from(row.code_issued_at.is_some());
            continue;
        }
        let code = Code::new(&*service.random);
        store::admissions::set_code(&mut tx, row.attempt_id, &service.hashes.admission_code(&code), now)
            .await?;
        issued.push(IssuedCode {
            candidate: row.account_id,
            attempt: row.attempt_id,
            number: row.number,
            candidate_name: row.display_name,
            code,
            opens_at: row.opens_at,
        });
    }
    if !issued.is_empty() {
        let subject = ("sitting", sitting.id.to_string());
        let detail = serde_json::json!({ "codes": issued.len(), "candidates": all });
        service.record(&mut tx, actor, "admission_codes.issued", subject, detail).await?;
        tx.commit().await?;
    }
    Ok(IssuedCodes { sitting, issued, kept })
}
