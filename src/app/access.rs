//! What assistive technology is told beyond what each widget says of itself: which rows make
//! a list and which a table, what a tooltip says, what is to be read out at once.
//!
//! While nobody listens nothing of it is computed.

use egui::accesskit::{Live, Node, Orientation, Toggled};
use egui::{Context, Id, Rect, Response, Role, Stroke, Ui, UiBuilder};

use super::widget::{Kit, color};
use crate::lang::{Lang, both};

/// What stands before a key in a tooltip, and after it: it keeps its own order.
const KEY: (&str, &str) = (" · \u{2066}", "\u{2069}");

/// Says which language the window speaks.
pub(in crate::app) fn speak(ctx: &Context, lang: Lang) {
    ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| {
        node.set_language(lang.code());
    });
}

/// Describes a widget by its tooltip: its key apart from the words, and none that are its name.
pub(in crate::app) fn describe(response: &Response, tip: &str) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        let (words, key) = split_key(tip);
        if let Some(key) = key {
            node.set_keyboard_shortcut(key);
        }
        if !words.is_empty() && node.label() != Some(words) {
            node.set_description(words);
        }
    });
}

/// The words of a tooltip, and the key at its end.
fn split_key(tip: &str) -> (&str, Option<&str>) {
    let found = tip.strip_suffix(KEY.1).and_then(|tip| tip.rsplit_once(KEY.0));
    found.map_or((tip, None), |(words, key)| (words, Some(key)))
}

/// Has a text read out when it comes: at once, if something went wrong.
pub(in crate::app) fn announce(response: &Response, is_wrong: bool) {
    let (role, live) =
        if is_wrong { (Role::Alert, Live::Assertive) } else { (Role::Status, Live::Polite) };
    response.ctx.accesskit_node_builder(response.id, |node| {
        if let Some(text) = node.value().map(str::to_owned) {
            node.set_label(text);
        }
        node.set_role(role);
        node.set_live(live);
    });
}

/// Makes a toggle one of the tabs of its row.
pub(in crate::app) fn tab(ui: &Ui, response: &Response, is_on: bool) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_role(Role::TabList));
    choose(response, Role::Tab, is_on);
}

/// Makes a toggle one of several of which one is on.
pub(in crate::app) fn choice(ui: &Ui, response: &Response) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_role(Role::RadioGroup));
    let set = |node: &mut Node| node.set_role(Role::RadioButton);
    response.ctx.accesskit_node_builder(response.id, set);
}

fn choose(response: &Response, role: Role, is_on: bool) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_role(role);
        node.clear_toggled();
        node.set_selected(is_on);
    });
}

/// Makes a field one in which something is looked for.
pub(in crate::app) fn search(response: &Response) {
    let set = |node: &mut Node| node.set_role(Role::SearchInput);
    response.ctx.accesskit_node_builder(response.id, set);
}

/// Makes what was drawn a bar that says how much of a whole is done.
pub(in crate::app) fn progress(response: &Response, name: &str, done: usize, total: usize) {
    let info = || egui::WidgetInfo::labeled(Role::ProgressIndicator, true, name);
    response.widget_info(info);
    response.ctx.accesskit_node_builder(response.id, |node| {
        if total > 0 {
            node.set_min_numeric_value(0.0);
            node.set_max_numeric_value(to_f64(total));
            node.set_numeric_value(to_f64(done.min(total)));
        }
    });
}

/// Makes what was drawn the bar by which something is scrolled.
pub(in crate::app) fn scroll_bar(response: &Response, top: f64, last: f64) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_role(Role::ScrollBar);
        node.set_orientation(Orientation::Vertical);
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(last);
        node.set_numeric_value(top);
    });
}

/// Names the list of rows of that id.
pub(in crate::app) fn name_list(ctx: &Context, list: Id, name: &str) {
    ctx.accesskit_node_builder(list_id(list), |node| node.set_label(name));
}

/// Names a part of the window.
pub(in crate::app) fn region(ui: &Ui, name: &str) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(Role::Region);
        node.set_label(name);
    });
}

