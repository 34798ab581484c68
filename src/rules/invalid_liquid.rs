//! `rules/invalid-liquid.md`

use serde::{Deserialize, Serialize};

use super::swallowed_liquid::{Element, elements};
use super::{Check, RuleContext};
use crate::finding::Findings;
use crate::liquid::{BRANCHES, Part, Role, What, included_file, words};
use crate::post::Post;
use crate::text::{Span, holding, is_slip, nearest};

/// What the config can say.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Options {
    /// Tags of plugins.
    tags: Vec<String>,
    /// Tags of plugins that an `end…` closes.
    blocks: Vec<String>,
}

/// Liquid that stops the build, or that Liquid warns of and skips.
pub(crate) fn with(options: Options) -> Check {
    Box::new(move |context, findings| check(&options, context, findings))
}

fn check(options: &Options, context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(liquid) = context.blog.liquid(post) else { return };
    let elements = elements(post, context.before_liquid());
    // What is wrong within a formula or code was not meant for Liquid, which is what another rule is about.
    for fault in liquid.faults.iter().filter(|fault| element_at(&elements, fault.span.start).is_none()) {
        let finding = findings.at(fault.span, words::message(post.text, fault));
        if let Some(help) = words::help(post.text, fault) {
            finding.help(help);
        }
        if let What::WrongEnd { opener } | What::UnexpectedBranch { opener } = &fault.what {
            finding.label(*opener, "opened here");
        }
    }
    let mut told: Option<usize> = None;
    for part in &liquid.parts {
        match part.role {
            Role::Unknown => {
                let element = element_at(&elements, part.span.start);
                let place = element.map(|element| element.span.start);
                // Who shows the template of another engine hears of it once.
                if (place.is_none() || place != told) && check_unknown(options, context, part, element, findings) {
                    told = place;
                }
            }
            Role::Tag => check_include(context, part, findings),
            _ => {}
        }
    }
}

fn element_at(elements: &[Element], offset: usize) -> Option<&Element> {
    holding(elements, offset, |element| &element.content)
}

/// A tag that neither Liquid nor Jekyll has; says whether that is at fault.
fn check_unknown(
    options: &Options,
    context: &RuleContext,
    part: &Part,
    element: Option<&Element>,
    findings: &mut Findings,
) -> bool {
    let post = context.post;
    let site = context.blog.site();
    let name = &post.text[part.name];
    let block = name.strip_prefix("end").unwrap_or(name);
    let is_named = |list: &[String], name: &str| list.iter().any(|listed| listed == name);
    if is_named(&options.blocks, block) {
        if name == block && part.partner.is_none() {
            findings.at(part.span, words::never_closed(name)).help(words::close(name));
        }
        return false;
    }
    let liquid = post.liquid();
    let known =
        |name: &str| is_named(&options.tags, name) || is_named(&site.plugin_tags, name) || liquid.has_opaque(name);
    if known(name) || known(block) {
        return false;
    }
    let standard: Vec<&str> = liquid.standard_tags().chain(BRANCHES.iter().copied()).collect();
    let is_typo = standard.iter().any(|standard| is_slip(name, standard));
    if !is_typo {
        let unseen = match liquid.lacks() {
            Some(missing) => Some(format!("the tag `{name}` may come from {missing}")),
            None => site.has_unknown_tags.then(|| format!("a plugin of the site may have the tag `{name}`")),
        };
        if let Some(unseen) = unseen {
            findings.not_checked(part.span, unseen);
            return false;
        }
    }
    let message = match liquid.given() {
        Some(_) => format!("neither Liquid nor the config of {} has a tag `{name}`", site.features.name),
        None => words::unknown_tag(name),
    };
    let finding = findings.at(part.span, message);
    match (element, nearest(name, standard)) {
        (Some(element), _) => {
            finding.help(element.advice(post));
            if let Some((message, edits)) = element.repair(post) {
                finding.unsafe_fix(message, edits);
            }
        }
        (None, Some(near)) => drop(finding.help(format!("did you mean `{near}`?"))),
        (None, None) => drop(finding.help("a plugin's tag can be named in `tags:` or `blocks:` of this rule")),
    }
    true
}

/// The file of an `include`, where it is written out.
fn check_include(context: &RuleContext, part: &Part, findings: &mut Findings) {
    let post = context.post;
    let name = &post.text[part.name];
    if post.liquid().given().is_some() {
        if matches!(name, "include" | "render" | "layout" | "liquid") {
            findings.not_checked(part.span, not_read(name));
        }
        return;
    }
    if !matches!(name, "include" | "include_cached" | "include_relative" | "liquid") {
        return;
    }
    let faulty = post.liquid().fault_in(&part.span).is_some();
    let file = included_file(&post.text[part.markup]).filter(|_| !faulty && name != "liquid");
    let Some(file) = file.map(|file| Span::new(part.markup.start + file.start, part.markup.start + file.end)) else {
        if !faulty {
            findings.not_checked(part.span, not_read(name));
        }
        return;
    };
    let site = context.blog.site();
    let written = &post.text[file];
    // The name is put behind that of the folder (Jekyll 4.3.1, `tags/include.rb`, `locate_include_file`).
    let path = written.trim_start_matches('/');
    if name == "include_relative" || site.includes.iter().any(|include| include == path) {
        return;
    }
    // Without layouts and includes of its own, a site has them from somewhere else.
    let is_bare = site.includes.is_empty() && site.layouts.is_none();
    match &site.theme {
        Some(theme) => findings.not_checked(file, format!("the theme `{theme}` may bring the include `{written}`")),
        None if is_bare => findings.not_checked(file, format!("the include `{written}` may come from a theme")),
        None => missing(findings, post, file, &site.includes),
    }
}

fn not_read(name: &str) -> &'static str {
    if name == "liquid" {
        "the lines of a `liquid` tag are not read"
    } else {
        "only the built site knows which file this is"
    }
}

fn missing(findings: &mut Findings, post: &Post, file: Span, includes: &[String]) {
    let written = &post.text[file];
    let finding = findings.at(file, format!("there is no file `{written}` in `_includes`"));
    if let Some(near) = nearest(written, includes.iter().map(String::as_str)) {
        finding.help(format!("did you mean `{near}`?"));
    }
}
