//! Makes activation codes for several people who never had a password, to be printed and handed out.

use std::collections::HashSet;

use authz::{AccountId, Action, Actor};
use foundation::{FieldProblem, Problem};

use crate::{
    AuthService,
    app::{
        accounts::load_to_act_on,
        reset_password::{NewActivation, issue_activation_code},
    },
    domain::account::{Account, AccountStatus},
};

/// Makes codes: for all of these people, or for none.
///
/// # Errors
/// 403 without the right anywhere, 422 for people whom the actor may not look after and for those who have a password
/// (theirs is reset one by one).
pub async fn issue_activation_codes(
    service: &AuthService,
    actor: &Actor,
    ids: &[AccountId],
) -> Result<Vec<(Account, NewActivation)>, Problem> {
    let mut tx = service.db.begin().await?;
    let (mut issued, mut refused) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for (index, id) in ids.iter().enumerate() {
        if !seen.insert(*id) {
            continue;
        }
        let refuse =
            |code: &str, message: &str| FieldProblem::at(format!("accounts[{index}]"), code, message);
        match load_to_act_on(&mut tx, actor, Action::ResetPasswords, *id).await {
            Ok((account, _)) if account.status() == AccountStatus::Invited => {
                let activation = issue_activation_code(service, &mut tx, *id).await?;
                issued.push((account, activation));
            }
            Ok(_) => refused.push(refuse("not_invited", "This person has a password, or is disabled.")),
            Err(problem) if problem.status == 404 => {
                refused.push(refuse("unknown", "There is no such person among those you look after."));
            }
            Err(problem) if problem.code == "auth.account_out_of_reach" => {
                refused.push(refuse("out_of_reach", "This person has rights that you don't have."));
            }
            Err(problem) => return Err(problem),
        }
    }
    if !refused.is_empty() {
        let detail = "No code was made: some of these people can't get one; see `errors`.";
        return Err(Problem::invalid("auth.activation_refused", detail, refused));
    }
    for (account, _) in &issued {
        let subject = ("account", account.id.to_string());
        service
            .record(&mut tx, actor, "account.activation_code_issued", subject, serde_json::json!({}))
            .await?;
    }
    tx.commit().await?;
    Ok(issued)
}
