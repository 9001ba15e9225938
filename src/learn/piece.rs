//! A text as the tagger reads it: pieces of words, and what can be told of each.
//!
//! A word is cut behind its proclitics, where a span may begin; signs and numbers are pieces too.
//! What is told of a piece (its letters, their beginning and end, its neighbors, what the lists
//! and the rules say) is a number of [`BITS`] bits each, by hashing.

use std::ops::Range;

use jiff::civil::Date;

use crate::arabic::{CutKind, cuts, fold, is_number_word, stem};
use crate::extract::{self, Extractor, Kind};
use crate::text::TextRange;

/// How many bits a feature has: of 200 articles, a tenth share their number with another.
pub(super) const BITS: u32 = 18;

/// A text in pieces, with what the rules find in it.
#[derive(Debug, Default)]
pub struct Reading {
    pub(super) pieces: Vec<Piece>,
    /// The features of all pieces, and where those of each end.
    features: Vec<u32>,
    ends: Vec<usize>,
    /// The lines, each a row of pieces.
    pub(super) lines: Vec<Range<usize>>,
    /// What the rules found.
    pub(super) rules: Vec<extract::Suggestion>,
}

/// What a span may begin or end with.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) range: TextRange,
    /// Its folded letters; behind a preposition ل that has swallowed the article's alef, with it.
    form: String,
    /// The token that it belongs to.
    token: usize,
    part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    /// Proclitics.
    Front,
    /// What stands behind proclitics, certainly or possibly.
    Stem,
}

/// A token, with what its neighbors are told of it.
struct Word {
    kind: Kind,
    folded: String,
    /// The letters behind its proclitics; of a number, how long it is.
    form: String,
    classes: u32,
    is_spaced: bool,
}

impl Piece {
    pub(super) fn form(&self) -> &str {
        &self.form
    }
}

impl Reading {
    /// Reads a text.
    #[must_use]
    pub fn new(extractor: &mut Extractor, text: &str, date: Option<Date>) -> Self {
        let (mut reading, words) = Self::read(extractor, text, date);
        reading.tell(&words);
        reading
    }

    /// Reads a text of which only words are asked for: a model finds nothing in it.
    #[must_use]
    pub fn of_words(extractor: &mut Extractor, text: &str, date: Option<Date>) -> Self {
        Self::read(extractor, text, date).0
    }

    /// The folded letters of a range by which the same words are known elsewhere: whole pieces,
    /// with three letters at least, and not numbers alone.
    #[must_use]
    pub fn letters_of(&self, range: TextRange) -> Option<String> {
        let pieces = self.pieces_of(range);
        if self.range(pieces.clone()) != Some(range) {
            return None;
        }
        let letters = self.letters(pieces);
        let is_number = letters
            .split(' ')
            .all(|form| is_number_word(form) || !form.chars().any(char::is_alphabetic));
        let count = letters.chars().filter(|c| c.is_alphabetic()).count();
        (count >= 3 && !is_number).then_some(letters)
    }

    fn read(extractor: &mut Extractor, text: &str, date: Option<Date>) -> (Self, Vec<Word>) {
        let rules = extractor.suggest(text, date);
        let mut reading = Self { rules, ..Self::default() };
        let mut words = Vec::new();
        let mut line = 0;
        for token in extractor.tokens() {
            if token.kind == Kind::Break {
                let end = reading.pieces.len();
                reading.lines.push(line..end);
                line = end;
                continue;
            }
            reading.cut(text, token, &mut words);
        }
        reading.lines.push(line..reading.pieces.len());
        reading.lines.retain(|line| !line.is_empty());
        (reading, words)
    }

    /// What the rules find in it.
    #[must_use]
    pub fn rules(&self) -> &[extract::Suggestion] {
        &self.rules
    }

    /// The features of a piece.
    pub(super) fn features(&self, piece: usize) -> &[u32] {
        let start = piece.checked_sub(1).and_then(|before| self.ends.get(before));
        let end = self.ends.get(piece).copied().unwrap_or_default();
        self.features.get(start.copied().unwrap_or_default()..end).unwrap_or_default()
    }

    /// The pieces that share letters with a range.
    pub(super) fn pieces_of(&self, range: TextRange) -> Range<usize> {
        let start = self.pieces.partition_point(|piece| piece.range.end() <= range.start());
        let end = self.pieces.partition_point(|piece| piece.range.start() < range.end());
        start..end.max(start)
    }

    /// The range from one piece to another.
    pub(super) fn range(&self, pieces: Range<usize>) -> Option<TextRange> {
        let last = pieces.end.checked_sub(1)?;
        let (first, last) = (self.pieces.get(pieces.start)?, self.pieces.get(last)?);
        Some(TextRange::of(first.range.start().to_usize()..last.range.end().to_usize()))
    }

