//! Finds a folded pattern in texts that were never folded.
//!
//! Folding a text to search in it costs more than reading it, so the pattern is unfolded
//! instead: an automaton over the bytes of UTF-8 knows every way to write each of its letters,
//! steps over what folding leaves out, and looks at each byte once. It finds exactly what a
//! search in the folded text finds; a property holds the two together.

use std::collections::{BTreeMap, BTreeSet};

use super::anchor::Anchor;
use super::lazy::Text;
use super::letters::{OfChar, changed, is_space, letters};

/// The longest pattern, in folded letters: a sentence or two.
pub(super) const LONGEST: usize = 400;

/// In a transition: an occurrence ends with this byte.
const ENDS: u32 = 1 << 31;

/// A pattern, made to be found.
#[derive(Clone, Debug)]
pub(super) struct Automaton {
    /// The pattern in folded letters.
    needle: Vec<char>,
    /// The column of each byte in the table.
    columns: Box<[u8; 256]>,
    /// The next state, by row and column; rows are as long as there are columns.
    table: Vec<u32>,
    /// Whether the pattern may begin with two bytes, by the first and the second of them.
    starts: Vec<bool>,
    /// The letter by which plain texts are searched.
    anchor: Option<Anchor>,
}

impl Automaton {
    /// The automaton of a pattern in folded letters: at least one, at most [`LONGEST`].
    pub(super) fn new(needle: Vec<char>) -> Self {
        let known = changed();
        let is_known = |c: &char| known.binary_search_by_key(c, |(c, _)| *c).is_ok();
        let is_wanted = |folded: &[char]| {
            folded.is_empty() || folded.iter().any(|letter| needle.contains(letter))
        };
        let mut written: Vec<(char, Vec<char>)> =
            known.iter().filter(|(_, folded)| is_wanted(folded)).cloned().collect();
        let own: BTreeSet<char> = needle.iter().copied().filter(|c| !is_known(c)).collect();
        written.extend(own.into_iter().map(|c| (c, vec![c])));
        Builder::new(needle, &written).build()
    }

    /// Where the first occurrence ends, in bytes; none if there is none. `text` may be any
    /// bytes: in what is no UTF-8, nothing is missed that is outside of the fault.
    pub(super) fn first_end(&self, text: &[u8]) -> Option<usize> {
        match &self.anchor {
            Some(anchor) if Anchor::suits(text) => {
                anchor.next(&self.needle, text, 0).map(|(_, end, _)| end)
            }
            _ => self.next_end(text, 0, &mut 0),
        }
    }

    /// Where the next occurrence ends, of those that end behind `at`.
    fn next_end(&self, text: &[u8], mut at: usize, state: &mut u32) -> Option<usize> {
        loop {
            if *state == 0 {
                at = self.next_start(text, at)?;
            }
            while let Some(byte) = text.get(at) {
                let column = self.columns[usize::from(*byte)];
                let next = self.table[*state as usize + usize::from(column)];
                at += 1;
                *state = next & !ENDS;
                if next & ENDS != 0 {
                    return Some(at);
                }
                if next == 0 {
                    break;
                }
            }
            if at >= text.len() {
                return None;
            }
        }
    }

    /// The next place where the pattern may begin: each is looked at by itself, which takes a
    /// fraction of the time of going from state to state.
    fn next_start(&self, text: &[u8], at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        let starts =
            |first: u8, second: u8| self.starts[usize::from(first) << 8 | usize::from(second)];
        let pairs = rest.iter().zip(rest.get(1..)?);
        let mut pairs = pairs.map(|(first, second)| starts(*first, *second));
        let found = pairs.position(|starts| starts);
        let last = rest.last().filter(|last| starts(**last, 0)).map(|_| rest.len() - 1);
        found.or(last).map(|found| at + found)
    }

