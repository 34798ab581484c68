//! Tags and outputs of Nunjucks.

use crate::finding::Findings;
use crate::nunjucks::{Fault, FaultKind, Known};
use crate::rules::RuleContext;
use crate::text::nearest;

/// All posts are read, published or not.
pub(super) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    let Some(known) = blog.tags().filter(|_| post.runs_nunjucks) else { return };
    super::post_link::check(context, findings);
    let builder = blog.site().features.name;
    for &Fault { span, ref name, kind } in &context.nunjucks().faults {
        let written = &post.text[span];
        let message = match kind {
            FaultKind::Unknown => match &known.missing {
                Some(missing) => {
                    findings.not_checked(span, format!("the tag `{name}` may come from {missing}"));
                    continue;
                }
                None => format!("there is no tag `{name}`"),
            },
            // It may belong to one that is not known.
            FaultKind::NothingOpen if known.missing.is_some() => continue,
            FaultKind::NeverClosed => format!("nothing closes this `{name}`"),
            FaultKind::NothingOpen => format!("`{name}` stands where nothing waits for it"),
            FaultKind::Unreadable => format!("Nunjucks cannot read `{}`", short(written)),
            FaultKind::Unclosed => format!("nothing closes this `{written}`"),
            FaultKind::StrayEnd => format!("`{written}` ends a comment, and none is open"),
            FaultKind::NoFilter => format!("there is no filter `{name}`"),
            FaultKind::NoFunction if context.is_value(name) => continue,
            FaultKind::NoFunction => format!("there is no `{name}` that could be called"),
            FaultKind::NoTemplate => format!("`{name}` finds no template"),
        };
        let near =
            || nearest(name, known.tags.keys().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
        let help = match kind {
            FaultKind::Unknown => near().unwrap_or_else(|| as_text(known)),
            FaultKind::NeverClosed => format!("put `{{% end{name} %}}` where it ends"),
            _ if post.body.formula_at(span.start).is_some() => "put a space between the braces".to_owned(),
            _ => as_text(known),
        };
        findings.at(span, format!("{message}, so {builder} stops")).help(help);
    }
}

fn as_text(known: &Known) -> String {
    let besides = if known.is_plain { "" } else { ", or in code," };
    format!("between `{{% raw %}}` and `{{% endraw %}}`{besides} braces are text")
}

/// What is longer is cut.
fn short(written: &str) -> String {
    const MOST: usize = 40;
    let line = written.lines().next().unwrap_or_default();
    crate::text::beginning(line, MOST).to_string()
}
