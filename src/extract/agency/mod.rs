//! Agencies: named bodies of states.
//!
//! Names come from a list, or are built of a head ([`words::Head`]) and what it wants behind it
//! (`grammar`, `body`). The longest counts. A name goes on as long as words follow that names of its kind
//! are built of, takes an adjective of nationality with it, and ends there; a place is part of it
//! where the body needs one to be this one. What it is worth is told by `value`.

mod body;
mod grammar;
mod place;
mod value;
mod words;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::confidence::Evidence;
use super::tokens::{Kind, Token, WordReading};
use super::vocabulary::{Classes, WordId};
use super::{Reading, Suggestion, Target};
use crate::text::TextRange;
pub(super) use words::Words;
use words::{Gender, Head, Nation};

/// What a name may begin with.
const FIRST: Classes = Classes::AGENCY.and(Classes::AGENCY_HEAD);

/// A name that was read.
#[derive(Clone, Copy, Debug)]
struct Name {
    /// Its last token.
    last: usize,
    /// How many adjectives of nationality `و` joins to the first: `المغربية والإسبانية`.
    also: usize,
    rule: &'static str,
    /// The number of the listed body that it names.
    listed: Option<usize>,
    evidence: Evidence,
}

impl Name {
    fn new(last: usize, rule: &'static str) -> Self {
        Self { last, also: 0, rule, listed: None, evidence: Evidence::default() }
    }

    /// The same, with such evidence if that holds.
    fn with(mut self, holds: bool, evidence: Evidence) -> Self {
        if holds {
            self.evidence = self.evidence.and(evidence);
        }
        self
    }
}

/// Adds the agencies of a text.
pub(super) fn find(reading: &Reading<'_>, out: &mut Vec<Suggestion>) {
    let mut at = 0;
    while let Some(token) = reading.tokens.get(at) {
        let found = token
            .readings()
            .filter(|it| reading.lexicon.vocabulary.classes(it.word).any(FIRST))
            .find_map(|it| Some((it, name(reading, at, it)?)));
        let Some((first, name)) = found else {
            at += 1;
            continue;
        };
        let end = reading.tokens.get(name.last).map_or(first.start, Token::end);
        let range = TextRange::of(first.start..end.max(first.start));
        let mut new = Suggestion::new(Target::Agency, range, name.rule);
        new.value = Some(value::of(reading, at, first.word, &name));
        new.evidence = name.with(first.is_stem, Evidence::CUT).evidence;
        let value = new.value.clone();
        out.push(new);
        at = name.last + 1;
        if let Some((gloss, next)) = gloss(reading, at, value) {
            out.push(gloss);
            at = next;
        }
    }
}

/// A short name that no list has, in brackets behind the name: `(نزاهة)`, `(UME)`.
fn gloss(
    reading: &Reading<'_>,
    at: usize,
    value: Option<String>,
) -> Option<(Suggestion, usize)> {
    (reading.tokens.is_sign(at, '(') && reading.tokens.is_sign(at + 2, ')')).then_some(())?;
    let token = reading.tokens.get(at + 1)?;
    let range = reading.tokens.range(at + 1, at + 1);
    let other = Classes::AGENCY_HEAD
        .and(Classes::PLACE)
        .and(Classes::PLACE_CUE)
        .and(Classes::NATIONALITY)
        .and(Classes::NUMBER)
        .and(Classes::CLOSED)
        .and(Classes::COUNTED);
    let word = reading.tokens.folded(at + 1);
    let is_name = match token.kind {
        Kind::Foreign => {
            let word = reading.text.get(range.to_range())?;
            word.len() >= 2 && word.chars().all(char::is_uppercase)
        }
        // Not whence a picture comes.
        Kind::Word => !matches!(word, "ارشيف" | "رويترز" | "صوره" | "وكالات" | "الاناضول"),
        _ => false,
    };
    (is_name && !token.classes.any(other)).then_some(())?;
    let mut new = Suggestion::new(Target::Agency, range, "agency.gloss");
    new.value = value;
    Some((new, at + 3))
}

/// The longest name at a token that is read so.
fn name(reading: &Reading<'_>, at: usize, first: WordReading) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let head = words.head(first.word);
    if !first.is_stem && is_behind(reading, at, &words.clubs) {
        return None;
    }
    let is_men = matches!(head, Some(Head::Force | Head::Portfolio));
    if is_men
        && (!first.is_stem && is_behind(reading, at, &words.vague) || is_office(reading, at))
    {
        return None;
    }
    let listed = listed(reading, at, first);
    let built = head.and_then(|head| grammar::built(reading, at, first, head));
    match (listed, built) {
        // It is this one without a place.
        (Some(listed), Some(_)) if is_complete(reading, &listed) => Some(listed),
        // The same body by its place.
        (Some(listed), Some(built)) if built.last > listed.last => Some(built),
        (Some(listed), _) => Some(listed),
        (None, built) => built,
    }
}

/// `المدير العام للأمن الوطني`: a person; or a day of the year.
fn is_office(reading: &Reading<'_>, at: usize) -> bool {
    let is = |back: usize, words: &[&str]| {
        at.checked_sub(back).is_some_and(|at| {
            let folded = reading.tokens.folded(at);
            words.contains(&folded.strip_prefix(['و', 'ف', 'ب', 'ل']).unwrap_or(folded))
                || words.contains(&folded)
        })
    };
    // `اليوم العالمي للحماية المدنية`.
    is(1, &["العالمي", "الدولي", "الوطني"]) && is(2, &["اليوم", "لليوم", "يوم", "ليوم"])
        || is(1, &["العام", "العامه"])
            && is(2, &["المدير", "المديره", "مدير", "لمدير", "المفتش", "القايد", "لقايد"])
}

