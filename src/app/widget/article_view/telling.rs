//! The article as assistive technology reads it: its paragraphs, their lines, the marks in
//! them, the caret and what is selected. Only what is seen, and the caret's paragraph.

use std::sync::Arc;

use egui::accesskit::{
    Action, ActionData, ActionRequest, NodeId, TextDirection, TextPosition, TextSelection,
};
use egui::{Event, Id, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo};

use super::{ArticleView, Frame, Gesture, SpanMark};
use crate::app::access::bounds;
use crate::app::widget::kit::Kit;
use crate::lang::both;
use crate::text::{Offset, TextRange, next_boundary, paragraph_at, previous_boundary};
use crate::typeset::{Caret, Page, PageRect};

/// The longest paragraph that is told whole, in bytes: of a longer one what is seen.
const LONGEST: usize = 16_384;

/// How many letters are told on each side of a caret that is not seen.
const AROUND: usize = 100;

/// A part of a line, or all of it, and its node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    node: NodeId,
    range: TextRange,
}

/// A paragraph that is told.
struct Paragraph {
    /// Without its line end.
    range: TextRange,
    /// Its lines, with their line ends, in text order.
    lines: Vec<(TextRange, Rect)>,
    is_rtl: bool,
}

impl ArticleView {
    /// What assistive technology asks for: to choose a mark or to go there, to select text.
    pub(super) fn requested(
        &mut self,
        ui: &Ui,
        response: &Response,
        marks: &[SpanMark<'_>],
    ) -> Option<Gesture> {
        let requests: Vec<ActionRequest> = ui.input(|input| {
            let requests = input.events.iter().filter_map(|event| match event {
                Event::AccessKitActionRequest(request) => Some(request.clone()),
                _ => None,
            });
            requests.collect()
        });
        let mut gesture = None;
        for request in requests {
            if let Some(ActionData::SetTextSelection(selection)) = &request.data
                && request.target_node == Self::id().accesskit_id()
            {
                self.take(selection);
                continue;
            }
            let is_asked =
                |mark: &&SpanMark<'_>| mark_id(mark.at).accesskit_id() == request.target_node;
            let Some(mark) = marks.iter().find(is_asked) else { continue };
            if request.action == Action::Focus {
                response.request_focus();
            }
            if matches!(request.action, Action::Focus | Action::ScrollIntoView) {
                self.show(mark.mark.range.start());
            }
            if matches!(request.action, Action::Focus | Action::Click) {
                gesture = Some(Gesture::Chose(mark.at));
            }
        }
        gesture
    }

    /// Takes a selection in the lines that were told last.
    fn take(&mut self, selection: &TextSelection) {
        let Some(page) = &self.page else { return };
        let text = Arc::clone(page.text());
        let offset = |at: &TextPosition| {
            let run = self.told.iter().find(|run| run.node == at.node)?;
            let mut offset = run.range.start();
            for _ in 0..at.character_index {
                offset = next_boundary(&text, offset).min(run.range.end());
            }
            Some(offset)
        };
        if let (Some(anchor), Some(focus)) =
            (offset(&selection.anchor), offset(&selection.focus))
        {
            self.anchor = Caret::before(anchor);
            self.caret = Caret::before(focus);
            self.goal = None;
            self.show(focus);
        }
    }

    /// Tells what is seen.
    pub(super) fn tell(
        &mut self,
        ui: &mut Ui,
        kit: &Kit,
        frame: &Frame,
        marks: &[SpanMark<'_>],
    ) {
        self.told.clear();
        let Some(page) = &self.page else { return };
        let text = Arc::clone(page.text());
        let span = (self.top, self.top + frame.height());
        let mut untold: Vec<&SpanMark<'_>> = marks.iter().collect();
        for paragraph in paragraphs(page, span, (frame, self.caret.offset)) {
            let all = paragraph.lines.iter().map(|(_, rect)| *rect);
            let rect = all.reduce(Rect::union).unwrap_or(frame.area).intersect(frame.area);
            let id = Self::id().with(("paragraph", paragraph.range.start().to_usize()));
            let node = UiBuilder::new().scope_id(id).max_rect(rect);
            let node = node.accessibility_parent(Self::id());
            let mut child = ui.new_child(node.accessibility_role(Role::Paragraph));
            let way = if paragraph.is_rtl {
                TextDirection::RightToLeft
            } else {
                TextDirection::LeftToRight
            };
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_bounds(bounds(rect));
                node.set_value(paragraph.told(&text));
                node.set_language(if paragraph.is_rtl { "ar" } else { "en" });
                node.set_text_direction(way);
            });
            for (range, rect) in &paragraph.lines {
                let id = id.with(("line", range.start().to_usize()));
                let line = UiBuilder::new().scope_id(id).max_rect(*rect);
                child.new_child(line.accessibility_role(Role::TextRun));
                let begins = range.start() == paragraph.range.start();
                let (lengths, words) = letters(&text, *range, begins);
                ui.ctx().accesskit_node_builder(id, |node| {
                    node.set_bounds(bounds(*rect));
                    node.set_value(text.get(range.to_range()).unwrap_or_default());
                    node.set_character_lengths(lengths);
                    node.set_word_starts(words);
                    node.set_text_direction(way);
                });
                self.told.push(Run { node: id.accesskit_id(), range: *range });
            }
            // One that begins farther up is told where its first seen line is.
            untold.retain(|mark| {
                let is_here = mark.mark.range.start() <= paragraph.range.end();
                if is_here {
                    let rects = page.rects(mark.mark.range, span.0, span.1);
                    tell_mark(&child, kit, (frame, self.top), mark, &rects);
                }
                !is_here
            });
        }
        let ends =
            (position(&text, &self.told, self.anchor), position(&text, &self.told, self.caret));
        ui.ctx().accesskit_node_builder(Self::id(), |node| {
            node.set_language("ar");
            node.set_read_only();
            node.add_action(Action::SetTextSelection);
            if let (Some(anchor), Some(focus)) = ends {
                node.set_text_selection(TextSelection { anchor, focus });
            }
        });
    }
}

