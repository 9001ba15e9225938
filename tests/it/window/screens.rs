//! Pictures of the window: some to look at, and a few that must stay as they are.
//!
//! The CPU draws them, so they are the same on every machine. Those to look at are written to
//! `target/screens`. Those in `tests/screens` are compared pixel by pixel; `UPDATE_SCREENS=1`
//! writes them anew.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use egui::{PointerButton, Role};
use image::RgbaImage;
use tawsim::app::{Launch, View};
use tawsim::lang::{Lang, both};
use tawsim::theme::Mode;

use super::documents::{order_by, six_articles};
use super::hands::{Home, Window};
use super::travel::open_overlapping;
use super::{GARDEN, words};

/// The most that a reference picture may take in the repository, in bytes.
const LARGEST: u64 = 200_000;

pub(super) fn write(path: &Path, picture: &RgbaImage, compression: png::Compression) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = File::create(path).unwrap();
    let mut encoder = png::Encoder::new(file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(compression);
    encoder.write_header().unwrap().write_image_data(picture.as_raw()).unwrap();
}

fn read(path: &Path) -> Option<RgbaImage> {
    let decoder = png::Decoder::new(BufReader::new(File::open(path).ok()?));
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    RgbaImage::from_raw(info.width, info.height, pixels)
}

/// Where a picture to look at lies.
pub(super) fn target(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screens").join(format!("{name}.png"))
}

/// Takes a picture without the pointer in it, to look at.
pub(super) fn look(window: &mut Window, name: &str) -> RgbaImage {
    window.let_go();
    look_now(window, name)
}

/// The same while something is going on.
pub(super) fn look_now(window: &mut Window, name: &str) -> RgbaImage {
    let picture = window.picture();
    write(&target(name), &picture, png::Compression::High);
    picture
}

/// Holds the window to look as its reference picture does.
#[track_caller]
fn check(window: &mut Window, name: &str) {
    let found = look(window, name);
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens").join(format!("{name}.png"));
    if std::env::var_os("UPDATE_SCREENS").is_some_and(|value| value == "1") {
        write(&path, &found, png::Compression::High);
    }
    let size = std::fs::metadata(&path).map_or(0, |data| data.len());
    assert!(size <= LARGEST, "{} takes {size} bytes", path.display());
    let expected = read(&path);
    let Some(expected) = expected.filter(|picture| picture.dimensions() == found.dimensions())
    else {
        panic!("{} is not there or of another size: see {:?}", path.display(), target(name))
    };
    let differ =
        found.enumerate_pixels().filter(|(x, y, pixel)| expected.get_pixel(*x, *y) != *pixel);
    let places: Vec<_> = differ.map(|(x, y, _)| (x, y)).collect();
    if let (Some(first), count) = (places.first(), places.len()) {
        panic!(
            "{count} pixels differ from {}, the first one at {first:?}: look at {}, and if it \
             is meant so, run again with UPDATE_SCREENS=1",
            path.display(),
            target(name).display(),
        );
    }
}

fn sample(home: &Home, lang: Lang, mode: Mode) -> Launch {
    Launch { annotator: None, mode: Some(mode), ..home.launch(View::Sample, lang) }
}

#[test]
fn pictures_to_look_at() {
    for (lang, mode) in [
        (Lang::Ar, Mode::Light),
        (Lang::Ar, Mode::Dark),
        (Lang::En, Mode::Light),
        (Lang::En, Mode::Dark),
    ] {
        let home = Home::new();
        let mut window = Window::new(sample(&home, lang, mode));
        let name = format!("{}-{}", lang.code(), mode.id());
        // The tour has pictures of its own.
        window.key("Esc");
        window.click_on("استعادة 312");
        window.keys("Tab", 4);
        let picture = look(&mut window, &name);
        assert_eq!(picture.dimensions(), (1280, 800));
        if let Some((key, what)) = match (lang, mode) {
            (Lang::Ar, Mode::Light) => Some(("Ctrl+E", "export")),
            (Lang::Ar, Mode::Dark) => Some(("F1", "keys")),
            (Lang::En, Mode::Light) => Some(("F2", "details")),
            _ => None,
        } {
            window.key(key);
            look(&mut window, &format!("{name}-{what}"));
        }
        window.close();
    }
}

#[test]
fn pictures_of_settings_in_all_themes() {
    for (lang, mode) in
        [Lang::Ar, Lang::En].into_iter().flat_map(|lang| Mode::ALL.map(|mode| (lang, mode)))
    {
        let home = Home::new();
        let mut window = Window::new(sample(&home, lang, mode));
        let name = format!("{}-{}", lang.code(), mode.id());
        window.click_on("استعادة 312");
        look(&mut window, &format!("{name}-article"));
        window.key("Ctrl+,");
        look(&mut window, &format!("{name}-settings"));
        if mode == Mode::Light {
            let large = both("حجم الواجهة: 200%", "Interface size: 200%").get(lang);
            let place = window.rect_of(Role::RadioButton, large).center();
            window.click_at(place);
            look(&mut window, &format!("{name}-settings-200"));
            window.key("Esc");
            look(&mut window, &format!("{name}-article-200"));
            window.key("F1");
            look(&mut window, &format!("{name}-keys-200"));
            window.key("Esc");
            window.key("Ctrl+,");
            let small = both("حجم الواجهة: 100%", "Interface size: 100%").get(lang);
            let place = window.rect_of(Role::RadioButton, small).center();
            window.click_at(place);
            let amiri = both("الخط: أميري", "Font: Amiri").get(lang);
            let place = window.rect_of(Role::RadioButton, amiri).center();
            window.click_at(place);
            let digits =
                both("أرقام الواجهة: \u{2066}١٢٣٤\u{2069}", "Digits: ١٢٣٤ (in Arabic)");
            let place = window.rect_of(Role::RadioButton, digits.get(lang)).center();
            window.click_at(place);
            window.key("Esc");
            look(&mut window, &format!("{name}-amiri"));
        }
        window.close();
    }
}

