# What cmark-gfm makes of texts: a JSON list of texts on standard input, a list of pages on standard output, or `null`
# where it is not installed. For `tests/engines.rs`.

import json
import re
import sys

try:
    import cmarkgfm
except ImportError:
    cmarkgfm = None

FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)


def page(text):
    options = cmarkgfm.Options.CMARK_OPT_UNSAFE | cmarkgfm.Options.CMARK_OPT_FOOTNOTES
    extensions = ["table", "strikethrough", "autolink", "tasklist"]
    return cmarkgfm.markdown_to_html_with_extensions(FRONT_MATTER.sub("", text), options, extensions)


texts = json.load(sys.stdin)
print(json.dumps(cmarkgfm and [page(text) for text in texts]))
