//! Records: spans that belong together.

use super::{Command, Desk, Scope};
use crate::app::action::{Action, Step};
use crate::app::records::Ask;
use crate::lang::both;
use crate::project::Project;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "records.show",
        title: both("سجلات المقال", "Records of the document"),
        keys: &["F8"],
        scope: Scope::Anywhere,
        action: |desk| desk.document().map(|_| Action::Records(Ask::Toggle)),
    },
    Command {
        id: "records.accept_all",
        title: both("اقبل كل السجلات المقترحة", "Accept all proposed records"),
        keys: &["Shift+F8"],
        scope: Scope::Anywhere,
        action: |desk| desk.document().and_then(|_| write(desk, Ask::AcceptAll)),
    },
    Command {
        id: "records.put",
        title: both("ضع الموضع المختار في السجل", "Put the chosen span into the record"),
        keys: &["K"],
        scope: Scope::Article,
        action: |desk| desk.chosen().and_then(|_| write(desk, Ask::Put)),
    },
    Command {
        id: "records.put_new",
        title: both("سجل جديد بالموضع المختار", "New record with the chosen span"),
        keys: &["Shift+K"],
        scope: Scope::Article,
        action: |desk| desk.chosen().and_then(|_| write(desk, Ask::PutNew)),
    },
    Command {
        id: "records.enter",
        title: both(
            "أرِ الموضع، أو اقبل السجل المقترح",
            "Show the span, or accept the proposed record",
        ),
        keys: &["Enter"],
        scope: Scope::Records,
        action: |desk| desk.workspace.records.in_hand().map(|_| Action::Records(Ask::Enter)),
    },
    Command {
        id: "records.new",
        title: both("سجل جديد فارغ", "New empty record"),
        keys: &["Insert", "Plus"],
        scope: Scope::Records,
        action: |desk| write(desk, Ask::New),
    },
    Command {
        id: "records.take",
        title: both("أخرج الموضع من السجل", "Take the span out of the record"),
        keys: &["Delete", "Backspace"],
        scope: Scope::Records,
        action: |desk| kept(desk, Ask::Take),
    },
    Command {
        id: "records.remove",
        title: both("احذف السجل", "Remove the record"),
        keys: &["Shift+Delete"],
        scope: Scope::Records,
        action: |desk| kept(desk, Ask::Remove),
    },
    Command {
        id: "records.up",
        title: both("انقل الموضع إلى السجل السابق", "Move the span to the record above"),
        keys: &["Alt+Up"],
        scope: Scope::Records,
        action: |desk| kept(desk, Ask::Move(Step::Previous)),
    },
    Command {
        id: "records.down",
        title: both("انقل الموضع إلى السجل التالي", "Move the span to the record below"),
        keys: &["Alt+Down"],
        scope: Scope::Records,
        action: |desk| kept(desk, Ask::Move(Step::Next)),
    },
];

/// Where something can be written.
fn write(desk: &Desk<'_>, ask: Ask) -> Option<Action> {
    desk.project.is_some_and(Project::is_writable).then_some(Action::Records(ask))
}

/// Where the row in hand is a record.
fn kept(desk: &Desk<'_>, ask: Ask) -> Option<Action> {
    let is_kept =
        desk.workspace.records.in_hand().is_some_and(crate::app::records::Row::is_kept);
    write(desk, ask).filter(|_| is_kept)
}
