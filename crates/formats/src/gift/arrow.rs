//! The `->` between a prompt and its target.

/// Where the first `->` of `text` stands that isn't inside an HTML tag or comment.
pub(super) fn arrow(text: &str) -> Option<usize> {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("->") {
            return Some(at);
        }
        at += markup(rest).unwrap_or_else(|| rest.chars().next().map_or(1, char::len_utf8));
    }
    None
}

/// Bytes of the HTML tag or comment that `text` begins with. A `<` whose `>` belongs to an arrow is a
/// less-than sign.
fn markup(text: &str) -> Option<usize> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return comment.find("-->").map(|end| end + "<!--".len() + "-->".len());
    }
    let name = text.strip_prefix('<')?;
    if !name.trim_start_matches('/').starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    let mut before = '<';
    for (at, character) in text.char_indices().skip(1) {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, '<') => return None,
            (None, '>') => return (before != '-').then_some(at + 1),
            _ => {}
        }
        before = character;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> Option<(&str, &str)> {
        arrow(text).map(|at| (&text[..at], &text[at + 2..]))
    }

    #[test]
    fn an_arrow_in_a_tag_is_text() {
        assert_eq!(parted("a -> b"), Some(("a ", " b")));
        assert_eq!(parted("<i title=\"x->y\">a</i>->b"), Some(("<i title=\"x->y\">a</i>", "b")));
        assert_eq!(parted("<!-- x -->a -> b -> c"), Some(("<!-- x -->a ", " b -> c")));
        assert_eq!(parted("x<y -> z"), Some(("x<y ", " z")));
        assert_eq!(parted("1 < 2 -> yes"), Some(("1 < 2 ", " yes")));
        assert_eq!(parted("<b title='-> c"), Some(("<b title='", " c")));
        assert_eq!(parted("no"), None);
    }
}
