//! Cities in sentences: where a name is a town, where it ends, and which town it is.

use crate::extract::{Extractor, Target};

/// The cities of a text: the span and its value.
fn cities(text: &str) -> Vec<(String, String)> {
    let found = Extractor::default().suggest(text, None);
    let cities = found.into_iter().filter(|it| it.target == Target::City);
    cities
        .map(|it| {
            let span = text.get(it.range.to_range()).unwrap_or_default();
            (span.to_owned(), it.value.unwrap_or_default())
        })
        .collect()
}

fn check(text: &str, spans: &[&str]) {
    let found: Vec<String> = cities(text).into_iter().map(|(span, _)| span).collect();
    assert_eq!(found, spans, "{text}");
}

#[test]
fn the_generic_word_and_proclitics_stay_outside() {
    check("وصل الوفد إلى مدينة بني ملال ثم لفاس وبطنجة", &["بني ملال", "فاس", "طنجة"]);
    check("زار المدينة المنورة وغادر المدينة", &["المدينة المنورة"]);
    check("سافر من وجدة إلى بغداد ثم لندن", &["وجدة", "بغداد", "لندن"]);
}

#[test]
fn provinces_clubs_and_persons_are_no_towns() {
    check("بإقليم بركان وفي محافظة نينوى وبريف دمشق", &[]);
    check("في محافظتي البصرة وميسان", &[]);
    check("فاز نهضة بركان على اتحاد طنجة ومولودية وجدة", &[]);
    check("صرح محمد الرباط للصحيفة", &[]);
    check("تعادل مانشستر سيتي", &[]);
}

#[test]
fn countries_are_no_towns_unless_something_says_so() {
    check("غادر تونس إلى الجزائر", &[]);
    check("في تونس العاصمة ومدينة الكويت", &["تونس العاصمة", "الكويت"]);
}

#[test]
fn a_common_word_is_a_town_only_with_a_reason() {
    check("كان الخبر صحيحا وفتح الباب", &[]);
    check("أقيم الحفل في مدينة الخبر", &["الخبر"]);
    check("شملت الحملة العيون، الرباط، وجرسيف", &["العيون", "الرباط", "جرسيف"]);
    check("وأن الوزير قال في بيان إن الدور مهم في إطار حديثة", &[]);
}

#[test]
fn a_name_is_known_again_where_it_stands_without_a_reason() {
    check("حريق في بركان. واهتزت بركان للخبر", &["بركان", "بركان"]);
}

#[test]
fn tags_and_datelines_hold_towns() {
    check("#أمن_فاس و#الدار_البيضاء", &["فاس", "الدار_البيضاء"]);
    check("تونس - أعلن الوزير", &["تونس"]);
}

#[test]
fn the_value_is_the_best_spelling_of_the_place_that_is_near() {
    let values = |text| -> Vec<String> { cities(text).into_iter().map(|it| it.1).collect() };
    assert_eq!(values("انفجار في اسطنبول"), ["إسطنبول"]);
    assert_eq!(values("مؤتمر في مدينة عمّان"), ["عمان"]);
    let place = |text| {
        let found = Extractor::default().suggest(text, None);
        found.iter().find(|it| it.target == Target::City).and_then(|it| it.place)
    };
    let libya = place("في طرابلس ومدينة بنغازي");
    let lebanon = place("في طرابلس ومدينة بيروت");
    assert!(libya.is_some() && lebanon.is_some() && libya != lebanon);
}
