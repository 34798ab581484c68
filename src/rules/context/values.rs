//! What Nunjucks sees in a post, and which names have values for it.

use super::RuleContext;
use crate::markdown::document::Code;
use crate::nunjucks::{self, Nunjucks};

impl RuleContext<'_> {
    /// What Nunjucks sees in the post; nothing where it does not read it.
    pub(crate) fn nunjucks(&self) -> &Nunjucks {
        self.nunjucks.get_or_init(|| {
            let post = self.post;
            let Some(known) = self.blog.tags().filter(|_| post.runs_nunjucks && self.blog.is_post(post.path)) else {
                return Nunjucks::default();
            };
            // Code between tags is read all the same.
            let is_read = |code: &Code| post.text[code.span.start..code.content.start].starts_with("{%");
            let is_code = |at: usize| post.body.code_at(at).is_some_and(|code| !is_read(code));
            nunjucks::read(post.text, post.body.span, known, is_code)
        })
    }

    /// Whether a name is that of a value that the post has for Nunjucks (Hexo 8.1.2, `models/post.ts`).
    pub(crate) fn is_value(&self, name: &str) -> bool {
        const OWN: &[&str] = &[
            "_content", "_id", "asset_dir", "categories", "comments", "content", "date", "excerpt", "full_source",
            "layout", "link", "loop", "more", "path", "permalink", "photos", "published", "raw", "slug", "source",
            "tags", "title", "updated",
        ];
        if self.blog.tags().is_some_and(|known| known.is_plain) {
            return self.has_data(name);
        }
        let is_key = || self.post.front_matter().is_some_and(|front| front.get(name).is_some());
        OWN.contains(&name) || self.nunjucks().set.contains(name) || is_key()
    }

    /// Whether data may give a name a value, or the post itself.
    fn has_data(&self, name: &str) -> bool {
        let names = self.post.data_names.as_ref();
        names.is_none_or(|names| name == "loop" || names.contains(name) || self.nunjucks().set.contains(name))
    }
}
