//! The statistics: figures, a plot, and beside it the same numbers as a table.

use egui::{Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::app::action::Action;
use crate::app::statistics::{
    Statistics, StatisticsForm, Tab, hours, percent, quoted, state_word,
};
use crate::app::widget::{
    Bar, Button, Curve, Ink, Kit, Mark, TextKind, bar_chart, column_chart, step_chart, toggle,
};
use crate::lang::{Bilingual, DOCUMENT, Lang, SPAN, both, isolated};
use crate::model::{AnnotatorId, State};
use crate::project::{Project, Tally, tenths};
use crate::theme::{Rgba, size};
use crate::typeset::Align;

mod table;

use table::{Table, signed};

/// The narrowest room in which plot and table stand side by side, in points.
const SIDE_BY_SIDE: f32 = 760.0;

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, form, height): (Option<&Project>, &mut StatisticsForm, f32),
    out: &mut Vec<Action>,
) {
    let Some(project) = project else { return };
    head(ui, kit, (project, form), out);
    people(ui, kit, project, form);
    figures(ui, kit, &form.of.tally, form.progress.num_documents);
    ui.add_space(size::GAP);
    kit.rule(ui);
    tabs(ui, kit, form);
    if ui.input(|input| input.events.contains(&egui::Event::Copy)) {
        ui.ctx().copy_text(Table { form, project }.tsv(kit));
    }
    let whole = ui.available_width();
    let room = (height - (ui.min_rect().height()) - 2.0 * size::MARGIN).max(260.0);
    if whole >= SIDE_BY_SIDE {
        let (area, _) = ui.allocate_exact_size(vec2(whole, room), Sense::hover());
        let (start, end) = halves(kit, area, whole * 0.62);
        within(ui, kit, start, |ui, kit| plot(ui, kit, (project, form, room), out));
        within(ui, kit, end, |ui, kit| Table { form, project }.ui(ui, kit, out));
    } else {
        plot(ui, kit, (project, form, 300.0), out);
        let (area, _) = ui.allocate_exact_size(vec2(whole, 260.0), Sense::hover());
        within(ui, kit, area, |ui, kit| Table { form, project }.ui(ui, kit, out));
    }
}

/// Draws in a rectangle, from its upper corner where reading begins.
fn within(ui: &mut Ui, kit: &mut Kit, rect: Rect, add: impl FnOnce(&mut Ui, &mut Kit)) {
    let layout = kit.column();
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    child.set_clip_rect(rect.expand(4.0).intersect(ui.clip_rect()));
    add(&mut child, kit);
}

/// A part of that width where reading begins, and the rest after some space.
fn halves(kit: &Kit, rect: Rect, width: f32) -> (Rect, Rect) {
    let gap = size::MARGIN;
    if kit.rtl() {
        let (end, start) = rect.split_left_right_at_x(rect.right() - width);
        (start, end.with_max_x(end.right() - gap))
    } else {
        let (start, end) = rect.split_left_right_at_x(rect.left() + width);
        (start, end.with_min_x(end.left() + gap))
    }
}

fn head(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, form): (&Project, &StatisticsForm),
    out: &mut Vec<Action>,
) {
    kit.row_ui(ui, |ui, kit| {
        kit.label(ui, kit.t(both("الإحصاءات", "Statistics")), TextKind::Heading, Ink::Text);
        let is_old = form.progress.revision != project.revision();
        if is_old {
            let text = both("تغيّر المشروع منذ الإحصاء", "The project has changed since");
            kit.label(ui, kit.t(text), TextKind::Small, Ink::Caution);
        }
        ui.with_layout(kit.row_end(), |ui| {
            if Button::new(kit.t(both("أغلق", "Close"))).tip("Esc").ui(ui, kit).clicked() {
                out.push(Action::Show(None));
            }
            let again = Button::new(kit.t(both("أعد الإحصاء", "Count again")));
            let again = if is_old { again.primary() } else { again };
            if again.ui(ui, kit).clicked() {
                out.push(Action::Statistics(Statistics::Recount));
            }
        });
    });
}

/// How somebody is called.
fn name_of(kit: &Kit, who: &AnnotatorId) -> String {
    if who.is_gold() {
        kit.t(both("المجموعة الذهبية", "Gold set")).to_owned()
    } else {
        isolated(who)
    }
}

