//! The menu of all commands, and that of what can be done at a place of the article.

use egui::{Context, Id, Pos2, Ui, pos2, vec2};

use crate::app::action::Action;
use crate::app::command::{Command, Desk, GROUPS, command, in_article};
use crate::app::widget::{
    Columns, Kit, MenuKey, MenuRow, Touched, column_size, fitted, menu_column, menu_keys, popup,
};
use crate::app::workspace::Workspace;
use crate::lang::both;
use crate::project::Project;
use crate::theme::size;

/// A row, and what it asks for; none where that is not possible here.
pub(super) type Entry = (MenuRow, Option<Action>);

/// Draws the open menu, if there is one.
pub(in crate::app) fn ui(
    ctx: &Context,
    kit: &mut Kit,
    project: Option<&Project>,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    let Some(mut menu) = workspace.menu.take() else { return };
    let desk = Desk { project, workspace };
    let is_left = match menu.place {
        None => all(ctx, kit, &desk, &mut menu.columns, out),
        Some(place) => {
            let entries = if menu.documents.is_empty() {
                here_entries(kit, &desk)
            } else {
                super::documents::menu_entries(kit, &desk, &menu.documents)
            };
            here(ctx, kit, entries, (place, &mut menu.columns), out)
        }
    };
    // Whoever looks at another window has left the menu.
    let is_away = ctx.input(|input| input.events.contains(&egui::Event::WindowFocused(false)));
    if is_left || is_away {
        // First, so that what was chosen may give the focus to something else.
        out.insert(0, Action::ShowMenu(None));
    } else {
        workspace.menu = Some(menu);
    }
}

/// All commands by their groups; true if the menu is left.
fn all(
    ctx: &Context,
    kit: &mut Kit,
    desk: &Desk<'_>,
    at: &mut Columns,
    out: &mut Vec<Action>,
) -> bool {
    let groups: Vec<MenuRow> = GROUPS
        .iter()
        .map(|group| MenuRow {
            text: kit.t(group.title).to_owned(),
            opens: true,
            ..MenuRow::default()
        })
        .collect();
    let entries = |kit: &Kit, group: usize| -> Vec<Entry> {
        let commands = GROUPS.get(group).map_or(&[][..], |group| group.commands);
        commands.iter().map(|command| entry(kit, desk, command)).collect()
    };
    let mut is_left = false;
    for key in menu_keys(ctx, kit) {
        match (key, at.is_inside) {
            (MenuKey::Leave, _) => is_left = true,
            (MenuKey::Back, true) => at.is_inside = false,
            (MenuKey::Into | MenuKey::Enter, false) => {
                (at.is_inside, at.row) = (true, 0);
            }
            (MenuKey::Enter, true) => is_left |= take(entries(kit, at.group), at.row, out),
            (MenuKey::Into | MenuKey::Back, _) => {}
            (key, true) => at.row = key.step(at.row, entries(kit, at.group).len()),
            (key, false) => at.group = key.step(at.group, groups.len()),
        }
    }
    let rect = ctx.content_rect();
    let below = rect.top() + size::CONTROL + 10.0;
    let edge = if kit.rtl() { rect.right() - 12.0 } else { rect.left() + 12.0 };
    let ((group, row), beside) = {
        let id = Id::unique("menu");
        let name = kit.t(both("القائمة", "Menu"));
        popup(ctx, kit, id, (name, pos2(edge, below)), |ui, kit| {
            let shown = entries(kit, at.group);
            let rows: Vec<_> = shown.iter().map(|(row, _)| row.clone()).collect();
            let mut columns = beside_each_other(ui, kit, (&groups, &rows), below);
            let on = (Some(at.group), !at.is_inside);
            let group = menu_column(&mut columns[0], kit, id.with("groups"), &groups, on);
            let on = (at.is_inside.then_some(at.row), at.is_inside);
            let id = id.with(("commands", at.group));
            (group, menu_column(&mut columns[1], kit, id, &rows, on))
        })
    };
    if let Some(Touched { row, is_clicked }) = group {
        *at = Columns { group: row, row: 0, is_inside: is_clicked };
    } else if let Some(Touched { row, is_clicked }) = row {
        (at.row, at.is_inside) = (row, true);
        is_left |= is_clicked && take(entries(kit, at.group), row, out);
    }
    is_left || beside
}

