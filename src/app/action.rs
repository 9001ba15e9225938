//! Everything that may change something.

use std::path::PathBuf;

use super::drawer::Drawer;
use super::look::Look;
use super::outside::Found;
use crate::dataset::Kind;
use crate::edit::{Edge, EdgeMove};
use crate::format::LabelMap;
use crate::lang::{Lang, Message};
use crate::model::{AttributeId, DocumentId, LabelId, Meta, SpanId, State};
use crate::project::NameDate;
use crate::text::{Offset, TextRange};

/// A change that a command, a panel or a finished task asks for.
///
/// Closed: nothing else changes the project or the window's state. `update` applies them after
/// drawing, once a frame, in order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    /// Opens the project in a folder.
    OpenProject(PathBuf),
    /// Begins something: a project, an import, a tour.
    Start(super::start::Start),
    /// Makes the sample project anew and opens it.
    OpenSample,
    /// Takes files and folders into the project.
    Import(Box<Import>),
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
    /// Makes two spans of one, at an offset.
    Split(SpanId, Offset),
    /// Makes one span of a span and its neighbor of the same label.
    Join(SpanId, Step),
    /// Gives the chosen span's letters a second label.
    Duplicate(LabelId),
    /// Finds the other occurrences of a span's words: in its document, or in all if so.
    FindOccurrences(SpanId, bool),
    /// Labels the occurrences that are ticked in the open dialog.
    Spread,
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
    /// Something that a panel shows was copied.
    Copied,
    /// Takes steps back or does them again until so many are done.
    GoToStep(usize),
    /// Asks for something about the suggestion in hand, or to go through them.
    Review(super::review::Ask),
    /// Asks another program for suggestions.
    Extractor(super::extractor::Ask),
    /// Shows or hides what is suggested.
    ToggleSuggestions,
    /// Shows or hides the list of steps.
    ToggleHistory,
    /// Looks for something.
    Find(super::find::Find),
    /// Does something in the list of documents.
    Documents(super::documents::Documents),
    /// Asks for something about records.
    Records(super::records::Ask),
    /// Opens or closes a dialog.
    Show(Option<super::dialog::Dialog>),
    /// Opens or closes a menu.
    ShowMenu(Option<super::workspace::Menu>),
    /// Opens the menu of what can be done where the caret is.
    ShowMenuAtCaret,
    /// Opens the list of all commands.
    ShowPalette,
    /// Asks for something about the labels.
    Schema(super::schema_form::Ask),
    /// Asks what to export, in which format at first, and where to.
    ShowExport(&'static str),
    /// Counts the project, or looks at what was counted.
    Statistics(super::statistics::Statistics),
    /// Remembers a command as the last one that was found by its name.
    Remember(&'static str),
    /// Asks for something about the person's own keys.
    OwnKeys(super::own_keys::Ask),
    /// Shows the problems, or no longer.
    ToggleProblems,
    /// Gives the focus to the search of the list of documents.
    FocusSearch,
    /// Changes the interface's language.
    ToggleLang,
    /// Shows the settings.
    ShowSettings,
    /// Speaks a language.
    SetLang(Lang),
    /// Changes light to dark and back.
    ToggleTheme,
    /// Gives the window another look.
    SetLook(Look),
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
    /// Asks the system for a path, for the open dialog.
    Browse(Pick),
    /// What the system's dialog answered.
    Browsed(PathBuf),
    /// Shows or hides a region: as a drawer, where there is no room for it.
    Toggle(Drawer),
    /// Changes how the regions stand.
    Rearrange(super::layout::Rearrange),
    /// Asks for something about what the guidelines say.
    Guidelines(super::guide_form::Ask),
    /// Shows the guidelines beside the article, or the chosen span again.
    ToggleGuidelines,
    /// What other programs have changed in a project's folder.
    FoundOutside(Box<Found>),
    /// The first notice was read.
    DismissNotice,
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
                | Self::Start(super::start::Start::Create(_))
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
                | Self::Split(..)
                | Self::Join(..)
                | Self::Duplicate(_)
                | Self::FindOccurrences(..)
                | Self::GoToStep(_)
                | Self::Find(super::find::Find::Show(..))
                | Self::Documents(
                    super::documents::Documents::NextUnfinished
                        | super::documents::Documents::SetState(..)
                        | super::documents::Documents::DeclareGold(_)
                )
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

/// What is asked of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// A folder.
    Folder,
    /// A file that is there.
    File,
    /// A file to write.
    NewFile,
}

/// What to take into the project, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Import {
    /// Files, or folders of files.
    pub(super) paths: Vec<PathBuf>,
    /// The day of publication of documents that do not say theirs.
    pub(super) date: Option<String>,
    /// Where in file names that day stands, if they are asked.
    pub(super) date_of_name: Option<NameDate>,
    /// Where documents that do not say it were published.
    pub(super) source: Option<String>,
    /// How far the work on documents is that come with spans.
    pub(super) state: State,
    /// What labels are called in the files.
    pub(super) map: LabelMap,
    /// Whether what is well is taken though other things are not.
    pub(super) keep_going: bool,
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
