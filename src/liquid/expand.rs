//! What Liquid leaves of a text for the Markdown engine: Liquid 5.4.0, and the tags of Jekyll 4.3.1.
//!
//! Of the branches of an `if` all are there, and what a loop repeats is there once.

use std::ops::Range;

use super::evaluate::{Environment, Value};
use super::{Liquid, Part, Role, javascript};
use crate::markdown::mapped_text::{MappedText, Piece};
use crate::text::{Span, is_alone_on_lines};

impl Liquid {
    /// What becomes of a stretch of the text that it was read from, by the text alone.
    pub(crate) fn expand<'a>(&self, text: &'a str, span: Span) -> MappedText<'a> {
        self.expand_with(text, span, self)
    }

    /// The same, with what is known of the site.
    pub(crate) fn expand_with<'a>(&self, text: &'a str, span: Span, known: &dyn Environment) -> MappedText<'a> {
        let parts = self.parts_in(&span);
        if parts.is_empty() {
            return MappedText::verbatim(text, span);
        }
        let first = self.parts.partition_point(|part| part.span.start < span.start);
        Expansion { text, liquid: self, known }.stretch(first..first + parts.len(), span)
    }
}

/// Tags that print what only the built site knows.
const PRINTING: &[&str] = &["cycle", "decrement", "echo", "increment", "link", "post_url"];

struct Expansion<'e> {
    text: &'e str,
    liquid: &'e Liquid,
    known: &'e dyn Environment,
}

impl Expansion<'_> {
    /// The text of a stretch of the file, which holds some of the parts.
    fn stretch<'a>(&self, parts: Range<usize>, span: Span) -> MappedText<'a> {
        let mut content = MappedText::default();
        let (mut from, mut trims) = (span.start, false);
        let mut index = parts.start;
        while index < parts.end {
            let part = &self.liquid.parts[index];
            self.push_text(&mut content, Span::new(from, part.span.start), trims, part.trims_before(self.text));
            trims = part.trims_after(self.text);
            // What lies between the two ends of a block that changes all of it is done with here.
            let partner = part.partner.filter(|&partner| partner > index && partner < parts.end);
            let last = partner.filter(|&partner| self.push_block(&mut content, index, partner)).unwrap_or(index);
            if last == index {
                self.push_part(&mut content, part);
            } else if &self.text[part.name] != "raw" {
                // The end of `raw` is not read as a tag, so a `-` at its start holds on.
                trims = self.liquid.parts[last].trims_after(self.text);
            }
            from = self.liquid.parts[last].span.end;
            index = last + 1;
        }
        self.push_text(&mut content, Span::new(from, span.end.max(from)), trims, false);
        content
    }

    fn push_text(&self, content: &mut MappedText, span: Span, trim_start: bool, trim_end: bool) {
        let mut text = &self.text[span];
        if trim_end {
            text = text.trim_end_matches(is_white);
        }
        let kept = if trim_start { text.trim_start_matches(is_white) } else { text };
        if !kept.is_empty() {
            content.push_verbatim(kept, span.start + text.len() - kept.len());
        }
    }

    fn push_part(&self, content: &mut MappedText, part: &Part) {
        let name = &self.text[part.name];
        let value = match part.role {
            Role::Output => self.liquid.evaluate(&self.text[part.markup], self.known),
            // What a shortcode prints on lines of its own is HTML.
            _ if self.liquid.given.is_some() => {
                match javascript::prints(name, part.role) && !is_alone_on_lines(self.text, part.span) {
                    true => Value::Unknown,
                    false => return,
                }
            }
            _ if PRINTING.contains(&&self.text[part.name]) => self.known.tag(part),
            _ => return,
        };
        let printed = match value {
            Value::Nothing => return,
            Value::Text(text) => text,
            Value::Bool(value) => value.to_string(),
            Value::Something | Value::OfPage(_) | Value::Unknown => self.known.placeholder(part),
        };
        content.push_replaced(&printed, part.span);
    }

    /// Adds what becomes of a whole block, where that is not just what stands in it.
    fn push_block(&self, content: &mut MappedText, opening: usize, closing: usize) -> bool {
        let [open, close] = [opening, closing].map(|index| &self.liquid.parts[index]);
        let inner = Span::new(open.span.end, close.span.start);
        match &self.text[open.name] {
            "comment" | "capture" => {}
            "css" | "js" if self.liquid.given.is_some() => {}
            "raw" => content.push_verbatim(&self.text[inner], inner.start),
            "highlight" => {
                let code = self.stretch(opening + 1..closing, inner);
                let [before, behind] = match self.liquid.given {
                    // @11ty/eleventy-plugin-syntaxhighlight 5.0
                    Some(_) => ["<pre><code>".to_owned(), "</code></pre>".to_owned()],
                    None => [figure(&self.text[open.markup]), "</code></pre></figure>".to_owned()],
                };
                content.push_replaced(&before, open.span);
                push_code(content, &code);
                content.push_replaced(&behind, close.span);
            }
            _ => return false,
        }
        true
    }
}

