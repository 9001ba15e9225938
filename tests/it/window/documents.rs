//! The list of documents: its order, its filters, and what is done with many of them.

use egui::{Modifiers, PointerButton, Role};
use tawsim::app::{Launch, View};
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::{three_articles, words};

const ORDER: Bilingual = both("ترتيب القائمة", "Order of the list");
const FILTERS: Bilingual = both("مرشحات", "Filters");
const NONE: Bilingual = both("ألغِ التحديد", "Clear selection");
const CHANGE: Bilingual = both("غيّر الحالة…", "Set state…");
const CLEAR: Bilingual = both("أزل المرشحات", "Clear the filters");
const NO_MATCH: Bilingual = both("لا مقال يطابق ما طُلب.", "No document matches.");
const FINISHED: Bilingual = both("منتهٍ", "Finished");
const IGNORED: Bilingual = both("متجاهَل", "Ignored");

const CTRL: Modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };

/// Six articles with titles of their own; the third has a doubtful span, the last no date.
const ARTICLES: &str = r#"{"id":"1","title":"ميناء الحسيمة يستعيد نشاطه","date":"2024-03-05","text":"عادت 45 سفينة إلى الميناء."}
{"id":"2","title":"السلطات تغلق طريقا جبلية بعد تساقط الثلوج على المرتفعات المحيطة بمدينة إفران وضواحيها","date":"2023-12-30","text":"أغلقت الطريق ليلا."}
{"id":"3","title":"أمطار في فاس","date":"2024-01-10","text":"هطلت أمطار على فاس.","spans":[{"label":"CITY","start":15,"end":18,"doubtful":true}]}
{"id":"4","title":"Rabat opens its new library to the public","date":"2024-06-01","text":"افتتحت المكتبة."}
{"id":"5","title":"«بركان» تستعد للموسم","date":"2024-02-02","text":"بدأ الموسم."}
{"id":"6","title":"وزير يزور وجدة","text":"وصل الوزير صباحا."}
"#;

fn six(home: &Home, lang: Lang) -> Window {
    six_articles(home, home.launch(View::Welcome, lang), lang)
}

pub(super) fn six_articles(home: &Home, launch: Launch, lang: Lang) -> Window {
    let path = home.write("articles.jsonl", ARTICLES);
    let mut window = Window::new(launch);
    window.click(words::NEW.get(lang));
    window.fill(words::PATH.get(lang), home.path("project").to_str().unwrap());
    window.click(words::CREATE.get(lang));
    window.click(words::IMPORT.get(lang));
    window.fill(words::PATH.get(lang), path.to_str().unwrap());
    window.key("Enter");
    window
}

/// The first words of the titles in the list, from above.
fn titles(window: &Window) -> Vec<String> {
    let names = window.of_role(Role::ListBoxOption);
    let rows = names.into_iter().filter(|name| name.contains(" · "));
    rows.map(|name| name.split(' ').next().unwrap_or_default().to_owned()).collect()
}

/// The rows whose names say that they are selected.
fn selected(window: &Window) -> usize {
    let names = window.of_role(Role::ListBoxOption);
    names.iter().filter(|name| name.ends_with("محدَّد") || name.ends_with("selected")).count()
}

pub(super) fn order_by(window: &mut Window, lang: Lang, by: Bilingual) {
    let at = window.rect_of(Role::ComboBox, ORDER.get(lang)).center();
    window.click_at(at);
    let at = window.rect_of(Role::MenuItemRadio, by.get(lang)).center();
    window.click_at(at);
}

#[test]
fn the_list_is_ordered_and_the_order_is_remembered() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = six(&home, lang);
        let imported = ["ميناء", "السلطات", "أمطار", "Rabat", "«بركان»", "وزير"];
        assert_eq!(titles(&window), imported);
        order_by(&mut window, lang, both("العنوان", "Title"));
        let by_title = ["أمطار", "«بركان»", "السلطات", "ميناء", "وزير", "Rabat"];
        assert_eq!(titles(&window), by_title);
        // The next document is the next one of the list.
        window.key("Alt+PageDown");
        window.key("Alt+PageDown");
        assert!(window.is_on_of(Role::ListBoxOption, &row_name(&window, "Rabat")));
        window.key("Alt+PageDown");
        window.check_says(both("هذا آخر مقال", "This is the last document").get(lang));
        window.click(both("من الألف إلى الياء", "From A to Z").get(lang));
        assert!(titles(&window).into_iter().eq(by_title.into_iter().rev()));
        order_by(&mut window, lang, both("التاريخ", "Date"));
        assert_eq!(titles(&window)[..2], ["السلطات", "أمطار"]);
        // What has no date comes last, and says so.
        window.click(both("الأقدم أولًا", "Oldest first").get(lang));
        assert_eq!(titles(&window)[..2], ["Rabat", "ميناء"]);
        let last = row_name(&window, "وزير");
        assert!(last.ends_with(both("بلا تاريخ", "no date").get(lang)), "{last}");
        assert_eq!(titles(&window)[5], "وزير");
        window.close();

        let window = home.open("project", lang);
        assert_eq!(titles(&window)[..2], ["Rabat", "ميناء"]);
        window.close();
    }
}

