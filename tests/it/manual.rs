//! The manual in both languages: of one shape, with its pictures, true to the command line.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::shell::Desk;

/// The most that a picture of the manual may take, in bytes.
const LARGEST: u64 = 60_000;

fn manual(lang: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/manual.{lang}.md"));
    fs::read_to_string(path).unwrap()
}

/// The kinds of its lines that make its shape: headings, pictures, code.
fn shape(text: &str) -> Vec<String> {
    let mut in_code = false;
    let mut shape = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
            shape.push("code".to_owned());
        } else if in_code {
            // What is said in quotes may be in the reader's language.
            shape.push(line.split('"').step_by(2).collect());
        } else if line.starts_with('#') {
            shape.push(line.split(' ').next().unwrap().to_owned());
        } else if let Some((_, path)) = line.split_once("](pictures/") {
            shape.push(path.split('.').next().unwrap().to_owned());
        } else if line.starts_with('|') {
            shape.push("row".to_owned());
        }
    }
    shape
}

#[test]
fn both_manuals_have_the_same_shape() {
    assert_eq!(shape(&manual("ar")), shape(&manual("en")));
}

#[test]
fn every_picture_of_the_manual_is_there_and_small() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let mut named = BTreeSet::new();
    for lang in ["ar", "en"] {
        for rest in manual(lang).split("](pictures/").skip(1) {
            let name = rest.split(')').next().unwrap();
            assert!(name.ends_with(&format!(".{lang}.png")), "{name}");
            named.insert(name.to_owned());
        }
    }
    let there: BTreeSet<String> = fs::read_dir(folder.clone())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(named, there, "made by `packaging/pictures --manual`");
    for name in &there {
        let size = fs::metadata(folder.join(name)).unwrap().len();
        assert!(size <= LARGEST, "{name} takes {size} bytes");
    }
}

#[test]
fn every_subcommand_that_the_manual_names_is_one() {
    let help = Desk::new().run(&["--help"]).out;
    let lines = manual("en");
    let named: BTreeSet<_> = lines
        .lines()
        .filter_map(|line| line.strip_prefix("tawsim "))
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert!(named.len() > 5, "{named:?}");
    for name in named {
        assert!(help.contains(&format!("\n  {name} ")), "`{name}` is not in {help}");
    }
}
