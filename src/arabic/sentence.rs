//! Sentences of news Arabic.
//!
//! A sentence ends with its stop (`.` `!` `?` `؟` `؛` `…` `۔`, or several of them) and the closing
//! quotes and brackets behind it, or with its line. No stop is the point in a number, a link, an
//! abbreviation (`أ.ف.ب`, `د.`, a Latin initial) or the number of a list's item, nor a row of
//! points that has no space behind it.

use super::letter::{Class, class_of, is_line_break};
use crate::text::{Offset, TextRange, is_boundary};

/// Latin abbreviations that a name follows.
const TITLES: [&str; 10] = ["Dr", "Mr", "Mrs", "Ms", "St", "Prof", "Gen", "Col", "No", "vs"];

/// The sentences of `text`, in order, without the spaces around them.
pub fn sentences(text: &str) -> impl Iterator<Item = TextRange> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = text.len() - rest.trim_start().len();
        let end = end_from(text, start);
        at = end;
        (start < end).then(|| trimmed(text, start, end))
    })
}

/// The sentence that `offset` is in; of spaces between two, the one before.
///
/// Empty only where a line is.
#[must_use]
pub fn sentence_at(text: &str, offset: Offset) -> TextRange {
    let at = text.floor_char_boundary(offset.to_usize());
    let (mut start, mut end) = (start_before(text, at), end_from(text, at));
    // Right behind a stop, or in the spaces after it, the sentence is the one that it ends.
    if text.get(start..at).is_some_and(|before| before.trim_start().is_empty()) {
        let line = line_start(text, at);
        let before = text.get(line..start).unwrap_or_default().trim_end();
        let is_inside = text.get(at..).and_then(|rest| rest.chars().next());
        if !before.is_empty() && is_inside.is_none_or(char::is_whitespace) {
            end = line + before.len();
            start = start_before(text, end.saturating_sub(1));
        }
    }
    trimmed(text, start, end)
}

/// The end of the sentence that `offset` is in or, from its end on, of the next; the text's end
/// if there is none.
#[must_use]
pub fn next_sentence_end(text: &str, offset: Offset) -> Offset {
    let at = text.floor_char_boundary(offset.to_usize());
    let start = text.len() - text.get(at..).unwrap_or_default().trim_start().len();
    let end = end_from(text, start);
    let end = text.get(..end).map_or(end, |text| text.trim_end().len());
    if end > at { Offset::at(end) } else { Offset::end_of(text) }
}

/// The start of the sentence that `offset` is in or, from its start on, of the one before; the
/// text's start if there is none.
#[must_use]
pub fn previous_sentence_start(text: &str, offset: Offset) -> Offset {
    let at = text.floor_char_boundary(offset.to_usize());
    let end = text.get(..at).unwrap_or_default().trim_end().len();
    let Some(last) = text.get(..end).and_then(|text| text.char_indices().next_back()) else {
        return Offset::ZERO;
    };
    let start = start_before(text, last.0);
    let spaces = text.get(start..end).map_or(0, |rest| rest.len() - rest.trim_start().len());
    Offset::at(start + spaces)
}

fn trimmed(text: &str, start: usize, end: usize) -> TextRange {
    let sentence = text.get(start..end).unwrap_or_default();
    let start = end - sentence.trim_start().len();
    TextRange::of(start..start + sentence.trim().len())
}

fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let line_break = before.char_indices().rfind(|(_, c)| is_line_break(*c));
    line_break.map_or(0, |(at, c)| at + c.len_utf8())
}

/// Where the sentence ends that `at` is in: behind its stop, or where its line ends.
fn end_from(text: &str, at: usize) -> usize {
    // `at` may stand inside a stop, or among the quotes behind it.
    let mut from = stop_around(text, at).map_or(at, |(start, _)| start);
    while let Some((found, c)) = text
        .get(from..)
        .and_then(|rest| rest.char_indices().find(|(_, c)| is_line_break(*c) || is_stop(*c)))
    {
        let found = from + found;
        if is_line_break(c) {
            return found.max(at);
        }
        match stop_end(text, found) {
            Some(end) if end > at => return end,
            _ => from = found + run(text, found, is_stop),
        }
    }
    text.len()
}

/// Where the sentence starts that `at` is in: behind the stop before, or where its line starts.
fn start_before(text: &str, at: usize) -> usize {
    let mut to = at;
    while let Some((found, c)) = text.get(..to).and_then(|before| {
        before.char_indices().rfind(|(_, c)| is_line_break(*c) || is_stop(*c))
    }) {
        if is_line_break(c) {
            return found + c.len_utf8();
        }
        let row = text.get(..found).unwrap_or_default().trim_end_matches(is_stop).len();
        match stop_end(text, row) {
            Some(end) if end <= at => return end,
            _ => to = row,
        }
    }
    0
}

