//! Dates: points and periods on the calendar, absolute or told from the day of writing.
//!
//! [`grammar`] says how words are put together to a date, [`when`] what it means and how EDTF
//! says it. Where the day of writing is not known, a stamp that closes the passage may tell it.

mod grammar;
mod when;
mod words;

use jiff::civil::Date;

use super::confidence::Evidence;
use super::tokens::Kind;
use super::vocabulary::Classes;
use super::{Reading, Suggestion, Target};
use crate::text::TextRange;
use grammar::{Grammar, Read};
use when::When;
pub(super) use words::Words;

/// What a date may begin with.
const FIRST: Classes =
    Classes::DATE.and(Classes::MONTH).and(Classes::WEEKDAY).and(Classes::NUMBER);

/// Words in front of a point in time or its end.
const PREPOSITIONS: [&str; 10] =
    ["في", "منذ", "خلال", "حتي", "من", "الي", "قبل", "بعد", "غايه", "بين"];

/// A date and where it stands.
struct Placed {
    range: TextRange,
    first: usize,
    read: Read,
}

/// Adds the dates of a text.
pub(super) fn find(reading: &Reading<'_>, out: &mut Vec<Suggestion>) {
    let grammar = Grammar { reading };
    let mut found: Vec<Placed> = Vec::new();
    let mut at = 0;
    while let Some(token) = reading.tokens.get(at) {
        let placed = match token.kind {
            Kind::Digits => grammar
                .beginning_in_digits(at)
                .filter(|read| is_date(&grammar, at, read))
                .map(|read| (start_with_article(reading, at), read)),
            Kind::Word | Kind::Foreign if token.classes.any(FIRST) => token
                .readings()
                .filter(|it| reading.lexicon.vocabulary.classes(it.word).any(FIRST))
                .find_map(|it| {
                    let read =
                        grammar.date(at, it.word).or_else(|| grammar.in_words(at, it.word))?;
                    is_date(&grammar, at, &read).then_some((it.start, read))
                }),
            _ => None,
        };
        let Some((start, read)) = placed else {
            at += 1;
            continue;
        };
        let read = grammar.to_another(at, read);
        let end = reading.tokens.get(read.last).map_or(start, super::tokens::Token::end);
        let next = read.last + 1;
        found.push(Placed { range: TextRange::of(start..end), first: at, read });
        at = next.max(at + 1);
    }
    let stamps: Vec<(usize, Date)> = found
        .iter()
        .filter_map(|placed| Some((placed.first, stamp(reading, placed)?)))
        .collect();
    // Where all stamps tell one day, it is that of the whole article.
    let one = stamps.first().map(|(_, date)| *date);
    let one = one.filter(|one| stamps.iter().all(|(_, date)| date == one));
    for placed in &found {
        let today = reading.date.or(one).or_else(|| passage(reading, placed, &stamps));
        let Read { when, rule, .. } = &placed.read;
        let mut new = Suggestion::new(Target::Date, placed.range, rule);
        let value = when.edtf(today);
        let before = placed.first.checked_sub(1).map_or("", |at| reading.tokens.folded(at));
        new.evidence = new.evidence.with([
            (PREPOSITIONS.contains(&before), Evidence::LOCATED),
            (value.contains('X'), Evidence::LOOSE_VALUE),
        ]);
        new.value = Some(value);
        out.push(new);
    }
}

/// Where digits start in the text, with an article that is written onto them (`ال14 من نونبر`).
fn start_with_article(reading: &Reading<'_>, at: usize) -> usize {
    let tokens = reading.tokens;
    let article = at
        .checked_sub(1)
        .filter(|before| tokens.is_glued(at) && tokens.folded(*before) == "ال");
    tokens.get(article.unwrap_or(at)).map_or(0, super::tokens::Token::start)
}

