//! The window's own state: what is chosen, armed, open, being written.

use std::collections::BTreeMap;

use super::dialog::Dialog;
use super::keymap::Stroke;
use super::widget::{ArticleView, Columns, Field};
use crate::lang::Message;
use crate::model::{AttributeId, LabelId, Problem, SpanId, State};

/// What is being said in the status line.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) message: Message,
    /// Whether something went wrong.
    pub(super) is_error: bool,
    /// When it was first shown, in egui's seconds; none before it was.
    pub(super) since: Option<f64>,
}

/// The fields of the chosen span.
#[derive(Debug, Default)]
pub(super) struct SpanFields {
    /// Whose fields they are.
    pub(super) span: Option<SpanId>,
    pub(super) value: Field,
    pub(super) note: Field,
    pub(super) attributes: BTreeMap<AttributeId, Field>,
}

/// Which documents the list shows.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// What they follow from: the project's revision, the search, the state.
    pub(super) of: Option<(u64, String, Option<State>)>,
    /// Their places in the project.
    pub(super) rows: Vec<usize>,
}

/// An open menu.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Menu {
    /// What it is for, if not for all commands: the place in the window that was asked about.
    pub(super) place: Option<egui::Pos2>,
    /// Which of its rows the hand is on.
    pub(super) columns: Columns,
}

impl Menu {
    /// The menu of all commands.
    pub(super) fn all() -> Self {
        Self { place: None, columns: Columns::default() }
    }

    /// The menu of what can be done at a place of the article.
    pub(super) fn at(place: egui::Pos2) -> Self {
        Self { place: Some(place), columns: Columns::default() }
    }
}

/// The window's own state. Nothing of it is the project's.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    pub(super) article: ArticleView,
    /// Whether the article had the focus in the last frame.
    pub(super) article_has_focus: bool,
    /// Whether the reader has left the article, to go through the window by Tab.
    pub(super) is_away: bool,
    /// The chosen span.
    pub(super) chosen: Option<SpanId>,
    /// The label that the next selection gets.
    pub(super) armed: Option<LabelId>,
    /// The open dialog.
    pub(super) dialog: Option<Dialog>,
    /// The open menu.
    pub(super) menu: Option<Menu>,
    /// The keys that began a sequence.
    pub(super) pending: Vec<Stroke>,
    /// What was said last.
    pub(super) said: Option<Said>,
    /// What the list of documents is searched for.
    pub(super) search: Field,
    /// Which states the list shows; none for all.
    pub(super) state_filter: Option<State>,
    /// Which documents the list shows, as long as nothing they follow from changes.
    pub(super) listed: Listed,
    pub(super) span_fields: SpanFields,
    /// Whether the list of documents is to show the open one.
    pub(super) show_row: bool,
    /// Whether the list of spans is to show the chosen one.
    pub(super) show_span_row: bool,
    /// A widget that is to get the focus.
    pub(super) focus: Option<egui::Id>,
    /// The problems of the open project, to look at.
    pub(super) problems: Vec<Problem>,
    /// Whether the problems are shown.
    pub(super) shows_problems: bool,
}

impl Workspace {
    /// Lists problems, but none that is listed already.
    pub(super) fn list_problems(&mut self, problems: impl IntoIterator<Item = Problem>) {
        for problem in problems {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
    }

    /// Says something.
    pub(super) fn say(&mut self, message: Message) {
        self.said = Some(Said { message, is_error: false, since: None });
    }

    /// Says that something went wrong or was refused.
    pub(super) fn complain(&mut self, message: Message) {
        self.said = Some(Said { message, is_error: true, since: None });
    }
}
