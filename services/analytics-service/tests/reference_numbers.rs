//! The numbers agree with those of published packages, on published data.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

use std::{fs, path::Path};

use analytics_service::domain::distribution::{Score, distribution};
use foundation::Points;
use serde_json::Value;

/// Computed with R, on data sets that don't belong to this project.
const EXPECTED: &str = "../../../shared/data/psychometrics/ctt_expected.json";
const TOLERANCE: f64 = 1e-9;

#[test]
fn mean_spread_and_quartiles_agree_with_r() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(EXPECTED);
    let Ok(text) = fs::read_to_string(&path) else {
        test_kit::skip("the reference numbers aren't here: ../shared/data/psychometrics");
        return;
    };
    let expected: Value = serde_json::from_str(&text).expect("JSON");
    let results = expected["results"].as_array().expect("results");
    assert!(results.len() >= 4, "{}", results.len());
    for result in results {
        agree(result);
    }
}

fn agree(result: &Value) {
    let name = &result["dataset"];
    let table = result["score_distribution"].as_array().expect("a table");
    let points_max = Points::from_f64(number(&table[table.len() - 1]["score"])).expect("points");
    let mut scores = Vec::new();
    for row in table {
        let points = Points::from_f64(number(&row["score"])).expect("points");
        let frequency = row["freq"].as_u64().expect("a frequency");
        scores.extend((0..frequency).map(|_| Score { points, points_max }));
    }
    let ours = distribution(&scores).expect("a distribution");
    let (theirs, quantiles) = (&result["test"], &result["quantiles_R"]["type7"]);
    assert_eq!(Some(ours.count), result["n"].as_i64(), "{name}");
    for (what, ours, theirs) in [
        ("mean", ours.mean, &theirs["mean"]),
        ("sd", ours.sd.expect("a spread"), &theirs["sd"]),
        ("median", ours.median, &theirs["median"]),
        ("min", ours.min.to_f64(), &theirs["min"]),
        ("max", ours.max.to_f64(), &theirs["max"]),
        ("lower quartile", ours.lower_quartile, &quantiles["25%"]),
        ("upper quartile", ours.upper_quartile, &quantiles["75%"]),
    ] {
        assert!((ours - number(theirs)).abs() < TOLERANCE, "{name} {what}: {ours}, expected {theirs}");
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}
