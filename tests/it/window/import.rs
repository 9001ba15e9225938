//! What an import can be told, as on the command line.

use tawsim::lang::{Lang, both};

use super::hands::Home;
use super::{GARDEN, three_articles};

/// An article that came with spans under other names.
fn foreign() -> String {
    let text = "افتتح سوق جديد في وهران";
    let spans = serde_json::json!([
        {"start": 18, "end": 23, "label": "LOC", "text": "وهران"},
        {"start": 0, "end": 5, "label": "EVENT", "text": "افتتح"},
    ]);
    serde_json::json!({"id": "market", "text": text, "spans": spans}).to_string()
}

#[test]
fn an_import_takes_date_source_state_and_label_map() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        home.write("more/market-2024-02-09.jsonl", &foreign());
        window.key("Ctrl+I");
        let t = |ar, en| both(ar, en).get(lang);
        window.fill(t("المسار", "Path"), home.path("more").to_str().unwrap());
        window.fill(t("التاريخ من اسم الملف", "Date from the file name"), "%Y-%m-%d");
        window.fill(t("المصدر", "Source"), "وكالة");
        window.click_on_last(t("قيد العمل", "In progress"));
        window.fill(t("أسماء الوسوم في الملفات", "Labels in the files"), "LOC=CITY,EVENT=-");
        window.key("Enter");
        window.check_says(t(
            "استُورد: مقال واحد، موضع واحد؛ أُسقط: موضع واحد",
            "imported 1 document, 1 span; left out: 1 span",
        ));
        window.click_on("افتتح سوق جديد في وهران ·");
        let row = t(
            "قيد العمل · موضع واحد · \u{2066}2024-02-09",
            "In progress · 1 span · \u{2066}2024-02-09",
        );
        window.check_says(row);
        window.key("F2");
        assert_eq!(window.value(t("المصدر", "Source")), "وكالة");
        window.key("Esc");
        window.key("Esc");
        window.close();
    }
}

#[test]
fn what_an_import_was_told_wrongly_is_said_and_stays_to_be_mended() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::En);
    home.write("more/a.jsonl", &foreign());
    home.write("more/b.jsonl", "{ nothing");
    home.write("more/c.txt", GARDEN);
    window.key("Ctrl+I");
    window.fill("Path", home.path("more").to_str().unwrap());
    window.fill("Labels in the files", "LOC=TOWN");
    assert!(!window.is_enabled("Import"));
    window.check_says("`TOWN` is not in the schema");
    window.fill("Labels in the files", "LOC=CITY,EVENT=-");
    window.key("Enter");
    window.check_says("nothing was imported");
    // What was written is there again; one thing more is asked for.
    window.key("Ctrl+I");
    assert_eq!(window.value("Labels in the files"), "LOC=CITY,EVENT=-");
    window.click("Import what is well");
    window.click("Import");
    window.check_says("imported 2 documents, 1 span");
    window.key("Ctrl+I");
    assert_eq!(window.value("Labels in the files"), "");
    window.key("Esc");
    window.close();
}
