use super::{Generator, Site};
use crate::files::Files;
use crate::markdown::commonmark::Delimiter;
use crate::markdown::{MarkdownEngine, ids};

/// The site that a folder with these files is.
fn site(generator: Generator, files: &[(&str, &str)]) -> Site {
    Site::read(&Files::in_memory(files.iter().copied()), generator)
}

fn jekyll(config: &str) -> Site {
    site(Generator::Jekyll, &[("_config.yml", config), ("src/index.html", "")])
}

#[test]
fn a_base_of_a_lone_dot_is_none() {
    for (config, base) in [("baseurl: .\n", ""), ("baseurl: /blog/\n", "/blog"), ("baseurl: ''\n", "")] {
        assert_eq!(jekyll(config).base, base, "{config}");
    }
}

#[test]
fn jekyll_says_how_it_builds() {
    let site = jekyll("timezone: Asia/Seoul\nfuture: yes\nplugins: [jekyll-feed]\ntheme: minima\npermalink: pretty\n");
    assert_eq!(site.timezone.as_deref(), Some("Asia/Seoul"));
    assert!(site.future && !site.unpublished && site.tells_day("_posts/2022-10-09-a.md"));
    assert_eq!((site.plugins, site.theme.as_deref()), (vec!["jekyll-feed".to_owned()], Some("minima")));
    let none = jekyll("timezone: ''\ntheme:\nfuture: maybe\n");
    assert_eq!((none.timezone, none.theme, none.future), (None, None, false));
}

#[test]
fn files_beside_the_config_of_jekyll() {
    let files = [
        ("_layouts/post.html", ""),
        ("_layouts/notes/week.liquid.html", ""),
        ("_includes/math/head.html", ""),
        ("_plugins/tags.rb", "Liquid::Template.register_tag('video', Video)\n"),
        ("Gemfile", "gem 'jekyll'\ngroup :jekyll_plugins do\n  gem \"jekyll-gist\"\nend\n# gem 'jekyll-no'\n"),
    ];
    let site = site(Generator::Jekyll, &files);
    assert_eq!(site.all_layouts(), Some(&["notes/week.liquid".to_owned(), "post".to_owned()][..]));
    assert_eq!(site.includes, ["math/head.html"]);
    assert_eq!((site.own_plugins, site.plugin_tags), (true, vec!["gist".to_owned(), "video".to_owned()]));
    assert_eq!(site.plugins, ["jekyll-gist"]);
}

#[test]
fn presets_by_path_and_type() {
    let site = jekyll(
        "source: src\ncollections_dir: all\ncollections: {notes: {output: true}}\ndefaults:\n\
         - {scope: {path: ''}, values: {layout: any, permalink: '/:title/'}}\n\
         - {scope: {path: '', type: posts}, values: {layout: post, render_with_liquid: false}}\n\
         - {scope: {path: all/_posts/en}, values: {layout: english}}\n\
         - {scope: {path: '_posts/*/drafts', type: pages}, values: {layout: no}}\n\
         - {scope: {path: '_posts/*/old'}, values: {layout: old}}\n\
         - {scope: {path: '', type: notes}, values: {layout: note}}\n\
         - {scope: {path: '', type: draft}, values: {layout: draft}}\n\
         - {scope: {path: '', type: page}, values: {layout: page}}\n",
    );
    for (path, layout) in [
        ("src/all/_posts/2022-10-09-a.md", Some("post")),
        ("src/all/_posts/en/2022-10-09-a.md", Some("english")),
        ("src/all/_posts/2022/old/2022-10-09-a.md", Some("old")),
        ("src/all/_posts/2022/drafts/2022-10-09-a.md", Some("post")),
        ("src/all/_notes/a.md", Some("note")),
        ("src/all/_drafts/a.md", Some("draft")),
        ("src/about.md", Some("page")),
        ("about.md", None),
    ] {
        assert_eq!(site.conventions.preset(path, "layout"), layout, "{path}");
    }
    let preset = |key| site.conventions.preset("src/all/_posts/2022-10-09-a.md", key);
    assert_eq!((preset("author"), preset("render_with_liquid")), (None, Some("false")));
    assert!(!site.tells_day("src/all/_posts/2022-10-09-a.md"));
}

