//! What the user can ask for by name: one table for keys, palette, menus, tooltips and help.
//!
//! A command is a row in the file of its group; the groups are the menus.

mod document;
mod edit;
mod file;
mod go;
mod help;
mod span;
mod view;

use egui::{Event, Key, Modifiers};

use super::action::Action;
use super::workspace::Workspace;
use crate::lang::{Bilingual, both};
use crate::project::Project;

/// Where a command's keys count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everywhere, also while something is being written.
    Anywhere,
    /// Everywhere but in a field, which has this key for itself.
    OutsideFields,
    /// While the article has the focus.
    Article,
}

/// Something the user can ask for by name.
pub(super) struct Command {
    /// Its stable id.
    pub(super) id: &'static str,
    /// Its name.
    pub(super) title: Bilingual,
    /// Its keys, as `Ctrl+Shift+Z`; the first is shown.
    pub(super) keys: &'static [&'static str],
    /// Where they count.
    pub(super) scope: Scope,
    /// What it does here and now; none if it is not possible.
    pub(super) action: fn(&Desk<'_>) -> Option<Action>,
}

/// What a command may look at.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) project: Option<&'a Project>,
    pub(super) workspace: &'a Workspace,
}

/// Commands that stand together in menus and in the help.
pub(super) struct Group {
    /// What they are about.
    pub(super) title: Bilingual,
    /// Its commands, in the order in which they are shown.
    pub(super) commands: &'static [Command],
}

/// All commands, in the order of the menus.
pub(super) const GROUPS: &[Group] = &[
    Group { title: both("المشروع", "Project"), commands: file::COMMANDS },
    Group { title: both("التحرير", "Edit"), commands: edit::COMMANDS },
    Group { title: both("الموضع", "Span"), commands: span::COMMANDS },
    Group { title: both("المقال", "Document"), commands: document::COMMANDS },
    Group { title: both("الانتقال", "Go"), commands: go::COMMANDS },
    Group { title: both("العرض", "View"), commands: view::COMMANDS },
    Group { title: both("المساعدة", "Help"), commands: help::COMMANDS },
];

/// All commands, in the order of the menus.
pub(super) fn commands() -> impl Iterator<Item = &'static Command> {
    GROUPS.iter().flat_map(|group| group.commands)
}

/// The command of that id.
pub(super) fn command(id: &str) -> Option<&'static Command> {
    commands().find(|command| command.id == id)
}

impl<'a> Desk<'a> {
    fn document(&self) -> Option<&'a crate::model::Document> {
        self.project?.document().map(AsRef::as_ref)
    }

    fn chosen(&self) -> Option<&'a crate::model::Span> {
        self.project?.set()?.span(self.workspace.chosen.as_ref()?)
    }
}

/// Where the focus is, as far as keys are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    /// In the article, or nowhere.
    Article,
    /// In a field.
    Field,
    /// On a button or a row.
    Elsewhere,
}

/// Takes the keys of commands out of this frame's input; what they ask for.
pub(super) fn take_keys(ctx: &egui::Context, desk: &Desk<'_>, focus: Focus) -> Vec<Action> {
    let mut actions = Vec::new();
    let has_dialog = desk.workspace.dialog.is_some();
    let mut take = |event: &Event| {
        let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else {
            return false;
        };
        if focus == Focus::Article
            && !has_dialog
            && is_plain(*modifiers)
            && let Some(action) = label_key(desk, *key, *physical_key)
        {
            actions.push(action);
            return true;
        }
        for command in commands() {
            let counts = match command.scope {
                Scope::Anywhere => true,
                Scope::OutsideFields => focus != Focus::Field,
                Scope::Article => focus == Focus::Article,
            };
            // While a dialog is open, only what closes or replaces it.
            let allowed =
                !has_dialog || command.id == "view.leave" || command.id == "help.keys";
            let pressed = command.keys.iter().any(|name| {
                Chord::parse(name)
                    .is_some_and(|chord| chord.is(*key, *physical_key, *modifiers))
            });
            if counts && allowed && pressed {
                actions.extend((command.action)(desk));
                return true;
            }
        }
        false
    };
    ctx.input_mut(|input| input.events.retain(|event| !take(event)));
    actions
}

fn is_plain(modifiers: Modifiers) -> bool {
    !modifiers.command && !modifiers.alt && !modifiers.ctrl && !modifiers.shift
}

/// Digits label, by position: on a French keyboard they would need Shift otherwise.
fn label_key(desk: &Desk<'_>, key: Key, physical: Option<Key>) -> Option<Action> {
    const DIGITS: [Key; 9] = [
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    let digit = |key| DIGITS.iter().position(|digit| *digit == key);
    let at = physical.and_then(digit).or_else(|| digit(key))?;
    let project = desk.project?;
    let label = project.schema().label_of_key(u8::try_from(at + 1).ok()?)?;
    project.document()?;
    Some(Action::UseLabel(label.id.clone()))
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Chord {
    key: Key,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

impl Chord {
    /// Reads `Ctrl+Shift+Z`; none for what is no key.
    fn parse(name: &str) -> Option<Self> {
        let mut chord = Self { key: Key::F35, ctrl: false, alt: false, shift: false };
        let mut parts = name.split('+').peekable();
        while let Some(part) = parts.next() {
            match part {
                "Ctrl" => chord.ctrl = true,
                "Alt" => chord.alt = true,
                "Shift" => chord.shift = true,
                "Esc" if parts.peek().is_none() => chord.key = Key::Escape,
                _ if parts.peek().is_none() => chord.key = Key::from_name(part)?,
                _ => return None,
            }
        }
        (chord.key != Key::F35).then_some(chord)
    }

    fn is(self, key: Key, physical: Option<Key>, modifiers: Modifiers) -> bool {
        // A question mark is a shifted key on most layouts, and at another place on the
        // Arabic one: its Shift says nothing.
        if self.key == Key::Questionmark {
            let typed =
                key == Key::Questionmark || (physical == Some(Key::Slash) && modifiers.shift);
            return typed && !modifiers.command && !modifiers.alt;
        }
        let shift = modifiers.shift || (self.key == Key::Plus && self.shift);
        self.key == key
            && self.ctrl == modifiers.command
            && self.alt == modifiers.alt
            && (self.shift == shift || self.key == Key::Plus)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique() {
        let ids: BTreeSet<_> = commands().map(|command| command.id).collect();
        assert_eq!(ids.len(), commands().count());
    }

    #[test]
    fn every_key_can_be_read_and_none_is_given_twice() {
        let mut seen = BTreeSet::new();
        for command in commands() {
            for name in command.keys {
                assert!(Chord::parse(name).is_some(), "{name} of {}", command.id);
                assert!(seen.insert(*name), "{name} of {} is taken", command.id);
            }
        }
    }

    #[test]
    fn chords_want_their_modifiers_and_no_others() {
        let undo = Chord::parse("Ctrl+Z").unwrap();
        assert!(undo.is(Key::Z, None, Modifiers::COMMAND));
        assert!(!undo.is(Key::Z, None, Modifiers::COMMAND | Modifiers::SHIFT));
        assert!(!undo.is(Key::Z, None, Modifiers::NONE));
        let doubt = Chord::parse("?").unwrap();
        assert!(doubt.is(Key::Slash, Some(Key::Slash), Modifiers::SHIFT));
        assert_eq!(Chord::parse("Ctrl+Nothing"), None);
        assert_eq!(Chord::parse("Ctrl"), None);
    }
}