/// The whole name of a row whose title begins so.
fn row_name(window: &Window, start: &str) -> String {
    let names = window.of_role(Role::ListBoxOption);
    names.into_iter().find(|name| name.starts_with(start)).unwrap()
}

#[test]
fn the_order_is_a_command_too() {
    for (lang, command) in [(Lang::Ar, "رتّب المقالات بالعنوان"), (Lang::En, "sort title")]
    {
        let home = Home::new();
        let mut window = six(&home, lang);
        window.key("Ctrl+K");
        window.write(command);
        window.key("Enter");
        assert_eq!(titles(&window)[0], "أمطار");
        window.close();
    }
}

#[test]
fn filters_can_be_cleared_where_nothing_matches() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = six(&home, lang);
        window.click(FILTERS.get(lang));
        let doubtful = both("مشكوك فيها", "Doubtful").get(lang);
        window.click(doubtful);
        assert!(window.is_on(doubtful));
        assert_eq!(titles(&window), ["أمطار"]);
        let word = both("مشكوك_فيه", "doubtful").get(lang);
        assert_eq!(window.value(words::SEARCH.get(lang)), word);
        window.click(doubtful);
        assert_eq!(titles(&window).len(), 6);
        // With a label as well, it is a span of that label that is doubtful.
        window.click(doubtful);
        window.click_at(window.rect_of(Role::CheckBox, words::CITY.get(lang)).center());
        window.wait_for(both("يُعرض 1", "1 listed").get(lang));
        assert_eq!(titles(&window), ["أمطار"]);
        window.click_at(window.rect_of(Role::CheckBox, words::CITY.get(lang)).center());
        window.click_at(window.rect_of(Role::CheckBox, words::DATE.get(lang)).center());
        // Spans are read for that, off the frame.
        window.wait_for(NO_MATCH.get(lang));
        assert!(titles(&window).is_empty());
        window.click(CLEAR.get(lang));
        assert_eq!(titles(&window).len(), 6);
        assert_eq!(window.value(words::SEARCH.get(lang)), "");
        window.close();
    }
}

#[test]
fn many_documents_get_a_state_in_one_step() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = six(&home, lang);
        for part in ["أمطار", "Rabat"] {
            window.click_with(window.row(part).center(), CTRL);
        }
        assert_eq!(selected(&window), 2);
        window.check_says(both("المحدَّد: مقالان", "2 documents selected").get(lang));
        window.click_with(window.row("أمطار").center(), CTRL);
        assert_eq!(selected(&window), 1);
        window.click_with(window.row("وزير").center(), Modifiers::SHIFT);
        assert_eq!(selected(&window), 4);

        window.click(CHANGE.get(lang));
        window.click_at(window.rect_of(Role::MenuItemRadio, FINISHED.get(lang)).center());
        window.check_says(
            both(
                "منتهٍ: 3 مقالات؛ وكان كذلك مقال واحد",
                "Finished: 3 documents; 1 document already so",
            )
            .get(lang),
        );
        window.check_says(both("أُنهي 4 من", "4 of 6 documents").get(lang));
        // They are selected still; Esc lets them go.
        assert_eq!(selected(&window), 4);
        window.key("Esc");
        assert_eq!(selected(&window), 0);
        assert!(!window.has(NONE.get(lang)));
        window.key("Ctrl+Z");
        window.check_says(both("أُنهي 1 من", "1 of 6 documents").get(lang));
        let undone = both("تراجع: تغيير حالة · 3 مقالات", "Undone: change state, 3 documents");
        window.check_says(undone.get(lang));
        window.key("Ctrl+Y");
        window.check_says(both("أُنهي 4 من", "4 of 6 documents").get(lang));
        window.close();
    }
}

#[test]
fn rows_are_selected_by_keys() {
    let home = Home::new();
    let mut window = six(&home, Lang::Ar);
    // The open document is the first row.
    window.key("g");
    window.key("r");
    assert!(window.has_focus(&row_name(&window, "ميناء")));
    window.key("Shift+ArrowDown");
    window.key("Shift+ArrowDown");
    assert_eq!(selected(&window), 3);
    assert!(window.has_focus(&row_name(&window, "أمطار")));
    window.key("Shift+ArrowUp");
    assert_eq!(selected(&window), 2);
    window.key("ArrowDown");
    window.key("ArrowDown");
    window.key("Ctrl+Space");
    assert_eq!(selected(&window), 3);
    assert!(row_name(&window, "Rabat").ends_with("محدَّد"));
    window.key("Ctrl+A");
    assert_eq!(selected(&window), 6);
    window.key("Esc");
    assert_eq!(selected(&window), 0);
    assert!(window.has_focus(&row_name(&window, "Rabat")), "Esc leaves the row the focus");
    window.key("Shift+End");
    assert_eq!(selected(&window), 3);
    // The menu of the focused row is for all that are selected.
    window.key("Shift+F10");
    window.click_at(window.rect_of(Role::MenuItemRadio, IGNORED.get(Lang::Ar)).center());
    window.check_says("متجاهَل: 3 مقالات");
    window.close();
}