#[test]
fn engines_of_jekyll() {
    for (config, name) in [
        ("", Some("kramdown")),
        ("markdown: Kramdown", Some("kramdown")),
        ("markdown: CommonMark", Some("CommonMark")),
        ("markdown: CommonMark\ncommonmark: {options: [SMART]}", None),
        ("markdown: CommonMarkGhPages", None),
        ("markdown: redcarpet", None),
        ("markdown: [", None),
    ] {
        assert_eq!(jekyll(config).markdown.as_ref().map(MarkdownEngine::name), name, "{config}");
    }
    let told = "kramdown:\n  input: kramdown\n  hard_wrap: true\n  header_offset: 1\n  auto_ids: false\n\
        \x20 smart_quotes: apos,apos,quot,quot\n  gfm_quirks: no_auto_typographic\n";
    let Some(MarkdownEngine::Kramdown(options)) = jekyll(told).markdown else { panic!("kramdown") };
    assert!(!options.gfm && options.hard_wrap && !options.auto_ids && !options.paragraph_end && !options.typographic);
    assert_eq!((options.header_offset, options.smart_quotes), (1, ['\'', '\'', '"', '"']));
}

#[test]
fn a_faulty_config_claims_nothing() {
    let files = [("_config.yml", "theme: [\n  : \"\n"), ("_layouts/post.html", "")];
    let site = site(Generator::Jekyll, &files);
    assert!(site.is_faulty && site.all_layouts().is_none() && site.markdown.is_none());
    assert!(!site.tells_day("_posts/2022-10-09-a.md"));
}

#[test]
fn hugo_in_all_its_languages() {
    let toml = "timeZone = \"Asia/Seoul\"\n[markup.goldmark.renderer]\nunsafe = true\n\
        [markup.goldmark.parser]\nautoHeadingIDType = \"blackfriday\"\n[markup.goldmark.extensions]\ntypographer = false\n";
    let yaml = "timeZone: Asia/Seoul\nmarkup:\n  goldmark:\n    renderer: {unsafe: true}\n    \
        parser: {autoHeadingIDType: blackfriday}\n    extensions: {typographer: {disable: true}}\n";
    let json = r#"{"timezone": "Asia/Seoul", "markup": {"goldmark": {"renderer": {"unsafe": true},
        "parser": {"autoHeadingIdType": "blackfriday"}, "extensions": {"typographer": false}}}}"#;
    for (name, text) in
        [("hugo.toml", toml), ("config.yaml", yaml), ("config/_default/hugo.yml", yaml), ("hugo.json", json)]
    {
        let site = site(Generator::Hugo, &[(name, text)]);
        assert_eq!(site.timezone.as_deref(), Some("Asia/Seoul"), "{name}");
        let Some(MarkdownEngine::CommonMark(options)) = site.markdown else { panic!("goldmark in {name}") };
        assert!(options.raw_html && !options.typographer, "{name}");
        assert_eq!(options.ids, Some(ids::Style::Hugo(ids::HugoType::Blackfriday, ids::HugoSource::Text)), "{name}");
    }
}

#[test]
fn markup_of_hugo() {
    let markup = "[goldmark.extensions.passthrough]\nenable = true\n[goldmark.extensions.passthrough.delimiters]\n\
        block = [['\\[', '\\]'], ['$$', '$$']]\ninline = [['\\(', '\\)'], ['$', '$']]\n";
    let files = [("config/_default/hugo.toml", "title = \"t\"\n"), ("config/_default/markup.toml", markup)];
    let Some(MarkdownEngine::CommonMark(options)) = site(Generator::Hugo, &files).markdown else { panic!("goldmark") };
    assert_eq!(options.passthrough, Delimiter::math());
    assert!(options.typographer && !options.raw_html);
    for (config, known) in [
        ("[markup]\ndefaultMarkdownHandler = \"asciidocext\"\n", false),
        ("[blackfriday]\nhrefTargetBlank = true\n", false),
        ("[blackfriday]\n[markup.goldmark.renderer]\nunsafe = true\n", true),
        ("title = \n", false),
    ] {
        assert_eq!(site(Generator::Hugo, &[("hugo.toml", config)]).markdown.is_some(), known, "{config}");
    }
}

