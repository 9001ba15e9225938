//! The open article: its headline data, the label chips, its text.

use std::cell::OnceCell;

use egui::{Ui, vec2};

use super::documents::state_sign;
use super::review_sources::outline_name;
use crate::app::action::{Action, Step};
use crate::app::command::{Desk, command};
use crate::app::review::Ask;
use crate::app::suggest::{all_in_words, percent};
use crate::app::widget::{
    Button, Gesture, Ink, Kit, Outlined, SpanMark, TextKind, Tick, arrow_button, chip, color,
};
use crate::app::workspace::{Menu, Workspace};
use crate::lang::{Lang, both};
use crate::model::{AnnotationSet, Document, Schema, Span, SpanId, State, Suggestion};
use crate::project::{Offer, Project, Trust};
use crate::text::TextRange;
use crate::theme::{Shades, Theme, size};
use crate::typeset::{Align, Mark};

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    let (Some(document), Some(set)) = (project.document(), project.set()) else {
        empty(ui, kit, project, out);
        return;
    };
    ui.spacing_mut().item_spacing.y = 0.0;
    egui::Frame::new()
        .fill(color(kit.theme.panel))
        .inner_margin(egui::Margin::symmetric(14, 8))
        .show(ui, |ui| {
            header(ui, kit, project, workspace, set, out);
            ui.add_space(size::PAD);
            chips(ui, kit, project, workspace, set, out);
        });
    kit.rule(ui);
    let title = project.meta().map_or("", |meta| document.title(meta));
    let name = format!("{} · {title}", kit.t(both("نص المقال", "Article text")));
    let has_title = project.meta().is_some_and(|meta| document.begins_with_title(meta));
    let (looks, lanes) = ((kit.theme, kit.lang), project.lanes());
    let chosen = workspace.chosen.clone();
    let marks = |range| {
        let of = (project.schema(), &**document, set);
        marks((&looks.0, looks.1), of, chosen.as_ref(), lanes, range)
    };
    let (suggestions, trust) = (&workspace.suggestions, &workspace.trusting.trust);
    let review = workspace.review.as_ref().filter(|_| workspace.chosen.is_none());
    let in_hand = review.and_then(|review| review.in_hand().zip(review.taken()));
    let in_hand = in_hand.map(|(offer, taken)| (offer.clone(), taken.clone()));
    let (names, kit_lang) = (OnceCell::new(), kit.lang);
    let outlined = |range| {
        let schema = project.schema();
        let offers: Vec<&Offer> = suggestions.between(range).collect();
        let name = |it: &&Offer| {
            let label = schema.label(&it.first().label).map(|label| label.name.get(kit_lang));
            let of = (*it, kit_lang);
            outline_name(label.unwrap_or_default(), suggestions.sources(), of)
        };
        // Asked once a frame: the marks of what is seen borrow them.
        let names: &Vec<String> = names.get_or_init(|| offers.iter().map(name).collect());
        let named = offers.into_iter().zip(names);
        named
            .filter_map(|(it, name)| {
                outline(&looks, (schema, trust, name), (it, in_hand.as_ref()))
            })
            .collect()
    };
    let text = (document.text(), has_title, kit.look);
    let of = (project.revision(), kit.theme);
    workspace.article.map.follow(of, || ticks(&kit.theme, project.schema(), set));
    let span = chosen.as_ref().and_then(|id| set.span(id));
    workspace.article.map.chosen =
        span.map(|span| (span.range, shades_of(&kit.theme, project.schema(), span).bar));
    let (response, gesture) = workspace.article.ui(ui, kit, text, (&marks, &outlined), &name);
    workspace.article_has_focus = response.has_focus();
    match gesture {
        Some(Gesture::Chose(at)) => {
            out.push(Action::Choose(set.spans().get(at).map(|span| span.id.clone())));
        }
        Some(Gesture::Asked { at, in_selection, place }) => {
            let span = at.and_then(|at| set.spans().get(at));
            if let Some(span) = span.filter(|_| !in_selection) {
                out.push(Action::Choose(Some(span.id.clone())));
            }
            out.push(Action::ShowMenu(Some(Menu::at(place))));
        }
        Some(Gesture::Cleared) => {
            out.push(Action::Choose(None));
            out.extend(offer_at_caret(workspace));
        }
        Some(Gesture::Stretched(at, range)) => {
            let span = set.spans().get(at).map(|span| span.id.clone());
            out.extend(span.map(|id| Action::Resize(id, range)));
        }
        Some(Gesture::Selected) => out.push(Action::MarkArmed(workspace.article.selection())),
        None => {}
    }
}

