//! A test that can't run here says why, and where everything is required it fails instead.

use std::{env, fs::OpenOptions, io::Write as _};

/// Whether `REQUIRE_ALL=1`: a skip is a failure.
pub fn required() -> bool {
    env::var("REQUIRE_ALL").is_ok_and(|value| value == "1")
}

/// Says that a test is skipped and why; the caller then returns. `make test` counts these.
///
/// # Panics
/// When everything is required.
pub fn skip(why: &str) {
    assert!(!required(), "REQUIRE_ALL=1 and this test can't run: {why}");
    println!("SKIPPED: {why}");
    if let Ok(file) = env::var("TEST_SKIPS_FILE")
        && let Ok(mut file) = OpenOptions::new().create(true).append(true).open(file)
    {
        let name = std::thread::current().name().unwrap_or("a test").to_owned();
        let _ = writeln!(file, "{name}: {why}");
    }
}
