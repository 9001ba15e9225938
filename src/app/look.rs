//! How the window looks to this person: everything in the settings that a frame depends on.

use crate::lang::Digits;
use crate::theme::{self, Mode, Theme};
use crate::typeset::Face;

/// The article's text sizes, in points.
pub(super) const TEXT_SIZES: std::ops::RangeInclusive<f32> = 14.0..=60.0;

/// How large everything may be, in percent.
pub(super) const SCALES: [u16; 5] = [100, 125, 150, 175, 200];

/// The faces that an article can be set in, each with its word in the settings.
pub(super) const FACES: [(Face, &str); 3] =
    [(Face::Naskh, "naskh"), (Face::Amiri, "amiri"), (Face::Sans, "sans")];

/// How the window looks to this person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) theme: ThemeChoice,
    pub(super) digits: Digits,
    /// How large everything is, in percent.
    pub(super) scale: u16,
    /// The article's text size in points.
    pub(super) text_size: f32,
    /// What the article is set in.
    pub(super) face: Face,
    pub(super) line_length: LineLength,
    pub(super) spacing: Spacing,
    /// Whether what moves by itself arrives at once.
    pub(super) less_motion: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            digits: Digits::default(),
            scale: 100,
            text_size: theme::size::ARTICLE,
            face: Face::Naskh,
            line_length: LineLength::default(),
            spacing: Spacing::default(),
            less_motion: false,
        }
    }
}

impl Look {
    /// The colors, where the system asks for dark or light.
    pub(super) fn colors(&self, system: Option<egui::Theme>) -> Theme {
        Theme::new(self.theme.mode(system))
    }

    /// How much larger than at 100 % everything is.
    pub(super) fn zoom(&self) -> f32 {
        f32::from(self.scale) / 100.0
    }
}

/// Which theme, or whichever the system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ThemeChoice {
    /// As the system asks; light where it says nothing.
    System,
    /// Always this one.
    Always(Mode),
}

impl Default for ThemeChoice {
    fn default() -> Self {
        Self::Always(Mode::default())
    }
}

impl ThemeChoice {
    /// What stands for [`ThemeChoice::System`] in the settings.
    const SYSTEM: &str = "system";

    pub(super) fn id(self) -> &'static str {
        match self {
            Self::System => Self::SYSTEM,
            Self::Always(mode) => mode.id(),
        }
    }

    pub(super) fn from_id(id: &str) -> Option<Self> {
        if id == Self::SYSTEM {
            Some(Self::System)
        } else {
            Mode::from_id(id).map(Self::Always)
        }
    }

    fn mode(self, system: Option<egui::Theme>) -> Mode {
        match (self, system) {
            (Self::Always(mode), _) => mode,
            (Self::System, Some(egui::Theme::Dark)) => Mode::Dark,
            (Self::System, Some(egui::Theme::Light) | None) => Mode::Light,
        }
    }
}

/// How long the article's lines are at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LineLength {
    /// Some 55 letters, as in a column.
    Narrow,
    /// Some 75 letters, which the eye can follow.
    #[default]
    Normal,
    /// Some 100 letters.
    Wide,
}

impl LineLength {
    pub(super) const ALL: [Self; 3] = [Self::Narrow, Self::Normal, Self::Wide];

    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Narrow => "narrow",
            Self::Normal => "normal",
            Self::Wide => "wide",
        }
    }

    pub(super) fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|length| length.id() == id)
    }

    /// The longest line, in font sizes.
    pub(super) fn in_font_sizes(self) -> f32 {
        match self {
            Self::Narrow => 23.0,
            Self::Normal => 31.0,
            Self::Wide => 42.0,
        }
    }
}

/// How far the article's lines are apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Spacing {
    /// As close as the names under the marks allow.
    Close,
    /// As a label's name under each mark wants it.
    #[default]
    Normal,
    /// With air between the lines.
    Wide,
}

impl Spacing {
    pub(super) const ALL: [Self; 3] = [Self::Close, Self::Normal, Self::Wide];

    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Normal => "normal",
            Self::Wide => "wide",
        }
    }

    pub(super) fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|spacing| spacing.id() == id)
    }

    /// What a line's height is multiplied with.
    pub(super) fn factor(self) -> f32 {
        match self {
            Self::Close => 0.91,
            Self::Normal => 1.0,
            Self::Wide => 1.25,
        }
    }
}
