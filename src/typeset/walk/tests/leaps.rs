//! Leaps from word to word, as they are seen.

use super::{Side, page};
use crate::text::{Offset, Way};
use crate::typeset::{Base, Caret, Page, Typesetter};

/// Words between spaces, so that a number belongs to the letter before it.
fn edge(text: &str, offset: Offset, way: Way) -> Offset {
    let at = offset.to_usize();
    let words = text.split([' ', '\n']).scan(0, |from, word| {
        let start = *from;
        *from += word.len() + 1;
        Some((start, start + word.len()))
    });
    let mut words = words.filter(|(start, end)| start < end);
    let found = match way {
        Way::Forward => words.find(|(_, end)| *end > at).map_or(text.len(), |(_, end)| end),
        Way::Backward => {
            words.take_while(|(start, _)| *start < at).last().map_or(0, |(start, _)| start)
        }
    };
    Offset::at(found)
}

/// Where leaps lead from `from` on until they stay.
fn leaps(page: &mut Page, from: Caret, side: Side) -> Vec<Caret> {
    let mut ts = Typesetter::new();
    let text = std::sync::Arc::clone(page.text());
    let mut carets = vec![from];
    loop {
        let last = carets[carets.len() - 1];
        let next = page.leap(&mut ts, last, side, &|at, way| edge(&text, at, way));
        if next == last {
            carets.remove(0);
            return carets;
        }
        carets.push(next);
        assert!(carets.len() < 4 * text.len() + 4, "leaps without end in {text:?}");
    }
}

fn offsets(carets: &[Caret]) -> Vec<usize> {
    carets.iter().map(|caret| caret.offset.to_usize()).collect()
}

#[test]
fn a_leap_to_the_left_ends_words_in_arabic_and_begins_them_in_latin() {
    // Beyond the last of the words that run the other way, all of them are passed.
    let text = "قال NATO UN ثم";
    let mut page = page(text, Base::Auto, 900.0);
    let start = page.start();
    // From right to left: قال, then UN and NATO, then ثم.
    assert_eq!(offsets(&leaps(&mut page, start, Side::Left)), [6, 12, 14, 19]);
    let end = page.end();
    assert_eq!(offsets(&leaps(&mut page, end, Side::Right)), [15, 11, 7, 0]);
}

#[test]
fn a_word_of_letters_and_digits_is_passed_as_a_whole() {
    let text = "بلغ و45.6 ثم";
    let mut page = page(text, Base::Auto, 900.0);
    let start = page.start();
    let left = leaps(&mut page, start, Side::Left);
    assert_eq!(offsets(&left), [6, 13, 18]);
    let xs: Vec<f32> = {
        let mut ts = Typesetter::new();
        left.iter().map(|caret| page.caret_rect(&mut ts, *caret).left).collect()
    };
    assert!(xs.is_sorted_by(|a, b| a > b), "each leap goes to the left: {xs:?}");
}

#[test]
fn leaps_go_on_over_lines_and_paragraphs_to_the_end() {
    let text = "كلمة كلمة test كلمة كلمة كلمة\n\nword كلمة كلمة\nword word";
    for width in [60.0, 130.0, 900.0] {
        for base in [Base::Auto, Base::RightToLeft] {
            let mut page = page(text, base, width);
            let start = page.start();
            let there = leaps(&mut page, start, Side::Left);
            let num_words = text.split_whitespace().count();
            assert!(there.len() >= num_words - 1, "{width}: {there:?}");
            let last = there[there.len() - 1];
            let back = leaps(&mut page, last, Side::Right);
            assert!(back.len() >= num_words - 1, "{width}: {back:?}");
        }
    }
}
