// Asks the real engines what they know, and prints the table that `mod.rs` reads:
//
//     npm install --prefix FOLDER katex@0.19.1 mathjax-full@3.2.2 @mathjax/src@4.1.3
//     ENGINES=FOLDER node src/tex/tables/generate.mjs
//
// Nothing is typed from documentation: how many arguments a command needs is the smallest number with which the engine
// accepts it; of what type they are and where the command may stand is asked with one probe each.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EXTRA, VERSIONS, askKatex, mathjax } from './engines.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);

/** The smallest arguments that an engine accepts, by what they are. */
const FORMS = ['{1}', '(', '{1em}', '{red}'];
const MOST = 4;

/** Where a command can stand; the first that accepts it tells its arguments. */
const PLACES = {
  math: (tex) => tex,
  row: (tex) => `\\begin{array}{c}${tex}1\\end{array}`,
  text: (tex) => `\\text{${tex}}`,
};

/** What is read by hand in `src/tex/parser/`, with no arguments that a probe would find. */
const BY_HAND = new Set(['begin', 'end', 'left', 'right', 'middle', 'def', 'gdef', 'edef', 'xdef', 'let', 'futurelet',
  'newcommand', 'renewcommand', 'providecommand', 'newenvironment', 'renewenvironment', 'DeclareMathOperator', 'require',
  'global', 'long', 'verb', 'char', 'genfrac', 'limits', 'nolimits', 'root', 'buildrel', 'toggle', 'Newextarrow',
  '(', ')', '[', ']', '\\', 'cr', 'newline']);

function* choices(count) {
  yield Array(count).fill('{1}');
  if (count > 3) return;
  for (let n = 1; n < FORMS.length ** count; n++) {
    yield Array.from({ length: count }, (_, i) => FORMS[Math.floor(n / FORMS.length ** i) % FORMS.length]);
  }
}

function find(ask, name) {
  for (const place in PLACES) {
    for (let count = 0; count <= MOST; count++) {
      for (const given of choices(count)) {
        if (ask(PLACES[place](written(name, given)))) return { place, given };
      }
    }
  }
  return null;
}

const written = (name, given) => `\\${name}${given.join('') || (/[a-z]$/i.test(name) ? ' ' : '')}`;

/** The type of one argument: see `Argument` in `mod.rs`. */
function type(accepts, form) {
  if (form === '(') return accepts('{(}') ? 'D' : 'd';
  if (accepts('{\\zzz}')) return accepts('{$\\zzz$}') ? 'r' : 't';
  if (form === '{1em}') return 's';
  if (form === '{red}') return 'c';
  if (accepts('{x_1}')) return accepts('{1&1\\\\1}') ? 'a' : 'm';
  return accepts('{$x_1$}') ? 't' : 'r';
}

function optional(accepts) {
  if (accepts('[') || !accepts('(') && !accepts('[1]') && !accepts('[1em]')) return '';
  if (accepts('[\\zzz]')) return 'O';
  if (accepts('[1]')) return 'o';
  return accepts('[1em]') ? 'S' : 'O';
}

function command(probe, name, engine) {
  const found = find((tex) => probe(tex), name);
  if (!found) return null;
  const { place, given } = found;
  // What takes a table as it pleases (physics) is left alone.
  if (!given.length && probe(`\\${name}{1&1\\\\1}`)) return null;
  const ask = (tex) => probe(PLACES[place](tex));
  const types = given.map((form, i) => type((other) => ask(written(name, given.with(i, other))), form));
  const first = given.length ? optional((text) => ask(`\\${name}${text}${given.join('')}`)) : '';
  const star = given.length && ask(`\\${name}*${given.join('')}`) && !ask(`\\${name}*${given.slice(1).join('')}`);
  const tex = written(name, given);
  const flags = {
    m: place === 'math',
    r: place === 'row',
    t: probe(`\\text{${tex}}`),
    s: probe(`x^${tex}1`),
    g: !given.length && probe(`\\frac${tex}1`),
    l: probe(`${tex}\\limits_1`),
    d: probe(`\\left${tex}\\right.`),
    i: place === 'math' && !probe(tex + tex) && probe(`{${tex}}${tex}`),
    e: engine === 'mathjax4' && probe(`${tex}\\begin{align}1\\end{align}`),
    o: place === 'math' && !probe(tex, false),
  };
  return `${star ? '*' : ''}${first}${types.join('')}/${Object.keys(flags).filter((flag) => flags[flag]).join('')}`;
}

function environment(probe, name) {
  const wrap = (args, body) => `\\begin{${name}}${args}${body}\\end{${name}}`;
  const args = ['', '{c}', '{1}'].find((args) => probe(wrap(args, '')));
  if (args === undefined) return null;
  const accepts = (other) => probe(wrap(other, '1'));
  const kind = args === '' ? '' : accepts('{\\zzz}') ? 'r' : accepts('{x_1}') ? 'm' : accepts('{c}') ? 'C' : 'n';
  // Columns: how many `&` a row takes at most.
  const columns = [12, 5, 4, 3, 2, 1, 0].find((count) => probe(wrap(args, `1${'&1'.repeat(count)}`)));
  const tag = (body) => probe(wrap(args, body));
  const flags = {
    o: !probe(wrap(args, '1'), false),
    h: probe(wrap(args, '\\hline1')),
    t: tag('1\\tag{1}'),
    p: tag('1\\tag{1}\\\\1\\tag{2}'),
    q: !probe(`x${wrap(args, '1')}`),
    n: !probe(`\\begin{align}1\\end{align}${wrap(args, '1')}`),
    x: probe(`\\text{${wrap(args, '1')}}`),
    s: probe(`x^${wrap(args, '1')}`),
  };
  return `${kind}/${Object.keys(flags).filter((flag) => flags[flag]).join('')}${columns === 12 ? '' : columns}`;
}

