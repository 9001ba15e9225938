//! The one table by which every way of folding folds a character.

use std::sync::LazyLock;

use super::table::{ARABIC, EUROPEAN, PRESENTATION, Row};
use crate::arabic::letter::{digit, is_arabic_mark, is_invisible, is_line_break};

/// What a folded character is: a character, several (`ﻻ`), or nothing at all (a vowel mark).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldedChar {
    /// It is dropped.
    Nothing,
    /// It is one character.
    One(char),
    /// It is several.
    Many(&'static str),
}

/// What a character becomes when it is folded, whatever stands beside it.
///
/// A run of spaces becomes one space only in a text: see [`fold_into`](super::fold_into).
#[must_use]
pub fn fold_char(c: char) -> FoldedChar {
    let map = &*MAP;
    let entry = map.entry(c);
    if entry.is(DROP) {
        FoldedChar::Nothing
    } else if entry.is(MANY) {
        FoldedChar::Many(map.many(entry))
    } else {
        FoldedChar::One(entry.char().unwrap_or(c))
    }
}

/// A character's fold in 32 bits: the folded character below, flags above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry(u32);

/// Nothing is left of it.
pub(super) const DROP: u32 = 1 << 24;
/// It belongs to the letter in front of it: vowel marks, joiners, tatweel.
pub(super) const EXTEND: u32 = 1 << 25;
/// It becomes several characters; the bits below number them.
pub(super) const MANY: u32 = 1 << 26;
/// Whether it is a letter of its own has to be asked, and of what follows it as well.
pub(super) const ASK: u32 = 1 << 27;
/// White space, of which a run counts once.
pub(super) const SPACE: u32 = 1 << 28;

impl Entry {
    pub(super) fn is(self, flag: u32) -> bool {
        self.0 & flag != 0
    }

    /// Whether it is nothing but one character for another.
    pub(super) fn is_plain(self) -> bool {
        self.0 <= 0x10_FFFF
    }

    /// What it is folded to if that is one character, and it is a letter of its own.
    #[inline]
    pub(super) fn letter(self) -> Option<char> {
        if self.0 & !SPACE <= 0x10_FFFF { self.char() } else { None }
    }

    pub(super) fn char(self) -> Option<char> {
        char::from_u32(self.0 & 0x1F_FFFF)
    }

    fn one(c: char) -> Self {
        Self(u32::from(c))
    }

    fn and(self, flags: u32) -> Self {
        Self(self.0 | flags)
    }
}

/// How many characters a page of the table has.
const PAGE: usize = 0x100;

/// The pages that the table holds; other characters are folded by rule.
const PAGES: [u32; 15] =
    [0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x1E, 0x20, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF];

/// The table. The first eight pages come first and in order, so that a character of one or two
/// bytes finds its entry without a detour.
pub(super) struct Map {
    entries: Vec<Entry>,
    many: Vec<String>,
}

pub(super) static MAP: LazyLock<Map> = LazyLock::new(Map::new);

impl Map {
    fn new() -> Self {
        let mut map =
            Self { entries: Vec::with_capacity(PAGES.len() * PAGE), many: Vec::new() };
        for page in PAGES {
            map.entries.extend((page << 8..(page + 1) << 8).map(by_rule));
        }
        for row in [EUROPEAN, ARABIC, PRESENTATION].into_iter().flatten() {
            map.take(row);
        }
        map
    }

    /// Puts a row of the written table over what the rules say.
    fn take(&mut self, (first, cells): &Row) {
        for (code, cell) in (*first..).zip(cells.split(' ')) {
            let mut chars = cell.chars();
            let entry = match (chars.next(), chars.next()) {
                (Some('-') | None, None) => continue,
                (Some('.'), None) => Entry(DROP | EXTEND),
                (Some(c), None) => Entry::one(c),
                _ => {
                    let Ok(number) = u32::try_from(self.many.len()) else { continue };
                    self.many.push(cell.replace('_', " "));
                    Entry(number | MANY)
                }
            };
            let place = place(code).and_then(|place| self.entries.get_mut(place));
            if let Some(place) = place {
                *place = entry;
            }
        }
    }

    #[inline]
    pub(super) fn entry(&self, c: char) -> Entry {
        let code = u32::from(c);
        let place = if code < 0x800 { Some(code as usize) } else { place(code) };
        place
            .and_then(|place| self.entries.get(place))
            .copied()
            .unwrap_or_else(|| by_rule(code))
    }

