//! The spans of two markings of one text, in pairs.

use crate::arabic::{stems, word_at};
use crate::model::Span;
use crate::text::{Offset, TextRange};

/// How far two spans agree, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// Same label, same place.
    Exact,
    /// Same label, and the same place but for what is written onto the first word: proclitics
    /// and the article.
    SameStem,
    /// Same label, and letters in common.
    Overlapping,
    /// Letters in common under different labels.
    OtherLabel,
}

/// A span of either marking, with its partner in the other if it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// Both have it.
    Both {
        /// The number of the span in gold.
        gold: usize,
        /// The number of the span that was predicted.
        predicted: usize,
        /// How far they agree.
        agreement: Agreement,
    },
    /// Only gold has the span of that number.
    Missed(usize),
    /// Only the prediction has the span of that number.
    Spurious(usize),
}

/// Pairs the spans of two markings of `text`, each with one of the other at most: the closest
/// agreement first, and of those that only overlap the most letters in common. In text order.
#[must_use]
pub fn align(text: &str, gold: &[Span], predicted: &[Span]) -> Vec<Pair> {
    let mut candidates = Vec::new();
    let mut by_start: Vec<usize> = (0..predicted.len()).collect();
    by_start.sort_by_key(|number| predicted.get(*number).map(|span| span.range.start()));
    // How far back a span that reaches to a place may begin.
    let longest = predicted.iter().map(|span| span.range.num_bytes()).max().unwrap_or(0);
    for (g, a) in gold.iter().enumerate() {
        let from = a.range.start().to_usize().saturating_sub(longest);
        let first = by_start.partition_point(|number| {
            predicted.get(*number).is_some_and(|span| span.range.start().to_usize() < from)
        });
        for p in by_start.iter().skip(first).copied() {
            let Some(b) = predicted.get(p) else { continue };
            if b.range.start() >= a.range.end() {
                break;
            }
            if let Some(agreement) = agreement(text, a, b) {
                candidates.push((agreement, usize::MAX - common(a.range, b.range), g, p));
            }
        }
    }
    candidates.sort_unstable();
    let mut partner_of_gold = vec![None; gold.len()];
    let mut is_taken = vec![false; predicted.len()];
    for (agreement, _, g, p) in candidates {
        if let (Some(partner @ None), Some(taken @ false)) =
            (partner_of_gold.get_mut(g), is_taken.get_mut(p))
        {
            *partner = Some((p, agreement));
            *taken = true;
        }
    }
    let paired = partner_of_gold.into_iter().enumerate().map(|(gold, partner)| match partner {
        Some((predicted, agreement)) => Pair::Both { gold, predicted, agreement },
        None => Pair::Missed(gold),
    });
    let spurious = is_taken.iter().enumerate().filter(|(_, taken)| !**taken);
    let mut pairs: Vec<Pair> =
        paired.chain(spurious.map(|(number, _)| Pair::Spurious(number))).collect();
    pairs.sort_by_key(|pair| match pair {
        Pair::Both { gold: number, .. } | Pair::Missed(number) => {
            gold.get(*number).map(|span| span.range.start())
        }
        Pair::Spurious(number) => predicted.get(*number).map(|span| span.range.start()),
    });
    pairs
}

/// How far two spans agree; not at all if they have no letter in common.
fn agreement(text: &str, a: &Span, b: &Span) -> Option<Agreement> {
    if common(a.range, b.range) == 0 {
        return None;
    }
    Some(if a.label != b.label {
        Agreement::OtherLabel
    } else if a.range == b.range {
        Agreement::Exact
    } else if is_same_stem(text, a.range, b.range) {
        Agreement::SameStem
    } else {
        Agreement::Overlapping
    })
}

/// How many bytes two ranges share.
fn common(a: TextRange, b: TextRange) -> usize {
    let start = a.start().max(b.start()).to_usize();
    a.end().min(b.end()).to_usize().saturating_sub(start)
}

/// Whether two spans that end together begin in the same word, each where it may be cut in
/// front.
fn is_same_stem(text: &str, a: TextRange, b: TextRange) -> bool {
    if a.end() != b.end() {
        return false;
    }
    let word = word_at(text, a.start().max(b.start()));
    let starts: Vec<Offset> = stems(text, word).iter().map(|stem| stem.start()).collect();
    [a, b].iter().all(|range| range.start() >= word.start() && starts.contains(&range.start()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SpanId;

    fn span(text: &str, label: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        let range = TextRange::of(start..start + words.len());
        Span::new(SpanId::new(format!("{label}{start}")), label.into(), range)
    }

    fn aligned(text: &str, gold: &[(&str, &str)], predicted: &[(&str, &str)]) -> Vec<Pair> {
        let spans = |of: &[(&str, &str)]| -> Vec<Span> {
            of.iter().map(|(label, words)| span(text, label, words)).collect()
        };
        align(text, &spans(gold), &spans(predicted))
    }

    #[test]
    fn spans_agree_by_place_stem_letters_or_not_at_all() {
        let text = "وصل إلى بطنجة نحو 20 شخصا من وزارة الداخلية للشرطة ومن سلا";
        let gold = [
            ("CITY", "طنجة"),
            ("COUNT", "نحو 20"),
            ("AGENCY", "وزارة الداخلية"),
            ("AGENCY", "لشرطة"),
            ("CITY", "سلا"),
        ];
        let predicted = [
            ("CITY", "بطنجة"),
            ("COUNT", "20"),
            ("AGENCY", "وزارة الداخلية"),
            ("AGENCY", "شرطة"),
            ("DATE", "إلى"),
        ];
        let both = |gold, predicted, agreement| Pair::Both { gold, predicted, agreement };
        assert_eq!(
            aligned(text, &gold, &predicted),
            [
                Pair::Spurious(4),
                both(0, 0, Agreement::SameStem),
                both(1, 1, Agreement::Overlapping),
                both(2, 2, Agreement::Exact),
                both(3, 3, Agreement::SameStem),
                Pair::Missed(4),
            ]
        );
    }

    #[test]
    fn the_closest_partner_wins_and_each_has_one() {
        let text = "محكمة الاستئناف بسلا";
        let gold = [("AGENCY", text), ("CITY", "سلا")];
        let predicted = [("AGENCY", "محكمة الاستئناف"), ("CITY", "سلا"), ("AGENCY", "محكمة")];
        assert_eq!(
            aligned(text, &gold, &predicted),
            [
                Pair::Both { gold: 0, predicted: 0, agreement: Agreement::Overlapping },
                Pair::Spurious(2),
                Pair::Both { gold: 1, predicted: 1, agreement: Agreement::Exact },
            ]
        );
    }

    #[test]
    fn another_label_is_a_partner_only_where_there_is_none_of_its_own() {
        let text = "في فاس اليوم";
        assert_eq!(
            aligned(text, &[("CITY", "فاس")], &[("AGENCY", "فاس")]),
            [Pair::Both { gold: 0, predicted: 0, agreement: Agreement::OtherLabel }]
        );
        assert_eq!(
            aligned(text, &[("CITY", "فاس")], &[("AGENCY", "فاس"), ("CITY", "فاس اليوم")]),
            [
                Pair::Both { gold: 0, predicted: 1, agreement: Agreement::Overlapping },
                Pair::Spurious(0),
            ]
        );
    }

    #[test]
    fn words_that_only_touch_share_no_letter() {
        let text = "فاس-مكناس";
        assert_eq!(
            aligned(text, &[("CITY", "فاس")], &[("CITY", "مكناس"), ("CITY", "-")]),
            [Pair::Missed(0), Pair::Spurious(1), Pair::Spurious(0)]
        );
    }
}
