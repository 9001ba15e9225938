//! One pattern, made to be found.

use memchr::memmem;
use regex::bytes::{Regex, RegexBuilder};

use super::anchor::{char_at, char_before};
use super::automaton::{Automaton, LONGEST};
use super::lazy::Text;
use super::letters::is_nothing;
use crate::arabic::{Folded, fold};
use crate::lang::Message;
use crate::text::{TextRange, widen};

/// How the letters of a pattern are compared with those of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Folded: vowel marks, tatweel, forms of alef and the like do not count.
    #[default]
    Folded,
    /// As they are.
    Exact,
    /// The pattern is a regular expression, on the letters as they are.
    Regex,
}

/// How a pattern is to be found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// How letters are compared.
    pub kind: Kind,
    /// Whether no letter or digit may touch what is found.
    pub whole_words: bool,
}

/// What is wrong with what was written, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where, in what was written.
    pub place: TextRange,
    /// What, for a person.
    pub what: Message,
}

/// A pattern, made to be found in any number of texts.
#[derive(Clone, Debug)]
pub struct Finder {
    engine: Engine,
    whole_words: bool,
}

#[derive(Clone, Debug)]
enum Engine {
    Folded(Automaton),
    Exact(Box<memmem::Finder<'static>>),
    Regex(Regex),
}

/// The most memory that a regular expression may take, in bytes.
const REGEX_SIZE: usize = 4 << 20;

impl Finder {
    /// Makes a pattern to be found.
    ///
    /// # Errors
    ///
    /// If it is empty, too long, has nothing left when it is folded, or is no regular
    /// expression.
    pub fn new(pattern: &str, options: Options) -> Result<Self, Wrong> {
        let wrong = |what| Wrong { place: TextRange::of(0..pattern.len()), what };
        if pattern.is_empty() {
            return Err(wrong(Message::new("لا شيء ليُبحث عنه", "there is nothing to look for")));
        }
        let engine = match options.kind {
            Kind::Folded => {
                let needle: Vec<char> = fold(pattern).chars().collect();
                if needle.is_empty() {
                    return Err(wrong(Message::new(
                        "لا يبقى حرف بعد تجاهل التشكيل: ابحث عن المطابق حرفيًا",
                        "no letter is left without its marks: look for the exact letters",
                    )));
                }
                if needle.len() > LONGEST {
                    return Err(wrong(Message::new(
                        format!("النص أطول من {LONGEST} حرف"),
                        format!("it is longer than {LONGEST} letters"),
                    )));
                }
                Engine::Folded(Automaton::new(needle))
            }
            Kind::Exact => Engine::Exact(Box::new(memmem::Finder::new(pattern).into_owned())),
            Kind::Regex => Engine::Regex(regex(pattern)?),
        };
        Ok(Self { engine, whole_words: options.whole_words })
    }

    /// Whether it may be in a text, given as bytes: quick, and right about every text where it
    /// is not. Bytes that are no UTF-8 may have it.
    #[must_use]
    pub fn may_be_in(&self, text: &[u8]) -> bool {
        match &self.engine {
            Engine::Folded(automaton) => automaton.first_end(text).is_some(),
            Engine::Exact(needle) => needle.find(text).is_some(),
            Engine::Regex(regex) => regex.is_match(text),
        }
    }

    /// Calls `found` with each place in a text, in order, until it says no.
    ///
    /// No two places overlap, none is empty, and each begins and ends at a letter as a reader
    /// sees it (a grapheme cluster), marks included.
    pub fn each(&self, text: &str, found: &mut dyn FnMut(TextRange) -> bool) {
        self.each_in(&text.into(), found);
    }

    fn each_in(&self, text: &Text<'_>, found: &mut dyn FnMut(TextRange) -> bool) {
        let mut taken = 0;
        let mut take = |start: usize, end: usize| {
            let is_plain =
                is_plain_edge(text.bytes(), start) && is_plain_edge(text.bytes(), end);
            let (start, end) = match (is_plain, text) {
                (true, _) => (start, end),
                (false, text) => match text.read() {
                    Some(text) => self.at_letters(text, start, end),
                    None => return false,
                },
            };
            let bytes = text.bytes();
            if start >= end || start < taken || self.whole_words && !is_whole(bytes, start, end)
            {
                return true;
            }
            taken = end;
            found(TextRange::of(start..end))
        };
        let bytes = text.bytes();
        match &self.engine {
            Engine::Folded(automaton) => automaton.each(text, &mut take),
            Engine::Exact(needle) => {
                let mut from = 0;
                while let Some(at) = bytes.get(from..).and_then(|rest| needle.find(rest)) {
                    let start = from + at;
                    if !take(start, start + needle.needle().len()) {
                        return;
                    }
                    from = start + 1;
                }
            }
            Engine::Regex(regex) => {
                for found in regex.find_iter(bytes) {
                    if !take(found.start(), found.end()) {
                        return;
                    }
                }
            }
        }
    }

    /// A range widened to whole letters as a reader sees them.
    fn at_letters(&self, text: &str, start: usize, end: usize) -> (usize, usize) {
        if matches!(self.engine, Engine::Folded(_)) {
            return origin(text, start, end);
        }
        let range = widen(text, TextRange::of(start..end));
        (range.start().to_usize(), range.end().to_usize())
    }

    /// How often it is in a text, given as bytes; those that are no UTF-8 may have it.
    #[must_use]
    pub fn count(&self, text: &[u8]) -> usize {
        let mut count = 0;
        self.each_in(&Text::of(text), &mut |_| {
            count += 1;
            true
        });
        count
    }

