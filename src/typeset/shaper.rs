//! The typesetter: bundled fonts, and one parley context for all texts.

use std::borrow::Cow;
use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{
    BaseDirection, CHROMIUM_LINE_BREAK_OVERRIDE, FontContext, FontFamily, FontFamilyName,
    FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap, TextStyle, TextWrapMode,
};

use super::font::{self, FONTS};
use super::label::Labels;
use super::style::{Direction, Face, Style};
use super::{Font, FontId};

/// Sets texts in the bundled fonts.
///
/// There is one for the whole program: it holds the fonts' tables, scratch space and the short
/// texts of the interface, so that setting the same text again costs a look-up.
pub struct Typesetter {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    ids: FontIds,
    pub(super) labels: Labels,
    pub(super) scratch: Layout<()>,
}

impl std::fmt::Debug for Typesetter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typesetter").field("labels", &self.labels).finish_non_exhaustive()
    }
}

impl Default for Typesetter {
    fn default() -> Self {
        Self::new()
    }
}

impl Typesetter {
    /// A typesetter with the bundled fonts, and none of the system's.
    #[must_use]
    pub fn new() -> Self {
        let options = CollectionOptions { system_fonts: false, ..CollectionOptions::default() };
        let mut collection = Collection::new(options);
        let mut ids = FontIds(Vec::with_capacity(FONTS.len()));
        for (id, Font { bytes, .. }) in font::fonts() {
            let blob = Blob::new(Arc::new(*bytes));
            ids.0.push((blob.id(), id));
            collection.register_fonts(blob, None);
        }
        Self {
            fonts: FontContext { collection, source_cache: SourceCache::default() },
            layouts: LayoutContext::new(),
            ids,
            labels: Labels::default(),
            scratch: Layout::new(),
        }
    }

    /// Shapes `text`, one paragraph without its line end, into `layout`; breaks no lines yet.
    pub(super) fn shape(
        &mut self,
        text: &str,
        style: &Style,
        direction: Direction,
        layout: &mut Layout<()>,
    ) {
        let mut builder = self.layouts.style_run_builder(&mut self.fonts, text, 1.0, true);
        let index = builder.push_style(TextStyle {
            font_family: FontFamily::List(Cow::Borrowed(families(style.face))),
            font_size: style.size,
            font_weight: FontWeight::new(weight(style)),
            line_height: LineHeight::Absolute(style.line_pixels()),
            overflow_wrap: OverflowWrap::Anywhere,
            text_wrap_mode: TextWrapMode::Wrap,
            ..TextStyle::default()
        });
        builder.push_style_run(index, ..);
        builder.set_base_direction(match direction {
            Direction::RightToLeft => BaseDirection::Rtl,
            Direction::LeftToRight => BaseDirection::Ltr,
        });
        // As Chromium does, so that a link stays whole at its slashes and question marks.
        builder.set_line_break_override(Some(CHROMIUM_LINE_BREAK_OVERRIDE));
        builder.build_into(layout, text);
    }

    pub(super) fn font_ids(&self) -> &FontIds {
        &self.ids
    }
}

/// Which of the bundled fonts a blob of parley's is.
#[derive(Debug)]
pub(super) struct FontIds(Vec<(u64, FontId)>);

impl FontIds {
    /// The font whose bytes `blob` holds. All blobs are made in [`Typesetter::new`].
    pub(super) fn of(&self, blob: u64) -> FontId {
        self.0.iter().find(|(id, _)| *id == blob).map_or(FontId(0), |(_, font)| *font)
    }
}

/// The families in which a letter is looked for, the first that has it wins.
fn families(face: Face) -> &'static [FontFamilyName<'static>] {
    const FOR_NASKH: &[FontFamilyName<'static>] = &[
        FontFamilyName::named(font::NASKH),
        FontFamilyName::named(font::SANS),
        FontFamilyName::named(font::EMOJI),
    ];
    const FOR_AMIRI: &[FontFamilyName<'static>] = &[
        FontFamilyName::named(font::AMIRI),
        FontFamilyName::named(font::NASKH),
        FontFamilyName::named(font::SANS),
        FontFamilyName::named(font::EMOJI),
    ];
    const FOR_SANS: &[FontFamilyName<'static>] = &[
        FontFamilyName::named(font::SANS_ARABIC),
        FontFamilyName::named(font::SANS),
        FontFamilyName::named(font::EMOJI),
    ];
    match face {
        Face::Naskh => FOR_NASKH,
        Face::Amiri => FOR_AMIRI,
        Face::Sans => FOR_SANS,
    }
}

fn weight(style: &Style) -> f32 {
    match (style.bold, style.face) {
        (false, _) => 400.0,
        (true, Face::Naskh | Face::Amiri) => 700.0,
        (true, Face::Sans) => 600.0,
    }
}
