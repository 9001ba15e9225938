//! A row of the list: title, state, what is known of it, and whether it is selected.

use egui::{Pos2, Rect, Response, Role, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::keys;
use crate::app::action::Action;
use crate::app::documents::{DocumentList, Documents};
use crate::app::widget::{Kit, TextKind, color};
use crate::lang::{SPAN, both};
use crate::model::State;
use crate::project::{OrderBy, Project, Row};
use crate::theme::size;
use crate::typeset::Align;

/// The side of the box that says whether a row is selected.
const BOX: f32 = 16.0;

/// Draws a row and answers what is done with it.
pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, list): (&Project, &mut DocumentList),
    (at, row, is_open): (usize, &Row<'_>, bool),
    (rect, response): (Rect, Response),
    out: &mut Vec<Action>,
) {
    let is_selected = list.selected.contains(row.id);
    let has_box = !list.selected.is_empty() || response.hovered() || response.has_focus();
    let about = about(kit, row, list.order.by);
    let looks = Looks { is_open, is_selected, has_box, is_hovered: response.hovered() };
    let box_rect = draw(ui, kit, (row, &about), rect, looks);
    // What is selected is what is said to be; the open one, while nothing is.
    let any = !list.selected.is_empty();
    let is_chosen = if any { is_selected } else { is_open };
    response.widget_info(|| {
        let mut name = format!("{} · {about}", row.title);
        for (holds, word) in
            [(any && is_open, both("مفتوح", "open")), (is_selected, both("محدَّد", "selected"))]
        {
            if holds {
                name.push_str(" · ");
                name.push_str(kit.t(word));
            }
        }
        WidgetInfo::selected(Role::Button, true, is_chosen, name)
    });
    if response.clicked() {
        let modifiers = ui.input(|input| input.modifiers);
        let is_on_box = response
            .interact_pointer_pos()
            .is_some_and(|at| has_box && box_rect.expand(8.0).contains(at));
        if modifiers.shift {
            list.extend_to(project, at);
            keys::give_focus(ui, at);
        } else if modifiers.command || is_on_box {
            list.toggle(row.id);
            keys::give_focus(ui, at);
        } else {
            list.anchor = Some(row.id.clone());
            out.push(Action::OpenDocument(row.id.clone()));
        }
        ui.ctx().request_repaint();
    }
    if response.secondary_clicked()
        && let Some(place) = response.interact_pointer_pos()
    {
        let documents = list.with_selected(project, row.id);
        out.push(Action::Documents(Documents::ShowMenu(place, documents)));
    }
    if is_cut(ui, kit, row.title, rect) {
        kit.tip(response, row.title);
    }
}

/// Whether a title is longer than its row.
fn is_cut(ui: &Ui, kit: &mut Kit, title: &str, rect: Rect) -> bool {
    // Only what the pointer is on can have a tooltip.
    ui.rect_contains_pointer(rect) && {
        let title = title.get(..title.floor_char_boundary(2_048)).unwrap_or(title);
        let set = kit.set(ui, title, TextKind::Body, None);
        Kit::size(ui, &set).x > rect.width() - 2.0 * size::MARGIN
    }
}

/// The line about a document: its state, its spans, its date.
fn about(kit: &Kit, row: &Row<'_>, by: OrderBy) -> String {
    let mut parts = vec![kit.t(row.state.name()).to_owned()];
    if row.num_spans > 0 || by == OrderBy::Spans {
        parts.push(kit.count(&SPAN, row.num_spans));
    }
    if row.is_gold {
        parts.push(kit.t(both("ذهبي", "gold")).to_owned());
    }
    if let Some(date) = row.date {
        parts.push(kit.date(date));
    } else if by == OrderBy::Date {
        parts.push(kit.t(both("بلا تاريخ", "no date")).to_owned());
    }
    parts.join(" · ")
}

#[derive(Clone, Copy)]
struct Looks {
    is_open: bool,
    is_selected: bool,
    has_box: bool,
    is_hovered: bool,
}

