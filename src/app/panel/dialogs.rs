//! Dialogs, drawn over the window.

use std::path::PathBuf;

use egui::{Id, Ui, vec2};

use crate::app::access;
use crate::app::action::{Action, Export, Pick};
use crate::app::command::Desk;
use crate::app::dialog::{DetailsForm, Dialog, ExportForm};
use crate::app::widget::{
    Button, Field, Ink, Kit, TextKind, color, scroll_area, text_field, toggle,
};
use crate::app::workspace::Workspace;
use crate::dataset::Kind;
use crate::format::FORMATS;
use crate::lang::{Bilingual, both};
use crate::model::Meta;
use crate::project::Project;
use crate::theme::size;

/// The height of a row of buttons below what scrolls, with the space around it, in points.
const FOOT: f32 = size::CONTROL + 2.0 * size::PAD;

/// Draws the open dialog, if there is one.
pub(in crate::app) fn ui(
    ctx: &egui::Context,
    kit: &mut Kit,
    project: Option<&Project>,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    // What a dialog lists is what is possible without it.
    let Some(mut dialog) = workspace.dialog.take() else { return };
    show(ctx, kit, (project, workspace), &mut dialog, out);
    workspace.dialog = Some(dialog);
}

fn show(
    ctx: &egui::Context,
    kit: &mut Kit,
    (project, workspace): (Option<&Project>, &Workspace),
    dialog: &mut Dialog,
    out: &mut Vec<Action>,
) {
    let theme = kit.theme;
    let frame = egui::Frame::new()
        .fill(color(theme.panel))
        .stroke(egui::Stroke::new(1.0, color(theme.edge)))
        .corner_radius(8.0)
        .inner_margin(22.0);
    let modal =
        egui::Modal::new(Id::unique("dialog")).frame(frame).backdrop_color(color(theme.shade));
    // Room for the dialog's own margin, and for some of the window around it.
    let most = ctx.content_rect().size() - vec2(64.0, 56.0);
    // The dialog is called what its first heading says.
    kit.heading = None;
    let response = modal.show(ctx, |ui| {
        let width: f32 = match dialog {
            Dialog::Keys => 860.0,
            Dialog::Schema(_) => 980.0,
            Dialog::Manual(_) | Dialog::Guidelines(_) => 900.0,
            Dialog::Statistics(_) | Dialog::Quality(_) => 1_120.0,
            Dialog::Spread(_) => 760.0,
            Dialog::Settings(_) | Dialog::OwnKeys(_) => 700.0,
            Dialog::Palette(_) => 620.0,
            Dialog::Import(_) | Dialog::Learning | Dialog::Extractor(_) => 600.0,
            Dialog::New(_) => super::assistant::WIDTH,
            _ => 460.0,
        };
        ui.set_width(width.min(most.x));
        // Those buttons stay in sight however much there is above them.
        let foot_room = match dialog {
            Dialog::Details(_) | Dialog::Export(_) => FOOT,
            _ => 0.0,
        };
        let page = Id::unique("dialog page");
        let entered = scroll_area(ui, kit, page, most.y - foot_room, |ui, kit| {
            ui.with_layout(kit.column(), |ui| {
                ui.spacing_mut().item_spacing.y = 6.0;
                let entered = body(ui, kit, (project, workspace), (dialog, most.y), out);
                // What went wrong with it: the status line is in the shade.
                if let Some(said) = workspace.said.as_ref().filter(|said| said.is_error) {
                    ui.add_space(size::GAP);
                    let text = said.message.get(kit.lang);
                    let said = kit.paragraph(ui, text, TextKind::Body, Ink::Danger);
                    access::announce(&said, true);
                }
                entered
            })
            .inner
        });
        ui.with_layout(kit.column(), |ui| foot(ui, kit, (project, dialog), entered, out));
    });
    let name = kit.heading.take().unwrap_or_default();
    ctx.accesskit_node_builder(Id::unique("dialog"), |node| {
        node.set_label(name);
        node.set_modal();
        node.set_bounds(access::bounds(response.response.rect));
    });
    // A click beside it is no way to throw away what is written in it.
    let may_close = matches!(
        dialog,
        Dialog::Keys | Dialog::Manual(_) | Dialog::Statistics(_) | Dialog::Quality(_)
    ) || !response.backdrop_response.clicked();
    if response.should_close() && may_close && !matches!(out.last(), Some(Action::Show(_))) {
        out.push(Action::Show(None));
    }
}

