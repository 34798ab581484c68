// The formulas that remark-math takes out of texts, as Astro 6 sets it up: a JSON list of texts on standard input, for each
// its formulas in order, with whether they are displays, on standard output. For `record.py`.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.resolve(process.env.ENGINES, 'package.json'));
const { createMarkdownProcessor } = await import(require.resolve('@astrojs/markdown-remark'));
const { default: remarkMath } = await import(require.resolve('remark-math'));
const processor = await createMarkdownProcessor({ remarkPlugins: [remarkMath], syntaxHighlight: false });

const SIGNS = { lt: '<', gt: '>', amp: '&', quot: '"', '#x26': '&', '#x3C': '<', '#x27': "'", '#x22': '"', '#x60': '`' };
const plain = (html) => html.replace(/&(#?\w+);/g, (written, name) => SIGNS[name] ?? written);

const answers = [];
for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
  const { code } = await processor.render(text);
  const formulas = code.matchAll(/<code class="language-math math-(inline|display)">([^]*?)<\/code>/g);
  answers.push([...formulas].map(([, kind, tex]) => [plain(tex), kind === 'display']));
}
process.stdout.write(JSON.stringify(answers));
