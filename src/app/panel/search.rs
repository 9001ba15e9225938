//! The search of all documents: what is asked, and the hits with the words around them.

use egui::{EventFilter, Id, Key, Rect, Role, Ui, WidgetInfo, pos2, vec2};

use super::find::{field_keys, options, say_wrong};
use crate::app::access;
use crate::app::action::Action;
use crate::app::find::{Find, SearchPanel};
use crate::app::widget::{Button, Ink, Kit, TextKind, color, rows, scroll_area, text_field};
use crate::app::workspace::Workspace;
use crate::find::Excerpt;
use crate::lang::{Bilingual, DOCUMENT, Lang, Noun, both};
use crate::project::{HitRow, Project};
use crate::theme::size;
use crate::typeset::{Align, Base, Fit};

/// The height of a row in points: the words around the hit, and the document's title.
const ROW: f32 = 52.0;

/// What is found.
pub(super) const HIT: Noun = Noun {
    ar_zero: "لا نتائج",
    ar_one: "نتيجة واحدة",
    ar_two: "نتيجتان",
    ar_few: "نتائج",
    ar_many: "نتيجة",
    ar_other: "نتيجة",
    en_one: "hit",
    en_other: "hits",
};

/// What a query can say, by example.
const EXAMPLES: &[(&str, Bilingual)] = &[
    (
        "وزارة الصحة",
        both(
            "هاتان الكلمتان متتاليتين، أيًا كان التشكيل",
            "these words in a row, however spelled",
        ),
    ),
    (
        "\"الدار البيضاء\" \"أمن\"",
        both("هذا النص وذاك في المقال نفسه", "both of these in one document"),
    ),
    ("city:طنجة count>100", both("مواضع بهذه القيم", "spans with such values")),
    (
        "label:AGENCY doubtful",
        both("موضع بهذا الوسم مشكوك فيه", "a doubtful span with that label"),
    ),
    ("date:2021-12 -state:finished", both("وما ليس منتهيًا", "and what is not finished")),
    (
        "annotator:أمل title:مطار source:صحيفة id:news published>2021",
        both("مجموعة موسّم، وبيانات المقال", "an annotator’s sets, and a document’s details"),
    ),
];

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    let panel = &mut workspace.search_all;
    // As high as it was made, however little is in it.
    ui.set_min_height(ui.available_height());
    keys(ui, panel, out);
    ui.with_layout(kit.column(), |ui| {
        ui.add_space(size::PAD);
        head(ui, kit, panel, out);
        panel.follow(ui.ctx(), project);
        ui.add_space(size::GAP);
        if let Some(wrong) = &panel.wrong {
            say_wrong(ui, kit, panel.field.text(), wrong);
        } else if panel.search.is_some() {
            count(ui, kit, panel);
        } else {
            let room = ui.available_height();
            scroll_area(ui, kit, Id::unique("examples"), room, |ui, kit| {
                ui.with_layout(kit.column(), |ui| examples(ui, kit, panel));
            });
            return;
        }
        ui.add_space(size::GAP);
        kit.rule(ui);
        list(ui, kit, panel, out);
    });
}

/// Up, down, Enter and Esc are the list's while the field has the focus.
fn keys(ui: &Ui, panel: &mut SearchPanel, out: &mut Vec<Action>) {
    let last = panel.search.as_ref().map_or(0, |search| to_usize(search.num_hits()));
    let last = last.saturating_sub(1);
    let (mut by, mut opens) = (0_isize, false);
    let closes = field_keys(ui, SearchPanel::id(), |key, _| {
        by += match key {
            Key::ArrowDown => 1,
            Key::ArrowUp => -1,
            Key::PageDown => 8,
            Key::PageUp => -8,
            _ => 0,
        };
        opens |= key == Key::Enter;
        (key == Key::Escape).then_some(Find::CloseAll)
    });
    out.extend(closes.map(Action::Find));
    if by != 0 {
        panel.row = panel.row.saturating_add_signed(by).min(last);
        panel.shows_row = true;
    }
    panel.opens_row |= opens;
}

fn head(ui: &mut Ui, kit: &mut Kit, panel: &mut SearchPanel, out: &mut Vec<Action>) {
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let width = (ui.available_width() - 420.0).clamp(180.0, 640.0);
        let name = kit.t(both("ابحث في كل المقالات", "Search all documents"));
        ui.allocate_ui(vec2(width, size::CONTROL), |ui| {
            text_field(ui, kit, SearchPanel::id(), &mut panel.field, (name, name), false);
        });
        // Up and down go through the list and not to another widget.
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
            tab: false,
        };
        if ui.memory(|memory| memory.has_focus(SearchPanel::id())) {
            ui.memory_mut(|memory| memory.set_focus_lock_filter(SearchPanel::id(), filter));
        }
        options(ui, kit, &mut panel.options);
        let name = kit.t(both("أغلق البحث في الكل", "Close the search of all"));
        let close = Button::new("×").flat().named(name);
        if close.tip(kit.t(both("أغلق · Esc", "Close · Esc"))).ui(ui, kit).clicked() {
            out.push(Action::Find(Find::CloseAll));
        }
    });
}

