//! Text made comparable, with the way back to its offsets.
//!
//! Two spellings that a reader takes for one word fold to the same text:
//!
//! - Vowel marks, Quranic signs, tatweel, direction marks and joiners are dropped.
//! - `أ إ آ ٱ` are `ا`; `ى ئ` are `ي`; `ة` is `ه`; `ؤ` is `و`. A hamza on a carrier goes and the
//!   carrier stays, as a hasty writer writes; `ء` on the line stays.
//! - Persian and Urdu letters are the Arabic letters that papers write for them: `ک گ ڭ` are `ك`,
//!   `پ` is `ب`, `چ` is `ج`, `ژ` is `ز`, `ڤ` is `ف`, `ڨ` is `ق`.
//! - Presentation forms are their letters, `ﻻ` two of them.
//! - Composed and decomposed spellings are the same, since marks are dropped from both.
//! - Digits of three systems are Western digits; Arabic commas, stops and signs are those of ASCII,
//!   the decimal separator `٫` a point; curved and angled quotation marks are straight, dashes are
//!   hyphens. `…` stays.
//! - Latin, Greek and Cyrillic letters are small and without accents.
//! - Spaces of any kind and number are one space, line breaks of any kind and number one `\n`.
//!
//! Folding is idempotent. An article in the article's place (`ال`) stays, see [`fold_span`].

mod map;
mod span;
mod table;

use std::ops::Range;

use self::map::{ASK, DROP, EXTEND, Entry, MANY, MAP, Map, SPACE};
use crate::arabic::letter::is_arabic_letter;
use crate::text::{Offset, TextRange, is_boundary, previous_boundary};

pub use self::map::{FoldedChar, fold_char};
pub use self::span::fold_span;

/// A position in a folded text, in UTF-8 bytes from its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FoldedOffset(u32);

impl FoldedOffset {
    /// The position after `bytes` of a folded text.
    ///
    /// # Panics
    ///
    /// If `bytes` is past 4 GiB, which no folded text is.
    #[must_use]
    pub fn at(bytes: usize) -> Self {
        Self(to_u32(bytes))
    }

    /// The position in bytes, as slices want it.
    #[must_use]
    pub fn to_usize(self) -> usize {
        self.0 as usize
    }
}

fn to_u32(bytes: usize) -> u32 {
    let Ok(bytes) = u32::try_from(bytes) else {
        unreachable!("a text is at most 4 GiB long, and folded it is shorter")
    };
    bytes
}

/// A folded text that knows where each of its letters comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    runs: Vec<Run>,
    /// The length of the text that was folded.
    end: u32,
}

/// A stretch of folded text and the stretch that it comes from.
///
/// Runs are in order of both, none is empty in either, and there are as many as the text has
/// letters that change their length: few in plain Arabic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// Where it starts in the folded text. It ends where the next one starts.
    folded: u32,
    /// Where it starts in the text.
    origin: u32,
    /// Its length in the text.
    len: u32,
    /// Whether byte stands for byte, every character a letter by itself. If not, the run is one
    /// letter and cannot be divided.
    linear: bool,
}