/// Draws a row; the place of its box.
fn draw(
    ui: &Ui,
    kit: &mut Kit,
    (row, about): (&Row<'_>, &str),
    rect: Rect,
    looks: Looks,
) -> Rect {
    let theme = kit.theme;
    let ground = match (looks.is_open, looks.is_selected, looks.is_hovered) {
        (true, _, _) => Some(theme.chosen),
        (false, true, _) => Some(theme.chosen.mixed(theme.panel, 0.5)),
        (false, false, true) => Some(theme.hover),
        (false, false, false) => None,
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, 0.0, color(ground));
    }
    if looks.is_open {
        let edge = if kit.rtl() { rect.right() - 3.0 } else { rect.left() };
        let bar = Rect::from_min_size(pos2(edge, rect.top()), vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 0.0, color(theme.accent));
    }
    let inner = rect.shrink2(vec2(size::MARGIN, 7.0));
    let (upper, lower) = inner.split_top_bottom_at_fraction(0.54);
    kit.paint_content(ui, upper, (row.title, TextKind::Body), theme.text);
    // The line about it, from where reading begins: a sign, the state, the rest, the box.
    let sign = 13.0;
    let (start, end, way) = if kit.rtl() {
        (lower.right(), lower.left(), -1.0)
    } else {
        (lower.left(), lower.right(), 1.0)
    };
    state_sign(ui, kit, pos2(start + way * sign / 2.0, lower.center().y), row.state);
    let aside = if looks.has_box { BOX + 6.0 } else { 0.0 };
    let (from, to) = (start + way * (sign + 6.0), end - way * aside);
    let text = Rect::from_x_y_ranges(from.min(to)..=from.max(to), lower.y_range());
    kit.paint_in(ui, text, (about, TextKind::Small), theme.weak, Align::Start);
    let center = pos2(end - way * BOX / 2.0, lower.center().y);
    if looks.has_box {
        check_box(ui, kit, center, looks.is_selected);
    }
    Rect::from_center_size(center, vec2(BOX, BOX))
}

/// A box with a check in it where the row is selected.
fn check_box(ui: &Ui, kit: &Kit, center: Pos2, is_on: bool) {
    let theme = kit.theme;
    let rect = Rect::from_center_size(center, vec2(BOX, BOX));
    let (fill, edge) =
        if is_on { (theme.accent, theme.accent) } else { (theme.page, theme.weak) };
    ui.painter().rect_filled(rect, 3.0, color(fill));
    let stroke = Stroke::new(1.3, color(edge));
    ui.painter().rect_stroke(rect, 3.0, stroke, StrokeKind::Inside);
    if is_on {
        let points = [vec2(-4.0, 0.2), vec2(-1.2, 3.0), vec2(4.2, -3.2)].map(|by| center + by);
        ui.painter().line(points.to_vec(), Stroke::new(1.8, color(theme.on_accent)));
    }
}

/// A sign for each state, told apart by its shape.
pub(in crate::app::panel) fn state_sign(ui: &Ui, kit: &Kit, center: Pos2, state: State) {
    let theme = kit.theme;
    let painter = ui.painter();
    let radius = 5.5;
    match state {
        State::New => {
            painter.circle_stroke(center, radius, Stroke::new(1.5, color(theme.edge)));
        }
        State::InProgress => {
            painter.circle_stroke(center, radius, Stroke::new(1.5, color(theme.accent)));
            painter.circle_filled(center, radius - 3.0, color(theme.accent));
        }
        State::Finished => {
            painter.circle_filled(center, radius + 0.5, color(theme.good));
            let stroke = Stroke::new(1.6, color(theme.panel));
            let points =
                [vec2(-2.8, 0.2), vec2(-0.8, 2.3), vec2(3.0, -2.2)].map(|by| center + by);
            painter.line(points.to_vec(), stroke);
        }
        State::Ignored => {
            painter.circle_stroke(center, radius, Stroke::new(1.5, color(theme.edge)));
            let by = vec2(3.6, -3.6);
            painter
                .line_segment([center - by, center + by], Stroke::new(1.5, color(theme.edge)));
        }
    }
}
