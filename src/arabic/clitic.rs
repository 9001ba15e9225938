//! Clitics: where an Arabic word may be cut, and which part of it a span wants.
//!
//! In front of a word stand, in this order, `و ف`, one of `ب ك ل س`, and the article `ال`; behind it
//! a pronoun. In `لل…` the preposition has swallowed the article's alef: the first ل is cut off
//! and the article is the second.
//!
//! [`stem`] cuts only what is certain: in front of `ال` or of a name that the lexicon knows.
//! [`cuts`] also gives what is merely possible, for a caret that walks, and [`stems`] all of it in
//! the order that repeated clicks want.

use super::fold::{FoldedChar, fold, fold_char};
use super::letter::{Class, class_of};
use super::lexicon::Lexicon;
use super::word::{joined_at, next_word_end, previous_word_start, word_around};
use crate::text::{Offset, TextRange};

/// What a cut separates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CutKind {
    /// A proclitic ends here: `و ف ب ك ل س`.
    Proclitic,
    /// The article ends here.
    Article,
    /// A pronoun begins here.
    Enclitic,
}

/// A place where a word may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Where, from the word's start. Always between two letters.
    pub offset: Offset,
    /// What it separates.
    pub kind: CutKind,
}

/// Where a word may be cut, in order: `و|ب|ال|قاهرة`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts(Vec<Cut>);

impl Cuts {
    /// The cuts, first to last.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Cut> {
        self.0.iter().copied()
    }

    /// Whether the word is whole.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Where `word` may be cut.
///
/// Without a dictionary some of it is a guess: words of the lexicon are never cut, others are
/// where at least three letters remain.
#[must_use]
pub fn cuts(word: &str) -> Cuts {
    let word = Word::new(word, "");
    let mut cuts = Vec::new();
    let mut cut = |word: &Word<'_>, letter, kind| {
        let Some(offset) = word.offset(letter) else { return };
        cuts.push(Cut { offset: Offset::at(offset), kind });
    };
    let mut stem = 0;
    for letter in word.proclitics() {
        cut(&word, letter, CutKind::Proclitic);
        stem = letter;
    }
    let article = word.article(stem);
    if let Some(letter) = article {
        cut(&word, letter, CutKind::Article);
    } else if let Some(letter) = word.pronoun(stem).filter(|_| !word.is_known(stem)) {
        cut(&word, letter, CutKind::Enclitic);
    }
    Cuts(cuts)
}

/// The part of a word that a span wants: without proclitics where what remains begins with `ال`
/// or is a known name, otherwise the whole word.
///
/// Of `لل…` it is what starts at the second ل. `ال` and pronouns stay.
#[must_use]
pub fn stem(text: &str, word: TextRange) -> TextRange {
    let (word_text, behind) = slices(text, word);
    let letters = Word::new(word_text, behind);
    let start = letters.offset(letters.stem()).unwrap_or(0);
    TextRange::of(word.start().to_usize() + start..word.end().to_usize())
}

/// All readings of a word, in the order that repeated clicks want, each once: the stem, the other
/// cuts in front, the whole word, the stem without its article, and the name joined by `_`.
#[must_use]
pub fn stems(text: &str, word: TextRange) -> Vec<TextRange> {
    let (word_text, behind) = slices(text, word);
    let letters = Word::new(word_text, behind);
    let stem = letters.stem();
    let from = |letter| {
        let start = letters.offset(letter).unwrap_or(0);
        TextRange::of(word.start().to_usize() + start..word.end().to_usize())
    };
    let mut readings = vec![from(stem)];
    readings.extend(letters.prefixes().map(from));
    readings.push(word);
    readings.extend(letters.article(stem).map(from));
    readings.push(joined_at(text, word.start()));
    let mut seen = Vec::with_capacity(readings.len());
    for reading in readings {
        if !seen.contains(&reading) {
            seen.push(reading);
        }
    }
    seen
}

/// The next place behind `offset` where a word ends or is cut; the text's end if there is none.
#[must_use]
pub fn next_clitic_end(text: &str, offset: Offset) -> Offset {
    let end = next_word_end(text, offset);
    let cuts = cuts_of_word_before(text, end);
    cuts.into_iter().find(|cut| *cut > offset).unwrap_or(end)
}

