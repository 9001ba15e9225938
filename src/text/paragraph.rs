//! Paragraphs: what stands between two line ends of a text.

use super::{Offset, TextRange};

/// Along a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards its end.
    Forward,
    /// Towards its start.
    Backward,
}

/// The paragraph that holds `offset`, without its line end.
#[must_use]
pub fn paragraph_at(text: &str, offset: Offset) -> TextRange {
    let at = text.floor_char_boundary(offset.to_usize());
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = after.find('\n').map_or(text.len(), |end| at + end);
    let content = text.get(start..end).unwrap_or_default();
    TextRange::of(start..start + content.trim_end_matches('\r').len())
}

/// Where the paragraph after `offset` starts that is not empty, or the text's end; backward,
/// where the one at `offset` starts, or, from its start, the one before it.
#[must_use]
pub fn paragraph_edge(text: &str, offset: Offset, way: Way) -> Offset {
    let is_end = |c: char| c == '\n' || c == '\r';
    let at = text.floor_char_boundary(offset.to_usize());
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let found = match way {
        Way::Forward => after.find('\n').map_or(text.len(), |end| {
            let rest = after.get(end..).unwrap_or_default();
            text.len() - rest.trim_start_matches(is_end).len()
        }),
        Way::Backward => {
            let before = before.trim_end_matches(is_end);
            before.rfind('\n').map_or(0, |end| end + 1)
        }
    };
    Offset::at(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "واحد\r\n\r\nاثنان\nثلاثة";

    #[test]
    fn a_paragraph_is_without_its_line_end() {
        let slice = |at: usize| &TEXT[paragraph_at(TEXT, Offset::at(at)).to_range()];
        assert_eq!([slice(0), slice(3), slice(8)], ["واحد"; 3]);
        assert_eq!(slice(10), "");
        assert_eq!(slice(TEXT.len()), "ثلاثة");
        assert_eq!(paragraph_at("", Offset::ZERO), TextRange::default());
    }

    #[test]
    fn a_step_leads_to_the_start_of_a_paragraph_with_text() {
        let mut at = Offset::ZERO;
        let mut forward = Vec::new();
        while at < Offset::end_of(TEXT) {
            at = paragraph_edge(TEXT, at, Way::Forward);
            forward.push(&TEXT[at.to_usize()..]);
        }
        assert_eq!(forward, ["اثنان\nثلاثة", "ثلاثة", ""]);
        let mut back = Vec::new();
        while at > Offset::ZERO {
            at = paragraph_edge(TEXT, at, Way::Backward);
            back.push(&TEXT[at.to_usize()..]);
        }
        assert_eq!(back, ["ثلاثة", "اثنان\nثلاثة", TEXT]);
    }
}
