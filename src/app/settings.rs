//! What survives a restart: language, look, recent projects, the annotator's name.
//!
//! RON in the person's configuration folder. A file that cannot be read is set aside and the
//! defaults are used, so a damaged file never keeps the window from opening.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::layout::{Layout, Region};
use super::look::{FACES, LineLength, Look, SCALES, Spacing, TEXT_SIZES, ThemeChoice};
use crate::lang::{Digits, Lang};
use crate::project::Order;

/// How many recent projects are remembered.
const RECENT: usize = 12;

/// What survives a restart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settings {
    pub(super) lang: Lang,
    pub(super) look: Look,
    /// The last annotator's name.
    pub(super) annotator: String,
    /// Projects, the last one first.
    pub(super) recent: Vec<PathBuf>,
    /// The ids of commands that were found by name, the last one first.
    pub(super) used: Vec<String>,
    /// The order of the list of documents.
    pub(super) order: Order,
    /// The name of the last report on a crash that the person has seen.
    pub(super) seen_report: String,
    /// Whether the tour has begun by itself, which it does once.
    pub(super) seen_tour: bool,
    /// Whether suggestions are shown.
    pub(super) suggests: bool,
    /// The sources whose suggestions are not shown.
    pub(super) hidden_sources: Vec<String>,
    /// The other programs that the person has approved, the last one first.
    pub(super) approved: Vec<String>,
    /// How the regions of the window stand.
    pub(super) layout: Layout,
}

/// A file of settings that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unread {
    /// Where it was.
    pub(super) path: PathBuf,
    /// Where it is now; none if it could not be set aside, and must not be written over.
    pub(super) kept: Option<PathBuf>,
    /// Whether a later version of the program wrote it.
    pub(super) is_newer: bool,
}

/// The version of the file that is written here.
const VERSION: u32 = 1;

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: Lang::Ar,
            look: Look::default(),
            annotator: String::new(),
            recent: Vec::new(),
            used: Vec::new(),
            order: Order::default(),
            seen_report: String::new(),
            seen_tour: false,
            suggests: true,
            hidden_sources: Vec::new(),
            approved: Vec::new(),
            layout: Layout::default(),
        }
    }
}

/// The file's own type, of [`VERSION`].
#[derive(Serialize, Deserialize)]
#[serde(default)]
struct Record {
    version: u32,
    lang: String,
    theme: String,
    digits: String,
    scale: u16,
    text_size: f32,
    text_face: String,
    line_length: String,
    line_spacing: String,
    less_motion: bool,
    annotator: String,
    recent: Vec<PathBuf>,
    used: Vec<String>,
    order: String,
    seen_report: String,
    seen_tour: bool,
    suggests: bool,
    hidden_sources: Vec<String>,
    approved: Vec<String>,
    layout: LayoutRecord,
}

impl Default for Record {
    fn default() -> Self {
        Self::of(&Settings::default())
    }
}

impl Record {
    fn of(settings: &Settings) -> Self {
        let look = &settings.look;
        let face = FACES.iter().find(|(face, _)| *face == look.face);
        Self {
            version: VERSION,
            lang: settings.lang.code().to_owned(),
            theme: look.theme.id().to_owned(),
            digits: look.digits.id().to_owned(),
            scale: look.scale,
            text_size: look.text_size,
            text_face: face.map_or("", |(_, id)| id).to_owned(),
            line_length: look.line_length.id().to_owned(),
            line_spacing: look.spacing.id().to_owned(),
            less_motion: look.less_motion,
            annotator: settings.annotator.clone(),
            // A path that is not UTF-8 cannot be written in RON; the rest must not be lost by it.
            recent: settings.recent.iter().filter(|p| p.to_str().is_some()).cloned().collect(),
            used: settings.used.clone(),
            order: settings.order.id(),
            seen_report: settings.seen_report.clone(),
            seen_tour: settings.seen_tour,
            suggests: settings.suggests,
            hidden_sources: settings.hidden_sources.clone(),
            approved: settings.approved.clone(),
            layout: LayoutRecord::of(&settings.layout),
        }
    }

    fn settings(self) -> Settings {
        let face = FACES.iter().find(|(_, id)| *id == self.text_face);
        let scale = SCALES.into_iter().find(|scale| *scale >= self.scale);
        let first = Look::default();
        let look = Look {
            theme: ThemeChoice::from_id(&self.theme).unwrap_or_default(),
            digits: Digits::from_id(&self.digits).unwrap_or_default(),
            scale: scale.unwrap_or(*SCALES.last().unwrap_or(&first.scale)),
            // Clamped this way around, what is no number becomes the least.
            text_size: self.text_size.max(*TEXT_SIZES.start()).min(*TEXT_SIZES.end()),
            face: face.map_or(first.face, |(face, _)| *face),
            line_length: LineLength::from_id(&self.line_length).unwrap_or_default(),
            spacing: Spacing::from_id(&self.line_spacing).unwrap_or_default(),
            less_motion: self.less_motion,
        };
        Settings {
            lang: Lang::from_code(&self.lang).unwrap_or_default(),
            look,
            annotator: self.annotator,
            recent: self.recent,
            used: self.used,
            order: Order::from_id(&self.order).unwrap_or_default(),
            seen_report: self.seen_report,
            seen_tour: self.seen_tour,
            suggests: self.suggests,
            hidden_sources: self.hidden_sources,
            approved: self.approved,
            layout: self.layout.layout(),
        }
    }
}

