//! Lines to documents.

use std::collections::hash_map::{Entry, HashMap};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::fault::{Fault, SpanFault, Unit};
use super::json::Field;
use super::rows;
use crate::format::label_map::label_ids;
use crate::format::text::not_utf8;
use crate::format::{Item, ReadOptions, Record, Take};
use crate::lang::{Explain as _, Message};
use crate::model::{
    self, Document, DocumentId, Extra, LabelId, Origin, Place, Problem, Severity, Span, SpanId,
};
use crate::text::{CharOffset, Offset, TextRange, Utf16Offset};

/// How many problems of one document are told; the rest would say the same.
pub(super) const MOST_FAULTS: usize = 20;

/// How many letters of a text a message shows.
const MOST_SHOWN: usize = 40;

pub(super) fn read(
    source: &mut dyn BufRead,
    options: &ReadOptions<'_>,
    take: &mut Take<'_>,
) -> io::Result<()> {
    let mut seen: HashMap<DocumentId, u64> = HashMap::new();
    each_line(source, &mut |number, line| match line {
        Ok(line) => take_line(line, number, options, &mut seen, take),
        Err(what) => take(Item::Problem(problem(number, None, what))),
    })
}

/// Takes a line's number, and what it says or why that is no text.
pub(super) type EachLine<'a> = dyn FnMut(u64, Result<&str, Message>) -> ControlFlow<()> + 'a;

/// Calls `each` with the number of each line that is not blank, and what it says or why that is
/// no text.
pub(super) fn each_line(source: &mut dyn BufRead, each: &mut EachLine<'_>) -> io::Result<()> {
    let mut bytes = Vec::new();
    // Where the line starts in the file.
    let mut start = 0;
    for number in 1_u64.. {
        bytes.clear();
        let num_bytes = source.read_until(b'\n', &mut bytes)?;
        if num_bytes == 0 {
            break;
        }
        let flow = match std::str::from_utf8(&bytes) {
            Ok(line) => {
                let line = if number == 1 {
                    line.strip_prefix('\u{FEFF}').unwrap_or(line)
                } else {
                    line
                };
                // JSON's own white space: a line of anything else is a fault.
                let line = line.trim_matches([' ', '\t', '\r', '\n']);
                if line.is_empty() { ControlFlow::Continue(()) } else { each(number, Ok(line)) }
            }
            Err(error) => {
                let what = not_utf8(start + error.valid_up_to() as u64);
                each(number, Err(what))
            }
        };
        if flow.is_break() {
            break;
        }
        start += num_bytes as u64;
    }
    Ok(())
}

fn take_line(
    line: &str,
    number: u64,
    options: &ReadOptions<'_>,
    seen: &mut HashMap<DocumentId, u64>,
    take: &mut Take<'_>,
) -> ControlFlow<()> {
    let Line { document, spans, records } = match document(line) {
        Ok(line) => line,
        Err(fault) => return take(Item::Problem(problem(number, None, fault.explain()))),
    };
    let id = document.id().clone();
    if let Err(fault) = once(seen, &id, number) {
        return take(Item::Problem(problem(number, Some(id), fault.explain())));
    }
    let is_marked = spans.is_some();
    let mut reader = Spans::new(&document, options.file_name, Some(options));
    reader.take_all(spans);
    let records = reader.records(records);
    let Spans { spans, faults, dropped, .. } = reader;
    if faults.is_empty() {
        let record = Box::new(Record { document, spans, records });
        return take(Item::Record { record, line: number, is_marked, dropped });
    }
    tell(faults, number, &id, &mut |problem| take(Item::Problem(problem)))
}

/// Remembers in which line a document stands; a fault if it stood in another.
pub(super) fn once(
    seen: &mut HashMap<DocumentId, u64>,
    id: &DocumentId,
    number: u64,
) -> Result<(), Fault> {
    match seen.entry(id.clone()) {
        Entry::Occupied(first) => {
            Err(Fault::DuplicateId { id: id.to_string(), line: *first.get() })
        }
        Entry::Vacant(place) => {
            place.insert(number);
            Ok(())
        }
    }
}

/// Tells the first of what is wrong with a document, and how much more there is.
pub(super) fn tell(
    faults: Vec<Fault>,
    number: u64,
    id: &DocumentId,
    take: &mut dyn FnMut(Problem) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let rest = faults.len().saturating_sub(MOST_FAULTS);
    for fault in faults.into_iter().take(MOST_FAULTS) {
        take(problem(number, Some(id.clone()), fault.explain()))?;
    }
    if rest > 0 {
        let what =
            Message::new(format!("ومثلها {rest} أخرى"), format!("and {rest} more like it"));
        take(problem(number, Some(id.clone()), what))?;
    }
    ControlFlow::Continue(())
}