/// The place before `offset` where a word starts or is cut; the text's start if there is none.
#[must_use]
pub fn previous_clitic_start(text: &str, offset: Offset) -> Offset {
    let start = previous_word_start(text, offset);
    let end = next_word_end(text, start);
    let cuts = cuts_of_word_before(text, end);
    cuts.into_iter().rfind(|cut| *cut < offset).unwrap_or(start)
}

/// The cuts of the word that ends at `end`, as offsets in the text.
fn cuts_of_word_before(text: &str, end: Offset) -> Vec<Offset> {
    let start = previous_word_start(text, end);
    let Some(word) = word_around(text, start.to_usize()).filter(|word| word.end() == end)
    else {
        return Vec::new();
    };
    let cuts = cuts(text.get(word.to_range()).unwrap_or_default());
    cuts.iter().map(|cut| Offset::at(start.to_usize() + cut.offset.to_usize())).collect()
}

/// A word, and the folded beginning of what stands behind it on its line.
fn slices(text: &str, word: TextRange) -> (&str, &str) {
    /// Enough for the rest of any name.
    const BEHIND: usize = 64;
    let end = word.end().to_usize();
    let behind = text.get(end..text.floor_char_boundary(end + BEHIND)).unwrap_or_default();
    (text.get(word.to_range()).unwrap_or_default(), behind)
}

/// Whether `letters`, folded, may stand in front of a name: conjunction, preposition, or both.
pub(super) fn is_proclitic(letters: &str) -> bool {
    let rest = letters.strip_prefix(['و', 'ف']).unwrap_or(letters);
    matches!(rest, "" | "ب" | "ك" | "ل")
}

/// A letter of a word: where it starts, as written, as folded.
type Letter = (usize, char, char);

/// A word taken apart.
struct Word<'a> {
    letters: Vec<Letter>,
    /// What stands behind it in the text.
    behind: &'a str,
}

impl<'a> Word<'a> {
    fn new(word: &str, behind: &'a str) -> Self {
        let mut letters = Vec::new();
        for (at, c) in word.char_indices() {
            match fold_char(c) {
                FoldedChar::Nothing => {}
                FoldedChar::One(folded) => letters.push((at, c, folded)),
                FoldedChar::Many(many) => letters.extend(many.chars().map(|it| (at, it, it))),
            }
        }
        let is_arabic = letters.first().is_some_and(|(_, c, _)| class_of(*c) == Class::Arabic);
        Self { letters: if is_arabic { letters } else { Vec::new() }, behind }
    }

    /// Where a letter starts; none past the end or inside a ligature.
    fn offset(&self, letter: usize) -> Option<usize> {
        let (offset, ..) = *self.letters.get(letter)?;
        let before = letter.checked_sub(1).and_then(|before| self.letters.get(before));
        before.is_none_or(|(before, ..)| *before != offset).then_some(offset)
    }

    fn folded(&self, letter: usize) -> Option<char> {
        self.letters.get(letter).map(|(_, _, folded)| *folded)
    }

    fn num_letters_from(&self, letter: usize) -> usize {
        self.letters.len().saturating_sub(letter)
    }

    fn rest(&self, letter: usize) -> String {
        self.letters.iter().skip(letter).map(|(_, _, folded)| folded).collect()
    }

    /// The letters after which a proclitic may end in front of a noun, whatever follows.
    fn prefixes(&self) -> impl Iterator<Item = usize> {
        let conjunction = usize::from(matches!(self.folded(0), Some('و' | 'ف')));
        let preposition =
            usize::from(matches!(self.folded(conjunction), Some('ب' | 'ك' | 'ل')));
        (1..=conjunction + preposition).filter(|letter| self.num_letters_from(*letter) >= 3)
    }

    /// Whether nothing is cut from the front of what starts at `letter`: a word of the lexicon,
    /// with or without a pronoun behind it.
    fn is_whole(&self, letter: usize) -> bool {
        if self.is_known(letter) {
            return true;
        }
        let lexicon = Lexicon::get();
        let Some(pronoun) = self.pronoun(letter) else { return false };
        let is_known = |word: &str| lexicon.is_word(word) || lexicon.is_name(word);
        let rest: String = self.rest(letter).chars().take(pronoun - letter).collect();
        // Before a pronoun ة is ت.
        is_known(&rest)
            || rest.strip_suffix('ت').is_some_and(|noun| is_known(&[noun, "ه"].concat()))
    }