/// What a dialog shows; whether Enter was pressed where that means its first button.
fn body(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, workspace): (Option<&Project>, &Workspace),
    (dialog, height): (&mut Dialog, f32),
    out: &mut Vec<Action>,
) -> bool {
    match dialog {
        Dialog::Open(field) => {
            let text = both("افتح مشروعًا", "Open a project");
            let hint = both("مجلد المشروع", "the project’s folder");
            path_form(
                ui,
                kit,
                (text, hint, both("افتح", "Open")),
                field,
                out,
                Action::OpenProject,
            );
        }
        Dialog::New(form) => super::assistant::ui(ui, kit, form, out),
        Dialog::Import(form) => super::import::ui(ui, kit, project, form, out),
        Dialog::Export(form) => return export(ui, kit, form, out),
        Dialog::Details(form) => details(ui, kit, project, form),
        Dialog::Schema(form) => {
            // Those of a project that is being set up are not the open one's.
            let project = project.filter(|_| !workspace.is_for_new_project());
            super::schema::ui(ui, kit, (project, form, height), out);
        }
        Dialog::TakeLabels(field) => super::schema::take_ui(ui, kit, field, out),
        Dialog::WriteLabels(field) => super::schema::write_ui(ui, kit, field, out),
        Dialog::Annotator(field) => annotator(ui, kit, field, out),
        Dialog::Spread(form) => super::spread::ui(ui, kit, (project, form, height), out),
        Dialog::Settings(page) => super::settings::ui(ui, kit, page, out),
        Dialog::Statistics(form) => {
            super::statistics::ui(ui, kit, (project, form, height), out);
        }
        Dialog::Learning => super::learn::ui(ui, kit, (project, workspace), out),
        Dialog::Extractor(form) => super::extractor::ui(ui, kit, (project, form), out),
        Dialog::Quality(form) => super::quality::ui(ui, kit, (project, form, height), out),
        Dialog::Keys => super::keys::ui(ui, kit, height, out),
        Dialog::Manual(form) => super::manual::ui(ui, kit, form, height),
        Dialog::Guidelines(form) => super::guide_form::ui(ui, kit, (form, height), out),
        Dialog::OwnKeys(form) => {
            super::own_keys::ui(ui, kit, (workspace, form, height), out);
        }
        Dialog::KeyFile(file) => super::keys::file_ui(ui, kit, file, workspace, out),
        Dialog::Palette(form) => {
            let desk = Desk { project, workspace };
            kit.label(ui, kit.t(super::palette::TITLE), TextKind::Heading, Ink::Text);
            super::palette::ui(ui, kit, &desk, (form, height), out);
        }
    }
    false
}

/// The buttons below what scrolls, of the dialogs that have them there.
fn foot(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, dialog): (Option<&Project>, &Dialog),
    entered: bool,
    out: &mut Vec<Action>,
) {
    match dialog {
        Dialog::Export(form) => {
            let ready = !form.path.text().trim().is_empty();
            if confirm(ui, kit, both("صدّر", "Export"), ready, out) || (entered && ready) {
                out.push(Action::Export(Export {
                    format: form.format,
                    kind: if form.gold { Kind::Gold } else { Kind::Training },
                    keep_going: form.keep_going,
                    path: PathBuf::from(form.path.text().trim()),
                }));
            }
        }
        Dialog::Details(form) => {
            let is_writable = project.is_some_and(Project::is_writable);
            if confirm(ui, kit, both("احفظ", "Save"), is_writable, out) {
                save_details(form, out);
            }
        }
        _ => {}
    }
}

