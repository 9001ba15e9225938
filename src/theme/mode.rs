//! Which of the themes, and the colors of each.

use super::{Rgba, Theme};

/// Which of the themes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Dark ink on paper.
    #[default]
    Light,
    /// Pale ink on slate.
    Dark,
    /// Black ink on white, every edge drawn.
    ContrastLight,
    /// White ink on black, every edge drawn.
    ContrastDark,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Light, Self::Dark, Self::ContrastLight, Self::ContrastDark];

    /// Its word on the command line and in the settings.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::ContrastLight => "contrast-light",
            Self::ContrastDark => "contrast-dark",
        }
    }

    /// The mode of that word; none for another.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.id() == id)
    }

    /// Whether its ink is paler than its paper.
    #[must_use]
    pub const fn is_dark(self) -> bool {
        matches!(self, Self::Dark | Self::ContrastDark)
    }

    /// Whether it is of high contrast.
    #[must_use]
    pub const fn is_contrast(self) -> bool {
        matches!(self, Self::ContrastLight | Self::ContrastDark)
    }

    /// Its counterpart: dark for light and light for dark.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
            Self::ContrastLight => Self::ContrastDark,
            Self::ContrastDark => Self::ContrastLight,
        }
    }
}

pub(super) const LIGHT: Theme = Theme {
    mode: Mode::Light,
    desk: Rgba::hex(0xE6_E2D8),
    panel: Rgba::hex(0xF4_F1EA),
    page: Rgba::hex(0xFF_FDF8),
    text: Rgba::hex(0x1F_1C17),
    weak: Rgba::hex(0x65_5F53),
    line: Rgba::hex(0xD8_D2C5),
    edge: Rgba::hex(0x80_7A6C),
    accent: Rgba::hex(0x0B_6661),
    on_accent: Rgba::hex(0xFF_FFFF),
    hover: Rgba::hex(0xE9_E4D9),
    chosen: Rgba::hex(0xDD_E8E4),
    selection: Rgba::hex(0xB9_D6F2),
    found: Rgba::hex(0xFF_DF80),
    found_edge: Rgba::hex(0x9A_7400),
    shade: Rgba::hex(0x1F_1C17).with_alpha(90),
    danger: Rgba::hex(0xA8_2A1F),
    good: Rgba::hex(0x2B_6E3F),
    caution: Rgba::hex(0x8A_5A00),
};

pub(super) const DARK: Theme = Theme {
    mode: Mode::Dark,
    desk: Rgba::hex(0x12_1315),
    panel: Rgba::hex(0x1C_1E21),
    page: Rgba::hex(0x23_2529),
    text: Rgba::hex(0xEC_E8DF),
    weak: Rgba::hex(0xA6_A195),
    line: Rgba::hex(0x36_393E),
    edge: Rgba::hex(0x7A_7E87),
    accent: Rgba::hex(0x5C_C4BA),
    on_accent: Rgba::hex(0x08_1A18),
    hover: Rgba::hex(0x2A_2D32),
    chosen: Rgba::hex(0x26_3A3A),
    selection: Rgba::hex(0x27_4663),
    found: Rgba::hex(0x59_4610),
    found_edge: Rgba::hex(0xB8_9640),
    shade: Rgba::hex(0).with_alpha(140),
    danger: Rgba::hex(0xF0_8A7E),
    good: Rgba::hex(0x7F_C897),
    caution: Rgba::hex(0xE5_B45C),
};

pub(super) const CONTRAST_LIGHT: Theme = Theme {
    mode: Mode::ContrastLight,
    desk: Rgba::hex(0xE4_E4E4),
    panel: Rgba::hex(0xFF_FFFF),
    page: Rgba::hex(0xFF_FFFF),
    text: Rgba::hex(0x00_0000),
    weak: Rgba::hex(0x3A_3A3A),
    line: Rgba::hex(0x6E_6E6E),
    edge: Rgba::hex(0x2C_2C2C),
    accent: Rgba::hex(0x00_3C8F),
    on_accent: Rgba::hex(0xFF_FFFF),
    hover: Rgba::hex(0xE6_ECF5),
    chosen: Rgba::hex(0xD3_E3F8),
    selection: Rgba::hex(0x9F_CBFA),
    found: Rgba::hex(0xFF_DE4A),
    found_edge: Rgba::hex(0x5C_4300),
    shade: Rgba::hex(0).with_alpha(150),
    danger: Rgba::hex(0x8A_0F0F),
    good: Rgba::hex(0x0A_4D1E),
    caution: Rgba::hex(0x5E_3B00),
};

pub(super) const CONTRAST_DARK: Theme = Theme {
    mode: Mode::ContrastDark,
    desk: Rgba::hex(0x24_2424),
    panel: Rgba::hex(0x00_0000),
    page: Rgba::hex(0x00_0000),
    text: Rgba::hex(0xFF_FFFF),
    weak: Rgba::hex(0xD6_D6D6),
    line: Rgba::hex(0x7A_7A7A),
    edge: Rgba::hex(0xD0_D0D0),
    accent: Rgba::hex(0x7F_D8FF),
    on_accent: Rgba::hex(0x00_0000),
    hover: Rgba::hex(0x1C_2A33),
    chosen: Rgba::hex(0x0F_3A4F),
    selection: Rgba::hex(0x0B_4C86),
    found: Rgba::hex(0x5E_4700),
    found_edge: Rgba::hex(0xFF_D24A),
    shade: Rgba::hex(0).with_alpha(190),
    danger: Rgba::hex(0xFF_B3AB),
    good: Rgba::hex(0xA6_EFB9),
    caution: Rgba::hex(0xFF_D98A),
};
