//! A field to write in: one line, or as many as the text takes.

mod editor;

pub(in crate::app) use editor::{Editor, text_editor};

use std::rc::Rc;

use egui::{
    CornerRadius, Event, EventFilter, Id, ImeEvent, Key, Modifiers, Rect, Response, Sense,
    Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::kit::{Kit, TextKind, color};
use crate::lang::Message;
use crate::text::{Offset, TextRange, is_boundary, next_boundary, previous_boundary};
use crate::theme::size;
use crate::typeset::{Affinity, Align, Base, Caret, Fit, ShapedText};

/// How much is written into a field at most, in bytes: some eight thousand Arabic letters, which
/// can be set anew with every key.
const MOST: usize = 16_384;

/// The same for a page of text, of which only what is seen is set.
const MOST_OF_PAGE: usize = 1 << 20;

/// How much is kept to take back what was written, in bytes.
const KEPT: usize = 16 << 20;

/// What is written in a field, and where the caret is.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct Field {
    text: String,
    /// What it was when the focus came, for Esc.
    before: String,
    caret: Offset,
    anchor: Offset,
    /// What an input method is composing, shown at the caret.
    preedit: String,
    undo: Vec<(String, Offset)>,
    redo: Vec<(String, Offset)>,
    had_focus: bool,
    /// Whether something was left out that it has no room for, and that was not told yet.
    was_cut: bool,
    /// Whether it is a path, which runs from the left whatever its letters.
    is_path: bool,
    /// Whether it can be read and copied, but not written in.
    is_locked: bool,
    /// Whether Enter makes a new line: what stands on each is a thing by itself.
    has_lines: bool,
    /// Whether it is a page of text.
    is_page: bool,
}

/// What happened to a field in this frame.
#[derive(Clone, Debug)]
pub(in crate::app) struct FieldOutcome {
    /// Its response.
    pub(in crate::app) response: Response,
    /// Whether its text changed.
    pub(in crate::app) changed: bool,
    /// Whether Enter was pressed or the focus left with another text than it came with.
    pub(in crate::app) committed: bool,
    /// Whether Enter was pressed.
    pub(in crate::app) entered: bool,
}

impl Field {
    /// A field with that text.
    pub(in crate::app) fn new(text: &str) -> Self {
        let end = Offset::end_of(text);
        Self {
            text: text.to_owned(),
            before: text.to_owned(),
            caret: end,
            anchor: end,
            ..Self::default()
        }
    }

    /// An empty field for a path.
    pub(in crate::app) fn path() -> Self {
        Self { is_path: true, ..Self::default() }
    }

    /// A field with that text, in which Enter makes a new line.
    pub(in crate::app) fn lines(text: &str) -> Self {
        Self { has_lines: true, ..Self::new(text) }
    }

    pub(in crate::app) fn text(&self) -> &str {
        &self.text
    }

    /// Lets it be read and copied only, or written in too.
    pub(in crate::app) fn lock(&mut self, is_locked: bool) {
        self.is_locked = is_locked;
    }

    /// Whether it is being written in.
    pub(in crate::app) fn is_open(&self) -> bool {
        self.had_focus
    }

    /// Takes another text, unless it is being written in.
    pub(in crate::app) fn follow(&mut self, text: &str) {
        if !self.had_focus && self.text != text {
            *self =
                Self { is_path: self.is_path, is_locked: self.is_locked, ..Self::new(text) };
        }
    }

    /// The place in the text of a place in what is shown, with what is being composed.
    fn of_shown(&self, shown: Offset) -> Offset {
        let composed = self.caret.to_usize() + self.preedit.len();
        let at = match shown.to_usize() {
            at if at > composed => at - self.preedit.len(),
            at => at.min(self.caret.to_usize()),
        };
        Offset::at(if self.preedit.is_empty() { shown.to_usize() } else { at })
            .min(Offset::end_of(&self.text))
    }

    fn selection(&self) -> TextRange {
        TextRange::between(self.caret, self.anchor)
    }

    fn selected(&self) -> &str {
        self.text.get(self.selection().to_range()).unwrap_or_default()
    }

    fn remember(&mut self) {
        if self.undo.len() * self.text.len() > KEPT {
            self.undo.remove(0);
        }
        self.undo.push((self.text.clone(), self.caret));
        self.redo.clear();
    }

    fn most(&self) -> usize {
        if self.is_page { MOST_OF_PAGE } else { MOST }
    }

