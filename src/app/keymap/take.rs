//! Takes the keys of commands out of a frame's input.

use egui::Event;

use super::{Found, KeyMap, Stroke};
use crate::app::action::Action;
use crate::app::command::{CHOOSE_FIRST, Command, Desk, Scope, lacks};
use crate::app::review::Ask;

/// Where the focus is, as far as keys are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Focus {
    /// In the article, or nowhere.
    Article,
    /// In a field.
    Field,
    /// In the table of records.
    Records,
    /// On a button or a row.
    Elsewhere,
}

/// Takes the keys of commands out of this frame's input; what they ask for.
///
/// `pending` holds the keys that began a sequence.
pub(in crate::app) fn take_keys(
    ctx: &egui::Context,
    (map, pending): (&KeyMap, &mut Vec<Stroke>),
    desk: &Desk<'_>,
    focus: Focus,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let mut take = |event: &Event| match event {
        Event::Key { key, physical_key, pressed: true, modifiers, .. } => {
            let strokes = Stroke::of_key(*key, *physical_key, *modifiers);
            press(&strokes, (map, &mut *pending), desk, focus, &mut actions)
        }
        // Whoever takes the mouse has left the keys that were begun.
        Event::PointerButton { pressed: true, .. } | Event::WindowFocused(false) => {
            pending.clear();
            false
        }
        _ => false,
    };
    ctx.input_mut(|input| input.events.retain(|event| !take(event)));
    actions
}

/// A key that went down, by what it may mean. Whether it was taken.
fn press(
    strokes: &[Stroke],
    (map, pending): (&KeyMap, &mut Vec<Stroke>),
    desk: &Desk<'_>,
    focus: Focus,
    out: &mut Vec<Action>,
) -> bool {
    if !pending.is_empty() {
        if strokes.iter().any(|stroke| stroke.is_escape()) {
            pending.clear();
            return true;
        }
        if strokes.is_empty() {
            return false;
        }
        let begun = std::mem::take(pending);
        let follows = strokes.iter().any(|stroke| {
            let keys: Vec<_> = begun.iter().chain([stroke]).copied().collect();
            follow(keys, (map, &mut *pending), desk, focus, out)
        });
        if follows {
            return true;
        }
    }
    if focus == Focus::Article
        && desk.workspace.dialog.is_none()
        && let Some(action) = strokes.iter().find_map(|stroke| label(desk, *stroke))
    {
        out.push(action);
        return true;
    }
    strokes.iter().any(|stroke| follow(vec![*stroke], (map, &mut *pending), desk, focus, out))
}

/// Some keys. Whether they mean something, or begin what does.
fn follow(
    keys: Vec<Stroke>,
    (map, pending): (&KeyMap, &mut Vec<Stroke>),
    desk: &Desk<'_>,
    focus: Focus,
    out: &mut Vec<Action>,
) -> bool {
    let is_for_fields = keys.first().is_some_and(|first| first.is_for_fields());
    let counts = |scope| {
        let is_here = match scope {
            Scope::Anywhere => true,
            Scope::OutsideFields => focus != Focus::Field,
            Scope::Article => focus == Focus::Article,
            Scope::Records => focus == Focus::Records,
            Scope::Review => focus == Focus::Article && desk.in_hand().is_some(),
        };
        let is_theirs = focus == Focus::Article || scope == Scope::Records;
        is_here && (is_theirs || !is_for_fields)
    };
    match map.trie.find(&keys, &counts) {
        Found::Nothing => false,
        Found::Pending => {
            // While a dialog is open, only what closes or replaces it.
            let is_free = desk.workspace.dialog.is_none();
            if is_free {
                *pending = keys;
            }
            is_free
        }
        Found::Matched(command) => {
            let is_allowed = desk.workspace.dialog.is_none() || is_for_dialogs(command);
            if is_allowed {
                let asked = (command.action)(desk);
                out.extend(
                    asked.or_else(|| lacks(command, desk).map(|text| Action::Say(text.into()))),
                );
            }
            is_allowed
        }
    }
}

/// Whether it closes or replaces the dialog that is open.
fn is_for_dialogs(command: &Command) -> bool {
    matches!(command.id, "view.leave" | "help.keys" | "help.palette")
}

