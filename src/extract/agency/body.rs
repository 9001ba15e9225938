//! Units and other bodies, named by what they are for: `المديرية العامة للأمن الوطني`.

use super::grammar::{folded, is_article, is_broken, is_key, is_open, national, run};
use super::place::{place, site};
use super::words::Head;
use super::{Name, Reading, is_word, nation};
use crate::extract::confidence::Evidence;
use crate::extract::tokens::WordReading;
use crate::extract::vocabulary::Classes;

/// Whether a word tells of police or the like.
fn is_police(word: &str) -> bool {
    let word = word.strip_prefix("لل").or_else(|| word.strip_prefix("ال")).unwrap_or(word);
    matches!(
        word,
        "امن"
            | "شرطه"
            | "درك"
            | "حرس"
            | "جمارك"
            | "قضايي"
            | "قضاييه"
            | "امنيه"
            | "استخبارات"
            | "مخابرات"
            | "مباحث"
            | "ابحاث"
    )
}

/// `المديرية العامة للأمن الوطني`, `ولاية أمن فاس`, `فرقة الشرطة القضائية بمدينة الناظور`.
pub(super) fn body(
    reading: &Reading<'_>,
    at: usize,
    first: WordReading,
    head: Head,
) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let noun = reading.lexicon.vocabulary.spelling(first.word);
    if noun == "مجلس" && folded(reading, at + 1) == "قضاء" {
        // Of Algeria: `مجلس قضاء وهران`.
        return site(reading, at + 2).map(|last| Name::new(last, "agency.court"));
    }
    let run = run(reading, at + 1, &words.parts, true).or_else(|| {
        // An adjective that no list has: `الفرقة المتنقلة للشرطة القضائية`.
        let is_adjective = is_open(reading, at + 1)
            && is_word(reading, at + 2).is_some_and(|token| token.prefix() == "ل")
            && is_article(reading, at)
            && is_key(reading, at + 2);
        is_adjective.then(|| run(reading, at + 2, &words.parts, true).unwrap_or(at + 2))
    });
    // `الهيئة السعودية للبيانات`.
    let by_nation = nation(reading, at + 1, None).map_or(at, |_| at + 1);
    let open = open_body(reading, noun, run.unwrap_or(by_nation));
    let end = open.or(run)?;
    let then = folded(reading, at + 1);
    let is_none = match noun {
        "هييه" => then == "الدفاع",
        "مجلس" => then == "اداره",
        "اداره" => {
            at.checked_sub(1).is_some_and(|at| folded(reading, at).ends_with("مجلس"))
        }
        "السلطه" | "الموسسه" | "الجهاز" | "القياده" | "المكتب" | "الوحده" => {
            end == at + 1 && folded(reading, end + 1) != "المشتركه"
        }
        "لجنه" | "اللجنه" => {
            !matches!(then, "العليا" | "الوطنيه" | "المركزيه" | "الدوليه" | "مكافحه")
        }
        "المنطقه" | "المجموعه" | "الدايره" | "مركز" | "المركز" | "قسم" | "منطقه" | "اقليم"
        | "مجموعه" | "كتيبه" | "الكتيبه" | "مخفر" | "ثكنه" | "دايره" | "ولايه" => {
            !matches!(folded(reading, end), "صحه" | "تربيه")
                && !(at + 1..=end).any(|at| is_police(folded(reading, at)))
        }
        _ => false,
    };
    (!is_none).then_some(())?;
    let name = national(reading, end, None, "agency.body");
    let is_national = name.last > end;
    let is_directorate = matches!(noun, "مديريه" | "المديريه" | "المندوبيه" | "مندوبيه");
    let has_key = (at + 1..=end).any(|at| is_key(reading, at));
    let is_office = matches!(folded(reading, end), "صحه" | "تربيه");
    (open.is_some() || has_key || is_directorate || is_office || is_national).then_some(())?;
    let name = name
        .with(open.is_some(), Evidence::OPEN_END.and(Evidence::RARE))
        .with(!has_key, Evidence::LOOSE_VALUE)
        .with(end == at + 1 && !is_national, Evidence::AMBIGUOUS);
    with_place(reading, name, (at, end), (noun, head))
}

