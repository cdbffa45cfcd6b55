//! Rules over the repository itself: who may depend on whom, what stands where, and what must not stand anywhere.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// A file that a person can hold in mind.
const FILE_LINES_MAX: usize = 500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

/// Every file below `folder` whose name ends in one of `ends`.
fn files(folder: &Path, ends: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !matches!(
                    name.as_str(),
                    "target"
                        | "node_modules"
                        | "dist"
                        | ".git"
                        | "data"
                        | "test-results"
                        | "playwright-report"
                ) {
                    folders.push(path);
                }
            } else if ends.iter().any(|end| name.ends_with(end)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(String, String)> {
    let root = root();
    let mut all = files(&root.join("crates"), &[".rs"]);
    all.extend(files(&root.join("services"), &[".rs"]));
    all.into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("a text file");
            (name, text)
        })
        .collect()
}

/// Lines of code: without comments, and without the tests inside the file.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.starts_with("//"))
}

fn report(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn a_crate_depends_only_on_what_its_room_may_use() {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata");
    let ours: Vec<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    // What lies under `tools/` is run against the product and is no part of it: it starts servers as tests do.
    let is_tool = |package: &Package| package.manifest_path.components().any(|part| part.as_str() == "tools");
    let mut broken = Vec::new();
    for package in &metadata.packages {
        let name = package.name.to_string();
        let uses = package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind == DependencyKind::Normal && ours.contains(&dependency.name))
            .map(|dependency| dependency.name.as_str());
        for used in uses {
            let why = if used == "exam-system" {
                "nothing depends on the binary"
            } else if name == "foundation" {
                "foundation depends on nothing of ours"
            } else if used == "test-kit" && !is_tool(package) {
                "the test kit is for tests"
            } else if used.ends_with("-service") && name != "exam-system" {
                "a service is called through its api crate"
            } else if matches!(name.as_str(), "question-model") && used != "foundation" {
                "question-model is pure: it may use foundation"
            } else if name == "formats" && !matches!(used, "foundation" | "question-model") {
                "formats is pure: it may use foundation and question-model"
            } else if name.ends_with("-api")
                && matches!(used, "db" | "http-kit" | "audit" | "events" | "telemetry")
            {
                "an api crate has no web and no database"
            } else {
                continue;
            };
            broken.push(format!("{name} depends on {used}: {why}"));
        }
    }
    report(&broken);
}

#[test]
fn each_room_uses_only_what_it_may() {
    // (a folder of every service, what must not stand in its code, why)
    let rules: &[(&str, &[&str], &str)] = &[
        (
            "/src/domain/",
            &["axum::", "sqlx::", "tokio::", "SystemClock", "SystemRandom", "async fn", "http_kit::"],
            "domain is pure",
        ),
        ("/src/store/", &["axum::", "http_kit::"], "a store knows no web"),
        ("/src/app/", &["axum::", "sqlx::"], "a use case knows no web and no SQL"),
        ("/src/http/", &["sqlx::"], "an endpoint knows no SQL"),
    ];
    let mut broken = Vec::new();
    for (name, text) in sources() {
        if !name.starts_with("services/") {
            continue;
        }
        for (folder, banned, why) in rules {
            if !name.contains(folder) {
                continue;
            }
            for (line, content) in code(&text) {
                for word in *banned {
                    if content.contains(word) {
                        broken.push(format!("{name}:{line}: {word} — {why}"));
                    }
                }
            }
        }
    }
    report(&broken);
}

#[test]
fn what_comes_from_outside_names_every_field_it_takes() {
    let mut broken = Vec::new();
    for (name, text) in sources() {
        if !(name.starts_with("services/") && name.contains("/src/http/")) {
            continue;
        }
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let derives = line.trim_start().starts_with("#[derive(") && line.contains("Deserialize");
            if !derives {
                continue;
            }
            let head: Vec<&str> =
                lines[index..].iter().take_while(|line| !line.contains('{')).copied().collect();
            // A query says itself what it takes, and a choice of names has no fields.
            let has_no_fields = line.contains("IntoParams")
                || lines[index..]
                    .iter()
                    .find(|line| line.contains('{'))
                    .is_some_and(|line| line.contains("enum "));
            if !has_no_fields && !head.iter().any(|line| line.contains("deny_unknown_fields")) {
                broken.push(format!("{name}:{}: a body that takes unknown fields", index + 1));
            }
        }
    }
    report(&broken);
}

