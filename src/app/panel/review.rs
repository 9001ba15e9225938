//! The suggestion in hand: what it says, who says it, how sure, and what can be done with it.

use egui::{Id, Role, Ui, WidgetInfo, vec2};

use super::article::tip_of;
use super::review_sources::{provenance, switches};
use crate::app::access;
use crate::app::action::Action;
use crate::app::command::{Desk, command};
use crate::app::review::{Ask, Review};
use crate::app::widget::{
    Button, Ink, Kit, MenuRow, TextKind, color, combo, scroll_area, text_field, toggle,
};
use crate::app::workspace::Workspace;
use crate::lang::{Bilingual, Lang, SUGGESTION, both};
use crate::model::{Label, LabelId};
use crate::project::{Project, ReviewOrder};
use crate::theme::size;

/// Reasons that are at hand; any other can be written.
const REASONS: [Bilingual; 4] = [
    both("ليس اسمًا لهذا", "no name of such a thing"),
    both("الحدود خاطئة", "wrong edges"),
    both("مستبعد في الدليل", "excluded by the guidelines"),
    both("مكرر", "said already"),
];

/// The least height of what tells of the one in hand, in points.
const LEAST: f32 = 120.0;

/// The field of the value.
pub(in crate::app) fn offered_value_id() -> Id {
    Id::unique("offered value")
}

/// The field of the reason.
pub(in crate::app) fn why_id() -> Id {
    Id::unique("why rejected")
}

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, most): (&Project, f32),
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    let top = ui.cursor().top();
    head(ui, kit, workspace, out);
    which(ui, kit, (project, workspace), out);
    ui.add_space(size::PAD);
    let most = (most - (ui.cursor().top() - top)).max(LEAST);
    scroll_area(ui, kit, Id::unique("review"), most, |ui, kit| {
        ui.with_layout(kit.column(), |ui| {
            if workspace.review.as_ref().is_some_and(|review| review.in_hand().is_some()) {
                in_hand(ui, kit, project, workspace, out);
            } else {
                nothing(ui, kit, workspace, out);
            }
        });
    });
}

/// How many are left, how fast it goes, and of which documents.
fn head(ui: &mut Ui, kit: &mut Kit, workspace: &Workspace, out: &mut Vec<Action>) {
    let Some(review) = &workspace.review else { return };
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing.x = 5.0;
        for (everywhere, name) in [
            (false, both("هذا المقال", "This document")),
            (true, both("المقالات كلها", "All documents")),
        ] {
            let is_on = review.everywhere == everywhere;
            let response = toggle(ui, kit, kit.t(name), is_on);
            access::tab(ui, &response, is_on);
            if response.clicked() && !is_on {
                out.push(Action::Review(Ask::ToggleAll));
            }
        }
    });
    ui.add_space(size::GAP);
    let left = kit.count(&SUGGESTION, review.num_left());
    let mut parts = vec![match kit.lang {
        Lang::Ar => format!("بقي: {left}"),
        Lang::En => format!("{left} left"),
    }];
    let (decided, pace) = review.pace(ui.input(|input| input.time));
    if decided > 0 {
        let decided = kit.number(decided);
        parts.push(match kit.lang {
            Lang::Ar => format!("قُرّر في {decided}"),
            Lang::En => format!("{decided} decided"),
        });
    }
    if let Some(pace) = pace {
        let pace = kit.number(pace);
        parts.push(match kit.lang {
            Lang::Ar => format!("{pace} في الدقيقة"),
            Lang::En => format!("{pace} a minute"),
        });
    }
    let response = kit.label(ui, &parts.join(" · "), TextKind::Small, Ink::Weak);
    access::announce(&response, false);
    ui.add_space(size::GAP);
}

fn nothing(ui: &mut Ui, kit: &mut Kit, workspace: &Workspace, out: &mut Vec<Action>) {
    let review = workspace.review.as_ref();
    let is_known = workspace.suggestions.all().is_some();
    let (title, text) = if !is_known {
        (both("يُبحث عن اقتراحات…", "Looking for suggestions…"), None)
    } else if review.is_some_and(|review| review.label.is_some()) {
        let how = both(
            "لهذا الوسم لم يبق شيء؛ اختر وسمًا آخر أو الكل.",
            "Nothing is left for this label; choose another one, or all.",
        );
        (both("لم يبق اقتراح", "No suggestion is left"), Some(how))
    } else {
        let how = both(
            "راجع المقالات كلها، أو أنهِ هذا المقال وانتقل إلى التالي.",
            "Review all documents, or finish this one and go to the next.",
        );
        (both("لم يبق اقتراح", "No suggestion is left"), Some(how))
    };
    kit.label(ui, kit.t(title), TextKind::Heading, Ink::Text);
    if let Some(text) = text {
        ui.add_space(size::GAP);
        kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
    }
    if review.is_some_and(|review| !review.everywhere) && is_known {
        ui.add_space(size::PAD);
        let all = kit.t(both("راجع المقالات كلها", "Review all documents"));
        if Button::new(all).ui(ui, kit).clicked() {
            out.push(Action::Review(Ask::ToggleAll));
        }
    }
}

