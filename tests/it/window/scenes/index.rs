//! A page on which all pictures are looked at, scene by scene.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;

use super::super::screens::target;
use super::{CHECKLIST, scenes};

/// Writes the page, with whatever pictures of scenes lie there.
pub(super) fn write() {
    let path = target("index").with_extension("html");
    let folder = path.parent().unwrap();
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".png"))
        .collect();
    names.sort();
    let mut page = String::from(
        "<!DOCTYPE html><meta charset=utf-8><title>Tawsim</title><style>\
         body{font:15px sans-serif;margin:24px;background:#888}figure{display:inline-block;margin:6px}\
         img{width:600px;display:block}figcaption{font-size:12px}</style><h1>Every scene</h1><ol>",
    );
    for line in CHECKLIST {
        write!(page, "<li>{line}").unwrap();
    }
    page.push_str("</ol>");
    for scene in scenes() {
        write!(page, "<h2 id={0}>{0}</h2>", scene.name).unwrap();
        let own = |name: &&String| {
            name.strip_prefix(scene.name)
                .is_some_and(|rest| rest.starts_with("-ar-") || rest.starts_with("-en-"))
        };
        for name in names.iter().filter(own) {
            let link = name.replace('%', "%25");
            write!(
                page,
                "<figure><a href={link}><img loading=lazy src={link}></a><figcaption>{name}</figcaption></figure>"
            )
            .unwrap();
        }
    }
    File::create(&path).unwrap().write_all(page.as_bytes()).unwrap();
}