#[test]
fn the_engine_of_old_hugos() {
    for (config, host, known) in [
        ("", "HUGO_VERSION = \"0.54.0\"", false),
        ("", "HUGO_VERSION = \"0.60.0\"", true),
        ("[markup.highlight]\nstyle = \"dracula\"\n", "HUGO_VERSION = \"0.54.0\"", true),
    ] {
        let site = site(Generator::Hugo, &[("config.toml", config), ("netlify.toml", host)]);
        assert_eq!(site.markdown.is_some(), known, "{config} {host}");
    }
    let folders = |config| site(Generator::Hugo, &[("hugo.toml", config)]).conventions.folders();
    assert_eq!(folders("contentDir = './text/'\n"), ["text"]);
    assert_eq!(
        folders("[languages.ja]\ncontentDir = 'content/ja/'\n[languages.en]\ncontentDir = 'text//en'\n"),
        ["text/en", "content"]
    );
}

#[test]
fn zola() {
    let config = "base_url = \"https://a.b\"\n[markdown]\nsmart_punctuation = true\n[slugify]\nanchors = \"safe\"\n";
    let Some(MarkdownEngine::CommonMark(options)) = site(Generator::Zola, &[("config.toml", config)]).markdown else {
        panic!("pulldown-cmark")
    };
    assert!(options.typographer);
    assert_eq!(options.ids, Some(ids::Style::ZolaSafe));
}

