//! The figures as a table: beside the bars, and to be copied.

use crate::app::quality::{QualityForm, Tab};
use crate::app::widget::Kit;
use crate::lang::{Bilingual, both, visible};
use crate::project::{Figures, Project, Rate};

/// What the columns are called; the first is the name.
pub(super) fn heads(tab: Tab) -> Vec<Bilingual> {
    let name = match tab {
        Tab::Rules => both("القاعدة", "Rule"),
        Tab::Labels => both("الوسم", "Label"),
        _ => both("المصدر", "Source"),
    };
    let mut heads = vec![
        name,
        both("قُبل كما اقتُرح", "As proposed"),
        both("صُحّح", "Corrected"),
        both("رُفض", "Rejected"),
        both("حُذف", "Removed"),
        both("تُخطّي", "Skipped"),
        both("الدقة", "Precision"),
    ];
    if tab != Tab::Rules {
        heads.push(both("الاستدعاء", "Recall"));
    }
    heads
}

/// The numbers of a row, as many as there are heads after the first.
pub(super) fn cells(of: &Figures, tab: Tab) -> Vec<String> {
    let counts = of.counts;
    let mut cells: Vec<String> =
        [counts.as_proposed, counts.corrected, counts.rejected, counts.removed, counts.skipped]
            .map(|count| count.to_string())
            .to_vec();
    cells.push(rate(counts.precision()));
    if tab != Tab::Rules {
        cells.push(rate(of.recall));
    }
    cells
}

/// A share in whole percent.
pub(super) fn percent(share: f64) -> String {
    format!("\u{2066}{:.0} %\u{2069}", share * 100.0)
}

/// A share with its interval, as `82 % (74–88)`.
fn rate(rate: Option<Rate>) -> String {
    rate.map_or_else(
        || "–".to_owned(),
        |rate| {
            let (low, high) = (rate.interval.low * 100.0, rate.interval.high * 100.0);
            format!("\u{2066}{:.0} % ({low:.0}–{high:.0})\u{2069}", rate.share() * 100.0)
        },
    )
}

/// The table as lines of cells with tabs between them; what was corrected and the ends of the
/// intervals have columns of their own.
pub(super) fn tsv(kit: &Kit, project: &Project, form: &QualityForm) -> String {
    let corrected = [
        both("صُحّح وسمه", "Corrected label"),
        both("صُحّحت حدوده", "Corrected edges"),
        both("صُحّحت قيمته", "Corrected value"),
    ];
    let names = heads(form.tab).into_iter().chain(corrected);
    let mut lines = vec![names.map(|head| kit.t(head).to_owned()).collect::<Vec<_>>()];
    for it in &form.figures {
        let mut row = vec![form.name_of(&it.group, project.schema(), kit.lang)];
        row.extend(cells(it, form.tab));
        let counts = it.counts;
        row.extend([counts.label, counts.edges, counts.value].map(|count| count.to_string()));
        lines.push(row);
    }
    let is_mark = |c: char| matches!(c, '\u{2066}'..='\u{2069}');
    let plain = |cell: &String| visible(&cell.replace(is_mark, "")).into_owned();
    let line = |row: &Vec<String>| row.iter().map(plain).collect::<Vec<_>>().join("\t") + "\n";
    lines.iter().map(line).collect()
}
