//! One span's label for all places with the same words: what may be labeled, and labeling it.

use super::{Change, Context, Edit, Refusal, Step, Transaction};
use crate::arabic::Needle;
use crate::model::{DocumentId, LabelId, Span, SpanId, Timestamp, ValueKind, is_allowed};
use crate::text::TextRange;

/// What a span says of its words, to be said of them elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Its words, as they stand.
    pub words: String,
    /// Its label.
    pub label: LabelId,
    /// The document that it stands in.
    pub document: DocumentId,
    /// Its range there: that place is no other occurrence.
    pub range: TextRange,
    needle: Needle,
    value: Option<String>,
    /// The value in other documents.
    value_elsewhere: Option<String>,
    doubtful: bool,
}

impl Pattern {
    /// What the span of that id says.
    ///
    /// The same words mean the same, so its value goes with them, with two exceptions. Where
    /// the words of a count are digits, the digits are the value: a bound that the span has
    /// besides comes from its own sentence. And a date that does not name its year (`أمس`,
    /// `يونيو الماضي`) is told from the day of writing, so other documents get no value of it.
    /// Attributes and note are never copied; a doubt is.
    ///
    /// # Errors
    ///
    /// If the span is not there, the schema does not know its label, or there is no letter in
    /// it to look for.
    pub fn of(cx: &Context<'_>, id: &SpanId) -> Result<Self, Refusal> {
        let span = cx.span(id)?;
        cx.layer(&span.label)?;
        let words = cx.document.slice(span.range).to_owned();
        let needle = Needle::new(cx.document.text(), span.range);
        let needle = needle.ok_or(Refusal::NothingToFind)?;
        let kind = cx.schema.label(&span.label).map(|label| &label.value);
        let value = match kind {
            Some(ValueKind::Count) if span.value.is_some() => {
                ValueKind::Count.of_digits(&words).or_else(|| span.value.clone())
            }
            _ => span.value.clone(),
        };
        let is_relative = kind == Some(&ValueKind::Date) && !names_a_year(&words);
        Ok(Self {
            words,
            label: span.label.clone(),
            document: cx.document.id().clone(),
            range: span.range,
            needle,
            value_elsewhere: value.clone().filter(|_| !is_relative),
            value,
            doubtful: span.doubtful,
        })
    }

    /// Where the words stand in a text, whatever their spelling and the letters written onto
    /// them; in order.
    #[must_use]
    pub fn find_in(&self, text: &str) -> Vec<TextRange> {
        self.needle.find_in(text)
    }

    /// Whether a folded text may have the words: quicker than to look where.
    #[must_use]
    pub fn may_be_in(&self, folded: &str) -> bool {
        self.needle.may_be_in(folded)
    }

    /// Whether other documents get no value, though the span has one.
    #[must_use]
    pub fn is_told_from_its_day(&self) -> bool {
        self.value.is_some() && self.value_elsewhere.is_none()
    }

    /// The span that says the same of `range` in a document.
    fn span(&self, cx: &Context<'_>, range: TextRange, id: SpanId) -> Span {
        let mut span = Span::new(id, self.label.clone(), range);
        let is_home = *cx.document.id() == self.document;
        span.value = if is_home { &self.value } else { &self.value_elsewhere }.clone();
        span.doubtful = self.doubtful;
        span.provenance = cx.by_hand();
        span
    }
}

/// Whether four digits stand together in `words`.
fn names_a_year(words: &str) -> bool {
    let is_digit = |c: char| {
        c.is_ascii_digit() || matches!(c, '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}')
    };
    words.split(|c| !is_digit(c)).any(|run| run.chars().count() == 4)
}

/// A place with the same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Where it is.
    pub range: TextRange,
    /// Why it cannot be labeled, if so.
    pub refusal: Option<Refusal>,
}

/// What may be labeled of the places that were found in a document, in the order of the text.
/// Left out is the pattern's own place, and where such a span is already.
#[must_use]
pub fn occurrences(
    cx: &Context<'_>,
    pattern: &Pattern,
    found: impl IntoIterator<Item = TextRange>,
) -> Vec<Occurrence> {
    let is_home = *cx.document.id() == pattern.document;
    let is_there = |range: TextRange| {
        is_home && range == pattern.range
            || cx
                .set
                .overlapping(range)
                .any(|span| span.range == range && span.label == pattern.label)
    };
    let others = found.into_iter().filter(|range| !is_there(*range));
    others
        .map(|range| {
            let span = pattern.span(cx, range, SpanId::new(""));
            let checked = cx.document.check(range).map_err(Refusal::from);
            let refusal = checked.and_then(|()| cx.check_overlap(&span)).err();
            Occurrence { range, refusal }
        })
        .collect()
}