#[test]
fn generators_by_their_files() {
    for (names, generator) in [
        (&["_config.yml", "_posts/a.md"][..], Generator::Jekyll),
        (&["_config.toml", "index.html"], Generator::Jekyll),
        (&["_posts/2022-10-09-a.md"], Generator::Jekyll),
        (&["_posts/til/2022-10-09-a.md", "package.json"], Generator::Jekyll),
        (&["_posts/a.md", "_layouts/post.html"], Generator::Jekyll),
        (&["_posts/2022-10-09-a.md", "_posts/template.md"], Generator::Jekyll),
        (&["_posts/a.md"], Generator::Jekyll),
        (&["_posts/a.md", "_posts/b.md", "_posts/c.md", "_posts/2022-10-09-d.md", "_drafts/e.md"], Generator::Plain),
        (&["_posts/a.md", "package.json"], Generator::Plain),
        (&["_config.yml", "source/_posts/a.md", "package.json"], Generator::Hexo),
        (&["_config.yml", "scaffolds/post.md"], Generator::Hexo),
        (&["_config.yml", "_toc.yml", "intro.md"], Generator::JupyterBook),
        (&["_config.yml", "eleventy.config.js", "_posts/a.md"], Generator::Eleventy),
        (&["_config.yml", ".eleventy.js", "Gemfile", "_posts/a.md"], Generator::Jekyll),
        (&[".eleventy.js", "_posts/a.md"], Generator::Eleventy),
        (&["gatsby-config.ts", "_posts/a.md"], Generator::Gatsby),
        (&["_config.ts", "deno.json", "posts/a.md"], Generator::Lume),
        (&["docusaurus.config.ts", "blog/a.md"], Generator::Docusaurus),
        (&["docs/.vitepress/config.mts", "docs/a.md"], Generator::VitePress),
        (&[".vuepress/config.js"], Generator::VuePress),
        (&["quartz.config.ts", "content/a.md"], Generator::Quartz),
        (&["mkdocs.yml", "docs/a.md"], Generator::MkDocs),
        (&["pelicanconf.py", "content/a.md"], Generator::Pelican),
        (&["book.toml", "src/SUMMARY.md"], Generator::MdBook),
        (&["astro.config.mjs", "src/content/blog/a.md"], Generator::Astro),
        (&["_quarto.yml", "posts/a/index.qmd"], Generator::Quarto),
        (&["hugo.toml"], Generator::Hugo),
        (&["config/_default/hugo.toml"], Generator::Hugo),
        (&["config.yaml", "content/a.md"], Generator::Hugo),
        (&["config.toml", "content/a.md"], Generator::Hugo),
        (&["zola.toml", "content/a.md"], Generator::Zola),
        (&["config.toml", "src/main.rs"], Generator::Plain),
        (&["conf.py", "index.rst"], Generator::Plain),
        (&["README.md"], Generator::Plain),
    ] {
        let files = Files::in_memory(names.iter().map(|name| (*name, "")));
        assert_eq!(Generator::of(&files), generator, "{names:?}");
    }
    for (name, text, generator) in [
        ("config.toml", "title = 'a'\nbase_url = 'https://a.example'\n", Generator::Zola),
        ("config.toml", "baseURL = 'https://a.example'\n", Generator::Hugo),
        ("conf.py", "BLOG_TITLE = 'a'\n", Generator::Nikola),
        ("package.json", "{\n  \"dependencies\": {\n    \"next\": \"14\"\n  }\n}\n", Generator::Plain),
        ("package.json", "{\n  \"devDependencies\": {\n    \"@11ty/eleventy\": \"3\"\n  }\n}\n", Generator::Eleventy),
        ("deno.json", "{\n  \"imports\": {\n    \"lume/\": \"https://deno.land/x/lume/\"\n  }\n}\n", Generator::Lume),
    ] {
        let files = Files::in_memory([(name, text), ("content/a.md", ""), ("_posts/2022-10-09-a.md", "")]);
        assert_eq!(Generator::of(&files), generator, "{text}");
    }
    let others =
        [("config.toml", "base_url = 'a'\n"), ("content/a.md", ""), ("templates/base.html", "{{ template \"a\" . }}")];
    assert_eq!(Generator::of(&Files::in_memory(others)), Generator::Plain);
}

#[test]
fn hexo_with_folders_of_its_own() {
    let package = "{\"dependencies\": {\"hexo\": \"^8.0.0\"}}";
    let files = [("_config.yml", "source_dir: src\n"), ("package.json", package), ("src/_posts/a.md", "")];
    assert_eq!(Generator::of(&Files::in_memory(files)), Generator::Hexo);
    assert_eq!(Generator::of(&Files::in_memory(files.into_iter().chain([("Gemfile", "")]))), Generator::Jekyll);
}

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
        assert_eq!(site(generator, &[]).conventions.is_post(path), post, "{generator:?} {path}");
    }
}

#[test]
fn what_the_config_says_decides_what_is_a_post() {
    let config = "source: src\ncollections_dir: all\nexclude: [all/_posts/old, secret]\nmarkdown_ext: md,text\n";
    let site = jekyll(config);
    for (path, post) in [
        ("src/all/_posts/2022-10-09-a.md", true),
        ("src/all/_posts/2022-10-09-a.text", true),
        ("src/all/_posts/2022-10-09-a.markdown", false),
        ("src/all/_posts/old/2022-10-09-a.md", false),
        // It is left behind, which is to be told.
        ("src/_posts/2022-10-09-a.md", true),
        ("src/_posts/a.md", false),
        ("src/secret/_posts/2022-10-09-a.md", false),
        ("_posts/2022-10-09-a.md", false),
    ] {
        assert_eq!(site.conventions.is_post(path), post, "{path}");
    }
    assert_eq!(site.conventions.folders(), ["src"]);
    let made = jekyll("source: .tmp/src\n");
    assert!(made.conventions.is_post("src/_posts/2022-10-09-a.md"));
    let hugo = site_of_hugo("contentDir = 'posts'\nignoreFiles = ['draft-.*']\n");
    assert!(
        hugo.conventions.is_post("posts/a.md")
            && !hugo.conventions.is_post("content/a.md")
            && !hugo.conventions.is_post("posts/draft-a.md")
    );
    assert_eq!(hugo.conventions.folders(), ["posts"]);
}