/// A digit is the label that the schema gives it. With Shift it gives the chosen span's letters
/// a second label.
fn label(desk: &Desk<'_>, stroke: Stroke) -> Option<Action> {
    let project = desk.project?;
    let (digit, shift) = stroke.digit()?;
    let label = project.schema().label_of_key(digit)?;
    project.document()?;
    if !shift && desk.in_hand().is_some() && desk.workspace.article.selection().is_empty() {
        return Some(Action::Review(Ask::Label(label.id.clone())));
    }
    if shift {
        let duplicate = |_| Action::Duplicate(label.id.clone());
        return Some(desk.chosen().map_or_else(|| Action::Say(CHOOSE_FIRST.into()), duplicate));
    }
    Some(Action::UseLabel(label.id.clone()))
}

#[cfg(test)]
mod tests {
    use egui::{Key, Modifiers};

    use super::super::{Binding, Sequence};
    use super::*;
    use crate::app::command::command;
    use crate::app::workspace::Workspace;

    /// A key as egui-winit tells it: what the layout prints, by its name; where that has no
    /// name, the key's place. `printed` is what the window system says.
    fn event(printed: &str, place: Key, modifiers: Modifiers) -> Event {
        Event::Key {
            key: Key::from_name(printed).unwrap_or(place),
            physical_key: Some(place),
            pressed: true,
            repeat: false,
            modifiers,
        }
    }

    /// The ids of the commands that keys ask for, and what is pending in the end.
    fn pressed(map: &KeyMap, focus: Focus, events: &[Event]) -> (Vec<&'static str>, usize) {
        let (mut pending, mut ids) = (Vec::new(), Vec::new());
        let counts = |_| true;
        let workspace = Workspace::default();
        let desk = Desk { project: None, workspace: &workspace };
        for event in events {
            let Event::Key { key, physical_key, modifiers, .. } = event else { continue };
            let strokes = Stroke::of_key(*key, *physical_key, *modifiers);
            let before = pending.clone();
            press(&strokes, (map, &mut pending), &desk, focus, &mut Vec::new());
            let found = strokes.iter().find_map(|stroke| {
                let keys: Vec<_> = before.iter().chain([stroke]).copied().collect();
                match map.trie.find(&keys, &counts) {
                    Found::Matched(command) => Some(command.id),
                    Found::Pending | Found::Nothing => None,
                }
            });
            ids.extend(found);
        }
        (ids, pending.len())
    }

