//! The fields of a label.

use egui::{Id, Ui, vec2};

use super::fields::{caption, choice_row, one, pair};
use super::{attributes, color};
use crate::app::action::Action;
use crate::app::schema_form::{Ask, Fault, Kind, SchemaForm};
use crate::app::widget::{Button, Ink, Kit, MenuRow, TextKind, combo, toggle};
use crate::lang::{Lang, SPAN, both, isolated};
use crate::theme::size;

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut SchemaForm,
    is_locked: bool,
    out: &mut Vec<Action>,
) {
    let fault = form.fault(form.at());
    let Some(label) = form.chosen() else {
        let text = both("لا وسوم بعد: أضف وسمًا", "No labels yet: add one");
        kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
        return;
    };
    let names = [
        ("ar", both("الاسم بالعربية", "Name in Arabic"), &mut label.ar),
        ("en", both("الاسم بالإنجليزية", "Name in English"), &mut label.en),
    ];
    pair(ui, kit, names, (is_locked, false));
    if let Some(Fault::Name(why)) = &fault {
        kit.paragraph(ui, why.get(kit.lang), TextKind::Small, Ink::Danger);
    }
    form.follow_names();
    identity(ui, kit, form);
    relabel(ui, kit, form, is_locked, out);
    layer(ui, kit, form, is_locked);
    color::ui(ui, kit, form, is_locked, fault.as_ref());
    caption(ui, kit, both("المفتاح", "Key"));
    let key = form.chosen().and_then(|label| label.key);
    let asked = choice_row(ui, kit, is_locked, |ui, kit| keys(ui, kit, key));
    if let Some(key) = asked {
        form.set_key(key);
    }
    value(ui, kit, form, is_locked, fault.as_ref());
    words(ui, kit, form, is_locked);
    attributes::ui(ui, kit, form, is_locked, fault.as_ref());
}

/// The id, and how many spans there are.
fn identity(ui: &mut Ui, kit: &mut Kit, form: &mut SchemaForm) {
    let Some(id) = form.chosen().map(|label| label.id.clone()) else { return };
    let (all, own) = (form.num_spans(&id), form.num_own(&id));
    let (id, count) = (isolated(&id), kit.count(&SPAN, all));
    let mut text = match kit.lang {
        Lang::Ar => format!("المعرّف في الملفات: {id} · {count}"),
        Lang::En => format!("Id in files: {id} · {count}"),
    };
    if own < all {
        let own = kit.digits(&own.to_string());
        text.push_str(&match kit.lang {
            Lang::Ar => format!("، لك منها {own}"),
            Lang::En => format!(", {own} of them yours"),
        });
    }
    kit.paragraph(ui, &text, TextKind::Small, Ink::Weak);
}

/// Another label for all of the annotator's spans of this one.
fn relabel(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut SchemaForm,
    is_locked: bool,
    out: &mut Vec<Action>,
) {
    let Some(from) = form.chosen().map(|label| label.id.clone()) else { return };
    let own = form.num_own(&from);
    let others: Vec<_> = form.saved().labels().filter(|of| of.id != from).cloned().collect();
    if own == 0 || others.is_empty() || is_locked {
        return;
    }
    let rows: Vec<_> = others
        .iter()
        .map(|label| MenuRow {
            text: label.name.get(kit.lang).to_owned(),
            swatch: Some(kit.theme.shades(label.color).bar),
            ..MenuRow::default()
        })
        .collect();
    let chosen =
        form.relabel_to.as_ref().and_then(|to| others.iter().position(|label| label.id == *to));
    let name = both("وسم آخر لمواضعك", "Another label for your spans");
    caption(ui, kit, name);
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing.x = size::GAP;
        let id = Id::unique("relabel all");
        let state = (kit.t(name), chosen, true);
        let asked = ui
            .allocate_ui_with_layout(vec2(220.0, size::CONTROL), kit.row(), |ui| {
                combo(ui, kit, id, state, &rows)
            })
            .inner;
        if let Some(label) = asked.and_then(|at| others.get(at)) {
            form.relabel_to = Some(label.id.clone());
        }
        let own = kit.digits(&own.to_string());
        let text = match kit.lang {
            Lang::Ar => format!("غيّر وسم مواضعك ({own})"),
            Lang::En => format!("Relabel yours ({own})"),
        };
        let to = form.relabel_to.clone();
        let tip = kit.t(both(
            "يُنفّذ فورًا بخطوة واحدة، ويتراجع عنه المفتاحان \u{2066}Ctrl+Z\u{2069} بعد إغلاق الوسوم",
            "Done at once, as one step: Ctrl+Z takes it back once the labels are closed",
        ));
        let button = Button::new(&text).tip(tip).enabled(to.is_some());
        if button.ui(ui, kit).clicked()
            && let Some(to) = to
        {
            out.push(Action::Schema(Ask::Relabel(from.clone(), to)));
        }
    });
}

