//! The page on which a person changes keys: all commands, what is pressed for one, who has it.

use egui::{EventFilter, Id, Key, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::access;
use crate::app::action::Action;
use crate::app::command::{Command, GROUPS, Scope, command, rank};
use crate::app::keymap::{self, Sequence, Stroke};
use crate::app::own_keys::{Ask, KeysForm, Recording};
use crate::app::widget::{Button, Ink, Kit, TextKind, color, rows, text_field, toggle};
use crate::app::workspace::Workspace;
use crate::arabic::fold;
use crate::lang::{Bilingual, Lang, Message, both, isolated};
use crate::theme::size;
use crate::typeset::Align;

/// The height of a row and of a key, in points.
const ROW: f32 = 34.0;
const CAP: f32 = 21.0;

/// The room of what is about the chosen command.
const DESK: f32 = 132.0;

/// The width below which a row has no room for the group.
const NARROW: f32 = 560.0;

/// A command in the list, and what its group is called.
type Row = (&'static Command, Bilingual);

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (workspace, form, height): (&Workspace, &mut KeysForm, f32),
    out: &mut Vec<Action>,
) {
    listen(ui, kit, form, out);
    kit.row_ui(ui, |ui, kit| {
        let title = both("غيّر المفاتيح", "Change keys");
        kit.label(ui, kit.t(title), TextKind::Heading, Ink::Text);
    });
    let found = found(kit, form);
    search(ui, kit, form);
    let changed = self::found(kit, form);
    let found = if changed.len() == found.len() { found } else { changed };
    ui.add_space(size::GAP);
    let rest = height - DESK - 5.0 * size::CONTROL;
    let seen = rest.clamp(3.0 * ROW, 11.0 * ROW);
    let place = vec2(ui.available_width(), seen);
    ui.allocate_ui(place, |ui| {
        ui.set_min_height(seen);
        list(ui, kit, form, &found, out);
    });
    kit.rule(ui);
    desk(ui, kit, form, &found, out);
    problems(ui, kit, workspace, form);
    ui.add_space(size::GAP);
    buttons(ui, kit, form, out);
}

/// What fits what is looked for, in the order of the menus: its name in either language, its
/// group or its keys.
fn found(kit: &Kit, form: &KeysForm) -> Vec<Row> {
    let text = form.field.text().trim();
    let (needle, keys) = (fold(text), text.to_ascii_lowercase());
    let all = GROUPS
        .iter()
        .flat_map(|group| group.commands.iter().map(move |command| (command, group.title)));
    let fits = |(command, group): &Row| {
        let names = [command.title.ar, command.title.en, group.ar, group.en];
        let is_named = |name: &&str| rank(&needle, &fold(name)).is_some_and(|rank| rank < 4);
        let has_key = |of: String| of.to_ascii_lowercase().contains(&keys);
        text.is_empty()
            || names.iter().any(is_named)
            || kit.keymap.keys_of(command.id).any(has_key)
    };
    let shown = |(command, _): &Row| !form.only_changed || kit.keymap.is_changed(command);
    all.filter(|row| fits(row) && shown(row)).collect()
}

fn search(ui: &mut Ui, kit: &mut Kit, form: &mut KeysForm) {
    let name = kit.t(both("ابحث عن أمر أو مفتاح", "Search for a command or a key"));
    let outcome = text_field(
        ui,
        kit,
        Id::unique("own keys search"),
        &mut form.field,
        (name, name),
        false,
    );
    access::search(&outcome.response);
    if ui.memory(|memory| memory.focused().is_none()) && !form.has_keys() && !form.comes_back {
        outcome.response.request_focus();
    }
    form.comes_back |= outcome.entered;
    kit.row_ui(ui, |ui, kit| {
        let only = both("المغيَّرة فقط", "Changed only");
        if toggle(ui, kit, kit.t(only), form.only_changed).clicked() {
            form.only_changed ^= true;
        }
    });
}

fn list_id() -> Id {
    Id::unique("own keys")
}

fn list(ui: &mut Ui, kit: &mut Kit, form: &mut KeysForm, found: &[Row], out: &mut Vec<Action>) {
    if found.is_empty() {
        let none = both("لا أمر كهذا", "There is no such command");
        kit.label(ui, kit.t(none), TextKind::Body, Ink::Weak);
        return;
    }
    let at = found.iter().position(|(command, _)| command.id == form.chosen);
    let shown = form.comes_back.then(|| at.unwrap_or_default());
    let mut focused = None;
    let mut clicked = None;
    rows(ui, kit, list_id(), (found.len(), ROW), shown, |ui, kit, at, rect, response| {
        let Some((command, group)) = found.get(at) else { return };
        let is_on = form.chosen == command.id;
        draw(ui, kit, rect, (command, *group), is_on);
        let name = name_of(kit, command, *group);
        response.widget_info(|| {
            WidgetInfo::selected(Role::ListBoxOption, true, is_on, name.clone())
        });
        if shown == Some(at) {
            response.request_focus();
        }
        if response.has_focus() {
            focused = Some(command.id);
        }
        if response.clicked() {
            clicked = Some(command.id);
        }
    });
    access::name_list(
        ui.ctx(),
        list_id(),
        kit.t(both("الأوامر ومفاتيحها", "Commands and their keys")),
    );
    form.comes_back = false;
    if let Some(id) = clicked.or(focused) {
        form.chosen = id;
    }
    if clicked.is_some() {
        form.record(false);
    }
    let takes = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    if focused.is_some() && (takes(Key::Backspace) || takes(Key::Delete)) {
        out.push(Action::OwnKeys(Ask::Give(form.chosen, Vec::new(), false)));
    }
}

/// What a row is called: the command, its group, its keys, and whether they are changed.
fn name_of(kit: &Kit, command: &Command, group: Bilingual) -> String {
    let keys: Vec<_> = kit.keymap.keys_of(command.id).map(isolated).collect();
    let keys = match (keys.is_empty(), kit.lang) {
        (true, _) => kit.t(both("بلا مفتاح", "no key")).to_owned(),
        (false, Lang::Ar) => keys.join("، "),
        (false, Lang::En) => keys.join(", "),
    };
    let changed = if kit.keymap.is_changed(command) {
        kit.t(both(" · مغيَّر", " · changed"))
    } else {
        ""
    };
    format!("{} · {}: {keys}{changed}", kit.t(command.title), kit.t(group))
}

fn draw(ui: &Ui, kit: &mut Kit, rect: Rect, (command, group): Row, is_on: bool) {
    let theme = kit.theme;
    if is_on {
        ui.painter().rect_filled(rect, size::RADIUS, color(theme.chosen));
    }
    let inner = rect.shrink2(vec2(size::PAD, 0.0));
    // From where reading begins.
    let is_rtl = kit.rtl();
    let part = |from: f32, to: f32| {
        let x = if is_rtl {
            inner.right() - to..=inner.right() - from
        } else {
            inner.left() + from..=inner.left() + to
        };
        Rect::from_x_y_ranges(x, inner.y_range())
    };
    let keys: Vec<_> = kit.keymap.keys_of(command.id).collect();
    let taken = caps(ui, kit, inner, &keys, Place::End);
    let rest = inner.width() - taken - size::PAD;
    let is_wide = rect.width() >= NARROW;
    let name_end = if is_wide { (inner.width() * 0.5).min(rest) } else { rest };
    let dot = part(0.0, 12.0);
    let (name, group_place) = (part(16.0, name_end), part(name_end + size::GAP, rest));
    if kit.keymap.is_changed(command) {
        ui.painter().circle_filled(dot.center(), 3.5, color(theme.accent));
    }
    let text = kit.t(command.title);
    kit.paint_in(ui, name, (text, TextKind::Body), theme.text, Align::Start);
    if is_wide && group_place.width() > 40.0 {
        let text = kit.t(group);
        kit.paint_in(ui, group_place, (text, TextKind::Small), theme.weak, Align::Start);
    }
}

/// At which edge keys stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Where reading begins.
    Start,
    /// Where it ends.
    End,
}

