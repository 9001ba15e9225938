//! How good the suggestions are: shares with their intervals, what confidence means, and each
//! decision by itself.

mod cases;
mod table;

use egui::{Event, Id, Ui, pos2, vec2};

use crate::app::access;
use crate::app::action::Action;
use crate::app::quality::{Ask, QualityForm, Tab};
use crate::app::review;
use crate::app::widget::{
    Button, Ink, Kit, RateRow, Share, TextKind, color, rate_chart, toggle,
};
use crate::lang::{Bilingual, Lang, Noun, both, isolated};
use crate::model::AnnotatorId;
use crate::project::{ENOUGH, Fitted, Project, Rate};
use crate::theme::{Rgba, size};

/// What was decided about a suggestion.
pub(super) const DECISION: Noun = Noun {
    ar_zero: "لا قرارات",
    ar_one: "قرار واحد",
    ar_two: "قراران",
    ar_few: "قرارات",
    ar_many: "قرارًا",
    ar_other: "قرار",
    en_one: "decision",
    en_other: "decisions",
};

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, form, height): (Option<&Project>, &mut QualityForm, f32),
    out: &mut Vec<Action>,
) {
    let Some(project) = project else { return };
    head(ui, kit, (project, form), out);
    if form.quality.cases.is_empty() {
        ui.add_space(size::PAD);
        let text = both(
            "لا قرارات بعد. راجع الاقتراحات بالمفتاح F7: ما تقبله وما تصححه وما ترفضه يُحصى هنا، \
             فتظهر دقة كل مصدر وقاعدة ووسم.",
            "No decisions yet. Review suggestions with F7: what you accept, correct and reject is \
             counted here, and shows how precise each source, rule and label is.",
        );
        kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
        return;
    }
    people(ui, kit, form);
    tabs(ui, kit, form);
    ui.add_space(size::GAP);
    if form.tab != Tab::Decisions && ui.input(|input| input.events.contains(&Event::Copy)) {
        ui.ctx().copy_text(table::tsv(kit, project, form));
    }
    match form.tab {
        Tab::Decisions => {
            let room = (height - ui.min_rect().height() - 2.0 * size::MARGIN).max(260.0);
            cases::ui(ui, kit, (project, form, room), out);
        }
        Tab::Confidence => confidence(ui, kit, form),
        Tab::Sources | Tab::Rules | Tab::Labels => figures(ui, kit, project, form),
    }
}

fn head(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, form): (&Project, &QualityForm),
    out: &mut Vec<Action>,
) {
    kit.row_ui(ui, |ui, kit| {
        let title = both("جودة الاقتراحات", "How good suggestions are");
        kit.label(ui, kit.t(title), TextKind::Heading, Ink::Text);
        let count = kit.count(&DECISION, form.quality.cases.len());
        kit.label(ui, &count, TextKind::Small, Ink::Weak);
        let is_old = form.quality.revision != project.revision();
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
                out.push(Action::Review(review::Ask::Quality(Ask::Recount)));
            }
        });
    });
}

/// Whose decisions, where there are several people.
fn people(ui: &mut Ui, kit: &mut Kit, form: &mut QualityForm) {
    let people: Vec<AnnotatorId> = form.quality.people().into_iter().cloned().collect();
    if people.len() < 2 {
        return;
    }
    let all = (None, kit.t(both("قرارات الجميع", "Everybody’s")).to_owned());
    let each = people.into_iter().map(|who| {
        let name = isolated(&who);
        (Some(who), name)
    });
    let each: Vec<_> = std::iter::once(all).chain(each).collect();
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        for (who, name) in each {
            let response = toggle(ui, kit, &name, form.who == who);
            access::choice(ui, &response);
            if response.clicked() {
                form.look_at(form.tab, who);
            }
        }
    });
}

fn tabs(ui: &mut Ui, kit: &mut Kit, form: &mut QualityForm) {
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        for tab in Tab::ALL {
            let is_on = form.tab == tab;
            let response = toggle(ui, kit, kit.t(tab.name()), is_on);
            access::tab(ui, &response, is_on);
            if response.clicked() {
                form.look_at(tab, form.who.clone());
                response.request_focus();
            } else if is_on && ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
        }
    });
}