/// The name of a body with the place that it needs; none where it wants one and has none.
fn with_place(
    reading: &Reading<'_>,
    name: Name,
    (at, end): (usize, usize),
    (noun, head): (&str, Head),
) -> Option<Name> {
    let is_complete = (at + 1..=end).any(|at| {
        matches!(folded(reading, at), "العامه" | "العام" | "الوطنيه" | "الوطني" | "العليا")
    });
    // `للأمن الوطني` of a unit says whose it is.
    let is_complete = is_complete
        && (matches!(folded(reading, at + 1), "العامه" | "العام" | "الوطنيه" | "العليا"));
    let is_national = name.last > end;
    let word = folded(reading, end);
    let is_bare = matches!(
        word.strip_prefix('و').unwrap_or(word),
        "امن"
            | "درك"
            | "اجرام"
            | "شرطه"
            | "لجمارك"
            | "جمارك"
            | "مباحث"
            | "لمباحث"
            | "صحه"
            | "تربيه"
            | "تحقيق"
            | "مرور"
            | "لمرور"
            | "عمليات"
            | "لعمليات"
            | "استخبارات"
            | "لامن"
            | "لشرطه"
    );
    let mut name = name;
    if is_bare && !is_national {
        // `ولاية أمن فاس`.
        let open = is_open(reading, end + 1).then_some(end + 1);
        name.last = site(reading, end + 1).or(open)?;
        name = name.with(open == Some(name.last), Evidence::OPEN_END);
        name.rule = "agency.unit";
        return Some(name);
    }
    if head != Head::Unit || is_complete {
        return Some(name);
    }
    name.rule = "agency.unit";
    let is_seat = matches!(noun, "مديريه" | "المديريه" | "مكتب" | "دايره" | "قسم" | "مركز");
    if let Some(place) = place(reading, name.last + 1, is_seat) {
        name.last = place;
        return Some(name);
    }
    let wants = matches!(
        noun,
        "مركز"
            | "قسم"
            | "مخفر"
            | "منطقه"
            | "اقليم"
            | "كتيبه"
            | "مجموعه"
            | "ثكنه"
            | "دايره"
    );
    (!wants).then(|| name.with(!is_national, Evidence::OPEN_END))
}

/// `الهيئة العامة للترفيه`: whatever such a body is for.
fn open_body(reading: &Reading<'_>, noun: &str, last: usize) -> Option<usize> {
    let is_head =
        matches!(noun, "الهييه" | "الوكاله" | "المديريه" | "الاداره" | "المفوضيه" | "السلطه");
    let is_national = nation(reading, last, None).is_some();
    let is_high = matches!(
        folded(reading, last),
        "العامه"
            | "الوطنيه"
            | "العليا"
            | "القوميه"
            | "المركزيه"
            | "الساميه"
            | "الاتحاديه"
    );
    is_word(reading, last + 1)?;
    let word = folded(reading, last + 1);
    let is_free = is_head
        && (is_high || is_national)
        && !is_broken(reading, last + 1)
        && word.starts_with("لل")
        && word.len() >= 10
        && !matches!(
            word,
            "للحزب"
                | "للشركه"
                | "للنقابه"
                | "للنادي"
                | "للبنك"
                | "للجامعه"
                | "للجمعيه"
                | "للاتحاد"
                | "للحكومه"
                | "للموسسه"
                | "للمجموعه"
        );
    is_free.then(|| {
        let last = with_adjective(reading, last + 1);
        // `للبيانات والذكاء الاصطناعي`.
        let other = Classes::AGENCY_HEAD.and(Classes::AGENCY).and(Classes::PLACE);
        let is_more = is_word(reading, last + 1).is_some_and(|token| {
            folded(reading, last + 1).starts_with("وال") && !token.classes.any(other)
        });
        if is_more { with_adjective(reading, last + 1) } else { last }
    })
}

/// The token of an adjective behind a noun, or else that of the noun.
fn with_adjective(reading: &Reading<'_>, noun: usize) -> usize {
    let word = folded(reading, noun + 1);
    let is_adjective = word.starts_with("ال") && (word.ends_with('ي') || word.ends_with("يه"))
        || matches!(word, "العامه" | "المستدامه" | "المتجدده" | "المغلقه");
    let is_one = is_adjective
        && nation(reading, noun + 1, None).is_none()
        && !is_broken(reading, noun + 1);
    noun + usize::from(is_one)
}
