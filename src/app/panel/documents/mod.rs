//! The list of documents: its head, its rows, and what is said where there are none.

mod head;
mod keys;
mod row;
mod selection;

use egui::{Id, Rect, Ui, UiBuilder, vec2};

use super::find::say_wrong;
use crate::app::access;
use crate::app::action::Action;
use crate::app::documents::Documents;
use crate::app::widget::{Button, Ink, Kit, TextKind, rows};
use crate::app::workspace::Workspace;
use crate::lang::both;
use crate::project::Project;
use crate::theme::size;

pub(in crate::app::panel) use row::state_sign;
pub(in crate::app::panel) use selection::menu_entries;

/// The height of a row in points: a title and a line about it.
const ROW: f32 = 58.0;

/// The search's field.
pub(in crate::app) fn search_id() -> Id {
    Id::unique("search")
}

/// The list; a row of it has this with its number.
fn list_id() -> Id {
    Id::unique("documents")
}

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    access::region(ui, kit.t(both("المقالات", "Documents")));
    ui.add_space(size::PAD);
    ui.with_layout(kit.column(), |ui| {
        head::ui(ui, kit, project, workspace, out);
        let area = ui.available_rect_before_wrap();
        let has_bar = !workspace.documents.selected.is_empty();
        // Below the rows, so that none of them moves when the first one is selected.
        let height = if has_bar { selection::HEIGHT.min(area.height()) } else { 0.0 };
        let (above, bar) = area.split_top_bottom_at_y(area.bottom() - height);
        part(ui, kit, above, |ui, kit| list(ui, kit, project, workspace, out));
        if has_bar {
            part(ui, kit, bar, |ui, kit| selection::bar(ui, kit, project, workspace, out));
        }
    });
}

fn part(ui: &mut Ui, kit: &mut Kit, rect: Rect, add: impl FnOnce(&mut Ui, &mut Kit)) {
    let builder = UiBuilder::new().max_rect(rect).layout(kit.column());
    ui.scope_builder(builder, |ui| add(ui, kit));
}

fn list(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    if let Some(wrong) = workspace.documents.listing.wrong() {
        say_wrong(ui, kit, workspace.search.text(), wrong);
    }
    if workspace.documents.listing.rows().is_empty() {
        workspace.documents.focused = None;
        if !workspace.documents.listing.is_busy() {
            nothing(ui, kit, project, workspace, out);
        }
        return;
    }
    let moved = keys::take(ui, project, &mut workspace.documents, out);
    let open = project.open_row();
    let listing = &workspace.documents.listing;
    let asked = workspace.show_row.then(|| listing.row_of(open?)).flatten();
    // A list that is still being made may have it yet.
    // The same in a drawer that is still being measured: what gets the focus then loses it.
    let is_measured = ui.is_sizing_pass();
    workspace.show_row &= listing.is_busy() || is_measured;
    let list = &mut workspace.documents;
    let asked_focus = if is_measured { None } else { list.focus.take() };
    let to_focus = asked_focus.or(moved);
    let shown = to_focus.or(asked);
    if let Some(row) = to_focus {
        keys::give_focus(ui, row);
    }
    let count = list.listing.rows().len();
    let mut focused = None;
    rows(ui, kit, list_id(), (count, ROW), shown, |ui, kit, at, rect, response| {
        if response.has_focus() {
            focused = Some(at);
        }
        let place = list.listing.place(at);
        if let Some(row) = place.and_then(|place| project.row(place)) {
            let is_open = open.is_some() && place == open;
            row::ui(ui, kit, (project, list), (at, &row, is_open), (rect, response), out);
        }
    });
    let name = kit.t(both("المقالات", "Documents"));
    access::name_list(ui.ctx(), list_id(), name);
    list.focused = focused;
    if let Some(row) = focused.filter(|_| !list.selected.is_empty()) {
        keys::hold_esc(ui, row);
    }
}

/// What is said where nothing is listed, and what can be done about it.
fn nothing(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &Workspace,
    out: &mut Vec<Action>,
) {
    ui.add_space(size::MARGIN);
    ui.spacing_mut().item_spacing = vec2(8.0, size::PAD);
    if project.num_documents() == 0 {
        let text = both("لا مقالات بعد", "No documents yet");
        kit.paragraph(ui, kit.t(text), TextKind::Strong, Ink::Text);
        let text = both(
            "استورد ملفات نصية أو JSONL، أو مجلدًا منها، أو اسحبها إلى هذه النافذة.",
            "Import text or JSONL files, or a folder of them, or drag them into this window.",
        );
        kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
        return;
    }
    let text = both("لا مقال يطابق ما طُلب.", "No document matches.");
    kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
    let clear = both("أزل المرشحات", "Clear the filters");
    if workspace.is_filtered() && Button::new(kit.t(clear)).ui(ui, kit).clicked() {
        out.push(Action::Documents(Documents::ShowAll));
    }
}
