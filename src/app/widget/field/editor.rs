//! A page of text to write in: only what is seen of it is set, so that its length costs nothing.

use std::sync::Arc;

use egui::{
    Event, EventFilter, Id, ImeEvent, Key, Modifiers, Rect, Response, Sense, Stroke, Ui,
};
use egui::{StrokeKind, WidgetInfo, pos2, vec2};

use super::Field;
use crate::app::widget::kit::{Kit, color};
use crate::app::widget::scroll::{Extent, WIDTH, near, scroll_bar};
use crate::arabic::Unit;
use crate::text::{Offset, Way};
use crate::theme::size;
use crate::typeset::{Base, Caret, Face, Page, PageStyle, Side, Style, article_scene, paint};

/// What is written on a page, and what is seen of it.
#[derive(Debug, Default)]
pub(in crate::app) struct Editor {
    field: Field,
    caret: Caret,
    /// Where up and down lead along the lines.
    goal: Option<f32>,
    /// The text as it is set; none before it was.
    page: Option<Page>,
    /// How far it is scrolled, in pixels.
    top: f64,
    /// Whether the caret is to be seen.
    follows: bool,
}

impl Clone for Editor {
    /// The same text. It is set anew where it is shown.
    fn clone(&self) -> Self {
        let Self { field, caret, goal, page: _, top, follows } = self;
        let (field, caret) = (field.clone(), *caret);
        Self { field, caret, goal: *goal, page: None, top: *top, follows: *follows }
    }
}

/// Where an editor's text lies in the window.
struct Frame {
    area: Rect,
    bar: Rect,
    scale: f32,
}

impl Frame {
    fn height(&self) -> f64 {
        f64::from(self.area.height() * self.scale)
    }

    /// A place in the window, as one on the page.
    fn on_page(&self, at: egui::Pos2, top: f64) -> (f32, f64) {
        let by = (at - self.area.min) * self.scale;
        (by.x, f64::from(by.y) + top)
    }
}

impl Editor {
    /// A page of that text, the caret at its beginning.
    pub(in crate::app) fn new(text: &str) -> Self {
        let field = Field {
            text: text.to_owned(),
            before: text.to_owned(),
            has_lines: true,
            is_page: true,
            ..Field::default()
        };
        Self { field, ..Self::default() }
    }

    pub(in crate::app) fn text(&self) -> &str {
        self.field.text()
    }

    /// What is shown: the text with what is being composed in it.
    fn shown(&self) -> String {
        let mut shown = self.field.text.clone();
        if !self.field.preedit.is_empty() {
            shown.insert_str(self.field.caret.to_usize(), &self.field.preedit);
        }
        // The fonts have no arrows: a sign of as many bytes stands for them while it is shown.
        shown.replace(['→', '←'], "›")
    }

    /// Sets the text anew, if it is another. What was at the caret's height stays there.
    fn set(&mut self, kit: &mut Kit, frame: &Frame) {
        let shown = self.shown();
        // Without letters it runs as the interface does.
        let base = match shown.chars().any(char::is_alphabetic) {
            true => Base::Auto,
            false if kit.rtl() => Base::RightToLeft,
            false => Base::LeftToRight,
        };
        let body = Style { base, ..Style::new(Face::Sans, size::BODY * frame.scale) };
        let width = (frame.area.width() * frame.scale).floor();
        let style = PageStyle { gap: 0.0, ..PageStyle::new(body, width) };
        let typesetter = &mut kit.typesetter;
        match &mut self.page {
            Some(page) if **page.text() == *shown => page.set_style(style),
            Some(page) => {
                let before = page.caret_rect(typesetter, Caret::before(self.caret.offset)).top;
                let mut now = Page::new(shown.into(), style);
                let after = now.caret_rect(typesetter, Caret::before(self.caret.offset)).top;
                self.top += after - before;
                *page = now;
            }
            None => self.page = Some(Page::new(shown.into(), style)),
        }
    }

