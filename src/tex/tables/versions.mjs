// Writes `katex.txt`: since which version KaTeX knows each name of `commands.txt`. `node versions.mjs FOLDER`, where FOLDER
// has its versions, each under a name of its own: `npm i v0_10_0@npm:katex@0.10.0 v0_10_1@npm:katex@0.10.1 …`.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const folder = path.resolve(process.argv[2]);
const require = createRequire(path.join(folder, 'package.json'));
const parts = (version) => version.split('.').map(Number);
const order = (one, other) => parts(one)[1] - parts(other)[1] || parts(one)[2] - parts(other)[2];
const versions = readdirSync(path.join(folder, 'node_modules')).filter((name) => /^v\d+_\d+_\d+$/.test(name))
  .map((name) => name.slice(1).replaceAll('_', '.')).sort(order);
console.warn = console.log = () => {};
const engines = versions.map((version) => require('v' + version.replaceAll('.', '_')));

/** Whether a name is known in math or in text, whatever else is wrong with the formula. */
function knows(katex, name) {
  const command = [name, `${name}{x}{x}{x}`, `\\text{${name}}`, `\\text{${name}{x}}`];
  const formulas = name.startsWith('\\') ? command : [`\\begin{${name}}x\\end{${name}}`];
  return formulas.some((formula) => {
    try {
      katex.renderToString(formula, { throwOnError: true, displayMode: true, strict: false, trust: true });
      return true;
    } catch ({ message }) {
      const unknown = message.split('Undefined control sequence: ')[1]?.split(' ')[0] === name;
      return !unknown && !message.includes('No such environment');
    }
  });
}

const table = readFileSync(new URL('commands.txt', import.meta.url), 'utf8').split('\n').map((line) => line.split('\t'));
const names = table.filter(([name, katex]) => katex && katex !== '-' && !name.startsWith('delimiters ')).map(([name]) => name);
const since = names.map((name) => [name, versions[engines.findIndex((katex) => knows(katex, name))]]);
const later = since.filter(([, version]) => version && version !== versions[0]);
later.sort(([one, a], [other, b]) => order(a, b) || (one < other ? -1 : 1));
const head = `# Since which version KaTeX knows a command or an environment that ${versions[0]} did not know, asked by versions.mjs: `
  + `${versions.length} versions\n# from ${versions[0]} to ${versions.at(-1)}.\n`;
writeFileSync(new URL('katex.txt', import.meta.url), head + later.map((row) => row.join('\t') + '\n').join(''));
