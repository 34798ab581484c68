//! Which generator builds a blog, told from the files in its folder.

use super::{
    Reason, Site, astro, docusaurus, eleventy, gatsby, hexo, hugo, jekyll, mkdocs, nikola, pelican, quarto, quartz,
    unmodelled, vitepress, zola,
};
use crate::files::{Files, file_name};
use crate::syntax::dates::read_file_date;
use crate::syntax::front_matter::Heads;

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
    Docusaurus,
    Eleventy,
    Gatsby,
    JupyterBook,
    Lume,
    #[serde(rename = "mdbook")]
    MdBook,
    #[serde(rename = "mkdocs")]
    MkDocs,
    Nikola,
    Pelican,
    Quartz,
    #[serde(rename = "vitepress")]
    VitePress,
    #[serde(rename = "vuepress")]
    VuePress,
    /// None that postlint knows: a folder of Markdown files.
    Plain,
}

/// Files or folders of which one is a sign of a generator.
struct Sign {
    generator: Generator,
    /// One of these must be there,
    any: &'static [&'static str],
    /// and one of these, unless there are none.
    with: &'static [&'static str],
    /// Words of which the first file must hold one, unless there are none.
    says: &'static [&'static str],
}

const fn sign(generator: Generator, any: &'static [&'static str]) -> Sign {
    Sign { generator, any, with: &[], says: &[] }
}

/// Configs that no other generator has.
const OWN: &[Sign] = &[
    sign(Generator::Astro, astro::CONFIGS),
    sign(Generator::Quarto, &["_quarto.yml", "_quarto.yaml"]),
    sign(Generator::Quartz, &["quartz.config.ts", "quartz.config.js"]),
    sign(Generator::Eleventy, eleventy::CONFIGS),
    sign(Generator::Gatsby, gatsby::CONFIGS),
    sign(Generator::Docusaurus, docusaurus::CONFIGS),
    sign(Generator::VitePress, &[".vitepress", "docs/.vitepress"]),
    sign(Generator::VuePress, &[".vuepress", "docs/.vuepress"]),
    sign(Generator::Lume, &["_config.ts", "_config.js"]),
    sign(Generator::MkDocs, &["mkdocs.yml", "mkdocs.yaml"]),
    sign(Generator::Pelican, &["pelicanconf.py"]),
    Sign { generator: Generator::Nikola, any: &["conf.py"], with: &[], says: &["BLOG_TITLE", "nikola", "NIKOLA"] },
    sign(Generator::MdBook, &["book.toml"]),
    sign(Generator::Hugo, &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default"]),
    Sign {
        generator: Generator::Zola,
        any: &["zola.toml"],
        with: &["content", "templates", "themes", "static"],
        says: &[],
    },
    // Others that read such a config have templates of Go, which Zola does not read.
    Sign {
        generator: Generator::Plain,
        any: &["templates/base.html", "templates/index.html"],
        with: &["config.toml"],
        says: &["{{ template ", "{{template ", "{{- template ", "{{ define ", "{{define ", "{{- define "],
    },
    // Hugo's has `baseURL`.
    Sign { generator: Generator::Zola, any: &["config.toml"], with: &["content"], says: &["base_url"] },
    Sign {
        generator: Generator::Hugo,
        any: &["config.toml", "config.yaml", "config.yml", "config.json"],
        with: &["content"],
        says: &[],
    },
];

const fn package(generator: Generator, says: &'static [&'static str]) -> Sign {
    Sign { generator, any: &["package.json", "deno.json", "deno.jsonc"], with: &[], says }
}

/// What a blog without a config is built with, by the packages that it depends on.
const PACKAGES: &[Sign] = &[
    package(Generator::Astro, &["\"astro\":"]),
    package(Generator::Eleventy, &["\"@11ty/eleventy\":"]),
    package(Generator::Hexo, &["\"hexo\":"]),
    package(Generator::Gatsby, &["\"gatsby\":"]),
    package(Generator::Docusaurus, &["\"@docusaurus/core\":"]),
    package(Generator::VitePress, &["\"vitepress\":"]),
    package(Generator::VuePress, &["\"vuepress\":"]),
    package(Generator::Lume, &["\"lume/\":"]),
    // Their users write the rest themselves.
    package(Generator::Plain, &["\"next\":", "\"nuxt\":", "\"@sveltejs/kit\":", "\"@remix-run/react\":", "\"vite\":"]),
];

/// What says that a folder `_posts` without a day in any name is for a program of its own.
const OTHERS: &[&str] = &[
    "package.json", "deno.json", "deno.jsonc", ".nojekyll", "Cargo.toml", "go.mod", "pyproject.toml",
    "requirements.txt",
];

/// The names of so few posts say nothing.
const FEW: usize = 3;

/// What only Jekyll has of all that have a folder `_posts`.
const JEKYLL: &[&str] = &["_layouts", "_includes", "_sass", "Gemfile"];

/// What else than Jekyll has a `_config.yml`.
const SHARED: &[Sign] = &[
    Sign { generator: Generator::Hexo, any: jekyll::CONFIGS, with: &["scaffolds", "source/_posts"], says: &[] },
    Sign { generator: Generator::JupyterBook, any: jekyll::CONFIGS, with: &["_toc.yml"], says: &[] },
];

impl Generator {
    /// Looks at what lies in the blog's folder; a few files at its top are enough to know.
    pub(crate) fn of(files: &Files) -> Generator {
        Generator::told(files).0
    }

