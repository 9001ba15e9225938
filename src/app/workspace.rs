//! The window's own state: what is chosen, armed, open, being written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dialog::{Dialog, ImportForm};
use super::documents::DocumentList;
use super::drawer::{Docked, Drawer};
use super::find::{FindBar, SearchPanel};
use super::guide::Guide;
use super::keymap::Stroke;
use super::panel::SpanTable;
use super::quality::Trusting;
use super::records::Records;
use super::review::Review;
use super::widget::{ArticleView, Columns, Field};
use crate::lang::Message;
use crate::model::{AttributeId, DocumentId, LabelId, Problem, SpanId, State};
use crate::project::{Progress, Suggestions, Teacher};

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

/// An open menu.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Menu {
    /// What it is for, if not for all commands: the place in the window that was asked about.
    pub(super) place: Option<egui::Pos2>,
    /// The documents that it is for; none where it is for the article.
    pub(super) documents: Arc<[DocumentId]>,
    /// Which of its rows the hand is on.
    pub(super) columns: Columns,
}

impl Menu {
    /// The menu of all commands.
    pub(super) fn all() -> Self {
        Self { place: None, documents: Arc::default(), columns: Columns::default() }
    }

    /// The menu of what can be done at a place of the article.
    pub(super) fn at(place: egui::Pos2) -> Self {
        Self::for_documents(place, Arc::default())
    }

    /// The menu of what can be done with documents.
    pub(super) fn for_documents(place: egui::Pos2, documents: Arc<[DocumentId]>) -> Self {
        Self { place: Some(place), documents, columns: Columns::default() }
    }
}

