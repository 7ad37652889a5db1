/**
 * What stewards and researchers do. A steward takes the sealed rows home, and publishes the folder that was made of them; a researcher
 * gets releases on terms, and tokens for scripts.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button, icon } from '../parts/controls.js';
import { empty, facts, notice, readers, state } from '../parts/pieces.js';
import { _, dateWords, monthWords, ngettext } from '../parts/say.js';
import { ATTACKS, PRODUCTS, asked, howMany, size } from './research_release.js';
import { doing, page, save, say, show } from './research_state.js';

export const rowsView = () => html`<section aria-labelledby="rows-head"><h2 id="rows-head">${_('Sealed rows')}</h2>
  ${readers(_('Sealed to the research stewards. Nothing here opens a row: that is done at home, by you.'))}
  ${page.rows?.rows.length ? cards({ caption: _('Rows, by the site’s word'), columns: [_('Instrument'), _('Month'), _('Rows')], rows: page.rows.rows.map((/** @type {any} */ one) => [asked(one.instrument), monthWords(one.month), String(one.count)]) })
    : empty(_('No rows yet. They come when peers say yes to research, and are handed out in batches, so that nobody can tell who sent one.'))}
  ${page.rows?.waiting ? html`<p>${ngettext('One more waits for its batch.', '%(num)s more wait for their batch.', page.rows.waiting)}</p>` : nothing}
  <p class="buttons">${button(_('Save the sealed rows'), saveRows, { look: 'second', busy: page.busy === 'rows' })}</p>
  <details><summary>${_('What to do with the file')}</summary><div class="stack"><p>${_('On a computer of your own with Python 3.11 or newer, in the folder with the source of this site. Once, while there is a connection:')}</p><p class="mono" translate="no">python3 -m venv .venv && .venv/bin/pip install -r requirements.txt</p>
    <p>${_('Then, without one:')}</p><p class="mono" translate="no">.venv/bin/python -m crypto open-rows rows.json --out rows.csv</p>
    <p>${_('It asks for your words. The file holds no answer in the clear. The CSV does: keep it on that computer, and delete it when the release is made.')}</p></div></details></section>`;

const saveRows = () => doing('rows', async () => {
  const { text, count } = await ask('releases.rowsFile');
  save('rows.json', text);
  say(ngettext('One sealed row is saved.', '%(num)s sealed rows are saved.', count));
});

export const publishView = () => html`<section aria-labelledby="publish-head"><h2 id="publish-head">${_('Publish a release')}</h2>
  ${page.chosen ? chosenView(page.chosen) : html`<p>${_('Choose the folder that the release tool wrote. Your browser checks it here. Nothing leaves this device until you have looked at it and signed.')}</p>`}
  <div class=${page.wrong.folder ? 'field wrong' : 'field'}><label for="folder">${page.chosen ? _('Another folder') : _('Folder of the release')}</label>
    <p class="wrong-words" id="folder-wrong" ?hidden=${!page.wrong.folder}>${icon('care')} ${page.wrong.folder}</p>
    <input id="folder" type="file" multiple webkitdirectory aria-describedby="folder-wrong" @change=${choose}></div>
  ${progress()}</section>`;

const progress = () => (page.going?.of ? html`<p role="status">${_('%(done)s of %(of)s', page.going.of > 100 ? { done: size(page.going.done), of: size(page.going.of) } : page.going)}</p>` : nothing);

/** @param {Event} event */
function choose(event) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const files = [...(input.files ?? [])];
  input.value = '';
  if (!files.length) return;
  doing('choose', async () => {
    show({ chosen: null, sure: false });
    show({ chosen: await ask('releases.choose', { files }) });
  });
}

/** @param {any} one */
const chosenView = (one) => html`<div class="sheet stack"><h3>${_('Release %(number)s, not published yet', { number: one.version })}</h3>
  ${facts([
    { name: _('What it is'), value: html`${one.title}<br><span class="soft small">${PRODUCTS[one.product]?.()}${howMany(one) ? html`, ${howMany(one)}` : nothing}</span>` },
    { name: _('Plan'), value: [one.plan, one.month && monthWords(one.month)].filter(Boolean).join(', ') },
    { name: _('Protocol'), value: html`${one.protocol}<br><span class="soft small">${_('approved from %(first)s until %(last)s', { first: dateWords(one.approved), last: dateWords(one.until) })}</span>` },
    { name: _('Attacks'), value: state('yes', ngettext('The attack failed', 'All %(num)s attacks failed', one.attacks.length)) },
    { name: _('Files'), value: one.files.map((/** @type {any} */ file) => `${file.name} (${size(file.size)})`).join(', ') },
  ])}
  <details><summary>${_('What each attack found')}</summary><ul class="plainlist">${one.attacks.map((/** @type {any} */ { kind, words }) => html`<li>${ATTACKS[kind]?.()[0] ?? kind}: ${words}</li>`)}</ul></details>
  ${page.sure ? notice({ kind: 'care', title: _('This can’t be taken back'), body: _('Researchers can take release %(number)s at once, and what they have taken stays with them. Its line stays in the log for good, with your name.', { number: one.version }),
    actions: html`${button(_('Sign and publish release %(number)s', { number: one.version }), () => publish(one.version), { busy: page.busy === 'publish' })} ${button(_('Not now'), () => show({ sure: false }), { look: 'second' })}` })
    : html`<p class="buttons">${button(_('Sign and publish'), () => show({ sure: true }))} ${button(_('Put it away'), () => show({ chosen: null }), { look: 'second' })}</p>`}</div>`;

/** @param {number} version */
const publish = (version) => doing('publish', async () => {
  await ask('releases.publish', { version });
  page.seen = await ask('releases.look');
  show({ chosen: null, sure: false });
  say(_('Release %(number)s is published, and the log has promised its line.', { number: version }));
});

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
