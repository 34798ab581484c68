//! Blocks of a post: everything that Markdown engines, template engines and postlint read.

use super::dice::Dice;
use super::spans::{destination, line, tex, text};

const HEADINGS: &[&str] =
    &["learned", "boostcamp", "feeling", "TodoList", "느낀 점", "회고", "3주차 회고", "Heading", "회고", ""];

const RANGES: &[&str] = &[
    "22.10.03 - 22.10.09",
    "2022.10.03 ~ 2022.10.09",
    "22.10.09 - 22.10.03",
    "2022-10-03 – 2022-10-09",
    "22.13.03 - 22.10.09",
    "10/3 ~ 10/9",
    "2022년 10월 3일 ~ 10월 9일",
    "22.10.03-22.10.09",
    "2022.10.3. ~ 9.",
];

const HTML: &[&str] = &[
    "<div>\n가 *나*\n</div>",
    "<div markdown=\"1\">\n\n## 가\n\n</div>",
    "<details>\n<summary>가</summary>\n\n- 나\n\n</details>",
    "<br>",
    "<br>\n## 가",
    "<!-- 주석 -->",
    "<!--\n가\n\n나\n-->",
    "<pre>\na  \n\n\nb\n</pre>",
    "<script>\nlet a = '$x$';\n\n</script>",
    "<style>\na { }\n</style>",
    "<p>가\n\n나</p>",
    "<table>\n<tr><td>가</td></tr>\n</table>",
    "<img src=\"a.png\">",
    "<a name=\"a\"></a>",
    "<div>",
    "</div>",
    "<iframe src=\"a\"></iframe>",
    "<hr>",
    "<center>\n\n가\n\n</center>",
    "<figure>\n  <img src=\"a.png\">\n  <figcaption>가</figcaption>\n</figure>",
    "<Note a={1}>\n\n가\n\n</Note>",
];

const TEMPLATES: &[&str] = &[
    "{% highlight python %}\nx = 1  \n\n\n# 가\n{% endhighlight %}",
    "{% if page.title %}\n\n## 가\n\n{% endif %}",
    "{% comment %}\n가\n\n\n{% endcomment %}",
    "{% raw %}\n{{ a }}\n{% endraw %}",
    "{{< figure src=\"a.png\" >}}",
    "{{% note %}}\n가\n{{% /note %}}",
    "{% include toc.html %}",
    "{{< highlight go >}}\na  \n{{< /highlight >}}",
    "{% for a in site.posts %}\n- {{ a.title }}\n{% endfor %}",
    "{% note %}\n가\n{% endnote %}",
    "<!-- more -->",
    "{% assign a = 1 %}",
    "{% capture a %}\n나\n{% endcapture %}",
    "import A from './a'",
    "export const a = 1",
    "{/* a */}",
    "{% if a %}",
    "{% endif %}",
    ":::note\n가\n:::",
    "[toc]",
    "{{ content }}",
];

const ODDS: &[&str] = &[
    "---",
    "***",
    "* * *",
    "___",
    "- - -",
    "===",
    "--",
    "{: .a}",
    "{:toc}",
    "* TOC\n{:toc}",
    "{::comment}\n가\n{:/comment}",
    "{::nomarkdown}a{:/}",
    "^",
    "{::options a=\"b\" /}",
    "[ref]: https://example.com/ \"가\"",
    "[img]: a.png",
    "[ref]: /b",
    "[^1]: 가\n    나",
    "[^note]: 가\n\n    나\n",
    "[^1]:",
    "*[HTML]: Hyper",
    "*[LR]: 학습률",
    "|",
    "|-",
    ">",
    "-",
    "#",
    "1.",
    "+ ",
    "```",
    "$$",
    "~~~",
    ":",
    "\u{c}",
    "\u{3000}",
    "\u{feff}",
    "# ",
    "####### 가",
    "#가",
    "####",
    "\\",
    "    ",
    "\t",
    "\\newpage",
    "| a |\n",
    "a\n-",
    "a\n=",
    "a\n: b",
    "1) a",
    "007. a",
    "1234567890. a",
    "*\ta",
    "+\ta\n\tb",
];

const SUPPRESSIONS: &[&str] = &[
    "<!-- postlint-ignore dead-link: 옛 위키 -->",
    "<!-- postlint-ignore trailing-space -->",
    "<!-- postlint-ignore-file format -->",
    "<!-- postlint-ignore placehoder -->",
    "<!-- postlint-ignore -->",
    "<!-- postlint-ignore crowded-block extra-blank-lines -->",
];

/// What stands between blocks.
const BETWEEN: &[&str] =
    &["\n\n", "\n\n", "\n\n", "\n\n", "\n", "\n", "\n\n\n", "\n \n", "\n\t\n\n", "\n\n\n\n", "\n    \n\n", "  \n\n"];

/// Some blocks, one below the other.
pub fn blocks(dice: &mut Dice, depth: usize, least: usize, most: usize) -> String {
    let mut out = String::new();
    for block in dice.several(least, most, |dice| block(dice, depth)) {
        if !out.is_empty() {
            out.push_str(dice.of(BETWEEN));
        }
        out.push_str(&block);
    }
    out
}

fn block(dice: &mut Dice, depth: usize) -> String {
    if depth > 0 && dice.one_in(3) {
        return container(dice, depth - 1);
    }
    match dice.below(17) {
        0..=3 => text(dice, 2),
        4..=6 => heading(dice),
        7 => fence(dice),
        8 => indented(&text(dice, 0), dice.of(&["    ", "\t", "     "])),
        9 | 10 => table(dice),
        11 => display(dice),
        12 => dice.of(HTML).to_owned(),
        13 => dice.of(TEMPLATES).to_owned(),
        14 => format!("[{}]: {} '{}'", dice.of(&["ref", "img", "^1", "가"]), destination(dice), line(dice)),
        15 if dice.one_in(3) => dice.of(SUPPRESSIONS).to_owned(),
        15 => dice.of(RANGES).to_owned(),
        _ => dice.of(ODDS).to_owned(),
    }
}

