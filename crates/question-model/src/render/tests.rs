use super::*;

fn shown(text: &str) -> String {
    render(&RichText::markdown(text)).trim().to_owned()
}

fn shown_as(format: TextFormat, text: &str) -> String {
    render(&RichText::new(format, text)).trim().to_owned()
}

const HASH: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#[test]
fn mathematics_stays_tex_whatever_it_holds() {
    assert_eq!(
        shown(r"If $a_1 * b_1 < c$ and *so* on"),
        r#"<p>If <span class="math math-inline">a_1 * b_1 &lt; c</span> and <em>so</em> on</p>"#
    );
    assert_eq!(
        shown(r"\(\frac{1}{2}\)中文$x$。"),
        r#"<p><span class="math math-inline">\frac{1}{2}</span>中文<span class="math math-inline">x</span>。</p>"#
    );
    assert_eq!(
        shown("$$\n\\int_0^1 x\\,dx\n$$"),
        "<p><span class=\"math math-display\">\n\\int_0^1 x\\,dx\n</span></p>"
    );
    assert_eq!(shown(r"\[a \\ b\]"), r#"<p><span class="math math-display">a \\ b</span></p>"#);
    assert_eq!(
        shown("| a | b |\n|---|--:|\n| $|x|$ | 2 |"),
        "<table><thead><tr><th>a</th><th align=\"right\">b</th></tr></thead><tbody>\n<tr><td>\
         <span class=\"math math-inline\">|x|</span></td><td align=\"right\">2</td></tr>\n</tbody></table>"
    );
}

#[test]
fn prices_and_code_are_no_mathematics() {
    assert_eq!(shown("It costs $5, or $10 with tax."), "<p>It costs $5, or $10 with tax.</p>");
    assert_eq!(shown("from $5-$10"), "<p>from $5-$10</p>");
    assert_eq!(shown(r"\$5 and \$6"), "<p>$5 and $6</p>");
    assert_eq!(shown("`$x$` and ``a ` $y$``"), "<p><code>$x$</code> and <code>a ` $y$</code></p>");
    assert_eq!(shown("```\n$x$\n[[1]]\n```\n"), "<pre><code>$x$\n[[1]]\n</code></pre>");
    assert_eq!(shown("$ x $ and $$ and $"), "<p>$ x $ and $$ and $</p>");
}

#[test]
fn nothing_that_runs_or_styles_or_loads_from_elsewhere_survives() {
    for evil in [
        "<script>alert(1)</script>x",
        "<img src=x onerror=alert(1)>",
        "<img src='https://evil.example/a.png'>",
        "![](https://evil.example/a.png)",
        "![](//evil.example/a.png)",
        "![](data:image/png;base64,AAAA)",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "<a href='java$s$cript:alert(1)'>x</a>",
        "<p style='position:fixed'>x</p>",
        "<style>p{}</style>x",
        "<svg onload=alert(1)><script>1</script></svg>",
        "<math><mi xlink:href='javascript:1'>x</mi></math>",
        "<iframe src='https://evil.example'></iframe>",
        "<form action='/x'><input name=a></form>",
        "<span class='math math-inline' data-gap='1' id='x'>x</span>",
        "$<script>alert(1)</script>$",
        "\\(\" onmouseover=\"alert(1)\\)",
        "![$\" onerror=\"alert(1)$](media:0)",
        "<img alt='$\" onerror=alert(1) x=\"$' src='media:0'>",
        "<img alt='\u{fdd0}0\u{fdd1}' title='$x>$<script>alert(1)</script>'>",
        "<b title='&#xfdd0;0&#xfdd1;'>$\"><script>alert(1)</script>$</b>",
        "<object data='https://evil.example'></object><embed src=x><base href='https://evil.example/'>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<video src='https://evil.example/a.mp4' autoplay></video>",
        "<blockquote cite='https://evil.example'>x</blockquote>",
    ] {
        for format in [TextFormat::Markdown, TextFormat::Html, TextFormat::Moodle, TextFormat::Plain] {
            let html = shown_as(format, evil);
            let tags: String = tags_of(&html).to_lowercase();
            for banned in [
                "script",
                " on",
                "javascript",
                "style",
                "evil",
                "iframe",
                "svg",
                "form",
                "data:",
                "data-gap",
                "object",
                "meta",
                "base",
                "video",
                "id=",
            ] {
                assert!(!tags.contains(banned), "{banned} in {html} from {evil}");
            }
        }
    }
}

/// What stands inside tags but outside quoted values that may hold any text.
fn tags_of(html: &str) -> String {
    let (mut tags, mut in_tag, mut in_quotes, mut value) = (String::new(), false, false, String::new());
    for character in html.chars() {
        match character {
            '<' if !in_tag => in_tag = true,
            '>' if in_tag && !in_quotes => {
                in_tag = false;
                tags.push('\n');
            }
            '"' if in_tag => {
                in_quotes = !in_quotes;
                if in_quotes {
                    value.clear();
                } else if !tags.ends_with("alt=") && !tags.ends_with("title=") {
                    tags.push_str(&value);
                }
            }
            _ if in_quotes => value.push(character),
            _ if in_tag => tags.push(character),
            _ => {}
        }
    }
    tags
}

#[test]
fn images_come_from_our_media_alone() {
    assert_eq!(
        shown(&format!("![a map](media:{HASH})")),
        format!(r#"<p><img src="/api/v1/questions/media/{HASH}" alt="a map"></p>"#)
    );
    assert_eq!(shown("![a map](media:abc)"), r#"<p><img alt="a map"></p>"#);
    assert_eq!(shown_as(TextFormat::Html, "<img src=\"@@PLUGINFILE@@/3.png\" alt=\"\">"), r#"<img alt="">"#);
    assert_eq!(
        media(&RichText::markdown(format!("![](media:{HASH}) media:0"))),
        BTreeSet::from([HASH.into()])
    );
}

#[test]
fn a_link_never_takes_the_candidate_out_of_the_exam() {
    assert_eq!(
        shown("[x](https://example.org/)"),
        r#"<p><a href="https://example.org/" target="_blank" rel="noopener noreferrer">x</a></p>"#
    );
    assert!(!shown("[x](/logout)").contains("href"));
}

#[test]
fn each_format_is_read_as_what_it_is() {
    assert_eq!(
        shown_as(TextFormat::Plain, "a < b\n*c* $x$"),
        "a &lt; b<br>\n*c* <span class=\"math math-inline\">x</span>"
    );
    assert_eq!(shown_as(TextFormat::Moodle, "one\ntwo <b>three</b>"), "one<br>\ntwo <b>three</b>");
    assert_eq!(
        shown_as(TextFormat::Moodle, "<table>\n<tr>\n<td>x</td></tr>\n</table>"),
        "<table>\n<tbody><tr>\n<td>x</td></tr>\n</tbody></table>"
    );
    assert_eq!(shown_as(TextFormat::Html, "one\ntwo"), "one\ntwo");
}

#[test]
fn one_paragraph_is_shown_without_it_in_an_option() {
    assert_eq!(render_part(&RichText::markdown("*East*")), "<em>East</em>");
    assert_eq!(render_part(&RichText::markdown("a\n\nb")), "<p>a</p>\n<p>b</p>");
}

#[test]
fn a_gap_stands_where_the_author_put_it() {
    let one = PartId::new("1").unwrap();
    let text = RichText::markdown("Water is [[1]], not [[2]].\n\n- [[1]]");
    assert_eq!(
        render_with_gaps(&text, &[&one]).trim(),
        "<p>Water is <span data-gap=\"1\"></span>, not [[2]].</p>\n<ul>\n<li><span data-gap=\"1\"></span></li>\n</ul>"
    );
    assert_eq!(gap_ids(&text).len(), 3);
    assert_eq!(gap_ids(&RichText::markdown("`[[1]]` ![[[1]]](media:0) [[a b]]")).len(), 0);
}

#[test]
fn plain_text_is_what_a_reader_reads() {
    let text = RichText::markdown("# Title\n\nIf $a<b$ & **c**\n\n| x | y |\n|---|---|\n| 1 | 2 |");
    assert_eq!(plain_text(&text), "Title If a<b & c x y 1 2");
}

#[test]
fn a_text_made_to_be_slow_is_not() {
    for piece in ["$", "\\(", "$$", "[[", "`", "``a", "<b title=1>", "> ", "![", "*a_", "\\[x"] {
        let text = piece.repeat(crate::limits::STEM_CHARS_MAX / piece.len());
        let html = render(&RichText::markdown(&text));
        assert!(html.matches("<blockquote>").count() <= NESTING_MAX);
    }
}
