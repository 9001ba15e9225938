//! What the program tells of itself: a log, and a report where it broke.
//!
//! Both are files in the folder of settings, for a person to pass on. So neither has a word of
//! theirs in it: no text, value or note, and no name of a file, a project or an annotator. The
//! log takes words that stand in the program's source, and numbers ([`Entry`]); of a panic's
//! message goes only what the program itself has written ([`report`](self)).

mod hook;
mod log;
mod report;

pub use hook::{has_crashed, on_crash, watch};
pub use log::{Entry, Log, kind_of};
pub use report::newest_report;
