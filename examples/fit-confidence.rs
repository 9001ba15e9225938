//! Fits the weights of suggestions' scores to all annotated articles.
//!
//! `cargo run --release --example fit-confidence [-- --dry-run]`. Says how well scores do on
//! articles left out in turn, and writes `assets/extract/confidence.tsv`.
#![expect(clippy::print_stdout, reason = "it tells its figures")]
#![expect(clippy::unwrap_used, reason = "it may end at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "the file is in version control")]

#[path = "../tests/support/cases.rs"]
mod cases;

use cases::{Case, cases, files, left_out};
use tawsim::agreement::Calibration;
use tawsim::extract::Confidence;

fn main() {
    let is_dry = std::env::args().any(|argument| argument == "--dry-run");
    let mut all: Vec<Case> = Vec::new();
    for path in files() {
        let of_file = cases(&path);
        println!("{}: {} articles", path.display(), of_file.len());
        all.extend(of_file);
    }
    let scored = left_out(&all);
    println!("articles left out in turn:");
    for (bins, of) in [
        ("bins of equal width", Calibration::of(&scored)),
        ("tenths", Calibration::of_tenths(&scored)),
    ] {
        println!("{bins}:");
        for bin in of.bins.iter().filter(|bin| bin.count > 0) {
            println!("  {:5} score {:.3}, right {:.3}", bin.count, bin.score, bin.right);
        }
        println!(
            "  calibration error {:.4}, AUROC {:.4}",
            of.error,
            of.ranking.unwrap_or_default()
        );
    }
    if !is_dry {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/extract/confidence.tsv");
        let fitted = Confidence::fit(&all.concat());
        std::fs::write(path, fitted.to_string()).unwrap();
    }
}