/// What takes the suggestion in hand that was clicked, while they are gone through.
fn offer_at_caret(workspace: &Workspace) -> Option<Action> {
    workspace.review.as_ref()?;
    let caret = workspace.article.caret();
    let mut offers = workspace.suggestions.all()?.iter();
    let offer = offers.find(|offer| offer.range().contains(caret))?;
    let label = offer.first().label.clone();
    Some(Action::Review(Ask::Show(offer.range(), label)))
}

/// No document is open.
fn empty(ui: &mut Ui, kit: &mut Kit, project: &Project, out: &mut Vec<Action>) {
    let area = ui.available_rect_before_wrap();
    ui.painter().rect_filled(area, 0.0, color(kit.theme.desk));
    ui.add_space(area.height() * 0.3);
    ui.vertical_centered(|ui| {
        let (text, button, action) = if project.num_documents() == 0 {
            (
                both("هذا المشروع بلا مقالات بعد", "This project has no documents yet"),
                both("استورد مقالات…", "Import documents…"),
                Action::Show(Some(crate::app::dialog::Dialog::import())),
            )
        } else {
            (
                both("اختر مقالًا من القائمة", "Choose a document from the list"),
                both("افتح الأول", "Open the first"),
                Action::StepDocument(Step::Next),
            )
        };
        kit.label(ui, kit.t(text), TextKind::Heading, Ink::Weak);
        if project.num_documents() == 0 {
            let how = both(
                "أفلت هنا ملفات أو مجلدًا، أو اخترها:",
                "Drop files or a folder here, or choose them:",
            );
            kit.label(ui, kit.t(how), TextKind::Body, Ink::Weak);
        }
        ui.add_space(size::MARGIN);
        if Button::new(kit.t(button)).primary().ui(ui, kit).clicked() {
            out.push(action);
        }
    });
}

/// The width below which the buttons stand under the title.
const NARROW: f32 = 560.0;

fn header(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &Workspace,
    set: &AnnotationSet,
    out: &mut Vec<Action>,
) {
    let desk = Desk { project: Some(project), workspace };
    let width = ui.available_width();
    ui.allocate_ui_with_layout(vec2(width, size::CONTROL), kit.row(), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (id, is_on) in [("document.previous", false), ("document.next", true)] {
            let Some(command) = command(id) else { continue };
            // Onwards is to the left where reading is.
            let points_left = is_on == kit.rtl();
            let tip = tip_of(kit, command);
            if arrow_button(ui, kit, kit.t(command.title), &tip, points_left).clicked() {
                out.extend((command.action)(&desk));
            }
        }
        ui.add_space(size::GAP);
        if width < NARROW {
            headline(ui, kit, project);
            return;
        }
        // Buttons at the other end first, so that the title takes what is left.
        ui.with_layout(kit.row_end(), |ui| {
            finish_button(ui, kit, &desk, out);
            details_button(ui, kit, &desk, out);
            state_button(ui, kit, set.state, project.is_writable(), out);
            ui.with_layout(kit.row(), |ui| headline(ui, kit, project));
        });
    });
    if width < NARROW {
        ui.add_space(6.0);
        kit.row_ui(ui, |ui, kit| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            state_button(ui, kit, set.state, project.is_writable(), out);
            details_button(ui, kit, &desk, out);
            finish_button(ui, kit, &desk, out);
        });
    }
}

