//! The base direction of documents and paragraphs.
//!
//! The first strong letter (UAX #9, P2) is a bad judge in Arabic news: it sets `12/05`, an
//! empty line and `pic.twitter.com/… اسم` from left to right. Here a document has a direction,
//! and a paragraph has it too unless it is mostly written the other way.

use super::style::{Base, Direction};

/// How much of a text is looked at, in bytes: enough to tell, and little in one of a megabyte.
const LOOK: usize = 4096;

/// The direction of a whole document: right to left unless, as in a paragraph, most of its
/// letters are Latin and the first of them too.
pub(super) fn of_document(text: &str, base: Base) -> Direction {
    match base {
        Base::RightToLeft => Direction::RightToLeft,
        Base::LeftToRight => Direction::LeftToRight,
        Base::Auto => of_paragraph(text, base, Direction::RightToLeft),
    }
}

/// The direction of a paragraph in a document.
///
/// It is the other one only if most of its letters are, and the first of them too. Links,
/// handles and tags count only where there is nothing else: they are written in Latin in the
/// midst of Arabic.
pub(super) fn of_paragraph(text: &str, base: Base, document: Direction) -> Direction {
    if base != Base::Auto {
        return document;
    }
    let (mut prose, mut names) = (Letters::default(), Letters::default());
    for word in beginning(text).split_whitespace() {
        if is_name(word) { names.add(word) } else { prose.add(word) }
    }
    let letters = if prose.rtl + prose.ltr > 0 { prose } else { names };
    let most = match document {
        Direction::RightToLeft => Direction::of_rtl(letters.ltr <= letters.rtl),
        Direction::LeftToRight => Direction::of_rtl(letters.rtl > letters.ltr),
    };
    if letters.first == Some(most) { most } else { document }
}

/// Letters that have a direction, counted.
#[derive(Clone, Copy, Default)]
struct Letters {
    rtl: usize,
    ltr: usize,
    /// The first one's direction.
    first: Option<Direction>,
}

impl Letters {
    fn add(&mut self, text: &str) {
        for c in text.chars() {
            // The two common scripts first: a look-up of the category is slow.
            match c {
                'ء'..='ي' => self.rtl += 1,
                '\0'..='\u{7F}' => self.ltr += usize::from(c.is_ascii_alphabetic()),
                _ if !c.is_alphabetic() => {}
                _ if is_rtl(c) => self.rtl += 1,
                _ => self.ltr += 1,
            }
            if self.first.is_none() && self.rtl + self.ltr > 0 {
                self.first = Some(Direction::of_rtl(self.rtl > 0));
            }
        }
    }
}

/// Whether a letter is of a right-to-left script: the blocks that UAX #9 reserves for them.
fn is_rtl(c: char) -> bool {
    matches!(
        u32::from(c),
        0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF
    )
}

/// Whether a word is a link, a handle or a tag.
fn is_name(word: &str) -> bool {
    word.contains(['/', '@', '#'])
}

fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LOOK)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paragraph: &str, rtl: bool) {
        let found = of_paragraph(paragraph, Base::Auto, Direction::RightToLeft);
        assert_eq!(found, Direction::of_rtl(rtl), "{paragraph}");
    }

    #[test]
    fn paragraphs_of_an_arabic_document_are_right_to_left() {
        check("", true);
        check("&", true);
        check("12/05/2024", true);
        check("pic.twitter.com/AbCdEfGhIj وكالة", true);
        check("NATO: قال الحلف إن القوات", true);
        check("قال Reuters News Agency قبل يوم", true);
    }

    #[test]
    fn a_mostly_latin_paragraph_is_left_to_right() {
        check("The police said on Monday, الشرطة", false);
        check("https://example.org/news", false);
        check("@DGSN_MAROC", false);
    }

    #[test]
    fn a_document_is_right_to_left_unless_it_is_latin() {
        assert_eq!(of_document("Agadir فاس مكناس تطوان", Base::Auto), Direction::RightToLeft);
        assert_eq!(of_document("قال Reuters", Base::Auto), Direction::RightToLeft);
        assert_eq!(of_document("Agadir, Fes and فاس", Base::Auto), Direction::LeftToRight);
        assert_eq!(of_document("12 + 3", Base::Auto), Direction::RightToLeft);
        assert_eq!(of_document("فاس", Base::LeftToRight), Direction::LeftToRight);
    }

    #[test]
    fn an_arabic_paragraph_of_a_latin_document_is_right_to_left() {
        let found = of_paragraph("قالت الشرطة", Base::Auto, Direction::LeftToRight);
        assert_eq!(found, Direction::RightToLeft);
        let found = of_paragraph("12", Base::Auto, Direction::LeftToRight);
        assert_eq!(found, Direction::LeftToRight);
    }
}