fn site_of_hugo(config: &str) -> Site {
    site(Generator::Hugo, &[("hugo.toml", config)])
}

/// Asked of Jekyll 4.3.1, Hugo 0.168, Hexo 8.1.2 (moment-timezone, js-yaml) and Zola 0.22.
#[test]
fn configs_that_cannot_be_meant_so() {
    use Generator::{Hexo, Hugo, Jekyll, Zola};
    let told = |generator: Generator, all: &[(&'static str, &'static str)]| {
        let files = Files::in_memory(all.iter().copied());
        let site = Site::read(&files, generator);
        let text = |file: &str| all.iter().find(|(path, _)| *path == file).map_or("", |(_, text)| text);
        let faults = site.conventions.config_faults(&site, &files);
        let shown = faults.iter().map(|fault| {
            let sign = if fault.is_fatal { "!" } else { "" };
            format!("{sign}{}: {}", fault.file, &text(&fault.file)[fault.span.range()])
        });
        shown.collect::<Vec<_>>().join(", ")
    };
    let (jekyll, hugo, zola) = ("_config.yml", "hugo.toml", "config.toml");
    for (generator, config, text, faults) in [
        (Jekyll, jekyll, "", ""),
        (Jekyll, jekyll, "timezone: Asia/Seoul\nurl: https://e.org\nbaseurl: /blog\n", ""),
        (Jekyll, jekyll, "timezone: KST-9\n", ""),
        (Jekyll, jekyll, "timezone: ''\nurl: ''\nbaseurl:\n", ""),
        (Jekyll, jekyll, "timezone: asia/seoul\n", "_config.yml: asia/seoul"),
        (Jekyll, jekyll, "url: e.org\nbaseurl: https://e.org/a\n", "_config.yml: e.org, _config.yml: https://e.org/a"),
        (Jekyll, jekyll, "url: [", "!_config.yml: ["),
        (Jekyll, jekyll, "a: 1\nb: 2\na: 3\na: 4\n", "_config.yml: a"),
        (Jekyll, jekyll, "a: 1\na: 1\nb:\nb: 2\nc: [x]\nc: [y, x]\n", ""),
        (Jekyll, jekyll, "a: {b: 1, b: 2}\nc: {d: 1}\nc: {e: 2}\n", "_config.yml: b, _config.yml: c"),
        (Jekyll, jekyll, "a: 1\n---\n", ""),
        (Hugo, hugo, "timeZone = 'Asia/Seol'\n", "!hugo.toml: 'Asia/Seol'"),
        (Hugo, hugo, "timezone = 'asia/seoul'\n", "!hugo.toml: 'asia/seoul'"),
        (Hugo, hugo, "timeZone = 'KST-9'\n", "!hugo.toml: 'KST-9'"),
        (Hugo, hugo, "timeZone = 'Local'\nbaseURL = '/'\n", ""),
        (Hugo, hugo, "timeZone = ''\nbaseURL = ''\n", ""),
        (Hugo, hugo, "timeZone = 'KST'\n[languages.en]\ntimeZone = 'UTC'\n", ""),
        (Hugo, hugo, "timeZone = 'KST'\n[languages.en]\ntimeZone = 'UTC'\n[languages.ko]\n", "!hugo.toml: 'KST'"),
        (Hugo, hugo, "[languages.ko]\ntimeZone = 'KST'\n", "!hugo.toml: 'KST'"),
        (Hugo, hugo, "[languages.en]\n[languages.ko]\ndisabled = true\ntimeZone = 'KST'\n", ""),
        (Hugo, hugo, "disableLanguages = ['ko']\n[languages.en]\n[languages.ko]\ntimeZone = 'KST'\n", ""),
        (Hugo, hugo, "baseURL = 'e.org'\n", "hugo.toml: 'e.org'"),
        (Hugo, hugo, "baseURL = 'https://e.org '\n", "!hugo.toml: 'https://e.org '"),
        (Hugo, "hugo.yaml", "params:\n  a: 1\n  a: 2\n", "!hugo.yaml: a"),
        (Hugo, "hugo.json", r#"{"a": 1, "a": 2}"#, ""),
        (Zola, zola, "base_url = 'e.org'\n", "config.toml: 'e.org'"),
        (Zola, zola, "base_url = 'https://e.org'\n", ""),
        (Zola, zola, "base_url = '/'\n", ""),
        (Hexo, jekyll, "timezone: Asia/Seoul\nurl: https://e.org\n", ""),
        (Hexo, jekyll, "timezone: asia_seoul\nurl: http://e.org/a\n", ""),
        (Hexo, jekyll, "timezone: UTC+8\nurl: e.org\n", "!_config.yml: UTC+8, !_config.yml: e.org"),
        (Hexo, jekyll, "url: /\n", "!_config.yml: /"),
        (Hexo, jekyll, "url: htp://e.org\n", "!_config.yml: htp://e.org"),
        (Hexo, jekyll, "a: 1\na: 1\n", "!_config.yml: a"),
        (Hexo, jekyll, "a:\n\tb: 1\n", ""),
        (Hexo, jekyll, "a: 'b\n", "!_config.yml: '"),
    ] {
        assert_eq!(told(generator, &[(config, text)]), faults, "{generator:?} {text}");
    }
    let layers = [
        ("hugo.toml", "timeZone = 'KST'\n"),
        ("config/_default/languages.ko.toml", "timeZone = 'JST'\n"),
        ("config/production/hugo.toml", "timeZone = 'PST'\n"),
        ("config/_default/languages.en.toml", "weight = 1\n"),
    ];
    let faults = "!config/_default/languages.ko.toml: 'JST', !config/production/hugo.toml: 'PST'";
    assert_eq!(told(Hugo, &layers), faults);
}

/// Asked of Jekyll 4.3.1.
#[test]
fn links_to_folders_of_posts() {
    let config = "collections:\n  notes: {output: true}\n  drafts_of: {output: false}\n";
    let files = Files::in_memory([("_config.yml", config)]);
    let site = Site::read(&files, Generator::Jekyll);
    for (link, is_followed) in [
        ("_posts", true),
        ("cat/_posts", true),
        ("_notes", true),
        ("_drafts_of", false),
        ("cat/_notes", false),
        ("_posts/linked", false),
        ("_posts/_posts", false),
        ("more", false),
    ] {
        assert_eq!(site.conventions.follows(link), is_followed, "{link}");
    }
}

/// Asked of Jekyll 4.3.1 with `--drafts`, and of Hexo 8.1.2 with `--draft`.
#[test]
fn what_is_a_draft() {
    for (generator, config, path, is_draft) in [
        (Generator::Jekyll, "", "_drafts/a.md", true),
        (Generator::Jekyll, "", "til/_drafts/b/a.markdown", true),
        (Generator::Jekyll, "", "_drafts/_b/a.md", false),
        (Generator::Jekyll, "", "_drafts/README.md", false),
        (Generator::Jekyll, "", "_drafts/a.png", false),
        (Generator::Jekyll, "", "drafts/a.md", false),
        (Generator::Jekyll, "collections_dir: c\n", "_drafts/a.md", false),
        (Generator::Jekyll, "collections_dir: c\n", "c/_drafts/a.md", true),
        (Generator::Hexo, "", "source/_drafts/b/a.md", true),
        (Generator::Hexo, "", "source/_drafts/_a.md", false),
        (Generator::Hexo, "", "source/_posts/a.md", false),
        (Generator::Hugo, "", "content/_drafts/a.md", false),
    ] {
        let site = Site::read(&Files::in_memory([("_config.yml", config)]), generator);
        assert_eq!(site.conventions.is_draft(path), is_draft, "{path} with {config:?}");
    }
}
