//! Records of the open document: which spans say one thing together, and which may.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Error, Project};
use crate::arabic::sentences;
use crate::edit;
use crate::model::{AnnotationSet, Document, Label, RecordId, Schema, Span, SpanId, ValueKind};
use crate::text::TextRange;

/// How many paragraphs are an article's beginning: title, dateline and first sentences.
const LEAD: usize = 3;

impl Project {
    /// Puts spans together: a record for each list of them, one step; their ids.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn add_records(&mut self, rows: &[Vec<SpanId>]) -> Result<Vec<RecordId>, Error> {
        let ids: Vec<_> =
            rows.iter().map(|_| RecordId::random((self.ambient.random)())).collect();
        let mut next = ids.iter().cloned();
        let mut id = || next.next().unwrap_or_else(|| RecordId::new(""));
        let transaction = edit::add_records(&self.context()?, rows, &mut id)?;
        self.commit(transaction)?;
        Ok(ids)
    }

    /// Puts a span into a record.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn put_in_record(&mut self, id: &RecordId, span: &SpanId) -> Result<(), Error> {
        let transaction = edit::put_in_record(&self.context()?, id, span)?;
        self.commit(transaction)
    }

    /// Takes a span out of a record; it stays in the article.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn take_from_record(&mut self, id: &RecordId, span: &SpanId) -> Result<(), Error> {
        let transaction = edit::take_from_record(&self.context()?, id, span)?;
        self.commit(transaction)
    }

    /// Takes a span from one record to another; without another, to a new one.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn move_between_records(
        &mut self,
        span: &SpanId,
        from: &RecordId,
        to: Option<&RecordId>,
    ) -> Result<RecordId, Error> {
        let to = match to {
            Some(to) => to.clone(),
            None => RecordId::random((self.ambient.random)()),
        };
        let transaction = edit::move_between_records(&self.context()?, span, (from, &to))?;
        self.commit(transaction)?;
        Ok(to)
    }

    /// Takes a record away; its spans stay in the article.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn remove_record(&mut self, id: &RecordId) -> Result<(), Error> {
        let transaction = edit::remove_record(&self.context()?, id)?;
        self.commit(transaction)
    }
}

/// Which spans may say one thing together, in the order of the text; none of what is in a
/// record already.
///
/// Each count begins a row, and gets of every other label what is nearest: in its sentence,
/// else in its paragraph, else, of places and dates, what the article begins with if it stands
/// there too. In a sentence with several counts, a label whose first span comes before the
/// first count is said before what it belongs to, and otherwise after it. A sentence without
/// counts in which two labels meet has a row for each of its places. Spans that are listed one
/// after the other (`طنجة وتطوان`, `… بالتنسيق مع …`) go together, and an apposition (`…، التابع لـ…`) goes with
/// what it explains.
#[must_use]
pub fn proposals(
    document: &Document,
    schema: &Schema,
    set: &AnnotationSet,
) -> Vec<Vec<SpanId>> {
    let page = Page::new(document, schema, set);
    let used: BTreeSet<_> = set.records.values().flat_map(|record| &record.spans).collect();
    let is_free = |group: &Group<'_>| group.spans.iter().all(|span| !used.contains(&span.id));
    let mut rows: Vec<(TextRange, Vec<SpanId>)> = Vec::new();
    for sentence in 0..page.num_sentences {
        let anchors = page.anchors(sentence);
        let starts: Vec<_> = anchors.iter().map(|(_, anchor)| anchor.range).collect();
        let mut said: BTreeSet<&str> = BTreeSet::new();
        for (column, anchor) in anchors.iter().filter(|(_, anchor)| is_free(anchor)) {
            let is_count = column.label.value == ValueKind::Count;
            // That the same place is named twice in a sentence is no second event.
            if !is_count && !said.insert(anchor.says(document)) {
                continue;
            }
            let others = page.columns.iter().filter(|other| {
                other.label.id != column.label.id && other.label.value != ValueKind::Count
            });
            let mut spans: Vec<SpanId> = anchor.ids().collect();
            for other in others {
                let beside = page.beside(anchor, other, &starts, is_count);
                spans.extend(beside.into_iter().flat_map(Group::ids));
            }
            rows.push((anchor.range, spans));
        }
    }
    rows.sort_by_key(|(range, _)| range.start());
    rows.into_iter().map(|(_, spans)| spans).collect()
}