    /// Whether what starts at `letter` is a word of the lexicon as it is.
    fn is_known(&self, letter: usize) -> bool {
        let rest = self.rest(letter);
        Lexicon::get().is_word(&rest) || self.is_name(&rest)
    }

    fn is_name(&self, rest: &str) -> bool {
        let lexicon = Lexicon::get();
        lexicon.is_name(rest)
            || !self.behind.is_empty() && lexicon.begins_name(rest, &fold(self.behind))
    }

    /// Whether the article stands at `letter`: where it ends.
    fn article(&self, letter: usize) -> Option<usize> {
        // An alef with hamza is the word's own, as in ألف.
        let alef = self.letters.get(letter).is_some_and(|(_, c, _)| matches!(c, 'ا' | 'ٱ'));
        let lam = self.folded(letter + 1) == Some('ل');
        if alef && lam && self.num_letters_from(letter) >= 4 {
            return Some(letter + 2);
        }
        self.is_swallowed_article(letter).then_some(letter + 1)
    }

    /// Whether `letter` is the second ل of `لل…` and the article, not a name's own.
    fn is_swallowed_article(&self, letter: usize) -> bool {
        self.is_second_lam(letter) && {
            let rest = self.rest(letter);
            !self.is_name(&rest) && !Lexicon::get().is_lam_noun(&rest)
        }
    }

    fn is_second_lam(&self, letter: usize) -> bool {
        let before = letter.checked_sub(1).and_then(|before| self.folded(before));
        before == Some('ل')
            && self.folded(letter) == Some('ل')
            && self.prefixes().any(|prefix| prefix == letter)
    }

    /// The letter that the stem starts with.
    fn stem(&self) -> usize {
        if self.is_whole(0) {
            return 0;
        }
        for letter in self.prefixes() {
            let after_lam = self.folded(letter - 1) == Some('ل');
            let is_article = !after_lam && self.article(letter).is_some();
            if is_article || self.is_second_lam(letter) || self.is_name(&self.rest(letter)) {
                return letter;
            }
            if self.is_whole(letter) {
                return 0;
            }
        }
        0
    }

    /// The letters after which a proclitic ends, as far as can be told.
    fn proclitics(&self) -> Vec<usize> {
        let stem = self.stem();
        if stem > 0 {
            return self.prefixes().filter(|letter| *letter <= stem).collect();
        }
        let mut found = Vec::new();
        if self.is_whole(0) || self.article(0).is_some() {
            return found;
        }
        let mut from = 0;
        for letter in self.prefixes() {
            found.push(letter);
            from = letter;
            if self.is_whole(letter) {
                return found;
            }
        }
        // The future: سيعلن. Only a verb's prefix follows, and a verb behind it.
        let is_future = self.folded(from) == Some('س')
            && matches!(self.folded(from + 1), Some('ي' | 'ت' | 'ن' | 'ا'))
            && self.num_letters_from(from) >= 5;
        if is_future {
            found.push(from + 1);
        }
        found
    }

    /// The letter that a pronoun starts with behind the stem that starts at `stem`.
    fn pronoun(&self, stem: usize) -> Option<usize> {
        const PRONOUNS: [&str; 9] = ["هما", "كما", "ها", "هم", "هن", "كم", "كن", "نا", "ه"];
        // As written: ة folds to ه, and is no pronoun.
        let written: String = self.letters.iter().map(|(_, c, _)| c).collect();
        let ends_with = |pronoun: &str| written.ends_with(pronoun);
        let (num_letters, least) = match PRONOUNS.into_iter().find(|it| ends_with(it)) {
            Some(pronoun) => (pronoun.chars().count(), 3),
            // Behind the ت that ة becomes: مدينتي. Elsewhere ي and ك are the word's own too often.
            None if ends_with("تي") || ends_with("تك") => (1, 4),
            None => return None,
        };
        let at = self.letters.len() - num_letters;
        // So short a word with alef at its end is rather one without a pronoun: أماكن.
        let is_stump = at == stem + 3 && self.folded(at - 1) == Some('ا');
        (at >= stem + least && !is_stump).then_some(at)
    }
}

#[cfg(test)]
mod tests;
