//! `rules/dead-link.md`

mod assets;
mod bare;
mod slips;

use super::unportable_path::machine;
use super::{Check, RuleContext};
use crate::blog::links::{Reference, Resolved, ResolvedLink, Shape, Unknown, difference};
use crate::blog::urls::Near;
use crate::finding::{Edit, Findings};
use crate::generators::address::{Size, decoded};
use crate::generators::{Standing, Target};
use crate::text::{Refused, Span, beginning};

/// What the config can say.
#[derive(Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Options {
    /// Destinations that are not looked at.
    ignore: Vec<Pattern>,
}

/// A pattern of destinations, as they stand in the post; `*` stands for anything.
#[derive(Debug, Clone, serde::Deserialize, serde::Serialize)]
#[serde(try_from = "String", into = "String")]
struct Pattern(glob::Pattern);

impl TryFrom<String> for Pattern {
    type Error = Refused;

    fn try_from(source: String) -> Result<Self, Refused> {
        let refused = |error: glob::PatternError| Refused::new(format!("`{source}` is no pattern: {}", error.msg));
        glob::Pattern::new(&source).map(Pattern).map_err(refused)
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> String {
        pattern.0.as_str().to_owned()
    }
}

/// Links of the blog to itself that lead nowhere.
pub(crate) fn with(options: Options) -> Check {
    Box::new(move |context, findings| {
        assets::check(context, findings);
        let told = references(context, findings);
        let is_told = |lead: &ResolvedLink| {
            let after = told.partition_point(|span| span.start < lead.link.span.start);
            told.get(after).is_some_and(|span| span.start < lead.link.span.end)
        };
        for lead in context.resolved_links() {
            let is_ignored = options.ignore.iter().any(|pattern| pattern.0.matches(&lead.link.destination));
            if !is_ignored && !is_told(lead) && !bare::check(context, lead, findings) {
                check(context, lead, findings);
            }
        }
    })
}

fn check(context: &RuleContext, lead: &ResolvedLink, findings: &mut Findings) {
    if context.post.body.formula_at(lead.link.span.start).is_some() {
        return;
    }
    // What readers see as an address may be an example of one.
    if context.post.text[lead.link.span].starts_with(['[', '!'])
        && let Some(slip) = slips::slip(&lead.link.destination)
    {
        let shown = beginning(&lead.link.destination, SHOWN);
        findings.at(lead.place, format!("`{shown}` leads nowhere: {}", slip.why)).help(slip.help);
        return;
    }
    if let Some(size) = size(lead) {
        return sized(context, lead, &size, findings);
    }
    match &lead.resolved {
        // Other rules speak of these.
        Resolved::Missing(_) if matches!(lead.near, Some(Near::Case(_))) => {}
        Resolved::Missing(_) if machine(context, lead).is_some() => {}
        Resolved::Missing(address) => {
            let mut message = message(&lead.link.destination, address);
            if context.blog.site().stops_at_lost_image && lead.link.shape == Shape::Image {
                message += &format!(", so {} stops", context.blog.site().features.name);
            }
            let finding = findings.at(lead.place, message);
            match &lead.near {
                Some(near) => drop(finding.help(help(context, lead, near))),
                None if let Some((source, fate)) = context.blog.unbuilt_at(address) => {
                    finding.help(format!("`{source}` {fate}"));
                }
                None if is_host(&lead.link.destination) => {
                    finding.help(format!("did you mean `https://{}`?", beginning(&lead.link.destination, SHOWN)));
                }
                None => {}
            }
        }
        Resolved::Doubled(address) => {
            let base = &context.blog.map().base;
            let message = format!("this leads to `{base}{base}{address}`: `{base}` is in it twice");
            let help = match context.blog.site().may_lack_base {
                true => "`relative_url` and `absolute_url` put it there already",
                false => "`post_url`, `link` and `relative_url` begin with it already",
            };
            findings.at(lead.place, message).help(help);
        }
        // Layouts hand on what keys say, and another may put the path of the site before it.
        Resolved::Forgotten(_) if lead.place.start < context.post.body.span.start => {}
        Resolved::Forgotten(target) => {
            let base = &context.blog.map().base;
            let shown = beginning(&lead.link.destination, SHOWN);
            findings
                .at(lead.place, format!("`{shown}` leads out of the site, which lies under `{base}`"))
                .help(format!("write `{base}{}`", beginning(&target.url, SHOWN)));
        }
        Resolved::Source(target) => {
            let shown = beginning(&lead.link.destination, SHOWN);
            let name = context.blog.site().features.name;
            let message = format!("{name} leaves `{shown}` as it is, and the page of that post has another address");
            let finding = findings.at(lead.place, message);
            if let Some(link) = context.blog.site().link_to_post {
                let path = target.source.rsplit_once('.').map_or(&*target.source, |(path, _)| path);
                finding.help(match link(path) {
                    link if link.is_empty() => "write the address of its page".to_owned(),
                    link => format!("write `{link}`"),
                });
            }
        }
        Resolved::Hidden(target) => hidden(context, lead, target, findings),
        Resolved::Rewritten(by) => findings.not_checked(lead.place, format!("{by} makes another address of this")),
        Resolved::Unknown(Unknown::Foreign) if is_surely_host(&lead.link.destination) => {
            let shown = beginning(&lead.link.destination, SHOWN);
            let message = format!("`{shown}` is a path on this site: nothing says that it begins with a host");
            findings.at(lead.place, message).help(format!("did you mean `https://{shown}`?"));
        }
        Resolved::Unknown(why) => findings.not_checked(lead.place, reason(*why)),
        _ => {}
    }
}

/// The size that became part of the address of an image: what lies there has another one.
fn size(lead: &ResolvedLink) -> Option<Size> {
    let may_be_sized = match lead.resolved {
        Resolved::Missing(_) | Resolved::Unknown(_) => true,
        Resolved::External => lead.link.shape == Shape::Image,
        _ => false,
    };
    Size::of(&lead.link.destination).filter(|_| may_be_sized && lead.link.shape != Shape::Html)
}

fn sized(context: &RuleContext, lead: &ResolvedLink, size: &Size, findings: &mut Findings) {
    let (address, written) = lead.link.destination.split_at(size.at);
    let (written, attributes) = (written.trim_start(), size.attributes());
    let engine = context.engine().map_or("the Markdown engine", |engine| engine.name());
    let message = format!(
        "the size `{written}` is part of the address, and nothing lies at `{}`",
        beginning(address, SHOWN) + " " + written
    );
    let finding = findings.at(lead.place, message);
    finding.help(format!("{engine} reads no size there: write `{{: {attributes}}}` behind the `)`"));
    let text = context.post.text;
    let rest = &text[lead.place.end..];
    let has_list = rest.starts_with(')') && !rest[1..].starts_with('{');
    if lead.is_written && has_list && text[lead.place] == *lead.link.destination {
        let edits = vec![
            Edit::new(Span::new(lead.place.start + size.at, lead.place.end), ""),
            Edit::insert(lead.place.end + 1, format!("{{: {attributes}}}")),
        ];
        finding.unsafe_fix("write the size as attributes", edits);
    }
}

/// So much of a destination is shown, in characters.
const SHOWN: usize = 100;

fn message(written: &str, address: &str) -> String {
    let shown = beginning(address, SHOWN);
    match written {
        written if written == address => format!("there is nothing at `{shown}`"),
        written => format!("`{}` leads to `{shown}`, where nothing is", beginning(written, SHOWN)),
    }
}

fn help(context: &RuleContext, lead: &ResolvedLink, near: &Near) -> String {
    let spelled = |address: &str| context.resolver().spelled(address, &lead.link.destination);
    match near {
        Near::Form(address) => {
            match difference(&decoded(&lead.link.destination), &tail_of(address, &lead.link.destination)) {
                Some(how) => format!("`{}` only looks the same: {how}", spelled(address)),
                None => {
                    format!("`{address}` only looks the same: its name is in another Unicode form, so rename the file")
                }
            }
        }
        Near::Case(address) | Near::Folder(address) | Near::Name(address) => {
            format!("did you mean `{}`?", spelled(address))
        }
    }
}

/// As much of the end of an address as a destination has parts.
fn tail_of(address: &str, written: &str) -> String {
    let parts = written.trim_start_matches(['.', '/']).matches('/').count() + 1;
    let tail: Vec<&str> = address.rsplitn(parts + 1, '/').take(parts).collect();
    let start = &written[..written.len() - written.trim_start_matches(['.', '/']).len()];
    start.to_owned() + &tail.into_iter().rev().collect::<Vec<_>>().join("/")
}

/// Whether a destination begins with the name of a host: `www.example.com`, `example.org/a`.
fn is_host(written: &str) -> bool {
    let (host, rest) = written.split_once('/').unwrap_or((written, ""));
    let ending = host.rsplit('.').next().unwrap_or_default();
    let is_name = host.len() > ending.len() + 1
        && host.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '.' || sign == '-');
    let is_common = ["com", "org", "net", "io", "dev", "edu", "kr", "jp", "cn", "fr", "de"].contains(&ending);
    is_name
        && !host.starts_with('.')
        && (host.starts_with("www.") || is_common || host.matches('.').count() > 1 && !rest.is_empty())
}

