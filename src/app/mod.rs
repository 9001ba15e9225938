//! The window.
//!
//! One frame: take what finished tasks bring, take the keys of commands, draw the panels,
//! apply what they ask for. Panels read the project and cannot change it; everything that
//! changes something is an `Action`, applied in `update`.

mod access;
mod action;
mod assistant;
mod command;
mod dialog;
mod documents;
mod drawer;
mod drop;
mod extractor;
mod find;
mod guide;
mod guide_form;
mod hands;
mod import;
mod input;
mod keymap;
mod layout;
mod learn;
mod look;
mod manual;
mod notice;
mod outside;
mod own_keys;
mod panel;
mod preview;
mod quality;
mod records;
mod review;
mod sample;
mod schema_form;
mod settings;
mod spans;
mod start;
mod statistics;
mod suggest;
mod task;
mod update;
mod widget;
mod workspace;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use eframe::CreationContext;
use egui::{Color32, Context, FontData, FontDefinitions, FontFamily, Frame, Margin, Panel, Ui};

use crate::extract;
use crate::lang::{Bilingual, Explain, Lang, Message};
use crate::logbook::{self, Entry, Log};
use crate::model::{AnnotatorId, DocumentId, Problem};
use crate::project::{Ambient, Project};
use crate::store::{Disk, Installation, RealDisk};
use crate::theme::{Mode, Theme, size};
use crate::typeset::FONTS;
use action::Action;
use command::Desk;
use dialog::Dialog;
use drawer::{Docked, Drawer};
use keymap::{Focus, take_keys};
use layout::{Rearrange, Region};
use look::ThemeChoice;
use notice::Notice;
use settings::Settings;
use task::Task;
use widget::{ArticleView, Kit, color};
use workspace::{Menu, Workspace};

/// What the window shows first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The welcome page.
    #[default]
    Welcome,
    /// A project.
    Project {
        /// Its folder.
        folder: PathBuf,
        /// The document to open; the first that is not finished otherwise.
        document: Option<DocumentId>,
    },
    /// The sample project.
    Sample,
}

/// How the window is to be opened.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    /// What it shows first.
    pub view: View,
    /// The language; that of the settings otherwise.
    pub lang: Option<Lang>,
    /// Light or dark; as in the settings otherwise.
    pub mode: Option<Mode>,
    /// Who annotates; as in the settings otherwise.
    pub annotator: Option<AnnotatorId>,
    /// The window's size in points.
    pub size: Option<(u32, u32)>,
    /// The folder of settings, of the installation's id and of the sample project.
    pub config: PathBuf,
    /// Where files for the person go unless they say otherwise; none is suggested if empty.
    pub home: PathBuf,
    /// What is told of the program's doing.
    pub log: Log,
}

impl Launch {
    /// The document that was asked for, once.
    fn take_document(&mut self) -> Option<DocumentId> {
        match &mut self.view {
            View::Project { document, .. } => document.take(),
            View::Welcome | View::Sample => None,
        }
    }
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The system has no display, or no OpenGL.
    #[error(
        "cannot open a window: {0}\n\
         Tawsim needs a display (X11 or Wayland) with OpenGL. On a machine without one, use\n\
         the commands that need no window (`tawsim --help`), or a virtual display:\n  \
         xvfb-run -s '-screen 0 1280x1024x24 +extension GLX' tawsim demo\n\
         On Debian it wants libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon0\n\
         libxkbcommon-x11-0 libgl1 libglx-mesa0 libgl1-mesa-dri libegl1"
    )]
    NoWindow(String),
    /// The folder of settings cannot be used.
    #[error(transparent)]
    Store(#[from] crate::store::Error),
}

/// The window's icon, where the system takes it from the window.
const ICON: &[u8] = include_bytes!("../../packaging/icons/tawsim-128.png");

