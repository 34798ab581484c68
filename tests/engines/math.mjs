// What MathJax 3 and KaTeX make of pages: a JSON list of `{html, engine, delimiters, macros}` on standard input, and on
// standard output for each the formulas that the engine finds, `{tex, fault}`. For `tests/engines.rs`.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(path.resolve(process.env.ENGINES, 'package.json'));
const { parse, serialize } = require('parse5');
const CLOSING = { $: '$', $$: '$$', '\\(': '\\)', '\\[': '\\]' };
const pairs = (delimiters, display) =>
  delimiters.filter((open) => (open === '$$' || open === '\\[') === display).map((open) => [open, CLOSING[open]]);

// MathJax, as `tex-mml-chtml.js` has it: what it does not know is a fault, not a text in red.
async function mathjax3() {
  const { mathjax } = require('mathjax-full/js/mathjax.js');
  const { TeX } = require('mathjax-full/js/input/tex.js');
  const { liteAdaptor } = require('mathjax-full/js/adaptors/liteAdaptor.js');
  const { RegisterHTMLHandler } = require('mathjax-full/js/handlers/html.js');
  require('mathjax-full/js/input/tex/AllPackages.js');
  RegisterHTMLHandler(liteAdaptor());
  const packages = ['base', 'ams', 'newcommand', 'configmacros', 'action', 'amscd', 'bbox', 'boldsymbol', 'braket', 'cancel',
    'color', 'enclose', 'extpfeil', 'html', 'mhchem', 'unicode', 'verb'];
  // A browser takes `a<b>` for text and a tag, which MathJax's own reader of HTML cannot read.
  const tame = (node) => {
    if (node.tagName) Object.assign(node, { attrs: [], tagName: node.tagName.match(/^[a-z0-9]+$/)?.[0] ?? 'span' });
    node.childNodes?.forEach(tame);
    return node;
  };
  return ({ html, delimiters, macros }) => {
    const faults = new Map();
    let current = null;
    const formatError = (jax, error) => {
      faults.set(current, error.message);
      return jax.formatError(error);
    };
    const jax = new TeX({ packages, tags: 'ams', macros, formatError, inlineMath: pairs(delimiters, false),
      displayMath: pairs(delimiters, true) });
    const compile = jax.compile.bind(jax);
    jax.compile = (math, page) => {
      faults.delete(current = math);
      return compile(math, page);
    };
    const page = mathjax.document(serialize(tame(parse(html))), { InputJax: jax });
    page.findMath().compile();
    const unknown = (math) => String(math.root).includes('???') ? 'set as (???)' : null;
    return [...page.math].map((math) => ({ tex: math.math, fault: faults.get(math) ?? unknown(math) }));
  };
}

// As much of a browser as KaTeX's own search of pages, `auto-render`, needs.
class DomNode {
  constructor(nodeType, nodeName, text = '') {
    Object.assign(this, { nodeType, nodeName, text, childNodes: [], style: {}, className: '' });
  }
  get textContent() { return this.text; }
  set textContent(text) { this.text = text; }
  get nextSibling() { return this.parent?.childNodes[this.parent.childNodes.indexOf(this) + 1]; }
  setAttribute() {}
  appendChild(child) {
    child.parent = this;
    this.childNodes.push(child);
  }
  replaceChild(fragment, old) {
    fragment.childNodes.forEach((child) => { child.parent = this; });
    this.childNodes.splice(this.childNodes.indexOf(old), 1, ...fragment.childNodes);
  }
  remove() { this.parent.childNodes.splice(this.parent.childNodes.indexOf(this), 1); }
}

async function katex() {
  const createElement = (name) => new DomNode(1, name);
  globalThis.Node = { TEXT_NODE: 3 };
  globalThis.document = { compatMode: 'CSS1Compat', createElement, createElementNS: (_, name) => createElement(name),
    createTextNode: (text) => new DomNode(3, '#text', text), createDocumentFragment: () => new DomNode(11, '') };
  const folder = path.dirname(require.resolve('katex/package.json'));
  const { default: render } = await import(pathToFileURL(`${folder}/dist/contrib/auto-render.mjs`));
  const dom = (node) => {
    const made = node.nodeName === '#text' ? document.createTextNode(node.value) : createElement(node.nodeName);
    node.childNodes?.forEach((child) => made.appendChild(dom(child)));
    return made;
  };
  return ({ html, delimiters, macros }) => {
    const found = [];
    const preProcess = (tex) => {
      found.push({ tex, fault: null });
      return tex;
    };
    const errorCallback = (_, error) => { found.at(-1).fault = error.rawMessage; };
    const both = [true, false].flatMap((display) => pairs(delimiters, display).map(([left, right]) => ({ left, right, display })));
    render(dom(parse(html)), { delimiters: both, macros, preProcess, errorCallback, strict: 'ignore', trust: true });
    return found;
  };
}

const engines = { mathjax: await mathjax3(), katex: await katex() };
console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map((asked) => engines[asked.engine](asked))));