/// Draws keys as caps, those of one command one after the other; how wide they are.
fn caps(ui: &Ui, kit: &mut Kit, rect: Rect, keys: &[String], place: Place) -> f32 {
    /// Between two keys that are held together, one after another, one instead of the other.
    const GAPS: [f32; 3] = [2.0, 8.0, 16.0];
    let mut parts: Vec<(String, f32)> = Vec::new();
    let mut all: Vec<&String> = keys.iter().collect();
    if kit.rtl() {
        // A key is read from the left, but the first one stands where reading begins.
        all.reverse();
    }
    for one in all {
        let [held, after, instead] = GAPS;
        for stroke in one.split(' ') {
            parts.extend(stroke.split('+').map(|name| (name.to_owned(), held)));
            if let Some(last) = parts.last_mut() {
                last.1 = after;
            }
        }
        if let Some(last) = parts.last_mut() {
            last.1 = instead;
        }
    }
    let widths: Vec<f32> = parts
        .iter()
        .map(|(name, _)| {
            Kit::size(ui, &kit.set(ui, name, TextKind::Small, None)).x.ceil() + 12.0
        })
        .collect();
    let gaps: f32 = parts.iter().rev().skip(1).map(|(_, gap)| gap).sum();
    let total = widths.iter().sum::<f32>() + gaps;
    let is_left = (place == Place::Start) != kit.rtl();
    let mut x = if is_left { rect.left() } else { rect.right() - total };
    let theme = kit.theme;
    for ((name, gap), width) in parts.iter().zip(&widths) {
        let middle = pos2(x + width / 2.0, rect.center().y);
        let cap = Rect::from_center_size(middle, vec2(*width, CAP));
        ui.painter().rect(
            cap,
            4.0,
            color(theme.page),
            egui::Stroke::new(1.0, color(theme.edge)),
            egui::StrokeKind::Inside,
        );
        kit.paint_in(ui, cap, (name, TextKind::Small), theme.text, Align::Center);
        x += width + gap;
    }
    total
}

