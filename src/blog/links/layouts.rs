//! The places that layouts print, on every page that they make.

use std::collections::HashSet;

use super::ids::ids_in_html;
use crate::blog::Blog;
use crate::files::file_name;

/// So many files of layouts are read.
const MOST: usize = 2000;

/// Folders of a theme that hold no layouts.
const PRUNED: &[&str] = &["assets", "content", "exampleSite", "node_modules", "static"];

impl Blog {
    /// The ids that stand as they are in the layouts of the blog, and in those of the themes in its `themes`. Which page
    /// has which layout is not asked.
    pub(super) fn layout_ids(&self) -> &HashSet<String> {
        self.layout_ids.get_or_init(|| {
            let texts = self.layouts().into_iter().take(MOST).filter_map(|path| self.files.text(&path));
            texts.flat_map(|text| ids_in_html(&text)).filter(|id| !id.contains('{')).collect()
        })
    }

    fn layouts(&self) -> Vec<String> {
        let features = self.site().features;
        let below = |folder: String| {
            let enters = |path: &str| !PRUNED.contains(&file_name(path));
            self.files.below(&folder, enters).into_iter().map(move |file| format!("{folder}/{file}"))
        };
        let own =
            features.layout_folders.iter().flat_map(|folder| below(format!("{}{folder}", self.map().plan.sources)));
        let themes = features.has_themes.then(|| below("themes".to_owned())).into_iter().flatten();
        own.chain(themes).filter(|file| file.ends_with(".html")).collect()
    }
}
