//! From place to place.

use super::{Command, Scope};
use crate::app::action::{Action, Step};
use crate::app::find::Find;
use crate::lang::both;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "span.next",
        title: both("الموضع التالي", "Next span"),
        keys: &["Tab"],
        scope: Scope::Article,
        action: |desk| desk.document().map(|_| Action::StepSpan(Step::Next)),
    },
    Command {
        id: "span.previous",
        title: both("الموضع السابق", "Previous span"),
        keys: &["Shift+Tab"],
        scope: Scope::Article,
        action: |desk| desk.document().map(|_| Action::StepSpan(Step::Previous)),
    },
    Command {
        id: "document.next",
        title: both("المقال التالي", "Next document"),
        keys: &["Alt+PageDown"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::StepDocument(Step::Next)),
    },
    Command {
        id: "document.previous",
        title: both("المقال السابق", "Previous document"),
        keys: &["Alt+PageUp"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::StepDocument(Step::Previous)),
    },
    Command {
        id: "find.article",
        title: both("ابحث في المقال", "Find in the document"),
        keys: &["Ctrl+F"],
        scope: Scope::Anywhere,
        action: |desk| desk.document().map(|_| Action::Find(Find::Open)),
    },
    Command {
        id: "find.next",
        title: both("النتيجة التالية", "Next hit"),
        keys: &["H"],
        scope: Scope::Article,
        action: |desk| desk.document().map(|_| Action::Find(Find::Step(Step::Next))),
    },
    Command {
        id: "find.previous",
        title: both("النتيجة السابقة", "Previous hit"),
        keys: &["Shift+H"],
        scope: Scope::Article,
        action: |desk| desk.document().map(|_| Action::Find(Find::Step(Step::Previous))),
    },
    Command {
        id: "find.all",
        title: both("ابحث في كل المقالات", "Search all documents"),
        keys: &["Ctrl+Shift+F"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::Find(Find::All)),
    },
    Command {
        id: "go.search",
        title: both("ابحث في عناوين المقالات", "Search the titles of documents"),
        keys: &["G D"],
        scope: Scope::Article,
        action: |desk| desk.project.map(|_| Action::FocusSearch),
    },
    Command {
        id: "view.article",
        title: both("إلى المقال، ومنه", "To the article, or away"),
        keys: &["F6"],
        scope: Scope::Anywhere,
        action: |desk| {
            let away = !desk.workspace.article_has_focus;
            Some(if away { Action::FocusArticle } else { Action::LeaveArticle })
        },
    },
    Command {
        id: "view.leave",
        title: both("ألغِ الاختيار", "Let go"),
        keys: &["Esc"],
        scope: Scope::OutsideFields,
        action: |_| Some(Action::Leave),
    },
];
