//! The trees that kramdown makes of running text, written as `element{attributes}(what stands in it)`, signs as `‹…›`.

use std::collections::HashMap;
use std::fmt::Write;

use super::*;
use crate::markdown::kramdown::Options;
use crate::markdown::kramdown::document::{Footnote, LinkDefinition};

/// Texts, and what kramdown 2.4.0 with kramdown-parser-gfm 1.1.0 makes of them without `hard_wrap`.
const GFM: &[(&str, &str)] = &[
    ("*a* _b_ **c** __d__ ***e*** a_b_c 한_글_", "em(a) em(b) strong(c) strong(d) strong(em(e)) a_b_c 한_글_"),
    ("**a *b* c** and *a **b** c* and *a *b* c*", "strong(a em(b) c) and em(a strong(b) c) and em(a *b) c*"),
    ("*a **b c* d", "em(a **b c) d"),
    ("** a ** * b * *a", "** a ** * b * *a"),
    ("*a*b _a_b **a** __a__b", "em(a)b _a_b strong(a) __a__b"),
    ("*a **b** and **c *d***", "em(a strong(b) and strong(c *d))"),
    (r#"x^* and x^* or $a_b$ and $\hat{x}_i$ and $y_{j}$"#, r#"x^* and x^* or $a_b$ and $\hat{x}em(i$ and $y){j}$"#),
    ("`a` ``b ` c`` ` d ` `*e*` ``` f", "code(a) code(b ` c) ` d ` code(*e*) ``` f"),
    ("`` `g` `` and `h``", "code(`g`) and code(h)`"),
    (
        "<http://a.b/c_d> <mailto:me@x.y> <me@x.y> <http://a b> <https:> <x@>",
        "a(http://a.b/c_d|http://a.b/c_d) a(mailto:me@x.y|me@x.y) a(mailto:me@x.y|me@x.y) a(http://a b|http://a b) a(https:> <x@|https:> <x@)",
    ),
    ("<b>bold *em*</b> <B>x</b> <code>*raw* <i>y</i></code>", "<b>(bold em(em)) <b>(x) <code>(*raw* <i>(y))"),
    (
        "<a href=\"x\ny\" Title='t'>z</a> <img src=x /> <br> a</i>",
        "<a{href=x y title=t}>(z) <img{src=x}>() <br>() a</i>",
    ),
    ("p <div>*a*</div> <x-y a>*b*</x-y> <!-- *c* -->", "p <div>em(a)</div> <x-y{a=}>(*b*) comment(<!-- *c* -->)"),
    ("<b>open *a", "<b>(open *a)"),
    (
        r#"<span markdown="0">*a*</span> <code markdown="1">*a*</code> <kbd markdown="span">*b*</kbd>"#,
        "<span>(*a*) <code>(*a*) <kbd>(em(b))",
    ),
    ("a < b <c d", "a < b <c d"),
    (
        r#"[a](/u) [a](</u v>) [a](/u "t") [a](/u 't "u') [a](/u(v)w) [a]( /u )"#,
        r#"a(/u|a) a(/u v|a) a(/u "t"|a) a(/u "t \"u"|a) a(/u(v)w|a) a(/u|a)"#,
    ),
    (r#"[a](/u b) [a](/u "t) [a](/u"#, "a(/u b|a) [a](/u ‹“›t) [a](/u"),
    (
        "[*a*](/u) [a [b] c](/u) [a [b](/v) c](/u) [![i](/i.png)](/u)",
        "a(/u|em(a)) a(/u|a [b] c) a(/u|a [b](/v) c) a(/u|img(/i.png|i))",
    ),
    (
        "[1] [1][] [A  B] [x][a b] [x] [1][none] [0, 1]",
        r#"a(/one|1)a(/a_b "ti"|) a(/a_b "ti"|x) a(/one|x)[none] [0, 1]"#,
    ),
    (r#"![a *b* \[c\]](/i "t") ![1] ![a"#, r#"img(/i "t"|a *b* [c]) img(/one|1) ![a"#),
    ("[a[^1]](/u) [^1] [^n] [^1] [^none] [^ a]", "[afn(1 1)](/u) fn(1 1) fn(n 2) fn(1 1) [^none] [^ a]"),
    (
        r#""a" 'b' it's 'tis "'c'" a"b ("d") '80s "e," [ "f""#,
        "‹“›a‹”› ‹‘›b‹’› it‹’›s ‹‘›tis ‹“›‹‘›c‹’›‹”› a‹”›b (‹“›d‹”›) ‹’›80s ‹“›e,‹”› [ ‹“›f‹”›",
    ),
    (
        r#""*a*" "한글" '_b_' a '' b "" s "é's" 5'10""#,
        "‹“›em(a)‹”› ‹“›한글‹”› ‹‘›em(b)‹’› a ‹‘›‹’› b ‹“›‹”› s ‹“›é‹’›s‹”› 5‹’›10‹”›",
    ),
    (r#"$$a_b$$ x $$ c $$ and $$d \$ and \$$e$$"#, r#"math(a_b) x math(c) and math(d \$ and \)e$$"#),
    (
        r#"*a*{:.c #i k="v"} [b](/u){:title="t"} c{:.d} `e`{:.f}{:.g} --{:.h}"#,
        r#"em{class=c id=i k=v}(a) a(/u "t"|b) c{:.d} code{class=f g}(e) ‹–›{class=h}"#,
    ),
    (
        r#"{:.a} b {::comment}c{:/} d{::nomarkdown}<x>{:/nomarkdown}e{::nomarkdown type="latex"}y{:/} {:/} {::nope}z{:/}"#,
        "{:.a} b comment(<!-- c -->) draw(<x>)eraw() {:/} {::nope}z{:/}",
    ),
    (r#"*a*{:} *b*{:x\}y .c} *d*{:.e"#, "em(a){:} em{class=c}(b) em(d){:.e"),
    ("&amp; &lt; &nbsp; &copy; &nope; &#65; &#x42; &#60; &#128; & &a", "‹&› ‹<› ‹~› ‹©› ‹&›nope; ‹A› ‹B› ‹<› ‹€› & &a"),
    (r#"a--b c---d e...f <<g>> << h >> \<<i\>> ...."#, "a‹–›b c‹—›d e‹…›f ‹«›g‹»› ‹«~›h‹~»› ‹<›‹<›i‹>›‹>› ‹…›."),
    ("a  \nb \nc\\\\\nd\\\ne", "abr()\nb \ncbr()\nd\\\ne"),
    (r#"\* \_ \` \~ \| \a \\ \[ \( \" \' \& \$ \{ \< \= \-"#, r#"* _ ` ~ | \a \ [ ( " ' \& $ { < = -"#),
    ("~~a~~ ~~ b~~ ~~c ~~ d~~ ~~~e~~~ *~~f*~~ ~~*g ~~h", "del(a) ~~ b~~ del(c ~~ d) ~del(e)~ em(del(f*) ~~)g ~~h"),
    ("a ~~*b* [c](/u)~~{:.d} ~e~ ~~f~~~", "a del{class=d}(em(b) a(/u|c)) ~e~ del(f)~"),
    ("**값 $x$**은 *강조*는 __굵게__는", "strong(값 $x$)은 em(강조)는 __굵게__는"),
    ("_a__b_ __a_b__ _a_. (_b_) *c*d*", "em(a__b) strong(a_b) em(a). (em(b)) em(c)d*"),
    ("*a\n b* **c", "em(a\n b) **c"),
];

/// Texts of which kramdown makes something else without GFM.
const PLAIN: &[(&str, &str)] = &[
    (r"\~ \| \*", r"\~ | *"),
    ("~~a~~ *~~f*~~", "~~a~~ em(~~f)~~"),
    ("a ~~*b* [c](/u)~~{:.d}", "a ~~em(b) a(/u|c)~~{:.d}"),
];

#[test]
fn text_is_read_as_kramdown_does() {
    for (source, expected) in GFM {
        assert_eq!(written(source, true).replace('\u{a0}', "~"), *expected, "{source}");
    }
    for (source, expected) in PLAIN {
        assert_eq!(written(source, false), *expected, "{source}");
    }
}

#[test]
fn text_has_its_place_in_the_file() {
    let file = "> *a\n> b\\* c* ~~[d](/u)~~";
    let mut content = MappedText::default();
    content.push_verbatim("*a\n", 2);
    content.push_verbatim(&file[7..], 7);
    let options = Options::new(true);
    let mut document = document(file, &options);
    read(&mut document, 0, &content);
    let spans: Vec<_> = document.tree.nodes[1..].iter().map(|node| &file[node.span]).collect();
    assert_eq!(spans, ["*a\n> b\\* c*", "a\n> b\\* c", " ", "~~[d](/u)~~", "[d](/u)", "d"]);
    let NodeKind::Text(text) = &document.tree.nodes[2].kind else { panic!("a text") };
    let pieces: Vec<_> = text.pieces(Span::new(0, text.text().len())).map(|piece| &file[piece.source]).collect();
    assert_eq!((text.text(), pieces), ("a\nb* c", vec!["a\n", "b", "\\*", " c"]));
}

#[test]
fn no_mixture_of_markup_breaks_the_reader() {
    let pieces: Vec<&str> = GFM.iter().flat_map(|(source, _)| source.split_inclusive([' ', '*', '[', '한'])).collect();
    let mut seed = 1_u32;
    for round in 0..3000 {
        let mut source = String::new();
        for _ in 0..round % 12 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            source.push_str(pieces[(seed >> 8) as usize % pieces.len()]);
        }
        for gfm in [true, false] {
            written(&source, gfm);
        }
    }
}

#[test]
fn hostile_text_comes_to_an_end() {
    let unclosed =
        ["*a", "**a ", " _a", "[", "![", "[a](b ", "[a](b \"t ", "[a][", "<http:", "<b>", "<!--", "<a b='x\" "];
    let others =
        ["{: ", "{::comment}", "~~a ", "$$$ ", "``a`b", "\"'", "*[_![**<b>~~a ", "[ *a* ", "[![a](b)", "[a](("];
    for piece in unclosed.into_iter().chain(others) {
        written(&piece.repeat(3000 / piece.len()), true);
    }
}

fn document<'a>(file: &'a str, options: &Options) -> Document<'a> {
    let link = |destination: &str, title: Option<&str>| LinkDefinition {
        destination: destination.into(),
        title: title.map(str::to_owned),
        ..LinkDefinition::default()
    };
    Document {
        links: HashMap::from([("1".into(), link("/one", None)), ("a b".into(), link("/a_b", Some("ti")))]),
        footnotes: ["1", "n"].map(|name| (name.into(), Footnote { content: 0, marks: 0 })).into(),
        ..Document::new(file, options)
    }
}

/// The tree of a text. Its places are checked on the way.
fn written(source: &str, gfm: bool) -> String {
    let options = Options::new(gfm);
    let mut document = document(source, &options);
    read(&mut document, 0, &MappedText::verbatim(source, Span::new(0, source.len())));
    let mut tree = String::new();
    write_children(&document, 0, &mut tree);
    tree
}

fn write_children(document: &Document, parent: NodeId, out: &mut String) {
    for &child in &document.tree.nodes[parent].children {
        write_node(document, child, out);
    }
}

fn write_node(document: &Document, id: NodeId, out: &mut String) {
    let node = &document.tree.nodes[id];
    let source = document.file.get(node.span.range()).expect("a span stands on characters");
    let pairs: Vec<_> = node.attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let attributes = if pairs.is_empty() { String::new() } else { format!("{{{}}}", pairs.join(" ")) };
    let target = |destination: &str, title: &Option<String>| match title {
        Some(title) => format!("{destination} {title:?}"),
        None => destination.to_owned(),
    };
    let (name, inside) = match &node.kind {
        NodeKind::Text(text) => {
            assert!(text.text().len() <= source.len());
            return out.push_str(text.text());
        }
        NodeKind::Sign(_, characters) => return write!(out, "‹{characters}›{attributes}").expect("strings take all"),
        NodeKind::Emphasis => ("em".into(), String::new()),
        NodeKind::Strong => ("strong".into(), String::new()),
        NodeKind::Strike => ("del".into(), String::new()),
        NodeKind::CodeSpan(code) => ("code".into(), code.text().to_owned()),
        NodeKind::Link { destination, title } => ("a".into(), target(destination, title) + "|"),
        NodeKind::Image { destination, alt, title } => ("img".into(), target(destination, title) + "|" + alt),
        NodeKind::Break => ("br".into(), String::new()),
        NodeKind::Math { tex, .. } => ("math".into(), tex.text().to_owned()),
        NodeKind::FootnoteMark { name, number } => ("fn".into(), format!("{name} {number}")),
        NodeKind::Html { name, .. } => (format!("<{name}{attributes}>"), String::new()),
        NodeKind::Comment(text) => ("comment".into(), text.text().to_owned()),
        NodeKind::Raw(text) => ("raw".into(), text.text().to_owned()),
        kind => unreachable!("{kind:?} in running text"),
    };
    let attributes = if name.starts_with('<') { String::new() } else { attributes };
    write!(out, "{name}{attributes}({inside}").expect("strings take all");
    write_children(document, id, out);
    out.push(')');
}
