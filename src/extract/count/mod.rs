//! Counts: numbers of people or things.
//!
//! A number is a count unless something beside it says that it is an age, a year, a time, a rank,
//! a share, a score or the number of something. Words of degree in front belong to the span;
//! a degree that a verb says goes into the value alone. A noun in the dual is a count by itself.

mod words;

use super::confidence::Evidence;
use super::tokens::{Kind, Token, Tokens};
use super::vocabulary::{Classes, WordId};
use super::{Reading, Suggestion, Target};
use crate::arabic::{Decimal, Item, Number, parse_number};
use crate::text::TextRange;
use words::Degree;
pub(super) use words::Words;

/// How many words in front of a number a verb may stand that says its degree.
const REACH: usize = 6;

/// Adds the counts of a text.
pub(super) fn find(reading: &Reading<'_>, out: &mut Vec<Suggestion>) {
    let mut at = 0;
    while let Some(token) = reading.tokens.get(at) {
        let is_word = token.kind == Kind::Word;
        let found = if token.kind == Kind::Digits {
            number(reading, at, None)
        } else if is_word && is_any(reading, token, Classes::NUMBER) {
            number_in_words(reading, at, token)
        } else if is_word && is_any(reading, token, Classes::DUAL) {
            dual(reading, at, token)
        } else {
            None
        };
        match found {
            Some((suggestion, next)) => {
                out.extend(suggestion);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
}

fn is_any(reading: &Reading<'_>, token: &Token, classes: Classes) -> bool {
    token.reading(&reading.lexicon.vocabulary, classes).is_some()
}

/// A suggestion, if what was read is one, and the token behind it.
type Found = Option<(Option<Suggestion>, usize)>;

fn number_in_words(reading: &Reading<'_>, at: usize, token: &Token) -> Found {
    let word = token.reading(&reading.lexicon.vocabulary, Classes::NUMBER)?;
    // `كمية` is no `ك` with a hundred.
    if word.is_stem && token.prefix().ends_with(['ك', 'س']) {
        return None;
    }
    number(reading, at, Some((word.word, word.start)))
}

/// The number at a token, whose first word is read as told.
pub(super) fn number_at(
    reading: &Reading<'_>,
    at: usize,
    first: Option<WordId>,
) -> Option<Number> {
    let vocabulary = &reading.lexicon.vocabulary;
    parse_number(|ahead| {
        if let Some(first) = first.filter(|_| ahead == 0) {
            return Some(Item::Word(vocabulary.spelling(first)));
        }
        item(reading.tokens, at + ahead)
    })
}

/// A token as numbers are read.
fn item(tokens: &Tokens, at: usize) -> Option<Item<'_>> {
    let token = tokens.get(at)?;
    match token.kind {
        Kind::Word => Some(Item::Word(tokens.folded(at))),
        Kind::Digits => Some(Item::Digits(tokens.folded(at))),
        Kind::Sign(c) if tokens.is_glued(at) && tokens.is_glued(at + 1) => Some(Item::Joint(c)),
        Kind::Sign(_) | Kind::Foreign | Kind::Break => None,
    }
}

fn number(reading: &Reading<'_>, at: usize, first: Option<(WordId, usize)>) -> Found {
    let words = &reading.lexicon.counts;
    let mut number = number_at(reading, at, first.map(|(word, _)| word))?;
    let mut last = at + number.num_items - 1;
    if let Some((value, end)) = spaced(reading, at, last, &number) {
        (number.value, last) = (value, end);
    }
    let is_weekday = number.num_items == 1
        && reading.tokens.get(at).is_some_and(|token| is_any(reading, token, Classes::WEEKDAY));
    if is_weekday || is_no_count(reading, at, last, &number) {
        return Some((None, last + 1));
    }
    let first_word = first.map_or(WordId::NONE, |(word, _)| word);
    if words.one.contains(&first_word) && number.num_items == 1 {
        return Some((one(reading, at, first), last + 1));
    }
    let (mut start, mut degree) = (None, Degree::Exact);
    let mut value = number.value.to_string();
    let mut rule = match (number.is_vague, number.is_digits) {
        (true, _) => "count.vague",
        (_, true) => "count.digits",
        _ => "count.words",
    };
    if number.is_vague {
        degree = Degree::About;
    }
    if let Some((before, said)) = degree_before(reading, at, first) {
        (start, degree) = (Some(before), said);
    } else if let Some(said) = degree_of_verb(reading, at).filter(|_| !number.is_vague) {
        degree = said;
    } else if let Some(said) = degree_behind(reading, last) {
        degree = said;
    }
    if let Some((from, to, high)) = range(reading, at, last) {
        (start, last) = (from, to);
        let low = of_same_scale(number.value, high);
        value = format!("{low}..{high}");
        degree = Degree::Exact;
        rule = "count.range";
    }
    let of = counted_noun(reading, last);
    if is_time_or_counter(reading, last) {
        return Some((None, last + 1));
    }
    // `أربعة أطنان ونصف`.
    if of.is_some()
        && !number.is_vague
        && let Some(more) = half(reading, last + 2)
    {
        value = number.value.plus(more)?.to_string();
        last += 2;
    }
    let from = start.or(first.map(|(_, start)| start)).unwrap_or_else(|| start_of(reading, at));
    let mut new = Suggestion::new(Target::Count, range_to(reading, from, last), rule);
    new.value = Some(format!("{}{value}", degree.sign()));
    new.evidence = new
        .evidence
        .with([(of.is_some(), Evidence::CUE), (number.is_definite, Evidence::AMBIGUOUS)]);
    new.of = of;
    Some((Some(new), last + 1))
}

fn start_of(reading: &Reading<'_>, at: usize) -> usize {
    reading.tokens.get(at).map_or(0, Token::start)
}

/// From a place in the text to the end of a token.
fn range_to(reading: &Reading<'_>, start: usize, last: usize) -> TextRange {
    let end = reading.tokens.get(last).map_or(start, Token::end);
    TextRange::of(start..end.max(start))
}

/// The words of degree that end in front of a token: where they start in the text, what they say.
fn degree_before(
    reading: &Reading<'_>,
    at: usize,
    first: Option<(WordId, usize)>,
) -> Option<(usize, Degree)> {
    // What is written onto the number stands between it and them: `من أكثر وثلاثة`.
    if first.is_some_and(|(_, start)| start != start_of(reading, at)) {
        return None;
    }
    let last = at.checked_sub(1)?;
    let token = reading.tokens.get(last)?;
    for word in token.readings() {
        for (words, degree) in reading.lexicon.counts.degrees(word.word) {
            let Some(begin) = (last + 1).checked_sub(words.len()) else { continue };
            let mut start = word.start;
            let fits = words.iter().enumerate().skip(1).all(|(back, expected)| {
                let Some(token) = reading.tokens.get(last - back) else { return false };
                // Only the first of them may have something written onto it.
                let found = token
                    .readings()
                    .find(|it| it.word == *expected && (!it.is_stem || last - back == begin));
                start = found.map_or(start, |it| it.start);
                found.is_some()
            });
            if fits && (words.len() == 1 || !word.is_stem) {
                return Some((start, *degree));
            }
        }
    }
    None
}

/// What a verb in front says, in the same clause.
fn degree_of_verb(reading: &Reading<'_>, at: usize) -> Option<Degree> {
    for back in 1..=REACH.min(at) {
        let token = reading.tokens.get(at - back)?;
        match token.kind {
            Kind::Word => {}
            // Another number is what the verb is about, and a sign ends the clause.
            Kind::Digits | Kind::Sign(_) | Kind::Break | Kind::Foreign => return None,
        }
        let said = token.readings().find_map(|it| reading.lexicon.counts.verb(it.word));
        if let Some(said) = said {
            let negation =
                (at - back).checked_sub(1).map_or("", |at| reading.tokens.folded(at));
            let is_negated = matches!(negation, "لا" | "لم" | "لن" | "ولم" | "ولا");
            return Some(if is_negated && said == Degree::Above {
                Degree::AtMost
            } else {
                said
            });
        }
    }
    None
}

/// `على الأقل`, `على الأكثر` behind a number or behind what it counts.
fn degree_behind(reading: &Reading<'_>, last: usize) -> Option<Degree> {
    let words = &reading.lexicon.counts;
    let word = |at| reading.tokens.get(at).map_or(WordId::NONE, |token| token.whole);
    (last + 1..=last + 2).find_map(|at| {
        (word(at) == words.at).then_some(())?;
        let next = word(at + 1);
        if next == words.least {
            Some(Degree::AtLeast)
        } else {
            (next == words.most).then_some(Degree::AtMost)
        }
    })
}

/// `بين 30 و40`, `ما بين 30 و40`, `من 30 إلى 40`: where it starts in the text if it begins
/// before the number, the last token, the second number.
fn range(
    reading: &Reading<'_>,
    at: usize,
    last: usize,
) -> Option<(Option<usize>, usize, Decimal)> {
    let words = &reading.lexicon.counts;
    let before = at.checked_sub(1).and_then(|before| reading.tokens.get(before))?;
    let next = reading.tokens.get(last + 1)?;
    let is_between = before.readings().any(|it| it.word == words.between);
    let is_from = before.readings().any(|it| it.word == words.from);
    let (second, number) = if is_between {
        let second = if reading.tokens.folded(last + 1) == "و" { last + 2 } else { last + 1 };
        let token = reading.tokens.get(second)?;
        let first = token
            .readings()
            .find(|it| {
                it.is_stem && reading.lexicon.vocabulary.classes(it.word).any(Classes::NUMBER)
            })
            .map(|it| it.word);
        let joined = second == last + 2 || first.is_some();
        joined.then_some(())?;
        (second, number_at(reading, second, first)?)
    } else if is_from && next.whole == words.to {
        (last + 2, number_at(reading, last + 2, None)?)
    } else {
        return None;
    };
    let mut start = None;
    if is_between {
        let word = before.readings().find(|it| it.word == words.between)?;
        start = Some(word.start);
        // `ما بين`.
        let what = at.checked_sub(2).and_then(|at| reading.tokens.get(at));
        if let Some(what) = what.filter(|_| at >= 2 && reading.tokens.folded(at - 2) == "ما")
        {
            start = Some(what.start());
        }
    }
    Some((start, second + number.num_items - 1, number.value))
}

/// A number whose thousands are set apart by spaces: `1 800`.
fn spaced(
    reading: &Reading<'_>,
    at: usize,
    last: usize,
    number: &Number,
) -> Option<(Decimal, usize)> {
    let tokens = reading.tokens;
    let mut digits = tokens.folded(at).to_owned();
    let is_first = number.is_digits && at == last && digits.len() <= 3;
    (is_first && !digits.starts_with('0')).then_some(())?;
    let mut end = last;
    while tokens.get(end + 1).is_some_and(|it| it.kind == Kind::Digits)
        && tokens.folded(end + 1).len() == 3
    {
        end += 1;
        digits.push_str(tokens.folded(end));
    }
    (end > last).then(|| Some((Decimal::of_digits(&digits, "")?, end)))?
}

/// Half a thing more, behind the noun: `ونصف`.
fn half(reading: &Reading<'_>, at: usize) -> Option<Decimal> {
    let parts = match reading.tokens.folded(at) {
        "ونصف" => 2,
        "وربع" => 4,
        _ => return None,
    };
    Decimal::part_of_ten_to(parts, 0)
}

/// The lower end of a range whose scale stands at the upper one: `ما بين 60 و70 مليون`.
fn of_same_scale(low: Decimal, high: Decimal) -> Decimal {
    let thousand = Decimal::whole(1_000);
    let scaled = [9, 6, 3].into_iter().find_map(|power| {
        let is_scale = high >= Decimal::whole(1).times_ten_to(power)?;
        is_scale.then(|| low.times_ten_to(power))?
    });
    scaled.filter(|scaled| low < thousand && *scaled < high).unwrap_or(low)
}

/// The counted noun behind a number, as it stands.
fn counted_noun(reading: &Reading<'_>, last: usize) -> Option<String> {
    let token = reading.tokens.get(last + 1).filter(|token| token.kind == Kind::Word)?;
    let is_noun = token.is_spaced
        && !reading.lexicon.counts.is_no_noun(token.whole)
        && !reading.tokens.folded(last + 1).starts_with("ال")
        && !token.readings().any(|it| {
            let classes = reading.lexicon.vocabulary.classes(it.word);
            it.is_stem && classes.any(Classes::NUMBER)
        });
    let range = reading.tokens.range(last + 1, last + 1);
    is_noun.then(|| reading.text.get(range.to_range()).map(str::to_owned))?
}

/// Whether what stands behind a number is a measure of time, or what a site counts.
fn is_time_or_counter(reading: &Reading<'_>, last: usize) -> bool {
    let words = &reading.lexicon.counts;
    let word = |at: usize| reading.tokens.get(at).map_or(WordId::NONE, |token| token.whole);
    let is_none = |at: usize| {
        let noun = word(at);
        // `تسع عشرة سنة 2016`: the year is not what is counted.
        let is_year = reading.tokens.get(at + 1).is_some_and(|it| it.kind == Kind::Digits)
            && reading.tokens.folded(at + 1).len() == 4;
        words.is_time(noun) && !is_year || words.is_counter(noun) || words.is_measure(noun)
    };
    // `4 و7 سنوات`: both are counted by the noun behind the second.
    let is_joined = reading.tokens.folded(last + 1) == "و"
        && reading.tokens.get(last + 2).is_some_and(|it| it.kind == Kind::Digits);
    is_none(last + 1) || is_joined && is_none(last + 3)
}

/// Whether something beside a number says that it counts nothing.
fn is_no_count(reading: &Reading<'_>, at: usize, last: usize, number: &Number) -> bool {
    let (tokens, words) = (reading.tokens, &reading.lexicon.counts);
    let is_joined = |at: usize| {
        tokens.is_glued(at)
            && matches!(tokens.get(at), Some(Token { kind: Kind::Sign(c), .. }) if "/:-_.,@#".contains(*c))
    };
    // Joined to other digits, letters or signs: a date, a time, a score, a name, a link.
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let is_inside = tokens.is_glued(at)
        && match before.map(|token| token.kind) {
            Some(Kind::Digits | Kind::Foreign) => true,
            Some(Kind::Word) => {
                number.is_digits
                    && tokens.folded(at - 1) != "و"
                    && !matches!(tokens.folded(at - 1), "ب" | "ل" | "ك" | "ف" | "ال")
            }
            Some(Kind::Sign(c)) => {
                "/:-_.,@#&=?".contains(c) && at >= 2 && tokens.is_glued(at - 1)
            }
            _ => false,
        };
    let behind = tokens.get(last + 1).map(|token| token.kind);
    let goes_on = tokens.is_glued(last + 1)
        && matches!(behind, Some(Kind::Digits | Kind::Foreign))
        || is_joined(last + 1)
            && tokens.is_glued(last + 2)
            && matches!(
                tokens.get(last + 2).map(|it| it.kind),
                Some(Kind::Digits | Kind::Foreign)
            );
    if number.is_digits && (is_inside || goes_on) {
        return true;
    }
    // A share of a hundred.
    let word = |at: usize| tokens.get(at).map_or(WordId::NONE, |token| token.whole);
    let is_share = words.percent.contains(&word(at))
        || tokens.is_sign(last + 1, '%')
        || before.is_some_and(|token| token.kind == Kind::Sign('%'))
        || words.percent.contains(&word(last + 1))
        || tokens.folded(last + 1) == "في" && words.percent.contains(&word(last + 2));
    // The number of something, an age.
    let told = |token: &Token| {
        token.readings().any(|it| words.is_numbered(it.word) || words.is_of_age(it.word))
    };
    let second = at.checked_sub(2).and_then(|at| tokens.get(at));
    let is_adjective = before.is_some_and(|it| it.kind == Kind::Word)
        && at.checked_sub(1).is_some_and(|at| tokens.folded(at).starts_with("ال"));
    let is_sign = matches!(before.map(|it| it.kind), Some(Kind::Sign('(' | ':')));
    let is_told = before.is_some_and(told)
        || number.is_digits && (is_adjective || is_sign) && second.is_some_and(told)
        || is_ordinal(reading, at);
    let is_of_group = number.is_definite
        && before
            .is_some_and(|token| token.kind == Kind::Word && is_bound_noun(tokens, at - 1));
    is_share
        || is_told
        || is_of_group
        || is_alone(reading, at, last, number)
        || is_year(reading, at, last, number)
}

/// Whether an ordinal stands in front, whose second part the number is: `الخامسة والعشرون`.
fn is_ordinal(reading: &Reading<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |at| reading.tokens.folded(at));
    let bare = before.strip_prefix("ال").unwrap_or(before);
    let bare = bare.strip_suffix('ه').unwrap_or(bare);
    matches!(
        bare,
        "حادي"
            | "ثاني"
            | "ثالث"
            | "رابع"
            | "خامس"
            | "سادس"
            | "سابع"
            | "ثامن"
            | "تاسع"
            | "عاشر"
    ) && reading.tokens.get(at).is_some_and(|token| token.kind == Kind::Word)
}

/// Whether a word is a noun that a definite number behind it belongs to: `مجموعة العشرين`.
fn is_bound_noun(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.folded(at), "مجموعه" | "القرن" | "الساعه" | "عيد" | "الذكري" | "قمه")
}