/// What labeling occurrences came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// The one step that labels them all.
    pub transaction: Transaction,
    /// How many are labeled.
    pub num_spans: usize,
    /// In how many documents.
    pub num_documents: usize,
    /// How many were asked for and are possible no longer.
    pub num_refused: usize,
}

/// Collects what a pattern says of places in many documents, as one step.
///
/// The documents come one by one, since nobody has room for all of them at once.
#[derive(Debug)]
pub struct Spreading<'a> {
    pattern: &'a Pattern,
    edits: Vec<Edit>,
    num_spans: usize,
    num_documents: usize,
    num_refused: usize,
    look_at: Option<(DocumentId, TextRange)>,
}

impl<'a> Spreading<'a> {
    /// Nothing yet.
    #[must_use]
    pub fn new(pattern: &'a Pattern) -> Self {
        Self {
            pattern,
            edits: Vec::new(),
            num_spans: 0,
            num_documents: 0,
            num_refused: 0,
            look_at: None,
        }
    }

    /// Labels `ranges` of a document, which come in the order of the text. What is possible no
    /// longer is left out and counted.
    pub fn add(
        &mut self,
        cx: &Context<'_>,
        ranges: &[TextRange],
        mut id: impl FnMut() -> SpanId,
    ) {
        let rule = cx.layer(&self.pattern.label).map(|layer| layer.overlap);
        let mut changes: Vec<Change<Option<Span>>> = Vec::new();
        let mut last: Option<Span> = None;
        for occurrence in occurrences(cx, self.pattern, ranges.iter().copied()) {
            let span = self.pattern.span(cx, occurrence.range, id());
            let fits_last = match (&last, &rule) {
                (Some(last), Ok(rule)) => is_allowed(*rule, last, &span),
                (None, Ok(_)) => true,
                (_, Err(_)) => false,
            };
            if occurrence.refusal.is_some() || !fits_last {
                continue;
            }
            last = Some(span.clone());
            changes.push(Change::new(None, Some(span)));
        }
        self.num_refused += ranges.len() - changes.len();
        let Some(Some(first)) = changes.first().map(|change| &change.after) else { return };
        // Where the work was going on is looked at, if something is there.
        let is_home = *cx.document.id() == self.pattern.document;
        if is_home || self.look_at.is_none() {
            self.look_at = Some((cx.document.id().clone(), first.range));
        }
        self.num_spans += changes.len();
        self.num_documents += 1;
        self.edits.extend(cx.transaction(Step::Spread, changes).edits);
    }