fn path_form(
    ui: &mut Ui,
    kit: &mut Kit,
    (title, hint, verb): (Bilingual, Bilingual, Bilingual),
    field: &mut Field,
    out: &mut Vec<Action>,
    action: fn(PathBuf) -> Action,
) {
    kit.label(ui, kit.t(title), TextKind::Heading, Ink::Text);
    let entered = path_field(ui, kit, (hint, &[Pick::Folder]), field, out);
    let ready = !field.text().trim().is_empty();
    if confirm(ui, kit, verb, ready, out) || (entered && ready) {
        out.push(action(PathBuf::from(field.text().trim())));
    }
}

/// Where the focus is while a dialog's path is being written.
pub(super) fn path_id() -> Id {
    Id::unique("path")
}

/// A field for a path, with buttons that ask the system; true if Enter was pressed.
pub(super) fn path_field(
    ui: &mut Ui,
    kit: &mut Kit,
    (hint, picks): (Bilingual, &[Pick]),
    field: &mut Field,
    out: &mut Vec<Action>,
) -> bool {
    let (name, hint) = (kit.t(both("المسار", "Path")), kit.t(hint));
    kit.label(ui, name, TextKind::Small, Ink::Weak);
    let outcome = text_field(ui, kit, path_id(), field, (name, hint), false);
    if ui.memory(|memory| memory.focused().is_none()) && field.text().is_empty() {
        outcome.response.request_focus();
    }
    kit.row_ui(ui, |ui, kit| {
        for pick in picks {
            let text = match (pick, picks.len()) {
                (_, 1) => both("تصفّح…", "Browse…"),
                (Pick::Folder, _) => both("اختر مجلدًا…", "Choose a folder…"),
                (Pick::File | Pick::NewFile, _) => both("اختر ملفًا…", "Choose a file…"),
            };
            if Button::new(kit.t(text)).ui(ui, kit).clicked() {
                out.push(Action::Browse(*pick));
            }
        }
    });
    outcome.entered
}

/// The buttons that end a dialog; true if the first was clicked.
pub(super) fn confirm(
    ui: &mut Ui,
    kit: &mut Kit,
    verb: Bilingual,
    is_ready: bool,
    out: &mut Vec<Action>,
) -> bool {
    ui.add_space(size::PAD);
    let row = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(row, kit.row(), |ui| {
        let verb = kit.t(verb);
        let done = Button::new(verb).primary().enabled(is_ready).ui(ui, kit).clicked();
        if Button::new(kit.t(both("ألغِ", "Cancel"))).ui(ui, kit).clicked() {
            out.push(Action::Show(None));
        }
        done
    })
    .inner
}

/// What is exported, and where to; whether Enter was pressed in the path.
fn export(ui: &mut Ui, kit: &mut Kit, form: &mut ExportForm, out: &mut Vec<Action>) -> bool {
    kit.label(
        ui,
        kit.t(both("صدّر مجموعة بيانات", "Export a data set")),
        TextKind::Heading,
        Ink::Text,
    );
    let row = vec2(ui.available_width(), size::CONTROL);
    let caption = |ui: &mut Ui, kit: &mut Kit, name: Bilingual| {
        kit.label(ui, kit.t(name), TextKind::Small, Ink::Weak);
    };
    caption(ui, kit, both("المجموعة", "Data set"));
    ui.allocate_ui_with_layout(row, kit.row(), |ui| {
        for (gold, name) in [
            (false, both("تدريب: المقالات المنتهية", "Training: finished documents")),
            (true, both("ذهبية: ما أُعلن ذهبيًا", "Gold: what was declared gold")),
        ] {
            let response = toggle(ui, kit, kit.t(name), form.gold == gold);
            access::choice(ui, &response);
            if response.clicked() {
                form.gold = gold;
                form.suggest();
            }
        }
    });
    caption(ui, kit, both("الصيغة", "Format"));
    ui.allocate_ui_with_layout(row, kit.row(), |ui| {
        for format in FORMATS.iter().filter(|format| format.write.is_some()) {
            let response = toggle(ui, kit, kit.t(format.name), form.format == format.id);
            access::choice(ui, &response);
            if response.clicked() {
                form.format = format.id;
                form.suggest();
            }
        }
    });
    caption(ui, kit, both("إن نقص شيء أو تلف", "If something is missing or damaged"));
    ui.allocate_ui_with_layout(row, kit.row(), |ui| {
        let name = both("صدّر الباقي", "Export the rest");
        if toggle(ui, kit, kit.t(name), form.keep_going).clicked() {
            form.keep_going = !form.keep_going;
        }
    });
    // What is suggested may be what is wanted: Enter takes it.
    if form.is_new {
        // It stays only with what is seen: not in a frame in which the dialog is measured.
        form.is_new = !ui.memory(|memory| memory.has_focus(path_id()));
        ui.memory_mut(|memory| memory.request_focus(path_id()));
    }
    let hint = both("الملف الذي يُكتب", "the file to write");
    path_field(ui, kit, (hint, &[Pick::NewFile]), &mut form.path, out)
}

