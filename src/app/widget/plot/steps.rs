//! What grows by steps over time: how much there was at the end of each day.

use egui::{Align2, Id, Mesh, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::scale::Scale;
use super::{Field, axes, current, keep, paint_at, ring, width};
use crate::app::widget::kit::{Kit, TextKind, color};
use crate::theme::Rgba;

/// The most moments that are drawn: more would be less than half a point apart.
const MOST_DRAWN: usize = 2_000;

/// What a curve shows.
pub(in crate::app) struct Curve<'a> {
    /// What it is about.
    pub(in crate::app) name: &'a str,
    /// Its color.
    pub(in crate::app) ink: Rgba,
    /// Each moment's time, on which the distance to others depends, and its height; in the order
    /// of time.
    pub(in crate::app) points: &'a [(i64, usize)],
    /// What a moment is called below the plot.
    pub(in crate::app) label: &'a dyn Fn(usize) -> String,
    /// What a moment says in words.
    pub(in crate::app) about: &'a dyn Fn(usize) -> String,
}

/// Draws a curve with axes; which moment was clicked. Keys and the pointer go from moment to
/// moment, and what it says stands above.
pub(in crate::app) fn step_chart(
    ui: &mut Ui,
    kit: &mut Kit,
    (id, height): (Id, f32),
    curve: &Curve<'_>,
) -> Option<usize> {
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let most = curve.points.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let scale = Scale::new(most, 4);
    let field = axes(ui, kit, area, (&scale, 32.0));
    let count = curve.points.len();
    // One widget of which each moment is a state: its id is that of the moment with the focus.
    let mut at = current(ui, kit, id, count);
    let response = ui.interact(field.rect.expand2(vec2(4.0, 4.0)), id.with(at), Sense::click());
    let pointed = response.hover_pos().and_then(|pos| curve.nearest(field, pos.x));
    let mut clicked = None;
    if let Some(pointed) = pointed.filter(|_| response.clicked()) {
        keep(ui, id, pointed);
        ui.memory_mut(|memory| memory.request_focus(id.with(pointed)));
        at = pointed;
    }
    if response.clicked() {
        clicked = Some(at);
    }
    curve.draw(ui, kit, field, scale);
    curve.labels(ui, kit, field);
    let shown = pointed.or(response.has_focus().then_some(at));
    let told = shown.or(count.checked_sub(1)).map(curve.about).unwrap_or_default();
    if let Some((moment, (_, height))) = shown.and_then(|at| Some((at, curve.points.get(at)?)))
    {
        let x = field.x(curve.share(moment)).round();
        let ends = [pos2(x, field.rect.top()), pos2(x, field.rect.bottom())];
        ui.painter().line_segment(ends, Stroke::new(1.0, color(kit.theme.weak)));
        let dot = pos2(x, field.y(scale.share(*height)));
        ui.painter().circle_filled(dot, 5.0, color(kit.theme.panel));
        ui.painter().circle_filled(dot, 3.5, color(curve.ink));
    }
    let head = Rect::from_min_size(area.min, vec2(area.width(), 22.0));
    let row = Field { rect: head, rtl: field.rtl };
    let title = width(ui, kit, curve.name, TextKind::Strong) + 16.0;
    let (name, rest) = row.split(title);
    let (text, weak) = (kit.theme.text, kit.theme.weak);
    let start = crate::typeset::Align::Start;
    kit.paint_in(ui, name.rect, (curve.name, TextKind::Strong), text, start);
    kit.paint_in(ui, rest.rect, (&told, TextKind::Small), weak, start);
    ring(ui, kit, &response, field.rect.expand(4.0));
    let told = format!("{}: {told}", curve.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, &told));
    clicked
}

impl Curve<'_> {
    /// How far along the time a moment is; a single one stands in the middle.
    fn share(&self, at: usize) -> f32 {
        let time = |point: Option<&(i64, usize)>| point.map_or(0, |(time, _)| *time);
        let (first, last) = (time(self.points.first()), time(self.points.last()));
        if first == last {
            return 0.5;
        }
        // A little room at both ends, so that the first step is seen as one.
        0.02 + 0.96 * ratio(time(self.points.get(at)) - first, last - first)
    }

    /// The moment nearest to an x.
    fn nearest(&self, field: Field, x: f32) -> Option<usize> {
        let share = field.share(x);
        let (mut low, mut high) = (0, self.points.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.share(middle) < share { low = middle + 1 } else { high = middle }
        }
        let near = [low.checked_sub(1), (low < self.points.len()).then_some(low)];
        let by = |at: &usize| (self.share(*at) - share).abs();
        near.into_iter().flatten().min_by(|a, b| by(a).total_cmp(&by(b)))
    }

    fn draw(&self, ui: &Ui, kit: &Kit, field: Field, scale: Scale) {
        let every = self.points.len().div_ceil(MOST_DRAWN).max(1);
        let last = self.points.len().saturating_sub(1);
        let mut line: Vec<Pos2> = Vec::new();
        let mut below = Mesh::default();
        let tint = color(self.ink).gamma_multiply(0.18);
        let drawn = self.points.iter().enumerate();
        for (at, (_, count)) in drawn.filter(|(at, _)| at % every == 0 || *at == last) {
            let here = pos2(field.x(self.share(at)), field.y(scale.share(*count)));
            if let Some(before) = line.last().copied() {
                below.add_colored_rect(
                    Rect::from_two_pos(before, pos2(here.x, field.rect.bottom())),
                    tint,
                );
                line.push(pos2(here.x, before.y));
            }
            line.push(here);
        }
        let painter = ui.painter();
        painter.add(below);
        for point in line.iter().filter(|_| self.points.len() <= 40) {
            let is_moment = line.len() == 1 || self.is_moment(*point, field);
            if is_moment {
                painter.circle_filled(*point, 2.5, color(self.ink));
            }
        }
        painter.line(line, Stroke::new(2.0, color(self.ink)));
        let foot = [field.rect.left_bottom(), field.rect.right_bottom()];
        painter.line_segment(foot, Stroke::new(1.0, color(kit.theme.edge)));
    }

    fn is_moment(&self, point: Pos2, field: Field) -> bool {
        let at = self.nearest(field, point.x);
        at.is_some_and(|at| (field.x(self.share(at)) - point.x).abs() < 0.5)
    }

    /// The names of the first and the last moment, and of some between them.
    fn labels(&self, ui: &Ui, kit: &mut Kit, field: Field) {
        let Some(last) = self.points.len().checked_sub(1) else { return };
        let mut taken: Vec<(f32, f32)> = Vec::new();
        let middle = self.nearest(field, field.rect.center().x).unwrap_or(last);
        for at in [0, last, middle] {
            let name = (self.label)(at);
            let half = width(ui, kit, &name, TextKind::Small) / 2.0;
            let (least, most) = (field.rect.left() + half, field.rect.right() - half);
            let x = field.x(self.share(at)).clamp(least.min(most), most.max(least));
            if taken.iter().any(|(from, to)| x - half < to + 12.0 && x + half > from - 12.0) {
                continue;
            }
            taken.push((x - half, x + half));
            let below = (pos2(x, field.rect.bottom() + 3.0), Align2::CENTER_TOP);
            let weak = kit.theme.weak;
            paint_at(ui.painter(), ui, kit, below, (&name, weak));
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a share of some hundred points"
)]
fn ratio(of: i64, by: i64) -> f32 {
    (of as f64 / by as f64).clamp(0.0, 1.0) as f32
}
