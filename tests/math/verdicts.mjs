// Writes what MathJax says to the formulas of `tests/math.rs`:
//
//     UPDATE=1 cargo test --test math verdicts_of_mathjax     (prints where it lists them)
//     ENGINES=FOLDER node tests/math/verdicts.mjs LIST
//
// See `src/math/tables/generate.mjs` for FOLDER. A `.` is a formula without complaint, an `x` one with.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { VERSIONS, mathjax } from '../../src/math/tables/engines.mjs';

const subjects = readFileSync(process.argv[2], 'utf8').trim().split('\n').map(JSON.parse);
const engines = [await mathjax(3), await mathjax(4)];
const rows = subjects.map(({ name, display, formulas }) => {
  const verdicts = engines.map(({ ask }) => formulas.map((tex) => ask(tex, display) === null ? '.' : 'x').join(''));
  return [name, ...verdicts].join('\t');
});
const head = `# What mathjax-full ${VERSIONS['mathjax-full']} and @mathjax/src ${VERSIONS['@mathjax/src']} say, by verdicts.mjs.\n`
  + '# Columns: formula or command, MathJax 3, MathJax 4; one sign for each of the formulas made of it.\n';
writeFileSync(path.join(path.dirname(new URL(import.meta.url).pathname), 'mathjax.txt'), `${head}${rows.join('\n')}\n`);
