//! The keys by what they are for, and the file in which a person changes them.

use egui::{Key, Modifiers, Rect, Ui, vec2};

use crate::app::action::Action;
use crate::app::command::GROUPS;
use crate::app::dialog::KeyFile;
use crate::app::own_keys::Ask;
use crate::app::widget::{Button, Ink, Kit, TextKind, scroll_area};
use crate::app::workspace::Workspace;
use crate::lang::{Bilingual, both};
use crate::theme::size;
use crate::typeset::Align;

/// The height of a row, and of a heading with the space above it.
const ROW: f32 = 24.0;
const HEADING: f32 = 34.0;

/// A topic: its name, and its keys with what they do.
struct Topic {
    title: &'static str,
    rows: Vec<(String, &'static str)>,
}

impl Topic {
    fn height(&self) -> f32 {
        self.rows.iter().map(|_| ROW).sum::<f32>() + HEADING
    }
}

/// What hands do in the article that is no command.
const ARTICLE: [(Bilingual, Bilingual); 10] = [
    (
        both("\u{200F}1 … 9", "1 … 9"),
        both("وسم التحديد، أو تغيير الوسم", "Mark, or change the label"),
    ),
    (
        both("\u{2066}Shift+1 … 9\u{2069}", "Shift+1 … 9"),
        both("وسم ثانٍ للموضع المختار", "A second label for the chosen span"),
    ),
    (
        both("الأسهم", "Arrows"),
        both("حرّك المؤشر؛ ومع Shift حدّد", "Move the caret; with Shift, select"),
    ),
    (
        both("\u{2066}Ctrl+Left, Right\u{2069}", "Ctrl+Left, Right"),
        both("كلمة كلمة", "Word by word"),
    ),
    (
        both("\u{2066}Alt+Left, Right\u{2069}", "Alt+Left, Right"),
        both("حرفًا مكتوبًا على الكلمة أو جذعها", "By what is written onto a word"),
    ),
    (
        both("\u{2066}Alt+Up, Down\u{2069}", "Alt+Up, Down"),
        both("جملة جملة", "Sentence by sentence"),
    ),
    (
        both("\u{2066}Ctrl+Up, Down\u{2069}", "Ctrl+Up, Down"),
        both("فقرة فقرة", "Paragraph by paragraph"),
    ),
    (
        both("نقرتان، ثلاث، أربع", "Two, three, four clicks"),
        both("حدّد كلمة، جملة، فقرة", "Select a word, a sentence, a paragraph"),
    ),
    (both("الزر الأيمن", "Right button"), both("ما يمكن فعله هنا", "What can be done here")),
    (both("Ctrl والعجلة", "Ctrl, wheel"), both("حجم النص", "Text size")),
];

/// All keys as they count now, by topics, in two columns where there is room.
pub(super) fn ui(ui: &mut Ui, kit: &mut Kit, height: f32, out: &mut Vec<Action>) {
    kit.label(ui, kit.t(both("المفاتيح", "Keys")), TextKind::Heading, Ink::Text);
    let hands = ARTICLE.map(|(key, does)| (kit.t(key).to_owned(), kit.t(does)));
    let mut topics = vec![Topic {
        title: kit.t(both("في المقال", "In the article")),
        rows: hands.to_vec(),
    }];
    for group in GROUPS {
        let rows: Vec<_> = kit
            .keymap
            .keys_in(group)
            .map(|(command, keys)| {
                (format!("\u{2066}{}\u{2069}", keys.join("  ·  ")), kit.t(command.title))
            })
            .collect();
        if !rows.is_empty() {
            topics.push(Topic { title: kit.t(group.title), rows });
        }
    }
    let columns = columns(topics, if ui.available_width() < 620.0 { 1 } else { 2 });
    let total = columns.iter().map(|column| height_of(column)).fold(0.0, f32::max);
    // The heading and the buttons stay.
    let seen = (height - 2.0 * size::CONTROL - 4.0 * size::PAD).max(3.0 * ROW);
    scroll_area(ui, kit, egui::Id::unique("keys"), seen, |ui, kit| {
        let by = vec2(0.0, -scroll_keys(ui, seen - ROW, total));
        ui.scroll_with_delta_animation(by, egui::style::ScrollAnimation::none());
        let width = ui.available_width();
        let (area, _) = ui.allocate_exact_size(vec2(width, total), egui::Sense::hover());
        let mut along = 0.0;
        let column_width = match columns.len() {
            0 | 1 => width,
            _ => (width - size::MARGIN * 2.0) / 2.0,
        };
        for column in &columns {
            let left = if kit.rtl() {
                area.right() - along - column_width
            } else {
                area.left() + along
            };
            let top = egui::pos2(left, area.top());
            draw(ui, kit, Rect::from_min_size(top, vec2(column_width, total)), column);
            along += column_width + size::MARGIN * 2.0;
        }
    });
    ui.add_space(size::PAD);
    let row = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(row, kit.row(), |ui| {
        if Button::new(kit.t(both("أغلق", "Close"))).primary().ui(ui, kit).clicked() {
            out.push(Action::Show(None));
        }
        if Button::new(kit.t(both("غيّر المفاتيح…", "Change keys…"))).ui(ui, kit).clicked()
        {
            out.push(Action::OwnKeys(Ask::Show));
        }
    });
}

/// How far keys scroll down, in points.
fn scroll_keys(ui: &Ui, page: f32, all: f32) -> f32 {
    let keys = [
        (Key::ArrowDown, ROW),
        (Key::ArrowUp, -ROW),
        (Key::PageDown, page),
        (Key::PageUp, -page),
        (Key::End, all),
        (Key::Home, -all),
    ];
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    keys.into_iter().filter(|(key, _)| pressed(*key)).map(|(_, by)| by).sum()
}

fn height_of(topics: &[Topic]) -> f32 {
    topics.iter().map(Topic::height).sum()
}

/// Topics in so many columns: the first ends where the two are nearest to one height.
fn columns(mut topics: Vec<Topic>, count: usize) -> Vec<Vec<Topic>> {
    if count < 2 {
        return vec![topics];
    }
    let longest = |at: &usize| height_of(&topics[..*at]).max(height_of(&topics[*at..])).round();
    let splits = 1..topics.len();
    let best = splits.min_by(|a, b| longest(a).total_cmp(&longest(b)));
    let rest = topics.split_off(best.unwrap_or(topics.len()));
    vec![topics, rest]
}

fn draw(ui: &Ui, kit: &mut Kit, column: Rect, topics: &[Topic]) {
    let mut y = column.top();
    let mut line = |height: f32| {
        let rect =
            Rect::from_min_size(egui::pos2(column.left(), y), vec2(column.width(), height));
        y += height;
        rect
    };
    for topic in topics {
        let heading = line(HEADING).with_min_y(column.top());
        let heading =
            Rect::from_min_max(egui::pos2(heading.left(), heading.bottom() - ROW), heading.max);
        let ink = kit.theme.accent;
        kit.paint_in(ui, heading, (topic.title, TextKind::Strong), ink, Align::Start);
        for (key, title) in &topic.rows {
            draw_key(ui, kit, line(ROW), key, title);
        }
    }
}

fn draw_key(ui: &Ui, kit: &mut Kit, line: Rect, key: &str, title: &str) {
    let share = if kit.rtl() { 0.58 } else { 0.42 };
    let (left, right) = line.split_left_right_at_fraction(share);
    let (key_rect, text_rect) = if kit.rtl() { (right, left) } else { (left, right) };
    let (weak, text) = (kit.theme.weak, kit.theme.text);
    kit.paint_in(ui, key_rect, (key, TextKind::Small), weak, Align::Start);
    kit.paint_in(ui, text_rect, (title, TextKind::Small), text, Align::Start);
    let response = ui.interact(line, ui.scope_id().with((title, key)), egui::Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{title}: {key}"))
    });
}

