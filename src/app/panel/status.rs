//! The status line: saved, saving, or why not; and what was said last.

use egui::{Ui, vec2};

use super::article::tip_of;
use crate::app::access;
use crate::app::action::Action;
use crate::app::command::command;
use crate::app::review::Ask;
use crate::app::widget::{Button, Ink, Kit, TextKind, color};
use crate::app::workspace::Workspace;
use crate::lang::{Lang, PROBLEM, SUGGESTION, both, isolated};
use crate::project::{Project, Saved};
use crate::theme::size;

/// How long something that was said stays, in seconds.
const STAYS: f64 = 8.0;

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    access::region(ui, kit.t(both("سطر الحالة", "Status line")));
    let now = ui.input(|input| input.time);
    if let Some(said) = &mut workspace.said {
        let since = *said.since.get_or_insert(now);
        if now - since > STAYS {
            workspace.said = None;
        } else {
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(500));
        }
    }
    // As high as its buttons, also before there are any: the article never moves by them.
    let whole = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(whole, kit.row(), |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        // Where nothing can be written there is nothing to call saved.
        if project.is_writable() || project.saved() != Saved::Saved {
            saved(ui, kit, project, out);
        }
        if let Some(why) = project.read_only() {
            let read_only = kit.t(both("للقراءة فقط", "Read only"));
            let text = format!("{read_only}: {}", why.get(kit.lang));
            kit.label(ui, &text, TextKind::Small, Ink::Caution);
        }
        let num_problems = workspace.problems.len();
        if num_problems > 0 {
            let text = kit.count(&PROBLEM, num_problems);
            let tip = command("view.problems").map_or(String::new(), |of| tip_of(kit, of));
            if Button::new(&text).flat().tip(&tip).ui(ui, kit).clicked() {
                workspace.shows_problems = !workspace.shows_problems;
            }
        }
        suggestions(ui, kit, workspace, out);
        in_hand(ui, kit, project, workspace);
        pending(ui, kit, workspace);
        ui.with_layout(kit.row_end(), |ui| {
            let annotator = match kit.lang {
                Lang::Ar => format!("الموسّم: \u{2068}{}\u{2069}", project.annotator()),
                Lang::En => format!("annotator: \u{2068}{}\u{2069}", project.annotator()),
            };
            kit.label(ui, &annotator, TextKind::Small, Ink::Weak);
            if let Some(said) = &workspace.said {
                let ink = if said.is_error { Ink::Danger } else { Ink::Text };
                let text = said.message.get(kit.lang).to_owned();
                // The same said again is another saying, and read out again.
                let since = said.since.unwrap_or_default().to_bits();
                ui.push_id(("said", since), |ui| {
                    let response = kit.label(ui, &text, TextKind::Small, ink);
                    access::announce(&response, said.is_error);
                });
            }
        });
    });
}

/// How many suggestions there are; a click begins to go through them, or ends it.
fn suggestions(ui: &mut Ui, kit: &mut Kit, workspace: &Workspace, out: &mut Vec<Action>) {
    let Some(all) = workspace.suggestions.all() else { return };
    let text = kit.count(&SUGGESTION, all.len());
    let tip = command("review.here").map_or(String::new(), |of| tip_of(kit, of));
    if Button::new(&text).flat().tip(&tip).ui(ui, kit).clicked() {
        out.push(Action::Review(Ask::Toggle));
    }
}

/// What the suggestion in hand says, where there is no room for it beside the article.
fn in_hand(ui: &mut Ui, kit: &mut Kit, project: &Project, workspace: &Workspace) {
    let review = workspace.review.as_ref().filter(|_| !workspace.docked.inspector);
    let Some(taken) = review.and_then(|review| review.taken()) else { return };
    let label = project.schema().label(&taken.label);
    let name = label.map_or(taken.label.as_str(), |label| label.name.get(kit.lang));
    let value = taken.value.as_deref().map(isolated).unwrap_or_default();
    kit.label(ui, &format!("{name}: {value}"), TextKind::Small, Ink::Accent);
}

/// The keys that were pressed and wait for others, and what these may be.
fn pending(ui: &mut Ui, kit: &mut Kit, workspace: &Workspace) {
    if workspace.pending.is_empty() {
        return;
    }
    let pressed: Vec<_> = workspace.pending.iter().map(ToString::to_string).collect();
    let follow = kit.keymap.after(&workspace.pending).into_iter();
    let follow: Vec<_> = follow
        .map(|(keys, of)| format!("\u{2066}{keys}\u{2069} {}", kit.t(of.title)))
        .collect();
    let text = format!("\u{2066}{} …\u{2069}  {}", pressed.join(" "), follow.join(" · "));
    kit.label(ui, &text, TextKind::Small, Ink::Accent);
}

fn saved(ui: &mut Ui, kit: &mut Kit, project: &Project, out: &mut Vec<Action>) {
    let (text, ink) = match project.saved() {
        Saved::Saved => (kit.t(both("محفوظ", "Saved")).to_owned(), Ink::Good),
        Saved::Saving => (kit.t(both("يُحفظ…", "Saving…")).to_owned(), Ink::Weak),
        Saved::Failed(why) => {
            let why = why.get(kit.lang);
            let text = match kit.lang {
                Lang::Ar => format!("لم يُحفظ: {why}"),
                Lang::En => format!("Not saved: {why}"),
            };
            (text, Ink::Danger)
        }
    };
    let (rect, _) = ui.allocate_exact_size(vec2(9.0, 9.0), egui::Sense::hover());
    ui.painter().circle_filled(rect.center(), 4.0, color(kit.ink(ink)));
    // In front of the reason, which may be longer than the window is wide.
    if ink == Ink::Danger {
        let retry = kit.t(both("أعد المحاولة", "Try again"));
        if Button::new(retry).ui(ui, kit).clicked() {
            out.push(Action::Retry);
        }
    }
    let response = if ink == Ink::Danger {
        reason(ui, kit, &text)
    } else {
        kit.label(ui, &text, TextKind::Small, ink)
    };
    // That it is being saved is not worth a word, that it is saved or not is.
    if ink != Ink::Weak {
        access::announce(&response, ink == Ink::Danger);
    }
    ui.add_space(size::GAP);
}

/// Why something was not saved, cut where the annotator's name stands; whole in its tooltip.
fn reason(ui: &mut Ui, kit: &mut Kit, text: &str) -> egui::Response {
    const BESIDE: f32 = 150.0;
    let ink = kit.ink(Ink::Danger);
    let set = kit.set(ui, text, TextKind::Small, None);
    let room = (ui.available_width() - BESIDE).max(80.0);
    let width = Kit::size(ui, &set).x.min(room);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 20.0), egui::Sense::hover());
    kit.paint_content(ui, rect, (text, TextKind::Small), ink);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    kit.tip(response, text)
}
