//! What is said of each fault.

use std::borrow::Cow;

use super::{Fault, What};
use crate::text::beginning;

/// So many characters of the source are quoted.
pub(crate) const MOST: usize = 60;

/// What is wrong.
pub(crate) fn message(text: &str, fault: &Fault) -> String {
    let source = short(&text[fault.span]);
    let name = name(&text[fault.span]);
    match &fault.what {
        What::UnclosedOutput if source == "{{" => "nothing closes this `{{`".to_owned(),
        What::UnclosedOutput => format!("`{source}` does not end with `}}}}`"),
        What::OpenQuote => format!("a quote in `{source}` is never closed, so Liquid finds no `}}}}`"),
        What::UnclosedTag => "nothing closes this `{%`".to_owned(),
        What::Nameless => format!("`{source}` names no tag"),
        What::NeverClosed => never_closed(name),
        What::WrongEnd { opener } => {
            let open = self::name(&text[*opener]);
            format!("`{name}` stands where Liquid wants `end{open}`")
        }
        What::Stray if name.starts_with("end") => format!("`{name}` ends nothing: no block is open"),
        What::Stray => format!("`{name}` stands outside of all blocks"),
        What::UnexpectedBranch { opener } => {
            format!("`{}` takes no `{name}`", self::name(&text[*opener]))
        }
        What::TooDeep => "more than 100 blocks stand within each other".to_owned(),
        What::Syntax => format!("Liquid cannot read `{source}`"),
        What::Operator => format!("Liquid knows no comparison by `{source}`"),
        What::FileName => format!("Jekyll includes no file by the name `{source}`"),
        What::Parameters => format!("`{source}` are no parameters of an include"),
        What::NoFilter => format!("there is no filter `{source}`"),
        What::Arguments => format!("`{source}` stands in a shortcode without quotes"),
        What::Skipped if source.is_empty() => "Liquid misses something here: it warns, and skips the rest".to_owned(),
        What::Skipped => format!("Liquid does not understand `{source}`: it warns, and skips what it cannot read"),
    }
}

/// What to do about it.
pub(crate) fn help(text: &str, fault: &Fault) -> Option<String> {
    let open = |opener: &crate::text::Span| name(&text[*opener]);
    Some(match &fault.what {
        What::UnclosedOutput => {
            "close it with `}}`; braces that are text stand between `{% raw %}` and `{% endraw %}`".to_owned()
        }
        What::OpenQuote => "put what readers are to see between `{% raw %}` and `{% endraw %}`".to_owned(),
        What::UnclosedTag => {
            "close it with `%}`; braces that are text stand between `{% raw %}` and `{% endraw %}`".to_owned()
        }
        What::Nameless => "a tag begins with its name, such as `{% include figure.html %}`".to_owned(),
        What::NeverClosed => close(name(&text[fault.span])),
        What::WrongEnd { opener } => format!("write `{{% end{} %}}`", open(opener)),
        What::Syntax if text[fault.span].starts_with("{{") => {
            "braces that are text stand between `{% raw %}` and `{% endraw %}`".to_owned()
        }
        What::NoFilter => "filters are those of liquidjs, of Eleventy, and of its config".to_owned(),
        What::Arguments => "put the argument in quotes".to_owned(),
        What::Syntax => format!("it is written `{}`", form(name(&text[fault.span]))?),
        What::Operator => "write `==`, `!=`, `<`, `<=`, `>`, `>=` or `contains`".to_owned(),
        What::FileName => "a name is made of letters, digits and `/.-_()+~#@`, without `..` and `//`".to_owned(),
        What::Parameters => "write pairs such as `width=\"300\"`, with spaces between them".to_owned(),
        What::Stray | What::UnexpectedBranch { .. } | What::TooDeep | What::Skipped => return None,
    })
}

/// Of a block that nothing ends.
pub(crate) fn never_closed(name: &str) -> String {
    format!("`{name}` is never closed")
}

/// How to close it.
pub(crate) fn close(name: &str) -> String {
    format!("put `{{% end{name} %}}` where it ends")
}

/// Of a tag that nobody knows.
pub(crate) fn unknown_tag(name: &str) -> String {
    format!("neither Liquid nor Jekyll has a tag `{name}`")
}

/// Source as it can be quoted in a message.
pub(crate) fn short(source: &str) -> Cow<'_, str> {
    beginning(source, MOST)
}

/// The name in a tag's source.
fn name(tag: &str) -> &str {
    let inner = tag.trim_start_matches(['{', '%', '-']).trim_start();
    let is_end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    &inner[..inner.find(is_end).unwrap_or(inner.len())]
}

/// How a tag is written.
fn form(name: &str) -> Option<&'static str> {
    Some(match name {
        "assign" => "{% assign name = value %}",
        "capture" => "{% capture name %}",
        "case" => "{% case name %}",
        "when" => "{% when value %}",
        "else" => "{% else %}",
        "cycle" => "{% cycle 'one', 'two' %}",
        "for" => "{% for item in list %}",
        "tablerow" => "{% tablerow item in list %}",
        "if" | "unless" | "elsif" => "{% if name == value %}",
        "raw" => "{% raw %}",
        "highlight" => "{% highlight ruby %}",
        "include" => "{% include file.html %}",
        "include_relative" => "{% include_relative file.md %}",
        "include_cached" => "{% include_cached file.html %}",
        "post_url" => "{% post_url 2022-10-09-title %}",
        _ => return None,
    })
}