/// Whether it can hardly be a folder of the site, whatever plugins write there.
fn is_surely_host(written: &str) -> bool {
    let host = written.split('/').next().unwrap_or_default();
    let is_usual = [".com", ".org", ".net", ".io", ".kr", ".edu"].iter().any(|ending| host.ends_with(ending));
    is_host(written) && (host.starts_with("www.") || is_usual && written.len() > host.len() + 1)
}

/// What is not published itself may lead to its like.
fn hidden(context: &RuleContext, lead: &ResolvedLink, target: &Target, findings: &mut Findings) {
    let own = context.resolver().own().map(|own| own.standing);
    let source = &target.source;
    match target.standing {
        _ if own.is_none_or(|own| own != Standing::Written) => {}
        Standing::Unpublished => {
            let stops = stops_at_internal(context, lead);
            findings
                .at(lead.place, format!("this leads to `{source}`, which is not published{stops}"))
                .help("publish it, or take the link out");
        }
        _ => findings.not_checked(lead.place, format!("`{source}` is published when its day has come")),
    }
}

/// What a build makes of a link that names a source which has no page.
fn stops_at_internal(context: &RuleContext, lead: &ResolvedLink) -> &'static str {
    let mark = context.blog.map().plan.internal.map(|(mark, _)| mark);
    if mark.is_some_and(|mark| lead.link.destination.starts_with(mark)) { ", so the build stops" } else { "" }
}

