//! The colors that labels are given: told apart by all eyes.

use crate::lang::{Bilingual, both};

/// The colors to choose from, each with its name, in the order in which new labels take them.
///
/// As bars on the page they keep 3:1, and any two of them differ for people who see no red, no
/// green or no blue.
pub const LABEL_COLORS: [([u8; 3], Bilingual); 12] = [
    ([0x06, 0x47, 0xe6], both("أزرق", "blue")),
    ([0xb3, 0x89, 0x04], both("خردلي", "mustard")),
    ([0x83, 0x4c, 0xa4], both("بنفسجي", "purple")),
    ([0x18, 0x90, 0x70], both("أخضر", "green")),
    ([0x96, 0x27, 0x31], both("قرمزي", "crimson")),
    ([0x14, 0x95, 0xff], both("سماوي", "sky blue")),
    ([0xa1, 0x5d, 0x07], both("بني", "brown")),
    ([0xe5, 0x57, 0xbe], both("زهري", "pink")),
    ([0x0e, 0x58, 0x6b], both("أزرق نفطي", "petrol")),
    ([0x30, 0x24, 0x82], both("كحلي", "navy")),
    ([0x6a, 0x10, 0x00], both("عنابي", "maroon")),
    ([0x29, 0x1c, 0x39], both("باذنجاني", "aubergine")),
];

/// What becomes of them on a dark page, in the same order: as far apart, and again 3:1.
const ON_DARK: [[u8; 3]; 12] = [
    [0xb0, 0xd2, 0xfc],
    [0xc1, 0xb1, 0x04],
    [0xba, 0x72, 0xc3],
    [0x00, 0xb0, 0x77],
    [0xab, 0x5f, 0x4c],
    [0x91, 0xb1, 0xfb],
    [0xff, 0xe2, 0xb5],
    [0xf1, 0x88, 0xb1],
    [0xbd, 0xf8, 0xfe],
    [0x95, 0x78, 0xfc],
    [0xfa, 0xb7, 0xb9],
    [0x79, 0x6f, 0x8b],
];

/// What becomes of a color of [`LABEL_COLORS`] on a dark page; another color stays.
pub(super) fn on_dark(color: [u8; 3]) -> [u8; 3] {
    let at = LABEL_COLORS.iter().position(|(own, _)| *own == color);
    at.and_then(|at| ON_DARK.get(at)).copied().unwrap_or(color)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Mode, Rgba, Theme, contrast};

    /// What linear red, green and blue become for eyes without one kind of cone, and for all
    /// (Machado, Oliveira and Fernandes 2009, severity 1).
    const EYES: [[[f32; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn times(matrix: [[f32; 3]; 3], v: [f32; 3]) -> [f32; 3] {
        matrix.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
    }

    /// A color as those eyes see it, in Oklab.
    fn seen(color: [u8; 3], eyes: [[f32; 3]; 3]) -> [f32; 3] {
        let linear = color.map(|channel| {
            let value = f32::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        let linear = times(eyes, linear).map(|value| value.clamp(0.0, 1.0));
        let cones = [
            [0.412_221_46, 0.536_332_55, 0.051_445_995],
            [0.211_903_5, 0.680_699_5, 0.107_396_96],
            [0.088_302_46, 0.281_718_85, 0.629_978_7],
        ];
        let oklab = [
            [0.210_454_26, 0.793_617_8, -0.004_072_047],
            [1.977_998_5, -2.428_592_2, 0.450_593_7],
            [0.025_904_037, 0.782_771_77, -0.808_675_77],
        ];
        times(oklab, times(cones, linear).map(f32::cbrt))
    }

    /// How different two colors are for the eyes to which they are most alike.
    fn distance(a: Rgba, b: Rgba) -> f32 {
        let rgb = |color: Rgba| [color.0[0], color.0[1], color.0[2]];
        let distances = EYES.map(|eyes| {
            let pairs = seen(rgb(a), eyes).into_iter().zip(seen(rgb(b), eyes));
            pairs.map(|(x, y)| (x - y).powi(2)).sum::<f32>().sqrt()
        });
        distances.into_iter().fold(f32::INFINITY, f32::min)
    }

    #[test]
    fn label_colors_are_told_apart_by_all_eyes() {
        for mode in Mode::ALL {
            let theme = Theme::new(mode);
            let bars = LABEL_COLORS.map(|(color, name)| (theme.shades(color).bar, name.en));
            for (at, (a, a_name)) in bars.iter().enumerate() {
                for (b, b_name) in &bars[..at] {
                    let found = distance(*a, *b);
                    assert!(found >= 0.085, "{mode:?} {a_name} {b_name}: {found}");
                }
            }
        }
    }

    #[test]
    fn label_colors_are_seen_on_the_page() {
        for mode in Mode::ALL {
            let theme = Theme::new(mode);
            for (color, name) in LABEL_COLORS {
                let shades = theme.shades(color);
                assert!(contrast(shades.bar, theme.page) >= 3.0, "{mode:?} {}", name.en);
            }
        }
    }
}
