//! Everything that the window can show, to be looked at: each scene in both languages, in every
//! theme, in a usual window, in a large one, and at twice the size.
//!
//! A usual run of the tests only goes to each scene once, so that none gets lost.
//! `packaging/pictures` has all of them drawn. What is looked for in a picture stands in
//! `CHECKLIST`, at the head of the index that is written beside them.

mod book;
mod focus;
mod further;
mod index;
mod places;
mod reach;
mod stage;

use std::sync::atomic::{AtomicUsize, Ordering};

use tawsim::app::{Launch, View};
use tawsim::lang::{Bilingual, Lang, both};
use tawsim::theme::Mode;

use super::hands::{Home, Window};

/// What a picture of the window is held against, one by one.
const CHECKLIST: [&str; 10] = [
    "Alignment: edges and baselines that belong together stand on one line.",
    "Mirroring: in Arabic everything begins at the right: lists, sliders, scroll bars, arrows.",
    "Cut text: nothing is cut or lies over something else, at twice the size neither.",
    "Contrast: every word is read at once, by day and by night, over marks and when disabled.",
    "Spacing: like distances are alike; what belongs together stands closer than what does not.",
    "Hierarchy: the eye finds the article first, then what is to be done, then the rest.",
    "Empty states say what they are for and what to do.",
    "Long names are shortened at their end, and leave the numbers beside them in peace.",
    "500 spans in an article: still calm, still readable.",
    "Words: both languages say the same, without a stray sign, and nothing is left untranslated.",
];

/// What ends the tour.
const END: Bilingual = both("أنهِ الجولة", "End the tour");

/// How the window is looked at.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) lang: Lang,
    pub(super) mode: Mode,
    pub(super) size: Size,
}

/// How large it is, and the size of all in it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Size {
    Usual,
    Large,
    /// A usual screen on which everything is twice as large.
    Twice,
}

impl Size {
    const ALL: [Self; 3] = [Self::Usual, Self::Large, Self::Twice];

    /// Its name, its width and height in pixels, and how many of them are a point.
    fn of(self) -> (&'static str, (f32, f32), f32) {
        match self {
            Self::Usual => ("1280", (1280.0, 800.0), 1.0),
            Self::Large => ("1920", (1920.0, 1080.0), 1.0),
            Self::Twice => ("200%", (1280.0, 800.0), 2.0),
        }
    }
}

impl Look {
    /// A window that shows `view`, looked at so.
    fn window(self, home: &Home, view: View) -> Window {
        self.launch(Launch { mode: Some(self.mode), ..home.launch(view, self.lang) })
    }

    fn launch(self, launch: Launch) -> Window {
        let (_, size, scale) = self.size.of();
        self.scale(Window::of_size(launch, size), scale)
    }

    fn scale(self, mut window: Window, scale: f32) -> Window {
        window.harness.set_pixels_per_point(scale);
        window.settle();
        window
    }

    /// The sample project, its tour at an end.
    fn sample(self, home: &Home) -> Window {
        let mut window = self.tour(home);
        let end = END.get(self.lang);
        if window.has(end) {
            window.click(end);
            window.key("F6");
            if !window.is_in_article() {
                window.key("F6");
            }
        }
        window
    }

    /// The sample project as it opens first, with its tour.
    fn tour(self, home: &Home) -> Window {
        let launch = home.launch(View::Sample, self.lang);
        self.launch(Launch { annotator: None, mode: Some(self.mode), ..launch })
    }

    /// The project in this folder.
    fn project(self, home: &Home, folder: &str) -> Window {
        self.window(home, View::Project { folder: home.path(folder), document: None })
    }

    fn name(self, scene: &str) -> String {
        format!("{scene}-{}-{}-{}", self.lang.code(), self.mode.id(), self.size.of().0)
    }
}

/// Something that the window can show, and the way there by hand.
pub(super) struct Scene {
    name: &'static str,
    show: fn(&Home, Look) -> Window,
}

/// All scenes.
fn scenes() -> impl Iterator<Item = &'static Scene> {
    places::SCENES.iter().chain(further::SCENES)
}

#[test]
fn every_scene_can_be_shown() {
    let looks = [
        Look { lang: Lang::Ar, mode: Mode::Light, size: Size::Usual },
        Look { lang: Lang::En, mode: Mode::Dark, size: Size::Twice },
    ];
    for (scene, look) in scenes().zip(looks.into_iter().cycle()) {
        drop((scene.show)(&Home::new(), look));
    }
}

/// Draws those of the manual and of the README where `TAWSIM_BOOK` is set.
#[test]
fn pictures_of_the_manual() {
    if std::env::var_os("TAWSIM_BOOK").is_some() {
        book::draw();
    }
}

/// What `TAWSIM_PICTURES` asks for; a name that is in none is a mistake. `all` for all.
#[test]
fn pictures_of_every_scene() {
    let Ok(wanted) = std::env::var("TAWSIM_PICTURES") else {
        // What a usual run wants of them is in `every_scene_can_be_shown`.
        return;
    };
    let wanted: Vec<&str> = wanted.split([',', ' ']).filter(|part| !part.is_empty()).collect();
    let is_wanted = |name: &str| {
        wanted.iter().all(|part| *part == "all" || format!("{name}-").contains(part))
    };
    let mut pictures = Vec::new();
    for scene in scenes() {
        for lang in [Lang::Ar, Lang::En] {
            for mode in Mode::ALL {
                for size in Size::ALL {
                    let look = Look { lang, mode, size };
                    if is_wanted(&look.name(scene.name)) {
                        pictures.push((scene, look));
                    }
                }
            }
        }
    }
    assert!(!pictures.is_empty(), "no picture has {wanted:?} in its name");
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((scene, look)) =
                    pictures.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    let mut window = (scene.show)(&Home::new(), *look);
                    stage::take(&mut window, &look.name(scene.name));
                }
            });
        }
    });
    index::write();
}

#[test]
fn at_twice_the_size_nothing_is_out_of_reach() {
    let mut lost = Vec::new();
    for scene in scenes() {
        for lang in [Lang::Ar, Lang::En] {
            let look = Look { lang, mode: Mode::Light, size: Size::Twice };
            let mut window = (scene.show)(&Home::new(), look);
            let beside = reach::beside(&window).into_iter();
            lost.extend(beside.map(|name| (scene.name, lang, "beside", name)));
            if reach::has_dialog(&window) {
                let unseen = reach::unseen_by_tab(&mut window);
                lost.extend(unseen.into_iter().map(|name| (scene.name, lang, "unseen", name)));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn at_twice_the_size_the_buttons_of_a_dialog_are_seen_at_once() {
    for lang in [Lang::Ar, Lang::En] {
        for (name, button) in
            [("details", both("احفظ", "Save")), ("export", both("صدّر", "Export"))]
        {
            let scene = scenes().find(|scene| scene.name == name).unwrap();
            let look = Look { lang, mode: Mode::Light, size: Size::Twice };
            let mut window = (scene.show)(&Home::new(), look);
            let area = window.harness.ctx.content_rect();
            let rect = window.rect_of(egui::Role::Button, button.get(lang));
            assert!(area.shrink(8.0).contains_rect(rect), "{name}: {rect:?} in {area:?}");
            stage::take(&mut window, &look.name(&format!("foot-{name}")));
        }
    }
}
