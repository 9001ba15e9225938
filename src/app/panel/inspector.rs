//! The chosen span's fields, above the table of all spans of the article.

use egui::{Id, Role, Ui, WidgetInfo, vec2};

use super::article::tip_of;
use super::spans;
use crate::app::access;
use crate::app::action::Action;
use crate::app::command::{Desk, command};
use crate::app::widget::{
    Button, Field, Ink, Kit, MenuRow, TextKind, color, combo, scroll_area, text_field, toggle,
};
use crate::app::workspace::Workspace;
use crate::lang::{Bilingual, Lang, both, isolated};
use crate::model::{AnnotationSet, Document, Label, Origin, Span, ValueKind, validate_span};
use crate::project::Project;
use crate::theme::size;
use crate::typeset::Align;

/// The value's field.
pub(in crate::app) fn value_id() -> Id {
    Id::unique("span value")
}

/// What is being written in the chosen span's fields, as the actions that take it, and ends
/// the writing.
pub(in crate::app) fn written(project: &Project, workspace: &mut Workspace) -> Vec<Action> {
    let fields = std::mem::take(&mut workspace.span_fields);
    let span = fields.span.and_then(|id| project.set()?.span(&id));
    let Some(span) = span else { return Vec::new() };
    let differs = |field: &Field, text: &str| field.is_open() && field.text() != text;
    let mut out = Vec::new();
    if differs(&fields.value, span.value.as_deref().unwrap_or_default()) {
        let kind = project.schema().label(&span.label).map(|label| &label.value);
        out.push(Action::SetValue(span.id.clone(), as_written(kind, fields.value.text())));
    }
    for (id, field) in fields.attributes {
        if differs(&field, span.attributes.get(&id).map_or("", String::as_str)) {
            out.push(Action::SetAttribute(span.id.clone(), id, field.text().to_owned()));
        }
    }
    if differs(&fields.note, &span.note) {
        out.push(Action::SetNote(span.id.clone(), fields.note.text().to_owned()));
    }
    out
}

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    let (Some(document), Some(set)) = (project.document(), project.set()) else { return };
    access::region(ui, kit.t(both("الموضع والدليل", "Span and guidelines")));
    ui.add_space(size::PAD);
    ui.with_layout(kit.column(), |ui| {
        tabs(ui, kit, workspace, out);
        if workspace.shows_guidelines {
            super::guidelines::ui(ui, kit, project, workspace, out);
            return;
        }
        // In a low window the fields scroll, so that some of the list is seen.
        // What is reviewed needs more of it.
        let is_reviewing = workspace.review.is_some() && workspace.chosen.is_none();
        let least = spans::LEAST - if is_reviewing { 2.0 * spans::ROW } else { 0.0 };
        let most = (ui.available_height() - least).max(spans::ROW * 3.0);
        match workspace.chosen.as_ref().and_then(|id| set.span(id)) {
            None if workspace.review.is_some() => {
                super::review::ui(ui, kit, (project, most), workspace, out);
            }
            Some(span) => {
                scroll_area(ui, kit, Id::unique("fields"), most, |ui, kit| {
                    ui.with_layout(kit.column(), |ui| {
                        fields(ui, kit, (project, document, span), workspace, out);
                    });
                });
            }
            None => hint(ui, kit, set),
        }
        ui.add_space(size::PAD);
        kit.rule(ui);
        ui.add_space(size::PAD);
        spans::ui(ui, kit, project, workspace, out);
    });
}

/// The chosen span or the guidelines.
fn tabs(ui: &mut Ui, kit: &mut Kit, workspace: &Workspace, out: &mut Vec<Action>) {
    let row = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(row, kit.row(), |ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let first = if workspace.review.is_some() && workspace.chosen.is_none() {
            both("المراجعة", "Review")
        } else {
            both("الموضع", "Span")
        };
        for (guidelines, name) in [(false, first), (true, both("الدليل", "Guidelines"))] {
            let is_on = workspace.shows_guidelines == guidelines;
            let response = toggle(ui, kit, kit.t(name), is_on);
            access::tab(ui, &response, is_on);
            let response = match command("view.guidelines") {
                Some(command) if guidelines => {
                    let tip = tip_of(kit, command);
                    kit.tip(response, &tip)
                }
                _ => response,
            };
            if response.clicked() && !is_on {
                out.push(Action::ToggleGuidelines);
            }
        }
    });
    ui.add_space(size::PAD);
}

