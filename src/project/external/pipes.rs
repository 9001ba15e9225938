//! What goes into a program and comes out of it, each in a thread of its own: so that no pipe is
//! full while the program waits for another.

use std::io::{BufWriter, Read, Write};
use std::process::Child;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::format::{Format, Record};
use crate::model::DocumentId;
use crate::store::Store;

/// How much of the standard error is kept, in bytes, and how many of its last lines are shown.
const MOST_KEPT: usize = 16 << 10;
const MOST_LINES: usize = 20;

/// The pipes of a running program.
pub(super) struct Pipes {
    shared: Arc<Shared>,
    /// Tells that the standard output, or the standard error, is at its end.
    ends: Receiver<()>,
    num_open: usize,
}

#[derive(Default)]
struct Shared {
    written: Mutex<Vec<u8>>,
    said: Mutex<Vec<u8>>,
    num_lines: AtomicUsize,
    is_flood: AtomicBool,
}

impl Pipes {
    /// Begins to give a program its documents, and to take what it writes, up to `most` bytes.
    pub(super) fn begin(
        child: &mut Child,
        (store, documents): (&Store, &[DocumentId]),
        most: u64,
    ) -> Self {
        let shared = Arc::new(Shared::default());
        let (sender, ends) = channel();
        let mut num_open = 0;
        // Where no thread can be had, the pipe is closed: the program sees that, or is late.
        let mut spawn = |work: Box<dyn FnOnce() + Send>, is_output: bool| {
            let begun = thread::Builder::new().name("extractor".to_owned()).spawn(work);
            num_open += usize::from(is_output && begun.is_ok());
        };
        if let Some(input) = child.stdin.take() {
            let (store, documents) = (store.clone(), documents.to_vec());
            spawn(Box::new(move || give(input, &store, &documents)), false);
        }
        if let Some(output) = child.stdout.take() {
            let (shared, sender) = (Arc::clone(&shared), sender.clone());
            let work = move || {
                take(output, most, &shared);
                // Nobody may be waiting any more.
                sender.send(()).ok();
            };
            spawn(Box::new(work), true);
        }
        if let Some(error) = child.stderr.take() {
            let shared = Arc::clone(&shared);
            let work = move || {
                hear(error, &shared);
                sender.send(()).ok();
            };
            spawn(Box::new(work), true);
        }
        Self { shared, ends, num_open }
    }

    /// Whether the program writes nothing more.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.num_open = self.num_open.saturating_sub(self.ends.try_iter().count());
        self.num_open == 0
    }

    /// Whether it has written more than it may.
    pub(super) fn is_flood(&self) -> bool {
        self.shared.is_flood.load(Ordering::Acquire)
    }

    /// How many lines it has written.
    pub(super) fn num_lines(&self) -> usize {
        self.shared.num_lines.load(Ordering::Relaxed)
    }

    /// What it has written.
    pub(super) fn written(&self) -> Vec<u8> {
        std::mem::take(&mut *self.shared.written.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The last lines of its standard error.
    pub(super) fn said(&self) -> String {
        let said = self.shared.said.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(&said);
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let first = lines.len().saturating_sub(MOST_LINES);
        let last = lines.get(first..).unwrap_or_default().join("\n");
        // Colors and bells of terminals are none of the words.
        last.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
    }
}

/// Writes the documents, a line each, without spans.
fn give(input: impl Write, store: &Store, documents: &[DocumentId]) {
    let Some(writer) = Format::of_id("jsonl").and_then(|format| format.write) else { return };
    let schema = store.schema();
    let mut input = BufWriter::with_capacity(1 << 16, input);
    for id in documents {
        // What cannot be read is told by whoever opens it; the program is not asked about it.
        let Ok(document) = store.document(id) else { continue };
        let (spans, records) = (Vec::new(), Vec::new());
        let mut record = Record { document: (*document).clone(), spans, records };
        if let Ok(meta) = store.meta(id) {
            record.document.given = meta;
        }
        // A program that reads no further may have its reasons.
        if (writer.write)(&record, &schema, &mut input).is_err() {
            return;
        }
    }
    input.flush().ok();
}

fn take(mut output: impl Read, most: u64, shared: &Shared) {
    let mut block = vec![0; 1 << 16];
    while let Ok(len @ 1..) = output.read(&mut block) {
        let block = block.get(..len).unwrap_or_default();
        let mut written = shared.written.lock().unwrap_or_else(PoisonError::into_inner);
        if (written.len() + len) as u64 > most {
            shared.is_flood.store(true, Ordering::Release);
            return;
        }
        written.extend_from_slice(block);
        let lines = block.iter().filter(|byte| **byte == b'\n').count();
        shared.num_lines.fetch_add(lines, Ordering::Relaxed);
    }
}

fn hear(mut error: impl Read, shared: &Shared) {
    let mut block = vec![0; 1 << 12];
    while let Ok(len @ 1..) = error.read(&mut block) {
        let mut said = shared.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.extend_from_slice(block.get(..len).unwrap_or_default());
        let more = said.len().saturating_sub(MOST_KEPT);
        said.drain(..more);
    }
}
