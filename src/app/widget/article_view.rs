//! The article: a page to scroll, select in and click on.
//!
//! Knows a text and its marks, nothing of sets or labels. Holds where the reader is and what
//! is selected; what a click or a key means for the project is for the panel to say.

use std::sync::Arc;

use egui::{
    Event, EventFilter, Id, Key, Modifiers, Painter, Pos2, Rect, Response, Role, Sense, Ui,
    WidgetInfo, pos2, vec2,
};

use super::kit::{Kit, color};
use super::scroll::{Extent, WIDTH, near, scroll_bar};
use crate::text::{Offset, TextRange};
use crate::typeset::{
    Caret, Mark, Page, PageRect, add_hits, article_scene, article_style, paint,
};

/// The widest line, in font sizes: some 75 letters, which the eye can follow.
const LONGEST_LINE: f32 = 31.0;

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
}

/// What a person did with the article, where it concerns its marks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::app) enum Gesture {
    /// Clicked on the mark of that place in the list.
    Chose(usize),
    /// Clicked beside all marks.
    Cleared,
    /// Selected text.
    Selected,
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

/// Where the reader of an article is.
#[derive(Debug, Default)]
pub(in crate::app) struct ArticleView {
    /// What a search has found, in text order.
    pub(in crate::app) hits: Arc<[TextRange]>,
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
    /// Whether a press that may become a selection is on.
    pressed: bool,
    /// Where the caret was drawn last, below it.
    caret_place: Option<Pos2>,
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

    /// Scrolls to an offset, unless it is seen already.
    pub(in crate::app) fn show(&mut self, offset: Offset) {
        self.reveal = Some(offset);
    }

