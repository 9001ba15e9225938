//! A text as extractors read it: folded once, cut into tokens, each word looked up once.

use std::sync::LazyLock;

use super::vocabulary::{Classes, Vocabulary, WordId};
use crate::arabic::{Class, FoldedChar, class_of, fold_char};
use crate::text::TextRange;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Arabic letters.
    Word,
    /// Digits of any system, folded to Western ones.
    Digits,
    /// Letters of other scripts.
    Foreign,
    /// One character that is none of these, folded (`،` is `,`).
    Sign(char),
    /// One line break or more.
    Break,
}

/// A token: the shortest stretch that a rule looks at.
///
/// White space is no token; a number like `3.500` is three, each without a space in front.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Whether white space stands in front, or nothing.
    pub(super) is_spaced: bool,
    /// Where it stands in the text, in bytes.
    start: u32,
    end: u32,
    /// Where its folded spelling stands in [`Tokens::folded`].
    folded_start: u32,
    folded_end: u32,
    /// The word of that spelling.
    pub(super) whole: WordId,
    /// What either of both readings may be, so that an extractor passes by in one comparison.
    pub(super) classes: Classes,
    /// What remains of it without proclitics, if that is a known word.
    pub(super) stem: WordId,
    /// Where that starts in the text.
    stem_start: u32,
    /// The proclitics, folded: `و`, `ب`, `ول`; of `لل…` the first ل.
    prefix: [u8; 4],
    prefix_len: u8,
}

/// How a word is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WordReading {
    /// The word.
    pub(super) word: WordId,
    /// Where it starts in the text, in bytes.
    pub(super) start: usize,
    /// Whether proclitics stand in front.
    pub(super) is_stem: bool,
}

/// The tokens of one text, and what can be asked of them. Made to be filled again.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    tokens: Vec<Token>,
    folded: String,
}

impl Tokens {
    /// Reads `text`, forgetting what was read before.
    pub(super) fn read(&mut self, text: &str, vocabulary: &Vocabulary) {
        self.tokens.clear();
        self.folded.clear();
        let steps = &*STEPS;
        let bytes = text.as_bytes();
        let mut scanner = Scanner { tokens: self, vocabulary, open: None, is_spaced: true };
        let mut at = 0;
        while let Some(first) = bytes.get(at).copied() {
            let next = bytes.get(at + 1).copied().unwrap_or_default();
            let (code, len) = match first {
                0..0x80 => (usize::from(first), 1),
                0x80..0xE0 => (usize::from(first & 0x1F) << 6 | usize::from(next & 0x3F), 2),
                _ => (usize::MAX, 0),
            };
            match steps.get(code) {
                Some(Step::Letter(run, folded)) => scanner.letter(at..at + len, *run, *folded),
                Some(Step::Space) => scanner.space(),
                _ => {
                    let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                        break;
                    };
                    scanner.take(at, c);
                    at += c.len_utf8();
                    continue;
                }
            }
            at += len;
        }
        scanner.close();
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The number of the first token that starts there or behind.
    pub(super) fn from(&self, start: usize) -> usize {
        self.tokens.partition_point(|token| token.start() < start)
    }

    /// The token of that number.
    #[inline]
    pub(super) fn get(&self, number: usize) -> Option<&Token> {
        self.tokens.get(number)
    }

    /// The folded spelling of that token; empty where there is none.
    #[inline]
    pub(super) fn folded(&self, number: usize) -> &str {
        self.get(number).map_or("", |token| {
            self.folded
                .get(token.folded_start as usize..token.folded_end as usize)
                .unwrap_or_default()
        })
    }

    /// Whether that token is the sign `c`.
    pub(super) fn is_sign(&self, number: usize, c: char) -> bool {
        self.get(number).is_some_and(|token| token.kind == Kind::Sign(c))
    }

    /// Whether that token follows the one before without a space.
    pub(super) fn is_glued(&self, number: usize) -> bool {
        self.get(number).is_some_and(|token| !token.is_spaced)
    }

    /// The range of the text from the start of one token to the end of another.
    pub(super) fn range(&self, first: usize, last: usize) -> TextRange {
        let start = self.get(first).map_or(0, Token::start);
        let end = self.get(last).map_or(start, Token::end);
        TextRange::of(start..end.max(start))
    }
}

