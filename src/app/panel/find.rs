//! The bar below the article in which something is looked for in it.

use std::sync::Arc;

use egui::{Key, Modifiers, Ui, vec2};

use crate::app::action::{Action, Step};
use crate::app::find::{Find, FindBar, toggled, wrapped};
use crate::app::widget::{Button, Ink, Kit, TextKind, arrow_button, text_field, toggle};
use crate::app::workspace::Workspace;
use crate::find::{Kind, Options, Wrong};
use crate::lang::{Lang, both};
use crate::project::Project;
use crate::theme::size;

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    let Some(document) = project.document() else { return };
    field_keys(ui, FindBar::id(), |key, shift| match key {
        Key::Enter if shift => Some(Find::Step(Step::Previous)),
        Key::Enter => Some(Find::Step(Step::Next)),
        Key::Escape => Some(Find::Close),
        _ => None,
    })
    .for_each(|find| out.push(Action::Find(find)));
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        // What is found is told beside the buttons, on the same line.
        let width = (ui.available_width() * 0.26).clamp(140.0, 320.0);
        let name = kit.t(both("ابحث في المقال", "Find in the document"));
        ui.allocate_ui(vec2(width, size::CONTROL), |ui| {
            let field = &mut workspace.find.field;
            text_field(ui, kit, FindBar::id(), field, (name, name), false);
        });
        for (step, name, is_left) in [
            (Step::Previous, both("النتيجة السابقة", "Previous hit"), !kit.rtl()),
            (Step::Next, both("النتيجة التالية", "Next hit"), kit.rtl()),
        ] {
            let keys = if step == Step::Next { "Enter" } else { "Shift+Enter" };
            let tip = format!("{} · \u{2066}{keys}\u{2069}", kit.t(name));
            if arrow_button(ui, kit, kit.t(name), &tip, is_left).clicked() {
                out.push(Action::Find(Find::Step(step)));
            }
        }
        options(ui, kit, &mut workspace.find.options);
        let close =
            Button::new("×").flat().named(kit.t(both("أغلق البحث", "Close the search")));
        if close.tip(kit.t(both("أغلق · Esc", "Close · Esc"))).ui(ui, kit).clicked() {
            out.push(Action::Find(Find::Close));
        }
        if workspace.find.follow(ui.ctx(), document.text())
            && let Some(hit) = workspace.find.first()
        {
            workspace.article.select(hit);
        }
        status(ui, kit, workspace);
    });
    workspace.article.hits = Arc::clone(&workspace.find.hits);
}

/// How many there are, and which is the current one; or what is wrong.
fn status(ui: &mut Ui, kit: &mut Kit, workspace: &Workspace) {
    let bar = &workspace.find;
    if let Some(wrong) = &bar.wrong {
        say_wrong(ui, kit, bar.field.text(), wrong);
        return;
    }
    if bar.field.text().is_empty() || bar.is_busy() {
        return;
    }
    let count = bar.hits.len();
    if count == 0 {
        kit.label(ui, kit.t(both("لا نتائج", "Nothing found")), TextKind::Body, Ink::Caution);
        return;
    }
    let text = match (bar.number(workspace.article.selection()), kit.lang) {
        (Some(at), Lang::Ar) => format!("{} من {count}", at + 1),
        (Some(at), Lang::En) => format!("{} of {count}", at + 1),
        (None, lang) => super::search::HIT.count(lang, count),
    };
    let text = kit.digits(&text);
    kit.label(ui, &text, TextKind::Body, Ink::Text);
    if let Some(step) = bar.wrapped {
        kit.label(ui, kit.t(wrapped(step)), TextKind::Small, Ink::Accent);
    }
}

/// How letters are compared: the toggles.
pub(super) fn options(ui: &mut Ui, kit: &mut Kit, options: &mut Options) {
    let kinds = [
        (
            Kind::Exact,
            both("حرفيًا", "Exact"),
            both(
                "التشكيل والهمزات والتاء المربوطة كما كُتبت",
                "Vowel marks and forms of letters as they are written",
            ),
        ),
        (
            Kind::Regex,
            both("تعبير نمطي", "Expression"),
            both("تعبير نمطي، مثل ‎\\d+ شخص", "A regular expression, such as \\d+"),
        ),
    ];
    for (kind, name, tip) in kinds {
        let response = toggle(ui, kit, kit.t(name), options.kind == kind);
        if kit.tip(response, kit.t(tip)).clicked() {
            *options = toggled(*options, kind);
        }
    }
    let name = kit.t(both("كلمة كاملة", "Whole word"));
    let response = toggle(ui, kit, name, options.whole_words);
    let tip = both("لا حرف ولا رقم يلتصق بالنتيجة", "No letter or digit touches what is found");
    if kit.tip(response, kit.t(tip)).clicked() {
        options.whole_words = !options.whole_words;
    }
}

/// What is wrong with what was written in a field, and where in it.
pub(super) fn say_wrong(ui: &mut Ui, kit: &mut Kit, text: &str, wrong: &Wrong) {
    let what = wrong.what.get(kit.lang);
    let place = text.get(wrong.place.to_range()).map(str::trim).unwrap_or_default();
    // The whole of it is no place in it, and what is named already need not be shown again.
    let said = if place.is_empty() || place == text.trim() || what.contains(place) {
        what.to_owned()
    } else {
        format!("{what} · \u{2068}{place}\u{2069}")
    };
    let response = kit.label(ui, &said, TextKind::Small, Ink::Danger);
    kit.tip(response, &said);
}

/// Takes keys out of the input that a field would take otherwise; what they ask for.
pub(super) fn field_keys(
    ui: &Ui,
    id: egui::Id,
    mut of: impl FnMut(Key, bool) -> Option<Find>,
) -> impl Iterator<Item = Find> {
    let mut found = Vec::new();
    if ui.memory(|memory| memory.has_focus(id)) {
        ui.input_mut(|input| {
            input.events.retain(|event| {
                let egui::Event::Key { key, pressed: true, modifiers, .. } = event else {
                    return true;
                };
                let is_plain = modifiers.matches_logically(Modifiers::NONE)
                    || modifiers.matches_logically(Modifiers::SHIFT);
                match of(*key, modifiers.shift).filter(|_| is_plain) {
                    Some(find) => {
                        found.push(find);
                        false
                    }
                    None => true,
                }
            });
        });
    }
    found.into_iter()
}
