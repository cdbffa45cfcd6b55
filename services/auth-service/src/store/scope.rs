//! What an actor may see, as a condition in SQL.

use authz::{Action, Actor, UnitPath};
use sqlx::{Database, Encode, QueryBuilder, Type};

/// The units under which things are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole institution.
    Everything,
    /// What lies in or below these units; nothing when there are none.
    Below(Vec<UnitPath>),
}

impl Scope {
    /// Where `actor` is allowed `action`.
    pub fn of(actor: &Actor, action: Action) -> Self {
        let units = actor.units(action);
        if units.contains(&UnitPath::institution()) { Self::Everything } else { Self::Below(units) }
    }

    /// Appends a condition: `column` holds a path within the scope.
    pub fn push_path<DB>(&self, query: &mut QueryBuilder<DB>, column: &str)
    where
        DB: Database,
        for<'q> String: Encode<'q, DB> + Type<DB>,
    {
        match self {
            Self::Everything => {
                query.push("1 = 1");
            }
            Self::Below(units) if units.is_empty() => {
                query.push("1 = 0");
            }
            Self::Below(units) => {
                query.push("(");
                for (index, unit) in units.iter().enumerate() {
                    if index > 0 {
                        query.push(" OR ");
                    }
                    push_below(query, column, unit);
                }
                query.push(")");
            }
        }
    }

    /// Appends a condition on the row `a` of accounts: its home, a membership or a role lies within the scope.
    pub fn push_account<DB>(&self, query: &mut QueryBuilder<DB>)
    where
        DB: Database,
        for<'q> String: Encode<'q, DB> + Type<DB>,
    {
        if *self == Self::Everything {
            query.push("1 = 1");
            return;
        }
        query.push("(");
        self.push_path(query, "a.home");
        query.push(
            " OR EXISTS (SELECT 1 FROM auth.members m JOIN auth.units u ON u.id = m.unit_id
                         WHERE m.account_id = a.id AND ",
        );
        self.push_path(query, "u.path");
        query.push(") OR EXISTS (SELECT 1 FROM auth.grants g WHERE g.account_id = a.id AND ");
        self.push_path(query, "g.unit");
        query.push("))");
    }
}

/// Appends a condition: `column` holds `unit`'s path or one below it. Paths hold nothing that `LIKE` reads as a pattern.
fn push_below<DB>(query: &mut QueryBuilder<DB>, column: &str, unit: &UnitPath)
where
    DB: Database,
    for<'q> String: Encode<'q, DB> + Type<DB>,
{
    query.push(column).push(" LIKE ").push_bind(format!("{unit}%"));
}
