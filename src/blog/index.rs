//! Posts as the engines of the blog read them.

use std::sync::Arc;

use super::Blog;
use crate::generators::{Source, Templates, Templating};
use crate::nunjucks;
use crate::post::facts::Facts;
use crate::post::{Engines, Head, Post};

/// Makes a post of a path, a text and its head.
type Read<'a> = fn(&'a str, &'a str, Arc<Head>, &Engines) -> Post<'a>;

impl Blog {
    /// A file by its path; `None` where it cannot be read.
    pub(crate) fn source(&self, path: &str) -> Option<Source> {
        self.sources.of(&self.files, path)
    }

    /// Reads a post as the engines of the blog do; its text may be another than that of its file.
    pub fn post<'a>(&self, path: &'a str, text: &'a str) -> Post<'a> {
        self.read(path, text, Post::new)
    }

    /// The same without the document: the page and what template engines read.
    pub(crate) fn page_alone<'a>(&self, path: &'a str, text: &'a str) -> Post<'a> {
        self.read(path, text, Post::page_alone)
    }

    /// What is known of a post that is not at hand, read where nobody has kept it; nothing of what posts are copied from.
    pub(crate) fn facts(&self, path: &str) -> Option<Arc<Facts>> {
        let read = || {
            let text = self.files.text(path)?;
            self.facts_of(&self.post(path, &text))
        };
        self.facts.of(path).get_or_init(read).clone()
    }

    /// Keeps what is known of a post that is at hand.
    pub(crate) fn keep_facts(&self, post: &Post) {
        self.facts.of(post.path).get_or_init(|| self.facts_of(post));
    }

    fn facts_of(&self, post: &Post) -> Option<Arc<Facts>> {
        (!self.is_template(post)).then(|| Arc::new(Facts::of(post)))
    }

    fn read<'a>(&self, path: &'a str, text: &'a str, read: Read<'a>) -> Post<'a> {
        let known = self.source(path).filter(|known| known.head.found.holds_for(&known.text, text));
        let head = known.map_or_else(|| Arc::new(Head::read(path, text, self.sources.heads)), |known| known.head);
        let is_on = || self.site().conventions.preset(path, "render_with_liquid") != Some("false");
        let liquid = (self.site().features.templates == Templates::Liquid).then(is_on);
        let dialect = self.site().conventions.shortcode_dialect();
        let shortcodes = dialect.filter(|dialect| dialect.may_stand_in(text)).and_then(|_| self.shortcodes());
        let templating = self.templating(path, text, &head);
        let engines = Engines { markdown: self.engine_of(path), liquid, shortcodes, ..Engines::default() };
        let nunjucks = || self.tags().filter(|_| nunjucks::may_have(text));
        let engines = match &templating {
            None => {
                let unread = self.site().features.templates == Templates::Unread;
                Engines { nunjucks: nunjucks(), unread, ..engines }
            }
            Some(Templating::Nunjucks(names)) => Engines { nunjucks: nunjucks(), names: names.as_ref(), ..engines },
            Some(Templating::Liquid(given)) => Engines { given: Some(given), ..engines },
            Some(Templating::None) => engines,
            Some(Templating::Unread) => Engines { unread: true, ..engines },
        };
        read(path, text, head, &engines)
    }

    /// What reads a post before the Markdown engine does, where posts differ in that and there is something to read.
    fn templating(&self, path: &str, text: &str, head: &Head) -> Option<Templating> {
        let site = self.site();
        (site.features.templates == Templates::ByPost).then(|| match nunjucks::may_have(text) {
            true => site.conventions.templating(&self.build(), path, head),
            false => Templating::None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::Settings;
    use crate::files::Files;
    use crate::syntax::front_matter::Heads;

    #[test]
    fn front_matter_is_shared() {
        let text = "---\ntitle: a\n---\nb\n";
        let files = [("_config.yml", ""), ("_posts/2022-10-09-a.md", text), ("none.md", "b\n"), ("end.md", "---\n---")];
        let mut blog = Blog::new(Files::in_memory(files), Settings::default());
        for (path, text, is_shared) in [
            ("_posts/2022-10-09-a.md", text, true),
            ("_posts/2022-10-09-a.md", "---\ntitle: a\n---\nc\n", true),
            ("_posts/2022-10-09-a.md", "---\ntitle: b\n---\nb\n", false),
            ("_posts/2022-10-09-a.md", "---\ntitle: a\n", false),
            ("none.md", "b\n", true),
            ("none.md", "---\ntitle: a\n---\n", false),
            ("end.md", "---\n---", true),
            ("end.md", "---\n---a", false),
        ] {
            let known = blog.source(path).expect("a file");
            let post = blog.post(path, text);
            assert_eq!(Arc::ptr_eq(&post.head, &known.head), is_shared, "{path} {text:?}");
            assert_eq!(post.body.span.start, Head::read(path, text, Heads::Fenced).found.body(text), "{path} {text:?}");
        }
        assert!(blog.source("_posts/2022-10-10-c.md").is_none());
        blog.files.lay("_posts/2022-10-11-d.md", Ok("---\ntitle: d\n---\n".into()));
        let laid = blog.source("_posts/2022-10-11-d.md").expect("a text over the disk");
        assert_eq!(laid.head.title().and_then(|title| title.text()), Some("d"));
    }
}
