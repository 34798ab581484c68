//! Files among the posts that are none: what posts are copied from, and what is about the folder.

use super::Blog;
use crate::files::file_name;
use crate::generators::Role;
use crate::post::Post;

/// Words in the names of files that posts are copied from.
const TEMPLATES: &[&str] = &[
    "boilerplate", "example", "format", "sample", "skeleton", "template", "templates", "temp", "tmp", "양식", "템플릿",
    "예시", "샘플", "模板", "模版", "样板", "雛形", "ひな形", "テンプレート",
];

/// Words in the names of files that are about the folder, or not ready.
const NOTES: &[&str] =
    &["about", "draft", "drafts", "home", "index", "memo", "note", "notes", "test", "todo", "초안", "메모", "草稿"];

/// What stands for the parts of a day that is not written yet.
const BLANKS: &[&str] = &["xx", "xxx", "xxxx", "yy", "yyyy", "yymmdd", "yyyymmdd", "mmdd"];

/// Whether the name of a file, without its extension, says that it is no post.
pub(crate) fn names_no_post(stem: &str) -> bool {
    is_of_template(stem) || words(stem).any(|word| NOTES.contains(&word.as_str()))
}

fn words(stem: &str) -> impl Iterator<Item = String> {
    stem.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase)
}

fn is_of_template(stem: &str) -> bool {
    words(stem).any(|word| TEMPLATES.contains(&word.as_str()) || BLANKS.contains(&word.as_str()))
}

impl Blog {
    /// Whether a post is what others are copied from: it is called so, or has blanks where the day goes or where values
    /// go, and the generator makes no page of a file without a day in its name.
    pub(crate) fn is_template(&self, post: &Post) -> bool {
        let site = self.site();
        let is_undated = post.file_date.is_none() && site.features.dates_file_names;
        if !is_undated
            || !self.is_post(post.path)
            || site.conventions.is_draft(post.path)
            || site.conventions.role(post.path) != Role::Post
        {
            return false;
        }
        let name = file_name(post.path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let has_blank = post.front_matter().is_some_and(|front| post.text[front.content].contains("{{"));
        is_of_template(stem) || has_blank
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::Settings;
    use crate::files::Files;

    #[test]
    fn templates_among_posts() {
        let config = "collections: {notes: {output: true}}\n";
        let files = [("_config.yml", config), ("_notes/template.md", "---\ntitle: a\n---\n")];
        let blog = Blog::new(Files::in_memory(files), Settings::default());
        for (path, title, is_template) in [
            ("_posts/(Format)_2021-XX-XX-today.md", "a", true),
            ("_posts/YYYY-MM-DD-title.md", "a", true),
            ("_posts/주간-템플릿.md", "a", true),
            ("_posts/week.md", "{{ title }}", true),
            ("_posts/week.md", "a", false),
            ("_posts/2022-10-09-template.md", "a", false),
            ("_notes/template.md", "a", false),
            ("_posts/information.md", "a", false),
        ] {
            let text = format!("---\ntitle: \"{title}\"\n---\n\n- \n");
            assert_eq!(blog.is_template(&blog.post(path, &text)), is_template, "{path} {title}");
        }
    }
}
