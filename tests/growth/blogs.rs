//! Kinds of hostile blogs: what is in a folder of some size.

use std::fmt::Write;

/// Files of a blog, path and text.
pub type Files = Vec<(String, String)>;

/// A kind of blog: its name, how many of it there are at most, and how it is made.
pub type Kind = (&'static str, usize, fn(usize) -> Files);

const HEAD: &str = "---\ntitle: A post\n---\n\n";

/// A line again and again; `№` is how many there are before.
fn lines(count: usize, line: &str) -> String {
    (0..count).fold(String::new(), |mut all, at| {
        all += &line.replace('№', &at.to_string());
        all
    })
}

/// A blog of Jekyll with a file of a name and text again and again.
fn jekyll(config: &str, count: usize, path: &str, text: &str) -> Files {
    let mut files = vec![("_config.yml".to_owned(), format!("url: https://a.example\nmarkdown: kramdown\n{config}"))];
    files.extend((0..count).map(|at| {
        let at = at.to_string();
        (path.replace('№', &at), text.replace('№', &at))
    }));
    files
}

/// A blog of Jekyll with one post, and a config for postlint.
fn configured(config: &str) -> Files {
    let mut files = jekyll("", 1, "_posts/2022-10-03-a.md", "---\ntitle: A post\nkind: a\n---\n\n## a\n\n[a](b.md)\n");
    files.push(("postlint.yaml".to_owned(), config.to_owned()));
    files
}

const POST: &str = "_posts/2022-10-03-a№.md";

pub const BLOGS: &[Kind] = &[
    ("posts", 10_000, |n| jekyll("", n, POST, &format!("{HEAD}text\n"))),
    ("dead links", 10_000, |n| jekyll("", n, POST, &format!("{HEAD}[a](b№.md) [c](/d№/)\n"))),
    ("dead links of one post", 10_000, |n| {
        let mut files = jekyll("", n, POST, HEAD);
        files.push(("_posts/2022-10-04-b.md".to_owned(), lines(n, "[a](b№.md) [c](/d№/)\n\n")));
        files
    }),
    ("dead anchors of one post", 10_000, |n| {
        jekyll("", 1, POST, &format!("{HEAD}{}{}", lines(n, "## heading №\n\n"), lines(n, "[a](#headin-№)\n\n")))
    }),
    ("dead anchors of another post", 10_000, |n| {
        let mut files = jekyll("", 1, POST, &format!("{HEAD}{}", lines(n, "## heading №\n\n")));
        files.extend(jekyll("", n, "_posts/2022-10-04-b№.md", &format!("{HEAD}[a](/2022/10/03/a0.html#headin-№)\n")));
        files
    }),
    ("dead `link`", 10_000, |n| jekyll("", n, POST, &format!("{HEAD}{{% link _posts/2022-10-03-b№.md %}}\n"))),
    ("dead `post_url`", 10_000, |n| jekyll("", n, POST, &format!("{HEAD}{{% post_url 2022-10-03-b№ %}}\n"))),
    ("dead includes", 10_000, |n| {
        let mut files = jekyll("", n, POST, &format!("{HEAD}{{% include b№.html %}}\n"));
        files.extend((0..n).map(|at| (format!("_includes/c{at}.html"), String::new())));
        files
    }),
    ("layouts that are not there", 10_000, |n| {
        let mut files = jekyll("", n, POST, "---\ntitle: a\nlayout: b№\n---\n");
        files.extend((0..n).map(|at| (format!("_layouts/c{at}.html"), String::new())));
        files
    }),
    ("links in the wrong case", 10_000, |n| jekyll("", n, POST, &format!("{HEAD}[a](/2022/10/03/A№.html)\n"))),
    ("links to folders", 10_000, |n| jekyll("", n, POST, &format!("{HEAD}[a](../x№/y№/z.png)\n"))),
    ("categories", 10_000, |n| jekyll("", n, POST, "---\ntitle: a№\ncategories: [b№]\ntags: [c№]\n---\n")),
    ("words of categories", 10_000, |n| jekyll("", n, POST, "---\ntitle: a№\ncategories: b№ c\n---\n")),
    ("one address", 10_000, |n| jekyll("", n, POST, "---\ntitle: a№\npermalink: /a/\n---\n")),
    ("one title", 10_000, |n| jekyll("", n, POST, "---\ntitle: a\n---\n\n22.10.03 - 22.10.09\n")),
    ("redirects", 10_000, |n| {
        jekyll("plugins: [jekyll-redirect-from]\n", n, POST, "---\ntitle: a№\nredirect_from: [/a/, /b№/]\n---\n")
    }),
    ("deep folders", 800, |n| jekyll("", 1, &format!("{}_posts/2022-10-03-a.md", "a/".repeat(n)), HEAD)),
    ("folders", 10_000, |n| jekyll("", n, "a№/_posts/2022-10-03-a.md", HEAD)),
    ("files of no post", 10_000, |n| jekyll("", n, "assets/a№.png", "")),
    ("defaults", 4_000, |n| {
        let defaults = lines(n, "  - {scope: {path: \"a№\"}, values: {layout: b№}}\n");
        jekyll(&format!("defaults:\n{defaults}"), n, POST, HEAD)
    }),
    ("excluded globs", 4_000, |n| jekyll(&format!("exclude:\n{}", lines(n, "  - \"a№/*.md\"\n")), n, POST, HEAD)),
    ("included globs", 4_000, |n| jekyll(&format!("include:\n{}", lines(n, "  - \"a№/*.md\"\n")), n, POST, HEAD)),
    ("collections", 10_000, |n| {
        jekyll(&format!("collections:\n{}", lines(n, "  a№: {output: true}\n")), n, POST, HEAD)
    }),
    ("layouts in a row", 10_000, |n| {
        let mut files = jekyll("", n, "_layouts/a№.html", "---\nlayout: a№\n---\n{{ content }}");
        for (at, file) in files.iter_mut().skip(1).enumerate() {
            file.1 = format!("---\nlayout: a{}\n---\n{{{{ content }}}}", at + 1);
        }
        files.push(("_posts/2022-10-03-a.md".to_owned(), "---\nlayout: a0\n---\n".to_owned()));
        files
    }),
    ("includes in a row", 10_000, |n| {
        let mut files = jekyll("", 0, "", "");
        files.extend((0..n).map(|at| (format!("_includes/a{at}.html"), format!("{{% include a{}.html %}}", at + 1))));
        files.push((POST.to_owned(), format!("{HEAD}{{% include a0.html %}}\n")));
        files
    }),
    ("an include of itself", 10_000, |n| {
        let mut files = jekyll("", 1, POST, &format!("{HEAD}{{% include a.html %}}\n"));
        files.push(("_includes/a.html".to_owned(), lines(n, "{% include a.html %}")));
        files
    }),
    ("includes of each other", 10_000, |n| {
        let mut files = jekyll("", 1, POST, &format!("{HEAD}{{% include a.html %}}\n"));
        files.push(("_includes/a.html".to_owned(), lines(n, "{% include b.html %}")));
        files.push(("_includes/b.html".to_owned(), lines(n, "{% include a.html %}")));
        files
    }),
    ("an include in each post", 4_000, |n| {
        let mut files = jekyll("", n, POST, &format!("{HEAD}{{% include a.html %}}\n"));
        files.push(("_includes/a.html".to_owned(), lines(n, "text\n")));
        files
    }),
    ("ignored globs", 4_000, |n| {
        let mut files = jekyll("", n, POST, &format!("{HEAD}[a](b№.md)\n"));
        files.push((
            "postlint.yaml".to_owned(),
            format!("rules:\n  dead-link:\n    level: error\n    ignore:\n{}", lines(n, "      - \"/a№/*\"\n")),
        ));
        files
    }),
    ("excluded posts", 4_000, |n| {
        let mut files = jekyll("", n, POST, HEAD);
        files.push(("postlint.yaml".to_owned(), format!("exclude:\n{}", lines(n, "  - \"a№/*.md\"\n"))));
        files
    }),
    ("overrides", 4_000, |n| {
        let mut files = jekyll("", n, POST, HEAD);
        files.push((
            "postlint.yaml".to_owned(),
            format!("overrides:\n{}", lines(n, "  - {files: [\"a№/*.md\"], rules: {math: off}}\n")),
        ));
        files
    }),
    ("kinds", 4_000, |n| configured(&format!("kinds:\n{}", lines(n, "  a№: {match: {path: \"b№/*.md\"}}\n")))),
    ("kinds and posts", 4_000, |n| {
        let mut files = jekyll("", n, POST, HEAD);
        files.push((
            "postlint.yaml".to_owned(),
            format!("kinds:\n{}", lines(n, "  a№: {match: {path: \"b№/*.md\"}}\n")),
        ));
        files
    }),
    ("kinds that build on each other", 4_000, |n| {
        let mut kinds =
            "kinds:\n  a0: {match: {path: \"**/*.md\"}, sections: {level: 2, list: [a, b, c]}}\n".to_owned();
        for at in 1..n {
            writeln!(kinds, "  a{at}: {{extends: a{}, front-matter: {{k{at}: {{required: true}}}}}}", at - 1)
                .expect("a text");
        }
        configured(&kinds)
    }),
    ("keys of a kind", 10_000, |n| {
        let keys = lines(n, "      k№: {required: true}\n");
        let mut files =
            configured(&format!("kinds:\n  a:\n    match: {{path: \"**/*.md\"}}\n    front-matter:\n{keys}"));
        files[1].1 = format!("---\n{}---\n", lines(n, "j№: v\n"));
        files
    }),
    ("values of a key", 10_000, |n| {
        let values = lines(n, "b№, ");
        let mut files = configured(&format!(
            "kinds:\n  a:\n    match: {{path: \"**/*.md\"}}\n    front-matter:\n      tags: {{one-of: [{values}]}}\n"
        ));
        files[1].1 = format!("---\ntags: [{}]\n---\n", lines(n, "c№, "));
        files
    }),
    ("patterns", 4_000, |n| {
        let keys = lines(n, "      k№: {pattern: '\\w+$'}\n");
        configured(&format!("kinds:\n  a:\n    match: {{path: \"**/*.md\"}}\n    front-matter:\n{keys}"))
    }),
    ("big patterns", 400, |n| {
        let keys = lines(n, "      k№: {pattern: '\\w{40}'}\n");
        configured(&format!("kinds:\n  a:\n    match: {{path: \"**/*.md\"}}\n    front-matter:\n{keys}"))
    }),
    ("sections", 8_000, |n| {
        let sections = lines(n, "        - section №\n");
        let mut files = configured(&format!(
            "kinds:\n  a:\n    match: {{path: \"**/*.md\"}}\n    sections:\n      level: 2\n      list:\n{sections}"
        ));
        files[1].1 = format!("{HEAD}{}", lines(n, "## sectio №\n\n"));
        files
    }),
    ("sections in order backwards", 8_000, |n| {
        let sections = lines(n, "        - section №\n");
        let mut files = configured(&format!(
            "kinds:\n  a:\n    match: {{path: \"**/*.md\"}}\n    sections:\n      level: 2\n      list:\n{sections}"
        ));
        files[1].1 = format!("{HEAD}{}", (0..n).rev().map(|at| format!("## section {at}\n\n")).collect::<String>());
        files
    }),
    ("a series", 10_000, |n| {
        let mut files = jekyll("", n, POST, "---\ntitle: №주차 회고\n---\n\n22.10.03 - 22.10.09\n");
        files.push(("postlint.yaml".to_owned(), "kinds: {a: {match: {path: \"**/*.md\"}, date-range: {format: \"%y.%m.%d - %y.%m.%d\"}, series: {number: '(\\d+)주차', contiguous: true}}}\n".to_owned()));
        files
    }),
    ("rules by day", 4_000, |n| {
        let mut files = jekyll("", n, POST, HEAD);
        files.push(("postlint.yaml".to_owned(), format!("posts:\n{}", lines(n, "  - \"a№/**/*.md\"\n"))));
        files
    }),
    ("sections of Hugo", 10_000, |n| {
        let mut files = vec![("hugo.toml".to_owned(), "baseURL = 'https://a.example'\n".to_owned())];
        files.extend((0..n).map(|at| (format!("content/a{at}/b.md"), format!("{HEAD}[a](/c{at}/)\n"))));
        files
    }),
    ("refs of Hugo", 10_000, |n| {
        let mut files = vec![("hugo.toml".to_owned(), "baseURL = 'https://a.example'\n".to_owned())];
        files.extend((0..n).map(|at| (format!("content/a{at}.md"), format!("{HEAD}{{{{< ref \"b{at}.md\" >}}}}\n"))));
        files
    }),
    ("aliases of Hugo", 10_000, |n| {
        let mut files = vec![("hugo.toml".to_owned(), "baseURL = 'https://a.example'\n".to_owned())];
        files.extend((0..n).map(|at| (format!("content/a{at}.md"), "---\ntitle: a\naliases: [/a/]\n---\n".to_owned())));
        files
    }),
    ("links of Zola", 10_000, |n| {
        let mut files = vec![("config.toml".to_owned(), "base_url = 'https://a.example'\n".to_owned())];
        files.extend(
            (0..n).map(|at| (format!("content/a{at}.md"), format!("+++\ntitle = 'a'\n+++\n\n[a](@/b{at}.md)\n"))),
        );
        files
    }),
    ("posts of Hexo", 10_000, |n| {
        let mut files = vec![
            ("_config.yml".to_owned(), "url: https://a.example\n".to_owned()),
            ("package.json".to_owned(), "{\"dependencies\": {\"hexo\": \"^8.0.0\"}}".to_owned()),
        ];
        files
            .extend((0..n).map(|at| {
                (format!("source/_posts/a{at}.md"), format!("{HEAD}[a](/b{at}/) {{% post_link c{at} %}}\n"))
            }));
        files
    }),
];