    /// How posts begin.
    pub(crate) fn heads(self) -> Heads {
        match self {
            Generator::Pelican => Heads::Lines,
            Generator::MkDocs => Heads::FencedOrLines,
            Generator::Nikola => Heads::FencedOrDotted,
            Generator::Jekyll => Heads::Libyaml,
            Generator::Zola => Heads::Spaced,
            Generator::Hugo => Heads::Begun,
            Generator::Eleventy => Heads::Named,
            _ => Heads::Fenced,
        }
    }

    /// The same with what tells it.
    pub(crate) fn told(files: &Files) -> (Generator, Reason) {
        Generator::configured(files).unwrap_or_else(|| Generator::bare(files))
    }

    /// What builds a blog without a config: Jekyll needs none, but a folder `_posts` alone may be anybody's.
    fn bare(files: &Files) -> (Generator, Reason) {
        let has_posts = files.is_folder("_posts");
        if let Some(name) = JEKYLL.iter().find(|name| has_posts && files.has(name)) {
            return (Generator::Jekyll, Reason::there(&["_posts", name]));
        }
        let packed = PACKAGES.iter().find_map(|sign| Some((sign.generator, sign.packed(files)?)));
        // The sources of Hexo, without their config, have folders of the same names.
        let dated = || {
            let posts = files.below("_posts", |_| true);
            let is_dated = |post: &&String| read_file_date(file_name(post)).is_some();
            (posts.iter().filter(is_dated).count(), posts.len())
        };
        let is_of_others = || OTHERS.iter().any(|name| files.has(name));
        let named = || match dated() {
            (dated @ 1.., all) if has_posts && (is_of_others() || 2 * dated >= all) => {
                (Generator::Jekyll, Reason::because("names of files in `_posts` begin with a day"))
            }
            (_, all) if has_posts && !is_of_others() && all <= FEW => (Generator::Jekyll, Reason::there(&["_posts"])),
            _ => (Generator::Plain, Reason::because("nothing of a generator that postlint knows is there")),
        };
        packed.unwrap_or_else(named)
    }

    /// The generator whose own config lies in a folder, and what lies there that says so.
    pub(crate) fn configured(files: &Files) -> Option<(Generator, Reason)> {
        let found = |signs: &'static [Sign]| {
            signs.iter().find_map(|sign| Some((sign.generator, Reason::there(&sign.seen(files)?))))
        };
        let own = || found(OWN);
        let names_hexo = || files.text("package.json").is_some_and(|package| package.contains("\"hexo\":"));
        let Some(shared) = files.first(jekyll::CONFIGS) else {
            // Its config can be named on the command line.
            let beside = || ["scaffolds", "source/_posts"].into_iter().find(|name| files.has(name));
            let hexo = || beside().filter(|_| names_hexo()).map(|name| Reason::there(&["package.json", name]));
            return own().or_else(|| Some((Generator::Hexo, hexo()?)));
        };
        // A blog that moved on from Jekyll may still have its config, but not its Gemfile.
        let jekyll = || (Generator::Jekyll, Reason::there(&[shared]));
        let is_ruby = files.is_file("Gemfile");
        let hexo = || {
            let names_it = !is_ruby && names_hexo();
            names_it.then(|| {
                (Generator::Hexo, Reason::because(format!("`{shared}` is there, and `package.json` names it")))
            })
        };
        Some(found(SHARED).or_else(hexo).or_else(|| own().filter(|_| !is_ruby)).unwrap_or_else(jekyll))
    }
}

impl Sign {
    /// What is there of it: the file, and what must lie beside it.
    fn seen(&self, files: &Files) -> Option<Vec<&'static str>> {
        let file = self.any.iter().copied().find(|name| files.has(name))?;
        let beside = self.with.iter().copied().find(|name| files.has(name));
        let says = || {
            let text = files.text(file).unwrap_or_else(|| "".into());
            self.says.iter().any(|word| text.lines().any(|line| line.trim_start().starts_with(word)))
        };
        let is_beside = self.with.is_empty() || beside.is_some();
        (is_beside && (self.says.is_empty() || says())).then(|| [file].into_iter().chain(beside).collect())
    }

    /// The package that names it.
    fn packed(&self, files: &Files) -> Option<Reason> {
        let file = *self.seen(files)?.first()?;
        let text = files.text(file)?;
        let name = self.says.iter().find(|word| text.lines().any(|line| line.trim_start().starts_with(**word)))?;
        Some(Reason::because(format!("`{file}` names `{}`", name.trim_matches(['"', ':', '/']))))
    }
}

impl Site {
    /// Reads what the generator of a blog is told in the blog's folder.
    pub(crate) fn read(files: &Files, generator: Generator) -> Site {
        match generator {
            Generator::Jekyll => jekyll::read(files),
            Generator::Hugo => hugo::read(files),
            Generator::Zola => zola::read(files),
            Generator::Hexo => hexo::read(files),
            Generator::Astro => astro::read(files),
            Generator::Docusaurus => docusaurus::read(files),
            Generator::Gatsby => gatsby::read(files),
            Generator::Eleventy => eleventy::read(files),
            Generator::VitePress => vitepress::read(files),
            Generator::Quartz => quartz::read(files),
            Generator::MkDocs => mkdocs::read(files),
            Generator::Nikola => nikola::read(files),
            Generator::Pelican => pelican::read(files),
            Generator::Quarto => quarto::read(files),
            generator => unmodelled::site(generator),
        }
    }
}
