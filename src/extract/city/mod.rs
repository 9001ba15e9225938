//! Cities: named towns, by a gazetteer and what stands beside a name.
//!
//! Most names of the gazetteer are towns wherever they stand. Those that are also a word, a person
//! or a country, and those of small places, are taken only where something says so: a generic
//! noun or a preposition in front, a sure town beside it in a list, or the same name where it is
//! beyond doubt.

mod words;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::confidence::Evidence;
use super::names::Names;
use super::tokens::{Kind, Token, WordReading};
use super::vocabulary::{Classes, Vocabulary, WordId};
use super::{Reading, Suggestion, Target};
use crate::arabic::fold;
use crate::text::TextRange;

/// `id`, country, latitude, longitude, population, names: by tabs and bars.
const PLACES: &str = include_str!("../../../assets/gazetteer/places.tsv");
const AMBIGUOUS: &str = include_str!("../../../assets/gazetteer/ambiguous.txt");

/// Below so many people a town is small, and its name is taken only with a reason.
const SMALL: u32 = 15_000;

/// How much more likely a place is meant in a country whose other towns are named.
const NEAR: u64 = 50;

/// What a town's name is seldom: numbers, months, particles.
const OTHER: Classes = Classes::NUMBER
    .and(Classes::MONTH)
    .and(Classes::DATE)
    .and(Classes::CLOSED)
    .and(Classes::NO_COUNT);

/// A place of the gazetteer under one of its names.
#[derive(Clone, Copy, Debug)]
struct Place {
    id: u32,
    country: &'static str,
    name: &'static str,
    population: u32,
    trust: Trust,
}

/// How far a name is one of a town by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    Never,
    /// A country's name too: only behind a generic noun.
    Country,
    /// Behind a generic noun, or where one has told it before.
    WithCue,
    /// Where anything beside it says so.
    WithReason,
    Always,
}

/// All names of the gazetteer, in every spelling that it has.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let rows = PLACES.lines().filter(|line| !line.starts_with('#'));
    rows.flat_map(|row| row.split('\t').nth(5).unwrap_or_default().split('|'))
}

/// The words of cities.
#[derive(Debug)]
pub(super) struct Words {
    names: Names<Place>,
    cues: HashSet<WordId>,
    bars: HashSet<WordId>,
    joint_bars: HashSet<WordId>,
    prepositions: HashSet<WordId>,
    persons: HashSet<WordId>,
    clubs: HashSet<WordId>,
    strong_cues: HashSet<WordId>,
    first_of_two: HashSet<WordId>,
    capital: WordId,
    region: WordId,
}

impl Words {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut ambiguous: HashMap<String, Trust> =
            words::COUNTRIES.split_whitespace().map(|it| (fold(it), Trust::Country)).collect();
        for line in AMBIGUOUS.lines().filter(|line| !line.starts_with('#')) {
            let (name, trust) = match (line.strip_prefix('!'), line.strip_prefix('?')) {
                (Some(name), _) => (name, Trust::Never),
                (_, Some(name)) => (name, Trust::WithCue),
                _ => (line, Trust::WithReason),
            };
            ambiguous.entry(fold(name.trim())).or_insert(trust);
        }
        let mut names = Names::default();
        for row in PLACES.lines().filter(|line| !line.starts_with('#')) {
            add_row(row, &ambiguous, &mut names, vocabulary);
        }
        let mut set = |words: &str| -> HashSet<WordId> {
            let words = words.split_whitespace();
            words.map(|word| vocabulary.add(word, Classes::PLACE_CUE)).collect()
        };
        Self {
            names,
            cues: set(words::CUES),
            bars: set(words::BARS),
            joint_bars: set(words::JOINT_BARS),
            prepositions: set(words::PREPOSITIONS),
            persons: set(words::PERSONS),
            clubs: set(words::CLUBS),
            strong_cues: set(words::STRONG_CUES),
            first_of_two: set(words::FIRST_OF_TWO),
            capital: vocabulary.add("العاصمة", Classes::PLACE_CUE),
            region: vocabulary.add("منطقة", Classes::PLACE_CUE),
        }
    }
}

