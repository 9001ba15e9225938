//! A new project while it is set up: its folder, its articles, its labels, who annotates.

use std::path::{Path, PathBuf, absolute};

use super::action::Import;
use super::preview::{Preview, Sources};
use super::widget::Field;
use crate::format::LabelMap;
use crate::lang::{Bilingual, Explain as _, Message, both};
use crate::model::{AnnotatorId, Schema, State};
use crate::project::name_of;
use crate::store::{may_write, read_labels};

/// A project to make.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NewProject {
    pub(super) root: PathBuf,
    pub(super) name: String,
    pub(super) schema: Schema,
    pub(super) annotator: AnnotatorId,
    /// What to take into it at once, if anything.
    pub(super) import: Option<Import>,
}

/// Which labels a new project begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabelSet {
    /// Those for news.
    News,
    /// Those that were set up in the labels' dialog.
    Own,
    /// Those of a schema's file or of another project.
    From,
}

impl LabelSet {
    pub(super) const ALL: [Self; 3] = [Self::News, Self::Own, Self::From];

    pub(super) fn name(self) -> Bilingual {
        match self {
            Self::News => both("وسوم الأخبار", "News"),
            Self::Own => both("وسوم أصنعها", "My own"),
            Self::From => both("من ملف أو مشروع", "From a file or project"),
        }
    }
}

/// What a path is, for a project to be made there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing is written.
    Unsaid,
    /// Nothing is there yet.
    New,
    /// An empty folder.
    Empty,
    /// A folder with other files in it.
    Used,
    /// A project.
    Project,
    /// No folder.
    File,
    /// Nothing may be written there.
    Forbidden,
}

impl Place {
    /// What that path is.
    fn of(path: &str) -> Self {
        if path.is_empty() {
            return Self::Unsaid;
        }
        let path = absolute(path).unwrap_or_else(|_| PathBuf::from(path));
        if path.join("project.ron").exists() {
            return Self::Project;
        }
        let Some(there) = path.ancestors().find(|above| above.exists()) else {
            return Self::Forbidden;
        };
        if !there.is_dir() {
            return Self::File;
        }
        if !may_write(there) {
            return Self::Forbidden;
        }
        if there != path {
            return Self::New;
        }
        match std::fs::read_dir(path).map(|mut entries| entries.next().is_none()) {
            Ok(true) => Self::Empty,
            Ok(false) => Self::Used,
            Err(_) => Self::Forbidden,
        }
    }

    /// Whether a project can be made there.
    pub(super) fn is_good(self) -> bool {
        matches!(self, Self::New | Self::Empty | Self::Used)
    }

    /// What to say of it.
    pub(super) fn told(self) -> Bilingual {
        match self {
            Self::Unsaid => both(
                "مجلد جديد أو فارغ يبقى فيه كل ما في المشروع",
                "A new or an empty folder, in which all of the project will be",
            ),
            Self::New => both("سيُنشأ هذا المجلد", "This folder will be made"),
            Self::Empty => both("هذا المجلد فارغ", "This folder is empty"),
            Self::Used => both(
                "في هذا المجلد ملفات أخرى: تبقى كما هي، وتُضاف إليها ملفات المشروع",
                "Other files are in this folder: they stay as they are, beside those of the project",
            ),
            Self::Project => both(
                "في هذا المجلد مشروع أصلًا: افتحه، أو اختر مجلدًا آخر",
                "There is a project in this folder already: open it, or choose another folder",
            ),
            Self::File => both(
                "هذا ملف وليس مجلدًا: اكتب اسم مجلد آخر",
                "This is a file and no folder: write another folder’s name",
            ),
            Self::Forbidden => both(
                "لا يُسمح لك بالكتابة هنا: اختر مجلدًا في مجلدك الشخصي",
                "You may not write here: choose a folder in your home folder",
            ),
        }
    }
}

/// A new project while it is set up.
#[derive(Clone, Debug)]
pub(super) struct NewForm {
    pub(super) path: Field,
    /// The path that was looked at last, and what it is.
    place: (String, Place),
    pub(super) name: Field,
    /// The name that was suggested last: it follows the folder until the person writes one.
    suggested: String,
    pub(super) articles: Sources,
    /// Whether what is well is taken though other things are not.
    pub(super) keep_going: bool,
    pub(super) preview: Preview,
    pub(super) labels: LabelSet,
    own: Option<Schema>,
    /// Where labels are to be taken from, what was read last, and what it holds.
    pub(super) from: Field,
    read: Option<(String, Result<Schema, Message>)>,
    pub(super) annotator: Field,
    /// Which path the system's dialog was asked for.
    pub(super) browsed: Browsed,
    /// Whether its path has not had the focus yet.
    pub(super) is_new: bool,
}

/// Which path the system's dialog was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Browsed {
    Folder,
    Articles,
    Labels,
}

impl NewForm {
    /// A project in a new folder of `home`, by `annotator`, with those articles.
    pub(super) fn new(home: &Path, annotator: &str, articles: &[PathBuf]) -> Self {
        let mut form = Self {
            path: Field::path(),
            place: (String::new(), Place::Unsaid),
            name: Field::default(),
            suggested: String::new(),
            articles: Sources::default(),
            keep_going: false,
            preview: Preview::default(),
            labels: LabelSet::News,
            own: None,
            from: Field::path(),
            read: None,
            annotator: Field::new(annotator),
            browsed: Browsed::Folder,
            is_new: true,
        };
        if !articles.is_empty() {
            form.articles.set(articles);
        }
        if !home.as_os_str().is_empty() {
            let numbers = (2..1000).map(|number| format!("tawsim-project-{number}"));
            let mut names = std::iter::once("tawsim-project".to_owned()).chain(numbers);
            if let Some(free) =
                names.find_map(|name| Some(home.join(name)).filter(|path| !path.exists()))
            {
                form.path.follow(&free.display().to_string());
            }
        }
        form
    }

