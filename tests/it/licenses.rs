//! The program may be given away, and says of what it is made.
//!
//! `assets/licenses.tsv` is compared with what `cargo metadata` tells of the crates that the
//! program is built from on Linux, Windows and macOS; `UPDATE_EXPECT=1` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use expect_test::expect_file;
use serde_json::Value;
use swash::{FontRef, StringId};
use tawsim::license;

/// Terms under which a part may be in the program.
const PERMISSIVE: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What only tests are built with, and which the program does not contain. Its terms are known
/// and do not reach further than its own files.
const ONLY_IN_TESTS: &[(&str, &str)] = &[("colored", "MPL-2.0")];

/// The font stack is compiled once.
const ONE_VERSION: &[&str] = &["harfrust", "parley", "read-fonts", "skrifa", "swash"];

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

const PLATFORMS: &[&str] =
    &["x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "aarch64-apple-darwin"];

const HEADER: &str =
    "# The crates in the program: name, version, license. Source: cargo metadata.\n";

/// A package as cargo tells of it.
struct Package {
    name: String,
    version: String,
    license: String,
    source: Option<String>,
    /// The packages that it needs, and whether the program contains them for it.
    needs: Vec<(String, bool)>,
}

/// What `cargo metadata` tells, by package id, with the id of the program's own package.
fn metadata() -> Result<(String, BTreeMap<String, Package>), String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let run = |offline: &[&str]| {
        let mut command = Command::new(&cargo);
        command.args(["metadata", "--locked", "--format-version", "1"]).args(offline);
        command.args(PLATFORMS.iter().flat_map(|platform| ["--filter-platform", platform]));
        let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(output.stdout) } else { Err(error) }
    };
    // Crates of the other systems may not have been downloaded yet.
    let json = run(&["--offline"]).or_else(|_| run(&[]))?;
    let json: Value = serde_json::from_slice(&json).unwrap();

    let string = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut packages = BTreeMap::new();
    for package in json["packages"].as_array().unwrap() {
        packages.insert(
            string(&package["id"]),
            Package {
                name: string(&package["name"]),
                version: string(&package["version"]),
                license: string(&package["license"]),
                source: package["source"].as_str().map(str::to_owned),
                needs: Vec::new(),
            },
        );
    }
    for node in json["resolve"]["nodes"].as_array().unwrap() {
        for needed in node["deps"].as_array().unwrap() {
            let kinds = needed["dep_kinds"].as_array().unwrap();
            let is_contained = kinds.iter().any(|kind| kind["kind"].is_null());
            let package = packages.get_mut(&string(&node["id"])).unwrap();
            package.needs.push((string(&needed["pkg"]), is_contained));
        }
    }
    Ok((string(&json["resolve"]["root"]), packages))
}

/// The packages that the program contains, itself excepted.
fn contained<'a>(root: &str, packages: &'a BTreeMap<String, Package>) -> Vec<&'a Package> {
    let mut found = BTreeSet::new();
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        for (needed, is_contained) in &packages[id].needs {
            if *is_contained && found.insert(needed) {
                open.push(needed);
            }
        }
    }
    found.into_iter().map(|id| &packages[id]).collect()
}

/// Whether an SPDX expression, or one with `/` for `OR`, lets us choose permissive terms.
fn is_permissive(license: &str) -> bool {
    // Brackets first: their content becomes a term of known worth.
    if let Some((before, rest)) = license.rsplit_once('(') {
        let Some((inner, after)) = rest.split_once(')') else { return false };
        let worth = if is_permissive(inner) { "MIT" } else { "unfree" };
        return is_permissive(&format!("{before}{worth}{after}"));
    }
    let license = license.replace('/', " OR ");
    license
        .split(" OR ")
        .any(|choice| choice.split(" AND ").all(|term| PERMISSIVE.contains(&term.trim())))
}

/// The packages of `Cargo.lock`: name, version and source.
fn locked() -> Vec<(String, String, Option<String>)> {
    let lock =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"));
    let lock = lock.unwrap();
    let packages = lock.split("[[package]]").skip(1).map(|package| {
        let field = |name: &str| {
            let start = format!("{name} = \"");
            let line = package.lines().find_map(|line| line.strip_prefix(&start));
            line.map(|line| line.trim_end_matches('"').to_owned())
        };
        (field("name").unwrap(), field("version").unwrap(), field("source"))
    });
    packages.collect()
}

