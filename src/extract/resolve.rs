//! Where suggestions overlap: which one stays.
//!
//! The guidelines: spans do not overlap, no city is marked inside an agency's name, no count
//! inside a date. So, of two that share letters:
//!
//! 1. the one that holds the other stays;
//! 2. where they cross or are equal, the one of the target that comes first in `Target::ALL`
//!    (agency, date, count, city);
//! 3. of one target, the longer one, then the one that is surer, then the one that begins first.

use super::confidence::Evidence;
use super::tokens::{Kind, Token, Tokens};
use super::vocabulary::Classes;
use super::{Suggestion, Target};

/// Adds the evidence that any suggestion has, and puts all in text order, outer before inner.
pub(super) fn weigh(found: &mut [Suggestion], text: &str, tokens: &Tokens) {
    found.sort_by(|a, b| {
        let start = a.range.start().cmp(&b.range.start());
        start.then(b.range.end().cmp(&a.range.end()))
    });
    // The furthest that those before reach, and the next one that begins within it.
    let mut reach = 0;
    let mut rest = found.iter_mut().peekable();
    while let Some(suggestion) = rest.next() {
        let range = suggestion.range;
        let is_disputed = range.start().to_usize() < reach
            || rest.peek().is_some_and(|next| next.range.start() < range.end());
        reach = reach.max(range.end().to_usize());
        let words = suggestion.words(text);
        // Three letters of two bytes.
        let is_short = words.len() <= 6 && !words.starts_with(|c: char| c.is_ascii_digit());
        let of_words = [
            (is_disputed, Evidence::DISPUTED),
            (is_short, Evidence::SHORT),
            (words.contains(' '), Evidence::LONG),
        ];
        let of_place = beside(suggestion, tokens);
        suggestion.evidence = suggestion.evidence.with(of_words).with(of_place);
    }
}

/// What the tokens on both sides of a suggestion say.
fn beside(suggestion: &Suggestion, tokens: &Tokens) -> [(bool, Evidence); 6] {
    let Suggestion { target, range, .. } = *suggestion;
    let [first, last] = [range.start(), range.end()].map(|edge| tokens.from(edge.to_usize()));
    let before = first.checked_sub(1).and_then(|before| tokens.get(before));
    let behind = tokens.get(last);
    // What is written onto it belongs to the same token.
    let is_cut = before.is_some_and(|it| it.end() > range.start().to_usize());
    let apart = before.filter(|_| !is_cut);
    let is_edge = |token: Option<&Token>| {
        token.is_none_or(|it| matches!(it.kind, Kind::Sign(_) | Kind::Break))
    };
    let is_quote = |token: Option<&Token>| {
        token.is_some_and(|it| matches!(it.kind, Kind::Sign(sign) if QUOTES.contains(sign)))
    };
    let (kin, has_digits) = match target {
        Target::Agency => (AGENCY, false),
        Target::Date => (DATE, true),
        Target::Count => (Classes::NUMBER.and(Classes::NO_COUNT), true),
        Target::City => (Classes::PLACE.and(Classes::COUNTRY), false),
    };
    let is_kin =
        |it: &Token| it.classes.any(kin) || has_digits && matches!(it.kind, Kind::Digits);
    let is_unknown = |it: &Token| it.kind == Kind::Word && it.classes == Classes::NONE;
    let goes_on = behind.is_some_and(|it| it.kind == Kind::Word && it.is_spaced)
        && tokens.folded(last).starts_with("ال");
    [
        (apart.is_some_and(is_unknown), Evidence::BEHIND),
        (is_edge(before), Evidence::FIRST),
        (is_edge(behind), Evidence::LAST),
        (apart.is_some_and(is_kin), Evidence::KIN),
        (goes_on, Evidence::GOES_ON),
        (is_quote(before) || is_quote(behind), Evidence::QUOTED),
    ]
}

/// What stands around a title, a gloss, a by-name.
const QUOTES: &str = "\"'()[]«»“”";

/// Words that names of agencies are made of.
const AGENCY: Classes = Classes::AGENCY
    .and(Classes::AGENCY_HEAD)
    .and(Classes::AGENCY_PART)
    .and(Classes::NATIONALITY);

/// Words that dates are made of.
const DATE: Classes = Classes::NUMBER
    .and(Classes::MONTH)
    .and(Classes::WEEKDAY)
    .and(Classes::DATE)
    .and(Classes::DATE_END);

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