fn people(ui: &mut Ui, kit: &mut Kit, project: &Project, form: &mut StatisticsForm) {
    let people = form.people();
    if people.len() < 2 && form.who == *project.annotator() {
        return;
    }
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        for who in people {
            let name = name_of(kit, &who);
            if toggle(ui, kit, &name, who == form.who).clicked() {
                form.look_at(who);
            }
        }
    });
}

/// The height of a number with what it is, and the width below which they stand in two lines.
const FIGURE: f32 = 50.0;
const NARROW: f32 = 700.0;

/// The few numbers to know, each with what it is below it.
fn figures(ui: &mut Ui, kit: &mut Kit, tally: &Tally, num_documents: usize) {
    let finished = tally.num_in_state(State::Finished);
    let pace = |number: Option<i64>| number.map_or_else(|| "–".to_owned(), tenths);
    let of = |lang| match lang {
        Lang::Ar => format!("{finished} من {num_documents}"),
        Lang::En => format!("{finished} of {num_documents}"),
    };
    let figures: [(String, Bilingual); 6] = [
        (of(kit.lang), both("مقالات منتهية", "documents finished")),
        (tally.num_spans().to_string(), both("مواضع", "spans")),
        (tally.doubtful.to_string(), both("مشكوك فيها", "doubtful")),
        (hours(kit.lang, tally.active()), both("وقت العمل", "time at work")),
        (pace(tally.spans_per_hour()), both("مواضع في الساعة", "spans per hour")),
        (pace(tally.documents_per_day()), both("مقالات في اليوم", "documents per day")),
    ];
    let why = both(
        "يُحسب الوقت بين خطوة وأخرى ما لم يزد على خمس دقائق. الأيام بالتوقيت العالمي.",
        "The time between two steps counts, unless it is more than five minutes. Days are in UTC.",
    );
    let width = ui.available_width();
    // In a narrow window their words would touch.
    let (across, lines) = if width < NARROW { (3, 2.0) } else { (6, 1.0) };
    let (area, response) = ui.allocate_exact_size(vec2(width, lines * FIGURE), Sense::hover());
    let points = |count: usize| f32::from(u8::try_from(count).unwrap_or(u8::MAX));
    let cell = width / points(across);
    for (at, (number, what)) in figures.iter().enumerate() {
        let along = points(at % across) * cell;
        let left = if kit.rtl() { area.right() - along - cell } else { area.left() + along };
        let top = area.top() + points(at / across) * FIGURE;
        let rect = Rect::from_min_size(pos2(left, top), vec2(cell, FIGURE));
        let (upper, lower) = rect.split_top_bottom_at_fraction(0.58);
        let (text, weak) = (kit.theme.text, kit.theme.weak);
        kit.paint_in(ui, upper, (number, TextKind::Heading), text, Align::Start);
        kit.paint_in(ui, lower, (kit.t(*what), TextKind::Small), weak, Align::Start);
        let named = ui.interact(rect, response.id.with(at), Sense::hover());
        let name = format!("{}: {number}", kit.t(*what));
        named.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        if at >= 3 {
            kit.tip(named, kit.t(why));
        }
    }
}

fn tabs(ui: &mut Ui, kit: &mut Kit, form: &mut StatisticsForm) {
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        for tab in Tab::ALL {
            let is_on = form.tab == tab;
            let response = toggle(ui, kit, kit.t(tab.name()), is_on);
            if response.clicked() {
                (form.tab, form.shown) = (tab, None);
                response.request_focus();
            } else if is_on && ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
        }
    });
}

/// An empty plot, in words.
fn empty(ui: &mut Ui, kit: &mut Kit, text: Bilingual) {
    ui.add_space(size::MARGIN);
    kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
}

fn plot(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, form, height): (&Project, &mut StatisticsForm, f32),
    out: &mut Vec<Action>,
) {
    ui.add_space(size::GAP);
    match form.tab {
        Tab::Time => time(ui, kit, form, height),
        Tab::Labels => labels(ui, kit, project, form, out),
        Tab::Documents => documents(ui, kit, form, height),
        Tab::States => states(ui, kit, project, form, out),
        Tab::Annotators => annotators(ui, kit, form),
    }
}

