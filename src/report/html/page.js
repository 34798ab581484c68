'use strict';
const root = document.documentElement;
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const one = id => document.getElementById(id);
const [query, count, none, keys] = ['query', 'count', 'none', 'keys'].map(one);
const posts = all('.post').map(post => ({post, findings: all('li', post).map(item => ({item, rule: item.dataset.rule}))}));
const total = posts.reduce((sum, {findings}) => sum + findings.length, 0);
const rules = new Set();
let severity = '';
let at = -1;

const isKorean = () => root.dataset.lang === 'ko';
const language = lang => { root.dataset.lang = root.lang = lang; query.placeholder = query.dataset[lang]; tell(total); };
const tell = shown => {
  count.value = isKorean() ? `${total}건 중 ${shown}건` : `${shown} of ${total}`;
  none.hidden = shown > 0;
};

function filter() {
  const words = query.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const {post, findings} of posts) {
    let inPost = 0;
    for (const finding of findings) {
      const {item, rule} = finding;
      let fits = (!severity || item.className === severity) && (!rules.size || rules.has(rule));
      if (fits && words.length) {
        finding.text ??= `${post.dataset.path}\n${item.textContent}`.toLowerCase();
        fits = words.every(word => finding.text.includes(word));
      }
      if (item.hidden === fits) item.hidden = !fits;
      inPost += fits;
    }
    if (post.hidden === inPost > 0) post.hidden = !inPost;
    shown += inPost;
  }
  at = -1;
  tell(shown);
}

function step(by) {
  const visible = posts.filter(({post}) => !post.hidden).flatMap(({findings}) => findings).filter(({item}) => !item.hidden);
  if (!visible.length) return;
  at = Math.min(Math.max(at + by, 0), visible.length - 1);
  const {item} = visible[at];
  item.closest('.post').open = true;
  item.tabIndex = -1;
  item.focus({preventScroll: true});
  item.scrollIntoView({block: 'nearest'});
}

const press = (buttons, chosen) => buttons.forEach(button => button.setAttribute('aria-pressed', chosen(button)));
const severities = all('[data-severity]');
for (const button of severities) button.onclick = () => {
  severity = button.dataset.severity;
  press(severities, other => other === button);
  filter();
};
const chips = all('.rules button');
for (const button of chips) button.onclick = () => {
  const {rule} = button.dataset;
  if (!rules.delete(rule)) rules.add(rule);
  press([button], () => rules.has(rule));
  filter();
};
let waiting;
query.oninput = () => { clearTimeout(waiting); waiting = setTimeout(filter, 60); };

const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
const theme = () => { root.dataset.theme = isDark() ? 'light' : 'dark'; };
one('theme').onclick = theme;
one('language').onclick = () => { language(isKorean() ? 'en' : 'ko'); filter(); };
one('help').onclick = () => keys.showModal();

function clear() {
  query.value = '';
  severity = '';
  rules.clear();
  press(severities, button => !button.dataset.severity);
  press(chips, () => false);
  filter();
  document.activeElement?.blur();
}

const commands = {
  j: () => step(1), k: () => step(-1), '/': () => query.focus(), '?': () => keys.showModal(), t: theme, Escape: clear,
  o: () => { const post = document.activeElement?.closest('.post'); if (post) post.open = !post.open; },
};
document.addEventListener('keydown', event => {
  const isTyping = event.target === query;
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open || isTyping && event.key !== 'Escape') return;
  const command = commands[event.key];
  if (command) { event.preventDefault(); command(); }
});
document.addEventListener('focusin', ({target}) => {
  if (target.matches('.post li')) return;
  const item = target.closest('.post li');
  if (item) at = posts.flatMap(({post, findings}) => post.hidden ? [] : findings).filter(f => !f.item.hidden).findIndex(f => f.item === item);
});
language(navigator.language.startsWith('ko') ? 'ko' : 'en');
for (const part of all('.script')) part.hidden = false;
