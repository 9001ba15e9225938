//! The input of one frame: what comes together is handed on in portions that are answered one
//! after the other.
//!
//! What a key means may follow from what the one before it did, so each is a portion of its
//! own; but letters that are written into a field mean the same whichever come with them.

use egui::{Event, Key, TouchPhase, Vec2};

/// Takes from `events` what one frame is to answer: all up to the second hand, which is a key
/// going down, or a button going down or up (a drag within one frame would be none).
///
/// While a field has the focus (`writes`), keys that only write in it count as one hand.
pub(super) fn first_hand(events: &mut Vec<Event>, writes: bool) -> Vec<Event> {
    // Whether the hand before wrote; none before the first one.
    let mut before: Option<bool> = None;
    let mut end = events.len();
    for (at, event) in events.iter().enumerate().filter(|(_, event)| is_hand(event)) {
        let written = writes && is_writing(event);
        if before.is_some_and(|before| !(before && written)) {
            end = at;
            break;
        }
        before = Some(written);
    }
    let rest = events.split_off(end);
    std::mem::replace(events, rest)
}

/// Events by which the wheel moves what it moves at once, without gliding there.
pub(super) fn without_gliding(events: Vec<Event>) -> Vec<Event> {
    let mut taken = Vec::with_capacity(events.len());
    for event in events {
        // egui lets a wheel glide, but never a finger that has touched.
        if let Event::MouseWheel { unit, phase: TouchPhase::Move, source, modifiers, .. } =
            event
        {
            let (delta, phase) = (Vec2::ZERO, TouchPhase::Start);
            taken.push(Event::MouseWheel { unit, delta, phase, source, modifiers });
        }
        taken.push(event);
    }
    taken
}

/// Whether it is Esc going down, by itself.
pub(super) fn is_escape(event: &Event) -> bool {
    matches!(event, Event::Key { key: Key::Escape, pressed: true, modifiers, .. } if modifiers.is_none())
}

fn is_hand(event: &Event) -> bool {
    matches!(event, Event::Key { pressed: true, .. } | Event::PointerButton { .. })
}

/// Whether a key does no more than to write in the field that has the focus, or to move its
/// caret along the line. Up and down may leave the field, and so may Enter, Tab and Esc.
fn is_writing(event: &Event) -> bool {
    let Event::Key { key, modifiers, .. } = event else { return false };
    if modifiers.ctrl || modifiers.alt || modifiers.mac_cmd || modifiers.command {
        return false;
    }
    match key {
        Key::Backspace | Key::Delete | Key::Space | Key::Quote => true,
        Key::ShiftLeft | Key::ShiftRight => true,
        Key::ArrowLeft | Key::ArrowRight | Key::Home | Key::End => true,
        Key::ArrowUp | Key::ArrowDown => false,
        // A letter, a digit or a sign is its own name.
        _ => key.symbol_or_name().chars().count() == 1,
    }
}

#[cfg(test)]
mod tests {
    use egui::Modifiers;

    use super::*;

    fn key(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    #[test]
    fn with_less_motion_the_wheel_moves_at_once() {
        let wheel = || Event::MouseWheel {
            unit: egui::MouseWheelUnit::Line,
            delta: egui::vec2(0.0, -3.0),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        };
        let moved = |events: Vec<Event>| {
            let ctx = egui::Context::default();
            let mut frames = Vec::new();
            for events in [events, Vec::new(), Vec::new()] {
                let input = egui::RawInput { events, ..egui::RawInput::default() };
                let output = ctx.run_ui(input, |ui| {
                    frames.push(ui.input(|input| input.smooth_scroll_delta().y));
                });
                output.drop_without_applying_deltas();
            }
            frames
        };
        let glides = moved(vec![wheel()]);
        assert!(glides[0] < 0.0 && glides[1] < 0.0, "{glides:?}");
        let jumps = moved(without_gliding(vec![wheel()]));
        assert!(jumps[0] < glides[0] && jumps[1] == 0.0, "{jumps:?}");
    }

    fn up(event: &Event) -> Event {
        let mut event = event.clone();
        if let Event::Key { pressed, .. } = &mut event {
            *pressed = false;
        }
        event
    }

    #[test]
    fn presses_are_handed_on_one_by_one_and_in_order() {
        let text = Event::Text("ب".to_owned());
        let (a, b) = (key(Key::A, Modifiers::NONE), key(Key::B, Modifiers::NONE));
        let mut events = vec![a.clone(), text.clone(), up(&a), b.clone()];
        assert_eq!(first_hand(&mut events, false), [a.clone(), text, up(&a)]);
        assert_eq!(first_hand(&mut events, false), [b]);
        assert_eq!(first_hand(&mut events, false), []);
    }

    /// Into how many portions keys are cut while a field has the focus.
    #[track_caller]
    fn check(keys: &[(Key, Modifiers)], portions: &[usize]) {
        let all: Vec<_> = keys.iter().map(|(name, modifiers)| key(*name, *modifiers)).collect();
        let (mut rest, mut found, mut order) = (all.clone(), Vec::new(), Vec::new());
        while !rest.is_empty() {
            let portion = first_hand(&mut rest, true);
            found.push(portion.len());
            order.extend(portion);
        }
        assert_eq!(found, portions, "{keys:?}");
        assert_eq!(order, all);
    }

    #[test]
    fn what_is_written_into_a_field_comes_together_and_commands_by_themselves() {
        const NO: Modifiers = Modifiers::NONE;
        let plain = |keys: &[Key]| keys.iter().map(|key| (*key, NO)).collect::<Vec<_>>();
        check(&plain(&[Key::A, Key::Space, Key::Num1, Key::Questionmark, Key::Slash]), &[5]);
        check(&plain(&[Key::A, Key::Backspace, Key::ArrowLeft, Key::Home, Key::B]), &[5]);
        check(&[(Key::A, Modifiers::SHIFT), (Key::ArrowLeft, Modifiers::SHIFT)], &[2]);
        for leaves in [Key::Enter, Key::Tab, Key::Escape, Key::F1, Key::ArrowUp, Key::PageDown]
        {
            check(&plain(&[Key::A, Key::B, leaves, Key::C, Key::D]), &[2, 1, 2]);
        }
        let z = (Key::Z, Modifiers::COMMAND);
        check(&[(Key::A, NO), z, z, (Key::B, NO)], &[1, 1, 1, 1]);
        check(&[(Key::A, NO), (Key::A, Modifiers::ALT), (Key::A, Modifiers::CTRL)], &[1, 1, 1]);
    }

    #[test]
    fn a_press_of_a_button_is_answered_by_itself_also_while_a_field_has_the_focus() {
        let press = Event::PointerButton {
            pos: egui::Pos2::ZERO,
            button: egui::PointerButton::Primary,
            pressed: true,
            modifiers: Modifiers::NONE,
        };
        let a = key(Key::A, Modifiers::NONE);
        let mut events = vec![a.clone(), press.clone(), a.clone(), a.clone()];
        assert_eq!(first_hand(&mut events, true), std::slice::from_ref(&a));
        assert_eq!(first_hand(&mut events, true), [press]);
        assert_eq!(first_hand(&mut events, true), [a.clone(), a]);
    }
}