fn time(ui: &mut Ui, kit: &mut Kit, form: &mut StatisticsForm, height: f32) {
    if form.of.moments.is_empty() {
        let text = both(
            "لا عمل بعد: ما يوسم في هذه النافذة ويُنهى يظهر هنا يومًا بيوم. المستورد لا يوم له.",
            "No work yet: what is marked and finished in this window is shown here day by day. \
             What was imported has no day.",
        );
        empty(ui, kit, text);
        return;
    }
    let moments = &form.of.moments;
    let label = |at: usize| {
        let day = moments.get(at).map(|moment| moment.day.to_string());
        format!("\u{2066}{}\u{2069}", day.unwrap_or_default())
    };
    let mut shown = None;
    let height = ((height - 3.0 * size::PAD) / 2.0).min(280.0);
    let (accent, good) = (kit.theme.accent, kit.theme.good);
    let lang = kit.lang;
    for (id, name, ink, of) in [
        ("spans over time", both("المواضع", "Spans"), accent, Series::Spans),
        (
            "finished over time",
            both("المقالات المنتهية", "Finished documents"),
            good,
            Series::Finished,
        ),
    ] {
        let points: Vec<_> =
            moments.iter().map(|moment| (moment.day.0, of.total(moment))).collect();
        let about = |at: usize| {
            let moment = moments.get(at);
            let (total, by) = moment.map_or((0, 0), |moment| (of.total(moment), of.by(moment)));
            let total = of.noun().count(lang, total);
            format!("{} · {total} (\u{2066}{}\u{2069})", label(at), signed(by))
        };
        let curve =
            Curve { name: kit.t(name), ink, points: &points, label: &label, about: &about };
        shown = step_chart(ui, kit, (Id::unique(id), height), &curve).or(shown);
        ui.add_space(size::PAD);
    }
    form.shown = shown.or(form.shown);
}

/// One of what grows.
#[derive(Clone, Copy)]
enum Series {
    Spans,
    Finished,
}

impl Series {
    fn total(self, moment: &crate::project::Moment) -> usize {
        match self {
            Self::Spans => moment.spans,
            Self::Finished => moment.finished,
        }
    }

    fn by(self, moment: &crate::project::Moment) -> i64 {
        match self {
            Self::Spans => moment.work.spans,
            Self::Finished => moment.work.finished,
        }
    }

    fn noun(self) -> crate::lang::Noun {
        match self {
            Self::Spans => SPAN,
            Self::Finished => DOCUMENT,
        }
    }
}

fn labels(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    form: &StatisticsForm,
    out: &mut Vec<Action>,
) {
    let total = form.of.tally.num_spans();
    if total == 0 {
        let text = both(
            "لا مواضع بعد: اختر كلمات في مقال واضغط رقم وسم.",
            "No spans yet: select words in a document and press a label’s number.",
        );
        empty(ui, kit, text);
        return;
    }
    let labels = form.labels(project.schema(), kit.lang);
    let tip = kit.t(both("اعرض مقالاته", "List its documents"));
    let bars: Vec<_> = labels
        .iter()
        .map(|(id, name, count)| {
            let color = project.schema().label(id).map_or([128, 128, 128], |label| label.color);
            let number = format!("{count} · \u{2066}{}\u{2069}", percent(*count, total));
            let (ink, tip) = (kit.theme.shades(color).bar, tip.to_owned());
            Bar { name: name.clone(), count: *count, number, ink, tip }
        })
        .collect();
    if let Some(at) = bar_chart(ui, kit, Id::unique("spans by label"), &bars)
        && let Some((id, ..)) = labels.get(at)
    {
        let word = format!("label:{}", quoted(id.as_str()));
        let search = form.search(project.annotator(), &word);
        out.push(Action::Statistics(Statistics::List(search)));
    }
}

