//! One of a few: radio buttons in a row; and a number to make larger and smaller.

use egui::{EventFilter, Id, Key, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::button::{Icon, frame, icon_button};
use super::kit::{Kit, TextKind, color};
use crate::theme::size;
use crate::typeset::Align;

/// The radius of the circle before a text.
const DOT: f32 = 5.0;

/// Radio buttons, from where reading begins, in as many rows as they need. The one that was
/// chosen anew. Tab comes to the one that holds; arrows choose another.
///
/// `name` is what is chosen, for the accessibility tree.
pub(in crate::app) fn choice(
    ui: &mut Ui,
    kit: &mut Kit,
    id: Id,
    (name, options): (&str, &[&str]),
    chosen: usize,
) -> Option<usize> {
    let stepped = step(ui, kit, id, (chosen, options.len()));
    // Only the one that holds can have the focus: what was clicked gets it once it does.
    if ui.data_mut(|data| data.remove_temp::<bool>(id)).is_some() {
        ui.memory_mut(|memory| memory.request_focus(id.with(chosen)));
    }
    let mut taken = stepped;
    for (at, text) in options.iter().enumerate() {
        let set = kit.set(ui, text, TextKind::Body, None);
        let room = 2.0 * DOT + 6.0;
        let width = (Kit::size(ui, &set).x + room + 2.0 * size::PAD + 4.0).ceil();
        let (rect, _) = ui.allocate_exact_size(vec2(width, size::CONTROL), Sense::hover());
        let is_on = at == chosen;
        let sense = if stepped.unwrap_or(chosen) == at { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(rect, id.with(at), sense);
        let theme = kit.theme;
        let fill = match (is_on, response.hovered()) {
            (true, _) => Some(theme.chosen),
            (false, true) => Some(theme.hover),
            (false, false) => None,
        };
        let edge = if is_on { theme.accent } else { theme.edge };
        frame(ui, &response, rect, fill, Some(edge), kit);
        let inner = rect.shrink2(vec2(size::PAD + 2.0, 0.0));
        let (dot, place) = if kit.rtl() {
            (inner.right() - DOT, inner.with_max_x(inner.right() - room))
        } else {
            (inner.left() + DOT, inner.with_min_x(inner.left() + room))
        };
        let center = pos2(dot, rect.center().y);
        ui.painter().circle_stroke(center, DOT, Stroke::new(1.5, color(edge)));
        if is_on {
            ui.painter().circle_filled(center, DOT - 2.5, color(theme.accent));
        }
        // The text may be a hair wider than its place, by rounding.
        let place = place.expand2(vec2(2.0, 0.0));
        kit.paint_in(ui, place, (text, TextKind::Body), theme.text, Align::Center);
        response.widget_info(|| {
            let label = format!("{name}: {text}");
            WidgetInfo::selected(Role::RadioButton, true, is_on, label)
        });
        if response.clicked() {
            taken = (!is_on).then_some(at);
            ui.data_mut(|data| data.insert_temp(id, true));
            ui.ctx().request_repaint();
        }
    }
    taken
}

/// The button to which an arrow goes, if the chosen one has the focus.
fn step(ui: &Ui, kit: &Kit, id: Id, (chosen, count): (usize, usize)) -> Option<usize> {
    let own = id.with(chosen);
    if count < 2 || !ui.memory(|memory| memory.has_focus(own)) {
        return None;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(own, filter));
    // Onwards is to the left where reading is.
    let (onwards, back) = if kit.rtl() {
        (Key::ArrowLeft, Key::ArrowRight)
    } else {
        (Key::ArrowRight, Key::ArrowLeft)
    };
    let mut at = chosen;
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let egui::Event::Key { key, pressed: true, modifiers, .. } = event else {
                return true;
            };
            if modifiers.any() {
                return true;
            }
            at = match *key {
                key if key == onwards || key == Key::ArrowDown => (at + 1) % count,
                key if key == back || key == Key::ArrowUp => (at + count - 1) % count,
                _ => return true,
            };
            false
        });
    });
    if at == chosen {
        return None;
    }
    ui.memory_mut(|memory| {
        memory.request_focus(id.with(at));
        memory.set_focus_lock_filter(id.with(at), filter);
    });
    Some(at)
}

/// A number between two buttons, of which the first makes it smaller. What was asked for.
pub(in crate::app) fn stepper(
    ui: &mut Ui,
    kit: &mut Kit,
    (number, names): (&str, [&str; 2]),
    (has_less, has_more): (bool, bool),
) -> Option<Step> {
    let [less, more] = names;
    let mut asked = None;
    if icon_button(ui, kit, Icon::Minus, (less, less), false).clicked() && has_less {
        asked = Some(Step::Less);
    }
    let (rect, response) = ui.allocate_exact_size(vec2(48.0, size::CONTROL), Sense::hover());
    let ink = kit.theme.text;
    kit.paint_in(ui, rect, (number, TextKind::Strong), ink, Align::Center);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, number));
    if icon_button(ui, kit, Icon::Plus, (more, more), false).clicked() && has_more {
        asked = Some(Step::More);
    }
    asked
}

/// What is asked of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Step {
    /// To be smaller.
    Less,
    /// To be larger.
    More,
}
