//! What queries ask for, and what is no query.

use proptest::prelude::*;

use super::*;

const SPANS: &[(&str, &str, &str, bool)] = &[
    ("CITY", "طنجة", "طنجه", false),
    ("CITY", "فاس", "وفاس", true),
    ("COUNT", ">250", "أكثر من 250", false),
    ("COUNT", "12", "12", false),
    ("DATE", "2021-12-18", "18 ديسمبر", false),
    ("AGENCY", "", "الشرطة", true),
];

fn parse(text: &str) -> Query {
    Query::parse(text, Options::default(), &Schema::default()).unwrap()
}

/// Whether the spans above are what the query asks for.
fn fits(text: &str) -> bool {
    let facts = SPANS.iter().map(|(label, value, text, doubtful)| Fact {
        label,
        value: Some(*value).filter(|value| !value.is_empty()),
        text,
        note: "",
        doubtful: *doubtful,
    });
    let facts: Vec<_> = facts.collect();
    let query = parse(text);
    assert!(!query.spans.is_empty(), "{text}");
    query.spans.iter().all(|filter| facts.iter().any(|f| filter.fits(f)) != filter.is_negated)
}

#[test]
fn filters_ask_for_spans() {
    for text in [
        "city:طنجة",
        "مدينة:طنجه",
        "CITY:طَنجة count>100",
        "عدد>100",
        "count:12",
        "count>=12 count<20",
        "label:AGENCY",
        "وسم:جهاز_رسمي",
        "label:\"جهاز رسمي\"",
        "date:2021-12",
        "date>2021-12-01",
        "value:2021-12",
        "city:فاس doubtful",
        "label:AGENCY doubtful",
        "-city:وجدة",
        "agency:الشرطه",
        "city:فاس city:طنجة",
        "label:CITY label:DATE",
        "doubtful",
        "مشكوك_فيه",
        "value>200",
    ] {
        assert!(fits(text), "{text} fits");
    }
    for text in [
        "city:وجدة",
        "count<10 count>2",
        "count:250",
        "count>20 count<100",
        "-label:CITY",
        "date:2022",
        "city:طنجة doubtful",
        "label:COUNT doubtful",
        "value:طنجة label:COUNT",
        "note:x",
    ] {
        assert!(!fits(text), "{text} does not fit");
    }
}

#[test]
fn words_in_a_row_are_one_pattern_and_quotations_are_their_own() {
    let patterns = |text: &str| parse(text).finders.len();
    for (text, expected) in [
        ("", 0),
        ("  ", 0),
        ("وزارة الداخلية", 1),
        ("وزارة city:طنجة الداخلية", 2),
        ("\"وزارة الداخلية\" فاس", 2),
        ("فاس\"", 1),
        ("\"\"", 0),
        ("في 10:30 قال: نعم", 1),
        ("state:new", 0),
        ("a-b -فاس", 1),
    ] {
        assert_eq!(patterns(text), expected, "{text}");
    }
    let query = parse("\"الدار البيضاء\" أمن");
    assert_eq!(query.places("أَمن الدار  البيضاء والأمن").len(), 3);
    assert_eq!(query.places("الدار البيضاء"), []);
    assert_eq!(query.count("أَمن الدار  البيضاء والأمن".as_bytes()), 3);
    assert!(parse("\"count>100\"").spans.is_empty());
    assert!(parse("  ").is_empty() && !parse("annotator:x").is_empty());
}

#[test]
fn what_cannot_be_understood_is_said_with_its_place() {
    for (text, place, part) in [
        ("فاس \"طنجة", "\"طنجة", "not closed"),
        ("town:طنجة", "town", "no label or filter"),
        ("-town:طنجة", "town", "no label or filter"),
        ("label:TOWN", "TOWN", "CITY"),
        ("state:done", "done", "finished"),
        ("city:", "city:", "a value after"),
        ("state>new", "new", "write :"),
        ("city>طنجة", "طنجة", "write :"),
        ("count>كثير", "كثير", "a number"),
        ("date<أمس", "أمس", "no date"),
        ("published:أمس", "أمس", "no date"),
        ("-annotator:أمل", "أمل", "without -"),
        ("annotator:أمل annotator:gold", "gold", "one annotator"),
        ("x \u{64E}", "x \u{64E}", ""),
    ] {
        let parsed = Query::parse(text, Options::default(), &Schema::default());
        if part.is_empty() {
            assert!(parsed.is_ok(), "{text}");
            continue;
        }
        let wrong = parsed.unwrap_err();
        assert_eq!(&text[wrong.place.to_range()], place, "{text}");
        assert!(wrong.what.en.contains(part), "{text}: {}", wrong.what.en);
        assert!(!wrong.what.ar.is_empty());
    }
}

#[test]
fn an_expression_keeps_its_signs_and_its_place() {
    let options = Options { kind: Kind::Regex, whole_words: false };
    let schema = Schema::default();
    let query = Query::parse("(?i:abc) +x city:طنجة", options, &schema).unwrap();
    assert_eq!((query.finders.len(), query.spans.len()), (1, 1));
    assert!(query.finders[0].is_in("ABC  x"));
    let wrong = Query::parse("city:طنجة a(", options, &schema).unwrap_err();
    assert_eq!(wrong.place, TextRange::of(15..16));
}

proptest! {
    #[test]
    fn any_text_is_a_query_or_says_where_it_is_none(
        text in "([a-zاب\\\"\\-:<>= ()\u{64E}]|city|count|label|state|doubtful|value|100|2021){0,12}",
        is_regex: bool,
    ) {
        let kind = if is_regex { Kind::Regex } else { Kind::Folded };
        let options = Options { kind, whole_words: false };
        if let Err(wrong) = Query::parse(&text, options, &Schema::default()) {
            prop_assert!(text.get(wrong.place.to_range()).is_some(), "{:?}", wrong.place);
        }
    }
}