/// What is about the chosen command: its keys and what can be done, what is pressed for it, or
/// who has what was pressed.
fn desk(ui: &mut Ui, kit: &mut Kit, form: &mut KeysForm, found: &[Row], out: &mut Vec<Action>) {
    let width = ui.available_width();
    ui.allocate_ui_with_layout(vec2(width, DESK), kit.column(), |ui| {
        ui.set_min_height(DESK);
        ui.spacing_mut().item_spacing.y = 6.0;
        let chosen = command(form.chosen);
        let is_seen = |command: &Command| found.iter().any(|row| row.0.id == command.id);
        let Some(command) = chosen.filter(|of| is_seen(of) || form.has_keys()) else {
            let how = both(
                "اختر أمرًا، ثم اضغط Enter أو انقره، واضغط المفاتيح التي تريدها له.",
                "Choose a command, press Enter or click it, and press the keys that you want for it.",
            );
            kit.paragraph(ui, kit.t(how), TextKind::Body, Ink::Weak);
            return;
        };
        kit.row_ui(ui, |ui, kit| {
            kit.label(ui, kit.t(command.title), TextKind::Strong, Ink::Text);
            let scope = match command.scope {
                Scope::Anywhere => both("في كل مكان", "everywhere"),
                Scope::OutsideFields => both("في كل مكان عدا الحقول", "everywhere but in fields"),
                Scope::Article => both("والمؤشر في المقال", "while the caret is in the article"),
                Scope::Records => both("والمؤشر في السجلات", "while the table of records has the focus"),
                Scope::Review => both("وفي اليد اقتراح", "while a suggestion is in hand"),
            };
            kit.label(ui, kit.t(scope), TextKind::Small, Ink::Weak);
        });
        if form.question.is_some() {
            question(ui, kit, form, command, out);
        } else if form.recording.is_some() {
            recorder(ui, kit, form, command);
        } else {
            idle(ui, kit, form, command, out);
        }
    });
}

