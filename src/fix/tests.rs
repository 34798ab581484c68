use super::*;
use crate::blog::Settings;
use crate::files::Files;
use crate::finding::{Edit, Findings, RuleId};
use crate::generators::Generator;
use crate::markdown::Markdown;
use crate::text::trimmed;

const FRONT: &str = "---\ntitle: a\ntags: [x, y]\n---\n";

fn blog(markdown: Markdown, generator: Generator) -> Blog {
    // No file of it is looked at.
    let settings = Settings { markdown: Some(markdown), generator: Some(generator), ..Settings::default() };
    Blog::new(Files::in_memory([]), settings)
}

/// Findings at the first occurrence of each text, which is to be replaced.
fn findings(text: &str, changes: &[(&str, &str)], safety: Safety) -> Vec<Finding> {
    let mut findings = Findings::of(RuleId::new("placeholder"), text);
    for (old, new) in changes {
        let start = text.find(old).unwrap_or_else(|| panic!("{old:?} is not in {text:?}"));
        let span = Span::new(start, start + old.len());
        let edits = vec![Edit::new(span, *new)];
        let finding = findings.at(trimmed(text, span), "here");
        match safety {
            Safety::Safe => finding.safe_fix("write it", edits),
            Safety::Unsafe => finding.unsafe_fix("write it", edits),
        };
    }
    findings.into_vec()
}

fn holds(blog: &Blog, text: &str, changes: &[(&str, &str)], safety: Safety) -> bool {
    holds_whole(blog, &format!("{FRONT}{text}"), changes, safety)
}

/// The same of a text with its front matter.
fn holds_whole(blog: &Blog, text: &str, changes: &[(&str, &str)], safety: Safety) -> bool {
    let findings = findings(text, changes, safety);
    is_proven("_posts/2022-10-09-a.md", text, blog, &findings.iter().collect::<Vec<_>>())
}

#[test]
fn what_is_safe() {
    let kramdown = blog(Markdown::KramdownGfm, Generator::Jekyll);
    let gfm = blog(Markdown::Gfm, Generator::Plain);
    for (text, old, new, safe) in [
        ("a  \n\n\n\nb\n", "a  \n\n\n", "a\n\n", true),
        ("a", "a", "a\n", true),
        ("a\n\n## b\n", "## ", "##   ", true),
        ("a  \nb\n", "a  \n", "a   \n", true),
        ("a  \nb\n", "a  \n", "a\n", false),
        ("a\n\nb\n", "a\n\n", "a\n", false),
        ("a b\n", "a b", "a  b", false),
        ("- a\n- b\n", "- a\n", "- a\n\n", false),
        ("- a\n- b\n\nc\n", "- a\n- b", "1. a\n2. b", false),
        ("## a\n\nb\n", "## a", "## A", false),
        ("`a  b`\n", "a  b", "a b", false),
        ("```\na \n```\n", "a \n", "a\n", false),
        ("|a|b|\n|-|-|\n|c|d|\n", "-|-", "-|-:", false),
        ("[a][b]\n\n[b]: /c\n", "/c", "/d", false),
        ("a[^1]\n\n[^1]: b\n", ": b", ": c", false),
        ("<pre>\na \n</pre>\n", "a \n", "a\n", false),
        ("a\n", "title: a", "title:   \"a\"", true),
        ("a\n", "title: a\ntags: [x, y]", "tags:\n  - x\n  - y\ntitle: a", true),
        ("a\n", "title: a", "title: 1", false),
        ("a\n", "[x, y]", "[y, x]", false),
        ("a\n", "title: a\n", "", false),
        ("a\n", "title: a", "title: a: b", false),
    ] {
        for (engine, blog) in [("kramdown", &kramdown), ("GFM", &gfm)] {
            assert_eq!(holds(blog, text, &[(old, new)], Safety::Safe), safe, "{engine}, {text:?}: {old:?} to {new:?}");
        }
    }
    for (text, old, new, safe) in [
        ("a {% include b.html %}\n", "b.html", "c.html", false),
        ("{% capture a %}b {% endcapture %}\n", "b ", "b", false),
        ("{% highlight c %}\na \n{% endhighlight %}\n", "a \n", "a\n", false),
        ("$$\na \\\\ b\n$$\n", "\\\\ b", "\\ b", false),
        ("a\n{: .b}\n", ".b", ".c", false),
        ("* a\n- b\n", "- b", "* b", true),
        ("a\n## b\n", "a\n", "a\n\n", true),
    ] {
        assert_eq!(holds(&kramdown, text, &[(old, new)], Safety::Safe), safe, "{text:?}: {old:?} to {new:?}");
    }
    assert!(!holds(&gfm, "* a\n- b\n", &[("- b", "* b")], Safety::Safe));
}