/// What to do while nothing is chosen.
fn hint(ui: &mut Ui, kit: &mut Kit, set: &AnnotationSet) {
    kit.label(ui, kit.t(both("لا موضع مختار", "No span chosen")), TextKind::Heading, Ink::Text);
    ui.add_space(size::GAP);
    let text = if set.spans().is_empty() {
        both(
            "حدّد كلمات في المقال بالفأرة أو بالسهمين مع Shift، ثم اضغط رقم الوسم.",
            "Select words in the article with the mouse, or with Shift and the arrows, then press a label’s number.",
        )
    } else {
        both(
            "انقر موضعًا في المقال أو في القائمة، أو اضغط Tab، لترى قيمته وتغيّرها.",
            "Click a span in the article or in the list, or press Tab, to see and change its value.",
        )
    };
    kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
}

fn fields(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, document, span): (&Project, &Document, &Span),
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    let schema = project.schema();
    let label = schema.label(&span.label);
    let name = label.map_or(span.label.as_str(), |label| label.name.get(kit.lang)).to_owned();
    let shades = kit.theme.shades(label.map_or([128, 128, 128], |label| label.color));
    // The quoted text on its label's ground, as in the article.
    let text = document.slice(span.range);
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, 36.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, size::RADIUS, color(shades.fill));
    let ink = kit.theme.text;
    kit.paint_content(ui, rect.shrink2(vec2(size::PAD, 0.0)), (text, TextKind::Heading), ink);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    kit.tip(response, text);
    ui.add_space(size::GAP);
    label_box(ui, kit, (project, span), &name, out);
    ui.add_space(size::GAP);
    let fields = &mut workspace.span_fields;
    if fields.span.as_ref() != Some(&span.id) {
        *fields = crate::app::workspace::SpanFields {
            span: Some(span.id.clone()),
            value: Field::new(span.value.as_deref().unwrap_or_default()),
            note: Field::new(&span.note),
            attributes: span
                .attributes
                .iter()
                .map(|(id, text)| (id.clone(), Field::new(text)))
                .collect(),
        };
    }
    let is_writable = project.is_writable();
    for field in [&mut fields.value, &mut fields.note] {
        field.lock(!is_writable);
    }
    read_only(ui, kit, project);
    let words = if is_writable { text } else { "" };
    value(ui, kit, (span, label, words), &mut fields.value, out);
    for problem in validate_span(document, schema, span) {
        kit.paragraph(ui, problem.what.get(kit.lang), TextKind::Small, Ink::Caution);
    }
    let all = label.map(|label| label.attributes.as_slice()).unwrap_or_default();
    super::attributes::ui(ui, kit, (span, all, is_writable), &mut fields.attributes, out);
    note(ui, kit, span, &mut fields.note, out);
    buttons(ui, kit, span, (project, workspace), out);
    about(ui, kit, (project, document, span), out);
}

/// The span's label, in a box to choose another from.
fn label_box(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, span): (&Project, &Span),
    unknown: &str,
    out: &mut Vec<Action>,
) {
    let labels: Vec<&Label> = project.schema().labels().collect();
    let row = |label: &Label| MenuRow {
        text: label.name.get(kit.lang).to_owned(),
        key: label.key.map(|key| key.to_string()).unwrap_or_default(),
        is_on: Some(label.id == span.label),
        swatch: Some(kit.theme.shades(label.color).bar),
        ..MenuRow::default()
    };
    let rows: Vec<_> = labels.iter().copied().map(row).collect();
    let chosen = labels.iter().position(|label| label.id == span.label);
    let name = kit.t(both("الوسم", "Label"));
    kit.label(ui, name, TextKind::Small, Ink::Weak);
    let id = Id::unique("span label");
    let state = (name, chosen, project.is_writable());
    if let Some(label) = combo(ui, kit, id, state, &rows).and_then(|at| labels.get(at)) {
        out.push(Action::Relabel(span.id.clone(), label.id.clone()));
    }
    if chosen.is_none() {
        kit.label(ui, unknown, TextKind::Small, Ink::Caution);
    }
}

/// Why nothing can be written, where that is so.
pub(super) fn read_only(ui: &mut Ui, kit: &mut Kit, project: &Project) {
    let Some(why) = project.read_only() else { return };
    let what = kit.t(both("للقراءة والنسخ فقط", "To read and copy only"));
    let text = format!("{what}: {}", why.get(kit.lang));
    kit.paragraph(ui, &text, TextKind::Small, Ink::Caution);
    ui.add_space(size::GAP);
}

