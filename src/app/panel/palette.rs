//! The list of all commands and labels, found by name in either language.

use egui::{Context, EventFilter, Id, Key, Rect, Role, Ui, WidgetInfo, vec2};

use super::label_name;
use crate::app::access;
use crate::app::action::Action;
use crate::app::command::{Desk, SCATTERED, commands, rank};
use crate::app::dialog::PaletteForm;
use crate::app::extractor::{Ask, Running};
use crate::app::widget::{Ink, Kit, TextKind, color, rows, text_field};
use crate::arabic::fold;
use crate::lang::{Bilingual, Lang, Message, both};
use crate::theme::{Rgba, size};
use crate::typeset::Align;

/// The height of a row in points, and how many are seen at most.
const ROW: f32 = 34.0;
const MOST: f32 = 12.0;

/// Something that can be found.
struct Entry {
    /// What it is remembered by; none for what belongs to one project.
    id: Option<&'static str>,
    name: Message,
    key: String,
    swatch: Option<Rgba>,
    action: Option<Action>,
}

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    desk: &Desk<'_>,
    (form, height): (&mut PaletteForm, f32),
    out: &mut Vec<Action>,
) {
    let before = form.field.text().to_owned();
    let found = found(kit, desk, form);
    let mut taken = keys(ui.ctx(), form, found.len(), out);
    let name = kit.t(both("اسم الأمر أو الوسم", "Name of a command or a label"));
    let id = Id::unique("palette");
    let outcome = text_field(ui, kit, id, &mut form.field, (name, name), false);
    if !outcome.response.has_focus() {
        outcome.response.request_focus();
    }
    // The arrows go along the list while the caret stays in the field.
    let filter =
        EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let found = if form.field.text() == before {
        found
    } else {
        (form.at, form.shows) = (0, true);
        self::found(kit, desk, form)
    };
    ui.add_space(size::GAP);
    if found.is_empty() {
        let none = both("لا أمر بهذا الاسم", "Nothing has that name");
        kit.label(ui, kit.t(none), TextKind::Body, Ink::Weak);
    }
    let seen = (height - 3.0 * size::CONTROL).clamp(3.0 * ROW, MOST * ROW);
    let place = vec2(ui.available_width(), seen);
    let shown = std::mem::take(&mut form.shows).then_some(form.at);
    let moved = ui.input(|input| input.pointer.delta() != egui::Vec2::ZERO);
    ui.allocate_ui(place, |ui| {
        let list = (found.len(), ROW);
        rows(ui, kit, Id::unique("palette rows"), list, shown, |ui, kit, at, rect, row| {
            let Some(entry) = found.get(at) else { return };
            if moved && row.hovered() {
                form.at = at;
            }
            draw(ui, kit, rect, entry, form.at == at);
            row.widget_info(|| {
                let name = entry.name.get(kit.lang);
                WidgetInfo::selected(
                    Role::ListBoxOption,
                    entry.action.is_some(),
                    form.at == at,
                    name,
                )
            });
            if row.clicked() {
                taken = Some(at);
            }
        });
        access::name_list(ui.ctx(), Id::unique("palette rows"), kit.t(TITLE));
    });
    // What a screen reader reads while the caret stays in the field.
    let on = Id::unique("palette rows").with(form.at);
    ui.ctx().accesskit_node_builder(id, |node| node.set_active_descendant(on.accesskit_id()));
    if let Some(entry) = taken.and_then(|at| found.into_iter().nth(at))
        && let Some(action) = entry.action
    {
        out.push(Action::Show(None));
        out.extend(entry.id.map(Action::Remember));
        out.push(action);
    }
}

/// The keys that are the list's, not the field's. The row that is to be done.
fn keys(
    ctx: &Context,
    form: &mut PaletteForm,
    count: usize,
    out: &mut Vec<Action>,
) -> Option<usize> {
    let last = count.saturating_sub(1);
    let mut taken = None;
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let egui::Event::Key { key, pressed: true, modifiers, .. } = event else {
                return true;
            };
            let to = match key {
                Key::ArrowDown if form.at >= last => 0,
                Key::ArrowDown => form.at + 1,
                Key::Tab if !modifiers.shift => (form.at + 1).min(last),
                Key::ArrowUp if form.at == 0 => last,
                Key::ArrowUp | Key::Tab => form.at.saturating_sub(1),
                Key::PageDown => (form.at + 10).min(last),
                Key::PageUp => form.at.saturating_sub(10),
                Key::Enter => {
                    taken = Some(form.at);
                    form.at
                }
                Key::Escape => {
                    out.push(Action::Show(None));
                    form.at
                }
                _ => return true,
            };
            (form.at, form.shows) = (to, true);
            false
        });
    });
    taken
}