fn heading(dice: &mut Dice) -> String {
    let inner = if dice.one_in(2) { dice.of(HEADINGS).to_owned() } else { line(dice) };
    let hashes = "#".repeat(1 + dice.below(4));
    let space = dice.of(&[" ", " ", " ", " ", "  ", "\t", "", "   "]);
    match dice.below(8) {
        0 => format!("{inner}\n{}", dice.of(&["===", "---", "=", "-", "--  "])),
        1 => format!("{hashes}{space}{inner} {hashes}"),
        2 => format!("{hashes}{space}{inner} {{#{}}}", dice.of(&["a", "회고", "a b", ""])),
        3 => format!("{}{hashes}{space}{inner}", dice.of(&[" ", "   ", "    ", "\t"])),
        _ => format!("{hashes}{space}{inner}"),
    }
}

fn fence(dice: &mut Dice) -> String {
    let fence = dice.of(&["```", "```", "~~~", "````", "`````"]);
    let info = dice.of(&[
        "", "python", "js {1,2}", "{.a}", "md title=\"a\"", "math", "mermaid", "{python}", "c++", " ruby  ", "가",
    ]);
    let inner = text(dice, 0) + dice.of(&["", "\n", "\n\n\n", "  \n", "\n# 가\n"]);
    match dice.below(8) {
        0 => format!("{fence}{info}\n{inner}"),
        1 => format!("{fence}{info}\n{inner}\n{fence}{fence}"),
        2 => format!("{0}{fence}{info}\n{0}{inner}\n{0}{fence}", dice.of(&[" ", "   ", "    "])),
        _ => format!("{fence}{info}\n{inner}\n{fence}"),
    }
}

fn table(dice: &mut Dice) -> String {
    let columns = 1 + dice.below(3);
    let outer = dice.of(&["|", "|", "|", ""]);
    let row = |dice: &mut Dice| {
        let cells: Vec<String> = (0..columns).map(|_| line(dice)).collect();
        format!("{outer} {} {outer}", cells.join(" | "))
    };
    let rule =
        format!("{outer}{}{outer}", vec![dice.of(&["---", ":-:", "---:", " - ", "--|--", ":"]); columns].join("|"));
    let head = row(dice);
    let rows = dice.several(0, 3, row).join("\n");
    match dice.below(6) {
        0 => format!("{head}\n{rows}"),
        1 => format!("{rule}\n{head}\n{rule}\n{rows}"),
        2 => format!("{head}\n{rule}\n{rows}\n{}", dice.of(&["|===|", "가", "{: .a}", rule.as_str()])),
        _ => format!("{head}\n{rule}\n{rows}"),
    }
}

fn display(dice: &mut Dice) -> String {
    let tex = tex(dice);
    match dice.below(7) {
        0 => format!("$${tex}$$"),
        1 => format!("\\[\n{tex}\n\\]"),
        2 => format!("\\\\[{tex}\\\\]"),
        3 => format!("\\begin{{align}}\n{tex} \\\\\n\n{tex}\n\\end{{align}}"),
        4 => format!("$$\n{tex}\n\n{tex}\n$$"),
        5 => format!("{} $$\n{tex}\n$$ {}", line(dice), line(dice)),
        _ => format!("$$\n{tex}\n$$"),
    }
}

fn container(dice: &mut Dice, depth: usize) -> String {
    match dice.below(8) {
        0 | 1 => {
            let inner = blocks(dice, depth, 1, 3);
            let is_lazy = dice.one_in(4);
            let quoted = |(index, line): (usize, &str)| match line {
                line if is_lazy && index > 0 && !line.is_empty() => line.to_owned(),
                "" => ">".to_owned(),
                line => format!("> {line}"),
            };
            inner.split('\n').enumerate().map(quoted).collect::<Vec<_>>().join("\n")
        }
        2 => format!("{}\n{}: {}", line(dice), dice.of(&["", "\n", "\n\n"]), hanging(&blocks(dice, depth, 1, 2), "  ")),
        3 => format!("[^{}]: {}", dice.of(&["1", "note"]), hanging(&blocks(dice, depth, 1, 2), "    ")),
        _ => list(dice, depth),
    }
}

fn list(dice: &mut Dice, depth: usize) -> String {
    let between = dice.of(&["\n", "\n", "\n\n", "\n\n\n", "\n \n"]);
    let bullet = dice.of(&["-", "*", "+", "1.", "2)", "-", "1."]);
    let changes = dice.one_in(4);
    let items = dice.several(1, 4, |dice| {
        let bullet = if changes { dice.of(&["-", "*", "+", "1.", "3."]) } else { bullet };
        let marker = format!("{bullet}{}", dice.of(&[" ", " ", " ", " ", "   ", "\t", "  ", "     "]));
        let indent = dice.of(&[marker.len(), marker.len(), marker.len(), 4, 2, 1, 0]);
        let box_ = dice.of(&["", "", "", "", "[ ] ", "[x] "]);
        let inner = if dice.one_in(2) { line(dice) } else { blocks(dice, depth, 0, 3) };
        format!("{marker}{box_}{}", hanging(&inner, &" ".repeat(indent)))
    });
    items.join(between)
}

fn indented(text: &str, indent: &str) -> String {
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// All lines but the first indented.
fn hanging(text: &str, indent: &str) -> String {
    indented(text, indent).get(indent.len()..).unwrap_or_default().to_owned()
}
