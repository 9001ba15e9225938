//! The person's own keys: `keys.ron` in the folder of settings, read line by line.
//!
//! A line that cannot be read, an unknown command, two lines that clash: each is a problem
//! with its line, and all other lines count.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{Binding, Sequence, Stroke};
use crate::app::command::{GROUPS, command, commands};
use crate::lang::Message;
use crate::model::{Place, Problem, Severity};

/// What takes a key from its command and gives it to none.
pub(super) const NONE: &str = "none";

/// Where the file is.
pub(in crate::app) fn path(folder: &Path) -> PathBuf {
    folder.join("keys.ron")
}

/// Reads the file of that folder over `defaults`. Without one, they are what counts.
pub(super) fn load(folder: &Path, defaults: Vec<Binding>) -> (Vec<Binding>, Vec<Problem>) {
    let path = path(folder);
    match std::fs::read_to_string(&path) {
        Ok(text) => merge(defaults, &text, &path),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => (defaults, Vec::new()),
        Err(error) => {
            let what = Message::new(
                format!("تعذّرت قراءة ملف المفاتيح، فبقيت المفاتيح الأولى: {error}"),
                format!("the file of keys cannot be read, so the first keys count: {error}"),
            );
            let place = Place { path: Some(path), ..Place::default() };
            (defaults, vec![Problem { severity: Severity::Warning, place, what }])
        }
    }
}

/// A key that the file gives to a command, or takes away, and in which line.
struct Given {
    line: u64,
    keys: Sequence,
    id: String,
}

pub(super) fn merge(
    defaults: Vec<Binding>,
    text: &str,
    path: &Path,
) -> (Vec<Binding>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut report = |severity, line, what| {
        let place = Place { path: Some(path.to_owned()), line: Some(line), ..Place::default() };
        problems.push(Problem { severity, place, what });
    };
    let mut given: Vec<Given> = Vec::new();
    for (line, entry) in entries(text) {
        match check(entry, line, &given) {
            Ok(one) => given.push(one),
            Err(what) => report(Severity::Warning, line, what),
        }
    }
    let mut bindings = Vec::new();
    for one in &given {
        if let Some(command) = command(&one.id) {
            bindings.push(Binding { keys: one.keys.clone(), command });
        }
    }
    for default in defaults {
        let meets =
            |one: &&Given| command(&one.id).is_none_or(|given| given.meets(default.command));
        let clash = || given.iter().filter(meets).filter(|one| one.keys.clashes(&default.keys));
        // What has its very keys, or frees them, has taken them knowingly.
        let meant = clash().find(|one| one.keys == default.keys || one.id == NONE);
        match meant.or_else(|| clash().next()) {
            None => bindings.push(default),
            Some(_) if meant.is_some() => {}
            Some(one) => report(
                Severity::Notice,
                one.line,
                Message::new(
                    format!(
                        "\u{2068}{}\u{2069} يحجب \u{2068}{}\u{2069} ({}): أعطه مفتاحًا آخر إن أردته",
                        one.keys, default.keys, default.command.title.ar
                    ),
                    format!(
                        "`{}` hides `{}` ({}): give that another key if you want it",
                        one.keys, default.keys, default.command.title.en
                    ),
                ),
            ),
        }
    }
    (bindings, problems)
}

/// What stands in each line: keys and ids, or why the line cannot be read.
fn entries(text: &str) -> impl Iterator<Item = (u64, Result<(String, String), Message>)> {
    (1..).zip(text.lines()).flat_map(|(line, text)| {
        let found = match of_line(text) {
            Ok(pairs) => pairs.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(Message::new(
                format!(
                    "لا يُقرأ هذا السطر ({error}): اكتبه هكذا: \u{2066}\"Ctrl+Z\": \"edit.undo\",\u{2069}"
                ),
                format!(
                    "this line cannot be read ({error}): write it as \"Ctrl+Z\": \"edit.undo\","
                ),
            ))],
        };
        found.into_iter().map(move |found| (line, found))
    })
}

/// The entries of a line, each line being a map of its own.
pub(super) fn of_line(line: &str) -> Result<BTreeMap<String, String>, String> {
    let line = line.trim_start_matches('\u{feff}').trim();
    let inside = line.strip_prefix('{').unwrap_or(line);
    let whole = |text: &str| ron::from_str::<BTreeMap<String, String>>(text);
    // The brace that ends the map may stand on a line of its own, or after the last entry.
    let read = whole(&format!("{{{inside}\n}}")).or_else(|error| {
        let (inside, after) = inside.rsplit_once('}').ok_or_else(|| error.clone())?;
        let is_end = after.trim().is_empty() || after.trim_start().starts_with("//");
        if is_end { whole(&format!("{{{inside}\n}}")) } else { Err(error) }
    });
    read.map_err(|error| error.code.to_string())
}