impl Token {
    /// Where it starts in the text, in bytes.
    pub(super) fn start(&self) -> usize {
        self.start as usize
    }

    /// Where it ends in the text, in bytes, without marks of direction behind it.
    pub(super) fn end(&self) -> usize {
        self.end as usize
    }

    /// Its proclitics, folded; empty unless [`Token::stem`] is known.
    pub(super) fn prefix(&self) -> &str {
        let bytes = self.prefix.get(..usize::from(self.prefix_len)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// The known words that it may be: as it stands, then without its proclitics.
    pub(super) fn readings(&self) -> impl Iterator<Item = WordReading> {
        let whole = WordReading { word: self.whole, start: self.start(), is_stem: false };
        let stem =
            WordReading { word: self.stem, start: self.stem_start as usize, is_stem: true };
        [whole, stem].into_iter().filter(|reading| reading.word.is_known())
    }

    /// The reading of one of those classes, the whole word first.
    #[inline]
    pub(super) fn reading(&self, vocabulary: &Vocabulary, of: Classes) -> Option<WordReading> {
        if !self.classes.any(of) {
            return None;
        }
        self.readings().find(|reading| vocabulary.classes(reading.word).any(of))
    }
}

/// What a character continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    Word,
    Digits,
    Foreign,
}

/// What is done with a character of one or two bytes, of which nearly all of an article is.
#[derive(Clone, Copy)]
enum Step {
    /// It is such a letter or digit, folded.
    Letter(Run, char),
    /// It is a space.
    Space,
    /// It has to be looked at.
    Look,
}

static STEPS: LazyLock<Vec<Step>> = LazyLock::new(|| {
    let step = |code| match char::from_u32(code).map(fold_char) {
        Some(FoldedChar::One(' ')) => Step::Space,
        Some(FoldedChar::One(folded)) => {
            run_of(folded).map_or(Step::Look, |run| Step::Letter(run, folded))
        }
        _ => Step::Look,
    };
    (0..0x800).map(step).collect()
});

/// What a folded character continues; none if it is a sign, a space or a line break.
fn run_of(folded: char) -> Option<Run> {
    match folded {
        '0'..='9' => Some(Run::Digits),
        'a'..='z' => Some(Run::Foreign),
        '\0'..='\u{7F}' => None,
        _ if class_of(folded) == Class::Arabic => Some(Run::Word),
        _ if folded.is_alphabetic() => Some(Run::Foreign),
        _ => None,
    }
}

/// A token that is being read.
struct Open {
    run: Run,
    start: usize,
    end: usize,
    folded: usize,
    /// Where the first letters start, for the proclitics: in the text and folded.
    letters: [(u32, u32); 4],
    num_letters: usize,
}

struct Scanner<'a> {
    tokens: &'a mut Tokens,
    vocabulary: &'a Vocabulary,
    open: Option<Open>,
    is_spaced: bool,
}