#[test]
fn what_a_repair_may_change() {
    let kramdown = blog(Markdown::KramdownGfm, Generator::Jekyll);
    let text =
        "## a\n\none[^n]\n\n## b\n\ntwo\n\n- {{ c }}\n\n## d\n\nthree[^m]\n\n* x1\n* x2\n* y\n\n[^n]: e\n[^m]: f\n";
    for (changes, holds_here) in [
        (&[("one", "another")][..], true),
        (&[("## b", "### b")], true),
        (&[("two", "two\n\n## new\n\ntext")], true),
        (&[("x2", "x3")], true),
        (&[("x2", "x3\n- x4")], true),
        (&[("x2", "*x3*\n\n*[y]: z\n\n")], false),
        (&[("## b\n\ntwo\n\n- {{ c }}\n\n", "")], true),
        (&[("two", "<div>\ntwo")], false),
        (&[("two", "{% raw %}two")], false),
        (&[("two", "two\n\n*[three]: x\n")], false),
        (&[("two", "two\n\n## d\n")], false),
        (&[("## a\n\none[^n]\n\n", ""), ("[^n]: e", "## a\n\none[^n]\n\n[^n]: e")], true),
        (&[("## a\n\none[^n]\n\n", ""), ("[^n]: e", "## a\n\n*one[^n]\n\n[^n]: e")], true),
        (&[("## b\n\ntwo\n\n- {{ c }}\n\n", ""), ("## a", "## b\n\ntwo\n\n- {{ c }}\n\n## a")], true),
        (&[("## b\n\ntwo\n\n- {{ c }}\n\n", ""), ("## a", "> ## b\n\ntwo\n\n- {{ c }}\n\n## a")], false),
        (&[("title: a", "title: b")], true),
        (&[("title: a\n", "title: a\nmore:\n  ")], false),
        (&[("title: a\n", "title: a\nlayout: post\n")], true),
        (&[("title: a\n", "title: [a\n")], false),
    ] {
        assert_eq!(holds(&kramdown, text, changes, Safety::Unsafe), holds_here, "{changes:?}");
    }
}

#[test]
fn what_moves_takes_its_ids_along() {
    let kramdown = blog(Markdown::KramdownGfm, Generator::Jekyll);
    for (second, holds_here) in [("more", true), ("same", false)] {
        let moved = "## b\n\n### same\n\none\n\n";
        let text = format!("{moved}## a\n\n### {second}\n\ntwo\n");
        let changes = [(moved, ""), ("two", &*format!("two\n\n{}", moved.trim_end()))];
        assert_eq!(holds(&kramdown, &text, &changes, Safety::Unsafe), holds_here, "{second}");
    }
}

#[test]
fn front_matter_that_could_not_be_read() {
    let blog = blog(Markdown::KramdownGfm, Generator::Jekyll);
    for (old, new, holds) in [("b: c", "\"b: c\"", true), ("b: c", "b\nlayout: c", false)] {
        let text = "---\nlayout: post\ntitle: b: c\n---\n\nd\n";
        assert_eq!(holds_whole(&blog, text, &[(old, new)], Safety::Unsafe), holds, "{new}");
    }
}

#[test]
fn keys_that_stand_there_twice() {
    let blog = blog(Markdown::KramdownGfm, Generator::Jekyll);
    for (old, new, holds) in [("c\n", "d\n", true), ("title: b", "title: e", true), ("c\n", "{% if %}\n", false)] {
        let text = "---\ntitle: a\ntitle: b\n---\n\nc\n";
        assert_eq!(holds_whole(&blog, text, &[(old, new)], Safety::Unsafe), holds, "{new}");
    }
}

#[test]
fn the_culprit_is_left_out() {
    let blog = blog(Markdown::KramdownGfm, Generator::Jekyll);
    let text = "a  \n\nb\n\nc  \n\nd\n\ne  \n";
    let changes = [("a  ", "a"), ("b", "B"), ("c  ", "c"), ("d", "D"), ("e  ", "e")];
    let findings = findings(text, &changes, Safety::Safe);
    let made = Round::new(blog.post("a.md", text), &blog).run(findings.iter().collect());
    assert_eq!(made.patch.apply(text), "a\n\nb\n\nc\n\nd\n\ne\n");
    let refused: Vec<_> = made.refused.iter().map(|finding| &text[finding.span]).collect();
    assert_eq!((made.repaired.len(), refused), (3, vec!["b", "d"]));
    let mut fixed = Fixed { text: text.to_owned(), ..Fixed::default() };
    fixed.keep(&made.patch, &made.repaired, &made.refused);
    let refused: Vec<_> = fixed.refused.iter().map(|refused| &fixed.text[refused.span]).collect();
    assert_eq!(refused, ["b", "d"]);
    assert!(fixed.is_refused(&Finding { span: Span::new(3, 4), ..findings[1].clone() }));
}