/// What an entry gives, or why it does not count.
fn check(
    entry: Result<(String, String), Message>,
    line: u64,
    given: &[Given],
) -> Result<Given, Message> {
    let (keys, id) = entry?;
    let Some(sequence) = Sequence::parse(&keys) else {
        return Err(Message::new(
            format!(
                "\u{2068}{keys}\u{2069} ليس مفتاحًا: اكتبه مثل \u{2066}Ctrl+Shift+Z\u{2069}، أو مفتاحين متتاليين مثل \u{2066}G D\u{2069}"
            ),
            format!(
                "`{keys}` is no key: write it as Ctrl+Shift+Z, or one after another as G D"
            ),
        ));
    };
    if id != NONE && command(&id).is_none() {
        let near = nearest(&id);
        return Err(Message::new(
            format!(
                "لا أمر اسمه \u{2068}{id}\u{2069}: لعلك تريد \u{2068}{near}\u{2069}، أو \u{2066}none\u{2069} لتعطيل المفتاح"
            ),
            format!("there is no command `{id}`: perhaps `{near}`, or `none` to free the key"),
        ));
    }
    if id != "edit.copy" && is_of_the_system(&sequence) {
        return Err(Message::new(
            format!("\u{2068}{keys}\u{2069} للنسخ والقص واللصق في كل مكان: اختر مفتاحًا آخر"),
            format!("`{keys}` copies, cuts or pastes everywhere: choose another key"),
        ));
    }
    // A key that is freed may begin one that is given: its own command had hidden that.
    let clashes = |one: &&Given| {
        let is_freed = one.id == NONE || id == NONE;
        let meets = match (command(&one.id), command(&id)) {
            (Some(one), Some(other)) => one.meets(other),
            _ => true,
        };
        meets && (one.keys == sequence || (!is_freed && one.keys.clashes(&sequence)))
    };
    if let Some(before) = given.iter().find(clashes) {
        let (other, first) = (&before.keys, before.line);
        return Err(Message::new(
            format!(
                "\u{2068}{sequence}\u{2069} يصادم \u{2068}{other}\u{2069} في السطر {first}، فلا يُعتد بهذا السطر: غيّر أحدهما"
            ),
            format!(
                "`{sequence}` clashes with `{other}` in line {first}, so this line does not count: change one of them"
            ),
        ));
    }
    Ok(Given { line, keys: sequence, id })
}

/// Keys that the window system answers before anybody else.
pub(super) fn is_of_the_system(keys: &Sequence) -> bool {
    ["Ctrl+C", "Ctrl+X", "Ctrl+V"]
        .into_iter()
        .filter_map(Stroke::parse)
        .any(|stroke| keys.0.contains(&stroke))
}

/// The command's id that differs least from what was written.
fn nearest(id: &str) -> &'static str {
    let near = commands().map(|command| command.id).min_by_key(|known| distance(id, known));
    near.unwrap_or(NONE)
}

