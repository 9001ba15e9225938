//! Cities: named towns, by a gazetteer and what stands beside a name.
//!
//! Most names of the gazetteer are towns wherever they stand. Those that are also a word, a person
//! or a country, and those of small places, are taken only where something says so: a generic
//! noun or a preposition in front, or the same name where it is beyond doubt.

use std::collections::{HashMap, HashSet};

use super::confidence::Evidence;
use super::names::Names;
use super::tokens::{Kind, Token};
use super::vocabulary::{Classes, Vocabulary, WordId};
use super::{Reading, Suggestion, Target};
use crate::arabic::fold;
use crate::text::TextRange;

/// `id`, country, latitude, longitude, population, names: by tabs and bars.
const PLACES: &str = include_str!("../../assets/gazetteer/places.tsv");
const AMBIGUOUS: &str = include_str!("../../assets/gazetteer/ambiguous.txt");

/// Nouns in front of a town's name that say that it is one.
const CUES: &str = "\
    مدينة مدينتي مدن بلدة بلدتي بلدات قرية قريتي قرى بلدية بلديات جماعة جماعتي حي أحياء \
    ضاحية ضواحي دوار قصبة العاصمة عاصمة حاضرة ببلدة بمدينة";

/// Nouns in front of a name that make it the name of something else.
const BARS: &str = "\
    إقليم أقاليم بإقليم عمالة عمالات ولاية ولايات محافظة محافظات محافظتي ولايتي إقليمي \
    مقاطعة جهة قضاء جزيرة جزر جبل جبال نهر بحر وادي واد خليج دولة جمهورية مملكة إمارة \
    نادي فريق شباب مولودية وداد نهضة رجاء أولمبيك ترجي شبيبة وفاق شارع سهل صحراء بحيرة \
    مضيق معركة اتفاق اتفاقية بروتوكول إعلان مؤتمر حسنية يوسفية اتحاد ريف سريع جامعة قطاع قناة \
    سلطنة هضبة مرتفعات غابة قبيلة عائلة آل أبو بنو الشيخ الملك الأمير الدكتور السيد \
    العقيد محمد أحمد عبد صحيفة جريدة سجن معبر بورصة كتيبة لواء";

/// Words in front of a name that say that it is a place.
const PREPOSITIONS: &str = "\
    منطقة بمنطقة ناحية نواحي مركز بمركز مناطق بينها منها وهي في من إلى نحو قرب بين عبر باتجاه صوب شمال جنوب شرق غرب وسط بضواحي بالقرب اتجاه طريق \
    لمدينة داخل خارج محيط مطار ميناء بميناء بمطار أهالي سكان سماء";

/// Countries that a capital or a town has its name from.
const COUNTRIES: &str = "\
    تونس الجزائر الكويت جيبوتي لوكسمبورغ موناكو سنغافورة المكسيك بنما غواتيمالا \
    لبنان السودان مصر المغرب سوريا العراق الأردن فلسطين اليمن ليبيا قطر \
    البحرين إسبانيا فرنسا موريتانيا الإمارات السعودية كوبا البرازيل جورجيا كولومبيا أرمينيا بنين فنزويلا الهند الصين \
    مالي";

/// Below so many people a town is small, and its name is taken only with a reason.
const SMALL: u32 = 15_000;

/// A place of the gazetteer.
#[derive(Clone, Copy, Debug)]
struct Place {
    name: &'static str,
    population: u32,
}

/// How far a name is one of a town by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    Never,
    WithCue,
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
    ambiguous: HashMap<String, Trust>,
    cues: HashSet<WordId>,
    bars: HashSet<WordId>,
    prepositions: HashSet<WordId>,
    capital: WordId,
}