    /// The folded letters from one piece to another, by which the same words are known again.
    pub(super) fn letters(&self, pieces: Range<usize>) -> String {
        let pieces = self.pieces.get(pieces).unwrap_or_default();
        pieces.iter().map(|piece| piece.form.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Adds a token's pieces.
    fn cut(&mut self, text: &str, token: extract::Token<'_>, words: &mut Vec<Word>) {
        let number = words.len();
        let (start, end) = (token.range.start().to_usize(), token.range.end().to_usize());
        let cut = if token.kind == Kind::Word { cut_of(text, token) } else { None };
        let mut piece = |range: Range<usize>, form: String, part| {
            let range = TextRange::of(range);
            self.pieces.push(Piece { range, form, token: number, part });
        };
        let form = match (token.kind, cut) {
            (Kind::Word, Some(Cut { at, is_certain })) => {
                let front = fold(text.get(start..at).unwrap_or_default());
                let mut stem = fold(text.get(at..end).unwrap_or_default());
                if is_certain && front.ends_with('ل') && stem.starts_with('ل') {
                    stem.insert(0, 'ا');
                }
                piece(start..at, front, Part::Front);
                piece(at..end, stem.clone(), Part::Stem);
                if is_certain { stem } else { token.folded.to_owned() }
            }
            (Kind::Sign(sign), _) => {
                piece(start..end, sign.to_string(), Part::Whole);
                sign.to_string()
            }
            (Kind::Digits, _) => {
                piece(start..end, token.folded.to_owned(), Part::Whole);
                format!("#{}", token.folded.len().min(5))
            }
            _ => {
                piece(start..end, token.folded.to_owned(), Part::Whole);
                token.folded.to_owned()
            }
        };
        words.push(Word {
            kind: token.kind,
            folded: token.folded.to_owned(),
            form,
            classes: token.classes,
            is_spaced: token.is_spaced,
        });
    }

    /// Tells all features.
    fn tell(&mut self, words: &[Word]) {
        let said = self.said_by_rules();
        for line in self.lines.clone() {
            for at in line.clone() {
                let mut teller = Teller { features: &mut self.features };
                if let Some(piece) = self.pieces.get(at) {
                    let first = self.pieces.get(line.start).map_or(0, |piece| piece.token);
                    let last = self.pieces.get(line.end - 1).map_or(0, |piece| piece.token);
                    let word = |step: isize| {
                        let token = piece.token.checked_add_signed(step)?;
                        (first..=last).contains(&token).then(|| words.get(token))?
                    };
                    teller.letters(piece, words);
                    teller.neighbors(&word);
                    teller.place(line.start == 0, at - line.start);
                    for step in -2..=2 {
                        let there =
                            at.checked_add_signed(step).filter(|there| line.contains(there));
                        let said = there.and_then(|there| said.get(there)?.as_ref());
                        teller.rules(step, said);
                    }
                }
                self.ends.push(self.features.len());
            }
        }
    }

    /// What the rules say of each piece.
    fn said_by_rules(&self) -> Vec<Option<Said>> {
        let mut said = vec![None; self.pieces.len()];
        for rule in &self.rules {
            let pieces = self.pieces_of(rule.range);
            for (number, at) in pieces.clone().enumerate() {
                if let Some(said) = said.get_mut(at) {
                    *said = Some(Said {
                        label: rule.target.id(),
                        rule: rule.rule,
                        is_first: number == 0,
                        is_last: at + 1 == pieces.end,
                        sure: tenth(rule.score),
                    });
                }
            }
        }
        said
    }
}

/// What a rule says of a piece.
#[derive(Clone, Copy, Debug)]
struct Said {
    label: &'static str,
    rule: &'static str,
    is_first: bool,
    is_last: bool,
    sure: u64,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a score is between 0 and 1"
)]
fn tenth(score: f32) -> u64 {
    (score * 10.0) as u64
}

struct Cut {
    at: usize,
    is_certain: bool,
}

/// Where a span may begin inside a word.
fn cut_of(text: &str, token: extract::Token<'_>) -> Option<Cut> {
    let start = token.range.start().to_usize();
    let at = stem(text, token.range).start().to_usize();
    if let Some(at) = Some(at).filter(|at| *at > start).or(token.stem) {
        return Some(Cut { at, is_certain: true });
    }
    // A word of the lists stays whole.
    if token.classes != 0 {
        return None;
    }
    let word = cuts(text.get(token.range.to_range()).unwrap_or_default());
    let guess = word.iter().rfind(|cut| cut.kind == CutKind::Proclitic)?;
    Some(Cut { at: start + guess.offset.to_usize(), is_certain: false })
}

/// The feature that says that a rule finds a span of that label to begin, or to go on.
pub(super) fn rule_feature(label: &str, is_first: bool) -> u32 {
    feature(Told::Rule as u64, &[label.as_bytes(), &[u8::from(is_first)]])
}

/// The feature that every piece has.
pub(super) fn bias() -> u32 {
    feature(Told::Always as u64, &[])
}

/// What a feature is about; with a step for neighbors.
#[derive(Clone, Copy)]
enum Told {
    Always,
    Form,
    Whole,
    Part,
    Prefix,
    Suffix,
    Class,
    Neighbor,
    Pair,
    Classes,
    NeighborKind,
    Place,
    Rule,
    RuleName,
    RuleSure,
    RuleBeside,
}

struct Teller<'a> {
    features: &'a mut Vec<u32>,
}