/// Opens the window and returns when it is closed.
///
/// # Errors
///
/// If the system lets no window be opened.
pub fn run(launch: Launch) -> Result<(), RunError> {
    let layout = Settings::peek(&launch.config).layout;
    let (width, height) = match launch.size {
        Some((width, height)) => (pixels(width), pixels(height)),
        None => layout.window.unwrap_or((1280.0, 800.0)),
    };
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Tawsim · توسيم")
        .with_app_id("tawsim")
        .with_inner_size([width, height])
        .with_maximized(layout.is_maximized && launch.size.is_none())
        .with_min_inner_size([480.0, 360.0]);
    // Without it the window works as well; a test holds that there is one.
    if let Ok(icon) = eframe::icon_data::from_png_bytes(ICON) {
        viewport = viewport.with_icon(icon);
    }
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        multisampling: 0,
        depth_buffer: 0,
        stencil_buffer: 0,
        ..eframe::NativeOptions::default()
    };
    if launch.view != View::Welcome {
        // While the system makes the window, so that what is suggested is seen with the article.
        // Where no thread can be had, it comes later.
        thread::Builder::new().name("lists".to_owned()).spawn(extract::prepare).ok();
    }
    let installation = Installation::of(&RealDisk, &launch.config, (Ambient::SYSTEM.random)())?;
    let create = |cx: &CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        let waker = cx.egui_ctx.clone();
        logbook::on_crash(move || waker.request_repaint());
        launch.log.write(&Entry::Started);
        let app =
            App::new(&cx.egui_ctx, launch, (Arc::new(RealDisk), installation), Ambient::SYSTEM);
        Ok(Box::new(app))
    };
    eframe::run_native("tawsim", options, Box::new(create))
        .map_err(|error| RunError::NoWindow(reason(&error.to_string())))
}

/// What a window system's error says, without the place in its own source.
fn reason(error: &str) -> String {
    let rest = error.rsplit_once(".rs:").and_then(|(_, rest)| rest.split_once(": "));
    rest.map_or(error, |(_, reason)| reason).trim_end_matches('.').to_owned()
}

/// The window's program: four owners (project, workspace, settings, kit) and a task.
pub struct App {
    kit: Kit,
    settings: Settings,
    launch: Launch,
    project: Option<Project>,
    workspace: Workspace,
    task: Option<Task>,
    disk: Arc<dyn Disk>,
    installation: Installation,
    ambient: Ambient,
    /// Input that came together with other input, for the next frames.
    later: Vec<egui::Event>,
    /// What the person is to know before anything else, one after the other.
    notices: Vec<Notice>,
    /// Whether the settings may be written: not over a file that was not understood.
    keeps_settings: bool,
    /// Whether the settings have changed since they were saved.
    settings_changed: bool,
    /// Whether closing was refused once, since not everything is saved.
    was_warned: bool,
    /// A project that waits until somebody has said who annotates.
    waiting: Option<PathBuf>,
    /// The document to open in the project that is being opened.
    asked: Option<DocumentId>,
    /// What is wrong with the person's own keys.
    key_problems: Vec<Problem>,
    /// Whether Alt went down and nothing since: letting it go opens the menu.
    alt_is_down: bool,
    /// What to say once that project is open.
    news: Option<Message>,
    /// Whether a thread looks for what other programs have changed.
    is_looking: bool,
    /// What other threads ask for.
    sender: Sender<Action>,
    receiver: Receiver<Action>,
}

