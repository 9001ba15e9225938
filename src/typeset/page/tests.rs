//! Pages: what they look like as data, and that laziness cannot be seen.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::text;
use crate::typeset::{Base, Caret, Face, PageDump};

fn style(width: f32) -> PageStyle {
    PageStyle::new(Style::new(Face::Naskh, 20.0), width)
}

fn dump(text: &str, width: f32) -> PageDump {
    Page::new(text.into(), style(width)).dump(&mut Typesetter::new(), &[])
}

/// Top, range and direction of each line; then each run with its direction and edges.
#[track_caller]
fn check(text: &str, width: f32, expected: &Expect) {
    let arrow = |direction: Direction| if direction.is_rtl() { '<' } else { '>' };
    let mut out = String::new();
    for line in &dump(text, width).lines {
        writeln!(out, "{} {} {}", line.top, line.range, arrow(line.direction)).unwrap();
        for run in &line.runs {
            let (left, right) = (run.x, run.x + run.advance);
            let part = text.get(run.range.to_range()).unwrap();
            let (range, direction) = (run.range, arrow(run.direction));
            writeln!(out, "  {range} {direction} {left:.1}..{right:.1} {part:?}").unwrap();
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn numbers_and_latin_stand_from_left_to_right_in_arabic_lines() {
    check(
        "قال @DGSN_MAROC في 18 ديسمبر/كانون الأول 2021 (123).",
        200.0,
        &expect![[r#"
        0 0..19 <
          18..19 < 10.5..15.0 " "
          8..18 > 15.0..151.8 "DGSN_MAROC"
          0..8 < 151.8..200.0 "قال @"
        36 19..62 <
          26..62 < 5.2..151.1 " ديسمبر/كانون الأول "
          24..26 > 151.1..173.4 "18"
          19..24 < 173.4..200.0 "في "
        72 62..73 <
          71..73 < 99.4..110.4 ")."
          68..71 > 110.4..143.9 "123"
          66..68 < 143.9..155.3 " ("
          62..66 > 155.3..200.0 "2021"
    "#]],
    );
}

#[test]
fn a_space_that_ends_a_line_belongs_to_the_paragraph() {
    check(
        "قالت وكالة Reuters News قبل يوم",
        180.0,
        &expect![[r#"
            0 0..28 <
              27..28 < 24.0..28.4 " "
              20..27 > 28.4..101.1 "Reuters"
              0..20 < 101.1..180.0 "قالت وكالة "
            36 28..46 <
              33..46 < 66.9..123.4 "قبل يوم"
              32..33 < 123.4..127.8 " "
              28..32 > 127.8..180.0 "News"
        "#]],
    );
}

#[test]
fn line_ends_are_on_no_line() {
    check(
        "أول\r\n\r\nثان\n",
        200.0,
        &expect![[r#"
        0 0..6 <
          0..6 < 174.0..200.0 "أول"
        54 8..8 <
        108 10..16 <
          10..16 < 176.4..200.0 "ثان"
        162 17..17 <
    "#]],
    );
}

#[test]
fn an_empty_text_has_one_empty_line() {
    check(
        "",
        200.0,
        &expect![[r#"
        0 0..0 <
    "#]],
    );
}

#[test]
fn an_empty_paragraph_is_as_high_as_the_style_says() {
    let mut ts = Typesetter::new();
    let style = PageStyle { blank: 0.5, gap: 0.0, ..style(200.0) };
    let mut page = Page::new("أول\n\nثان".into(), style);
    let guess = page.height();
    let tops: Vec<f64> = page.dump(&mut ts, &[]).lines.iter().map(|line| line.top).collect();
    assert_eq!((tops, guess), (vec![0.0, 36.0, 54.0], 90.0));
}

#[test]
fn a_link_stays_whole_where_it_fits() {
    check(
        "انظر https://example.org/a?b=1 هنا",
        260.0,
        &expect![[r#"
        0 0..31 <
          9..31 > 14.2..224.7 "https://example.org/a?"
          0..9 < 224.7..260.0 "انظر "
        36 31..41 <
          35..41 < 199.9..220.9 "هنا"
          34..35 < 220.9..225.4 " "
          31..34 > 225.4..260.0 "b=1"
    "#]],
    );
}

#[test]
fn a_title_is_set_in_its_own_style() {
    let mut ts = Typesetter::new();
    let title = Style { bold: true, ..Style::new(Face::Naskh, 30.0) };
    let style = PageStyle { title: Some(title), ..style(400.0) };
    let dump = Page::new("عنوان\nنص".into(), style).dump(&mut ts, &[]);
    let heights: Vec<f64> = dump.lines.iter().map(|line| line.bottom - line.top).collect();
    assert_eq!(heights, [54.0, 36.0]);
    let fonts: Vec<u8> = dump.lines.iter().map(|line| line.runs[0].font.0).collect();
    assert_eq!(fonts, [1, 0], "bold and regular");
    assert_eq!(dump.lines[1].top, 54.0 + f64::from(style.gap));
}

/// An article of many paragraphs of different lengths.
fn long(num: usize) -> String {
    (0..num)
        .map(|at| "قالت البلدية إن 12 حديقة ستفتح قريبا. ".repeat(at * 7 % 12) + "انتهى\n")
        .collect()
}

#[test]
fn only_what_is_looked_at_is_set() {
    let mut ts = Typesetter::new();
    let mut page = Page::new(long(2000).into(), style(400.0));
    page.prepare(&mut ts, 0.0, 900.0);
    assert!(page.kept_bytes < 10_000, "{} bytes", page.kept_bytes);
    assert!(page.lines(0.0, 900.0).count() > 10);
    assert_eq!(page.lines(5000.0, 5900.0).count(), 0, "not set yet");
}

#[test]
fn what_is_kept_is_bounded() {
    let mut ts = Typesetter::new();
    let mut page = Page::new(long(2000).into(), style(400.0));
    let mut y = 0.0;
    while y < page.height() {
        y += page.prepare(&mut ts, y, y + 900.0) + 900.0;
        assert!(page.kept_bytes <= KEPT);
        let set = page.slots.iter().filter(|slot| slot.set.is_some()).count();
        assert_eq!(set, page.kept.len());
    }
    assert!(page.kept_bytes > KEPT / 2, "the test has to reach the bound");
}

#[test]
fn lines_stay_where_they_are_while_scrolling_up() {
    let mut ts = Typesetter::new();
    let mut page = Page::new(long(600).into(), style(333.0));
    page.prepare(&mut ts, 0.0, 500.0);
    let mut y = page.height() * 0.7;
    y += page.prepare(&mut ts, y, y + 500.0);
    let mut grown = 0.0;
    for _ in 0..200 {
        // A line well inside, and where it is seen.
        let line = page.lines(y + 200.0, y + 500.0).next().unwrap();
        let (range, seen) = (line.range(), line.top() - y);
        y -= 80.0;
        let delta = page.prepare(&mut ts, y, y + 500.0);
        y += delta;
        grown += delta.abs();
        let after = page.lines(y, y + 600.0).find(|line| line.range() == range).unwrap();
        assert!((after.top() - y - (seen + 80.0)).abs() < 1e-6, "the text jumped");
    }
    assert!(grown > 0.0, "the estimates have to be wrong for this to be a test");
}

#[test]
fn a_jump_sets_all_that_is_seen() {
    let mut ts = Typesetter::new();
    let text = long(600);
    for share in [0, 1, 50, 99, 100] {
        let mut page = Page::new(text.as_str().into(), style(333.0));
        let at = text::previous_boundary(&text, Offset::at(text.len() * share / 100));
        let top = page.jump(&mut ts, at, (500.0, 200.0));
        let seen: Vec<f64> = page.lines(top, top + 500.0).map(|line| line.top()).collect();
        assert!(seen[0] <= top, "set from the upper edge on");
        assert!(seen.windows(2).all(|pair| pair[1] - pair[0] <= 54.0), "no gaps: {seen:?}");
        assert!(seen[seen.len() - 1] + 54.0 >= (top + 500.0).min(page.height()));
        let y = page.y_of(&mut ts, at) - top;
        let at_end = top == 0.0 || (top + 500.0 - page.height()).abs() < 1.0;
        assert!(at_end || (y - 200.0).abs() < 1.0, "at {y}");
        assert!((0.0..500.0).contains(&y));
    }
}

#[test]
fn another_width_gives_the_same_as_a_new_page() {
    let mut ts = Typesetter::new();
    let text = long(40);
    let mut page = Page::new(text.as_str().into(), style(500.0));
    page.prepare(&mut ts, 300.0, 900.0);
    page.set_style(style(280.0));
    page.prepare(&mut ts, 300.0, 900.0);
    assert_eq!(page.dump(&mut ts, &[]), dump(&text, 280.0));
}

#[test]
fn another_size_or_base_gives_the_same_as_a_new_page() {
    let mut ts = Typesetter::new();
    let text = long(10);
    let body = Style { base: Base::LeftToRight, ..Style::new(Face::Sans, 17.0) };
    let mut page = Page::new(text.as_str().into(), style(500.0));
    page.prepare(&mut ts, 0.0, 900.0);
    page.set_style(PageStyle::new(body, 500.0));
    let fresh = Page::new(text.as_str().into(), PageStyle::new(body, 500.0)).dump(&mut ts, &[]);
    assert_eq!(page.dump(&mut ts, &[]), fresh);
}

#[test]
fn a_range_has_a_rectangle_a_line_and_direction() {
    let text = "قال Reuters قبل يوم إن كل شيء على ما يرام هنا";
    let start = text.find("Reu").unwrap();
    let range = TextRange::of(start + 3..text.find(" يوم").unwrap());
    let mut page = Page::new(text.into(), style(200.0));
    let rects = page.dump(&mut Typesetter::new(), &[range]).rects.remove(0);
    assert_eq!(rects.len(), 2, "«ters» to the right, «قبل» to the left: {rects:?}");
    assert!(rects[0].right < rects[1].left);
    assert_eq!(rects[0].top, rects[1].top);
    let all = TextRange::of(0..text.len());
    let lines = page.dump(&mut Typesetter::new(), &[all]);
    assert_eq!(lines.rects[0].len(), lines.lines.len(), "runs that touch are one rectangle");
}

#[test]
fn a_range_inside_a_grapheme_is_widened() {
    let text = "كَتب";
    let mut page = Page::new(text.into(), style(200.0));
    let ranges = [TextRange::of(2..4), TextRange::of(0..4), TextRange::of(4..4)];
    let rects = page.dump(&mut Typesetter::new(), &ranges).rects;
    assert_eq!(rects[0], rects[1]);
    assert_eq!(rects[0].len(), 1);
    assert!(rects[2].is_empty(), "nothing is marked");
}

#[test]
fn lam_and_alef_have_a_rectangle_each() {
    let mut page = Page::new("لا".into(), style(200.0));
    let ranges = [TextRange::of(0..2), TextRange::of(2..4)];
    let rects = page.dump(&mut Typesetter::new(), &ranges).rects;
    assert_eq!(rects[1][0].right, rects[0][0].left);
    assert!(rects[1][0].right - rects[1][0].left > 2.0);
}

#[test]
fn a_rectangle_leaves_out_the_space_that_ends_a_wrapped_line() {
    let text = "كلمة كلمة كلمة كلمة كلمة كلمة";
    let mut page = Page::new(text.into(), style(120.0));
    let dump = page.dump(&mut Typesetter::new(), &[TextRange::of(0..text.len())]);
    assert!(dump.lines.len() > 1);
    for (rect, line) in dump.rects[0].iter().zip(&dump.lines) {
        assert_eq!((rect.left, rect.right), (line.left, line.right));
    }
}

#[test]
fn a_line_that_is_broken_inside_a_grapheme_begins_and_ends_outside() {
    let mut ts = Typesetter::new();
    let text = "\u{20E3}👍\u{20E3}🏽🇦🇲🇦 🇲🏽🏽\u{20E3}🏽🏽 1🏽🏽ا";
    let mut page = Page::new(text.into(), style(30.0));
    assert!(page.dump(&mut ts, &[]).lines.len() > 4);
    for at in (0..=text.len()).map(Offset::at).filter(|at| text::is_boundary(text, *at)) {
        for caret in [
            page.line_start(&mut ts, Caret::before(at)),
            page.line_end(&mut ts, Caret::before(at)),
        ] {
            assert!(text::is_boundary(text, caret.offset), "{caret:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn lines_and_runs_leave_nothing_out(text in any_text(), width in 0.0_f32..500.0) {
        let dump = dump(&text, width);
        let mut at = 0;
        for line in &dump.lines {
            let start = line.range.start().to_usize();
            let between = &text[at..start];
            prop_assert!(LINE_ENDS.contains(&between), "{between:?} is on no line");
            at = line.range.end().to_usize();
            let mut runs: Vec<TextRange> = line.runs.iter().map(|run| run.range).collect();
            runs.sort();
            let mut end = line.range.start();
            for run in &runs {
                prop_assert_eq!(run.start(), end);
                end = run.end();
            }
            prop_assert_eq!(end, line.range.end());
            for pair in line.runs.windows(2) {
                prop_assert!((pair[0].x + pair[0].advance - pair[1].x).abs() < 0.01);
            }
        }
        prop_assert_eq!(&text[at..], "");
    }

    #[test]
    fn hits_fall_on_grapheme_boundaries(
        text in any_text(),
        x in -100.0_f32..600.0,
        y in -100.0..600.0,
    ) {
        let mut ts = Typesetter::new();
        let mut page = Page::new(text.as_str().into(), style(300.0));
        let caret = page.hit(&mut ts, x, y);
        prop_assert!(text::is_boundary(&text, caret.offset));
        for moved in [
            page.left(&mut ts, caret),
            page.right(&mut ts, caret),
            page.up(&mut ts, caret, x),
            page.down(&mut ts, caret, x),
            page.line_start(&mut ts, caret),
            page.line_end(&mut ts, caret),
        ] {
            prop_assert!(text::is_boundary(&text, moved.offset));
        }
    }
}

/// What may stand between two lines: nothing where one wraps.
const LINE_ENDS: [&str; 6] = ["", "\n", "\r\n", "\r", "\u{2028}", "\u{2029}"];

/// Arabic, Latin, digits, marks, controls, formats, pictographs, unassigned ones.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ابجل َُ 12./()a-c\n\r\t]{0,60}",
        "[\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FEFF}\u{61C}ابa1 \u{2028}]{0,30}",
        "[👨👩👧🏽👍\u{200D}\u{FE0F}🇲🇦#1\u{20E3}اa ]{0,20}",
        prop::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
    ]
}