fn idle(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut KeysForm,
    command: &'static Command,
    out: &mut Vec<Action>,
) {
    let keys: Vec<_> = kit.keymap.keys_of(command.id).collect();
    let is_changed = kit.keymap.is_changed(command);
    let first = command.keys.iter().map(|keys| isolated(*keys)).collect::<Vec<_>>();
    let text = match (is_changed, first.is_empty()) {
        (false, _) if keys.is_empty() => both("بلا مفتاح", "no key").get(kit.lang).to_owned(),
        (false, _) => String::new(),
        (true, true) => {
            kit.t(both("غُيّر: لم يكن له مفتاح", "Changed: it had no key")).to_owned()
        }
        (true, false) => match kit.lang {
            Lang::Ar => format!("غُيّر: كان {}", first.join("، ")),
            Lang::En => format!("Changed: it was {}", first.join(", ")),
        },
    };
    let (line, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), CAP + 4.0), Sense::hover());
    let taken = caps(ui, kit, line, &keys, Place::Start);
    let from = if taken > 0.0 { taken + size::PAD } else { 0.0 };
    let rest = if kit.rtl() {
        line.with_max_x(line.right() - from)
    } else {
        line.with_min_x(line.left() + from)
    };
    let weak = kit.theme.weak;
    kit.paint_in(ui, rest, (&text, TextKind::Small), weak, Align::Start);
    let response = ui.interact(line, ui.scope_id().with("keys of"), Sense::hover());
    let told = format!("{} {text}", keys.join(", "));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, told.trim()));
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        if Button::new(kit.t(both("سجّل مفتاحًا", "Record a key"))).ui(ui, kit).clicked()
        {
            form.record(false);
        }
        let more = Button::new(kit.t(both("أضف مفتاحًا آخر", "Add another key")));
        if more.enabled(!keys.is_empty()).ui(ui, kit).clicked() {
            form.record(true);
        }
        let mut give = |keys| out.push(Action::OwnKeys(Ask::Give(command.id, keys, false)));
        let away = Button::new(kit.t(both("انزع المفتاح", "Take the key away")));
        if away.enabled(!keys.is_empty()).ui(ui, kit).clicked() {
            give(Vec::new());
        }
        let reset = Button::new(kit.t(both("أعده كما كان", "Reset")));
        if reset.enabled(is_changed).ui(ui, kit).clicked() {
            give(keymap::first_keys(command));
        }
    });
}

/// The place that listens. It keeps the focus until something is pressed.
fn recorder(ui: &mut Ui, kit: &mut Kit, form: &mut KeysForm, command: &Command) {
    let Some(recording) = &form.recording else { return };
    let width = ui.available_width().min(360.0);
    let (rect, _) = ui.allocate_exact_size(vec2(width, size::CONTROL + 4.0), Sense::hover());
    let id = Id::unique("recorder");
    let response = ui.interact(rect, id, Sense::click());
    if !response.has_focus() {
        response.request_focus();
    }
    let filter =
        EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let theme = kit.theme;
    ui.painter().rect(
        rect,
        size::RADIUS,
        color(theme.page),
        egui::Stroke::new(2.0, color(theme.accent)),
        egui::StrokeKind::Inside,
    );
    let inner = rect.shrink2(vec2(size::PAD, 0.0));
    let press = kit.t(both("اضغط المفاتيح…", "Press the keys…"));
    let pressed = Sequence::of(&recording.strokes).map(|keys| keys.to_string());
    match &pressed {
        Some(keys) => {
            caps(ui, kit, inner, std::slice::from_ref(keys), Place::Start);
        }
        None => kit.paint_in(ui, inner, (press, TextKind::Body), theme.weak, Align::Start),
    }
    let name = match kit.lang {
        Lang::Ar => format!("مفتاح جديد: {}", command.title.ar),
        Lang::En => format!("New key: {}", command.title.en),
    };
    response.widget_info(|| {
        let value = pressed.as_deref().unwrap_or_default();
        let mut info = WidgetInfo::text_edit(true, "", value, press);
        info.label = Some(name.clone());
        info
    });
    let how = if recording.strokes.is_empty() {
        both(
            "Esc يتركه كما هو · Backspace ينزعه",
            "Esc leaves it as it is · Backspace takes it away",
        )
    } else {
        both("مفتاح آخر يتبعه، أو Enter لإنهائه", "Another key follows, or Enter ends it")
    };
    kit.label(ui, kit.t(how), TextKind::Small, Ink::Weak);
    if let Some(why) = &recording.refused {
        let said = kit.paragraph(ui, why.get(kit.lang), TextKind::Small, Ink::Danger);
        access::announce(&said, true);
    }
}

