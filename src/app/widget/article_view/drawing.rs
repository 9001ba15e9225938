//! What the article looks like: its marks, its caret, the handles of the chosen mark.

use egui::{
    Color32, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::pointing::Press;
use super::{ArticleView, Frame, Handle, Outlined, PAD, SpanMark};
use crate::app::widget::kit::{Kit, color};
use crate::edit::Edge;
use crate::lang::both;
use crate::text::TextRange;
use crate::theme::Rgba;
use crate::typeset::{Caret, Direction, Mark, add_hits, article_scene, paint};

/// How wide and high a handle is for the pointer, in points.
const GRIP: f32 = 14.0;

/// The radius of a handle's knob, in points.
const KNOB: f32 = 4.0;

impl ArticleView {
    pub(super) fn draw(
        &mut self,
        ui: &Ui,
        kit: &mut Kit,
        frame: &Frame,
        (marks, outlined): (&[SpanMark<'_>], &[Outlined<'_>]),
        has_focus: bool,
    ) {
        let theme = kit.theme;
        let painter = ui.painter().with_clip_rect(frame.area.intersect(ui.clip_rect()));
        let sheet = frame.column.expand2(vec2(PAD, 0.0));
        painter.rect_filled(sheet, 0.0, color(theme.page));
        let selection = self.selection();
        let stretched = self.press.as_ref().and_then(Press::stretched);
        let seen = self.seen(frame);
        let Some(page) = &mut self.page else { return };
        let span = (self.top, self.top + frame.height());
        // An edge that is being dragged shows where it would be.
        let painted: Vec<Mark<'_>> = marks
            .iter()
            .map(|mark| match stretched {
                Some((at, range)) if at == mark.at => Mark { range, ..mark.mark },
                _ => mark.mark,
            })
            .chain(outlined.iter().map(|outlined| outlined.mark))
            .collect();
        let mut scene =
            article_scene(&mut kit.typesetter, page, span, &painted, Some(selection), &theme);
        add_hits(&mut scene, page, span, (&self.hits, Some(selection)), &theme);
        paint(&mut kit.atlas, &painter, frame.column.min, &scene);
        // Elsewhere its place would first have to be set.
        let is_seen = seen.is_some_and(|seen| {
            seen.contains(self.caret.offset) || seen.end() == self.caret.offset
        });
        if has_focus && is_seen {
            let rect = page.caret_rect(&mut kit.typesetter, self.caret);
            let turn = page.turn_at(&mut kit.typesetter, self.caret);
            let rect = frame.in_window(rect, self.top);
            self.caret_place = Some(frame.area.clamp(rect.left_bottom()));
            draw_caret(&painter, rect, turn, color(theme.text));
        }
        let chosen = painted.iter().zip(marks).find(|(mark, _)| mark.chosen);
        self.handles.clear();
        if let (Some((mark, SpanMark { at, .. })), Some(seen)) = (chosen, seen) {
            self.handles(ui, (kit, &painter), frame, (*at, mark), seen);
        }
    }

    /// Draws the handles of the chosen mark, and remembers where they are.
    fn handles(
        &mut self,
        ui: &Ui,
        (kit, painter): (&mut Kit, &Painter),
        frame: &Frame,
        (at, mark): (usize, &Mark<'_>),
        seen: TextRange,
    ) {
        let Some(page) = &mut self.page else { return };
        let (ink, page_color) = (mark.shades.ink, kit.theme.page);
        let edges = [
            (Edge::Start, Caret::before(mark.range.start())),
            (Edge::End, Caret::after(mark.range.end())),
        ];
        for (edge, caret) in edges {
            if !seen.contains(caret.offset) && seen.end() != caret.offset {
                continue;
            }
            let rect = page.caret_rect(&mut kit.typesetter, caret);
            let size = page.style().body.size / frame.scale;
            let rect = frame.in_window(rect, self.top);
            let (name, side) = match edge {
                Edge::Start => (both("بداية الموضع", "Start of the span"), "start"),
                Edge::End => (both("نهاية الموضع", "End of the span"), "end"),
            };
            let knob = draw_handle(painter, rect, size, (ink, page_color));
            // The knob and no more: a selection may begin at the letter beside the bar.
            let rect = Rect::from_center_size(knob, vec2(GRIP, GRIP)).intersect(frame.area);
            let response = ui.interact(rect, Self::id().with(("edge", side)), Sense::hover());
            let name = kit.t(name);
            response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, name));
            self.handles.push(Handle { at, range: mark.range, edge, rect });
        }
    }
}

/// Draws the caret. It does not blink: what moves draws the eye away from the text. Where the
/// direction changes, a flag points to where the letter is that it belongs to.
fn draw_caret(painter: &Painter, rect: Rect, turn: Option<Direction>, ink: Color32) {
    let inset = rect.height() * 0.16;
    let line = Rect::from_min_max(
        pos2(rect.left() - 0.75, rect.top() + inset),
        pos2(rect.left() + 0.75, rect.bottom() - inset),
    );
    painter.rect_filled(line, 0.0, ink);
    if let Some(turn) = turn {
        let along = if turn.is_rtl() { -1.0 } else { 1.0 };
        let pole = line.center_top() + vec2(0.75 * along, 0.0);
        let flag = vec![pole, pole + vec2(5.5 * along, 3.0), pole + vec2(0.0, 6.0)];
        painter.add(Shape::convex_polygon(flag, ink, Stroke::NONE));
    }
}

/// Draws a handle: a bar along the mark's edge with a knob above it; where the knob is.
fn draw_handle(painter: &Painter, line: Rect, size: f32, (ink, page): (Rgba, Rgba)) -> Pos2 {
    let middle = line.center();
    let top = (middle.y - size * 0.86).max(line.top() + KNOB);
    let bar = Rect::from_min_max(
        pos2(middle.x - 1.0, top),
        pos2(middle.x + 1.0, (middle.y + size * 0.78).min(line.bottom())),
    );
    painter.rect_filled(bar, 0.0, color(ink));
    let knob = pos2(middle.x, top);
    painter.circle(knob, KNOB, color(ink), Stroke::new(1.0, color(page)));
    knob
}
