//! Each decision where it was made: found by words and reasons, opened, asked again.

use egui::{Id, Key, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::access;
use crate::app::action::Action;
use crate::app::find::Find;
use crate::app::panel::search::words;
use crate::app::quality::{Ask, FATES, Filter, QualityForm, fate_name};
use crate::app::review;
use crate::app::widget::{
    BAR, Button, Ink, Kit, MenuRow, TextKind, color, combo, rows, text_field,
};
use crate::lang::{Lang, both, isolated};
use crate::model::{Label, Verdict};
use crate::project::{Case, Fate, Project};
use crate::theme::size;
use crate::typeset::Align;

/// The height of a row in points: the words around it, and what was decided.
const ROW: f32 = 56.0;

/// The field that they are searched with.
fn search_id() -> Id {
    Id::unique("search decisions")
}

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, form, room): (&Project, &mut QualityForm, f32),
    out: &mut Vec<Action>,
) {
    let top = ui.cursor().top();
    filters(ui, kit, project, form);
    let count = form.listed().len();
    let total = form.quality.cases_of(form.who.as_ref()).count();
    kit.row_ui(ui, |ui, kit| {
        let (shown, all) = (kit.count(&super::DECISION, count), kit.number(total));
        let text = match (count == total, kit.lang) {
            (true, _) => shown,
            (false, Lang::Ar) => format!("{shown} من {all}"),
            (false, Lang::En) => format!("{shown} of {all}"),
        };
        let told = kit.label(ui, &text, TextKind::Small, Ink::Weak);
        access::announce(&told, false);
        if let Some(rule) = &form.filter.group.rule {
            let text = format!("{}: \u{2066}{rule}\u{2069}", kit.t(both("القاعدة", "Rule")));
            kit.label(ui, &text, TextKind::Small, Ink::Weak);
        }
        let is_all = form.filter.search.text().is_empty()
            && form.filter.fate.is_none()
            && form.filter.group == crate::project::Group::default();
        if !is_all {
            let all = kit.t(both("اعرضها كلها", "List them all"));
            if Button::new(all).flat().ui(ui, kit).clicked() {
                form.filter = Filter::default();
            }
        }
    });
    kit.rule(ui);
    let used = ui.cursor().top() - top;
    let size = vec2(ui.available_width(), (room - used).max(3.0 * ROW));
    let (area, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(area));
    list(&mut child, kit, (project, form), out);
}

fn filters(ui: &mut Ui, kit: &mut Kit, project: &Project, form: &mut QualityForm) {
    let name = kit.t(both("ابحث في الكلمات والأسباب", "Search words and reasons"));
    let width = ui.available_width();
    // In one line where there is room, else the search above the rest.
    let boxes = if width >= 640.0 { (width - 24.0) * 0.22 } else { (width - 16.0) / 3.0 };
    let field = if width >= 640.0 { width - 24.0 - 3.0 * boxes } else { width };
    let sources = form.sources();
    let labels: Vec<&Label> = project.schema().labels().collect();
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
        ui.allocate_ui(vec2(field, size::CONTROL), |ui| {
            text_field(ui, kit, search_id(), &mut form.filter.search, (name, name), false);
        });
        let Filter { group, fate, .. } = &mut form.filter;
        let names: Vec<_> = FATES.iter().map(|(name, _)| kit.t(*name).to_owned()).collect();
        let any = both("كل القرارات", "Any decision");
        if let Some(at) = choose(ui, kit, (boxes, any, "fate"), (*fate, names)) {
            *fate = at;
        }
        let chosen = group.label.as_ref();
        let at = chosen.and_then(|id| labels.iter().position(|label| label.id == *id));
        let names = labels.iter().map(|label| label.name.get(kit.lang).to_owned()).collect();
        let any = both("كل الوسوم", "All labels");
        if let Some(at) = choose(ui, kit, (boxes, any, "label"), (at, names)) {
            group.label = at.and_then(|at| labels.get(at)).map(|label| label.id.clone());
        }
        let chosen = group.source.as_ref();
        let at = chosen.and_then(|source| sources.iter().position(|it| it == source));
        let any = both("كل المصادر", "All sources");
        if let Some(at) = choose(ui, kit, (boxes, any, "source"), (at, sources.clone())) {
            group.source = at.and_then(|at| sources.get(at)).cloned();
            group.rule = None;
        }
    });
}

/// A box to choose one of some in, or any; what was chosen, if something was.
fn choose(
    ui: &mut Ui,
    kit: &mut Kit,
    (width, any, id): (f32, crate::lang::Bilingual, &str),
    (chosen, names): (Option<usize>, Vec<String>),
) -> Option<Option<usize>> {
    let any = kit.t(any);
    let row = |(at, text)| MenuRow { text, is_on: Some(at == chosen), ..MenuRow::default() };
    let names = names.into_iter().enumerate().map(|(at, name)| (Some(at), name));
    let rows: Vec<_> = std::iter::once((None, any.to_owned())).chain(names).map(row).collect();
    let state = (any, Some(chosen.map_or(0, |at| at + 1)), true);
    let picked = ui
        .allocate_ui(vec2(width, size::CONTROL), |ui| {
            combo(ui, kit, Id::unique(("decisions by", id)), state, &rows)
        })
        .inner?;
    Some(picked.checked_sub(1))
}

