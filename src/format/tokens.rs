//! Text to tokens, and overlapping spans to flat ones: what column formats want.
//!
//! A token is a maximal run of letters, digits and marks; white space parts tokens and is in
//! none, every other character is a token by itself, and the edge of a span cuts a token, so
//! that `بالناظور` with the city marked is the two tokens `ب` and `الناظور`. Letters are whole
//! grapheme clusters: a vowel mark or the parts of an emoji are never torn off. Characters
//! that show nothing, such as U+200F, belong to the token before them, or after them where
//! none touches.

use std::cmp::Reverse;

use crate::model::{Document, Span};
use crate::text::{self, Offset, TextRange};

/// The tokens of `text`, in its order; no token lies on both sides of one of the `edges`.
pub(super) fn tokens(text: &str, edges: &[Offset]) -> Vec<TextRange> {
    let mut tokens: Vec<TextRange> = Vec::new();
    // What the token under construction is made of, and whether the text goes on without gap.
    let mut run = Run::Gap;
    let mut at = Offset::ZERO;
    while at < Offset::end_of(text) {
        let next = text::next_boundary(text, at);
        let cluster = TextRange::between(at, next);
        if edges.binary_search(&at).is_ok() {
            run = Run::Gap;
        }
        let letters = text.get(cluster.to_range()).unwrap_or_default();
        let spaces: usize =
            letters.chars().take_while(|c| is_space(*c)).map(char::len_utf8).sum();
        if spaces > 0 {
            run = Run::Gap;
            // Marks that sit on a space are text, and the space is not.
            let marks = TextRange::between(Offset::at(at.to_usize() + spaces), next);
            if !marks.is_empty() {
                tokens.push(marks);
                run = Run::Closed;
            }
        } else {
            let kind = letters.chars().next().map_or(Kind::Hidden, Kind::of);
            let joins = match run {
                Run::Gap => false,
                Run::Hidden => true,
                Run::Open => kind != Kind::Symbol,
                Run::Closed => kind == Kind::Hidden,
            };
            match tokens.last_mut().filter(|_| joins) {
                Some(last) => *last = TextRange::between(last.start(), next),
                None => tokens.push(cluster),
            }
            run = match kind {
                Kind::Letter => Run::Open,
                Kind::Symbol => Run::Closed,
                Kind::Hidden if joins => run,
                Kind::Hidden => Run::Hidden,
            };
        }
        at = next;
    }
    tokens
}

/// What touches the next cluster from before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    /// Nothing: the text's start, white space, or the edge of a span.
    Gap,
    /// A token of nothing but what cannot be seen, which takes in whatever follows.
    Hidden,
    /// A token that another letter continues.
    Open,
    /// A symbol, which is a token by itself.
    Closed,
}

/// What a cluster is, by its first character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Symbol,
    Hidden,
}

impl Kind {
    fn of(c: char) -> Self {
        if is_hidden(c) {
            Self::Hidden
        } else if c.is_alphanumeric() {
            Self::Letter
        } else {
            Self::Symbol
        }
    }
}

/// Whether `c` parts tokens: Unicode's white space, and what Python takes for it besides.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&c)
}

/// Whether `c` shows nothing: controls, and the format controls that texts have.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        )
}

