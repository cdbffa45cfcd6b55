//! Cells of a CSV file that a spreadsheet opens as what they are.

/// What makes UTF-8 known to spreadsheets.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A text as a cell: in quotes, and with an apostrophe in front where a spreadsheet would take it for a formula
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
pub fn text(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// Cells as a line, with the line end of RFC 4180.
pub fn line(cells: &[String]) -> String {
    let mut line = cells.join(",");
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_formula() {
        assert_eq!(text("李伟"), "\"李伟\"");
        assert_eq!(text("A \"B\", C"), "\"A \"\"B\"\", C\"");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "=cmd|' /C calc'!A0"] {
            assert!(text(formula).starts_with("\"'"), "{formula}");
        }
        assert_eq!(line(&[text("a"), "1".to_owned()]), "\"a\",1\r\n");
    }
}