/// The layer, where there are several.
fn layer(ui: &mut Ui, kit: &mut Kit, form: &mut SchemaForm, is_locked: bool) {
    if form.layers().len() < 2 {
        return;
    }
    let Some((id, at)) = form.chosen().map(|label| (label.id.clone(), label.layer)) else {
        return;
    };
    let name = both("الطبقة", "Layer");
    caption(ui, kit, name);
    let has_spans = form.num_spans(&id) > 0;
    let rows: Vec<_> = form
        .layers()
        .iter()
        .map(|layer| {
            let text = super::named(layer.name().get(kit.lang), layer.id.as_str());
            MenuRow { text, ..MenuRow::default() }
        })
        .collect();
    let state = (kit.t(name), Some(at), !is_locked && !has_spans);
    if let Some(to) = combo(ui, kit, Id::unique("label layer"), state, &rows) {
        form.move_to_layer(to);
    }
    if has_spans {
        let why = both(
            "يبقى الوسم في طبقته ما دامت له مواضع",
            "A label stays in its layer as long as it has spans",
        );
        kit.paragraph(ui, kit.t(why), TextKind::Small, Ink::Weak);
    }
}

/// The keys 1 to 9, and none; the one that was clicked.
fn keys(ui: &mut Ui, kit: &mut Kit, now: Option<u8>) -> Option<Option<u8>> {
    let mut asked = None;
    let none = kit.t(both("بلا", "None"));
    if toggle(ui, kit, none, now.is_none()).clicked() {
        asked = Some(None);
    }
    for key in 1..=9_u8 {
        if toggle(ui, kit, &key.to_string(), now == Some(key)).clicked() {
            asked = Some(Some(key));
        }
    }
    asked
}

/// What the value may be.
fn value(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut SchemaForm,
    is_locked: bool,
    fault: Option<&Fault>,
) {
    let Some(label) = form.chosen() else { return };
    caption(ui, kit, both("القيمة", "Value"));
    choice_row(ui, kit, is_locked, |ui, kit| {
        for kind in Kind::ALL {
            if toggle(ui, kit, kit.t(kind.name()), label.value.kind == kind).clicked() {
                label.value.kind = kind;
            }
        }
    });
    if label.value.kind == Kind::Choice {
        let name = both("الاختيارات، بينها فواصل", "Choices, with commas between them");
        one(ui, kit, ("choices", name, &mut label.value.choices), (is_locked, false));
    }
    if let Some(Fault::Choices(why)) = fault {
        kit.paragraph(ui, why.get(kit.lang), TextKind::Small, Ink::Danger);
    }
}

/// The definition and the examples.
fn words(ui: &mut Ui, kit: &mut Kit, form: &mut SchemaForm, is_locked: bool) {
    let Some(label) = form.chosen() else { return };
    let definitions = [
        (
            "definition ar",
            both("التعريف بالعربية", "Definition in Arabic"),
            &mut label.definition_ar,
        ),
        (
            "definition en",
            both("التعريف بالإنجليزية", "Definition in English"),
            &mut label.definition_en,
        ),
    ];
    pair(ui, kit, definitions, (is_locked, true));
    let examples = [
        (
            "examples",
            both("أمثلة، في كل سطر مثال", "Examples, one on each line"),
            &mut label.examples,
        ),
        (
            "counterexamples",
            both("وما ليس منه", "And what is not one"),
            &mut label.counterexamples,
        ),
    ];
    pair(ui, kit, examples, (is_locked, true));
}
