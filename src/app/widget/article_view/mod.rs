//! The article: a page to scroll, select in and click on.
//!
//! Knows a text and its marks, nothing of sets or labels. Holds where the reader is and what
//! is selected; what a click or a key means for the project is for the panel to say.

mod drawing;
mod map;
mod pointing;
mod suggested;
mod telling;
mod travel;

use std::sync::Arc;

use egui::{Id, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::kit::{Kit, color};
use super::scroll::{Extent, WIDTH, scroll_bar};
use crate::app::look::Look;
use crate::edit::Edge;
use crate::text::{Offset, TextRange};
use crate::typeset::{Caret, Mark, Page, PageRect, article_style};
use pointing::{Clicks, Press, Taken};
use telling::Run;

pub(in crate::app) use map::Tick;
pub(in crate::app) use suggested::Outlined;

use map::SpanMap;

/// Space above the first and below the last line, in points.
const PAD: f32 = 28.0;

/// A mark and its name for the accessibility tree.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct SpanMark<'a> {
    /// Its place in the list of all.
    pub(in crate::app) at: usize,
    /// What is painted.
    pub(in crate::app) mark: Mark<'a>,
    /// The marked text, for a screen reader.
    pub(in crate::app) text: &'a str,
    /// What it means, for a screen reader.
    pub(in crate::app) value: Option<&'a str>,
}

/// What of its kind shares letters with a range.
type In<'a, T> = &'a dyn Fn(TextRange) -> Vec<T>;

/// What a person did with the article, where it concerns its marks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::app) enum Gesture {
    /// Clicked on the mark of that place in the list.
    Chose(usize),
    /// Clicked beside all marks.
    Cleared,
    /// Selected text.
    Selected,
    /// Dragged an edge of the mark of that place in the list.
    Stretched(usize, TextRange),
    /// Asked what can be done, with the right button.
    Asked {
        /// On the mark of that place in the list, if on any.
        at: Option<usize>,
        /// Whether it was on what is selected.
        in_selection: bool,
        /// Where in the window.
        place: Pos2,
    },
}

/// An edge of the chosen mark, where it was drawn last: a place to drag it by.
#[derive(Clone, Copy, Debug)]
struct Handle {
    /// The mark's place in the list of all.
    at: usize,
    range: TextRange,
    edge: Edge,
    /// Where the pointer takes hold of it.
    rect: Rect,
}

/// Where the reader of an article is.
#[derive(Debug, Default)]
pub(in crate::app) struct ArticleView {
    /// What a search has found, in text order.
    pub(in crate::app) hits: Arc<[TextRange]>,
    /// Where all marks are.
    pub(in crate::app) map: SpanMap,
    page: Option<Page>,
    scale: f32,
    /// The upper edge of what is seen, in physical pixels from the page's.
    top: f64,
    caret: Caret,
    anchor: Caret,
    /// The x that up and down keep to.
    goal: Option<f32>,
    /// A place to scroll to.
    reveal: Option<Offset>,
    /// What a button that is down is doing.
    press: Option<Press>,
    /// Whether the pointer has left the place where it was pressed.
    has_left: bool,
    /// The presses that came one after the other at one place.
    clicks: Clicks,
    /// What a double click took, and what else another click may take there.
    taken: Option<Taken>,
    /// The edges of the chosen mark that are seen.
    handles: Vec<Handle>,
    /// Where the caret was drawn last, below it.
    caret_place: Option<Pos2>,
    /// The lines that assistive technology was told of last.
    told: Vec<Run>,
}

impl ArticleView {
    /// Where the focus is while the article has it.
    pub(in crate::app) fn id() -> Id {
        Id::unique("article")
    }

    /// Begins a new document at its start.
    pub(in crate::app) fn open(&mut self) {
        *self = Self::default();
    }

    /// The selected range; empty where only a caret is.
    pub(in crate::app) fn selection(&self) -> TextRange {
        TextRange::between(self.caret.offset, self.anchor.offset)
    }

    /// Selects a range and scrolls to it.
    pub(in crate::app) fn select(&mut self, range: TextRange) {
        self.anchor = Caret::before(range.start());
        self.caret = Caret::after(range.end());
        self.show(range.start());
    }

    /// Where in the window the caret was drawn last: below it.
    pub(in crate::app) fn caret_place(&self) -> Option<Pos2> {
        self.caret_place
    }

