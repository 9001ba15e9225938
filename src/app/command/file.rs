//! A project: opening, making, importing, exporting, who annotates.

use super::{Command, Scope};
use crate::app::action::Action;
use crate::app::dialog::Dialog;
use crate::app::schema_form::Ask;
use crate::app::start::Start;
use crate::lang::both;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "project.open",
        title: both("افتح مشروعًا…", "Open a project…"),
        keys: &["Ctrl+O"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Show(Some(Dialog::open()))),
    },
    Command {
        id: "project.new",
        title: both("مشروع جديد…", "New project…"),
        keys: &["Ctrl+N"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Start(Start::New(Vec::new()))),
    },
    Command {
        id: "project.import",
        title: both("استورد مقالات…", "Import documents…"),
        keys: &["Ctrl+I"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::Show(Some(Dialog::import()))),
    },
    Command {
        id: "project.export",
        title: both("صدّر…", "Export…"),
        keys: &["Ctrl+E"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::ShowExport("jsonl")),
    },
    Command {
        id: "project.schema",
        title: both("الوسوم…", "Labels…"),
        keys: &[],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::Schema(Ask::Show)),
    },
    Command {
        id: "project.annotator",
        title: both("الموسّم…", "Annotator…"),
        keys: &["Ctrl+Shift+A"],
        scope: Scope::Anywhere,
        action: |desk| {
            let name = desk.project?.annotator().as_str();
            Some(Action::Show(Some(Dialog::annotator(name))))
        },
    },
];