pub(in crate::app) fn list_id(list: Id) -> Id {
    list.with("rows")
}

/// What a list learns of its rows while they are drawn.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::app) struct Rows {
    has_cells: bool,
    has_checks: bool,
}

impl Rows {
    /// One row was drawn: it is an option, unless it has said that it is something else.
    pub(in crate::app) fn row(&mut self, ctx: &Context, id: Id, at: usize) {
        ctx.accesskit_node_builder(id, |node| {
            if node.role() == Role::Button {
                node.set_role(Role::ListBoxOption);
            }
            match node.role() {
                Role::Row => {
                    node.set_row_index(at);
                    self.has_cells = true;
                }
                Role::CheckBox => self.has_checks = true,
                _ => {}
            }
            if !self.has_checks
                && let Some(is_on) = node.toggled()
            {
                node.clear_toggled();
                node.set_selected(is_on == Toggled::True);
            }
            node.set_position_in_set(at);
        });
    }

    /// All rows that are seen were drawn.
    pub(in crate::app) fn end(self, ctx: &Context, list: Id, rect: Rect, count: usize) {
        ctx.accesskit_node_builder(list_id(list), |node| {
            node.set_bounds(bounds(rect));
            node.set_role(match self {
                Self { has_cells: true, .. } => Role::Table,
                Self { has_checks: true, .. } => Role::List,
                Self { .. } => Role::ListBox,
            });
            if self.has_cells {
                node.set_row_count(count);
            }
            node.set_size_of_set(count);
        });
    }
}

/// Tells the cells of a row of a table: each one's place, the name of its column, its text.
pub(in crate::app) fn cells(ui: &mut Ui, row: &Response, cells: &[(Rect, &str, &str)]) {
    if !row.ctx.has_accesskit_node(row.id) {
        return;
    }
    row.ctx.accesskit_node_builder(row.id, |node| {
        node.set_role(Role::Row);
        node.set_column_count(cells.len());
    });
    for (at, (rect, column, text)) in cells.iter().enumerate() {
        let id = row.id.with(("cell", at));
        let cell = UiBuilder::new().scope_id(id).max_rect(*rect).accessibility_parent(row.id);
        ui.new_child(cell.accessibility_role(Role::Cell));
        row.ctx.accesskit_node_builder(id, |node| {
            node.set_bounds(bounds(*rect));
            node.set_label(*text);
            node.set_description(*column);
            node.set_column_index(at);
        });
    }
}

/// Names the edges by which panels of the window are resized, which egui names in English
/// only, and shows which of them has the focus.
pub(in crate::app) fn splitters(ui: &Ui, kit: &Kit, panels: &[&str]) {
    let name = kit.t(both("غيّر حجم اللوح", "Resize the panel"));
    for panel in panels {
        let id = ui.scope_id().with(*panel).with("__resize");
        ui.ctx().accesskit_node_builder(id, |node| {
            if node.role() == Role::Splitter {
                node.set_label(name);
            }
        });
        if let Some(edge) = ui.ctx().read_response(id).filter(Response::has_focus) {
            let stroke = Stroke::new(2.0, color(kit.theme.accent));
            let place = edge.rect.shrink(1.0);
            ui.painter().rect_stroke(place, 2.0, stroke, egui::StrokeKind::Inside);
        }
    }
}

/// A rectangle as the tree has it.
pub(in crate::app) fn bounds(rect: Rect) -> egui::accesskit::Rect {
    let (min, max) = (rect.min, rect.max);
    egui::accesskit::Rect::new(min.x.into(), min.y.into(), max.x.into(), max.y.into())
}

#[expect(clippy::cast_precision_loss, reason = "what is counted here is far below 2⁵³")]
fn to_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_tooltip_is_told_apart() {
        assert_eq!(split_key("تراجع · \u{2066}Ctrl+Z\u{2069}"), ("تراجع", Some("Ctrl+Z")));
        assert_eq!(split_key("a city · or a town"), ("a city · or a town", None));
        assert_eq!(split_key(""), ("", None));
    }
}