fn count(ui: &mut Ui, kit: &mut Kit, panel: &SearchPanel) {
    let Some(search) = &panel.search else { return };
    let hits = kit.count(&HIT, to_usize(search.num_hits()));
    let documents = kit.count(&DOCUMENT, search.num_documents());
    let mut text = match (search.num_hits(), kit.lang) {
        (0, _) if search.is_done() => {
            let text = both(
                "لا نتائج. جرّب كلمة أقصر، أو خفّف الشروط",
                "Nothing found. Try a shorter word, or fewer conditions",
            );
            kit.t(text).to_owned()
        }
        (0, _) => String::new(),
        (_, Lang::Ar) => format!("{hits} في {documents}"),
        (_, Lang::En) => format!("{hits} in {documents}"),
    };
    if !search.is_done() {
        text.push_str(kit.t(both(" · يجري البحث…", " · searching…")));
    }
    kit.label(ui, &text, TextKind::Small, Ink::Weak);
}

/// What can be asked, while nothing is.
fn examples(ui: &mut Ui, kit: &mut Kit, panel: &mut SearchPanel) {
    for (query, meaning) in EXAMPLES {
        kit.row_ui(ui, |ui, kit| {
            ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
            // What is asked keeps its own order.
            let text = format!("\u{2068}{query}\u{2069}");
            if Button::new(&text).flat().named(query).ui(ui, kit).clicked() {
                panel.field = crate::app::widget::Field::new(query);
            }
            kit.label(ui, kit.t(*meaning), TextKind::Small, Ink::Weak);
        });
    }
}

fn list(ui: &mut Ui, kit: &mut Kit, panel: &mut SearchPanel, out: &mut Vec<Action>) {
    let SearchPanel { search: Some(search), row: chosen, shows_row, opens_row, .. } = panel
    else {
        return;
    };
    let count = to_usize(search.num_hits());
    if *opens_row && let Some(row) = search.row(*chosen as u64) {
        if let Some(excerpt) = row.excerpt {
            out.push(Action::Find(Find::Show(row.id.clone(), excerpt.range)));
            *opens_row = false;
        } else if row.is_missing {
            // Whoever opens it is told why it cannot be read.
            out.push(Action::OpenDocument(row.id.clone()));
            *opens_row = false;
        }
    }
    let shown = std::mem::take(shows_row).then_some(*chosen);
    let id = Id::unique("hits");
    rows(ui, kit, id, (count, ROW), shown, |ui, kit, at, rect, response| {
        let Some(row) = search.row(at as u64) else { return };
        let is_chosen = at == *chosen;
        let line = row.excerpt.map_or("", |excerpt| excerpt.line.as_str());
        let name = format!("{line} · {}", row.title);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
        draw_row(ui, kit, &row, rect, (is_chosen, response.hovered() || response.has_focus()));
        if response.clicked() {
            *chosen = at;
            *opens_row = true;
            ui.ctx().request_repaint();
        }
    });
    access::name_list(ui.ctx(), id, kit.t(both("النتائج", "Hits")));
}

fn draw_row(
    ui: &Ui,
    kit: &mut Kit,
    row: &HitRow<'_>,
    rect: Rect,
    (is_chosen, is_over): (bool, bool),
) {
    let theme = kit.theme;
    let ground = if is_chosen { Some(theme.chosen) } else { is_over.then_some(theme.hover) };
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, 0.0, color(ground));
    }
    if is_chosen {
        let edge = if kit.rtl() { rect.right() - 3.0 } else { rect.left() };
        let bar = Rect::from_min_size(pos2(edge, rect.top()), vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 0.0, color(theme.accent));
    }
    let inner = rect.shrink2(vec2(size::MARGIN, 4.0));
    let (upper, lower) = inner.split_top_bottom_at_fraction(0.56);
    match row.excerpt {
        Some(excerpt) => words(ui, kit, excerpt, upper),
        None if row.is_missing => {
            let text = kit.t(both("لا يُقرأ هذا المقال", "This document cannot be read"));
            kit.paint_in(ui, upper, (text, TextKind::Body), theme.danger, Align::Start);
        }
        None => {}
    }
    let mut about = row.title.to_owned();
    if row.num_hits > 1 {
        about = format!(
            "\u{2068}{about}\u{2069} · \u{2066}{}/{}\u{2069}",
            row.number + 1,
            row.num_hits
        );
    }
    kit.paint_in(ui, lower, (&about, TextKind::Small), theme.weak, Align::Start);
}

/// The words around a hit, with the hit marked: set as one line, so that no letters come apart.
pub(super) fn words(ui: &Ui, kit: &mut Kit, excerpt: &Excerpt, rect: Rect) {
    let scale = ui.ctx().pixels_per_point();
    let theme = kit.theme;
    let fit = Fit::cut((rect.width() * scale).floor());
    let free = kit.set_based(ui, &excerpt.line, TextKind::Body, Base::Auto, fit);
    let align = if free.direction().is_rtl() == kit.rtl() { Align::Start } else { Align::End };
    let set = kit.set_based(ui, &excerpt.line, TextKind::Body, Base::Auto, fit.aligned(align));
    let at = pos2(rect.left(), rect.center().y - Kit::size(ui, &set).y / 2.0);
    for part in set.rects(crate::text::TextRange::of(excerpt.emphasis.clone())) {
        let part = Rect::from_min_max(
            at + vec2(part.left, part.top) / scale,
            at + vec2(part.right, part.bottom) / scale,
        );
        ui.painter().rect_filled(part, 2.0, color(theme.found));
        let edge = egui::Stroke::new(1.0, color(theme.found_edge));
        ui.painter().rect_stroke(part, 2.0, edge, egui::StrokeKind::Inside);
    }
    kit.paint(ui.painter(), at, &set, theme.text);
}

/// A count of rows, which a list can hold.
fn to_usize(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