impl Words {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut ambiguous: HashMap<String, Trust> =
            COUNTRIES.split_whitespace().map(|name| (fold(name), Trust::WithCue)).collect();
        for line in AMBIGUOUS.lines().filter(|line| !line.starts_with('#')) {
            let (name, trust) = match (line.strip_prefix('!'), line.strip_prefix('?')) {
                (Some(name), _) => (name, Trust::Never),
                (_, Some(name)) => (name, Trust::WithCue),
                _ => (line, Trust::WithReason),
            };
            ambiguous.insert(fold(name.trim()), trust);
        }
        let mut names = Names::default();
        for row in PLACES.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = row.split('\t').skip(4);
            let population = cells.next().and_then(|it| it.parse().ok()).unwrap_or_default();
            let all = cells.next().unwrap_or_default();
            let name = all.split('|').next().unwrap_or_default();
            for spelling in all.split('|') {
                // `ناظور` of `الناظور` is no spelling of it in Arabic.
                let is_bare = all.split('|').any(|it| it.strip_prefix("ال") == Some(spelling));
                if !is_bare && ambiguous.get(&fold(spelling)) != Some(&Trust::Never) {
                    let place = Place {
                        name: if fold(spelling) == fold(name) { name } else { spelling },
                        population,
                    };
                    names.add(vocabulary, Classes::PLACE, spelling, place);
                }
            }
        }
        let mut set = |words: &str| -> HashSet<WordId> {
            words
                .split_whitespace()
                .map(|word| vocabulary.add(word, Classes::PLACE_CUE))
                .collect()
        };
        let (cues, bars, prepositions) = (set(CUES), set(BARS), set(PREPOSITIONS));
        let capital = vocabulary.add("العاصمة", Classes::PLACE_CUE);
        Self { names, ambiguous, cues, bars, prepositions, capital }
    }
}

/// A name that may be a town's.
struct Candidate {
    range: TextRange,
    suggestion: Suggestion,
    key: String,
    is_sure: bool,
    /// Whether a town beside it in a list makes it one.
    is_weak: bool,
}