fn in_hand(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    let Some(review) = &workspace.review else { return };
    let (Some(offer), Some(taken)) = (review.in_hand().cloned(), review.taken().cloned())
    else {
        return;
    };
    let label = project.schema().label(&taken.label);
    let shades = kit.theme.shades(label.map_or([128, 128, 128], |label| label.color));
    let document = project.document().filter(|document| *document.id() == offer.document);
    let text = document.map_or(&*offer.text, |document| document.slice(taken.range));
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 36.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, size::RADIUS, color(shades.fill));
    let ink = kit.theme.text;
    kit.paint_content(ui, rect.shrink2(vec2(size::PAD, 0.0)), (text, TextKind::Heading), ink);
    let name = label.map_or(taken.label.as_str(), |label| label.name.get(kit.lang));
    let said = format!("{text} · {name}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    access::announce(&response, false);
    kit.tip(response, text);
    ui.add_space(size::GAP);
    if let Some(review) = workspace.review.as_mut().filter(|review| review.why.is_some()) {
        // Nothing else is asked then.
        why(ui, kit, review, out);
        return;
    }
    label_box(ui, kit, (project, &taken.label), out);
    ui.add_space(size::GAP);
    value(ui, kit, label, workspace, out);
    buttons(ui, kit, (project, workspace), out);
    ui.add_space(size::GAP);
    let of = taken.attributes.iter().filter_map(|(id, text)| {
        let attribute = label?.attributes.iter().find(|attribute| attribute.id == *id)?;
        Some(format!("{}: \u{2068}{text}\u{2069}", attribute.name.get(kit.lang)))
    });
    let of: Vec<_> = of.collect();
    if !of.is_empty() {
        kit.paragraph(ui, &of.join(" · "), TextKind::Small, Ink::Text);
    }
    provenance(ui, kit, workspace, &offer);
    all_alike(ui, kit, (project, workspace), out);
}

/// Its label, in a box to take it with another from.
fn label_box(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, label): (&Project, &LabelId),
    out: &mut Vec<Action>,
) {
    let labels: Vec<&Label> = project.schema().labels().collect();
    let rows: Vec<_> = labels.iter().map(|of| label_row(kit, of, of.id == *label)).collect();
    let chosen = labels.iter().position(|of| of.id == *label);
    let name = kit.t(both("الوسم؛ رقمه يقبل الاقتراح به", "Label; its number accepts with it"));
    kit.label(ui, name, TextKind::Small, Ink::Weak);
    let state = (name, chosen, project.is_writable());
    let picked = combo(ui, kit, Id::unique("offered label"), state, &rows);
    if let Some(of) = picked.and_then(|at| labels.get(at)) {
        out.push(Action::Review(Ask::Label(of.id.clone())));
    }
}

fn label_row(kit: &Kit, label: &Label, is_on: bool) -> MenuRow {
    MenuRow {
        text: label.name.get(kit.lang).to_owned(),
        key: label.key.map(|key| key.to_string()).unwrap_or_default(),
        is_on: Some(is_on),
        swatch: Some(kit.theme.shades(label.color).bar),
        ..MenuRow::default()
    }
}

/// The value, to be corrected; Enter takes the suggestion with it.
fn value(
    ui: &mut Ui,
    kit: &mut Kit,
    label: Option<&Label>,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    let Some(review) = &mut workspace.review else { return };
    let name = kit.t(both("القيمة", "Value"));
    kit.label(ui, name, TextKind::Small, Ink::Weak);
    let kind = label.map(|label| &label.value);
    let hint = kind.map_or("", |kind| kit.t(kind.example()));
    let before = review.taken().and_then(|taken| taken.value.clone()).unwrap_or_default();
    let field = &mut review.value;
    field.follow(&before);
    let outcome = text_field(ui, kit, offered_value_id(), field, (name, hint), false);
    let text = super::inspector::as_written(kind, field.text());
    let is_changed = outcome.committed && text != before;
    if is_changed {
        out.push(Action::Review(Ask::SetValue(text)));
    }
    super::inspector::meaning(ui, kit, kind, &review.value);
    if outcome.entered {
        out.push(Action::Review(Ask::Accept { goes_on: true }));
    }
    ui.add_space(size::GAP);
}

/// Why it is wrong: one of a few reasons, or any other.
fn why(ui: &mut Ui, kit: &mut Kit, review: &mut Review, out: &mut Vec<Action>) {
    let name = kit.t(both("سبب الرفض", "Why it is wrong"));
    kit.label(ui, name, TextKind::Small, Ink::Weak);
    if let Some(field) = &mut review.why {
        let hint = kit.t(both("اكتب ثم Enter، أو اختر", "write, then Enter, or choose"));
        if text_field(ui, kit, why_id(), field, (name, hint), false).entered {
            out.push(Action::Review(Ask::Reject(field.text().to_owned())));
        }
    }
    ui.add_space(size::GAP);
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        for reason in REASONS {
            let text = kit.t(reason);
            if Button::new(text).ui(ui, kit).clicked() {
                out.push(Action::Review(Ask::Reject(text.to_owned())));
            }
        }
    });
}

