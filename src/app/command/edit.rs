//! Taking back and doing again.

use super::{Command, Scope};
use crate::app::action::Action;
use crate::lang::both;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "edit.undo",
        title: both("تراجع", "Undo"),
        keys: &["Ctrl+Z"],
        scope: Scope::OutsideFields,
        action: |desk| desk.project?.can_undo().then_some(Action::Undo),
    },
    Command {
        id: "edit.redo",
        title: both("أعد", "Redo"),
        keys: &["Ctrl+Shift+Z", "Ctrl+Y"],
        scope: Scope::OutsideFields,
        action: |desk| desk.project?.can_redo().then_some(Action::Redo),
    },
];
