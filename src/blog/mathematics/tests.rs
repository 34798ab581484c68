use super::*;
use crate::generators::Generator;

/// The mathematics of a folder with these files.
fn mathematics(generator: Generator, files: &[(&str, &str)], told: &MathOverrides) -> Mathematics {
    let files = Files::in_memory(files.iter().copied());
    let site = Site::read(&files, generator);
    Mathematics::read(&files, &site, told)
}

/// A Jekyll site with one layout.
fn layout(text: &str) -> Mathematics {
    let text = format!("<html>{text}{{{{ content }}}}</html>");
    mathematics(
        Generator::Jekyll,
        &[("_config.yml", "mathjax: true\n"), ("_layouts/post.html", &text)],
        &MathOverrides::default(),
    )
}

/// The opening delimiters.
fn openers(found: &Mathematics) -> Option<Vec<&str>> {
    Some(found.delimiters.as_ref()?.iter().map(|pair| &*pair.open).collect())
}

const USUAL: &[&str] = &["\\(", "$$", "\\[", "\\begin{"];

#[test]
fn engines_and_what_they_look_for() {
    let script = |source: &str| format!("<script async src=\"{source}\"></script>");
    let mathjax = script("https://cdn.jsdelivr.net/npm/mathjax@3/es5/tex-mml-chtml.js");
    let katex = script("https://cdn.jsdelivr.net/npm/katex@0.16.9/dist/katex.min.js");
    let with = |script: &str, config: &str| format!("<script>{config}</script>\n{script}");
    let three = Some(Engine::MathJax(3));
    for (text, engine, delimiters) in [
        (mathjax.clone(), three, Some(USUAL)),
        (
            script("https://cdnjs.cloudflare.com/ajax/libs/mathjax/4.0.0/tex-chtml.js"),
            Some(Engine::MathJax(4)),
            Some(USUAL),
        ),
        (script("/js/mathjax/tex-svg.js"), three, None),
        (
            script("//cdn.bootcss.com/mathjax/2.7.1/latest.js?config=TeX-AMS-MML_HTMLorMML"),
            Some(Engine::MathJax(2)),
            Some(USUAL),
        ),
        (
            script("https://cdn.mathjax.org/mathjax/latest/MathJax.js?config=TeX-AMS_SVG"),
            Some(Engine::MathJax(2)),
            Some(USUAL),
        ),
        (script("https://a.b/MathJax.js?config=TeX-AMS_SVG,https://c.d/own.js"), Some(Engine::MathJax(2)), None),
        (
            with(&mathjax, r"MathJax = { tex: { inlineMath: [['$', '$'], ['\\(', '\\)']] } };"),
            three,
            Some(&["$", "\\(", "$$", "\\[", "\\begin{"]),
        ),
        (
            with(&mathjax, "window.MathJax = {tex: {inlineMath: {'[+]': [['$', '$']]}}}"),
            three,
            Some(&["$", "\\(", "$$", "\\[", "\\begin{"]),
        ),
        (with(&mathjax, "// inlineMath: [['$', '$']]\nMathJax = {}"), three, Some(USUAL)),
        (with(&mathjax, "MathJax = {tex: {inlineMath: {{ site.pairs | jsonify }}}}"), three, None),
        (format!("<!-- {mathjax} -->"), Some(Engine::Absent), None),
        (with("", "document.write('<script src=' + mathjax + '>')"), Some(Engine::MathJax(3)), None),
        (katex.clone(), Some(Engine::Katex), None),
        (
            format!(
                "{katex}<script src=\"https://a.b/katex/contrib/auto-render.min.js\" onload=\"renderMathInElement(document.body);\">"
            ),
            Some(Engine::Katex),
            Some(&[
                "\\(", "$$", "\\[", "\\begin{equation}", "\\begin{align}", "\\begin{alignat}", "\\begin{gather}",
                "\\begin{CD}",
            ]),
        ),
        (
            with(
                &katex,
                "renderMathInElement(document.body, {delimiters: [{left: '$', right: '$', display: false}]});",
            ),
            Some(Engine::Katex),
            Some(&["$"]),
        ),
        (format!("{katex}{mathjax}"), Some(Engine::MathJax(3)), None),
        (script("https://www.googletagmanager.com/gtag/js?id=1"), Some(Engine::Absent), None),
    ] {
        let found = layout(&text);
        assert_eq!((found.engine, openers(&found)), (engine, delimiters.map(<[_]>::to_vec)), "{text}");
    }
}

