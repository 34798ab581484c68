//! `rules/local-url.md`

use memchr::memmem;

use super::RuleContext;
use crate::blog::links::{PageLink, Shape};
use crate::finding::Findings;
use crate::generators::address::{Reference, is_own_machine};
use crate::text::beginning;

/// Links to the preview of the blog on the author's own machine, and to files there.
pub(super) fn check(context: &RuleContext, findings: &mut Findings) {
    let may_name_host =
        |address: &str| address.trim_start().starts_with("//") || memchr::memchr(b':', address.as_bytes()).is_some();
    for lead in context.resolved_links().iter().filter(|lead| may_name_host(&lead.link.destination)) {
        let (link, place) = (&lead.link, &lead.place);
        let shown = || beginning(&link.destination, SHOWN);
        match Reference::read(&link.destination) {
            Reference::Scheme(scheme) if scheme == "file" && !is_shown(context, link, "file:") => {
                findings
                    .at(*place, format!("`{}` is a file on your own machine, which no reader has", shown()))
                    .help("put the file in the blog, and write its path from there");
            }
            Reference::Host { host, rest } => {
                let (name, port) = host.split_once(':').unwrap_or((&host, ""));
                let is_local = is_own_machine(name);
                let is_preview = || link.shape == Shape::Image || context.blog.site().features.port == Some(port);
                if is_local && is_preview() && !is_shown(context, link, name) {
                    let help = match rest.path {
                        "" => "write `/`, which leads to the start of the blog".to_owned(),
                        path => format!("write `{}`", beginning(path, SHOWN)),
                    };
                    findings.at(*place, format!("`{}` is the preview on your own machine", shown())).help(help);
                }
            }
            _ => {}
        }
    }
}

/// So much of a destination is shown, in characters.
const SHOWN: usize = 100;

/// Whether the reader sees the address, too: who writes of a server on the reader's own machine means it.
fn is_shown(context: &RuleContext, link: &PageLink, part: &str) -> bool {
    const LONGEST: usize = 4096;
    let source = &context.post.text.as_bytes()[link.span];
    let source = &source[..source.len().min(LONGEST)];
    let times = memmem::find_iter(source, part.as_bytes()).take(2).count();
    times == 2 || !source.starts_with(b"[") && !source.starts_with(b"!") && !source.starts_with(b"<a ")
}
