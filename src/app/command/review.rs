//! Going through suggestions. Most keys count while one is in hand, and are then none of the
//! chosen span's.

use super::{Command, Scope};
use crate::app::action::{Action, Step};
use crate::app::extractor;
use crate::app::learn::Learn;
use crate::app::quality;
use crate::app::review::Ask;
use crate::lang::both;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "review.here",
        title: both("راجع اقتراحات المقال", "Review the document’s suggestions"),
        keys: &["F7"],
        scope: Scope::OutsideFields,
        action: |desk| desk.document().map(|_| Action::Review(Ask::Toggle)),
    },
    Command {
        id: "review.all",
        title: both("راجع اقتراحات المقالات كلها", "Review the suggestions of all documents"),
        keys: &["Shift+F7"],
        scope: Scope::OutsideFields,
        action: |desk| desk.document().map(|_| Action::Review(Ask::ToggleAll)),
    },
    Command {
        id: "review.learn",
        title: both("تعلّم من المقالات المنتهية…", "Learn from finished documents…"),
        keys: &[],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::Review(Ask::Learn(Learn::Show))),
    },
    Command {
        id: "review.quality",
        title: both("جودة الاقتراحات", "How good suggestions are"),
        keys: &["Ctrl+F7"],
        scope: Scope::Anywhere,
        action: |desk| {
            let show = quality::Ask::Show(quality::Tab::Sources);
            desk.project.map(|_| Action::Review(Ask::Quality(show)))
        },
    },
    Command {
        id: "review.decisions",
        title: both("القرارات كلها", "All decisions"),
        keys: &["Ctrl+Shift+F7"],
        scope: Scope::Anywhere,
        action: |desk| {
            let show = quality::Ask::Show(quality::Tab::Decisions);
            desk.project.map(|_| Action::Review(Ask::Quality(show)))
        },
    },
    Command {
        id: "review.accept",
        title: both("اقبل الاقتراح وانتقل إلى التالي", "Accept the suggestion and go on"),
        keys: &["Enter"],
        scope: Scope::Review,
        action: |desk| desk.in_hand().map(|_| Action::Review(Ask::Accept { goes_on: true })),
    },
    Command {
        id: "review.accept_stay",
        title: both("اقبل الاقتراح وابق عنده", "Accept the suggestion and stay"),
        keys: &["Shift+Enter"],
        scope: Scope::Review,
        action: |desk| desk.in_hand().map(|_| Action::Review(Ask::Accept { goes_on: false })),
    },
    Command {
        id: "review.reject",
        title: both("ارفض الاقتراح", "Reject the suggestion"),
        keys: &["Backspace", "Delete"],
        scope: Scope::Review,
        action: |desk| desk.in_hand().map(|_| Action::Review(Ask::Reject(String::new()))),
    },
    Command {
        id: "review.why",
        title: both("ارفض الاقتراح وقل السبب", "Reject the suggestion and say why"),
        keys: &["X"],
        scope: Scope::Review,
        action: |desk| desk.in_hand().map(|_| Action::Review(Ask::Why)),
    },
    Command {
        id: "review.skip",
        title: both("تخطَّ الاقتراح", "Skip the suggestion"),
        keys: &["S"],
        scope: Scope::Review,
        action: |desk| desk.in_hand().map(|_| Action::Review(Ask::Skip)),
    },
    Command {
        id: "review.value",
        title: both("صحح قيمة الاقتراح", "Correct the suggestion’s value"),
        keys: &["V"],
        scope: Scope::Review,
        action: |desk| desk.in_hand().map(|_| Action::Review(Ask::FocusValue)),
    },
    Command {
        id: "review.next",
        title: both("الاقتراح التالي", "Next suggestion"),
        keys: &["Tab"],
        scope: Scope::Review,
        action: |desk| desk.in_hand().map(|_| Action::Review(Ask::Step(Step::Next))),
    },
    Command {
        id: "review.previous",
        title: both("الاقتراح السابق", "Previous suggestion"),
        keys: &["Shift+Tab"],
        scope: Scope::Review,
        action: |desk| desk.in_hand().map(|_| Action::Review(Ask::Step(Step::Previous))),
    },
    Command {
        id: "review.accept_like",
        title: both("اقبل كل ما يماثل الاقتراح…", "Accept all like the suggestion…"),
        keys: &["A"],
        scope: Scope::Review,
        action: |desk| desk.in_hand().map(|_| Action::Review(Ask::AllLike { rejects: false })),
    },
    Command {
        id: "review.reject_like",
        title: both("ارفض كل ما يماثل الاقتراح…", "Reject all like the suggestion…"),
        keys: &["Shift+A"],
        scope: Scope::Review,
        action: |desk| desk.in_hand().map(|_| Action::Review(Ask::AllLike { rejects: true })),
    },
    Command {
        id: "review.extractor",
        title: both("شغّل مستخرجًا آخر…", "Run an extractor…"),
        keys: &[],
        scope: Scope::OutsideFields,
        action: |desk| {
            let project = desk.project.filter(|project| project.is_writable());
            project.map(|_| Action::Extractor(extractor::Ask::Show(None)))
        },
    },
];
