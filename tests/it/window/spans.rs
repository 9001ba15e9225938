//! Spans made of spans, every other occurrence, and the list of steps.

use egui::Modifiers;
use tawsim::lang::{Bilingual, Lang, both};
use tawsim::text::TextRange;

use super::hands::{Home, Window};
use super::{mark, words};

/// Three articles with the same city in them, four times in the first.
const FIRST: &str = "معرض الكتاب في فاس\n\nافتتح في فاس معرض الكتاب، وقدم زواره من سلا ووجدة. \
    وقالت ولاية أمن فاس إن 12 شرطيا يحرسونه، ومنهم 12 امرأة. وفاس هادئة.\n";
const SECOND: &str = "قطار جديد\n\nيصل القطار بفاس مدينة سلا، ويسافر فيه 12 عاملا.\n";
const THIRD: &str = "طقس فاسد\n\nأمطرت يوم 18/12/2021 في وجدة ثم عاد الصحو عام ٢٠٢٢.\n";

const STEPS: Bilingual = both("الخطوات", "Steps");
const LABEL_ONE: Bilingual = both("وسم: موضع واحد", "Label 1 occurrence");

fn articles(home: &Home, lang: Lang) -> Window {
    home.write("articles/1.txt", FIRST);
    home.write("articles/2.txt", SECOND);
    home.write("articles/3.txt", THIRD);
    super::imported(home, lang)
}

/// Marks words of an article, the first time that they stand there.
fn label(window: &mut Window, text: &str, lang: Lang, words: &str, key: &str) {
    let mut sheet = window.sheet(text, lang);
    let start = text.find(words).unwrap();
    let (from, to) = sheet.ends_of(TextRange::of(start..start + words.len()));
    window.drag(from, to);
    window.key(key);
}

/// How many marks of that label and those words are in the article.
fn num_marks(window: &Window, label: Bilingual, lang: Lang, words: &str) -> usize {
    let name = mark(label, lang, words);
    window.marks().iter().filter(|(mark, ..)| *mark == name).count()
}

#[test]
fn a_span_is_split_at_the_caret_and_joined_again() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = articles(&home, lang);
        label(&mut window, FIRST, lang, "سلا ووجدة", "1");
        window.key("Enter");
        window.write("سلا");
        window.key("Enter");
        // The caret stands at the span's end: that is no place to split it.
        window.key("S");
        window.check_says(both("ضع المؤشر داخل الموضع", "put the caret inside").get(lang));
        window.keys("ArrowRight", 4);
        window.key("S");
        window.check_says(both("مع الجزء الأول", "stays with the first part").get(lang));
        window.check_says(&format!("{} · سلا · سلا", words::CITY.get(lang)));
        assert_eq!(num_marks(&window, words::CITY, lang, "وجدة"), 1, "the letter stays out");
        window.key("J");
        assert!(
            num_marks(&window, words::CITY, lang, "سلا ووجدة") == 1,
            "{:#?}",
            window.names()
        );
        window.key("J");
        window
            .check_says(both("لا موضع آخر بهذا الوسم", "no other span of this label").get(lang));
        // Each was one step.
        window.key("Ctrl+Z");
        assert_eq!(num_marks(&window, words::CITY, lang, "سلا"), 1);
        window.key("Ctrl+Z");
        assert_eq!(num_marks(&window, words::CITY, lang, "سلا ووجدة"), 1);
        window.close();
    }
}

#[test]
fn a_second_label_is_refused_by_the_layers_rule_in_words() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = articles(&home, lang);
        label(&mut window, FIRST, lang, "سلا", "1");
        window.key("Shift+2");
        let rule =
            both("وطبقة «كيانات» في المخطط لا تقبل", "layer “Entities” lets no two spans");
        window.check_says(rule.get(lang));
        assert!(!window.says(&mark(words::AGENCY, lang, "سلا")));
        window.close();
    }
}