#[test]
fn definitions_that_last() {
    let with = |option: &str| {
        layout(&format!(
            "<script src=\"https://a.b/katex@0.16.9/dist/katex.min.js\"></script>\
             <script src=\"https://a.b/katex/contrib/auto-render.min.js\" onload=\"renderMathInElement(document.body{option});\"></script>"
        ))
    };
    for (option, keeps) in [
        ("", false),
        (", {globalGroup: true}", true),
        (", {'globalGroup': !0, throwOnError: false}", true),
        (", {globalGroup: false}", false),
        (", { /* globalGroup: true */ }", false),
    ] {
        assert_eq!(with(option).keeps_definitions, keeps, "{option}");
    }
    assert!(
        with("").leaves_code && !layout("<script>document.querySelectorAll('code.language-math')</script>").leaves_code
    );
}

#[test]
fn macros_and_extensions() {
    let found = layout(
        "<script>MathJax = {loader: {load: ['[tex]/physics']}, tex: {macros: {RR: '\\\\mathbb{R}', norm: ['\\\\|#1\\\\|', 1]},\n\
         packages: {'[+]': ['physics', 'textmacros']}}}</script><script src='https://a.b/mathjax@3/es5/tex-svg.js'></script>",
    );
    let macros: Vec<_> = found.macros.iter().map(|(name, arity)| (&**name, *arity)).collect();
    assert_eq!(macros, [("RR", 0), ("norm", 1)]);
    assert_eq!(found.extensions.iter().collect::<Vec<_>>(), ["physics", "textmacros"]);
    let found = layout(
        "<script>MathJax.Hub.Config({TeX: {extensions: [\"mhchem.js\"], Macros: {bold: [\"{\\\\bf #1}\", 1]}}});</script>\
         <script src='https://a.b/MathJax.js?config=TeX-AMS_HTML'></script>",
    );
    assert_eq!((found.macros.get("bold"), found.extensions.contains("mhchem")), (Some(&1), true));
}

#[test]
fn switches_in_layouts() {
    let switched = |keys: &[&str]| Condition::Switched(keys.iter().map(|&key| key.to_owned()).collect());
    for (condition, loading) in [
        ("{% if page.use_math %}X{% endif %}", switched(&["use_math"])),
        ("{% if page.math or page.katex == true %}X{% endif %}", switched(&["katex", "math"])),
        ("{% if site.mathjax %}X{% endif %}", Condition::Always),
        ("{% if site.katex %}X{% endif %}", Condition::Never),
        ("{% if site.mathjax and page.math %}X{% endif %}", switched(&["math"])),
        ("{% unless site.katex %}X{% endunless %}", Condition::Always),
        ("{% if site.katex %}{% else %}X{% endif %}", Condition::Always),
        ("{% if site.katex %}{% elsif page.math %}X{% endif %}", switched(&["math"])),
        ("{% if page.layout == 'post' %}X{% endif %}", Condition::Unknown),
        ("{% assign on = page.math %}{% if on %}X{% endif %}", Condition::Unknown),
        ("{% comment %}X{% endcomment %}", Condition::Never),
        ("{% include math.html %}", switched(&["math"])),
        ("{% include none.html %}", Condition::Unknown),
        ("{% include {{ page.part }} %}", Condition::Unknown),
        ("{% if page.math %}X{% endif %}X", Condition::Always),
    ] {
        let script = "<script src=\"https://a.b/mathjax@3/es5/tex-svg.js\"></script>";
        let outer = format!("<html>{}{{{{ content }}}}</html>", condition.replace('X', script));
        let files = [
            ("_config.yml", "mathjax: {enable: true}\n"),
            ("_layouts/default.html", &outer),
            ("_layouts/post.html", "---\nlayout: default\n---\n{{ content }}\n"),
            ("_includes/math.html", &format!("{{% if page.math %}}{script}{{% endif %}}")),
        ];
        let found = mathematics(Generator::Jekyll, &files, &MathOverrides::default());
        assert_eq!(found.loading("post"), &loading, "{condition}");
        assert_eq!(found.loading("other"), &Condition::Unknown);
    }
}

/// Ten includes of itself in each of a dozen rounds would take longer than anybody waits.
#[test]
fn an_include_of_itself_ends() {
    let script = "<script src=\"https://a.b/mathjax@3/es5/tex-svg.js\"></script>";
    let include = "{% include a.html %}\n".repeat(10) + &"{% if page.b %}{% include a.html %}{% endif %}\n".repeat(10);
    let files = [
        ("_config.yml", ""),
        ("_layouts/post.html", &format!("<html>{{% include a.html %}}{script}{{{{ content }}}}</html>")),
        ("_includes/a.html", &include),
    ];
    let found = mathematics(Generator::Jekyll, &files, &MathOverrides::default());
    assert_eq!(found.loading("post"), &Condition::Always);
}

