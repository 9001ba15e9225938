//! A key with its modifiers, and several of them one after another.
//!
//! What a window system says of a key is what its layout prints (`key`) and where it stands
//! (`physical`). A letter means the layout's own Latin letter (`Z` of AZERTY stands where
//! others have `W`), or the letter of its place where the layout has none (Arabic): so `key`
//! has it already. A digit means its place, since French keyboards print digits with Shift
//! only. Brackets mean what is printed, or else their place.

use std::fmt;

use egui::{Key, Modifiers};

/// A key with its modifiers, as `Ctrl+Shift+Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::app) struct Stroke {
    key: Key,
    ctrl: bool,
    alt: bool,
    /// Never set for what is printed with Shift on most layouts, such as `?`.
    shift: bool,
}

impl Stroke {
    fn new(key: Key, modifiers: Modifiers) -> Self {
        Self {
            key,
            ctrl: modifiers.command,
            alt: modifiers.alt,
            shift: modifiers.shift && !is_printed_with_shift(key),
        }
    }

    /// Reads `Ctrl+Shift+Z`; none for what is no key.
    pub(in crate::app) fn parse(name: &str) -> Option<Self> {
        let mut modifiers = Modifiers::NONE;
        let mut rest = name.trim();
        // A `+` at the end is the key itself.
        while let Some((part, after)) =
            rest.split_once('+').filter(|(part, after)| !part.is_empty() && !after.is_empty())
        {
            match part.trim().to_ascii_lowercase().as_str() {
                "ctrl" | "control" | "cmd" | "command" => modifiers.command = true,
                "alt" | "option" => modifiers.alt = true,
                "shift" => modifiers.shift = true,
                _ => return None,
            }
            rest = after.trim();
        }
        let named = NAMES.iter().find(|(_, name)| name.eq_ignore_ascii_case(rest));
        let key =
            named.map(|(key, _)| *key).or_else(|| Key::from_name(rest)).or_else(|| {
                let mut letters = rest.chars();
                let first = letters.next()?.to_ascii_uppercase();
                Key::from_name(&format!("{first}{}", letters.as_str().to_ascii_lowercase()))
            })?;
        (!is_modifier(key)).then_some(Self::new(key, modifiers))
    }

    /// What a key that went down may mean, the likeliest first.
    pub(in crate::app) fn of_key(
        key: Key,
        physical: Option<Key>,
        modifiers: Modifiers,
    ) -> Vec<Self> {
        if is_modifier(key) {
            return Vec::new();
        }
        // A key of the number pad without its lock is what it does, not where it stands.
        if is_letter(key) || !is_printed(key) {
            return vec![Self::new(key, modifiers)];
        }
        let physical = physical.unwrap_or(key);
        let mut found = Vec::new();
        let mut add = |key, modifiers| {
            let stroke = Self::new(key, modifiers);
            if !found.contains(&stroke) {
                found.push(stroke);
            }
        };
        let without_shift = Modifiers { shift: false, ..modifiers };
        // Brackets are printed at letters with Shift by Arabic layouts alone, where a letter
        // means its place.
        let is_of_arabic = is_bracket(key) || matches!(key, Key::Slash | Key::Quote);
        if modifiers.shift && is_letter(physical) && is_of_arabic {
            add(physical, modifiers);
            return found;
        }
        // Brackets are printed at digits with `AltGr`, which some systems call Ctrl and Alt.
        if is_bracket(key) && is_digit(physical) {
            let plain = Modifiers { command: false, alt: false, ..without_shift };
            add(key, if modifiers.command && modifiers.alt { plain } else { modifiers });
            return found;
        }
        if is_digit(physical) {
            add(physical, modifiers);
        }
        if key == Key::Slash && physical == Key::Slash && modifiers.shift {
            // `؟`, which has no name among the keys.
            add(Key::Questionmark, without_shift);
        }
        if !is_digit(key) {
            // Where it is printed at another key's place, Shift may be what prints it.
            if physical != key {
                add(key, without_shift);
            }
            add(key, modifiers);
        }
        let is_place = matches!(physical, Key::OpenBracket | Key::CloseBracket);
        if is_printed(physical) && !is_letter(physical) && (is_place || modifiers.shift) {
            add(physical, modifiers);
        }
        found
    }

    /// Whether a field would write something for it, or a button would be pressed by it.
    pub(super) fn is_for_fields(self) -> bool {
        let is_used = matches!(
            self.key,
            Key::Enter
                | Key::Tab
                | Key::Backspace
                | Key::Delete
                | Key::ArrowLeft
                | Key::ArrowRight
                | Key::ArrowUp
                | Key::ArrowDown
                | Key::Home
                | Key::End
        );
        !self.ctrl && !self.alt && (is_printed(self.key) || is_used)
    }

