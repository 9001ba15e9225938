//! Every way to change a project's work, as values.
//!
//! An [`Edit`] carries both sides of what it changes, so its inverse is a swap, and an edit
//! that comes too late is recognized by its `before`. A [`Transaction`] is one step that a
//! person can undo; it is applied as a whole or not at all. The functions of this module
//! compute transactions and change nothing: `project` commits them, `store` writes them.

mod annotate;
mod ask_again;
#[cfg(test)]
mod bench;
mod decide;
mod edge;
mod history;
#[cfg(test)]
mod laws;
mod parts;
mod record;
mod refusal;
mod relabel;
mod snap;
mod spread;
mod transaction;

pub use annotate::{
    Context, annotate, declare_gold, edit_meta, relabel, remove, resize, set_attribute,
    set_document_note, set_doubtful, set_note, set_state, set_value,
};
pub use ask_again::ask_again;
pub use decide::{accept, reject, skip};
pub use edge::{Edge, EdgeMove, move_edge, moved};
pub use history::{Done, History};
pub use parts::{Neighbor, duplicate, join, split};
pub use record::{
    add_records, move_between_records, put_in_record, remove_record, take_from_record,
};
pub use refusal::{Blocked, Refusal};
pub use relabel::relabel_all;
pub use snap::snap;
pub use spread::{Occurrence, Pattern, Spread, Spreading, occurrences};
pub use transaction::{Change, Direction, Edit, Stale, Step, Transaction, Work};
