//! The words that any extractor knows, each under one number.
//!
//! A text is read once: each of its words is looked up here once, and what every extractor wants
//! to know of it is a bit of its [`Classes`].

use crate::arabic::fold_into;

/// A word of the vocabulary; [`WordId::NONE`] is any other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct WordId(u32);

impl WordId {
    /// A word that is not in the vocabulary.
    pub(super) const NONE: Self = Self(0);

    /// Whether it is in the vocabulary.
    pub(super) fn is_known(self) -> bool {
        self != Self::NONE
    }

    /// Its place in lists that hold something for each word; 0 is no word's.
    pub(super) fn to_usize(self) -> usize {
        self.0 as usize
    }
}

/// What a word may be, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u32);

impl Classes {
    /// Nothing known.
    pub(super) const NONE: Self = Self(0);
    /// Part of a number in words (`ثلاثة`, `مئة`, `ملايين`).
    pub(super) const NUMBER: Self = Self(1);
    /// A noun in the dual that counts two (`شخصين`).
    pub(super) const DUAL: Self = Self(1 << 2);
    /// A noun that is counted, a unit, a currency.
    pub(super) const COUNTED: Self = Self(1 << 3);
    /// What says that a number beside it is no count (`عاما` of an age, `المادة`, `رقم`).
    pub(super) const NO_COUNT: Self = Self(1 << 4);
    /// The first or only word of a month's name.
    pub(super) const MONTH: Self = Self(1 << 5);
    /// A day of the week.
    pub(super) const WEEKDAY: Self = Self(1 << 6);
    /// Any other word that a date may begin with (`يوم`, `أمس`, `أواخر`, `عام`).
    pub(super) const DATE: Self = Self(1 << 7);
    /// A word that belongs to a date only behind another (`الماضي`, `الجاري`).
    pub(super) const DATE_END: Self = Self(1 << 8);
    /// The first word of a place's name.
    pub(super) const PLACE: Self = Self(1 << 9);
    /// A word in front of a place's name (`مدينة`, `بلدة`), or that makes it none (`إقليم`).
    pub(super) const PLACE_CUE: Self = Self(1 << 10);
    /// The first word of a listed agency.
    pub(super) const AGENCY: Self = Self(1 << 11);
    /// A noun that heads an agency's name (`وزارة`, `محكمة`).
    pub(super) const AGENCY_HEAD: Self = Self(1 << 12);
    /// An adjective of nationality (`المغربية`).
    pub(super) const NATIONALITY: Self = Self(1 << 13);
    /// An adjective or noun that a name of an agency goes on with (`العامة`, `القضائية`).
    pub(super) const AGENCY_PART: Self = Self(1 << 14);
    /// A country.
    pub(super) const COUNTRY: Self = Self(1 << 15);
    /// A particle, pronoun, verb or other word that no name holds.
    pub(super) const CLOSED: Self = Self(1 << 16);

    /// As a number with a bit for each.
    pub(super) const fn bits(self) -> u32 {
        self.0
    }

    /// Both together.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has any of those.
    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The words that extractors know, by their folded spelling.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// Open addressing; its length is a power of two.
    slots: Vec<Slot>,
    /// Whether a word with such a hash may be there: small enough to stay in the processor.
    filter: Vec<u64>,
    /// Where each word's spelling ends.
    ends: Vec<u32>,
    spellings: String,
    classes: Vec<Classes>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    hash: u32,
    word: WordId,
}

const FILTER_BITS: u32 = 20;

impl Vocabulary {
    /// A vocabulary without words.
    pub(super) fn new() -> Self {
        Self {
            slots: vec![Slot::default(); 1024],
            filter: vec![0; 1 << (FILTER_BITS - 6)],
            ends: vec![0],
            spellings: String::new(),
            classes: vec![Classes::NONE],
        }
    }

    /// Adds a word in any spelling, or adds to what it may be.
    pub(super) fn add(&mut self, word: &str, classes: Classes) -> WordId {
        let mut folded = String::new();
        fold_into(word.trim(), &mut folded);
        let hash = hash(folded.as_bytes());
        let known = self.find(hash, &folded);
        if known.is_known() {
            if let Some(of) = self.classes.get_mut(known.to_usize()) {
                *of = of.and(classes);
            }
            return known;
        }
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        let word = WordId(u32::try_from(self.ends.len()).unwrap_or(u32::MAX));
        self.spellings.push_str(&folded);
        self.ends.push(u32::try_from(self.spellings.len()).unwrap_or(u32::MAX));
        self.classes.push(classes);
        self.put(Slot { hash: high(hash), word }, hash);
        if let Some(bits) = self.filter.get_mut(place_in_filter(hash)) {
            *bits |= 1 << (hash & 63);
        }
        word
    }

