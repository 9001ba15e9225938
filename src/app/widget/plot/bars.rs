//! Bars that lie, one below the other, each with its name before it and its number behind it.

use egui::{Align2, Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::scale::Scale;
use super::{Field, current, keep, paint_at, ring, width};
use crate::app::widget::kit::{Kit, TextKind, color};
use crate::theme::{Rgba, size};

/// The height of a bar with the space around it, in points.
const ROW: f32 = 34.0;

/// The width of a bar itself.
const THICKNESS: f32 = 18.0;

/// A bar.
#[derive(Clone, Debug)]
pub(in crate::app) struct Bar {
    /// What it is of.
    pub(in crate::app) name: String,
    /// How long it is.
    pub(in crate::app) count: usize,
    /// What stands behind it, its count first.
    pub(in crate::app) number: String,
    /// Its color.
    pub(in crate::app) ink: Rgba,
    /// What a click does, for a tooltip.
    pub(in crate::app) tip: String,
}

/// Draws bars with an axis below them; which one was clicked.
pub(in crate::app) fn bar_chart(
    ui: &mut Ui,
    kit: &mut Kit,
    id: Id,
    bars: &[Bar],
) -> Option<usize> {
    let all = ui.available_width();
    let mut widest = |of: fn(&Bar) -> &str, kind| {
        bars.iter().map(|bar| width(ui, kit, of(bar), kind)).fold(0.0, f32::max)
    };
    let names = widest(|bar| &bar.name, TextKind::Body).min(all * 0.4) + 2.0 * size::PAD;
    let numbers = widest(|bar| &bar.number, TextKind::Small).min(all * 0.3) + 2.0 * size::PAD;
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or_default();
    let scale = Scale::new(most, 4);
    let rows = f32::from(u16::try_from(bars.len()).unwrap_or(u16::MAX)) * ROW;
    let (area, _) = ui.allocate_exact_size(vec2(all, rows + size::SMALL * 1.8), Sense::hover());
    let upper = Rect::from_min_size(area.min, vec2(all, rows));
    let whole = Field { rect: upper, rtl: kit.rtl() };
    let share = |points: f32| points / all.max(1.0);
    let plot = whole.between(share(names), 1.0 - share(numbers));
    let plot = Field { rect: plot, ..whole };
    grid(ui, kit, plot, scale);
    let stop = current(ui, kit, id, bars.len());
    let mut clicked = None;
    for (at, bar) in bars.iter().enumerate() {
        let top = upper.top() + f32::from(u16::try_from(at).unwrap_or(u16::MAX)) * ROW;
        let row = Rect::from_min_size(pos2(upper.left(), top), vec2(all, ROW));
        let sense = if at == stop { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(row, id.with(at), sense);
        if response.hovered() {
            // Behind the bar, beside the grid's lines, which go through.
            let ground = color(kit.theme.hover).gamma_multiply(0.6);
            ui.painter().rect_filled(row, size::RADIUS, ground);
        }
        let name = Field { rect: row, ..whole }.between(0.0, share(names - size::PAD));
        let ink = kit.theme.text;
        kit.paint_content(ui, name.shrink2(vec2(4.0, 0.0)), (&bar.name, TextKind::Body), ink);
        let mut long = Field { rect: row, ..plot };
        (long.rect.min.x, long.rect.max.x) = (plot.rect.left(), plot.rect.right());
        let end = scale.share(bar.count);
        let body = long.between(0.0, end).shrink2(vec2(0.0, (ROW - THICKNESS) / 2.0));
        ui.painter().rect_filled(body, 2.0, color(bar.ink));
        let gap = if whole.rtl { -6.0 } else { 6.0 };
        let at_end = pos2(long.x(end) + gap, row.center().y);
        paint_at(ui.painter(), ui, kit, (at_end, Align2::LEFT_CENTER), (&bar.number, ink));
        ring(ui, kit, &response, row);
        let told = format!("{}: {}", bar.name, bar.number);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
        if response.clicked() {
            keep(ui, id, at);
            clicked = Some(at);
        }
        if !bar.tip.is_empty() {
            kit.tip(response, &bar.tip);
        }
    }
    clicked
}

/// Lines through the bars, and their numbers below.
fn grid(ui: &Ui, kit: &mut Kit, plot: Field, scale: Scale) {
    for tick in scale.ticks() {
        let x = plot.x(scale.share(tick)).round();
        let line = if tick > 0 { kit.theme.line } else { kit.theme.edge };
        let ends = [pos2(x, plot.rect.top()), pos2(x, plot.rect.bottom())];
        ui.painter().line_segment(ends, Stroke::new(1.0, color(line)));
        let (at, weak) = (pos2(x, plot.rect.bottom() + 3.0), kit.theme.weak);
        paint_at(ui.painter(), ui, kit, (at, Align2::CENTER_TOP), (&tick.to_string(), weak));
    }
}
