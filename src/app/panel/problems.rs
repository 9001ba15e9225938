//! What is wrong with the project's files, with its place.

use egui::{Id, Ui, vec2};

use crate::app::access;
use crate::app::action::Action;
use crate::app::widget::{Button, Ink, Kit, TextKind, rows};
use crate::app::workspace::Workspace;
use crate::lang::both;
use crate::model::Severity;
use crate::theme::size;
use crate::typeset::Align;

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    workspace: &Workspace,
    out: &mut Vec<Action>,
) {
    ui.with_layout(kit.column(), |ui| {
        ui.add_space(size::GAP);
        kit.row_ui(ui, |ui, kit| {
            kit.label(ui, kit.t(both("المشكلات", "Problems")), TextKind::Heading, Ink::Text);
            ui.with_layout(kit.row_end(), |ui| {
                if Button::new(kit.t(both("أغلق", "Close"))).flat().ui(ui, kit).clicked() {
                    out.push(Action::ToggleProblems);
                }
            });
        });
        ui.add_space(size::GAP);
        let problems = &workspace.problems;
        if problems.is_empty() {
            let text = both(
                "لا مشكلات: ما قُرئ من الملفات سليم.",
                "No problems: what was read of the files is well.",
            );
            kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
            return;
        }
        let list = (problems.len(), 44.0);
        rows(ui, kit, Id::unique("problems"), list, None, |ui, kit, at, rect, response| {
            let Some(problem) = problems.get(at) else { return };
            let (upper, lower) =
                rect.shrink2(vec2(4.0, 2.0)).split_top_bottom_at_fraction(0.55);
            let ink = match problem.severity {
                Severity::Notice => kit.theme.text,
                Severity::Warning => kit.theme.caution,
                Severity::Error => kit.theme.danger,
            };
            let what = problem.what.get(kit.lang);
            kit.paint_in(ui, upper, (what, TextKind::Body), ink, Align::Start);
            let weak = kit.theme.weak;
            kit.paint_content(ui, lower, (&problem.place.to_string(), TextKind::Small), weak);
            let name = format!("{what} · {}", problem.place);
            let role = match problem.place.document {
                Some(_) => egui::Role::Button,
                None => egui::Role::Label,
            };
            response.widget_info(|| egui::WidgetInfo::labeled(role, true, &name));
            let response = kit.tip(response, &format!("{what}\n{}", problem.place));
            if let (true, Some(document)) = (response.clicked(), &problem.place.document) {
                out.push(Action::OpenDocument(document.clone()));
            }
        });
        let name = kit.t(both("المشكلات", "Problems"));
        access::name_list(ui.ctx(), Id::unique("problems"), name);
    });
}
