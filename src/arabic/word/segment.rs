//! One segment of a stretch without white space: a word or a sign.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::arabic::letter::{Class, class_of, digit};
use crate::text::{Offset, TextRange, is_boundary, next_boundary};

/// A stretch of text that is a word, or punctuation between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_word: bool,
}

impl Segment {
    pub(super) fn range(self) -> TextRange {
        TextRange::of(self.start..self.end)
    }
}

/// The segment that starts at `start`, before the end of `text`.
///
/// `text` ends where the stretch does, and holds no white space from `start` on.
pub(super) fn segment(text: &str, start: usize) -> Segment {
    let rest = text.get(start..).unwrap_or_default();
    let Some(first) = rest.chars().next() else {
        return Segment { start, end: text.len(), is_word: false };
    };
    let (len, is_word) = match class_of(first) {
        Class::Arabic | Class::Tatweel => (arabic(rest), true),
        Class::Latin => (link(rest).unwrap_or_else(|| latin(rest)), true),
        Class::Digit => (link(rest).unwrap_or_else(|| number(rest)), true),
        Class::OtherLetter => (other_letters(rest), true),
        Class::ArabicMark | Class::OtherMark | Class::Invisible => (lone_marks(rest), false),
        Class::Space | Class::Other => sign(rest, first),
    };
    let mut end = start + len.max(first.len_utf8());
    // Before a letter or a sign of ASCII a mark cannot be torn off.
    let next = text.get(end..).and_then(|rest| rest.chars().next());
    let is_plain = |c: char| c.is_ascii() || class_of(c) == Class::Arabic;
    if !next.is_none_or(is_plain) && !is_boundary(text, Offset::at(end)) {
        end = next_boundary(text, Offset::at(end)).to_usize();
    }
    Segment { start, end, is_word }
}

fn class_at(text: &str, at: usize) -> Option<Class> {
    text.get(at..)?.chars().next().map(class_of)
}

/// The length of the characters at `at` for which `is` holds.
fn run(text: &str, at: usize, is: impl Fn(char) -> bool) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find(|c| !is(c)).unwrap_or(rest.len())
}

/// Letters, marks and tatweel, and between them marks of direction.
fn arabic(text: &str) -> usize {
    if let Some(len) = abbreviation(text) {
        return len;
    }
    let is_letter = |c| {
        matches!(class_of(c), Class::Arabic | Class::ArabicMark | Class::Tatweel)
            || matches!(c, '\u{200C}' | '\u{200D}')
    };
    let mut end = run(text, 0, is_letter);
    loop {
        let unseen = run(text, end, |c| class_of(c) == Class::Invisible);
        let more = run(text, end + unseen, is_letter);
        if unseen == 0 || more == 0 {
            return end;
        }
        end += unseen + more;
    }
}

/// Single letters with points between them: `أ.ف.ب`.
fn abbreviation(text: &str) -> Option<usize> {
    let letter = |at| {
        let first = text.get(at..)?.chars().next().filter(|c| class_of(*c) == Class::Arabic)?;
        let marks = at + first.len_utf8();
        Some(marks + run(text, marks, |c| class_of(c) == Class::ArabicMark))
    };
    let mut end = letter(0)?;
    let mut num_letters = 1;
    while let Some(point) = text.get(end..).filter(|rest| rest.starts_with('.'))
        && let Some(next) = letter(text.len() - point.len() + 1)
    {
        end = next;
        num_letters += 1;
    }
    let goes_on = matches!(class_at(text, end), Some(Class::Arabic | Class::Tatweel));
    (num_letters > 1 && !goes_on).then_some(end)
}

fn is_latin(c: char) -> bool {
    matches!(class_of(c), Class::Latin | Class::Digit | Class::OtherMark)
}

/// Latin letters and digits, with points, hyphens and apostrophes between them.
fn latin(text: &str) -> usize {
    let mut end = run(text, 0, is_latin);
    while let Some(joint) = text.get(end..).and_then(|rest| rest.chars().next())
        && matches!(joint, '.' | '-' | '\u{2010}' | '\u{2011}' | '\'' | '’')
    {
        let more = run(text, end + joint.len_utf8(), is_latin);
        if more == 0 {
            break;
        }
        end += joint.len_utf8() + more;
    }
    end
}

fn digits(text: &str, at: usize) -> usize {
    run(text, at, |c| digit(c).is_some())
}

