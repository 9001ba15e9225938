//! What was marked or rejected once, remembered by its letters: the same words elsewhere are
//! suggested, or not suggested any more.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Meaning;
use super::{Learned, Reading};
use crate::model::{DocumentId, LabelId};

/// How often words have to be rejected before they are silent.
const REJECTED: usize = 2;

/// What became of words in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trace {
    /// They were marked with a label, and mean this.
    Marked(LabelId, Meaning),
    /// A suggestion of that label by that source and rule was rejected.
    Rejected(LabelId, Rule),
    /// It was accepted.
    Accepted(LabelId, Rule),
}

/// A source and its rule.
pub type Rule = (String, String);

/// What was marked and rejected, document by document.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    documents: BTreeMap<DocumentId, Vec<(String, Trace)>>,
    words: BTreeMap<String, Words>,
    /// By its first piece, all that is remembered.
    begins: BTreeMap<String, BTreeSet<String>>,
}

/// What became of the same words, with how often.
#[derive(Clone, Debug, Default)]
struct Words {
    marked: BTreeMap<LabelId, BTreeMap<Meaning, usize>>,
    /// Rejected and accepted.
    decided: BTreeMap<(LabelId, Rule), (usize, usize)>,
}

impl Words {
    fn is_empty(&self) -> bool {
        self.marked.is_empty() && self.decided.is_empty()
    }

    fn add(&mut self, trace: &Trace) {
        match trace {
            Trace::Marked(label, meaning) => {
                let of = self.marked.entry(label.clone()).or_default();
                *of.entry(meaning.clone()).or_default() += 1;
            }
            Trace::Rejected(label, rule) => {
                self.decided.entry((label.clone(), rule.clone())).or_default().0 += 1;
            }
            Trace::Accepted(label, rule) => {
                self.decided.entry((label.clone(), rule.clone())).or_default().1 += 1;
            }
        }
    }

    fn take_away(&mut self, trace: &Trace) {
        match trace {
            Trace::Marked(label, meaning) => {
                let Some(of) = self.marked.get_mut(label) else { return };
                if let Some(count) = of.get_mut(meaning) {
                    *count = count.saturating_sub(1);
                }
                of.retain(|_, count| *count > 0);
            }
            Trace::Rejected(label, rule) | Trace::Accepted(label, rule) => {
                let key = (label.clone(), rule.clone());
                let Some((rejected, accepted)) = self.decided.get_mut(&key) else { return };
                let is_rejected = matches!(trace, Trace::Rejected(..));
                let count = if is_rejected { rejected } else { accepted };
                *count = count.saturating_sub(1);
            }
        }
        self.marked.retain(|_, of| !of.is_empty());
        self.decided.retain(|_, counts| *counts != (0, 0));
    }

    /// The only label that they ever had, how often, and what they always meant.
    fn suggests(&self) -> Option<(&LabelId, usize, Option<&Meaning>)> {
        let (label, meanings) = self.marked.iter().next().filter(|_| self.marked.len() == 1)?;
        let count = meanings.values().sum();
        let always = meanings.keys().next().filter(|_| meanings.len() == 1 && count > 1);
        Some((label, count, always))
    }
}

impl Memory {
    /// Takes what became of words in a document, in place of what was known of it.
    pub fn put(&mut self, document: &DocumentId, traces: Vec<(String, Trace)>) {
        for (letters, trace) in self.documents.remove(document).unwrap_or_default() {
            let Some(words) = self.words.get_mut(&letters) else { continue };
            words.take_away(&trace);
            if words.is_empty() {
                self.words.remove(&letters);
                let first = first(&letters).to_owned();
                if let Some(all) = self.begins.get_mut(&first) {
                    all.remove(&letters);
                }
            }
        }
        for (letters, trace) in &traces {
            self.words.entry(letters.clone()).or_default().add(trace);
            let begins = self.begins.entry(first(letters).to_owned()).or_default();
            begins.insert(letters.clone());
        }
        if !traces.is_empty() {
            self.documents.insert(document.clone(), traces);
        }
    }

    /// Whether nothing is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Words of a text that were marked elsewhere with one label and never with another, the
    /// longest of those that share letters.
    #[must_use]
    pub fn find(&self, reading: &Reading) -> Vec<Learned> {
        let mut found: Vec<Learned> = Vec::new();
        for at in 0..reading.pieces.len() {
            let end = found.last().map_or(0, |last| last.range.end().to_usize());
            let piece = reading.pieces.get(at);
            let Some(begins) = piece
                .filter(|piece| piece.range.start().to_usize() >= end)
                .and_then(|piece| self.begins.get(piece.form()))
            else {
                continue;
            };
            let matching = begins.iter().filter_map(|letters| {
                let pieces = at..at + letters.split(' ').count();
                let is_there = pieces.end <= reading.pieces.len()
                    && letters.split(' ').zip(pieces.clone()).all(|(form, at)| {
                        reading.pieces.get(at).is_some_and(|it| it.form() == form)
                    });
                is_there.then_some((pieces, letters))
            });
            let longest = matching
                .filter_map(|(pieces, letters)| {
                    Some((pieces, self.words.get(letters)?.suggests()?))
                })
                .max_by_key(|(pieces, _)| pieces.end);
            let Some((pieces, (label, count, meaning))) = longest else { continue };
            let Some(range) = reading.range(pieces) else { continue };
            let (value, attributes) = meaning.cloned().unwrap_or_default();
            let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
            // Once is as good as not; each time more makes it surer (Laplace).
            let score = count / (count + 1.0);
            found.push(Learned { label: label.clone(), range, value, attributes, score });
        }
        found
    }