pub(super) fn problem(line: u64, document: Option<DocumentId>, what: Message) -> Problem {
    let place = Place { line: Some(line), document, ..Place::default() };
    Problem { severity: Severity::Error, place, what }
}

/// The document of a line, whatever spans it has.
///
/// # Errors
///
/// What is wrong with the line, in words.
pub fn read_document(line: &str) -> Result<Document, Message> {
    let line = line.trim_matches([' ', '\t', '\r', '\n']);
    document(line).map(|line| line.document).map_err(|fault| fault.explain())
}

/// The document of a line and its spans, whatever labels they have.
///
/// # Errors
///
/// All that is wrong with the line, in words.
pub fn read_record(line: &str) -> Result<Record, Vec<Message>> {
    let line = line.trim_matches([' ', '\t', '\r', '\n']);
    let Line { document, spans, records } =
        document(line).map_err(|fault| vec![fault.explain()])?;
    let mut reader = Spans::new(&document, "", None);
    reader.take_all(spans);
    let records = reader.records(records);
    let Spans { spans, faults, .. } = reader;
    if faults.is_empty() {
        Ok(Record { document, spans, records })
    } else {
        Err(faults.iter().take(MOST_FAULTS).map(Fault::explain).collect())
    }
}

/// A line: its document, and the rest as it stands.
struct Line<'a> {
    document: Document,
    spans: Option<Field<'a>>,
    records: Option<Field<'a>>,
}

fn document(line: &str) -> Result<Line<'_>, Fault> {
    let (mut id, mut text, mut spans, mut records) = (None, None, None, None);
    let (mut title, mut date, mut source) = (None, None, None);
    let mut extra = Extra::default();
    for (key, field) in Field::line(line).object("the line")? {
        match &*key {
            "id" => id = Some(field.text(&key)?),
            "text" => text = Some(field.text(&key)?),
            "title" | "date" | "source" | "spans" if field.is_null() => {}
            "title" => title = Some(field.text(&key)?),
            "date" => date = Some(field.text(&key)?),
            "source" => source = Some(field.text(&key)?),
            "spans" => spans = Some(field),
            "records" if rows::is_ours(field) => records = Some(field),
            _ => extra.0.push((key.into_owned(), field.kept()?)),
        }
    }
    let id = id.ok_or(Fault::Missing { field: "id" })?;
    let text = text.ok_or(Fault::Missing { field: "text" })?;
    if id.is_empty() {
        return Err(Fault::EmptyId);
    }
    if Offset::new(text.len()).is_none() {
        return Err(Fault::TooLong);
    }
    let mut document = Document::new(DocumentId::new(id), text);
    document.given.title = title;
    document.given.date = date;
    document.given.source = source;
    document.extra = extra;
    Ok(Line { document, spans, records })
}

/// Reads the spans of one document.
pub(super) struct Spans<'a> {
    document: &'a Document,
    file_name: &'a str,
    /// Which labels there may be; none where any may.
    options: Option<&'a ReadOptions<'a>>,
    /// How many spans without an id of their own have that label and place.
    ordinals: HashMap<(LabelId, TextRange), usize>,
    ids: BTreeSet<SpanId>,
    /// Labels that were already told to be unknown.
    unknown: BTreeSet<String>,
    pub(super) spans: Vec<Span>,
    /// The id of each as they stand in the line; none for one that is left out.
    places: Vec<Option<SpanId>>,
    pub(super) faults: Vec<Fault>,
    pub(super) dropped: usize,
    number: usize,
}

/// The fields of a span.
#[derive(Default)]
struct Parts {
    id: Option<String>,
    start: Option<u64>,
    end: Option<u64>,
    label: Option<String>,
    quote: Option<String>,
    value: Option<String>,
    attributes: BTreeMap<model::AttributeId, String>,
    note: String,
    doubtful: bool,
    extra: Extra,
}

impl<'a> Spans<'a> {
    pub(super) fn new(
        document: &'a Document,
        file_name: &'a str,
        options: Option<&'a ReadOptions<'a>>,
    ) -> Self {
        Self {
            document,
            file_name,
            options,
            ordinals: HashMap::new(),
            ids: BTreeSet::new(),
            unknown: BTreeSet::new(),
            spans: Vec::new(),
            places: Vec::new(),
            faults: Vec::new(),
            dropped: 0,
            number: 0,
        }
    }

