//! Dialogs: what they hold while they are open.

use std::path::PathBuf;

use super::action::Import;
use super::assistant::NewForm;
use super::extractor::ExtractorForm;
use super::guide_form::GuideForm;
use super::manual::ManualForm;
use super::own_keys::KeysForm;
use super::preview::{Preview, Sources};
use super::quality::QualityForm;
use super::schema_form::SchemaForm;
use super::statistics::StatisticsForm;
use super::widget::Field;
use crate::edit::Pattern;
use crate::format::{Format, LabelMap};
use crate::lang::{Explain as _, Lang, Message, both};
use crate::model::{LabelId, Meta, Schema, State, ValueKind};
use crate::project::{Found, NameDate, Offer};

/// An open dialog.
#[derive(Clone, Debug)]
pub(super) enum Dialog {
    /// Which folder to open.
    Open(Field),
    /// A project to make.
    New(Box<NewForm>),
    /// Which file or folder to import, and how.
    Import(Box<ImportForm>),
    /// What to export, and where to.
    Export(ExportForm),
    /// The open document's fields.
    Details(Box<DetailsForm>),
    /// The labels, to be changed.
    Schema(Box<SchemaForm>),
    /// From where labels are taken.
    TakeLabels(Field),
    /// Where labels are written to.
    WriteLabels(Field),
    /// Who annotates.
    Annotator(Field),
    /// Which other occurrences of a span's words are to be labeled.
    Spread(Box<SpreadForm>),
    /// How the window looks, and who works with it.
    Settings(SettingsPage),
    /// The keys.
    Keys,
    /// The manual.
    Manual(Box<ManualForm>),
    /// The guidelines, to be written in.
    Guidelines(Box<GuideForm>),
    /// The person's own keys, to be changed.
    OwnKeys(Box<KeysForm>),
    /// Where the person's own keys are.
    KeyFile(KeyFile),
    /// Which other program is to be asked for suggestions.
    Extractor(Box<ExtractorForm>),
    /// What was counted.
    Statistics(Box<StatisticsForm>),
    /// What was learned from finished documents.
    Learning,
    /// What became of suggestions.
    Quality(Box<QualityForm>),
    /// All commands by name.
    Palette(PaletteForm),
}

/// What the settings tell besides the look.
#[derive(Clone, Debug)]
pub(super) struct SettingsPage {
    /// Who works now, or did last.
    pub(super) annotator: String,
    /// Where settings and keys are kept.
    pub(super) folder: PathBuf,
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

/// What to import, and how.
#[derive(Clone, Debug)]
pub(super) struct ImportForm {
    pub(super) sources: Sources,
    pub(super) preview: Preview,
    /// The day of publication of documents that do not say theirs.
    pub(super) date: Field,
    /// Where in file names that day stands.
    pub(super) date_of_name: Field,
    pub(super) source: Field,
    /// What labels are called in the files.
    pub(super) map: Field,
    /// Whether the work on documents that come with spans is finished.
    pub(super) finished: bool,
    /// Whether what is well is taken though other things are not.
    pub(super) keep_going: bool,
}

impl Default for ImportForm {
    fn default() -> Self {
        Self {
            sources: Sources::default(),
            preview: Preview::default(),
            date: Field::path(),
            date_of_name: Field::path(),
            source: Field::default(),
            map: Field::path(),
            finished: true,
            keep_going: false,
        }
    }
}

impl ImportForm {
    /// What is asked for; the error says which field cannot be understood, and why.
    pub(super) fn read(&self, schema: &Schema) -> Result<Import, Message> {
        let given = |field: &Field| {
            let text = field.text().trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let date = given(&self.date);
        if date.as_deref().is_some_and(|date| !ValueKind::Date.accepts(date)) {
            return Err(Message::from(both(
                "اكتب التاريخ هكذا: \u{2066}2024-01-30\u{2069} أو \u{2066}2024-01\u{2069} أو \u{2066}2024\u{2069}",
                "Write the date as 2024-01-30, 2024-01 or 2024",
            )));
        }
        let date_of_name = given(&self.date_of_name).map(|text| NameDate::parse(&text));
        let date_of_name = date_of_name.transpose().map_err(|error| error.explain())?;
        if date.is_some() && date_of_name.is_some() {
            return Err(Message::from(both(
                "إما تاريخ واحد للجميع وإما تاريخ من اسم كل ملف، لا كلاهما",
                "Either one date for all, or each file’s own from its name, not both",
            )));
        }
        let map = LabelMap::parse(self.map.text()).map_err(|error| error.explain())?;
        map.check(schema).map_err(|error| error.explain())?;
        Ok(Import {
            paths: self.sources.paths(),
            date,
            date_of_name,
            source: given(&self.source),
            state: if self.finished { State::Finished } else { State::InProgress },
            map,
            keep_going: self.keep_going,
        })
    }
}

/// The other occurrences of a span's words, to tick.
#[derive(Clone, Debug)]
pub(super) struct SpreadForm {
    /// What is to be done with those that are ticked.
    pub(super) deed: Deed,
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

/// What is to be done with places that are ticked.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Labels them as a span of the same words is.
    Label(Pattern),
    /// Takes these suggestions, a place each.
    Accept(Vec<Offer>),
    /// Rejects these suggestions, a place each.
    Reject(Vec<Offer>),
}

impl Deed {
    /// The words that all places have.
    pub(super) fn words(&self) -> &str {
        match self {
            Self::Label(pattern) => &pattern.words,
            Self::Accept(offers) | Self::Reject(offers) => {
                offers.first().map_or("", |offer| &offer.text)
            }
        }
    }