    const NONE: Modifiers = Modifiers::NONE;
    const SHIFT: Modifiers = Modifiers::SHIFT;
    const CTRL: Modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
    const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };

    /// What must be found for keys of a layout: what it prints, where, with what.
    fn check_layout(keys: &[(&str, Key, Modifiers, &str)]) {
        for (printed, place, modifiers, expected) in keys {
            let Event::Key { key, physical_key, modifiers, .. } =
                event(printed, *place, *modifiers)
            else {
                continue;
            };
            let strokes = Stroke::of_key(key, physical_key, modifiers);
            let names: Vec<_> = strokes.iter().map(ToString::to_string).collect();
            let first = names.first().map(String::as_str);
            assert_eq!(first, Some(*expected), "`{printed}` at {place:?}: {names:?}");
        }
    }

    #[test]
    fn a_us_layout_says_what_is_printed() {
        check_layout(&[
            ("z", Key::Z, CTRL, "Ctrl+Z"),
            ("Z", Key::Z, CTRL_SHIFT, "Ctrl+Shift+Z"),
            ("1", Key::Num1, NONE, "1"),
            ("!", Key::Num1, SHIFT, "Shift+1"),
            ("?", Key::Slash, SHIFT, "?"),
            ("/", Key::Slash, NONE, "/"),
            ("[", Key::OpenBracket, NONE, "["),
            ("=", Key::Equals, CTRL, "Ctrl+="),
            ("+", Key::Equals, CTRL_SHIFT, "Ctrl+Plus"),
            ("-", Key::Minus, CTRL, "Ctrl+Minus"),
            ("", Key::Home, NONE, "Home"),
        ]);
    }

    #[test]
    fn a_french_layout_has_its_own_letters_and_digits_by_position() {
        check_layout(&[
            ("z", Key::W, CTRL, "Ctrl+Z"),
            ("a", Key::Q, CTRL_SHIFT, "Ctrl+Shift+A"),
            ("&", Key::Num1, NONE, "1"),
            ("-", Key::Num6, NONE, "6"),
            ("è", Key::Num7, NONE, "7"),
            ("à", Key::Num0, CTRL, "Ctrl+0"),
            ("?", Key::M, SHIFT, "?"),
            ("[", Key::Num5, NONE, "["),
            ("[", Key::Num5, Modifiers { alt: true, ..CTRL }, "["),
            // A dead key has no name; it stands where others have `[`.
            ("", Key::OpenBracket, NONE, "["),
            ("", Key::OpenBracket, SHIFT, "Shift+["),
            ("$", Key::CloseBracket, NONE, "]"),
            (".", Key::Comma, SHIFT, "."),
            ("m", Key::Semicolon, NONE, "M"),
            (",", Key::M, NONE, ","),
            ("+", Key::Equals, CTRL_SHIFT, "Ctrl+Plus"),
        ]);
    }

    #[test]
    fn an_arabic_layout_has_letters_and_digits_by_position() {
        check_layout(&[
            ("ئ", Key::Z, CTRL, "Ctrl+Z"),
            ("~", Key::Z, CTRL_SHIFT, "Ctrl+Shift+Z"),
            ("ق", Key::R, NONE, "R"),
            ("١", Key::Num1, NONE, "1"),
            ("1", Key::Num1, NONE, "1"),
            ("؟", Key::Slash, SHIFT, "?"),
            ("ج", Key::OpenBracket, NONE, "["),
            ("د", Key::CloseBracket, NONE, "]"),
            ("<", Key::OpenBracket, SHIFT, "Shift+["),
            // Brackets are printed at `F` and `D` with Shift.
            ("[", Key::F, SHIFT, "Shift+F"),
            ("]", Key::D, SHIFT, "Shift+D"),
            ("/", Key::L, SHIFT, "Shift+L"),
        ]);
    }

    #[test]
    fn shift_with_a_bracket_is_found_by_its_place() {
        let strokes = Stroke::of_key(Key::OpenCurlyBracket, Some(Key::OpenBracket), SHIFT);
        assert!(strokes.contains(&Stroke::parse("Shift+[").unwrap()));
        assert_eq!(strokes.first(), Stroke::parse("{").as_ref());
    }

    #[test]
    fn the_number_pad_without_its_lock_moves_and_marks_nothing() {
        let strokes = Stroke::of_key(Key::Home, Some(Key::Num7), NONE);
        assert_eq!(strokes, [Stroke::parse("Home").unwrap()]);
    }

    fn two_keys() -> KeyMap {
        let binding = |keys, id| Binding {
            keys: Sequence::parse(keys).unwrap(),
            command: command(id).unwrap(),
        };
        KeyMap::of(vec![binding("G D", "view.theme"), binding("G G", "span.next")])
    }

    #[test]
    fn keys_one_after_another_wait_for_each_other() {
        let map = two_keys();
        let key = |key| event("", key, NONE);
        let check = |focus, keys: &[Key], ids: &[&str], pending| {
            let events: Vec<_> = keys.iter().map(|name| key(*name)).collect();
            assert_eq!(pressed(&map, focus, &events), (ids.to_vec(), pending), "{keys:?}");
        };
        check(Focus::Article, &[Key::G], &[], 1);
        check(Focus::Article, &[Key::G, Key::D], &["view.theme"], 0);
        check(Focus::Article, &[Key::G, Key::G], &["span.next"], 0);
        // Something else begins anew; Esc ends it.
        check(Focus::Article, &[Key::G, Key::Escape, Key::D], &[], 0);
        check(Focus::Article, &[Key::G, Key::X, Key::D], &[], 0);
        check(Focus::Article, &[Key::G, Key::ShiftLeft], &[], 1);
        // In a field they are letters.
        check(Focus::Field, &[Key::G], &[], 0);
    }
}