    pub(super) fn take_all(&mut self, spans: Option<Field<'_>>) {
        match spans.map(|spans| spans.list("spans")).transpose() {
            Ok(spans) => {
                spans.unwrap_or_default().into_iter().for_each(|span| self.take(span));
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    fn take(&mut self, span: Field<'_>) {
        self.number += 1;
        let span = self.span(span).unwrap_or_else(|fault| {
            self.faults.push(fault);
            None
        });
        self.places.push(span.as_ref().map(|span| span.id.clone()));
        self.spans.extend(span);
    }

    /// Which of the spans that were taken belong together.
    fn records(&mut self, records: Option<Field<'_>>) -> Vec<model::Record> {
        let Some(records) = records else { return Vec::new() };
        let read = rows::read(records, self.document.id(), &self.places);
        read.unwrap_or_else(|fault| {
            self.faults.push(fault);
            Vec::new()
        })
    }

    /// A span; none where the label map leaves it out, or its label's fault was told before.
    fn span(&mut self, span: Field<'_>) -> Result<Option<Span>, Fault> {
        let number = self.number;
        let parts = parts(span, number)?;
        let missing = |field| Fault::Missing { field };
        let (start, end, name) = (
            parts.start.ok_or(missing("start"))?,
            parts.end.ok_or(missing("end"))?,
            parts.label.ok_or(missing("label"))?,
        );
        // What is left out must not stand in the way of the rest either.
        let label = match self.options {
            Some(options) => options.map.label(&name),
            None => Some(LabelId::new(name.as_str())),
        };
        let Some(label) = label else {
            self.dropped += 1;
            return Ok(None);
        };
        let fault = |fault| Fault::Span { number, fault };
        if let Some(ReadOptions { schema, .. }) = self.options
            && schema.label(&label).is_none()
        {
            if !self.unknown.insert(name.clone()) {
                return Ok(None);
            }
            let known = label_ids(schema);
            return Err(fault(SpanFault::UnknownLabel { label: name, known }));
        }
        let range = self.range(start, end, parts.quote.as_deref()).map_err(fault)?;
        let id = match parts.id {
            Some(id) => SpanId::new(id),
            None => {
                let ordinal = self.ordinals.entry((label.clone(), range)).or_default();
                *ordinal += 1;
                SpanId::derived(self.document.id(), &label, range, *ordinal - 1)
            }
        };
        if !self.ids.insert(id.clone()) {
            return Err(fault(SpanFault::DuplicateId { id: id.to_string() }));
        }
        let mut span = Span::new(id, label, range);
        span.value = parts.value;
        span.attributes = parts.attributes;
        span.note = parts.note;
        span.doubtful = parts.doubtful;
        span.extra = parts.extra;
        span.provenance.origin = Origin::Import(self.file_name.to_owned());
        Ok(Some(span))
    }

    /// The range between two code points, checked against what the file says stands there.
    fn range(&self, start: u64, end: u64, quote: Option<&str>) -> Result<TextRange, SpanFault> {
        let hint = || quote.and_then(|quote| unit(self.document, start, end, quote));
        let range = self
            .document
            .range(CharOffset(start), CharOffset(end))
            .map_err(|error| SpanFault::Range { error, hint: hint() })?;
        let stands = self.document.slice(range);
        match quote {
            Some(quote) if quote != stands => Err(SpanFault::Quote {
                start,
                end,
                stands: shown(stands),
                quote: shown(quote),
                hint: hint(),
            }),
            _ => Ok(range),
        }
    }
}

fn parts(span: Field<'_>, number: usize) -> Result<Parts, Fault> {
    let mut parts = Parts::default();
    for (key, field) in span.object(&format!("span {number}"))? {
        match &*key {
            "start" => parts.start = Some(field.offset(&key)?),
            "end" => parts.end = Some(field.offset(&key)?),
            "label" => parts.label = Some(field.text(&key)?),
            "id" | "text" | "value" | "attributes" | "note" | "doubtful" if field.is_null() => {
            }
            "id" => parts.id = Some(field.text(&key)?),
            "text" => parts.quote = Some(field.text(&key)?),
            "value" => parts.value = Some(field.text(&key)?),
            "note" => parts.note = field.text(&key)?,
            "doubtful" => parts.doubtful = field.truth(&key)?,
            "attributes" => {
                for (id, value) in field.object(&key)? {
                    let value = value.text(&id)?;
                    parts.attributes.insert((&*id).into(), value);
                }
            }
            _ => parts.extra.0.push((key.into_owned(), field.kept()?)),
        }
    }
    Ok(parts)
}

/// The unit in which the numbers would fit the quote.
fn unit(document: &Document, start: u64, end: u64, quote: &str) -> Option<Unit> {
    let text = document.text();
    let utf16 = |at| document.index().offset_of_utf16(text, Utf16Offset(at));
    let stands_there = |start: Option<Offset>, end: Option<Offset>| {
        let range = start?.to_usize()..end?.to_usize();
        Some(text.get(range)? == quote)
    };
    if stands_there(utf16(start), utf16(end)) == Some(true) {
        return Some(Unit::Utf16);
    }
    let byte = |at: u64| usize::try_from(at).ok().and_then(Offset::new);
    (stands_there(byte(start), byte(end)) == Some(true)).then_some(Unit::Bytes)
}

/// The beginning of a text, for a message.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(MOST_SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
