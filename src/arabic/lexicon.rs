//! The lexicon: names and words that only look as if a clitic stood in front.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::fold::fold;

/// The file; its first line says what it is and under which terms.
const FILE: &str = include_str!("../../assets/arabic/lexicon.txt");

/// The lexicon. All its words are folded, and so must be what is looked up.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    names: HashSet<String>,
    /// The first words of names of several words, with what must follow each.
    heads: HashMap<String, Vec<String>>,
    words: HashSet<String>,
    lam_nouns: HashSet<String>,
}

impl Lexicon {
    /// The one lexicon, read when it is first asked for.
    pub(super) fn get() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::parse(FILE).unwrap_or_default());
        &LEXICON
    }

    /// Reads a lexicon: `#` begins a comment line, `[…]` a section; words stand between commas.
    ///
    /// # Errors
    ///
    /// The first line that is none of these.
    fn parse(file: &str) -> Result<Self, String> {
        let mut lexicon = Self::default();
        let mut section = "";
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            for word in line.split('،').map(|word| fold(word.trim())) {
                if !lexicon.take(section, word) {
                    return Err(line.to_owned());
                }
            }
        }
        Ok(lexicon)
    }

    fn take(&mut self, section: &str, word: String) -> bool {
        match (section, word.split_once(' ')) {
            ("[names]", Some((head, rest))) => {
                self.heads.entry(head.to_owned()).or_default().push(rest.to_owned());
            }
            ("[names]", None) => {
                self.names.insert(word);
            }
            ("[words]", None) => {
                self.words.insert(word);
            }
            ("[lam]", None) => {
                self.lam_nouns.insert(word);
            }
            _ => return false,
        }
        true
    }

    /// Whether `word` is a name, or another word that spans begin with: what may stand behind a
    /// clitic, and never begins with one.
    pub(super) fn is_name(&self, word: &str) -> bool {
        self.names.contains(word)
    }

    /// Whether `word` begins a name, given the folded text behind it.
    pub(super) fn begins_name(&self, word: &str, behind: &str) -> bool {
        self.is_name(word)
            || self.heads.get(word).is_some_and(|rests| {
                let behind = behind.trim_start_matches([' ', '_']);
                rests.iter().any(|rest| behind.starts_with(rest.as_str()))
            })
    }

    /// Whether `word` is whole although it looks cut, and no name.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether `word` begins with a noun's own ل and takes the article as `اللـ`.
    pub(super) fn is_lam_noun(&self, word: &str) -> bool {
        self.lam_nouns.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arabic::letter::is_arabic_letter;

    #[test]
    fn the_file_is_read_to_its_end() {
        let lexicon = Lexicon::parse(FILE).unwrap();
        let sizes = [
            lexicon.names.len(),
            lexicon.heads.len(),
            lexicon.words.len(),
            lexicon.lam_nouns.len(),
        ];
        assert!(sizes > [700, 20, 500, 20], "{sizes:?}");
        let all = lexicon.names.iter().chain(&lexicon.words).chain(&lexicon.lam_nouns);
        for word in all {
            assert!(word.chars().all(is_arabic_letter), "{word}");
        }
    }

    #[test]
    fn the_first_line_names_source_and_license() {
        let first = FILE.lines().next().unwrap();
        assert!(first.contains("Written for Tawsim") && first.contains("MIT OR Apache-2.0"));
    }

    #[test]
    fn a_line_out_of_place_is_named() {
        let complaint = |file| Lexicon::parse(file).unwrap_err();
        assert_eq!(complaint("# Names\nفاس، سلا"), "فاس، سلا");
        assert_eq!(complaint("[words]\nوالد\nبني ملال"), "بني ملال");
    }

    #[test]
    fn a_name_of_several_words_needs_them_all() {
        let lexicon = Lexicon::get();
        assert!(lexicon.begins_name("تيزي", " وزو امس"));
        assert!(!lexicon.begins_name("تيزي", " امس"));
        assert!(lexicon.begins_name("فاس", ""));
    }
}