impl Scanner<'_> {
    #[inline]
    fn take(&mut self, at: usize, c: char) {
        let end = at + c.len_utf8();
        let folded = match fold_char(c) {
            FoldedChar::One(folded) => folded,
            FoldedChar::Nothing => {
                // A vowel mark or tatweel belongs to the letter before; what steers direction
                // stands outside.
                if let Some(open) = &mut self.open
                    && !crate::arabic::is_invisible(c)
                {
                    open.end = end;
                }
                return;
            }
            FoldedChar::Many(many) => {
                for folded in many.chars() {
                    self.take_folded(at..end, folded);
                }
                return;
            }
        };
        self.take_folded(at..end, folded);
    }

    fn take_folded(&mut self, at: std::ops::Range<usize>, folded: char) {
        match (run_of(folded), folded) {
            (Some(run), _) => self.letter(at, run, folded),
            (None, ' ') => self.space(),
            (None, '\n') => self.sign(at, Kind::Break),
            (None, _) => self.sign(at, Kind::Sign(folded)),
        }
    }

    #[inline]
    fn space(&mut self) {
        self.close();
        self.is_spaced = true;
    }

    #[inline]
    fn letter(&mut self, at: std::ops::Range<usize>, run: Run, folded: char) {
        if self.open.as_ref().is_some_and(|open| open.run != run) {
            self.close();
        }
        let here = self.tokens.folded.len();
        let open = self.open.get_or_insert(Open {
            run,
            start: at.start,
            end: at.end,
            folded: here,
            letters: [(0, 0); 4],
            num_letters: 0,
        });
        if let Some(letter) = open.letters.get_mut(open.num_letters) {
            *letter = (to_u32(at.start), to_u32(here));
            open.num_letters += 1;
        }
        open.end = at.end;
        self.tokens.folded.push(folded);
    }

    fn sign(&mut self, at: std::ops::Range<usize>, kind: Kind) {
        self.close();
        let is_break = kind == Kind::Break;
        let before = self.tokens.tokens.last_mut();
        if is_break && let Some(before) = before.filter(|token| token.kind == Kind::Break) {
            before.end = to_u32(at.end);
        } else {
            let folded = to_u32(self.tokens.folded.len());
            if let Kind::Sign(c) = kind {
                self.tokens.folded.push(c);
            }
            let token = Token {
                kind,
                is_spaced: self.is_spaced,
                start: to_u32(at.start),
                end: to_u32(at.end),
                folded_start: folded,
                folded_end: to_u32(self.tokens.folded.len()),
                whole: WordId::NONE,
                classes: Classes::NONE,
                stem: WordId::NONE,
                stem_start: to_u32(at.start),
                prefix: [0; 4],
                prefix_len: 0,
            };
            self.tokens.tokens.push(token);
        }
        self.is_spaced = is_break;
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let kind = match open.run {
            Run::Word => Kind::Word,
            Run::Digits => Kind::Digits,
            Run::Foreign => Kind::Foreign,
        };
        let mut token = Token {
            kind,
            is_spaced: self.is_spaced,
            start: to_u32(open.start),
            end: to_u32(open.end),
            folded_start: to_u32(open.folded),
            folded_end: to_u32(self.tokens.folded.len()),
            whole: WordId::NONE,
            classes: Classes::NONE,
            stem: WordId::NONE,
            stem_start: to_u32(open.start),
            prefix: [0; 4],
            prefix_len: 0,
        };
        self.is_spaced = false;
        if open.run != Run::Digits {
            let folded = self.tokens.folded.get(open.folded..).unwrap_or_default();
            token.whole = self.vocabulary.id(folded);
        }
        if open.run == Run::Word {
            self.look_behind_proclitics(&open, &mut token);
        }
        if token.whole.is_known() || token.stem.is_known() {
            let of_whole = self.vocabulary.classes(token.whole);
            token.classes = of_whole.and(self.vocabulary.classes(token.stem));
        }
        self.tokens.tokens.push(token);
    }

    /// Looks for a known word behind `و ف`, `ب ك ل س`, or both.
    fn look_behind_proclitics(&mut self, open: &Open, token: &mut Token) {
        let word = self.tokens.folded.get(open.folded..).unwrap_or_default();
        let letters = open.letters.get(..open.num_letters).unwrap_or_default();
        let mut chars = word.chars();
        let ahead = [chars.next(), chars.next()];
        let letter = |number: usize| ahead.get(number).copied().flatten();
        let first = match letter(0) {
            Some('و' | 'ف') => 1,
            Some('ب' | 'ك' | 'ل' | 'س') => 0,
            _ => return,
        };
        let mut found = None;
        // The conjunction alone, then with a preposition.
        for cut in
            [first, first + usize::from(matches!(letter(first), Some('ب' | 'ك' | 'ل' | 'س')))]
        {
            let Some((start, folded)) = letters.get(cut).copied().filter(|_| cut > 0) else {
                continue;
            };
            let rest = word.get(folded as usize - open.folded..).unwrap_or_default();
            let mut id = self.vocabulary.id(rest);
            // In `لل…` the second ل is the article without its alef, rather than a second
            // preposition (`لشرطة`).
            if letter(cut - 1) == Some('ل') && rest.starts_with('ل') {
                let noun = with_article(self.vocabulary, rest);
                id = if noun.is_known() { noun } else { id };
            }
            if id.is_known() {
                found = Some((id, start, folded as usize - open.folded));
                break;
            }
        }
        let Some((id, start, len)) = found else { return };
        token.stem = id;
        token.stem_start = start;
        for (to, from) in token.prefix.iter_mut().zip(word.bytes().take(len)) {
            *to = from;
        }
        token.prefix_len = u8::try_from(len.min(4)).unwrap_or_default();
    }
}

