//! `$CATEGORY:` lines.

/// The names in a category's path, outermost first. The course or system that Moodle puts in front
/// (`$course$/top/`) says where it was, not what it is. `//` is a slash within a name.
pub(super) fn category_path(written: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut characters = written.trim().chars().peekable();
    while let Some(character) = characters.next() {
        if character == '/' && characters.next_if_eq(&'/').is_none() {
            names.push(String::new());
        } else if let Some(name) = names.last_mut() {
            name.push(character);
        }
    }
    let mut names: Vec<String> =
        names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    let is_context = |name: &String| name.len() > 2 && name.starts_with('$') && name.ends_with('$');
    if names.first().is_some_and(is_context) {
        names.remove(0);
        if names.first().is_some_and(|name| name == "top") {
            names.remove(0);
        }
    }
    names
}

/// A path as Moodle reads it.
pub(super) fn written(path: &[String]) -> String {
    let names = path.iter().map(|name| name.replace('/', "//"));
    std::iter::once("$course$/top".to_owned()).chain(names).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_parted_at_single_slashes() {
        assert_eq!(category_path(" $course$/top/数学/函数 "), ["数学", "函数"]);
        assert_eq!(category_path("$course$/Default for A"), ["Default for A"]);
        assert_eq!(category_path("$system$/top/km//h/a"), ["km/h", "a"]);
        assert_eq!(category_path("a/ b /"), ["a", "b"]);
        assert_eq!(category_path("top/a"), ["top", "a"]);
        assert!(category_path("$course$/top").is_empty());
    }

    #[test]
    fn a_path_reads_back_the_same() {
        let path = vec!["km/h".to_owned(), "数学".to_owned()];
        assert_eq!(category_path(&written(&path)), path);
    }
}
