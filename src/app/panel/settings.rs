//! The settings: all of them on one page, each counts at once.

use egui::{Id, Sense, Ui, vec2};

use crate::app::action::Action;
use crate::app::dialog::{Dialog, SettingsPage};
use crate::app::look::{FACES, LineLength, Look, SCALES, Spacing, TEXT_SIZES, ThemeChoice};
use crate::app::own_keys::Ask;
use crate::app::widget::{Button, Ink, Kit, Step, TextKind, choice, color, stepper, toggle};
use crate::lang::{Bilingual, Digits, Lang, both};
use crate::theme::{Mode, size};
use crate::typeset::{Align, Base, Face, Fit, Style};

/// The width of the names before the choices.
const NAMES: f32 = 150.0;

/// The width below which the names stand above the choices.
const NARROW: f32 = 520.0;

/// The most that the sample of the article may take, in points.
const SAMPLE: f32 = 150.0;

const THEMES: [(ThemeChoice, Bilingual); 5] = [
    (ThemeChoice::System, both("كالنظام", "As the system")),
    (ThemeChoice::Always(Mode::Light), both("فاتح", "Light")),
    (ThemeChoice::Always(Mode::Dark), both("داكن", "Dark")),
    (
        ThemeChoice::Always(Mode::ContrastLight),
        both("فاتح عالي التباين", "Light, high contrast"),
    ),
    (ThemeChoice::Always(Mode::ContrastDark), both("داكن عالي التباين", "Dark, high contrast")),
];

pub(super) fn ui(ui: &mut Ui, kit: &mut Kit, page: &SettingsPage, out: &mut Vec<Action>) {
    kit.label(ui, kit.t(both("الإعدادات", "Settings")), TextKind::Heading, Ink::Text);
    let mut look = kit.look;
    window(ui, kit, &mut look, out);
    section(ui, kit, both("نص المقال", "The article’s text"));
    article(ui, kit, &mut look);
    section(ui, kit, both("العمل", "Work"));
    work(ui, kit, page, out);
    if look != kit.look {
        out.push(Action::SetLook(look));
    }
    ui.add_space(size::PAD);
    kit.row_ui(ui, |ui, kit| {
        if Button::new(kit.t(both("أغلق", "Close"))).primary().ui(ui, kit).clicked() {
            out.push(Action::Show(None));
        }
    });
}

fn window(ui: &mut Ui, kit: &mut Kit, look: &mut Look, out: &mut Vec<Action>) {
    // Each in its own words, for whoever does not read the other.
    let langs =
        [(Lang::Ar, both("العربية", "العربية")), (Lang::En, both("English", "English"))];
    let lang = radio(ui, kit, both("اللغة", "Language"), &langs, kit.lang);
    if lang != kit.lang {
        out.push(Action::SetLang(lang));
    }
    let digits = [
        (Digits::Western, both("\u{2066}1234\u{2069}", "1234")),
        (Digits::ArabicIndic, both("\u{2066}١٢٣٤\u{2069}", "١٢٣٤ (in Arabic)")),
    ];
    look.digits = radio(ui, kit, both("أرقام الواجهة", "Digits"), &digits, look.digits);
    look.theme = radio(ui, kit, both("السمة", "Theme"), &THEMES, look.theme);
    let scales = SCALES.map(|scale| kit.digits(&format!("{scale}%")));
    let names: Vec<&str> = scales.iter().map(String::as_str).collect();
    let at = SCALES.iter().position(|scale| *scale == look.scale).unwrap_or_default();
    let name = both("حجم الواجهة", "Interface size");
    let taken = named(ui, kit, name, |ui, kit| {
        choice(ui, kit, Id::unique(name.en), (kit.t(name), &names), at)
    });
    if let Some(scale) = taken.and_then(|at| SCALES.get(at)) {
        look.scale = *scale;
    }
    let name = both("الحركة", "Motion");
    named(ui, kit, name, |ui, kit| {
        let text = kit.t(both("قلّل الحركة", "Reduce motion"));
        if toggle(ui, kit, text, look.less_motion).clicked() {
            look.less_motion = !look.less_motion;
        }
    });
}

fn article(ui: &mut Ui, kit: &mut Kit, look: &mut Look) {
    let name = both("حجم النص", "Text size");
    let number = kit.digits(&format!("{:.0}", look.text_size));
    let names = [
        both("كبّر نص المقال", "Enlarge the article’s text"),
        both("صغّر نص المقال", "Reduce the article’s text"),
    ];
    let [more, less] = names.map(|name| kit.t(name));
    let (least, most) = (*TEXT_SIZES.start(), *TEXT_SIZES.end());
    let ends = (look.text_size > least, look.text_size < most);
    let asked = named(ui, kit, name, |ui, kit| stepper(ui, kit, (&number, [less, more]), ends));
    let by = match asked {
        Some(Step::More) => 1.0,
        Some(Step::Less) => -1.0,
        None => 0.0,
    };
    look.text_size = (look.text_size + by).clamp(least, most);
    let faces = FACES.map(|(face, _)| (face, name_of(face)));
    look.face = radio(ui, kit, both("الخط", "Font"), &faces, look.face);
    let lengths = LineLength::ALL.map(|length| {
        let name = match length {
            LineLength::Narrow => both("قصير", "Narrow"),
            LineLength::Normal => both("معتاد", "Normal"),
            LineLength::Wide => both("طويل", "Wide"),
        };
        (length, name)
    });
    let name = both("طول السطر", "Line length");
    look.line_length = radio(ui, kit, name, &lengths, look.line_length);
    let spaces = Spacing::ALL.map(|spacing| {
        let name = match spacing {
            Spacing::Close => both("متقارب", "Close"),
            Spacing::Normal => both("معتاد", "Normal"),
            Spacing::Wide => both("متباعد", "Wide"),
        };
        (spacing, name)
    });
    let name = both("تباعد الأسطر", "Line spacing");
    look.spacing = radio(ui, kit, name, &spaces, look.spacing);
    sample(ui, kit, look);
}

