// The real engines, asked whether they accept a formula. Used by `generate.mjs` and by `tests/record/mathjax.mjs`.
// `npm install` in a folder of your own what VERSIONS names, and set ENGINES to that folder.

import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const VERSIONS = { 'katex': '0.19.1', 'mathjax-full': '3.2.2', '@mathjax/src': '4.1.3' };

const require = createRequire(path.resolve(process.env.ENGINES ?? '.', 'package.json'));
for (const [name, version] of Object.entries(VERSIONS)) {
  const found = require(`${name}/package.json`).version;
  if (found !== version) throw new Error(`${name} is ${found}, not ${version}`);
}

// What `tex-mml-chtml.js` has at hand: the packages it comes with, and those that `autoload` fetches. Without bussproofs,
// which measures boxes and so needs a browser.
const AUTOLOADED = ['action', 'amscd', 'bbox', 'boldsymbol', 'braket', 'cancel', 'color', 'enclose',
  'extpfeil', 'html', 'mhchem', 'newcommand', 'unicode', 'verb'];
const STANDARD = { 3: ['base', 'ams', 'configmacros', ...AUTOLOADED],
  4: ['base', 'ams', 'configmacros', 'textmacros', ...AUTOLOADED] };

/** What has to be asked for with `\require`, or loaded by the site. */
export const EXTRA = { 3: ['mathtools', 'physics', 'upgreek', 'gensymb', 'textcomp', 'centernot', 'cases', 'empheq',
  'colortbl'], 4: ['mathtools', 'physics', 'upgreek', 'gensymb', 'textcomp', 'centernot', 'cases', 'empheq', 'colortbl',
  'units', 'bbm', 'bboldx', 'dsfont'] };

export const katex = require('katex');

/** KaTeX's complaint about a formula, or null. */
export function askKatex(tex, display) {
  try {
    katex.__renderToDomTree(tex, { displayMode: display, throwOnError: true, strict: 'ignore', trust: true });
    return null;
  } catch (error) {
    return String(error.message);
  }
}

const DEFINES = /\\([egx]?def|let|futurelet|newcommand|renewcommand|providecommand|(re)?newenvironment|Newextarrow|definecolor|require|label|DeclareMathOperator|DeclarePairedDelimiter\w*)(?![a-zA-Z])/;

/** A MathJax of a major version with some extra packages: `ask(tex, display)` gives its complaint, or null. */
export async function mathjax(version, extra = []) {
  const modules = await load(version);
  const packages = [...STANDARD[version], ...extra];
  const options = { packages, formatError: (_, error) => { throw error; }, maxBuffer: 1 << 20 };
  const fresh = () => new modules.TeX(options);
  let jax = fresh();
  let document = modules.document(jax);
  const ask = (tex, display) => {
    try {
      jax.reset(0);
      const tree = document.convert(tex, { display, end: modules.COMPILED });
      let fault = null;
      tree.walkTree((node) => { if (node.isKind('merror')) fault = 'error node'; });
      return fault;
    } catch (error) {
      return String(error.message);
    } finally {
      if (DEFINES.test(tex)) document = modules.document(jax = fresh());
    }
  };
  const { handlers, packageData } = jax.parseOptions;
  return { ask, handlers, textHandlers: packageData.get('textmacros')?.parseOptions.handlers };
}

async function load(version) {
  const name = version === 3 ? 'mathjax-full' : '@mathjax/src';
  const root = path.dirname(require.resolve(`${name}/package.json`));
  const get = (file) => version === 3 ? require(`${root}/js/${file}`) : import(pathToFileURL(`${root}/mjs/${file}`));
  if (version === 3) await get('input/tex/AllPackages.js');
  else for (const name of [...STANDARD[4], ...EXTRA[4]]) await import4(get, root, name);
  const { TeX } = await get('input/tex.js');
  const { mathjax } = await get('mathjax.js');
  const { STATE } = await get('core/MathItem.js');
  const { liteAdaptor } = await get('adaptors/liteAdaptor.js');
  const { RegisterHTMLHandler } = await get('handlers/html.js');
  RegisterHTMLHandler(liteAdaptor());
  return { TeX, COMPILED: STATE.COMPILED, document: (jax) => mathjax.document('', { InputJax: jax }) };
}

async function import4(get, root, name) {
  const { readdirSync } = await import('node:fs');
  const file = readdirSync(`${root}/mjs/input/tex/${name}`).find((file) => file.endsWith('Configuration.js'));
  await get(`input/tex/${name}/${file}`);
}