impl Folded {
    /// Folds `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folding = Folding {
            source: text,
            out: Self {
                text: String::with_capacity(text.len()),
                runs: Vec::new(),
                end: to_u32(text.len()),
            },
        };
        folding.run(&MAP);
        folding.out
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The stretch of the text that a stretch of the folded text comes from.
    ///
    /// Always whole letters, with the marks and the tatweel that belong to them, and without
    /// dropped characters in front or behind. Of a letter that folds to several, any part comes
    /// from all of it. An empty range comes from the empty range in front of its letter.
    #[must_use]
    pub fn origin(&self, range: Range<FoldedOffset>) -> TextRange {
        let start = self.text.floor_char_boundary(range.start.to_usize());
        let end = self.text.ceil_char_boundary(range.end.to_usize());
        let from = self.origin_of_start(to_u32(start));
        if end <= start {
            return TextRange::empty(from);
        }
        TextRange::between(from, self.origin_of_end(to_u32(end)))
    }

    /// The stretch of the folded text that comes from a stretch of the text.
    ///
    /// Letters that `range` holds only in part are in it as a whole.
    #[must_use]
    pub fn folded(&self, range: TextRange) -> Range<FoldedOffset> {
        let start = self.first_after(range.start());
        if range.is_empty() {
            return start..start;
        }
        let end = self.first_from(range.end());
        start..end.max(start)
    }

    fn num_folded(&self, number: usize) -> u32 {
        let next = self.runs.get(number + 1).map_or(to_u32(self.text.len()), |run| run.folded);
        self.runs.get(number).map_or(0, |run| next - run.folded)
    }

    fn origin_of_start(&self, at: u32) -> Offset {
        let number = self.runs.partition_point(|run| run.folded <= at).saturating_sub(1);
        let Some(run) = self.runs.get(number).filter(|_| (at as usize) < self.text.len())
        else {
            // Behind the last letter and its marks, or behind a text of nothing but marks.
            let end = self.runs.last().map_or(self.end, |run| run.origin + run.len);
            return Offset::at(end as usize);
        };
        let within = if run.linear { at - run.folded } else { 0 };
        Offset::at((run.origin + within) as usize)
    }

    fn origin_of_end(&self, at: u32) -> Offset {
        let number = self.runs.partition_point(|run| run.folded < at).saturating_sub(1);
        let Some(run) = self.runs.get(number) else { return Offset::ZERO };
        let within = if run.linear { at - run.folded } else { run.len };
        Offset::at((run.origin + within) as usize)
    }

    /// Where the first letter starts that ends behind `offset`.
    fn first_after(&self, offset: Offset) -> FoldedOffset {
        let at = to_u32(offset.to_usize());
        let number = self.runs.partition_point(|run| run.origin + run.len <= at);
        let Some(run) = self.runs.get(number) else { return FoldedOffset::at(self.text.len()) };
        let within = if run.linear { at.saturating_sub(run.origin) } else { 0 };
        let start = self.text.floor_char_boundary((run.folded + within) as usize);
        FoldedOffset::at(start)
    }

    /// Where the first letter starts that does not start before `offset`.
    fn first_from(&self, offset: Offset) -> FoldedOffset {
        let at = to_u32(offset.to_usize());
        let Some(number) = self.runs.partition_point(|run| run.origin < at).checked_sub(1)
        else {
            return FoldedOffset::default();
        };
        let Some(run) = self.runs.get(number) else { return FoldedOffset::default() };
        let all = self.num_folded(number);
        let within = if run.linear { (at - run.origin).min(all) } else { all };
        FoldedOffset::at(self.text.ceil_char_boundary((run.folded + within) as usize))
    }
}

/// A text half folded.
struct Folding<'a> {
    source: &'a str,
    out: Folded,
}