/// Whether a listed name is the official one of a body that there is once, and a place follows.
fn is_complete(reading: &Reading<'_>, name: &Name) -> bool {
    let words = &reading.lexicon.agencies;
    let body = name.listed.and_then(|number| words.listed.get(number));
    let is_one = body.is_some_and(|body| body.country != "*")
        && !name.evidence.any(Evidence::LOOSE_VALUE);
    is_one
        && (reading.tokens.folded(name.last + 1) == "في"
            || is_word(reading, name.last + 1).is_some_and(|it| it.prefix() == "ب"))
}

/// A listed name, in whose long words one letter may be wrong.
fn listed(reading: &Reading<'_>, at: usize, first: WordReading) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let read = |number: usize, token: &Token| {
        if token.whole.is_known() || token.stem.is_known() || token.kind != Kind::Word {
            return token.whole;
        }
        words.slip_of(reading.tokens.folded(number))
    };
    let found = words.names.longest_by(reading.tokens, at, first.word, read)?;
    let entry = *found.all.first()?;
    let body = words.listed.get(entry.number)?;
    let is_foreign = reading.tokens.get(at).is_some_and(|it| it.kind == Kind::Foreign);
    if is_foreign {
        let last = handle(reading, at, found.last);
        let name = Name { listed: Some(entry.number), ..Name::new(last, "agency.acronym") };
        return Some(name.with(true, Evidence::LISTED));
    }
    let gender = (found.last == at).then(|| gender(reading, first.word));
    let nations = nations(reading, found.last + 1, gender.flatten());
    let is_other = nations.is_some_and(|(_, _, nation)| nation.country != body.country);
    let (last, also) = nations.map_or((found.last, 0), |(last, also, _)| (last, also));
    let mut name = Name { also, ..Name::new(last, "agency.listed") };
    name.listed = (!is_other && also == 0).then_some(entry.number);
    Some(
        name.with(!is_other, Evidence::LISTED)
            .with(!entry.is_own || is_other && body.country != "*", Evidence::LOOSE_VALUE)
            .with(found.last == at && !entry.is_own, Evidence::AMBIGUOUS),
    )
}

/// A handle goes on over what `_` joins to it: `@UNHCR_Arabic`.
fn handle(reading: &Reading<'_>, at: usize, last: usize) -> usize {
    let is_one = at.checked_sub(1).is_some_and(|before| reading.tokens.is_sign(before, '@'));
    let mut last = last;
    while is_one
        && reading.tokens.is_sign(last + 1, '_')
        && reading.tokens.is_glued(last + 1)
        && reading.tokens.is_glued(last + 2)
    {
        last += 2;
    }
    last
}

fn is_word<'a>(reading: &Reading<'a>, at: usize) -> Option<&'a Token> {
    reading.tokens.get(at).filter(|token| token.kind == Kind::Word)
}

/// Whether one of those words stands in front, with any clitics.
fn is_behind(reading: &Reading<'_>, at: usize, set: &HashSet<String>) -> bool {
    let Some(before) = at.checked_sub(1).filter(|it| is_word(reading, *it).is_some()) else {
        return false;
    };
    let mut word = reading.tokens.folded(before);
    for _ in 0..3 {
        if set.contains(word) {
            return true;
        }
        let Some(rest) = word.strip_prefix(['و', 'ف', 'ب', 'ك', 'ل']) else { break };
        word = rest;
    }
    false
}

/// The gender of a noun that heads a name; none of a foreign one.
fn gender(reading: &Reading<'_>, word: WordId) -> Option<Gender> {
    reading.lexicon.agencies.head(word)?;
    let folded = reading.lexicon.vocabulary.spelling(word);
    let noun = folded.strip_prefix("ال").unwrap_or(folded);
    Some(if matches!(noun, "شرطتين" | "شرطتان" | "جيشين" | "جيشان") {
        Gender::Dual
    } else if noun.ends_with('ه') || noun.ends_with("ات") || matches!(noun, "جمارك" | "مباحث")
    {
        Gender::Feminine
    } else {
        Gender::Masculine
    })
}

/// The adjective of nationality that stands there in the gender.
fn nation(reading: &Reading<'_>, at: usize, gender: Option<Gender>) -> Option<Nation> {
    let token = is_word(reading, at)?;
    let nation = reading.lexicon.agencies.nation(token.whole)?;
    agrees(nation, gender).then_some(nation)
}

fn agrees(nation: Nation, gender: Option<Gender>) -> bool {
    match gender {
        None => nation.gender != Gender::Dual,
        Some(Gender::Dual) => true,
        Some(gender) => nation.gender == gender,
    }
}

/// Adjectives of nationality: where they end, how many are joined to the first, and the last that
/// tells of the first body (`الجيش العربي السوري`).
fn nations(
    reading: &Reading<'_>,
    at: usize,
    gender: Option<Gender>,
) -> Option<(usize, usize, Nation)> {
    let words = &reading.lexicon.agencies;
    let mut first = nation(reading, at, gender)?;
    let mut last = at;
    while let Some(next) = nation(reading, last + 1, Some(first.gender)) {
        (first, last) = (next, last + 1);
    }
    let mut also = 0;
    while let Some(token) = is_word(reading, last + 1) {
        let next = words.nation(token.stem).filter(|_| token.prefix() == "و");
        if next.is_none_or(|next| next.gender != first.gender) {
            break;
        }
        (last, also) = (last + 1, also + 1);
    }
    Some((last, also, first))
}
