//! The open document.

use super::{Command, Scope};
use crate::app::action::Action;
use crate::app::dialog::Dialog;
use crate::lang::{Message, both};
use crate::model::State;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "document.finish",
        title: both("أنهِ وافتح التالي", "Finish and open the next"),
        keys: &["Ctrl+Enter"],
        scope: Scope::Anywhere,
        action: |desk| desk.document().map(|_| Action::FinishAndNext),
    },
    Command {
        id: "document.details",
        title: both("بيانات المقال…", "Document details…"),
        keys: &["F2"],
        scope: Scope::Anywhere,
        action: |desk| {
            let project = desk.project?;
            let set = project.set()?;
            Some(Action::Show(Some(Dialog::details(project.meta()?, &set.note))))
        },
    },
    Command {
        id: "document.gold",
        title: both("أعلن المجموعة ذهبية", "Declare the set gold"),
        keys: &["Ctrl+G"],
        scope: Scope::Anywhere,
        action: |desk| {
            let finished = desk.project?.set()?.state == State::Finished;
            Some(if finished {
                Action::DeclareGold
            } else {
                Action::Say(Message::from(both(
                    "لا تُعلَن ذهبيةً إلا مجموعة منتهية: أنهِ المقال أولًا",
                    "Only a finished document can be declared gold: finish it first",
                )))
            })
        },
    },
];