/// Takes what is pressed, while the page listens.
fn listen(ui: &Ui, kit: &Kit, form: &mut KeysForm, out: &mut Vec<Action>) {
    let escapes =
        |input: &mut egui::InputState| input.consume_key(egui::Modifiers::NONE, Key::Escape);
    if form.question.is_some() && ui.input_mut(escapes) {
        form.end();
    }
    let (Some(recording), Some(command)) = (&mut form.recording, command(form.chosen)) else {
        return;
    };
    let now = ui.input(|input| input.time);
    let mut outcome = Pressed::Nothing;
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let found = pressed(recording, event, now);
            let is_taken = found.is_some();
            if let Some(found) = found.filter(|found| *found != Pressed::Nothing) {
                outcome = found;
            }
            !is_taken
        });
    });
    let waited = now - recording.since;
    if outcome == Pressed::Nothing && !recording.strokes.is_empty() {
        if waited >= Recording::WAIT {
            outcome = Pressed::Done;
        } else {
            let rest = std::time::Duration::from_secs_f64(Recording::WAIT - waited);
            ui.ctx().request_repaint_after(rest);
        }
    }
    let adds = recording.adds;
    match outcome {
        Pressed::Nothing => {}
        Pressed::Leave => form.end(),
        Pressed::TakeAway => {
            form.end();
            out.push(Action::OwnKeys(Ask::Give(command.id, Vec::new(), false)));
        }
        Pressed::Done => {
            let Some(keys) = Sequence::of(&std::mem::take(&mut recording.strokes)) else {
                return;
            };
            recording.refused = keymap::refusal(&keys, command);
            if recording.refused.is_some() {
                return;
            }
            form.end();
            let mut wanted =
                if adds { kit.keymap.sequences_of(command.id) } else { Vec::new() };
            wanted.retain(|one| !one.clashes(&keys));
            wanted.push(keys);
            out.push(Action::OwnKeys(Ask::Give(command.id, wanted, false)));
        }
    }
}

/// What came of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pressed {
    Nothing,
    /// All is left as it is.
    Leave,
    /// The command is to have no key.
    TakeAway,
    /// What was pressed is all.
    Done,
}

/// Takes an event, if it is of the keyboard. What comes of it.
fn pressed(recording: &mut Recording, event: &egui::Event, now: f64) -> Option<Pressed> {
    let mut stroke = None;
    match event {
        egui::Event::Key { key, physical_key, pressed: true, repeat: false, modifiers } => {
            let is_first = recording.strokes.is_empty();
            match (key, modifiers.is_none()) {
                (Key::Escape, true) => return Some(Pressed::Leave),
                (Key::Backspace, true) if is_first => return Some(Pressed::TakeAway),
                (Key::Backspace, true) => recording.strokes.clear(),
                (Key::Enter, true) if is_first => {}
                (Key::Enter, true) => return Some(Pressed::Done),
                _ => stroke = Stroke::of_key(*key, *physical_key, *modifiers).first().copied(),
            }
        }
        egui::Event::Copy => stroke = Stroke::parse("Ctrl+C"),
        egui::Event::Cut => stroke = Stroke::parse("Ctrl+X"),
        egui::Event::Paste(_) => stroke = Stroke::parse("Ctrl+V"),
        egui::Event::Key { .. } | egui::Event::Text(_) | egui::Event::Ime(_) => {}
        _ => return None,
    }
    let Some(stroke) = stroke else { return Some(Pressed::Nothing) };
    recording.strokes.push(stroke);
    recording.since = now;
    recording.refused = None;
    let is_all = recording.strokes.len() >= Recording::MOST;
    Some(if is_all { Pressed::Done } else { Pressed::Nothing })
}

