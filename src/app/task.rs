//! Work off the frame, with progress and a way to stop it.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::{Context, Rect, Ui, pos2, vec2};

use super::access;
use super::action::{Action, Export};
use super::widget::{Button, Ink, Kit, TextKind, color};
use crate::format::Format;
use crate::lang::{Bilingual, DOCUMENT, Explain as _, Message, SPAN, both, isolated};
use crate::model::Problem;
use crate::project::{self, ExportOptions};
use crate::store::Store;
use crate::theme::size;

/// How far a task is, and whether it is to stop. Shared with its thread.
#[derive(Debug, Default)]
pub(super) struct Progress {
    done: AtomicUsize,
    total: AtomicUsize,
    stop: AtomicBool,
}

impl Progress {
    /// Says that `done` of `total` steps are done; false if the task is to stop.
    pub(super) fn report(&self, done: usize, total: usize) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        !self.stop.load(Ordering::Relaxed)
    }
}

impl Progress {
    /// How many steps are done, of how many.
    pub(super) fn told(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    /// Asks what reports it to stop.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// What a task's thread does at its end: changes the program, in the frame.
pub(super) type Finish = Box<dyn FnOnce(&mut super::App) + Send>;

/// How far a task has come.
pub(super) enum Outcome {
    /// It goes on.
    Running,
    /// It has ended, and brought this.
    Ended(Finish),
    /// Its thread is gone without an outcome.
    Lost,
}

/// Work that is under way.
pub(super) struct Task {
    title: Bilingual,
    began: Instant,
    progress: Arc<Progress>,
    outcome: Receiver<Finish>,
}

impl Task {
    /// Begins `work` in a thread of its own.
    ///
    /// A thread that cannot be begun, or that panics, ends the task without an outcome.
    pub(super) fn begin(
        ctx: &Context,
        title: Bilingual,
        work: impl FnOnce(&Progress) -> Finish + Send + 'static,
    ) -> std::io::Result<Self> {
        let progress = Arc::new(Progress::default());
        let (sender, outcome) = channel();
        let (shared, ctx) = (Arc::clone(&progress), ctx.clone());
        std::thread::Builder::new().name("task".to_owned()).spawn(move || {
            // The window may have been closed meanwhile; then nobody waits for it.
            sender.send(work(&shared)).ok();
            ctx.request_repaint();
        })?;
        Ok(Self { title, began: Instant::now(), progress, outcome })
    }

    /// What it is called, and how long it has been running.
    pub(super) fn told(&self) -> (&'static str, Duration) {
        (self.title.en, self.began.elapsed())
    }

    /// What it brought, if it has ended. Asked once a frame: what it brings is there once.
    pub(super) fn outcome(&self) -> Outcome {
        match self.outcome.try_recv() {
            Ok(finish) => Outcome::Ended(finish),
            Err(TryRecvError::Empty) => Outcome::Running,
            Err(TryRecvError::Disconnected) => Outcome::Lost,
        }
    }

    /// What it brings if it ends within so long. For before the first frame: a small project is
    /// there at once, and nothing else is painted first.
    pub(super) fn outcome_within(&self, time: Duration) -> Outcome {
        match self.outcome.recv_timeout(time) {
            Ok(finish) => Outcome::Ended(finish),
            Err(RecvTimeoutError::Timeout) => Outcome::Running,
            Err(RecvTimeoutError::Disconnected) => Outcome::Lost,
        }
    }

    /// Asks it to stop, waits until it has ended, and gives what it brought.
    pub(super) fn end(self) -> Option<Finish> {
        self.cancel();
        self.outcome.recv().ok()
    }

    /// Asks it to stop.
    pub(super) fn cancel(&self) {
        self.progress.stop();
    }

    /// Draws how far it is.
    pub(super) fn ui(&self, ui: &mut Ui, kit: &mut Kit, out: &mut Vec<Action>) {
        let area = ui.available_rect_before_wrap();
        ui.painter().rect_filled(area, 0.0, color(kit.theme.desk));
        ui.add_space(area.height() * 0.35);
        ui.vertical_centered(|ui| {
            kit.label(ui, kit.t(self.title), TextKind::Heading, Ink::Text);
            ui.add_space(size::PAD);
            let (done, total) = self.progress.told();
            let (rect, response) =
                ui.allocate_exact_size(vec2(320.0, 8.0), egui::Sense::hover());
            ui.painter().rect_filled(rect, 4.0, color(kit.theme.line));
            if total > 0 {
                let width = rect.width() * share(done, total);
                let left = if kit.rtl() { rect.right() - width } else { rect.left() };
                let part =
                    Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
                ui.painter().rect_filled(part, 4.0, color(kit.theme.accent));
            }
            let name = kit.t(self.title);
            access::progress(&response, name, done, total);
            let text = if total > 0 {
                format!("\u{2066}{done} / {total}\u{2069}")
            } else {
                String::new()
            };
            kit.label(ui, &text, TextKind::Small, Ink::Weak);
            ui.add_space(size::PAD);
            if Button::new(kit.t(both("أوقف", "Stop"))).ui(ui, kit).clicked() {
                out.push(Action::Cancel);
            }
        });
        ui.ctx().request_repaint_after(Duration::from_millis(100));
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of a bar some hundred points wide")]
fn share(done: usize, total: usize) -> f32 {
    (done as f32 / total as f32).min(1.0)
}

/// Writes a data set beside its path and renames it when it is whole; what to say about it,
/// and what is wrong with the project's files.
pub(super) fn export(
    store: &Store,
    export: &Export,
    progress: &Progress,
) -> Result<(Message, Vec<Problem>), Message> {
    let Some(writer) = Format::of_id(export.format).and_then(|format| format.write) else {
        unreachable!("the dialog offers only formats that can be written")
    };
    let Export { kind, keep_going, .. } = *export;
    let options = ExportOptions { kind, annotator: None, keep_going };
    let path = export.path.as_path();
    let failed = |error: std::io::Error| {
        Message::new(
            format!("تعذّرت كتابة {} ({error}): اختر مجلدًا آخر", isolated(path.display())),
            format!("cannot write {} ({error}): choose another folder", path.display()),
        )
    };
    let mut beside = path.as_os_str().to_owned();
    // Of this process: what one that was killed has left is in nobody’s way.
    beside.push(format!(".{}.part", std::process::id()));
    let beside = Path::new(&beside);
    let file = File::create_new(beside).map_err(failed)?;
    let mut out = BufWriter::new(file);
    let mut go_on = |done, total| progress.report(done, total);
    let written = project::export(store, writer, &options, &mut out, &mut go_on)
        .map_err(|error| error.explain())
        .and_then(|report| {
            let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
            file.sync_all().map_err(failed)?;
            std::fs::rename(beside, path).map_err(failed)?;
            Ok(report)
        });
    let report = match written {
        Ok(report) => report,
        Err(message) => {
            // What was written is no data set; a leftover that cannot go away harms nobody.
            std::fs::remove_file(beside).ok();
            return Err(message);
        }
    };
    let documents = DOCUMENT.message(report.num_documents);
    let spans = SPAN.message(report.num_spans);
    let lost = report.losses.explain();
    let message = Message::new(
        format!(
            "كُتب: {}، {} في {}. {}",
            documents.ar,
            spans.ar,
            isolated(path.display()),
            lost.ar
        ),
        format!("wrote {}, {} to {}. {}", documents.en, spans.en, path.display(), lost.en),
    );
    Ok((message, report.problems))
}
