//! Everything that may change something.

use std::path::PathBuf;

use crate::dataset::Kind;
use crate::edit::{Edge, EdgeMove};
use crate::lang::Message;
use crate::model::{AttributeId, DocumentId, LabelId, Meta, SpanId, State};
use crate::text::TextRange;

/// A change that a command, a panel or a finished task asks for.
///
/// Closed: nothing else changes the project or the window's state. `update` applies them after
/// drawing, once a frame, in order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    /// Opens the project in a folder.
    OpenProject(PathBuf),
    /// Makes a project and opens it.
    NewProject(PathBuf),
    /// Makes the sample project anew and opens it.
    OpenSample,
    /// Takes files and folders into the project.
    Import(PathBuf),
    /// Writes a data set.
    Export(Export),
    /// Works as another annotator.
    SetAnnotator(String),
    /// Opens a document.
    OpenDocument(DocumentId),
    /// Opens the next or the previous document.
    StepDocument(Step),
    /// Marks the selection, or relabels the chosen span, or arms the label.
    UseLabel(LabelId),
    /// Marks the selection with the armed label.
    MarkArmed(TextRange),
    /// Chooses a span, or none.
    Choose(Option<SpanId>),
    /// Chooses the next or the previous span.
    StepSpan(Step),
    /// Takes a span away.
    Remove(SpanId),
    /// Chooses the smallest span at the caret or, where that is chosen, the next one around it.
    ChooseHere,
    /// Selects a range, the caret at that end of it.
    Select(TextRange, Edge),
    /// Lets the caret and the selection's other end change places.
    SwapEnds,
    /// Moves an edge of a span.
    MoveEdge(SpanId, EdgeMove),
    /// Makes a span cover the selection.
    Resize(SpanId, TextRange),
    /// Writes a span's value.
    SetValue(SpanId, String),
    /// Writes one of a span's attributes.
    SetAttribute(SpanId, AttributeId, String),
    /// Writes a span's note.
    SetNote(SpanId, String),
    /// Marks a span as doubtful, or no longer.
    SetDoubtful(SpanId, bool),
    /// Says how far the work on the open document is.
    SetState(State),
    /// Finishes the open document and opens the next one that is not finished.
    FinishAndNext,
    /// Writes the remark on the open document.
    SetDocumentNote(String),
    /// Mends the open document's title, date and source.
    EditMeta(Meta),
    /// Declares the open document's finished set gold.
    DeclareGold,
    /// Takes the last step back.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// Gives a span another label.
    Relabel(SpanId, LabelId),
    /// Copies the selection, or the chosen span's text.
    Copy,
    /// Opens or closes a dialog.
    Show(Option<super::dialog::Dialog>),
    /// Opens or closes a menu.
    ShowMenu(Option<super::workspace::Menu>),
    /// Opens the menu of what can be done where the caret is.
    ShowMenuAtCaret,
    /// Opens the list of all commands.
    ShowPalette,
    /// Remembers a command as the last one that was found by its name.
    Remember(&'static str),
    /// Makes the file of the person's own keys, unless it is there, and says where it is.
    ChangeKeys,
    /// Reads the person's own keys again.
    ReadKeys,
    /// Shows the problems, or no longer.
    ToggleProblems,
    /// Gives the focus to the search of the list of documents.
    FocusSearch,
    /// Changes the interface's language.
    ToggleLang,
    /// Changes light to dark and back.
    ToggleTheme,
    /// Makes the article's text larger or smaller by so many points; 0 for the first size.
    Zoom(f32),
    /// Gives the focus to the chosen span's value.
    FocusValue,
    /// Gives the focus to the article.
    FocusArticle,
    /// Takes the focus from the article, so that Tab goes through the window.
    LeaveArticle,
    /// Lets go of one thing: the dialog, the armed label, the selection, the span, the focus.
    Leave,
    /// Asks the system for a folder or a file, for the open dialog's path.
    Browse,
    /// What the system's dialog answered.
    Browsed(PathBuf),
    /// Stops the task that is running.
    Cancel,
    /// Tries again to write what could not be written.
    Retry,
    /// Says something in the status line.
    Say(Message),
}

impl Action {
    /// Whether it is what was written in a field of the chosen span.
    pub(super) fn is_written(&self) -> bool {
        matches!(self, Self::SetValue(..) | Self::SetAttribute(..) | Self::SetNote(..))
    }

    /// Whether it leaves the chosen span, with what is being written in its fields.
    pub(super) fn leaves_span(&self) -> bool {
        matches!(
            self,
            Self::OpenProject(_)
                | Self::NewProject(_)
                | Self::OpenSample
                | Self::Import(_)
                | Self::Export(_)
                | Self::SetAnnotator(_)
                | Self::OpenDocument(_)
                | Self::StepDocument(_)
                | Self::Choose(_)
                | Self::StepSpan(_)
                | Self::ChooseHere
                | Self::FinishAndNext
                | Self::DeclareGold
        )
    }
}

/// Forward or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// To the next.
    Next,
    /// To the previous.
    Previous,
}

/// What an export is to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Export {
    /// Its format's id.
    pub(super) format: &'static str,
    /// Of which sets.
    pub(super) kind: Kind,
    /// Whether what is missing or damaged is left out instead of refused.
    pub(super) keep_going: bool,
    /// Where to.
    pub(super) path: PathBuf,
}
