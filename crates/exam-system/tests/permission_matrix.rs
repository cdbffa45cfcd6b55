//! The permission matrix is whole: every endpoint has a rule, every rule an endpoint, and the file says the same.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

mod kit;

use std::{collections::BTreeSet, fs, path::Path, sync::Arc};

use db::DbConfig;
use exam_system::{compose::compose, permissions, probes};
use foundation::{SystemClock, SystemRandom};
use serde_json::Value;

#[test]
fn every_endpoint_is_in_the_permission_matrix_and_the_file_says_the_same() {
    test_kit::run(async {
        let data = tempfile::TempDir::new().expect("a folder");
        let config = kit::config(&DbConfig::Sqlite { folder: data.path().to_owned() }, data.path());
        let composed =
            compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await.expect("the services open");

        let description: Value = serde_json::to_value(&composed.app.openapi).expect("JSON");
        let mut described = BTreeSet::new();
        for (path, methods) in description["paths"].as_object().expect("paths") {
            for method in methods.as_object().expect("methods").keys() {
                if matches!(method.as_str(), "get" | "post" | "put" | "patch" | "delete" | "head") {
                    described.insert(format!("{} {path}", method.to_uppercase()));
                }
            }
        }
        let probes: BTreeSet<String> =
            probes::RULES.iter().map(|rule| format!("{} {}", rule.method, rule.path)).collect();
        let ruled: BTreeSet<String> = composed
            .rules
            .iter()
            // What services ask of each other isn't described to others.
            .filter(|rule| rule.who != authz::Who::Service)
            .map(|rule| format!("{} {}", rule.method, rule.path))
            .filter(|name| !probes.contains(name))
            .collect();
        let without_rule: Vec<_> = described.difference(&ruled).collect();
        let without_endpoint: Vec<_> = ruled.difference(&described).collect();
        assert!(without_rule.is_empty(), "endpoints without a rule: {without_rule:#?}");
        assert!(without_endpoint.is_empty(), "rules without an endpoint: {without_endpoint:#?}");

        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/permissions.md");
        let text = fs::read_to_string(file).expect("docs/reference/permissions.md");
        assert!(text == permissions::markdown(&composed.rules), "permissions.md is not fresh: run make gen");
    });
}