fn buttons(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, workspace): (&Project, &Workspace),
    out: &mut Vec<Action>,
) {
    let Some(review) = &workspace.review else { return };
    let desk = Desk { project: Some(project), workspace };
    let accept = if review.is_corrected() {
        both("اقبل مصححًا", "Accept corrected")
    } else {
        both("اقبل", "Accept")
    };
    let rows: [(&str, Bilingual, bool); 4] = [
        ("review.accept", accept, true),
        ("review.reject", both("ارفض", "Reject"), false),
        ("review.skip", both("تخطَّ", "Skip"), false),
        ("review.why", both("ارفض لسبب…", "Reject with reason…"), false),
    ];
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        for (id, name, is_primary) in rows {
            let Some(command) = command(id) else { continue };
            let action = (command.action)(&desk).filter(|_| project.is_writable());
            let tip = tip_of(kit, command);
            let text = kit.t(name);
            let mut button = Button::new(text).enabled(action.is_some()).tip(&tip);
            if is_primary {
                button = button.primary();
            }
            if button.ui(ui, kit).clicked() {
                out.extend(action);
            }
        }
    });
}

/// What decides about all that are like the one in hand.
fn all_alike(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, workspace): (&Project, &Workspace),
    out: &mut Vec<Action>,
) {
    let Some(review) = &workspace.review else { return };
    let alike = review.num_alike();
    if alike > 1 && project.is_writable() {
        ui.add_space(size::GAP);
        let count = kit.number(alike);
        let text = match kit.lang {
            Lang::Ar => format!("اقبل كل ما يماثله ({count})…"),
            Lang::En => format!("Accept all {count} like it…"),
        };
        let tip = command("review.accept_like").map_or(String::new(), |of| tip_of(kit, of));
        if Button::new(&text).tip(&tip).ui(ui, kit).clicked() {
            out.push(Action::Review(Ask::AllLike { rejects: false }));
        }
    }
}

/// In which order, and of which label: two boxes beside each other.
fn which(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, workspace): (&Project, &Workspace),
    out: &mut Vec<Action>,
) {
    let Some(review) = &workspace.review else { return };
    let width = (ui.available_width() - size::GAP) / 2.0;
    let half = vec2(width, size::CONTROL);
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing.x = size::GAP;
        ui.allocate_ui(half, |ui| order_box(ui, kit, review, out));
        ui.allocate_ui(half, |ui| filter_box(ui, kit, (project, review), out));
    });
    switches(ui, kit, workspace, out);
    super::extractor::buttons(ui, kit, (project, review.everywhere), out);
}

fn order_box(ui: &mut Ui, kit: &mut Kit, review: &Review, out: &mut Vec<Action>) {
    let name = kit.t(both("ترتيب المراجعة", "Order of the review"));
    let rows = ReviewOrder::ALL.map(|order| MenuRow {
        text: kit.t(order_name(order)).to_owned(),
        is_on: Some(order == review.order),
        ..MenuRow::default()
    });
    let chosen = ReviewOrder::ALL.iter().position(|order| *order == review.order);
    let picked = combo(ui, kit, Id::unique("review order"), (name, chosen, true), &rows);
    if let Some(order) = picked.and_then(|at| ReviewOrder::ALL.get(at)) {
        out.push(Action::Review(Ask::SetOrder(*order)));
    }
}

fn filter_box(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, review): (&Project, &Review),
    out: &mut Vec<Action>,
) {
    let name = kit.t(both("الوسم المُراجَع", "Which label is reviewed"));
    let labels: Vec<&Label> = project.schema().labels().collect();
    let all = MenuRow {
        text: kit.t(both("كل الوسوم", "All labels")).to_owned(),
        is_on: Some(review.label.is_none()),
        ..MenuRow::default()
    };
    let is_on = |label: &Label| review.label.as_ref() == Some(&label.id);
    let mut rows = vec![all];
    rows.extend(labels.iter().map(|label| label_row(kit, label, is_on(label))));
    let chosen = labels.iter().position(|label| is_on(label)).map_or(0, |at| at + 1);
    let state = (name, Some(chosen), true);
    if let Some(at) = combo(ui, kit, Id::unique("review label"), state, &rows) {
        let label = at.checked_sub(1).and_then(|at| labels.get(at));
        out.push(Action::Review(Ask::SetLabel(label.map(|label| label.id.clone()))));
    }
}

fn order_name(order: ReviewOrder) -> Bilingual {
    match order {
        ReviewOrder::Text => both("كما في النص", "As in the text"),
        ReviewOrder::Doubt => both("الأقل ثقة أولًا", "Least sure first"),
        ReviewOrder::Label => both("بحسب الوسم", "By label"),
        ReviewOrder::Rule => both("بحسب المصدر والقاعدة", "By source and rule"),
        ReviewOrder::Words => both("بحسب الكلمات", "By the words"),
    }
}
