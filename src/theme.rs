//! Colors and sizes, for the window and for `tawsim render` alike.
//!
//! Plain numbers: knows neither egui nor the typeset layer.

mod palette;

pub use palette::LABEL_COLORS;

/// A color: red, green, blue and opacity, each 0 to 255, not premultiplied, sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgba(pub [u8; 4]);

impl Rgba {
    /// An opaque color from `0xRRGGBB`.
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self([r, g, b, 255])
    }

    /// The same color with another opacity, 0 to 255.
    #[must_use]
    pub const fn with_alpha(self, alpha: u8) -> Self {
        let [r, g, b, _] = self.0;
        Self([r, g, b, alpha])
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Dark ink on paper.
    #[default]
    Light,
    /// Pale ink on slate.
    Dark,
}

impl Mode {
    /// Its word on the command line and in the settings.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The mode of that word; none for another.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }
}

/// Every color of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Light or dark.
    pub mode: Mode,
    /// Behind everything: the desk on which the page lies.
    pub desk: Rgba,
    /// Panels and bars.
    pub panel: Rgba,
    /// The article's page, and fields to write in.
    pub page: Rgba,
    /// Text to read; at least 7:1 against `panel` and `page`.
    pub text: Rgba,
    /// Text beside the point; at least 4.5:1 against `panel` and `page`.
    pub weak: Rgba,
    /// Lines between things.
    pub line: Rgba,
    /// Edges of fields and buttons; at least 3:1 against `panel`.
    pub edge: Rgba,
    /// What can be done next, and where the focus is.
    pub accent: Rgba,
    /// Text on `accent`.
    pub on_accent: Rgba,
    /// Behind the row or button under the pointer.
    pub hover: Rgba,
    /// Behind the row that is open.
    pub chosen: Rgba,
    /// Behind selected text.
    pub selection: Rgba,
    /// Behind what a search has found; article text keeps at least 7:1 on it.
    pub found: Rgba,
    /// The edge of what a search has found; at least 3:1 against `page`.
    pub found_edge: Rgba,
    /// Over the window while a dialog is open.
    pub shade: Rgba,
    /// What went wrong.
    pub danger: Rgba,
    /// What is well.
    pub good: Rgba,
    /// What needs a look.
    pub caution: Rgba,
}

/// The colors of one label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shades {
    /// Behind marked text; article text keeps at least 7:1 on it.
    pub fill: Rgba,
    /// The bar under marked text.
    pub bar: Rgba,
    /// The label's name on the page or on a panel; at least 4.5:1 against both.
    pub ink: Rgba,
}

impl Theme {
    /// The colors of that mode.
    #[must_use]
    pub const fn new(mode: Mode) -> Self {
        match mode {
            Mode::Light => LIGHT,
            Mode::Dark => DARK,
        }
    }

    /// What becomes of a label's color in this theme.
    #[must_use]
    pub fn shades(&self, color: [u8; 3]) -> Shades {
        let [r, g, b] = color;
        let bar = Rgba([r, g, b, 255]);
        let (mut strength, pole) = match self.mode {
            Mode::Light => (0.17, Rgba::hex(0x00_0000)),
            Mode::Dark => (0.32, Rgba::hex(0xFF_FFFF)),
        };
        let mut fill = self.page.mixed(bar, strength);
        while contrast(self.text, fill) < 7.1 && strength > 0.0 {
            strength -= 0.02;
            fill = self.page.mixed(bar, strength);
        }
        let mut ink = bar;
        // Towards black or white in small steps, until it can be read on every ground.
        for step in 1..=20_u8 {
            let grounds = [self.page, self.panel, self.chosen];
            if grounds.into_iter().all(|ground| contrast(ink, ground) >= 4.6) {
                break;
            }
            ink = bar.mixed(pole, f32::from(step) * 0.05);
        }
        Shades { fill, bar: if self.mode == Mode::Dark { ink } else { bar }, ink }
    }
}

impl Rgba {
    /// The color `share` of the way from this one to `other`, both taken as opaque.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mean of two bytes is a byte"
    )]
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let mix = |a: u8, b: u8| {
            (f32::from(a) + (f32::from(b) - f32::from(a)) * share.clamp(0.0, 1.0)).round() as u8
        };
        let ([r, g, b, _], [r2, g2, b2, _]) = (self.0, other.0);
        Self([mix(r, r2), mix(g, g2), mix(b, b2), 255])
    }
}