/// The window's own state. Nothing of it is the project's.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    pub(super) article: ArticleView,
    /// What is suggested in it.
    pub(super) suggestions: Suggestions,
    pub(super) teacher: Teacher,
    /// What is being gone through of it, while it is.
    pub(super) review: Option<Review>,
    /// What the sources' confidence means.
    pub(super) trusting: Trusting,
    /// The table of records.
    pub(super) records: Records,
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
    /// The dialogs that the open one lies on, with what is written in them, and where the focus
    /// was in each.
    pub(super) under: Vec<(Dialog, Option<egui::Id>)>,
    /// Where the focus was before any dialog.
    pub(super) came_from: Option<egui::Id>,
    /// What is to get the focus again after a dialog, and in how many more frames: what was
    /// below it cannot take it at once.
    pub(super) back: Option<(egui::Id, u8)>,
    /// What was asked for in an import that brought nothing, to be mended.
    pub(super) import_draft: Option<Box<ImportForm>>,
    /// What was said last.
    pub(super) said: Option<Said>,
    /// What the list of documents is searched for.
    pub(super) search: Field,
    /// Whether the list's filters by label and annotator are shown.
    pub(super) shows_filters: bool,
    /// Which states the list shows; none for all.
    pub(super) state_filter: Option<State>,
    /// What the list shows, and what is selected in it.
    pub(super) documents: DocumentList,
    pub(super) span_fields: SpanFields,
    pub(super) find: FindBar,
    pub(super) search_all: SearchPanel,
    /// Whether the list of documents is to show the open one.
    pub(super) show_row: bool,
    /// Whether the list of spans is to show the chosen one.
    pub(super) show_span_row: bool,
    /// The table of the article's spans.
    pub(super) span_table: SpanTable,
    /// Which regions stand beside the article, as of the last frame.
    pub(super) docked: Docked,
    /// Which regions there is room for, hidden or not.
    pub(super) room: Docked,
    /// While only the article is shown: whether problems, steps, records and the search over all
    /// documents were shown before.
    pub(super) alone: Option<[bool; 4]>,
    /// The region that lies over the article.
    pub(super) drawer: Option<Drawer>,
    /// What is to get the focus in it, once it is seen.
    pub(super) drawer_focus: Option<egui::Id>,
    /// Whether the guidelines are shown in place of the chosen span.
    pub(super) shows_guidelines: bool,
    pub(super) guide: Guide,
    /// The label whose place in the guidelines was shown last.
    pub(super) guide_label: Option<LabelId>,
    /// A widget that is to get the focus.
    pub(super) focus: Option<egui::Id>,
    /// The problems of the open project, to look at.
    pub(super) problems: Vec<Problem>,
    /// Whether the problems are shown.
    pub(super) shows_problems: bool,
    /// The card of the tour that is shown.
    pub(super) tour: Option<usize>,
    /// What was counted of the project last.
    pub(super) progress: Option<Arc<Progress>>,
    /// Whether the steps are shown.
    pub(super) shows_history: bool,
    /// How many steps there were and how many of them done when the list showed the last one.
    pub(super) steps_seen: (usize, usize),
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

    /// Opens a dialog over the one that is open, in which `focused` has the focus.
    pub(super) fn show(&mut self, mut dialog: Dialog, focused: Option<egui::Id>) {
        if let Dialog::Import(form) = &mut dialog
            && let Some(draft) = self.import_draft.take()
        {
            *form = draft;
        }
        // What went wrong before is not the dialog's.
        self.said = None;
        match self.dialog.replace(dialog) {
            // The same one anew.
            Some(before) if Some(&before) == self.dialog.as_ref() => self.dialog = Some(before),
            Some(before) => self.under.push((before, focused)),
            None => self.came_from = focused,
        }
    }

    /// Opens a menu, or closes it: then the article has the focus again.
    pub(super) fn show_menu(&mut self, menu: Option<Menu>) {
        self.focus = menu.is_none().then(ArticleView::id);
        self.menu = menu;
    }

    /// Opens the menu of what can be done where the caret is.
    pub(super) fn show_menu_at_caret(&mut self) {
        self.menu = self.article.caret_place().map(Menu::at);
    }

    /// Closes the open dialog, unless what is written in it would be lost and that was not
    /// asked yet.
    pub(super) fn leave_dialog(&mut self) {
        let may_leave = match &mut self.dialog {
            Some(Dialog::Guidelines(form)) => form.may_leave(),
            _ => true,
        };
        if may_leave {
            self.drop_dialog();
        }
    }

    /// Whether something is written in the guidelines that is not saved.
    pub(super) fn writes_guidelines(&self) -> bool {
        let under = self.under.iter().map(|(dialog, _)| dialog);
        self.dialog
            .iter()
            .chain(under)
            .any(|dialog| matches!(dialog, Dialog::Guidelines(form) if form.is_changed()))
    }

    /// Closes the open dialog: the one below it is there again, or none.
    pub(super) fn drop_dialog(&mut self) {
        let (dialog, focus) = match self.under.pop() {
            Some((dialog, focus)) => (Some(dialog), focus),
            None => {
                let from = self.came_from.take().filter(|id| *id != ArticleView::id());
                self.back = from.map(|id| (id, 2));
                (None, from.is_none().then(ArticleView::id))
            }
        };
        self.dialog = dialog;
        self.focus = focus;
    }

    /// Closes all dialogs: what was asked for in them is done.
    pub(super) fn end_dialogs(&mut self) {
        self.dialog = None;
        self.came_from = None;
        self.under.clear();
    }

    /// Whether the open dialog is for a project that is being set up.
    pub(super) fn is_for_new_project(&self) -> bool {
        matches!(self.under.last(), Some((Dialog::New(_), _)))
    }

    /// The new project that the open dialog is for, if it is for one.
    pub(super) fn new_project_below(&mut self) -> Option<&mut super::assistant::NewForm> {
        match self.under.last_mut() {
            Some((Dialog::New(form), _)) => Some(form),
            _ => None,
        }
    }

    /// Whether what was said last is that something went wrong.
    pub(super) fn has_failed(&self) -> bool {
        self.said.as_ref().is_some_and(|said| said.is_error)
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
