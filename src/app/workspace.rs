//! The window's own state: what is chosen, armed, open, being written.

use std::collections::BTreeMap;

use super::dialog::Dialog;
use super::find::{FindBar, SearchPanel};
use super::widget::{ArticleView, Field};
use crate::find::Wrong;
use crate::lang::Message;
use crate::model::{AnnotatorId, AttributeId, LabelId, Problem, SpanId, State};

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
    /// What is wrong with the search.
    pub(super) wrong: Option<Wrong>,
    /// Everybody who has a set in the project.
    pub(super) annotators: Vec<AnnotatorId>,
    /// Their places in the project.
    pub(super) rows: Vec<usize>,
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
    /// What was said last.
    pub(super) said: Option<Said>,
    /// What the list of documents is searched for.
    pub(super) search: Field,
    /// Whether the list's filters by label and annotator are shown.
    pub(super) shows_filters: bool,
    /// Which states the list shows; none for all.
    pub(super) state_filter: Option<State>,
    /// Which documents the list shows, as long as nothing they follow from changes.
    pub(super) listed: Listed,
    pub(super) span_fields: SpanFields,
    pub(super) find: FindBar,
    pub(super) search_all: SearchPanel,
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