    /// Complains where something was left out.
    fn tell(&mut self, kit: &mut Kit) {
        let most = self.most() / 1024;
        if std::mem::take(&mut self.was_cut) {
            kit.complaints.push(Message::new(
                format!("لا يتسع الحقل لأكثر من \u{2066}{most} KB\u{2069}: حُذف ما زاد"),
                format!("a field holds {most} KB at most: the rest was left out"),
            ));
        }
    }

    fn replace(&mut self, range: TextRange, with: &str) {
        self.remember();
        self.text.replace_range(range.to_range(), with);
        let at = Offset::at(range.start().to_usize() + with.len());
        // Joining two texts can make one letter of two: go on to a letter's edge.
        let at = if is_boundary(&self.text, at) { at } else { next_boundary(&self.text, at) };
        self.caret = at;
        self.anchor = at;
    }

    /// Writes a text in place of what is selected, as much of it as the field has room for.
    ///
    /// A line's end of any system is one: a space where there is one line only, as a tab is
    /// everywhere. Other control characters are dropped.
    fn insert(&mut self, text: &str, many_lines: bool) {
        let ends = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
        let mut clean: String = text
            .replace("\r\n", "\n")
            .chars()
            .map(|c| if ends.contains(&c) { '\n' } else { c })
            .map(|c| if c == '\t' || (!many_lines && c == '\n') { ' ' } else { c })
            .filter(|c| !c.is_control() || *c == '\n')
            .collect();
        let room = self.most().saturating_sub(self.text.len() - self.selected().len());
        if clean.len() > room {
            self.was_cut = true;
            let mut end = room;
            while !is_boundary(&clean, Offset::at(end)) {
                end -= 1;
            }
            clean.truncate(end);
        }
        self.replace(self.selection(), &clean);
    }

    /// Moves the caret. A place that was found in what was shown may be one in another text,
    /// where several keys come in one frame: it is moved to a letter's edge of this one.
    fn travel(&mut self, to: Offset, extend: bool) {
        let to = to.min(Offset::end_of(&self.text));
        self.caret =
            if is_boundary(&self.text, to) { to } else { next_boundary(&self.text, to) };
        if !extend {
            self.anchor = self.caret;
        }
    }

    fn step_back(&mut self, from_redo: bool) {
        let (from, to) = if from_redo {
            (&mut self.redo, &mut self.undo)
        } else {
            (&mut self.undo, &mut self.redo)
        };
        if let Some((text, caret)) = from.pop() {
            to.push((std::mem::replace(&mut self.text, text), self.caret));
            self.caret = caret.min(Offset::end_of(&self.text));
            self.anchor = self.caret;
        }
    }

    /// What a key does that moves nothing along the lines. Whether it is such a key.
    fn edit(&mut self, key: Key, modifiers: Modifiers) -> bool {
        let word = modifiers.command || modifiers.alt;
        match key {
            Key::A if modifiers.command => {
                self.anchor = Offset::ZERO;
                self.caret = Offset::end_of(&self.text);
            }
            Key::Z if modifiers.command => self.step_back(modifiers.shift),
            Key::Y if modifiers.command => self.step_back(true),
            Key::Backspace | Key::Delete => {
                let mut range = self.selection();
                if range.is_empty() {
                    let to = match (key == Key::Backspace, word) {
                        (true, true) => self.word_before(),
                        (true, false) => previous_boundary(&self.text, self.caret),
                        (false, true) => self.word_after(),
                        (false, false) => next_boundary(&self.text, self.caret),
                    };
                    range = TextRange::between(self.caret, to);
                }
                self.replace(range, "");
            }
            _ => return false,
        }
        true
    }

    fn word_before(&self) -> Offset {
        let before = self.text.get(..self.caret.to_usize()).unwrap_or_default();
        let trimmed = before.trim_end();
        Offset::at(
            trimmed
                .rfind(char::is_whitespace)
                .map_or(0, |at| at + trimmed[at..].chars().next().map_or(1, char::len_utf8)),
        )
    }

    fn word_after(&self) -> Offset {
        let start = self.caret.to_usize();
        let rest = self.text.get(start..).unwrap_or_default();
        let word = rest.len() - rest.trim_start().len();
        let after = rest.get(word..).unwrap_or_default();
        Offset::at(start + word + after.find(char::is_whitespace).unwrap_or(after.len()))
    }
}

