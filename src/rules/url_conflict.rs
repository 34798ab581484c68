//! `rules/url-conflict.md`

use super::RuleContext;
use crate::finding::{Findings, OtherFile};
use crate::generators::{Kind, Target};

/// Two sources that are written to one file.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    let Some(own) = blog.target(post).filter(Target::is_expected) else { return };
    // A plugin that writes pages may also give them other addresses.
    if !blog.is_post(post.path) || blog.map().has_foreign_pages() {
        return;
    }
    let features = blog.site().features;
    let Some(other) = blog.map().rivals(&own).into_iter().next() else { return };
    let (url, source) = (&own.url, &other.source);
    let outcome = match features.stops_at_clash {
        true => format!("{} stops the build", features.name),
        false => "one of them is lost".to_owned(),
    };
    let message = match other.kind {
        _ if other.file != own.file => {
            format!(
                "this post becomes `{url}` and `{source}` `{}`, which differ only in upper and lower case",
                other.url
            )
        }
        Kind::Redirect => format!("`{source}` says that `{url}` leads on to it, and this post becomes the same page"),
        _ => format!("this post and `{source}` both become `{url}`, so {outcome}"),
    };
    let finding = findings.at(post.place_of(features.address_keys, post.text), message);
    finding.help(features.other_address);
    if let Some(rival) = blog.source(source).filter(|rival| !rival.text.trim().is_empty()) {
        let text = &*rival.text;
        let (keys, what) = match other.kind {
            Kind::Redirect => (REDIRECTS, "here"),
            _ => (features.address_keys, "the other one"),
        };
        let span = rival.head.place_of(keys, text);
        let end = text[span.end..].find('\n').map_or(text.len(), |line| span.end + line);
        finding.label_in(OtherFile { path: source.clone(), text: text[..end].to_owned() }, span, what);
    }
}

/// The keys that further addresses come from: jekyll-redirect-from's, Hugo's and Zola's.
const REDIRECTS: &[&str] = &["redirect_from", "aliases"];
