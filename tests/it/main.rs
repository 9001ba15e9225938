//! The integration tests, one program so that it links fast.
#![expect(clippy::unwrap_used, reason = "a test is allowed to panic")]

mod agreement;
mod arabic;
mod architecture;
#[path = "../support/cases.rs"]
mod cases;
mod cli;
mod crash;
mod extract;
mod import;
mod learn;
#[path = "../support/lessons.rs"]
mod lessons;
mod licenses;
mod manual;
mod paint;
mod sample;
mod shell;
mod suggestions;
mod support;
mod window;
