//! Labels: found again, cut, aligned, and without boxes for what has no glyph.

use super::*;
use crate::typeset::{Align, Face};

fn style() -> Style {
    Style::new(Face::Sans, 16.0)
}

#[test]
fn the_same_text_is_found_again() {
    let mut ts = Typesetter::new();
    let first = ts.text("مدينة", &style(), Fit::FREE);
    assert!(Rc::ptr_eq(&first, &ts.text("مدينة", &style(), Fit::FREE)));
    for other in [
        ts.text("مدن", &style(), Fit::FREE),
        ts.text("مدينة", &Style { bold: true, ..style() }, Fit::FREE),
        ts.text("مدينة", &style(), Fit::wrapped(80.0)),
        ts.text("مدينة", &style(), Fit::wrapped(80.0).aligned(Align::End)),
    ] {
        assert!(!Rc::ptr_eq(&first, &other));
    }
}

#[test]
fn what_is_looked_up_is_kept() {
    let mut ts = Typesetter::new();
    let kept = ts.text("مدينة", &style(), Fit::FREE);
    let lost = ts.text("قرية", &style(), Fit::FREE);
    for at in 0..3 * GENERATION {
        ts.text(&at.to_string(), &style(), Fit::FREE);
        ts.text("مدينة", &style(), Fit::FREE);
    }
    assert!(Rc::ptr_eq(&kept, &ts.text("مدينة", &style(), Fit::FREE)));
    assert!(!Rc::ptr_eq(&lost, &ts.text("قرية", &style(), Fit::FREE)));
    assert!(ts.labels.young.len() + ts.labels.old.len() <= 2 * GENERATION);
}

#[track_caller]
fn check_cut(text: &str, width: f32) {
    let mut ts = Typesetter::new();
    let whole = ts.text(text, &style(), Fit::FREE);
    let cut = ts.text(text, &style(), Fit::cut(width));
    assert_eq!(cut.is_cut(), whole.width() > width, "{text} in {width}");
    assert_eq!(cut.num_lines(), 1);
    let ellipsis = ts.text("…", &style(), Fit::FREE).width();
    assert!(cut.width() <= width.max(ellipsis), "{text}: {} > {width}", cut.width());
    if cut.is_cut() && width > 60.0 {
        assert!(cut.width() > width - 30.0, "{text}: cut too short, {}", cut.width());
    }
}

#[test]
fn a_text_that_is_too_wide_is_cut() {
    for text in ["", "قصير", "عنوان طويل جدا عن Reuters و 12/05/2024 وغير ذلك", "لالالالالا لالالالالا"]
    {
        for width in [0.0, 10.0, 61.0, 90.0, 120.5, 5000.0] {
            check_cut(text, width);
        }
    }
}

#[test]
fn an_ellipsis_stands_where_the_text_ends() {
    let mut ts = Typesetter::new();
    let edge = |shaped: &ShapedText| {
        let glyphs: Vec<Glyph> = shaped.glyphs(0.0, 0.0).collect();
        let by_x = |a: &&Glyph, b: &&Glyph| a.x.total_cmp(&b.x);
        (glyphs.iter().min_by(by_x).unwrap().id, glyphs.iter().max_by(by_x).unwrap().id)
    };
    let dots = ts.text("…", &style(), Fit::FREE);
    let dots = edge(&dots).0;
    let arabic = ts.text("عنوان طويل جدا لهذا المكان", &style(), Fit::cut(90.0));
    assert_eq!(edge(&arabic).0, dots, "on the left");
    let latin = ts.text("a long title for this place", &style(), Fit::cut(90.0));
    assert_eq!(edge(&latin).1, dots, "on the right");
}

#[test]
fn lines_stand_where_they_are_aligned() {
    let mut ts = Typesetter::new();
    let mut left = |text: &str, align| {
        let shaped = ts.text(text, &style(), Fit::wrapped(200.0).aligned(align));
        let rects = shaped.rects(TextRange::of(0..text.len()));
        (rects[0].left, rects[0].right)
    };
    assert_eq!(left("فاس", Align::Start).1, 200.0);
    assert_eq!(left("فاس", Align::End).0, 0.0);
    assert_eq!(left("Fes", Align::Start).0, 0.0);
    assert_eq!(left("Fes", Align::End).1, 200.0);
    let (from, to) = left("فاس", Align::Center);
    assert!((from - (200.0 - to)).abs() < 0.01);
}