/// Whether what was read is a date there, and not something else that looks like one.
fn is_date(grammar: &Grammar<'_>, at: usize, read: &Read) -> bool {
    let reading = grammar.reading;
    let before = grammar.before(at);
    let word = |at: Option<usize>| at.map_or("", |at| reading.tokens.folded(at));
    let behind = word(at.checked_sub(1));
    match read.rule {
        // `حتى اليوم`, `عالم اليوم`: nowadays. `اليوم` in front of a noun in the genitive is `يوم`.
        "date.deictic" if read.last == at => {
            !matches!(
                behind,
                "حتي"
                    | "عالم"
                    | "العالم"
                    | "شباب"
                    | "مغرب"
                    | "ذات"
                    | "طوال"
                    | "طيله"
                    | "نفس"
                    | "جزاير"
                    | "منتصف"
                    | "قبل"
            ) && !matches!(
                word(Some(at + 1)),
                "العالمي"
                    | "الوطني"
                    | "الدولي"
                    | "نفسه"
                    | "ذاته"
                    | "الدراسي"
                    | "التالي"
                    | "الموالي"
                    | "السابق"
                    | "الاول"
                    | "الثاني"
                    | "الاخير"
                    | "الاممي"
            )
        }
        "date.weekday" => is_weekday_alone(reading, at),
        "date.month-bare" => is_month(grammar, at),
        "date.year-bare" => is_year(reading, at, read.last),
        "date.day" | "date.numeric" => {
            // In a longer run of digits and signs it is a number of something.
            let is_glued = reading.tokens.is_glued(at)
                && before.is_some_and(|token| {
                    matches!(token.kind, Kind::Digits | Kind::Sign('/' | '-' | '.'))
                });
            !is_glued
        }
        _ => true,
    }
}

/// A day of the week by itself: not in a name (`سوق الأحد`), not a numeral (`الأحد عشر`).
fn is_weekday_alone(reading: &Reading<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |at| reading.tokens.folded(at));
    let behind = reading.tokens.folded(at + 1);
    !matches!(
        before,
        "سوق"
            | "الاحد"
            | "صلاه"
            | "خطبه"
            | "ايام"
            | "كل"
            | "ثلاثاء"
            | "مسجد"
            | "حي"
            | "جماعه"
            | "مقر"
            | "ال"
    ) && !matches!(behind, "عشر" | "عشره" | "الاسود" | "اولاد" | "الاخضر")
}

/// A month by itself: many names of months are words (`ماي`, `مارس` *practised*, `آب`, `رجب`).
fn is_month(grammar: &Grammar<'_>, at: usize) -> bool {
    let reading = grammar.reading;
    let spelled = reading.tokens.folded(at);
    let spelled = spelled.strip_prefix(['و', 'ف', 'ب', 'ل']).unwrap_or(spelled);
    let before = at.checked_sub(1).map_or("", |at| reading.tokens.folded(at));
    let is_told = matches!(
        before,
        "في" | "منذ"
            | "خلال"
            | "حتي"
            | "شهر"
            | "من"
            | "الي"
            | "نهايه"
            | "بدايه"
            | "قبل"
            | "بعد"
            | "غايه"
    );
    let is_word = matches!(
        spelled,
        "ماي"
            | "مارس"
            | "اب"
            | "رجب"
            | "محرم"
            | "صفر"
            | "اوت"
            | "شعبان"
            | "رمضان"
            | "جوان"
            | "تموز"
            | "ايار"
            | "may"
            | "mar"
            | "mai"
            | "mars"
            | "jan"
            | "المحرم"
            | "ايلول"
            | "شوال"
            | "نيسان"
    );
    let is_person = grammar.before(at).is_some_and(|token| token.kind == Kind::Word)
        && matches!(before, "محمد" | "سيدي" | "حي" | "شارع" | "عاشور");
    !is_person && (!is_word || is_told && !matches!(spelled, "may" | "mar" | "jan"))
}

