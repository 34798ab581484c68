//! Running text: words, and all that Markdown, TeX and templates have within a line.

use super::dice::Dice;

const WORDS: &[&str] = &[
    "회고", "이번 주는", "배치 정규화를", "**학습률**이", "공부했다.", "3주차", "나는", "그래서", "week", "the model",
    "loss", "a", "it's", "\"인용\"", "--", "...", "100%", "#1", "a_b_c", "x*y", "~", "1.5", "2022-10-09", "C++",
    "A & B", "<3", "—", "(괄호)", "é", "한국어로", "👍🏽", "a\u{a0}b", "\u{200b}", "ﬁ", "がく", "5 * 3", "$5", "~/bin",
    "|", "a|b", "::", "{", "}", "\\", "^", "`",
];

const CODE: &[&str] =
    &["x", "a | b", "$x$", "`` ` ``", "<b>", "{{ x }}", "{% if %}", "한글", " a ", "\\", "*a*", "a  b"];

const TEX: &[&str] = &[
    "x",
    "x_1",
    "\\alpha + \\beta",
    "x_{i}^{2}",
    "a < b",
    "\\frac{1}{2}",
    "\\text{학습률}",
    "\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}",
    "a_1 * b_1 * c",
    "\\mathbb{R}^n",
    "\\left( x \\right)",
    "|x|",
    "\\| w \\|",
    "\\{ 1, 2 \\}",
    "\\underset{x}{\\max}",
    "\\foo",
    "\\frac{1}",
    "x' ",
    "f(x) = \\sum_{i=1}^{n} x_i",
    "\\\\",
    "a & b",
    "%",
    "\\label{eq}\\tag{1}",
    "{{a}}",
    "\\color{red} x",
    "y~x",
    "--x",
];

/// Where links of a blog lead.
const DESTINATIONS: &[&str] = &[
    "https://example.com/",
    "/about/",
    "#heading",
    "#회고",
    "{% post_url 2022-10-02-second %}",
    "{% link a.md %}",
    "../second/",
    "image.png",
    "second.md",
    "/img/사진.png",
    "<a b>",
    "",
    "javascript:x",
    "mailto:a@example.com",
    "http://localhost:4000/a",
    "C:\\a.png",
    "a(b)c",
    "{{ site.baseurl }}/a",
    "{{< ref \"second.md\" >}}",
    "@/blog/second.md",
    "{filename}second.md",
    "//example.com",
    "?a=1&b=2",
    "%ED%9A",
];

const TEMPLATES: &[&str] = &[
    "{{ page.title }}",
    "{{ site.url | append: '/a' }}",
    "{{ 'a' | upcase }}",
    "{% if page.title %}가{% endif %}",
    "{% assign a = 1 %}",
    "{{< figure src=\"a.png\" >}}",
    "{{% note %}}가{{% /note %}}",
    "{{< ref \"second.md\" >}}",
    "{% raw %}{{ a }}{% endraw %}",
    "{# a #}",
    "{% include a.html %}",
    "{% comment %}나{% endcomment %}",
    "{{",
    "}}",
    "{%- if a -%}",
    "{% youtube abc %}",
    "{{</* a */>}}",
    "{ a }",
    "{/* a */}",
    "{% link second.md %}",
    "{{ content }}",
    "{{ \"a\" }}",
    "{{- a -}}",
    "{% endif %}",
];

const HTML: &[&str] = &[
    "<br>", "<br/>", "<span>가</span>", "<a name=\"a\"></a>", "<b>*가*</b>", "<!-- 나중에 -->", "<img src=\"a.png\">",
    "<kbd>Ctrl</kbd>", "<u>", "</u>", "<sub>1</sub>", "<details>", "<p>", "</div>", "<x-y z>", "&amp;", "&nbsp;",
    "&#x41;", "&copy", "<https://example.com>", "<a@example.com>", "<", "<code>$x$</code>",
    "<font color='red'>가</font>", "<!--", "-->", "<?php ?>", "<![CDATA[ a ]]>",
];

const ODDS: &[&str] = &[
    "[^1]", "[^note]", "^[inline]", "[[second]]", ":smile:", "{: .a}", "{#a}", "==가==", "++a++", "H~2~O",
    "*[HTML]: a", "[x]", "[ ]", "[ref]", "[ref][]", "[가][ref]", "![가][img]", "http://example.com/a_b_c",
    "www.example.com", "(c)", "'s", "\\*", "\\[", "\\$", "**가**나", "**\"가\"**는", "**가(나)**다", "***가***",
    "_a_b", "*a", "**", "~~가~~", "~가~", "(tm)", "1\\. a", "\\", "$$x$$", "\\\\(x\\\\)", "\\(x\\)", "\\\\[x\\\\]",
    "$a$b$", "@[youtube](a)",
];

/// Running text, of one line or several.
pub fn text(dice: &mut Dice, depth: usize) -> String {
    let mut text = String::new();
    for index in 0..=dice.below(7) {
        if index > 0 {
            text.push_str(dice.of(&[" ", " ", " ", " ", "\n", "\n", "  \n", "\\\n", " \n", "", "\t", "   \n"]));
        }
        text.push_str(&span(dice, depth));
    }
    text
}

/// The same on one line.
pub fn line(dice: &mut Dice) -> String {
    text(dice, 1).replace("\\\n", " ").replace('\n', " ")
}

fn span(dice: &mut Dice, depth: usize) -> String {
    let inner = |dice: &mut Dice| if depth == 0 { dice.of(WORDS).to_owned() } else { text(dice, depth - 1) };
    match dice.below(30) {
        0 => format!("*{}*", inner(dice)),
        1 => format!("**{}**", inner(dice)),
        2 => format!("_{}_", inner(dice)),
        3 => format!("`{}`", dice.of(CODE)),
        4 => format!("[{}]({})", inner(dice), dice.of(DESTINATIONS)),
        5 => format!("![{}]({} \"{}\")", dice.of(WORDS), dice.of(DESTINATIONS), dice.of(WORDS)),
        6 | 7 => format!("${}$", dice.of(TEX)),
        8 => dice.of(HTML).to_owned(),
        9 => dice.of(TEMPLATES).to_owned(),
        10 | 11 => dice.of(ODDS).to_owned(),
        12 => format!("<span class=\"a\">{}</span>", inner(dice)),
        _ => dice.of(WORDS).to_owned(),
    }
}

/// TeX of a formula.
pub fn tex(dice: &mut Dice) -> &'static str {
    dice.of(TEX)
}

/// Where a link leads.
pub fn destination(dice: &mut Dice) -> &'static str {
    dice.of(DESTINATIONS)
}
