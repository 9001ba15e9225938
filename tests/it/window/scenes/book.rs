//! The pictures of the manual and of the README, from the same scenes: few, cut out, small.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::path::Path;

use image::RgbaImage;
use image::imageops::{FilterType, crop_imm, resize};
use tawsim::lang::Lang;
use tawsim::theme::{Mode, Theme};

use super::super::hands::Home;
use super::{Look, Size, scenes};

/// What of the window is shown.
#[derive(Clone, Copy)]
enum Cut {
    /// All of it, at half its size.
    Half,
    /// All of it.
    Whole,
    /// The dialog that lies on it.
    Dialog,
    /// Left, top, right, bottom as in the English window; mirrored in the Arabic one.
    Part([u32; 4]),
}

/// The manual's: the picture, its scene, and what is shown of that.
const PICTURES: [(&str, &str, Cut); 14] = [
    ("window", "span", Cut::Half),
    ("new", "new", Cut::Dialog),
    ("import", "import", Cut::Dialog),
    ("here", "context-menu", Cut::Part([310, 120, 1280, 780])),
    ("span", "span", Cut::Part([975, 46, 1280, 770])),
    ("review", "review", Cut::Part([310, 46, 1280, 660])),
    ("records", "records", Cut::Part([0, 512, 1280, 800])),
    ("search", "search", Cut::Part([0, 46, 1280, 770])),
    ("spread", "spread", Cut::Dialog),
    ("documents", "documents-selected", Cut::Part([0, 46, 282, 770])),
    ("labels", "labels", Cut::Dialog),
    ("guidelines", "guidelines", Cut::Part([310, 46, 1280, 620])),
    ("export", "export", Cut::Dialog),
    ("statistics", "statistics", Cut::Part([57, 16, 1223, 784])),
];

/// Draws all of them.
pub(super) fn draw() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    std::fs::create_dir_all(docs.join("pictures")).unwrap();
    for lang in [Lang::Ar, Lang::En] {
        for (name, scene, cut) in PICTURES {
            let picture = picture(scene, (lang, Mode::Light), cut);
            write(&docs.join(format!("pictures/{name}.{}.png", lang.code())), &picture);
        }
    }
    for (lang, mode) in [(Lang::Ar, Mode::Light), (Lang::En, Mode::Dark)] {
        let picture = picture("span", (lang, mode), Cut::Whole);
        write(&docs.join(format!("window-{}.png", lang.code())), &picture);
    }
}

fn picture(scene: &str, (lang, mode): (Lang, Mode), cut: Cut) -> RgbaImage {
    let scene = scenes().find(|other| other.name == scene).unwrap();
    let mut window = (scene.show)(&Home::new(), Look { lang, mode, size: Size::Usual });
    window.let_go();
    let all = window.picture();
    let (width, height) = all.dimensions();
    match cut {
        Cut::Whole => all,
        Cut::Half => resize(&all, width / 2, height / 2, FilterType::Triangle),
        Cut::Dialog => {
            let [left, top, right, bottom] = bright(&all, mode);
            crop_imm(&all, left, top, right - left, bottom - top).to_image()
        }
        Cut::Part([left, top, right, bottom]) => {
            let left_here = if lang == Lang::Ar { width - right } else { left };
            let part = crop_imm(&all, left_here, top, right - left, bottom - top).to_image();
            // Wider than a page of the manual is not read better.
            let (width, height) = part.dimensions();
            match width {
                0..=700 => part,
                _ => resize(&part, width * 2 / 3, height * 2 / 3, FilterType::Triangle),
            }
        }
    }
}

/// The part that is not in the shade: where the dialog's own ground is seen.
fn bright(picture: &RgbaImage, mode: Mode) -> [u32; 4] {
    let [red, green, blue, _] = Theme::new(mode).panel.0;
    let own =
        picture.enumerate_pixels().filter(|(.., pixel)| pixel.0[..3] == [red, green, blue]);
    own.fold([u32::MAX, u32::MAX, 0, 0], |[left, top, right, bottom], (x, y, _)| {
        [left.min(x), top.min(y), right.max(x + 1), bottom.max(y + 1)]
    })
}

/// Writes a picture with the 256 colors that are in it most often, and those in place of others.
fn write(path: &Path, picture: &RgbaImage) {
    let rough =
        |pixel: &image::Rgba<u8>| [pixel.0[0] & 0xFC, pixel.0[1] & 0xFC, pixel.0[2] & 0xFC];
    let mut counts = BTreeMap::<[u8; 3], (u32, [u8; 3])>::new();
    for pixel in picture.pixels() {
        let exact = [pixel.0[0], pixel.0[1], pixel.0[2]];
        counts.entry(rough(pixel)).or_insert((0, exact)).0 += 1;
    }
    let mut colors: Vec<_> = counts.values().collect();
    colors.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let palette: Vec<[u8; 3]> = colors.iter().take(256).map(|(_, color)| *color).collect();
    let far = |a: [u8; 3], b: [u8; 3]| -> u32 {
        a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    let mut known = HashMap::new();
    let nearest = |color: [u8; 3]| {
        let at = (0..palette.len()).min_by_key(|at| far(palette[*at], color)).unwrap();
        u8::try_from(at).unwrap()
    };
    let pixels = picture.pixels().map(|pixel| {
        let color = [pixel.0[0], pixel.0[1], pixel.0[2]];
        *known.entry(color).or_insert_with(|| nearest(color))
    });
    let pixels: Vec<u8> = pixels.collect();
    let file = File::create(path).unwrap();
    let mut encoder = png::Encoder::new(file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
}
