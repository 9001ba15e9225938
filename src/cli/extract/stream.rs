//! Batches through all processors and out in their order, with only so many in memory.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};

use jiff::civil::Date;

use super::work::{Batch, Done, Worker, fault};
use crate::cli::console::{Console, Failure};
use crate::lang::Message;
use crate::model::{Problem, Severity};

/// How many bytes of lines make a batch.
const SIZE: usize = 1 << 18;

/// How many batches for each worker there may be between reading and writing.
const AHEAD: usize = 4;

/// Where batches go, numbered.
pub(super) struct Batches<'a> {
    out: &'a Sender<(u64, Batch)>,
    /// Each batch wants one; one comes back when a batch is written.
    tickets: &'a Receiver<()>,
    next: u64,
    path: PathBuf,
    first: u64,
    bytes: Vec<u8>,
}

impl Batches<'_> {
    /// Takes a line with its end; false if nobody takes it any more.
    pub(super) fn line(&mut self, path: &Path, number: u64, line: &[u8]) -> bool {
        if self.bytes.is_empty() {
            path.clone_into(&mut self.path);
            self.first = number;
        }
        self.bytes.extend_from_slice(line);
        self.bytes.len() < SIZE || self.flush()
    }

    /// Takes a text.
    pub(super) fn text(&mut self, path: &Path, bytes: Vec<u8>) -> bool {
        self.flush() && self.send(Batch::Text { path: path.to_owned(), bytes })
    }

    /// Takes what went wrong with the disk.
    pub(super) fn problem(
        &mut self,
        path: &Path,
        line: Option<u64>,
        error: &io::Error,
    ) -> bool {
        self.fault(path, line, Message::new(error.to_string(), error.to_string()))
    }

    /// Takes what is wrong with a file.
    pub(super) fn fault(&mut self, path: &Path, line: Option<u64>, what: Message) -> bool {
        self.flush() && self.send(Batch::Fault(fault(path, line, what)))
    }

    /// Hands on the lines that wait.
    pub(super) fn flush(&mut self) -> bool {
        if self.bytes.is_empty() {
            return true;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let path = self.path.clone();
        self.send(Batch::Lines { path, first: self.first, bytes })
    }

    fn send(&mut self, batch: Batch) -> bool {
        let number = self.next;
        self.next += 1;
        self.tickets.recv().is_ok() && self.out.send((number, batch)).is_ok()
    }
}

/// Works on what `read` hands on, in so many threads, and writes what becomes of it.
///
/// # Errors
///
/// If something could not be read, once all the rest is written; if nobody reads the output.
pub(super) fn run_through(
    jobs: usize,
    date: Option<Date>,
    console: &mut Console<'_>,
    read: impl FnOnce(&mut Batches<'_>) + Send,
) -> Result<(), Failure> {
    let (out, work) = channel::<(u64, Batch)>();
    let (results, finished) = channel::<(u64, Done)>();
    let (give, tickets) = sync_channel::<()>(jobs * AHEAD);
    for _ in 0..jobs * AHEAD {
        // There is room for all of them.
        give.send(()).unwrap_or_default();
    }
    let work = Mutex::new(work);
    std::thread::scope(|scope| {
        // Gone when nobody writes any more, so that reading ends too.
        let give = give;
        scope.spawn(move || {
            let (path, bytes) = (PathBuf::new(), Vec::new());
            let mut batches =
                Batches { out: &out, tickets: &tickets, next: 0, path, first: 1, bytes };
            read(&mut batches);
            batches.flush();
        });
        for _ in 0..jobs {
            let (work, results) = (&work, results.clone());
            scope.spawn(move || {
                let mut worker = Worker::new(date);
                // A poisoned lock is another worker's panic, which ends the program anyway.
                while let Some((number, batch)) =
                    work.lock().ok().and_then(|work| work.recv().ok())
                {
                    if results.send((number, worker.work(batch))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(results);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        let mut is_whole = true;
        for (number, done) in finished {
            waiting.insert(number, done);
            while let Some(done) = waiting.remove(&next) {
                next += 1;
                is_whole &= !done.problems.iter().any(is_error);
                console.problems(&done.problems);
                console.write(&done.lines)?;
                // Reading may have ended.
                give.send(()).unwrap_or_default();
            }
        }
        if is_whole { Ok(()) } else { Err(Failure::Told) }
    })
}

fn is_error(problem: &Problem) -> bool {
    problem.severity == Severity::Error
}
