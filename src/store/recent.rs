//! What a project with ten thousand open files must find at once: which of them was used for
//! longest not, and the text of a document.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::record::FileKey;
use crate::model::{Document, DocumentId};

/// Open files in the order in which they were used last.
#[derive(Default)]
pub(super) struct Recent {
    /// How often a file was used.
    clock: u64,
    by_time: BTreeMap<u64, FileKey>,
    times: BTreeMap<FileKey, u64>,
}

impl Recent {
    /// Says that a file was used just now.
    pub(super) fn touch(&mut self, key: &FileKey) {
        self.clock += 1;
        if let Some(before) = self.times.insert(key.clone(), self.clock) {
            self.by_time.remove(&before);
        }
        self.by_time.insert(self.clock, key.clone());
    }

    /// Forgets a file, if it is known.
    pub(super) fn forget(&mut self, key: &FileKey) {
        if let Some(time) = self.times.remove(key) {
            self.by_time.remove(&time);
        }
    }

    /// The file that was used for longest not, where there are more than `most`.
    pub(super) fn oldest_of_more_than(&self, most: usize) -> Option<FileKey> {
        if self.times.len() <= most {
            return None;
        }
        self.by_time.values().next().cloned()
    }
}

/// The documents of open sets.
#[derive(Default)]
pub(super) struct OpenTexts {
    /// Each with the number of sets that hold it.
    texts: BTreeMap<DocumentId, (Arc<Document>, usize)>,
}

impl OpenTexts {
    /// Says that a set holds a document.
    pub(super) fn hold(&mut self, document: &Arc<Document>) {
        let held = self.texts.entry(document.id().clone());
        held.or_insert_with(|| (document.clone(), 0)).1 += 1;
    }

    /// Says that a set holds it no longer.
    pub(super) fn release(&mut self, id: &DocumentId) {
        let Some((_, count)) = self.texts.get_mut(id) else { return };
        *count -= 1;
        if *count == 0 {
            self.texts.remove(id);
        }
    }

    /// A document, where a set holds it.
    pub(super) fn get(&self, id: &DocumentId) -> Option<Arc<Document>> {
        self.texts.get(id).map(|(document, _)| document.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: &str) -> FileKey {
        FileKey::Meta(id.into())
    }

    #[test]
    fn the_file_that_was_used_for_longest_not_goes_first() {
        let mut recent = Recent::default();
        for id in ["a", "b", "c", "a", "d"] {
            recent.touch(&key(id));
        }
        recent.forget(&key("d"));
        recent.forget(&key("nobody"));
        let mut order = Vec::new();
        while let Some(oldest) = recent.oldest_of_more_than(1) {
            recent.forget(&oldest);
            order.push(oldest);
        }
        assert_eq!(order, [key("b"), key("c")]);
        assert_eq!(recent.oldest_of_more_than(0), Some(key("a")));
    }

    #[test]
    fn a_text_stays_until_the_last_set_lets_it_go() {
        let mut texts = OpenTexts::default();
        let document = Arc::new(Document::new("a".into(), "فاس"));
        texts.hold(&document);
        texts.hold(&document);
        texts.release(document.id());
        assert!(texts.get(document.id()).is_some());
        texts.release(document.id());
        assert!(texts.get(document.id()).is_none());
        texts.release(document.id());
    }
}
