//! The chosen span's attributes: a field each, or a box to choose from.

use std::collections::BTreeMap;

use egui::{Id, Ui};

use crate::app::action::Action;
use crate::app::widget::{Field, Ink, Kit, MenuRow, TextKind, combo, text_field};
use crate::lang::both;
use crate::model::{Attribute, AttributeId, Span, ValueKind};
use crate::theme::size;

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (span, attributes, is_writable): (&Span, &[Attribute], bool),
    fields: &mut BTreeMap<AttributeId, Field>,
    out: &mut Vec<Action>,
) {
    for attribute in attributes {
        let before = span.attributes.get(&attribute.id).map_or("", String::as_str);
        let name = attribute.name.get(kit.lang).to_owned();
        kit.label(ui, &name, TextKind::Small, Ink::Weak);
        let id = Id::unique(("attribute", attribute.id.as_str()));
        let set =
            |text: String| Action::SetAttribute(span.id.clone(), attribute.id.clone(), text);
        if let ValueKind::Choice(choices) = &attribute.value {
            let taken = choice_box(ui, kit, id, (&name, before, is_writable), choices);
            out.extend(taken.filter(|text| text != before).map(set));
        } else {
            let field = fields.entry(attribute.id.clone()).or_default();
            field.follow(before);
            field.lock(!is_writable);
            let outcome = text_field(ui, kit, id, field, (&name, ""), false);
            if outcome.committed && field.text() != before {
                out.push(set(field.text().to_owned()));
            }
            if outcome.entered {
                out.push(Action::FocusArticle);
            }
        }
        ui.add_space(size::GAP);
    }
}

/// A box with the choices, and none of them first; what was taken. What stands there although
/// it is no choice is shown in the box, and its being none among the span's problems.
fn choice_box(
    ui: &mut Ui,
    kit: &mut Kit,
    id: Id,
    (name, before, is_writable): (&str, &str, bool),
    choices: &[String],
) -> Option<String> {
    let none = kit.t(both("بلا اختيار", "No choice"));
    let is_foreign = !before.is_empty() && !choices.iter().any(|choice| choice == before);
    let values: Vec<&str> = std::iter::once("")
        .chain(choices.iter().map(String::as_str))
        .chain(is_foreign.then_some(before))
        .collect();
    let row = |value: &&str| MenuRow {
        text: if value.is_empty() { none } else { *value }.to_owned(),
        is_on: Some(*value == before),
        ..MenuRow::default()
    };
    let rows: Vec<_> = values.iter().map(row).collect();
    let chosen = values.iter().position(|value| *value == before);
    let at = combo(ui, kit, id, (name, chosen, is_writable), &rows)?;
    values.get(at).map(|value| (*value).to_owned())
}
