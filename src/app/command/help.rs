//! Help.

use super::{Command, Scope};
use crate::app::action::Action;
use crate::app::dialog::Dialog;
use crate::app::own_keys::Ask;
use crate::app::start::Start;
use crate::lang::both;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "help.keys",
        title: both("المفاتيح", "Keys"),
        keys: &["F1"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Show(Some(Dialog::Keys))),
    },
    Command {
        id: "help.manual",
        title: both("دليل الاستعمال", "Manual"),
        keys: &["Shift+F1"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Show(Some(Dialog::manual()))),
    },
    Command {
        id: "help.palette",
        title: both("كل الأوامر…", "All commands…"),
        keys: &["Ctrl+K"],
        scope: Scope::Anywhere,
        action: |desk| {
            let is_open = matches!(desk.workspace.dialog, Some(Dialog::Palette(_)));
            match &desk.workspace.dialog {
                // What is written in another dialog must not be lost by it.
                Some(_) => is_open.then_some(Action::Show(None)),
                None => Some(Action::ShowPalette),
            }
        },
    },
    Command {
        id: "help.tour",
        title: both("جولة قصيرة", "Short tour"),
        keys: &[],
        scope: Scope::Anywhere,
        action: |desk| {
            let reads = desk.project.is_some_and(|project| project.document().is_some());
            reads.then_some(Action::Start(Start::Tour(Some(0))))
        },
    },
    Command {
        id: "help.change_keys",
        title: both("غيّر المفاتيح…", "Change keys…"),
        keys: &[],
        scope: Scope::Anywhere,
        action: |_| Some(Action::OwnKeys(Ask::Show)),
    },
];