/// What Ruby's `strip` takes away.
fn is_white(c: char) -> bool {
    matches!(c, '\0' | '\t'..='\r' | ' ')
}

/// Jekyll 4.3.1, `add_code_tag` in `tags/highlight.rb`.
fn figure(markup: &str) -> String {
    let language = markup.split_ascii_whitespace().next().unwrap_or_default().to_lowercase();
    let class = language.replace('+', "-");
    format!(r#"<figure class="highlight"><pre><code class="language-{class}" data-lang="{language}">"#)
}

/// The code without the line breaks around it, as HTML.
fn push_code(content: &mut MappedText, code: &MappedText) {
    let text = code.text();
    let start = text.len() - text.trim_start_matches(['\n', '\r']).len();
    let end = text.trim_end_matches(['\n', '\r']).len().max(start);
    for Piece { at, source, verbatim } in code.pieces(Span::new(start, end)) {
        let mut from = at.start;
        for piece in text[at].split_inclusive(['&', '<', '>']) {
            let plain = piece.trim_end_matches(['&', '<', '>']);
            let place = |start: usize, length: usize| match verbatim {
                true => source.start + (start - at.start)..source.start + (start - at.start) + length,
                false => source.range(),
            };
            push(content, plain, Span::from(place(from, plain.len())), verbatim);
            let escape = match &piece[plain.len()..] {
                "&" => "&amp;",
                "<" => "&lt;",
                ">" => "&gt;",
                _ => "",
            };
            if !escape.is_empty() {
                content.push_replaced(escape, Span::from(place(from + plain.len(), 1)));
            }
            from += piece.len();
        }
    }
}

fn push(content: &mut MappedText, text: &str, source: Span, verbatim: bool) {
    match verbatim {
        _ if text.is_empty() => {}
        true => content.push_verbatim(text, source.start),
        false => content.push_replaced(text, source),
    }
}

#[cfg(test)]
mod tests {
    use crate::post::{Engines, Post};
    use crate::text::Span;

    #[test]
    fn what_is_left() {
        for (text, expected) in [
            ("a {{ site.url }}/b", "a xxxxxxxxxxxxxx/b"),
            ("$\\frac{{a}}{{b}}$ and $x^{{2}}$", "$\\frac$ and $x^2$"),
            ("{% if a %}b{% else %}c{% endif %}\n", "bc\n"),
            ("a{% comment %}{{ x }} b{% endcomment %}c", "ac"),
            ("{% capture x %}b{% endcapture %}{{ x }}", "xxxxxxx"),
            ("{% raw %}{{ a }}{% b %}{% endraw %}", "{{ a }}{% b %}"),
            ("a {{- 1 -}} b {%- assign b = 1 -%} c", "a1bc"),
            ("a {%- raw -%} b {% endraw %} c", "a b c"),
            (
                "{% include a.html b=\"c\" %}\n\n[a]({% post_url 2020-01-01-b %})",
                "\n\n[a](xxxxxxxxxxxxxxxxxxxxxxxxxxx)",
            ),
            ("{{ \"{{\" }} a }}", "{{ a }}"),
            ("{{ a | default: 'b' }} {{ a | upcase }} {{}}", "xxxxxxxxxxxxxxxxxxxxxx  "),
            (
                "{% highlight C++ linenos %}\r\n\na < {{ b }}{{ page.a }} && c\n\n{% endhighlight %}\n",
                "<figure class=\"highlight\"><pre><code class=\"language-c--\" data-lang=\"c++\">a &lt; xxxxxxxxxxxx &amp;&amp; c</code></pre></figure>\n",
            ),
            (
                "{% highlight a %}{% raw %}\n<b>{{ c }}{% endraw %}{% endhighlight %}",
                "<figure class=\"highlight\"><pre><code class=\"language-a\" data-lang=\"a\">&lt;b&gt;{{ c }}</code></pre></figure>",
            ),
            ("a {% b", "a {% b"),
            ("", ""),
        ] {
            let text = format!("---\ntitle: a\n---\n{text}");
            let post = Post::parse("a.md", &text, &Engines { liquid: Some(true), ..Engines::default() });
            let content = post.liquid().expand(&text, post.body.span);
            assert_eq!(content.text(), expected, "{text}");
            for piece in content.pieces(Span::new(0, content.text().len())) {
                let source = &text[piece.source];
                assert!(!piece.verbatim || source == &content.text()[piece.at], "{text}: {source}");
            }
        }
    }

    #[test]
    fn the_front_matter_switches_it_off() {
        let text = "---\nrender_with_liquid: false\n---\n{{ a }} {% b %}\n";
        let post = Post::parse("a.md", text, &Engines { liquid: Some(true), ..Engines::default() });
        assert_eq!(post.liquid().expand(text, post.body.span).text(), "{{ a }} {% b %}\n");
    }
}