#[test]
fn the_list_names_every_crate_in_the_program() {
    let (root, packages) = match metadata() {
        Ok(found) => found,
        Err(error) => {
            // Better than nothing: what is listed must be what is locked.
            eprintln!("NOT COMPARED with cargo metadata, which could not be had:\n{error}");
            let locked = locked();
            for listed in license::crates() {
                let is_locked = locked.iter().any(|(name, version, _)| {
                    (name.as_str(), version.as_str()) == (listed.name, listed.version)
                });
                assert!(is_locked, "{listed:?} is not in Cargo.lock");
            }
            return;
        }
    };
    let mut lines: Vec<String> = contained(&root, &packages)
        .iter()
        .map(|package| format!("{}\t{}\t{}\n", package.name, package.version, package.license))
        .collect();
    lines.sort();
    expect_file!["../../assets/licenses.tsv"].assert_eq(&(HEADER.to_owned() + &lines.concat()));

    for package in packages.values().filter(|package| !is_permissive(&package.license)) {
        let known = (package.name.as_str(), package.license.as_str());
        assert!(ONLY_IN_TESTS.contains(&known), "{known:?} is not permissive");
        let is_in_program = contained(&root, &packages).iter().any(|p| p.name == package.name);
        assert!(!is_in_program, "{known:?} is in the program");
    }
    for (id, package) in packages.iter().filter(|(id, _)| **id != root) {
        assert_eq!(package.source.as_deref(), Some(CRATES_IO), "{id}");
    }
}

#[test]
fn every_listed_crate_is_permissive() {
    for listed in license::crates() {
        assert!(is_permissive(listed.license), "{listed:?}");
    }
}

#[test]
fn terms_are_read_as_spdx_means_them() {
    for good in [
        "MIT",
        "MIT OR GPL-3.0-only",
        "GPL-2.0-only OR Apache-2.0",
        "MIT/Apache-2.0",
        "Apache-2.0 / MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
    ] {
        assert!(is_permissive(good), "{good}");
    }
    for bad in [
        "",
        "MPL-2.0",
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "(MIT OR Apache-2.0) AND LGPL-2.1-only",
        "(MPL-2.0 OR GPL-3.0-only) AND MIT",
        "(MIT",
    ] {
        assert!(!is_permissive(bad), "{bad}");
    }
}

#[test]
fn crates_come_from_the_registry_and_the_font_stack_comes_once() {
    let locked = locked();
    assert!(locked.len() > 100, "Cargo.lock was not read");
    for (name, version, source) in &locked {
        let expected = (name != "tawsim").then_some(CRATES_IO);
        assert_eq!(source.as_deref(), expected, "{name} {version}");
    }
    for name in ONE_VERSION {
        let versions: Vec<&str> =
            locked.iter().filter(|p| p.0 == *name).map(|p| p.1.as_str()).collect();
        assert_eq!(versions.len(), 1, "{name} is there as {versions:?}");
    }
}

#[test]
fn the_list_says_of_each_font_what_the_font_says_of_itself() {
    let listed = license::FONTS.iter().map(|font| font.name);
    assert!(listed.eq(tawsim::typeset::FONTS.iter().map(|font| font.name)), "other fonts");
    for (font, listed) in tawsim::typeset::FONTS.iter().zip(license::FONTS) {
        let strings = FontRef::from_index(font.bytes, 0).unwrap();
        let says = |id: StringId| {
            let string = strings.localized_strings().find_by_id(id, None);
            string.map(|string| string.to_string()).unwrap_or_default()
        };
        assert_eq!(says(StringId::Full), listed.name);
        assert_eq!(says(StringId::Version), format!("Version {}", listed.version));
        assert_eq!(says(StringId::Copyright), listed.copyright);
        assert!(says(StringId::License).contains("SIL Open Font License, Version 1.1"));
        assert!(listed.terms.contains("SIL OPEN FONT LICENSE Version 1.1"), "{}", listed.name);
    }
}

#[test]
fn the_list_names_all_that_lies_in_assets() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    for entry in std::fs::read_dir(assets).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_named = license::DATA.iter().any(|data| data.path == name);
        assert!(is_named, "assets/{name} has no line in src/license.rs");
    }
}