/// Draws a field of all available width. `name` is for the accessibility tree, `hint` stands
/// in an empty field; `many_lines` lets Shift+Enter make a new line.
pub(in crate::app) fn text_field(
    ui: &mut Ui,
    kit: &mut Kit,
    id: Id,
    field: &mut Field,
    (name, hint): (&str, &str),
    many_lines: bool,
) -> FieldOutcome {
    kit.fields.push(id);
    let scale = ui.ctx().pixels_per_point();
    let width = ui.available_width().max(40.0);
    let inner_width = width - 2.0 * size::PAD;
    let set = shape(ui, kit, field, inner_width, many_lines);
    let text_height = Kit::size(ui, &set).y;
    let height = if many_lines { (text_height + 12.0).max(60.0) } else { size::CONTROL };
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let top = if many_lines { rect.top() + 6.0 } else { rect.center().y - text_height / 2.0 };
    let place = Place { scale, width: inner_width, many_lines };
    let offset_x = place.scroll(&set, field.caret, &kit.theme);
    let origin = pos2(rect.left() + size::PAD - offset_x, top);

    let mut outcome =
        FieldOutcome { response, changed: false, committed: false, entered: false };
    point(ui, &mut outcome.response, field, &set, origin, scale);
    let focused = outcome.response.has_focus();
    if focused {
        if !field.had_focus {
            field.before.clone_from(&field.text);
            if !outcome.response.is_pointer_button_down_on() {
                field.anchor = Offset::ZERO;
                field.caret = Offset::end_of(&field.text);
            }
        }
        let before = field.text.clone();
        outcome.entered = keys(ui, kit, id, field, &place);
        outcome.changed = before != field.text;
        field.tell(kit);
        outcome.committed = outcome.entered;
    } else if field.had_focus {
        field.preedit.clear();
        outcome.committed = field.text != field.before;
    }
    field.had_focus = outcome.response.has_focus();

    // What was typed in this frame is seen in this frame.
    let set = shape(ui, kit, field, inner_width, many_lines);
    let offset_x = place.scroll(&set, field.caret, &kit.theme);
    let origin = pos2(rect.left() + size::PAD - offset_x, top);
    draw(ui, kit, field, &set, (rect, origin), (focused, hint));
    let text = field.text.clone();
    if field.is_locked {
        ui.ctx().accesskit_node_builder(id, egui::accesskit::Node::set_read_only);
    }
    outcome.response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, "", text.clone(), hint);
        info.label = Some(name.to_owned());
        info
    });
    outcome
}

/// How a field's text lies in its box.
struct Place {
    scale: f32,
    width: f32,
    many_lines: bool,
}

impl Place {
    /// How far a line that is too long is moved so that the caret is seen, in points.
    fn scroll(&self, set: &ShapedText, caret: Offset, _theme: &crate::theme::Theme) -> f32 {
        let width = set.width() / self.scale;
        if self.many_lines || width <= self.width {
            return 0.0;
        }
        // A line that is too long starts at its own left edge, whatever its direction.
        let x = set.caret_rect(Caret::before(caret)).left / self.scale;
        (x - self.width / 2.0).clamp(0.0, width - self.width + 2.0)
    }
}

/// The text with what is being composed, set.
fn shape(
    ui: &Ui,
    kit: &mut Kit,
    field: &Field,
    width: f32,
    many_lines: bool,
) -> Rc<ShapedText> {
    let mut shown = field.text.clone();
    if !field.preedit.is_empty() {
        shown.insert_str(field.caret.to_usize(), &field.preedit);
    }
    if field.has_lines {
        // The fonts have no arrows: a sign of as many bytes stands for them while it is shown.
        shown = shown.replace(['→', '←'], "›");
    }
    let pixels = (width * ui.ctx().pixels_per_point()).floor();
    // Without letters, as in `>200` or a date, it reads as it is written.
    let is_neutral = field.is_path || !shown.chars().any(char::is_alphabetic);
    let from_left = if shown.is_empty() { !kit.rtl() } else { is_neutral };
    let base = if from_left { Base::LeftToRight } else { Base::Auto };
    if many_lines {
        return kit.set_based(ui, &shown, TextKind::Body, base, Fit::wrapped(pixels));
    }
    let free = kit.set_based(ui, &shown, TextKind::Body, base, Fit::FREE);
    if free.width() > pixels {
        return free;
    }
    let align = if free.direction().is_rtl() == kit.rtl() || shown.is_empty() {
        Align::Start
    } else {
        Align::End
    };
    kit.set_based(ui, &shown, TextKind::Body, base, Fit::cut(pixels).aligned(align))
}