fn add_row(
    row: &'static str,
    ambiguous: &HashMap<String, Trust>,
    names: &mut Names<Place>,
    vocabulary: &mut Vocabulary,
) {
    let mut cells = row.split('\t');
    let id = cells.next().and_then(|it| it.parse().ok()).unwrap_or_default();
    let country = cells.next().unwrap_or_default();
    let mut cells = cells.skip(2);
    let population = cells.next().and_then(|it| it.parse().ok()).unwrap_or_default();
    for name in cells.next().unwrap_or_default().split('|') {
        let by_size = if population >= SMALL || name.contains(' ') {
            Trust::Always
        } else {
            Trust::WithReason
        };
        let trust = ambiguous.get(&fold(name)).copied().unwrap_or(by_size);
        if trust > Trust::Never {
            let place = Place { id, country, name, population, trust };
            names.add(vocabulary, Classes::PLACE, name, place);
        }
    }
}

/// A name that may be a town's.
struct Candidate<'a> {
    suggestion: Suggestion,
    /// The places of that name.
    all: &'a [Place],
    /// The largest of them.
    best: Option<Place>,
    trust: Trust,
    is_sure: bool,
    is_located: bool,
    /// Whether the candidate before stands beside it in one list.
    is_joined: bool,
}

/// What stands at a token.
enum Seen<'a> {
    Town(Candidate<'a>),
    /// A name that is none of a town; whether names joined to it are none either.
    Barred {
        is_joint: bool,
    },
}

/// Adds the cities of a text.
pub(super) fn find(reading: &Reading<'_>, out: &mut Vec<Suggestion>) {
    let mut found: Vec<Candidate<'_>> = Vec::new();
    let mut at = 0;
    // Behind the last name, and whether names joined to it are barred.
    let mut last: Option<(usize, bool)> = None;
    while let Some(token) = reading.tokens.get(at) {
        let seen = look(reading, at, token).or_else(|| cued(reading, at, token));
        let Some((seen, next)) = seen else {
            at += 1;
            continue;
        };
        let joined = last.filter(|(end, _)| is_joined(reading, *end, at, token));
        match seen {
            Seen::Barred { is_joint } => last = Some((next, is_joint)),
            Seen::Town(_) if joined.is_some_and(|(_, is_barred)| is_barred) => {
                last = Some((next, true));
            }
            Seen::Town(candidate) => {
                found.push(Candidate { is_joined: joined.is_some(), ..candidate });
                last = Some((next, false));
            }
        }
        at = next.max(at + 1);
    }
    settle_lists(&mut found);
    settle_repeated(&mut found);
    weigh(&mut found);
    let countries = countries(&found);
    out.extend(found.into_iter().filter(|it| it.is_sure).map(|candidate| {
        let weight = |place: &Place| {
            let is_near = countries.contains(place.country);
            u64::from(place.population) * if is_near { NEAR } else { 1 }
        };
        let place = candidate.all.iter().max_by_key(|place| weight(place));
        let mut suggestion = candidate.suggestion;
        if let Some(place) = place {
            suggestion.value = Some(place.name.to_owned());
            suggestion.place = Some(place.id);
        }
        suggestion
    }));
}

