//! `tawsim extract`: scores that mean what they say, pipes of any length, bad input.

use std::fs::{self, File};
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use proptest::prelude::*;
use tawsim::agreement::Calibration;
use tawsim::extract::{Extractor, Suggestion};

use crate::cases::{Case, cases, files, left_out};
use crate::shell::{Desk, line, same};

#[test]
fn scores_mean_what_they_say_on_articles_left_out() {
    let all: Vec<Case> = files().iter().flat_map(|path| cases(path)).collect();
    assert!(all.len() >= 48, "both halves are part of the package");
    let scored = left_out(&all);
    let (of_width, tenths) = (Calibration::of(&scored), Calibration::of_tenths(&scored));
    // Tenths are filled by their making, those of equal width only where scores are spread.
    for bins in [&tenths.bins, &of_width.bins] {
        assert!(bins.iter().filter(|bin| bin.count >= 10).count() >= 4, "{bins:#?}");
    }
    assert!(tenths.error <= 0.05, "{tenths:#?}");
    assert!(of_width.error <= 0.05, "{of_width:#?}");
    // Bins that are filled by their count say little, unless what is in them is told apart.
    let [lowest, .., highest] = tenths.bins;
    assert!(lowest.right + 0.1 <= highest.right, "{tenths:#?}");
    assert!(tenths.ranking.unwrap() >= 0.75, "{tenths:#?}");
}

/// Words on which extractors look closer.
const WORDS: &[&str] = &[
    "مدينة",
    "فاس",
    "بفاس",
    "الدار",
    "البيضاء",
    "وزارة",
    "الداخلية",
    "للشرطة",
    "محكمة",
    "ولاية",
    "أمن",
    "3",
    "٣٬٥٠٠",
    "12",
    "2019",
    "1440",
    "آلاف",
    "مليونين",
    "ونصف",
    "ثلاثة",
    "وعشرين",
    "ما",
    "بين",
    "أكثر",
    "من",
    "يوم",
    "الثلاثاء",
    "فبراير",
    "رمضان",
    "الماضي",
    "أواخر",
    "صباح",
    "اليوم",
    "عام",
    "من",
    "إلى",
    "شخصين",
    ",",
    ".",
    "/",
    "-",
    "_",
    "#",
    "(",
    "«",
    "\n",
    "\u{200F}",
    "ـ",
    "ً",
    "هـ",
    "م",
    "%",
    ":",
];

/// Text of such words, joined by anything, and of anything.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => proptest::sample::select(WORDS).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => any::<char>().prop_map(String::from),
        1 => "[0-9٠-٩]{1,25}",
    ];
    let joint = proptest::sample::select(vec![" ", " ", " ", "", "\n", "و", "ال"]);
    proptest::collection::vec((word, joint), 0..60).prop_map(|words| {
        words.into_iter().flat_map(|(word, joint)| [word, joint.to_owned()]).collect()
    })
}

/// In text order, apart, on whole letters, and scored.
fn is_sound(text: &str, found: &[Suggestion]) -> bool {
    let is_apart = found.windows(2).all(|two| two[0].range.end() <= two[1].range.start());
    is_apart
        && found.iter().all(|it| {
            let words = text.get(it.range.to_range()).unwrap_or_default();
            !words.is_empty() && words.trim() == words && (0.0..=1.0).contains(&it.score)
        })
}

proptest! {
    #[test]
    fn any_text_is_read_without_surprise(text in text()) {
        let mut extractor = Extractor::default();
        let found = extractor.suggest(&text, None);
        prop_assert!(is_sound(&text, &found), "{found:?}");
        let day = Some("2019-02-12".parse().unwrap());
        let dated = extractor.suggest(&text, day);
        prop_assert!(is_sound(&text, &dated), "{dated:?}");
        prop_assert_eq!(found, Extractor::default().suggest(&text, None), "nothing is left over");
    }
}

/// What a pipe said.
struct Piped {
    code: Option<i32>,
    out: String,
    err: String,
    /// The most memory that it had, in bytes; 0 where the system does not say.
    peak: u64,
}

/// Runs `tawsim extract` with these bytes on its standard input.
fn pipe(desk: &Desk, args: &[&str], input: &[u8]) -> Piped {
    let (out, err) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
    let mut child = Command::new(env!("CARGO_BIN_EXE_tawsim"))
        .arg("extract")
        .args(args)
        .current_dir(desk.folder.path())
        .stdin(Stdio::piped())
        .stdout(out.try_clone().unwrap())
        .stderr(err.try_clone().unwrap())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut peak = 0;
    let status = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).unwrap());
        loop {
            peak = peak.max(memory(child.id()));
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    });
    Piped { code: status.code(), out: whole(out), err: whole(err), peak }
}

fn whole(mut file: File) -> String {
    use std::io::{Read as _, Seek as _};
    let mut text = String::new();
    file.rewind().unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

/// The most memory that a process has had so far.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or_default() << 10
}

