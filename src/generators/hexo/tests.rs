use super::*;
use crate::generators::{Generator, Standing, Territory};
use crate::markdown::commonmark::Math;
use crate::markdown::ids::{Case, Style};

fn read_with(package: &str, config: &str, more: &[(&str, &str)]) -> Site {
    let files = [("package.json", package), ("_config.yml", config), ("source/_posts/a.md", "")];
    Site::read(&Files::in_memory(files.iter().chain(more).copied()), Generator::Hexo)
}

#[test]
fn which_engine_reads_posts() {
    const MARKED: &str = r#""hexo-renderer-marked": "^7.0.0""#;
    let script = |text: &'static str| [("scripts/a.js", text)];
    let beside = |name: &str| format!(r#"{MARKED}, "{name}": "1.0.0""#);
    let (helper, filter) = (script("hexo.extend.helper.register()"), script("register('before_post_render')"));
    let none: &[(&str, &str)] = &[];
    for (dependencies, config, more, is_known) in [
        (MARKED.to_owned(), "", none, true),
        (beside("hexo-renderer-ejs"), "", none, true),
        (beside("hexo-generator-feed"), "", none, true),
        (beside("hexo-wordcount"), "", none, true),
        (beside("hexo-filter-mathjax"), "", none, true),
        (beside("hexo-renderer-kramed"), "", none, false),
        (beside("hexo-katex"), "", none, false),
        (beside("hexo-asset-link"), "", none, true),
        (beside("hexo-tag-plantuml"), "", none, true),
        (r#""hexo-renderer-markdown-it": "^7.1.1""#.to_owned(), "", none, true),
        (r#""hexo-renderer-markdown-it": "^4.1.0""#.to_owned(), "", none, true),
        (r#""hexo-renderer-markdown-it": "^3.4.1""#.to_owned(), "", none, false),
        (r#""hexo-renderer-markdown-it": "^7""#.to_owned(), "markdown: commonmark", none, false),
        (r#""hexo-renderer-markdown-it": "^7""#.to_owned(), "markdown: {render: {html: false}}", none, false),
        (r#""hexo-renderer-markdown-it": "^7""#.to_owned(), "markdown: {plugins: [markdown-it-attrs]}", none, false),
        (r#""hexo-renderer-markdown-it": "^7""#.to_owned(), "markdown: {plugins: [markdown-it-emoji]}", none, true),
        (MARKED.to_owned(), "", &script("hexo.extend.renderer.register('njk', 'html', f)"), true),
        (MARKED.to_owned(), "", &script("hexo.extend.renderer.register('md', 'html', f)"), false),
        (MARKED.to_owned(), "", &script("hexo.extend.renderer.get('md')"), false),
        (r#""hexo-renderer-marked": "~3.0""#.to_owned(), "", none, true),
        (r#""hexo-renderer-marked": "*""#.to_owned(), "", none, true),
        (r#""hexo-renderer-marked": "^2.0.0""#.to_owned(), "", none, true),
        (r#""hexo-renderer-marked": "^0.3.2""#.to_owned(), "", none, true),
        (r#""hexo-renderer-marked": "^0.3.2""#.to_owned(), "marked: {gfm: false}", none, false),
        (r#""hexo-renderer-marked": "file:../marked""#.to_owned(), "", none, false),
        (r#""hexo-renderer-kramed": "^0.1.4""#.to_owned(), "", none, false),
        (r#""lodash": "4""#.to_owned(), "", none, false),
        (MARKED.to_owned(), "marked: {dompurify: true}", none, false),
        (MARKED.to_owned(), "marked: {pedantic: false}", none, true),
        (MARKED.to_owned(), "title: [", none, false),
        (MARKED.to_owned(), "", &helper, true),
        (MARKED.to_owned(), "", &filter, false),
    ] {
        let package = format!(r#"{{"dependencies": {{{dependencies}, "hexo": "^8.0.0"}}}}"#);
        let site = read_with(&package, config, more);
        let makes_pages = site.markdown.as_ref().is_some_and(MarkdownEngine::makes_pages);
        assert_eq!(makes_pages, is_known, "{dependencies} {config} {more:?}");
    }
    assert!(read_with("{", "", &[]).markdown.is_none());
    let of_theme = [("themes/a/package.json", r#"{"dependencies": {"hexo-renderer-marked": "^2.0.0"}}"#)];
    let package = format!(r#"{{"dependencies": {{{MARKED}}}}}"#);
    assert!(read_with(&package, "theme: a", &of_theme).markdown.is_some());
}

#[test]
fn what_markdown_it_is_told() {
    let options = |name: &str, config: &str| {
        let package = format!(r#"{{"dependencies": {{"{name}": "*"}}}}"#);
        match read_with(&package, config, &[]).markdown {
            Some(MarkdownEngine::CommonMark(options)) => Some(options),
            _ => None,
        }
    };
    let it = |config: &str| options("hexo-renderer-markdown-it", config);
    let usual = it("").expect("an engine");
    assert!(usual.breaks && usual.typographer && usual.bare_urls.is_some() && usual.math == Math::Browser);
    assert_eq!(usual.ids_from, 2);
    let told = "markdown:\n  render: {breaks: false, linkify: false, typographer: false}\n  \
        plugins: ['@vscode/markdown-it-katex', {name: markdown-it-footnote}]\n  \
        anchors: {level: 1, collisionSuffix: v, case: 1, separator: _}\n";
    let told = it(told).expect("an engine");
    assert!(!told.breaks && !told.typographer && told.bare_urls.is_none() && told.footnotes.is_some());
    assert_eq!(told.math, Math::MarkdownItLetters);
    assert_eq!(told.ids, Some(Style::HexoAnchors { case: Case::Lower, separator: '_', suffix: Some('v') }));
    assert_eq!(told.ids_from, 1);
    assert_eq!(it("markdown: {anchors: {case: 5}}").map(|options| options.ids), Some(None));
    assert_eq!(it("markdown: {plugins: [{name: markdown-it-katex, options: {a: 1}}]}"), None);
    let plus = |config: &str| options("hexo-renderer-markdown-it-plus", config);
    let usual = plus("").expect("an engine");
    assert!(usual.math == Math::MarkdownItSpaces && usual.ids == Some(Style::Uslug) && usual.footnotes.is_some());
    let told = "markdown_it_plus:\n  breaks: false\n  plugins:\n    - plugin:\n        name: \
        '@iktakahiro/markdown-it-katex'\n        enable: false\n";
    let told = plus(told).expect("an engine");
    assert!(told.math == Math::Browser && !told.breaks && told.typographer);
    let other = "markdown_it_plus: {plugins: [{plugin: {name: markdown-it-attrs, enable: true}}]}";
    assert_eq!(plus(other), None);
}

#[test]
fn what_marked_is_told() {
    let package = r#"{"devDependencies": {"hexo-renderer-marked": "^7.0.0"}}"#;
    let options = |config: &str| match read_with(package, config, &[]).markdown {
        Some(MarkdownEngine::CommonMark(options)) => options,
        other => panic!("{other:?}"),
    };
    let usual = options("");
    assert!(usual.breaks && usual.typographer && usual.tables && usual.bare_urls.is_some());
    assert_eq!(usual.ids, Some(Style::Hexo(Case::Kept)));
    let told = options("marked: {breaks: false, smartypants: false, autolink: false, modifyAnchors: 1}");
    assert!(!told.breaks && !told.typographer && told.tables && told.bare_urls.is_none());
    assert_eq!(told.ids, Some(Style::Hexo(Case::Lower)));
    let plain = options("marked:\n  gfm: false\n  headerIds: false\n");
    assert!(!plain.tables && !plain.breaks && plain.ids.is_none());
    for (version, ascii_punctuation, is_rough) in
        [("^7.0.0", false, false), ("^6.3.0", true, false), ("^3.0.0", true, false), ("~2.0.0", true, true)]
    {
        let package = format!(r#"{{"dependencies": {{"hexo-renderer-marked": "{version}"}}}}"#);
        let Some(MarkdownEngine::CommonMark(options)) = read_with(&package, "", &[]).markdown else { panic!() };
        assert_eq!((options.ascii_punctuation, options.is_rough), (ascii_punctuation, is_rough), "{version}");
    }
}

/// Asked of Hexo 8.1.2.
#[test]
fn what_is_a_post() {
    for (config, path, is_post) in [
        ("", "source/_posts/a.md", true),
        ("", "source/_posts/b/a.markdown", true),
        ("", "source/_posts/a.mkd", true),
        ("", "source/_posts/a.MD", false),
        ("", "source/_posts/_a.md", false),
        ("", "source/_posts/b/.c/a.md", false),
        ("", "source/_drafts/a.md", false),
        ("", "source/about/index.md", false),
        ("source_dir: ./src/", "src/_posts/a.md", true),
        ("source_dir: src", "source/_posts/a.md", false),
        ("post_asset_folder: true", "source/_posts/a/readme.markdown", false),
    ] {
        assert_eq!(read_with("{}", config, &[]).conventions.is_post(path), is_post, "{config} {path}");
    }
}

/// Asked of Hexo 8.1.2.
#[test]
fn what_becomes_of_links_to_sources() {
    let links = |more: &str, script: &str| {
        let package = format!(r#"{{"dependencies": {{"hexo": "^8.0.0", "hexo-renderer-marked": "^7.0.0"{more}}}}}"#);
        read_with(&package, "", &[("scripts/a.js", script)]).link_to_post.map(|link| link("source/_posts/b/c d"))
    };
    let tag = || Some(r#"{% post_link "b/c d" %}"#.to_owned());
    assert_eq!(links("", "hexo.extend.helper.register()"), tag());
    assert_eq!(links(r#", "hexo-asset-link": "^2.0.0""#, "x"), tag());
    assert_eq!(links(r#", "hexo-relative-link": "^1.0.0""#, "x"), None);
    assert_eq!(links("", "data.content.replace('.md', '/')"), None);
    assert_eq!(post_link("source/_posts/a"), "{% post_link a %}");
}

/// Asked of Hexo 8.1.2.
#[test]
fn what_opens_front_matter() {
    let site = read_with("{}", "", &[]);
    for (text, is_lost) in [
        ("---\ntitle: a\n---\n", false),
        ("---\r\ntitle: a\r\n---\r\n", false),
        ("---\ntitle: a\n--- \n", false),
        ("--- \ntitle: a\n---\n", true),
        ("---\t\r\ntitle: a\r\n---\r\n", true),
    ] {
        let post = Post::parse("source/_posts/a.md", text, &crate::post::Engines::default());
        assert_eq!(!site.conventions.head_faults(&post).is_empty(), is_lost, "{text:?}");
    }
}

/// Asked of Hexo 8.1.2.
#[test]
fn where_posts_and_files_go() {
    let dated = "---\ntitle: A b\ndate: 2022-10-03 10:00:00\n---\n";
    let plan = |config: &str, files: &[(&str, &str)]| {
        let package = r#"{"dependencies": {"hexo": "^8.0.0", "hexo-renderer-marked": "^7.0.0"}}"#;
        let base = [("package.json", package), ("_config.yml", config)];
        let files = Files::in_memory(base.iter().chain(files).copied());
        let site = Site::read(&files, Generator::Hexo);
        let sources = crate::generators::Sources::default();
        let now = "2026-01-01T00:00:00Z".parse().expect("a moment");
        let build = Build { files: &files, sources: &sources, now, zone: None };
        let mut plan = site.conventions.plan(&site, &build);
        plan.targets.sort_by(|one, other| one.source.cmp(&other.source));
        let doubt = |target: &Target| if target.standing == Standing::Written { "" } else { "?" };
        let urls = plan.targets.iter().map(|target| format!("{}{}", target.url, doubt(target)));
        (urls.collect::<Vec<_>>().join(" "), plan.territories)
    };
    for (config, files, expected) in [
        ("", &[("source/_posts/sub/c d.md", dated)][..], "/2022/10/03/sub/c d/"),
        ("permalink: :year/:i_month/:name.html", &[("source/_posts/sub/c.md", dated)], "/2022/10/c.html"),
        ("permalink: :category/:post_title/", &[("source/_posts/c.md", dated)], "/uncategorized/a-b/"),
        (
            "permalink: :category/:title/\ncategory_map: {Foo Bar: foo}",
            &[("source/_posts/c.md", "---\ncategories: [Foo Bar, Baz]\n---\n")],
            "/foo/Baz/c/",
        ),
        ("permalink: p/:abbrlink/", &[("source/_posts/c.md", "---\nabbrlink: 1a2b\n---\n")], "/p/1a2b/"),
        (
            "new_post_name: :year-:month-:day-:title.md",
            &[("source/_posts/2022-10-05-c.md", "---\ntitle: a\n---\n")],
            "/2022/10/05/c/",
        ),
        ("new_post_name: :year-:title.md\npermalink: :title/", &[("source/_posts/a.b_c.md", dated)], "/a-b-c/"),
        ("", &[("source/_posts/c.md", "---\npermalink: /x/y\n---\n")], "/x/y"),
        (
            "post_asset_folder: true",
            &[("source/_posts/c.md", dated), ("source/_posts/c/i.png", ""), ("source/_posts/d.png", "")],
            "/2022/10/03/c/ /2022/10/03/c/i.png",
        ),
        ("post_asset_folder: true\npermalink: /:title", &[("source/_posts/c.md", dated)], "/c/"),
        (
            "timezone: Asia/Seoul",
            &[("source/_posts/c.md", "---\ndate: 2022-10-03 01:00:00\n---\n")],
            "/2022/10/03/c/? /2022/10/02/c/?",
        ),
        (
            "",
            &[
                ("source/_drafts/d.md", dated),
                ("source/_x.txt", ""),
                ("source/a.txt", ""),
                ("source/h.html", ""),
                ("source/p.md", "---\npermalink: foo/\n---\n"),
                ("source/q/index.md", ""),
            ],
            "/a.txt /h.html /foo/ /q/",
        ),
        ("theme: t", &[("themes/t/layout/l.ejs", ""), ("themes/t/source/css/s.styl", "")], "/css/s.css"),
    ] {
        assert_eq!(plan(config, files).0, expected, "{config}");
    }
    let undated = &[("source/_posts/cats.md", "---\ntitle: a\n---\n")][..];
    assert!(plan("", undated).1.contains(&Territory::Ending("/cats/".to_owned())));
    assert!(plan("permalink: p/:hash/", undated).1.contains(&Territory::Below("/p/".to_owned())));
    assert!(plan("permalink: ':hash/'", undated).1.contains(&Territory::Pages));
    let site = |config: &str| {
        let site = read_with("{}", config, &[]);
        (site.url.clone(), site.base.clone())
    };
    assert_eq!(site("url: https://a.b/c/"), ("https://a.b".to_owned(), "/c".to_owned()));
    assert_eq!(site("url: https://a.b/c/\nroot: /"), ("https://a.b".to_owned(), String::new()));
}
