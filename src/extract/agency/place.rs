//! The place in a name: the one that makes a unit, a branch or a court this one.

use super::grammar::{BREAKS, folded, is_broken, is_open};
use super::{Reading, is_word};
use crate::extract::city;
use crate::extract::vocabulary::Classes;

/// Generic nouns in front of a place's name, with or without a preposition.
fn is_generic(word: &str) -> bool {
    matches!(
        word,
        "مدينه"
            | "ولايه"
            | "محافظه"
            | "منطقه"
            | "اقليم"
            | "عماله"
            | "جهه"
            | "بلده"
            | "بلديه"
            | "دايره"
            | "حي"
            | "قضاء"
            | "ناحيه"
            | "مطار"
            | "ميناء"
            | "مركز"
            | "قسم"
            | "معتمديه"
            | "اول"
            | "ثان"
            | "ثاني"
            | "ثالث"
            | "شمال"
            | "جنوب"
            | "شرق"
            | "غرب"
            | "وسط"
            | "حوادث"
    )
}

/// Whether a word is a country, which is outside of a name.
fn is_country(word: &str) -> bool {
    matches!(
        word,
        "المغرب"
            | "مصر"
            | "العراق"
            | "ليبيا"
            | "السعوديه"
            | "المملكه"
            | "اسبانيا"
            | "فرنسا"
            | "لبنان"
            | "سوريا"
            | "الاردن"
            | "فلسطين"
            | "اليمن"
            | "السودان"
            | "الخليج"
            | "تركيا"
            | "ايران"
            | "اوروبا"
            | "البلاد"
    )
}

/// The last token of a place that stands whole at `at`: `دبي`, `ولاية وهران`, `شمال الجيزة`.
pub(super) fn site(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let mut at = at;
    let mut is_told = false;
    for _ in 0..4 {
        let is_name = named(reading, at).is_some_and(|last| last > at);
        if is_name || !is_generic(folded(reading, at)) {
            break;
        }
        (at, is_told) = (at + 1, true);
    }
    named(reading, at).or_else(|| (is_told && is_open(reading, at)).then_some(at))
}

/// The last token of a town or province whose name begins at `at`.
fn named(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let token = is_word(reading, at)?;
    if is_country(folded(reading, at)) || is_broken(reading, at) {
        return None;
    }
    let of = &reading.lexicon.agencies;
    let province = of.provinces.longest(reading.tokens, at, token.whole).map(|it| it.last);
    let town = city::name_at(reading, at).filter(|(_, start)| *start == token.start());
    province.max(town.map(|(last, _)| last))
}

/// The last token of a place that a name needs: `بمدينة الناظور`, `بسلا`, `في باريس`.
pub(super) fn place(reading: &Reading<'_>, at: usize, with_in: bool) -> Option<usize> {
    let token = is_word(reading, at)?;
    let word = folded(reading, at);
    if with_in && word == "في" {
        return site(reading, at + 1);
    }
    let behind = word.strip_prefix(['ب', 'ل'])?;
    if is_generic(behind) {
        let is_name = named(reading, at + 1);
        return site(reading, at + 1).or(is_name);
    }
    if !word.starts_with('ب') || is_country(behind) {
        return None;
    }
    if reading.lexicon.vocabulary.classes(token.whole).any(BREAKS.and(Classes::AGENCY_HEAD)) {
        return None;
    }
    let of = &reading.lexicon.agencies;
    let province = of.provinces.longest(reading.tokens, at, token.stem).map(|it| it.last);
    let town = city::name_at(reading, at).filter(|(_, start)| *start > token.start());
    province
        .filter(|_| token.prefix() == "ب")
        .max(town.filter(|_| token.prefix().ends_with('ب')).map(|(last, _)| last))
}
