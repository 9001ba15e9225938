//! Where suggestions overlap: which one stays.
//!
//! The guidelines: spans do not overlap, no city is marked inside an agency's name, no count
//! inside a date. So, of two that share letters:
//!
//! 1. the one that holds the other stays;
//! 2. where they cross or are equal, the one of the target that comes first in [`Target::ALL`]
//!    (agency, date, count, city);
//! 3. of one target, the longer one, then the one that is surer, then the one that begins first.

use std::collections::HashMap;

use super::Suggestion;
use super::confidence::Evidence;

/// Adds the evidence that any suggestion has, and puts all in text order, outer before inner.
pub(super) fn weigh(found: &mut [Suggestion], text: &str) {
    found.sort_by(|a, b| {
        let start = a.range.start().cmp(&b.range.start());
        start.then(b.range.end().cmp(&a.range.end()))
    });
    let mut often: HashMap<&str, u32> = HashMap::new();
    for suggestion in &*found {
        *often.entry(suggestion.words(text)).or_default() += 1;
    }
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
        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
        let flags = [
            (is_disputed, Evidence::DISPUTED),
            (often.get(words).is_some_and(|times| *times > 1), Evidence::AGAIN),
            ((1..=3).contains(&letters), Evidence::SHORT),
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
