//! Dialogs: what they hold while they are open.

use std::path::PathBuf;

use super::widget::Field;
use crate::model::Meta;

/// An open dialog.
#[derive(Clone, Debug)]
pub(super) enum Dialog {
    /// Which folder to open.
    Open(Field),
    /// Where to make a project.
    New(Field),
    /// Which file or folder to import.
    Import(Field),
    /// What to export, and where to.
    Export(ExportForm),
    /// The open document's fields.
    Details(Box<DetailsForm>),
    /// Who annotates.
    Annotator(Field),
    /// The keys.
    Keys,
    /// Where the person's own keys are.
    KeyFile(KeyFile),
    /// All commands by name.
    Palette(PaletteForm),
}

/// Where the person's own keys are.
#[derive(Clone, Debug)]
pub(super) struct KeyFile {
    pub(super) path: PathBuf,
}

/// What is looked for among the commands.
#[derive(Clone, Debug, Default)]
pub(super) struct PaletteForm {
    pub(super) field: Field,
    /// The row that Enter does.
    pub(super) at: usize,
    /// Whether the list is to show that row.
    pub(super) shows: bool,
    /// The ids of the commands used last, the very last first.
    pub(super) recent: Vec<String>,
}

/// What to export, and where to.
#[derive(Clone, Debug)]
pub(super) struct ExportForm {
    pub(super) format: &'static str,
    pub(super) gold: bool,
    /// Whether what is missing or damaged is left out instead of refused.
    pub(super) keep_going: bool,
    pub(super) path: Field,
}

/// A document's fields while they are mended.
#[derive(Clone, Debug)]
pub(super) struct DetailsForm {
    pub(super) title: Field,
    pub(super) date: Field,
    pub(super) source: Field,
    pub(super) note: Field,
}

impl Dialog {
    pub(super) fn open() -> Self {
        Self::Open(Field::path())
    }

    pub(super) fn new_project() -> Self {
        Self::New(Field::path())
    }

    pub(super) fn import() -> Self {
        Self::Import(Field::path())
    }

    pub(super) fn export() -> Self {
        Self::Export(ExportForm {
            format: "jsonl",
            gold: false,
            keep_going: false,
            path: Field::path(),
        })
    }

    pub(super) fn palette(recent: Vec<String>) -> Self {
        Self::Palette(PaletteForm { recent, ..PaletteForm::default() })
    }

    pub(super) fn annotator(name: &str) -> Self {
        Self::Annotator(Field::new(name))
    }

    pub(super) fn details(meta: &Meta, note: &str) -> Self {
        let field = |text: &Option<String>| Field::new(text.as_deref().unwrap_or_default());
        Self::Details(Box::new(DetailsForm {
            title: field(&meta.title),
            date: field(&meta.date),
            source: field(&meta.source),
            note: Field::new(note),
        }))
    }

    /// The field of its path, if it asks for one.
    pub(super) fn path(&mut self) -> Option<&mut Field> {
        match self {
            Self::Open(path) | Self::New(path) | Self::Import(path) => Some(path),
            Self::Export(form) => Some(&mut form.path),
            Self::Details(_)
            | Self::Annotator(_)
            | Self::Keys
            | Self::KeyFile(_)
            | Self::Palette(_) => None,
        }
    }
}

impl PartialEq for Dialog {
    /// Whether they are the same dialog, whatever is written in it.
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