fn list(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, form): (&Project, &mut QualityForm),
    out: &mut Vec<Action>,
) {
    let listed = form.listed().to_vec();
    if listed.is_empty() {
        let text = both("لا قرار كهذا.", "There is no such decision.");
        kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
        return;
    }
    let id = Id::unique("decisions");
    let form = &*form;
    rows(ui, kit, id, (listed.len(), ROW), None, |ui, kit, at, rect, response| {
        let Some(case) = listed.get(at).and_then(|at| form.quality.cases.get(*at)) else {
            return;
        };
        let said = said(kit, project, form, case);
        let name = format!("{} · {said}", case.excerpt.line);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let is_own = case.key.annotator == *project.annotator() && project.is_writable();
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 0.0, color(kit.theme.hover));
        }
        let below = rect.with_min_y(rect.bottom() - 1.0);
        ui.painter().rect_filled(below, 0.0, color(kit.theme.line));
        let inner = rect.shrink2(vec2(size::GAP, 4.0));
        let (upper, lower) = inner.split_top_bottom_at_fraction(0.56);
        words(ui, kit, &case.excerpt, upper);
        let lower =
            if is_own { again(ui, kit, (lower, response.id), case, out) } else { lower };
        kit.paint_in(ui, lower, (&said, TextKind::Small), kit.theme.weak, Align::Start);
        let asks = |input: &mut egui::InputState| {
            let none = egui::Modifiers::NONE;
            input.consume_key(none, Key::Backspace) || input.consume_key(none, Key::Delete)
        };
        if is_own && response.has_focus() && ui.input_mut(asks) {
            out.push(ask_again(case));
        }
        let response = kit.tip(response, &format!("{}\n{said}", case.title));
        if response.clicked() {
            let now = case.span.as_ref().map(|(span, _)| span.range);
            let range = now.unwrap_or(case.decision.suggestion.range);
            out.push(Action::Show(None));
            out.push(Action::Find(Find::Show(case.key.document.clone(), range)));
        }
    });
    access::name_list(ui.ctx(), id, kit.t(both("القرارات", "Decisions")));
}

fn ask_again(case: &Case) -> Action {
    let again = Ask::Again(case.key.document.clone(), case.decision.id.clone());
    Action::Review(review::Ask::Quality(again))
}

/// The button at the end of a row's second line that has it asked again; what of the line is
/// left. It is no stop of the focus, as each row would have one: on a row, a key does the same.
fn again(
    ui: &Ui,
    kit: &mut Kit,
    (line, id): (Rect, Id),
    case: &Case,
    out: &mut Vec<Action>,
) -> Rect {
    let text = kit.t(both("اسأل من جديد", "Ask again"));
    let wide = Kit::size(ui, &kit.set(ui, text, TextKind::Small, None)).x + size::PAD + BAR;
    let (rest, place) = if kit.rtl() {
        let (place, rest) = line.split_left_right_at_x(line.left() + wide);
        (rest, place)
    } else {
        line.split_left_right_at_x(line.right() - wide)
    };
    let response = ui.interact(place, id.with("again"), Sense::CLICK);
    if response.hovered() {
        ui.painter().rect_filled(place, size::RADIUS, color(kit.theme.chosen));
    }
    let ink = kit.theme.accent;
    kit.paint_in(ui, place, (text, TextKind::Small), ink, Align::Center);
    let name = format!("{text}: {}", case.words);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let tip = both(
        "يُنسى القرار ويُسأل عن الاقتراح من جديد؛ ويُحذف موضعه إن بقي كما اقتُرح · Backspace",
        "Takes the decision back and asks again; its span goes if it is still as proposed · \
         Backspace",
    );
    if kit.tip(response, kit.t(tip)).clicked() {
        out.push(ask_again(case));
    }
    rest
}

/// What was decided about what, by whom and when, in a line.
fn said(kit: &Kit, project: &Project, form: &QualityForm, case: &Case) -> String {
    let decision = &case.decision;
    let it = &decision.suggestion;
    let schema = project.schema();
    let label = |id: &crate::model::LabelId| {
        schema.label(id).map_or(id.to_string(), |label| label.name.get(kit.lang).to_owned())
    };
    let fate = kit.t(fate_name(case.fate));
    let mut parts = vec![match &decision.verdict {
        Verdict::Rejected(reason) if !reason.is_empty() => {
            format!("{fate}: \u{2068}{reason}\u{2069}")
        }
        _ => fate.to_owned(),
    }];
    parts.push(label(&it.label));
    if let (Fate::Corrected(what), Some((span, words))) = (case.fate, &case.span) {
        let became = kit.t(both("صار", "now"));
        if what.label {
            parts.push(format!("{became} {}", label(&span.label)));
        }
        if what.edges {
            parts.push(format!("{became} \u{2068}«{words}»\u{2069}"));
        }
        if what.value {
            let value = span.value.as_deref().unwrap_or("–");
            parts.push(format!("{became} \u{2068}{value}\u{2069}"));
        }
    }
    let source = match it.rule.as_str() {
        "" => format!("\u{2068}{}\u{2069}", it.source),
        rule => format!("\u{2066}{}/{rule}\u{2069}", it.source),
    };
    parts.push(source);
    if form.quality.people().len() > 1 {
        parts.push(isolated(&case.key.annotator));
    }
    let at = decision.at.map(|at| at.to_string()).unwrap_or_default();
    if let (Some(day), Some(hour)) = (at.get(..10), at.get(11..16)) {
        parts.push(format!("\u{2066}{} {hour}\u{2069}", kit.date(day)));
    }
    parts.join(" · ")
}