/// A number with its separators, a date in digits, or what begins with a number (`4x4`).
fn number(text: &str) -> usize {
    if let Some(len) = date(text) {
        return len;
    }
    let mut end = digits(text, 0);
    while let Some(separator) = text.get(end..).and_then(|rest| rest.chars().next()) {
        let from = end + separator.len_utf8();
        let more = text.get(from..).unwrap_or_default().chars();
        let num_digits = more.take_while(|c| digit(*c).is_some()).count();
        let joins = match separator {
            '.' | ',' | '٫' | '٬' => num_digits > 0,
            // Between years it is a comma that lacks its space.
            '،' => (1..=3).contains(&num_digits),
            // A time of day.
            ':' => num_digits == 2,
            _ => false,
        };
        if !joins {
            break;
        }
        end = from + digits(text, from);
    }
    match class_at(text, end) {
        Some(Class::Latin) => end + latin(text.get(end..).unwrap_or_default()),
        _ => end,
    }
}

/// A date of three groups of digits, with the same separator twice: `12/05/2024`.
fn date(text: &str) -> Option<usize> {
    let mut end = digits(text, 0);
    let separator = text.get(end..)?.chars().next().filter(|c| matches!(c, '/' | '-' | '.'))?;
    let mut lens = [text.get(..end)?.chars().count(), 0, 0];
    for len in lens.iter_mut().skip(1) {
        let from =
            text.get(end..)?.strip_prefix(separator).map(|rest| text.len() - rest.len())?;
        end = from + digits(text, from);
        *len = text.get(from..end)?.chars().count();
    }
    let [first, month, last] = lens;
    let is_date =
        (1..=4).contains(&first) && (1..=2).contains(&month) && (1..=4).contains(&last);
    let goes_on =
        text.get(end..)?.strip_prefix(separator).is_some_and(|rest| digits(rest, 0) > 0);
    (is_date && !goes_on).then_some(end)
}

/// A web link or a mail address.
fn link(text: &str) -> Option<usize> {
    let starts = |prefix: &str| {
        text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    if ["http://", "https://", "www."].into_iter().any(starts) {
        return Some(url(text));
    }
    let name =
        run(text, 0, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-'));
    if text.get(name..)?.starts_with('@') {
        let host = host(text.get(name + 1..)?)?;
        return Some(name + 1 + host);
    }
    let host = host(text)?;
    text.get(host..)?.starts_with('/').then(|| url(text))
}

/// The length of a host with at least one point and a domain of letters: `example.com`.
fn host(text: &str) -> Option<usize> {
    let len = run(text, 0, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let host = text.get(..len)?.trim_end_matches(['.', '-']);
    let (name, domain) = host.rsplit_once('.')?;
    let is_domain = domain.len() >= 2 && domain.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_domain && name.bytes().any(|byte| byte.is_ascii_alphanumeric())).then_some(host.len())
}

/// The length of the link that `text` starts with, without the punctuation behind it.
///
/// Other than ASCII letters are part of it (`/wiki/فاس`), but not right behind one: there a
/// word of the text follows without a space.
fn url(text: &str) -> usize {
    let mut end = 0;
    let mut before = ' ';
    for c in text.chars() {
        let fits = match c {
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
            _ if c.is_ascii() => !c.is_ascii_control(),
            _ => c.is_alphanumeric() && !before.is_ascii_alphanumeric(),
        };
        if !fits {
            break;
        }
        end += c.len_utf8();
        before = c;
    }
    let url = text.get(..end).unwrap_or_default();
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '@', '#']);
    match url.strip_suffix([')', ']']) {
        Some(inside) if !inside.contains(['(', '[']) => {
            inside.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']).len()
        }
        _ => url.len(),
    }
}

/// Letters of other scripts, as UAX #29 cuts them.
fn other_letters(text: &str) -> usize {
    let word = text.split_word_bounds().next().unwrap_or(text);
    let is_cut = |c: char| match class_of(c) {
        Class::Arabic | Class::Latin | Class::Digit => true,
        Class::Other => c == '_' || !c.is_ascii() && c != '’',
        _ => false,
    };
    word.find(is_cut).unwrap_or(word.len())
}

/// What cannot be seen, or belongs to no letter here.
fn lone_marks(text: &str) -> usize {
    run(text, 0, |c| {
        matches!(class_of(c), Class::ArabicMark | Class::OtherMark | Class::Invisible)
    })
}

/// An emoji, which is a word, or equal signs in a row.
fn sign(text: &str, first: char) -> (usize, bool) {
    let cluster = next_boundary(text, Offset::ZERO).to_usize();
    if is_pictograph(first) || text.get(..cluster).is_some_and(|sign| sign.contains('\u{FE0F}'))
    {
        return (cluster, true);
    }
    if cluster > first.len_utf8() {
        return (cluster, false);
    }
    (run(text, 0, |c| c == first), false)
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}')
}
