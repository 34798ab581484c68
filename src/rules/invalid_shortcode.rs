//! `rules/invalid-shortcode.md`

mod nunjucks;
mod post_link;

use std::sync::Arc;

use super::RuleContext;
use crate::finding::Findings;
use crate::generators::{Standing, Target};
use crate::shortcodes::{Broken, Dialect, Expansion, Fault, Referred, Tag, faults};
use crate::text::nearest;

/// All is read that is content, published or not, before Markdown knows of code.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    nunjucks::check(context, findings);
    let (post, blog) = (context.post, context.blog);
    let dialect = blog.site().conventions.shortcode_dialect().filter(|dialect| dialect.may_stand_in(post.text));
    let Some(dialect) = dialect.filter(|_| blog.is_post(post.path)) else { return };
    let Some(known) = blog.shortcodes() else { return };
    let builder = blog.site().features.name;
    let is_written = || blog.target(post).is_some_and(|own| own.standing == Standing::Written);
    for call in Expansion::of(post.text, post.body.span.start, known).iter().flat_map(Expansion::open) {
        // Of one that nobody knows the rest is told below.
        if call.template.is_some() {
            let name = &post.text[call.name];
            findings
                .not_checked(call.name, format!("what becomes of the text in `{name}` is not clear from its template"));
        }
    }
    for (tag, fault) in faults(post.text, post.body.span.start, known, post.path) {
        // Hugo reads drafts as well.
        if dialect == Dialect::Called && !is_written() {
            return;
        }
        let name = &post.text[tag.name];
        let is_shown = post.body.code_at(tag.span.start).is_some();
        let (message, help) = match fault {
            Fault::Unknown => {
                if let Some(missing) = &known.missing {
                    findings.not_checked(tag.span, format!("the shortcode `{name}` may come from {missing}"));
                    continue;
                }
                let near = nearest(&name.to_lowercase(), known.templates.keys().map(String::as_str)).map(str::to_owned);
                let help = match near.filter(|_| !is_shown) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => as_text(dialect, post.text, &tag),
                };
                (format!("there is no shortcode `{name}`, so {builder} stops"), help)
            }
            Fault::NeverClosed => (
                format!("`{name}` takes what stands in it and is never closed, so {builder} stops"),
                match dialect {
                    Dialect::Angled => format!("close it by `{}`, or at once by `/>}}}}`", dialect.closing(name)),
                    Dialect::Called => format!("close it by `{}`", dialect.closing(name)),
                },
            ),
            Fault::NothingOpen if dialect == Dialect::Called => (
                format!("nothing is open that this `{name}` could close, so {builder} stops"),
                as_text(dialect, post.text, &tag),
            ),
            Fault::NothingOpen => (
                format!("nothing opens the `{name}` that is closed here, so {builder} stops"),
                as_text(dialect, post.text, &tag),
            ),
            // What is not published is not rendered.
            Fault::Lacks(_) | Fault::Removed | Fault::NoPage(_) | Fault::Refers(_) if !is_written() => continue,
            Fault::Removed => (
                format!("there is no `{name}` any more in the {builder} that this site asks for, and it stops"),
                match name {
                    "gist" => "a `<script>` of GitHub in a shortcode of the site's own does the same".to_owned(),
                    _ => "`{{< x user=\"…\" id=\"…\" >}}` shows a post of X".to_owned(),
                },
            ),
            Fault::Lacks("") => (
                format!("`{name}` lacks what it is about, so {builder} stops"),
                format!("`{{{{< {name} … >}}}}` takes one parameter without a name"),
            ),
            Fault::Lacks(param) => (
                format!("`{name}` lacks its `{param}`, so {builder} stops"),
                format!("`{{{{< {name} {param}=\"…\" >}}}}` asks for it"),
            ),
            Fault::Empty => (
                format!("nothing stands in `{name}`, so {builder} stops"),
                format!("`{{{{ {name}() }}}}` is one without content"),
            ),
            Fault::TakesNothing => (
                format!("`{name}` takes no content and is closed, so {builder} stops"),
                format!("`{{{{< {name} >}}}}` stands alone: its template does not ask for `.Inner`"),
            ),
            Fault::Refers(target) => {
                let Some(Referred::Files(files)) =
                    known.pages.as_ref().map(|pages| pages.find(&post.text[target], post.path))
                else {
                    continue;
                };
                let mut targets = files.iter().map(|file| blog.map().of_source(file).collect::<Vec<_>>());
                let is_left_out = |targets: Vec<&Arc<Target>>| {
                    !targets.is_empty()
                        && targets
                            .iter()
                            .all(|target| matches!(target.standing, Standing::Future | Standing::Unpublished))
                };
                if targets.all(is_left_out) {
                    let message =
                        format!("`{}` is not published, so `{name}` finds no page and {builder} stops", files[0]);
                    findings.at(target, message).help("publish it, or take the reference out");
                }
                continue;
            }
            Fault::NoPage(target) => {
                let message = format!(
                    "there is no page `{}` that `{name}` could lead to, so {builder} stops",
                    &post.text[target]
                );
                findings
                    .at(target, message)
                    .help("it takes the path of a file of the content, from this folder or from the root on");
                continue;
            }
            Fault::Broken(broken) => {
                let (what, help) = broken_tag(name, broken);
                (format!("{what}, so {builder} stops"), help.unwrap_or_else(|| as_text(dialect, post.text, &tag)))
            }
        };
        findings.at(tag.span, message).help(help);
    }
}

