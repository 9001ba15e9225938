//! Suggestions: what an article is found to say, by grammar and lists.
//!
//! A text is read once into tokens (`tokens`), each word is looked up once (`vocabulary`),
//! and every extractor goes over the tokens and looks closer only where a word of its own
//! stands. `EXTRACTORS` has a line for each. Where what they found overlaps,
//! `resolve` says what stays, and `confidence` how sure it is. Nothing here
//! knows a project or a file.
//!
//! To add an extractor: a file with its words and its `find`, a line in `EXTRACTORS`, and its
//! rules in `assets/extract/confidence.tsv`.

mod agency;
mod city;
mod confidence;
mod count;
mod date;
mod fit;
mod names;
mod resolve;
mod tokens;
mod vocabulary;

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::text::TextRange;
pub use confidence::Confidence;
use confidence::Evidence;
pub use tokens::Kind;
use tokens::Tokens;
use vocabulary::Vocabulary;

/// What is suggested. The order is that in which one yields to another, see
/// `resolve`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A named organization of a state.
    Agency,
    /// A point or a period on the calendar.
    Date,
    /// A number of people or things.
    Count,
    /// A named town.
    City,
}

impl Target {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Agency, Self::Date, Self::Count, Self::City];

    /// The id of its label in the schema for news.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Agency => "AGENCY",
            Self::Date => "DATE",
            Self::Count => "COUNT",
            Self::City => "CITY",
        }
    }
}

/// A span that is proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What it is.
    pub target: Target,
    /// Where: whole letters, without outer spaces and proclitics.
    pub range: TextRange,
    /// What it means, in the form that the label's values have.
    pub value: Option<String>,
    /// The counted noun, of a count.
    pub of: Option<String>,
    /// The number of the place in the gazetteer, of a city.
    pub place: Option<u32>,
    /// The rule that found it: `count.digits`.
    pub rule: &'static str,
    /// How likely it is right, 0 to 1: calibrated on annotated articles.
    pub score: f32,
    /// What spoke for and against it.
    evidence: Evidence,
}

impl Suggestion {
    /// A suggestion whose score is still to be told.
    fn new(target: Target, range: TextRange, rule: &'static str) -> Self {
        let evidence = Evidence::default();
        Self { target, range, value: None, of: None, place: None, rule, score: 0.0, evidence }
    }

    /// Its words as they stand in `text`.
    fn words<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range.to_range()).unwrap_or_default()
    }
}

/// An extractor: goes over a text and adds what it finds.
type Find = fn(&Reading<'_>, &mut Vec<Suggestion>);

/// Every extractor.
const EXTRACTORS: &[(Target, Find)] = &[
    (Target::Agency, agency::find),
    (Target::Date, date::find),
    (Target::Count, count::find),
    (Target::City, city::find),
];

/// A text that is being looked through.
struct Reading<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    lexicon: &'a Lexicon,
    /// The day of writing, where it is known.
    date: Option<Date>,
}

/// All that is known beforehand: made once, when the first text comes.
struct Lexicon {
    vocabulary: Vocabulary,
    agencies: agency::Words,
    cities: city::Words,
    counts: count::Words,
    dates: date::Words,
    confidence: Confidence,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::new();
    Lexicon {
        agencies: agency::Words::new(&mut vocabulary),
        cities: city::Words::new(&mut vocabulary),
        counts: count::Words::new(&mut vocabulary),
        dates: date::Words::new(&mut vocabulary),
        confidence: Confidence::new(),
        vocabulary,
    }
});

/// The names of all places of the gazetteer, in every spelling that it has.
pub fn place_names() -> impl Iterator<Item = &'static str> {
    city::names()
}

/// A word, a number or a sign of a text as extractors read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub range: TextRange,
    /// Its folded spelling; empty for a sign.
    pub folded: &'a str,
    /// Whether white space stands in front.
    pub is_spaced: bool,
    /// Where a known word starts behind proclitics, if there is one.
    pub stem: Option<usize>,
    /// What the lists say that it may be, a bit for each of their kinds.
    pub classes: u32,
}

/// Makes the lists ready, which else the first text has to wait for.
pub fn prepare() {
    LazyLock::force(&LEXICON);
}

/// Whether the lists are ready: whether a text would be looked through at once.
#[must_use]
pub fn is_prepared() -> bool {
    LazyLock::get(&LEXICON).is_some()
}

/// Finds what texts say. Keeps its memory from one to the next.
#[derive(Debug, Default)]
pub struct Extractor {
    tokens: Tokens,
}

impl Extractor {
    /// What `text`, written on `date`, is found to say, in text order and without overlaps.
    pub fn suggest(&mut self, text: &str, date: Option<Date>) -> Vec<Suggestion> {
        let lexicon = &*LEXICON;
        self.tokens.read(text, &lexicon.vocabulary);
        let reading = Reading { text, tokens: &self.tokens, lexicon, date };
        let mut found = Vec::new();
        for (_, find) in EXTRACTORS {
            find(&reading, &mut found);
        }
        resolve::weigh(&mut found, text, &self.tokens);
        for suggestion in &mut found {
            suggestion.score = lexicon.confidence.of(suggestion);
        }
        resolve::resolve(&mut found);
        found
    }

    /// The text that was looked through last, token by token.
    pub fn tokens(&self) -> impl Iterator<Item = Token<'_>> {
        (0..self.tokens.len()).filter_map(|number| {
            let token = self.tokens.get(number)?;
            Some(Token {
                kind: token.kind,
                range: self.tokens.range(number, number),
                folded: self.tokens.folded(number),
                is_spaced: token.is_spaced,
                stem: token.readings().find(|it| it.is_stem).map(|it| it.start),
                classes: token.classes.bits(),
            })
        })
    }
}