fn reason(why: Unknown) -> &'static str {
    match why {
        Unknown::Template => "only the built site knows where this leads",
        Unknown::OwnAddress => "the address of the post itself is not known",
        Unknown::Foreign => "a plugin, a theme or the generator may write what lies there",
        Unknown::Doubtful => "whether that page is written is not known",
        Unknown::Outside => "this leads out of the path that the site lies under",
        Unknown::Source => "this names a source, which some builds of the site turn into its page",
    }
}

/// `{% post_url %}` and `{% link %}` that lead nowhere; says where they stand.
fn references(context: &RuleContext, findings: &mut Findings) -> Vec<Span> {
    let (post, blog) = (context.post, context.blog);
    let mut told = Vec::new();
    for part in blog.liquid(post).map_or(&[][..], |liquid| &liquid.parts) {
        let unbuilt = match blog.reference(post, part) {
            Some(Reference::Nowhere) => None,
            Some(Reference::Unbuilt(path, fate)) => Some((path, fate)),
            _ => continue,
        };
        told.push(part.span);
        let written = post.text[part.markup].trim();
        let what = if &post.text[part.name] == "link" { "file" } else { "post" };
        let span = crate::text::trimmed(post.text, part.markup);
        let span = if span.is_empty() { part.span } else { span };
        if let Some((path, fate)) = unbuilt {
            findings.at(span, format!("`{path}` {fate}, so the build stops"));
            continue;
        }
        let finding =
            findings.at(span, format!("there is no {what} `{}`, so the build stops", beginning(written, SHOWN)));
        if let Some(near) = blog.near_reference(post, part) {
            finding.help(match difference(written, &near) {
                Some(how) => format!("`{near}` only looks the same: {how}"),
                None => format!("did you mean `{near}`?"),
            });
        }
    }
    told
}
