//! What the user can ask for by name: one table for keys, buttons and the help.

use egui::{Event, Key, Modifiers};

use super::action::{Action, Step};
use super::dialog::Dialog;
use super::find::Find;
use super::workspace::Workspace;
use crate::lang::{Bilingual, Message, both};
use crate::model::State;
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

/// All commands, in the order of the help.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "span.next",
        title: both("الموضع التالي", "Next span"),
        keys: &["Tab"],
        scope: Scope::Article,
        action: |desk| desk.document().map(|_| Action::StepSpan(Step::Next)),
    },
    Command {
        id: "span.previous",
        title: both("الموضع السابق", "Previous span"),
        keys: &["Shift+Tab"],
        scope: Scope::Article,
        action: |desk| desk.document().map(|_| Action::StepSpan(Step::Previous)),
    },
    Command {
        id: "span.value",
        title: both("اكتب قيمة الموضع", "Write the span’s value"),
        keys: &["Enter"],
        scope: Scope::Article,
        action: |desk| desk.chosen().map(|_| Action::FocusValue),
    },
    Command {
        id: "span.doubtful",
        title: both("علّم الموضع بالشك", "Mark the span as doubtful"),
        keys: &["?", "Shift+?"],
        scope: Scope::Article,
        action: |desk| {
            let span = desk.chosen()?;
            Some(Action::SetDoubtful(span.id.clone(), !span.doubtful))
        },
    },
    Command {
        id: "span.resize",
        title: both("اجعل الموضع على التحديد", "Make the span cover the selection"),
        keys: &["R"],
        scope: Scope::Article,
        action: |desk| {
            let selection = desk.workspace.article.selection();
            let span = desk.chosen()?;
            (!selection.is_empty() && selection != span.range)
                .then(|| Action::Resize(span.id.clone(), selection))
        },
    },
    Command {
        id: "span.remove",
        title: both("احذف الموضع", "Remove the span"),
        keys: &["Delete", "Backspace"],
        scope: Scope::Article,
        action: |desk| desk.chosen().map(|span| Action::Remove(span.id.clone())),
    },
    Command {
        id: "edit.undo",
        title: both("تراجع", "Undo"),
        keys: &["Ctrl+Z"],
        scope: Scope::OutsideFields,
        action: |desk| desk.project?.can_undo().then_some(Action::Undo),
    },
    Command {
        id: "edit.redo",
        title: both("أعد", "Redo"),
        keys: &["Ctrl+Shift+Z", "Ctrl+Y"],
        scope: Scope::OutsideFields,
        action: |desk| desk.project?.can_redo().then_some(Action::Redo),
    },
    Command {
        id: "document.finish",
        title: both("أنهِ وافتح التالي", "Finish and open the next"),
        keys: &["Ctrl+Enter"],
        scope: Scope::Anywhere,
        action: |desk| desk.document().map(|_| Action::FinishAndNext),
    },
    Command {
        id: "document.next",
        title: both("المقال التالي", "Next document"),
        keys: &["Alt+PageDown"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::StepDocument(Step::Next)),
    },
    Command {
        id: "document.previous",
        title: both("المقال السابق", "Previous document"),
        keys: &["Alt+PageUp"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::StepDocument(Step::Previous)),
    },
    Command {
        id: "document.details",
        title: both("بيانات المقال…", "Document details…"),
        keys: &["F2"],
        scope: Scope::Anywhere,
        action: |desk| {
            let project = desk.project?;
            let set = project.set()?;
            Some(Action::Show(Some(Dialog::details(project.meta()?, &set.note))))
        },
    },
    Command {
        id: "document.gold",
        title: both("أعلن المجموعة ذهبية", "Declare the set gold"),
        keys: &["Ctrl+G"],
        scope: Scope::Anywhere,
        action: |desk| {
            let finished = desk.project?.set()?.state == State::Finished;
            Some(if finished {
                Action::DeclareGold
            } else {
                Action::Say(Message::from(both(
                    "لا تُعلَن ذهبيةً إلا مجموعة منتهية: أنهِ المقال أولًا",
                    "Only a finished document can be declared gold: finish it first",
                )))
            })
        },
    },
    Command {
        id: "project.open",
        title: both("افتح مشروعًا…", "Open a project…"),
        keys: &["Ctrl+O"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Show(Some(Dialog::open()))),
    },
    Command {
        id: "project.new",
        title: both("مشروع جديد…", "New project…"),
        keys: &["Ctrl+N"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Show(Some(Dialog::new_project()))),
    },
    Command {
        id: "project.import",
        title: both("استورد مقالات…", "Import documents…"),
        keys: &["Ctrl+I"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::Show(Some(Dialog::import()))),
    },
    Command {
        id: "project.export",
        title: both("صدّر…", "Export…"),
        keys: &["Ctrl+E"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::Show(Some(Dialog::export()))),
    },
    Command {
        id: "project.annotator",
        title: both("الموسّم…", "Annotator…"),
        keys: &["Ctrl+Shift+A"],
        scope: Scope::Anywhere,
        action: |desk| {
            let name = desk.project?.annotator().as_str();
            Some(Action::Show(Some(Dialog::annotator(name))))
        },
    },
    Command {
        id: "find.article",
        title: both("ابحث في المقال", "Find in the document"),
        keys: &["Ctrl+F"],
        scope: Scope::Anywhere,
        action: |desk| desk.document().map(|_| Action::Find(Find::Open)),
    },
    Command {
        id: "find.next",
        title: both("النتيجة التالية", "Next hit"),
        keys: &["G"],
        scope: Scope::Article,
        action: |desk| desk.document().map(|_| Action::Find(Find::Step(Step::Next))),
    },
    Command {
        id: "find.previous",
        title: both("النتيجة السابقة", "Previous hit"),
        keys: &["Shift+G"],
        scope: Scope::Article,
        action: |desk| desk.document().map(|_| Action::Find(Find::Step(Step::Previous))),
    },
    Command {
        id: "find.all",
        title: both("ابحث في كل المقالات", "Search all documents"),
        keys: &["Ctrl+Shift+F"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::Find(Find::All)),
    },
    Command {
        id: "view.larger",
        title: both("كبّر النص", "Larger text"),
        keys: &["Ctrl+Plus", "Ctrl+="],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Zoom(2.0)),
    },
    Command {
        id: "view.smaller",
        title: both("صغّر النص", "Smaller text"),
        keys: &["Ctrl+Minus"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Zoom(-2.0)),
    },
    Command {
        id: "view.reset",
        title: both("حجم النص الأول", "First text size"),
        keys: &["Ctrl+0"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Zoom(0.0)),
    },
    Command {
        id: "view.theme",
        title: both("فاتح أو داكن", "Light or dark"),
        keys: &["Ctrl+D"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::ToggleTheme),
    },
    Command {
        id: "view.language",
        title: both("العربية أو الإنجليزية", "Arabic or English"),
        keys: &["Ctrl+L"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::ToggleLang),
    },
    Command {
        id: "view.article",
        title: both("إلى المقال", "To the article"),
        keys: &["F6"],
        scope: Scope::Anywhere,
        action: |desk| {
            let away = !desk.workspace.article_has_focus;
            Some(if away { Action::FocusArticle } else { Action::LeaveArticle })
        },
    },
    Command {
        id: "view.leave",
        title: both("ألغِ الاختيار", "Let go"),
        keys: &["Esc"],
        scope: Scope::OutsideFields,
        action: |_| Some(Action::Leave),
    },
    Command {
        id: "help.keys",
        title: both("المفاتيح", "Keys"),
        keys: &["F1"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Show(Some(Dialog::Keys))),
    },
];

/// The command of that id.
pub(super) fn command(id: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.id == id)
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
        for command in COMMANDS {
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
        let ids: BTreeSet<_> = COMMANDS.iter().map(|command| command.id).collect();
        assert_eq!(ids.len(), COMMANDS.len());
    }

    #[test]
    fn every_key_can_be_read_and_none_is_given_twice() {
        let mut seen = BTreeSet::new();
        for command in COMMANDS {
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