/// Clicks, drags and double clicks.
fn point(
    ui: &Ui,
    response: &mut Response,
    field: &mut Field,
    set: &ShapedText,
    origin: egui::Pos2,
    scale: f32,
) {
    if response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
    }
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let at = (pointer - origin) * scale;
    let offset = field.of_shown(set.hit(at.x, at.y).offset);
    let pressed = ui.input(|input| input.pointer.primary_pressed());
    let shift = ui.input(|input| input.modifiers.shift);
    if pressed {
        response.request_focus();
        field.travel(offset, shift);
    } else if response.dragged_by(egui::PointerButton::Primary) {
        field.travel(offset, true);
    }
    if response.double_clicked() {
        field.caret = offset;
        let start = field.word_before();
        field.anchor = start;
        field.caret = field.word_after();
    }
    if response.triple_clicked() {
        field.anchor = Offset::ZERO;
        field.caret = Offset::end_of(&field.text);
    }
}

/// Typing. True if Enter was pressed.
fn keys(ui: &Ui, kit: &mut Kit, id: Id, field: &mut Field, place: &Place) -> bool {
    let many_lines = place.many_lines;
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: many_lines,
        escape: true,
        tab: false,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let events = ui.input(|input| input.filtered_events(&filter));
    let mut entered = false;
    for event in events {
        match event {
            Event::Copy => ui.ctx().copy_text(field.selected().to_owned()),
            Event::Key { key, pressed: true, modifiers, .. } => {
                if field.is_locked && writes(key, modifiers) {
                    continue;
                }
                // Letters may have come before it in this frame: it finds its way in those.
                let set = shape(ui, kit, field, place.width, many_lines);
                entered |= key_pressed(ui, id, field, &set, (key, modifiers), many_lines);
            }
            _ if field.is_locked => {}
            Event::Text(text) | Event::Paste(text) => field.insert(&text, many_lines),
            Event::Cut => {
                ui.ctx().copy_text(field.selected().to_owned());
                field.replace(field.selection(), "");
            }
            Event::Ime(ImeEvent::Preedit { text, .. }) => field.preedit = text,
            Event::Ime(ImeEvent::Commit(text)) => {
                field.preedit.clear();
                field.insert(&text, many_lines);
            }
            _ => {}
        }
    }
    entered
}

/// Whether a key changes what stands in a field.
fn writes(key: Key, modifiers: Modifiers) -> bool {
    match key {
        Key::Backspace | Key::Delete => true,
        Key::Enter => modifiers.shift,
        Key::Z | Key::Y => modifiers.command,
        _ => false,
    }
}

fn key_pressed(
    ui: &Ui,
    id: Id,
    field: &mut Field,
    set: &ShapedText,
    (key, modifiers): (Key, Modifiers),
    many_lines: bool,
) -> bool {
    let word = modifiers.command || modifiers.alt;
    let shift = modifiers.shift;
    match key {
        Key::Enter if many_lines && (shift || field.has_lines) => field.insert("\n", true),
        Key::Enter => {
            ui.memory_mut(|memory| memory.surrender_focus(id));
            return true;
        }
        Key::Escape => {
            field.text.clone_from(&field.before);
            field.travel(Offset::end_of(&field.text), false);
            ui.memory_mut(|memory| memory.surrender_focus(id));
        }
        _ if field.edit(key, modifiers) => {}
        Key::ArrowLeft | Key::ArrowRight => {
            let left = key == Key::ArrowLeft;
            let to = if word {
                if left == set.direction().is_rtl() {
                    field.word_after()
                } else {
                    field.word_before()
                }
            } else {
                beside(set, &field.text, field.caret, left)
            };
            field.travel(to, shift);
        }
        Key::ArrowUp | Key::ArrowDown if many_lines => {
            let at = set.caret_rect(Caret::before(field.caret));
            let y = if key == Key::ArrowUp { at.top - 2.0 } else { at.bottom + 2.0 };
            field.travel(set.hit(at.left, y).offset, shift);
        }
        Key::Home => field.travel(Offset::ZERO, shift),
        Key::End => field.travel(Offset::end_of(&field.text), shift),
        _ => {}
    }
    false
}

/// The letter's edge next to the caret on its left or right, as the line stands.
fn beside(set: &ShapedText, text: &str, caret: Offset, left: bool) -> Offset {
    let here = set.caret_rect(Caret::before(caret));
    let mut at = Offset::ZERO;
    let mut best: Option<(f32, Offset)> = None;
    loop {
        let rect = set.caret_rect(Caret { offset: at, affinity: Affinity::Downstream });
        let distance = if left { here.left - rect.left } else { rect.left - here.left };
        let same_line = (rect.top - here.top).abs() < 1.0;
        if same_line && distance > 0.1 && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, at));
        }
        if at >= Offset::end_of(text) {
            break;
        }
        at = next_boundary(text, at);
    }
    let along = || {
        if left == set.direction().is_rtl() {
            next_boundary(text, caret)
        } else {
            previous_boundary(text, caret)
        }
    };
    best.map_or_else(along, |(_, offset)| offset)
}

