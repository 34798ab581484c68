#!/usr/bin/env python3
"""Asks the real engines again what the tests have on record of them, and writes it anew. See README.md.

usage: record.py [NAME...]        without a name, all
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TOOLS = ROOT / "target/record"
PROGRAM = ROOT / "target/debug/examples/record_pulldown_cmark"
DOLLARS = {"block": [["\\[", "\\]"], ["$$", "$$"]], "inline": [["\\(", "\\)"], ["$", "$"]]}


def ask(command, texts, **options):
    """What a program of this folder says of each text."""
    environment = {**os.environ, "ENGINES": str(TOOLS), "LC_ALL": "C.UTF-8"}
    said = subprocess.run(command, input=json.dumps(texts), stdout=subprocess.PIPE, text=True, check=True,
                          env=environment, **options)
    return json.loads(said.stdout)


def node(engine, texts):
    return ask(["node", HERE / "node.mjs", engine], texts)


def kramdown(texts, *options):
    return ask(["ruby", "-EUTF-8", HERE / "kramdown.rb", *options], texts)


def pulldown_cmark(texts):
    return ask([PROGRAM], texts)


def cmark_gfm(texts):
    import cmarkgfm
    options = cmarkgfm.Options.CMARK_OPT_UNSAFE | cmarkgfm.Options.CMARK_OPT_FOOTNOTES
    extensions = ["table", "strikethrough", "autolink", "tasklist"]
    return [cmarkgfm.markdown_to_html_with_extensions(text, options, extensions) for text in texts]


def hugo(texts, goldmark, program=TOOLS / "bin/hugo"):
    """The pages of a Hugo site with one page for each text."""
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder)
        (site / "content").mkdir()
        (site / "layouts/_default").mkdir(parents=True)
        (site / "layouts/_default/single.html").write_text("{{ .Content }}")
        config = {"disableKinds": ["home", "section", "taxonomy", "term"], "markup": {"goldmark": goldmark}}
        (site / "config.json").write_text(json.dumps(config))
        for number, text in enumerate(texts):
            (site / f"content/{number}.md").write_text(f"---\ntitle: a\n---\n{text}")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([program, "--quiet", "--source", site, "--cacheDir", site / "cache"], check=True, **quiet)
        return [(site / f"public/{number}/index.html").read_text() for number in range(len(texts))]


def ids(page):
    """The ids of the headings of a page; None for a heading without."""
    return [found[1] if found[0] else None for found in re.findall(r'<h2( id="([^"]*)")?', page)]


def record_kramdown(rows):
    texts = [row["source"] for row in rows]
    ways = {"gfm": ["input=GFM"], "hard_wrap": ["input=GFM", "hard_wrap=true"], "kramdown": ["input=kramdown"]}
    pages = {way: kramdown(texts, *options) for way, options in ways.items()}
    for number, row in enumerate(rows):
        for way in ways:
            row.pop(way, None)
            if way == "gfm" or pages[way][number] != row["gfm"]:
                row[way] = pages[way][number]


def record_liquid(rows):
    for row, verdict in zip(rows, ask(["ruby", "-EUTF-8", HERE / "liquid.rb"], [row["template"] for row in rows])):
        row.update(verdict)


def record_snippets(rows):
    texts = [row["source"] for row in rows]
    for engine, pages in {"commonmark": node("commonmark", texts), "gfm": cmark_gfm(texts),
                          "pulldown-cmark": pulldown_cmark(texts)}.items():
        for row, page in zip(rows, pages):
            row[engine] = page.strip()


def record_math(rows):
    texts = [row["source"] for row in rows]
    plain = {"renderer": {"unsafe": True}, "extensions": {"typographer": {"disable": True}}}
    passthrough = {"enable": True, "delimiters": DOLLARS}
    for engine, pages in {
        "goldmark": hugo(texts, plain),
        "passthrough": hugo(texts, {**plain, "extensions": {**plain["extensions"], "passthrough": passthrough}}),
        "pulldown-cmark": pulldown_cmark(texts),
        "kramdown-gfm": kramdown(texts, "input=GFM"),
        "kramdown": kramdown(texts, "input=kramdown"),
    }.items():
        for row, formulas in zip(rows, node("formulas", pages)):
            row[engine] = formulas


def record_heading_ids(rows):
    text = "".join(f"## {row['heading']}\n\n" for row in rows) + "[^1]: note\n"
    columns = {"marked": node("marked", [text]), "markdown-it-anchor": node("markdown-it", [text]),
               "hugo-text": hugo([text], {})}
    if old := os.environ.get("HUGO_0_111"):
        for kind in ("github", "github-ascii", "blackfriday"):
            columns[f"hugo-{kind}"] = hugo([text], {"parser": {"autoHeadingIDType": kind}}, old)
    else:
        print("heading_ids: HUGO_0_111 names no program, so the other columns of Hugo stay as they are")
    for name, (page,) in columns.items():
        for row, heading_id in zip(rows, ids(page), strict=True):
            row[name] = heading_id


def record_remark_math(rows):
    for row, formulas in zip(rows, ask(["node", HERE / "remark.mjs"], [row["source"] for row in rows])):
        row["formulas"] = formulas


def record_mdx(rows):
    for row, stops in zip(rows, ask(["node", HERE / "mdx.mjs"], [row["source"] for row in rows])):
        row["stops"] = stops


# By the name of the file in `tests/data`.
TABLES = {"kramdown": record_kramdown, "liquid": record_liquid, "snippets": record_snippets, "math": record_math,
          "heading_ids": record_heading_ids, "remark_math": record_remark_math, "mdx": record_mdx}


def record_table(name):
    path = HERE.parent / f"data/{name}.json"
    rows = json.loads(path.read_text())
    TABLES[name](rows)
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n")


def update(test, *filters):
    """Lets a test write its own record, or what has to be asked."""
    subprocess.run(["cargo", "test", "--quiet", "--test", test, *filters], cwd=ROOT, check=True,
                   env={**os.environ, "UPDATE": "1"}, stdout=subprocess.DEVNULL)


def record_mathjax():
    update("math", "verdicts_of_mathjax")
    asked = ROOT / "target/tmp/formulas.jsonl"
    subprocess.run(["node", HERE / "mathjax.mjs", asked], check=True, env={**os.environ, "ENGINES": str(TOOLS)})


OTHERS = {"mathjax": record_mathjax, "paths": lambda: update("paths"), "lychee": lambda: update("external")}


def main():
    subprocess.run(["cargo", "build", "--quiet", "--example", PROGRAM.name], cwd=ROOT, check=True)
    for name in sys.argv[1:] or [*TABLES, *OTHERS]:
        print(name, flush=True)
        if name in TABLES:
            record_table(name)
        else:
            OTHERS[name]()


if __name__ == "__main__":
    main()
