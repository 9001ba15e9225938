//! Agencies: named bodies of states.
//!
//! Names come from a list, or are built of a head ([`words::Head`]) and what it wants behind it.
//! The longest counts. A name goes on as long as words follow that names of its kind are built
//! of, takes an adjective of nationality with it, and ends there; a place is part of it where the
//! body needs one to be this one.

mod words;

use super::confidence::Evidence;
use super::tokens::{Kind, Token, WordReading};
use super::vocabulary::{Classes, WordId};
use super::{Reading, Suggestion, Target, city};
use crate::arabic::fold;
use crate::text::TextRange;
use words::Head;
pub(super) use words::Words;

/// What a name may begin with.
const FIRST: Classes = Classes::AGENCY.and(Classes::AGENCY_HEAD);

/// A name that was read: its last token, how, and whether its end is a guess.
struct Name {
    last: usize,
    rule: &'static str,
    is_open: bool,
    official: Option<usize>,
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
        out.push(suggestion(reading, (at, first), &name));
        at = name.last + 1;
    }
}

fn suggestion(
    reading: &Reading<'_>,
    (at, first): (usize, WordReading),
    name: &Name,
) -> Suggestion {
    let end = reading.tokens.get(name.last).map_or(first.start, Token::end);
    let range = TextRange::of(first.start..end.max(first.start));
    let mut new = Suggestion::new(Target::Agency, range, name.rule);
    let words = &reading.lexicon.agencies;
    let official = name.official.and_then(|number| words.official.get(number));
    new.value = Some(match official {
        Some(official) => (*official).to_owned(),
        None => written(reading, at, first.word, name.last),
    });
    for (holds, what) in [
        (official.is_some(), Evidence::LISTED),
        (name.is_open, Evidence::OPEN_END),
        (first.is_stem, Evidence::CUT),
    ] {
        if holds {
            new.evidence = new.evidence.and(what);
        }
    }
    new
}

/// The longest name at a token that is read so.
fn name(reading: &Reading<'_>, at: usize, first: WordReading) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let listed = words.names.longest(reading.tokens, at, first.word).map(|found| {
        let last = nationality(reading, found.last + 1).unwrap_or(found.last);
        let official = found.all.first().copied();
        let is_foreign = reading.tokens.get(at).is_some_and(|it| it.kind == Kind::Foreign);
        let last = handle(reading, at, last);
        let rule = if is_foreign { "agency.acronym" } else { "agency.listed" };
        Name { last, rule, is_open: false, official }
    });
    let built = words.head(first.word).and_then(|head| built(reading, at, head));
    match (listed, built) {
        (Some(listed), Some(mut built)) if built.last > listed.last => {
            // The same body by its nationality or place.
            built.official = None;
            Some(built)
        }
        (Some(listed), _) => Some(listed),
        (None, built) => built,
    }
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

/// The token of an adjective of nationality, if one stands there.
fn nationality(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let token = is_word(reading, at)?;
    let is_one = reading.lexicon.agencies.nationalities.contains(&token.whole);
    (is_one && reading.tokens.folded(at).starts_with("ال")).then_some(at)
}

/// The last of the tokens from `at` on that are in a set, with a conjunction where `joins` lets
/// it; none if not even the first is.
fn run(
    reading: &Reading<'_>,
    at: usize,
    set: &std::collections::HashSet<WordId>,
    joins: bool,
) -> Option<usize> {
    let mut last = None;
    let mut next = at;
    while let Some(token) = is_word(reading, next) {
        let is_part = set.contains(&token.whole)
            || joins && token.prefix() == "و" && set.contains(&token.stem) && last.is_some();
        let is_head = token.prefix() == "و"
            && (reading.lexicon.agencies.head(token.stem).is_some()
                && !reading.lexicon.agencies.fields.contains(&token.stem)
                || reading.tokens.folded(next) == "والمنظمه");
        if !is_part
            || is_head
            || is_broken(reading, next)
            || last.is_some_and(|last| is_next_noun(reading, last, next))
        {
            break;
        }
        last = Some(next);
        next += 1;
    }
    last
}

