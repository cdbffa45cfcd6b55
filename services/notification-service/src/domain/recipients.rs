//! To whom a message by staff goes.

use authz::AccountId;

/// People whom one message by staff may go to.
pub const RECIPIENTS_MAX: usize = 1_000;

/// Nobody, or too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongNumber;

/// The recipients, each once.
///
/// # Errors
/// When there are none, or more than [`RECIPIENTS_MAX`].
pub fn recipients(mut named: Vec<AccountId>) -> Result<Vec<AccountId>, WrongNumber> {
    named.sort_unstable();
    named.dedup();
    if named.is_empty() || named.len() > RECIPIENTS_MAX { Err(WrongNumber) } else { Ok(named) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(number: u128) -> AccountId {
        AccountId::from_uuid(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn whoever_is_named_twice_gets_it_once() {
        assert_eq!(recipients(vec![account(2), account(1), account(2)]), Ok(vec![account(1), account(2)]));
    }

    #[test]
    fn nobody_and_too_many_are_refused() {
        assert_eq!(recipients(Vec::new()), Err(WrongNumber));
        let many = |count: usize| (0..count).map(|number| account(number as u128)).collect();
        assert_eq!(recipients(many(RECIPIENTS_MAX)).map(|all| all.len()), Ok(RECIPIENTS_MAX));
        assert_eq!(recipients(many(RECIPIENTS_MAX + 1)), Err(WrongNumber));
    }
}