/// How the regions stand, in the file: words for regions, so that one more breaks nothing.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct LayoutRecord {
    sizes: BTreeMap<String, f32>,
    hidden: Vec<String>,
    shown: Vec<String>,
    window: Option<(f32, f32)>,
    maximized: bool,
}

impl LayoutRecord {
    fn of(layout: &Layout) -> Self {
        let sizes = Region::ALL.iter().map(|(region, id)| {
            let size = layout.size(*region);
            ((*id).to_owned(), size)
        });
        let hidden =
            [("documents", layout.hides_documents), ("inspector", layout.hides_inspector)];
        let shown = [("steps", layout.shows_steps), ("records", layout.shows_records)];
        Self {
            sizes: sizes.collect(),
            hidden: hidden.iter().filter(|of| of.1).map(|of| of.0.to_owned()).collect(),
            shown: shown.iter().filter(|of| of.1).map(|of| of.0.to_owned()).collect(),
            window: layout.window,
            maximized: layout.is_maximized,
        }
    }

    fn layout(&self) -> Layout {
        let is_in = |list: &[String], id: &str| list.iter().any(|of| of == id);
        let mut layout = Layout::default();
        layout.hides_documents = is_in(&self.hidden, "documents");
        layout.hides_inspector = is_in(&self.hidden, "inspector");
        layout.shows_steps = is_in(&self.shown, "steps");
        layout.shows_records = is_in(&self.shown, "records");
        // No less than the window can be, and no more than a screen.
        let window = self.window.filter(|(width, height)| (width + height).is_finite());
        layout.window = window.map(|(width, height)| {
            (width.clamp(480.0, 10_000.0), height.clamp(360.0, 10_000.0))
        });
        layout.is_maximized = self.maximized;
        for (region, id) in Region::ALL {
            if let Some(size) = self.sizes.get(id) {
                layout.resize(region, *size);
            }
        }
        layout
    }
}

impl Settings {
    /// The settings as far as they can be read, which changes nothing in the folder: for what
    /// must be known before there is a window.
    pub(super) fn peek(folder: &Path) -> Self {
        let text = std::fs::read_to_string(path(folder)).ok();
        let record = text.and_then(|text| ron::from_str::<Record>(&text).ok());
        record.map(Record::settings).unwrap_or_default()
    }

    /// Reads the settings of that folder; the defaults where there are none, and where the file
    /// is not understood. Such a file is set aside, never written over.
    pub(super) fn load(folder: &Path) -> (Self, Option<Unread>) {
        let path = path(folder);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Self::default().into_read();
            }
            Err(_) => return (Self::default(), Some(set_aside(path, false))),
        };
        // The version first: what a later one holds besides is not known here.
        let version = ron::from_str::<Version>(&text).map_or(VERSION, |record| record.version);
        match ron::from_str::<Record>(&text) {
            Ok(record) if version <= VERSION => record.settings().into_read(),
            _ => (Self::default(), Some(set_aside(path, version > VERSION))),
        }
    }

    fn into_read(self) -> (Self, Option<Unread>) {
        (self, None)
    }

    /// Writes them beside and renames, so that a crash leaves the old or the new file.
    pub(super) fn save(&self, folder: &Path) -> io::Result<()> {
        use std::io::Write as _;
        let pretty = ron::ser::PrettyConfig::default();
        let text =
            ron::ser::to_string_pretty(&Record::of(self), pretty).map_err(io::Error::other)?;
        std::fs::create_dir_all(folder)?;
        let path = path(folder);
        let beside = path.with_extension("ron.new");
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(beside, path)
    }

    /// Remembers a command as the last one that was found by name.
    pub(super) fn used(&mut self, id: &str) {
        self.used.retain(|used| used != id);
        self.used.insert(0, id.to_owned());
        self.used.truncate(RECENT);
    }

    /// Remembers a project as the last one opened.
    pub(super) fn opened(&mut self, root: &Path) {
        self.recent.retain(|path| path != root);
        self.recent.insert(0, root.to_owned());
        self.recent.truncate(RECENT);
    }
}

