//! What was learned from finished documents, and what that gains over rules alone, label by label.

use egui::{Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::action::Action;
use crate::app::learn::{Learn, in_words, percent};
use crate::app::review::Ask;
use crate::app::widget::{Button, Ink, Kit, TextKind, toggle};
use crate::app::workspace::Workspace;
use crate::lang::{Bilingual, DOCUMENT, both};
use crate::learn::{Figures, Report};
use crate::project::{LEARNED, Project, Teacher};
use crate::theme::{Rgba, size};
use crate::typeset::Align;

/// The height of a row and the width of a column of numbers, in points.
const ROW: f32 = 28.0;
const NUMBER: f32 = 76.0;

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, workspace): (Option<&Project>, &Workspace),
    out: &mut Vec<Action>,
) {
    let Some(project) = project else { return };
    let title = both("التعلّم من المقالات المنتهية", "Learning from finished documents");
    kit.label(ui, kit.t(title), TextKind::Heading, Ink::Text);
    let what = both(
        "يتعلّم البرنامج على هذا الجهاز من المقالات المنتهية في المشروع: يصحح اقتراحات القواعد ويضيف إليها. ولا يُستعمل إلا لوسم يكسب به: يُقرأ كل مقال بما تعلّمه البرنامج من المقالات الأخرى، ثم يُقارن بما وسمته.",
        "The program learns on this machine from the project’s finished documents: it corrects what the rules suggest and adds to it. It is used only for labels that gain by it: each document is read by what the others have taught, and compared with what you marked.",
    );
    kit.paragraph(ui, kit.t(what), TextKind::Small, Ink::Weak);
    ui.add_space(size::GAP);
    let learning = project.taught().learning();
    let is_learning = workspace.teacher.is_learning();
    if is_learning {
        kit.label(ui, kit.t(both("يتعلّم…", "Learning…")), TextKind::Body, Ink::Text);
    } else if let Some(learning) = learning {
        let words = in_words(learning);
        kit.paragraph(ui, &kit.digits(words.get(kit.lang)), TextKind::Body, Ink::Text);
    } else {
        let (fewest, finished) = (Teacher::FEWEST, project.num_finished());
        let needs = DOCUMENT.message(fewest);
        let text = match kit.lang {
            crate::lang::Lang::Ar => {
                format!("يلزم {} على الأقل؛ المنتهي الآن: {finished}", needs.ar)
            }
            crate::lang::Lang::En => {
                format!("It takes at least {}; finished now: {finished}", needs.en)
            }
        };
        kit.paragraph(ui, &kit.digits(&text), TextKind::Body, Ink::Text);
    }
    if let Some(learning) = learning.filter(|it| !it.report.gains.is_empty()) {
        ui.add_space(size::GAP);
        table(ui, kit, project, &learning.report);
    }
    ui.add_space(size::PAD);
    buttons(ui, kit, (project, workspace), out);
}

fn buttons(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, workspace): (&Project, &Workspace),
    out: &mut Vec<Action>,
) {
    let is_learning = workspace.teacher.is_learning();
    let learning = project.taught().learning();
    kit.row_ui(ui, |ui, kit| {
        let can = !is_learning && project.num_finished() >= Teacher::FEWEST;
        let now = Button::new(kit.t(both("تعلّم الآن", "Learn now"))).primary().enabled(can);
        if now.ui(ui, kit).clicked() {
            out.push(Action::Review(Ask::Learn(Learn::Now)));
        }
        let sources = workspace.suggestions.sources();
        if let Some(source) = sources.iter().find(|source| source.name == LEARNED) {
            let name = both("استعمل ما تُعلّم", "Use what was learned");
            if toggle(ui, kit, kit.t(name), source.is_on).clicked() {
                out.push(Action::Review(Ask::ToggleSource(LEARNED.to_owned())));
            }
        }
        if learning.is_some() {
            let forget = Button::new(kit.t(both("انسَ ما تُعلّم", "Forget what was learned")));
            if forget.ui(ui, kit).clicked() {
                out.push(Action::Review(Ask::Learn(Learn::Forget)));
            }
        }
        ui.with_layout(kit.row_end(), |ui| {
            if Button::new(kit.t(both("أغلق", "Close"))).tip("Esc").ui(ui, kit).clicked() {
                out.push(Action::Show(None));
            }
        });
    });
}

