use super::Site;
use crate::blog::Generator;
use crate::files::Files;
use crate::render::commonmark::Delimiter;
use crate::render::{Profile, ids};

/// The site that a folder with these files is.
fn site(generator: Generator, files: &[(&str, &str)]) -> Site {
    Site::read(&Files::in_memory(files.iter().copied()), generator)
}

fn jekyll(config: &str) -> Site {
    site(Generator::Jekyll, &[("_config.yml", config)])
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
    assert_eq!((site.own_plugins, site.own_tags), (true, vec!["video".to_owned()]));
    assert_eq!(site.plugins, ["jekyll-gist"]);
}

#[test]
fn presets_by_path_and_type() {
    let site = jekyll(
        "defaults:\n\
         - {scope: {path: ''}, values: {layout: page, permalink: '/:title/'}}\n\
         - {scope: {path: '', type: posts}, values: {layout: post}}\n\
         - {scope: {path: en/_posts}, values: {layout: english}}\n\
         - {scope: {path: '_posts/*/drafts', type: pages}, values: {layout: no}}\n\
         - {scope: {path: '_posts/*/old'}, values: {layout: old}}\n",
    );
    for (path, layout) in [
        ("_posts/2022-10-09-a.md", "post"),
        ("en/_posts/2022-10-09-a.md", "english"),
        ("_posts/2022/old/2022-10-09-a.md", "old"),
        ("_posts/2022/drafts/2022-10-09-a.md", "post"),
    ] {
        assert_eq!(site.preset(path, "layout"), Some(layout), "{path}");
    }
    assert_eq!(site.preset("_posts/2022-10-09-a.md", "author"), None);
    assert!(!site.tells_day("_posts/2022-10-09-a.md"));
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
        assert_eq!(jekyll(config).markdown.as_ref().map(Profile::name), name, "{config}");
    }
    let told = "kramdown:\n  input: kramdown\n  hard_wrap: true\n  header_offset: 1\n  auto_ids: false\n\
        \x20 smart_quotes: apos,apos,quot,quot\n  gfm_quirks: no_auto_typographic\n";
    let Some(Profile::Kramdown(options)) = jekyll(told).markdown else { panic!("kramdown") };
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
        let Some(Profile::CommonMark(options)) = site.markdown else { panic!("goldmark in {name}") };
        assert!(options.raw_html && !options.typographer, "{name}");
        assert_eq!(options.ids, Some(ids::Style::HugoBlackfriday), "{name}");
    }
}

#[test]
fn markup_of_hugo() {
    let markup = "[goldmark.extensions.passthrough]\nenable = true\n[goldmark.extensions.passthrough.delimiters]\n\
        block = [['\\[', '\\]'], ['$$', '$$']]\ninline = [['\\(', '\\)'], ['$', '$']]\n";
    let files = [("config/_default/hugo.toml", "title = \"t\"\n"), ("config/_default/markup.toml", markup)];
    let Some(Profile::CommonMark(options)) = site(Generator::Hugo, &files).markdown else { panic!("goldmark") };
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
fn zola() {
    let config = "base_url = \"https://a.b\"\n[markdown]\nsmart_punctuation = true\n[slugify]\nanchors = \"safe\"\n";
    let Some(Profile::CommonMark(options)) = site(Generator::Zola, &[("config.toml", config)]).markdown else {
        panic!("pulldown-cmark")
    };
    assert!(options.typographer);
    assert_eq!(options.ids, Some(ids::Style::ZolaSafe));
}
