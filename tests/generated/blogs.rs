//! Whole blogs: the configs of a generator, a few posts with their front matter, and a `postlint.yaml`.

use super::blocks::blocks;
use super::dice::Dice;
use super::mutations::{encoded, mutated};

/// A blog that is made up.
pub struct MadeUp {
    /// `postlint.yaml`
    pub config: String,
    /// Its files but the posts: path and text.
    pub others: Vec<(String, String)>,
    /// Its posts.
    pub posts: Vec<(String, String)>,
}

/// What belongs to one generator.
struct Flavour {
    /// What `postlint.yaml` says of it, if its own files do not tell.
    config: &'static [&'static str],
    /// Files with texts of which one is taken.
    files: &'static [(&'static str, &'static [&'static str])],
    /// Where posts lie, `@` for the name.
    posts: &'static [&'static str],
    fronts: &'static [Front],
}

#[derive(Clone, Copy)]
enum Front {
    Yaml,
    Toml,
    Json,
    None,
}

use Front::{Json, None as Nothing, Toml, Yaml};

const FLAVOURS: &[Flavour] = &[
    Flavour {
        config: &["", "", "markdown: kramdown\n", "generator: jekyll\n", "markdown: gfm\n"],
        files: &[
            (
                "_config.yml",
                &[
                    "markdown: kramdown\n",
                    "markdown: kramdown\nkramdown:\n  input: GFM\n  hard_wrap: true\n",
                    "kramdown:\n  input: kramdown\n  math_engine: mathjax\n",
                    "title: 회고\nfuture: true\n",
                    "markdown: CommonMarkGhPages\n",
                    "markdown: CommonMark\ncommonmark:\n  options: [UNSAFE, SMART]\n  extensions: [table, strikethrough]\n",
                ],
            ),
            (
                "_layouts/post.html",
                &[
                    "<script src=\"https://cdn.jsdelivr.net/npm/mathjax@3/es5/tex-mml-chtml.js\"></script>{{ content }}",
                    "{{ content }}",
                ],
            ),
        ],
        posts: &["_posts/@.md", "_posts/@.md", "_posts/@.markdown", "_drafts/@.md"],
        fronts: &[Yaml, Yaml, Yaml, Yaml, Yaml, Nothing],
    },
    Flavour {
        config: &["", "", "markdown: goldmark\n"],
        files: &[
            (
                "hugo.toml",
                &[
                    "baseURL = 'https://example.org/'\n",
                    "baseURL = 'https://example.org/'\n[markup.goldmark.renderer]\nunsafe = true\n",
                    "[markup.goldmark.extensions]\nlinkify = false\ntypographer = false\n[markup.goldmark.extensions.passthrough]\nenable = true\n[markup.goldmark.extensions.passthrough.delimiters]\nblock = [['\\[', '\\]'], ['$$', '$$']]\ninline = [['\\(', '\\)'], ['$', '$']]\n",
                    "[markup.goldmark.parser]\nwrapStandAloneImageWithinParagraph = false\n[markup.goldmark.parser.attribute]\nblock = true\n",
                ],
            ),
            ("layouts/shortcodes/note.html", &["<aside>{{ .Inner }}</aside>", "{{ .Inner | markdownify }}"]),
        ],
        posts: &["content/posts/@.md", "content/posts/@/index.md", "content/@.md"],
        fronts: &[Yaml, Toml, Toml, Json, Nothing],
    },
    Flavour {
        config: &[""],
        files: &[(
            "config.toml",
            &[
                "base_url = 'https://example.org'\n",
                "base_url = 'https://example.org'\n[markdown]\nsmart_punctuation = true\nrender_emoji = true\n",
                "base_url = 'https://example.org'\n[markdown]\nhighlight_code = true\n",
            ],
        )],
        posts: &["content/blog/@.md", "content/@.md"],
        fronts: &[Toml, Toml, Toml, Yaml],
    },
    Flavour {
        config: &[""],
        files: &[
            (
                "_config.yml",
                &[
                    "title: 회고\n",
                    "marked:\n  breaks: false\n",
                    "markdown:\n  preset: default\n  render:\n    html: true\n",
                ],
            ),
            (
                "package.json",
                &[
                    "{\"dependencies\": {\"hexo\": \"^8.1.0\", \"hexo-renderer-marked\": \"^7.0.0\"}}",
                    "{\"dependencies\": {\"hexo\": \"^8.1.0\", \"hexo-renderer-markdown-it\": \"^7.1.1\"}}",
                    "{\"dependencies\": {\"hexo\": \"^7.0.0\", \"hexo-renderer-marked\": \"^6.0.0\", \"hexo-math\": \"1\"}}",
                ],
            ),
        ],
        posts: &["source/_posts/@.md"],
        fronts: &[Yaml, Yaml, Yaml, Json, Nothing],
    },
    Flavour {
        config: &[""],
        files: &[
            (
                "eleventy.config.js",
                &[
                    "export default function (config) {}\n",
                    "export default function (config) {\n  config.addPairedShortcode('note', (text) => text);\n  return { markdownTemplateEngine: 'njk' };\n}\n",
                ],
            ),
            ("package.json", &["{\"type\": \"module\", \"devDependencies\": {\"@11ty/eleventy\": \"^3.1.0\"}}"]),
        ],
        posts: &["posts/@.md", "blog/@.md"],
        fronts: &[Yaml, Yaml, Json, Nothing],
    },
    Flavour {
        config: &["", "", "markdown: mdx\n"],
        files: &[
            (
                "astro.config.mjs",
                &[
                    "export default {};\n",
                    "import mdx from '@astrojs/mdx';\nexport default { integrations: [mdx()] };\n",
                    "import remarkMath from 'remark-math';\nimport rehypeKatex from 'rehype-katex';\nexport default { markdown: { remarkPlugins: [remarkMath], rehypePlugins: [rehypeKatex] } };\n",
                ],
            ),
            ("package.json", &["{\"dependencies\": {\"astro\": \"^6.0.0\"}}"]),
        ],
        posts: &["src/content/blog/@.md", "src/content/blog/@.mdx"],
        fronts: &[Yaml, Yaml, Toml],
    },
    Flavour {
        config: &[
            "markdown: gfm\n", "markdown: commonmark\n", "markdown: markdown-it\n", "markdown: pulldown-cmark\n",
            "markdown: remark\n", "markdown: kramdown-gfm\n", "markdown: goldmark\n", "markdown: marked\n",
            "markdown: pandoc\n", "",
        ],
        files: &[],
        posts: &["posts/@.md", "@.md"],
        fronts: &[Yaml, Nothing, Toml],
    },
];

