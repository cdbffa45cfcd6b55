//! What an e-mail address looks like.

/// Whether a text is shaped like an e-mail address. Only a message that arrives proves one.
pub fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(person, host)| {
        !person.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
            && !text.contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_person_and_a_host_with_a_dot() {
        assert!(is_email("ada@example.org"));
        for text in ["", "ada", "ada@", "@example.org", "a@b", "a@.org", "a@b.", "a@b@c.org", "a b@c.org"] {
            assert!(!is_email(text), "{text}");
        }
    }
}
