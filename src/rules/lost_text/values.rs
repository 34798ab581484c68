//! `{{ name }}` of Nunjucks, where nothing has that name.

use crate::finding::Findings;
use crate::rules::RuleContext;

pub(super) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    for output in &context.nunjucks().outputs {
        let Some(name) = output.name.as_deref().filter(|name| !context.is_value(name)) else { continue };
        // `mangled-math` tells what formulas lose.
        if post.body.formula_at(output.span.start).is_some() {
            continue;
        }
        let written = &post.text[output.span];
        let message = format!("Nunjucks prints nothing for `{written}`: nothing gives `{name}` a value");
        let help = "put `{% raw %}` before it and `{% endraw %}` behind it if readers are to see it";
        findings.at(output.span, message).help(help);
    }
}
