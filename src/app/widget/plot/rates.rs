//! Shares with their intervals, one row below the other: bars with whiskers, and the numbers
//! from which they come beside them.

use egui::{Align2, Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{Field, current, keep, paint_at, ring, width};
use crate::app::widget::kit::{Kit, TextKind, color};
use crate::theme::{Rgba, size};
use crate::typeset::Align;

/// The height of a row's bars with the space around them, and of a line of numbers below them,
/// in points.
const ROW: f32 = 36.0;
const LINE: f32 = 20.0;

/// The thickness of a bar where there is one in a row, and where there are two.
const THICKNESS: [f32; 2] = [16.0, 10.0];

/// How far the ends of a whisker reach to both sides, in points.
const CAP: f32 = 4.0;

/// The narrowest room in which numbers stand in columns beside the bars, in points.
const COLUMNS: f32 = 720.0;

/// A share as a bar.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Share {
    /// How long it is, from 0 to 1.
    pub(in crate::app) share: f64,
    /// Where it lies at 95 %.
    pub(in crate::app) interval: (f64, f64),
    /// Its color.
    pub(in crate::app) ink: Rgba,
}

/// A row.
#[derive(Clone, Debug)]
pub(in crate::app) struct RateRow {
    /// What it is of.
    pub(in crate::app) name: String,
    /// Its bars, one or two; none where nothing is known.
    pub(in crate::app) bars: Vec<Option<Share>>,
    /// A place along the bars, such as what a share should be.
    pub(in crate::app) mark: Option<f64>,
    /// Its numbers, as many as there are heads.
    pub(in crate::app) cells: Vec<String>,
    /// What a click does, for a tooltip; it does nothing where that is empty.
    pub(in crate::app) tip: String,
}

/// Draws rows under heads, with an axis from 0 to 100 % below them; which one was clicked. Where
/// there is no room for columns, the numbers of a row stand below its bars, with their heads.
pub(in crate::app) fn rate_chart(
    ui: &mut Ui,
    kit: &mut Kit,
    (id, heads): (Id, &[&str]),
    rows: &[RateRow],
) -> Option<usize> {
    let all = ui.available_width();
    let is_wide = all >= COLUMNS;
    let columns = if is_wide { columns(ui, kit, heads, rows) } else { Vec::new() };
    let names = rows.iter().map(|row| width(ui, kit, &row.name, TextKind::Body));
    let names = names.fold(0.0, f32::max).min(all * 0.3) + 2.0 * size::PAD;
    let numbers: f32 = columns.iter().sum();
    let below: Vec<_> = match is_wide {
        true => Vec::new(),
        false => rows.iter().map(|row| lines(ui, kit, heads, &row.cells)).collect(),
    };
    let most = below.iter().map(Vec::len).max().unwrap_or_default();
    let points = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    let height = ROW + points(most) * LINE;
    let head = if is_wide { size::SMALL * 2.2 } else { 0.0 };
    let body = points(rows.len()) * height;
    let needed = vec2(all, head + body + size::SMALL * 2.0);
    let (area, _) = ui.allocate_exact_size(needed, Sense::hover());
    let rtl = kit.rtl();
    let share = |points: f32| points / all.max(1.0);
    let rect = Rect::from_min_size(area.min + vec2(0.0, head), vec2(all, body));
    let whole = Field { rect, rtl };
    // Room for the last number of the axis, half of which stands beyond it.
    let end = (numbers + 2.0 * size::PAD).min(all * 0.7);
    let plot = Field { rect: whole.between(share(names), 1.0 - share(end)), rtl };
    let cells = Cells { columns: &columns, from: 1.0 - share(numbers), all };
    if is_wide {
        let line = area.with_max_y(area.top() + head);
        let weak = kit.theme.weak;
        for (rect, head) in cells.rects(Field { rect: line, rtl }).into_iter().zip(heads) {
            kit.paint_in(ui, rect, (head, TextKind::Small), weak, Align::Start);
        }
    }
    axis(ui, kit, plot, (rows.len(), height));
    let stop = current(ui, kit, id, rows.len());
    let mut clicked = None;
    for (at, row) in rows.iter().enumerate() {
        let top = rect.top() + points(at) * height;
        let line = Rect::from_min_size(pos2(rect.left(), top), vec2(all, height));
        let sense = if at == stop { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(line, id.with(at), sense);
        if response.hovered() && !row.tip.is_empty() {
            let ground = color(kit.theme.hover).gamma_multiply(0.6);
            ui.painter().rect_filled(line, size::RADIUS, ground);
        }
        let upper = line.with_max_y(line.top() + ROW);
        let field = Field { rect: upper, rtl };
        let name = field.between(0.0, share(names - size::PAD)).shrink2(vec2(4.0, 0.0));
        let text = kit.theme.text;
        kit.paint_content(ui, name, (&row.name, TextKind::Body), text);
        bars(
            ui,
            kit,
            Field { rect: plot.rect.with_min_y(upper.top()).with_max_y(upper.bottom()), rtl },
            row,
        );
        let told: Vec<_> = heads
            .iter()
            .zip(&row.cells)
            .map(|(head, cell)| format!("{head}: {cell}"))
            .collect();
        if is_wide {
            for (rect, cell) in cells.rects(field).into_iter().zip(&row.cells) {
                kit.paint_in(ui, rect, (cell, TextKind::Small), text, Align::Start);
            }
        } else {
            let weak = kit.theme.weak;
            let mut place = upper.shrink2(vec2(4.0, 0.0));
            place =
                place.with_min_y(upper.bottom() - 4.0).with_max_y(upper.bottom() - 4.0 + LINE);
            for text in below.get(at).into_iter().flatten() {
                kit.paint_in(ui, place, (text, TextKind::Small), weak, Align::Start);
                place = place.translate(vec2(0.0, LINE));
            }
        }
        ring(ui, kit, &response, line);
        let told = format!("{} · {}", row.name, told.join(" · "));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
        if response.clicked() {
            keep(ui, id, at);
            clicked = Some(at);
        }
        let tip = if is_wide || row.tip.is_empty() {
            row.tip.clone()
        } else {
            format!("{told}\n{}", row.tip)
        };
        kit.tip(response, &tip);
    }
    clicked
}

/// How wide each column of numbers is.
fn columns(ui: &Ui, kit: &mut Kit, heads: &[&str], rows: &[RateRow]) -> Vec<f32> {
    let of = |(at, head): (usize, &&str)| {
        let cells = rows.iter().filter_map(|row| row.cells.get(at)).map(String::as_str);
        let texts = cells.chain([*head]).map(|text| width(ui, kit, text, TextKind::Small));
        texts.fold(0.0, f32::max) + 2.0 * size::GAP
    };
    heads.iter().enumerate().map(of).collect()
}

/// The numbers of a row with their heads, in as many lines as they need.
fn lines(ui: &Ui, kit: &mut Kit, heads: &[&str], cells: &[String]) -> Vec<String> {
    let room = ui.available_width() - 2.0 * size::GAP;
    let mut lines: Vec<String> = Vec::new();
    for (head, cell) in heads.iter().zip(cells) {
        let part = format!("{head}: {cell}");
        let longer = lines.last().map(|line| format!("{line} · {part}"));
        match (longer, lines.last_mut()) {
            (Some(longer), Some(line)) if width(ui, kit, &longer, TextKind::Small) <= room => {
                *line = longer;
            }
            _ => lines.push(part),
        }
    }
    lines
}

/// Where the numbers of a row stand.
struct Cells<'a> {
    columns: &'a [f32],
    /// The share of the width at which they begin, and the whole width.
    from: f32,
    all: f32,
}

