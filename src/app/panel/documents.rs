//! The list of documents: search, states, rows.

use egui::{Id, Rect, Role, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::find::say_wrong;
use crate::app::access;
use crate::app::action::Action;
use crate::app::widget::{Field, Ink, Kit, TextKind, color, rows, text_field, toggle};
use crate::app::workspace::Workspace;
use crate::find::{Options, Query, Wrong};
use crate::lang::{DOCUMENT, Message, SPAN, both};
use crate::model::State;
use crate::project::{Project, Row};
use crate::text::TextRange;
use crate::theme::size;
use crate::typeset::Align;

/// The height of a row in points: a title and a line about it.
const ROW: f32 = 58.0;

/// The search's field.
pub(in crate::app) fn search_id() -> Id {
    Id::unique("search")
}

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    access::region(ui, kit.t(both("المقالات", "Documents")));
    ui.add_space(size::PAD);
    ui.with_layout(kit.column(), |ui| {
        head(ui, kit, project, workspace);
        list(ui, kit, project, workspace, out);
    });
}

fn head(ui: &mut Ui, kit: &mut Kit, project: &Project, workspace: &mut Workspace) {
    kit.label(ui, project.name(), TextKind::Heading, Ink::Text);
    let finished = project.num_in_state(State::Finished);
    let total = project.num_documents();
    let lang = kit.lang;
    let text = match lang {
        crate::lang::Lang::Ar => {
            format!("أُنهي {finished} من {}", DOCUMENT.count(lang, total))
        }
        crate::lang::Lang::En => {
            format!("{finished} of {} finished", DOCUMENT.count(lang, total))
        }
    };
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
    ui.add_space(size::GAP);
    kit.rule(ui);
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

fn list(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    follow(project, workspace);
    if let Some(wrong) = &workspace.listed.wrong {
        say_wrong(ui, kit, workspace.search.text(), wrong);
    }
    if workspace.listed.rows.is_empty() {
        ui.add_space(size::MARGIN);
        let text = if project.num_documents() == 0 {
            both(
                "لا مقالات بعد. استورد ملفات نصية أو JSONL بالمفتاحين Ctrl+I.",
                "No documents yet. Import text or JSONL files with Ctrl+I.",
            )
        } else {
            both("لا مقال يطابق البحث.", "No document matches.")
        };
        kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
        return;
    }
    let open = project.open_row();
    let place = |row: usize| workspace.listed.rows.binary_search(&row).ok();
    let shown = workspace.show_row.then(|| open.and_then(place)).flatten();
    workspace.show_row = false;
    let listed = &workspace.listed.rows;
    rows(
        ui,
        kit,
        Id::unique("documents"),
        (listed.len(), ROW),
        shown,
        |ui, kit, at, rect, response| {
            let Some(row) = listed.get(at).and_then(|row| project.row(*row)) else { return };
            let is_open = open.is_some() && listed.get(at).copied() == open;
            let about = about(kit, &row);
            let looks = (is_open, response.hovered());
            draw_row(ui, kit, (&row, &about), rect, looks);
            response.widget_info(|| {
                let name = format!("{} · {about}", row.title);
                WidgetInfo::selected(Role::Button, true, is_open, name)
            });
            if response.clicked() {
                out.push(Action::OpenDocument(row.id.clone()));
            }
        },
    );
    let name = kit.t(both("المقالات", "Documents"));
    access::name_list(ui.ctx(), Id::unique("documents"), name);
}

/// Finds anew which documents are listed, if something they follow from has changed.
fn follow(project: &Project, workspace: &mut Workspace) {
    let written = workspace.search.text();
    let of = (project.revision(), written.to_owned(), workspace.state_filter);
    if workspace.listed.of.as_ref() == Some(&of) {
        return;
    }
    let listed = &mut workspace.listed;
    let asked = Query::parse(written, Options::default(), project.schema()).and_then(|query| {
        let reads = query.spans.iter().any(|filter| !filter.needs_counts_only());
        if reads {
            return Err(Wrong {
                place: TextRange::default(),
                what: Message::from(both(
                    "القيم والملاحظات تُبحث في كل المقالات: ‎Ctrl+Shift+F",
                    "Values and notes are looked up with Ctrl+Shift+F",
                )),
            });
        }
        Ok(query)
    });
    listed.wrong = None;
    match asked {
        Ok(query) => {
            let fits = |at: &usize| {
                workspace
                    .state_filter
                    .is_none_or(|state| project.row(*at).is_some_and(|row| row.state == state))
            };
            listed.rows = project.listed(&query).into_iter().filter(fits).collect();
        }
        // While something is being written, what was listed before stays.
        Err(wrong) => listed.wrong = Some(wrong),
    }
    listed.of = Some(of);
}

/// Filters by label and annotator, each a word of the search: a click writes it or takes it out.
fn filters(ui: &mut Ui, kit: &mut Kit, project: &Project, workspace: &mut Workspace) {
    ui.add_space(size::GAP);
    let listed = &mut workspace.listed;
    if listed.annotators.0 != Some(project.revision()) {
        listed.annotators = (Some(project.revision()), project.store().annotators());
    }
    let quoted = |text: &str| {
        if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text.to_owned() }
    };
    let labels = project.schema().labels().map(|label| {
        (label.name.get(kit.lang).to_owned(), format!("label:{}", quoted(label.id.as_str())))
    });
    let annotators = listed.annotators.1.iter().map(|annotator| {
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
    });
}

