//! Where suggestions overlap: which one stays.
//!
//! The guidelines: spans do not overlap, no city is marked inside an agency's name, no count
//! inside a date. So, of two that share letters:
//!
//! 1. the one that holds the other stays;
//! 2. where they cross or are equal, the one of the target that comes first in `Target::ALL`
//!    (agency, date, count, city);
//! 3. of one target, the longer one, then the one that is surer, then the one that begins first.

use super::Suggestion;
use super::confidence::Evidence;
use super::tokens::{Kind, Tokens};
use super::vocabulary::{Classes, hash};

/// Adds the evidence that any suggestion has, and puts all in text order, outer before inner.
pub(super) fn weigh(found: &mut [Suggestion], text: &str, tokens: &Tokens) {
    found.sort_by(|a, b| {
        let start = a.range.start().cmp(&b.range.start());
        start.then(b.range.end().cmp(&a.range.end()))
    });
    let mut spelled: Vec<u64> =
        found.iter().map(|it| hash(it.words(text).as_bytes())).collect();
    spelled.sort_unstable();
    // The furthest that those before reach, and the next one that begins within it.
    let mut reach = 0;
    for at in 0..found.len() {
        let Some(suggestion) = found.get(at) else { continue };
        let range = suggestion.range;
        let next = found.get(at + 1).map(|next| next.range.start());
        let is_disputed =
            range.start().to_usize() < reach || next.is_some_and(|next| next < range.end());
        reach = reach.max(range.end().to_usize());
        let words = suggestion.words(text);
        let of_words = hash(words.as_bytes());
        let after = spelled.partition_point(|it| *it <= of_words);
        let is_again = after > 1 && spelled.get(after - 2) == Some(&of_words);
        // Three letters of two bytes.
        let is_short = words.len() <= 6 && !words.starts_with(|c: char| c.is_ascii_digit());
        let [first, last] =
            [range.start(), range.end()].map(|edge| tokens.from(edge.to_usize()));
        let before = first.checked_sub(1).and_then(|before| tokens.get(before));
        let is_cut = before.is_some_and(|before| before.end() > range.start().to_usize());
        let is_word = |kind| matches!(kind, Kind::Word | Kind::Foreign | Kind::Digits);
        let flags = [
            (
                !is_cut
                    && before
                        .is_some_and(|it| it.kind == Kind::Word && it.classes == Classes::NONE),
                Evidence::BEHIND,
            ),
            (before.is_none_or(|it| !is_word(it.kind)), Evidence::FIRST),
            (tokens.get(last).is_none_or(|it| !is_word(it.kind)), Evidence::LAST),
            (is_disputed, Evidence::DISPUTED),
            (is_again, Evidence::AGAIN),
            (is_short, Evidence::SHORT),
            (words.contains(' '), Evidence::LONG),
        ];
        if let Some(suggestion) = found.get_mut(at) {
            for (_, flag) in flags.iter().filter(|(is_so, _)| *is_so) {
                suggestion.evidence = suggestion.evidence.and(*flag);
            }
        }
    }
}

/// Leaves of `found`, which is in text order, those that stay.
pub(super) fn resolve(found: &mut Vec<Suggestion>) {
    let mut kept: Vec<Suggestion> = Vec::with_capacity(found.len());
    'next: for new in found.drain(..) {
        while let Some(last) = kept.last() {
            if last.range.end() <= new.range.start() {
                break;
            }
            if !yields(last, &new) {
                continue 'next;
            }
            kept.pop();
        }
        kept.push(new);
    }
    *found = kept;
}

/// Whether `old`, which starts no later than `new` and shares letters with it, yields to it.
fn yields(old: &Suggestion, new: &Suggestion) -> bool {
    let (old_range, new_range) = (old.range, new.range);
    let is_inside = old_range.end() >= new_range.end();
    let is_around =
        new_range.start() <= old_range.start() && new_range.end() >= old_range.end();
    match (is_inside, is_around) {
        (true, false) => false,
        (false, true) => true,
        _ if old.target != new.target => new.target < old.target,
        _ => {
            let len = |it: &Suggestion| it.range.num_bytes();
            (len(new), new.score).partial_cmp(&(len(old), old.score))
                == Some(std::cmp::Ordering::Greater)
        }
    }
}