    /// Puts the caret somewhere without a selection.
    pub(in crate::app) fn put_caret(&mut self, offset: Offset) {
        self.caret = Caret::after(offset);
        self.anchor = self.caret;
    }

    /// Lets go of the selection; the caret stays.
    pub(in crate::app) fn collapse(&mut self) {
        self.anchor = self.caret;
    }

    /// Where the caret is.
    pub(in crate::app) fn caret(&self) -> Offset {
        self.caret.offset
    }

    /// Lets the caret and the selection's other end change places, so that keys move that one.
    pub(in crate::app) fn swap_ends(&mut self) {
        std::mem::swap(&mut self.caret, &mut self.anchor);
        self.goal = None;
        self.show(self.caret.offset);
    }

    /// Selects a range, the caret at that end of it, and scrolls there.
    pub(in crate::app) fn select_to(&mut self, range: TextRange, edge: Edge) {
        self.select(range);
        if edge == Edge::Start {
            std::mem::swap(&mut self.caret, &mut self.anchor);
        }
        self.show(self.caret.offset);
    }

    /// Lets go of an edge that is being dragged, as if nothing had been; whether one was.
    pub(in crate::app) fn cancel_drag(&mut self) -> bool {
        self.press.take_if(|press| press.stretched().is_some()).is_some()
    }

    /// Scrolls to an offset, unless it is seen already.
    pub(in crate::app) fn show(&mut self, offset: Offset) {
        self.reveal = Some(offset);
    }

    /// Draws the article in all the room there is.
    ///
    /// `marks` and `outlined` give those that share letters with a range: of a long document
    /// only few are seen.
    pub(in crate::app) fn ui<'a>(
        &mut self,
        ui: &mut Ui,
        kit: &mut Kit,
        (text, has_title, look): (&Arc<str>, bool, Look),
        (marks, outlined): (In<'_, SpanMark<'a>>, In<'_, Outlined<'a>>),
        name: &str,
    ) -> (Response, Option<Gesture>) {
        let area = ui.available_rect_before_wrap();
        ui.allocate_rect(area, Sense::hover());
        ui.painter().rect_filled(area, 0.0, color(kit.theme.desk));
        let scale = ui.ctx().pixels_per_point();
        let [sheet, strip, bar] = split(area, kit.rtl());
        let width =
            (sheet.width() - 2.0 * PAD).min(look.line_length.in_font_sizes() * look.text_size);
        self.set(kit, text, (has_title, look, width.max(120.0)), scale);
        let response = ui.interact(area, Self::id(), Sense::click_and_drag());
        let column = Rect::from_min_size(
            pos2((sheet.center().x - width / 2.0).round(), sheet.top()),
            vec2(width, sheet.height()),
        );
        let frame = Frame { area: sheet, column, scale };
        self.scroll(ui, kit, &frame);
        let gesture = self.point(ui, kit, &response, &frame, marks);
        if response.has_focus() {
            self.keys(ui, kit, &frame);
        }
        self.settle(kit, &frame);
        let extent = self.extent(&frame);
        let mut from_first = self.top + frame.pad();
        scroll_bar(ui, kit, Self::id().with("bar"), bar, extent.1, &mut from_first);
        self.top = from_first - frame.pad();
        self.map(ui, kit, (strip, frame.pad()), extent.1);
        let marks = self.seen(&frame).map(marks).unwrap_or_default();
        let outlined = self.seen(&frame).map(outlined).unwrap_or_default();
        self.draw(ui, kit, &frame, (&marks, &outlined), response.has_focus());
        response.widget_info(|| WidgetInfo::labeled(Role::Document, true, name));
        self.tell_suggested(ui, kit, &frame, &outlined);
        if !ui.ctx().has_accesskit_node(Self::id()) {
            return (response, gesture);
        }
        let asked = self.requested(ui, &response, &marks);
        self.tell(ui, kit, &frame, &marks);
        (response, gesture.or(asked))
    }

    /// Takes another text, size or width, and keeps what is seen where it is.
    fn set(
        &mut self,
        kit: &mut Kit,
        text: &Arc<str>,
        (has_title, look, width): (bool, Look, f32),
        scale: f32,
    ) {
        let size = (look.text_size * scale).round();
        let style = article_style(size, (width * scale).floor(), has_title)
            .in_face(look.face)
            .spaced(look.spacing.factor());
        match &mut self.page {
            Some(page) if Arc::ptr_eq(page.text(), text) => {
                if *page.style() != style {
                    let first = page.lines(self.top, self.top + 4_000.0).next();
                    let first = first.map(|line| (line.range().start(), line.top() - self.top));
                    page.set_style(style);
                    if let Some((offset, below)) = first {
                        self.top = page.y_of(&mut kit.typesetter, offset) - below;
                    }
                }
            }
            page => {
                *page = Some(Page::new(Arc::clone(text), style));
                self.top = -f64::from(PAD * scale);
            }
        }
        self.scale = scale;
    }

    /// The wheel, and places to go to.
    fn scroll(&mut self, ui: &Ui, kit: &mut Kit, frame: &Frame) {
        if ui.rect_contains_pointer(frame.area) {
            let delta = ui.input(|input| {
                if input.modifiers.command { 0.0 } else { input.smooth_scroll_delta().y }
            });
            self.top -= f64::from(delta * frame.scale);
        }
        if let Some(offset) = self.reveal.take() {
            self.go_to(kit, frame, Caret::before(offset));
        }
    }

    fn go_to(&mut self, kit: &mut Kit, frame: &Frame, caret: Caret) {
        let Some(page) = &mut self.page else { return };
        let place = page.caret_rect(&mut kit.typesetter, caret);
        let height = frame.height();
        let margin = (place.bottom - place.top) * 0.6;
        if place.top < self.top + margin || place.bottom > self.top + height - margin {
            let above = self.top + margin > place.top && self.top - place.top < height;
            let below = place.bottom + margin - (self.top + height);
            if above {
                self.top = place.top - margin;
            } else if below < height {
                self.top += below;
            } else {
                // A jump: a third down, so that what comes before is seen too.
                self.top = place.top - height / 3.0;
            }
        }
    }

    /// Sets what is seen, and stays within the page.
    fn settle(&mut self, kit: &mut Kit, frame: &Frame) {
        let height = frame.height();
        let Some(page) = &mut self.page else { return };
        let last = |page: &Page| (page.height() + frame.pad() - height).max(-frame.pad());
        self.top = self.top.clamp(-frame.pad(), last(page));
        self.top += page.prepare(&mut kit.typesetter, self.top, self.top + height);
        self.top = self.top.clamp(-frame.pad(), last(page)).round();
        page.prepare(&mut kit.typesetter, self.top, self.top + height);
    }

    /// The text on the lines that are seen.
    fn seen(&self, frame: &Frame) -> Option<TextRange> {
        self.page.as_ref()?.range_between(self.top, self.top + frame.height())
    }

    fn extent(&self, frame: &Frame) -> (f64, Extent) {
        let content = self.page.as_ref().map_or(0.0, Page::height) + 2.0 * frame.pad();
        (content, Extent { content, viewport: frame.height() })
    }
}

