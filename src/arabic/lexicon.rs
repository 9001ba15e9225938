//! The lexicon: names and words that only look as if a clitic stood in front.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold::fold;

/// The file; its first line says what it is and under which terms.
const FILE: &str = include_str!("../../assets/arabic/lexicon.txt");

/// The lexicon. All its words are folded, and so must be what is looked up.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    names: HashSet<String>,
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
        let mut section: Option<&mut HashSet<String>> = None;
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match (line, section.as_deref_mut()) {
                ("[names]", _) => section = Some(&mut lexicon.names),
                ("[words]", _) => section = Some(&mut lexicon.words),
                ("[lam]", _) => section = Some(&mut lexicon.lam_nouns),
                (words, Some(section)) if !words.starts_with('[') => {
                    section.extend(words.split('،').map(|word| fold(word.trim())));
                }
                _ => return Err(line.to_owned()),
            }
        }
        Ok(lexicon)
    }

    /// Whether `word` is a name, or another word that spans begin with: what may stand behind a
    /// clitic, and never begins with one.
    pub(super) fn is_name(&self, word: &str) -> bool {
        self.names.contains(word)
    }

    /// Whether `word` begins with a noun's own ل and takes the article as `اللـ`.
    pub(super) fn is_lam_noun(&self, word: &str) -> bool {
        self.lam_nouns.contains(word)
    }
}
