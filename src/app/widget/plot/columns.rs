//! Bars that stand, one beside the other, for what has an order: a histogram.

use egui::{Align2, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::scale::Scale;
use super::{Field, axes, current, keep, paint_at, ring, width};
use crate::app::widget::kit::{Kit, TextKind, color};
use crate::theme::Rgba;

/// A column.
#[derive(Clone, Debug)]
pub(in crate::app) struct Mark {
    /// What stands below it.
    pub(in crate::app) name: String,
    /// How high it is.
    pub(in crate::app) count: usize,
    /// What it says, in words.
    pub(in crate::app) about: String,
}

/// Draws columns of that color with axes; which one was clicked. The `chosen` one stands out.
pub(in crate::app) fn column_chart(
    ui: &mut Ui,
    kit: &mut Kit,
    (id, height): (Id, f32),
    (marks, ink): (&[Mark], Rgba),
    chosen: Option<usize>,
) -> Option<usize> {
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let most = marks.iter().map(|mark| mark.count).max().unwrap_or_default();
    let scale = Scale::new(most, 4);
    let field = axes(ui, kit, area, (&scale, 16.0));
    let stop = current(ui, kit, id, marks.len());
    let part = 1.0 / f32::from(u16::try_from(marks.len().max(1)).unwrap_or(u16::MAX));
    let room = field.rect.width() * part;
    // Where there is no room for all names, some of them, at equal distances.
    let widest = marks.iter().map(|mark| width(ui, kit, &mark.name, TextKind::Small));
    let widest = widest.fold(1.0, f32::max) + 6.0;
    let every = (1..).find(|every| f32::from(*every) * room >= widest).unwrap_or(1_u16);
    let mut clicked = None;
    for (at, mark) in marks.iter().enumerate() {
        let from = f32::from(u16::try_from(at).unwrap_or(u16::MAX)) * part;
        let whole = field.between(from, from + part);
        let sense = if at == stop { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(whole, id.with(at), sense);
        let column = Field { rect: whole, ..field }.between(0.08, 0.92);
        let top = field.y(scale.share(mark.count));
        let body = Rect::from_min_max(pos2(column.left(), top), column.max);
        let is_strong = chosen.is_none_or(|chosen| chosen == at) || response.hovered();
        let fill = if is_strong { ink } else { ink.mixed(kit.theme.panel, 0.55) };
        ui.painter().rect_filled(body, 2.0, color(fill));
        let x = whole.center().x;
        let text = kit.theme.text;
        if mark.count > 0 && room > 26.0 {
            let above = (pos2(x, top - 1.0), Align2::CENTER_BOTTOM);
            paint_at(ui.painter(), ui, kit, above, (&mark.count.to_string(), text));
        }
        if at % usize::from(every) == 0 {
            let below = (pos2(x, field.rect.bottom() + 3.0), Align2::CENTER_TOP);
            let weak = kit.theme.weak;
            paint_at(ui.painter(), ui, kit, below, (&mark.name, weak));
        }
        ring(ui, kit, &response, whole.expand2(vec2(0.0, 2.0)));
        let is_chosen = chosen == Some(at);
        response
            .widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &mark.about));
        if response.clicked() {
            keep(ui, id, at);
            clicked = Some(at);
        }
        kit.tip(response, &mark.about);
    }
    clicked
}
