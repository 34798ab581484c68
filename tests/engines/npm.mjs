// What engines of npm make of blogs, for `tests/engines.rs`: a JSON list of `{engine, folder, path, text}` on standard input,
// each blog on disk below its folder, and on standard output a list of answers.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(join(process.env.ENGINES, 'engines.js'));
const load = (name) => import(require.resolve(name));
// Colours belong to no answer, not even where `CI` is said to be a terminal that has them.
process.env.NO_COLOR = '1';
// What engines print belongs to no answer.
const out = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);
for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level] = () => {};

const body = (text) => text.replace(/^---\n[^]*?^---\n/m, '');
// What Nunjucks shows of its input is none of the post's.
const reason = (error) => String(error.reason ?? error.originalError?.message ?? error.message ?? error).split('=====')[0];
const stopped = (error) => ({ said: [reason(error)], stops: true });
const page = ({ path }, content) => ({ pages: [{ source: path, file: '', content }] });

/** A whole blog of Hexo, with the plugins that its own `package.json` names. */
async function hexo({ folder, path }) {
  const names = join(folder, 'package.json');
  const usual = { dependencies: { hexo: '*', 'hexo-renderer-marked': '*' } };
  const own = existsSync(names) ? JSON.parse(readFileSync(names, 'utf8')) : usual;
  const needed = Object.keys(own.dependencies ?? {}).filter((name) => !name.startsWith('hexo-theme-'));
  const missing = needed.find((name) => !existsSync(join(process.env.ENGINES, 'node_modules', name)));
  if (missing) return { missing };
  const major = (version) => version.match(/\d+/)?.[0];
  const differs = needed.find((name) => major(own.dependencies[name]) && major(own.dependencies[name]) !== major(require(`${name}/package.json`).version));
  if (differs) return { missing: `${differs} ${own.dependencies[differs]}` };
  const config = join(folder, '_config.yml');
  const theme = existsSync(config) && readFileSync(config, 'utf8').match(/^theme: *(\S+)/m)?.[1];
  if (theme && theme !== 'landscape' && !existsSync(join(folder, 'themes', theme))) return { missing: `theme ${theme}` };
  writeFileSync(names, JSON.stringify({ ...own, name: 'blog', version: '0.0.0', hexo: { version: '8.1.2' } }));
  if (!existsSync(config)) writeFileSync(config, 'url: https://example.com\n');
  symlinkSync(join(process.env.ENGINES, 'node_modules'), join(folder, 'node_modules'));
  const site = new (require('hexo'))(folder, { silent: true });
  const said = [];
  for (const level of ['warn', 'error', 'fatal']) {
    site.log[level] = (...words) => said.push(words.map((word) => String(word?.err?.message ?? word?.message ?? word).split('=====')[0]).join(' '));
  }
  try {
    await site.init();
    await site.load();
  } catch (error) {
    return { said: [...said, ...stopped(error).said], stops: true };
  }
  const made = ({ source, path, content }) => ({ source: `source/${source}`, file: path.endsWith('/') ? `${path}index.html` : path, content });
  return { said, pages: site.locals.get('posts').toArray().map(made) };
}

/** A whole blog of Eleventy, with its own config, in a process of its own: it remembers files by their paths in the blog. */
async function eleventy(blog) {
  const { folder } = blog;
  if (!blog.is_alone) {
    const input = JSON.stringify([{ ...blog, is_alone: true }]);
    const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url)], { input, encoding: 'utf8' });
    return JSON.parse(stdout)[0];
  }
  // What `require` would get is another module.
  const { default: Eleventy } = await import(join(process.env.ENGINES, 'node_modules/@11ty/eleventy/src/Eleventy.js'));
  if (!existsSync(join(folder, 'node_modules'))) symlinkSync(join(process.env.ENGINES, 'node_modules'), join(folder, 'node_modules'));
  process.chdir(folder);
  try {
    const configs = ['.eleventy.js', 'eleventy.config.js', 'eleventy.config.mjs', 'eleventy.config.cjs'];
    const config = configs.find((name) => existsSync(join(folder, name)));
    const site = new Eleventy('.', '_site', { quietMode: true, configPath: config ?? false });
    site.disableLogger?.();
    const pages = await site.toJSON();
    const made = ({ inputPath, url, content }) => ({
      source: inputPath.replace(/^\.\//, ''), file: `${url}${url.endsWith('/') ? 'index.html' : ''}`.slice(1), content,
    });
    return { pages: pages.filter(({ url }) => url).map(made) };
  } catch (error) {
    return stopped(error);
  }
}

/** Whether a blog sets formulas, by what its config and its `package.json` name. */
const names = (folder, name) => ['package.json', 'astro.config.mjs', 'docusaurus.config.js', 'gatsby-config.js'].some((file) => {
  const path = join(folder, file);
  return existsSync(path) && readFileSync(path, 'utf8').includes(name);
});

/** A post by itself, as Astro 6 reads it. */
async function remark(blog) {
  const { createMarkdownProcessor } = await load('@astrojs/markdown-remark');
  const math = names(blog.folder, 'remark-math') ? [(await load('remark-math')).default] : [];
  const processor = await createMarkdownProcessor({ remarkPlugins: math, syntaxHighlight: false });
  try {
    return page(blog, (await processor.render(body(blog.text), { fileURL: new URL('file:///a.md') })).code);
  } catch (error) {
    return stopped(error);
  }
}

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** A runtime of JSX that makes HTML. */
function jsx(type, { children, ...props }) {
  const told = (child) => (child == null || typeof child === 'boolean' ? '' : child.html ?? escaped(String(child)));
  const inner = [children].flat(9).map(told).join('');
  if (typeof type === 'function') return type({ children, ...props });
  if (typeof type !== 'string') return { html: inner };
  const attribute = ([name, value]) => ` ${name === 'className' ? 'class' : name}="${escaped(String(value))}"`;
  const attributes = Object.entries(props).filter(([, value]) => value != null && value !== false && typeof value !== 'object');
  const open = `<${type}${attributes.map(attribute).join('')}>`;
  return { html: VOID.has(type) ? open : `${open}${inner}</${type}>` };
}

/** A post by itself, as MDX 3 reads it with GitHub's tables and signs of typography. */
async function mdx(blog) {
  const { evaluate } = await load('@mdx-js/mdx');
  const remarkPlugins = [(await load('remark-gfm')).default, (await load('remark-smartypants')).default];
  if (names(blog.folder, 'remark-math')) remarkPlugins.push((await load('remark-math')).default);
  const { rehypeHeadingIds } = await load('@astrojs/markdown-remark');
  try {
    const options = { Fragment: Symbol('fragment'), jsx, jsxs: jsx, remarkPlugins, rehypePlugins: [rehypeHeadingIds] };
    const { default: Content } = await evaluate({ value: body(blog.text), path: 'post.mdx' }, options);
    return page(blog, Content({}).html);
  } catch (error) {
    return stopped(error);
  }
}

const engines = { hexo, eleventy, remark, mdx };
const answers = [];
for (const blog of JSON.parse(readFileSync(0, 'utf8'))) answers.push(await engines[blog.engine](blog));
out(JSON.stringify(answers), () => process.exit(0));