    /// The word that is spelled so when folded.
    pub(super) fn id(&self, folded: &str) -> WordId {
        let hash = hash(folded.as_bytes());
        let bits = self.filter.get(place_in_filter(hash)).copied().unwrap_or_default();
        if bits >> (hash & 63) & 1 == 0 { WordId::NONE } else { self.find(hash, folded) }
    }

    /// What it may be.
    #[inline]
    pub(super) fn classes(&self, word: WordId) -> Classes {
        self.classes.get(word.to_usize()).copied().unwrap_or_default()
    }

    /// Its folded spelling; empty for no word.
    pub(super) fn spelling(&self, word: WordId) -> &str {
        let at = word.to_usize();
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let end = self.ends.get(at).copied().unwrap_or_default();
        self.spellings.get(start.unwrap_or(end) as usize..end as usize).unwrap_or_default()
    }

    /// How many words there are, with [`WordId::NONE`].
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn find(&self, hash: u64, folded: &str) -> WordId {
        let mask = self.slots.len() - 1;
        let mut at = low(hash) & mask;
        while let Some(slot) = self.slots.get(at).filter(|slot| slot.word.is_known()) {
            if slot.hash == high(hash) && self.spelling(slot.word) == folded {
                return slot.word;
            }
            at = (at + 1) & mask;
        }
        WordId::NONE
    }

    fn put(&mut self, slot: Slot, hash: u64) {
        let mask = self.slots.len() - 1;
        let mut at = low(hash) & mask;
        while self.slots.get(at).is_some_and(|slot| slot.word.is_known()) {
            at = (at + 1) & mask;
        }
        if let Some(free) = self.slots.get_mut(at) {
            *free = slot;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![Slot::default(); self.slots.len() * 2];
        for number in 1..self.ends.len() {
            let word = WordId(u32::try_from(number).unwrap_or(u32::MAX));
            let hash = hash(self.spelling(word).as_bytes());
            self.put(Slot { hash: high(hash), word }, hash);
        }
    }
}

fn high(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[expect(clippy::cast_possible_truncation, reason = "as much of the hash as a place needs")]
fn low(hash: u64) -> usize {
    hash as usize
}

fn place_in_filter(hash: u64) -> usize {
    low(hash >> 6) & ((1 << (FILTER_BITS - 6)) - 1)
}

/// Of a short word, in a few multiplications.
fn hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = bytes.len() as u64 ^ K;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut eight = [0; 8];
        eight.copy_from_slice(chunk);
        hash = mix(hash ^ u64::from_le_bytes(eight));
    }
    let mut rest = [0; 8];
    for (to, from) in rest.iter_mut().zip(chunks.remainder()) {
        *to = *from;
    }
    mix(mix(hash ^ u64::from_le_bytes(rest)))
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the two halves of a product")]
fn mix(x: u64) -> u64 {
    let product = u128::from(x) * 0xD6E8_FEB8_6659_FD93;
    (product as u64) ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_spelling_and_no_others() {
        let mut vocabulary = Vocabulary::new();
        let words: Vec<String> = (0..5_000).map(|n| format!("كلمة{n}")).collect();
        let ids: Vec<WordId> =
            words.iter().map(|word| vocabulary.add(word, Classes::PLACE)).collect();
        for (word, id) in words.iter().zip(&ids) {
            let folded = crate::arabic::fold(word);
            assert_eq!(vocabulary.id(&folded), *id);
            assert_eq!(vocabulary.spelling(*id), folded);
        }
        assert_eq!(vocabulary.len(), 5_001);
        for n in 0..5_000 {
            assert_eq!(vocabulary.id(&format!("اخري{n}")), WordId::NONE);
        }
    }

    #[test]
    fn a_word_added_again_may_be_both() {
        let mut vocabulary = Vocabulary::new();
        let first = vocabulary.add("أيّار", Classes::MONTH);
        let again = vocabulary.add("ايار", Classes::PLACE);
        assert_eq!(first, again);
        assert!(vocabulary.classes(first).any(Classes::MONTH));
        assert!(vocabulary.classes(first).any(Classes::PLACE));
        assert!(!vocabulary.classes(first).any(Classes::NUMBER));
        assert_eq!(vocabulary.classes(WordId::NONE), Classes::NONE);
    }
}