/// What fits what is written, the best first; without anything, the last used first. What
/// cannot be done now comes after what can, unless that has but the letters one by one.
fn found(kit: &Kit, desk: &Desk<'_>, form: &PaletteForm) -> Vec<Entry> {
    let mut all = entries(kit, desk);
    let recent = |entry: &Entry| {
        let place = entry.id.and_then(|id| form.recent.iter().position(|used| used == id));
        place.unwrap_or(usize::MAX)
    };
    let needle = fold(form.field.text().trim());
    if needle.is_empty() {
        all.sort_by_key(|entry| (entry.action.is_none(), recent(entry)));
        return all;
    }
    let mut ranked: Vec<_> = all
        .into_iter()
        .filter_map(|entry| {
            let of = |name: &str| rank(&needle, &fold(name));
            let rank = [of(&entry.name.ar), of(&entry.name.en)].into_iter().flatten().min()?;
            let is_off = entry.action.is_none();
            Some(((rank == SCATTERED, is_off, rank, recent(&entry)), entry))
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, entry)| entry).collect()
}

fn entries(kit: &Kit, desk: &Desk<'_>) -> Vec<Entry> {
    let named = commands().filter(|command| command.id != "help.palette");
    let mut all: Vec<_> = named
        .map(|command| Entry {
            id: Some(command.id),
            name: Message::from(command.title),
            key: kit.keymap.key_of(command.id).unwrap_or_default(),
            swatch: None,
            action: (command.action)(desk),
        })
        .collect();
    let Some(project) = desk.project else { return all };
    for label in project.schema().labels() {
        let name = label_name(label);
        all.push(Entry {
            id: None,
            name,
            key: label.key.map(|key| key.to_string()).unwrap_or_default(),
            swatch: Some(kit.theme.shades(label.color).bar),
            action: project.document().map(|_| Action::UseLabel(label.id.clone())),
        });
    }
    for program in project.extractors() {
        let name = super::extractor::run(&program.name);
        let running = Running { name: program.name.clone(), everywhere: false, approves: None };
        let is_possible = project.is_writable() && project.document().is_some();
        let action = is_possible.then_some(Action::Extractor(Ask::Run(running)));
        all.push(Entry { id: None, name, key: String::new(), swatch: None, action });
    }
    all
}

fn draw(ui: &Ui, kit: &mut Kit, rect: Rect, entry: &Entry, is_on: bool) {
    let theme = kit.theme;
    if is_on {
        ui.painter().rect_filled(rect, size::RADIUS, color(theme.chosen));
        // The hand is here while the caret is in the field: an edge, and not a color alone.
        let stroke = egui::Stroke::new(2.0, color(theme.accent));
        ui.painter().rect_stroke(rect, size::RADIUS, stroke, egui::StrokeKind::Inside);
    }
    let is_off = entry.action.is_none();
    let ink = if is_off { theme.weak.mixed(theme.panel, 0.35) } else { theme.text };
    let weak = if is_off { ink } else { theme.weak };
    let inner = rect.shrink2(vec2(size::PAD + 2.0, 0.0));
    let room = entry.swatch.map_or(0.0, |_| 20.0);
    let (start, text) = if kit.rtl() {
        (inner.right() - 6.0, inner.with_max_x(inner.right() - room))
    } else {
        (inner.left() + 6.0, inner.with_min_x(inner.left() + room))
    };
    if let Some(swatch) = entry.swatch {
        let center = egui::pos2(start, rect.center().y);
        let dot = Rect::from_center_size(center, vec2(12.0, 12.0));
        ui.painter().rect_filled(dot, 3.0, color(swatch));
    }
    // The name, its name in the other language, its key.
    let other = match kit.lang {
        Lang::Ar => format!("\u{2066}{}\u{2069}", entry.name.en),
        Lang::En => format!("\u{2067}{}\u{2069}", entry.name.ar),
    };
    let key_room = 118.0_f32.min(text.width() * 0.28);
    let rest = text.width() - key_room;
    let part = |from: f32, width: f32| {
        let left = if kit.rtl() { text.right() - from - width } else { text.left() + from };
        Rect::from_min_size(egui::pos2(left, text.top()), vec2(width, text.height()))
    };
    let parts = [part(0.0, rest * 0.56), part(rest * 0.58, rest * 0.4), part(rest, key_room)];
    let [name_rect, other_rect, key_rect] = parts;
    let name = entry.name.get(kit.lang);
    kit.paint_in(ui, name_rect, (name, TextKind::Body), ink, Align::Start);
    kit.paint_in(ui, other_rect, (&other, TextKind::Small), weak, Align::Start);
    if !entry.key.is_empty() {
        let key = format!("\u{2066}{}\u{2069}", entry.key);
        kit.paint_in(ui, key_rect, (&key, TextKind::Small), weak, Align::End);
    }
}

/// What the dialog is called.
pub(super) const TITLE: Bilingual = both("كل الأوامر", "All commands");