/// Says who has the keys, and asks whether they are to be taken.
fn question(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut KeysForm,
    command: &'static Command,
    out: &mut Vec<Action>,
) {
    let Some(question) = &mut form.question else { return };
    let mut held: Vec<Message> = question
        .held
        .iter()
        .take(3)
        .map(|(keys, holder)| {
            let keys = isolated(keys);
            Message::new(
                format!("{keys} للأمر «{}»", holder.ar),
                format!("{keys} belongs to “{}”", holder.en),
            )
        })
        .collect();
    if question.held.len() > held.len() {
        held.push(Message::new("…", "…"));
    }
    let held: Vec<&str> = held.iter().map(|one| one.get(kit.lang)).collect();
    let text = held.join(kit.t(both("، ", ", ")));
    let said = kit.paragraph(ui, &text, TextKind::Body, Ink::Caution);
    access::announce(&said, true);
    let (mut takes, mut leaves) = (false, false);
    kit.row_ui(ui, |ui, kit| {
        let replace = Button::new(kit.t(both("خذه له", "Replace"))).primary().ui(ui, kit);
        if std::mem::take(&mut question.is_new) {
            replace.request_focus();
        }
        takes = replace.clicked();
        leaves = Button::new(kit.t(both("اتركه", "Leave"))).ui(ui, kit).clicked();
    });
    if takes {
        let wanted = std::mem::take(&mut question.wanted);
        out.push(Action::OwnKeys(Ask::Give(command.id, wanted, true)));
    }
    if takes || leaves {
        form.end();
    }
}

/// What is wrong with the file.
fn problems(ui: &mut Ui, kit: &mut Kit, workspace: &Workspace, form: &KeysForm) {
    let of_file =
        workspace.problems.iter().filter(|one| one.place.path.as_ref() == Some(&form.path));
    for problem in of_file.take(2) {
        let what = problem.what.get(kit.lang);
        let text = match (problem.place.line, kit.lang) {
            (None, _) => what.to_owned(),
            (Some(line), Lang::Ar) => format!("\u{2066}keys.ron\u{2069}، السطر {line}: {what}"),
            (Some(line), Lang::En) => format!("keys.ron, line {line}: {what}"),
        };
        kit.paragraph(ui, &text, TextKind::Small, Ink::Caution);
    }
}

fn buttons(ui: &mut Ui, kit: &mut Kit, form: &KeysForm, out: &mut Vec<Action>) {
    let any = crate::app::command::commands().any(|command| kit.keymap.is_changed(command));
    kit.row_ui(ui, |ui, kit| {
        if Button::new(kit.t(both("أغلق", "Close"))).primary().ui(ui, kit).clicked() {
            out.push(Action::Show(None));
        }
        let mut ask = |ui: &mut Ui, kit: &mut Kit, name: Bilingual, is_possible, asked| {
            if Button::new(kit.t(name)).enabled(is_possible).ui(ui, kit).clicked() {
                out.push(Action::OwnKeys(asked));
            }
        };
        let can_undo = !form.changes.is_empty();
        ask(ui, kit, both("تراجع عن التغيير", "Undo the change"), can_undo, Ask::Undo);
        ask(ui, kit, both("أعد كل المفاتيح", "Reset all"), any, Ask::Reset);
        ask(ui, kit, both("الملف…", "The file…"), true, Ask::File);
    });
}