/// Spans of one label that are said in one breath.
struct Group<'a> {
    range: TextRange,
    sentence: usize,
    paragraph: usize,
    spans: Vec<&'a Span>,
}

impl<'a> Group<'a> {
    fn ids(&self) -> impl Iterator<Item = SpanId> {
        self.spans.iter().map(|span| span.id.clone())
    }

    /// What its first span means, or its words.
    fn says(&self, document: &'a Document) -> &'a str {
        self.spans.first().map_or("", |span| {
            span.value.as_deref().unwrap_or_else(|| document.slice(span.range))
        })
    }

    fn reach(&mut self, span: &Span) {
        let end = self.range.end().max(span.range.end());
        self.range = TextRange::between(self.range.start(), end);
    }

    fn distance(&self, range: TextRange) -> usize {
        let (before, after) = if self.range.start() < range.start() {
            (self.range, range)
        } else {
            (range, self.range)
        };
        after.start().to_usize().saturating_sub(before.end().to_usize())
    }
}

/// The groups of one label, in the order of the text.
struct Column<'a> {
    label: &'a Label,
    groups: Vec<Group<'a>>,
}

impl<'a> Column<'a> {
    fn in_sentence(&self, sentence: usize) -> &[Group<'a>] {
        let of = |group: &Group<'_>, at| group.sentence < at;
        self.part(
            self.groups.partition_point(|group| of(group, sentence))
                ..self.groups.partition_point(|group| of(group, sentence + 1)),
        )
    }

    fn in_paragraphs(&self, paragraphs: Range<usize>) -> &[Group<'a>] {
        let from = self.groups.partition_point(|group| group.paragraph < paragraphs.start);
        let to = self.groups.partition_point(|group| group.paragraph < paragraphs.end);
        self.part(from..to)
    }

    fn part(&self, range: Range<usize>) -> &[Group<'a>] {
        self.groups.get(range).unwrap_or_default()
    }
}

/// A document's spans by label, sentence and paragraph.
struct Page<'a> {
    columns: Vec<Column<'a>>,
    num_sentences: usize,
}

impl<'a> Page<'a> {
    fn new(document: &Document, schema: &'a Schema, set: &'a AnnotationSet) -> Self {
        let text = document.text();
        let starts: Vec<_> = sentences(text).map(|range| range.start().to_usize()).collect();
        let mut at = 0;
        let lines: Vec<_> = text
            .split_inclusive('\n')
            .filter_map(|line| {
                let start = at;
                at += line.len();
                (!line.trim().is_empty()).then_some(start)
            })
            .collect();
        let number = |starts: &[usize], span: &Span| {
            let start = span.range.start().to_usize();
            starts.partition_point(|other| *other <= start).saturating_sub(1)
        };
        let columns = schema.labels().map(|label| {
            let mut groups: Vec<Group<'a>> = Vec::new();
            for span in set.spans().iter().filter(|span| span.label == label.id) {
                let sentence = number(&starts, span);
                let last = groups.last_mut().filter(|last| last.sentence == sentence);
                match last.map(|last| (link(document, set, last, span), last)) {
                    Some((Some(Link::Listed), last)) => {
                        last.reach(span);
                        last.spans.push(span);
                    }
                    Some((Some(Link::Apposed), last)) => {
                        last.reach(span);
                    }
                    _ => groups.push(Group {
                        range: span.range,
                        sentence,
                        paragraph: number(&lines, span),
                        spans: vec![span],
                    }),
                }
            }
            Column { label, groups }
        });
        Self { columns: columns.collect(), num_sentences: starts.len() }
    }

    /// What begins a row in a sentence: its counts; else, where two labels meet, its places, or
    /// what the first of its labels marks.
    fn anchors(&self, sentence: usize) -> Vec<(&Column<'a>, &Group<'a>)> {
        let of = |column: &'_ Column<'a>| !column.in_sentence(sentence).is_empty();
        let here: Vec<_> = self.columns.iter().filter(|column| of(column)).collect();
        let of_kind = |kind: &ValueKind| -> Vec<_> {
            here.iter().copied().filter(|column| column.label.value == *kind).collect()
        };
        let counts = of_kind(&ValueKind::Count);
        let columns = if !counts.is_empty() {
            counts
        } else if here.len() < 2 {
            Vec::new()
        } else {
            let places = of_kind(&ValueKind::Place);
            if places.is_empty() { here.into_iter().take(1).collect() } else { places }
        };
        let groups = columns.into_iter().flat_map(|column| {
            column.in_sentence(sentence).iter().map(move |group| (column, group))
        });
        groups.collect()
    }