/// Whether a definite noun follows an adjective: then the name has ended before it.
fn is_next_noun(reading: &Reading<'_>, before: usize, at: usize) -> bool {
    let is_adjective = |word: &str| word.starts_with("ال") && word.ends_with(['ي', 'ه']);
    let (before, word) = (reading.tokens.folded(before), reading.tokens.folded(at));
    let before_is = is_adjective(before) && (before.ends_with('ي') || before.ends_with("يه"));
    let is_more = is_adjective(word) && (word.ends_with('ي') || word.ends_with("يه"))
        || matches!(
            word,
            "العام"
                | "العامه"
                | "العليا"
                | "الاعلي"
                | "الخاصه"
                | "الخاص"
                | "المستقله"
                | "المستقل"
                | "المشتركه"
                | "المتخصصه"
                | "السريع"
                | "السريعه"
                | "المختلطه"
                | "العالي"
                | "الشعبي"
        );
    before_is && word.starts_with("ال") && !is_more
}

/// Whether a word is a day or the like, which no name goes on with.
fn is_broken(reading: &Reading<'_>, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| {
        let classes = reading.lexicon.vocabulary.classes(token.whole);
        classes.any(Classes::WEEKDAY.and(Classes::DATE_END).and(Classes::CLOSED))
    })
}

/// The last token of a place that a name needs: `بمدينة الناظور`, `بسلا`, `في باريس`.
fn place(reading: &Reading<'_>, at: usize, with_in: bool) -> Option<usize> {
    let token = is_word(reading, at)?;
    let folded = reading.tokens.folded(at);
    if matches!(folded, "بمدينه" | "لمدينه") {
        return city::name_at(reading, at + 1).map(|(last, _)| last);
    }
    if matches!(
        folded,
        "لولايه" | "بولايه" | "باقليم" | "لاقليم" | "بعماله" | "بمحافظه" | "لمحافظه"
    ) {
        return city::name_at(reading, at + 1).map(|(last, _)| last);
    }
    if with_in && folded == "في" {
        return city::name_at(reading, at + 1).map(|(last, _)| last);
    }
    let (last, start) = city::name_at(reading, at)?;
    (start > token.start() && token.prefix().ends_with('ب')).then_some(last)
}

/// The name that a head begins.
fn built(reading: &Reading<'_>, at: usize, head: Head) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let next = at + 1;
    let name = |last, rule, is_open| Some(Name { last, rule, is_open, official: None });
    let and_nationality = |last: usize| nationality(reading, last + 1).unwrap_or(last);
    match head {
        Head::Ministry | Head::Ministries => {
            let last = run(reading, next, &words.fields, true)?;
            name(and_nationality(last), "agency.ministry", false)
        }
        Head::Court | Head::TheCourt => court(reading, at, head),
        Head::Prosecution => prosecution(reading, at),
        Head::Force => force(reading, at),
        Head::BareForce => bare_force(reading, at),
        Head::Unit | Head::Body => body(reading, at, head),
    }
}

fn court(reading: &Reading<'_>, at: usize, head: Head) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let mut last = at;
    if let Some(end) = run(reading, at + 1, &words.courts, false) {
        last = end;
    } else if head == Head::Court {
        // `محكمة مغنية`.
        let (end, start) = city::name_at(reading, at + 1)?;
        let is_whole = reading.tokens.get(at + 1).is_some_and(|it| it.start() == start);
        return is_whole.then_some(Name {
            last: end,
            rule: "agency.court",
            is_open: false,
            official: None,
        });
    }
    last = nationality(reading, last + 1).unwrap_or(last);
    (last > at).then_some(())?;
    if let Some(end) = place(reading, last + 1, true) {
        last = end;
    } else if let Some((end, start)) = city::name_at(reading, last + 1)
        && reading.tokens.get(last + 1).is_some_and(|it| it.start() == start)
    {
        // `محكمة جنايات القاهرة`.
        last = end;
    }
    Some(Name { last, rule: "agency.court", is_open: false, official: None })
}