impl Folding<'_> {
    fn run(&mut self, map: &Map) {
        let source = self.source;
        let mut ask = false;
        // Where a stretch starts, in the text and folded, in which byte stands for byte.
        let mut stretch: Option<(usize, usize)> = None;
        for (at, c) in source.char_indices() {
            let entry = map.entry(c);
            let len = c.len_utf8();
            if !ask
                && let Some(folded) = entry.letter()
                && folded.len_utf8() == len
                && !(entry.is(SPACE) && self.out.text.ends_with(folded))
            {
                stretch.get_or_insert((at, self.out.text.len()));
                self.out.text.push(folded);
                continue;
            }
            self.take_stretch(stretch.take(), at);
            ask |= entry.is(ASK);
            let joined = ask && !is_boundary(source, Offset::at(at));
            self.push(map, entry, at..at + len, joined);
            ask = entry.is(ASK);
        }
        self.take_stretch(stretch, source.len());
    }

    /// Remembers where a stretch comes from that ends at `end`.
    fn take_stretch(&mut self, stretch: Option<(usize, usize)>, end: usize) {
        let Some((at, folded)) = stretch else { return };
        match self.out.runs.last_mut() {
            Some(run) if run.linear && run.origin + run.len == to_u32(at) => {
                run.len += to_u32(end - at);
            }
            _ => self.begin(folded, at, end - at, true),
        }
    }

    fn begin(&mut self, folded: usize, at: usize, len: usize, linear: bool) {
        let run = Run { folded: to_u32(folded), origin: to_u32(at), len: to_u32(len), linear };
        self.out.runs.push(run);
    }

    /// Takes any other character; `joined` if it continues the letter in front of it.
    fn push(&mut self, map: &Map, entry: Entry, at: Range<usize>, joined: bool) {
        let folded_len = self.out.text.len();
        let touches =
            self.out.runs.last().is_some_and(|run| run.origin + run.len == to_u32(at.start));
        if entry.is(DROP) {
            if touches && (joined || entry.is(EXTEND) && self.is_lengthened_by(at.start)) {
                self.extend(at.end);
            }
            return;
        }
        if entry.is(SPACE)
            && let Some(space) = entry.char()
            && self.out.text.ends_with(space)
        {
            self.extend(at.end);
            return;
        }
        if joined && touches {
            self.extend(at.end);
        } else {
            // Whether a mark that the table does not know follows is seen when it comes.
            let same =
                !entry.is(MANY) && entry.char().is_some_and(|c| c.len_utf8() == at.len());
            let from = Offset::at(at.start);
            let from = if joined { previous_boundary(self.source, from) } else { from };
            let from = from.to_usize();
            self.begin(folded_len, from, at.end - from, same && !joined);
        }
        if entry.is(MANY) {
            self.out.text.push_str(map.many(entry));
        } else if let Some(c) = entry.char() {
            self.out.text.push(c);
        }
    }

    /// Whether what stands at `at` belongs to the letter in front: any mark does, and a tatweel
    /// to an Arabic letter.
    fn is_lengthened_by(&self, at: usize) -> bool {
        let is_tatweel = self.source.get(at..).is_some_and(|rest| rest.starts_with('\u{640}'));
        !is_tatweel || self.out.text.ends_with(is_arabic_letter)
    }

    /// Makes the last letter end at `end`, and one that cannot be divided.
    fn extend(&mut self, end: usize) {
        let Some(last) = self.out.text.chars().next_back() else { return };
        let letter = to_u32(last.len_utf8());
        let folded = to_u32(self.out.text.len()) - letter;
        let Some(run) = self.out.runs.last_mut() else { return };
        if run.linear && run.len > letter {
            run.len -= letter;
            let origin = run.origin + run.len;
            self.out.runs.push(Run {
                folded,
                origin,
                len: to_u32(end) - origin,
                linear: false,
            });
        } else {
            run.len = to_u32(end) - run.origin;
            run.linear = false;
        }
    }
}

/// Folds `text` onto the end of `out`, as [`Folded::new`] does, without the way back.
///
/// For what is only compared: titles, names, what somebody looks for.
pub fn fold_into(text: &str, out: &mut String) {
    let map = &*MAP;
    let from = out.len();
    out.reserve(text.len());
    for c in text.chars() {
        let entry = map.entry(c);
        if entry.is_plain() {
            out.push(entry.char().unwrap_or(c));
        } else if entry.is(DROP) {
        } else if entry.is(MANY) {
            out.push_str(map.many(entry));
        } else if let Some(c) = entry.char() {
            let is_run = entry.is(SPACE) && out.get(from..).is_some_and(|out| out.ends_with(c));
            if !is_run {
                out.push(c);
            }
        }
    }
}

/// `text` folded, as [`fold_into`] does.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::new();
    fold_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests;