    /// Clicks and drags.
    fn point(&mut self, ui: &Ui, kit: &mut Kit, frame: &Frame, response: &Response) {
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
        }
        let (Some(pointer), Some(page)) = (response.interact_pointer_pos(), &mut self.page)
        else {
            return;
        };
        let (x, y) = frame.on_page(pointer, self.top);
        let hit = page.hit(&mut kit.typesetter, x, y);
        let hit = Caret { offset: self.field.of_shown(hit.offset), ..hit };
        let shift = ui.input(|input| input.modifiers.shift);
        if ui.input(|input| input.pointer.primary_pressed()) {
            response.request_focus();
            self.go(hit, shift);
        } else if response.dragged_by(egui::PointerButton::Primary) {
            self.go(hit, true);
            // Beside the page it goes on, as long as the button is held there.
            let beyond = (pointer.y - frame.area.bottom()).max(0.0)
                + (pointer.y - frame.area.top()).min(0.0);
            if beyond != 0.0 {
                self.top += f64::from(beyond * 0.3 * frame.scale);
                ui.ctx().request_repaint();
            }
        }
        self.follows = false;
        if response.double_clicked() {
            let text = self.field.text.clone();
            self.field.anchor = Unit::Word.edge(&text, hit.offset, Way::Backward);
            self.go(Caret::after(Unit::Word.edge(&text, hit.offset, Way::Forward)), true);
        }
        if response.triple_clicked() {
            let text = &self.field.text;
            let at = hit.offset.to_usize();
            let before = text.get(..at).and_then(|text| text.rfind('\n'));
            let after = text.get(at..).and_then(|text| text.find('\n'));
            self.field.anchor = Offset::at(before.map_or(0, |before| before + 1));
            let end = after.map_or(text.len(), |after| at + after);
            self.go(Caret::after(Offset::at(end)), true);
        }
    }

    fn go(&mut self, to: Caret, extend: bool) {
        self.field.travel(to.offset, extend);
        self.caret = Caret { offset: self.field.caret, ..to };
        self.goal = None;
        self.follows = true;
    }

    /// Typing. Enter, S with Ctrl and Esc are the dialog's.
    fn keys(&mut self, ui: &Ui, kit: &mut Kit, id: Id, frame: &Frame) {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
            tab: false,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        for event in ui.input(|input| input.filtered_events(&filter)) {
            let field = &mut self.field;
            match event {
                Event::Copy => {
                    ui.ctx().copy_text(field.selected().to_owned());
                    continue;
                }
                Event::Cut => {
                    ui.ctx().copy_text(field.selected().to_owned());
                    field.replace(field.selection(), "");
                }
                Event::Text(text) | Event::Paste(text) => field.insert(&text, true),
                Event::Ime(ImeEvent::Preedit { text, .. }) => field.preedit = text,
                Event::Ime(ImeEvent::Commit(text)) => {
                    field.preedit.clear();
                    field.insert(&text, true);
                }
                Event::Key { key: Key::Enter, pressed: true, modifiers, .. }
                    if !modifiers.command =>
                {
                    field.insert("\n", true);
                }
                Event::Key { key, pressed: true, modifiers, .. } => {
                    if !field.edit(key, modifiers) {
                        self.travel(kit, frame, key, modifiers);
                        continue;
                    }
                }
                _ => continue,
            }
            self.caret = Caret::before(self.field.caret);
            self.goal = None;
            self.follows = true;
            self.set(kit, frame);
        }
        self.field.tell(kit);
    }

    /// Moves the caret by a key; with Shift it extends the selection.
    fn travel(&mut self, kit: &mut Kit, frame: &Frame, key: Key, modifiers: Modifiers) {
        let Some(page) = &mut self.page else { return };
        let (typesetter, caret) = (&mut kit.typesetter, self.caret);
        let goal = self.goal.unwrap_or_else(|| page.caret_rect(typesetter, caret).left);
        let is_word = modifiers.command || modifiers.alt;
        let side = if key == Key::ArrowLeft { Side::Left } else { Side::Right };
        let line = f64::from(page.style().body.line_pixels().max(1.0));
        let text = Arc::clone(page.text());
        let edge = |offset: Offset, way| Unit::Word.edge(&text, offset, way);
        let rect = page.caret_rect(typesetter, caret);
        let to = match key {
            Key::ArrowLeft | Key::ArrowRight if is_word => {
                page.leap(typesetter, caret, side, &edge)
            }
            Key::ArrowLeft => page.left(typesetter, caret),
            Key::ArrowRight => page.right(typesetter, caret),
            Key::ArrowUp => page.up(typesetter, caret, goal),
            Key::ArrowDown => page.down(typesetter, caret, goal),
            Key::PageUp => {
                page.hit(typesetter, goal, (rect.top - frame.height() + line).max(0.0))
            }
            Key::PageDown => page.hit(typesetter, goal, rect.top + frame.height() - line),
            Key::Home if is_word => page.start(),
            Key::End if is_word => page.end(),
            Key::Home => page.line_start(typesetter, caret),
            Key::End => page.line_end(typesetter, caret),
            _ => return,
        };
        self.go(to, modifiers.shift);
        let is_up_or_down =
            matches!(key, Key::ArrowUp | Key::ArrowDown | Key::PageUp | Key::PageDown);
        self.goal = is_up_or_down.then_some(goal);
    }

    /// Scrolls by the wheel and to the caret, and sets what is seen.
    fn scroll(&mut self, ui: &Ui, kit: &mut Kit, id: Id, frame: &Frame) {
        let Some(page) = &mut self.page else { return };
        let height = frame.height();
        if ui.rect_contains_pointer(frame.area) {
            let by = ui.input(|input| input.smooth_scroll_delta().y);
            self.top -= f64::from(by * frame.scale);
        }
        if std::mem::take(&mut self.follows) {
            let caret = page.caret_rect(&mut kit.typesetter, self.caret);
            self.top = self.top.clamp((caret.bottom - height).min(caret.top), caret.top);
        }
        let last = |page: &Page| (page.height() - height).max(0.0);
        self.top = self.top.clamp(0.0, last(page));
        self.top += page.prepare(&mut kit.typesetter, self.top, self.top + height);
        let extent = Extent { content: page.height(), viewport: height };
        scroll_bar(ui, kit, id.with("bar"), frame.bar, extent, &mut self.top);
        self.top = self.top.clamp(0.0, last(page)).round();
        page.prepare(&mut kit.typesetter, self.top, self.top + height);
    }

    fn draw(&mut self, ui: &Ui, kit: &mut Kit, frame: &Frame, has_focus: bool) {
        let Some(page) = &mut self.page else { return };
        let theme = kit.theme;
        let painter =
            ui.painter().with_clip_rect(frame.area.expand(3.0).intersect(ui.clip_rect()));
        let span = (self.top, self.top + frame.height());
        let selection = has_focus.then(|| self.field.selection());
        let scene = article_scene(&mut kit.typesetter, page, span, &[], selection, &theme);
        paint(&mut kit.atlas, &painter, frame.area.min, &scene);
        if !has_focus {
            return;
        }
        let composed = self.field.preedit.len();
        let at = Offset::at(self.caret.offset.to_usize() + composed);
        let caret = page.caret_rect(&mut kit.typesetter, Caret { offset: at, ..self.caret });
        let x = frame.area.left() + caret.left / frame.scale;
        let y = |y: f64| frame.area.top() + near(y - self.top) / frame.scale;
        let line = Rect::from_min_max(pos2(x, y(caret.top)), pos2(x + 1.5, y(caret.bottom)));
        painter.rect_filled(line, 0.0, color(theme.text));
        ui.output_mut(|output| {
            output.ime = Some(egui::output::IMEOutput {
                purpose: egui::IMEPurpose::Normal,
                rect: frame.area,
                cursor_rect: line,
                should_interrupt_composition: false,
            });
        });
    }
}

