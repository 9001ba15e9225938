//! Changes in the text of `keys.ron`: what was asked for is written, all else stays as it is.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::Path;

use super::file::{NONE, is_of_the_system, merge, of_line, path, template};
use super::{Sequence, defaults, first_keys};
use crate::app::command::Command;
use crate::lang::{Message, both};

/// The text of the file of that folder; where there is none, one with every key as a comment.
pub(in crate::app) fn read(folder: &Path) -> io::Result<String> {
    match std::fs::read_to_string(path(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(template()),
        other => other,
    }
}

/// Writes the file beside and renames, so that a crash leaves the old or the new one.
pub(in crate::app) fn write(folder: &Path, text: &str) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let path = path(folder);
    // A person may keep it elsewhere, with a link to it here.
    let path = path.canonicalize().unwrap_or(path);
    let beside = path.with_extension("ron.new");
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(beside, path)
}

/// Why keys cannot be given to a command in the window, if they cannot.
pub(in crate::app) fn refusal(keys: &Sequence, command: &Command) -> Option<Message> {
    let first = keys.0.first()?;
    let why = if command.id != "edit.copy" && is_of_the_system(keys) {
        both("هو للنسخ والقص واللصق في كل مكان", "copies, cuts or pastes everywhere")
    } else if first.digit().is_some() {
        both(
            "للوسوم: يُعطى الرقم لوسم من المخطط",
            "is for labels: the schema gives digits to them",
        )
    } else if keys.0.iter().any(|stroke| stroke.moves()) {
        both("يحرّك المؤشر أو يحدّد", "moves the caret or selects")
    } else {
        return None;
    };
    Some(Message::new(
        format!("\u{2066}{keys}\u{2069} {}: اختر مفتاحًا آخر", why.ar),
        format!("{keys} {}: choose another key", why.en),
    ))
}

/// The file in which a command has these keys and no others; whatever else had them, has not.
///
/// # Errors
///
/// If a line would have to be changed that is not written as one can take apart, or a key
/// would have to go that the window system answers.
pub(in crate::app) fn give(
    text: &str,
    command: &'static Command,
    wanted: &[Sequence],
) -> Result<String, Message> {
    let own = first_keys(command);
    if let Some(keys) = own.iter().find(|of| is_of_the_system(of) && !wanted.contains(of)) {
        return Err(Message::new(
            format!("\u{2066}{keys}\u{2069} باقٍ لهذا الأمر في كل مكان: أضف إليه مفتاحًا آخر"),
            format!("{keys} stays with this command everywhere: add another key to it"),
        ));
    }
    let mut text = without(text, |keys, id| match id {
        NONE => wanted.contains(keys) || own.contains(keys),
        id => {
            let meets = super::command(id).is_none_or(|other| other.meets(command));
            id == command.id || (meets && wanted.iter().any(|one| one.clashes(keys)))
        }
    })?;
    let (bindings, _) = merge(defaults(), &text, Path::new(""));
    let has = |keys: &Sequence, id: &str| {
        bindings.iter().any(|binding| binding.keys == *keys && binding.command.id == id)
    };
    let mut lines = String::new();
    let mut add = |keys: &Sequence, id: &str| {
        lines.push_str(&format!("    {:?}: {id:?},\n", keys.to_string()));
    };
    for keys in wanted.iter().filter(|keys| !has(keys, command.id)) {
        add(keys, command.id);
    }
    for default in defaults() {
        let (keys, id) = (&default.keys, default.command.id);
        let is_left = if id == command.id {
            !wanted.contains(keys)
        } else {
            default.command.meets(command)
                && wanted.iter().any(|one| one != keys && one.clashes(keys))
        };
        if is_left && has(keys, id) {
            add(keys, NONE);
        }
    }
    if !lines.is_empty() {
        text = with(&text, &lines);
    }
    Ok(text)
}

/// The file in which no key is given and none is freed.
///
/// # Errors
///
/// As [`give`].
pub(in crate::app) fn clear(text: &str) -> Result<String, Message> {
    without(text, |_, _| true)
}

/// The text with some lines after the brace that opens the map.
fn with(text: &str, lines: &str) -> String {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = line.len() - line.trim_start_matches('\u{feff}').trim_start().len();
        if line.get(start..).is_some_and(|line| line.starts_with('{')) {
            let (before, after) = text.split_at(at + start + 1);
            let after = after.trim_start_matches([' ', '\t', '\r']);
            let indented = match after.strip_prefix('\n') {
                Some(after) => after.to_owned(),
                None => format!("    {after}"),
            };
            return format!("{before}\n{lines}{indented}");
        }
        at += line.len();
    }
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{end}{{\n{lines}}}\n")
}