impl Cells<'_> {
    fn rects(&self, row: Field) -> Vec<Rect> {
        let mut at = self.from;
        let next = |wide: &f32| {
            let end = at + wide / self.all.max(1.0);
            let rect = row.between(at, end).shrink2(vec2(size::GAP / 2.0, 0.0));
            at = end;
            rect
        };
        self.columns.iter().map(next).collect()
    }
}

/// The bars of a row with their whiskers, and its mark.
fn bars(ui: &Ui, kit: &Kit, row: Field, of: &RateRow) {
    let painter = ui.painter();
    let thick = THICKNESS.get(of.bars.len().saturating_sub(1)).copied().unwrap_or(THICKNESS[1]);
    let whole = thick * f32::from(u8::try_from(of.bars.len()).unwrap_or(u8::MAX));
    let mut top = row.rect.center().y - whole / 2.0;
    for bar in &of.bars {
        let line = Field { rect: row.rect.with_min_y(top).with_max_y(top + thick), ..row };
        top += thick;
        let Some(bar) = bar else { continue };
        let body = line.between(0.0, near(bar.share)).shrink2(vec2(0.0, 1.0));
        painter.rect_filled(body, 2.0, color(bar.ink));
        let y = line.rect.center().y;
        let (from, to) = (row.x(near(bar.interval.0)), row.x(near(bar.interval.1)));
        // A light edge, so that it is seen on the bar too.
        for (wide, ink) in [(4.0, kit.theme.panel), (1.5, kit.theme.text)] {
            let stroke = Stroke::new(wide, color(ink));
            painter.line_segment([pos2(from, y), pos2(to, y)], stroke);
            for x in [from, to] {
                painter.line_segment([pos2(x, y - CAP), pos2(x, y + CAP)], stroke);
            }
        }
    }
    if let Some(mark) = of.mark {
        let x = row.x(near(mark));
        let ends = [pos2(x, row.rect.top() + 5.0), pos2(x, row.rect.bottom() - 5.0)];
        painter.line_segment(ends, Stroke::new(3.0, color(kit.theme.accent)));
    }
}

/// Lines through the bars at every quarter, not through the numbers below these, and their own
/// numbers below all.
fn axis(ui: &Ui, kit: &mut Kit, plot: Field, (rows, height): (usize, f32)) {
    for (at, name) in [(0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100 %")] {
        let x = plot.x(at).round();
        let line = if at > 0.0 { kit.theme.line } else { kit.theme.edge };
        let mut top = plot.rect.top();
        for _ in 0..rows {
            let ends = [pos2(x, top), pos2(x, top + ROW)];
            ui.painter().line_segment(ends, Stroke::new(1.0, color(line)));
            top += height;
        }
        let (below, weak) = (pos2(x, plot.rect.bottom() + 3.0), kit.theme.weak);
        let name = format!("\u{2066}{name}\u{2069}");
        paint_at(ui.painter(), ui, kit, (below, Align2::CENTER_TOP), (&name, weak));
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a share of some hundred points")]
fn near(share: f64) -> f32 {
    share.clamp(0.0, 1.0) as f32
}
