use super::{Left, Reference, Resolved, Resolver};
use crate::blog::urls::Near;
use crate::blog::{Blog, Settings};
use crate::files::Files;
use crate::generators::Generator;

/// A blog of a few files.
fn blog(generator: Generator, files: &[(&str, &str)]) -> Blog {
    let now = "2026-11-22T12:00:00Z".parse().expect("a moment");
    let files = Files::in_memory(files.iter().copied());
    Blog::new(files, Settings { generator: Some(generator), now: Some(now), ..Settings::default() })
}

/// Where links of a post lead, in words.
fn leads(generator: Generator, files: &[(&str, &str)], from: &str, links: &[(&str, &str)]) {
    let blog = blog(generator, files);
    let text = files.iter().find(|(path, _)| *path == from).expect("the post").1;
    let post = blog.post(from, text);
    let resolver = Resolver::new(&blog, &post);
    for (link, expected) in links {
        let said = match resolver.resolve(link) {
            Resolved::Found(target, anchor) => {
                target.source.clone() + &anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default()
            }
            Resolved::Source(target) => format!("source {}", target.source),
            Resolved::Hidden(target) => format!("hidden {}", target.source),
            Resolved::Missing(address) => match resolver.near(&address) {
                Some(Near::Case(near)) => format!("missing, case {near}"),
                Some(Near::Form(near)) => format!("missing, form {near}"),
                Some(Near::Folder(near)) => format!("missing, folder {near}"),
                Some(Near::Name(near)) => format!("missing, name {near}"),
                None => "missing".to_owned(),
            },
            Resolved::MissingAnchor(target, anchor) => {
                format!("no place, {}", resolver.near_anchor(&target, &anchor).unwrap_or_default())
            }
            Resolved::Doubled(address) => format!("doubled {address}"),
            Resolved::Forgotten(target) => format!("forgotten {}", target.source),
            Resolved::External => "external".to_owned(),
            Resolved::Scheme(scheme) => scheme,
            Resolved::Rewritten(by) => by,
            Resolved::Unknown(why) => format!("{why:?}"),
        };
        assert_eq!(said, *expected, "{link}");
    }
}

const EMPTY: &str = "---\n---\n";

#[test]
fn a_site_in_a_folder_of_its_own() {
    let files = [
        ("_config.yml", "source: ./docs/\n"),
        ("docs/_posts/2022-10-09-a.md", EMPTY),
        ("docs/assets/b.png", ""),
        ("b.png", ""),
    ];
    let links = [
        ("/assets/b.png", "docs/assets/b.png"),
        ("/2022/10/09/a.html", "docs/_posts/2022-10-09-a.md"),
        ("/b.png", "missing, folder /assets/b.png"),
    ];
    leads(Generator::Jekyll, &files, "docs/_posts/2022-10-09-a.md", &links);
}

#[test]
fn other_sites_on_the_same_host() {
    let files = [
        ("_config.yml", "url: https://example.com\npermalink: pretty\n"),
        ("_posts/2022-10-09-a.md", EMPTY),
        ("assets/b.png", ""),
    ];
    let links = [
        ("https://example.com/assets/b.png", "assets/b.png"),
        ("https://example.com/assets/c.png", "missing, name /assets/b.png"),
        ("https://example.com/c.png", "missing"),
        ("https://example.com/project", "external"),
        ("https://example.com/project/", "external"),
        ("/project", "missing"),
    ];
    leads(Generator::Jekyll, &files, "_posts/2022-10-09-a.md", &links);
}

/// What is said first, before other pages are read, and what is said once they are.
#[test]
fn places_on_pages_that_nobody_has_read_yet() {
    let files = [
        ("_config.yml", ""),
        ("_posts/2022-10-09-a.md", "---\n---\n[b](/2022/10/10/b.html#learned)\n[b](/2022/10/10/b.html#lerned)\n"),
        ("_posts/2022-10-10-b.md", "---\n---\n# Learned\n"),
    ];
    let blog = blog(Generator::Jekyll, &files);
    let (from, text) = files[1];
    let post = blog.post(from, text);
    let links = ["/2022/10/10/b.html#learned", "/2022/10/10/b.html#lerned"];
    let first = Resolver::of_what_is_read(&blog, &post);
    assert!(links.iter().all(|link| matches!(first.resolve(link), Resolved::Found(..))));
    let pending = first.into_left().pending;
    assert_eq!(pending.iter().map(|link| &*link.fragment).collect::<Vec<_>>(), ["learned", "lerned"]);
    let (path, text) = files[2];
    blog.let_go(&blog.post(path, text), &mut Left::default());
    assert_eq!(pending.iter().map(|link| blog.has_place(link)).collect::<Vec<_>>(), [true, false]);
    let then = Resolver::of_what_is_read(&blog, &post);
    assert!(matches!(then.resolve(links[1]), Resolved::MissingAnchor(_, fragment) if fragment == "lerned"));
    assert!(then.into_left().pending.is_empty());
}