/// What a face is called. Names of fonts are names.
fn name_of(face: Face) -> Bilingual {
    match face {
        Face::Naskh => both("نسخ (نوتو)", "Naskh (Noto)"),
        Face::Amiri => both("أميري", "Amiri"),
        Face::Sans => both("بلا زوائد (نوتو)", "Sans (Noto)"),
    }
}

/// Some lines as an article would have them.
fn sample(ui: &mut Ui, kit: &mut Kit, look: &Look) {
    const TEXT: &str = "وصل وفد من بلدية المدينة إلى الميناء صباح 12 مارس، وزار 3 مدارس قبل أن \
        يعود بالقطار مساء اليوم نفسه.";
    let scale = ui.ctx().pixels_per_point();
    let plain = Style::new(look.face, (look.text_size * scale).round());
    let line_height = 1.9 * look.spacing.factor();
    let style = Style { base: Base::RightToLeft, line_height, ..plain };
    let inner = ui.available_width() - 2.0 * size::MARGIN;
    let width = inner.min(look.line_length.in_font_sizes() * look.text_size);
    let fit = Fit::wrapped((width * scale).floor()).aligned(Align::Start);
    let set = kit.typesetter.text(TEXT, &style, fit);
    let height = (Kit::size(ui, &set).y + size::PAD).min(SAMPLE);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    ui.painter().rect(
        rect,
        size::RADIUS,
        color(kit.theme.page),
        egui::Stroke::new(1.0, color(kit.theme.line)),
        egui::StrokeKind::Inside,
    );
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let left = rect.center().x - width / 2.0;
    let ink = kit.theme.text;
    kit.paint(&painter, egui::pos2(left, rect.top() + size::GAP), &set, ink);
}

fn work(ui: &mut Ui, kit: &mut Kit, page: &SettingsPage, out: &mut Vec<Action>) {
    named(ui, kit, both("الموسّم", "Annotator"), |ui, kit| {
        let change = kit.t(both("غيّر الموسّم…", "Change annotator…"));
        if Button::new(change).ui(ui, kit).clicked() {
            out.push(Action::Show(Some(Dialog::annotator(&page.annotator))));
        }
        let name = format!("\u{2068}{}\u{2069}", page.annotator);
        kit.label(ui, &name, TextKind::Strong, Ink::Text);
    });
    named(ui, kit, both("المفاتيح", "Keys"), |ui, kit| {
        if Button::new(kit.t(both("غيّر المفاتيح…", "Change keys…"))).ui(ui, kit).clicked()
        {
            out.push(Action::OwnKeys(Ask::Show));
        }
        if Button::new(kit.t(both("كل المفاتيح", "All keys"))).ui(ui, kit).clicked() {
            out.push(Action::Show(Some(Dialog::Keys)));
        }
    });
    let path = format!("\u{2066}{}\u{2069}", page.folder.display());
    let text = match kit.lang {
        Lang::Ar => format!("هذه الإعدادات والمفاتيح في {path}"),
        Lang::En => format!("These settings and the keys are in {path}"),
    };
    kit.paragraph(ui, &text, TextKind::Small, Ink::Weak);
}

fn section(ui: &mut Ui, kit: &mut Kit, name: Bilingual) {
    ui.add_space(size::GAP);
    kit.rule(ui);
    kit.label(ui, kit.t(name), TextKind::Strong, Ink::Accent);
}

/// One of several, by name; what is chosen after this frame.
fn radio<T: Copy + PartialEq>(
    ui: &mut Ui,
    kit: &mut Kit,
    name: Bilingual,
    options: &[(T, Bilingual)],
    now: T,
) -> T {
    let names: Vec<&str> = options.iter().map(|(_, name)| kit.t(*name)).collect();
    let at = options.iter().position(|(option, _)| *option == now).unwrap_or_default();
    let taken = named(ui, kit, name, |ui, kit| {
        choice(ui, kit, Id::unique(name.en), (kit.t(name), &names), at)
    });
    taken.and_then(|at| options.get(at)).map_or(now, |(option, _)| *option)
}

/// A row: a name where reading begins, then what belongs to it.
fn named<T>(
    ui: &mut Ui,
    kit: &mut Kit,
    name: Bilingual,
    add: impl FnOnce(&mut Ui, &mut Kit) -> T,
) -> T {
    let width = ui.available_width();
    if width < NARROW {
        kit.label(ui, kit.t(name), TextKind::Small, Ink::Weak);
        return kit.row_ui(ui, add);
    }
    let layout = kit.row().with_cross_align(egui::Align::Min);
    let place = vec2(width, size::CONTROL);
    ui.allocate_ui_with_layout(place, layout, |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(NAMES, size::CONTROL), Sense::hover());
        let ink = kit.theme.text;
        kit.paint_in(ui, rect, (kit.t(name), TextKind::Body), ink, Align::Start);
        kit.row_ui(ui, |ui, kit| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            add(ui, kit)
        })
    })
    .inner
}