#[test]
fn pictures_of_selections_and_of_spans_across_each_other() {
    const TEXT: &str = "وفد AquaLine في وجدة\n\nوصل وفد من شركة AquaLine Water Systems إلى مدينة وجدة \
        يوم 12/05/2024 (مع 3 صحفيين من AFP)، ثم زار ميناء الحسيمة ومدينة بركان وعاد بالقطار مساء \
        اليوم نفسه. وقال مدير الشركة: «سنعود بعد 10 أيام»، وبالقاهرة مكتب آخر لها.\n";
    for (lang, mode) in [
        (Lang::Ar, Mode::Light),
        (Lang::Ar, Mode::Dark),
        (Lang::En, Mode::Light),
        (Lang::En, Mode::Dark),
    ] {
        let (_home, mut window) = open_overlapping(TEXT, lang, mode);
        let mut sheet = window.sheet(TEXT, lang);
        for (words, key) in [
            ("وفد من شركة AquaLine Water Systems إلى مدينة وجدة", "2"),
            ("شركة AquaLine", "2"),
            ("مدينة وجدة", "1"),
            ("12/05/2024", "4"),
            ("3 صحفيين", "3"),
            ("ميناء الحسيمة ومدينة بركان وعاد بالقطار مساء اليوم نفسه", "1"),
            ("بركان", "1"),
        ] {
            let (from, to) = sheet.ends(words);
            window.drag(from, to);
            window.key(key);
            window.key("Esc");
        }
        let name = format!("{}-{}", lang.code(), mode.id());
        // The outer of nested spans is chosen, over a line end and a change of direction.
        let at = sheet.rects(sheet.range("من شركة"))[0].left_center() + egui::vec2(6.0, 0.0);
        window.click_at(at);
        window.rest();
        window.click_at(at);
        look(&mut window, &format!("{name}-outer"));
        window.key("n");
        look(&mut window, &format!("{name}-inner"));
        let (from, to) = sheet.ends("Water Systems إلى مدينة وجدة يوم 12/05/2024 (مع 3");
        window.drag(from, to);
        look(&mut window, &format!("{name}-selection"));
        let (_, end) = sheet.ends("من شركة");
        window.click_at(end);
        window.key("ArrowLeft");
        look(&mut window, &format!("{name}-caret"));
        window.close();
    }
}

#[test]
fn the_window_looks_as_it_did() {
    for (lang, mode, size, name) in [
        (Lang::Ar, Mode::Light, (1100.0, 640.0), "article-ar-light"),
        (Lang::En, Mode::Dark, (1100.0, 640.0), "article-en-dark"),
    ] {
        let home = Home::new();
        home.write("articles/garden.txt", GARDEN);
        let launch = Launch { mode: Some(mode), ..home.launch(View::Welcome, lang) };
        let mut window = Window::of_size(launch, size);
        window.click(words::NEW.get(lang));
        window.fill(words::PATH.get(lang), home.path("project").to_str().unwrap());
        window.key("Enter");
        window.key("Ctrl+I");
        window.fill(words::PATH.get(lang), home.path("articles").to_str().unwrap());
        window.key("Enter");
        // They come when they come, and another rule finds others.
        window.key("G");
        window.key("U");
        for (words, key) in
            [("وجدة", "1"), ("12 مارس 2024", "4"), ("وزارة البيئة", "2"), ("250", "3")]
        {
            let (from, to) = window.sheet(GARDEN, lang).ends(words);
            window.drag(from, to);
            assert_eq!(window.copy().as_deref(), Some(words));
            window.key(key);
        }
        window.key("?");
        window.key("Enter");
        window.write("250");
        check(&mut window, name);
        window.close();
    }
    let home = Home::new();
    let launch = Launch { mode: Some(Mode::Light), ..home.launch(View::Welcome, Lang::En) };
    let mut window = Window::of_size(launch, (760.0, 480.0));
    window.click("Open a project…");
    window.write("/مشروع/articles 2");
    check(&mut window, "open-en-light");
    window.close();
}

#[test]
fn pictures_of_the_list_of_documents() {
    for (lang, mode) in [
        (Lang::Ar, Mode::Light),
        (Lang::Ar, Mode::Dark),
        (Lang::En, Mode::Light),
        (Lang::En, Mode::Dark),
    ] {
        let home = Home::new();
        let launch = Launch { mode: Some(mode), ..home.launch(View::Welcome, lang) };
        let mut window = six_articles(&home, launch, lang);
        let name = format!("{}-{}-list", lang.code(), mode.id());
        look(&mut window, &name);
        let ctrl = egui::Modifiers { ctrl: true, command: true, ..egui::Modifiers::NONE };
        for part in ["أمطار", "Rabat", "ميناء"] {
            window.click_with(window.row(part).center(), ctrl);
        }
        order_by(&mut window, lang, both("التاريخ", "Date"));
        look(&mut window, &format!("{name}-selected"));
        window.click_with_button(PointerButton::Secondary, window.row("Rabat").center());
        look(&mut window, &format!("{name}-menu"));
        window.key("Esc");
        window.click(both("مرشحات", "Filters").get(lang));
        window.click(both("مشكوك فيها", "Doubtful").get(lang));
        window.click_at(window.rect_of(Role::CheckBox, words::DATE.get(lang)).center());
        look(&mut window, &format!("{name}-nothing"));
        window.close();
    }
}
