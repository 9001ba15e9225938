//! Every other place where a span's words stand, whatever the spelling and the clitics.
//!
//! Text is compared folded. A hit begins where a word begins or behind its proclitics, and ends
//! with a word: `فاس` is in `وبفاس` and `#أمن_فاس`, not in `فاسد`; `12` is not in `1,200`.
//! `الشرطة` is also the `لشرطة` of `للشرطة`. Between words any spaces may stand, or `_`, but no line
//! break.

use super::clitic::is_proclitic;
use super::fold::{Folded, FoldedOffset, fold, fold_span};
use super::letter::is_alef;
use super::lexicon::Lexicon;
use super::word::word_around;
use crate::text::{Offset, TextRange};

/// The words of a span, made ready to be found in any text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    /// What is searched for: the first word, without the alef of its article.
    core: String,
    /// The other words.
    tail: Vec<String>,
    /// Whether the first word begins with the article.
    is_definite: bool,
    edges: Edges,
}

/// At which ends a needle is whole words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edges {
    start: bool,
    end: bool,
}

impl Needle {
    /// The words of a span in its text; none if nothing can be compared in it.
    ///
    /// Where the span cuts through a word, so may its hits.
    #[must_use]
    pub fn new(text: &str, range: TextRange) -> Option<Self> {
        let start = range.start().to_usize();
        let edges = Edges {
            start: word_around(text, start)
                .is_none_or(|word| is_proclitic(&before(text, word, start))),
            end: ends_word(text, range.end()),
        };
        Self::of_folded(&fold_span(text, range), edges)
    }

    /// Whole words, as somebody types them; none if nothing can be compared in them.
    #[must_use]
    pub fn of_words(words: &str) -> Option<Self> {
        Self::of_folded(&fold(words), Edges { start: true, end: true })
    }

    fn of_folded(folded: &str, edges: Edges) -> Option<Self> {
        let mut words = folded.split([' ', '_']).filter(|word| !word.is_empty());
        let first = words.next()?;
        let core = first
            .strip_prefix('ا')
            .filter(|rest| edges.start && rest.starts_with('ل') && rest.chars().count() > 2);
        Some(Self {
            is_definite: core.is_some(),
            core: core.unwrap_or(first).to_owned(),
            tail: words.map(str::to_owned).collect(),
            edges,
        })
    }

    /// All places in `text`, in order, none overlapping another.
    #[must_use]
    pub fn find_in(&self, text: &str) -> Vec<TextRange> {
        // Most texts do not have it, and the way back costs more than the way.
        if self.may_be_in(&fold(text)) {
            self.find_in_folded(text, &Folded::new(text))
        } else {
            Vec::new()
        }
    }

    /// Whether a folded text may have it. If not, no look at the text itself is needed.
    #[must_use]
    pub fn may_be_in(&self, folded: &str) -> bool {
        folded.contains(self.short_core()) && self.tail.iter().all(|word| folded.contains(word))
    }

    /// All places in `text`, of which `folded` was made.
    #[must_use]
    pub fn find_in_folded(&self, text: &str, folded: &Folded) -> Vec<TextRange> {
        let core = self.short_core();
        let mut found: Vec<TextRange> = Vec::new();
        let mut from = 0;
        while let Some(at) = folded.text().get(from..).and_then(|rest| rest.find(core)) {
            let at = from + at;
            from = at + core.chars().next().map_or(1, char::len_utf8);
            let Some(hit) = self.hit(text, folded, at) else { continue };
            if found.last().is_none_or(|last| !last.overlaps(hit)) {
                found.push(hit);
            }
        }
        found
    }

    /// What every spelling of the first word has: `جنه` for `اللجنه`, of which `للجنة` writes one
    /// ل, not two.
    fn short_core(&self) -> &str {
        if self.is_definite {
            self.core.strip_prefix("ل").unwrap_or(&self.core)
        } else {
            &self.core
        }
    }

    /// The place whose first word has its core at `at` in the folded text.
    fn hit(&self, text: &str, folded: &Folded, at: usize) -> Option<TextRange> {
        let start = if self.is_definite { self.article_before(folded.text(), at)? } else { at };
        let mut end = at + self.short_core().len();
        for word in &self.tail {
            let rest = folded.text().get(end..)?;
            let next = rest.strip_prefix([' ', '_'])?.strip_prefix(word.as_str())?;
            end += rest.len() - next.len();
        }
        let range = folded.origin(FoldedOffset::at(start)..FoldedOffset::at(end));
        (self.starts_well(text, range) && self.ends_well(text, range)).then_some(range)
    }

    /// Where the article starts in front of `at`: at its alef, or at the second ل of `لل…`.
    fn article_before(&self, folded: &str, at: usize) -> Option<usize> {
        let (alef, lam) = ('ا'.len_utf8(), 'ل'.len_utf8());
        let before = folded.get(..at)?;
        if before.ends_with("ال") {
            return Some(at - lam - alef);
        }
        if before.ends_with("لل") {
            return Some(at - lam);
        }
        // للجنة: the noun's own ل is left of three.
        (before.ends_with('ل') && self.short_core().starts_with('ل')).then_some(at)
    }

    fn starts_well(&self, text: &str, range: TextRange) -> bool {
        let start = range.start().to_usize();
        let Some(word) = word_around(text, start).filter(|_| self.edges.start) else {
            return true;
        };
        let before = before(text, word, start);
        if before.is_empty() {
            return true;
        }
        // A name that only looks cut is another name: وجدة is no جدة.
        let whole = fold(text.get(word.to_range()).unwrap_or_default());
        let lexicon = Lexicon::get();
        let is_whole = lexicon.is_name(&whole) || lexicon.is_word(&whole);
        let has_alef =
            text.get(start..).and_then(|rest| rest.chars().next()).is_some_and(is_alef);
        // The preposition swallows the article's alef, and nothing else does.
        let fits = !self.is_definite || before.ends_with('ل') != has_alef;
        !is_whole && fits && is_proclitic(&before)
    }

    fn ends_well(&self, text: &str, range: TextRange) -> bool {
        !self.edges.end || ends_word(text, range.end())
    }
}

/// Whether no letter of the same word stands behind `end`.
fn ends_word(text: &str, end: Offset) -> bool {
    let Some(word) = word_around(text, end.to_usize()).filter(|word| word.start() < end) else {
        return true;
    };
    let rest = text.get(end.to_usize()..word.end().to_usize());
    rest.is_none_or(|rest| fold(rest).is_empty())
}

/// The letters of a word before `start`, folded.
fn before(text: &str, word: TextRange, start: usize) -> String {
    let letters = TextRange::between(word.start(), Offset::at(start));
    fold(text.get(letters.to_range()).unwrap_or_default())
}

/// Every other place in `text` where the words of `range` stand.
#[must_use]
pub fn occurrences(text: &str, range: TextRange) -> Vec<TextRange> {
    let mut found =
        Needle::new(text, range).map_or_else(Vec::new, |needle| needle.find_in(text));
    found.retain(|other| !other.overlaps(range));
    found
}

#[cfg(test)]
mod tests;