fn prosecution(reading: &Reading<'_>, at: usize) -> Option<Name> {
    let is_one = matches!(
        reading.tokens.folded(at + 1),
        "العامه"
            | "العموميه"
            | "العسكريه"
            | "الاداريه"
            | "الوطنيه"
            | "الماليه"
            | "الفيدراليه"
            | "الاتحاديه"
    );
    let mut last = is_one.then_some(at + 1)?;
    // An epithet is inside where a part of the name follows it.
    let charge =
        if reading.tokens.folded(last + 1) == "المختصه" { last + 2 } else { last + 1 };
    if matches!(reading.tokens.folded(charge), "المكلفه" | "المختصه")
        && reading.tokens.folded(charge + 1).starts_with("بقضايا")
    {
        last = charge + 1;
        while let Some(token) = is_word(reading, last + 1) {
            let folded = reading.tokens.folded(last + 1);
            let is_part =
                folded.starts_with("ال") || token.prefix() == "و" && folded.starts_with("وال");
            if !is_part || is_broken(reading, last + 1) || last > charge + 4 {
                break;
            }
            last += 1;
        }
    }
    if matches!(
        reading.tokens.folded(last + 1),
        "التمييزيه" | "الاستينافيه" | "الماليه" | "العسكريه"
    ) {
        last += 1;
    }
    last = nationality(reading, last + 1).unwrap_or(last);
    Some(Name { last, rule: "agency.prosecution", is_open: false, official: None })
}

/// `الشرطة الوطنية الإسبانية`, `خفر السواحل الليبي`: with a task or a nationality.
fn force(reading: &Reading<'_>, at: usize) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let tasks = run(reading, at + 1, &words.tasks, false);
    let end = tasks.unwrap_or(at);
    let nation = nationality(reading, end + 1);
    let mut last = nation.unwrap_or(end);
    // `قوات الأمن` and what is only of one kind of men is vague.
    let head = reading.tokens.folded(at);
    let head = head.strip_prefix(['و', 'ف', 'ب', 'ك', 'ل']).unwrap_or(head);
    let needs_nation = matches!(head, "القضاء" | "الدفاع" | "الامن" | "لامن" | "البحريه")
        && !matches!(
            reading.tokens.folded(at + 1),
            "المدني"
                | "الوطني"
                | "العام"
                | "العسكري"
                | "الملكيه"
                | "الاقليمي"
                | "الجهوي"
                | "الداخلي"
        );
    let needs_task = matches!(
        head,
        "القوات"
            | "لقوات"
            | "قوي"
            | "خفر"
            | "مشاه"
            | "الوقايه"
            | "الحمايه"
            | "الادعاء"
            | "سلاح"
    );
    // `أجهزة الأمن المغربية`, `القوات العمومية`: nobody in particular.
    let before = at.checked_sub(1).map_or("", |at| reading.tokens.folded(at));
    let is_men = matches!(head, "الامن" | "لامن");
    let is_of_many = is_men
        && matches!(
            before,
            "اجهزه"
                | "الاجهزه"
                | "قوات"
                | "مصالح"
                | "رجال"
                | "اجهزة"
                | "واجهزه"
                | "عناصر"
        );
    let is_other_gender =
        is_men && nation.is_some_and(|at| reading.tokens.folded(at).ends_with('ه'));
    let is_vague = reading.tokens.folded(at + 1) == "العموميه" && head.ends_with("قوات");
    if is_of_many && tasks.is_none() || is_other_gender || is_vague {
        return None;
    }
    if last == at || needs_nation && nation.is_none() || needs_task && tasks.is_none() {
        return None;
    }
    // A force of a town or a unit of it needs its place.
    let wants_place = tasks.is_some_and(|end| {
        matches!(
            reading.tokens.folded(end),
            "القضاييه"
                | "المحليه"
                | "الاقليمي"
                | "الجهوي"
                | "العدليه"
                | "البلديه"
                | "الحضريه"
        )
    });
    if wants_place && let Some(end) = place(reading, last + 1, false) {
        last = end;
    } else if is_men && matches!(reading.tokens.folded(at + 1), "الاقليمي" | "الجهوي")
    {
        // Of a region in general.
        return None;
    }
    let rule = if nation.is_some() { "agency.nationality" } else { "agency.force" };
    Some(Name { last, rule, is_open: false, official: None })
}