#[test]
fn every_other_occurrence_of_the_article_is_labeled_in_one_step() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = articles(&home, lang);
        label(&mut window, FIRST, lang, "ولاية أمن فاس", "2");
        label(&mut window, FIRST, lang, "فاس", "1");
        window.key("Enter");
        window.write("فاس");
        window.key("Enter");
        window.key("A");
        // Twice elsewhere, and within the agency's name, where it cannot be.
        window.check_says(both("وسم: موضعان", "Label 2 occurrences").get(lang));
        window.check_says("«ولاية أمن فاس»".trim_matches(|c| c == '«' || c == '»'));
        window.check_says(both("لا يمكن وسم 1 منها", "1 not possible").get(lang));
        // Space takes the first one's tick away, `A` all, `A` again ticks all.
        window.key("Space");
        window.check_says(LABEL_ONE.get(lang));
        window.key("A");
        window.check_says(both("وسم: موضعان", "Label 2 occurrences").get(lang));
        window.key("A");
        assert!(!window.is_enabled(both("لا شيء مختار", "Nothing is ticked").get(lang)));
        window.key("Enter");
        assert!(
            window.has(both("لا شيء مختار", "Nothing is ticked").get(lang)),
            "the dialog stays"
        );
        window.key("A");
        window.key("Enter");
        assert!(window.is_in_article());
        let row = format!("{} · فاس · فاس", words::CITY.get(lang));
        let count =
            |window: &Window| window.names().iter().filter(|name| **name == row).count();
        assert_eq!(count(&window), 3, "{:#?}", window.names());
        window.key("Ctrl+Z");
        assert_eq!(count(&window), 1);
        window.key("Ctrl+Shift+Z");
        assert_eq!(count(&window), 3);
        window.key("A");
        // What is left cannot be labeled.
        assert!(!window.is_enabled(both("لا شيء مختار", "Nothing is ticked").get(lang)));
        window.key("Esc");
        window.close();
    }
}

#[test]
fn all_documents_are_labeled_and_taken_back_in_one_step() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = articles(&home, lang);
        label(&mut window, FIRST, lang, "12", "3");
        window.key("Enter");
        window.key("Enter");
        window.check_says(&format!("{} · 12 · 12", words::COUNT.get(lang)));
        window.key("Shift+A");
        window.check_says(both("وسم: موضعان", "Label 2 occurrences").get(lang));
        window.check_says("قطار جديد");
        window.key("Enter");
        window.check_says(both("موضعان · مقالان", "2 occurrences in 2 documents").get(lang));
        window.click_on("قطار جديد ·");
        window.check_says(&format!("{} · 12 · 12", words::COUNT.get(lang)));
        // Taken back from here: where it was is shown, and there is none anywhere.
        window.key("Ctrl+Z");
        window.check_says(
            both("نص المقال · معرض الكتاب", "Article text · معرض الكتاب").get(lang),
        );
        window.check_says(
            both("تراجع: وسم المواضع المماثلة", "Undone: label occurrences").get(lang),
        );
        assert_eq!(num_marks(&window, words::COUNT, lang, "12"), 1);
        window.click_on("قطار جديد ·");
        assert_eq!(num_marks(&window, words::COUNT, lang, "12"), 0);
        window.key("Ctrl+Shift+Z");
        window.click_on("قطار جديد ·");
        assert_eq!(num_marks(&window, words::COUNT, lang, "12"), 1);
        window.close();
        let window = home.open("project", lang);
        window.check_says("قطار جديد");
        window.close();
    }
}

