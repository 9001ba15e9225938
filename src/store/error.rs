//! Why the store could not do something, in words a person can act on.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk;
use crate::edit::Stale;
use crate::lang::{Explain, Message, isolated};
use crate::model::{AnnotatorId, DocumentId, Place, Problem, SchemaError, Severity};

/// Why the store could not do something. What was there before is there still.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The folder has no `project.ron`.
    #[error("this folder is no project: it has no project.ron: `{}`", path.display())]
    NoProject {
        /// The folder.
        path: PathBuf,
    },
    /// A project cannot be made where one is.
    #[error("there is a project already: `{}`", path.display())]
    ProjectExists {
        /// The folder.
        path: PathBuf,
    },
    /// The file was written by a later version of the program.
    #[error("format version {version} is newer than this program: `{}`", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version that it says.
        version: u64,
    },
    /// Another window or command is writing for this annotator.
    #[error("another window or command is writing for {}: `{}`", who(annotator.as_ref()), path.display())]
    Locked {
        /// Whose work; none for the project's documents.
        annotator: Option<AnnotatorId>,
        /// The file that is locked.
        path: PathBuf,
    },
    /// Nothing may be written there.
    #[error("writing is not allowed: `{}`", path.display())]
    ReadOnly {
        /// The file or folder.
        path: PathBuf,
    },
    /// There is no room left.
    #[error("the disk is full: `{}`", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The project's folder, or the journal in it, is no longer where it was opened.
    #[error("the project was moved or deleted while it was open: `{}`", path.display())]
    Gone {
        /// The project's folder.
        path: PathBuf,
    },
    /// Anything else that the system says.
    #[error("{source}: `{}`", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: Arc<io::Error>,
    },
    /// What is in the file makes no sense.
    #[error("{}: `{}`", what.en, place(path, *line))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: Option<u64>,
        /// What is wrong with it.
        what: Message,
    },
    /// A schema breaks a rule.
    #[error("{error}: `{}`", path.display())]
    Schema {
        /// The file.
        path: PathBuf,
        /// The rule.
        error: SchemaError,
    },
    /// The project has no such document.
    #[error("the project has no document `{0}`")]
    NoDocument(DocumentId),
    /// An imported document has the id of another one, which has another text.
    #[error("the project has another text under the id `{0}`")]
    OtherText(DocumentId),
    /// There are spans to import, and nobody whose they are.
    #[error("`{0}` has spans: say whose they are")]
    NoAnnotator(DocumentId),
    /// A step was made from something that has changed.
    #[error(transparent)]
    Stale(#[from] Stale),
    /// A session was asked to change another annotator's work.
    #[error("this session writes for {}, not for {theirs}", who(ours.as_ref()))]
    NotYours {
        /// Whose session it is.
        ours: Option<AnnotatorId>,
        /// Whose work was to be changed.
        theirs: AnnotatorId,
    },
    /// The file was changed by another program since it was read.
    #[error("another program has changed the file: `{}`", path.display())]
    ChangedOutside {
        /// The file.
        path: PathBuf,
    },
    /// Another program has changed `project.ron`; it was not overwritten.
    #[error("another program has changed {}; what was written here is in {}", .path.display(), .kept.display())]
    OtherProject {
        /// The file.
        path: PathBuf,
        /// Where what was to be written is kept.
        kept: PathBuf,
    },
    /// The session's writer has ended.
    #[error("the session is closed")]
    Closed,
}

