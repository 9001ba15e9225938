//! Going through a scene by Tab alone: nothing traps the focus, the order is that of reading,
//! what has the focus is seen to have it, and all of it has a name.

use egui::accesskit::NodeId;
use egui::{Rect, Role, Shape};
use egui_kittest::kittest::NodeT as _;
use tawsim::lang::{Lang, both};
use tawsim::theme::Mode;

use super::super::hands::{Home, Window};
use super::{Look, Size, reach, scenes};

/// More than any scene has to go through.
const MOST: usize = 160;

/// The window without and with a project, and each dialog that has an order of its own.
const MAIN: [&str; 16] = [
    "welcome-recent",
    "span",
    "filters",
    "drawer",
    "new",
    "open",
    "import",
    "export",
    "details",
    "annotator",
    "labels",
    "labels-layer",
    "settings",
    "keys",
    "manual",
    "statistics",
];

/// Something that Tab came to.
struct Stop {
    id: NodeId,
    role: Role,
    name: String,
    rect: Rect,
    /// What is drawn around it while it has the focus.
    drawn: Vec<String>,
}

/// Whether an article is open.
fn has_article(window: &Window) -> bool {
    let mut nodes = window.harness.root().children_recursive();
    nodes.any(|node| node.accesskit_node().role() == Role::Document)
}

/// What has the focus, if anything has.
fn focused(window: &Window) -> Option<Stop> {
    let nodes = window.harness.root().children_recursive();
    let node = nodes.filter(|node| node.is_focused()).last()?;
    let accesskit = node.accesskit_node();
    accesskit.bounding_box()?;
    let rect = node.rect();
    Some(Stop {
        id: accesskit.locate().0,
        role: accesskit.role(),
        name: accesskit.label().unwrap_or_default(),
        rect,
        drawn: drawn(window, rect),
    })
}

/// The shapes at a place, but no text: it is the same with the focus and without.
fn drawn(window: &Window, rect: Rect) -> Vec<String> {
    fn collect(shape: &Shape, near: Rect, out: &mut Vec<String>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, near, out)),
            Shape::Mesh(_) => {}
            shape if near.intersects(shape.visual_bounding_rect()) => {
                out.push(format!("{shape:?}"));
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    for clipped in &window.harness.output().shapes {
        collect(&clipped.shape, rect.expand(12.0), &mut out);
    }
    out
}

/// What Tab comes to, until it comes to the first again; none if it never does.
fn round(window: &mut Window) -> Option<Vec<Stop>> {
    let mut stops: Vec<Stop> = Vec::new();
    for _ in 0..MOST {
        window.key("Tab");
        let Some(mut stop) = focused(window) else { continue };
        // From the article, where Tab goes from span to span, another key leads on.
        if stop.role == Role::Document {
            window.key("F6");
            continue;
        }
        if stops.first().is_some_and(|first| first.id == stop.id) {
            return Some(stops);
        }
        // The same again has the focus still: it takes Tab for itself.
        if stops.last().is_some_and(|last| last.id == stop.id) {
            return None;
        }
        if let Some(last) = stops.last_mut() {
            // Without the focus it is drawn in another way.
            if drawn(window, last.rect) == last.drawn {
                last.drawn = Vec::new();
            }
        }
        if stop.drawn.is_empty() {
            stop.drawn.push(String::new());
        }
        stops.push(stop);
    }
    None
}

/// Whether `next` stands before `stop` in its line, or above it and not farther along.
fn is_back(stop: Rect, next: Rect, lang: Lang) -> bool {
    let is_below = next.center().y > stop.center().y + 6.0;
    let is_farther = match lang {
        Lang::Ar => next.center().x < stop.center().x + 1.0,
        Lang::En => next.center().x > stop.center().x - 1.0,
    };
    !is_below && !is_farther
}

/// Whether it is one of the buttons at the far end of a dialog's head, which Tab goes through from
/// the end.
fn is_set_from_the_end(name: &str) -> bool {
    let names = [
        both("خذ وسومًا…", "Take labels…"),
        both("كما كانت", "As before"),
        both("أعد الإحصاء", "Count again"),
    ];
    names.iter().any(|both| [both.ar, both.en].contains(&name))
}

/// Whether it is in sight; what is higher than the window, as far as it goes.
fn is_seen(rect: Rect, area: Rect) -> bool {
    area.contains_rect(rect) || rect.height() > area.height() * 0.5 && area.intersects(rect)
}

/// What is wrong with the way of Tab through a scene.
fn wrong(name: &str, look: Look) -> Vec<String> {
    let scene = scenes().find(|scene| scene.name == name).unwrap();
    let mut window = (scene.show)(&Home::new(), look);
    let area = window.harness.ctx.content_rect().expand(1.0);
    let is_dialog = reach::has_dialog(&window);
    if !is_dialog && has_article(&window) {
        window.key("F6");
    }
    let Some(stops) = round(&mut window) else {
        return vec!["Tab does not come back to where it began".to_owned()];
    };
    let mut wrong = Vec::new();
    if stops.is_empty() {
        wrong.push("nothing gets the focus".to_owned());
    }
    for stop in &stops {
        if stop.name.is_empty() {
            wrong.push(format!("no name: {:?} at {:?}", stop.role, stop.rect));
        }
        if stop.drawn.is_empty() {
            wrong.push(format!("no ring: {}", stop.name));
        }
        if !is_seen(stop.rect, area) {
            wrong.push(format!("out of sight: {} at {:?}", stop.name, stop.rect));
        }
    }
    // Around the article each region has an order of its own, and at twice the size all moves.
    let has_order = is_dialog && look.size == Size::Usual;
    for pair in stops.windows(2).filter(|_| has_order) {
        if let [stop, next] = pair
            && is_back(stop.rect, next.rect, look.lang)
            && !is_set_from_the_end(&next.name)
        {
            wrong.push(format!("back from {} to {}", stop.name, next.name));
        }
    }
    wrong
}

#[test]
fn tab_goes_around_all_that_is_used_and_is_seen_where_it_is() {
    let mut all = Vec::new();
    for (at, name) in MAIN.into_iter().enumerate() {
        // Each scene in both languages: in one as usual, in the other at twice the size.
        let (lang, mode) = ([Lang::Ar, Lang::En][at % 2], Mode::Light);
        for (lang, size) in [(lang, Size::Usual), (lang.other(), Size::Twice)] {
            let look = Look { lang, mode, size };
            let wrong = wrong(name, look).into_iter();
            all.extend(wrong.map(|what| format!("{}: {what}", look.name(name))));
        }
    }
    assert!(all.is_empty(), "{all:#?}");
}
