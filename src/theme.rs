//! Colors and sizes, for the window and for `tawsim render` alike.
//!
//! Plain numbers: knows neither egui nor the typeset layer.

mod mode;
mod palette;

pub use mode::Mode;
use mode::{CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT};
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

/// Every color of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Which it is.
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
    /// Behind the marked text that is chosen; article text keeps at least 4.5:1 on it, and 7:1
    /// in high contrast.
    pub chosen: Rgba,
    /// The bar under marked text; at least 3:1 against the page.
    pub bar: Rgba,
    /// The label's name on the page, on a panel or on a fill of its own; at least 4.5:1 against
    /// each, and 7:1 in high contrast.
    pub ink: Rgba,
}

impl Theme {
    /// The colors of that mode.
    #[must_use]
    pub const fn new(mode: Mode) -> Self {
        match mode {
            Mode::Light => LIGHT,
            Mode::Dark => DARK,
            Mode::ContrastLight => CONTRAST_LIGHT,
            Mode::ContrastDark => CONTRAST_DARK,
        }
    }

    /// What becomes of a label's color in this theme.
    #[must_use]
    pub fn shades(&self, color: [u8; 3]) -> Shades {
        let [r, g, b] = if self.mode.is_dark() { palette::on_dark(color) } else { color };
        let bar = Rgba([r, g, b, 255]);
        let (is_dark, is_contrast) = (self.mode.is_dark(), self.mode.is_contrast());
        let (strength, pole) =
            if is_dark { (0.32, Rgba::hex(0xFF_FFFF)) } else { (0.17, Rgba::hex(0x00_0000)) };
        // As strong as the text on it allows.
        let ground = |from: Rgba, strength: f32, least: f32| {
            let steps = (0..=20_u8).map(|step| strength * (1.0 - f32::from(step) * 0.05));
            let mut fills = steps.map(|strength| from.mixed(bar, strength));
            fills.find(|fill| contrast(self.text, *fill) >= least).unwrap_or(from)
        };
        let fill = ground(self.page, strength, 7.1);
        let chosen = ground(fill, 0.22, if is_contrast { 7.1 } else { 4.6 });
        let least = if is_contrast { 7.1 } else { 4.6 };
        // Towards black or white in small steps, until it can be read on every ground.
        let grounds = [self.page, self.panel, self.chosen, fill];
        let can_be_read =
            |ink: &Rgba| grounds.into_iter().all(|ground| contrast(*ink, ground) >= least);
        let mut mixes = (0..=20_u8).map(|step| bar.mixed(pole, f32::from(step) * 0.05));
        let mut bars = mixes.clone();
        let bar = bars.find(|bar| contrast(*bar, self.page) >= 3.05).unwrap_or(pole);
        let ink = mixes.find(can_be_read).unwrap_or(pole);
        Shades { fill, chosen, bar, ink }
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

    /// All themes, with whether they are of high contrast.
    fn themes() -> impl Iterator<Item = (Theme, bool)> {
        Mode::ALL.into_iter().map(|mode| (Theme::new(mode), mode.is_contrast()))
    }

    #[test]
    fn text_can_be_read_on_every_ground() {
        for (theme, is_contrast) in themes() {
            let grounds = [
                theme.panel,
                theme.page,
                theme.hover,
                theme.chosen,
                theme.selection,
                theme.found,
            ];
            for ground in grounds {
                assert!(contrast(theme.text, ground) >= 7.0, "{:?} {ground:?}", theme.mode);
            }
            let weakest = if is_contrast { 7.0 } else { 4.5 };
            for ground in [theme.panel, theme.page, theme.hover, theme.chosen] {
                for ink in [theme.weak, theme.danger, theme.good, theme.caution, theme.accent] {
                    let found = contrast(ink, ground);
                    assert!(found >= weakest, "{:?} {ink:?} {ground:?} {found}", theme.mode);
                }
            }
            assert!(contrast(theme.on_accent, theme.accent) >= weakest, "{:?}", theme.mode);
            assert!(contrast(theme.weak, theme.desk) >= 4.5, "{:?}", theme.mode);
        }
    }

    #[test]
    fn edges_are_seen() {
        for (theme, is_contrast) in themes() {
            let least = if is_contrast { 4.5 } else { 3.0 };
            for ground in [theme.panel, theme.page, theme.hover] {
                let found = contrast(theme.edge, ground);
                assert!(found >= least, "{:?} {ground:?} {found}", theme.mode);
            }
            let found = contrast(theme.found_edge, theme.page);
            assert!(found >= least, "{:?} {found}", theme.mode);
            if is_contrast {
                assert!(contrast(theme.line, theme.panel) >= 3.0, "{:?}", theme.mode);
            }
        }
    }

    #[test]
    fn any_label_color_can_be_read() {
        for (theme, is_contrast) in themes() {
            let least = if is_contrast { 7.0 } else { 4.5 };
            for step in 0..64_u8 {
                let channel = |shift: u8| (step >> shift & 3) * 85;
                let shades = theme.shades([channel(0), channel(2), channel(4)]);
                for ground in [theme.page, theme.panel, shades.fill] {
                    assert!(contrast(shades.ink, ground) >= least, "{:?} {step}", theme.mode);
                }
                assert!(contrast(theme.text, shades.fill) >= 7.0, "{:?} {step}", theme.mode);
                // Fills are opaque: where marks overlap, the text lies on one of them.
                assert!(
                    contrast(theme.text, shades.chosen) >= least,
                    "{:?} {step}",
                    theme.mode
                );
            }
        }
    }
}