/// Whether digits stand alone on a line, or behind a name in front of a sign that ends it
/// (`فرانس 24 |`): what a site shows, not what an article counts.
fn is_alone(reading: &Reading<'_>, at: usize, last: usize, number: &Number) -> bool {
    let kind = |at: Option<usize>| at.and_then(|at| reading.tokens.get(at)).map(|it| it.kind);
    let is_edge =
        |kind: Option<Kind>| matches!(kind, None | Some(Kind::Break | Kind::Sign('|')));
    let is_break = |kind: Option<Kind>| matches!(kind, None | Some(Kind::Break));
    let (before, behind) = (kind(at.checked_sub(1)), kind(Some(last + 1)));
    let is_channel = at.checked_sub(1).is_some_and(|at| {
        matches!(reading.tokens.folded(at), "فرانس" | "عربي" | "عربيه" | "العربيه" | "سكاي")
    });
    // A telephone number, a code.
    let digits = reading.tokens.folded(at);
    let is_code = number.num_items == 1
        && (digits.len() > 9 || digits.len() > 2 && digits.starts_with('0'));
    let is_zero = is_code || number.value == Decimal::default();
    number.is_digits
        && (is_zero
            || is_channel
            || is_edge(before) && is_edge(behind)
            || kind(Some(last + 1)) == Some(Kind::Sign('|'))
            || before == Some(Kind::Sign('|')) && is_break(behind)
            || before.is_some()
                && matches!(behind, Some(Kind::Sign('-')))
                && reading.tokens.get(last + 1).is_some_and(|it| it.is_spaced))
}

