//! The bar at the top: the project, what can be undone, how the window looks.

use egui::{Ui, vec2};

use super::article::tip_of;
use crate::app::action::Action;
use crate::app::command::{Desk, command};
use crate::app::drawer::Drawer;
use crate::app::widget::{Button, Icon, Ink, Kit, TextKind, icon_button};
use crate::app::workspace::Workspace;
use crate::lang::{Bilingual, Lang, both};
use crate::project::Project;
use crate::theme::size;

/// The width from which there is room for the program's name, for files and the size of the
/// text.
const WIDE: f32 = 840.0;

/// The width from which there is room to say what would be undone.
const WIDEST: f32 = 1000.0;

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: Option<&Project>,
    workspace: &Workspace,
    out: &mut Vec<Action>,
) {
    let desk = Desk { project, workspace };
    let width = ui.available_width();
    ui.allocate_ui_with_layout(vec2(ui.available_width(), size::CONTROL), kit.row(), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        super::menu::button(ui, kit, &desk, out);
        if project.is_some() && !workspace.docked.documents {
            drawer_button(ui, kit, &desk, (Icon::Rows, Drawer::Documents), out);
        }
        // A narrow window has room for what can be done, not for the name.
        if width >= WIDE || project.is_none() {
            kit.label(ui, kit.t(both("توسيم", "Tawsim")), TextKind::Heading, Ink::Accent);
            ui.add_space(size::PAD);
        }
        // What has no room here is in the menu.
        if project.is_some() && width >= WIDE {
            button(ui, kit, &desk, "project.open", both("افتح…", "Open…").get(kit.lang), out);
            button(
                ui,
                kit,
                &desk,
                "project.import",
                both("استورد…", "Import…").get(kit.lang),
                out,
            );
            button(
                ui,
                kit,
                &desk,
                "project.export",
                both("صدّر…", "Export…").get(kit.lang),
                out,
            );
            button(ui, kit, &desk, "document.gold", both("ذهبية", "Gold").get(kit.lang), out);
            ui.add_space(size::PAD);
        }
        if project.is_some() {
            let step = |name: Option<Bilingual>| name.filter(|_| width >= WIDEST);
            let undo = step(project.and_then(Project::undo_name));
            let undo = step_name(kit, both("تراجع", "Undo"), undo);
            button(ui, kit, &desk, "edit.undo", &undo, out);
            let redo = step(project.and_then(Project::redo_name));
            let redo = step_name(kit, both("أعد", "Redo"), redo);
            button(ui, kit, &desk, "edit.redo", &redo, out);
        }
        ui.with_layout(kit.row_end(), |ui| {
            let is_open = project.is_some_and(|project| project.document().is_some());
            if is_open && !workspace.docked.inspector {
                drawer_button(ui, kit, &desk, (Icon::Card, Drawer::Inspector), out);
            }
            button(ui, kit, &desk, "help.keys", kit.t(both("المفاتيح", "Keys")), out);
            let other = match kit.lang {
                Lang::Ar => "English",
                Lang::En => "العربية",
            };
            button(ui, kit, &desk, "view.language", other, out);
            sign(ui, kit, &desk, ("app.settings", Icon::Gear, None), out);
            let (icon, name) = if kit.theme.mode.is_dark() {
                (Icon::Sun, both("فاتح", "Light"))
            } else {
                (Icon::Moon, both("داكن", "Dark"))
            };
            sign(ui, kit, &desk, ("view.theme", icon, Some(name)), out);
            // Keys and the wheel do the same where there is no room.
            if project.is_some() && width >= WIDE {
                sign(
                    ui,
                    kit,
                    &desk,
                    ("view.larger", Icon::Plus, Some(both("كبّر", "Zoom in"))),
                    out,
                );
                sign(
                    ui,
                    kit,
                    &desk,
                    ("view.smaller", Icon::Minus, Some(both("صغّر", "Zoom out"))),
                    out,
                );
            }
        });
    });
}

/// A button with an icon; its name is the command's, unless there is a better one here.
fn sign(
    ui: &mut Ui,
    kit: &mut Kit,
    desk: &Desk<'_>,
    (id, icon, name): (&str, Icon, Option<Bilingual>),
    out: &mut Vec<Action>,
) {
    let Some(command) = command(id) else { return };
    let tip = tip_of(kit, command);
    let names = (kit.t(name.unwrap_or(command.title)), tip.as_str());
    if icon_button(ui, kit, icon, names, false).clicked() {
        out.extend((command.action)(desk));
    }
}

/// A button that opens and closes a drawer.
fn drawer_button(
    ui: &mut Ui,
    kit: &mut Kit,
    desk: &Desk<'_>,
    (icon, drawer): (Icon, Drawer),
    out: &mut Vec<Action>,
) {
    let id = match drawer {
        Drawer::Documents => "view.documents",
        Drawer::Inspector => "view.inspector",
    };
    let Some(command) = command(id) else { return };
    let tip = tip_of(kit, command);
    let is_on = desk.workspace.drawer == Some(drawer);
    let names = (kit.t(command.title), tip.as_str());
    if icon_button(ui, kit, icon, names, is_on).clicked() {
        out.extend((command.action)(desk));
    }
}

fn step_name(kit: &Kit, verb: Bilingual, step: Option<Bilingual>) -> String {
    match step {
        Some(step) => format!("{}: {}", kit.t(verb), kit.t(step)),
        None => kit.t(verb).to_owned(),
    }
}

fn button(
    ui: &mut Ui,
    kit: &mut Kit,
    desk: &Desk<'_>,
    id: &str,
    text: &str,
    out: &mut Vec<Action>,
) {
    let Some(command) = command(id) else { return };
    let action = (command.action)(desk);
    let tip = tip_of(kit, command);
    let button = Button::new(text).flat().enabled(action.is_some()).tip(&tip);
    let response = button.ui(ui, kit);
    super::tour::mark(ui, id, response.rect);
    if response.clicked() {
        out.extend(action);
    }
}