    /// Whether it is Esc, which ends whatever was begun.
    pub(super) fn is_escape(self) -> bool {
        self.key == Key::Escape
    }

    /// Whether it moves the caret or selects in the article, and in any field.
    pub(super) fn moves(self) -> bool {
        match self.key {
            Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown => true,
            Key::Home | Key::End => true,
            Key::PageUp | Key::PageDown => !self.ctrl && !self.alt,
            Key::A => self.ctrl && !self.alt && !self.shift,
            _ => false,
        }
    }

    /// The digit that it is, and whether with Shift; none with other modifiers.
    pub(super) fn digit(self) -> Option<(u8, bool)> {
        let at = DIGITS.iter().position(|digit| *digit == self.key)?;
        let is_free = !self.ctrl && !self.alt;
        Some((u8::try_from(at).ok().filter(|_| is_free)?, self.shift))
    }
}

impl fmt::Display for Stroke {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (is_held, name) in [(self.ctrl, "Ctrl"), (self.alt, "Alt"), (self.shift, "Shift")] {
            if is_held {
                write!(f, "{name}+")?;
            }
        }
        let name = NAMES.iter().find(|(key, _)| *key == self.key);
        f.write_str(name.map_or(self.key.name(), |(_, name)| name))
    }
}

/// Strokes one after another, as `G D`; at least one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::app) struct Sequence(pub(super) Vec<Stroke>);

impl Sequence {
    /// Some strokes one after another; none if there are none.
    pub(in crate::app) fn of(strokes: &[Stroke]) -> Option<Self> {
        (!strokes.is_empty()).then(|| Self(strokes.to_vec()))
    }

    /// Whether one of two begins the other, so that both cannot be had.
    pub(in crate::app) fn clashes(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }

    /// Reads strokes with spaces between them; none if one of them is no key.
    pub(in crate::app) fn parse(text: &str) -> Option<Self> {
        let strokes: Option<Vec<_>> = text.split_whitespace().map(Stroke::parse).collect();
        strokes.filter(|strokes| !strokes.is_empty()).map(Self)
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, stroke) in self.0.iter().enumerate() {
            write!(f, "{}{stroke}", if at > 0 { " " } else { "" })?;
        }
        Ok(())
    }
}

/// How keys are called where egui's own name is not what is on the key.
const NAMES: &[(Key, &str)] = &[
    (Key::Escape, "Esc"),
    (Key::Questionmark, "?"),
    (Key::Exclamationmark, "!"),
    (Key::OpenBracket, "["),
    (Key::CloseBracket, "]"),
    (Key::OpenCurlyBracket, "{"),
    (Key::CloseCurlyBracket, "}"),
    (Key::Equals, "="),
    (Key::Comma, ","),
    (Key::Period, "."),
    (Key::Colon, ":"),
    (Key::Semicolon, ";"),
    (Key::Slash, "/"),
    (Key::Backslash, "\\"),
    (Key::Pipe, "|"),
    (Key::Backtick, "`"),
    (Key::Quote, "'"),
];

const DIGITS: [Key; 10] = [
    Key::Num0,
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

fn is_digit(key: Key) -> bool {
    DIGITS.contains(&key)
}

fn is_letter(key: Key) -> bool {
    let name = key.name();
    name.len() == 1 && name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// What is printed with `AltGr`, or at letters, by layouts that have it nowhere else.
fn is_bracket(key: Key) -> bool {
    matches!(
        key,
        Key::OpenBracket
            | Key::CloseBracket
            | Key::OpenCurlyBracket
            | Key::CloseCurlyBracket
            | Key::Pipe
            | Key::Backslash
    )
}

fn is_printed_with_shift(key: Key) -> bool {
    matches!(
        key,
        Key::Questionmark
            | Key::Exclamationmark
            | Key::Colon
            | Key::Plus
            | Key::Pipe
            | Key::OpenCurlyBracket
            | Key::CloseCurlyBracket
    )
}

/// Letters, digits, punctuation, the space bar.
fn is_printed(key: Key) -> bool {
    is_letter(key)
        || is_digit(key)
        || is_printed_with_shift(key)
        || matches!(key, Key::Minus | Key::Space)
        || NAMES.iter().any(|(named, _)| *named == key && key != Key::Escape)
}

/// Keys that are held while others are pressed.
fn is_modifier(key: Key) -> bool {
    matches!(
        key,
        Key::ShiftLeft
            | Key::ShiftRight
            | Key::ControlLeft
            | Key::ControlRight
            | Key::AltLeft
            | Key::AltRight
            | Key::SuperLeft
            | Key::SuperRight
            | Key::CapsLock
            | Key::NumLock
            | Key::Fn
    )
}