fn finish_button(ui: &mut Ui, kit: &mut Kit, desk: &Desk<'_>, out: &mut Vec<Action>) {
    let Some(command) = command("document.finish") else { return };
    let is_writable = desk.project.is_some_and(Project::is_writable);
    let action = (command.action)(desk).filter(|_| is_writable);
    let text = kit.t(both("أنهِ وافتح التالي", "Finish, next"));
    let tip = tip_of(kit, command);
    let button = Button::new(text).primary().enabled(action.is_some()).tip(&tip);
    let response = button.ui(ui, kit);
    super::tour::mark(ui, command.id, response.rect);
    if response.clicked() {
        out.extend(action);
    }
}

fn details_button(ui: &mut Ui, kit: &mut Kit, desk: &Desk<'_>, out: &mut Vec<Action>) {
    let Some(command) = command("document.details") else { return };
    let tip = tip_of(kit, command);
    let text = kit.t(both("بيانات…", "Details…"));
    if Button::new(text).tip(&tip).ui(ui, kit).clicked() {
        out.extend((command.action)(desk));
    }
}

/// The title, and below it the date, the source and the id.
fn headline(ui: &mut Ui, kit: &mut Kit, project: &Project) {
    let (Some(document), Some(meta)) = (project.document(), project.meta()) else { return };
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let title = document.title(meta);
        let width = ui.available_width();
        let (rect, response) = ui.allocate_exact_size(vec2(width, 20.0), egui::Sense::hover());
        let ink = kit.theme.text;
        kit.paint_content(ui, rect, (title, TextKind::Strong), ink);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, title));
        kit.tip(response, title);
        let about = [
            meta.date.as_deref().unwrap_or_default(),
            meta.source.as_deref().unwrap_or_default(),
            document.id().as_str(),
        ];
        // Each keeps its own order within the line.
        let about: Vec<_> = about
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(|part| format!("\u{2068}{part}\u{2069}"))
            .collect();
        let (rect, _) = ui.allocate_exact_size(vec2(width, 16.0), egui::Sense::hover());
        let (ink, text) = (kit.theme.weak, about.join(" · "));
        kit.paint_in(ui, rect, (&text, TextKind::Small), ink, Align::Start);
    });
}

/// A tooltip: what it does, and its key.
pub(super) fn tip_of(kit: &Kit, command: &crate::app::command::Command) -> String {
    let title = kit.t(command.title);
    match kit.keymap.key_of(command.id) {
        Some(key) => format!("{title} · \u{2066}{key}\u{2069}"),
        None => title.to_owned(),
    }
}

/// The set's state; a click goes on to the next one.
fn state_button(
    ui: &mut Ui,
    kit: &mut Kit,
    state: State,
    is_writable: bool,
    out: &mut Vec<Action>,
) {
    let next = match state {
        State::New => State::InProgress,
        State::InProgress => State::Finished,
        State::Finished => State::Ignored,
        State::Ignored => State::New,
    };
    let name = kit.t(state.name());
    let (label, tip) = match kit.lang {
        Lang::Ar => (format!("الحالة: {name}"), format!("انقر لتصير: {}", kit.t(next.name()))),
        Lang::En => (format!("State: {name}"), format!("Click for: {}", kit.t(next.name()))),
    };
    let tip = format!("{label}. {tip}");
    // Room for the sign before the name.
    let text = format!("\u{2003}\u{2002}{name}");
    let button = Button::new(&text).named(&label).tip(&tip).enabled(is_writable);
    let response = button.ui(ui, kit);
    let x = if kit.rtl() { response.rect.right() - 17.0 } else { response.rect.left() + 17.0 };
    state_sign(ui, kit, egui::pos2(x, response.rect.center().y), state);
    if response.clicked() {
        out.push(Action::SetState(next));
    }
}