/// Room for two columns, the first where reading begins.
fn beside_each_other(
    ui: &mut Ui,
    kit: &mut Kit,
    (first, second): (&[MenuRow], &[MenuRow]),
    top: f32,
) -> [Ui; 2] {
    let sizes = [first, second].map(|rows| column_size(ui, kit, rows, top));
    let [one, two] = sizes;
    let whole = vec2(one.x + size::PAD + two.x, one.y.max(two.y));
    let (rect, _) = ui.allocate_exact_size(whole, egui::Sense::hover());
    let (left, right) = if kit.rtl() {
        let (left, right) = rect.split_left_right_at_x(rect.right() - one.x);
        (right, left.with_max_x(left.right() - size::PAD))
    } else {
        let (left, right) = rect.split_left_right_at_x(rect.left() + one.x);
        (left, right.with_min_x(right.left() + size::PAD))
    };
    [left, right].map(|rect| {
        let layout = egui::Layout::top_down(egui::Align::Min);
        ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout))
    })
}

/// What can be done at a place; true if the menu is left.
fn here(
    ctx: &Context,
    kit: &mut Kit,
    entries: Vec<Entry>,
    (place, at): (Pos2, &mut Columns),
    out: &mut Vec<Action>,
) -> bool {
    let mut is_left = false;
    let mut taken = None;
    for key in menu_keys(ctx, kit) {
        match key {
            MenuKey::Leave => is_left = true,
            MenuKey::Enter => taken = Some(at.row),
            key if key.is_step() => at.row = key.step(at.row, entries.len()),
            _ => {}
        }
    }
    let rows: Vec<_> = entries.iter().map(|(row, _)| row.clone()).collect();
    let id = Id::unique("menu here");
    let place = fitted(ctx, place, rows.len());
    let name = kit.t(both("ما يمكن هنا", "What can be done here"));
    let (touched, beside) = popup(ctx, kit, id, (name, place), |ui, kit| {
        menu_column(ui, kit, id.with("rows"), &rows, (Some(at.row), true))
    });
    if let Some(touched) = touched {
        at.row = touched.row;
        taken = taken.or(touched.is_clicked.then_some(touched.row));
    }
    if let Some(row) = taken {
        is_left |= take(entries, row, out);
    }
    is_left || beside
}

/// The commands that are possible there, then the labels.
fn here_entries(kit: &Kit, desk: &Desk<'_>) -> Vec<Entry> {
    let commands = in_article().map(|command| entry(kit, desk, command));
    let mut entries: Vec<_> = commands.filter(|(_, action)| action.is_some()).collect();
    let Some(project) = desk.project.filter(|project| project.document().is_some()) else {
        return entries;
    };
    let chosen = desk.chosen().filter(|span| {
        let selection = desk.workspace.article.selection();
        selection.is_empty() || selection == span.range
    });
    for label in project.schema().labels() {
        let row = MenuRow {
            text: super::label_name(label).get(kit.lang).to_owned(),
            key: label.key.map(|key| key.to_string()).unwrap_or_default(),
            is_on: Some(chosen.is_some_and(|span| span.label == label.id)),
            swatch: Some(kit.theme.shades(label.color).bar),
            ..MenuRow::default()
        };
        entries.push((row, Some(Action::UseLabel(label.id.clone()))));
    }
    entries
}

fn entry(kit: &Kit, desk: &Desk<'_>, command: &Command) -> Entry {
    let action = (command.action)(desk);
    let row = MenuRow {
        text: kit.t(command.title).to_owned(),
        key: kit.keymap.key_of(command.id).unwrap_or_default(),
        is_off: action.is_none(),
        ..MenuRow::default()
    };
    (row, action)
}

/// Does what a row says, if it is possible; whether it was.
fn take(entries: Vec<Entry>, row: usize, out: &mut Vec<Action>) -> bool {
    let action = entries.into_iter().nth(row).and_then(|(_, action)| action);
    let is_possible = action.is_some();
    out.extend(action);
    is_possible
}

/// The button that opens the menu of all commands.
pub(super) fn button(ui: &mut Ui, kit: &mut Kit, desk: &Desk<'_>, out: &mut Vec<Action>) {
    let Some(command) = command("view.menu") else { return };
    let tip = super::article::tip_of(kit, command);
    let text = kit.t(both("القائمة", "Menu"));
    let response = crate::app::widget::Button::new(text).tip(&tip).ui(ui, kit);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_has_popup(egui::accesskit::HasPopup::Menu);
    });
    if response.clicked() {
        out.extend((command.action)(desk));
    }
}
