//! What postlint takes for the addresses and the links of a blog, to hold it against what the generator writes.
//!
//!     link_map BLOG            one JSON object a line for each page and file of the site
//!     link_map BLOG --links    one JSON object a line for each post, with its links and where they lead
//!     link_map BLOG --time     how long the map takes, and after it the links of one post

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use postlint::blog::links::{Resolved, Resolver};
use postlint::blog::{Blog, Settings};
use postlint::files::Files;
use postlint::post::Post;
use serde_json::{Value, json};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let root = PathBuf::from(arguments.next().expect("usage: link_map BLOG [--links|--time]"));
    let root = root.canonicalize().expect("a folder");
    let blog = || Blog::new(Files::on_disk(&root), Settings::default());
    match arguments.next().as_deref() {
        Some("--time") => (0..5).for_each(|_| time(&blog())),
        Some("--links") => links(&blog()),
        _ => targets(&blog()),
    }
}

fn time(blog: &Blog) {
    let start = Instant::now();
    let targets = blog.map().targets().len();
    println!("{targets} targets in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let Some((path, text)) = blog.posts().last().and_then(|path| read(blog, path)) else { return };
    let start = Instant::now();
    let count = verdicts(blog, &blog.post(path, &text)).len();
    println!("{count} links of {path} in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
}

fn targets(blog: &Blog) {
    for target in blog.map().targets() {
        let (kind, standing) = (format!("{:?}", target.kind), format!("{:?}", target.standing));
        let place = json!({"url": target.url, "file": target.file, "source": target.source});
        println!("{}", json!({"target": place, "kind": kind, "standing": standing}));
    }
}

fn links(blog: &Blog) {
    for (path, text) in blog.posts().iter().filter_map(|path| read(blog, path)) {
        let post = blog.post(path, &text);
        let own = blog.target(&post).map(|own| json!({"url": own.url, "file": own.file}));
        println!("{}", json!({"path": path, "own": own, "links": verdicts(blog, &post)}));
    }
}

fn read<'p>(blog: &Blog, path: &'p str) -> Option<(&'p str, Arc<str>)> {
    Some((path, blog.files.read(path).ok()?))
}

fn verdicts(blog: &Blog, post: &Post) -> Vec<Value> {
    let resolver = Resolver::new(blog, post);
    let verdict = |destination: &str| match resolver.resolve(destination) {
        Resolved::Found(target, _) => ("found".to_owned(), target.file.clone()),
        Resolved::Source(target) | Resolved::Hidden(target) => ("hidden".to_owned(), target.source.clone()),
        Resolved::Missing(address) => ("missing".to_owned(), format!("{address} {:?}", resolver.near(&address))),
        Resolved::MissingAnchor(target, anchor) => {
            ("missing anchor".to_owned(), format!("{anchor} {:?}", resolver.near_anchor(&target, &anchor)))
        }
        Resolved::Doubled(address) => ("doubled".to_owned(), address),
        Resolved::Forgotten(target) => ("forgotten".to_owned(), target.file.clone()),
        Resolved::External => ("external".to_owned(), String::new()),
        Resolved::Scheme(scheme) => ("scheme".to_owned(), scheme),
        Resolved::Rewritten(by) => ("rewritten".to_owned(), by),
        Resolved::Unknown(why) => ("unknown".to_owned(), format!("{why:?}")),
    };
    let links = blog.links(post);
    let row = |link: &postlint::blog::links::PageLink| {
        let (verdict, more) = verdict(&link.destination);
        let written = link.destination_span.as_ref().map(|span| post.text[*span].to_owned());
        json!({"destination": link.destination, "written": written, "verdict": verdict, "more": more, "at": link.span.start})
    };
    links.iter().map(row).collect()
}