/// The types that a source describes for the API: the line, and the name in the API's description.
fn described(text: &str) -> Vec<(usize, String)> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    let mut attributes = String::new();
    let mut by_macro = false;
    for (line, content) in code(text) {
        let open = attributes.matches('[').count() > attributes.matches(']').count();
        if open || content.starts_with("#[") {
            attributes.push_str(content);
            continue;
        }
        let by_derive = attributes.contains("derive(") && attributes.contains("ToSchema");
        let name =
            ["struct ", "enum "].iter().find_map(|kind| content.split_once(kind)).map(|(_, name)| name);
        let by_hand = content.split_once("ToSchema for ").map(|(_, name)| name);
        // What a macro makes is named where the macro is used: a name alone, and what it holds.
        by_macro |= by_derive && name.is_some_and(|name| name.starts_with('$'));
        if let Some(name) = content.strip_suffix(" {").filter(|name| by_macro && *name == word(name)) {
            found.push((line, word(name)));
        } else if let Some(name) = name.filter(|name| by_derive && !name.starts_with('$')).or(by_hand) {
            let given = attributes.split_once("schema(as = ").map(|(_, name)| name);
            found.push((line, word(given.unwrap_or(name))));
        }
        attributes.clear();
    }
    found
}

#[test]
fn no_two_types_share_a_name_in_the_apis_description() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut broken = Vec::new();
    for (name, text) in sources() {
        if name.contains("/tests/") {
            continue;
        }
        for (line, schema) in described(&text) {
            let place = format!("{name}:{line}");
            if let Some(first) = seen.insert(schema.clone(), place.clone()) {
                broken.push(format!("{place}: {schema} stands in {first} too; one would describe the other"));
            }
        }
    }
    assert!(seen.len() > 250 && seen.contains_key("Judgement"), "only {} types are described", seen.len());
    report(&broken);
}

#[test]
fn no_macro_is_written_twice() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut broken = Vec::new();
    for (name, text) in sources() {
        for (line, content) in code(&text) {
            let Some(rest) = content.strip_prefix("macro_rules! ") else { continue };
            let place = format!("{name}:{line}");
            let which = rest.trim_end_matches([' ', '{']).to_owned();
            if let Some(first) = seen.insert(which.clone(), place.clone()) {
                broken.push(format!("{place}: {which}! stands in {first} too; it belongs in one crate"));
            }
        }
    }
    report(&broken);
}

#[test]
fn no_file_is_longer_than_a_person_can_hold_in_mind() {
    let root = root();
    let mut all: Vec<(String, String)> = sources();
    for path in files(&root.join("frontend/src"), &[".ts", ".tsx"]) {
        let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
        all.push((name, fs::read_to_string(&path).expect("a text file")));
    }
    let broken: Vec<String> = all
        .iter()
        .filter(|(name, _)| !name.contains(".gen."))
        .map(|(name, text)| (name, text.lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES_MAX)
        .map(|(name, lines)| format!("{name}: {lines} lines; build a wall"))
        .collect();
    report(&broken);
}

#[test]
fn nothing_unfinished_and_nothing_silenced_stands_in_the_tree() {
    let root = root();
    let unfinished = [
        "todo!",
        "unimplemented!",
        "FIX\u{4d}E",
        "X\u{58}X",
        "#[ignore",
        "test.on\u{6c}y",
        "test.ski\u{70}(",
        "@ts-ignor\u{65}",
        "@ts-nochec\u{6b}",
    ];
    let mut broken = Vec::new();
    let mut all = files(&root.join("crates"), &[".rs", ".sql"]);
    all.extend(files(&root.join("services"), &[".rs", ".sql"]));
    all.extend(files(&root.join("frontend/src"), &[".ts", ".tsx"]));
    all.extend(files(&root.join("frontend/tests"), &[".ts", ".tsx"]));
    for path in all {
        let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
        if name.ends_with("tests/tidy.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a text file");
        for (index, line) in text.lines().enumerate() {
            for word in unfinished {
                if line.contains(word) {
                    broken.push(format!("{name}:{}: {word}", index + 1));
                }
            }
        }
    }
    report(&broken);
}

#[test]
fn every_link_in_the_documents_leads_somewhere() {
    let root = root();
    let mut broken = Vec::new();
    let mut pages = files(&root.join("docs"), &[".md"]);
    pages.extend(files(&root.join("services"), &["README.md"]));
    pages.extend(files(&root.join("crates"), &["README.md"]));
    pages.push(root.join("README.md"));
    for page in pages {
        let Ok(text) = fs::read_to_string(&page) else { continue };
        let name = page.strip_prefix(&root).expect("below the root").display().to_string();
        for (index, line) in text.lines().enumerate() {
            for link in line.split("](").skip(1) {
                let Some(target) = link.split(')').next() else { continue };
                let target = target.split('#').next().unwrap_or("");
                if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                    continue;
                }
                if !page.parent().expect("a folder").join(target).exists() {
                    broken.push(format!("{name}:{}: {target} isn't there", index + 1));
                }
            }
        }
    }
    report(&broken);
}