fn details(ui: &mut Ui, kit: &mut Kit, project: Option<&Project>, form: &mut DetailsForm) {
    kit.label(
        ui,
        kit.t(both("بيانات المقال", "Document details")),
        TextKind::Heading,
        Ink::Text,
    );
    let first_line = project
        .and_then(|project| Some((project.document()?, project.meta()?)))
        .map(|(document, _)| document.title(&Meta::default()).to_owned())
        .unwrap_or_default();
    let is_writable = project.is_some_and(Project::is_writable);
    if let Some(project) = project {
        super::inspector::read_only(ui, kit, project);
    }
    let lang = kit.lang;
    let mut row = |ui: &mut Ui, name: Bilingual, hint: &str, field: &mut Field, many| {
        field.lock(!is_writable);
        let name = kit.t(name);
        kit.label(ui, name, TextKind::Small, Ink::Weak);
        text_field(ui, kit, Id::unique(("details", name)), field, (name, hint), many).response
    };
    let title = row(ui, both("العنوان", "Title"), &first_line, &mut form.title, false);
    if ui.memory(|memory| memory.focused().is_none()) {
        title.request_focus();
    }
    let example = both("مثلًا: 2024-01-30", "such as 2024-01-30").get(lang);
    row(ui, both("التاريخ", "Date"), example, &mut form.date, false);
    row(ui, both("المصدر", "Source"), "", &mut form.source, false);
    row(ui, both("ملاحظة على المقال", "Note on the document"), "", &mut form.note, true);
}

/// Asks for what was written of a document.
fn save_details(form: &DetailsForm, out: &mut Vec<Action>) {
    let given = |field: &Field| {
        let text = field.text().trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let meta = Meta {
        title: given(&form.title),
        date: given(&form.date),
        source: given(&form.source),
    };
    out.push(Action::EditMeta(meta));
    out.push(Action::SetDocumentNote(form.note.text().to_owned()));
    out.push(Action::Show(None));
}

fn annotator(ui: &mut Ui, kit: &mut Kit, field: &mut Field, out: &mut Vec<Action>) {
    kit.label(ui, kit.t(both("من الموسّم؟", "Who annotates?")), TextKind::Heading, Ink::Text);
    let why = both(
        "لكل موسّم مجموعته على كل مقال، فلا يغيّر أحد عمل غيره.",
        "Each annotator has a set of their own on each document, so nobody changes another’s work.",
    );
    kit.paragraph(ui, kit.t(why), TextKind::Body, Ink::Weak);
    let name = kit.t(both("اسمك", "Your name"));
    let outcome = text_field(ui, kit, Id::unique("annotator"), field, (name, name), false);
    if ui.memory(|memory| memory.focused().is_none()) {
        outcome.response.request_focus();
    }
    let ready = !field.text().trim().is_empty();
    if confirm(ui, kit, both("ابدأ", "Begin"), ready, out) || (outcome.entered && ready) {
        out.push(Action::SetAnnotator(field.text().trim().to_owned()));
    }
}
