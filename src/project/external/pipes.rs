//! What goes into a program and comes out of it, each in a thread of its own: so that no pipe is
//! full while the program waits for another.

use std::io::{self, BufWriter, Read, Write};
use std::process::Child;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
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
}

#[derive(Default)]
struct Shared {
    written: Mutex<Vec<u8>>,
    said: Mutex<Vec<u8>>,
    num_lines: AtomicUsize,
    is_flood: AtomicBool,
    /// Whether the standard output was read to its end: it is whole, unless it is a flood.
    is_whole: AtomicBool,
    /// Whether the standard error is at its end.
    is_heard: AtomicBool,
}

impl Pipes {
    /// Begins to give a program its documents, and to take what it writes, up to `most` bytes.
    pub(super) fn begin(
        child: &mut Child,
        (store, documents): (&Store, &[DocumentId]),
        most: u64,
    ) -> Self {
        let shared = Arc::new(Shared::default());
        // Where no thread can be had, the pipe is closed, and is never seen at its end.
        let spawn = |work: Box<dyn FnOnce() + Send>| {
            thread::Builder::new().name("extractor".to_owned()).spawn(work).ok();
        };
        if let Some(input) = child.stdin.take() {
            let (store, documents) = (store.clone(), documents.to_vec());
            spawn(Box::new(move || give(input, &store, &documents)));
        }
        if let Some(output) = child.stdout.take() {
            let shared = Arc::clone(&shared);
            spawn(Box::new(move || take(output, most, &shared)));
        }
        if let Some(error) = child.stderr.take() {
            let shared = Arc::clone(&shared);
            spawn(Box::new(move || hear(error, &shared)));
        }
        Self { shared }
    }

    /// Whether all that was written to the standard output is there.
    pub(super) fn is_whole(&self) -> bool {
        self.shared.is_whole.load(Ordering::Acquire)
    }

    /// Whether the standard error is at its end.
    pub(super) fn is_heard(&self) -> bool {
        self.shared.is_heard.load(Ordering::Acquire)
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
    // What breaks off with an error is not whole.
    while let Ok(len) = read(&mut output, &mut block) {
        if len == 0 {
            shared.is_whole.store(true, Ordering::Release);
            return;
        }
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
    while let Ok(len @ 1..) = read(&mut error, &mut block) {
        let mut said = shared.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.extend_from_slice(block.get(..len).unwrap_or_default());
        let more = said.len().saturating_sub(MOST_KEPT);
        said.drain(..more);
    }
    shared.is_heard.store(true, Ordering::Release);
}

/// Reads what is there, also where a signal comes between.
fn read(from: &mut impl Read, block: &mut [u8]) -> io::Result<usize> {
    loop {
        match from.read(block) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}
