//! The guidelines, to be written in.

use egui::{Id, Key, Modifiers, Ui};

use crate::app::access;
use crate::app::action::Action;
use crate::app::guide_form::{Ask, GuideForm};
use crate::app::widget::{Button, Ink, Kit, TextKind, text_editor};
use crate::lang::{Bilingual, both};
use crate::theme::size;

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (form, height): (&mut GuideForm, f32),
    out: &mut Vec<Action>,
) {
    let title = both("دليل التوسيم", "Annotation guidelines");
    kit.label(ui, kit.t(title), TextKind::Heading, Ink::Text);
    let how = both(
        "بصيغة Markdown. العنوان الذي فيه اسم وسم يُفتح مع ذلك الوسم.",
        "Markdown. A heading with a label’s name is opened along with that label.",
    );
    kit.paragraph(ui, kit.t(how), TextKind::Small, Ink::Weak);
    let saves = [Key::S, Key::Enter];
    let asks = form.leaves || form.other.is_some();
    let saved =
        saves.map(|key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key)));
    if saved.contains(&true) && !asks {
        out.push(Action::Guidelines(Ask::Save));
    }
    ui.add_space(size::GAP);
    let id = Id::unique("guidelines editor");
    let rest = (height - 5.5 * size::CONTROL).max(120.0);
    let name = kit.t(both("نص الدليل", "Text of the guidelines"));
    let response = text_editor(ui, kit, id, &mut form.editor, (name, rest));
    if ui.memory(|memory| memory.focused().is_none()) && !asks {
        response.request_focus();
    }
    ui.add_space(size::GAP);
    if form.other.is_some() {
        let what = both(
            "غيّر برنامج آخر guidelines.md بينما تكتب. يُحفظ النصان كلاهما: واحد في الملف، والآخر في المجلد conflicts.",
            "Another program has changed guidelines.md while you wrote. Both texts are kept: one in the file, the other in the folder conflicts.",
        );
        let answers = [
            (both("اكتب نصي في الملف", "Write mine to the file"), Ask::TakeOwn),
            (both("اترك الآخر فيه", "Leave the other there"), Ask::LeaveOther),
            (both("عد إلى الكتابة", "Go on writing"), Ask::GoOn),
        ];
        question(ui, kit, form, (what, &answers), out);
    } else if form.leaves {
        let what = both("ما كتبته لم يُحفظ.", "What you have written is not saved.");
        let answers = [
            (both("احفظ", "Save"), Ask::Save),
            (both("اتركه دون حفظ", "Leave it unsaved"), Ask::Discard),
            (both("عد إلى الكتابة", "Go on writing"), Ask::GoOn),
        ];
        question(ui, kit, form, (what, &answers), out);
    } else {
        kit.row_ui(ui, |ui, kit| {
            let save = Button::new(kit.t(both("احفظ", "Save"))).primary().tip("Ctrl+S");
            if save.enabled(form.is_changed()).ui(ui, kit).clicked() {
                out.push(Action::Guidelines(Ask::Save));
            }
            if Button::new(kit.t(both("ألغِ", "Cancel"))).ui(ui, kit).clicked() {
                out.push(Action::Show(None));
            }
        });
    }
}

/// Says what is to be decided; the first answer has the focus.
fn question(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut GuideForm,
    (what, answers): (Bilingual, &[(Bilingual, Ask)]),
    out: &mut Vec<Action>,
) {
    let said = kit.paragraph(ui, kit.t(what), TextKind::Body, Ink::Caution);
    access::announce(&said, true);
    kit.row_ui(ui, |ui, kit| {
        for (at, (name, asked)) in answers.iter().enumerate() {
            let button = Button::new(kit.t(*name));
            let button = if at == 0 { button.primary() } else { button };
            let response = button.ui(ui, kit);
            if at == 0 && std::mem::take(&mut form.is_new_question) {
                response.request_focus();
            }
            if response.clicked() {
                out.push(Action::Guidelines(*asked));
            }
        }
    });
}
