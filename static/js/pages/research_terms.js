/** The terms on which a researcher gets releases, and the tokens of their scripts. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button, notice } from '../parts/pieces.js';
import { _, dateWords } from '../parts/say.js';
import { doing, page, say, show } from './research_state.js';

export const termsView = () => (page.terms.signed
  ? html`<section aria-labelledby="terms-head"><h2 id="terms-head">${_('Your agreement')}</h2><p>${_('You signed the terms on %(day)s.', { day: dateWords(page.terms.signed) })}</p>
      <details><summary>${_('Read them again')}</summary><div class="stack">${words()}</div></details></section>`
  : html`<section class="sheet stack" aria-labelledby="terms-head"><h2 id="terms-head">${_('Read this first, then sign')}</h2>${words()}
      ${notice({ title: _('You sign with your own key'), body: _('The text and the day are signed by your browser, and the log keeps a line of it. Then you see every release.') })}
      <p class="buttons">${button(_('I agree, and I sign'), sign, { busy: page.busy === 'agree' })}</p></section>`);

/** The first line is its title, and stands above. */
const words = () => page.terms.text.split('\n\n').map((/** @type {string} */ part, /** @type {number} */ i) => (i ? html`<p lang="en">${part}</p>` : html`<p class="soft small" lang="en">${part}</p>`));

const sign = () => doing('agree', async () => {
  await ask('releases.agree', { text: page.terms.text });
  page.terms = await ask('releases.terms');
  say(_('You have signed. Now you can open each release.'));
});

export const tokensView = () => html`<section aria-labelledby="token-head"><h2 id="token-head">${_('From a script')}</h2>
  <p>${_('A token lets your own script fetch files, for 90 days. Whoever has it takes them in your name, so keep it like a password.')}</p>
  ${page.token ? html`<div class="sheet stack" role="status"><p>${_('Copy it now. It is shown once, and is good until %(day)s.', { day: dateWords(page.token.until) })}</p><p class="mono" id="token" translate="no">${page.token.token}</p></div>` : nothing}
  ${page.tokens.length ? cards({ caption: _('Your tokens'), columns: [_('Made on'), _('Good until'), ''], rows: page.tokens.map(line) }) : nothing}
  <p class="buttons">${button(_('Make a token'), make, { look: 'second', busy: page.busy === 'token' })}</p>
  ${page.seen.releases.length ? snippets(page.seen.releases.at(-1)) : nothing}</section>`;

/** @param {any} one */
const line = ({ id, made, until }) => [dateWords(made), dateWords(until), button(_('Take it away'), () => drop(id), { look: 'grave', about: _('made on %(day)s', { day: dateWords(made) }), busy: page.busy === id })];

const make = () => doing('token', async () => {
  page.token = await ask('releases.makeToken');
  show({ tokens: await ask('releases.tokens') });
});

/** @param {string} id */
const drop = (id) => doing(id, async () => {
  await ask('releases.dropToken', { id });
  show({ tokens: await ask('releases.tokens'), token: null });
  say(_('That token opens nothing any more.'));
});

/** @param {any} release */
function snippets({ version, files }) {
  const there = files.map((/** @type {any} */ one) => one.name);
  const name = ['data.csv', 'tables.json', 'public.json'].find((one) => there.includes(one)) ?? 'manifest.json';
  const url = `${location.origin}/research/releases/${version}/${name}`;
  const read = name.endsWith('.csv') ? `data <- read.csv("${name}")` : '';
  return html`<details><summary>${_('How a script asks')}</summary><div class="stack"><p>${_('Put the token into a variable named TOKEN. A script trusts the site for what it gets: compare with SHA256SUMS.')}</p>
    ${snippet('curl', [`curl -O -H "Authorization: Bearer $TOKEN" ${url}`, `curl -s -H "Authorization: Bearer $TOKEN" ${url.slice(0, -name.length)}SHA256SUMS | sha256sum -c --ignore-missing`])}
    ${snippet('R', [`download.file("${url}", "${name}",`, '  headers = c(Authorization = paste("Bearer", Sys.getenv("TOKEN"))))', read])}
    ${snippet('Python', ['import os, urllib.request', `ask = urllib.request.Request("${url}",`, '    headers={"Authorization": "Bearer " + os.environ["TOKEN"]})', `open("${name}", "wb").write(urllib.request.urlopen(ask).read())`])}</div></details>`;
}

/** @param {string} name @param {string[]} lines */
const snippet = (name, lines) => html`<h3>${name}</h3><pre class="mono" translate="no">${lines.filter(Boolean).join('\n')}</pre>`;