const NAMES: &[&str] = &[
    "2022-10-02-second", "2022-10-09-boostcamp-3", "2022-10-16-회고", "about", "2022-10-09-boostcamp-4",
    "2030-01-01-later",
];

const SETTINGS: &[&str] = &[
    "",
    "rules: {format: warn}\n",
    "rules: {format: warn}\n",
    "rules: {trailing-space: warn, crowded-block: {since: 2022-10-05}, math: error}\n",
    "kinds:\n  weekly: {extends: weekly, match: {path: \"**/*-boostcamp*.md\"}}\n",
    "math: {engine: mathjax, version: 3}\ntimezone: Asia/Seoul\n",
    "math: {engine: katex}\nrules: {format: warn, links: off}\n",
    "rules: {crowded-block: error, extra-blank-lines: error, loose-spacing: error, mixed-list-markers: error}\n",
];

const VALUES: &[&str] = &[
    "3주차 회고", "'3주차: 회고'", "\"a \\\" b\"", "[a, 나]", "2022-10-09", "2022-10-09 09:00:00 +0900", "true",
    "false", "", "~", "a: b", "# a", "|\n  a\n\n\n  b", ">-\n  가\n  나", "{a: b}", "  a  ", "&x a", "*x", "'", "[a",
    "1.10", "0x1F", "\n  - a\n  -   나", "!ruby/object a", "post", "week  ", "\"<b>\"", "@a", "3주차 회고 # 주석",
];

const KEYS: &[&str] = &[
    "title", "date", "layout", "tags", "categories", "draft", "math", "published", "permalink", "slug", "aliases",
    "toc", "description", "postlint", "Title", "tag", "mathjax", "weight",
];

/// A blog by its number.
pub fn made_up(seed: u64) -> MadeUp {
    let dice = &mut Dice::new(seed);
    let flavour = &FLAVOURS[dice.below(FLAVOURS.len())];
    let config = format!("{}{}", dice.of(flavour.config), dice.of(SETTINGS));
    let others = flavour.files.iter().map(|(path, texts)| ((*path).to_owned(), dice.of(texts).to_owned())).collect();
    let mut posts = Vec::new();
    let folder = dice.of(flavour.posts);
    for name in &NAMES[..1 + dice.below(NAMES.len())] {
        let path = if dice.one_in(8) { dice.of(flavour.posts) } else { folder }.replace('@', name);
        posts.push((path, post(dice, flavour)));
    }
    MadeUp { config, others, posts }
}

fn post(dice: &mut Dice, flavour: &Flavour) -> String {
    let mut text = match dice.of(flavour.fronts) {
        Yaml => format!("---\n{}---\n", entries(dice, ": ")),
        Toml => format!("+++\n{}+++\n", toml(dice)),
        Json => "{\n  \"title\": \"3주차 회고\",\n  \"tags\": [\"a\", \"나\"]\n}\n".to_owned(),
        Nothing => String::new(),
    };
    text.push_str(dice.of(&["\n", "\n", "\n\n", "", "\n\n\n", " \n"]));
    let most = dice.of(&[2, 4, 7, 12]);
    text.push_str(&blocks(dice, 2, 0, most));
    text.push('\n');
    for _ in 0..dice.of(&[0, 0, 0, 1, 1, 2, 4]) {
        text = mutated(&text, dice);
    }
    encoded(text, dice)
}

fn entries(dice: &mut Dice, colon: &str) -> String {
    let mut out = String::new();
    let title = dice.of(&["3주차 회고", "\"회고\"", "'it''s'", "Week 3"]);
    for line in [
        format!("title{colon}{title}\n"),
        "date: 2022-10-09\n".to_owned(),
        "layout:   post\n".to_owned(),
        "tags: [회고,  a]\n".to_owned(),
    ] {
        if !dice.one_in(4) {
            out.push_str(&line);
        }
    }
    if dice.one_in(2) {
        let (key, space, value) = (dice.of(KEYS), dice.of(&[" ", "  ", "\t", ""]), dice.of(VALUES));
        out.push_str(&format!("{key}:{space}{value}{}\n", dice.of(&["", "", " ", "  # 주석"])));
    }
    out
}

fn toml(dice: &mut Dice) -> String {
    let all = [
        "title = \"3주차 회고\"\n", "date = 2022-10-09\n", "tags =   ['a', \"나\"]  \n", "draft = true\n",
        "[extra]\nmath = true\n", "\n\n", "# 주석\n", "summary = '''\na  \n\n\nb'''\n", "title = 1\n", "a = \n",
    ];
    (0..dice.below(5)).map(|_| dice.of(&all)).fold("title = 'a'\n".to_owned(), |text, line| text + line)
}