#[test]
fn a_hundred_thousand_articles_in_two_pipes_are_those_of_one_and_take_no_more_memory() {
    const MANY: usize = 100_000;
    let desk = Desk::new();
    let articles: Vec<String> = (0..MANY)
        .map(|n| line(&format!("a{n}"), &format!("في فاس {} شخصا", n % 977 + 3), ""))
        .collect();
    let all = pipe(&desk, &[], articles.concat().as_bytes());
    assert_eq!((all.code, &*all.err), (Some(0), ""));
    assert_eq!(all.out.lines().count(), MANY);
    let (first, second) = articles.split_at(MANY / 3);
    let (first, second) = std::thread::scope(|scope| {
        let one = |part: &[String]| pipe(&desk, &["--jobs", "1"], part.concat().as_bytes());
        let (first, second) =
            (scope.spawn(move || one(first)), scope.spawn(move || one(second)));
        (first.join().unwrap(), second.join().unwrap())
    });
    same(&all.out, &(first.out + &second.out));
    // What it writes of these alone is larger than what it may take.
    let few = pipe(&desk, &[], articles[..1_000].concat().as_bytes());
    let more = all.peak.saturating_sub(few.peak);
    assert!(all.out.len() > 24 << 20, "{}", all.out.len());
    assert!(more < 12 << 20, "{} MB more than for a thousand", more >> 20);
}

#[test]
fn a_line_too_long_is_named_and_read_over() {
    let desk = Desk::new();
    let mut input = line("a", "في فاس", "").into_bytes();
    input.extend_from_slice(br#"{"id": "b", "text": ""#);
    input.resize(input.len() + (100 << 20), b'a');
    input.extend_from_slice(b"\"}\n");
    input.extend_from_slice(line("c", "في فاس", "").as_bytes());
    let said = pipe(&desk, &[], &input);
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(said.err.contains("-:2: a line of more than 64 MB"), "{}", said.err);
    let ids: Vec<&str> = said.out.lines().map(|line| &line[..9]).collect();
    assert_eq!(ids, [r#"{"id": "a"#, r#"{"id": "c"#].map(|id| &id[..9]));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_done() {
    let desk = Desk::new();
    let good = line("a", "في فاس", "");
    let out = pipe(&desk, &[], good.as_bytes()).out;
    assert!(out.contains(r#""label": "CITY""#) && out.contains(r#""score": 0."#), "{out}");
    let mut input = good.clone().into_bytes();
    input.extend_from_slice(
        b"{\"id\": \"b\", \"text\": \n{\"id\": \"c\", \"text\": \"\xFF\"}\n",
    );
    input.extend_from_slice("{\"id\": \"d\"}\n[]\n{\"id\": \"e\", \"text\": 7}\n".as_bytes());
    let said = pipe(&desk, &[], &input);
    assert_eq!((said.code, &said.out), (Some(1), &out), "{}", said.err);
    for (number, why) in
        [(2, ""), (3, "not UTF-8 at byte 21 of the line"), (4, "text"), (5, ""), (6, "text")]
    {
        let place = format!("-:{number}: ");
        let told = said.err.lines().find(|told| told.starts_with(&place));
        assert!(told.is_some_and(|told| told.contains(why)), "{place}{why}\n{}", said.err);
    }
    // Files: an empty one has no article, an empty text is one; what is neither is named.
    desk.write("empty.jsonl", "");
    desk.write("empty.txt", "");
    desk.write("photo.jpg", "x");
    let said = desk.run(&["extract", "empty.jsonl"]);
    assert_eq!((said.code, &*said.out, &*said.err), (0, "", ""));
    let said = desk.run(&["extract", "empty.txt"]);
    assert_eq!(
        (said.code, &*said.out),
        (0, "{\"id\": \"empty\", \"text\": \"\", \"spans\": []}\n")
    );
    assert_eq!(pipe(&desk, &[], b"").code, Some(0));
    desk.run(&["extract", "photo.jpg"]).refused(1, "photo.jpg: is neither a text (.txt) nor");
    desk.run(&["extract", "nowhere.jsonl"]).refused(1, "nowhere.jsonl: ");
    desk.run(&["extract", "--date", "tomorrow"]).refused(2, "--date");
}

#[test]
fn any_bytes_end_in_articles_or_messages() {
    let desk = Desk::new();
    let mut seed = 88_172_645_463_325_252_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 33).to_le_bytes()[0]
    };
    for start in [&b""[..], b"{", b"\xEF\xBB\xBF", b"{\"id\": \"a\", \"text\": \""] {
        let mut input = start.to_vec();
        for _ in 0..20_000 {
            let byte = next();
            // Pieces of lines that are well, in between.
            match byte {
                0..3 => input.extend_from_slice(line("b", "في فاس 12", "").as_bytes()),
                3..6 => input.extend_from_slice(b"\n{\"id\": \"c\", \"text\": \""),
                6..9 => input.extend_from_slice("\\u0641 وزارة".as_bytes()),
                _ => input.push(byte),
            }
        }
        let said = pipe(&desk, &[], &input);
        assert!(matches!(said.code, Some(0 | 1)), "{:?} {}", said.code, said.err);
        assert!(!said.err.contains("panicked"), "{}", said.err);
        assert!(said.out.lines().all(|line| line.starts_with("{\"id\": ")), "{}", said.out);
    }
}
