// Writes what MathJax says to the formulas of `tests/math.rs`, which are in a file that the command line names. A `.` is a
// formula without complaint, an `x` one with. For `record.py`.

import { readFileSync, writeFileSync } from 'node:fs';
import { VERSIONS, mathjax } from '../../src/tex/tables/engines.mjs';

const subjects = readFileSync(process.argv[2], 'utf8').trim().split('\n').map(JSON.parse);
const engines = [await mathjax(3), await mathjax(4)];
const rows = subjects.map(({ name, display, formulas }) => {
  const verdicts = engines.map(({ ask }) => formulas.map((tex) => ask(tex, display) === null ? '.' : 'x').join(''));
  return [name, ...verdicts].join('\t');
});
const head = `# What mathjax-full ${VERSIONS['mathjax-full']} and @mathjax/src ${VERSIONS['@mathjax/src']} say, by mathjax.mjs.\n`
  + '# Columns: formula or command, MathJax 3, MathJax 4; one sign for each of the formulas made of it.\n';
writeFileSync(new URL('../math/mathjax.txt', import.meta.url), `${head}${rows.join('\n')}\n`);
