// Whether texts stop the build of MDX: a JSON list of texts on standard input, whether each does on standard output. What a
// text imports is not there, and stops nothing. For `record.py`.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.resolve(process.env.ENGINES, 'package.json'));
const plugin = async (name) => (await import(require.resolve(name))).default;
const { evaluate } = await import(require.resolve('@mdx-js/mdx'));

const remarkPlugins = [await plugin('remark-gfm'), await plugin('remark-math')];
const Fragment = Symbol('fragment');
const jsx = (type, props) => (typeof type === 'function' ? type(props) : null);

const answers = [];
for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    const { default: Content } = await evaluate(text, { Fragment, jsx, jsxs: jsx, remarkPlugins });
    if (typeof Content === 'function') Content({});
    answers.push(false);
  } catch (error) {
    answers.push(!String(error).includes('baseUrl'));
  }
}
process.stdout.write(JSON.stringify(answers));
