//! How long learning takes.
//!
//! `cargo bench --bench learn`. Repeats the annotated articles of the package to 200, and in the
//! same run measures
//!
//! - the rules alone, which read all of them once;
//! - learning: five folds of cross-validation and a model of all labels, on two threads, as the
//!   window does it;
//! - the same, of 200 articles in which people and vehicles are marked, where no rule helps;
//! - reading one article with what was learned.
#![expect(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark may end at the first surprise")]

use std::time::{Duration, Instant};

use tawsim::extract::{self, Extractor};
use tawsim::learn::{Lesson, Model, Reading, cross_validate, teach, to_bytes};

#[path = "../tests/support/lessons.rs"]
mod lessons;

const MANY: usize = 200;

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let done = work();
    (done, began.elapsed())
}

fn learned(name: &str, lessons: &[Lesson]) -> Model {
    let (report, gate) = timed(|| cross_validate(lessons, 1, &mut |_, _| true).unwrap());
    let (model, teaching) = timed(|| teach(lessons, &report, 1));
    let labels = report.gains.len();
    let used = model.labels().count();
    println!(
        "{name}: {labels} labels, {used} used: cross-validation {gate:.2?}, model {teaching:.2?}, \
         together {:.2?}; {} KB",
        gate + teaching,
        to_bytes(&report, &model).len() >> 10
    );
    model
}

fn main() {
    extract::prepare();
    let articles = [lessons::lessons("tuned.jsonl"), lessons::lessons("held.jsonl")].concat();
    let articles: Vec<Lesson> = articles.iter().cycle().take(MANY).cloned().collect();
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let mut extractor = Extractor::default();
    let mut read =
        || articles.iter().map(|it| extractor.suggest(&it.text, it.date).len()).sum::<usize>();
    read();
    let (found, rules) = timed(read);
    println!("rules alone read {MANY} articles, {} KB, in {rules:.2?}: {found}", bytes >> 10);
    learned("articles", &articles);
    let people = lessons::people_and_vehicles(MANY, 0);
    let model = learned("people and vehicles", &people);
    let find = |it: &Lesson| {
        model.find(&Reading::new(&mut Extractor::default(), &it.text, it.date)).len()
    };
    let (_, reading) = timed(|| articles.iter().map(find).sum::<usize>());
    let one = reading / u32::try_from(MANY).unwrap();
    println!("an article with what was learned: {one:.2?}");
}
