//! What the window says at the start: of a crash, and of settings that were not understood.

#![expect(clippy::disallowed_methods, reason = "the tests' own files need no care")]

use std::fs;

use tawsim::app::View;
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};

const DISMISS: Bilingual = both("فهمت، أغلق التنبيه", "Dismiss");

#[test]
fn a_crash_is_told_at_the_next_start_until_it_is_dismissed() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let launch = home.launch(View::Welcome, lang);
        let config = launch.config.clone();
        fs::create_dir_all(&config).unwrap();
        fs::write(config.join("crash-20260101T000000.000Z.txt"), "x").unwrap();
        for is_told in [true, true, false] {
            let mut window = Window::new(launch.clone());
            assert_eq!(window.has(DISMISS.get(lang)), is_told, "{lang:?}");
            if is_told && config.join("seen-once").exists() {
                window.click(DISMISS.get(lang));
                assert!(!window.has(DISMISS.get(lang)));
            }
            fs::write(config.join("seen-once"), "").unwrap();
        }
        fs::write(config.join("crash-20260102T000000.000Z.txt"), "x").unwrap();
        assert!(Window::new(launch).has(DISMISS.get(lang)), "another one is told again");
    }
}

#[test]
fn settings_that_were_not_understood_are_kept_and_told() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let launch = home.launch(View::Welcome, lang);
        fs::create_dir_all(&launch.config).unwrap();
        fs::write(launch.config.join("settings.ron"), "(version: 99)").unwrap();
        let mut window = Window::new(launch.clone());
        window.click(DISMISS.get(lang));
        assert!(!window.has(DISMISS.get(lang)));
        let kept = launch.config.join("settings.ron.unreadable-1");
        assert_eq!(fs::read_to_string(kept).unwrap(), "(version: 99)");
    }
}
