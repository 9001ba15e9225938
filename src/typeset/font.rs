//! The bundled fonts.
//!
//! Only these are used, never the system's, so that a page looks the same on every machine.
//! All are under the SIL Open Font License; the licenses lie beside them in `fonts/`.

use super::FontId;

/// A font that comes with the program.
#[derive(Clone, Copy)]
pub struct Font {
    /// Its full name, for reports.
    pub name: &'static str,
    /// The family that it belongs to, as its `name` table says.
    pub family: &'static str,
    /// Its weight as OpenType counts: 400 is regular, 700 bold.
    pub weight: u16,
    /// The OpenType file.
    pub bytes: &'static [u8],
}

impl std::fmt::Debug for Font {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Font").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The bundled fonts. A [`FontId`] is a place in this list.
pub const FONTS: &[Font] = &[
    Font {
        name: "Noto Naskh Arabic Regular",
        family: NASKH,
        weight: 400,
        bytes: include_bytes!("../../fonts/NotoNaskhArabic-Regular.ttf"),
    },
    Font {
        name: "Noto Naskh Arabic Bold",
        family: NASKH,
        weight: 700,
        bytes: include_bytes!("../../fonts/NotoNaskhArabic-Bold.ttf"),
    },
    Font {
        name: "Noto Sans Arabic Regular",
        family: SANS_ARABIC,
        weight: 400,
        bytes: include_bytes!("../../fonts/NotoSansArabic-Regular.ttf"),
    },
    Font {
        name: "Noto Sans Arabic SemiBold",
        family: SANS_ARABIC,
        weight: 600,
        bytes: include_bytes!("../../fonts/NotoSansArabic-SemiBold.ttf"),
    },
    Font {
        name: "Noto Sans Regular",
        family: SANS,
        weight: 400,
        bytes: include_bytes!("../../fonts/NotoSans-Regular.ttf"),
    },
    Font {
        name: "Noto Sans SemiBold",
        family: SANS,
        weight: 600,
        bytes: include_bytes!("../../fonts/NotoSans-SemiBold.ttf"),
    },
    Font {
        name: "Noto Emoji Regular",
        family: EMOJI,
        weight: 400,
        bytes: include_bytes!("../../fonts/NotoEmoji-Regular.ttf"),
    },
    Font {
        name: "Amiri Regular",
        family: AMIRI,
        weight: 400,
        bytes: include_bytes!("../../fonts/Amiri-Regular.ttf"),
    },
    Font {
        name: "Amiri Bold",
        family: AMIRI,
        weight: 700,
        bytes: include_bytes!("../../fonts/Amiri-Bold.ttf"),
    },
];

/// The family for reading.
pub(super) const NASKH: &str = "Noto Naskh Arabic";
/// The other family for reading, as books are set.
pub(super) const AMIRI: &str = "Amiri";
/// The family for the interface.
pub(super) const SANS_ARABIC: &str = "Noto Sans Arabic";
/// The family for letters that the Arabic ones lack.
pub(super) const SANS: &str = "Noto Sans";
/// The family for pictographs.
pub(super) const EMOJI: &str = "Noto Emoji";

/// Every bundled font with its id.
pub fn fonts() -> impl Iterator<Item = (FontId, &'static Font)> {
    (0..).map(FontId).zip(FONTS)
}