fn draw(
    ui: &Ui,
    kit: &mut Kit,
    field: &Field,
    set: &ShapedText,
    (rect, origin): (Rect, egui::Pos2),
    (focused, hint): (bool, &str),
) {
    let theme = kit.theme;
    let scale = ui.ctx().pixels_per_point();
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    // What cannot be written in lies on the panel's own ground, within a faint line.
    let ground = if field.is_locked { theme.panel } else { theme.page };
    painter.rect_filled(rect, size::RADIUS, color(ground));
    let edge = if focused {
        Stroke::new(2.0, color(theme.accent))
    } else if field.is_locked {
        Stroke::new(1.0, color(theme.line))
    } else {
        Stroke::new(1.0, color(theme.edge))
    };
    painter.rect_stroke(rect, CornerRadius::same(5), edge, StrokeKind::Inside);
    let inside = painter.with_clip_rect(rect.shrink(3.0).intersect(ui.clip_rect()));
    let placed = |part: crate::typeset::Rect| {
        Rect::from_min_max(
            origin + vec2(part.left, part.top) / scale,
            origin + vec2(part.right, part.bottom) / scale,
        )
    };
    if focused {
        for part in set.rects(field.selection()) {
            inside.rect_filled(placed(part), 0.0, color(theme.selection));
        }
    }
    if field.text.is_empty() && field.preedit.is_empty() {
        // Nothing invites to write where nothing can be written.
        let hint = if field.is_locked { "" } else { hint };
        let area = rect.shrink2(vec2(size::PAD, 0.0));
        let line = Rect::from_min_size(
            pos2(area.left(), origin.y),
            vec2(area.width(), set.height() / scale),
        );
        kit.paint_in(ui, line, (hint, TextKind::Body), theme.weak, Align::Start);
    } else {
        kit.paint(&inside, origin, set, theme.text);
    }
    if focused {
        let at = Offset::at(field.caret.to_usize() + field.preedit.len());
        let caret = placed(set.caret_rect(Caret::before(at)));
        let line = Rect::from_min_max(caret.min, pos2(caret.min.x + 1.5, caret.max.y));
        // Before the hint, not over its first letter.
        let is_hinted = field.text.is_empty() && field.preedit.is_empty();
        let before = if kit.rtl() { 2.5 } else { -2.5 };
        let line = if is_hinted { line.translate(vec2(before, 0.0)) } else { line };
        inside.rect_filled(line, 0.0, color(theme.text));
        if field.is_locked {
            return;
        }
        ui.output_mut(|output| {
            output.ime = Some(egui::output::IMEOutput {
                purpose: egui::IMEPurpose::Normal,
                rect,
                cursor_rect: line,
                should_interrupt_composition: false,
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_edits_and_takes_back() {
        let mut field = Field::new("فاس");
        field.insert(" وطنجة\n", false);
        assert_eq!(field.text(), "فاس وطنجة ");
        field.step_back(false);
        assert_eq!(field.text(), "فاس");
        field.step_back(true);
        assert_eq!(field.text(), "فاس وطنجة ");
    }

    #[test]
    fn a_place_in_what_is_composed_is_where_the_composing_began() {
        let mut field = Field::new("فاس");
        field.travel(Offset::at(2), false);
        field.preedit = "abc".to_owned();
        let found = [0, 2, 3, 5, 7, 9].map(|at| field.of_shown(Offset::at(at)).to_usize());
        assert_eq!(found, [0, 2, 2, 2, 4, 6]);
        field.preedit.clear();
        assert_eq!(field.of_shown(Offset::at(4)), Offset::at(4));
    }

    #[test]
    fn words_are_bounded_by_spaces() {
        let mut field = Field::new("زار فاس أمس");
        assert_eq!(field.word_before(), Offset::at("زار فاس ".len()));
        field.travel(Offset::ZERO, false);
        assert_eq!(field.word_after(), Offset::at("زار".len()));
    }

    #[test]
    fn a_field_follows_only_while_nobody_writes_in_it() {
        let mut field = Field::new("12");
        field.had_focus = true;
        field.follow("13");
        assert_eq!(field.text(), "12");
        field.had_focus = false;
        field.follow("13");
        assert_eq!(field.text(), "13");
    }

    #[test]
    fn the_caret_stays_between_letters_wherever_it_is_sent() {
        let mut field = Field::new("فاس");
        for (to, expected) in [(1, 4), (2, 2), (5, 6), (9, 6)] {
            field.travel(Offset::at(to), false);
            assert_eq!(field.caret.to_usize(), expected, "{to}");
            field.insert("", true);
        }
    }
}