    /// The field that a path from the system's dialog is for.
    pub(super) fn browsed(&mut self) -> &mut Field {
        match self.browsed {
            Browsed::Folder => &mut self.path,
            Browsed::Articles => {
                self.articles.several.clear();
                &mut self.articles.path
            }
            Browsed::Labels => &mut self.from,
        }
    }

    /// What the folder is; its name is suggested for the project.
    pub(super) fn place(&mut self) -> Place {
        let path = self.path.text().trim();
        if self.place.0 != path {
            self.place = (path.to_owned(), Place::of(path));
            if self.name.text() == self.suggested {
                self.suggested = match path {
                    "" => String::new(),
                    path => name_of(Path::new(path)),
                };
                self.name.follow(&self.suggested);
            }
        }
        self.place.1
    }

    /// Its folder, to be opened if a project is there.
    pub(super) fn root(&self) -> PathBuf {
        let path = Path::new(self.path.text().trim());
        absolute(path).unwrap_or_else(|_| path.to_owned())
    }

    /// Takes labels that were set up for it.
    pub(super) fn set_labels(&mut self, schema: Schema) {
        self.own = Some(schema);
        self.labels = LabelSet::Own;
    }

    /// Its labels, or what to do to have some.
    pub(super) fn schema(&mut self) -> Result<Schema, Message> {
        let none =
            || Message::from(both("اصنع وسمًا واحدًا على الأقل", "Make at least one label"));
        match self.labels {
            LabelSet::News => Ok(Schema::default()),
            LabelSet::Own => self.own.clone().ok_or_else(none),
            LabelSet::From => {
                let path = self.from.text().trim();
                if self.read.as_ref().is_none_or(|(of, _)| of != path) {
                    self.read = Some((path.to_owned(), read(path)));
                }
                self.read.clone().map_or_else(|| Err(none()), |(_, schema)| schema)
            }
        }
    }

    /// What is to be taken in, if anything.
    pub(super) fn import(&self) -> Option<Import> {
        let paths = self.articles.paths();
        (!paths.is_empty()).then(|| Import {
            paths,
            date: None,
            date_of_name: None,
            source: None,
            state: State::Finished,
            map: LabelMap::default(),
            keep_going: self.keep_going,
        })
    }

    /// The project that is asked for; none as long as something is missing.
    pub(super) fn read(&mut self) -> Option<NewProject> {
        if !self.place().is_good() {
            return None;
        }
        let root = self.root();
        let name = self.name.text().trim();
        Some(NewProject {
            name: if name.is_empty() { name_of(&root) } else { name.to_owned() },
            root,
            schema: self.schema().ok()?,
            annotator: AnnotatorId::new(self.annotator.text().trim()).ok()?,
            import: self.import(),
        })
    }
}

/// The labels in a file, or in a project's folder.
fn read(path: &str) -> Result<Schema, Message> {
    if path.is_empty() {
        return Err(Message::from(both(
            "مجلد مشروع، أو ملف \u{2066}.ron\u{2069} فيه مخطط",
            "A project’s folder, or a .ron file with a schema",
        )));
    }
    let path = Path::new(path);
    let file = if path.is_dir() { path.join("project.ron") } else { path.to_owned() };
    let bytes = std::fs::read(&file).map_err(|error| {
        let shown = crate::lang::isolated(file.display());
        Message::new(
            format!("لا يُقرأ {shown} ({error}): اختر مجلد مشروع أو ملف مخطط"),
            format!(
                "{shown} cannot be read ({error}): choose a project’s folder or a schema’s file"
            ),
        )
    })?;
    read_labels(&file, &bytes).map_err(|error| error.explain())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &Path, place: Place) {
        assert_eq!(Place::of(path.to_str().unwrap()), place, "{}", path.display());
    }

    #[test]
    fn a_place_is_known_before_anything_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        check(folder.path(), Place::Empty);
        for name in ["used", "project"] {
            std::fs::create_dir(path(name)).unwrap();
        }
        std::fs::File::create(path("used/a.txt")).unwrap();
        std::fs::File::create(path("project/project.ron")).unwrap();
        check(&path("used"), Place::Used);
        check(&path("used/a.txt"), Place::File);
        check(&path("used/a.txt/b"), Place::File);
        check(&path("new/er"), Place::New);
        check(&path("project"), Place::Project);
        assert_eq!(Place::of(""), Place::Unsaid);
    }

    #[test]
    fn a_name_follows_the_folder_until_one_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let mut form = NewForm::new(folder.path(), "أمل", &[]);
        assert_eq!(form.place(), Place::New);
        assert_eq!(form.name.text(), "tawsim-project");
        form.path.follow(&folder.path().join("أخبار").display().to_string());
        form.place();
        assert_eq!(form.name.text(), "أخبار");
        form.name.follow("الصحف");
        form.path.follow(&folder.path().join("b").display().to_string());
        form.place();
        assert_eq!(form.name.text(), "الصحف");
    }

    #[test]
    fn labels_are_taken_from_a_project_or_a_file() {
        use crate::store::{RealDisk, Store};
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("other");
        Store::create(&RealDisk, &root, "آخر", &Schema::default()).unwrap();
        for path in [root.clone(), root.join("project.ron")] {
            assert_eq!(read(path.to_str().unwrap()), Ok(Schema::default()));
        }
        let error = read(folder.path().to_str().unwrap()).unwrap_err();
        assert!(error.en.contains("choose a project’s folder"), "{}", error.en);
    }
}