    /// The label that they have or get.
    pub(super) fn label(&self) -> Option<&LabelId> {
        match self {
            Self::Label(pattern) => Some(&pattern.label),
            Self::Accept(offers) | Self::Reject(offers) => {
                offers.first().map(|offer| &offer.first().label)
            }
        }
    }
}

impl SpreadForm {
    /// All places ticked that can be labeled.
    pub(super) fn new(pattern: Pattern, everywhere: bool, found: Found) -> Self {
        let ticked = found.places.iter().map(|place| place.refusal.is_none()).collect();
        let deed = Deed::Label(pattern);
        Self { deed, everywhere, found, ticked, row: 0, show_row: true }
    }

    /// All suggestions ticked.
    pub(super) fn deciding(deed: Deed, found: Found) -> Self {
        let ticked = vec![true; found.places.len()];
        Self { deed, everywhere: true, found, ticked, row: 0, show_row: true }
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
    /// Whether its path has not had the focus yet.
    pub(super) is_new: bool,
    /// The project's name, of which a file's name is made.
    project: String,
    /// Where a file is suggested.
    folder: PathBuf,
    /// What was suggested last: it is followed until the person writes a path of their own.
    suggested: String,
}

impl ExportForm {
    /// Suggests a file that is not there yet, unless the person has written a path.
    pub(super) fn suggest(&mut self) {
        if self.folder.as_os_str().is_empty() || self.path.text() != self.suggested {
            return;
        }
        let extension = Format::of_id(self.format).and_then(|format| format.extensions.first());
        let name: String = self
            .project
            .chars()
            .map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' })
            .take(60)
            .collect();
        let kind = if self.gold { "gold" } else { "training" };
        let path = |number: String| {
            let file = format!("{name}-{kind}{number}.{}", extension.unwrap_or(&"txt"));
            self.folder.join(file)
        };
        let numbers = (2..1000).map(|number| format!("-{number}"));
        let mut free = std::iter::once(String::new()).chain(numbers).map(path);
        if let Some(path) = free.find(|path| !path.exists()) {
            self.suggested = path.display().to_string();
            self.path = Field::path();
            self.path.follow(&self.suggested);
        }
    }
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
    /// Whether all keys are its own, whatever commands they are.
    pub(super) fn has_keys(&self) -> bool {
        matches!(self, Self::OwnKeys(form) if form.has_keys())
    }

    pub(super) fn open() -> Self {
        Self::Open(Field::path())
    }

    pub(super) fn import() -> Self {
        Self::Import(Box::default())
    }

    /// What to export of the project of that name, to a new file in `folder`; an empty one
    /// suggests nothing.
    pub(super) fn export(project: &str, folder: PathBuf, format: &'static str) -> Self {
        let mut form = ExportForm {
            format,
            gold: false,
            keep_going: false,
            path: Field::path(),
            is_new: true,
            project: project.to_owned(),
            folder,
            suggested: String::new(),
        };
        form.suggest();
        Self::Export(form)
    }

    pub(super) fn palette(recent: Vec<String>) -> Self {
        Self::Palette(PaletteForm { recent, ..PaletteForm::default() })
    }

    pub(super) fn take_labels() -> Self {
        Self::TakeLabels(Field::path())
    }

    pub(super) fn write_labels() -> Self {
        Self::WriteLabels(Field::path())
    }

    pub(super) fn manual() -> Self {
        Self::Manual(Box::new(ManualForm::new(Lang::En)))
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
            Self::Open(path) | Self::TakeLabels(path) | Self::WriteLabels(path) => Some(path),
            Self::New(form) => Some(form.browsed()),
            Self::Import(form) => {
                form.sources.several.clear();
                Some(&mut form.sources.path)
            }
            Self::Export(form) => Some(&mut form.path),
            Self::Details(_)
            | Self::Schema(_)
            | Self::Annotator(_)
            | Self::Spread(_)
            | Self::Settings(_)
            | Self::Statistics(_)
            | Self::Extractor(_)
            | Self::Quality(_)
            | Self::Keys
            | Self::Manual(_)
            | Self::Guidelines(_)
            | Self::OwnKeys(_)
            | Self::KeyFile(_)
            | Self::Learning
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

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: [&str; 3]) -> ImportForm {
        let [date, date_of_name, map] = fields.map(Field::new);
        ImportForm { date, date_of_name, map, ..ImportForm::default() }
    }

    #[test]
    fn what_an_import_does_not_understand_is_said_before_it_begins() {
        for (fields, says) in [
            (["30.1.2024", "", ""], "Write the date as"),
            (["", "%d", ""], "at most one %m"),
            (["2024", "%Y", ""], "not both"),
            (["", "", "LOC"], "`LOC` is no rule"),
            (["", "", "LOC=TOWN"], "`TOWN` is not in the schema"),
        ] {
            let error = form(fields).read(&Schema::default()).unwrap_err();
            assert!(error.en.contains(says), "{}", error.en);
        }
    }

    #[test]
    fn an_import_of_which_nothing_is_said_is_as_the_command_lines() {
        let import = ImportForm::default().read(&Schema::default()).unwrap();
        assert_eq!(import.state, State::Finished);
        assert_eq!((import.date, import.date_of_name, import.source), (None, None, None));
        assert_eq!(import.map, LabelMap::default());
        assert!(!import.keep_going);
    }
}