/// The value's field; below it how what stands in it is understood, or what could stand in it.
fn value(
    ui: &mut Ui,
    kit: &mut Kit,
    (span, label, words): (&Span, Option<&Label>, &str),
    field: &mut Field,
    out: &mut Vec<Action>,
) {
    let before = span.value.as_deref().unwrap_or_default();
    field.follow(before);
    let kind = label.map(|label| &label.value);
    // What its own words mean, where nothing was written yet.
    let offer = kind.filter(|_| before.is_empty()).and_then(|kind| kind.of_digits(words));
    let name = kit.t(both("القيمة", "Value"));
    let example = kind.map_or("", |kind| kit.t(kind.example()));
    let hint = offer.as_deref().unwrap_or(example);
    kit.label(ui, name, TextKind::Small, Ink::Weak);
    let outcome = text_field(ui, kit, value_id(), field, (name, hint), false);
    let mut take = |value: String| out.push(Action::SetValue(span.id.clone(), value));
    let offer = offer.filter(|_| field.text().is_empty());
    match &offer {
        Some(value) if outcome.entered => take(value.clone()),
        _ if outcome.committed && field.text() != before => {
            take(as_written(kind, field.text()));
        }
        _ => {}
    }
    if let Some(value) = offer {
        if offered(ui, kit, kind, &value) {
            take(value);
            out.push(Action::FocusArticle);
        }
    } else {
        meaning(ui, kit, kind, field);
    }
    if outcome.entered {
        out.push(Action::FocusArticle);
    }
    ui.add_space(size::GAP);
}

/// What is taken of what was written by hand: digits of another system and usual ways to write
/// a date become the value that they mean; everything else stays as it was written.
pub(super) fn as_written(kind: Option<&ValueKind>, text: &str) -> String {
    let meant = kind.filter(|kind| !kind.accepts(text)).and_then(|kind| kind.of_digits(text));
    meant.unwrap_or_else(|| text.to_owned())
}

/// How a value is understood, in the interface's language.
fn understood(kit: &Kit, kind: Option<&ValueKind>, value: &str) -> Option<(String, bool)> {
    Some(match kind?.understand(value)? {
        Ok(said) => (said.get(kit.lang).to_owned(), true),
        Err(why) => (why.get(kit.lang).to_owned(), false),
    })
}

/// How what stands in the field is understood, or while it is written why it is not.
pub(super) fn meaning(ui: &mut Ui, kit: &mut Kit, kind: Option<&ValueKind>, field: &Field) {
    let text = field.text();
    let value = as_written(kind, text);
    let Some((said, is_one)) = understood(kit, kind, &value).filter(|_| !text.is_empty())
    else {
        return;
    };
    // What was taken is among the span's problems: it is not said twice.
    if !is_one && !field.is_open() {
        return;
    }
    let said = if value == text {
        said
    } else {
        let becomes = both("تُكتب", "written as");
        format!("{said} · {} \u{2066}{value}\u{2069}", kit.t(becomes))
    };
    let ink = if is_one { Ink::Good } else { Ink::Caution };
    kit.paragraph(ui, &said, TextKind::Small, ink);
}

/// Offers the value that the span's own digits mean; true if it was taken by a click.
fn offered(ui: &mut Ui, kit: &mut Kit, kind: Option<&ValueKind>, value: &str) -> bool {
    let said = understood(kit, kind, value).map(|(said, _)| said).unwrap_or_default();
    let take = kit.t(both("خذها", "Take it"));
    let text = match kit.lang {
        Lang::Ar => format!("من كلماته: {said}"),
        Lang::En => format!("from its words: {said}"),
    };
    let tip = kit.t(both("أو Enter في الحقل الفارغ", "or Enter in the empty field"));
    let mut is_taken = false;
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing.x = 8.0;
        is_taken = Button::new(take).tip(tip).ui(ui, kit).clicked();
        kit.label(ui, &text, TextKind::Small, Ink::Weak);
    });
    is_taken
}

fn note(ui: &mut Ui, kit: &mut Kit, span: &Span, field: &mut Field, out: &mut Vec<Action>) {
    field.follow(&span.note);
    let name = kit.t(both("ملاحظة", "Note"));
    kit.label(ui, name, TextKind::Small, Ink::Weak);
    let outcome = text_field(ui, kit, Id::unique("span note"), field, (name, ""), true);
    if outcome.committed && field.text() != span.note {
        out.push(Action::SetNote(span.id.clone(), field.text().to_owned()));
    }
    if outcome.entered {
        out.push(Action::FocusArticle);
    }
    ui.add_space(size::PAD);
}