fn chips(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &Workspace,
    set: &AnnotationSet,
    out: &mut Vec<Action>,
) {
    let chosen = workspace.chosen.as_ref().and_then(|id| set.span(id));
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(7.0, 7.0);
        // Where nothing can be written, nothing can be labeled. Of the whole row: a region of its own for each chip would not be wrapped.
        if !project.is_writable() {
            ui.disable();
        }
        for label in project.schema().labels() {
            let count = project.num_with_label(&label.id);
            let shades = kit.theme.shades(label.color);
            let armed = workspace.armed.as_ref() == Some(&label.id);
            let is_on = armed || chosen.is_some_and(|span| span.label == label.id);
            let name = label.name.get(kit.lang).to_owned();
            let named = (&*name, label.key, Some(count));
            let response = chip(ui, kit, named, shades, is_on);
            let response = match super::label_card::in_words(label, kit.lang) {
                words if words.is_empty() => response,
                words => kit.tip(response, &words),
            };
            if response.clicked() {
                let second = chosen.is_some() && ui.input(|input| input.modifiers.shift);
                let id = label.id.clone();
                out.push(if second { Action::Duplicate(id) } else { Action::UseLabel(id) });
            }
        }
        if workspace.armed.is_some() {
            let hint = both("كل تحديد يُوسم · Esc يوقفه", "Marks every selection · Esc stops");
            kit.label(ui, kit.t(hint), TextKind::Small, Ink::Accent);
        }
    });
}

/// What becomes of the color of a span's label.
fn shades_of(theme: &Theme, schema: &Schema, span: &Span) -> Shades {
    const UNKNOWN: [u8; 3] = [128, 128, 128];
    theme.shades(schema.label(&span.label).map_or(UNKNOWN, |label| label.color))
}

/// All spans as the map shows them.
fn ticks(theme: &Theme, schema: &Schema, set: &AnnotationSet) -> Vec<Tick> {
    // A color for each label and not for each span: finding it takes some microseconds.
    let mut inks = std::collections::BTreeMap::new();
    let spans = set.spans().iter();
    let tick = |span: &Span| {
        let ink = inks.entry(span.label.clone());
        let ink = *ink.or_insert_with(|| shades_of(theme, schema, span).bar);
        Tick { range: span.range, ink, doubtful: span.doubtful }
    };
    spans.map(tick).collect()
}

/// The marks of the spans that share letters with a range, from a set in text order.
fn marks<'a>(
    (theme, lang): (&Theme, Lang),
    (schema, document, set): (&'a Schema, &'a Document, &'a AnnotationSet),
    chosen: Option<&SpanId>,
    lanes: &[u8],
    range: TextRange,
) -> Vec<SpanMark<'a>> {
    let spans = set.spans();
    let end = spans.partition_point(|span| span.range.start() < range.end());
    let here = spans.iter().zip(lanes).enumerate().take(end);
    here.filter(|(_, (span, _))| span.range.overlaps(range))
        .map(|(at, (span, lane))| {
            let label = schema.label(&span.label);
            let mark = Mark {
                range: span.range,
                lane: *lane,
                shades: shades_of(theme, schema, span),
                name: label.map_or("؟", |label| label.name.get(lang)),
                doubtful: span.doubtful,
                chosen: chosen == Some(&span.id),
                suggested: false,
            };
            SpanMark {
                at,
                mark,
                text: document.slice(span.range),
                value: span.value.as_deref(),
            }
        })
        .collect()
}

/// A suggestion as it is shown; none if there is no label for it.
fn outline<'a>(
    (theme, lang): &(Theme, Lang),
    (schema, trust, name): (&'a Schema, &Trust, &'a str),
    (offer, in_hand): (&'a Offer, Option<&'a (Offer, Suggestion)>),
) -> Option<Outlined<'a>> {
    let in_hand = in_hand.filter(|(other, _)| {
        other.range() == offer.range()
            && other.first().label == offer.first().label
            && other.document == offer.document
    });
    let it = in_hand.map_or(offer.first(), |(_, taken)| taken);
    let label = schema.label(&it.label)?;
    // Corrected, it is what the person says.
    let is_other = it.label != offer.first().label;
    let mark = Mark {
        range: it.range,
        lane: 0,
        shades: theme.shades(label.color),
        name: if is_other { label.name.get(*lang) } else { name },
        doubtful: false,
        chosen: in_hand.is_some(),
        suggested: true,
    };
    Some(Outlined {
        mark,
        text: &offer.text,
        value: it.value.as_deref(),
        of: it.attributes.values().next().map(String::as_str),
        rule: all_in_words(offer.all()),
        percent: trust.confidence(it).filter(|_| offer.all().len() == 1).map(percent),
    })
}
