//! The kit: what every widget paints with.

use std::rc::Rc;

use egui::{
    Color32, Id, Painter, Pos2, Response, Role, Sense, Tooltip, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

use crate::app::access;
use crate::app::keymap::KeyMap;
use crate::app::look::Look;
use crate::lang::{Bilingual, Lang, Message, Noun};
use crate::theme::{Rgba, Theme, size};
use crate::typeset::{
    Align, Atlas, Base, Face, Fit, ShapedText, Style, Typesetter, Wrap, paint_with,
};

/// What a text is for: its size and weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum TextKind {
    /// Captions and keys.
    Small,
    /// Buttons, rows, fields.
    Body,
    /// Body, heavier.
    Strong,
    /// Headings of panels.
    Heading,
    /// The welcome page's name.
    Title,
}

/// Which of the theme's text colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Ink {
    /// To read.
    Text,
    /// Beside the point.
    Weak,
    /// What went wrong.
    Danger,
    /// What is well.
    Good,
    /// What needs a look.
    Caution,
    /// What can be done next.
    Accent,
}

/// What every widget paints with.
pub(in crate::app) struct Kit {
    /// Sets texts.
    pub(in crate::app) typesetter: Typesetter,
    /// Holds their glyphs.
    pub(in crate::app) atlas: Atlas,
    /// The colors.
    pub(in crate::app) theme: Theme,
    /// The interface's language.
    pub(in crate::app) lang: Lang,
    /// What else of the look a panel may ask for.
    pub(in crate::app) look: Look,
    /// The fields that were drawn: while one has the focus, it has most keys for itself.
    pub(in crate::app) fields: Vec<Id>,
    /// What fields could not take, to be told.
    pub(in crate::app) complaints: Vec<Message>,
    /// Whether a menu or the list of a combo box was drawn: it has all keys for itself.
    pub(in crate::app) has_popup: bool,
    /// Which keys mean which command, to show them.
    pub(in crate::app) keymap: KeyMap,
    /// The first heading that was drawn since somebody took it: the name of a dialog.
    pub(in crate::app) heading: Option<String>,
    /// The tooltip of what the keys have come to.
    pub(in crate::app) focus_tip: FocusTip,
}

/// The tooltip of what has the focus: it comes after a moment and goes by Esc.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::app) struct FocusTip {
    of: Option<Id>,
    since: f64,
    is_dismissed: bool,
    /// Whether it is shown.
    pub(in crate::app) is_shown: bool,
}

impl FocusTip {
    /// How long the focus rests before it comes, in seconds.
    const AFTER: f64 = 0.7;

    /// Something else may have the focus now.
    pub(in crate::app) fn follow(&mut self, focused: Option<Id>, now: f64) {
        if self.of != focused {
            *self = Self { of: focused, since: now, ..Self::default() };
        }
        self.is_shown = false;
    }

    /// Closes it, until something else has the focus.
    pub(in crate::app) fn dismiss(&mut self) {
        (self.is_dismissed, self.is_shown) = (true, false);
    }

    /// Whether that of `response` is to be seen now.
    fn comes(&mut self, response: &Response) -> bool {
        if self.is_dismissed || self.of != Some(response.id) || !response.has_focus() {
            return false;
        }
        let rest = Self::AFTER - (response.ctx.input(|input| input.time) - self.since);
        self.is_shown = rest <= 0.0;
        if rest > 0.0 {
            response.ctx.request_repaint_after(std::time::Duration::from_secs_f64(rest));
        }
        self.is_shown
    }
}

impl Kit {
    pub(in crate::app) fn new(theme: Theme, lang: Lang) -> Self {
        Self {
            typesetter: Typesetter::new(),
            atlas: Atlas::new(),
            theme,
            lang,
            look: Look::default(),
            fields: Vec::new(),
            complaints: Vec::new(),
            has_popup: false,
            keymap: KeyMap::new(),
            heading: None,
            focus_tip: FocusTip::default(),
        }
    }

