//! Moving one edge of a span, or of a selection, by a unit of text.

use super::annotate::{Context, resize};
use super::{Refusal, Transaction, snap};
use crate::arabic::Unit;
use crate::model::{Anchoring, Document, SpanId};
use crate::text::{Offset, TextRange, Way};

/// An edge of a range, as the text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// A step of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgeMove {
    /// Which edge.
    pub edge: Edge,
    /// Where to.
    pub way: Way,
    /// By what.
    pub unit: Unit,
}

/// The range after a step of one of its edges, snapped ([`snap()`]).
///
/// Spaces are passed over: a step that would only take one in goes on to the letter behind it.
/// Where the layer is anchored to words, the smallest step is a word.
///
/// # Errors
///
/// If nothing would be left of it, or the text goes no farther.
pub fn moved(
    document: &Document,
    anchoring: Anchoring,
    range: TextRange,
    step: EdgeMove,
) -> Result<TextRange, Refusal> {
    let unit = match anchoring {
        Anchoring::Characters => step.unit,
        Anchoring::Words => step.unit.max(Unit::Word),
    };
    let mut edge = match step.edge {
        Edge::Start => range.start(),
        Edge::End => range.end(),
    };
    loop {
        let next = unit.edge(document.text(), edge, step.way);
        if next == edge {
            return Err(Refusal::TextEnds);
        }
        edge = next;
        let is_left = match step.edge {
            Edge::Start => edge < range.end(),
            Edge::End => edge > range.start(),
        };
        let (start, end) = match step.edge {
            Edge::Start => (edge, range.end()),
            Edge::End => (range.start(), edge),
        };
        let found = match TextRange::new(start, end).filter(|_| is_left) {
            Some(wanted) => snap(document, anchoring, wanted),
            None => return Err(Refusal::WouldBeEmpty),
        };
        match found {
            Err(Refusal::NothingSelected) => return Err(Refusal::WouldBeEmpty),
            Ok(found) if found == range && edge != Offset::end_of(document.text()) => {}
            found => return found,
        }
    }
}

/// Moves an edge of a span by a step.
///
/// # Errors
///
/// If the span is not there, nothing would be left of it, the text goes no farther, or the
/// layer forbids the place.
pub fn move_edge(
    cx: &Context<'_>,
    id: &SpanId,
    step: EdgeMove,
) -> Result<Transaction, Refusal> {
    let span = cx.set.span(id).ok_or(Refusal::NoSuchSpan)?;
    let anchoring = cx.schema.layer_of(&span.label).map(|layer| layer.anchoring);
    let range = moved(cx.document, anchoring.unwrap_or_default(), span.range, step)?;
    resize(cx, id, range)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "زار وفد مدينة فاس  أمس";

    #[track_caller]
    fn check(
        anchoring: Anchoring,
        from: &str,
        (edge, way, unit): (Edge, Way, Unit),
        expected: &Result<&str, Refusal>,
    ) {
        let document = Document::new("a".into(), TEXT);
        let start = TEXT.find(from).unwrap();
        let range = TextRange::of(start..start + from.len());
        let found = moved(&document, anchoring, range, EdgeMove { edge, way, unit });
        assert_eq!(&found.map(|range| document.slice(range)), expected);
    }

    #[test]
    fn an_edge_moves_by_letters_and_passes_over_spaces() {
        let letters = |edge, way, from, expected| {
            check(Anchoring::Characters, from, (edge, way, Unit::Grapheme), &expected);
        };
        letters(Edge::Start, Way::Backward, "دينة", Ok("مدينة"));
        letters(Edge::Start, Way::Backward, "فاس", Ok("ة فاس"));
        letters(Edge::Start, Way::Forward, "ة فاس", Ok("فاس"));
        letters(Edge::End, Way::Forward, "فاس", Ok("فاس  أ"));
        letters(Edge::End, Way::Backward, "فاس  أ", Ok("فاس"));
        letters(Edge::End, Way::Backward, "ف", Err(Refusal::WouldBeEmpty));
        letters(Edge::Start, Way::Backward, "زار", Err(Refusal::TextEnds));
        letters(Edge::End, Way::Forward, "أمس", Err(Refusal::TextEnds));
    }

    #[test]
    fn an_edge_moves_by_words() {
        let words = |edge, way, from, expected| {
            check(Anchoring::Characters, from, (edge, way, Unit::Word), &expected);
        };
        words(Edge::Start, Way::Backward, "فاس", Ok("مدينة فاس"));
        words(Edge::Start, Way::Forward, "مدينة فاس", Ok("فاس"));
        words(Edge::End, Way::Forward, "مدينة", Ok("مدينة فاس"));
        words(Edge::End, Way::Backward, "مدينة فاس", Ok("مدينة"));
        words(Edge::End, Way::Backward, "مدينة", Err(Refusal::WouldBeEmpty));
    }

    #[test]
    fn an_edge_of_a_layer_of_words_moves_by_words() {
        let step = (Edge::Start, Way::Backward, Unit::Grapheme);
        check(Anchoring::Words, "فاس", step, &Ok("مدينة فاس"));
    }
}