/// Whether bare digits are a year: four of them with nothing counted behind.
fn is_year(reading: &Reading<'_>, at: usize, last: usize, number: &Number) -> bool {
    let is_four = number.is_digits && at == last && reading.tokens.folded(at).len() == 4;
    let value = number.value.to_whole().unwrap_or_default();
    // `بين 2011 و2019`: neither of two.
    let is_pair = reading.tokens.folded(last + 1) == "و"
        && reading.tokens.folded(last + 2).len() == 4
        && reading.tokens.get(last + 2).is_some_and(|it| it.kind == Kind::Digits);
    let end = if is_pair { last + 2 } else { last };
    is_four && (1_800..2_100).contains(&value) && counted_noun(reading, end).is_none()
}

/// `شخص واحد`: one, behind what it counts.
fn one(reading: &Reading<'_>, at: usize, first: Option<(WordId, usize)>) -> Option<Suggestion> {
    let (_, start) = first.filter(|(_, start)| *start == start_of(reading, at))?;
    let before = at.checked_sub(1)?;
    let token = reading.tokens.get(before).filter(|token| token.kind == Kind::Word)?;
    let words = &reading.lexicon.counts;
    let is_noun = !token.readings().any(|it| {
        words.is_no_noun(it.word) || words.is_time(it.word) || words.is_numbered(it.word)
    });
    let folded = reading.tokens.folded(before);
    let is_other = folded.starts_with("ال")
        || matches!(folded, "كل" | "ان" | "جانب" | "طرف" | "شيء" | "رقم");
    let is_one_of = reading.tokens.get(at + 1).is_some_and(|next| next.whole == words.from)
        && !folded.ends_with('ا');
    if !is_noun || is_other || is_one_of {
        return None;
    }
    let mut new = Suggestion::new(Target::Count, range_to(reading, start, at), "count.one");
    new.value = Some("1".to_owned());
    let noun = reading.tokens.range(before, before);
    new.of = reading.text.get(noun.to_range()).map(str::to_owned);
    Some(new)
}