#[test]
fn every_line_of_a_wrapping_text_is_a_paragraph() {
    let mut ts = Typesetter::new();
    let text = "سطر\r\n\nLatin line";
    let shaped = ts.text(text, &style(), Fit::wrapped(200.0));
    assert_eq!(shaped.num_lines(), 3);
    assert_eq!(shaped.height(), 3.0 * style().line_pixels());
    let arabic = shaped.rects(TextRange::of(0..6));
    let latin = shaped.rects(TextRange::of(9..text.len()));
    assert_eq!((arabic[0].right, latin[0].left), (200.0, 0.0));
    assert_eq!(latin[0].top, 2.0 * style().line_pixels());
    let one = ts.text(text, &style(), Fit::FREE);
    assert_eq!(one.num_lines(), 1, "a line end is a space elsewhere");
}

#[test]
fn a_hit_finds_the_caret_that_stands_there() {
    let mut ts = Typesetter::new();
    let text = "قال Reuters 12\nسطر";
    let shaped = ts.text(text, &style(), Fit::wrapped(70.0));
    for at in (0..=text.len()).map(Offset::at).filter(|at| text::is_boundary(text, *at)) {
        for caret in [Caret::before(at), Caret::after(at)] {
            let rect = shaped.caret_rect(caret);
            let hit = shaped.hit(rect.left, (rect.top + rect.bottom) / 2.0);
            let found = shaped.caret_rect(hit);
            assert!((found.left - rect.left).abs() < 0.1, "{caret:?} {hit:?}");
            assert_eq!(found.top, rect.top);
        }
    }
}

/// How many glyphs are drawn, and that the text is wider than another one.
#[track_caller]
fn check_blank(text: &str, num_glyphs: usize, wider_than: Option<&str>) {
    let mut ts = Typesetter::new();
    let shaped = ts.text(text, &style(), Fit::FREE);
    assert_eq!(shaped.glyphs(0.0, 0.0).count(), num_glyphs, "{text:?}");
    if let Some(other) = wider_than {
        let other = ts.text(other, &style(), Fit::FREE);
        assert!(shaped.width() > other.width(), "{text:?}");
    }
}

#[test]
fn a_tab_takes_room_and_draws_nothing() {
    check_blank("دا\tدا", 4, Some("دا دا"));
    check_blank("دا\u{1}دا", 4, Some("دادا"));
}

#[test]
fn format_characters_take_no_room() {
    let mut ts = Typesetter::new();
    let plain = ts.text("دا", &style(), Fit::FREE).width();
    for text in ["دا\u{200F}", "\u{200E}دا", "\u{FEFF}دا", "دا\u{200D}", "د\u{2069}ا"]
    {
        let shaped = ts.text(text, &style(), Fit::FREE);
        assert_eq!(shaped.width(), plain, "{text:?}");
    }
}

/// Letters and signs of news and of the interface are in the bundled fonts.
#[test]
fn common_characters_have_glyphs() {
    const COMMON: &str = "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْٰٱپچژڤکگی٠١٢٣٤٥٦٧٨٩،؛؟٪٫٬ﷲﷺﻻ\
        ABCXYZabcxyzéèàçñüöœßğışЯяΩω0123456789.,:;!?'\"()[]{}<>«»‹›“”‘’„–—…•·×÷±°%‰€$£¥©®™§&@#*/_|~^\
        😀👍🏽❤✔⚠🔍";
    let mut ts = Typesetter::new();
    let mut missing = String::new();
    for face in [Face::Naskh, Face::Amiri, Face::Sans] {
        for bold in [false, true] {
            for c in COMMON.chars() {
                let style = Style { bold, ..Style::new(face, 20.0) };
                let shaped = ts.text(&c.to_string(), &style, Fit::FREE);
                if shaped.glyphs(0.0, 0.0).any(|glyph| glyph.id == 0) {
                    missing.push(c);
                }
            }
        }
    }
    assert_eq!(missing, "");
}