/// Where the person's own keys are, how they are written, and what is wrong with them.
pub(super) fn file_ui(
    ui: &mut Ui,
    kit: &mut Kit,
    file: &KeyFile,
    workspace: &Workspace,
    out: &mut Vec<Action>,
) {
    kit.label(
        ui,
        kit.t(both("ملف المفاتيح", "The file of keys")),
        TextKind::Heading,
        Ink::Text,
    );
    let how = both(
        "افتح هذا الملف في أي محرر نصوص. فيه كل أمر ومفاتيحه، وطريقة كتابتها. احفظه وعد إلى هذه النافذة يُعمل به.",
        "Open this file in any text editor. It has every command with its keys, and how to write them. Save it and come back to this window, and it counts.",
    );
    kit.paragraph(ui, kit.t(how), TextKind::Body, Ink::Text);
    let path = file.path.display().to_string();
    kit.paragraph(ui, &format!("\u{2066}{path}\u{2069}"), TextKind::Strong, Ink::Accent);
    let of_file =
        |problem: &&crate::model::Problem| problem.place.path.as_ref() == Some(&file.path);
    let problems: Vec<_> = workspace.problems.iter().filter(of_file).collect();
    for problem in problems.iter().take(8) {
        let line = problem.place.line.unwrap_or(1);
        let what = problem.what.get(kit.lang);
        let place = match kit.lang {
            crate::lang::Lang::Ar => format!("السطر {line}: {what}"),
            crate::lang::Lang::En => format!("line {line}: {what}"),
        };
        kit.paragraph(ui, &place, TextKind::Body, Ink::Caution);
    }
    if problems.is_empty() {
        let fine = both("لا خطأ في الملف.", "Nothing is wrong with it.");
        kit.label(ui, kit.t(fine), TextKind::Body, Ink::Good);
    }
    ui.add_space(size::PAD);
    let row = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(row, kit.row(), |ui| {
        let copy = Button::new(kit.t(both("انسخ المسار", "Copy the path"))).primary();
        if copy.ui(ui, kit).clicked() {
            ui.ctx().copy_text(path);
        }
        if Button::new(kit.t(both("أعد القراءة", "Read it again"))).ui(ui, kit).clicked()
        {
            out.push(Action::OwnKeys(Ask::Read));
        }
        if Button::new(kit.t(both("أغلق", "Close"))).ui(ui, kit).clicked() {
            out.push(Action::Show(None));
        }
    });
}