/// A cell that stands out less than the others, or as they do.
type Cell = (String, bool);

fn table(ui: &mut Ui, kit: &mut Kit, project: &Project, report: &Report) {
    const HEADS: [Bilingual; 6] = [
        both("الوسم", "Label"),
        both("مواضع", "Spans"),
        both("القواعد", "Rules"),
        both("مع التعلّم", "Learned"),
        both("الفرق", "Gain"),
        both("يُستعمل", "Used"),
    ];
    let heads = HEADS.map(|head| (kit.t(head).to_owned(), true));
    row(ui, kit, &heads, None);
    kit.rule(ui);
    for gain in &report.gains {
        let label = project.schema().label(&gain.label);
        let name = label.map_or(gain.label.as_str(), |label| label.name.get(kit.lang));
        let used = if gain.is_used { both("نعم", "yes") } else { both("لا", "no") };
        let used = kit.t(used).to_owned();
        line(ui, kit, (name, used, !gain.is_used), (gain.rules, gain.learned));
    }
    kit.rule(ui);
    let (rules, with) = report.total();
    let all = kit.t(both("كل الوسوم، كما تُستعمل", "All labels, as used"));
    line(ui, kit, (all, String::new(), false), (rules, with));
    ui.add_space(size::GAP);
    let note = both(
        "بالمئة: F1، وهو وسط بين نسبة ما وُجد من المواضع ونسبة الصواب مما وُجد، بحدودها حرفًا حرفًا.",
        "In percent: F1, a mean of how many of the spans were found and how much of what was found is right, to the letter.",
    );
    kit.paragraph(ui, kit.t(note), TextKind::Small, Ink::Weak);
}

fn line(
    ui: &mut Ui,
    kit: &mut Kit,
    (name, used, is_weak): (&str, String, bool),
    (rules, learned): (Figures, Figures),
) {
    let gain = learned.f1() - rules.f1();
    let sign = if percent(gain).starts_with(['-', '−']) || gain == 0.0 { "" } else { "+" };
    let gained = format!("\u{2066}{sign}{}\u{2069}", percent(gain));
    let cells: [Cell; 6] = [
        (name.to_owned(), false),
        (kit.number(rules.gold), false),
        (kit.digits(&percent(rules.f1())), false),
        (kit.digits(&percent(learned.f1())), is_weak),
        (kit.digits(&gained), is_weak),
        (used, is_weak),
    ];
    let told = cells.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(" · ");
    row(ui, kit, &cells, Some(told));
}

/// Draws a row: its name where reading begins, numbers in columns behind it.
fn row(ui: &mut Ui, kit: &mut Kit, cells: &[Cell], told: Option<String>) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let columns = cells.len().saturating_sub(1);
    for (at, (text, is_weak)) in cells.iter().enumerate() {
        let behind = f32::from(u8::try_from(columns - at).unwrap_or_default()) * NUMBER;
        let name = rect.width() - f32::from(u8::try_from(columns).unwrap_or_default()) * NUMBER;
        let width = if at == 0 { name } else { NUMBER };
        let end = rect.width() - behind;
        let left = if kit.rtl() { rect.right() - end } else { rect.left() + end - width };
        let cell = egui::Rect::from_min_size(pos2(left, rect.top()), vec2(width, ROW));
        let ink: Rgba = if *is_weak { kit.theme.weak } else { kit.theme.text };
        let kind = if told.is_some() { TextKind::Body } else { TextKind::Small };
        let align = if at == 0 { Align::Start } else { Align::End };
        kit.paint_in(ui, cell, (text, kind), ink, align);
    }
    if let Some(told) = told {
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    }
}
