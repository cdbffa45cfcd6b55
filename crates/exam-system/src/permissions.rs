//! The permission matrix, as a file that a person can read.

use std::fmt::Write as _;

use authz::{Action, Role, Rules, Who};

/// The matrix as Markdown: what each role may do, and what each endpoint asks for.
pub fn markdown(rules: &Rules) -> String {
    let mut text = String::from(
        "# Permissions\n\nGenerated (`make gen`); the sources are `crates/authz/src/action.rs` and each service's \
         `src/http/rules.rs`. A role holds in the unit where it was granted and below.\n\n## Actions\n\n| action |",
    );
    for role in Role::ALL {
        let _ = write!(text, " {} |", role.name());
    }
    text.push_str("\n|---|");
    text.push_str(&"---|".repeat(Role::ALL.len()));
    text.push('\n');
    for action in Action::ALL {
        let _ = write!(text, "| `{}` |", action.name());
        for role in Role::ALL {
            text.push_str(if action.roles().contains(&role) { " yes |" } else { " |" });
        }
        text.push('\n');
    }
    text.push_str("\n## Endpoints\n\n| endpoint | who |\n|---|---|\n");
    for rule in rules.iter() {
        let _ = writeln!(text, "| `{} {}` | {} |", rule.method, rule.path, who(rule.who));
    }
    text
}

fn who(who: Who) -> String {
    match who {
        Who::Public => "anybody".to_owned(),
        Who::SignedIn => "anybody signed in, about themselves".to_owned(),
        Who::Ticket => "the candidate of the exam ticket".to_owned(),
        Who::TicketOrSignedIn => "the candidate, by ticket or signed in".to_owned(),
        Who::Service => "another service, by service token".to_owned(),
        Who::May(action) => format!("`{}`", action.name()),
    }
}
