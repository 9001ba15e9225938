//! The keys that select rows, while one of them has the focus.

use egui::{EventFilter, Key, Ui};

use super::list_id;
use crate::app::action::Action;
use crate::app::documents::{DocumentList, Documents};
use crate::project::Project;

/// How many rows a page is: fewer than any list shows.
const PAGE: usize = 8;

/// Takes the keys that select out of this frame's input; the row that the focus goes to.
///
/// Keys without modifiers are the list's own.
pub(super) fn take(
    ui: &Ui,
    project: &Project,
    list: &mut DocumentList,
    out: &mut Vec<Action>,
) -> Option<usize> {
    let at = list.focused.filter(|at| ui.memory(|m| m.has_focus(list_id().with(*at))))?;
    let last = list.listing.rows().len().saturating_sub(1);
    let mut keys = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let egui::Event::Key { key, pressed: true, modifiers, .. } = event else {
                return true;
            };
            let is_ours = match key {
                Key::A | Key::Space => modifiers.command,
                Key::F10 => modifiers.shift,
                Key::ArrowDown
                | Key::ArrowUp
                | Key::PageDown
                | Key::PageUp
                | Key::Home
                | Key::End => modifiers.shift && !modifiers.alt,
                _ => false,
            };
            if is_ours {
                keys.push(*key);
            }
            !is_ours
        });
    });
    let mut row = at.min(last);
    for key in keys {
        row = match key {
            Key::A => {
                list.select_all(project);
                continue;
            }
            Key::Space => {
                if let Some(id) = list.id(project, row).cloned() {
                    list.toggle(&id);
                }
                continue;
            }
            Key::F10 => {
                let place = ui.ctx().read_response(list_id().with(row)).map(|row| row.rect);
                if let (Some(id), Some(rect)) = (list.id(project, row), place) {
                    let documents = list.with_selected(project, id);
                    let menu = Documents::ShowMenu(rect.center(), documents);
                    out.push(Action::Documents(menu));
                }
                continue;
            }
            Key::ArrowDown => (row + 1).min(last),
            Key::ArrowUp => row.saturating_sub(1),
            Key::PageDown => (row + PAGE).min(last),
            Key::PageUp => row.saturating_sub(PAGE),
            Key::Home => 0,
            _ => last,
        };
        if list.anchor.is_none() {
            list.anchor = list.id(project, at).cloned();
        }
        list.extend_to(project, row);
    }
    (row != at).then_some(row)
}

/// Gives a row the focus, and keeps it there whatever arrows come in the same frame.
pub(super) fn give_focus(ui: &Ui, row: usize) {
    let id = list_id().with(row);
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| {
        memory.request_focus(id);
        memory.set_focus_lock_filter(id, filter);
    });
}

/// Lets Esc let go of what is selected, and not of the focus.
pub(super) fn hold_esc(ui: &Ui, row: usize) {
    let filter = EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(list_id().with(row), filter));
}