#[test]
fn what_is_not_seen_is_not_known() {
    let layout = ("_layouts/post.html", "{{ content }}");
    for files in [
        &[("_config.yml", ""), ("_layouts/post.html", "---\nlayout: default\n---\n{{ content }}")][..],
        &[("_config.yml", "theme: minima\n")],
        &[("_config.yml", ""), ("_layouts/post.html", "")],
        &[("_config.yml", ""), layout, ("_plugins/math.rb", "")],
        &[("_config.yml", "plugins: [jekyll-spaceship]\n"), layout],
        &[("_config.yml", "a: [\n"), layout],
    ] {
        let found = mathematics(Generator::Jekyll, files, &MathOverrides::default());
        assert_eq!((found.engine, found.delimiters.as_ref(), found.is_whole), (None, None, false), "{files:?}");
        assert_eq!(found.loading("post"), &Condition::Unknown, "{files:?}");
    }
    let themed =
        mathematics(Generator::Jekyll, &[("_config.yml", "mathjax: true\ntheme: a\n")], &MathOverrides::default());
    assert_eq!((themed.engine, themed.is_whole), (Some(Engine::MathJax(3)), false));
    let layouts = [("hugo.toml", "theme = \"a\"\n"), ("layouts/_default/single.html", "{{ .Content }}")];
    assert_eq!(mathematics(Generator::Hugo, &layouts, &MathOverrides::default()).engine, None);
}

#[test]
fn templates_of_hugo_and_zola() {
    let script = "<script src=\"https://a.b/katex.min.js\"></script>";
    let hugo = [
        ("hugo.toml", "theme = \"a\"\n"),
        ("themes/a/layouts/partials/math.html", script),
        ("layouts/index.html", "x"),
    ];
    assert_eq!(mathematics(Generator::Hugo, &hugo, &MathOverrides::default()).engine, Some(Engine::Katex));
    let listed = [("hugo.toml", "theme = [\"b\", \"a\"]\n"), ("themes/b/layouts/index.html", "x"), hugo[1], hugo[2]];
    assert_eq!(mathematics(Generator::Hugo, &listed, &MathOverrides::default()).engine, Some(Engine::Katex));
    let zola = [
        ("config.toml", "base_url = \"https://a.b\"\n"),
        ("templates/page.html", "<script src=\"/a.js\"></script>"),
        ("static/a.js", "1"),
    ];
    assert_eq!(mathematics(Generator::Zola, &zola, &MathOverrides::default()).engine, Some(Engine::Absent));
    assert_eq!(mathematics(Generator::Zola, &zola[..2], &MathOverrides::default()).engine, None);
}

#[test]
fn postlint_yaml_goes_first() {
    let told = MathOverrides { delimiters: Some(vec!["$".into(), "\\\\(".into()]), ..MathOverrides::default() };
    let found = mathematics(Generator::Plain, &[], &told);
    assert_eq!((found.engine, openers(&found)), (None, Some(vec!["$", "\\(", "\\begin{"])));
    assert_eq!((found.looks_for("$"), found.looks_for("\\begin{align}")), (Some(true), Some(true)));
    let told = MathOverrides { engine: Some(Engine::Absent), ..MathOverrides::default() };
    let found = mathematics(Generator::Plain, &[], &told);
    assert_eq!((found.engine, found.looks_for("$$")), (Some(Engine::Absent), Some(false)));
}

#[test]
fn hostile_templates() {
    for text in [
        "<!--".repeat(50_000),
        "load:'".repeat(50_000),
        "mathjax inlineMath:[".repeat(20_000),
        "{% if a %}".repeat(20_000),
    ] {
        layout(&text);
    }
}

#[test]
fn dollars_that_nobody_looks_for() {
    let katex = "<script src=\"https://a.example/katex.min.js\"></script>\
        <script>renderMathInElement(document.body, {delimiters: [{left: \"$$\", right: \"$$\", display: true}, DOLLAR]});</script>";
    for (told, tex, is_none) in [
        ("{left: \"\\\\(\", right: \"\\\\)\", display: false}", "GOOS_", true),
        ("{left: \"\\\\(\", right: \"\\\\)\", display: false}", "x_1", false),
        ("{left: \"$\", right: \"$\", display: false}", "GOOS_", false),
    ] {
        let found = layout(&katex.replace("DOLLAR", told));
        assert_eq!(found.is_no_formula(tex), is_none, "{told} {tex}");
    }
}
