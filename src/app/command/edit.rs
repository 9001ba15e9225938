//! The selection; taking back and doing again.

use super::{Command, Scope};
use crate::app::action::Action;
use crate::lang::both;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "edit.copy",
        title: both("انسخ", "Copy"),
        keys: &["Ctrl+C"],
        scope: Scope::OutsideFields,
        action: |desk| {
            let is_selected = !desk.workspace.article.selection().is_empty();
            desk.document()?;
            (is_selected || desk.chosen().is_some()).then_some(Action::Copy)
        },
    },
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
    Command {
        id: "selection.swap",
        title: both("انقل المؤشر إلى طرف التحديد الآخر", "To the selection’s other end"),
        keys: &["X"],
        scope: Scope::Article,
        action: |desk| {
            (!desk.workspace.article.selection().is_empty()).then_some(Action::SwapEnds)
        },
    },
];