impl Paragraph {
    /// What is told of its text.
    fn told<'a>(&self, text: &'a str) -> &'a str {
        let range = match (self.lines.first(), self.lines.last()) {
            (Some((first, _)), Some((last, _))) if self.range.num_bytes() > LONGEST => {
                TextRange::between(first.start(), last.end())
            }
            _ => self.range,
        };
        text.get(range.to_range()).unwrap_or_default()
    }
}

/// The paragraphs that are seen and the one of the caret, in text order.
fn paragraphs(
    page: &Page,
    span: (f64, f64),
    (frame, caret): (&Frame, Offset),
) -> Vec<Paragraph> {
    let text = page.text();
    let mut all: Vec<Paragraph> = Vec::new();
    for line in page.lines(span.0, span.1).filter(|line| line.bottom() > span.0) {
        let range = line.range();
        let rect = PageRect {
            left: line.left(),
            right: line.right(),
            top: line.top(),
            bottom: line.bottom(),
        };
        let rect = frame.in_window(rect, span.0).intersect(frame.area);
        match all.last_mut().filter(|last| range.start() <= last.range.end()) {
            Some(last) => last.lines.push((range, rect)),
            None => all.push(Paragraph {
                range: paragraph_at(text, range.start()),
                lines: vec![(range, rect)],
                is_rtl: line.direction().is_rtl(),
            }),
        }
    }
    for paragraph in &mut all {
        // A line's end belongs to the last line, and so does what stands between two lines.
        let ends: Vec<Offset> =
            paragraph.lines.iter().skip(1).map(|(range, _)| range.start()).collect();
        let last = paragraph.lines.last().map(|(range, _)| range.end());
        let end = last.filter(|end| *end >= paragraph.range.end()).map(|end| {
            let rest = text.get(end.to_usize()..).unwrap_or_default();
            let line_end =
                ["\r\n", "\n"].into_iter().find(|line_end| rest.starts_with(line_end));
            Offset::at(end.to_usize() + line_end.map_or(0, str::len))
        });
        let ends = ends.into_iter().chain(end);
        for ((range, _), end) in paragraph.lines.iter_mut().zip(ends) {
            *range = TextRange::between(range.start(), end);
        }
    }
    let is_told = |paragraph: &Paragraph| {
        let first =
            paragraph.lines.first().map_or(paragraph.range.start(), |(line, _)| line.start());
        let last = paragraph.lines.last().map_or(paragraph.range.end(), |(line, _)| line.end());
        (first..=last).contains(&caret)
    };
    if all.iter().any(is_told) {
        return all;
    }
    let range = paragraph_at(text, caret);
    if let Some(here) = all.iter_mut().find(|paragraph| paragraph.range == range) {
        // Of its paragraph other lines are seen.
        let (line, edge) = (around(text, caret, range), frame.area);
        let at = here.lines.partition_point(|(line, _)| line.start() <= caret);
        let edge =
            if at == 0 { edge.with_max_y(edge.top()) } else { edge.with_min_y(edge.bottom()) };
        let end =
            here.lines.get(at).map_or(line.end(), |(next, _)| next.start().min(line.end()));
        let start = at.checked_sub(1).and_then(|at| here.lines.get(at));
        let start = start.map_or(line.start(), |(before, _)| before.end().max(line.start()));
        here.lines.insert(at, (TextRange::between(start, end), edge));
        return all;
    }
    let at = all.partition_point(|paragraph| paragraph.range.start() < range.start());
    let edge = if at == 0 {
        frame.area.with_max_y(frame.area.top())
    } else {
        frame.area.with_min_y(frame.area.bottom())
    };
    let is_rtl = page.direction().is_rtl();
    let lines = vec![(around(text, caret, range), edge)];
    all.insert(at, Paragraph { range, lines, is_rtl });
    all
}