/// A layout may give an id to each category that it lists.
#[test]
fn places_that_a_layout_computes() {
    let files = [
        ("_config.yml", "permalink: pretty\n"),
        ("_posts/2022-10-09-a.md", EMPTY),
        ("all.md", "---\nlayout: categories\n---\nAll posts.\n"),
        ("far.md", "---\nlayout: tags\n---\nAll posts.\n"),
        ("about.md", "---\nlayout: page\n---\n# Me\n"),
        ("_layouts/categories.html", "{{ content }}<section id=\"{{ name | slugify }}\"></section>"),
        ("_layouts/page.html", "{{ content }}"),
    ];
    let links = [
        ("/all/#week", "all.md"),
        ("/far/#week", "far.md"),
        ("/about/#me", "about.md#me"),
        ("/about/#you", "no place, "),
    ];
    leads(Generator::Jekyll, &files, "_posts/2022-10-09-a.md", &links);
}

#[test]
fn what_was_meant() {
    let files = [
        ("_config.yml", "theme: minima\npermalink: pretty\nplugins: [jekyll-paginate]\npaginate: 5\n"),
        ("_posts/2022-10-09-a.md", "---\n---\n# Learned\n## Learned too\n"),
        ("_posts/2022-10-10-b.md", EMPTY),
        ("_posts/2030-10-10-later.md", EMPTY),
        ("assets/img/Tree.png", ""),
        ("assets/img/\u{1102}\u{1161}.png", ""),
        ("README.md", "# Read me\n"),
    ];
    let links = [
        ("/assets/img/tree.png", "missing, case /assets/img/Tree.png"),
        ("/assets/img/나.png", "missing, form /assets/img/\u{1102}\u{1161}.png"),
        ("/assets/img/Trees.png", "missing, name /assets/img/Tree.png"),
        ("/assets/Tree.png", "Foreign"),
        ("/asets/img/Tree.png", "missing, folder /assets/img/Tree.png"),
        ("/assets/css/style.css", "Foreign"),
        ("/2022/10/09/b", "missing, folder /2022/10/10/b/"),
        ("/2022/10/10/b", "_posts/2022-10-10-b.md"),
        ("../../../../2022/10/10/b/", "_posts/2022-10-10-b.md"),
        ("/2030/10/10/later/", "hidden _posts/2030-10-10-later.md"),
        ("#learned-too", "_posts/2022-10-09-a.md#learned-too"),
        ("#Learned-too", "no place, learned-too"),
        ("#comments", "_posts/2022-10-09-a.md#comments"),
        ("/page2/", "Foreign"),
        ("/", "Doubtful"),
        ("2022-10-10-b.md", "Source"),
        ("{{ page.x }}", "Template"),
        ("tel:1", "tel"),
        ("/zzz/", "missing"),
        ("/assets/%FF.png", "Doubtful"),
        ("/assets/img/100%.png", "missing"),
    ];
    leads(Generator::Jekyll, &files, "_posts/2022-10-09-a.md", &links);
}

#[test]
fn zola() {
    let files = [
        ("config.toml", "base_url = \"https://a.b/c\"\ntaxonomies = [{name = \"tags\"}]\n"),
        ("content/_index.md", "+++\n+++\n"),
        ("content/posts/2022-10-09-first-post.md", "+++\n+++\n# One thing\n"),
        ("content/posts/second/index.md", "+++\nslug = \"other\"\n+++\n"),
        ("content/posts/second/tree.png", ""),
        ("content/posts/own.md", "+++\npath = \"somewhere\"\n+++\n"),
        ("content/posts/draft.md", "+++\ndraft = true\n+++\n"),
        ("static/a.pdf", ""),
    ];
    let links = [
        ("@/posts/second/index.md", "content/posts/second/index.md"),
        ("@/posts/nowhere.md", "missing"),
        ("@/posts/own.md", "content/posts/own.md"),
        ("/c/posts/other/tree.png", "content/posts/second/tree.png"),
        ("https://a.b/c/somewhere/", "content/posts/own.md"),
        ("../draft/", "hidden content/posts/draft.md"),
        ("#one-thing", "content/posts/2022-10-09-first-post.md#one-thing"),
        ("/c/a.pdf", "static/a.pdf"),
        ("/c/tags/x/", "Foreign"),
        ("/c/index.html", "content/_index.md"),
        ("/a.pdf", "forgotten static/a.pdf"),
        ("/c/c/a.pdf", "doubled /a.pdf"),
        ("/b.pdf", "Outside"),
        ("/c/nothing/", "missing"),
    ];
    leads(Generator::Zola, &files, "content/posts/2022-10-09-first-post.md", &links);
}

