//! Asked of liquidjs 10.30.1, as Eleventy 3.1.8 sets it up.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Custom, Given, Known};
use crate::liquid::{Liquid, words};
use crate::text::Span;

fn given() -> Given {
    let mut known = Known::default();
    known.filters.insert("slugify".to_owned());
    known.tags.insert("image".to_owned(), Custom::Shortcode);
    known.tags.insert("note".to_owned(), Custom::Paired);
    let names = ["page", "title", "이름"].map(str::to_owned);
    Given { known: Arc::new(known), names: Some(BTreeSet::from(names)) }
}

fn read(text: &str) -> Liquid {
    Liquid::read_as(text, Span::new(0, text.len()), Some(&given()))
}

#[test]
fn what_it_refuses() {
    for fine in [
        "{{ a }}",
        "{{ 'x' }}",
        "{{ a b c }}",
        "{{ a | }}",
        "{{ a | upcase: }}",
        "{{ a.b[0].c }}",
        "{{ (1..3) }}",
        "{{ a == b }}",
        "{{ 1.a }}",
        "{{ a, b }}",
        "{{ a ) }}",
        "{{ '}}' }}",
        "{{- a -}}",
        "{{ a? }}",
        "{{ 한글 }}",
        "{{ '\\'' }}",
        "{{ .a }}",
        "{% unless a %}{% endunless x %}",
        "{% for x in y %}{% else %}{% else %}{% endfor %}",
        "{% case a %}{% when 1, 2 or 3 %}{% endcase %}",
        "{% capture 'x' %}{% endcapture %}",
        "{% comment %}{% b %}{% endcomment %}",
        "{% raw %}{{a}_b}{% endraw %}",
        "{% raw x %}{% endraw y %}",
        "{% echo %}",
        "{% # note\n# more %}",
        "{% image 'a.png', \"b\", 3 x.y %}",
        "{% note %}a{% endnote %}",
        "{% assign a=b %}",
        "{% block a %}{% endblock %}",
        "{% tablerow x in y %}{% endtablerow %}",
        "{ a } {# b #} %} }}",
        "{{ not a }}",
    ] {
        let liquid = read(fine);
        let told: Vec<_> = liquid.faults.iter().map(|fault| words::message(fine, fault)).collect();
        assert!(told.is_empty(), "{fine}: {told:?}");
    }
    for (broken, message) in [
        ("{{a}_b}", "nothing closes this `{{`"),
        ("{{ a", "nothing closes this `{{`"),
        ("{{ don't }}", "a quote in `{{ don't }}` is never closed, so Liquid finds no `}}`"),
        ("{{}}", "Liquid cannot read `{{}}`"),
        ("{{{a}}}", "Liquid cannot read `{{{a}}`"),
        ("{{ a + b }}", "Liquid cannot read `{{ a + b }}`"),
        ("{{ a | append 'x' }}", "Liquid cannot read `{{ a | append 'x' }}`"),
        ("{{ a[ }}", "Liquid cannot read `{{ a[ }}`"),
        ("{{ (1) }}", "Liquid cannot read `{{ (1) }}`"),
        ("{{ \\bf x }}", "Liquid cannot read `{{ \\bf x }}`"),
        ("{{ a | nosuch }}", "there is no filter `nosuch`"),
        ("{% assign a = b | nosuch %}", "there is no filter `nosuch`"),
        ("{% assign a.b = 1 %}", "Liquid cannot read `{% assign a.b = 1 %}`"),
        ("{% x", "nothing closes this `{%`"),
        ("{%}", "`{%}` names no tag"),
        ("{%= a %}", "`{%= a %}` names no tag"),
        ("{% if %}z{% endif %}", "Liquid cannot read `{% if %}`"),
        ("{% if(a) %}z{% endif %}", "Liquid cannot read `{% if(a) %}`"),
        ("{% if a = b %}z{% endif %}", "Liquid cannot read `{% if a = b %}`"),
        ("{% if a %}{% else if b %}{% endif %}", "Liquid cannot read `{% else if b %}`"),
        ("{% if a %}{% else %}{% else %}{% endif %}", "`if` takes no `else`"),
        ("{% if a %}{% endfor %}", "`endfor` stands where Liquid wants `endif`"),
        ("{% if a %}", "`if` is never closed"),
        ("{% endif %}", "`endif` ends nothing: no block is open"),
        ("{% for x of y %}{% endfor %}", "Liquid cannot read `{% for x of y %}`"),
        ("{% for x in y %}{% endfor x %}", "Liquid cannot read `{% endfor x %}`"),
        ("{% raw %}{%- endraw %}", "`raw` is never closed"),
        ("{% comment %}{{ b", "`comment` is never closed"),
        ("{% # note\nbad %}", "Liquid cannot read `{% # note`"),
        ("{% cycle %}", "Liquid cannot read `{% cycle %}`"),
        ("{% image src=\"a.png\" %}", "`=` stands in a shortcode without quotes"),
        ("{% image https://a.b %}", "`:` stands in a shortcode without quotes"),
        ("{% note %}a", "`note` is never closed"),
    ] {
        let liquid = read(broken);
        let told: Vec<_> = liquid.faults.iter().map(|fault| words::message(broken, fault)).collect();
        assert_eq!(told.first().map(String::as_str), Some(message), "{broken}");
    }
}

#[test]
fn what_is_left() {
    for (text, expected) in [
        ("a {{ b }} c", "a  c"),
        ("a {{ title }} {{ 이름 }} c", "a xxxxxxxxxxx xxxxxxxxxxxx c"),
        ("$\\frac{{a}}{b}$ $x^{{2}}$", "$\\frac{b}$ $x^2$"),
        ("a {{- 'b' -}} c", "abc"),
        ("{% if a %}b{% else %}c{% endif %}", "bc"),
        ("{% raw %}{{ a }}{% endraw %}", "{{ a }}"),
        ("{% comment %}{% comment %}a{% endcomment %}b", "b"),
        ("a\n{% image 'b' %}\nc", "a\n\nc"),
        ("- {% image 'b' %}", "- xxxxxxxxxxxxxxx"),
        ("{% note %}a{% endnote %}", "a"),
        ("{% highlight js %}<b>{% endhighlight %}", "<pre><code>&lt;b&gt;</code></pre>"),
    ] {
        let liquid = read(text);
        let left = liquid.expand(text, Span::new(0, text.len()));
        assert_eq!(left.text(), expected, "{text}");
    }
}

#[test]
fn no_text_is_too_odd() {
    for odd in [
        "{{".repeat(5000),
        "{%".repeat(5000),
        "{{ '".repeat(5000),
        "{{ a[".repeat(5000),
        format!("{{{{ {} }}}}", "[".repeat(9999)),
    ] {
        read(&odd);
    }
}
