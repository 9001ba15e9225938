//! Passes over the texts of many documents: blocks of a file at a time, in order, from any
//! number of threads.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::disk::Disk;
use super::record::{FileKey, SpanLine};
use super::{Documents, Error, Store, disk, record};
use crate::model::{AnnotationSet, Document, SetKey};

/// How much of a file is read at a time, in bytes; a longer line is read by itself.
const BLOCK: u64 = 1 << 20;

/// How much is read first, so that what begins is seen at once.
const FIRST: u64 = 1 << 16;

/// The texts of some documents of a project as they were at one moment, in blocks.
///
/// Texts are not checked against their digests.
#[derive(Clone)]
pub struct Texts {
    disk: Arc<dyn Disk>,
    documents: Documents,
    /// Where each shard is.
    shards: Vec<PathBuf>,
    /// The documents, as places in the list, in order.
    places: Vec<u32>,
    blocks: Vec<Block>,
}

/// Documents whose lines stand together in one file.
#[derive(Clone, Debug)]
struct Block {
    shard: usize,
    /// Which of the places.
    places: Range<usize>,
    offset: u64,
    len: u64,
}

impl Store {
    /// The texts of the documents at those places in the list, which must be in order.
    #[must_use]
    pub fn texts(&self, documents: &Documents, places: Vec<u32>) -> Texts {
        let state = self.inner.state();
        let root = &self.inner.layout.root;
        let shards = state.shards.iter().map(|shard| root.join(&shard.path)).collect();
        drop(state);
        let mut blocks: Vec<Block> = Vec::new();
        for (at, place) in places.iter().enumerate() {
            let Some(entry) = documents.get(*place as usize) else { continue };
            let here = &entry.location;
            let end = here.offset + here.len as u64;
            let most = if blocks.len() <= 1 { FIRST } else { BLOCK };
            match blocks.last_mut() {
                Some(block)
                    if block.shard == here.shard
                        && block.offset <= here.offset
                        && end - block.offset <= most =>
                {
                    block.places.end = at + 1;
                    block.len = end - block.offset;
                }
                _ => blocks.push(Block {
                    shard: here.shard,
                    places: at..at + 1,
                    offset: here.offset,
                    len: here.len as u64,
                }),
            }
        }
        Texts {
            disk: Arc::clone(&self.inner.disk),
            documents: documents.clone(),
            shards,
            places,
            blocks,
        }
    }

    /// Calls `each` with what each span of a set says, saved or not, without where it stands.
    ///
    /// Quicker than [`set`](Self::set), and for passes over many sets: the file is not kept.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn each_span(
        &self,
        key: &SetKey,
        each: &mut dyn FnMut(&SpanLine<'_>),
    ) -> Result<(), Error> {
        let file = FileKey::Set(key.clone());
        let is_file_all = {
            let state = self.inner.state();
            !state.open.contains_key(&file) && !state.pending.contains_key(&file)
        };
        if is_file_all {
            let path = self.inner.path_of(&file);
            let bytes = disk::read_if_there(&*self.inner.disk, &path)
                .map_err(|error| Error::io(&path, error))?;
            record::read_span_lines(&bytes.unwrap_or_default(), each);
            return Ok(());
        }
        let (set, _) = self.set(key)?;
        lines_of(&*self.document(&key.document)?, &set, each);
        Ok(())
    }
}

fn lines_of(document: &Document, set: &AnnotationSet, each: &mut dyn FnMut(&SpanLine<'_>)) {
    for span in set.spans() {
        each(&SpanLine::of(span, document.slice(span.range)));
    }
}

impl Texts {
    /// How many blocks there are. They are in the documents' order.
    #[must_use]
    pub fn num_blocks(&self) -> usize {
        self.blocks.len()
    }

    /// Reads a block and calls `each` with the place in the list and the text of each of its
    /// documents, in order, until it says no. A text is given as the bytes of its UTF-8.
    ///
    /// What cannot be read is passed over: whoever opens the document is told why.
    pub fn read(&self, number: usize, each: &mut dyn FnMut(usize, &[u8]) -> bool) {
        let Some(block) = self.blocks.get(number) else { return };
        let Some(path) = self.shards.get(block.shard) else { return };
        let Ok(len) = usize::try_from(block.len) else { return };
        let Ok(bytes) = self.disk.read_range(path, block.offset, len) else { return };
        let mut text = Vec::new();
        for place in self.places.get(block.places.clone()).unwrap_or_default() {
            let place = *place as usize;
            let Some(entry) = self.documents.get(place) else { continue };
            let start =
                usize::try_from(entry.location.offset - block.offset).unwrap_or(usize::MAX);
            let end = start.saturating_add(entry.location.len);
            let Some(line) = bytes.get(start..end) else { continue };
            if record::read_text(line, &mut text) && !each(place, &text) {
                return;
            }
        }
    }
}