/// What is wrong in a tag, and what to do.
fn broken_tag(name: &str, broken: Broken) -> (String, Option<String>) {
    let quotes = Some(format!("put the parameter of `{name}` in quotes"));
    match broken {
        Broken::Comment => ("`{{</*` has no `*/>}}`".to_owned(), None),
        Broken::Unclosed => (
            format!("the tag of `{name}` has no end"),
            Some("`>}}` or `%}}` ends it; a space between its first braces makes it text".to_owned()),
        ),
        Broken::OtherEnd => (
            format!("the tag of `{name}` begins and ends with different signs"),
            Some("write `{{< … >}}` or `{{% … %}}`".to_owned()),
        ),
        Broken::Nameless => ("a shortcode has no name".to_owned(), None),
        Broken::NothingOpen if name.is_empty() => ("nothing is open that this tag could close".to_owned(), None),
        Broken::NothingOpen => (
            format!("nothing opens the `{name}` that is closed here"),
            Some("names are compared letter by letter".to_owned()),
        ),
        Broken::Sign(sign) => {
            (format!("`{sign}` stands in a shortcode without quotes"), quotes.filter(|_| !name.is_empty()))
        }
        Broken::Quote(sign) => (
            format!("a `{sign}` in the tag of `{name}` has no second one"),
            Some(format!("put the parameter between two `{sign}`, `\"` on one line")),
        ),
        Broken::Escape => (format!("a backslash stands before a backtick in the tag of `{name}`"), None),
        Broken::Mixed => (
            format!("`{name}` has parameters with names and without"),
            Some("give all of them names, or none".to_owned()),
        ),
        Broken::Period => {
            ("the name of a shortcode has a period".to_owned(), Some("only `.inline` may follow a name".to_owned()))
        }
        Broken::InInline => ("a shortcode stands in an inline one".to_owned(), None),
    }
}

/// How to show a tag as it is written.
fn as_text(dialect: Dialect, text: &str, tag: &Tag) -> String {
    let open = if text[tag.span.start..].starts_with("{{<") { "{{<" } else { "{{%" };
    match dialect.shown(&text[tag.span]) {
        Some(shown) => format!("`{shown}` shows it as it is written"),
        None if dialect == Dialect::Called => "write it with `/*` and `*/` inside its braces to show it".to_owned(),
        None => format!("`{open}` begins a shortcode, in code too; a space between the braces makes it text"),
    }
}
