//! What a text looks like: face, size, line height, base direction.

/// Which way a line or a run reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// As Arabic does.
    RightToLeft,
    /// As Latin does.
    LeftToRight,
}

impl Direction {
    /// Whether it is right to left.
    #[must_use]
    pub fn is_rtl(self) -> bool {
        self == Self::RightToLeft
    }

    pub(super) fn of_rtl(is_rtl: bool) -> Self {
        if is_rtl { Self::RightToLeft } else { Self::LeftToRight }
    }
}

/// A family of bundled fonts, with what it falls back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// Noto Naskh Arabic, for reading; then Noto Sans, then Noto Emoji.
    Naskh,
    /// Amiri, for reading, as books are set; then Noto Naskh Arabic and as above.
    Amiri,
    /// Noto Sans Arabic, for the interface; then Noto Sans, then Noto Emoji.
    Sans,
}

/// The base direction of each paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Base {
    /// That of the text: right to left unless it, or the paragraph, is mostly Latin.
    #[default]
    Auto,
    /// Right to left throughout.
    RightToLeft,
    /// Left to right throughout.
    LeftToRight,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// The fonts.
    pub face: Face,
    /// Whether in the heavier weight.
    pub bold: bool,
    /// The font size in physical pixels per em.
    pub size: f32,
    /// The distance of two baselines, in font sizes. It is rounded to whole pixels.
    pub line_height: f32,
    /// The base direction.
    pub base: Base,
}

impl Style {
    /// A regular weight of `face` at `size` physical pixels, with a line height that suits it.
    #[must_use]
    pub fn new(face: Face, size: f32) -> Self {
        let line_height = match face {
            Face::Naskh | Face::Amiri => 1.8,
            Face::Sans => 1.6,
        };
        Self { face, bold: false, size, line_height, base: Base::Auto }
    }

    /// The distance of two baselines, in whole physical pixels.
    #[must_use]
    pub fn line_pixels(&self) -> f32 {
        (self.size * self.line_height).round().max(1.0)
    }

    /// The same numbers, for a hash and a comparison without surprises.
    pub(super) fn key(&self) -> (Face, bool, u32, u32, Base) {
        (self.face, self.bold, self.size.to_bits(), self.line_height.to_bits(), self.base)
    }
}

/// What happens to a text that is wider than its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Wrap {
    /// It goes on in further lines.
    Wrap,
    /// It stays on one line and ends in `…`.
    Ellipsis,
    /// It stays on one line and goes past its place.
    #[default]
    None,
}

/// Where the lines of a text stand in its width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the edge where its base direction begins.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the edge where its base direction ends.
    End,
}

/// The place that a short text gets.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fit {
    /// Its width in physical pixels; none for as wide as the text is.
    pub width: Option<f32>,
    /// What happens to a text that is wider.
    pub wrap: Wrap,
    /// Where narrower lines stand.
    pub align: Align,
}

impl Fit {
    /// One line, as wide as it is.
    pub const FREE: Self = Self { width: None, wrap: Wrap::None, align: Align::Start };

    /// As many lines as needed, `width` physical pixels wide.
    #[must_use]
    pub fn wrapped(width: f32) -> Self {
        Self { width: Some(width), wrap: Wrap::Wrap, align: Align::Start }
    }

    /// One line, cut with `…` if it is wider than `width` physical pixels.
    #[must_use]
    pub fn cut(width: f32) -> Self {
        Self { width: Some(width), wrap: Wrap::Ellipsis, align: Align::Start }
    }

    /// The same place with another alignment.
    #[must_use]
    pub fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }

    pub(super) fn key(&self) -> (Option<u32>, Wrap, Align) {
        (self.width.map(f32::to_bits), self.wrap, self.align)
    }
}
