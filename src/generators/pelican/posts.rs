//! Which files are articles, what of them is left out, and what links name (Pelican 4.12, `generators.py`, `contents.py`).

use crate::files::{Files, is_below};
use crate::generators::python::Literal;
use crate::generators::{Absence, Why};
use crate::post::Post;
use crate::text::opening;

/// What becomes of a post with a date that is none.
pub(super) const LEFT_OUT: &str = "write a day that there is: Pelican leaves out a post whose date it cannot read";

/// What the config says of posts.
#[derive(Debug)]
pub(crate) struct Settings {
    /// `PATH`, from the blog's folder on.
    pub content: String,
    /// `PAGE_PATHS`, and where only some of it holds articles, `ARTICLE_PATHS`.
    pages: Vec<String>,
    articles: Vec<String>,
    /// Each post needs a day of its own: none comes from `DEFAULT_DATE`, from the config of metadata or from the file system.
    needs_date: bool,
    /// The same of a title.
    needs_title: bool,
}

impl Settings {
    pub(super) fn of(files: &Files, told: impl Fn(&str) -> Option<Literal>) -> Settings {
        // The command line names it as well, and the quick start calls it so.
        let content = match told("PATH").as_ref().map(Literal::text) {
            Some(Some(path)) => path.trim_start_matches("./").trim_matches('/').to_owned(),
            _ => "content".to_owned(),
        };
        let content = if files.is_folder(&content) { content } else { String::new() };
        let listed = |name: &str, usual: &str| -> Option<Vec<String>> {
            let Some(told) = told(name) else { return Some(vec![usual.to_owned()]) };
            let items = told.items().iter().map(|item| item.text().map(|path| path.trim_matches('/').to_owned()));
            items.collect::<Option<Vec<_>>>().filter(|paths| !paths.is_empty())
        };
        let (pages, articles) = (listed("PAGE_PATHS", "pages"), listed("ARTICLE_PATHS", ""));
        let is_usual = |name: &str| told(name).is_none();
        // Extensions of Pelican and Python may write metadata of their own.
        let is_known = pages.is_some() && articles.is_some() && !content.is_empty() && is_usual("PLUGINS");
        let reads_names =
            !is_usual("FILENAME_METADATA") || !is_usual("PATH_METADATA") || !is_usual("EXTRA_PATH_METADATA");
        let has_defaults = reads_names || !is_usual("DEFAULT_METADATA");
        Settings {
            content,
            pages: pages.unwrap_or_default(),
            articles: articles.unwrap_or_default(),
            needs_date: is_known && !has_defaults && is_usual("DEFAULT_DATE"),
            needs_title: is_known && !has_defaults,
        }
    }

    /// The path of a file below the folder of the content.
    pub(super) fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.content.is_empty() { Some(path) } else { path.strip_prefix(&self.content)?.strip_prefix('/') }
    }

    /// Whether a file is an article, and no page that stands alone.
    pub(super) fn is_article(&self, path: &str) -> bool {
        let below = |folder: &String, path: &str| folder.is_empty() || is_below(path, folder);
        self.inside(path).is_some_and(|inside| {
            self.articles.iter().any(|folder| below(folder, inside))
                && !self.pages.iter().any(|folder| below(folder, inside))
        })
    }

    /// Why an article is left out that does not say so itself (`contents.py`, `_has_valid_mandatory_properties`): a text
    /// without any key is none.
    pub(super) fn lacking(&self, post: &Post) -> Option<Absence> {
        let front = post.front_matter()?;
        let lacks = |key: &str| front.get(key).is_none_or(|entry| entry.value.is_empty());
        let key = match () {
            () if front.text("status").is_some_and(|status| status.trim() == "skip") => return None,
            () if self.needs_title && lacks("title") => "Title",
            () if self.needs_date && lacks("date") && post.file_date.is_none() => "Date",
            () => return None,
        };
        let span = front.get(&key.to_lowercase()).map_or_else(|| opening(post.text), |entry| entry.key_span);
        Some(Absence { span, why: Why::Lacks(key) })
    }
}

/// The word of a destination such as `{filename}a.md` or `|filename|a.md`, and what follows it (`contents.py`,
/// `_get_intrasite_link_regex`).
pub(super) fn mark_of(destination: &str) -> Option<(&str, &str)> {
    let closing = match destination.as_bytes().first()? {
        b'{' => '}',
        b'|' => '|',
        _ => return None,
    };
    let (mark, path) = destination[1..].split_once(closing)?;
    matches!(mark, "filename" | "static" | "attach" | "author" | "category" | "index" | "tag").then_some((mark, path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generators::Marked;

    /// Asked of Pelican 4.12.
    #[test]
    fn what_links_name() {
        let files = Files::in_memory([("content/a.md", ""), ("pelicanconf.py", "PATH = 'content'\n")]);
        let site = crate::generators::Site::read(&files, crate::generators::Generator::Pelican);
        let source = |path: &str, mark: usize| Some(Marked::Source { path: path.to_owned(), mark });
        for (destination, marked) in [
            ("{filename}b.md", source("content/sub/b.md", 10)),
            ("|filename|/b.md", source("content/b.md", 10)),
            ("{static}../images/a.png", source("content/images/a.png", 8)),
            ("{tag}foo", Some(Marked::Made)),
            ("{index}", Some(Marked::Made)),
            ("{other}b.md", None),
            ("b.md", None),
        ] {
            assert_eq!(site.conventions.marked(destination, "content/sub/a.md"), marked, "{destination}");
        }
        assert!(site.conventions.is_post("content/a.md") && !site.conventions.is_post("README.md"));
    }
}