/// The contrast ratio of two opaque colors, 1 to 21 (WCAG 2.2).
#[must_use]
pub fn contrast(a: Rgba, b: Rgba) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance, 0 to 1 (WCAG 2.2).
fn luminance(color: Rgba) -> f32 {
    let linear = |channel: u8| {
        let value = f32::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let [r, g, b, _] = color.0;
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

const LIGHT: Theme = Theme {
    mode: Mode::Light,
    desk: Rgba::hex(0xE6_E2D8),
    panel: Rgba::hex(0xF4_F1EA),
    page: Rgba::hex(0xFF_FDF8),
    text: Rgba::hex(0x1F_1C17),
    weak: Rgba::hex(0x65_5F53),
    line: Rgba::hex(0xD8_D2C5),
    edge: Rgba::hex(0x8E_8778),
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

const DARK: Theme = Theme {
    mode: Mode::Dark,
    desk: Rgba::hex(0x12_1315),
    panel: Rgba::hex(0x1C_1E21),
    page: Rgba::hex(0x23_2529),
    text: Rgba::hex(0xEC_E8DF),
    weak: Rgba::hex(0xA6_A195),
    line: Rgba::hex(0x36_393E),
    edge: Rgba::hex(0x73_7780),
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

/// Sizes of the interface, in points at 100 %.
pub mod size {
    /// Captions and keys.
    pub const SMALL: f32 = 12.5;
    /// Buttons, rows, fields.
    pub const BODY: f32 = 14.5;
    /// Headings of panels.
    pub const HEADING: f32 = 17.0;
    /// The welcome page's name.
    pub const TITLE: f32 = 30.0;
    /// The article.
    pub const ARTICLE: f32 = 23.0;
    /// The smallest space between two things.
    pub const GAP: f32 = 4.0;
    /// Space inside a button or a row.
    pub const PAD: f32 = 8.0;
    /// Space around a group.
    pub const MARGIN: f32 = 14.0;
    /// Corners of buttons and fields.
    pub const RADIUS: f32 = 5.0;
    /// The height of a button, a field or a chip.
    pub const CONTROL: f32 = 32.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_has_the_contrast_that_wcag_gives() {
        assert!((contrast(Rgba::hex(0), Rgba::hex(0xFF_FFFF)) - 21.0).abs() < 0.01);
        assert!((contrast(Rgba::hex(0x77_7777), Rgba::hex(0xFF_FFFF)) - 4.48).abs() < 0.01);
    }

    #[test]
    fn text_can_be_read_on_every_ground() {
        for theme in [LIGHT, DARK] {
            let grounds = [theme.panel, theme.page, theme.hover, theme.chosen, theme.selection];
            let grounds = grounds.into_iter().chain([theme.found]);
            for ground in grounds {
                assert!(contrast(theme.text, ground) >= 7.0, "{:?} {ground:?}", theme.mode);
            }
            for ground in [theme.panel, theme.page, theme.hover, theme.chosen] {
                for ink in [theme.weak, theme.danger, theme.good, theme.caution, theme.accent] {
                    let found = contrast(ink, ground);
                    assert!(found >= 4.5, "{:?} {ink:?} {ground:?} {found}", theme.mode);
                }
            }
            assert!(contrast(theme.on_accent, theme.accent) >= 4.5);
            assert!(contrast(theme.edge, theme.panel) >= 3.0);
            assert!(contrast(theme.found_edge, theme.page) >= 3.0);
        }
    }

    #[test]
    fn any_label_color_can_be_read() {
        for theme in [LIGHT, DARK] {
            for step in 0..64_u8 {
                let channel = |shift: u8| (step >> shift & 3) * 85;
                let shades = theme.shades([channel(0), channel(2), channel(4)]);
                assert!(contrast(shades.ink, theme.page) >= 4.5, "{step}");
                assert!(contrast(shades.ink, theme.panel) >= 4.5, "{step}");
                assert!(contrast(theme.text, shades.fill) >= 7.0, "{:?} {step}", theme.mode);
            }
        }
    }
}
