//! What Hugo 0.168 said of each: a site with `note`, which prints its content, and `img`, which does not.

use super::{Broken, Fault, Known, Template, faults};

fn template(takes_content: bool) -> Template {
    Template { takes_content: Some(takes_content), ..Template::default() }
}

fn known() -> Known {
    let mut known = Known::default();
    known.add("note", template(true));
    known.add("details", template(true));
    known.add("img", template(false));
    known
}

fn said(text: &str) -> Vec<(usize, Fault)> {
    faults(text, 0, &known(), "content/posts/a.md").into_iter().map(|(tag, fault)| (tag.span.start, fault)).collect()
}

#[test]
fn what_builds() {
    for text in [
        "{{</* nope */>}}",
        "{{%/* nope */%}}",
        "{{< note >}}x{{< /note >}}",
        "{{< note />}}",
        "{{% note %}}**x**{{% /note %}}",
        "{{< note >}}x{{% /note %}}",
        "{{<img>}}",
        "{{< Img >}}",
        "{{< IMG >}}",
        "{{<  note  >}}x{{<  /  note  >}}",
        "{{ %s }}",
        "{% raw %}",
        "{{ x }}",
        "{{< x.inline >}}a{{< /x.inline >}}",
        "{{< x.inline >}}a{{< /x.inline >}} {{< note >}}b{{< /note >}} {{< x.inline />}}{{< img a >}}",
        "{{< note\n a=\"b\"\n>}}x{{< /note >}}",
        "{{<note>}}x{{</note>}}",
        "&#123;{< nope >}}",
        "{{< img a=“b” >}}",
        "{{< img src=a.png?x=1&y=2 >}}",
        "{{< img a.png >}}",
        "{{< img 1.5 >}}",
        "{{< img src=/a/b >}}",
        "{{< note a />}}",
        "{{< note \"a\"/>}}",
        "{{< img a=\"b\">}}",
        "{{< img a = \"b\" >}}",
        "{{< img \"a \\\"b\\\" c\" >}}",
        "{{< img `a\nb` >}}",
        "{{< img\r\na=\"b\"\r\n>}}",
        "{{< details >}}a{{< /details >}}{{< note >}}b{{< /details >}}",
        "{{< note >}}{{< img >}}x{{< /note >}}",
        "{{< note >}}{{< note >}}x{{< /note >}}{{< /note >}}",
        "{{< note >}}a{{</>}}",
        "{{% note %}}a{{< / >}}",
        "{{< note >}}a{{< img >}}b{{</>}}",
        "{{< note >}}a{{< note >}}b{{</>}}c{{</ note >}}",
        "{{<",
        "",
    ] {
        let expected: &[(usize, Fault)] = if text == "{{<" { &[(0, Fault::Broken(Broken::Unclosed))] } else { &[] };
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn what_stops_the_build() {
    use Fault::{NeverClosed, NothingOpen, TakesNothing, Unknown};
    for (text, at, fault) in [
        ("{{< nope >}}", 0, Unknown),
        ("`{{< nope >}}`", 1, Unknown),
        ("<!-- {{< nope >}} -->", 5, Unknown),
        ("\\{{< nope >}}", 1, Unknown),
        ("{{{< nope >}}", 1, Unknown),
        ("{{%s|token}}", 0, Unknown),
        ("{{% raw %}}", 0, Unknown),
        ("{{< a=b >}}", 0, Unknown),
        ("{{< dir/note >}}", 0, Unknown),
        ("{{< nope >}}x{{< /nope >}}", 0, Unknown),
        ("{{< 이미지 >}}", 0, Unknown),
        ("{{< note >}}x", 0, NeverClosed),
        ("{{< note >}}{{< note >}}x{{< /note >}}", 0, NeverClosed),
        ("{{< note >}}a{{< details >}}b{{< /note >}}", 13, NeverClosed),
        ("{{< img >}}x{{< /img >}}", 12, TakesNothing),
        ("{{< img />}}", 0, TakesNothing),
        ("{{< note />}}x{{< /note >}}", 14, NothingOpen),
        ("{{< /note >}}", 0, Fault::Broken(Broken::NothingOpen)),
        ("{{< Note >}}a{{< /note >}}", 13, Fault::Broken(Broken::NothingOpen)),
        ("{{< note >}}a{{< /noet >}}", 13, Fault::Broken(Broken::NothingOpen)),
        ("{{</>}}", 0, Fault::Broken(Broken::NothingOpen)),
        ("{{< img >}}b{{< / >}}", 12, Fault::Broken(Broken::NothingOpen)),
        ("{{< note >}}{{< note >}}x{{</>}}", 0, NeverClosed),
        ("{{< img", 0, Fault::Broken(Broken::Unclosed)),
        ("{{< img\n\nx", 0, Fault::Broken(Broken::Unclosed)),
        ("{{< img a=b>}}", 0, Fault::Broken(Broken::Unclosed)),
        ("{{< note a=b/>}}", 0, Fault::Broken(Broken::Unclosed)),
        ("{{< img >}", 0, Fault::Broken(Broken::Unclosed)),
        ("{{< img a=\"b>}}", 0, Fault::Broken(Broken::Quote('"'))),
        ("{{< img \"a\nb\" >}}", 0, Fault::Broken(Broken::Quote('"'))),
        ("{{< img a b=c >}}", 0, Fault::Broken(Broken::Mixed)),
        ("{{< img a=b c >}}", 0, Fault::Broken(Broken::Mixed)),
        ("{{< img a=b \"c\" >}}", 0, Fault::Broken(Broken::Mixed)),
        ("{{< >}}", 0, Fault::Broken(Broken::Nameless)),
        ("{{< a.b >}}", 0, Fault::Broken(Broken::Period)),
        ("{{% img >}}", 0, Fault::Broken(Broken::OtherEnd)),
        ("{{< img %}}", 0, Fault::Broken(Broken::OtherEnd)),
        ("{{< img $x >}}", 0, Fault::Broken(Broken::Sign('$'))),
        ("{{< img https://x.y/z >}}", 0, Fault::Broken(Broken::Sign(':'))),
        ("{{< img a, b >}}", 0, Fault::Broken(Broken::Sign(','))),
        ("{{< img “a” >}}", 0, Fault::Broken(Broken::Sign('“'))),
        ("{{< \"img\" >}}", 0, Fault::Broken(Broken::Sign('"'))),
        ("{{< img /a >}}", 0, Fault::Broken(Broken::Sign('/'))),
        ("{{< img /a.png >}}", 0, Fault::Broken(Broken::Sign('/'))),
        ("{{< note a/b >}}x{{< /note >}}", 0, Fault::Broken(Broken::Sign('/'))),
        ("{{</* note >}}", 0, Fault::Broken(Broken::Comment)),
    ] {
        assert_eq!(said(text), [(at, fault)], "{text}");
    }
}

#[test]
fn what_is_not_known_is_not_told() {
    let mut known = known();
    known.add("note", template(false));
    assert_eq!(faults("{{< note >}}x", 0, &known, "content/posts/a.md"), []);
    known.missing = Some("a theme".to_owned());
    let found = faults("{{< details >}}{{< nope >}}", 0, &known, "content/posts/a.md");
    assert_eq!(found.iter().map(|(_, fault)| *fault).collect::<Vec<_>>(), [Fault::Unknown]);
}

#[test]
fn pages_that_are_not_there() {
    let mut known = known();
    known.add("ref", template(false));
    let files = ["posts/week-2.md", "posts/index.md"].map(|file| ("content", file));
    known.pages = Some(super::Pages::of(vec!["content".to_owned()], files.into_iter()));
    for (text, target) in [
        ("{{< ref \"week-2.md\" >}}", None),
        ("{{< ref week-2 >}}", None),
        ("{{< ref \"/posts/Week-2/\" >}}", None),
        ("{{< ref `Week 2.md#x` >}}", None),
        ("{{< ref path=\"posts/week-2.ko.md\" lang=\"nope\" >}}", None),
        ("{{< ref \"#x\" >}}", None),
        ("{{< ref \"\" >}}", None),
        ("{{< ref \"../posts\" >}}", None),
        ("{{< ref \"https://example.org/nope\" >}}", None),
        ("{{< img nope >}}", None),
        ("{{< ref \"nope\" >}}", Some("nope")),
        ("{{< ref nope.md >}}", Some("nope.md")),
        ("{{% ref \"posts/nope.md#x\" %}}", Some("posts/nope.md#x")),
        ("{{< ref lang=\"ko\" path=\"nope\" >}}", Some("nope")),
    ] {
        let found = faults(text, 0, &known, "content/posts/a.md").into_iter().filter_map(|(_, fault)| match fault {
            Fault::NoPage(target) => Some(&text[target]),
            Fault::Refers(_) => None,
            fault => panic!("{text}: {fault:?}"),
        });
        assert_eq!(found.collect::<Vec<_>>(), Vec::from_iter(target), "{text}");
    }
}

/// What Hugo 0.168 said of its own shortcodes.
#[test]
fn what_is_lacking() {
    let mut known = Known::default();
    for name in ["youtube", "vimeo", "instagram", "param", "x", "ref", "figure"] {
        known.add(name, Template { is_embedded: true, ..template(false) });
    }
    for (text, lack) in [
        ("{{< youtube x >}}", None),
        ("{{< youtube id=x >}}", None),
        ("{{< youtube x y >}}", None),
        ("{{< youtube >}}", Some("id")),
        ("{{< youtube id=\"\" >}}", Some("id")),
        ("{{< youtube class=a >}}", Some("id")),
        ("{{< vimeo 1 >}}", None),
        ("{{< vimeo >}}", Some("id")),
        ("{{< param title >}}", None),
        ("{{< param >}}", Some("")),
        ("{{< param name=title >}}", Some("")),
        ("{{< x user=a id=1 >}}", None),
        ("{{< x user=a >}}", Some("id")),
        ("{{< x a 1 >}}", Some("user")),
        ("{{< instagram X >}}", None),
        ("{{< instagram id=x >}}", Some("")),
        ("{{< ref >}}", Some("path")),
        ("{{< ref \"\" >}}", None),
        ("{{< figure >}}", None),
    ] {
        let found: Vec<Fault> =
            faults(text, 0, &known, "content/posts/a.md").into_iter().map(|(_, fault)| fault).collect();
        assert_eq!(found, Vec::from_iter(lack.map(Fault::Lacks)), "{text}");
    }
}
