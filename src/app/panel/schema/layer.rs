//! The fields of a layer.

use egui::Ui;

use super::fields::{caption, choice_row, pair};
use crate::app::schema_form::{At, Fault, SchemaForm};
use crate::app::widget::{Ink, Kit, TextKind, toggle};
use crate::lang::{Lang, SPAN, both, isolated};
use crate::model::{Anchoring, Overlap};
use crate::theme::size;

pub(super) fn ui(ui: &mut Ui, kit: &mut Kit, form: &mut SchemaForm, is_locked: bool) {
    let At::Layer(at) = form.at() else { return };
    let fault = form.fault(form.at());
    let count = form.num_spans_of_layer(at);
    let Some(layer) = form.chosen_layer() else { return };
    let names = [
        ("ar", both("الاسم بالعربية", "Name in Arabic"), &mut layer.ar),
        ("en", both("الاسم بالإنجليزية", "Name in English"), &mut layer.en),
    ];
    pair(ui, kit, names, (is_locked, false));
    if let Some(Fault::Name(why)) = &fault {
        kit.paragraph(ui, why.get(kit.lang), TextKind::Small, Ink::Danger);
    }
    form.follow_names();
    let Some(layer) = form.chosen_layer() else { return };
    let (id, spans) = (isolated(&layer.id), kit.count(&SPAN, count));
    let text = match kit.lang {
        Lang::Ar => format!("المعرّف في الملفات: {id} · {spans}"),
        Lang::En => format!("Id in files: {id} · {spans}"),
    };
    kit.paragraph(ui, &text, TextKind::Small, Ink::Weak);
    ui.add_space(size::GAP);
    caption(ui, kit, both("تداخل مواضع الطبقة", "Overlapping spans of the layer"));
    choice_row(ui, kit, is_locked, |ui, kit| {
        for (rule, name) in [
            (Overlap::Never, both("لا تتداخل", "Never")),
            (Overlap::Nested, both("موضع داخل موضع", "One inside another")),
            (Overlap::Any, both("كيفما كانت", "In any way")),
        ] {
            if toggle(ui, kit, kit.t(name), layer.overlap == rule).clicked() {
                layer.overlap = rule;
            }
        }
    });
    caption(ui, kit, both("حدود المواضع", "Edges of spans"));
    choice_row(ui, kit, is_locked, |ui, kit| {
        for (rule, name) in [
            (Anchoring::Characters, both("عند أي حرف", "At any letter")),
            (Anchoring::Words, both("عند حدود الكلمات", "At the edges of words")),
        ] {
            if toggle(ui, kit, kit.t(name), layer.anchoring == rule).clicked() {
                layer.anchoring = rule;
            }
        }
    });
    ui.add_space(size::GAP);
    let about = both(
        "تتداخل مواضع طبقة ومواضع طبقة أخرى كيفما كانت. وإن كانت في الطبقة مواضع لا تسمح بها قاعدة أشد، لم تُحفظ القاعدة، وقيل كم هي.",
        "Spans of different layers overlap in any way. If the layer has spans that a stricter rule does not allow, the rule is not saved, and it is said how many they are.",
    );
    kit.paragraph(ui, kit.t(about), TextKind::Small, Ink::Weak);
}
