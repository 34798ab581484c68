//! URLs of other sites: which of them a post links to, and what came of asking for them.

mod allowed;
mod hosts;
mod lychee;

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use self::allowed::Allowed;
pub(crate) use self::lychee::PROGRAM;
use super::Blog;
use super::links::{Resolved, ResolvedLink, Resolver, is_template};
use crate::files::Files;
use crate::generators::address::{Reference, is_own_machine, without_breaks};
use crate::post::Post;

/// What came of asking for URLs; one that is not here is well, or the author wants nobody to ask for it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Answers(HashMap<String, Answer>);

/// Who asks, and how, by the command line.
#[derive(Debug)]
pub(crate) struct Lychee<'a> {
    /// The program.
    pub program: &'a Path,
    /// A config of which all counts, so that private networks are asked unless it says otherwise.
    pub config: Option<&'a Path>,
}

/// What came of asking for a URL that is not well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// No reader gets there.
    Dead(Death),
    /// Its host could not be reached; why, in a few words.
    Unreached { host: String, why: String },
    /// Nothing is known of it; why, in a few words.
    Unclear(String),
}

/// Why no reader gets to a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Death {
    /// Its server says that nothing is there, with this status of HTTP (RFC 9110, sections 15.5.5 and 15.5.11).
    Nothing(&'static str),
    /// Nobody has the name of its host.
    Host,
    /// The page is there, and nothing on it has the id that the URL ends with.
    Anchor,
    /// Browsers cannot read it as a URL.
    Unreadable,
}

/// What came of asking for URLs, none of them twice, and what the blog tells lychee in vain: keys of its `lychee.toml`.
///
/// # Errors
/// Why nobody could be asked, in a line.
pub(crate) fn ask(files: &Files, lychee: &Lychee, urls: &[String]) -> Result<(Answers, Vec<String>), String> {
    let Allowed { options, unheeded } = allowed::read(files);
    let mut answers = lychee::ask(files.root(), lychee, &options, urls)?;
    answers.find_unknown_hosts(urls);
    if lychee.config.is_some() {
        return Ok((answers, Vec::new()));
    }
    answers.leave_private_hosts(urls);
    Ok((answers, unheeded))
}

impl Answers {
    fn find_unknown_hosts(&mut self, urls: &[String]) {
        let unreached = self.0.values().filter_map(|answer| match answer {
            Answer::Unreached { host, .. } => Some(host.clone()),
            _ => None,
        });
        let answered = urls.iter().filter(|url| matches!(self.get(url), None | Some(Answer::Dead(Death::Nothing(_)))));
        let answered: BTreeSet<String> = answered.filter_map(|url| host(url)).collect();
        let unknown = hosts::unknown(&unreached.collect(), &answered, hosts::look_up);
        for answer in self.0.values_mut() {
            if matches!(answer, Answer::Unreached { host, .. } if unknown.contains(host)) {
                *answer = Answer::Dead(Death::Host);
            }
        }
    }

    /// lychee is told to ask nobody in a private network.
    fn leave_private_hosts(&mut self, urls: &[String]) {
        const WHY: &str = "it leads into a private network, where nobody is asked";
        let private = urls
            .iter()
            .filter(|url| matches!(Reference::read(url), Reference::Host { host, .. } if hosts::is_private(&host)));
        self.0.extend(private.map(|url| (url.clone(), Answer::Unclear(WHY.to_owned()))));
    }

    /// What came of asking for a URL, if it is not well.
    pub(crate) fn get(&self, url: &str) -> Option<&Answer> {
        self.0.get(url)
    }
}

impl Blog {
    /// The URLs of other sites that a post links to, in the order of the post.
    pub(crate) fn external_urls(&self, post: &Post) -> Vec<String> {
        let leads = Resolver::new(self, post).resolved(post, self.links(post));
        leads.iter().filter_map(|lead| url_of(post, lead)).collect()
    }
}

/// The URL that a browser asks for when a reader follows a link to another site; `None` for other links, for what only
/// the built site knows, and for servers on the reader's own machine.
pub(crate) fn url_of(post: &Post, lead: &ResolvedLink) -> Option<String> {
    let written = &lead.link.destination;
    let is_external = lead.resolved == Resolved::External && !is_template(written);
    if !is_external || post.body.formula_at(lead.link.span.start).is_some() {
        return None;
    }
    let url = without_breaks(written);
    let url = url.trim_matches(|sign: char| sign <= ' ');
    let Reference::Host { host, .. } = Reference::read(url) else { return None };
    let scheme = if url.starts_with("//") { "https:" } else { "" };
    // kramdown 2.4.0 hands a reference to a character on as it is (`utils/html.rb`), and the browser resolves it.
    (!is_own_machine(&host)).then(|| format!("{scheme}{}", url.replace("&amp;", "&")))
}

/// The name of a URL's host; `None` for an address of IPv6.
fn host(url: &str) -> Option<String> {
    let Reference::Host { host, .. } = Reference::read(url) else { return None };
    host.split(':').next().filter(|name| !name.starts_with('[')).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::Settings;
    use crate::files::Files;
    use crate::generators::Generator;

    #[test]
    fn urls_of_a_post() {
        let settings = Settings { generator: Some(Generator::Jekyll), ..Settings::default() };
        let blog = Blog::new(Files::in_memory([]), settings);
        for (text, urls) in [
            ("[a](https://a.example/b?c&amp;d#e)", &["https://a.example/b?c&d#e"][..]),
            ("![a](//a.example/b.png) <http://b.example>", &["https://a.example/b.png", "http://b.example"]),
            ("<a href=' https://a.example/b '>c</a>", &["https://a.example/b"]),
            ("[a][b] [c][b]\n\n[b]: https://b.example/회고", &["https://b.example/회고", "https://b.example/회고"]),
            ("[a](https://a.example/{{ page.b }}) [c](https://{{ site.d }}/e)", &[]),
            ("[a](https://a.example/${b}) [c](https://a.example/<%= d %>)", &[]),
            ("[a](http://localhost:4000/b) [c](http://127.0.0.1:8080)", &[]),
            ("[a](/b) [c](mailto:d@e.example) [f](#g) $x[h](https://a.example)$", &[]),
            ("`https://a.example` <script src='https://a.example'></script>", &[]),
        ] {
            let post = blog.post("_posts/2022-10-09-week.md", text);
            assert_eq!(blog.external_urls(&post), urls, "{text}");
        }
    }
}
