//! What templates may write besides pages: lists in parts, and files of other formats (Hugo 0.168, `resources/page/pagination.go`,
//! `output/outputFormat.go`).

use super::hooks::{Themes, layouts};
use crate::files::{Files, join};
use crate::generators::{Site, Territory};

/// What the templates of a site ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Made {
    /// Lists in parts.
    pub parts: bool,
    /// Feeds, or other XML of their own.
    pub xml: bool,
    /// Texts of their own.
    pub text: bool,
}

impl Made {
    /// Where a template is not here, it may ask for all.
    pub(super) fn of(site: &Site, files: &Files, is_partial: bool) -> Made {
        let all = Made { parts: true, xml: true, text: true };
        let themes = Themes::of(&site.tree, files);
        if is_partial || themes.missing.is_some() || files.is_folder("_vendor") {
            return all;
        }
        let mut made = Made { parts: false, xml: false, text: false };
        let mut is_any = false;
        for root in layouts(&themes) {
            for file in files.below(&root, |_| true) {
                let Some(text) = files.text(&join(&root, &file)) else { return all };
                is_any = true;
                made.parts |= text.contains("aginat");
                made.xml |= text.contains(".xml\"") || text.contains(".xml`");
                made.text |= text.contains(".txt\"") || text.contains(".txt`");
            }
        }
        if is_any { made } else { all }
    }
}

/// Where files of other formats may lie; `brings`: whether the config brings formats that are not known.
pub(super) fn files_of(made: Made, brings: bool, has_feeds: bool, has_robots: bool) -> Vec<Territory> {
    let mut ends = vec![".json", ".css", ".js", ".webmanifest", "/404.html"];
    match made.xml || brings {
        true => ends.extend(has_feeds.then_some(".xml")),
        false if has_feeds => ends.extend(["/index.xml", "/sitemap.xml"]),
        false => {}
    }
    match made.text || brings {
        true => ends.push(".txt"),
        false if has_robots => ends.push("/robots.txt"),
        false => {}
    }
    ends.into_iter().map(|end| Territory::Ending(end.to_owned())).collect()
}
