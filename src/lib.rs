//! Tawsim (توسيم, *labeling*): marks spans in Arabic news articles.
//!
//! A library with a program on top. The modules stand on floors, and each may use only those
//! below it; `tests/it/architecture.rs` holds them to it:
//!
//! ```text
//!  7  main
//!  6  app · cli                  the two faces; neither knows the other
//!  5  logbook · project          what the program tells of itself; an open project, without a
//!                                window; imports and exports
//!  4  agreement · learn          how far two markings of the same texts agree; what is learned
//!                                from them
//!  4  dataset · store            which sets make a data set; a project on disk
//!  3  edit · extract             every way to change a set; what an article is found to say
//!  3  find · format              what is looked for; bytes in, values out
//!  2  arabic · typeset           letters, words and clitics; from text to glyphs on the screen
//!  1  model · theme              what a project is made of; colors and sizes
//!  0  lang · license · text      the interface's two languages; what the program is made of;
//!                                positions in text
//! ```

pub mod agreement;
pub mod app;
pub mod arabic;
pub mod cli;
pub mod dataset;
pub mod edit;
pub mod extract;
pub mod find;
pub mod format;
pub mod lang;
pub mod learn;
pub mod license;
pub mod logbook;
pub mod model;
pub mod project;
pub mod store;
pub mod text;
pub mod theme;
pub mod typeset;
