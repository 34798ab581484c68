//! Where posts are, and what of them stops the build: the plugin `blog` of Material for MkDocs 9.7 (`plugins/blog`).

use crate::files::{Files, is_below, join};
use crate::generators::{HeadFault, config};
use crate::post::Post;
use crate::syntax::front_matter::{Data, Format, Node, Tree};
use crate::text::{first_line, opening};

/// What the config says of posts.
#[derive(Debug)]
pub(super) struct Settings {
    /// `docs_dir`, from the blog's folder on.
    pub docs: String,
    /// The folder of the posts of the blog, where the config names it plainly.
    pub posts: Option<String>,
    /// A plugin or a script may write pages.
    pub makes_pages: bool,
}

/// Plugins that write no page of which a post knows the source.
const APART: &[&str] = &[
    "awesome-pages", "blog", "git-authors", "git-committers", "git-committers-2", "git-revision-date",
    "git-revision-date-localized", "glightbox", "info", "macros", "mermaid2", "meta", "minify", "offline", "optimize",
    "privacy", "redirects", "rss", "search", "section-index", "social", "tags", "table-reader", "typeset",
];

impl Settings {
    pub(super) fn of(files: &Files, tree: &Tree) -> Settings {
        let told = config::text(tree, &["docs_dir"]).unwrap_or("docs");
        let docs = told.trim_start_matches("./").trim_end_matches('/').to_owned();
        let plugins = config::get(tree, &["plugins"]);
        let is_blog = |name: &str| matches!(name, "blog" | "material/blog");
        let bare = plugins.is_some_and(|all| all.items().iter().any(|item| item.text().is_some_and(is_blog)));
        let named = plugins.map_or(&[][..], Node::items).iter().filter_map(Node::text).map(str::to_owned);
        let with_options = plugins.map_or(&[][..], Node::items).iter().flat_map(config::keys);
        let all: Vec<String> = named.chain(with_options).chain(plugins.into_iter().flat_map(config::keys)).collect();
        let is_apart = |name: &String| APART.contains(&name.trim_start_matches("material/"));
        let makes_pages = !all.iter().all(is_apart) || tree.get("hooks").is_some() || tree.get("INHERIT").is_some();
        let entries =
            plugins.into_iter().flat_map(|all| all.items().iter().flat_map(Node::entries).chain(all.entries()));
        let options = entries.filter(|entry| is_blog(&entry.key)).map(|entry| &entry.value).next();
        let get = |key: &str| options.and_then(|options| options.get(key)).map(Node::text);
        let blog = match get("blog_dir") {
            None => Some("blog"),
            Some(told) => told.map(|path| path.trim_matches(['.', '/'])),
        };
        let posts = get("post_dir").is_none().then_some(blog).flatten().filter(|_| bare || options.is_some());
        let posts = posts.map(|blog| join(&docs, &join(blog, "posts"))).filter(|posts| files.is_folder(posts));
        Settings { docs, posts, makes_pages }
    }

    /// Whether a file is a post of the blog.
    pub(super) fn is_of_blog(&self, path: &str) -> bool {
        self.posts.as_ref().is_some_and(|posts| is_below(path, posts))
    }
}

/// What stops the build (`structure/config.py`, `structure/options.py`).
pub(super) fn faults(post: &Post) -> Vec<HeadFault> {
    let Some(front) = post.front_matter().filter(|front| front.tree.faults.is_empty()) else { return Vec::new() };
    let stops = "so MkDocs stops the build";
    if front.format != Format::Yaml {
        let message = format!("the plugin `blog` reads keys between `---` lines alone, {stops}");
        let help = "put a line `---` above the keys and one below them".to_owned();
        return vec![HeadFault { span: opening(post.text), message, help }];
    }
    let mut faults = Vec::new();
    let has_date = front.get("date").is_some_and(|date| match &date.value.data {
        Data::Map(_) => date.value.get("created").is_some(),
        _ => !date.value.is_empty(),
    });
    if !has_date {
        let span = front.get("date").map_or_else(|| opening(post.text), |date| date.key_span);
        let help = "add `date`, as in `date: 2022-10-09`".to_owned();
        faults.push(HeadFault { span, message: format!("this post has no `date`, {stops}"), help });
    }
    for key in ["categories", "tags", "authors"] {
        let Some(entry) = front.get(key) else { continue };
        if matches!(entry.value.data, Data::Scalar(_)) && !entry.value.is_empty() {
            let span = first_line(post.text, entry.value.span);
            let message = format!("`{key}` takes a list, {stops}");
            faults.push(HeadFault { span, message, help: format!("write a list: `{key}: [...]`") });
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generators::{Generator, Site};
    use crate::post::Engines;

    /// Asked of Material for MkDocs 9.7.
    #[test]
    fn what_stops_the_build() {
        for (head, stops) in [
            ("date: 2022-10-03", 0),
            ("date: {created: 2022-10-03}", 0),
            ("title: C", 1),
            ("date:", 1),
            ("date: 2022-10-03\ncategories: foo", 1),
            ("date: 2022-10-03\ncategories: [foo]", 0),
            ("date: 2022-10-03\ntags:", 0),
        ] {
            let text = format!("---\n{head}\n---\n\n# C\n");
            let post = Post::parse("docs/blog/posts/c.md", &text, &Engines::default());
            assert_eq!(faults(&post).len(), stops, "{head}");
        }
    }

    #[test]
    fn where_posts_are() {
        for (plugins, is_of_blog) in
            [("[blog]", true), ("[search]", false), ("\n  - blog:\n      blog_dir: .", false), ("{blog: {}}", true)]
        {
            let config = format!("site_name: a\nplugins: {plugins}\n");
            let files = Files::in_memory([("mkdocs.yml", &*config), ("docs/blog/posts/c.md", "# C\n")]);
            let site = Site::read(&files, Generator::MkDocs);
            let post = Post::parse("docs/blog/posts/c.md", "# C\n", &Engines::default());
            assert!(site.conventions.is_post("docs/index.md") && !site.conventions.is_post("other/a.md"));
            assert_eq!(site.conventions.refusal(&post).is_some(), is_of_blog, "{plugins}");
        }
    }
}