    /// A string in the interface's language.
    pub(in crate::app) fn t(&self, text: Bilingual) -> &'static str {
        text.get(self.lang)
    }

    /// What the interface itself says, with the digits that the person reads: counts and dates.
    /// Never for an article's text, a value, a name or a path.
    pub(in crate::app) fn digits(&self, text: &str) -> String {
        self.look.digits.write(self.lang, text).into_owned()
    }

    /// A number in the digits that the person reads.
    pub(in crate::app) fn number(&self, number: usize) -> String {
        self.digits(&number.to_string())
    }

    /// So many of something, in the interface's language and digits.
    pub(in crate::app) fn count(&self, noun: &Noun, count: usize) -> String {
        self.digits(&noun.count(self.lang, count))
    }

    /// A date for the middle of a line: it keeps its own order there.
    pub(in crate::app) fn date(&self, date: &str) -> String {
        format!("\u{2066}{}\u{2069}", self.digits(date))
    }

    /// Whether the window is mirrored.
    pub(in crate::app) fn rtl(&self) -> bool {
        self.lang.is_right_to_left()
    }

    pub(in crate::app) fn ink(&self, ink: Ink) -> Rgba {
        match ink {
            Ink::Text => self.theme.text,
            Ink::Weak => self.theme.weak,
            Ink::Danger => self.theme.danger,
            Ink::Good => self.theme.good,
            Ink::Caution => self.theme.caution,
            Ink::Accent => self.theme.accent,
        }
    }

    /// A layout that fills rows from where reading begins.
    pub(in crate::app) fn row(&self) -> egui::Layout {
        if self.rtl() {
            egui::Layout::right_to_left(egui::Align::Center)
        } else {
            egui::Layout::left_to_right(egui::Align::Center)
        }
    }

    /// A layout that fills rows from where reading ends.
    pub(in crate::app) fn row_end(&self) -> egui::Layout {
        if self.rtl() {
            egui::Layout::left_to_right(egui::Align::Center)
        } else {
            egui::Layout::right_to_left(egui::Align::Center)
        }
    }

    /// A layout that fills columns from the top, at the edge where reading begins.
    pub(in crate::app) fn column(&self) -> egui::Layout {
        let align = if self.rtl() { egui::Align::Max } else { egui::Align::Min };
        egui::Layout::top_down(align)
    }

    /// A row of all available width, from where reading begins; it wraps if it must.
    pub(in crate::app) fn row_ui<T>(
        &mut self,
        ui: &mut Ui,
        add: impl FnOnce(&mut Ui, &mut Self) -> T,
    ) -> T {
        let size = vec2(ui.available_width(), size::CONTROL);
        let layout = self.row().with_main_wrap(true);
        ui.allocate_ui_with_layout(size, layout, |ui| add(ui, self)).inner
    }

    /// Sets a few letters in every kind of text, so that what is read of the fonts for the first
    /// time is not read in the first frame.
    pub(in crate::app) fn warm(&mut self, ctx: &egui::Context) {
        use TextKind::{Body, Heading, Small, Strong};
        for role in [Small, Body, Strong, Heading] {
            let style = Self::style(ctx, role);
            self.typesetter.text("توسيم Tawsim 1", &style, Fit::FREE);
        }
    }

    fn style(ctx: &egui::Context, role: TextKind) -> Style {
        let (points, bold) = match role {
            TextKind::Small => (size::SMALL, false),
            TextKind::Body => (size::BODY, false),
            TextKind::Strong => (size::BODY, true),
            TextKind::Heading => (size::HEADING, true),
            TextKind::Title => (size::TITLE, true),
        };
        Style { bold, ..Style::new(Face::Sans, points * ctx.pixels_per_point()) }
    }

    /// Sets a text of the interface: its base direction is the interface's.
    pub(in crate::app) fn set(
        &mut self,
        ui: &Ui,
        text: &str,
        role: TextKind,
        width: Option<f32>,
    ) -> Rc<ShapedText> {
        let base = if self.rtl() { Base::RightToLeft } else { Base::LeftToRight };
        self.set_based(
            ui,
            text,
            role,
            base,
            width.map_or(Fit::FREE, |width| self.cut(ui, width)),
        )
    }

    pub(in crate::app) fn set_based(
        &mut self,
        ui: &Ui,
        text: &str,
        role: TextKind,
        base: Base,
        fit: Fit,
    ) -> Rc<ShapedText> {
        let style = Style { base, ..Self::style(ui.ctx(), role) };
        self.typesetter.text(shown(text, fit), &style, fit)
    }

    fn cut(&self, ui: &Ui, width: f32) -> Fit {
        Fit::cut((width.max(1.0) * ui.ctx().pixels_per_point()).floor())
    }

    /// The size of a set text in points.
    pub(in crate::app) fn size(ui: &Ui, text: &ShapedText) -> Vec2 {
        vec2(text.width(), text.height()) / ui.ctx().pixels_per_point()
    }

    /// Paints a set text with its upper left corner at `at`.
    pub(in crate::app) fn paint(
        &mut self,
        painter: &Painter,
        at: Pos2,
        text: &ShapedText,
        color: Rgba,
    ) {
        paint_with(&mut self.atlas, painter, at, |pen| {
            pen.glyphs(text.glyphs(0.0, 0.0), color);
        });
    }

    /// Paints a text in `rect`, in the middle of its height, cut to its width: at the edge
    /// where reading begins, or in the middle.
    pub(in crate::app) fn paint_in(
        &mut self,
        ui: &Ui,
        rect: egui::Rect,
        (text, role): (&str, TextKind),
        color: Rgba,
        align: Align,
    ) {
        let base = if self.rtl() { Base::RightToLeft } else { Base::LeftToRight };
        let fit = self.cut(ui, rect.width()).aligned(align);
        let set = self.set_based(ui, text, role, base, fit);
        let top = rect.center().y - Self::size(ui, &set).y / 2.0;
        self.paint(ui.painter(), pos2(rect.left(), top), &set, color);
    }

    /// Paints a text of the project in `rect`, with its own base direction but at the edge
    /// where the interface begins.
    pub(in crate::app) fn paint_content(
        &mut self,
        ui: &Ui,
        rect: egui::Rect,
        (text, role): (&str, TextKind),
        color: Rgba,
    ) {
        // Digits alone, such as a date, read as they are written.
        let is_neutral = !text.chars().any(char::is_alphabetic);
        let base = if is_neutral { Base::LeftToRight } else { Base::Auto };
        let style = Style { base, ..Self::style(ui.ctx(), role) };
        let fit = self.cut(ui, rect.width());
        let text = shown(text, fit);
        let set = self.typesetter.text(text, &style, fit);
        let align =
            if set.direction().is_rtl() == self.rtl() { Align::Start } else { Align::End };
        let set = self.typesetter.text(text, &style, fit.aligned(align));
        let top = rect.center().y - Self::size(ui, &set).y / 2.0;
        self.paint(ui.painter(), pos2(rect.left(), top), &set, color);
    }

    /// A text on a line of its own or in a row, as wide as it is.
    pub(in crate::app) fn label(
        &mut self,
        ui: &mut Ui,
        text: &str,
        role: TextKind,
        ink: Ink,
    ) -> Response {
        let width = ui.available_width();
        let set = self.set(ui, text, role, Some(width));
        let (rect, response) = ui.allocate_exact_size(Self::size(ui, &set), Sense::hover());
        // A text that was cut stands in a box of the given width; move it into ours.
        self.place(ui, rect, &set, ink);
        self.tell_text(&response, text, role);
        response
    }

    /// A text over as many lines as it needs.
    pub(in crate::app) fn paragraph(
        &mut self,
        ui: &mut Ui,
        text: &str,
        role: TextKind,
        ink: Ink,
    ) -> Response {
        let base = if self.rtl() { Base::RightToLeft } else { Base::LeftToRight };
        let width = ui.available_width();
        let fit = Fit::wrapped((width * ui.ctx().pixels_per_point()).floor());
        let set = self.set_based(ui, text, role, base, fit);
        let height = Self::size(ui, &set).y;
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let color = self.ink(ink);
        self.paint(ui.painter(), rect.min, &set, color);
        self.tell_text(&response, text, role);
        response
    }

    /// Tells of a text that was drawn, and keeps the first heading.
    fn tell_text(&mut self, response: &Response, text: &str, kind: TextKind) {
        let is_heading = matches!(kind, TextKind::Heading | TextKind::Title);
        let role = if is_heading { Role::Heading } else { Role::Label };
        response.widget_info(|| WidgetInfo::labeled(role, true, text));
        if is_heading && self.heading.is_none() {
            self.heading = Some(text.to_owned());
        }
    }

    fn place(&mut self, ui: &Ui, rect: egui::Rect, set: &ShapedText, ink: Ink) {
        let scale = ui.ctx().pixels_per_point();
        let all = crate::text::TextRange::of(0..set.text().len());
        let left = set.rects(all).iter().map(|rect| rect.left).fold(f32::INFINITY, f32::min);
        let left = if left.is_finite() { left / scale } else { 0.0 };
        let color = self.ink(ink);
        self.paint(ui.painter(), pos2(rect.left() - left, rect.top()), set, color);
    }

    /// A line between two groups.
    pub(in crate::app) fn rule(&self, ui: &mut Ui) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
        ui.painter().rect_filled(rect, 0.0, color(self.theme.line));
    }

    /// A tooltip in the typeset layer's own text: under the pointer, and after a moment under
    /// what the keys have come to.
    pub(in crate::app) fn tip(&mut self, response: Response, text: &str) -> Response {
        if text.is_empty() {
            return response;
        }
        access::describe(&response, text);
        if self.focus_tip.comes(&response) {
            Tooltip::for_widget(&response).show(|ui| self.tip_text(ui, text));
            return response;
        }
        response.on_hover_ui(|ui| self.tip_text(ui, text))
    }

    fn tip_text(&mut self, ui: &mut Ui, text: &str) {
        ui.set_max_width(320.0);
        let base = if self.rtl() { Base::RightToLeft } else { Base::LeftToRight };
        let fit = Fit::wrapped((300.0 * ui.ctx().pixels_per_point()).floor());
        let text = shown(text, Fit::cut(0.0));
        let free = self.set_based(ui, text, TextKind::Small, base, Fit::FREE);
        let width = Self::size(ui, &free).x.ceil().min(300.0);
        let fit = Fit { width: Some((width * ui.ctx().pixels_per_point()).ceil()), ..fit };
        let set = self.set_based(ui, text, TextKind::Small, base, fit);
        let height = Self::size(ui, &set).y;
        let (rect, tip) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let ink = self.theme.text;
        self.paint(ui.painter(), rect.min, &set, ink);
        tip.widget_info(|| WidgetInfo::labeled(Role::Tooltip, true, text));
    }
}

/// What can be seen at most of a text that is cut to its place: a project's title or value
/// may be a megabyte long, and is set in every frame.
fn shown(text: &str, fit: Fit) -> &str {
    const LINE: usize = 2_048;
    const PLACE: usize = 16_384;
    let most = match fit.wrap {
        Wrap::None => return text,
        Wrap::Ellipsis => LINE,
        Wrap::Wrap => PLACE,
    };
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// A theme's color as egui's.
pub(in crate::app) fn color(color: Rgba) -> Color32 {
    let [r, g, b, a] = color.0;
    Color32::from_rgba_unmultiplied(r, g, b, a)
}