/// Whether names stand there: two that are named are not counted (`مدينتي سبتة ومليلية`).
fn is_named(reading: &Reading<'_>, at: usize) -> bool {
    reading
        .tokens
        .get(at)
        .is_some_and(|token| is_any(reading, token, Classes::PLACE.and(Classes::COUNTRY)))
}

/// A noun in the dual: `شخصين`, `خليتان`, `سيارتي` in front of a genitive.
fn dual(reading: &Reading<'_>, at: usize, token: &Token) -> Found {
    let words = &reading.lexicon.counts;
    let word = token.reading(&reading.lexicon.vocabulary, Classes::DUAL)?;
    let is_bound = words.dual(word.word)?;
    // `عائلتين مغربيتين`: the second is what the first are.
    let before = at.checked_sub(1).and_then(|at| reading.tokens.get(at));
    let is_adjective = !word.is_stem
        && before.is_some_and(|it| it.readings().any(|it| words.dual(it.word) == Some(false)));
    if is_adjective {
        return None;
    }
    let next = reading.tokens.get(at + 1);
    if is_bound {
        // `سيارتي شرطة`: in front of a bare noun; with ي also *my*, with ا also an accusative.
        let folded = reading.tokens.folded(at + 1);
        let goes_on = next.is_some_and(|next| next.kind == Kind::Word && next.is_spaced)
            && reading.tokens.folded(at).ends_with("تي")
            && !folded.starts_with("ال")
            && !is_named(reading, at + 1)
            && !words.is_no_noun(word.word)
            && next
                .is_some_and(|next| !words.is_no_noun(next.whole) && next.stem == WordId::NONE);
        if !goes_on {
            return None;
        }
    }
    let counts_itself = next.is_some_and(|next| {
        // `شخصين اثنين`: the numeral is the count.
        matches!(reading.tokens.folded(at + 1), "اثنين" | "اثنان" | "اثنتين" | "اثنتان")
            && next.kind == Kind::Word
    });
    if counts_itself {
        return None;
    }
    let mut new = Suggestion::new(
        Target::Count,
        range_to(reading, word.start, at),
        if is_bound { "count.dual-bound" } else { "count.dual" },
    );
    if let Some((start, degree)) = degree_before(reading, at, Some((word.word, word.start))) {
        new.range = range_to(reading, start, at);
        new.value = Some(format!("{}2", degree.sign()));
    } else {
        new.value = Some("2".to_owned());
    }
    new.of = reading.text.get(word.start..token.end()).map(str::to_owned);
    // `طنين ونصف`.
    if let Some(more) = half(reading, at + 1) {
        new.range = range_to(reading, new.range.start().to_usize(), at + 1);
        new.value = Decimal::whole(2).plus(more).map(|value| value.to_string());
        return Some((Some(new), at + 2));
    }
    Some((Some(new), at + 1))
}

#[cfg(test)]
mod tests;
