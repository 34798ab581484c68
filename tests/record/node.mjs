// What engines in JavaScript make of texts: a JSON list of texts on standard input, a list of answers on standard output.
// The word of the command line names the engine. For `record.py`.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.resolve(process.env.ENGINES, 'package.json'));

function commonmark() {
  const { Parser, HtmlRenderer } = require('commonmark');
  return (text) => new HtmlRenderer().render(new Parser().parse(text));
}

async function marked() {
  const { Marked } = require('marked');
  const { gfmHeadingId } = await import(require.resolve('marked-gfm-heading-id'));
  return (text) => new Marked(gfmHeadingId()).parse(text);
}

function markdownIt() {
  const anchor = require('markdown-it-anchor');
  const markdown = require('markdown-it')().use(anchor.default ?? anchor);
  return (text) => markdown.render(text);
}

/** The formulas that MathJax 3 finds in a page, with `$` switched on: whether each is a display, and its TeX. */
function formulas() {
  const { mathjax } = require('mathjax-full/js/mathjax.js');
  const { TeX } = require('mathjax-full/js/input/tex.js');
  const { liteAdaptor } = require('mathjax-full/js/adaptors/liteAdaptor.js');
  const { RegisterHTMLHandler } = require('mathjax-full/js/handlers/html.js');
  const { parse, serialize } = require('parse5');
  RegisterHTMLHandler(liteAdaptor());
  const dollars = { inlineMath: [['$', '$'], ['\\(', '\\)']], displayMath: [['$$', '$$'], ['\\[', '\\]']] };
  // A browser takes `$x_{<t}$ and $a<b>` for text and a tag, which MathJax's own reader of HTML cannot read.
  const tame = (node) => {
    if (node.tagName) Object.assign(node, { attrs: [], tagName: node.tagName.match(/^[a-z0-9]+$/)?.[0] ?? 'span' });
    node.childNodes?.forEach(tame);
    return node;
  };
  const page = (html) => mathjax.document(serialize(tame(parse(html))), { InputJax: new TeX(dollars) });
  return (html) => [...page(html).findMath().math].map(({ display, math }) => [display, math]);
}

const engines = { commonmark, marked, 'markdown-it': markdownIt, formulas };
const ask = await engines[process.argv[2]]();
console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(ask)));
