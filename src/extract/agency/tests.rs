//! Agencies in sentences: what is one, where its name ends, and what it is worth.

use crate::extract::{Extractor, Target};

/// The agencies of a text: the span and its value.
fn agencies(text: &str) -> Vec<(String, String)> {
    let found = Extractor::default().suggest(text, None);
    let agencies = found.into_iter().filter(|it| it.target == Target::Agency);
    agencies
        .map(|it| {
            let span = text.get(it.range.to_range()).unwrap_or_default();
            (span.to_owned(), it.value.unwrap_or_default())
        })
        .collect()
}

/// Checks spans, whose values are the same words.
fn check(text: &str, spans: &[&str]) {
    let found: Vec<String> = agencies(text).into_iter().map(|(span, _)| span).collect();
    assert_eq!(found, spans, "{text}");
}

/// Checks spans with their values.
fn check_values(text: &str, expected: &[(&str, &str)]) {
    let found = agencies(text);
    let found: Vec<(&str, &str)> =
        found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_nationality_agrees_with_its_head() {
    check("أوقفت الشرطة الفرنسية رجلا", &["الشرطة الفرنسية"]);
    check("قال وزير الداخلية الفرنسي", &[]);
    check("وصلت عناصر الجيش اللبناني", &["الجيش اللبناني"]);
    check("قدمت مصالح الأمن المغربية معلومات", &[]);
    check("أنقذ خفر السواحل الإيطالية قاربا", &["خفر السواحل الإيطالية"]);
}

#[test]
fn clubs_are_no_agencies() {
    check("فاز نادي الشرطة العراقية على فريق الجمارك السعودية", &[]);
    check("تعادل الجيش الملكي أمس", &[]);
}

#[test]
fn a_ministry_is_known_by_its_field_and_nationality() {
    check_values(
        "نفت الخارجية الروسية ذلك، وأكدته الدفاع العراقية",
        &[
            ("الخارجية الروسية", "وزارة الخارجية الروسية"),
            ("الدفاع العراقية", "وزارة الدفاع العراقية"),
        ],
    );
    check("السياسة الخارجية الروسية ووزيرة الخارجية الألمانية", &[]);
    check("أعلنت الخارجية موقفها", &[]);
}

#[test]
fn several_under_one_head_are_one_span() {
    check_values(
        "اتفقت وزارتا العدل والصحة مع وزارات الداخلية والنقل والمالية",
        &[
            ("وزارتا العدل والصحة", "وزارة العدل; وزارة الصحة"),
            ("وزارات الداخلية والنقل والمالية", "وزارة الداخلية; وزارة النقل; وزارة المالية"),
        ],
    );
    check_values(
        "نسقت الشرطة البلجيكية والهولندية العملية",
        &[("الشرطة البلجيكية والهولندية", "الشرطة البلجيكية; الشرطة الهولندية")],
    );
    check_values(
        "دورية بين الشرطتين التونسية والإيطالية",
        &[("الشرطتين التونسية والإيطالية", "الشرطة التونسية; الشرطة الإيطالية")],
    );
}
