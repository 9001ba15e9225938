//! A place in a text with the words around it, on one line.

use std::ops::Range;

use crate::arabic::is_line_break;
use crate::text::{Offset, TextRange, next_boundary, previous_boundary};

/// How many bytes before and after a place an excerpt may reach: some 50 and 110 letters.
const AROUND: (usize, usize) = (100, 220);

/// How many bytes more are looked at, for a line's end: longer than a letter with its marks.
const BEYOND: usize = 64;

/// A place in a text with the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The place in the text.
    pub range: TextRange,
    /// One line of the text around it, cut at words; `…` where it was cut.
    pub line: String,
    /// Where the place is in that line, in bytes; cut where it is long or ends its line.
    pub emphasis: Range<usize>,
}

/// The line around a place of a text.
#[must_use]
pub fn excerpt(text: &str, range: TextRange) -> Excerpt {
    let (start, end) = (range.start().to_usize(), range.end().to_usize());
    // A place may run over line ends: its first line is shown.
    let end = text[start..end].find(is_line_break).map_or(end, |at| start + at);
    let end =
        end.min(next_boundary(text, Offset::at((start + AROUND.1).min(text.len()))).to_usize());
    // No farther than can be shown: a text may be one line, with thousands of places in it.
    let first = text.floor_char_boundary(start.saturating_sub(AROUND.0 + BEYOND));
    let last = text.ceil_char_boundary((end + AROUND.1 + BEYOND).min(text.len()));
    let line_start = text[first..start].rfind(is_line_break);
    // Some line ends take more than one byte.
    let line_start = line_start.map_or(first, |at| text.ceil_char_boundary(first + at + 1));
    let line_end = text[end..last].find(is_line_break).map_or(last, |at| end + at);
    let mut from = line_start;
    if start - line_start > AROUND.0 {
        let least = previous_boundary(text, Offset::at(start - AROUND.0)).to_usize();
        // At a word's start, unless a word is as long as all that.
        let word = text[least..start].find(char::is_whitespace);
        from = word.map_or(least, |at| least + at + 1);
        from = text.ceil_char_boundary(from).min(start);
    }
    let mut to = line_end;
    if line_end - end > AROUND.1 {
        let most = next_boundary(text, Offset::at(end + AROUND.1)).to_usize();
        to = text[end..most].rfind(char::is_whitespace).map_or(most, |at| end + at);
    }
    let mut line = String::new();
    if from > line_start {
        line.push('…');
    }
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    line.extend(text[from..start].trim_start().chars().map(clean));
    let emphasis_start = line.len();
    line.extend(text[start..end].chars().map(clean));
    let emphasis = emphasis_start..line.len();
    line.extend(text[end..to].trim_end().chars().map(clean));
    if to < line_end {
        line.push('…');
    }
    Excerpt { range, line, emphasis }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &str, expected: &str) {
        let start = text.find(words).unwrap();
        let found = excerpt(text, TextRange::of(start..start + words.len()));
        let Range { start, end } = found.emphasis;
        let shown = format!(
            "{}[{}]{}",
            &found.line[..start],
            &found.line[start..end],
            &found.line[end..]
        );
        assert_eq!(shown, expected);
    }

    #[test]
    fn an_excerpt_is_one_line() {
        check("عنوان\nزار فاس أمس\nثم عاد", "فاس", "زار [فاس] أمس");
        check("زار فاس\nأمس", "فاس\nأمس", "زار [فاس]");
        check("فاس", "فاس", "[فاس]");
        for end in ["\r\n", "\u{85}", "\u{2028}", "\u{2029}", "\u{B}", "\u{C}"] {
            let text = format!("عنوان{end}زار فاس أمس{end}ثم عاد");
            check(&text, "فاس", "زار [فاس] أمس");
            check(&text, &format!("أمس{end}ثم"), "زار فاس [أمس]");
        }
    }

    #[test]
    fn a_long_line_is_cut_at_words() {
        let text = format!("{}هنا{}", "كلمة ".repeat(100), " كلمة".repeat(100));
        let start = text.find("هنا").unwrap();
        let found = excerpt(&text, TextRange::of(start..start + 6));
        assert!(found.line.starts_with("…كلمة ") && found.line.ends_with("كلمة…"));
        assert!(found.line.len() < 400);
        assert_eq!(&found.line[found.emphasis], "هنا");
    }
}