impl App {
    /// The program of a window that draws in `ctx`.
    #[must_use]
    pub fn new(
        ctx: &Context,
        launch: Launch,
        (disk, installation): (Arc<dyn Disk>, Installation),
        ambient: Ambient,
    ) -> Self {
        let (mut settings, unread) = Settings::load(&launch.config);
        let notices = notice::notices(&launch.config, &settings, unread.as_ref());
        let keeps_settings = unread.is_none_or(|unread| unread.kept.is_some());
        settings.lang = launch.lang.unwrap_or(settings.lang);
        if let Some(mode) = launch.mode {
            settings.look.theme = ThemeChoice::Always(mode);
        }
        let (sender, receiver) = channel();
        let kit = Kit::new(settings.look.colors(ctx.system_theme()), settings.lang);
        set_up(ctx);
        let mut app = Self {
            kit,
            settings,
            launch,
            project: None,
            workspace: Workspace::default(),
            task: None,
            disk,
            installation,
            ambient,
            later: Vec::new(),
            notices,
            keeps_settings,
            settings_changed: false,
            was_warned: false,
            waiting: None,
            asked: None,
            key_problems: Vec::new(),
            alt_is_down: false,
            news: None,
            is_looking: false,
            sender,
            receiver,
        };
        app.load_keys();
        app.wear(ctx);
        match app.launch.view.clone() {
            View::Welcome => {}
            View::Project { folder, .. } => app.apply(ctx, Action::OpenProject(folder)),
            View::Sample => app.apply(ctx, Action::OpenSample),
        }
        // While it is opened in its thread.
        app.kit.warm(ctx);
        app.await_task();
        if app.project.is_some() && app.settings.suggests {
            // A frame more would take longer than what is left of it.
            extract::prepare();
        }
        app.follow_suggestions(ctx);
        app
    }

