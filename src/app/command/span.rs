//! The chosen span.

use super::{Command, Scope};
use crate::app::action::Action;
use crate::lang::both;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "span.value",
        title: both("اكتب قيمة الموضع", "Write the span’s value"),
        keys: &["Enter"],
        scope: Scope::Article,
        action: |desk| desk.chosen().map(|_| Action::FocusValue),
    },
    Command {
        id: "span.doubtful",
        title: both("علّم الموضع بالشك", "Mark the span as doubtful"),
        keys: &["?"],
        scope: Scope::Article,
        action: |desk| {
            let span = desk.chosen()?;
            Some(Action::SetDoubtful(span.id.clone(), !span.doubtful))
        },
    },
    Command {
        id: "span.here",
        title: both("الموضع التالي هنا", "Next span here"),
        keys: &["N"],
        scope: Scope::Article,
        action: |desk| desk.document().map(|_| Action::ChooseHere),
    },
    Command {
        id: "span.resize",
        title: both("اجعل الموضع على التحديد", "Make the span cover the selection"),
        keys: &["R"],
        scope: Scope::Article,
        action: |desk| {
            let selection = desk.workspace.article.selection();
            let span = desk.chosen()?;
            (!selection.is_empty() && selection != span.range)
                .then(|| Action::Resize(span.id.clone(), selection))
        },
    },
    Command {
        id: "span.remove",
        title: both("احذف الموضع", "Remove the span"),
        keys: &["Delete", "Backspace"],
        scope: Scope::Article,
        action: |desk| desk.chosen().map(|span| Action::Remove(span.id.clone())),
    },
];