impl Error {
    /// The error for what the system said about `path`.
    pub(super) fn io(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly { path }
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            _ => Self::Io { path, source: Arc::new(error) },
        }
    }

    /// Whether the system found nothing under the path.
    pub(super) fn is_absence(&self) -> bool {
        matches!(self, Self::Io { source, .. } if disk::is_absence(source))
    }

    /// The error as something to look at, among others.
    #[must_use]
    pub fn to_problem(&self) -> Problem {
        let (path, line) = match self.file() {
            Some((path, line)) => (Some(path.to_owned()), line),
            None => (None, None),
        };
        let document = match self {
            Self::NoDocument(document)
            | Self::OtherText(document)
            | Self::NoAnnotator(document) => Some(document.clone()),
            Self::Stale(stale) => Some(stale.document.clone()),
            _ => None,
        };
        let place = Place { path, line, document, range: None };
        Problem { severity: Severity::Error, place, what: self.what() }
    }

    /// The file or folder that it is about, and the line in it.
    fn file(&self) -> Option<(&Path, Option<u64>)> {
        match self {
            Self::NoProject { path }
            | Self::ProjectExists { path }
            | Self::Newer { path, .. }
            | Self::ReadOnly { path }
            | Self::Full { path }
            | Self::Gone { path }
            | Self::Io { path, .. }
            | Self::Schema { path, .. }
            | Self::ChangedOutside { path }
            | Self::OtherProject { path, .. } => Some((path, None)),
            Self::Damaged { path, line, .. } => Some((path, *line)),
            Self::Locked { .. }
            | Self::NoDocument(_)
            | Self::OtherText(_)
            | Self::NoAnnotator(_)
            | Self::Stale(_)
            | Self::NotYours { .. }
            | Self::Closed => None,
        }
    }

    /// What it is and what to do, without the file's name.
    fn what(&self) -> Message {
        match self {
            Self::NoProject { .. } => Message::new(
                "ليس هذا المجلد مشروعًا، فلا project.ron فيه؛ اختر مجلدًا آخر، أو أنشئ مشروعًا بالأمر \
                 \u{2068}`tawsim new`\u{2069}",
                "this folder is no project, for it has no project.ron; choose another folder, or \
                 make a project with `tawsim new`",
            ),
            Self::ProjectExists { .. } => Message::new(
                "في هذا المجلد مشروع أصلًا؛ افتحه، أو اختر مجلدًا آخر",
                "there is a project in this folder already; open it, or choose another folder",
            ),
            Self::Newer { version, .. } => Message::new(
                format!(
                    "كتبت هذا الملفَّ نسخةٌ أحدث من البرنامج (الصيغة {version})، فحدّث البرنامج"
                ),
                format!(
                    "a later version of the program wrote this file (format {version}); update \
                     the program"
                ),
            ),
            Self::ReadOnly { .. } => Message::new(
                "لا تسمح صلاحيات هذا المكان بالعمل فيه",
                "this place may not be used so; check its permissions",
            ),
            Self::Full { .. } => Message::new(
                "القرص ممتلئ؛ أفرغ مكانًا وتُستأنف الكتابة",
                "the disk is full; make room and writing goes on",
            ),
            Self::Gone { .. } => Message::new(
                "نُقل مجلد المشروع أو حُذف وهو مفتوح؛ أعده إلى مكانه وتُستأنف الكتابة، ولا تغلق \
                 البرنامج قبل ذلك فخطواتك الأخيرة في ذاكرته وحدها",
                "the project's folder was moved or deleted; put it back and writing goes on, \
                 and until then only this program has your last steps",
            ),
            Self::Io { source, .. } => Message::new(
                format!("تعذّر الوصول إليه ({source})؛ تحقّق من المسار والقرص ثم أعد المحاولة"),
                format!(
                    "it cannot be used ({source}); check the path and the disk, and try again"
                ),
            ),
            Self::Damaged { what, .. } => what.clone(),
            Self::Schema { error, .. } => error.explain(),
            Self::ChangedOutside { .. } => Message::new(
                "غيّر برنامج آخر هذا الملف ولم يُكتب فوقه؛ أعد فتح المشروع لترى ما فيه",
                "another program has changed this file, and it was not overwritten; open the \
                 project again to see what is in it",
            ),
            Self::OtherProject { kept, .. } => Message::new(
                format!(
                    "غيّر برنامج آخر هذا الملف ولم يُكتب فوقه؛ ما كُتب هنا محفوظ في {}، فأعد فتح المشروع",
                    isolated(kept.display())
                ),
                format!(
                    "another program has changed this file, and it was not overwritten; what was \
                     written here is kept in {}: open the project again",
                    kept.display()
                ),
            ),
            Self::Stale(stale) => stale.explain(),
            _ => self.what_of_work(),
        }
    }

    /// What it is and what to do, where it is about no file.
    fn what_of_work(&self) -> Message {
        match self {
            Self::Locked { annotator: Some(annotator), .. } => Message::new(
                format!("نافذة أخرى أو أمر آخر يكتب الآن في عمل «{annotator}»: أغلقه أولًا"),
                format!(
                    "another window or command is writing for {annotator} now: close it first"
                ),
            ),
            Self::Locked { annotator: None, .. } => Message::new(
                "نافذة أخرى أو أمر آخر يستورد مقالات الآن: انتظر حتى ينتهي",
                "another window or command is importing documents now: wait for it to end",
            ),
            Self::NoDocument(id) => Message::new(
                format!("ليس في المشروع مقال معرّفه «{id}»؛ تحقّق من المعرّف، أو استورد المقال"),
                format!(
                    "the project has no document `{id}`; check the id, or import the document"
                ),
            ),
            Self::OtherText(id) => Message::new(
                format!("في المشروع نص آخر بالمعرّف «{id}»؛ أعط هذا المقال معرّفًا آخر"),
                format!(
                    "the project has another text under the id `{id}`; give this one another"
                ),
            ),
            Self::NoAnnotator(id) => Message::new(
                format!("في «{id}» مواضع، فقل لمن هي"),
                format!("`{id}` has spans, so say whose they are"),
            ),
            Self::NotYours { theirs, .. } => Message::new(
                format!("هذا عمل «{theirs}» ولا يغيّره غيره؛ اعمل في مجموعتك"),
                format!(
                    "this is {theirs}'s work, and nobody else changes it; work in a set of your own"
                ),
            ),
            _ => Message::new(
                "أُغلقت الجلسة؛ أعد فتح المشروع",
                "the session is closed; open the project again",
            ),
        }
    }
}

impl Explain for Error {
    fn explain(&self) -> Message {
        let Message { ar, en } = self.what();
        match self.file() {
            Some((path, line)) => {
                let place = place(path, line);
                Message::new(format!("{ar}: {}", isolated(&place)), format!("{en}: {place}"))
            }
            None => Message::new(ar, en),
        }
    }
}

fn who(annotator: Option<&AnnotatorId>) -> &str {
    annotator.map_or("the project", AnnotatorId::as_str)
}

fn place(path: &Path, line: Option<u64>) -> String {
    let place = Place { path: Some(path.to_owned()), line, ..Place::default() };
    place.to_string()
}