    /// All places in a text, in order.
    #[must_use]
    pub fn all(&self, text: &str) -> Vec<TextRange> {
        let mut all = Vec::new();
        self.each(text, &mut |range| {
            all.push(range);
            true
        });
        all
    }

    /// Whether it is somewhere in a text.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let mut is_there = false;
        self.each(text, &mut |_| {
            is_there = true;
            false
        });
        is_there
    }
}

fn regex(pattern: &str) -> Result<Regex, Wrong> {
    if let Err(error) =
        regex_syntax::ParserBuilder::new().multi_line(true).build().parse(pattern)
    {
        let span = match &error {
            regex_syntax::Error::Parse(error) => {
                Some((*error.span(), error.kind().to_string()))
            }
            regex_syntax::Error::Translate(error) => {
                Some((*error.span(), error.kind().to_string()))
            }
            _ => None,
        };
        let whole = (0..pattern.len(), error.to_string());
        let (place, what) = span.map_or(whole, |(span, what)| {
            (span.start.offset..span.end.offset.max(span.start.offset), what)
        });
        return Err(Wrong {
            place: TextRange::of(place),
            what: Message::new(
                format!("ليس هذا تعبيرًا نمطيًا: {}", crate::lang::isolated(&what)),
                format!("this is no regular expression: {what}"),
            ),
        });
    }
    let built = RegexBuilder::new(pattern).multi_line(true).size_limit(REGEX_SIZE).build();
    // It was read above: all that can be wrong with it is its size.
    built.ok().ok_or_else(|| Wrong {
        place: TextRange::of(0..pattern.len()),
        what: Message::new(
            "التعبير النمطي أكبر من أن يُبحث عنه",
            "the regular expression is too large",
        ),
    })
}

/// Where the folded letters of a range come from, as [`Folded::origin`] says it, from a look at
/// no more of the text than it takes.
fn origin(text: &str, start: usize, end: usize) -> (usize, usize) {
    let (mut from, mut to) = (start, end);
    while !is_plain_edge(text.as_bytes(), from) {
        from = text.floor_char_boundary(from - 1);
    }
    while !is_plain_edge(text.as_bytes(), to) {
        to = text.ceil_char_boundary(to + 1);
    }
    let folded = Folded::new(&text[from..to]);
    let range = folded.origin(folded.folded(TextRange::of(start - from..end - from)));
    (from + range.start().to_usize(), from + range.end().to_usize())
}

/// Whether a character is a letter or a sign by itself, whatever stands beside it. Of scripts that
/// news quote it knows enough that no text goes on for long without two of them.
fn is_plain(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{C0}'..='\u{24F}' | '\u{391}'..='\u{3A1}' | '\u{3B1}'..='\u{3C9}'
        | '\u{400}'..='\u{481}' | '\u{5D0}'..='\u{5EA}' | '\u{60C}'
        | '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' | '\u{660}'..='\u{66F}'
        | '\u{671}'..='\u{6D4}' | '\u{6F0}'..='\u{6F9}'
        | '\u{3001}' | '\u{3002}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{FB50}'..='\u{FBB1}' | '\u{FE80}'..='\u{FEFC}')
}

/// Whether two letters meet at `at` that are never one, neither for a reader nor when they are
/// folded; the text's start and end are such edges.
fn is_plain_edge(text: &[u8], at: usize) -> bool {
    let (before, after) = (char_before(text, at), char_at(text, at));
    match (before, after) {
        (Some(' ' | '\n'), Some(' ' | '\n')) => false,
        (Some(before), Some('\n')) => is_plain(before),
        (Some('\n'), Some(after)) => is_plain(after),
        (Some(before), Some(after)) => is_plain(before) && is_plain(after),
        _ => true,
    }
}

/// Whether no letter or digit touches a range from outside.
pub(super) fn is_whole(text: &[u8], start: usize, end: usize) -> bool {
    let is_of_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    // Past what folding drops: marks, tatweel, direction marks.
    let before = |mut at: usize| {
        while let Some(c) = char_before(text, at) {
            if !is_nothing(c) {
                return Some(c);
            }
            at -= c.len_utf8();
        }
        None
    };
    let mut at = end;
    let mut after = char_at(text, at);
    while let Some(c) = after.filter(|c| is_nothing(*c)) {
        at += c.len_utf8();
        after = char_at(text, at);
    }
    !(is_of_word(before(start)) && is_of_word(char_at(text, start))
        || is_of_word(after) && is_of_word(before(end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Offset, is_boundary};

    #[test]
    fn a_plain_character_is_a_letter_by_itself() {
        let mut count = 0;
        for c in ('\0'..=char::MAX).filter(|c| is_plain(*c) && *c != ' ') {
            let (text, own) = (format!("ا{c}ب"), fold(&c.to_string()));
            let edges = [2, 2 + c.len_utf8()];
            assert!(edges.iter().all(|at| is_boundary(&text, Offset::at(*at))), "{c:?}");
            assert!(!own.is_empty(), "{c:?}");
            assert_eq!(fold(&text), format!("ا{own}ب"), "{c:?}");
            count += 1;
        }
        assert!(count > 20_000, "{count}");
    }

    #[test]
    fn a_place_is_told_from_a_look_at_a_few_letters() {
        // Were it told from the whole text, this would take a minute.
        for letters in ["漢字", "כתב ", "привет ", "ﻣﻐﺮﺏ "] {
            let text = letters.repeat(20_000);
            let first: String = letters.chars().take(1).collect();
            let finder = Finder::new(&first, Options::default()).unwrap();
            assert_eq!(finder.all(&text).len(), 20_000);
        }
    }
}