/// Draws a page to write in, of all available width and that height. `name` is for the
/// accessibility tree.
pub(in crate::app) fn text_editor(
    ui: &mut Ui,
    kit: &mut Kit,
    id: Id,
    editor: &mut Editor,
    (name, height): (&str, f32),
) -> Response {
    kit.fields.push(id);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let has_focus = response.has_focus();
    ui.painter().rect_filled(rect, size::RADIUS, color(kit.theme.page));
    let edge = match has_focus {
        true => Stroke::new(2.0, color(kit.theme.accent)),
        false => Stroke::new(1.0, color(kit.theme.edge)),
    };
    ui.painter().rect_stroke(rect, size::RADIUS, edge, StrokeKind::Inside);
    let inner = rect.shrink2(vec2(3.0, 6.0));
    let (area, bar) = if kit.rtl() {
        let (bar, area) = inner.split_left_right_at_x(inner.left() + WIDTH);
        (area, bar)
    } else {
        inner.split_left_right_at_x(inner.right() - WIDTH)
    };
    let area = area.shrink2(vec2(size::PAD, 0.0));
    let frame = Frame { area, bar, scale: ui.ctx().pixels_per_point() };
    editor.set(kit, &frame);
    editor.point(ui, kit, &frame, &response);
    if has_focus {
        editor.keys(ui, kit, id, &frame);
    } else {
        editor.field.preedit.clear();
    }
    editor.set(kit, &frame);
    editor.scroll(ui, kit, id, &frame);
    editor.draw(ui, kit, &frame, has_focus);
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, "", editor.text(), "");
        info.label = Some(name.to_owned());
        info
    });
    response
}
