//! The integration tests, one program so that it links fast.
#![expect(clippy::unwrap_used, reason = "a test is allowed to panic")]

mod agreement;
mod arabic;
mod architecture;
mod cli;
mod crash;
mod import;
mod licenses;
mod manual;
mod paint;
mod sample;
mod shell;
mod support;
mod window;
