//! The writer: a thread that brings what was committed to the disk.
//!
//! It appends whatever waits, syncs once, and says so: that is what *saved* means. When nothing
//! has come for a while it makes a checkpoint ([`super::checkpoint`]). A frame never waits for
//! it.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::time::{Duration, Instant};

use super::Error;
use super::disk::{Folders, Lock};
use super::history::History;
use super::journal::{Journal, Tail};
use super::record::{Body, SegmentHead, StagedShard};
use super::state::{Desk, Inner};
use crate::model::{Problem, Timestamp};

/// How long nothing must have come before the files are written.
const IDLE: Duration = Duration::from_secs(2);

/// How long to wait before the disk is tried again.
const RETRY: Duration = Duration::from_secs(2);

/// How many transactions the journal holds at most before the files are written.
const MAX_LINES: usize = 512;

/// What the threads of writers are called.
pub(super) const THREAD: &str = "tawsim-writer";

/// What all sessions of this process share with their writers, for [`drain`].
static LIVE: Mutex<Vec<Weak<Shared>>> = Mutex::new(Vec::new());

/// Waits until the writers of all sessions have brought what was committed to the disk, but no
/// longer than `limit`. Returns how many transactions are not known to be there.
///
/// For a program that is about to end badly: it waits for no lock, as the thread that asks may
/// hold it, and not for a disk that refuses or a writer that is gone. A writer cannot wait for
/// itself.
pub fn drain(limit: Duration) -> usize {
    let is_writer = std::thread::current().name() == Some(THREAD);
    let end = Instant::now() + if is_writer { Duration::ZERO } else { limit };
    loop {
        let (pending, is_hopeless) = pending();
        if pending == 0 || is_hopeless || Instant::now() >= end {
            return pending;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// How many transactions are not on the disk, a queue that cannot be looked into counting as
/// one, and whether nobody will bring the rest there.
fn pending() -> (usize, bool) {
    let live = match LIVE.try_lock() {
        Ok(live) => live.iter().filter_map(Weak::upgrade).collect::<Vec<_>>(),
        Err(_) => return (1, false),
    };
    let (mut pending, mut is_hopeless) = (0, true);
    for shared in live {
        let queue = match shared.queue.try_lock() {
            Ok(queue) => queue,
            Err(TryLockError::Poisoned(error)) => error.into_inner(),
            Err(TryLockError::WouldBlock) => {
                (pending, is_hopeless) = (pending + 1, false);
                continue;
            }
        };
        if queue.last > queue.saved {
            pending += usize::try_from(queue.last - queue.saved).unwrap_or(usize::MAX);
            is_hopeless &= queue.ended || queue.failed.is_some();
            shared.work.notify_one();
        }
    }
    (pending, is_hopeless)
}

/// A line of the journal, on its way.
pub(super) struct Line {
    pub seq: u64,
    pub text: String,
    pub at: Timestamp,
    /// What an import staged.
    pub import: Option<StagedImport>,
}

/// What an import staged, to be moved to its place.
#[derive(Clone, Debug, Default)]
pub(super) struct StagedImport {
    pub shards: Vec<StagedShard>,
    pub edits: Option<String>,
}

/// What a session and its writer share.
pub(super) struct Shared {
    queue: Mutex<Queue>,
    /// Tells the writer that there is something to do.
    work: Condvar,
    /// Tells those who wait that something was done.
    done: Condvar,
    wake: Arc<dyn Fn() + Send + Sync>,
}

/// What goes to and fro between a session and its writer.
#[derive(Default)]
pub(super) struct Queue {
    /// Committed, and not yet taken by the writer.
    pub lines: Vec<Line>,
    /// The number of the last commit.
    pub last: u64,
    /// The number of the last commit that is on the disk.
    pub saved: u64,
    /// Why the disk did not take what it was given, until it does.
    pub failed: Option<Error>,
    /// What went wrong and was not yet told.
    pub problems: Vec<Problem>,
    /// Held by imports until their shards are in place, with the import's number.
    pub import_locks: Vec<(u64, Box<dyn Lock>)>,
    flush_asked: u64,
    flush_done: u64,
    flush_error: Option<Error>,
    retry: bool,
    stop: bool,
    ended: bool,
}

impl Queue {
    /// Whether nobody takes anything from it any more.
    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }
}

/// What the writer is to do next.
struct Wish {
    stop: bool,
    /// The last flush that was asked for.
    flush: u64,
    /// Whether the files are to be written.
    checkpoint: bool,
}

impl Shared {
    pub(super) fn new(last: u64, wake: Arc<dyn Fn() + Send + Sync>) -> Arc<Self> {
        let queue = Mutex::new(Queue { last, saved: last, ..Queue::default() });
        let shared = Self { queue, work: Condvar::new(), done: Condvar::new(), wake };
        let shared = Arc::new(shared);
        let mut live = LIVE.lock().unwrap_or_else(PoisonError::into_inner);
        live.retain(|shared| shared.strong_count() > 0);
        live.push(Arc::downgrade(&shared));
        shared
    }

    /// The queue. It is changed by assignments that cannot fail half way.
    pub(super) fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the writer that a line was put into the queue.
    pub(super) fn notify(&self) {
        self.work.notify_one();
    }

    pub(super) fn retry(&self) {
        {
            let mut queue = self.queue();
            queue.retry = true;
            queue.failed = None;
        }
        self.notify();
    }

    pub(super) fn stop(&self) {
        self.queue().stop = true;
        self.notify();
    }

    /// Waits until that commit is on the disk.
    pub(super) fn wait_saved(&self, seq: u64) -> Result<(), Error> {
        let mut queue = self.queue();
        loop {
            if queue.saved >= seq {
                return Ok(());
            }
            if let Some(error) = &queue.failed {
                return Err(error.clone());
            }
            if queue.ended {
                return Err(Error::Closed);
            }
            queue = self.done.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Has the files written, and waits for that.
    pub(super) fn flush(&self) -> Result<(), Error> {
        let mut queue = self.queue();
        queue.flush_asked += 1;
        let ticket = queue.flush_asked;
        self.notify();
        while queue.flush_done < ticket {
            if queue.ended {
                return Err(Error::Closed);
            }
            queue = self.done.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        queue.flush_error.clone().map_or(Ok(()), Err)
    }

    /// Waits until there is something to do.
    fn wish(&self, is_behind: bool, is_full: bool) -> Wish {
        let mut queue = self.queue();
        let mut is_idle = false;
        loop {
            let flush = queue.flush_asked;
            let asked = flush > queue.flush_done || queue.stop || queue.retry;
            let is_failed = queue.failed.is_some();
            if asked || is_idle || !queue.lines.is_empty() || is_full && !is_failed {
                queue.retry = false;
                let stop = queue.stop;
                let checkpoint = is_idle || is_full || flush > queue.flush_done || stop;
                return Wish { stop, flush, checkpoint };
            }
            let timeout = if is_failed { Some(RETRY) } else { is_behind.then_some(IDLE) };
            match timeout {
                Some(timeout) => {
                    let (woken, result) = self
                        .work
                        .wait_timeout(queue, timeout)
                        .unwrap_or_else(PoisonError::into_inner);
                    queue = woken;
                    is_idle = result.timed_out();
                }
                None => {
                    queue = self.work.wait(queue).unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }

    /// Changes the queue, and tells everybody.
    fn tell(&self, change: impl FnOnce(&mut Queue)) {
        change(&mut self.queue());
        self.done.notify_all();
        (self.wake)();
    }
}

/// What the thread owns.
pub(super) struct Writer {
    pub inner: Arc<Inner>,
    pub desk: Desk,
    pub shared: Arc<Shared>,
    pub journal: Journal,
    /// None for the project's desk.
    pub history: Option<History>,
    /// Taken from the queue, and not known to be on the disk.
    unsaved: Vec<Line>,
    /// In the journal, and not yet all in the files.
    pub lines: VecDeque<Line>,
    /// The last line that is in the files.
    pub done: u64,
    /// The time of the last line.
    pub last_at: Timestamp,
    /// Folders whose names are on the disk.
    pub folders: Folders,
    /// How many files were staged, for their names.
    pub staged: u64,
    /// What the last checkpoint ended with, where it was cut short.
    stuck: Option<String>,
    /// Whether the journal was found to be no longer in its place.
    pub is_lost: bool,
    /// The lock on the desk, given back when the thread has ended.
    pub lock: Box<dyn Lock>,
}

/// Says that the thread has ended, however it ends.
struct Ended(Arc<Shared>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.tell(|queue| {
            queue.ended = true;
            queue.import_locks.clear();
        });
    }
}

impl Writer {
    /// A writer that goes on after `tail`; `done` is the last line that is in the files.
    pub(super) fn new(
        inner: Arc<Inner>,
        desk: Desk,
        shared: Arc<Shared>,
        history: Option<History>,
        tail: Tail,
        (lock, folders): (Box<dyn Lock>, Folders),
    ) -> Self {
        let folder = inner.layout.desk(desk.as_ref());
        let journal = Journal::after(inner.disk.clone(), folder, &tail);
        let done = tail.records.first().map_or(tail.last, |(first, _)| first.seq - 1);
        let mut lines = VecDeque::new();
        for (record, text) in tail.records {
            let import = match record.body {
                Body::Import { shards, edits } => Some(StagedImport { shards, edits }),
                Body::Edits(_) | Body::Settled(_) => None,
            };
            lines.push_back(Line { seq: record.seq, text: text + "\n", at: record.at, import });
        }
        let last_at = lines.back().map(|line| line.at).unwrap_or_default();
        Self {
            inner,
            desk,
            shared,
            journal,
            history,
            unsaved: Vec::new(),
            lines,
            done,
            last_at,
            folders,
            staged: 0,
            stuck: None,
            is_lost: false,
            lock,
        }
    }

    /// The thread: until the session stops it.
    pub(super) fn run(mut self) {
        let _ended = Ended(self.shared.clone());
        loop {
            let is_behind = !self.lines.is_empty();
            let is_full = self.lines.len() >= MAX_LINES && self.stuck.is_none();
            let wish = self.shared.wish(is_behind, is_full);
            let mut done = self.save();
            if wish.checkpoint && done.is_ok() {
                done = self.checkpoint();
                let stuck = done.as_ref().err().map(ToString::to_string);
                if let (Err(error), true) = (&done, stuck != self.stuck) {
                    self.shared.queue().problems.push(error.to_problem());
                }
                self.stuck = stuck;
            }
            if wish.stop && done.is_ok() {
                self.write_index();
            }
            self.shared.tell(|queue| {
                queue.flush_done = wish.flush;
                queue.flush_error = done.err();
            });
            if wish.stop {
                return;
            }
        }
    }

    /// Brings what waits to the journal, and says what came of it.
    pub(super) fn save(&mut self) -> Result<(), Error> {
        self.unsaved.append(&mut self.shared.queue().lines);
        if self.unsaved.is_empty() && !self.is_lost {
            return Ok(());
        }
        let kept = self.lines.back().map_or(self.done, |line| line.seq);
        let from = self.unsaved.first().map_or(kept + 1, |line| line.seq);
        let last = self.unsaved.last().map_or(kept, |line| line.seq);
        let mut text = String::new();
        if self.is_lost {
            text.extend(self.lines.iter().map(|line| line.text.as_str()));
        }
        text.extend(self.unsaved.iter().map(|line| line.text.as_str()));
        let done = if self.journal.is_open() {
            self.journal.append(&text)
        } else {
            let head = SegmentHead { annotator: self.desk.clone(), done: self.done, from };
            self.return_to_place().and_then(|()| self.journal.start(&head, &text))
        };
        if let Err(error) = done {
            return Err(self.fail(error));
        }
        self.is_lost = false;
        self.last_at = self.unsaved.last().map_or(self.last_at, |line| line.at);
        self.lines.extend(self.unsaved.drain(..));
        self.shared.tell(|queue| (queue.failed, queue.saved) = (None, last));
        Ok(())
    }

    /// Says that the journal did not take what it was given, or is lost with what it had: that
    /// is not saved then, whatever was said before.
    pub(super) fn fail(&mut self, error: Error) -> Error {
        let error = if error.is_absence() {
            self.is_lost = true;
            Error::Gone { path: self.inner.layout.root.clone() }
        } else {
            error
        };
        self.shared.tell(|queue| {
            queue.failed = Some(error.clone());
            if self.is_lost {
                queue.saved = self.done;
            }
        });
        error
    }
}
