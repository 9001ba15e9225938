//! Where labels are taken from and written to.

use std::path::PathBuf;

use egui::Ui;

use crate::app::action::{Action, Pick};
use crate::app::panel::dialogs::{confirm, path_field};
use crate::app::schema_form::Ask;
use crate::app::widget::{Field, Ink, Kit, TextKind};
use crate::lang::{Bilingual, both};

/// Asks from which file or project labels are to be taken.
pub(in crate::app::panel) fn take_ui(
    ui: &mut Ui,
    kit: &mut Kit,
    field: &mut Field,
    out: &mut Vec<Action>,
) {
    let about = both(
        "الوسوم التي معرّفاتها هنا تصير كما هي هناك، وتُضاف البقية، ولا يُحذف شيء. ولا يتغير المشروع قبل أن تحفظ.",
        "Labels with ids that are here become what they are there, the others are added, and nothing is taken away. The project changes only when you save.",
    );
    let words = [
        both("خذ وسومًا", "Take labels"),
        about,
        both("مجلد مشروع، أو ملف وسوم", "a project’s folder, or a file of labels"),
        both("خذها", "Take them"),
    ];
    ask(ui, kit, words, &[Pick::Folder, Pick::File], (field, Ask::Take), out);
}

/// Asks where the labels are to be written to.
pub(in crate::app::panel) fn write_ui(
    ui: &mut Ui,
    kit: &mut Kit,
    field: &mut Field,
    out: &mut Vec<Action>,
) {
    let about = both(
        "تُكتب الوسوم كما هي في الحوار الآن في ملف RON جديد.",
        "The labels as they stand in the dialog now, written to a new RON file.",
    );
    let words = [
        both("احفظ الوسوم في ملف", "Save the labels to a file"),
        about,
        both("الملف الذي يُكتب", "the file to write"),
        both("اكتبه", "Write it"),
    ];
    ask(ui, kit, words, &[Pick::NewFile], (field, Ask::Write), out);
}

fn ask(
    ui: &mut Ui,
    kit: &mut Kit,
    [title, about, hint, verb]: [Bilingual; 4],
    picks: &[Pick],
    (field, of): (&mut Field, fn(PathBuf) -> Ask),
    out: &mut Vec<Action>,
) {
    kit.label(ui, kit.t(title), TextKind::Heading, Ink::Text);
    kit.paragraph(ui, kit.t(about), TextKind::Small, Ink::Weak);
    let entered = path_field(ui, kit, (hint, picks), field, out);
    let ready = !field.text().trim().is_empty();
    if confirm(ui, kit, verb, ready, out) || (entered && ready) {
        out.push(Action::Schema(of(PathBuf::from(field.text().trim()))));
    }
}
