//! The window in use: whole flows by accessible name, without a screen and without a GPU.

mod access;
mod alone;
mod assistant;
mod attributes;
mod beside;
mod closing;
mod documents;
mod drop;
mod edges;
mod extractors;
mod fields;
mod find;
mod gestures;
mod gold;
mod guidelines;
mod hands;
mod import;
mod job;
mod keymap;
mod labels;
mod layout;
mod learn;
mod look;
mod menus;
mod notice;
mod outside;
mod own_keys;
mod palette;
mod paste;
mod quality;
mod records;
mod refusals;
mod review;
mod scenes;
mod schema;
mod screens;
mod selection;
mod settings;
mod sources;
mod spans;
mod statistics;
mod suggestions;
mod table;
mod tour;
mod travel;
mod welcome;

use tawsim::app::View;
use tawsim::lang::{Bilingual, Lang, both};

use hands::{Home, Window};

/// An article of one screen. Its first line is its title.
const GARDEN: &str = "حديقة جديدة في وجدة\n\nافتتحت بلدية المدينة صباح الثلاثاء 12 مارس 2024 حديقة \
    قرب محطة القطار، وحضر الحفل 250 شخصا جاؤوا من بركان وتاوريرت.\n\nوقالت وزارة البيئة إنّ العمل \
    استغرق عاما كاملا، وإن شركة AquaLine زرعت 1400 شجرة. وسُلّمت المفاتيح للمديرية المحلية.\n";

/// Another one.
const HARBOR: &str =
    "ميناء الصيد يستعيد نشاطه\n\nعادت 45 سفينة إلى ميناء الحسيمة يوم 7 أبريل 2024.\n";

/// A third one.
const SCHOOL: &str = "مدرسة تفتح أبوابها\n\nاستقبلت مدرسة في الناظور 320 تلميذا.\n";

/// The words of the interface that the flows look for.
mod words {
    use super::{Bilingual, both};

    pub(super) const NEW: Bilingual = both("مشروع جديد…", "New project…");
    pub(super) const OPEN: Bilingual = both("افتح مشروعًا…", "Open a project…");
    pub(super) const PATH: Bilingual = both("المسار", "Path");
    pub(super) const CREATE: Bilingual = both("أنشئ", "Create");
    pub(super) const IMPORT: Bilingual = both("استورد مقالات…", "Import documents…");
    pub(super) const VALUE: Bilingual = both("القيمة", "Value");
    pub(super) const NOTE: Bilingual = both("ملاحظة", "Note");
    pub(super) const DOUBTFUL: Bilingual = both("مشكوك فيه ؟", "Doubtful ?");
    pub(super) const REMOVE: Bilingual = both("احذف", "Remove");
    pub(super) const NOTHING_CHOSEN: Bilingual = both("لا موضع مختار", "No span chosen");
    pub(super) const FINISH: Bilingual = both("أنهِ وافتح التالي", "Finish, next");
    pub(super) const SAVED: Bilingual = both("محفوظ", "Saved");
    pub(super) const EXPORT: Bilingual = both("صدّر", "Export");
    pub(super) const GOLD_SETS: Bilingual =
        both("ذهبية: ما أُعلن ذهبيًا", "Gold: what was declared gold");
    pub(super) const GOLD: Bilingual = both("ذهبية", "Gold");
    pub(super) const KEEP_GOING: Bilingual = both("صدّر الباقي", "Export the rest");
    pub(super) const NEXT: Bilingual = both("المقال التالي", "Next document");
    pub(super) const PREVIOUS: Bilingual = both("المقال السابق", "Previous document");
    pub(super) const SEARCH: Bilingual = both("ابحث في العناوين", "Search titles");
    pub(super) const CITY: Bilingual = both("مدينة", "City");
    pub(super) const AGENCY: Bilingual = both("جهاز رسمي", "Agency");
    pub(super) const COUNT: Bilingual = both("عدد", "Count");
    pub(super) const DATE: Bilingual = both("تاريخ", "Date");
}

/// A project with the three articles, in a window in that language, the first one open.
fn three_articles(home: &Home, lang: Lang) -> Window {
    home.write("articles/1-garden.txt", GARDEN);
    home.write("articles/2-harbor.txt", HARBOR);
    home.write("articles/3-school.txt", SCHOOL);
    imported(home, lang)
}

/// A window on a new project with what lies in `articles`.
fn imported(home: &Home, lang: Lang) -> Window {
    let mut window = Window::new(home.launch(View::Welcome, lang));
    window.click(words::NEW.get(lang));
    window.fill(words::PATH.get(lang), home.path("project").to_str().unwrap());
    window.click(words::CREATE.get(lang));
    window.click(words::IMPORT.get(lang));
    window.fill(words::PATH.get(lang), home.path("articles").to_str().unwrap());
    window.key("Enter");
    window
}

/// A label's name as the schema has it, and a mark's name in the article.
fn mark(label: Bilingual, lang: Lang, words: &str) -> String {
    format!("{}: {words}", label.get(lang))
}