/// The tests that a page names, as `name` in [`file`](path): the name, and the path.
fn named_tests(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.split(") ").flat_map(|part| part.split("; ")).filter_map(|part| {
        let (before, link) = part.split_once("` in [`")?;
        let (_, name) = before.rsplit_once('`')?;
        let (_, path) = link.split_once("](")?;
        Some((name, path.split(')').next()?))
    })
}

#[test]
fn every_test_that_a_document_names_is_there() {
    let root = root();
    let mut broken = Vec::new();
    let mut seen = 0;
    for page in files(&root.join("docs"), &[".md"]) {
        let text = fs::read_to_string(&page).expect("a text file");
        let name = page.strip_prefix(&root).expect("below the root").display().to_string();
        for (index, line) in text.lines().enumerate() {
            for (test, path) in named_tests(line) {
                let file = page.parent().expect("a folder").join(path);
                let is_there = fs::read_to_string(file).is_ok_and(|text| text.contains(test));
                seen += 1;
                if !is_there {
                    broken.push(format!("{name}:{}: {path} has no test {test:?}", index + 1));
                }
            }
        }
    }
    assert!(seen > 40, "only {seen} tests are named");
    report(&broken);
}

/// Whether a test's name says that it is about failure `number`: `failure_4_and_5_…`, or `failure 6: …` in the browser.
fn is_named_after(test: &str, number: &str) -> bool {
    let Some(rest) = test.strip_prefix("failure") else { return false };
    let words = rest.split(['_', ' ', ':']).filter(|word| !word.is_empty());
    words
        .take_while(|word| *word == "and" || word.bytes().all(|byte| byte.is_ascii_digit()))
        .any(|word| word == number)
}

#[test]
fn each_known_failure_has_a_test_that_is_named_after_it() {
    let page = fs::read_to_string(root().join("docs/reference/failures.md")).expect("a text file");
    let rows = page.lines().filter_map(|line| Some((line.strip_prefix("| ")?.split_once(" |")?.0, line)));
    let rows: Vec<_> = rows.filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit())).collect();
    let nameless =
        rows.iter().filter(|(number, line)| !named_tests(line).any(|(test, _)| is_named_after(test, number)));
    let broken: Vec<String> =
        nameless.map(|(number, _)| format!("failure {number} has no test of its name")).collect();
    assert!(rows.len() > 15, "only {} failures are listed", rows.len());
    report(&broken);
}

/// Journeys of one worker share a server: a name taken twice fails whenever the two come to the same one.
#[test]
fn everybody_in_the_browser_journeys_has_a_name_of_their_own() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut broken = Vec::new();
    let root = root();
    for file in files(&root.join("frontend/tests/e2e"), &["ts"]) {
        let name = file.strip_prefix(&root).expect("inside").display().to_string();
        let text = fs::read_to_string(&file).expect("text");
        for call in text.split(".person(").skip(1) {
            let Some(person) = call.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next())
            else {
                continue;
            };
            if let Some(first) = seen.insert(person.to_owned(), name.clone()) {
                broken.push(format!("{name}: {person:?} is somebody in {first} too"));
            }
        }
    }
    assert!(seen.len() > 10, "only {} people are named", seen.len());
    report(&broken);
}
