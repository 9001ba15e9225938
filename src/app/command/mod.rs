//! What the user can ask for by name: one table for keys, palette, menus, tooltips and help.
//!
//! A command is a row in the file of its group; the groups are the menus.

mod document;
mod documents;
mod edge;
mod edit;
mod file;
mod go;
mod help;
mod lacks;
mod rank;
mod records;
mod review;
mod span;
mod view;

pub(super) use lacks::{CHOOSE_FIRST, lacks};
pub(super) use rank::{SCATTERED, rank};

use super::action::Action;
use super::workspace::Workspace;
use crate::lang::{Bilingual, both};
use crate::project::Project;

/// Where a command's keys count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everywhere, also while something is being written.
    Anywhere,
    /// Everywhere but in a field, which has this key for itself.
    OutsideFields,
    /// While the article has the focus.
    Article,
    /// While the article has the focus and a suggestion is in hand: before those of the article.
    Review,
    /// While the table of records has the focus.
    Records,
}

/// Something the user can ask for by name.
pub(super) struct Command {
    /// Its stable id.
    pub(super) id: &'static str,
    /// Its name.
    pub(super) title: Bilingual,
    /// Its keys, as `Ctrl+Shift+Z`, or one after another as `G D`; the first is shown.
    pub(super) keys: &'static [&'static str],
    /// Where they count.
    pub(super) scope: Scope,
    /// What it does here and now; none if it is not possible.
    pub(super) action: fn(&Desk<'_>) -> Option<Action>,
}

impl Command {
    /// Whether there is a moment in which the keys of both are about the same thing: what is in
    /// hand goes before what is below it, so that both may have a key.
    pub(super) fn meets(&self, other: &Self) -> bool {
        // The focus is in the article or in the table of records.
        let is_of = |scope| [self.scope, other.scope].contains(&scope);
        (self.scope == Scope::Review) == (other.scope == Scope::Review)
            && !(is_of(Scope::Records) && is_of(Scope::Article))
    }
}

/// What a command may look at.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) project: Option<&'a Project>,
    pub(super) workspace: &'a Workspace,
}

/// Commands that stand together in menus and in the help.
pub(super) struct Group {
    /// What they are about.
    pub(super) title: Bilingual,
    /// Its commands, in the order in which they are shown.
    pub(super) commands: &'static [Command],
}

/// All commands, in the order of the menus.
pub(super) const GROUPS: &[Group] = &[
    Group { title: both("المشروع", "Project"), commands: file::COMMANDS },
    Group { title: both("التحرير", "Edit"), commands: edit::COMMANDS },
    Group { title: both("الموضع", "Span"), commands: span::COMMANDS },
    Group { title: both("الحدود", "Edges"), commands: edge::COMMANDS },
    Group { title: both("المراجعة", "Review"), commands: review::COMMANDS },
    Group { title: both("السجلات", "Records"), commands: records::COMMANDS },
    Group { title: both("المقال", "Document"), commands: document::COMMANDS },
    Group { title: both("المقالات", "Documents"), commands: documents::COMMANDS },
    Group { title: both("الانتقال", "Go"), commands: go::COMMANDS },
    Group { title: both("العرض", "View"), commands: view::COMMANDS },
    Group { title: both("المساعدة", "Help"), commands: help::COMMANDS },
];

/// All commands, in the order of the menus.
pub(super) fn commands() -> impl Iterator<Item = &'static Command> {
    GROUPS.iter().flat_map(|group| group.commands)
}

/// The command of that id.
pub(super) fn command(id: &str) -> Option<&'static Command> {
    commands().find(|command| command.id == id)
}

/// The commands for what is marked or selected in the article.
pub(super) fn in_article() -> impl Iterator<Item = &'static Command> {
    command("edit.copy").into_iter().chain(span::COMMANDS)
}

impl<'a> Desk<'a> {
    fn document(&self) -> Option<&'a crate::model::Document> {
        self.project?.document().map(AsRef::as_ref)
    }

    /// The chosen span.
    pub(super) fn chosen(&self) -> Option<&'a crate::model::Span> {
        self.project?.set()?.span(self.workspace.chosen.as_ref()?)
    }

    /// The suggestion in hand; none while a span is chosen, whose keys then count.
    pub(super) fn in_hand(&self) -> Option<&'a crate::project::Offer> {
        let review = self.workspace.review.as_ref().filter(|_| self.chosen().is_none());
        review?.in_hand()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique() {
        let ids: BTreeSet<_> = commands().map(|command| command.id).collect();
        assert_eq!(ids.len(), commands().count());
    }
}
