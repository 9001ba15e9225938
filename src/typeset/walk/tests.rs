//! Walks over all kinds of text, hits and moves.

mod claim;
mod leaps;

use proptest::prelude::*;

use super::*;
use crate::typeset::{Base, Face, PageStyle, Style};

fn page(text: &str, base: Base, width: f32) -> Page {
    let style = Style { base, ..Style::new(Face::Naskh, 20.0) };
    Page::new(text.into(), PageStyle::new(style, width))
}

/// Steps to a side until the caret stays; all carets, the first one included.
fn walk(ts: &mut Typesetter, page: &mut Page, from: Caret, side: Side) -> Vec<Caret> {
    let mut carets = vec![from];
    let most = 4 * page.text().len() + 16;
    loop {
        let last = carets[carets.len() - 1];
        let next = page.step(ts, last, side);
        if next == last {
            return carets;
        }
        carets.push(next);
        assert!(carets.len() < most, "a walk without end at {next:?}");
    }
}

fn boundaries(text: &str) -> Vec<Offset> {
    (0..=text.len()).map(Offset::at).filter(|at| text::is_boundary(text, *at)).collect()
}

const TEXTS: [&str; 9] = [
    "",
    "قال المتحدث إن 12 شخصا في 18 ديسمبر/كانون الأول 2021 شاركوا (بحسب NATO) في ذلك.",
    "تابعوا @jam3iya_news على https://example.org/a?b=1 قبل 10:30، و#وسم_آخر 5% ثم Reuters",
    "NATO: قال 30 عضوا\nOpen the gate, قال 5 and go\n\nثم انتهى 2024",
    "A wrapped Latin paragraph with وكالة أنباء 24 inside of it, and more words after it",
    "سطر أول\r\nسطر ثان\r\n",
    "وَكَالَةُ الأَنْبَاءِ لا إِلٰه 👨\u{200D}👩\u{200D}👧 👍🏽 e\u{301}",
    "كلمة\u{200F}\u{200E} test\u{FEFF}\tجدول\t12\u{200D}م",
    "طويلطويلطويلطويلطويلطويلطويل abcdefghijklmnopqrstuvwxyzabcdefghijkl 12345678901234567890",
];

#[test]
fn a_walk_comes_by_every_boundary_and_goes_back_the_same_way() {
    for text in TEXTS {
        for base in [Base::Auto, Base::RightToLeft, Base::LeftToRight] {
            for width in [60.0, 170.0, 2000.0] {
                claim::check(text, base, width);
            }
        }
    }
}