    /// Whether a suggestion of these words is silent: rejected at least twice, and never accepted.
    #[must_use]
    pub fn is_silent(&self, letters: &str, label: &LabelId, rule: &Rule) -> bool {
        let Some(words) = self.words.get(letters) else { return false };
        let counts = words.decided.get(&(label.clone(), rule.clone()));
        counts.is_some_and(|(rejected, accepted)| *rejected >= REJECTED && *accepted == 0)
    }
}

fn first(letters: &str) -> &str {
    letters.split(' ').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Extractor;
    use crate::text::TextRange;

    fn reading(text: &str) -> Reading {
        Reading::of_words(&mut Extractor::default(), text, None)
    }

    fn letters(words: &str) -> String {
        reading(words).letters_of(TextRange::of(0..words.len())).unwrap()
    }

    fn marked(words: &str, label: &str) -> (String, Trace) {
        let meaning = (Some(words.to_owned()), Vec::new());
        (letters(words), Trace::Marked(label.into(), meaning))
    }

    /// What is suggested in `text`, with how sure that is.
    fn found(memory: &Memory, text: &str) -> Vec<(String, f64)> {
        let found = memory.find(&reading(text)).into_iter();
        let words = |it: &Learned| text[it.range.to_range()].to_owned();
        found.map(|it| (words(&it), (it.score * 100.0).round())).collect()
    }

    #[test]
    fn what_was_marked_is_suggested_elsewhere_behind_proclitics_and_the_longest_of_it() {
        let mut memory = Memory::default();
        memory.put(&"a".into(), vec![marked("أولاد تايمة", "CITY"), marked("أولاد", "CITY")]);
        let text = "وصل إلى أولاد تايمة، وقال أولاد الحي: بأولاد تايمة سوق";
        let one = |words: &str| (words.to_owned(), 50.0);
        assert_eq!(found(&memory, text), ["أولاد تايمة", "أولاد", "أولاد تايمة"].map(one));
        memory.put(&"b".into(), vec![marked("اولاد تايمة", "CITY")]);
        assert_eq!(found(&memory, text)[0].1, 67.0);
        // Another label for the same words: nothing is clear any more.
        memory.put(&"c".into(), vec![marked("أولاد تايمة", "AGENCY")]);
        assert_eq!(found(&memory, "أولاد تايمة"), [one("أولاد")]);
        // What was taken back is forgotten.
        for id in ["a", "b", "c"] {
            memory.put(&id.into(), Vec::new());
        }
        assert!(memory.is_empty() && found(&memory, text).is_empty());
    }

    #[test]
    fn a_value_is_remembered_where_it_was_always_the_same() {
        let mut memory = Memory::default();
        let value = |memory: &Memory| memory.find(&reading("يوم الثلاثاء"))[0].value.clone();
        let day = |value: &str| {
            let meaning = (Some(value.to_owned()), Vec::new());
            (letters("الثلاثاء"), Trace::Marked("DATE".into(), meaning))
        };
        memory.put(&"a".into(), vec![day("2024-03-12")]);
        assert_eq!(value(&memory), None, "once is nothing to go by");
        memory.put(&"b".into(), vec![day("2024-03-12")]);
        assert_eq!(value(&memory).as_deref(), Some("2024-03-12"));
        memory.put(&"c".into(), vec![day("2024-03-19")]);
        assert_eq!(value(&memory), None);
    }

    #[test]
    fn what_was_rejected_twice_and_never_accepted_is_silent() {
        let mut memory = Memory::default();
        let rule = || ("rules".to_owned(), "city.name".to_owned());
        let (label, words) = (LabelId::new("CITY"), letters("العيون"));
        let is_silent = |memory: &Memory| memory.is_silent(&words, &label, &rule());
        let rejected = (words.clone(), Trace::Rejected(label.clone(), rule()));
        memory.put(&"a".into(), vec![rejected.clone()]);
        assert!(!is_silent(&memory));
        memory.put(&"b".into(), vec![rejected]);
        assert!(is_silent(&memory));
        assert!(!memory.is_silent(&words, &"AGENCY".into(), &rule()));
        memory.put(&"c".into(), vec![(words.clone(), Trace::Accepted(label.clone(), rule()))]);
        assert!(!is_silent(&memory));
    }

    #[test]
    fn numbers_alone_and_stumps_are_not_remembered() {
        for text in ["12", "3.500", "ثلاثة", "أب", "، "] {
            assert_eq!(reading(text).letters_of(TextRange::of(0..text.trim_end().len())), None);
        }
        for text in ["12 شخصا", "فاس", "BBC"] {
            assert!(reading(text).letters_of(TextRange::of(0..text.len())).is_some());
        }
    }
}