    /// Calls `found` with where each occurrence starts and ends, by its end, overlapping ones
    /// too; until it says no. The range is from the first letter's start to the last one's end.
    pub(super) fn each(&self, text: &Text<'_>, found: &mut dyn FnMut(usize, usize) -> bool) {
        let (mut state, mut at) = (0, 0);
        if let Some(anchor) = &self.anchor
            && Anchor::suits(text.bytes())
        {
            while let Some((start, end, next)) = anchor.next(&self.needle, text.bytes(), at) {
                if !found(start, end) {
                    return;
                }
                at = next;
            }
            return;
        }
        let Some(text) = text.read() else { return };
        while let Some(end) = self.next_end(text.as_bytes(), at, &mut state) {
            if !self.ends_at(text, end, found) {
                return;
            }
            at = end;
        }
    }

    /// The occurrences whose last letter is of the character that ends at `end`.
    fn ends_at(
        &self,
        text: &str,
        end: usize,
        found: &mut dyn FnMut(usize, usize) -> bool,
    ) -> bool {
        let before = text.get(..end).unwrap_or_default();
        if let Some(start) = self.start_by_count(before) {
            return found(start, end);
        }
        let Some(last) = before.chars().next_back() else { return true };
        let folded = letters(last);
        for kept in 1..=folded.iter().count() {
            // Without those of its letters that come after the occurrence.
            let folded = folded.first(kept);
            if let Some(start) = self.start_before(before, (last, folded))
                && !found(start, end)
            {
                return false;
            }
        }
        true
    }

    /// Where the occurrence starts that ends with `text`, if each of its characters is one
    /// letter or none: then there is but one, and its letters need only be counted.
    fn start_by_count(&self, text: &str) -> Option<usize> {
        let mut left = self.needle.len();
        let mut space = None;
        for (at, c) in text.char_indices().rev() {
            let OfChar::One(letter) = letters(c) else { return None };
            let Some(letter) = letter else { continue };
            if is_space(c) {
                if space == Some(letter) {
                    continue;
                }
                space = Some(letter);
            } else {
                space = None;
            }
            left -= 1;
            if left == 0 {
                return Some(at);
            }
        }
        None
    }

    /// Where the occurrence starts whose last letters are those of the last character of
    /// `text`; none if there is none.
    fn start_before(&self, text: &str, (last, folded): (char, OfChar)) -> Option<usize> {
        let mut needle = self.needle.iter().rev().copied().peekable();
        let rest = text.char_indices().rev().skip(1).map(|(at, c)| (at, c, letters(c)));
        let last = (text.len() - last.len_utf8(), last, folded);
        // The letter that a run of spaces behind this place folds to.
        let mut space = None;
        for (at, c, folded) in std::iter::once(last).chain(rest) {
            if is_space(c) {
                let letter = folded.iter().next();
                if space.is_some() && letter == space {
                    continue;
                }
                space = letter;
            } else if folded.iter().next().is_some() {
                space = None;
            }
            for letter in folded.iter().rev() {
                match needle.next() {
                    Some(next) if next == letter => {}
                    Some(_) => return None,
                    None => return Some(at),
                }
            }
            if needle.peek().is_none() {
                return Some(at);
            }
        }
        None
    }
}

/// Characters by their bytes.
#[derive(Default)]
struct Trie {
    /// For each node, by byte: another node, or a character's place among those written.
    nodes: Vec<BTreeMap<u8, Branch>>,
}

#[derive(Clone, Copy)]
enum Branch {
    Node(usize),
    Char(usize),
}

impl Trie {
    fn new(written: &[(char, Vec<char>)]) -> Self {
        let mut trie = Self { nodes: vec![BTreeMap::new()] };
        for (place, (c, _)) in written.iter().enumerate() {
            let mut buffer = [0; 4];
            let bytes = c.encode_utf8(&mut buffer).as_bytes();
            let Some((last, first)) = bytes.split_last() else { continue };
            let mut node = 0;
            for byte in first {
                let fresh = trie.nodes.len();
                let branch = trie.nodes[node].entry(*byte).or_insert(Branch::Node(fresh));
                let Branch::Node(next) = *branch else {
                    unreachable!("no character's bytes begin another's")
                };
                if next == fresh {
                    trie.nodes.push(BTreeMap::new());
                }
                node = next;
            }
            trie.nodes[node].insert(*last, Branch::Char(place));
        }
        trie
    }
}

