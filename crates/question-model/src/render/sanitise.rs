//! What HTML may stay.

use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

use ammonia::{Builder, UrlRelative};

use super::{MEDIA_PATH, MEDIA_SCHEME, is_hash};

/// `html` without anything that could run, style, load from elsewhere or take the reader away unasked.
pub(super) fn sanitise(html: &str) -> String {
    static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(builder);
    BUILDER.clean(html).to_string()
}

fn builder() -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .rm_tags(["area", "center", "map"])
        .add_generic_attributes(["dir"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "media"]))
        .url_relative(UrlRelative::Custom(Box::new(own_media)))
        .link_rel(Some("noopener noreferrer"))
        // A candidate who follows a link must not leave the exam.
        .set_tag_attribute_value("a", "target", "_blank")
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("img", "src") => media_address(value),
            (_, "src" | "srcset" | "cite" | "longdesc" | "background") => None,
            ("a", "href") if value.trim_start().to_ascii_lowercase().starts_with(MEDIA_SCHEME) => None,
            _ => Some(Cow::Borrowed(value)),
        });
    builder
}

/// The one relative address that may stand in a question.
fn own_media(address: &str) -> Option<Cow<'_, str>> {
    address.strip_prefix(MEDIA_PATH).is_some_and(is_hash).then_some(Cow::Borrowed(address))
}

/// Where our own server has the image; nothing for any other source.
fn media_address(source: &str) -> Option<Cow<'static, str>> {
    let hash = source.strip_prefix(MEDIA_SCHEME)?;
    is_hash(hash).then(|| Cow::Owned(format!("{MEDIA_PATH}{hash}")))
}
