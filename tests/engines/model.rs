//! Whether postlint takes a blog for what its engine made of it.

use postlint::blog::links::{Resolved, Resolver};
use postlint::generators::Standing;
use postlint::generators::address::decoded;
use postlint::markdown::page::{Event, What};

use regex::Regex;

use crate::subject::{Asked, Engine};
use crate::support::NOW;
use crate::{html, math, normal_html};

/// Where postlint and the engine do not agree.
pub fn differences(asked: &Asked) -> Vec<String> {
    let mut differing: Vec<String> = math::differences(asked).into_iter().collect();
    // Only a whole site misses what a post links to.
    let is_asked = |rule: &str| asked.engine.builds_sites() || rule != "dead-link";
    let stops = asked.found.iter().any(|finding| finding.message.contains("stop") && is_asked(&finding.rule));
    let unread = asked.found.iter().any(|finding| &*finding.rule == "invalid-liquid");
    if stops != asked.answer.stops && !(unread && asked.answer.stops) {
        let said = asked.answer.log().join("\n");
        differing.push(format!("the build stops: engine {}, postlint {stops}\n{said}", asked.answer.stops));
    }
    if asked.answer.stops {
        return differing;
    }
    let example = &asked.shown.example;
    differing.extend(asked.said().iter().filter_map(|said| told(asked, said)));
    let folder = example.blog();
    let blog = example.open(folder.path());
    let post = blog.post(&example.path, &example.text);
    let made = asked.answer.page(&example.path);
    let file = made.map(|page| page.file.as_str());
    match blog.target(&post) {
        // Of an example for a Markdown engine nothing else is known.
        _ if !asked.engine.builds_sites() => {}
        _ if asked.engine == Engine::Hugo && !example.path.starts_with("content/") => {}
        Some(target) if target.standing == Standing::Doubtful => {}
        Some(target) => {
            let ours = (target.standing == Standing::Written).then_some(target.file.as_str());
            if ours != file {
                differing.push(format!("its page: engine {file:?}, postlint {ours:?}"));
            }
        }
        // Where it goes is not known, or it is no post.
        None => {}
    }
    let Some(made) = made else { return differing };
    let theirs = normal_html::normal(&made.content);
    let ours = normal_html::normal(&html::print(&post.page));
    // Of the branches of an `if` all are in the model, so it is held against pages without such tags.
    let told = ["comment", "endcomment", "endraw", "link", "post_url", "raw"];
    let tag = Regex::new(r"\{%-?\s*(\w+)").expect("a pattern");
    let is_plain = tag.captures_iter(&example.text).all(|tag| told.contains(&&tag[1]));
    let is_read = example.text.starts_with(|first: char| !first.is_whitespace())
        && !example.text.contains("{{<")
        && !theirs.contains("user-select:none")
        && !asked.found.iter().any(|finding| &*finding.rule == "invalid-front-matter")
        // What stands in a tag by accident is no text.
        && !asked.found.iter().any(|finding| finding.message.contains("a browser takes it for the beginning of a tag"))
        // What a tag of Nunjucks prints is not in the model.
        && !ours.contains("<!--tag-->")
        // The same of tags and expressions of MDX.
        && !ours.contains("<!---->")
        && !ours.contains("<x>");
    // Some hand formulas on with the signs they are written with, some without, some as HTML, which the model of a page does not
    // keep.
    let is_math = |event: &Event| matches!(event.what, What::Math { .. });
    let is_told = post.page.events.iter().any(is_math) || ours.contains("\\(");
    let has_math = asked.engine != Engine::Jekyll && is_told;
    let bare = |text: &str| {
        let signs = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")];
        let signs = signs.into_iter().chain(["\\(", "\\)", "\\[", "\\]", "$"].map(|sign| (sign, "")));
        signs.fold(text.to_owned(), |text, (sign, plain)| text.replace(sign, plain))
    };
    let same = |ours: &str, theirs: &str| if has_math { bare(ours) == bare(theirs) } else { ours == theirs };
    let is_same = match asked.engine {
        Engine::Jekyll => !is_plain || is_page(&ours, &theirs),
        Engine::Eleventy => !is_plain || is_page(&words(&ours), &words(&theirs)),
        // What a shortcode prints, the numbers of lines of code, and front matter behind white space, which Hugo reads, are not in the model.
        _ => !is_read || same(&words(&ours), &words(&theirs)),
    };
    if !is_same {
        differing.push(format!("the page\n--- engine\n{theirs}\n+++ postlint\n{ours}"));
    }
    // Of a whole site, only these write one here.
    if !matches!(asked.engine, Engine::Jekyll | Engine::Hugo) {
        return differing;
    }
    let built = asked.answer.built(example);
    let links = built.links(&made.file);
    let resolver = Resolver::new(&blog, &post);
    let found = blog.links(&post);
    for (destination, told) in links {
        let Some(ours) = found.iter().find(|link| decoded(&link.destination) == decoded(&destination)) else {
            continue;
        };
        let said = match resolver.lead(ours) {
            Resolved::Found(target, _) => format!("found {}", target.file),
            Resolved::Source(_) | Resolved::Hidden(_) | Resolved::Missing(_) | Resolved::Doubled(_) => {
                "missing".to_owned()
            }
            Resolved::Forgotten(_) => "outside".to_owned(),
            Resolved::MissingAnchor(target, _) => format!("missing place {}", target.file),
            Resolved::External | Resolved::Scheme(_) => "elsewhere".to_owned(),
            Resolved::Rewritten(_) | Resolved::Unknown(_) => continue,
        };
        let made = told.strip_prefix("missing place ").is_some_and(|page| built.has_scripts(page));
        if said != told && !made {
            differing.push(format!("{destination}: engine {told}, postlint {said}"));
        }
    }
    differing
}

/// What a finding says of the page of the post, if it is not so.
fn told(asked: &Asked, said: &str) -> Option<String> {
    let day = Regex::new(r"[Jj]ekyll publishes (?:this|the) post under (\d+)-(\d+)-(\d+)").expect("a pattern");
    let file = asked.answer.page(&asked.shown.example.path).map_or("", |page| &page.file);
    let is_so = if let Some(day) = day.captures(said) {
        file.contains(&format!("{}/{}/{}", &day[1], &day[2], &day[3]))
    } else if said.contains("under the day of the build") {
        file.starts_with(&NOW[..10].replace('-', "/"))
    } else {
        !(said.contains("leaves this post out") || said.contains("leaves it out")) || file.is_empty()
    };
    let is_left_out = file.is_empty() && asked.found.iter().any(|finding| finding.message.contains("post out"));
    (!is_so && !is_left_out).then(|| format!("the page is `{file}`, and postlint says: {said}"))
}

/// Whether a page is what postlint takes it for: a row of `x` stands for what Liquid prints.
fn is_page(ours: &str, theirs: &str) -> bool {
    let parts = Regex::new("x{4,}").expect("a pattern").split(ours).map(regex::escape).collect::<Vec<_>>().join(".*");
    Regex::new(&format!("(?s)^{parts}$")).is_ok_and(|page| page.is_match(theirs))
}

/// The text that readers see of a page. Of tags, ids and white space each engine has its own.
fn words(page: &str) -> String {
    let text = Regex::new("(?s)<!--.*?-->|</?[a-zA-Z][^>]*>").expect("a pattern").replace_all(page, "").into_owned();
    text.split_whitespace().collect()
}
