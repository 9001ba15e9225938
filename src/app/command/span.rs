//! The chosen span.

use super::{Command, Scope};
use crate::app::action::{Action, Step};
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
        action: |desk| {
            let here = desk.project?.spans_at(desk.workspace.article.caret());
            (!here.is_empty()).then_some(Action::ChooseHere)
        },
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
        id: "span.split",
        title: both("اقسم الموضع عند المؤشر", "Split the span at the caret"),
        keys: &["S"],
        scope: Scope::Article,
        action: |desk| {
            let (span, selection) = (desk.chosen()?, desk.workspace.article.selection());
            // Where a part is selected, the edge of it that is inside.
            let inside = selection.start() > span.range.start();
            let at = if inside { selection.start() } else { selection.end() };
            Some(Action::Split(span.id.clone(), at))
        },
    },
    Command {
        id: "span.join_next",
        title: both(
            "ضم الموضع إلى تاليه بالوسم نفسه",
            "Join the span with the next of its label",
        ),
        keys: &["J"],
        scope: Scope::Article,
        action: |desk| desk.chosen().map(|span| Action::Join(span.id.clone(), Step::Next)),
    },
    Command {
        id: "span.join_previous",
        title: both(
            "ضم الموضع إلى سابقه بالوسم نفسه",
            "Join the span with the previous of its label",
        ),
        keys: &["Shift+J"],
        scope: Scope::Article,
        action: |desk| desk.chosen().map(|span| Action::Join(span.id.clone(), Step::Previous)),
    },
    Command {
        id: "span.spread",
        title: both("سائر مواضع هذه الكلمات في المقال…", "Other occurrences in this document…"),
        keys: &["A"],
        scope: Scope::Article,
        action: |desk| {
            desk.chosen().map(|span| Action::FindOccurrences(span.id.clone(), false))
        },
    },
    Command {
        id: "span.spread_all",
        title: both("سائر مواضعها في كل المقالات…", "Other occurrences in all documents…"),
        keys: &["Shift+A"],
        scope: Scope::Article,
        action: |desk| desk.chosen().map(|span| Action::FindOccurrences(span.id.clone(), true)),
    },
    Command {
        id: "span.remove",
        title: both("احذف الموضع", "Remove the span"),
        keys: &["Delete", "Backspace"],
        scope: Scope::Article,
        action: |desk| desk.chosen().map(|span| Action::Remove(span.id.clone())),
    },
];