/// What a color stands for.
fn legend(ui: &mut Ui, kit: &mut Kit, rows: &[(Rgba, Bilingual)]) {
    for (ink, text) in rows {
        let at = ui.cursor();
        let text = kit.t(*text);
        let swatch = if kit.rtl() { at.right() - 14.0 } else { at.left() };
        let rect = egui::Rect::from_min_size(pos2(swatch, at.top() + 5.0), vec2(14.0, 10.0));
        ui.painter().rect_filled(rect, 2.0, color(*ink));
        // After the swatch, on as many lines as it needs.
        let (whole, indent) = (ui.available_width(), 14.0 + size::GAP);
        ui.allocate_ui_with_layout(vec2(whole, 0.0), kit.row(), |ui| {
            ui.add_space(indent);
            ui.allocate_ui(vec2(whole - indent, 0.0), |ui| {
                kit.paragraph(ui, text, TextKind::Small, Ink::Weak);
            });
        });
    }
}

fn figures(ui: &mut Ui, kit: &mut Kit, project: &Project, form: &mut QualityForm) {
    let (precise, found) = (kit.theme.accent, kit.theme.edge);
    let precision = both(
        "الدقة: ما قُبل كما اقتُرح من كل ما قُرّر فيه. ما تُخطّي لا يُحسب، والخط يحدّ 95٪.",
        "Precision: accepted as proposed, of all that was decided. What was skipped does not \
         count; the line spans 95 %.",
    );
    let recall = both(
        "الاستدعاء: ما كان قد اقتُرح بحروفه ووسمه من مواضع المقالات المنتهية.",
        "Recall: spans of finished documents that had been proposed, letters and label.",
    );
    let has_recall = form.tab != Tab::Rules;
    let rows = [(precise, precision), (found, recall)];
    legend(ui, kit, if has_recall { &rows } else { &rows[..1] });
    ui.add_space(size::GAP);
    let heads = table::heads(form.tab);
    let heads: Vec<_> = heads.iter().skip(1).map(|head| kit.t(*head)).collect();
    let tip = kit.t(both("اعرض قراراتها", "List its decisions"));
    let share = |rate: Option<Rate>, ink| {
        rate.map(|rate| Share {
            share: rate.share(),
            interval: (rate.interval.low, rate.interval.high),
            ink,
        })
    };
    let rows: Vec<_> = form
        .figures
        .iter()
        .map(|it| {
            let mut bars = vec![share(it.counts.precision(), precise)];
            if has_recall {
                bars.push(share(it.recall, found));
            }
            let cells =
                table::cells(it, form.tab).iter().map(|cell| kit.digits(cell)).collect();
            let name = form.name_of(&it.group, project.schema(), kit.lang);
            RateRow { name, bars, mark: None, cells, tip: tip.to_owned() }
        })
        .collect();
    let id = Id::unique(("quality", form.tab.name().en));
    let clicked = rate_chart(ui, kit, (id, &heads), &rows);
    ui.add_space(size::GAP);
    kit.row_ui(ui, |ui, kit| {
        let copy = both("انسخ الجدول", "Copy the table");
        let tip = kit.t(both("Ctrl+C — لجداول البيانات", "Ctrl+C, for spreadsheets"));
        if Button::new(kit.t(copy)).tip(tip).ui(ui, kit).clicked() {
            ui.ctx().copy_text(table::tsv(kit, project, form));
        }
        let hint = both("انقر صفًّا لترى قراراته.", "Click a row to see its decisions.");
        kit.label(ui, kit.t(hint), TextKind::Small, Ink::Weak);
    });
    if let Some(of) = clicked.and_then(|at| form.figures.get(at)) {
        form.open(of.group.clone());
    }
}