/// The stop, with the quotes behind it, that `at` is in.
fn stop_around(text: &str, at: usize) -> Option<(usize, usize)> {
    let before = text.get(..at)?;
    let row = before.trim_end_matches(is_closing).trim_end_matches(is_stop).len();
    let end = stop_end(text, row)?;
    (row < at && at < end).then_some((row, end))
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '؟' | '؛' | '…' | '۔' | '‼' | '⁉')
}

/// Whether `c` closes what a sentence ends with. A straight quotation mark does right behind
/// a stop.
fn is_closing(c: char) -> bool {
    matches!(c, '»' | '”' | '’' | '"' | '\'' | ')' | ']' | '}' | '﴾' | '﴿' | '›')
        || matches!(class_of(c), Class::Invisible | Class::ArabicMark | Class::OtherMark)
}

fn run(text: &str, at: usize, is: impl Fn(char) -> bool) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find(|c| !is(c)).unwrap_or(rest.len())
}

/// Where the sentence ends whose stop starts at `at`; none if it is no stop.
fn stop_end(text: &str, at: usize) -> Option<usize> {
    let row = at + run(text, at, is_stop);
    let stop = text.get(at..row).filter(|stop| !stop.is_empty())?;
    let end = row + run(text, row, is_closing);
    let next = text.get(end..)?.chars().next();
    let before = text.get(..at)?;
    let is_free = next.is_none_or(char::is_whitespace);
    let ends = match stop {
        "." if is_free => !is_abbreviation(before) && !is_item(before),
        // A space is missing, unless it is an abbreviation, a number or a link.
        "." => end == row && is_missing_space(before, text.get(end..)?),
        _ if stop.chars().all(|c| matches!(c, '.' | '…')) => is_free,
        // A link's question mark.
        _ => is_free || !next.is_some_and(|c| c.is_ascii_alphanumeric()),
    };
    let end = if is_boundary(text, Offset::at(end)) { end } else { row };
    ends.then_some(end)
}

/// The letters that `text` ends with, vowel marks included.
fn last_word(text: &str) -> &str {
    let is_part = |c: char| {
        matches!(class_of(c), Class::Arabic | Class::ArabicMark | Class::Tatweel | Class::Latin)
    };
    text.get(text.trim_end_matches(is_part).len()..).unwrap_or_default()
}

fn num_letters(word: &str) -> usize {
    word.chars().filter(|c| matches!(class_of(*c), Class::Arabic | Class::Latin)).count()
}

/// Whether a text ends with what a point shortens: a letter that stands alone, or a title.
///
/// Behind a number a letter is a unit or an era (`2024 م.`), and the sentence may end.
fn is_abbreviation(before: &str) -> bool {
    let word = last_word(before);
    if TITLES.contains(&word) {
        return true;
    }
    let rest = before.strip_suffix(word).unwrap_or_default();
    let number = rest.trim_end_matches(' ').chars().next_back();
    num_letters(word) == 1
        && !number.is_some_and(|c| class_of(c) == Class::Digit)
        && !(rest.ends_with('.') && word.chars().all(|c| class_of(c) == Class::Arabic))
}

/// Whether a text ends with nothing but a number on its line: the number of a list's item.
fn is_item(before: &str) -> bool {
    let number = before.trim_end_matches(|c| class_of(c) == Class::Digit);
    let line = number.trim_end_matches(|c: char| c.is_whitespace() && !is_line_break(c));
    number.len() < before.len() && (line.is_empty() || line.ends_with(is_line_break))
}