/// The text without some entries. A line that cannot be read stays.
fn without(text: &str, goes: impl Fn(&Sequence, &str) -> bool) -> Result<String, Message> {
    let mut out = String::with_capacity(text.len());
    for (number, line) in (1_u64..).zip(text.split_inclusive('\n')) {
        let (gone, stay): (BTreeMap<_, _>, BTreeMap<_, _>) = of_line(line)
            .unwrap_or_default()
            .into_iter()
            .partition(|(keys, id)| Sequence::parse(keys).is_some_and(|keys| goes(&keys, id)));
        if gone.is_empty() {
            out.push_str(line);
            continue;
        }
        let cut = cut(line, &gone, stay.is_empty());
        if of_line(&cut) != Ok(stay) {
            return Err(Message::new(
                format!(
                    "السطر {number} من \u{2066}keys.ron\u{2069} يتعذر تغييره هنا: غيّره في الملف"
                ),
                format!(
                    "line {number} of keys.ron cannot be changed here: change it in the file"
                ),
            ));
        }
        out.push_str(&cut);
    }
    Ok(out)
}

/// A line without some of its entries. One that a remark follows becomes a remark itself.
fn cut(line: &str, gone: &BTreeMap<String, String>, is_all: bool) -> String {
    let mut rest = line.to_owned();
    let mut first = line.len();
    for (range, keys) in entries(line).into_iter().rev() {
        if gone.contains_key(&keys) {
            first = range.start;
            rest.replace_range(range, "");
        }
    }
    if is_all && rest.trim().is_empty() {
        return String::new();
    }
    if is_all && rest.trim_start().starts_with("//") {
        let (before, entry) = line.split_at(first);
        return format!("{before}// {entry}");
    }
    rest
}

/// Where the entries of a line stand, each with the comma after it, and their keys.
fn entries(line: &str) -> Vec<(Range<usize>, String)> {
    let words = words(line);
    let pairs = words.chunks_exact(2).filter_map(|pair| {
        let [keys, id] = pair else { return None };
        let name = ron::from_str::<String>(line.get(keys.clone())?).ok()?;
        let after = line.get(id.end..)?;
        let space = after.len() - after.trim_start_matches([' ', '\t']).len();
        let comma = after.get(space..)?.starts_with(',');
        let end = if comma { id.end + space + 1 } else { id.end };
        Some((keys.start..end, name))
    });
    pairs.collect()
}

