#!/usr/bin/env python3
"""Are the addresses and links that postlint sees those of the built site?

usage: link_map.py BLOG...        Jekyll blogs; `cargo build --example link_map` first

Builds a copy of each blog with Jekyll, with layouts that print the content alone and without plugins, and holds
against it what `link_map` says: the files that are written, and of each link on the page of a post whether it leads
somewhere. The pages are read and the links followed by Python's own library, not by postlint.
"""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("LINK_MAP", ROOT / "target/debug/examples/link_map")
LINKS = {"a": ["href"], "area": ["href"], "audio": ["src"], "embed": ["src"], "iframe": ["src"], "img": ["src"],
         "object": ["data"], "source": ["src"], "track": ["src"], "video": ["src", "poster"]}
WITHOUT_PLUGINS = "plugins: []\ngems: []\nwhitelist: []\ntheme: false\nremote_theme: false\nsafe: false\nlsi: false\n"
TAGS = """
%w[gist seo feed_meta video audio avatar].each do |name|
  Liquid::Template.register_tag(name, Class.new(Liquid::Tag)) unless Liquid::Template.tags[name]
end
Liquid::Template.register_tag("include_cached", Jekyll::Tags::IncludeTag)
"""


class Page(HTMLParser):
    """The links of a page, and the places on it. Those of footnotes are the engine's own."""

    def __init__(self, path):
        super().__init__()
        self.links, self.ids = [], set()
        self.feed(path.read_text(errors="replace"))

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids.update(attributes[key] for key in ("id", "name") if attributes.get(key))
        if "footnote" in (attributes.get("class") or ""):
            return
        self.links += [attributes[key].strip() for key in LINKS.get(tag, []) if attributes.get(key) is not None]


def build(blog, work):
    """Builds a copy; the folder of the site."""
    source, site = work / "source", work / "site"
    shutil.copytree(blog, source, symlinks=True)
    config = (source / "_config.yml").read_text()
    for name in ("Gemfile", "Gemfile.lock"):
        (source / name).unlink(missing_ok=True)
    for layout in (source / "_layouts").rglob("*.*"):
        layout.write_text("{{ content }}")
    (source / "_plugins").mkdir(exist_ok=True)
    (source / "_plugins/tags.rb").write_text(TAGS)
    foreign = re.search(r"^markdown *: *(?!kramdown)\w", config, re.M | re.I)
    (work / "more.yml").write_text(WITHOUT_PLUGINS + ("markdown: kramdown\n" if foreign else ""))
    env = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC", RUBYOPT="-EUTF-8", JEKYLL_NO_BUNDLER_REQUIRE="true")
    command = ["jekyll", "build", "--quiet", "--config", f"_config.yml,{work / 'more.yml'}", "-d", site]
    subprocess.run(command, cwd=source, env=env, check=True)
    return site


def rows(blog, *arguments):
    out = subprocess.run([PROGRAM, blog, *arguments], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.split("\n") if line]


class Site:
    def __init__(self, blog, folder):
        config = (blog / "_config.yml").read_text()
        self.folder, self.base = folder, setting(config, "baseurl").rstrip("/")
        self.host = urlsplit(setting(config, "url")).netloc.lower()
        self.files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        self.pages = {}

    def page(self, file):
        if file not in self.pages:
            self.pages[file] = Page(self.folder / file)
        return self.pages[file]

    def verdict(self, page, link):
        """Where a link on the page of an address leads."""
        address = urlsplit(link)
        if not (link == "" or link[0] in "#?"):
            address = urlsplit(urljoin("http://self" + self.base + page, link.replace("\\", "/")))
            if address.scheme not in ("http", "https") or address.netloc.lower() not in ("self", self.host):
                return "external"
            page = unquote(address.path) or "/"
            if not (page + "/").startswith(self.base + "/"):
                return "outside"
            page = page[len(self.base):]
        path = page.lstrip("/")
        ends_open = path == "" or path.endswith("/")
        names = [path + "index.html"] if ends_open else [path, path + ".html", path + "/index.html"]
        file = next((name for name in names if name in self.files), None)
        if file is None:
            return "missing"
        fragment = unquote(address.fragment.split(":~:")[0])
        lacks = fragment and file.endswith(".html") and fragment not in self.page(file).ids
        return "missing anchor" if lacks else "found"


def setting(config, key):
    found = re.search(rf"^{key} *: *(.*)$", config, re.M)
    value = re.sub(r"(^|\s+)#.*$", "", found.group(1)).strip().strip("'\"") if found else ""
    return value


def compare(blog, folder, totals):
    site = Site(blog, folder)
    ours = {row["target"]["file"] for row in rows(blog) if row["standing"] == "Written" and row["kind"] != "Redirect"}
    counts = collections.Counter(files=len(ours & site.files))
    for name, files in (("written, not seen", site.files - ours), ("seen, not written", ours - site.files)):
        counts[name] = len(files)
        for file in sorted(files)[:5]:
            print(f"  {name}: {file}")
    for post in rows(blog, "--links"):
        if not post["own"] or post["own"]["file"] not in site.files:
            continue
        seen = {unquote(link["destination"].strip()): link for link in post["links"]}
        for link, count in collections.Counter(site.page(post["own"]["file"]).links).items():
            verdict = site.verdict(post["own"]["url"], link)
            ours = seen.get(unquote(link), {}).get("verdict", "not seen")
            counts[f"{verdict} / {ours}"] += count
            if verdict == "found" and ours not in ("found", "not seen", "unknown"):
                print(f"  a link that leads somewhere: {post['path']}: {link}: {ours}")
    print(blog.name, dict(counts), flush=True)
    totals.update(counts)


def main():
    totals = collections.Counter()
    for blog in map(pathlib.Path, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as work:
            compare(blog, build(blog.resolve(), pathlib.Path(work)), totals)
    pairs = {key: count for key, count in totals.items() if key.split(" / ")[0] in ("found", "missing", "missing anchor")}
    judged = {key: count for key, count in pairs.items() if key.split(" / ")[1] not in ("unknown", "not seen", "external")}
    equal = sum(count for key, count in judged.items() if len(set(key.split(" / "))) == 1)
    print(f"links: {equal} of {sum(judged.values())} judged alike, {sum(pairs.values()) - sum(judged.values())} not judged")


if __name__ == "__main__":
    main()
