//! Programs that a test needs and a system may lack.

use std::io::Write as _;

/// Whether one of `tools` is missing, so that the test must be left out; says which.
///
/// # Panics
///
/// If one is missing and the environment variable `required` is `1`.
pub(crate) fn lacks(tools: &[&str], required: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let is_there =
        |tool: &str| std::env::split_paths(&paths).any(|folder| folder.join(tool).is_file());
    let Some(tool) = tools.iter().find(|tool| !is_there(tool)) else { return false };
    let why = format!("`{tool}` is missing");
    assert!(std::env::var(required).as_deref() != Ok("1"), "{why}, and {required}=1");
    say(&format!("skipped: {why}"));
    true
}

/// Writes to the standard error itself: the test harness would keep `eprintln` to itself.
pub(crate) fn say(what: &str) {
    let mut error = std::io::stderr();
    writeln!(error, "{what}").ok();
}
