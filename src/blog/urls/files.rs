//! Blogs whose addresses are not known: the files as they lie, to which links by path lead on GitHub and in editors.

use rayon::prelude::*;

use super::{Kind, LinkMap, Scheme, Standing, Target, Territory};
use crate::blog::Blog;

/// Folders that hold no sources.
const PRUNED: &[&str] = &["_site", "build", "dist", "node_modules", "renv", "target", "vendor"];

/// The map of a folder of files.
pub fn map(blog: &Blog) -> LinkMap {
    let enters = |folder: &str| {
        let name = folder.rsplit('/').next().unwrap_or(folder);
        !name.starts_with('.') && !PRUNED.contains(&name)
    };
    let files = blog.files.below("", enters);
    let target = |path: String| {
        let kind = if is_source(&path) { Kind::Page } else { Kind::File };
        Target { url: format!("/{path}"), file: path.clone(), source: path, kind, standing: Standing::Written }
    };
    LinkMap::new(blog, Scheme::Files, files.into_par_iter().map(target).collect(), vec![Territory::All])
}

/// Whether a path is that of a text which becomes a page.
pub fn is_source(path: &str) -> bool {
    const EXTENSIONS: &[&str] = &["adoc", "ipynb", "markdown", "md", "mdx", "org", "qmd", "rmd", "rst"];
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}