const names = (handlers, kind) => [...handlers.get(kind)._configuration ?? handlers.get(kind)]
  .flatMap(({ item }) => [...item.map?.keys() ?? []]);

const ASCII = [...'!"&\'()*+,-./:;<=>?@[]`|~'];
const UNICODE = [...'⟨⟩⌈⌉⌊⌋‖∣∥↑↓↕⇑⇓⇕⟮⟯⟦⟧⎰⎱⌜⌝⌞⌟⟪⟫'];

async function engines() {
  const require = createRequire(path.resolve(process.env.ENGINES ?? '.', 'package.json'));
  // Whatever looks like a command in KaTeX's code or in a table of MathJax is a candidate; the engines decide.
  const source = readFileSync(require.resolve('katex'), 'utf8');
  const candidates = new Set(Array.from(source.matchAll(/\\\\([a-zA-Z]+|[^a-zA-Z\s@])/g), (match) => match[1]));
  const environments = new Set(Array.from(source.matchAll(/["']([a-zA-Z]{2,}\*?)["']/g), (match) => match[1]));
  const asked = [{ name: 'katex', packages: '', ask: askKatex, text: askKatex }];
  for (const version of [3, 4]) {
    for (const extra of ['', ...EXTRA[version]]) {
      const engine = await mathjax(version, extra ? [extra] : []);
      const boxes = version === 3 ? await mathjax(version, [...extra ? [extra] : [], 'textmacros']) : engine;
      asked.push({ name: `mathjax${version}`, packages: extra, ask: engine.ask, text: boxes.ask });
      for (const name of names(boxes.textHandlers, 'macro')) candidates.add(name);
      for (const kind of ['macro', 'delimiter']) {
        for (const name of names(engine.handlers, kind)) candidates.add(kind === 'macro' ? name : name.replace(/^\\/, ''));
      }
      for (const name of names(engine.handlers, 'environment')) environments.add(name);
    }
  }
  return { asked, candidates: [...candidates].filter((name) => /^([a-zA-Z]+|[^a-zA-Z\s@])$/.test(name)), environments };
}

const UNDEFINED = /^(KaTeX parse error: )?(Undefined control sequence|Unknown environment|No such environment)/;

async function main() {
  const { asked, candidates, environments } = await engines();
  const rows = [];
  const strange = [];
  const all = [...candidates.map((name) => ['c', name]), ...[...environments].map((name) => ['e', name])];
  for (const [kind, name] of all.sort((a, b) => a.join(' ') < b.join(' ') ? -1 : 1)) {
    const cells = {};
    for (const { name: engine, packages, ask, text } of asked) {
      if (packages && cells[engine] !== undefined) continue;
      const bare = kind === 'c' ? `\\${name} ` : `\\begin{${name}}`;
      const faults = [ask(bare, true), ...engine === 'katex' && kind === 'c' ? [ask(`\\text{\\${name} }`, true)] : []];
      if (faults.every((fault) => UNDEFINED.test(fault ?? '') && fault.includes(name))) {
        if (kind === 'e' || engine === 'katex' || !knowsText(text, name)) continue;
      }
      const probe = (tex, display = true) => (tex.startsWith('\\text{') ? text : ask)(tex, display) === null;
      const spec = BY_HAND.has(name) && kind === 'c' ? '!/' : (kind === 'c' ? command : environment)(probe, name, engine);
      if (spec === null) strange.push(`${engine} ${packages} ${kind} ${name}`);
      cells[engine] = (packages ? `${packages}:` : '') + (spec ?? '?/m');
    }
    const row = ['katex', 'mathjax3', 'mathjax4'].map((engine) => cells[engine] ?? '-');
    if (row[1] === row[2]) row[2] = '=';
    if (row.some((cell) => cell !== '-' && cell !== '=')) rows.push([kind === 'c' ? `\\${name}` : name, ...row].join('\t'));
  }
  for (const engine of ['katex', 'mathjax3', 'mathjax4']) {
    const { ask } = asked.find(({ name }) => name === engine);
    const taken = [...ASCII, ...UNICODE].filter((char) => ask(`\\left${char}\\right.`, true) === null);
    rows.push(`delimiters ${engine}\t${taken.join('')}`);
  }
  const versions = Object.entries(VERSIONS).map(([name, version]) => `${name} ${version}`).join(', ');
  const head = `# What the engines know, asked by generate.mjs: ${versions}.\n`
    + '# KaTeX is under the MIT licence, MathJax under Apache-2.0. Columns: name, katex, mathjax3, mathjax4.\n';
  writeFileSync(path.join(here, 'commands.txt'), `${head}${rows.join('\n')}\n`);
  console.error(`${rows.length} rows; no arguments found for: ${strange.join(', ')}`);
}

function knowsText(text, name) {
  return !'()[]'.includes(name) && text(`\\text{\\${name}1}`, true) === null;
}

await main();