#[test]
fn the_right_button_is_for_the_selection_or_for_the_row() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = six(&home, lang);
        window.click_with(window.row("أمطار").center(), CTRL);
        window.click_with(window.row("Rabat").center(), CTRL);
        window.click_with_button(PointerButton::Secondary, window.row("وزير").center());
        window.click_at(window.rect_of(Role::MenuItemRadio, FINISHED.get(lang)).center());
        window.check_says(both("أُنهي 2 من", "2 of 6 documents").get(lang));
        window.click_with_button(PointerButton::Secondary, window.row("أمطار").center());
        window.click_at(window.rect_of(Role::MenuItemRadio, IGNORED.get(lang)).center());
        window.check_says(both("متجاهَل: مقالان", "Ignored: 2 documents").get(lang));
        // Gold is for those that are finished; the others are named.
        window.click_with(window.row("وزير").center(), CTRL);
        window.click_with_button(PointerButton::Secondary, window.row("أمطار").center());
        let gold = both("أعلن المجموعات المنتهية ذهبية", "Declare finished sets gold");
        window.click(gold.get(lang));
        window.check_says(both("ذهبي: مقال واحد", "Gold: 1 document").get(lang));
        window.check_says(both("ولم يمكن ذلك في", "not possible for").get(lang));
        assert!(row_name(&window, "وزير").contains(both("ذهبي", "gold").get(lang)));
        window.close();
    }
}

#[test]
fn what_is_no_longer_listed_is_no_longer_selected() {
    let lang = Lang::En;
    let home = Home::new();
    let mut window = six(&home, lang);
    window.click_with(window.row("Rabat").center(), CTRL);
    window.click_with(window.row("وزير").center(), CTRL);
    window.fill(words::SEARCH.get(lang), "rabat");
    assert_eq!(selected(&window), 1);
    window.check_says("1 document selected");
    // Finished while new ones are listed, it leaves the list and the selection.
    window.fill(words::SEARCH.get(lang), "state:new");
    window.click_with(window.row("Rabat").center(), CTRL);
    window.click(CHANGE.get(lang));
    window.click_at(window.rect_of(Role::MenuItemRadio, FINISHED.get(lang)).center());
    assert!(!titles(&window).contains(&"Rabat".to_owned()), "{:#?}", window.names());
    assert_eq!(selected(&window), 0);
    window.close();
}

#[test]
fn finishing_goes_on_in_the_list_as_it_is_shown() {
    let lang = Lang::En;
    let home = Home::new();
    let mut window = six(&home, lang);
    order_by(&mut window, lang, both("العنوان", "Title"));
    window.fill(words::SEARCH.get(lang), "state:new");
    // أمطار came with a span, and is finished: بركان, السلطات, ميناء, وزير, Rabat.
    assert_eq!(titles(&window), ["«بركان»", "السلطات", "ميناء", "وزير", "Rabat"]);
    window.key("Ctrl+Enter");
    // The finished one is gone from the list; what comes next in it is open.
    assert_eq!(titles(&window), ["«بركان»", "السلطات", "وزير", "Rabat"]);
    assert!(window.is_on_of(Role::ListBoxOption, &row_name(&window, "وزير")));
    window.key("Ctrl+Alt+PageDown");
    assert!(window.is_on_of(Role::ListBoxOption, &row_name(&window, "Rabat")));
    window.key("Ctrl+Alt+PageDown");
    assert!(
        window.is_on_of(Role::ListBoxOption, &row_name(&window, "«بركان»")),
        "round the end"
    );
    window.fill(words::SEARCH.get(lang), "rabat");
    window.click_on("Rabat");
    window.key("Ctrl+Enter");
    assert!(row_name(&window, "Rabat").contains("Finished"));
    window.check_says("Clear the filters to see others");
    window.close();
}

#[test]
fn a_long_title_is_told_whole() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = six(&home, lang);
        let whole = "السلطات تغلق طريقا جبلية بعد تساقط الثلوج على المرتفعات المحيطة بمدينة إفران وضواحيها";
        window.hover(window.row("السلطات").center());
        assert_eq!(window.of_role(Role::Tooltip), [whole]);
        window.hover(window.row("أمطار").center());
        assert!(window.of_role(Role::Tooltip).is_empty());
        window.close();
    }
}

#[test]
fn a_box_selects_without_a_key() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::En);
    let row = window.row("ميناء");
    // At the end of the line about the document.
    let at = egui::pos2(row.right() - 22.0, row.bottom() - 18.0);
    window.click_at(at);
    assert_eq!(selected(&window), 1);
    window.click_at(at);
    assert_eq!(selected(&window), 0);
    window.close();
}