    /// The step that labels all of them.
    ///
    /// # Errors
    ///
    /// If there is nothing to label.
    pub fn finish(self, at: Timestamp) -> Result<Spread, Refusal> {
        let Self { edits, num_spans, num_documents, num_refused, look_at, .. } = self;
        if edits.is_empty() {
            return Err(Refusal::NothingTicked);
        }
        let transaction = Transaction {
            step: Step::Spread,
            direction: super::Direction::Do,
            edits,
            look_at,
            at,
        };
        Ok(Spread { transaction, num_spans, num_documents, num_refused })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::bench::Bench;
    use crate::edit::{annotate, set_value};
    use crate::model::{Anchoring, Overlap};

    const TEXT: &str = "وصل الوفد إلى فاس ثم غادر فاس. وقالت ولاية أمن فاس إن فاس هادئة في 2015";

    fn places(words: &str) -> Vec<TextRange> {
        let found = TEXT.match_indices(words);
        found.map(|(at, words)| TextRange::of(at..at + words.len())).collect()
    }

    /// `فاس` four times: the first marked, the third within an agency's name.
    fn bench(overlap: Overlap) -> Bench {
        let mut bench = Bench::new(TEXT, overlap, Anchoring::Characters);
        let first = places("فاس")[0];
        bench.step(|cx| annotate(cx, first, &"CITY".into(), "1".into())).unwrap();
        bench.step(|cx| set_value(cx, &"1".into(), "فاس")).unwrap();
        let agency = places("ولاية أمن فاس")[0];
        bench.step(|cx| annotate(cx, agency, &"AGENCY".into(), "2".into())).unwrap();
        bench
    }

    fn spread(
        bench: &Bench,
        pattern: &Pattern,
        ranges: &[TextRange],
    ) -> Result<Spread, Refusal> {
        let mut next = 10;
        let mut spreading = Spreading::new(pattern);
        spreading.add(&bench.context(), ranges, || {
            next += 1;
            SpanId::new(next.to_string())
        });
        spreading.finish(Timestamp(7))
    }

    #[test]
    fn an_occurrence_within_another_span_says_why_not() {
        let bench = bench(Overlap::Never);
        let pattern = Pattern::of(&bench.context(), &"1".into()).unwrap();
        let found = occurrences(&bench.context(), &pattern, places("فاس"));
        assert_eq!(found.len(), 3, "its own place is none");
        let refusals: Vec<_> = found.iter().map(|found| found.refusal.is_some()).collect();
        assert_eq!(refusals, [false, true, false]);
        let why = found[1].refusal.as_ref().unwrap().to_string();
        assert!(why.contains("“ولاية أمن فاس”") && why.contains("“Entities”"), "{why}");
        let nests = self::bench(Overlap::Nested);
        let found = occurrences(&nests.context(), &pattern, places("فاس"));
        assert!(found.iter().all(|found| found.refusal.is_none()));
    }

    #[test]
    fn all_that_is_possible_is_labeled_with_the_value_in_one_step() {
        let mut bench = bench(Overlap::Never);
        let pattern = Pattern::of(&bench.context(), &"1".into()).unwrap();
        let done = spread(&bench, &pattern, &places("فاس")).unwrap();
        assert_eq!((done.num_spans, done.num_documents, done.num_refused), (2, 1, 2));
        assert_eq!(done.transaction.look_at, Some(("a".into(), places("فاس")[1])));
        bench.check_inverse(|_| Ok(done.transaction.clone()));
        bench.step(|_| Ok(done.transaction)).unwrap();
        let cities: Vec<_> =
            bench.set().spans().iter().filter(|span| span.label.as_str() == "CITY").collect();
        assert_eq!(cities.len(), 3);
        assert!(cities.iter().all(|span| span.value.as_deref() == Some("فاس")));
        let again = spread(&bench, &pattern, &places("فاس"));
        assert_eq!(again, Err(Refusal::NothingTicked), "they are there already");
    }

    #[test]
    fn the_value_goes_where_the_words_mean_it() {
        let mut bench = Bench::new(
            "في أمس ثم أمس، وفي 3 مايو 2015 ثم 3 مايو 2015، و12 و12",
            Overlap::Never,
            Anchoring::Characters,
        );
        let mut pattern = |words: &str, label: &str, value: &str| {
            let start = bench.document.text().find(words).unwrap();
            let range = TextRange::of(start..start + words.len());
            let id = SpanId::new(words);
            bench.step(|cx| annotate(cx, range, &label.into(), id.clone())).unwrap();
            bench.step(|cx| set_value(cx, &id, value)).unwrap();
            Pattern::of(&bench.context(), &id).unwrap()
        };
        let yesterday = pattern("أمس", "DATE", "2015-05-02");
        assert_eq!(yesterday.value.as_deref(), Some("2015-05-02"));
        assert!(yesterday.is_told_from_its_day());
        let day = pattern("3 مايو 2015", "DATE", "2015-05-03");
        assert_eq!(day.value_elsewhere.as_deref(), Some("2015-05-03"));
        assert!(!day.is_told_from_its_day());
        let bound = pattern("12", "COUNT", ">12");
        assert_eq!(bound.value.as_deref(), Some("12"), "the bound is of its own sentence");
    }

    #[test]
    fn places_that_share_letters_with_each_other_are_not_both_labeled() {
        let mut bench = Bench::new("نا نا نا نا", Overlap::Never, Anchoring::Characters);
        let range = TextRange::of(0..9);
        bench.step(|cx| annotate(cx, range, &"CITY".into(), "1".into())).unwrap();
        let pattern = Pattern::of(&bench.context(), &"1".into()).unwrap();
        let ranges = [TextRange::of(10..14), TextRange::of(10..19), TextRange::of(15..19)];
        let done = spread(&bench, &pattern, &ranges).unwrap();
        assert_eq!((done.num_spans, done.num_refused), (2, 1));
    }
}
