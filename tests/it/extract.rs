//! `tawsim extract`: scores that mean what they say, pipes, bad input.

use crate::cases::{Case, cases, files, left_out};

#[test]
fn scores_mean_what_they_say_on_articles_left_out() {
    let all: Vec<Case> = files().iter().flat_map(|path| cases(path)).collect();
    assert!(all.len() >= 48, "both halves are part of the package");
    let calibration = left_out(&all);
    let filled = calibration.bins.iter().filter(|bin| bin.count >= 10).count();
    assert!(filled >= 4, "{calibration:#?}");
    assert!(calibration.error <= 0.05, "{calibration:#?}");
    assert!(calibration.ranking.unwrap() >= 0.75, "{calibration:#?}");
}