/// Where the strings of a line stand, its remark left out.
fn words(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut letters = line.char_indices();
    while let Some((start, letter)) = letters.next() {
        if letter == '/' {
            break;
        }
        if letter != '"' {
            continue;
        }
        while let Some((end, letter)) = letters.next() {
            match letter {
                '\\' => {
                    letters.next();
                }
                '"' => {
                    found.push(start..end + 1);
                    break;
                }
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::{command, commands};

    fn keys(text: &str) -> Vec<Sequence> {
        text.split(", ").filter_map(Sequence::parse).collect()
    }

    /// What a command's keys are by a file, in which nothing may be wrong.
    #[track_caller]
    fn keys_in(text: &str, id: &str) -> Vec<String> {
        let (bindings, problems) = merge(defaults(), text, Path::new(""));
        assert_eq!(problems, [], "{text}");
        let whole = text.trim_start_matches('\u{feff}');
        assert!(ron::from_str::<BTreeMap<String, String>>(whole).is_ok(), "{text}");
        let of = bindings.iter().filter(|binding| binding.command.id == id);
        of.map(|binding| binding.keys.to_string()).collect()
    }

    #[track_caller]
    fn given(text: &str, id: &str, wanted: &str) -> String {
        let text = give(text, command(id).unwrap(), &keys(wanted)).unwrap();
        let mut found = keys_in(&text, id);
        let mut wanted: Vec<_> = keys(wanted).iter().map(ToString::to_string).collect();
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "{text}");
        text
    }

    #[test]
    fn a_key_is_written_and_taken_back_and_nothing_else_is_touched() {
        let first = template();
        let text = given(&first, "edit.undo", "Ctrl+U");
        assert!(
            text.contains("{\n    \"Ctrl+U\": \"edit.undo\",\n    \"Ctrl+Z\": \"none\",\n")
        );
        assert_eq!(given(&text, "edit.undo", "Ctrl+Z"), first);
        // None at all, then two, one of them its own.
        let text = given(&text, "edit.undo", "");
        let text = given(&text, "edit.undo", "G Z, Ctrl+Z");
        assert_eq!(keys_in(&text, "edit.undo"), ["G Z", "Ctrl+Z"]);
        assert_eq!(clear(&text).unwrap(), first);
    }

    #[test]
    fn whoever_had_the_key_has_it_no_longer() {
        let text = given("", "view.theme", "Ctrl+Z");
        assert_eq!(keys_in(&text, "edit.undo"), [""; 0]);
        let text = given(&text, "view.language", "Ctrl+Z");
        assert_eq!(keys_in(&text, "view.theme"), [""; 0]);
        // A key that begins others takes them all, and says nothing of being in the way.
        let text = given(&text, "view.theme", "G");
        assert_eq!(keys_in(&text, "view.problems"), [""; 0]);
        let text = given(&text, "view.problems", "G P");
        assert_eq!(keys_in(&text, "view.theme"), [""; 0]);
        assert_eq!(clear(&text).unwrap(), "{\n}\n");
    }

    #[test]
    fn what_a_person_wrote_stays_as_it_stands() {
        let text = "// mine\n{ \"Ctrl+J\": \"edit.redo\", \"Ctrl+U\" : \"edit.undo\" }\n";
        let after = given(text, "edit.undo", "Ctrl+Z");
        assert_eq!(after, "// mine\n{ \"Ctrl+J\": \"edit.redo\",  }\n");
        let text =
            "{\n  what?\n  \"Strg+Z\": \"edit.undo\",\n  \"Ctrl+U\": \"edit.undo\", // why\n}";
        let undo = command("edit.undo").unwrap();
        let after = give(text, undo, &keys("Ctrl+Z")).unwrap();
        let kept = "{\n  what?\n  \"Strg+Z\": \"edit.undo\",\n  // \"Ctrl+U\": \"edit.undo\", // why\n}";
        assert_eq!(after, kept);
        let text = "{ /* \"a\" */ \"Ctrl+U\": \"edit.undo\" }\n";
        let error = give(text, undo, &keys("Ctrl+M")).unwrap_err();
        assert!(error.en.starts_with("line 1 of keys.ron cannot be changed here"));
        // Without a brace, and after one with a remark.
        let text = "\"Ctrl+J\": \"edit.redo\"";
        let after = give(text, undo, &keys("Ctrl+U")).unwrap();
        assert!(after.starts_with("\"Ctrl+J\": \"edit.redo\"\n{\n    \"Ctrl+U\""), "{after}");
        given("\u{feff}{ // mine\n}", "edit.undo", "Ctrl+\\");
    }

    #[test]
    fn every_command_can_have_every_key_that_can_be_pressed() {
        for key in egui::Key::ALL {
            let strokes = super::super::Stroke::of_key(*key, None, egui::Modifiers::COMMAND);
            let Some(stroke) = strokes.first() else { continue };
            let keys = Sequence::of(&[*stroke]).unwrap();
            assert_eq!(Sequence::parse(&keys.to_string()), Some(keys.clone()), "{key:?}");
            let id = "help.tour";
            if refusal(&keys, command(id).unwrap()).is_none() {
                assert_eq!(given("", id, &keys.to_string()).matches(id).count(), 1);
            }
        }
        let copy = command("edit.copy").unwrap();
        assert!(give("", copy, &keys("Ctrl+Shift+F12")).is_err());
        given("", "edit.copy", "Ctrl+Shift+F12, Ctrl+C");
        for command in commands().filter(|command| command.id != "edit.copy") {
            let text = given(&template(), command.id, "Ctrl+Shift+F12");
            assert_eq!(clear(&text).unwrap(), template());
        }
    }

    #[test]
    fn keys_that_others_live_by_are_refused() {
        for (keys, is_refused) in [
            ("Ctrl+X", true),
            ("3", true),
            ("Shift+3", true),
            ("G 3", false),
            ("Ctrl+3", false),
            ("Shift+ArrowLeft", true),
            ("Ctrl+A", true),
            ("A", false),
            ("Alt+PageDown", false),
        ] {
            let keys = Sequence::parse(keys).unwrap();
            let refused = refusal(&keys, command("view.theme").unwrap());
            assert_eq!(refused.is_some(), is_refused, "{keys}");
        }
    }
}