/// The spans that a flat format keeps, in text order, and those it cannot, each with the one
/// that stands in its way.
///
/// The longest comes first, in code points; of equally long ones the leftmost, then the one
/// whose label comes first.
pub(super) fn flatten<'a>(
    document: &Document,
    spans: &'a [Span],
) -> (Vec<&'a Span>, Vec<(&'a Span, &'a Span)>) {
    let mut order: Vec<&Span> = spans.iter().collect();
    order.sort_by_cached_key(|span| {
        let length = document.slice(span.range).chars().count();
        (Reverse(length), span.range.start(), span.label.clone(), span.id.clone())
    });
    let mut kept: Vec<&Span> = Vec::new();
    let mut dropped = Vec::new();
    for span in order {
        // `kept` is in text order and its spans are apart, so only two can be in the way.
        let at = kept.partition_point(|other| other.range.end() <= span.range.start());
        match kept.get(at).filter(|other| other.range.overlaps(span.range)) {
            Some(other) => dropped.push((span, *other)),
            None => kept.insert(at, span),
        }
    }
    dropped.sort_by(|(a, _), (b, _)| a.text_order(b));
    (kept, dropped)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `cuts` is the tokens with `|` between them; `edges` are cut at in bytes.
    #[track_caller]
    fn check(text: &str, edges: &[usize], cuts: &str) {
        let edges: Vec<_> = edges.iter().map(|at| Offset::at(*at)).collect();
        let tokens: Vec<_> =
            tokens(text, &edges).into_iter().map(|token| &text[token.to_range()]).collect();
        assert_eq!(tokens.join("|"), cuts);
    }

    #[test]
    fn white_space_of_every_kind_parts_tokens() {
        check("في\u{A0}فاس\t12\u{2028}ب\u{85}ج\u{1C}د\r\nه", &[], "في|فاس|12|ب|ج|د|ه");
        check(" \n ", &[], "");
        check("", &[], "");
    }

    #[test]
    fn punctuation_is_a_token_by_itself() {
        check("قال: «نعم»، #أمن_فاس", &[], "قال|:|«|نعم|»|،|#|أمن|_|فاس");
        check("3.500 (12%)...", &[], "3|.|500|(|12|%|)|.|.|.");
    }

    #[test]
    fn the_edge_of_a_span_cuts_a_word() {
        check("بالناظور للمديرية", &[2, 16, 19], "ب|الناظور|ل|لمديرية");
    }

    #[test]
    fn marks_and_joined_emoji_stay_whole() {
        check("وَكَالَةٌ كـــتب", &[], "وَكَالَةٌ|كـــتب");
        check("أ👨\u{200D}👩\u{200D}👧ب🇲🇦", &[], "أ|👨\u{200D}👩\u{200D}👧|ب|🇲🇦");
        check("ب \u{651}ج", &[], "ب|\u{651}|ج");
    }

    #[test]
    fn what_shows_nothing_belongs_to_a_token() {
        check("فاس\u{200F} \u{200F}في", &[], "فاس\u{200F}|\u{200F}في");
        check("\u{200E}(\u{200F}ب)", &[], "\u{200E}(\u{200F}|ب|)");
        check("ب\u{200F}\u{200E}ج \u{FEFF} ", &[], "ب\u{200F}\u{200E}ج|\u{FEFF}");
        check("\u{200F}\u{200F}فاس", &[6], "\u{200F}\u{200F}|فاس");
    }

    #[track_caller]
    fn check_flat(spans: &[(&str, usize, usize)], kept: &[&str], dropped: &[(&str, &str)]) {
        let document = Document::new("a".into(), "🙂bcdefghij");
        let spans: Vec<_> = spans
            .iter()
            .map(|(id, start, end)| {
                Span::new((*id).into(), (*id).into(), TextRange::of(*start..*end))
            })
            .collect();
        let (found, lost) = flatten(&document, &spans);
        let id = |span: &Span| span.id.to_string();
        assert_eq!(found.into_iter().map(id).collect::<Vec<_>>(), kept);
        let lost: Vec<_> = lost.into_iter().map(|(a, b)| (id(a), id(b))).collect();
        let dropped: Vec<_> =
            dropped.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(lost, dropped);
    }

    #[test]
    fn the_longest_stays_then_the_leftmost_then_the_first_label() {
        check_flat(&[("outer", 5, 9), ("inner", 6, 8)], &["outer"], &[("inner", "outer")]);
        check_flat(&[("left", 5, 8), ("right", 7, 10)], &["left"], &[("right", "left")]);
        check_flat(&[("b", 5, 8), ("a", 5, 8)], &["a"], &[("b", "a")]);
        check_flat(&[("touching", 4, 6), ("other", 6, 7)], &["touching", "other"], &[]);
        // Four bytes of one code point are shorter than two of two.
        check_flat(&[("emoji", 0, 5), ("bcd", 4, 7)], &["bcd"], &[("emoji", "bcd")]);
    }
}
