//! What a person is to know before anything else: that the program broke last time, and that
//! their settings were not understood.

use std::path::{Path, PathBuf};

use super::App;
use super::settings::{Settings, Unread};
use crate::lang::{Message, isolated};
use crate::logbook::newest_report;

/// One thing to know, shown until it is dismissed.
#[derive(Clone, Debug)]
pub(super) struct Notice {
    pub(super) message: Message,
    /// The report that it is about.
    report: Option<PathBuf>,
}

/// What is to be said at the start.
pub(super) fn notices(
    folder: &Path,
    settings: &Settings,
    unread: Option<&Unread>,
) -> Vec<Notice> {
    let report = newest_report(folder).filter(|path| name(path) > settings.seen_report);
    let crash = report.map(|path| Notice { message: crashed(&path), report: Some(path) });
    let unread = unread.map(|unread| Notice { message: not_read(unread), report: None });
    crash.into_iter().chain(unread).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn crashed(report: &Path) -> Message {
    Message::new(
        format!(
            "توقّف البرنامج في المرة السابقة لخلل فيه. لم يضع شيء مما حُفظ. تقرير الخلل في {}، وليس \
             فيه شيء من نصوصك ولا من أسماء ملفاتك؛ أرسله إلى من يصون البرنامج.",
            isolated(report.display())
        ),
        format!(
            "Last time the program stopped because of a mistake in it. Nothing that was saved is \
             lost. A report is in {}; it has nothing of your texts or file names in it. Send it to \
             whoever maintains the program.",
            isolated(report.display())
        ),
    )
}

fn not_read(unread: &Unread) -> Message {
    let path = isolated(unread.path.display());
    let (ar, en) = if unread.is_newer {
        ("كتبه إصدار أحدث من البرنامج", "was written by a later version of the program")
    } else {
        ("تعذّرت قراءته", "cannot be read")
    };
    match &unread.kept {
        Some(kept) => {
            let kept = isolated(kept.display());
            Message::new(
                format!(
                    "ملف الإعدادات {path} {ar}، فأُخذت الإعدادات الأصلية، وحُفظ الملف باسم {kept}."
                ),
                format!(
                    "The file of settings {path} {en}, so the defaults are used; the file was kept \
                     as {kept}."
                ),
            )
        }
        None => Message::new(
            format!(
                "ملف الإعدادات {path} {ar} وتعذّر نقله، فأُخذت الإعدادات الأصلية، ولن يُحفظ ما \
                 تغيّره منها: انقله بنفسك ثم أعد التشغيل."
            ),
            format!(
                "The file of settings {path} {en} and cannot be moved, so the defaults are used, \
                 and changes to them will not be saved: move it and start again."
            ),
        ),
    }
}

impl App {
    /// The first notice was read.
    pub(super) fn dismiss_notice(&mut self) {
        if self.notices.is_empty() {
            return;
        }
        if let Some(report) = self.notices.remove(0).report {
            self.settings.seen_report = name(&report);
            self.save_settings();
        }
    }
}
