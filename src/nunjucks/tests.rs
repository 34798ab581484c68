use super::*;

fn known() -> Known {
    let tags = [("quote", Some(true)), ("img", Some(false)), ("youtube", None)];
    Known { tags: tags.map(|(name, is_block)| (name.to_owned(), is_block)).into(), ..Known::default() }
}

/// What stops the build, with the code of a post between backticks.
fn faults(text: &str) -> Vec<(FaultKind, String)> {
    let code: Vec<Span> = text
        .match_indices('`')
        .map(|(at, _)| at)
        .collect::<Vec<_>>()
        .chunks_exact(2)
        .map(|pair| Span::new(pair[0], pair[1]))
        .collect();
    let is_code = |at: usize| code.iter().any(|code| code.contains(&at));
    let found = read(text, Span::new(0, text.len()), &known(), is_code);
    found.faults.into_iter().map(|fault| (fault.kind, text[fault.span].to_owned())).collect()
}

/// Asked of Hexo 8.1.2.
#[test]
fn what_stops_the_build() {
    use FaultKind::*;
    for (text, expected) in [
        ("a {% foo %} b", vec![(Unknown, "{% foo %}")]),
        ("a {%foo%} b", vec![(Unknown, "{%foo%}")]),
        ("{%- foo x=\"%}\" -%}", vec![(Unknown, "{%- foo x=\"%}\" -%}")]),
        ("{% foo %}a{% endfoo %}", vec![(Unknown, "{% foo %}")]),
        ("`{% foo %}` {{ x }}", vec![]),
        ("```\n{% foo %} {{ a b }}\n```\n{{ x }}", vec![]),
        ("<code>{% foo %}</code> {{ x }}", vec![]),
        ("<!-- {% foo %} --> {{ x }}", vec![]),
        ("{% raw %}{% foo %}{% endraw %}", vec![]),
        ("{% raw %}{% foo %}", vec![(Unknown, "{% foo %}")]),
        ("{% raw %}{{ a b }}{% raw %}{{ c }}", vec![]),
        ("{% quote %}a", vec![(NeverClosed, "{% quote %}")]),
        ("{% quote %}a{% endquote %}", vec![]),
        ("{% endquote %}", vec![(NothingOpen, "{% endquote %}")]),
        ("{% quote %}{% if a %}{% endquote %}", vec![(NeverClosed, "{% if a %}")]),
        ("{% if a %}b{% else %}c{% endif %}", vec![]),
        ("{% else %}", vec![(NothingOpen, "{% else %}")]),
        ("{% if %}{% endif %}", vec![(Unreadable, "{% if %}"), (NothingOpen, "{% endif %}")]),
        ("{% for a, b in c %}{{ a }}{% endfor %}", vec![]),
        ("{% set a = 1 %}{{ a }}", vec![]),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ m(1) }}", vec![]),
        ("{% include 'a.njk' %}", vec![(NoTemplate, "{% include 'a.njk' %}")]),
        ("{% img a.png %}", vec![]),
        ("{% youtube x %}", vec![]),
        ("{{ a b }}", vec![(Unreadable, "{{ a b }}")]),
        ("{{ }}", vec![(Unreadable, "{{ }}")]),
        ("{{ f() }}", vec![(NoFunction, "{{ f() }}")]),
        ("{{ range(3) }}", vec![]),
        ("{{ a.b() }}", vec![(NoFunction, "{{ a.b() }}")]),
        ("{{ a | upper }}", vec![]),
        ("{{ a | nofilter }}", vec![(NoFilter, "{{ a | nofilter }}")]),
        ("{{ a if b else c }} {{ not a and [1, 'x'][0] == -2 ~ 'y' }}", vec![]),
        ("${#a}", vec![]),
        ("![x]({{ a | nofilter }})", vec![]),
        ("![x]({{ a | nofilter }}/b.png)", vec![(NoFilter, "{{ a | nofilter }}")]),
        ("[x](/{{ a | nofilter }})", vec![]),
        ("[x]( {{ a | nofilter }} )", vec![]),
        ("[x](/{{ a | nofilter }}/b)", vec![]),
        ("\\{{ a | nofilter }}", vec![]),
        ("\\\\{{ a | nofilter }}", vec![(NoFilter, "{{ a | nofilter }}")]),
        ("[x](y) {{ a | nofilter }}", vec![(NoFilter, "{{ a | nofilter }}")]),
        ("${#a} {{ x }}", vec![(Unclosed, "{#")]),
        ("a #} {{ x }}", vec![(StrayEnd, "#}")]),
        ("{{ a } {% img b %}", vec![(Unclosed, "{{")]),
        ("`{#a}` {{ x }}", vec![]),
    ] {
        let expected: Vec<(FaultKind, String)> = expected.into_iter().map(|(kind, at)| (kind, at.to_owned())).collect();
        assert_eq!(faults(text), expected, "{text}");
    }
}

#[test]
fn what_is_left_for_markdown() {
    for (text, expected) in [
        ("a {{ b }} c", "a <!--tag--> c"),
        ("$\\frac{{a}}{b}$", "$\\frac<!--tag-->{b}$"),
        ("{% quote %}\n# a\n{% endquote %}\nb", "<!--tag-->\nb"),
        ("`{{ a }}` {# b #} {{ c }}", "`{{ a }}`  <!--tag-->"),
        ("```\n{{ a }}\n```\n{{ b }}", "```\n{{ a }}\n```\n<!--tag-->"),
        ("${#a}", "${#a}"),
    ] {
        assert_eq!(expand(text, Span::new(0, text.len())).0.text(), expected, "{text}");
    }
}
