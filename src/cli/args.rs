//! What stands on the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};

use super::{
    check, export, extract, gold, import, layout, new, records, render, score, stats, suggest,
};
use crate::format::FORMATS;
use crate::lang::Lang;
use crate::model::AnnotatorId;
use crate::theme::Mode;

const AFTER_HELP: &str = "\
Without a command, the window opens with a choice of what to do.
Exit status: 0 done, 1 the request cannot be met, 2 wrong usage, 70 a bug.";

/// Marks spans in Arabic news articles, and makes training and gold data sets of them.
#[derive(Debug, Parser)]
#[command(name = "tawsim", version, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The language of the window and of messages; messages are English unless it is `ar`
    #[arg(long, global = true, value_parser = lang_parser(), value_name = "ar|en")]
    pub(super) lang: Option<Lang>,

    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Opens a project's window
    Open(Open),
    /// Opens a sample project that comes with the program
    Demo(Look),
    New(new::Args),
    Import(import::Args),
    Export(export::Args),
    Records(records::Args),
    Extract(extract::Args),
    Suggest(suggest::Args),
    Score(score::Args),
    Gold(gold::Args),
    Check(check::Args),
    Stats(stats::Args),
    Render(render::Args),
    Layout(layout::Args),
    /// Names every crate, font and data source in the program, with its terms
    Licenses,
}

/// The window on a project.
#[derive(Debug, clap::Args)]
pub(super) struct Open {
    /// The project's folder, or the `project.ron` in it; without it, the welcome page opens
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
    /// Shows this document first
    #[arg(long, value_name = "ID")]
    pub(super) document: Option<String>,
    #[command(flatten)]
    pub(super) look: Look,
}

/// How a window looks.
#[derive(Debug, clap::Args)]
pub(super) struct Look {
    /// Light or dark
    #[arg(long, value_parser = theme_parser(), value_name = "light|dark")]
    pub(super) theme: Option<Mode>,
    /// Who marks
    #[arg(long, value_parser = annotator, value_name = "NAME")]
    pub(super) annotator: Option<AnnotatorId>,
    /// The window's width and height in points
    #[arg(long, value_parser = size, value_name = "WxH")]
    pub(super) size: Option<(u32, u32)>,
}

/// What a data set is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// Finished sets, or with --annotator that annotator's sets as they stand
    Training,
    /// Gold sets
    Gold,
}

/// An annotator's name; the gold set's is reserved.
pub(super) fn annotator(name: &str) -> Result<AnnotatorId, String> {
    AnnotatorId::new(name).map_err(|error| error.to_string())
}

/// A format that can be read.
pub(super) fn readable() -> PossibleValuesParser {
    let formats = FORMATS.iter().filter(|format| format.read.is_some());
    PossibleValuesParser::new(formats.map(|format| format.id))
}

/// A format that can be written.
pub(super) fn writable() -> PossibleValuesParser {
    let formats = FORMATS.iter().filter(|format| format.write.is_some());
    PossibleValuesParser::new(formats.map(|format| format.id))
}

/// One of the themes.
pub(super) fn theme_parser() -> impl TypedValueParser<Value = Mode> {
    let ids = Mode::ALL.map(Mode::id);
    PossibleValuesParser::new(ids).map(|id| Mode::from_id(&id).unwrap_or_default())
}

fn lang_parser() -> impl TypedValueParser<Value = Lang> {
    let codes = [Lang::Ar.code(), Lang::En.code()];
    PossibleValuesParser::new(codes).map(|code| Lang::from_code(&code).unwrap_or_default())
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let side = |side: &str| side.parse().ok().filter(|side| (200..=20_000).contains(side));
    let sides = text.split_once(['x', 'X', '×']).and_then(|(w, h)| Some((side(w)?, side(h)?)));
    sides.ok_or_else(|| "write it as 1280x800, each side from 200 to 20000".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_size_is_two_numbers() {
        assert_eq!(size("1280x800"), Ok((1280, 800)));
        for wrong in ["1280", "1280x", "0x0", "axb", "-1x800", "99999x800"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
