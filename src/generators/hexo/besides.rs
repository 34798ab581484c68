//! What becomes of files that are no posts, and pages that no file tells of (Hexo 8.1.2, `processor/asset.ts`,
//! `models/post_asset.ts`, and the generators that a new site comes with).

use super::Settings;
use super::addresses::{Addresses, page};
use super::names::without_extension;
use crate::files::{file_name, join};
use crate::generators::{Build, Kind, Standing, Target, Territory, config, relative};
use crate::syntax::front_matter::Tree;

impl Settings {
    /// Pages that no source tells of: those of the usual generators, and of what is not known.
    pub(super) fn territories(&self, tree: &Tree, build: &Build) -> Vec<Territory> {
        let mut all = vec![Territory::At("/".to_owned()), Territory::At("/index.html".to_owned())];
        let pagination = config::text(tree, &["pagination_dir"]).unwrap_or("page").trim_matches('/');
        all.push(Territory::Inside(format!("/{pagination}/")));
        for (key, usual) in [("archive_dir", "archives"), ("tag_dir", "tags"), ("category_dir", "categories")] {
            let folder = config::text(tree, &[key]).unwrap_or(usual).trim_start_matches("./").trim_matches('/');
            all.push(match folder {
                "" | "." => Territory::Pages,
                folder => Territory::Below(format!("/{folder}/")),
            });
        }
        if let Some(home) = config::text(tree, &["index_generator", "path"]).map(|path| path.trim_matches('/')) {
            all.push(Territory::Below(format!("/{home}/")));
        }
        all.extend([".xml", ".txt", ".json", ".js", ".css", "/404.html"].map(|end| Territory::Ending(end.to_owned())));
        let (own, of_theme) = self.packages.scripts_write_pages(build.files);
        if own || self.packages.writes_pages() {
            all.push(Territory::Pages);
        }
        if of_theme {
            all.push(Territory::Theme("/".to_owned()));
        }
        all
    }
}

/// The files in the folder of a post, beside its page.
pub(super) fn assets(folder: &str, post: &str, pages: &[Target], others: &[&String]) -> Vec<Target> {
    let home = format!("{}/", without_extension(post));
    let first = others.partition_point(|path| path.as_str() < home.as_str());
    let own = others[first..]
        .iter()
        .take_while(|path| path.starts_with(&home))
        .filter(|path| !is_hidden(&path[home.len()..]));
    let place = |page: &Target, path: &str| {
        let address = page.file.strip_suffix("index.html").or_else(|| page.file.strip_suffix(".html"));
        let address = address.unwrap_or(&page.file).trim_end_matches('/');
        let file = relative(&format!("{address}/{}", &path[home.len()..]));
        Target::copy(format!("/{file}"), join(folder, path), page.standing)
    };
    own.flat_map(|path| pages.iter().map(move |page| (page, path))).map(|(page, path)| place(page, path)).collect()
}

impl Addresses {
    /// What becomes of a file that is no post.
    pub(super) fn other(&self, folder: &str, path: &str, build: &Build) -> Option<Target> {
        let is_odd = self.skips || self.includes;
        if path.starts_with("_posts/") || path.starts_with("_drafts/") || is_hidden(path) && !self.includes {
            return None;
        }
        let source = join(folder, path);
        let standing = match (is_odd, is_hidden(path)) {
            (true, true) => Standing::Doubtful,
            _ => Standing::Written,
        };
        let file = rendered(path);
        if !file.ends_with(".html") {
            return Some(Target::copy(format!("/{file}"), source, standing));
        }
        let head = build.source(&source).map(|source| source.head);
        let own = head.as_ref().and_then(|head| Some(head.front_matter()?.text("permalink")?.to_owned()));
        let address = match own {
            Some(own) if own.ends_with('/') => format!("{own}index.html"),
            Some(own) if !file_name(&own).contains('.') => format!("{own}.html"),
            Some(own) => own,
            None if self.skips => return Some(Target::copy(format!("/{file}"), source, Standing::Doubtful)),
            None => file,
        };
        Some(page(&address, &source, Kind::Page, standing))
    }
}

/// A path with the ending of what is made of it.
pub(super) fn rendered(path: &str) -> String {
    let Some((stem, ending)) = path.rsplit_once('.') else { return path.to_owned() };
    let made = match ending {
        "md" | "markdown" | "mkd" | "mkdn" | "mdwn" | "mdtxt" | "mdtext" | "njk" | "j2" | "ejs" | "pug" | "jade"
        | "swig" | "htm" => "html",
        "styl" | "less" | "scss" | "sass" => "css",
        "yml" | "yaml" => "json",
        other => other,
    };
    format!("{stem}.{made}")
}

pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with(['.', '_'])) || path.ends_with(['~', '%'])
}