/// Four digits that mean a year: nothing is counted behind them, and what stands in front does
/// not make them the number of something.
fn is_year(reading: &Reading<'_>, at: usize, last: usize) -> bool {
    let tokens = reading.tokens;
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let is_glued_to_other = |at: usize, sign: usize| {
        tokens.is_glued(at)
            && matches!(
                kind(sign),
                Some(
                    Kind::Foreign
                        | Kind::Digits
                        | Kind::Sign('/' | '.' | '@' | ':' | '+' | '=' | '%' | '$' | '#')
                )
            )
    };
    if is_glued_to_other(at, at.saturating_sub(1)) && at > 0 {
        return false;
    }
    let is_number_behind = tokens.is_glued(last + 1)
        && matches!(
            kind(last + 1),
            Some(Kind::Digits | Kind::Foreign | Kind::Sign('%' | '/' | ':' | '.' | ','))
        )
        && matches!(kind(last + 2), Some(Kind::Digits | Kind::Foreign))
        && tokens.is_glued(last + 2)
        || tokens.is_sign(last + 1, '%');
    let before = at.checked_sub(1);
    let counts = before.and_then(|at| tokens.get(at)).is_some_and(|token| {
        token.readings().any(|it| {
            let classes = reading.lexicon.vocabulary.classes(it.word);
            classes.any(Classes::NO_COUNT) || reading.lexicon.counts.is_degree(it.word)
        })
    });
    let folded = before.map_or("", |at| tokens.folded(at));
    let is_told = matches!(
        folded,
        "في" | "منذ"
            | "خلال"
            | "حتي"
            | "عام"
            | "سنه"
            | "قبل"
            | "بعد"
            | "غايه"
            | "لعام"
            | "لسنه"
            | "موسم"
            | "دوره"
            | "نسخه"
            | "انتخابات"
            | "مونديال"
            | "("
            | "ميزانيه"
    );
    // A noun behind is counted, unless the year is told.
    let is_noun_behind = kind(last + 1) == Some(Kind::Word)
        && tokens.get(last + 1).is_some_and(|token| token.is_spaced && token.whole.is_known())
        && tokens.get(last + 1).is_some_and(|token| {
            let classes = reading.lexicon.vocabulary.classes(token.whole);
            classes.any(Classes::COUNTED.and(Classes::NUMBER).and(Classes::NO_COUNT))
        });
    let has_accusative = {
        let noun = tokens.folded(last + 1);
        kind(last + 1) == Some(Kind::Word)
            && noun.ends_with('ا')
            && noun.chars().count() > 3
            && !noun.starts_with("ال")
            && !matches!(
                noun,
                "عندما"
                    | "حينما"
                    | "بعدما"
                    | "كما"
                    | "مما"
                    | "فيما"
                    | "بينما"
                    | "وكما"
                    | "وهذا"
                    | "هذا"
                    | "اما"
            )
    };
    !is_number_behind && !counts && (is_told || !is_noun_behind && !has_accusative)
}

/// The day that a date in full tells where it closes a passage: a stamp of a post, a dateline.
fn stamp(reading: &Reading<'_>, placed: &Placed) -> Option<Date> {
    let When::Point { year: when::Year::Known(year), month: Some(month), day: Some(day) } =
        placed.read.when
    else {
        return None;
    };
    let tokens = reading.tokens;
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let is_break = |at: usize| matches!(kind(at), None | Some(Kind::Break));
    let start = (0..placed.first).rev().find(|at| is_break(*at)).map_or(0, |at| at + 1);
    let behind = placed.read.last + 1;
    let end = (behind..).find(|at| is_break(*at)).unwrap_or(behind);
    // On a line with little else but a time, or behind a handle.
    let is_closing = (behind..end)
        .all(|at| matches!(kind(at), Some(Kind::Digits | Kind::Sign(_))))
        && (placed.first - start <= 4
            || placed.first > 0 && kind(placed.first - 1) == Some(Kind::Sign(')'))
            || placed.read.rule == "date.foreign");
    // Behind a town or two at the beginning of an article, in front of a dash.
    let is_dateline = placed.first - start <= 6
        && start < 40
        && (tokens.is_sign(behind, '-') && tokens.get(behind).is_some_and(|it| it.is_spaced)
            || tokens.is_sign(behind, ':')
            || tokens.is_sign(behind, ')'))
        && (start..placed.first).all(|at| !matches!(kind(at), Some(Kind::Digits)));
    (is_closing || is_dateline).then(|| Date::new(year, month, day).ok())?
}

/// The day of writing of the passage that a date stands in: that of the stamp that closes it.
fn passage(reading: &Reading<'_>, placed: &Placed, stamps: &[(usize, Date)]) -> Option<Date> {
    let (first, date) = stamps.iter().find(|(first, _)| *first > placed.first)?;
    // No further than the end of the line that the stamp is on and the one before.
    let breaks = (placed.first..*first)
        .filter(|at| reading.tokens.get(*at).is_some_and(|token| token.kind == Kind::Break))
        .count();
    let is_same_day = match &placed.read.when {
        When::Weekday(day, None) => date.weekday() == *day,
        _ => true,
    };
    (breaks <= 1 && is_same_day).then_some(*date)
}

#[cfg(test)]
mod tests;