    /// Draws a frame and applies what was asked for in it.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let mut actions: Vec<Action> = self.receiver.try_iter().collect();
        self.finish_task();
        if let Some(project) = &mut self.project {
            self.workspace.list_problems(project.take_problems());
        }
        self.look_outside(&ctx);
        self.follow_system(&ctx);
        self.take_dropped(&ctx, &mut actions);
        if let Some(project) = &self.project {
            self.workspace.follow_documents(&ctx, project, self.settings.order);
        }
        self.keys(&ctx, &mut actions);
        self.panels(ui, &mut actions);
        self.over(&ctx, &mut actions);
        for complaint in self.kit.complaints.drain(..) {
            self.workspace.complain(complaint);
        }
        // What was being written belongs to what was chosen then: before another is.
        actions.sort_by_key(|action| !action.is_written());
        for action in actions {
            self.apply(&ctx, action);
            ctx.request_repaint();
        }
        self.follow_teacher(&ctx);
        self.follow_suggestions(&ctx);
        if logbook::has_crashed() {
            // What is in memory is not to be trusted; what is on the disk is.
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            return;
        }
        let is_closing = ctx.input(|input| input.viewport().close_requested());
        if is_closing && !self.may_close() {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        }
        self.remember_window(&ctx);
        // Turning the wheel changes them many times a second: wait until it rests.
        let rests = ctx
            .input(|input| !input.pointer.any_down() && input.time_since_last_scroll() > 0.5);
        if self.settings_changed && rests {
            self.save_settings();
        } else if self.settings_changed {
            ctx.request_repaint_after(std::time::Duration::from_millis(600));
        }
        self.give_focus(&ctx);
        access::speak(&ctx, self.kit.lang);
    }

    /// Gives the focus to what is to get it; where nothing has it, to the article, so that
    /// its keys go on working after a click on a button or a row.
    fn give_focus(&mut self, ctx: &Context) {
        let wanted = &mut self.workspace.focus;
        if let Some((id, frames)) = self.workspace.back.take().filter(|_| wanted.is_none()) {
            *wanted = Some(id);
            self.workspace.back = frames.checked_sub(1).map(|frames| (id, frames));
        }
        let nobody = ctx.memory(|memory| memory.focused()).is_none();
        let reads = self.project.as_ref().is_some_and(|project| project.document().is_some())
            && self.task.is_none()
            && self.workspace.drawer.is_none()
            && self.workspace.dialog.is_none()
            && self.workspace.menu.is_none();
        let idle = (nobody && reads && !self.workspace.is_away).then(ArticleView::id);
        if let Some(id) = self.workspace.focus.take().or(idle) {
            self.workspace.is_away = false;
            ctx.memory_mut(|memory| memory.request_focus(id));
            ctx.request_repaint();
        }
    }

    /// Waits until all work is in the files, as when the window closes. A task that is running
    /// is stopped, as it may have the project.
    pub fn close(&mut self) {
        if let Some(finish) = self.task.take().and_then(Task::end) {
            finish(self);
        }
        self.take_written();
        if self.settings_changed {
            self.save_settings();
        }
        if let Some(project) = self.project.take()
            && let Err(error) = project.close()
        {
            // Nothing is lost: the journal has it, and the next start finds it there.
            self.fail(&error);
        }
    }

    fn keys(&mut self, ctx: &Context, actions: &mut Vec<Action>) {
        let focused = ctx.memory(|memory| memory.focused());
        let focus = match focused {
            None if self.workspace.is_away || self.workspace.drawer.is_some() => {
                Focus::Elsewhere
            }
            None => Focus::Article,
            Some(id) if id == ArticleView::id() => Focus::Article,
            Some(id) if self.kit.fields.contains(&id) => Focus::Field,
            Some(id) if self.workspace.records.has(id) => Focus::Records,
            Some(_) => Focus::Elsewhere,
        };
        self.kit.focus_tip.follow(focused, ctx.input(|input| input.time));
        if ctx.input(|input| input.events.contains(&egui::Event::WindowFocused(true))) {
            // Back from where the file of keys may have been written in.
            self.load_keys();
        }
        // While a task runs, nothing is seen that a key could mean; a menu has all keys.
        let is_free = self.task.is_none() && !std::mem::take(&mut self.kit.has_popup);
        let is_free = is_free && !self.workspace.dialog.as_ref().is_some_and(Dialog::has_keys);
        let opens_menu = self.alt_alone(ctx);
        if is_free && self.workspace.menu.is_none() {
            if opens_menu && self.workspace.dialog.is_none() {
                actions.push(Action::ShowMenu(Some(Menu::all())));
            }
            let mut pending = std::mem::take(&mut self.workspace.pending);
            let desk = Desk { project: self.project.as_ref(), workspace: &self.workspace };
            let keys = (&self.kit.keymap, &mut pending);
            actions.extend(take_keys(ctx, keys, &desk, focus));
            self.workspace.pending = pending;
        }
        let zoom = ctx.input(egui::InputState::zoom_delta);
        if (zoom - 1.0).abs() > f32::EPSILON {
            // A factor, so that as much back is the same size again; and a small one, since
            // egui's takes three notches of the wheel for a text three times as large.
            actions.push(Action::Zoom(self.settings.look.text_size * (zoom.powf(0.35) - 1.0)));
        }
        self.kit.fields.clear();
    }

    fn panels(&mut self, ui: &mut Ui, out: &mut Vec<Action>) {
        let Self { kit, workspace, settings, project, task, notices, launch, .. } = self;
        let theme = kit.theme;
        let bar = |margin: Margin| Frame::new().fill(color(theme.panel)).inner_margin(margin);
        if workspace.alone.is_none() {
            Panel::top("top").frame(bar(Margin::symmetric(12, 6))).show(ui, |ui| {
                panel::top_ui(ui, kit, project.as_ref(), workspace, out);
            });
        }
        panel::notice_ui(ui, kit, notices.first(), out);
        if let Some(task) = task {
            egui::CentralPanel::no_frame().show(ui, |ui| task.ui(ui, kit, out));
            return;
        }
        let Some(project) = project else {
            egui::CentralPanel::no_frame().show(ui, |ui| {
                panel::welcome_ui(ui, kit, (settings, &launch.home), workspace, out);
            });
            panel::dialogs_ui(ui.ctx(), kit, None, workspace, out);
            panel::menu_ui(ui.ctx(), kit, None, workspace, out);
            return;
        };
        // Its height is said, so that the article has the same place in the first frame.
        let status = Panel::bottom("status").default_size(size::CONTROL + 6.0);
        status.frame(bar(Margin::symmetric(12, 3))).show(ui, |ui| {
            panel::status_ui(ui, kit, project, workspace, out);
        });
        let layout = &settings.layout;
        if workspace.shows_problems {
            layout::show(ui, kit, (Region::Problems, layout), out, |ui, kit, out| {
                panel::problems_ui(ui, kit, workspace, out);
            });
        }
        if workspace.shows_history {
            layout::show(ui, kit, (Region::Steps, layout), out, |ui, kit, out| {
                panel::history_ui(ui, kit, project, workspace, out);
            });
        }
        if workspace.search_all.is_open {
            layout::show(ui, kit, (Region::Search, layout), out, |ui, kit, out| {
                panel::search_ui(ui, kit, project, workspace, out);
            });
        }
        if workspace.records.is_open && project.document().is_some() {
            layout::show(ui, kit, (Region::Records, layout), out, |ui, kit, out| {
                panel::records_ui(ui, kit, project, workspace, out);
            });
        }
        let (width, middle) = (ui.available_width(), ui.available_rect_before_wrap());
        let is_open = project.document().is_some();
        // A window that shows only the article has room for nothing else, however wide it is.
        let width = if workspace.alone.is_some() { 0.0 } else { width };
        workspace.room = Docked::in_width(width, is_open);
        let docked = workspace.room.without_hidden(layout, is_open);
        if docked != std::mem::replace(&mut workspace.docked, docked) {
            // The buttons above have been drawn already.
            ui.ctx().request_repaint();
        }
        workspace.drawer = workspace.drawer.filter(|drawer| !docked.has(*drawer));
        if docked.documents {
            layout::show(ui, kit, (Region::Documents, layout), out, |ui, kit, out| {
                panel::documents_ui(ui, kit, project, workspace, out);
            });
        }
        if docked.inspector {
            layout::show(ui, kit, (Region::Inspector, layout), out, |ui, kit, out| {
                panel::inspector_ui(ui, kit, project, workspace, out);
            });
        }
        if workspace.find.is_open && project.document().is_some() {
            Panel::bottom("find").frame(bar(Margin::symmetric(12, 6))).show(ui, |ui| {
                panel::find_ui(ui, kit, project, workspace, out);
            });
        }
        egui::CentralPanel::no_frame().show(ui, |ui| {
            panel::article_ui(ui, kit, project, workspace, out);
        });
        if let Some(drawer) = workspace.drawer {
            let shown = drawer::show(ui, kit, (drawer, middle), |ui, kit| match drawer {
                Drawer::Documents => panel::documents_ui(ui, kit, project, workspace, out),
                Drawer::Inspector => panel::inspector_ui(ui, kit, project, workspace, out),
            });
            if shown.closes {
                out.push(Action::Rearrange(Rearrange::CloseDrawer));
            }
            if shown.is_seen && workspace.drawer_focus.is_some() {
                workspace.focus = workspace.drawer_focus.take();
            }
        }
        let panels = ["documents", "inspector", "problems", "steps", "search"];
        access::splitters(ui, kit, &panels);
        panel::dialogs_ui(ui.ctx(), kit, Some(project), workspace, out);
        panel::menu_ui(ui.ctx(), kit, Some(project), workspace, out);
    }

    /// Says what went wrong, and tells the log of which kind it was.
    fn fail<E: Explain + std::fmt::Debug>(&mut self, error: &E) {
        self.launch.log.write(&Entry::Failed { kind: logbook::kind_of(error) });
        self.workspace.complain(error.explain());
    }

    fn save_settings(&mut self) {
        self.settings_changed = false;
        if !self.keeps_settings {
            return;
        }
        if let Err(error) = self.settings.save(&self.launch.config) {
            let path = self.launch.config.display();
            self.workspace.complain(Message::new(
                format!("لم تُحفظ الإعدادات في {}: {error}", crate::lang::isolated(&path)),
                format!("the settings were not saved in {path}: {error}"),
            ));
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn raw_input_hook(&mut self, ctx: &Context, input: &mut egui::RawInput) {
        // Each key and each press is answered by itself, in order, however slow a frame was:
        // what the second one means may follow from what the first one did. Letters that are
        // written into a field come together, as a frame may take longer than a letter.
        let focused = ctx.memory(|memory| memory.focused());
        let writes = focused.is_some_and(|id| self.kit.fields.contains(&id));
        if self.kit.focus_tip.is_shown && input.events.iter().any(input::is_escape) {
            // It closes the tooltip, and nothing else.
            self.kit.focus_tip.dismiss();
            input.events.retain(|event| !input::is_escape(event));
            ctx.request_repaint();
        }
        self.later.append(&mut input.events);
        input.events = input::first_hand(&mut self.later, writes);
        if self.settings.look.less_motion {
            input.events = input::without_gliding(std::mem::take(&mut input.events));
        }
        if !self.later.is_empty() {
            ctx.request_repaint();
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.close();
        self.launch.log.write(&Entry::Closed);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        let [r, g, b, _] = self.kit.theme.desk.0;
        Color32::from_rgba_unmultiplied(r, g, b, 255).to_normalized_gamma_f32()
    }
}

/// A number of points as egui wants it.
fn pixels(points: u32) -> f32 {
    u16::try_from(points).map_or(f32::from(u16::MAX), f32::from)
}

/// Fonts and habits that hold for good. egui writes nothing of ours, but wants a font.
fn set_up(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    if let Some(font) = FONTS.iter().find(|font| font.family == "Noto Sans") {
        fonts.font_data.insert("sans".to_owned(), Arc::new(FontData::from_static(font.bytes)));
    }
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["sans".to_owned()]);
    }
    ctx.set_fonts(fonts);
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
    });
}

