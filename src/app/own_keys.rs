//! The person's own keys while they are changed in the window.

use std::path::PathBuf;

use super::keymap::{Sequence, Stroke};
use super::widget::Field;
use crate::lang::{Bilingual, Message};

/// What is asked for about the person's own keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// The page on which they are changed.
    Show,
    /// The file, made unless it is there, and where it is.
    File,
    /// The file, read again.
    Read,
    /// A command by its id has these keys from now on, and no others. Whatever else has them
    /// loses them if so; otherwise it is asked.
    Give(&'static str, Vec<Sequence>, bool),
    /// All commands have their first keys again.
    Reset,
    /// The last change on the page is taken back.
    Undo,
}

/// The page on which keys are changed.
#[derive(Clone, Debug)]
pub(super) struct KeysForm {
    /// What is looked for.
    pub(super) field: Field,
    /// Whether only commands with other keys than their first ones are listed.
    pub(super) only_changed: bool,
    /// The id of the command that keys and buttons are about.
    pub(super) chosen: &'static str,
    /// Whether the list is to show that command, and to have the focus there.
    pub(super) comes_back: bool,
    /// The keys that are being pressed for it.
    pub(super) recording: Option<Recording>,
    /// What is to be said before they are taken.
    pub(super) question: Option<Question>,
    /// What the file said before each change on this page, and after it.
    pub(super) changes: Vec<(String, String)>,
    /// Where the file is.
    pub(super) path: PathBuf,
}

/// Keys while they are pressed.
#[derive(Clone, Debug, Default)]
pub(super) struct Recording {
    /// Whether the command keeps the keys that it has.
    pub(super) adds: bool,
    pub(super) strokes: Vec<Stroke>,
    /// When the last one was pressed, in egui's seconds.
    pub(super) since: f64,
    /// Why the ones before were not taken.
    pub(super) refused: Option<Message>,
}

impl Recording {
    /// How many strokes are one key at most, and how long the next one is waited for.
    pub(super) const MOST: usize = 2;
    pub(super) const WAIT: f64 = 1.2;
}

/// Keys that other commands have.
#[derive(Clone, Debug)]
pub(super) struct Question {
    /// All that the command would have.
    pub(super) wanted: Vec<Sequence>,
    /// Which of other commands' keys would go, and what those are called.
    pub(super) held: Vec<(Sequence, Bilingual)>,
    /// Whether it was not seen yet.
    pub(super) is_new: bool,
}

impl KeysForm {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            field: Field::default(),
            only_changed: false,
            chosen: "",
            comes_back: false,
            recording: None,
            question: None,
            changes: Vec::new(),
            path,
        }
    }

    /// Whether keys are the page's own, whatever command they are.
    pub(super) fn has_keys(&self) -> bool {
        self.recording.is_some() || self.question.is_some()
    }

    /// Begins to listen for keys.
    pub(super) fn record(&mut self, adds: bool) {
        self.question = None;
        self.recording = Some(Recording { adds, ..Recording::default() });
    }

    /// Ends whatever was begun: the list has the focus again.
    pub(super) fn end(&mut self) {
        self.recording = None;
        self.question = None;
        self.comes_back = true;
    }
}
