//! What can be done with documents that are selected: the bar below the list, and the menu.

use std::sync::Arc;

use egui::{Ui, vec2};

use crate::app::action::Action;
use crate::app::command::Desk;
use crate::app::documents::Documents;
use crate::app::panel::menu::Entry;
use crate::app::widget::{Button, Ink, Kit, MenuRow, TextKind};
use crate::app::workspace::Workspace;
use crate::lang::{DOCUMENT, Lang, both};
use crate::model::{DocumentId, State};
use crate::project::Project;
use crate::theme::size;

/// The height of the bar in points.
pub(super) const HEIGHT: f32 = 2.0 * size::CONTROL + 22.0;

/// How many are selected, and what can be done with them.
pub(super) fn bar(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &Workspace,
    out: &mut Vec<Action>,
) {
    let list = &workspace.documents;
    kit.rule(ui);
    ui.add_space(size::GAP);
    let documents = kit.count(&DOCUMENT, list.selected.len());
    let text = match kit.lang {
        Lang::Ar => format!("المحدَّد: {documents}"),
        Lang::En => format!("{documents} selected"),
    };
    kit.label(ui, &text, TextKind::Strong, Ink::Text);
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        let change = Button::new(kit.t(both("غيّر الحالة…", "Set state…"))).primary();
        let change = change.enabled(project.is_writable()).ui(ui, kit);
        ui.ctx().accesskit_node_builder(change.id, |node| {
            node.set_has_popup(egui::accesskit::HasPopup::Menu);
        });
        if change.clicked() {
            let place =
                if kit.rtl() { change.rect.right_top() } else { change.rect.left_top() };
            let documents = list.selected_in_order(project);
            out.push(Action::Documents(Documents::ShowMenu(place, documents)));
        }
        let none = Button::new(kit.t(both("ألغِ التحديد", "Clear selection")));
        if none.tip(kit.t(both("المفتاح Esc", "Esc"))).ui(ui, kit).clicked() {
            out.push(Action::Documents(Documents::SelectNone));
        }
    });
}

/// What can be done with documents: their state, gold, and selecting.
pub(in crate::app::panel) fn menu_entries(
    kit: &Kit,
    desk: &Desk<'_>,
    documents: &Arc<[DocumentId]>,
) -> Vec<Entry> {
    let Some(project) = desk.project else { return Vec::new() };
    let is_writable = project.is_writable();
    let row = |text: String| MenuRow { text, is_off: !is_writable, ..MenuRow::default() };
    let asks = |asked: Documents| is_writable.then_some(Action::Documents(asked));
    // Of very many it is not said: the menu is drawn in every frame.
    let rows = documents.iter().filter_map(|id| project.row(project.position(id)?));
    let states: Option<Vec<State>> =
        (documents.len() <= 1_000).then(|| rows.map(|row| row.state).collect());
    let mut entries: Vec<Entry> = Vec::new();
    if let [document] = &**documents {
        let open = both("افتح", "Open");
        let row = MenuRow { is_off: false, ..row(kit.t(open).to_owned()) };
        entries.push((row, Some(Action::OpenDocument(document.clone()))));
    }
    for state in State::ALL {
        let is_on = states.as_ref().is_some_and(|all| all.iter().all(|of| *of == state));
        let row = MenuRow { is_on: Some(is_on), ..row(kit.t(state.name()).to_owned()) };
        entries.push((row, asks(Documents::SetState(Arc::clone(documents), state))));
    }
    let gold = both("أعلن المجموعات المنتهية ذهبية", "Declare finished sets gold");
    let any = states.is_none_or(|states| states.contains(&State::Finished));
    let is_off = !is_writable || !any;
    let row = MenuRow { is_off, ..row(kit.t(gold).to_owned()) };
    let declare = asks(Documents::DeclareGold(Arc::clone(documents)));
    entries.push((row, declare.filter(|_| !is_off)));
    if !desk.workspace.documents.selected.is_empty() {
        let none = both("ألغِ التحديد", "Clear selection");
        let row = MenuRow { text: kit.t(none).to_owned(), ..MenuRow::default() };
        entries.push((row, Some(Action::Documents(Documents::SelectNone))));
    }
    entries
}