    pub(super) fn many(&self, entry: Entry) -> &str {
        self.many.get((entry.0 & 0x1F_FFFF) as usize).map_or("", String::as_str)
    }
}

fn place(code: u32) -> Option<usize> {
    let page = PAGES.iter().position(|page| *page == code >> 8)?;
    Some(page * PAGE + (code & 0xFF) as usize)
}

/// How a character folds that no row names.
fn by_rule(code: u32) -> Entry {
    let Some(c) = char::from_u32(code) else { return Entry(DROP | ASK) };
    let entry = by_kind(c);
    if is_by_itself(c) { entry } else { entry.and(ASK) }
}

fn by_kind(c: char) -> Entry {
    match c {
        '\u{640}' | '\u{200C}' | '\u{200D}' | '\u{300}'..='\u{36F}' => Entry(DROP | EXTEND),
        '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' => Entry(DROP | EXTEND),
        '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' => Entry(DROP | EXTEND),
        _ if is_arabic_mark(c) => Entry(DROP | EXTEND),
        _ if is_invisible(c) => Entry(DROP),
        _ if is_line_break(c) => Entry::one('\n').and(SPACE),
        _ if c.is_whitespace() => Entry::one(' ').and(SPACE),
        _ => Entry::one(plain(c)),
    }
}

/// Digits, punctuation and case.
fn plain(c: char) -> char {
    if let Some((_, value)) = digit(c) {
        return char::from(b'0' + value);
    }
    match c {
        '،' | '٬' | '﹐' => ',',
        '؛' => ';',
        '؟' => '?',
        '٪' => '%',
        '٫' | '۔' => '.',
        '\u{60D}' => '/',
        '٭' => '*',
        '«' | '»' | '“' | '”' | '„' | '‟' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => '\'',
        '\u{212B}' => 'a',
        '‹' => '<',
        '›' => '>',
        '‐'..='―' | '−' => '-',
        '！'..='～' => {
            let ascii = u32::from(c) - u32::from('！') + u32::from('!');
            char::from_u32(ascii).map_or(c, |c| c.to_ascii_lowercase())
        }
        _ => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(lower), None) => lower,
                _ => c,
            }
        }
    }
}

/// Whether `c` is a grapheme cluster of its own beside any other such character, unless a mark
/// follows it.
fn is_by_itself(c: char) -> bool {
    matches!(c,
        '\0'..='\u{482}' | '\u{48A}'..='\u{52F}' | '\u{591}'..='\u{5BF}' | '\u{5D0}'..='\u{5EA}'
        | '\u{606}'..='\u{6DC}' | '\u{6DE}'..='\u{6FF}' | '\u{750}'..='\u{77F}'
        | '\u{1E00}'..='\u{1EFF}' | '\u{2000}'..='\u{200C}' | '\u{200E}'..='\u{206F}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '！'..='～')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(c: char) -> String {
        match fold_char(c) {
            FoldedChar::Nothing => String::new(),
            FoldedChar::One(c) => c.to_string(),
            FoldedChar::Many(many) => many.to_owned(),
        }
    }

    #[test]
    fn folding_a_folded_character_changes_nothing() {
        for c in '\0'..=char::MAX {
            let folded = fold(c);
            let again: String = folded.chars().map(fold).collect();
            assert_eq!(folded, again, "{c:?} U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn a_character_by_itself_is_a_cluster_beside_any_other() {
        let alone: Vec<char> = ('\0'..=char::MAX)
            .filter(|c| !MAP.entry(*c).is(ASK) && !MAP.entry(*c).is(EXTEND) && *c != '\n')
            .collect();
        assert!(alone.len() > 2_500, "{} characters", alone.len());
        for c in alone {
            for (text, at) in [(format!("ب{c}"), 2), (format!("{c}ب"), c.len_utf8())] {
                let offset = crate::text::Offset::at(at);
                assert!(crate::text::is_boundary(&text, offset), "U+{:04X}", u32::from(c));
            }
        }
    }

    #[test]
    fn what_extends_a_letter_is_dropped() {
        for c in '\0'..=char::MAX {
            let entry = MAP.entry(c);
            assert!(!entry.is(EXTEND) || entry.is(DROP), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn characters_of_two_bytes_lie_where_they_are_looked_for() {
        for code in 0..0x800 {
            assert_eq!(place(code), Some(code as usize));
        }
    }
}
