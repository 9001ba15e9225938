//! What a label means: its definition and its examples.

use egui::{Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::widget::{Ink, Kit, TextKind, color};
use crate::lang::{Bilingual, Lang, both};
use crate::model::Label;
use crate::theme::size;
use crate::typeset::{Base, Fit};

/// The room for the sign before an example, in points.
const SIGN: f32 = 20.0;

const EXAMPLE: Bilingual = both("مثال", "Example");
const NOT: Bilingual = both("ليس منه", "Not");

/// An example with a sign for its arrows that the fonts have: they have none of Unicode's. It is
/// mirrored in lines from the right, so that it points on to where reading goes.
fn with_sign(example: &str) -> String {
    example.replace(['→', '←'], "›")
}

/// Whether there is more to say of a label than its name.
pub(super) fn says_something(label: &Label) -> bool {
    !label.definition.get(Lang::Ar).is_empty()
        || !label.examples.is_empty()
        || !label.counterexamples.is_empty()
}

/// What a label means, a line for each thing; empty where nobody has said it.
pub(super) fn in_words(label: &Label, lang: Lang) -> String {
    let definition = label.definition.get(lang);
    let mut lines: Vec<String> = Vec::new();
    if !definition.is_empty() {
        lines.push(definition.to_owned());
    }
    let marked =
        |name: Bilingual, text: &String| format!("{}: {}", name.get(lang), with_sign(text));
    lines.extend(label.examples.iter().map(|text| marked(EXAMPLE, text)));
    lines.extend(label.counterexamples.iter().map(|text| marked(NOT, text)));
    lines.join("\n")
}

/// Draws a label's color and name, its definition and its examples.
pub(super) fn ui(ui: &mut Ui, kit: &mut Kit, label: &Label) {
    let shades = kit.theme.shades(label.color);
    let (row, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), size::CONTROL), Sense::hover());
    let middle = if kit.rtl() { row.right() - 7.0 } else { row.left() + 7.0 };
    let dot = Rect::from_center_size(pos2(middle, row.center().y), vec2(14.0, 14.0));
    ui.painter().rect_filled(dot, 3.0, color(shades.bar));
    let text = beside(kit, row, 22.0);
    let name = label.name.get(kit.lang);
    kit.paint_content(ui, text, (name, TextKind::Heading), kit.theme.text);
    let definition = label.definition.get(kit.lang);
    if definition.is_empty() {
        let none = kit.t(both("لا تعريف لهذا الوسم بعد", "This label has no definition yet"));
        kit.paragraph(ui, none, TextKind::Small, Ink::Weak);
    } else {
        kit.paragraph(ui, definition, TextKind::Body, Ink::Text);
    }
    for (is_one, text) in label
        .examples
        .iter()
        .map(|text| (true, text))
        .chain(label.counterexamples.iter().map(|text| (false, text)))
    {
        ui.add_space(4.0);
        example(ui, kit, is_one, text);
    }
}

/// What is left of a row beside a sign at the edge where reading begins.
fn beside(kit: &Kit, row: Rect, sign: f32) -> Rect {
    if kit.rtl() {
        row.with_max_x(row.right() - sign)
    } else {
        row.with_min_x(row.left() + sign)
    }
}

/// An example with its sign: a check mark, or a cross where it is none.
fn example(ui: &mut Ui, kit: &mut Kit, is_one: bool, text: &str) {
    let width = ui.available_width();
    let fit = Fit::wrapped(((width - SIGN) * ui.ctx().pixels_per_point()).floor());
    // Each has its own direction: the interface's says nothing about it.
    let set = kit.set_based(ui, &with_sign(text), TextKind::Body, Base::Auto, fit);
    let height = Kit::size(ui, &set).y;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let lines = f32::from(u16::try_from(set.num_lines().max(1)).unwrap_or(1));
    let middle = if kit.rtl() { rect.right() - 7.0 } else { rect.left() + 7.0 };
    let at = pos2(middle, rect.top() + height / lines / 2.0);
    let ink = kit.ink(if is_one { Ink::Good } else { Ink::Danger });
    let stroke = Stroke::new(1.8, color(ink));
    if is_one {
        let points = [vec2(-4.5, 0.0), vec2(-1.5, 3.5), vec2(4.5, -4.0)];
        ui.painter().line(points.map(|by| at + by).to_vec(), stroke);
    } else {
        for way in [-1.0, 1.0] {
            let by = vec2(4.0, 4.0 * way);
            ui.painter().line_segment([at - by, at + by], stroke);
        }
    }
    kit.paint(ui.painter(), beside(kit, rect, SIGN).min, &set, kit.theme.text);
    let name = kit.t(if is_one { EXAMPLE } else { NOT });
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {text}")));
}