#[test]
fn a_walk_crosses_the_parts_of_a_long_paragraph() {
    let text = "قال 12 إن NATO هنا. ".repeat(500);
    claim::check(&text, Base::Auto, 900.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn walks_over_any_text_go_there_and_back(
        text in "[ابجل ]{0,6}[a-c1-3 ]{0,6}[ابجل12./()\u{64E}\u{200F}\n ]{0,20}[a-c ]{0,9}[ابج1 ]{0,9}",
        width in 40.0_f32..400.0,
    ) {
        claim::check(&text, Base::Auto, width);
    }

    #[test]
    fn walks_over_odd_text_go_there_and_back(
        text in prop_oneof![
            "[👨👩👧🏽👍\u{200D}\u{FE0F}🇲🇦#1\u{20E3}اa ]{0,20}",
            "[\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FEFF}\u{61C}ابa1 \u{2028}]{0,30}",
            prop::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
        ],
        width in 40.0_f32..400.0,
    ) {
        claim::check(&text, Base::Auto, width);
    }

    #[test]
    fn every_caret_is_found_again_where_it_stands(
        text in "[ابجل ]{0,9}[a-c1-3 ]{0,9}[ابجل12./() \n]{0,20}[a-c ]{0,9}",
        width in 60.0_f32..400.0,
    ) {
        let mut ts = Typesetter::new();
        let mut page = page(&text, Base::Auto, width);
        for offset in boundaries(&text) {
            for caret in [Caret::before(offset), Caret::after(offset)] {
                let rect = page.caret_rect(&mut ts, caret);
                let middle = (rect.top + rect.bottom) / 2.0;
                let hit = page.hit(&mut ts, rect.left, middle);
                let found = page.caret_rect(&mut ts, hit);
                prop_assert_eq!(found.top, rect.top);
                prop_assert!((found.left - rect.left).abs() < 0.1, "{:?} {:?}", caret, hit);
            }
        }
    }
}

#[test]
fn left_is_onward_in_arabic_and_backward_in_latin() {
    let mut ts = Typesetter::new();
    let mut arabic = page("فاس", Base::Auto, 500.0);
    let start = arabic.start();
    assert_eq!(arabic.left(&mut ts, start), Caret::before(Offset::at(2)));
    assert_eq!(arabic.right(&mut ts, start), start);
    let mut latin = page("Fes", Base::Auto, 500.0);
    assert_eq!(latin.right(&mut ts, start), Caret::before(Offset::at(1)));
    assert_eq!(latin.left(&mut ts, start), start);
}

#[test]
fn each_half_of_a_grapheme_is_its_own_edge() {
    let mut ts = Typesetter::new();
    for text in TEXTS {
        let mut page = page(text, Base::Auto, 170.0);
        page.prepare(&mut ts, 0.0, f64::INFINITY);
        for pair in boundaries(text).windows(2) {
            let range = TextRange::between(pair[0], pair[1]);
            let rects = page.rects(range, 0.0, f64::INFINITY);
            let [rect] = rects[..] else { continue };
            let width = rect.right - rect.left;
            if width < 0.1 {
                continue;
            }
            let y = f64::midpoint(rect.top, rect.bottom);
            let mut at = |share: f32| page.hit(&mut ts, rect.left + width * share, y).offset;
            let ends = [at(0.3), at(0.7)];
            assert!(
                ends == [range.start(), range.end()] || ends == [range.end(), range.start()],
                "{:?} in {text:?}: {ends:?}",
                &text[range.to_range()]
            );
            let found = page.grapheme_at(&mut ts, rect.left + width / 2.0, y);
            assert_eq!(found, Some(range));
        }
    }
}

#[test]
fn beside_a_line_is_its_end_and_at_its_edge_the_letter_there() {
    let mut ts = Typesetter::new();
    let text = "قال Reuters";
    let mut page = page(text, Base::Auto, 300.0);
    let left = page.caret_rect(&mut ts, Caret::before(Offset::at(7))).left;
    assert!(left > 100.0);
    assert_eq!(page.hit(&mut ts, left - 5.0, 10.0), Caret::before(Offset::at(7)));
    assert_eq!(page.hit(&mut ts, 5.0, 10.0), Caret::after(Offset::end_of(text)));
    assert_eq!(page.hit(&mut ts, 500.0, 10.0), Caret::before(Offset::ZERO));
    assert_eq!(page.grapheme_at(&mut ts, 5.0, 10.0), None);
    assert_eq!(page.grapheme_at(&mut ts, left + 2.0, 1000.0), None);
}

#[test]
fn above_and_below_the_page_are_its_first_and_last_line() {
    let mut ts = Typesetter::new();
    let mut page = page("أول\nثان", Base::Auto, 300.0);
    assert_eq!(page.hit(&mut ts, 500.0, -900.0).offset, Offset::ZERO);
    assert_eq!(page.hit(&mut ts, 500.0, 9000.0).offset, Offset::at(7));
}

#[test]
fn up_and_down_keep_to_a_place_on_the_line() {
    let mut ts = Typesetter::new();
    let text = "سطر أول طويل بعض الشيء\n\nسطر ثالث";
    let mut page = page(text, Base::Auto, 300.0);
    let start = Caret::before(Offset::at(20));
    let x = page.caret_rect(&mut ts, start).left;
    let empty = page.down(&mut ts, start, x);
    assert_eq!(empty, Caret::before(Offset::at(text.find("\n\n").unwrap() + 1)));
    let third = page.down(&mut ts, empty, x);
    assert!(text[third.offset.to_usize()..].len() < 14, "on the third line");
    assert_eq!(page.down(&mut ts, third, x), page.end());
    let back = page.up(&mut ts, third, x);
    assert_eq!(page.up(&mut ts, back, x).offset, start.offset);
    assert_eq!(page.up(&mut ts, start, x), page.start());
}

#[test]
fn the_ends_of_a_wrapped_line_are_on_that_line() {
    let mut ts = Typesetter::new();
    let text = "كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة";
    let mut page = page(text, Base::Auto, 120.0);
    let middle = Caret::before(Offset::at(30));
    let top = page.caret_rect(&mut ts, middle).top;
    let (start, end) = (page.line_start(&mut ts, middle), page.line_end(&mut ts, middle));
    assert!(start.offset < middle.offset && middle.offset < end.offset);
    assert_eq!(page.caret_rect(&mut ts, start).top, top);
    assert_eq!(page.caret_rect(&mut ts, end).top, top);
    let next = Caret::before(end.offset);
    assert!(page.caret_rect(&mut ts, next).top > top, "the same offset on the next line");
}