/// The theme, for the few things that egui draws itself: frames, separators, shadows.
fn dress(ctx: &Context, theme: &Theme) {
    let egui_theme = if theme.mode.is_dark() { egui::Theme::Dark } else { egui::Theme::Light };
    ctx.set_theme(egui_theme);
    ctx.style_mut_of(egui_theme, |style| {
        let visuals = &mut style.visuals;
        visuals.panel_fill = color(theme.panel);
        visuals.window_fill = color(theme.panel);
        visuals.window_stroke = egui::Stroke::new(1.0, color(theme.edge));
        visuals.window_corner_radius = size::RADIUS.into();
        visuals.menu_corner_radius = size::RADIUS.into();
        let shadow =
            egui::Shadow { offset: [0, 3], blur: 12, spread: 0, color: color(theme.shade) };
        (visuals.window_shadow, visuals.popup_shadow) = (shadow, shadow);
        visuals.selection.bg_fill = color(theme.selection);
        visuals.selection.stroke.color = color(theme.accent);
        visuals.text_cursor.stroke.color = color(theme.text);
        visuals.widgets.noninteractive.bg_stroke.color = color(theme.line);
        visuals.widgets.hovered.bg_stroke.color = color(theme.accent);
        visuals.widgets.active.bg_stroke.color = color(theme.accent);
        style.spacing.item_spacing = egui::vec2(8.0, size::GAP);
        style.animation_time = 0.0;
        style.scroll_animation = egui::style::ScrollAnimation::none();
    });
}

/// The name of a task that is running.
const OPENING: Bilingual = crate::lang::both("يُفتح المشروع…", "Opening the project…");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_told_without_its_place() {
        let error = "winit EventLoopError: os error at /a/b/mod.rs:765: no DISPLAY is set.";
        assert_eq!(reason(error), "no DISPLAY is set");
        assert_eq!(reason("no OpenGL"), "no OpenGL");
    }

    #[test]
    fn the_window_has_an_icon() {
        let icon = eframe::icon_data::from_png_bytes(ICON).unwrap();
        assert_eq!((icon.width, icon.height), (128, 128));
    }
}