/// The word that `rest`, which begins with the article's ل, is with its alef.
fn with_article(vocabulary: &Vocabulary, rest: &str) -> WordId {
    let mut word = String::with_capacity(rest.len() + 2);
    word.push('ا');
    word.push_str(rest);
    vocabulary.id(&word)
}

fn to_u32(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::new();
        for word in ["الناظور", "الشرطة", "وجدة", "فاس", "ثلاثة", "بركان"]
        {
            vocabulary.add(word, Classes::PLACE);
        }
        vocabulary
    }

    fn read(text: &str) -> (Vocabulary, Tokens) {
        let vocabulary = vocabulary();
        let mut tokens = Tokens::default();
        tokens.read(text, &vocabulary);
        (vocabulary, tokens)
    }

    #[test]
    fn a_text_falls_into_words_digits_signs_and_breaks() {
        let (_, tokens) = read("قال: 3.500 شخص\n\nAFP، #الدار_البيضاء");
        let folded: Vec<&str> = (0..tokens.len()).map(|at| tokens.folded(at)).collect();
        let expected =
            ["قال", ":", "3", ".", "500", "شخص", "", "afp", ",", "#", "الدار", "_", "البيضاء"];
        assert_eq!(folded, expected);
        assert!(tokens.is_glued(1) && !tokens.is_glued(2) && tokens.is_glued(3));
        assert!(!tokens.is_glued(7), "a line's first word stands alone");
    }

    proptest::proptest! {
        #[test]
        fn letters_of_two_bytes_are_read_as_all_others(
            text in "([ء-يa-zA-Z0-9٠-٩ ،\u{64B}-\u{652}\u{640}_\n]|وب|لل|\\PC){0,40}"
        ) {
            let (vocabulary, tokens) = read(&text);
            let mut slow = Tokens::default();
            let mut scanner =
                Scanner { tokens: &mut slow, vocabulary: &vocabulary, open: None, is_spaced: true };
            text.char_indices().for_each(|(at, c)| scanner.take(at, c));
            scanner.close();
            proptest::prop_assert_eq!(format!("{tokens:?}"), format!("{slow:?}"));
        }
    }

    #[test]
    fn marks_and_tatweel_stay_inside_a_word_and_marks_of_direction_outside() {
        let text = "\u{200F}فَــاسُ\u{200F} و";
        let (vocabulary, tokens) = read(text);
        assert_eq!(tokens.folded(0), "فاس");
        assert_eq!(text.get(tokens.range(0, 0).to_range()), Some("فَــاسُ"));
        assert_eq!(tokens.get(0).map(|token| token.whole), Some(vocabulary.id("فاس")));
    }

    #[test]
    fn known_words_are_found_behind_what_is_written_onto_them() {
        let text = "وبالناظور للشرطة وجدة وللشرطة ببركان بركان كلام";
        let (vocabulary, tokens) = read(text);
        let stems: Vec<(&str, &str)> = (0..tokens.len())
            .filter_map(|at| {
                let token = tokens.get(at)?;
                let reading = token.readings().find(|reading| reading.is_stem)?;
                Some((token.prefix(), text.get(reading.start..token.end())?))
            })
            .collect();
        assert_eq!(stems, [("وب", "الناظور"), ("ل", "لشرطة"), ("ول", "لشرطة"), ("ب", "بركان")]);
        let wholes: Vec<usize> = (0..tokens.len())
            .filter(|at| tokens.get(*at).is_some_and(|token| token.whole.is_known()))
            .collect();
        assert_eq!(wholes, [2, 5]);
        assert_eq!(vocabulary.len(), 7);
    }
}