/// `شرطة مكافحة الإرهاب المغربية`, `شرطة دبي`, `أمن تطوان`.
fn bare_force(reading: &Reading<'_>, at: usize) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let name = |last, rule| Some(Name { last, rule, is_open: true, official: None });
    if let Some(end) = run(reading, at + 1, &words.parts, true) {
        let nation = nationality(reading, end + 1);
        let has_key = (at + 1..=end)
            .filter_map(|at| reading.tokens.get(at))
            .any(|token| words.keys.contains(&token.whole));
        let is_vague = matches!(reading.tokens.folded(at), "امن" | "جيش");
        let is_branch = reading.tokens.folded(at).ends_with("مباحث");
        return (nation.is_some() || is_branch || has_key && !is_vague)
            .then(|| name(nation.unwrap_or(end), "agency.force"))?;
    }
    let (end, start) = city::name_at(reading, at + 1)?;
    let is_whole = reading.tokens.get(at + 1).is_some_and(|it| it.start() == start);
    is_whole.then(|| name(end, "agency.force"))?
}

/// `المديرية العامة للأمن الوطني`, `ولاية أمن فاس`, `فرقة الشرطة القضائية بمدينة الناظور`.
fn body(reading: &Reading<'_>, at: usize, head: Head) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let end = run(reading, at + 1, &words.parts, true)?;
    let has_key = (at + 1..=end).any(|at| {
        reading.tokens.get(at).is_some_and(|token| {
            words.keys.contains(&token.whole) || words.keys.contains(&token.stem)
        })
    });
    let is_directorate = matches!(
        reading.tokens.folded(at),
        "مديريه" | "المديريه" | "المندوبيه" | "مندوبيه" | "لمديريه" | "لمندوبيه"
    );
    (has_key || is_directorate).then_some(())?;
    let mut last = nationality(reading, end + 1).unwrap_or(end);
    let is_unit = head == Head::Unit
        || matches!(
            reading.tokens.folded(at),
            "مديريه"
                | "دايره"
                | "المديريه"
                | "شعبه"
                | "اداره"
                | "الاداره"
                | "نيابه"
                | "مركز"
                | "مكتب"
        ) && !matches!(reading.tokens.folded(at + 1), "العامه" | "العام");
    if let Some(place) = place(reading, last + 1, false).filter(|_| is_unit) {
        last = place;
    } else if let Some((place, start)) = city::name_at(reading, last + 1)
        && reading.tokens.get(last + 1).is_some_and(|it| it.start() == start)
        && reading.tokens.is_sign(last + 1, ',').eq(&false)
        && matches!(reading.tokens.folded(last), "امن" | "شرطه" | "لجمارك" | "جمارك")
    {
        // `ولاية أمن فاس`.
        last = place;
    }
    let rule = if is_unit { "agency.unit" } else { "agency.body" };
    Some(Name { last, rule, is_open: true, official: None })
}

/// A name in careful spelling, with its article: the official one where a listed name is the same
/// but for its nationality.
fn written(reading: &Reading<'_>, at: usize, first: WordId, last: usize) -> String {
    let words = &reading.lexicon.agencies;
    let mut name = String::new();
    for at in at..=last {
        let Some(token) = reading.tokens.get(at) else { continue };
        let as_written =
            || reading.text.get(reading.tokens.range(at, at).to_range()).unwrap_or_default();
        if !name.is_empty() && token.is_spaced {
            name.push(' ');
        }
        let is_first = name.is_empty();
        let word = if is_first { first } else { token.whole };
        let careful = words.spelling(word);
        match careful {
            Some(careful) => name.push_str(careful),
            None if is_first => name.push_str(reading.lexicon.vocabulary.spelling(first)),
            None => {
                // With its conjunction or preposition: `والداخلية`.
                let stem = words.spelling(token.stem).filter(|_| token.prefix() == "و");
                match stem {
                    Some(stem) => name.push_str(&format!("و{stem}")),
                    None => name.push_str(as_written()),
                }
            }
        }
    }
    two_under_one_head(&name).unwrap_or(name)
}

/// `وزارتي الدفاع والداخلية` are two: `وزارة الدفاع; وزارة الداخلية`.
fn two_under_one_head(name: &str) -> Option<String> {
    let (head, rest) = name.split_once(' ')?;
    matches!(&*fold(head), "وزارتي" | "وزارتا").then_some(())?;
    let (first, second) = rest.split_once(" و")?;
    Some(format!("وزارة {first}; وزارة {second}"))
}