fn documents(ui: &mut Ui, kit: &mut Kit, form: &mut StatisticsForm, height: f32) {
    let Some(found) = form.of.tally.distribution() else {
        let text = both("لا مقال بُدئ العمل فيه بعد.", "No document has been begun yet.");
        empty(ui, kit, text);
        return;
    };
    let text = match kit.lang {
        Lang::Ar => format!(
            "مواضع المقال الواحد: أكثرها {}، وسيطها {}، أقلها {}. بلا مواضع: {}.",
            found.most,
            found.median,
            found.fewest,
            DOCUMENT.count(Lang::Ar, found.without),
        ),
        Lang::En => format!(
            "Spans in a document: most {}, median {}, fewest {}. Without spans: {}.",
            found.most,
            found.median,
            found.fewest,
            DOCUMENT.count(Lang::En, found.without),
        ),
    };
    kit.paragraph(ui, &text, TextKind::Body, Ink::Text);
    ui.add_space(size::GAP);
    let marks: Vec<_> = form
        .of
        .bins
        .iter()
        .map(|bin| {
            let name = if bin.from == bin.to {
                bin.from.to_string()
            } else {
                format!("{}–{}", bin.from, bin.to)
            };
            let count = bin.documents.len();
            let documents = DOCUMENT.count(kit.lang, count);
            let about = match (kit.lang, bin.from == bin.to) {
                (Lang::Ar, true) => format!("{}: {documents}", SPAN.count(Lang::Ar, bin.from)),
                (Lang::Ar, false) => {
                    format!("من {} إلى {}: {documents}", bin.from, SPAN.count(Lang::Ar, bin.to))
                }
                (Lang::En, true) => format!("{}: {documents}", SPAN.count(Lang::En, bin.from)),
                (Lang::En, false) => {
                    format!("{} to {}: {documents}", bin.from, SPAN.count(Lang::En, bin.to))
                }
            };
            Mark { name, count, about }
        })
        .collect();
    let height = (height - 90.0).min(420.0);
    let accent = kit.theme.accent;
    let id = Id::unique("documents by spans");
    if let Some(at) = column_chart(ui, kit, (id, height), (&marks, accent), form.bin) {
        // Clicked again, it lets go.
        form.bin = (form.bin != Some(at)).then_some(at);
        form.shown = Some(0);
    }
    let axis = both("عدد المواضع في المقال", "spans in a document");
    kit.label(ui, kit.t(axis), TextKind::Small, Ink::Weak);
}

fn states(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    form: &StatisticsForm,
    out: &mut Vec<Action>,
) {
    let total = form.progress.num_documents;
    if total == 0 {
        let text = both(
            "لا مقالات بعد. استوردها بالمفتاحين Ctrl+I.",
            "No documents yet. Import them with Ctrl+I.",
        );
        empty(ui, kit, text);
        return;
    }
    let is_mine = form.who == *project.annotator();
    let bars: Vec<_> = State::ALL
        .iter()
        .map(|state| {
            let count = form.of.tally.num_in_state(*state);
            let number = format!("{count} · \u{2066}{}\u{2069}", percent(count, total));
            // What others have not begun is in no set that a search could find.
            let lists = is_mine || *state != State::New;
            let tip = if lists {
                kit.t(both("اعرض مقالاته", "List its documents"))
            } else {
                ""
            };
            Bar {
                name: kit.t(state.name()).to_owned(),
                count,
                number,
                ink: state_ink(kit, *state),
                tip: tip.to_owned(),
            }
        })
        .collect();
    if let Some(at) = bar_chart(ui, kit, Id::unique("documents by state"), &bars)
        && let Some(state) = State::ALL.get(at).filter(|state| is_mine || **state != State::New)
    {
        let search = form.search(project.annotator(), &state_word(*state));
        out.push(Action::Statistics(Statistics::List(search)));
    }
}

fn state_ink(kit: &Kit, state: State) -> Rgba {
    match state {
        State::New | State::Ignored => kit.theme.edge,
        State::InProgress => kit.theme.accent,
        State::Finished => kit.theme.good,
    }
}

fn annotators(ui: &mut Ui, kit: &mut Kit, form: &mut StatisticsForm) {
    let people = form.people();
    let tip = kit.t(both("انظر إلى هذا العمل", "Look at this work"));
    for (id, title, noun) in [
        ("spans by annotator", both("المواضع", "Spans"), Series::Spans),
        (
            "finished by annotator",
            both("المقالات المنتهية", "Finished documents"),
            Series::Finished,
        ),
    ] {
        kit.label(ui, kit.t(title), TextKind::Strong, Ink::Text);
        let bars: Vec<_> = people
            .iter()
            .map(|who| {
                let tally = form.progress.tallies.get(who);
                let count = tally.map_or(0, |tally| match noun {
                    Series::Spans => tally.num_spans(),
                    Series::Finished => tally.num_in_state(State::Finished),
                });
                let ink = match noun {
                    Series::Spans => kit.theme.accent,
                    Series::Finished => kit.theme.good,
                };
                let (name, number) = (name_of(kit, who), count.to_string());
                Bar { name, count, number, ink, tip: tip.to_owned() }
            })
            .collect();
        let clicked = bar_chart(ui, kit, Id::unique(id), &bars);
        if let Some(who) = clicked.and_then(|at| people.get(at)) {
            form.look_at(who.clone());
        }
        ui.add_space(size::PAD);
    }
}