#[test]
fn hugo() {
    let files = [
        (
            "hugo.toml",
            "baseURL = \"https://a.b\"\n[permalinks]\nnotes = \"/:year/:slug/\"\n[languages.ko]\n[languages.en]\n",
        ),
        ("content/posts/First One.md", "---\ndate: 2022-10-09\n---\n# One thing\n"),
        ("content/posts/tour/index.md", "---\ntitle: Tour\n---\n"),
        ("content/posts/tour/index.ko.md", "---\ntitle: 여행\n---\n"),
        ("content/posts/tour/tree.png", ""),
        ("content/posts/map.png", ""),
        ("content/notes/a.md", "---\ntitle: A note\ndate: 2022-10-09\naliases: [/old/]\n---\n"),
        ("content/posts/draft.md", "---\ndraft: true\n---\n"),
        ("static/img/a.png", ""),
    ];
    let links = [
        ("/posts/first-one/", "content/posts/First One.md"),
        ("../tour/tree.png", "content/posts/tour/tree.png"),
        ("/ko/posts/tour/tree.png", "content/posts/tour/tree.png"),
        ("/ko/posts/tour/", "content/posts/tour/index.ko.md"),
        ("/posts/map.png", "content/posts/map.png"),
        ("/2022/a-note/", "content/notes/a.md"),
        ("/old", "content/notes/a.md"),
        ("/posts/draft/", "hidden content/posts/draft.md"),
        ("/posts/", "Foreign"),
        ("/", "Foreign"),
        ("/index.html", "Foreign"),
        ("/posts/index.html", "Foreign"),
        ("/notes/", "Foreign"),
        ("/tags/a/", "missing"),
        ("/tags/", "Foreign"),
        ("/img/a.png", "static/img/a.png"),
        ("tour/index.md", "source content/posts/tour/index.md"),
        ("/posts/tuor/", "missing, name /posts/tour/"),
        ("#one-thing", "content/posts/First One.md#one-thing"),
    ];
    leads(Generator::Hugo, &files, "content/posts/First One.md", &links);
}

#[test]
fn files_as_they_lie() {
    let files = [("notes/a.md", "# A\n"), ("notes/b.md", "# B\n"), ("c.png", "")];
    let links = [
        ("b.md", "notes/b.md"),
        ("../c.png", "c.png"),
        ("../b.md", "Foreign"),
        ("d.md", "missing, name /notes/a.md"),
        ("d.png", "Foreign"),
        ("/notes/b.md", "notes/b.md"),
        ("/anything", "Foreign"),
        ("https://a.b/", "external"),
    ];
    leads(Generator::Plain, &files, "notes/a.md", &links);
}

#[test]
fn references_of_liquid() {
    let files = [
        ("_config.yml", "baseurl: /notes\n"),
        ("_posts/2022-10-09-a.md", EMPTY),
        ("_posts/java/2022-10-10-b.md", EMPTY),
        ("til/_posts/2022-10-11-c.md", EMPTY),
        ("img/tree.png", ""),
    ];
    let blog = blog(Generator::Jekyll, &files);
    let to = |url: &str| Reference::To(url.to_owned());
    for (tag, expected, near) in [
        ("post_url 2022-10-09-a", to("/2022/10/09/a.html"), None),
        ("post_url /java/2022-10-10-b", to("/2022/10/10/b.html"), None),
        ("post_url 2022-10-10-b", to("/2022/10/10/b.html"), None),
        ("post_url til/2022-10-11-c", to("/til/2022/10/11/c.html"), None),
        ("post_url 2022-10-09-aa", Reference::Nowhere, Some("2022-10-09-a")),
        ("post_url a", Reference::Nowhere, None),
        ("link img/tree.png", to("/img/tree.png"), None),
        ("link /_posts/2022-10-09-a.md", to("/2022/10/09/a.html"), None),
        ("link tree.png", Reference::Nowhere, Some("img/tree.png")),
        ("link {{ page.a }}", Reference::Unknown, None),
    ] {
        let text = format!("---\n---\n[x]({{% {tag} %}})\n");
        let post = blog.post("_posts/2022-10-12-d.md", &text);
        let part = &post.liquid().parts[0];
        assert_eq!(blog.reference(&post, part), Some(expected.clone()), "{tag}");
        if expected == Reference::Nowhere {
            assert_eq!(blog.near_reference(&post, part).as_deref(), near, "{tag}");
        }
        if let Reference::To(url) = expected {
            assert_eq!(blog.links(&post)[0].destination, format!("/notes{url}"));
        }
    }
}