/// The page, the map and the scroll bar, from where reading begins.
fn split(area: Rect, is_rtl: bool) -> [Rect; 3] {
    let aside = map::WIDTH + WIDTH;
    if is_rtl {
        let (aside, sheet) = area.split_left_right_at_x(area.left() + aside);
        let (bar, strip) = aside.split_left_right_at_x(aside.left() + WIDTH);
        [sheet, strip, bar]
    } else {
        let (sheet, aside) = area.split_left_right_at_x(area.right() - aside);
        let (strip, bar) = aside.split_left_right_at_x(aside.left() + map::WIDTH);
        [sheet, strip, bar]
    }
}

/// Where the article is in the window.
struct Frame {
    /// What is seen, in points.
    area: Rect,
    /// Where its lines are, in points.
    column: Rect,
    scale: f32,
}

impl Frame {
    /// The height that is seen, in physical pixels.
    fn height(&self) -> f64 {
        f64::from(self.area.height() * self.scale)
    }

    /// The space above the first line, in physical pixels.
    fn pad(&self) -> f64 {
        f64::from((PAD * self.scale).round())
    }

    /// The place on the page.
    fn to_page(&self, at: Pos2, top: f64) -> (f32, f64) {
        let from = (at - self.column.min) * self.scale;
        (from.x, f64::from(from.y) + top)
    }

    fn in_window(&self, rect: PageRect, top: f64) -> Rect {
        let rect = rect.at(0.0, -top);
        Rect::from_min_max(
            self.column.min + vec2(rect.left, rect.top) / self.scale,
            self.column.min + vec2(rect.right, rect.bottom) / self.scale,
        )
    }
}