impl Teller<'_> {
    fn tell(&mut self, told: Told, step: isize, parts: &[&[u8]]) {
        let kind = told as u64 | (step.unsigned_abs() as u64) << 8 | u64::from(step < 0) << 16;
        self.features.push(feature(kind, parts));
    }

    /// What its own letters tell.
    fn letters(&mut self, piece: &Piece, words: &[Word]) {
        self.tell(Told::Always, 0, &[]);
        let Some(word) = words.get(piece.token) else { return };
        let form = match word.kind {
            Kind::Digits => word.form.as_str(),
            _ => piece.form.as_str(),
        };
        self.tell(Told::Form, 0, &[form.as_bytes()]);
        let part = [piece.part as u8, kind(word.kind), u8::from(word.is_spaced)];
        self.tell(Told::Part, 0, &[&part]);
        if piece.part != Part::Whole {
            self.tell(Told::Whole, 0, &[&[piece.part as u8], word.folded.as_bytes()]);
        }
        if piece.part != Part::Front {
            for bit in (0..32).filter(|bit| word.classes >> bit & 1 == 1) {
                self.tell(Told::Class, 0, &[&[bit]]);
            }
        }
        if matches!(word.kind, Kind::Word | Kind::Foreign) && piece.part != Part::Front {
            for letters in 2..=3 {
                let letters_end = form.char_indices().nth(letters).map(|(at, _)| at);
                let letters_start =
                    form.char_indices().rev().nth(letters - 1).map(|(at, _)| at);
                if let (Some(end), Some(start)) = (letters_end, letters_start) {
                    self.tell(
                        Told::Prefix,
                        0,
                        &[form.as_bytes().get(..end).unwrap_or_default()],
                    );
                    self.tell(
                        Told::Suffix,
                        0,
                        &[form.as_bytes().get(start..).unwrap_or_default()],
                    );
                }
            }
        }
    }

    /// What stands beside it.
    fn neighbors<'a>(&mut self, word: &impl Fn(isize) -> Option<&'a Word>) {
        let form = |step| word(step).map_or("", |word: &Word| word.form.as_str());
        for step in [-2, -1, 1, 2] {
            self.tell(Told::Neighbor, step, &[form(step).as_bytes()]);
            let classes = word(step).map_or(0, |word| word.classes);
            self.tell(Told::Classes, step, &[&classes.to_le_bytes()]);
        }
        for step in [-1, 1] {
            let kinds = word(step).map_or([9, 0], |it| [kind(it.kind), u8::from(it.is_spaced)]);
            self.tell(Told::NeighborKind, step, &[&kinds]);
            self.tell(Told::Pair, step, &[form(0).as_bytes(), form(step).as_bytes()]);
        }
        self.tell(Told::Pair, 2, &[form(-1).as_bytes(), form(1).as_bytes()]);
        self.tell(Told::Pair, -2, &[form(-2).as_bytes(), form(-1).as_bytes()]);
    }

    /// Where in the text it stands.
    fn place(&mut self, is_title: bool, number: usize) {
        let number = u8::try_from(number.min(2)).unwrap_or_default();
        self.tell(Told::Place, 0, &[&[u8::from(is_title), number]]);
    }

    /// What the rules say of it, or of a neighbor.
    fn rules(&mut self, step: isize, said: Option<&Said>) {
        let Some(said) = said else {
            if step.abs() < 2 {
                self.tell(Told::RuleBeside, step, &[]);
            }
            return;
        };
        let label = said.label.as_bytes();
        let place = [u8::from(said.is_first), u8::from(said.is_last)];
        if step != 0 {
            self.tell(Told::RuleBeside, step, &[label, &place]);
            return;
        }
        self.features.push(rule_feature(said.label, said.is_first));
        self.tell(Told::RuleName, 0, &[label, said.rule.as_bytes(), &place]);
        self.tell(Told::RuleSure, 0, &[label, &place, &said.sure.to_le_bytes()]);
    }
}

fn kind(kind: Kind) -> u8 {
    match kind {
        Kind::Word => 0,
        Kind::Digits => 1,
        Kind::Foreign => 2,
        Kind::Sign(_) => 3,
        Kind::Break => 4,
    }
}

/// The number of a feature: what it is about and what it says, hashed (FNV-1a, mixed).
fn feature(kind: u64, parts: &[&[u8]]) -> u32 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64 ^ kind.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for part in parts {
        for byte in *part {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
        hash = (hash ^ 0xFF).wrapping_mul(0x0000_0100_0000_01B3);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    u32::try_from(hash >> (64 - BITS)).unwrap_or_default()
}
