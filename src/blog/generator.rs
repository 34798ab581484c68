//! What builds a blog, told from the files in its folder.

use std::path::{Component, Path};

use crate::files::Files;

/// The program that turns posts into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Generator {
    Jekyll,
    Hugo,
    Zola,
    Astro,
    Hexo,
    Quarto,
    /// None that postlint knows: a folder of Markdown files.
    Plain,
}

impl Generator {
    /// Looks at what lies in the blog's folder; a few files at its top are enough to know.
    pub fn of(files: &Files) -> Generator {
        let bare = || if files.is_folder("_posts") { Generator::Jekyll } else { Generator::Plain };
        Generator::configured(files).unwrap_or_else(bare)
    }

    /// The generator whose own config lies in a folder.
    pub fn configured(files: &Files) -> Option<Generator> {
        let has = |name: &str| files.has(name);
        let any = |names: &[&str]| names.iter().any(|name| has(name));
        if any(&["_config.yml", "_config.yaml", "_config.toml"]) {
            return Some(if any(&["scaffolds", "source/_posts"]) { Generator::Hexo } else { Generator::Jekyll });
        }
        if any(&["astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.cjs", "astro.config.mts"]) {
            return Some(Generator::Astro);
        }
        if any(&["_quarto.yml", "_quarto.yaml"]) {
            return Some(Generator::Quarto);
        }
        if any(&["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default"]) {
            return Some(Generator::Hugo);
        }
        if has("content") && has("config.toml") && names_base_url(files) {
            return Some(Generator::Zola);
        }
        if has("content") && any(&["config.toml", "config.yaml", "config.yml", "config.json"]) {
            return Some(Generator::Hugo);
        }
        None
    }

    /// Its name, as its makers write it.
    pub fn name(self) -> &'static str {
        match self {
            Generator::Jekyll => "Jekyll",
            Generator::Hugo => "Hugo",
            Generator::Zola => "Zola",
            Generator::Astro => "Astro",
            Generator::Hexo => "Hexo",
            Generator::Quarto => "Quarto",
            Generator::Plain => "the site",
        }
    }

    /// Whether it cuts a text under this key into several names at white space.
    pub fn splits(self, key: &str) -> bool {
        self == Generator::Jekyll && matches!(key, "categories" | "tags")
    }

    /// Whether `Title` and `title` are the same key.
    pub fn ignores_case(self) -> bool {
        self == Generator::Hugo
    }

    /// Whether a template engine reads `{{ … }}` in a post before Markdown does.
    pub fn has_templates(self) -> bool {
        !matches!(self, Generator::Plain | Generator::Astro)
    }

    /// The folders that can hold posts; the blog's own when there is no telling.
    pub fn folders(self) -> &'static [&'static str] {
        match self {
            Generator::Hugo | Generator::Zola => &["content"],
            Generator::Astro => &["src/content", "src/pages"],
            Generator::Hexo => &["source/_posts"],
            Generator::Jekyll | Generator::Quarto | Generator::Plain => &[""],
        }
    }

    /// Whether a file is a post, by its path from the blog's folder on.
    pub fn is_post(self, path: &Path) -> bool {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
        let below = |folder: &str| path.starts_with(folder);
        match self {
            Generator::Jekyll => {
                matches!(&*extension, "md" | "markdown" | "mkd" | "mkdn" | "mkdown")
                    && read_by_jekyll(path, name)
                    && !about_repository(name)
            }
            Generator::Hugo | Generator::Zola => {
                matches!(&*extension, "md" | "markdown") && below("content") && !name.starts_with("_index.")
            }
            Generator::Hexo => matches!(&*extension, "md" | "markdown") && below("source/_posts"),
            Generator::Astro => {
                matches!(&*extension, "md" | "mdx" | "markdown") && (below("src/content") || below("src/pages"))
            }
            Generator::Quarto => {
                matches!(&*extension, "qmd" | "md") && !name.starts_with('_') && !about_repository(name)
            }
            Generator::Plain => {
                matches!(&*extension, "md" | "markdown") && !about_repository(name) && !in_templates(path)
            }
        }
    }
}

/// Jekyll 4.3.1, `entry_filter.rb`: below `_posts`, a name that begins with one of these is no post, and so is all in a
/// folder right below `_posts` that does.
fn read_by_jekyll(path: &Path, name: &str) -> bool {
    let special = |name: &str| name.starts_with(['.', '_', '#', '~']);
    let mut folders = path.components().skip_while(|part| *part != Component::Normal("_posts".as_ref())).skip(1);
    let first = folders.next().and_then(|part| part.as_os_str().to_str());
    first.is_some_and(|first| !special(first)) && !special(name)
}

/// Files that speak of the repository, not to readers of the blog.
fn about_repository(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    const NAMES: &[&str] = &[
        "README",
        "LICENSE",
        "CHANGELOG",
        "CONTRIBUTING",
        "CODE_OF_CONDUCT",
        "SECURITY",
        "AGENTS",
        "CLAUDE",
        "TEMPLATE",
    ];
    NAMES.contains(&stem.as_str())
}

/// What posts are made from is no post.
fn in_templates(path: &Path) -> bool {
    let is_template =
        |part: Component| matches!(part.as_os_str().to_str(), Some("templates" | "_templates" | "archetypes"));
    path.components().any(is_template)
}

/// Zola's config has `base_url`, Hugo's `baseURL`.
fn names_base_url(files: &Files) -> bool {
    files.text("config.toml").is_some_and(|text| text.lines().any(|line| line.trim_start().starts_with("base_url")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_by_generator() {
        for (generator, path, post) in [
            (Generator::Jekyll, "_posts/2022-10-09-a.md", true),
            (Generator::Jekyll, "til/_posts/java/2022-10-09-a.MD", true),
            (Generator::Jekyll, "_posts/_temp/2022-10-09-a.md", false),
            (Generator::Jekyll, "_posts/til/_temp/2022-10-09-a.md", true),
            (Generator::Jekyll, "_drafts/a.md", false),
            (Generator::Jekyll, "README.md", false),
            (Generator::Hugo, "content/post/a/index.md", true),
            (Generator::Hugo, "content/post/_index.ko.md", false),
            (Generator::Zola, "content/weekly/12.md", true),
            (Generator::Hexo, "source/_posts/a.md", true),
            (Generator::Hexo, "source/about/index.md", false),
            (Generator::Astro, "src/content/blog/a.mdx", true),
            (Generator::Quarto, "posts/a/index.qmd", true),
            (Generator::Plain, "2018/20/index.md", true),
            (Generator::Plain, "Readme.md", false),
            (Generator::Plain, "templates/weekly.md", false),
        ] {
            assert_eq!(generator.is_post(Path::new(path)), post, "{generator:?} {path}");
        }
    }
}