/// How many letters must be put in, taken out or changed.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.chars().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// Writes the file with every command and its keys as comments, if there is none yet.
pub(in crate::app) fn write_template(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let written = std::fs::File::create_new(path(folder))
        .and_then(|mut file| file.write_all(template().as_bytes()));
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

pub(super) fn template() -> String {
    let mut text = String::from(TEMPLATE_HEAD);
    for group in GROUPS {
        text.push_str(&format!("\n    // {} · {}\n", group.title.en, group.title.ar));
        for command in group.commands {
            let title = format!("{} · {}", command.title.en, command.title.ar);
            if command.keys.is_empty() {
                text.push_str(&format!("    // \"\": \"{}\", // {title}\n", command.id));
            }
            for keys in command.keys {
                // A backslash is written twice, as in any RON string.
                let keys = keys.replace('\\', "\\\\");
                text.push_str(&format!("    // \"{keys}\": \"{}\", // {title}\n", command.id));
            }
        }
    }
    text.push_str("}\n");
    text
}

const TEMPLATE_HEAD: &str = "\
// Your own keys. What stands here counts before the keys that Tawsim comes with;
// all others stay as they are. One entry a line: \"key\": \"command\".
// Come back to the window and they count; what cannot be read is listed there.
//
// مفاتيحك أنت. ما كُتب هنا يسبق مفاتيح توسيم، وما لم يُكتب يبقى على حاله.
// لكل سطر مفتاح وأمره. عد إلى النافذة يُعمل بها، وما لم يُقرأ ذُكر هناك.
//
// Keys · المفاتيح:    \"Ctrl+Shift+Z\"  \"Alt+PageDown\"  \"F2\"  \"?\"  \"[\"
// One after another · متتالية:    \"G D\"
// No command for a key · تعطيل مفتاح:    \"Ctrl+D\": \"none\",
// 1 to 9 belong to the labels that the schema gives them to.
// الأرقام 1 إلى 9 للوسوم التي يعطيها المخطط إياها.
//
// Take away the two slashes before a line to change it.
// احذف الشرطتين من أول السطر لتغيّره.
{
";

#[cfg(test)]
mod tests {
    use super::super::defaults;
    use super::*;

    /// What a file makes of the keys: those of some commands, and its problems in English.
    fn merged(text: &str) -> (Vec<Binding>, Vec<String>) {
        let (bindings, problems) = merge(defaults(), text, Path::new("keys.ron"));
        let told = problems.iter().map(|problem| {
            assert!(!problem.what.ar.is_empty());
            format!("{}: {}", problem.place.line.unwrap_or(0), problem.what.en)
        });
        (bindings, told.collect())
    }

    fn keys_of(bindings: &[Binding], id: &str) -> Vec<String> {
        let of = bindings.iter().filter(|binding| binding.command.id == id);
        of.map(|binding| binding.keys.to_string()).collect()
    }

    #[test]
    fn a_person_s_keys_are_merged_over_the_defaults() {
        let text = "// mine\n{\n  \"ctrl+u\": \"edit.undo\",\n  \"Ctrl+D\": \"none\", // no\n \
            \"G U\": \"edit.undo\"\n}\n";
        let (bindings, problems) = merged(text);
        assert_eq!(problems, [""; 0]);
        assert_eq!(keys_of(&bindings, "edit.undo"), ["Ctrl+U", "G U", "Ctrl+Z"]);
        assert_eq!(keys_of(&bindings, "view.theme"), [""; 0]);
        assert_eq!(keys_of(&bindings, "span.next"), ["Tab"]);
    }

    #[test]
    fn a_key_that_is_given_anew_is_taken_from_its_command() {
        let (bindings, problems) = merged("{ \"Ctrl+Z\": \"view.theme\" }");
        assert_eq!(problems, [""; 0]);
        assert_eq!(keys_of(&bindings, "edit.undo"), [""; 0]);
        assert_eq!(keys_of(&bindings, "view.theme"), ["Ctrl+Z", "Ctrl+D"]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_the_rest_counts() {
        let text = "{\n\"Strg+Z\": \"edit.undo\",\n\"Ctrl+U\": \"edit.undoo\",\n\
            \"Ctrl+U\": \"edit.undo\",\n\"ctrl+u\": \"edit.redo\",\nCtrl+W: edit.redo,\n\
            \"Ctrl+C\": \"edit.redo\",\n\"Tab N\": \"view.larger\",\n}\n";
        let (bindings, problems) = merged(text);
        assert_eq!(keys_of(&bindings, "edit.undo"), ["Ctrl+U", "Ctrl+Z"]);
        let begins = [
            "2: `Strg+Z` is no key",
            "3: there is no command `edit.undoo`: perhaps `edit.undo`",
            "5: `Ctrl+U` clashes with `Ctrl+U` in line 4",
            "6: this line cannot be read",
            "7: `Ctrl+C` copies, cuts or pastes",
            "8: `Tab N` hides `Tab` (Next span)",
        ];
        assert_eq!(problems.len(), begins.len(), "{problems:#?}");
        for (problem, expected) in problems.iter().zip(begins) {
            assert!(problem.starts_with(expected), "{problem}\nis not\n{expected}");
        }
    }

    #[test]
    fn the_template_changes_nothing_and_shows_every_key() {
        let (bindings, problems) = merged(&template());
        assert_eq!(problems, [""; 0]);
        assert_eq!(bindings.len(), defaults().len());
        // Without its slashes, each line gives a key what it has already.
        let open: String = template().lines().map(|line| uncommented(line) + "\n").collect();
        let (bindings, problems) = merged(&open);
        assert_eq!(problems, [""; 0]);
        for command in commands() {
            assert_eq!(keys_of(&bindings, command.id), command.keys, "{}", command.id);
        }
    }

    /// A line of the template without the slashes before an entry that has keys.
    fn uncommented(line: &str) -> String {
        match line.strip_prefix("    // \"") {
            Some(entry) if !entry.starts_with('"') => format!("\"{entry}"),
            _ => line.to_owned(),
        }
    }

    #[test]
    fn the_template_never_replaces_a_file() {
        let folder = tempfile::tempdir().unwrap();
        write_template(folder.path()).unwrap();
        assert_eq!(std::fs::read_to_string(path(folder.path())).unwrap(), template());
        std::fs::remove_file(path(folder.path())).unwrap();
        let mut file = std::fs::File::create(path(folder.path())).unwrap();
        file.write_all(b"{ \"Ctrl+U\": \"edit.undo\" }").unwrap();
        write_template(folder.path()).unwrap();
        let (bindings, problems) = load(folder.path(), defaults());
        assert_eq!(problems.len(), 0);
        assert_eq!(keys_of(&bindings, "edit.undo"), ["Ctrl+U", "Ctrl+Z"]);
    }
}