/// Adds the cities of a text.
pub(super) fn find(reading: &Reading<'_>, out: &mut Vec<Suggestion>) {
    let mut found: Vec<Candidate> = Vec::new();
    let mut at = 0;
    while let Some(token) = reading.tokens.get(at) {
        match candidate(reading, at, token).or_else(|| cued(reading, at, token)) {
            Some((candidate, next)) => {
                found.extend(candidate);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    spread_along_lists(reading, &mut found);
    let sure: HashSet<String> =
        found.iter().filter(|it| it.is_sure).map(|it| it.key.clone()).collect();
    for mut candidate in found {
        if candidate.is_sure || sure.contains(&candidate.key) {
            if !candidate.is_sure {
                let evidence = candidate.suggestion.evidence;
                candidate.suggestion.evidence = evidence.and(Evidence::REPEATED);
            }
            debug_assert_eq!(candidate.range, candidate.suggestion.range);
            out.push(candidate.suggestion);
        }
    }
}

/// In a list of towns that one is sure of, the names beside it are towns too.
fn spread_along_lists(reading: &Reading<'_>, found: &mut [Candidate]) {
    let is_beside = |a: &Candidate, b: &Candidate| {
        let (from, to) = (a.range.end().to_usize(), b.range.start().to_usize());
        let between = reading.text.get(from..to).unwrap_or_default().trim();
        matches!(between, "،" | "و" | "، و" | "," | ", و" | "-")
    };
    for at in 1..found.len() {
        let (before, rest) = found.split_at_mut(at);
        if let (Some(before), Some(here)) = (before.last(), rest.first_mut()) {
            here.is_sure |= here.is_weak && before.is_sure && is_beside(before, here);
        }
    }
    for at in (1..found.len()).rev() {
        let (before, rest) = found.split_at_mut(at);
        if let (Some(before), Some(here)) = (before.last_mut(), rest.first()) {
            before.is_sure |= before.is_weak && here.is_sure && is_beside(before, here);
        }
    }
}

/// The longest name at a token: its last token, all places of that name, and where it starts.
pub(super) fn name_at(reading: &Reading<'_>, at: usize) -> Option<(usize, usize)> {
    let token = reading.tokens.get(at)?;
    token.readings().find_map(|word| {
        let found = reading.lexicon.cities.names.longest(reading.tokens, at, word.word)?;
        Some((found.last, word.start))
    })
}

/// Beginnings of names of two words.
const FIRST_OF_TWO: &[&str] = &[
    "عين",
    "سيدي",
    "بني",
    "اولاد",
    "مولاي",
    "برج",
    "دار",
    "وادي",
    "واد",
    "تل",
    "كفر",
    "بيت",
    "خان",
    "راس",
    "ام",
    "ابو",
    "بير",
    "دير",
    "مار",
    "حاسي",
    "لالة",
    "للا",
    "ايت",
    "ابن",
    "بن",
];

/// A name that no list has, behind a noun that says what it is: `حي المغار`, `بلدة عين الشقف`.
fn cued(reading: &Reading<'_>, at: usize, token: &Token) -> Option<(Option<Candidate>, usize)> {
    let before = at.checked_sub(1)?;
    let cue = reading.tokens.get(before)?;
    let spelled = |word: WordId| reading.lexicon.vocabulary.spelling(word);
    let is_cue = cue.readings().any(|it| {
        matches!(
            spelled(it.word),
            "بلده" | "قريه" | "دوار" | "حي" | "مدينه" | "ضاحيه" | "بلديه"
        )
    });
    let folded = reading.tokens.folded(at);
    let is_first = FIRST_OF_TWO.contains(&folded);
    let is_name =
        folded.starts_with("ال") && folded.chars().count() > 4 && !token.whole.is_known();
    (is_cue && token.kind == Kind::Word && token.is_spaced && (is_name || is_first))
        .then_some(())?;
    let last = if is_first { at + 1 } else { at };
    reading.tokens.get(last).filter(|it| it.kind == Kind::Word)?;
    let range = reading.tokens.range(at, last);
    let mut suggestion = Suggestion::new(Target::City, range, "city.cued");
    let words = reading.text.get(range.to_range())?.to_owned();
    suggestion.evidence = Evidence::CUE.and(Evidence::OPEN_END);
    suggestion.value = Some(words.replace('_', " "));
    let key = fold(&words);
    Some((Some(Candidate { range, suggestion, key, is_sure: true, is_weak: false }), last + 1))
}

fn candidate(
    reading: &Reading<'_>,
    at: usize,
    token: &Token,
) -> Option<(Option<Candidate>, usize)> {
    let words = &reading.lexicon.cities;
    let vocabulary = &reading.lexicon.vocabulary;
    let (word, found) = token.readings().find_map(|word| {
        vocabulary.classes(word.word).any(Classes::PLACE).then_some(())?;
        Some((word, words.names.longest(reading.tokens, at, word.word)?))
    })?;
    let place = found.all.iter().max_by_key(|place| place.population)?;
    let end = reading.tokens.get(found.last)?.end();
    let range = TextRange::of(word.start..end);
    let key = fold(place.name);
    let next = found.last + 1;
    // What stands in front: nothing that is written onto the name, or the word before.
    let before = at.checked_sub(1).and_then(|at| reading.tokens.get(at));
    let has = |set: &HashSet<WordId>| {
        before.is_some_and(|token| token.readings().any(|it| set.contains(&it.word)))
    };
    // Words that are joined by `و` share what stands in front of the first.
    if has(&words.bars) && !word.is_stem {
        return Some((None, next));
    }
    let has_cue = has(&words.cues) && !word.is_stem
        || reading.tokens.get(next).is_some_and(|token| token.whole == words.capital);
    let is_located = has(&words.prepositions) && !word.is_stem
        || token.prefix().ends_with('ب') && word.is_stem;
    let is_one_word = found.last == at;
    // A number, a month, a particle: no town unless something says so.
    const OTHER: Classes = Classes::NUMBER
        .and(Classes::MONTH)
        .and(Classes::DATE)
        .and(Classes::CLOSED)
        .and(Classes::NO_COUNT);
    let is_other = is_one_word && vocabulary.classes(word.word).any(OTHER);
    let trust = words.ambiguous.get(&key).copied().unwrap_or(if place.population >= SMALL {
        Trust::Always
    } else if is_one_word {
        Trust::WithReason
    } else {
        Trust::Always
    });
    let trust = if is_other { trust.min(Trust::WithCue) } else { trust };
    // `ك` and `س` are seldom written onto a town; a known word may only look like one.
    let is_odd_cut =
        word.is_stem && matches!(token.prefix().chars().last(), Some('ك' | 'س' | 'ف'));
    let is_sure = match trust {
        Trust::Never => false,
        Trust::WithCue => has_cue,
        Trust::WithReason => has_cue || is_located,
        Trust::Always => !is_odd_cut || has_cue,
    };
    let mut suggestion = Suggestion::new(Target::City, range, "city.listed");
    suggestion.value = Some(place.name.to_owned());
    let mut evidence = Evidence::LISTED;
    for (holds, what) in [
        (has_cue || is_located, Evidence::CUE),
        (trust < Trust::Always, Evidence::AMBIGUOUS),
        (word.is_stem, Evidence::CUT),
        (place.population < SMALL, Evidence::RARE),
    ] {
        if holds {
            evidence = evidence.and(what);
        }
    }
    suggestion.evidence = evidence;
    debug_assert!(token.kind != Kind::Break);
    if trust == Trust::WithCue && !is_sure {
        return Some((None, next));
    }
    let is_weak = trust >= Trust::WithReason && !is_odd_cut;
    Some((Some(Candidate { range, suggestion, key, is_sure, is_weak }), next))
}
