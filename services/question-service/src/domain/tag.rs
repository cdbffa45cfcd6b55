//! Tags: words that authors file questions by.

use foundation::Text;

use super::{
    limits::{TAG_CHARS_MAX, TAGS_PER_QUESTION_MAX},
    words::fold,
};

/// A tag as its author wrote it.
pub type Tag = Text<1, TAG_CHARS_MAX>;

/// The tag without the differences that don't matter: `Ｎ1` and `n1` are one.
pub fn tag_key(tag: &str) -> String {
    fold(tag.trim())
}

/// `tags` without repetition, in their order; the number of different ones when there are too many.
///
/// # Errors
/// When more than [`TAGS_PER_QUESTION_MAX`] are left.
pub fn distinct_tags(tags: &[Tag]) -> Result<Vec<String>, usize> {
    let mut distinct: Vec<(String, String)> = Vec::new();
    for tag in tags {
        let key = tag_key(tag);
        if !distinct.iter().any(|(earlier, _)| *earlier == key) {
            distinct.push((key, tag.as_str().to_owned()));
        }
    }
    if distinct.len() > TAGS_PER_QUESTION_MAX {
        return Err(distinct.len());
    }
    Ok(distinct.into_iter().map(|(_, tag)| tag).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_in_another_case_or_width_is_the_same_tag() {
        let tags = ["Algebra", "ALGEBRA", "ａｌｇｅｂｒａ", "代数"].map(|tag| Tag::new(tag).unwrap());
        assert_eq!(distinct_tags(&tags).unwrap(), ["Algebra", "代数"]);
        let many: Vec<Tag> = (0..40).map(|n| Tag::new(&n.to_string()).unwrap()).collect();
        assert_eq!(distinct_tags(&many), Err(40));
    }
}