/// A search without one of its words; none if it has it not.
fn without_word(text: &str, word: &str) -> Option<String> {
    let is_edge = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let at = text.match_indices(word).map(|(at, _)| at).find(|at| {
        is_edge(text[..*at].chars().next_back())
            && is_edge(text[at + word.len()..].chars().next())
    })?;
    let (before, after) = (&text[..at], &text[at + word.len()..]);
    Some(format!("{} {}", before.trim_end(), after.trim_start()).trim().to_owned())
}

/// The line about a document: its state, its spans, its date.
fn about(kit: &Kit, row: &Row<'_>) -> String {
    let mut parts = vec![kit.t(row.state.name()).to_owned()];
    if row.num_spans > 0 {
        parts.push(kit.count(&SPAN, row.num_spans));
    }
    if row.is_gold {
        parts.push(kit.t(both("ذهبي", "gold")).to_owned());
    }
    if let Some(date) = row.date {
        parts.push(kit.date(date));
    }
    parts.join(" · ")
}

fn draw_row(
    ui: &Ui,
    kit: &mut Kit,
    (row, about): (&Row<'_>, &str),
    rect: Rect,
    (is_open, is_hovered): (bool, bool),
) {
    let theme = kit.theme;
    let ground = match (is_open, is_hovered) {
        (true, _) => Some(theme.chosen),
        (false, true) => Some(theme.hover),
        (false, false) => None,
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, 0.0, color(ground));
    }
    if is_open {
        let edge = if kit.rtl() { rect.right() - 3.0 } else { rect.left() };
        let bar = Rect::from_min_size(pos2(edge, rect.top()), vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 0.0, color(theme.accent));
    }
    let inner = rect.shrink2(vec2(size::MARGIN, 7.0));
    let (upper, lower) = inner.split_top_bottom_at_fraction(0.54);
    kit.paint_content(ui, upper, (row.title, TextKind::Body), theme.text);
    // The line about it, from where reading begins: a sign, the state, then the rest.
    let sign = 13.0;
    let (sign_rect, text_rect) = if kit.rtl() {
        let (text, sign_rect) = lower.split_left_right_at_x(lower.right() - sign - 6.0);
        (sign_rect, text)
    } else {
        lower.split_left_right_at_x(lower.left() + sign + 6.0)
    };
    let center = if kit.rtl() {
        pos2(sign_rect.right() - sign / 2.0, sign_rect.center().y)
    } else {
        pos2(sign_rect.left() + sign / 2.0, sign_rect.center().y)
    };
    state_sign(ui, kit, center, row.state);
    kit.paint_in(ui, text_rect, (about, TextKind::Small), theme.weak, Align::Start);
}

/// A sign for each state, told apart by its shape.
pub(super) fn state_sign(ui: &Ui, kit: &Kit, center: egui::Pos2, state: State) {
    let theme = kit.theme;
    let painter = ui.painter();
    let radius = 5.5;
    match state {
        State::New => {
            painter.circle_stroke(center, radius, Stroke::new(1.5, color(theme.edge)));
        }
        State::InProgress => {
            painter.circle_stroke(center, radius, Stroke::new(1.5, color(theme.accent)));
            painter.circle_filled(center, radius - 3.0, color(theme.accent));
        }
        State::Finished => {
            painter.circle_filled(center, radius + 0.5, color(theme.good));
            let stroke = Stroke::new(1.6, color(theme.panel));
            let points =
                [vec2(-2.8, 0.2), vec2(-0.8, 2.3), vec2(3.0, -2.2)].map(|by| center + by);
            painter.line(points.to_vec(), stroke);
        }
        State::Ignored => {
            painter.circle_stroke(center, radius, Stroke::new(1.5, color(theme.edge)));
            let by = vec2(3.6, -3.6);
            painter
                .line_segment([center - by, center + by], Stroke::new(1.5, color(theme.edge)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_taken_out_as_a_whole_word() {
        let without = |text, word| without_word(text, word);
        assert_eq!(without("فاس label:CITY x", "label:CITY").as_deref(), Some("فاس x"));
        assert_eq!(without("label:CITY", "label:CITY").as_deref(), Some(""));
        assert_eq!(without("-label:CITY label:CITYX", "label:CITY"), None);
    }
}