    /// What a column has nearest to an anchor; `anchors` are all of its sentence.
    fn beside<'b>(
        &self,
        anchor: &Group<'a>,
        column: &'b Column<'a>,
        anchors: &[TextRange],
        looks_around: bool,
    ) -> Option<&'b Group<'a>> {
        let here = column.in_sentence(anchor.sentence);
        if let (Some(first), Some(first_anchor)) = (here.first(), anchors.first()) {
            if anchors.len() == 1 {
                return here.iter().min_by_key(|group| group.distance(anchor.range));
            }
            let at = split(here, anchor);
            let (before, after) = (here.get(..at)?, here.get(at..)?);
            let is_before = first.range.start() < first_anchor.start();
            return if is_before {
                before.last().or_else(|| after.first())
            } else {
                after.first().or_else(|| before.last())
            };
        }
        if !looks_around {
            return None;
        }
        let near = column.in_paragraphs(anchor.paragraph..anchor.paragraph + 1);
        let at = split(near, anchor);
        let found = near.get(..at)?.last().or_else(|| near.get(at..)?.first());
        let leads = matches!(column.label.value, ValueKind::Place | ValueKind::Date);
        if found.is_some() || !leads || anchor.paragraph >= LEAD {
            return found;
        }
        column.in_paragraphs(0..anchor.paragraph).first()
    }
}