/// Whether a point between two letters ends a sentence: between two Arabic words.
fn is_missing_space(before: &str, behind: &str) -> bool {
    let is_arabic = |c: char| class_of(c) == Class::Arabic;
    let next = behind.get(..run(behind, 0, |c| class_of(c) != Class::Space && !is_stop(c)));
    let is_word = |word: &str| num_letters(word) > 1 && word.starts_with(is_arabic);
    is_word(last_word(before)) && next.is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `expected` holds the sentences, with `|` between them.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found: Vec<&str> = sentences(text).map(|range| &text[range.to_range()]).collect();
        assert_eq!(found.join("|"), expected, "{text}");
    }

    #[test]
    fn a_sentence_ends_with_its_stop_or_its_line() {
        check("قال هذا. ثم ذهب! أين؟ هنا؛ لا… نعم", "قال هذا.|ثم ذهب!|أين؟|هنا؛|لا…|نعم");
        check("عنوان\n\nقال هذا.\r\nانتهى", "عنوان|قال هذا.|انتهى");
        check("حقا؟! نعم... انتهى", "حقا؟!|نعم...|انتهى");
        check("انتهى.وقال", "انتهى.|وقال");
        check("  .  ", ".");
        check("", "");
    }

    #[test]
    fn closing_marks_belong_to_the_sentence() {
        check("قال \"نعم.\" ثم (انتهى.) وذهب", "قال \"نعم.\"|ثم (انتهى.)|وذهب");
        check("«انتهى.» ثم “لا؟” هنا", "«انتهى.»|ثم “لا؟”|هنا");
        check("انتهى.\u{200F} ثم", "انتهى.\u{200F}|ثم");
    }

    #[test]
    fn a_point_in_a_number_or_a_name_is_no_stop() {
        check("نسبة 45.6 في المئة. ثم", "نسبة 45.6 في المئة.|ثم");
        check("قال د. أحمد وأ.ف.ب أمس. ثم", "قال د. أحمد وأ.ف.ب أمس.|ثم");
        check("نقلت أ.ف.ب. ثم", "نقلت أ.ف.ب.|ثم");
        check("Mr. Smith and J. Doe said. Then", "Mr. Smith and J. Doe said.|Then");
        check(
            "http://example.com/a?b=1 ثم www.example.com. ثم",
            "http://example.com/a?b=1 ثم www.example.com.|ثم",
        );
        check("1. قال\n2. ذهب", "1. قال|2. ذهب");
        check("سنة 2024 م. ثم انتهى عام 2020. ثم", "سنة 2024 م.|ثم انتهى عام 2020.|ثم");
        check("فاس..صور", "فاس..صور");
    }

    #[test]
    fn a_long_paragraph_costs_no_more_than_a_short_one() {
        let text = "قال هذا في عام 2020. ثم ذهب إلى د. أحمد ".repeat(20_000);
        let start = std::time::Instant::now();
        for number in 0..1_000 {
            let offset = Offset::at(text.len() / 1_000 * number);
            std::hint::black_box(sentence_at(&text, offset));
            std::hint::black_box(next_sentence_end(&text, offset));
            std::hint::black_box(previous_sentence_start(&text, offset));
        }
        assert!(start.elapsed() < std::time::Duration::from_secs(1), "{:?}", start.elapsed());
    }

    #[test]
    fn between_two_sentences_the_one_before_is_taken() {
        let text = "أول. ثان.\nثالث";
        let at = |bytes| {
            let range = sentence_at(text, Offset::at(bytes));
            &text[range.to_range()]
        };
        assert_eq!([at(0), at(6), at(7)], ["أول."; 3]);
        assert_eq!([at(8), at(14), at(15)], ["ثان."; 3]);
        assert_eq!([at(16), at(text.len())], ["ثالث"; 2]);
        assert!(sentence_at("أ\n\nب", Offset::at(3)).is_empty());
    }

    proptest! {
        #[test]
        fn sentences_are_the_same_wherever_it_is_asked(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "قال", "د", "أ", ".", "؟", "!", "…", " ", "\n", "\"", "»", ")", "12", "Dr", "x", "\u{200F}",
                "\u{64E}", "\u{301}", "؛",
            ]), 0..24)
        ) {
            let text = pieces.concat();
            let all: Vec<TextRange> = sentences(&text).collect();
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let offset = Offset::at(at);
                if let Some(inside) = all.iter().find(|sentence| sentence.contains(offset)) {
                    prop_assert_eq!(sentence_at(&text, offset), *inside, "at {}", at);
                }
                let next = all.iter().map(|it| it.end()).find(|end| *end > offset);
                prop_assert_eq!(next_sentence_end(&text, offset), next.unwrap_or(Offset::end_of(&text)), "next at {}", at);
                let before = all.iter().map(|it| it.start()).rfind(|start| *start < offset);
                prop_assert_eq!(previous_sentence_start(&text, offset), before.unwrap_or(Offset::ZERO), "previous at {}", at);
            }
            for pair in all.windows(2) {
                prop_assert!(pair[0].end() <= pair[1].start());
            }
            let outside: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let inside: String = all.iter().flat_map(|it| text[it.to_range()].chars()).filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(outside, inside, "nothing but spaces is left out");
        }
    }
}