struct Builder<'a> {
    needle: Vec<char>,
    written: &'a [(char, Vec<char>)],
    trie: Trie,
    /// How much of the pattern still fits when it fits no further (Knuth, Morris, Pratt).
    falls: Vec<usize>,
}

impl<'a> Builder<'a> {
    fn new(needle: Vec<char>, written: &'a [(char, Vec<char>)]) -> Self {
        let mut falls = vec![0; needle.len() + 1];
        let mut fits = 0;
        for at in 1..needle.len() {
            while fits > 0 && needle[at] != needle[fits] {
                fits = falls[fits];
            }
            if needle[at] == needle[fits] {
                fits += 1;
            }
            falls[at + 1] = fits;
        }
        Self { needle, written, trie: Trie::new(written), falls }
    }

    /// How much of the pattern fits after a letter, and whether all of it did.
    fn after(&self, mut fits: usize, letter: char) -> (usize, bool) {
        loop {
            if self.needle.get(fits) == Some(&letter) {
                fits += 1;
                break;
            }
            if fits == 0 {
                break;
            }
            fits = self.falls[fits];
        }
        if fits == self.needle.len() { (self.falls[fits], true) } else { (fits, false) }
    }

    /// The same after a character of those written. A space behind the same space is no more.
    fn after_char(&self, fits: usize, place: usize) -> (usize, bool) {
        let Some((c, folded)) = self.written.get(place) else { return (0, false) };
        let before = fits.checked_sub(1).and_then(|last| self.needle.get(last));
        if is_space(*c) && before.is_some_and(|before| folded[..] == [*before]) {
            return (fits, false);
        }
        folded.iter().fold((fits, false), |(fits, ends), letter| {
            let (fits, all) = self.after(fits, *letter);
            (fits, ends | all)
        })
    }

    fn starts(&self) -> Vec<bool> {
        let mut starts = vec![false; 1 << 16];
        for (place, (c, _)) in self.written.iter().enumerate() {
            if self.after_char(0, place) == (0, false) {
                continue;
            }
            let mut buffer = [0; 4];
            match *c.encode_utf8(&mut buffer).as_bytes() {
                [first, second, ..] => {
                    starts[usize::from(first) << 8 | usize::from(second)] = true;
                }
                [only] => starts[usize::from(only) << 8..][..256].fill(true),
                [] => {}
            }
        }
        starts
    }

    fn build(self) -> Automaton {
        // Bytes that no written character has all do the same.
        let mut columns = Box::new([0_u8; 256]);
        let mut count = 1_u8;
        let bytes: BTreeSet<u8> =
            self.trie.nodes.iter().flat_map(BTreeMap::keys).copied().collect();
        for byte in bytes {
            columns[usize::from(byte)] = count;
            count = count.saturating_add(1);
        }
        let width = usize::from(count);
        // States are found from the first one: how much fits, and where in a character.
        let mut rows: BTreeMap<(usize, usize), usize> = BTreeMap::from([((0, 0), 0)]);
        let mut order = vec![(0, 0)];
        let mut table = Vec::new();
        let mut done = 0;
        while let Some((fits, node)) = order.get(done).copied() {
            done += 1;
            let start = table.len();
            table.resize(start + width, 0);
            for (byte, branch) in self.trie.nodes.get(node).into_iter().flatten() {
                let (next, ends) = match branch {
                    Branch::Node(node) => ((fits, *node), false),
                    Branch::Char(place) => {
                        let (fits, ends) = self.after_char(fits, *place);
                        ((fits, 0), ends)
                    }
                };
                let row = *rows.entry(next).or_insert_with(|| {
                    order.push(next);
                    order.len() - 1
                });
                let Ok(target) = u32::try_from(row * width) else {
                    unreachable!("a pattern is at most {LONGEST} letters long")
                };
                table[start + usize::from(columns[usize::from(*byte)])] =
                    target | if ends { ENDS } else { 0 };
            }
        }
        let starts = self.starts();
        let anchor = Anchor::new(&self.needle, self.written);
        Automaton { needle: self.needle, columns, table, starts, anchor }
    }
}