/// What can be done with the span.
fn buttons(
    ui: &mut Ui,
    kit: &mut Kit,
    span: &Span,
    (project, workspace): (&Project, &Workspace),
    out: &mut Vec<Action>,
) {
    let is_writable = project.is_writable();
    let desk = Desk { project: Some(project), workspace };
    let more = [
        ("span.split", both("اقسم", "Split")),
        ("span.join_next", both("ضم", "Join")),
        ("span.spread", both("مواضعها هنا…", "Others here…")),
        ("span.spread_all", both("في الكل…", "In all…")),
    ];
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let doubtful = kit.t(both("مشكوك فيه ؟", "Doubtful ?"));
        let tip = |kit: &Kit, id| command(id).map_or(String::new(), |of| tip_of(kit, of));
        let response =
            ui.add_enabled_ui(is_writable, |ui| toggle(ui, kit, doubtful, span.doubtful)).inner;
        let text = tip(kit, "span.doubtful");
        if kit.tip(response, &text).clicked() {
            out.push(Action::SetDoubtful(span.id.clone(), !span.doubtful));
        }
        let remove = Button::new(kit.t(both("احذف", "Remove"))).enabled(is_writable);
        let text = tip(kit, "span.remove");
        if remove.tip(&text).ui(ui, kit).clicked() {
            out.push(Action::Remove(span.id.clone()));
        }
        for (id, text) in more {
            let Some(command) = command(id) else { continue };
            let action = (command.action)(&desk).filter(|_| is_writable);
            let tip = tip_of(kit, command);
            let button = Button::new(kit.t(text)).enabled(action.is_some()).tip(&tip);
            if button.ui(ui, kit).clicked() {
                out.extend(action);
            }
        }
    });
    ui.add_space(size::GAP);
}

/// Where the span stands, in three units to copy, and where it came from.
fn about(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, document, span): (&Project, &Document, &Span),
    out: &mut Vec<Action>,
) {
    let (index, text) = (document.index(), document.text());
    let chars = index.char_range(text, span.range).map(|(a, b)| format!("{}–{}", a.0, b.0));
    let utf16 = index.utf16_range(text, span.range).map(|(a, b)| format!("{}–{}", a.0, b.0));
    let bytes = format!("{}–{}", span.range.start(), span.range.end());
    for (unit, range) in [
        (both("المحارف", "Code points"), chars),
        (both("وحدات UTF-16", "UTF-16 units"), utf16),
        (both("البايتات", "Bytes"), Some(bytes)),
    ] {
        if let Some(range) = range {
            offsets(ui, kit, (unit, &range), out);
        }
    }
    ui.add_space(size::GAP);
    let who = project.annotator();
    let origin = match (&span.provenance.origin, kit.lang) {
        (Origin::Hand, Lang::Ar) => format!("وسمه باليد {}", isolated(who)),
        (Origin::Hand, Lang::En) => format!("Marked by hand by {}", isolated(who)),
        (Origin::Import(from), Lang::Ar) => format!("استُورد من الملف {}", isolated(from)),
        (Origin::Import(from), Lang::En) => {
            format!("Imported from the file {}", isolated(from))
        }
        (Origin::Declared(by), Lang::Ar) => format!("أُعلن ذهبيًا من عمل {}", isolated(by)),
        (Origin::Declared(by), Lang::En) => {
            format!("Declared gold from the work of {}", isolated(by))
        }
        (Origin::Suggestion(source), Lang::Ar) => {
            format!("قُبل اقتراح المصدر {}", isolated(source))
        }
        (Origin::Suggestion(source), Lang::En) => {
            format!("Accepted from the suggestions of {}", isolated(source))
        }
        (Origin::Other(what), _) => what.clone(),
    };
    // To the minute, in the time that the files have.
    let at = span.provenance.at.map(|at| at.to_string()).unwrap_or_default();
    let text = match (at.get(..10), at.get(11..16)) {
        (Some(day), Some(hour)) => format!("{origin} · \u{2066}{day} {hour} UTC\u{2069}"),
        _ => origin,
    };
    kit.paragraph(ui, &text, TextKind::Small, Ink::Weak);
    super::origin::ui(ui, kit, (project, document, span));
}

/// A line with a range in one unit; a click copies it.
fn offsets(
    ui: &mut Ui,
    kit: &mut Kit,
    (unit, range): (Bilingual, &str),
    out: &mut Vec<Action>,
) {
    const LINE: f32 = 20.0;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), LINE), egui::Sense::click());
    let theme = kit.theme;
    if response.hovered() {
        ui.painter().rect_filled(rect, 3.0, color(theme.hover));
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(2.0, color(theme.accent));
        ui.painter().rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
    }
    let (ink, unit) = (theme.weak, kit.t(unit));
    kit.paint_in(ui, rect, (unit, TextKind::Small), ink, Align::Start);
    let shown = format!("\u{2066}{range}\u{2069}");
    kit.paint_in(ui, rect, (&shown, TextKind::Small), theme.text, Align::End);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{unit} {range}")));
    let tip = kit.t(both("انقر للنسخ", "Click to copy"));
    if kit.tip(response, tip).clicked() {
        ui.ctx().copy_text(range.to_owned());
        out.push(Action::Copied);
    }
}