/// What each source's confidence means: how much of what it is so sure of was right.
fn confidence(ui: &mut Ui, kit: &mut Kit, form: &QualityForm) {
    let text = both(
        "من كل ما قال المصدر إنه واثق منه بقدرٍ ما: كم قُبل كما اقتُرح. الخط القائم حيث يجب أن ينتهي العمود. \
         القرارات قرارات الجميع.",
        "Of what a source said it was so sure of: how much was accepted as proposed. The \
         upright line is where the bar should end. The decisions are everybody’s.",
    );
    kit.paragraph(ui, kit.t(text), TextKind::Small, Ink::Weak);
    let trust = std::sync::Arc::clone(&form.trust);
    let mut is_empty = true;
    for (source, fitted) in trust.sources() {
        is_empty = false;
        ui.add_space(size::PAD);
        kit.label(ui, &format!("\u{2068}{source}\u{2069}"), TextKind::Strong, Ink::Text);
        kit.paragraph(ui, &told(kit, fitted), TextKind::Body, Ink::Text);
        ui.add_space(size::GAP);
        let ink = kit.theme.good;
        let rows: Vec<_> = fitted
            .before
            .bins
            .iter()
            .enumerate()
            .filter(|(_, bin)| bin.count > 0)
            .map(|(at, bin)| {
                let interval = bin.interval().map_or((0.0, 1.0), |it| (it.low, it.high));
                let bar = Share { share: bin.right, interval, ink };
                let (from, to) = (at * 10, (at + 1) * 10);
                RateRow {
                    name: format!("\u{2066}{from}–{to} %\u{2069}"),
                    bars: vec![Some(bar)],
                    mark: Some(bin.score),
                    cells: vec![
                        kit.number(bin.count),
                        kit.digits(&table::percent(bin.score)),
                        kit.digits(&table::percent(bin.right)),
                    ],
                    tip: String::new(),
                }
            })
            .collect();
        let heads = [both("قرارات", "Decisions"), both("قال", "Said"), both("صحّ", "Was right")];
        let heads = heads.map(|head| kit.t(head));
        rate_chart(ui, kit, (Id::unique(("confidence", source)), &heads), &rows);
    }
    if is_empty {
        ui.add_space(size::PAD);
        let text = both(
            "لم يقل مصدر مما قُرّر فيه كم هو واثق.",
            "No source that was decided about said how sure it was.",
        );
        kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
    }
}

/// What was learned of a source's confidence, in words.
fn told(kit: &Kit, fitted: &Fitted) -> String {
    let tenths = |error: f64| kit.digits(&format!("\u{2066}{:.1}\u{2069}", error * 100.0));
    let decisions = kit.count(&DECISION, fitted.num_decided);
    let before = tenths(fitted.before.error);
    let Some(after) = &fitted.after else {
        let enough = kit.number(ENOUGH);
        return match kit.lang {
            Lang::Ar => format!(
                "{decisions}؛ بين ما يقوله وما صحّ {before} نقطة مئوية في المتوسط. تُعاير ثقته بعد \
                 {enough} قرارًا في أكثر من مقال."
            ),
            Lang::En => format!(
                "{decisions}; what it says and what was right are {before} points apart on \
                 average. Its confidence is recalibrated after {enough} decisions in more than \
                 one document."
            ),
        };
    };
    let after = tenths(after.error);
    match (fitted.is_used(), kit.lang) {
        (true, Lang::Ar) => format!(
            "{decisions}؛ كان بين ما يقوله وما صحّ {before} نقطة مئوية في المتوسط، وبعد المعايرة {after} \
             في مقالات لم تُعاير بها. تُعرض ثقته معايرة."
        ),
        (true, Lang::En) => format!(
            "{decisions}; what it says and what was right are {before} points apart on average, \
             and {after} once recalibrated, in documents that were held out. Its confidence is \
             shown recalibrated."
        ),
        (false, Lang::Ar) => format!(
            "{decisions}؛ بين ما يقوله وما صحّ {before} نقطة مئوية في المتوسط، وبعد المعايرة {after}: لا \
             تفيد، فتُعرض ثقته كما هي."
        ),
        (false, Lang::En) => format!(
            "{decisions}; what it says and what was right are {before} points apart on average, \
             and {after} once recalibrated: that does not help, so its confidence is shown as it \
             says it."
        ),
    }
}