/// How many of the groups come before the anchor.
fn split(groups: &[Group<'_>], anchor: &Group<'_>) -> usize {
    groups.partition_point(|group| group.range.start() < anchor.range.start())
}

/// How a span goes on from the one before.
enum Link {
    /// One more of a list.
    Listed,
    /// Another name of what was said, or what it is part of.
    Apposed,
}

/// How a span goes on from the group before it; none if it does not.
fn link(
    document: &Document,
    set: &AnnotationSet,
    group: &Group<'_>,
    span: &Span,
) -> Option<Link> {
    /// A word may stand between what is listed: `وجيب`, `ومدينة`.
    const WORDS: usize = 2;
    let (from, to) = (group.range.end(), span.range.start());
    if from > to {
        return None;
    }
    let between = TextRange::between(from, to);
    let is_apart =
        !between.is_empty() && set.overlapping(between).any(|other| other.label != span.label);
    if is_apart {
        return None;
    }
    let gap = document.slice(between);
    let gap =
        gap.trim_matches(|c: char| c.is_whitespace() || matches!(c, '،' | ',' | '"' | '”'));
    if gap.starts_with('(') || gap.starts_with("التابع") {
        return Some(Link::Apposed);
    }
    if is_with(gap) {
        return Some(Link::Listed);
    }
    let is_list = gap.is_empty() || gap.starts_with('و') || gap.starts_with("أو");
    let is_short = gap.split_whitespace().count() <= WORDS;
    (is_list && is_short).then_some(Link::Listed)
}

/// Whether what comes next has done the same: `… بالتنسيق مع`.
fn is_with(gap: &str) -> bool {
    /// `بالتعاون الوثيق مع`.
    const WORDS: usize = 3;
    let mut words = gap.split_whitespace().rev();
    words.next() == Some("مع")
        && words
            .take(WORDS - 1)
            .any(|word| ["تنسيق", "تعاون", "مشترك"].iter().any(|with| word.contains(with)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnnotatorId, SetKey};

    /// A text with spans in brackets, each with the first letters of its label.
    fn set(marked: &str) -> (Document, AnnotationSet) {
        let (mut text, mut spans) = (String::new(), Vec::new());
        for part in marked.split_inclusive(']') {
            let Some((before, marked)) = part.split_once('[') else {
                text.push_str(part);
                continue;
            };
            text.push_str(before);
            let (label, words) = marked.trim_end_matches(']').split_once(':').unwrap();
            let label = Schema::default()
                .labels()
                .map(|other| other.id.clone())
                .find(|other| other.as_str().starts_with(label))
                .unwrap();
            let start = text.len();
            text.push_str(words);
            let id = SpanId::new(format!("{}", spans.len()));
            spans.push(Span::new(id, label, TextRange::of(start..text.len())));
        }
        let document = Document::new("a".into(), text);
        let annotator = AnnotatorId::new("سارة").unwrap();
        let mut set = AnnotationSet::new(SetKey { annotator, document: "a".into() });
        set.extend(spans);
        (document, set)
    }

    #[track_caller]
    fn check(marked: &str, expected: &[&[&str]]) {
        let (document, set) = set(marked);
        let rows = proposals(&document, &Schema::default(), &set);
        let words = |id: &SpanId| document.slice(set.span(id).unwrap().range);
        let rows: Vec<Vec<_>> =
            rows.iter().map(|row| row.iter().map(words).collect()).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_count_gets_what_is_nearest_in_its_sentence() {
        check(
            "زار الوفد [CI:طنجة]. أوقفت [AG:الشرطة] [CO:12] شخصا في [CI:فاس] [DA:أمس].",
            &[&["12", "فاس", "الشرطة", "أمس"]],
        );
    }

    #[test]
    fn what_comes_before_each_count_and_what_comes_after_it() {
        check(
            "اعتقلت [AG:الشرطة] [CO:شخصين] ب[CI:سلا] و[CO:ثلاثة] في [CI:تمارة].",
            &[&["شخصين", "سلا", "الشرطة"], &["ثلاثة", "تمارة", "الشرطة"]],
        );
        check(
            "في [CI:سلا] سقط [CO:3] قتلى وفي [CI:تمارة] [CO:5].",
            &[&["3", "سلا"], &["5", "تمارة"]],
        );
    }

    #[test]
    fn places_in_a_row_stand_in_one_cell_and_an_apposition_is_left_out() {
        check(
            "فكك [AG:المكتب المركزي]، التابع ل[AG:لمديرية] ([AG:الديستي])، شبكة من [CO:4] \
             في [CI:طنجة]، [CI:تطوان] ومدينة [CI:وزان].",
            &[&["4", "طنجة", "تطوان", "وزان", "المكتب المركزي"]],
        );
    }

    #[test]
    fn who_has_worked_together_stands_in_one_cell() {
        check(
            "تمكنت [AG:الشرطة] بالتعاون الوثيق مع [AG:الدرك] من توقيف [CO:4] أشخاص.",
            &[&["4", "الشرطة", "الدرك"]],
        );
        check("التقت [AG:الشرطة] مع [AG:الدرك] ثم أوقفت [CO:4] أشخاص.", &[&["4", "الدرك"]]);
    }

    #[test]
    fn the_paragraph_and_the_beginning_help_where_the_sentence_is_silent() {
        check(
            "وصل [AG:الدرك] إلى [CI:ميدلت]. وأوقف [CO:9] أشخاص.",
            &[&["ميدلت", "الدرك"], &["9", "ميدلت", "الدرك"]],
        );
        check(
            "حريق في [CI:ميدلت]\n\nأصيب [CO:9] أشخاص.\n\nوقدر.\n\nوعرف المغرب [CO:40] حريقا.",
            &[&["9", "ميدلت"], &["40"]],
        );
    }

    #[test]
    fn a_sentence_without_counts_has_a_row_for_each_place() {
        check(
            "نفذت [AG:الشرطة] عملية في [CI:آسفي] ثم انتقلت إلى [CI:الجديدة] فعادت إلى [CI:آسفي].",
            &[&["آسفي", "الشرطة"], &["الجديدة", "الشرطة"]],
        );
        check("زار الوفد [CI:آسفي].", &[]);
    }

    #[test]
    fn what_is_in_a_record_is_not_proposed_again() {
        let (document, mut set) = set("أوقف [CO:12] في [CI:فاس] و[CO:3] في [CI:سلا].");
        let rows = proposals(&document, &Schema::default(), &set);
        assert_eq!(rows.len(), 2);
        let mut record = crate::model::Record::new("r1".into(), rows[0].clone());
        set.records.insert(record.id.clone(), record.clone());
        assert_eq!(proposals(&document, &Schema::default(), &set), rows[1..]);
        record = crate::model::Record::new("r0".into(), rows[1].clone());
        set.records.insert(record.id.clone(), record);
        assert_eq!(proposals(&document, &Schema::default(), &set), Vec::<Vec<_>>::new());
        let empty = crate::model::Record::new("q".into(), []);
        set.records.insert(empty.id.clone(), empty);
        let order: Vec<_> = set
            .records_in_order(&Schema::default())
            .into_iter()
            .map(|record| record.id.as_str())
            .collect();
        assert_eq!(order, ["r1", "r0", "q"], "in the order of the text, an empty one last");
    }
}