/// As much of the file as every version has.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// Gives a file another name, which nothing has yet.
fn set_aside(path: PathBuf, is_newer: bool) -> Unread {
    let names =
        (1..10_000).map(|number| path.with_extension(format!("ron.unreadable-{number}")));
    let free = names.into_iter().find(|name| name.symlink_metadata().is_err());
    let kept = free.filter(|name| std::fs::rename(&path, name).is_ok());
    Unread { path, kept, is_newer }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("settings.ron")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Mode;
    use crate::typeset::Face;

    #[test]
    fn settings_are_read_as_they_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let look = Look {
            theme: ThemeChoice::Always(Mode::ContrastDark),
            digits: Digits::ArabicIndic,
            scale: 175,
            text_size: 30.0,
            face: Face::Sans,
            line_length: LineLength::Wide,
            spacing: Spacing::Close,
            less_motion: true,
        };
        let mut settings = Settings { look, lang: Lang::En, ..Settings::default() };
        settings.annotator = "سارة".to_owned();
        settings.order = Order::from_id("-title").unwrap();
        settings.opened(Path::new("/a"));
        settings.opened(Path::new("/b"));
        settings.opened(Path::new("/a"));
        settings.layout.resize(Region::Inspector, 410.0);
        settings.layout.hides_documents = true;
        settings.layout.shows_steps = true;
        settings.layout.shows_records = true;
        settings.layout.window = Some((1000.0, 700.0));
        settings.save(folder.path()).unwrap();
        assert_eq!(Settings::peek(folder.path()), settings);
        assert_eq!(Settings::load(folder.path()), (settings.clone(), None));
        assert_eq!(settings.recent, [PathBuf::from("/a"), PathBuf::from("/b")]);
    }

    #[test]
    fn a_file_that_is_not_understood_is_set_aside_and_never_written_over() {
        use std::io::Write as _;
        let folder = tempfile::tempdir().unwrap();
        let path = path(folder.path());
        let files: [(&[u8], bool); 4] = [
            (b"", false),
            (b"\xFF\xFE", false),
            (b"(version: 2, lang: \"ar\")", true),
            (b"(version: 7, lang: [Arabic, English])", true),
        ];
        for (number, (bytes, is_newer)) in (1..).zip(files) {
            std::fs::File::create(&path).unwrap().write_all(bytes).unwrap();
            let kept = folder.path().join(format!("settings.ron.unreadable-{number}"));
            let unread = Unread { path: path.clone(), kept: Some(kept.clone()), is_newer };
            assert_eq!(Settings::load(folder.path()), (Settings::default(), Some(unread)));
            assert!(!path.exists());
            Settings::default().save(folder.path()).unwrap();
            assert_eq!(std::fs::read(kept).unwrap(), bytes);
        }
        assert_eq!(Settings::load(folder.path()), (Settings::default(), None));
    }

    #[test]
    fn settings_of_earlier_versions_are_read() {
        use std::io::Write as _;
        let folder = tempfile::tempdir().unwrap();
        let mut file = std::fs::File::create(path(folder.path())).unwrap();
        file.write_all(b"(version: 1, lang: \"en\", theme: \"dark\")").unwrap();
        let (settings, unread) = Settings::load(folder.path());
        assert_eq!((settings.lang, unread), (Lang::En, None));
        let theme = ThemeChoice::Always(Mode::Dark);
        assert_eq!(settings.look, Look { theme, ..Look::default() });
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_utf8_does_not_keep_the_rest_from_being_saved() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings::default();
        settings.opened(Path::new("/a"));
        settings.opened(Path::new(std::ffi::OsStr::from_bytes(b"/\xFF")));
        settings.save(folder.path()).unwrap();
        assert_eq!(Settings::load(folder.path()).0.recent, [PathBuf::from("/a")]);
    }

    #[test]
    fn a_text_size_that_is_no_number_is_the_least() {
        let mut record = Record::default();
        record.layout.sizes.insert("documents".to_owned(), f32::NAN);
        record.layout.window = Some((9e9, -3.0));
        let layout = record.settings().layout;
        assert_eq!(layout.size(Region::Documents).to_bits(), 280.0_f32.to_bits());
        assert_eq!(layout.window, Some((10_000.0, 360.0)));
        let record = Record { text_size: f32::NAN, ..Record::default() };
        assert_eq!(record.settings().look.text_size.to_bits(), TEXT_SIZES.start().to_bits());
    }

    #[test]
    fn words_that_this_version_does_not_know_are_the_first_choice() {
        let record = Record {
            theme: "sepia".to_owned(),
            digits: "roman".to_owned(),
            text_face: "ruqaa".to_owned(),
            line_length: "endless".to_owned(),
            line_spacing: String::new(),
            scale: 1_000,
            ..Record::default()
        };
        assert_eq!(record.settings().look, Look { scale: 200, ..Look::default() });
    }
}
