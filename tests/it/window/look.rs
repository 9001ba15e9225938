//! What a person sees of menus and lists, by their roles.

use egui::{Event, Modifiers, PointerButton, Pos2, Rect, Role};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::hands::{Window, name_of};

impl Window {
    /// The names of all things of a role.
    pub(crate) fn of_role(&self, role: Role) -> Vec<String> {
        let nodes = self.harness.query_all(By::new().role(role));
        nodes.filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// The rows of the list of commands, from above; whether each can be done.
    pub(crate) fn options(&self) -> Vec<(String, bool)> {
        let nodes = self.harness.query_all(By::new().role(Role::ListBoxOption));
        let nodes = nodes.filter(is_in_dialog);
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
        is_on(&self.harness.get(By::new().role(role).label(name))).unwrap_or_default()
    }

    /// What stands in the only thing of a role with that name.
    #[track_caller]
    pub(crate) fn value_of(&self, role: Role, name: &str) -> String {
        self.harness.get(By::new().role(role).label(name)).value().unwrap_or_default()
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

    /// The names and places of the marks in the article that are seen; whether each is chosen.
    pub(crate) fn marks(&self) -> Vec<(String, Rect, bool)> {
        self.selectable(By::new().role(Role::Mark))
    }

    /// The rows with that name; whether each is chosen.
    pub(crate) fn rows(&self, name: &str) -> Vec<(String, Rect, bool)> {
        let by = |role| self.selectable(By::new().role(role).label(name));
        [Role::ListBoxOption, Role::Row, Role::Button].into_iter().flat_map(by).collect()
    }

    fn selectable<'a>(&'a self, by: By<'a>) -> Vec<(String, Rect, bool)> {
        let nodes = self.harness.query_all(by).filter_map(|node| {
            Some((name_of(&node).unwrap_or_default(), node.rect(), is_on(&node)?))
        });
        nodes.collect()
    }
}

/// Whether something stands in a dialog.
pub(super) fn is_in_dialog(node: &egui_kittest::Node<'_>) -> bool {
    let above = std::iter::successors(node.accesskit_node().parent(), |node| node.parent());
    above.into_iter().any(|node| node.role() == Role::Dialog)
}

/// Whether something is on or chosen; none where that says nothing.
pub(super) fn is_on(node: &egui_kittest::Node<'_>) -> Option<bool> {
    let node = node.accesskit_node();
    let is_toggled = node.toggled().map(|on| on == egui::accesskit::Toggled::True);
    is_toggled.or(node.is_selected())
}

/// Whether something of that role is there to write in.
pub(super) fn is_field(role: Role) -> bool {
    matches!(role, Role::TextInput | Role::MultilineTextInput | Role::SearchInput)
}

/// Whether something of that role is a button or a row of a list or a table.
pub(super) fn is_row(role: Role) -> bool {
    matches!(role, Role::Button | Role::ListBoxOption | Role::Row)
}

/// Whether something of that role is text of the article.
pub(super) fn is_text(role: Role) -> bool {
    matches!(role, Role::Paragraph | Role::TextRun)
}

/// Whether something of that role holds others, and is told by a name of its own.
pub(super) fn is_frame(role: Role) -> bool {
    matches!(
        role,
        Role::Dialog | Role::Menu | Role::ListBox | Role::List | Role::Table | Role::Region
    )
}
