//! Dialogs: what they hold while they are open.

use super::widget::Field;
use crate::edit::Pattern;
use crate::model::Meta;
use crate::project::Found;

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
    /// Which other occurrences of a span's words are to be labeled.
    Spread(Box<SpreadForm>),
    /// The keys.
    Keys,
}

/// The other occurrences of a span's words, to tick.
#[derive(Clone, Debug)]
pub(super) struct SpreadForm {
    /// What they are to be labeled with.
    pub(super) pattern: Pattern,
    /// Whether all documents were searched.
    pub(super) everywhere: bool,
    pub(super) found: Found,
    /// Which places are to be labeled; none that cannot be.
    pub(super) ticked: Vec<bool>,
    /// The row that the keys are about.
    pub(super) row: usize,
    /// Whether that row is to be scrolled to.
    pub(super) show_row: bool,
}

impl SpreadForm {
    /// All places ticked that can be labeled.
    pub(super) fn new(pattern: Pattern, everywhere: bool, found: Found) -> Self {
        let ticked = found.places.iter().map(|place| place.refusal.is_none()).collect();
        Self { pattern, everywhere, found, ticked, row: 0, show_row: true }
    }

    /// How many are ticked.
    pub(super) fn num_ticked(&self) -> usize {
        self.ticked.iter().filter(|ticked| **ticked).count()
    }

    /// How many can be ticked.
    pub(super) fn num_possible(&self) -> usize {
        self.found.places.iter().filter(|place| place.refusal.is_none()).count()
    }

    /// Ticks a place or takes its tick away, if it can be labeled.
    pub(super) fn toggle(&mut self, at: usize) {
        let is_possible =
            self.found.places.get(at).is_some_and(|place| place.refusal.is_none());
        if let Some(ticked) = self.ticked.get_mut(at).filter(|_| is_possible) {
            *ticked = !*ticked;
        }
    }

    /// Ticks all that can be labeled; none, if they are ticked already.
    pub(super) fn toggle_all(&mut self) {
        let tick = self.num_ticked() < self.num_possible();
        for (ticked, place) in self.ticked.iter_mut().zip(&self.found.places) {
            *ticked = tick && place.refusal.is_none();
        }
    }
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
            Self::Details(_) | Self::Annotator(_) | Self::Spread(_) | Self::Keys => None,
        }
    }
}

impl PartialEq for Dialog {
    /// Whether they are the same dialog, whatever is written in it.
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
