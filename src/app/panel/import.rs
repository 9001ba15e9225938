//! The dialog that takes documents in.

use egui::{Id, Ui, vec2};

use super::dialogs::{confirm, path_id};
use crate::app::action::Action;
use crate::app::dialog::ImportForm;
use crate::app::preview::Look;
use crate::app::widget::{Field, Ink, Kit, TextKind, text_field, toggle};
use crate::lang::{Bilingual, both};
use crate::model::State;
use crate::project::Project;
use crate::theme::size;

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: Option<&Project>,
    form: &mut ImportForm,
    out: &mut Vec<Action>,
) {
    let Some(project) = project else { return };
    let title = both("استورد مقالات", "Import documents");
    kit.label(ui, kit.t(title), TextKind::Heading, Ink::Text);
    let hint =
        both("ملف نصي أو JSONL، أو مجلد من هذه", "a text or JSONL file, or a folder of them");
    let (mut entered, is_written) = sources(ui, kit, form, hint, out);
    let asked = form.read(project.schema());
    if let Ok(import) = asked.clone()
        && !import.paths.is_empty()
    {
        let look = Look { import, schema: None };
        super::sources::preview(ui, kit, &mut form.preview, (look, is_written), out);
    }
    ui.add_space(size::GAP);
    kit.rule(ui);
    entered |= dates(ui, kit, form);
    let what = (
        both("المصدر", "Source"),
        both("للمقالات التي لا تذكر مصدرها", "for documents that do not say theirs"),
        both("", ""),
    );
    entered |= row(ui, kit, what, &mut form.source);
    let what = (
        both("أسماء الوسوم في الملفات", "Labels in the files"),
        both(
            "العلامة \u{2066}=\u{2069} تغيّر الاسم، والعلامة \u{2066}=-\u{2069} تُسقط مواضعه",
            "= renames a label, =- leaves its spans out",
        ),
        both("مثلًا: \u{2066}LOC=CITY,PER=-\u{2069}", "such as LOC=CITY,PER=-"),
    );
    entered |= row(ui, kit, what, &mut form.map);
    ui.add_space(size::GAP);
    kit.row_ui(ui, |ui, kit| {
        let why = both("للمقالات التي تأتي ومعها مواضع", "of documents that come with spans");
        words(ui, kit, both("الحالة", "State"), why);
        for (finished, state) in [(true, State::Finished), (false, State::InProgress)] {
            let name = state.name();
            if toggle(ui, kit, kit.t(name), form.finished == finished).clicked() {
                form.finished = finished;
            }
        }
    });
    kit.row_ui(ui, |ui, kit| {
        let why = both("وإلا لم يُستورد شيء", "otherwise nothing is imported");
        words(ui, kit, both("إن تلف شيء", "If something is damaged"), why);
        let name = both("استورد السليم", "Import what is well");
        if toggle(ui, kit, kit.t(name), form.keep_going).clicked() {
            form.keep_going = !form.keep_going;
        }
    });
    let asked = form.read(project.schema());
    if let Err(why) = &asked {
        kit.paragraph(ui, why.get(kit.lang), TextKind::Small, Ink::Danger);
    }
    let is_ready = asked.as_ref().is_ok_and(|asked| !asked.paths.is_empty());
    let confirmed = confirm(ui, kit, both("استورد", "Import"), is_ready, out);
    if let Ok(asked) = asked
        && is_ready
        && (confirmed || entered)
    {
        out.push(Action::Import(Box::new(asked)));
    }
}

/// The files and folders; whether Enter was pressed, and whether something was written.
fn sources(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut ImportForm,
    hint: Bilingual,
    out: &mut Vec<Action>,
) -> (bool, bool) {
    let name = both("المسار", "Path");
    kit.label(ui, kit.t(name), TextKind::Small, Ink::Weak);
    let (outcome, picked) =
        super::sources::ui(ui, kit, (path_id(), name, hint), &mut form.sources);
    out.extend(picked.map(Action::Browse));
    let Some(outcome) = outcome else { return (false, false) };
    let is_blank = form.sources.path.text().is_empty();
    if ui.memory(|memory| memory.focused().is_none()) && is_blank {
        outcome.response.request_focus();
    }
    (outcome.entered, outcome.changed)
}

/// The two ways to say when documents were published; true if Enter was pressed.
fn dates(ui: &mut Ui, kit: &mut Kit, form: &mut ImportForm) -> bool {
    let what = (
        both("التاريخ", "Date"),
        both("للمقالات التي لا تذكر تاريخها", "for documents that do not say theirs"),
        both("مثلًا: 2024-01-30", "such as 2024-01-30"),
    );
    let entered = row(ui, kit, what, &mut form.date);
    let what = (
        both("التاريخ من اسم الملف", "Date from the file name"),
        both(
            "نمطه: \u{2066}%Y\u{2069} السنة، \u{2066}%m\u{2069} الشهر، \u{2066}%d\u{2069} اليوم",
            "its pattern: %Y year, %m month, %d day",
        ),
        both("مثلًا: \u{2066}%Y-%m-%d\u{2069}", "such as %Y-%m-%d"),
    );
    row(ui, kit, what, &mut form.date_of_name) || entered
}

/// A field with its name and what it is for above it; true if Enter was pressed.
fn row(
    ui: &mut Ui,
    kit: &mut Kit,
    (name, why, hint): (Bilingual, Bilingual, Bilingual),
    field: &mut Field,
) -> bool {
    caption(ui, kit, name, why);
    let (name, hint) = (kit.t(name), kit.t(hint));
    let id = Id::unique(("import", name));
    text_field(ui, kit, id, field, (name, hint), false).entered
}

/// A name, and beside it what it is for.
fn caption(ui: &mut Ui, kit: &mut Kit, name: Bilingual, why: Bilingual) {
    let row = vec2(ui.available_width(), 18.0);
    ui.allocate_ui_with_layout(row, kit.row(), |ui| {
        words(ui, kit, name, why);
    });
}

fn words(ui: &mut Ui, kit: &mut Kit, name: Bilingual, why: Bilingual) {
    ui.spacing_mut().item_spacing.x = 6.0;
    kit.label(ui, kit.t(name), TextKind::Small, Ink::Text);
    kit.label(ui, kit.t(why), TextKind::Small, Ink::Weak);
}