/// Some letters around an offset, within its paragraph.
fn around(text: &str, offset: Offset, within: TextRange) -> TextRange {
    let (mut start, mut end) = (offset, offset);
    for _ in 0..AROUND {
        start = previous_boundary(text, start).max(within.start());
        end = next_boundary(text, end).min(within.end());
    }
    TextRange::between(start.min(offset), end.max(offset))
}

/// How many bytes each letter of a range has, and which letters begin a word.
fn letters(text: &str, range: TextRange, begins: bool) -> (Vec<u8>, Vec<u8>) {
    let (mut lengths, mut words) = (Vec::new(), Vec::new());
    let mut is_apart = !begins;
    let mut at = range.start();
    while at < range.end() {
        let end = next_boundary(text, at).min(range.end());
        let letter = text.get(at.to_usize()..end.to_usize()).unwrap_or_default();
        let is_word = letter.chars().next().is_some_and(char::is_alphanumeric);
        if is_word && is_apart {
            words.extend(u8::try_from(lengths.len()));
        }
        is_apart = !is_word;
        match u8::try_from(letter.len()) {
            Ok(length) => lengths.push(length),
            // Marks without end on one letter: each by itself.
            Err(_) => lengths.extend(letter.chars().flat_map(|c| u8::try_from(c.len_utf8()))),
        }
        at = end;
    }
    (lengths, words)
}

/// Where a caret is in the lines that are told; the nearest place, if it is in none.
fn position(text: &str, told: &[Run], caret: Caret) -> Option<TextPosition> {
    let at = told.partition_point(|run| run.range.start() <= caret.offset);
    let run = told.get(at.saturating_sub(1))?;
    let end = caret.offset.clamp(run.range.start(), run.range.end());
    let mut character_index = 0;
    let mut offset = run.range.start();
    while offset < end {
        offset = next_boundary(text, offset);
        character_index += 1;
    }
    Some(TextPosition { node: run.node, character_index })
}

fn mark_id(at: usize) -> Id {
    ArticleView::id().with(("span", at))
}

/// Tells of a mark, where it stands on its first line that is seen.
fn tell_mark(
    ui: &Ui,
    kit: &Kit,
    (frame, top): (&Frame, f64),
    mark: &SpanMark<'_>,
    rects: &[PageRect],
) {
    let Some(first) = rects.first() else { return };
    // All of it on its first line, where it may turn round.
    let line = rects.iter().filter(|rect| rect.top <= first.top);
    let rect = line.fold(Rect::NOTHING, |all, rect| all.union(frame.in_window(*rect, top)));
    let rect = rect.intersect(frame.area);
    let id = mark_id(mark.at);
    let response = ui.interact(rect, id, Sense::hover());
    let name = format!("{}: {}", mark.mark.name, mark.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Mark, true, &name));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_selected(mark.mark.chosen);
        if let Some(value) = mark.value {
            node.set_value(value);
        }
        if mark.mark.doubtful {
            node.set_description(kit.t(both("مشكوك فيه", "Doubtful")));
        }
        for action in [Action::Click, Action::Focus, Action::ScrollIntoView] {
            node.add_action(action);
        }
    });
}