/// A name beside a sure town in a list is one too, unless it is a country.
fn settle_lists(found: &mut [Candidate<'_>]) {
    for at in 1..found.len() {
        settle_pair(found, at, at - 1, at);
    }
    for at in (1..found.len()).rev() {
        settle_pair(found, at - 1, at, at);
    }
}

fn settle_pair(found: &mut [Candidate<'_>], new: usize, sure: usize, second: usize) {
    let is_joined = found.get(second).is_some_and(|it| it.is_joined);
    if is_joined
        && found.get(sure).is_some_and(|it| it.is_sure)
        && let Some(new) =
            found.get_mut(new).filter(|it| !it.is_sure && it.trust > Trust::WithCue)
    {
        new.is_sure = true;
        new.suggestion.evidence = new.suggestion.evidence.and(Evidence::CUE);
    }
}

/// A name that is sure elsewhere in the text is so everywhere, unless it is a country.
fn settle_repeated(found: &mut [Candidate<'_>]) {
    let sure: HashSet<u32> =
        found.iter().filter(|it| it.is_sure).filter_map(|it| Some(it.best?.id)).collect();
    for new in found.iter_mut() {
        let may_be = match new.trust {
            Trust::Never | Trust::Country => false,
            Trust::WithCue => new.is_located,
            Trust::WithReason | Trust::Always => true,
        };
        if !new.is_sure && may_be && new.best.is_some_and(|best| sure.contains(&best.id)) {
            new.is_sure = true;
            new.suggestion.evidence = new.suggestion.evidence.and(Evidence::REPEATED);
        }
    }
}

/// What the other towns of the text say for and against each.
fn weigh(found: &mut [Candidate<'_>]) {
    // Of each country a town, and whether there is another.
    let mut named: HashMap<&str, (u32, bool)> = HashMap::new();
    for best in found.iter().filter(|it| it.is_sure).filter_map(|it| it.best) {
        let (first, has_more) = named.entry(best.country).or_insert((best.id, false));
        *has_more |= *first != best.id;
    }
    let mut next_is_joined = false;
    for candidate in found.iter_mut().rev() {
        let is_joined = candidate.is_joined || next_is_joined;
        next_is_joined = candidate.is_joined;
        let is_far = candidate.is_sure
            && candidate
                .best
                .and_then(|best| named.get(best.country))
                .is_some_and(|(_, has_more)| !has_more);
        let told = [(is_joined, Evidence::JOINED), (is_far, Evidence::FAR)];
        candidate.suggestion.evidence = candidate.suggestion.evidence.with(told);
    }
}

/// The countries whose towns are named beyond doubt.
fn countries(found: &[Candidate<'_>]) -> HashSet<&'static str> {
    let sure = found.iter().filter(|it| it.is_sure);
    sure.filter_map(|it| it.best.map(|best| (it, best.country)))
        .filter(|(it, country)| it.all.iter().all(|place| place.country == *country))
        .map(|(_, country)| country)
        .collect()
}

/// Whether a name at `at` goes on with a list whose last name ends before the token `end`.
fn is_joined(reading: &Reading<'_>, end: usize, at: usize, token: &Token) -> bool {
    let has_and = token.prefix().starts_with('و');
    let is_sign = |number| {
        [',', '/', '-', '\u{2013}'].iter().any(|sign| reading.tokens.is_sign(number, *sign))
    };
    at == end && has_and || at == end + 1 && is_sign(end)
}

/// The longest name at a token: its last token, and where it starts.
pub(super) fn name_at(reading: &Reading<'_>, at: usize) -> Option<(usize, usize)> {
    let token = reading.tokens.get(at)?;
    token.readings().find_map(|word| {
        let found = reading.lexicon.cities.names.longest(reading.tokens, at, word.word)?;
        Some((found.last, word.start))
    })
}

/// Whether a word that is known as something else is no name behind a proclitic (`ورقة`).
fn is_other_word(vocabulary: &Vocabulary, token: &Token) -> bool {
    let other = OTHER
        .and(Classes::COUNTED)
        .and(Classes::DUAL)
        .and(Classes::AGENCY_HEAD)
        .and(Classes::NATIONALITY);
    vocabulary.classes(token.whole).any(other)
}

/// A name that no list has, behind a noun that says what it is: `حي المغار`, `بلدة عين الشقف`.
fn cued<'a>(reading: &Reading<'a>, at: usize, token: &Token) -> Option<(Seen<'a>, usize)> {
    let words = &reading.lexicon.cities;
    let has = |token: &Token, set: &HashSet<WordId>| {
        token.readings().any(|reading| set.contains(&reading.word))
    };
    let cue = reading.tokens.get(at.checked_sub(1)?)?;
    (has(cue, &words.strong_cues) && token.kind == Kind::Word && token.is_spaced)
        .then_some(())?;
    let folded = reading.tokens.folded(at);
    let is_first = words.first_of_two.contains(&token.whole);
    let is_name =
        folded.starts_with("ال") && folded.chars().count() > 4 && !token.whole.is_known();
    (is_name || is_first).then_some(())?;
    let last = if is_first { at + 1 } else { at };
    reading.tokens.get(last).filter(|it| it.kind == Kind::Word)?;
    let range = reading.tokens.range(at, last);
    let mut suggestion = Suggestion::new(Target::City, range, "city.cued");
    suggestion.evidence = Evidence::CUE.and(Evidence::OPEN_END);
    suggestion.value = Some(reading.text.get(range.to_range())?.replace('_', " "));
    let candidate = Candidate {
        suggestion,
        all: &[],
        best: None,
        trust: Trust::Always,
        is_sure: true,
        is_located: true,
        is_joined: false,
    };
    Some((Seen::Town(candidate), last + 1))
}

fn look<'a>(reading: &Reading<'a>, at: usize, token: &Token) -> Option<(Seen<'a>, usize)> {
    let words = &reading.lexicon.cities;
    let vocabulary = &reading.lexicon.vocabulary;
    let (word, found) = token.readings().find_map(|word| {
        vocabulary.classes(word.word).any(Classes::PLACE).then_some(())?;
        Some((word, words.names.longest(reading.tokens, at, word.word)?))
    })?;
    let best = *found.all.iter().max_by_key(|place| place.population)?;
    let trust = found.all.iter().map(|place| place.trust).max()?;
    let next = found.last + 1;
    if word.is_stem && is_other_word(vocabulary, token) {
        return Some((Seen::Barred { is_joint: false }, at + 1));
    }
    let before = Before { reading, at, word };
    let is_one_word = found.last == at;
    let is_club =
        reading.tokens.get(next).is_some_and(|token| words.clubs.contains(&token.whole));
    let is_region =
        best.country == "SA" && before.is(words.region) && best.population > 100_000;
    let is_person = is_one_word && before.has(&words.persons);
    if before.has(&words.bars) || is_club || is_region || is_person {
        return Some((Seen::Barred { is_joint: before.has(&words.joint_bars) }, next));
    }
    let is_capital = reading.tokens.get(next).is_some_and(|token| token.whole == words.capital);
    let has_cue = before.has(&words.cues) || is_capital || is_dateline(reading, at, next);
    let is_located =
        before.has(&words.prepositions) || token.prefix().ends_with('ب') && word.is_stem;
    // `ك` and `س` are seldom written onto a town; a known word may only look like one.
    let is_odd_cut =
        word.is_stem && matches!(token.prefix().chars().last(), Some('ك' | 'س' | 'ف'));
    // A number, a month, a particle: no town unless something says so.
    let is_other = is_one_word && vocabulary.classes(word.word).any(OTHER);
    let trust = if is_other { trust.min(Trust::WithCue) } else { trust };
    let is_sure = match trust {
        Trust::Never => false,
        Trust::Country | Trust::WithCue => has_cue,
        Trust::WithReason => has_cue || is_located,
        Trust::Always => !is_odd_cut || has_cue,
    };
    let end = reading.tokens.get(found.last)?.end();
    let range = TextRange::of(word.start..end);
    let mut suggestion = Suggestion::new(Target::City, range, "city.listed");
    suggestion.evidence = Evidence::LISTED.with([
        (has_cue, Evidence::CUE),
        (is_located, Evidence::LOCATED),
        (trust < Trust::Always, Evidence::AMBIGUOUS),
        (word.is_stem, Evidence::CUT),
        (best.population < SMALL, Evidence::RARE),
    ]);
    let all = found.all;
    let best = Some(best);
    let candidate =
        Candidate { suggestion, all, best, trust, is_sure, is_located, is_joined: false };
    Some((Seen::Town(candidate), next))
}

/// The word in front of a name, unless a proclitic stands between.
struct Before<'a, 'b> {
    reading: &'b Reading<'a>,
    at: usize,
    word: WordReading,
}

impl Before<'_, '_> {
    fn has(&self, set: &HashSet<WordId>) -> bool {
        self.words().any(|word| set.contains(&word))
    }

    fn is(&self, word: WordId) -> bool {
        self.words().any(|it| it == word)
    }

    fn words(&self) -> impl Iterator<Item = WordId> {
        let before = self.at.checked_sub(1).filter(|_| !self.word.is_stem);
        let token = before.and_then(|at| self.reading.tokens.get(at));
        token.into_iter().flat_map(|token| token.readings().map(|it| it.word))
    }
}

/// Whether a name stands as the place of a report: `الرباط -`, `القاهرة (أ ف ب)`.
fn is_dateline(reading: &Reading<'_>, at: usize, next: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| reading.tokens.get(at));
    let signs = ['-', '(', '\u{2013}', '\u{2014}'];
    before.is_none_or(|token| token.kind == Kind::Break)
        && signs.iter().any(|sign| reading.tokens.is_sign(next, *sign))
        && !reading.tokens.is_glued(next)
}
