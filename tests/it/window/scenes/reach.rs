//! Whether all that can be used is within reach: nothing beside the window, and what gets the
//! focus by Tab is in sight.

use egui::{Rect, Role};
use egui_kittest::kittest::NodeT as _;

use super::super::hands::{Window, name_of};

/// More than any dialog has to go through.
const MOST_STOPS: usize = 80;

fn is_used(role: Role) -> bool {
    matches!(
        role,
        Role::Button
            | Role::CheckBox
            | Role::RadioButton
            | Role::ComboBox
            | Role::TextInput
            | Role::MultilineTextInput
            | Role::SearchInput
            | Role::Tab
            | Role::MenuItem
    )
}

/// The names of what can be used and stands, in part or whole, left or right of the window.
pub(super) fn beside(window: &Window) -> Vec<String> {
    let area = window.harness.ctx.content_rect().expand(1.0);
    let nodes = window.harness.root().children_recursive();
    let out = nodes.filter(|node| {
        let is_used = is_used(node.accesskit_node().role());
        is_used && has_bounds(node) && {
            let rect = node.rect();
            rect.width() > 0.0 && (rect.left() < area.left() || rect.right() > area.right())
        }
    });
    out.filter_map(|node| name_of(&node)).collect()
}

fn has_bounds(node: &egui_kittest::Node<'_>) -> bool {
    node.accesskit_node().bounding_box().is_some()
}

/// Whether a dialog is open.
pub(super) fn has_dialog(window: &Window) -> bool {
    let mut nodes = window.harness.root().children_recursive();
    nodes.any(|node| node.accesskit_node().role() == Role::Dialog)
}

/// The names of what gets the focus by Tab and is then not in sight.
pub(super) fn unseen_by_tab(window: &mut Window) -> Vec<String> {
    let area = window.harness.ctx.content_rect().expand(1.0);
    let mut unseen = Vec::new();
    for _ in 0..MOST_STOPS {
        window.key("Tab");
        window.settle();
        let nodes = window.harness.root().children_recursive();
        let focused: Vec<(Rect, Option<String>)> = nodes
            .filter(|node| node.is_focused() && has_bounds(node))
            .map(|node| (node.rect(), name_of(&node)))
            .collect();
        for (rect, name) in focused {
            // What is higher than the window is seen as far as it goes.
            let is_seen = area.contains_rect(rect)
                || rect.height() > area.height() * 0.5 && area.intersects(rect);
            if !is_seen && !unseen.contains(&name.clone().unwrap_or_default()) {
                unseen.push(name.unwrap_or_default());
            }
        }
    }
    unseen
}
