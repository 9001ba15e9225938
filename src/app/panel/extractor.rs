//! What another program is, where it would run, whether that was approved, and what came of it.

use egui::{Id, Ui, vec2};

use super::dialogs::confirm;
use crate::app::access;
use crate::app::action::Action;
use crate::app::dialog::Dialog;
use crate::app::extractor::{Ask, ExtractorForm, Failed, Running, Shown};
use crate::app::widget::{Button, Ink, Kit, MenuRow, TextKind, combo, toggle};
use crate::lang::{Bilingual, Lang, both};
use crate::project::Project;
use crate::theme::size;

/// What `project.ron` may say, as an example.
const EXAMPLE: &str =
    "extractors: [Extractor(name: \"ner\", command: [\"python3\", \"ner.py\"], seconds: 60)],";

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, form): (Option<&Project>, &mut ExtractorForm),
    out: &mut Vec<Action>,
) {
    let title = both("شغّل مستخرجًا", "Run an extractor");
    kit.label(ui, kit.t(title), TextKind::Heading, Ink::Text);
    if let Some(failed) = &form.failed {
        told(ui, kit, failed);
        kit.rule(ui);
    }
    let Some(shown) = which(ui, kit, form) else {
        none(ui, kit, out);
        return;
    };
    row(ui, kit, both("الأمر", "Command"), &shown.program.shown());
    row(ui, kit, both("المجلد", "Folder"), &form.root.display().to_string());
    let seconds = kit.number(usize::try_from(shown.program.seconds).unwrap_or(usize::MAX));
    let limit = match kit.lang {
        Lang::Ar => format!("{seconds} ث"),
        Lang::En => format!("{seconds} s"),
    };
    row(ui, kit, both("أطول مدة", "Time limit"), &limit);
    ui.add_space(size::GAP);
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        for (everywhere, name) in [
            (false, both("هذا المقال", "This document")),
            (true, both("المقالات كلها", "All documents")),
        ] {
            let is_on = form.everywhere == everywhere;
            let response = toggle(ui, kit, kit.t(name), is_on);
            access::tab(ui, &response, is_on);
            if response.clicked() {
                form.everywhere = everywhere;
            }
        }
    });
    if !shown.is_approved {
        ui.add_space(size::GAP);
        let asked = both(
            "لم يُشغَّل هذا الأمر من هذا المجلد على هذا الجهاز بعد، أو تغيّر منذ وافقت عليه. يستطيع أن يفعل كل ما تستطيعه أنت؛ فلا تشغّله إلا إذا كنت تثق به.",
            "This command has not run from this folder on this machine yet, or has changed since you approved it. It can do all that you can do: run it only if you trust it.",
        );
        kit.paragraph(ui, kit.t(asked), TextKind::Body, Ink::Caution);
        let again = if shown.approval.is_lasting {
            both(
                "ستُسأل من جديد إذا تغيّر الأمر أو ملف يسمّيه من ملفات المشروع، لا إذا تغيّر ما يحمّله البرنامج نفسه.",
                "You are asked again when the command or a file of the project that it names changes, not when something changes that the program itself loads.",
            )
        } else {
            both(
                "ستُسأل كل مرة: يسمّي الأمر ملفًا من ملفات المشروع تتعذّر قراءته.",
                "You are asked each time: the command names a file of the project that cannot be read.",
            )
        };
        kit.paragraph(ui, kit.t(again), TextKind::Small, Ink::Weak);
    }
    let verb = if shown.is_approved {
        both("شغّل", "Run")
    } else {
        both("أثق به، شغّله", "I trust it, run it")
    };
    let is_ready =
        form.everywhere || project.is_some_and(|project| project.document().is_some());
    if confirm(ui, kit, verb, is_ready, out) {
        let (name, everywhere) = (shown.program.name.clone(), form.everywhere);
        let approves = Some(shown.approval);
        out.push(Action::Extractor(Ask::Run(Running { name, everywhere, approves })));
    }
}

/// The program that is shown, chosen where there are several.
fn which(ui: &mut Ui, kit: &mut Kit, form: &mut ExtractorForm) -> Option<Shown> {
    let name = kit.t(both("المستخرج", "Extractor"));
    if form.programs.len() > 1 {
        kit.label(ui, name, TextKind::Small, Ink::Weak);
        let row = |(at, of): (usize, &Shown)| MenuRow {
            text: of.program.name.clone(),
            is_on: Some(at == form.at),
            ..MenuRow::default()
        };
        let rows: Vec<_> = form.programs.iter().enumerate().map(row).collect();
        let state = (name, Some(form.at), true);
        if let Some(at) = combo(ui, kit, Id::unique("extractor"), state, &rows) {
            (form.at, form.failed) = (at, None);
        }
    } else if let Some(only) = form.programs.first() {
        row(ui, kit, both("المستخرج", "Extractor"), &only.program.name);
    }
    form.programs.get(form.at).cloned()
}

fn row(ui: &mut Ui, kit: &mut Kit, name: Bilingual, text: &str) {
    kit.label(ui, kit.t(name), TextKind::Small, Ink::Weak);
    kit.paragraph(ui, &format!("\u{2068}{text}\u{2069}"), TextKind::Body, Ink::Text);
}

/// Why nothing came of it, and what it said itself.
fn told(ui: &mut Ui, kit: &mut Kit, failed: &Failed) {
    for why in &failed.why {
        let response = kit.paragraph(ui, why.get(kit.lang), TextKind::Body, Ink::Danger);
        access::announce(&response, true);
    }
    if failed.said.trim().is_empty() {
        return;
    }
    let name = kit.t(both("آخر ما قاله البرنامج", "What it said last"));
    kit.label(ui, name, TextKind::Small, Ink::Weak);
    for line in failed.said.lines().filter(|line| !line.trim().is_empty()) {
        kit.paragraph(ui, &format!("\u{2068}{line}\u{2069}"), TextKind::Small, Ink::Text);
    }
}

/// How a program is named in a project that has none.
fn none(ui: &mut Ui, kit: &mut Kit, out: &mut Vec<Action>) {
    let how = both(
        "لا مستخرجات في هذا المشروع. المستخرج برنامج يقرأ المقالات أسطرًا من JSON ويكتبها ومعها مواضع. سمِّه في project.ron:",
        "This project has no extractors. An extractor is a program that reads documents as JSON lines and writes them with spans. Name it in project.ron:",
    );
    kit.paragraph(ui, kit.t(how), TextKind::Body, Ink::Text);
    kit.paragraph(ui, &format!("\u{2066}{EXAMPLE}\u{2069}"), TextKind::Small, Ink::Text);
    ui.add_space(size::PAD);
    if Button::new(kit.t(both("أغلق", "Close"))).ui(ui, kit).clicked() {
        out.push(Action::Show(None::<Dialog>));
    }
}

/// A button for each program on the review's card.
pub(super) fn buttons(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, everywhere): (&Project, bool),
    out: &mut Vec<Action>,
) {
    let programs = project.extractors();
    if programs.is_empty() || !project.is_writable() {
        return;
    }
    ui.add_space(size::GAP);
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        for program in programs {
            let text = run(&program.name).get(kit.lang).to_owned();
            if Button::new(&text).ui(ui, kit).clicked() {
                let name = program.name.clone();
                let running = Running { name, everywhere, approves: None };
                out.push(Action::Extractor(Ask::Run(running)));
            }
        }
    });
}

/// What a button and a command are called that run a program.
pub(super) fn run(name: &str) -> crate::lang::Message {
    let name = crate::lang::isolated(name);
    crate::lang::Message::new(format!("شغّل {name}"), format!("Run {name}"))
}
