//! What the theme NexT loads for formulas, by its config (5.1, 7.5 and 8.19: `layout/_third-party/math/index.njk`, before
//! `mathjax.swig`).

use super::packages::Packages;
use crate::files::Files;
use crate::generators::config;
use crate::syntax::front_matter::Tree;

/// The key that a post has on to get the math engine.
const KEY: &str = "mathjax";

/// The key of the front matter without which a post gets no math engine, where the theme asks for it and nothing else of
/// the site is known to set formulas.
pub(super) fn switch(files: &Files, tree: &Tree, packages: &Packages) -> Option<&'static str> {
    let theme = packages.theme.as_deref().filter(|theme| matches!(*theme, "next" | "hexo-theme-next"))?;
    let folder = format!("themes/{theme}");
    let configs = Configs {
        site: tree,
        // Data, then the config beside the site's, then that of the theme (Hexo 8.1.2, `load_theme_config.js`).
        data: config::read(files, &["source/_data/next.yml"]),
        beside: config::read(files, &[format!("_config.{theme}.yml")]),
        own: config::read(files, &[format!("{folder}/_config.yml")]),
    };
    if configs.is_faulty() || packages.may_set_math(tree) || is_changed(files, &folder) {
        return None;
    }
    let flag = |path: &[&str]| configs.flag(path);
    let is_on = |path: &[&str]| flag(path) == Some(true);
    let is_loaded = ["mathjax", "katex"].iter().any(|engine| is_on(&["math", engine, "enable"]));
    // Up to 7.4 one switch is for both. Up to 5, it stands at the top.
    let is_loaded = is_loaded || is_on(&["math", "enable"]);
    let is_asked = flag(&["math", "per_page"]) != Some(false) && !is_on(&["math", "every_page"]);
    let is_asked_of_old = is_on(&["mathjax", "enable"]) && is_on(&["mathjax", "per_page"]);
    (is_loaded && is_asked || is_asked_of_old && configs.flag(&["math", "enable"]).is_none()).then_some(KEY)
}

/// Whether the theme, or what the blog puts into its pages, may load an engine in another way.
fn is_changed(files: &Files, folder: &str) -> bool {
    let layout = format!("{folder}/layout/_third-party");
    let asks =
        |path: &String| files.text(&format!("{layout}/{path}")).is_some_and(|text| text.contains("page.mathjax"));
    let is_other = files.is_folder(&layout) && !files.below(&layout, |_| true).iter().any(asks);
    let names_math = |path: &String| {
        let text = files.text(&format!("source/_data/{path}")).unwrap_or_else(|| "".into()).to_lowercase();
        !path.ends_with(".yml") && (text.contains("mathjax") || text.contains("katex"))
    };
    is_other || files.below("source/_data", |_| true).iter().any(names_math)
}

/// The config of the theme, which lies in several files.
struct Configs<'t> {
    site: &'t Tree,
    data: Tree,
    beside: Tree,
    own: Tree,
}

impl Configs<'_> {
    fn is_faulty(&self) -> bool {
        [&self.data, &self.beside, &self.own].iter().any(|tree| !tree.faults.is_empty())
    }

    /// What the strongest of them says that says something.
    fn flag(&self, path: &[&str]) -> Option<bool> {
        let of_site = [&["theme_config"], path].concat();
        let told = config::flag(&self.data, path).or_else(|| config::flag(self.site, &of_site));
        told.or_else(|| config::flag(&self.beside, path)).or_else(|| config::flag(&self.own, path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generators::{Generator, Site};

    #[test]
    fn what_a_post_asks_for() {
        let per_page = ("_config.next.yml", "math:\n  per_page: true\n  mathjax: {enable: true}\n");
        let usual = ("_config.next.yml", "math:\n  mathjax: {enable: true}\n");
        let katex = ("_config.next.yml", "math:\n  every_page: false\n  katex: {enable: true}\n");
        let every = ("_config.next.yml", "math:\n  every_page: true\n  mathjax: {enable: true}\n");
        let own = ("themes/next/_config.yml", "math:\n  every_page: true\n  mathjax: {enable: true}\n");
        let data = ("source/_data/next.yml", "math:\n  every_page: true\n");
        let old = ("themes/next/_config.yml", "mathjax:\n  enable: true\n  per_page: true\n");
        let template = |text| ("themes/next/layout/_third-party/math/index.njk", text);
        let next = "theme: next\n";
        let within = "theme: next\ntheme_config:\n  math: {per_page: false, mathjax: {enable: true}}\n";
        for (config, plugin, more, is_switched) in [
            (next, "", &[per_page][..], true),
            (next, "", &[usual], true),
            (next, "", &[katex], true),
            (next, "", &[old], true),
            (next, "", &[own, ("_config.next.yml", "math: {every_page: false}\n")], true),
            (next, "", &[usual, template("{% if page.mathjax %}")], true),
            (next, "", &[usual, template("{% if page.math %}")], false),
            (next, "", &[], false),
            (next, "", &[every], false),
            (next, "", &[own], false),
            (next, "", &[usual, data], false),
            (next, "", &[("_config.next.yml", "math: {mathjax: {enable: false}}\n")], false),
            (within, "", &[], false),
            (within, "", &[per_page], false),
            ("theme: other\n", "", &[per_page], false),
            (next, r#", "hexo-filter-mathjax": "1""#, &[usual], false),
            (next, r#", "hexo-renderer-markdown-it-plus": "1""#, &[usual], false),
            ("theme: next\nmarkdown: {plugins: [markdown-it-katex]}\n", "", &[usual], false),
            (next, "", &[usual, ("source/_data/head.njk", "<script src=MathJax.js>")], false),
            (next, "", &[usual, ("scripts/a.js", "hexo.extend.filter.register()")], false),
        ] {
            let package = format!(r#"{{"dependencies": {{"hexo": "^8", "hexo-renderer-marked": "^7.0.0"{plugin}}}}}"#);
            let base = [("package.json", &*package), ("_config.yml", config), ("source/_posts/a.md", "")];
            let files = Files::in_memory(base.into_iter().chain(more.iter().copied()));
            let site = Site::read(&files, Generator::Hexo);
            assert_eq!(site.math_switch, is_switched.then_some("mathjax"), "{config} {plugin} {more:?}");
        }
    }
}