#[test]
fn the_list_of_steps_goes_anywhere_and_shows_where() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = articles(&home, lang);
        label(&mut window, FIRST, lang, "سلا", "1");
        label(&mut window, FIRST, lang, "وجدة", "1");
        window.click_on("قطار جديد ·");
        label(&mut window, SECOND, lang, "12", "3");
        assert!(!window.has(STEPS.get(lang)));
        window.key("Ctrl+Shift+H");
        assert!(window.has(STEPS.get(lang)));
        let t = |text: Bilingual| text.get(lang);
        let (here, undone) = (t(both("هنا", "here")), t(both("متراجَع عنها", "undone")));
        let mark_span = t(both("وسم موضع", "mark span"));
        let row = |label: Bilingual, words: &str, title: &str, state: &str| {
            let name = format!("{mark_span} · {} · {words} · {title}", t(label));
            if state.is_empty() { name } else { format!("{name} · {state}") }
        };
        let (first, second) = ("معرض الكتاب في فاس", "قطار جديد");
        window.check_says(&row(words::CITY, "سلا", first, ""));
        window.check_says(&row(words::COUNT, "12", second, here));
        // To the first step: the other document, and what was on its letters.
        let at = window.row(&row(words::CITY, "سلا", first, "")).center();
        window.click_at(at);
        window.check_says(&row(words::CITY, "سلا", first, here));
        window.check_says(&row(words::CITY, "وجدة", first, undone));
        window.check_says(&row(words::COUNT, "12", second, undone));
        window.check_says(t(both("نص المقال · معرض الكتاب", "Article text · معرض الكتاب")));
        assert_eq!(num_marks(&window, words::CITY, lang, "وجدة"), 0);
        assert_eq!(num_marks(&window, words::CITY, lang, "سلا"), 1);
        // To the beginning, and to the end.
        window.click_on(t(both("بداية الجلسة", "Beginning of the session")));
        assert_eq!(num_marks(&window, words::CITY, lang, "سلا"), 0);
        window.click_on(&row(words::COUNT, "12", second, undone));
        window.check_says(&row(words::COUNT, "12", second, here));
        window.check_says(t(both("نص المقال · قطار", "Article text · قطار")));
        assert_eq!(num_marks(&window, words::COUNT, lang, "12"), 1);
        // Something new forgets what could be done again.
        window.key("Ctrl+Z");
        label(&mut window, SECOND, lang, "سلا", "1");
        assert!(!window.says(undone));
        window.key("Ctrl+Shift+H");
        assert!(!window.has(STEPS.get(lang)));
        window.close();
    }
}

#[test]
fn an_import_keeps_the_steps() {
    let home = Home::new();
    let mut window = articles(&home, Lang::En);
    label(&mut window, FIRST, Lang::En, "سلا", "1");
    home.write("more/4.txt", "سوق جديدة\n\nفتحت سوق في سلا.\n");
    window.key("Ctrl+I");
    window.fill("Path", home.path("more").to_str().unwrap());
    window.key("Enter");
    window.check_says("سوق جديدة");
    window.key("Ctrl+Z");
    assert_eq!(num_marks(&window, words::CITY, Lang::En, "سلا"), 0);
    window.key("Ctrl+Shift+Z");
    assert_eq!(num_marks(&window, words::CITY, Lang::En, "سلا"), 1);
    window.close();
}

#[test]
fn a_value_says_while_it_is_written_how_it_is_understood() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = articles(&home, lang);
        let t = |text: Bilingual| text.get(lang);
        label(&mut window, FIRST, lang, "12", "3");
        window.key("Enter");
        for (typed, said) in [
            (">3500", both("أكثر من 3500", "more than 3500")),
            ("<=50", both("50 فأقل", "50 or fewer")),
            ("30..40", both("من 30 إلى 40", "from 30 to 40")),
            ("ab", both("ليس عددًا", "not a number")),
            ("٣٥", both("35 بالضبط · تُكتب", "35 exactly · written as")),
        ] {
            window.key("Ctrl+A");
            window.write(typed);
            window.check_says(t(said));
        }
        window.key("Enter");
        window.check_says(&format!("{} · 12 · 35", t(words::COUNT)));
        window.click_on("طقس فاسد ·");
        label(&mut window, THIRD, lang, "18/12/2021", "4");
        // Its own digits are offered; Enter in the empty field takes them.
        let day =
            both("من كلماته: السبت 18 ديسمبر", "from its words: Saturday 18 December 2021");
        window.check_says(t(day));
        window.key("Enter");
        window.key("Enter");
        window.check_says(&format!("{} · 18/12/2021 · 2021-12-18", t(words::DATE)));
        window.check_says(t(both("السبت 18 ديسمبر", "Saturday 18 December 2021")));
        // Or a click.
        label(&mut window, THIRD, lang, "٢٠٢٢", "4");
        window.click(t(both("خذها", "Take it")));
        window.check_says(&format!("{} · ٢٠٢٢ · 2022", t(words::DATE)));
        assert!(window.is_in_article());
        window.close();
    }
}

#[test]
fn a_chip_with_shift_gives_a_second_label_by_mouse() {
    let home = Home::new();
    let mut window = articles(&home, Lang::En);
    label(&mut window, FIRST, Lang::En, "سلا", "1");
    let chip = window.row("Agency").center();
    window.click_with(chip, Modifiers::SHIFT);
    window.check_says("layer “Entities” lets no two spans");
    assert!(window.says(&mark(words::CITY, Lang::En, "سلا")));
    window.close();
}
