//! The head of the list: how much is done, the search, the filters, the order.

use egui::{Id, Rect, Ui, pos2, vec2};

use super::search_id;
use crate::app::access;
use crate::app::action::Action;
use crate::app::documents::{Documents, without_word};
use crate::app::widget::{
    Field, Icon, Ink, Kit, MenuRow, TextKind, color, combo, icon_button, text_field, toggle,
};
use crate::app::workspace::Workspace;
use crate::lang::{DOCUMENT, Lang, both};
use crate::model::State;
use crate::project::{OrderBy, Project};
use crate::theme::size;

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    kit.label(ui, project.name(), TextKind::Heading, Ink::Text);
    let finished = project.num_in_state(State::Finished);
    let total = project.num_documents();
    let text = counts(kit, workspace, (finished, total));
    let text = kit.digits(&text);
    kit.label(ui, &text, TextKind::Small, Ink::Weak);
    bar(ui, kit, &text, (finished, total));
    ui.add_space(size::GAP);
    let name = kit.t(both("ابحث في العناوين", "Search titles"));
    let field = text_field(ui, kit, search_id(), &mut workspace.search, (name, name), false);
    access::search(&field.response);
    ui.add_space(size::GAP);
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        let all = kit.t(both("الكل", "All"));
        if toggle(ui, kit, all, workspace.state_filter.is_none()).clicked() {
            workspace.state_filter = None;
        }
        for state in State::ALL {
            let is_on = workspace.state_filter == Some(state);
            let name = kit.t(state.name());
            if toggle(ui, kit, name, is_on).clicked() {
                workspace.state_filter = (!is_on).then_some(state);
            }
        }
        let more = kit.t(both("مرشحات", "Filters"));
        if toggle(ui, kit, more, workspace.shows_filters).clicked() {
            workspace.shows_filters = !workspace.shows_filters;
        }
    });
    if workspace.shows_filters {
        filters(ui, kit, project, workspace);
    }
    order(ui, kit, workspace, out);
    ui.add_space(size::GAP);
    kit.rule(ui);
}

/// How many documents are finished, and how many are listed where that is not all.
fn counts(kit: &Kit, workspace: &Workspace, (finished, total): (usize, usize)) -> String {
    let mut text = match kit.lang {
        Lang::Ar => format!("أُنهي {finished} من {}", DOCUMENT.count(kit.lang, total)),
        Lang::En => format!("{finished} of {} finished", DOCUMENT.count(kit.lang, total)),
    };
    let listing = &workspace.documents.listing;
    if listing.is_busy() {
        text.push_str(kit.t(both(" · تُرتَّب القائمة…", " · listing…")));
    } else if workspace.is_filtered() {
        let listed = listing.rows().len();
        text.push_str(&match kit.lang {
            Lang::Ar => format!(" · يُعرض {listed}"),
            Lang::En => format!(" · {listed} listed"),
        });
    }
    text
}

/// The box that names the order, and the button that turns it round.
fn order(ui: &mut Ui, kit: &mut Kit, workspace: &Workspace, out: &mut Vec<Action>) {
    let order = workspace.documents.order;
    ui.add_space(size::GAP);
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        let icon = if order.is_descending { Icon::Descending } else { Icon::Ascending };
        let width = (ui.available_width() - size::CONTROL - 5.0).max(0.0);
        let rows = OrderBy::ALL.map(|by| MenuRow {
            text: kit.t(by.name()).to_owned(),
            is_on: Some(by == order.by),
            ..MenuRow::default()
        });
        let chosen = OrderBy::ALL.iter().position(|by| *by == order.by);
        let name = kit.t(both("ترتيب القائمة", "Order of the list"));
        let taken = ui.allocate_ui_with_layout(vec2(width, size::CONTROL), kit.row(), |ui| {
            combo(ui, kit, Id::unique("order"), (name, chosen, true), &rows)
        });
        let by = taken.inner.and_then(|at| OrderBy::ALL.get(at).copied());
        // The order that it has already is no other one; the button turns it round.
        if let Some(by) = by.filter(|by| *by != order.by) {
            out.push(Action::Documents(Documents::OrderBy(by)));
        }
        let direction = kit.t(order.direction());
        if icon_button(ui, kit, icon, (direction, direction), false).clicked() {
            out.push(Action::Documents(Documents::Reverse));
        }
    });
}

/// How much is done, as a bar.
fn bar(ui: &mut Ui, kit: &Kit, name: &str, (done, total): (usize, usize)) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 5.0), egui::Sense::hover());
    access::progress(&response, name, done, total);
    ui.painter().rect_filled(rect, 2.5, color(kit.theme.line));
    if total > 0 && done > 0 {
        let width = rect.width() * share(done, total);
        let left = if kit.rtl() { rect.right() - width } else { rect.left() };
        let part = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        ui.painter().rect_filled(part, 2.5, color(kit.theme.good));
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of a bar some hundred points wide")]
fn share(done: usize, total: usize) -> f32 {
    done as f32 / total as f32
}

/// Filters by label, annotator and doubt, each a word of the search: a click writes it or takes it out.
fn filters(ui: &mut Ui, kit: &mut Kit, project: &Project, workspace: &mut Workspace) {
    ui.add_space(size::GAP);
    let annotators = workspace.documents.listing.annotators(project);
    let quoted = |text: &str| {
        if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text.to_owned() }
    };
    let labels = project.schema().labels().map(|label| {
        (label.name.get(kit.lang).to_owned(), format!("label:{}", quoted(label.id.as_str())))
    });
    let annotators = annotators.iter().map(|annotator| {
        let name = annotator.to_string();
        (format!("\u{2068}{name}\u{2069}"), format!("annotator:{}", quoted(&name)))
    });
    let words: Vec<(String, String)> = labels.chain(annotators).collect();
    let num_labels = project.schema().labels().count();
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        for (at, (name, word)) in words.iter().enumerate() {
            let without = without_word(workspace.search.text(), word);
            let is_on = without.is_some();
            if toggle(ui, kit, name, is_on).clicked() {
                // One annotator is asked: another takes the place of the one before.
                let rivals = words.iter().skip(num_labels).filter(|_| at >= num_labels);
                let text = without.unwrap_or_else(|| {
                    let text = workspace.search.text().trim().to_owned();
                    let rest = rivals.fold(text, |text, (_, other)| {
                        without_word(&text, other).unwrap_or(text)
                    });
                    format!("{rest} {word}")
                });
                workspace.search = Field::new(text.trim());
            }
        }
        let name = kit.t(both("مشكوك فيها", "Doubtful"));
        if toggle(ui, kit, name, workspace.asks_for_doubtful()).clicked() {
            workspace.toggle_doubtful(kit.lang);
        }
    });
}
