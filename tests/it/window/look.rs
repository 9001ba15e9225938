//! What a person sees of menus and lists, by their roles.

use egui::{Event, Modifiers, PointerButton, Pos2, Rect, Role};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::hands::Window;

impl Window {
    /// The names of all things of a role.
    pub(crate) fn of_role(&self, role: Role) -> Vec<String> {
        let nodes = self.harness.query_all(By::new().role(role));
        nodes.filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// The rows of the list of commands, from above; whether each can be done.
    pub(crate) fn options(&self) -> Vec<(String, bool)> {
        let nodes = self.harness.query_all(By::new().role(Role::ListBoxOption));
        let mut rows: Vec<_> = nodes
            .map(|node| {
                let is_possible = !node.accesskit_node().is_disabled();
                let name = node.accesskit_node().label().unwrap_or_default();
                (node.rect().top(), (name, is_possible))
            })
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// The place of the only thing of a role with that name.
    #[track_caller]
    pub(crate) fn rect_of(&self, role: Role, name: &str) -> Rect {
        self.harness.get(By::new().role(role).label(name)).rect()
    }

    /// Whether the only thing of a role with that name is on.
    #[track_caller]
    pub(crate) fn is_on_of(&self, role: Role, name: &str) -> bool {
        let node = self.harness.get(By::new().role(role).label(name));
        node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    }

    /// Clicks with another button than the first.
    pub(crate) fn click_with_button(&mut self, button: PointerButton, pos: Pos2) {
        self.frame(&[Event::PointerMoved(pos)]);
        for pressed in [true, false] {
            let modifiers = Modifiers::NONE;
            self.frame(&[Event::PointerButton { pos, button, pressed, modifiers }]);
        }
        self.settle();
    }

    /// Rests the pointer somewhere until a tooltip has come.
    pub(crate) fn hover(&mut self, at: Pos2) {
        self.frame(&[Event::PointerMoved(at)]);
        self.rest();
        self.rest();
    }
}
