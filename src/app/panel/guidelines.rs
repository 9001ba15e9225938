//! The project's guidelines, beside the article.

use egui::{Id, Ui};

use super::page::page;
use crate::app::action::Action;
use crate::app::guide::Guide;
use crate::app::guide_form::Ask;
use crate::app::widget::{Button, Ink, Kit, TextKind, scroll_area};
use crate::app::workspace::Workspace;
use crate::lang::{both, isolated};
use crate::model::Label;
use crate::project::Project;
use crate::theme::size;

/// The guidelines' place, which takes the focus to scroll by keys.
pub(in crate::app) fn guidelines_id() -> Id {
    Id::unique("guidelines")
}

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    follow(project, workspace);
    let edit = Button::new(kit.t(both("حرّر…", "Edit…")));
    let edit = edit.named(kit.t(both("حرّر دليل التوسيم", "Edit the guidelines")));
    if edit.enabled(project.is_writable()).ui(ui, kit).clicked() {
        out.push(Action::Guidelines(Ask::Edit));
    }
    ui.add_space(size::GAP);
    let guide = &mut workspace.guide;
    let label = workspace.guide_label.as_ref().and_then(|id| project.schema().label(id));
    if guide.trouble.is_some() || guide.blocks.is_empty() {
        let most = ui.available_height();
        scroll_area(ui, kit, Id::unique("label cards"), most, |ui, kit| {
            ui.with_layout(kit.column(), |ui| nothing(ui, kit, (project, label), guide));
        });
        return;
    }
    if let Some(label) = label {
        // The rest of the guidelines keeps at least half of the place.
        let most = ui.available_height() / 2.0;
        scroll_area(ui, kit, Id::unique("label card"), most, |ui, kit| {
            ui.with_layout(kit.column(), |ui| super::label_card::ui(ui, kit, label));
        });
        ui.add_space(size::GAP);
        kit.rule(ui);
        ui.add_space(size::GAP);
    }
    let name = kit.t(both("دليل التوسيم", "Annotation guidelines"));
    let area = ui.available_rect_before_wrap();
    page(ui, kit, guide, (guidelines_id(), name), area);
}

/// Goes to the label that is armed or chosen, whenever that is another one.
fn follow(project: &Project, workspace: &mut Workspace) {
    let chosen = workspace.chosen.as_ref().and_then(|id| project.set()?.span(id));
    let label = workspace.armed.as_ref().or(chosen.map(|span| &span.label));
    if label == workspace.guide_label.as_ref() {
        return;
    }
    workspace.guide_label = label.cloned();
    if let Some(label) = label.and_then(|label| project.schema().label(label)) {
        workspace.guide.show_label(label);
    }
}

/// What stands there where there are none: what the label means, or what each does; why there are
/// none, and where to write them.
fn nothing(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, label): (&Project, Option<&Label>),
    guide: &Guide,
) {
    let is_about = |of: &&Label| {
        label.map_or_else(|| super::label_card::says_something(of), |label| of.id == label.id)
    };
    for label in project.schema().labels().filter(is_about) {
        super::label_card::ui(ui, kit, label);
        ui.add_space(size::PAD);
    }
    if let Some(trouble) = &guide.trouble {
        kit.paragraph(ui, trouble.get(kit.lang), TextKind::Body, Ink::Danger);
        return;
    }
    let heading = both("لا دليل بعد", "No guidelines yet");
    kit.label(ui, kit.t(heading), TextKind::Heading, Ink::Text);
    ui.add_space(size::GAP);
    let how = both(
        "اكتب قواعد التوسيم بصيغة Markdown: بالأمر «حرّر…»، أو في هذا الملف؛ تظهر هنا. والعنوان الذي فيه اسم وسم يُفتح مع ذلك الوسم:",
        "Write how to annotate as Markdown, by “Edit…” or in this file, and it is shown here. A heading with a label’s name is opened along with that label:",
    );
    kit.paragraph(ui, kit.t(how), TextKind::Body, Ink::Weak);
    ui.add_space(size::GAP);
    let path = project.store().root().join("guidelines.md");
    let path = std::path::absolute(&path).unwrap_or(path);
    kit.paragraph(ui, &isolated(path.display()), TextKind::Small, Ink::Text);
}