    /// Draws the article in all the room there is.
    ///
    /// `marks` gives those that share letters with a range: of a long document only few are
    /// seen.
    pub(in crate::app) fn ui<'a>(
        &mut self,
        ui: &mut Ui,
        kit: &mut Kit,
        (text, has_title, size): (&Arc<str>, bool, f32),
        marks: &dyn Fn(TextRange) -> Vec<SpanMark<'a>>,
        name: &str,
    ) -> (Response, Option<Gesture>) {
        let area = ui.available_rect_before_wrap();
        ui.allocate_rect(area, Sense::hover());
        ui.painter().rect_filled(area, 0.0, color(kit.theme.desk));
        let scale = ui.ctx().pixels_per_point();
        let (sheet, bar) = if kit.rtl() {
            let (bar, sheet) = area.split_left_right_at_x(area.left() + WIDTH);
            (sheet, bar)
        } else {
            area.split_left_right_at_x(area.right() - WIDTH)
        };
        let width = (sheet.width() - 2.0 * PAD).min(LONGEST_LINE * size).max(120.0);
        self.set(kit, text, (has_title, size, width), scale);
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
        let marks = self.seen(&frame).map(marks).unwrap_or_default();
        self.draw(ui, kit, &frame, &marks, response.has_focus());
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Document, true, name);
            info.current_text_value = Some(text.chars().take(2_000).collect());
            info
        });
        (response, gesture)
    }

    /// Takes another text, size or width, and keeps what is seen where it is.
    fn set(
        &mut self,
        kit: &mut Kit,
        text: &Arc<str>,
        (has_title, size, width): (bool, f32, f32),
        scale: f32,
    ) {
        let style = article_style((size * scale).round(), (width * scale).floor(), has_title);
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

    /// Presses, drags and clicks.
    fn point<'a>(
        &mut self,
        ui: &Ui,
        kit: &mut Kit,
        response: &Response,
        frame: &Frame,
        marks: &dyn Fn(TextRange) -> Vec<SpanMark<'a>>,
    ) -> Option<Gesture> {
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
        }
        let pointer = response.interact_pointer_pos()?;
        let page = self.page.as_mut()?;
        let (x, y) = frame.to_page(pointer, self.top);
        let caret = page.hit(&mut kit.typesetter, x, y);
        let (primary_pressed, shift) =
            ui.input(|input| (input.pointer.primary_pressed(), input.modifiers.shift));
        if primary_pressed {
            response.request_focus();
            self.pressed = true;
            self.goal = None;
            // Where the button went down: by the end of a slow frame a quick hand is letters away.
            let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer);
            let (x, y) = frame.to_page(origin, self.top);
            self.caret = page.hit(&mut kit.typesetter, x, y);
            if !shift {
                self.anchor = self.caret;
            }
        } else if self.pressed && response.dragged_by(egui::PointerButton::Primary) {
            self.caret = caret;
            self.auto_scroll(ui, pointer, frame);
        }
        let mut gesture = None;
        let is_empty = self.selection().is_empty();
        let page = self.page.as_mut()?;
        if response.triple_clicked() {
            let start = page.line_start(&mut kit.typesetter, caret);
            self.anchor = start;
            self.caret = page.line_end(&mut kit.typesetter, caret);
            gesture = Some(Gesture::Selected);
        } else if response.double_clicked() {
            if let Some(letter) = page.grapheme_at(&mut kit.typesetter, x, y) {
                self.anchor = Caret::before(page.word_start(letter.end()));
                self.caret = Caret::after(page.word_end(letter.start()));
                gesture = Some(Gesture::Selected);
            }
        } else if response.clicked() && !shift && is_empty {
            let letter = page.grapheme_at(&mut kit.typesetter, x, y);
            gesture = Some(match letter.and_then(|letter| mark_at(marks(letter))) {
                Some(at) => Gesture::Chose(at),
                None => Gesture::Cleared,
            });
        }
        if response.secondary_clicked() {
            let letter = page.grapheme_at(&mut kit.typesetter, x, y);
            let selection = TextRange::between(self.caret.offset, self.anchor.offset);
            return Some(Gesture::Asked {
                at: letter.and_then(|letter| mark_at(marks(letter))),
                in_selection: letter.is_some_and(|letter| letter.overlaps(selection)),
                place: pointer,
            });
        }
        if response.drag_stopped() || (response.clicked() && shift) {
            self.pressed = false;
            if !self.selection().is_empty() {
                gesture = Some(Gesture::Selected);
            }
        }
        gesture
    }

    /// Scrolls while a selection is dragged past an edge.
    fn auto_scroll(&mut self, ui: &Ui, pointer: Pos2, frame: &Frame) {
        let past = if pointer.y < frame.area.top() {
            pointer.y - frame.area.top()
        } else if pointer.y > frame.area.bottom() {
            pointer.y - frame.area.bottom()
        } else {
            return;
        };
        self.top += f64::from(past.clamp(-40.0, 40.0) * 0.5 * frame.scale);
        ui.ctx().request_repaint();
    }

    fn keys(&mut self, ui: &Ui, kit: &mut Kit, frame: &Frame) {
        let filter = EventFilter {
            tab: true,
            horizontal_arrows: true,
            vertical_arrows: true,
            // Let go of step by step; the window says when the article is left.
            escape: true,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(Self::id(), filter));
        for event in ui.input(|input| input.filtered_events(&filter)) {
            match event {
                Event::Copy => {
                    let Some(page) = &self.page else { continue };
                    let text = page.text().get(self.selection().to_range());
                    if let Some(text) = text.filter(|text| !text.is_empty()) {
                        ui.ctx().copy_text(text.to_owned());
                    }
                }
                Event::Key { key, pressed: true, modifiers, .. } => {
                    self.travel(kit, frame, key, modifiers);
                }
                _ => {}
            }
        }
    }

    /// Moves the caret by a key; with Shift it extends the selection.
    fn travel(&mut self, kit: &mut Kit, frame: &Frame, key: Key, modifiers: Modifiers) {
        let Some(page) = &mut self.page else { return };
        if modifiers.alt {
            return;
        }
        let caret = self.caret;
        let word = modifiers.command;
        let typesetter = &mut kit.typesetter;
        let goal = match self.goal {
            Some(goal) => goal,
            None => page.caret_rect(typesetter, caret).left,
        };
        let lines_on_screen =
            to_usize(frame.height() / f64::from(page.style().body.line_pixels())).max(2) - 1;
        let mut keeps_goal = false;
        let to = match key {
            Key::ArrowLeft | Key::ArrowRight if word => {
                let forward =
                    (key == Key::ArrowLeft) == page.direction_at(caret.offset).is_rtl();
                if forward {
                    Caret::after(page.word_end(caret.offset))
                } else {
                    Caret::before(page.word_start(caret.offset))
                }
            }
            Key::ArrowLeft => page.left(typesetter, caret),
            Key::ArrowRight => page.right(typesetter, caret),
            Key::ArrowUp | Key::ArrowDown | Key::PageUp | Key::PageDown => {
                keeps_goal = true;
                let count = match key {
                    Key::PageUp | Key::PageDown => lines_on_screen,
                    _ => 1,
                };
                let up = matches!(key, Key::ArrowUp | Key::PageUp);
                (0..count).fold(caret, |caret, _| {
                    if up {
                        page.up(typesetter, caret, goal)
                    } else {
                        page.down(typesetter, caret, goal)
                    }
                })
            }
            Key::Home if word => page.start(),
            Key::End if word => page.end(),
            Key::Home => page.line_start(typesetter, caret),
            Key::End => page.line_end(typesetter, caret),
            Key::A if word => {
                self.anchor = page.start();
                self.caret = page.end();
                return;
            }
            _ => return,
        };
        self.goal = keeps_goal.then_some(goal);
        self.caret = to;
        if !modifiers.shift {
            self.anchor = to;
        }
        self.go_to(kit, frame, to);
    }

    fn draw(
        &mut self,
        ui: &Ui,
        kit: &mut Kit,
        frame: &Frame,
        marks: &[SpanMark<'_>],
        has_focus: bool,
    ) {
        let theme = kit.theme;
        let painter = ui.painter().with_clip_rect(frame.area.intersect(ui.clip_rect()));
        let sheet = frame.column.expand2(vec2(PAD, 0.0));
        painter.rect_filled(sheet, 0.0, color(theme.page));
        let Some(page) = &mut self.page else { return };
        let span = (self.top, self.top + frame.height());
        let painted: Vec<Mark<'_>> = marks.iter().map(|mark| mark.mark).collect();
        let selection = Some(self.anchor.offset.min(self.caret.offset))
            .and_then(|start| TextRange::new(start, self.anchor.offset.max(self.caret.offset)));
        let mut scene =
            article_scene(&mut kit.typesetter, page, span, &painted, selection, &theme);
        add_hits(&mut scene, page, span, (&self.hits, selection), &theme);
        paint(&mut kit.atlas, &painter, frame.column.min, &scene);
        if has_focus {
            let caret = page.caret_rect(&mut kit.typesetter, self.caret);
            let place = frame.in_window(caret, self.top).left_bottom();
            self.caret_place = Some(frame.area.clamp(place));
            draw_caret(&painter, frame, caret, self.top, color(theme.text));
        }
        for mark in marks {
            let rects = page.rects(mark.mark.range, span.0, span.1);
            let Some(first) = rects.first() else { continue };
            // All of it on its first line, where it may turn round.
            let line = rects.iter().filter(|rect| rect.top <= first.top);
            let rect = line
                .fold(Rect::NOTHING, |all, rect| all.union(frame.in_window(*rect, self.top)));
            let rect = rect.intersect(frame.area);
            let response =
                ui.interact(rect, Self::id().with(("span", mark.at)), Sense::hover());
            response.widget_info(|| {
                let name = format!("{}: {}", mark.mark.name, mark.text);
                WidgetInfo::selected(Role::Label, true, mark.mark.chosen, name)
            });
        }
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

/// The mark that a click on a letter means: the innermost one, or, where that is chosen
/// already, the next one around it.
fn mark_at(mut here: Vec<SpanMark<'_>>) -> Option<usize> {
    here.sort_by_key(|mark| mark.mark.range.num_bytes());
    let chosen = here.iter().position(|mark| mark.mark.chosen);
    let next = chosen.map_or(0, |at| (at + 1) % here.len());
    here.get(next).map(|mark| mark.at)
}

fn draw_caret(painter: &Painter, frame: &Frame, caret: PageRect, top: f64, ink: egui::Color32) {
    let rect = frame.in_window(caret, top);
    let inset = rect.height() * 0.16;
    let line = Rect::from_min_max(
        pos2(rect.left() - 0.75, rect.top() + inset),
        pos2(rect.left() + 0.75, rect.bottom() - inset),
    );
    painter.rect_filled(line, 0.0, ink);
}

/// A count of lines that fit on a screen.
fn to_usize(lines: f64) -> usize {
    // `near` is exact here: a screen has some hundred lines.
    let lines = near(lines).clamp(0.0, 1_000.0);
    (0..1_000_u16).take_while(|count| f32::from(*count) + 1.0 <= lines).count()
}
