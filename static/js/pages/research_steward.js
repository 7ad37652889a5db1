/** What a steward does: take the sealed rows home, and publish the folder that was made of them. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button, empty, facts, icon, notice, readers, state } from '../parts/pieces.js';
import { _, dateWords, monthWords, ngettext } from '../parts/say.js';
import { doing, page, save, say, show } from './research_state.js';
import { ATTACKS, PRODUCTS, asked, howMany, size } from './research_words.js';

export const rowsView = () => html`<section aria-labelledby="rows-head"><h2 id="rows-head">${_('Sealed rows')}</h2>
  ${readers(_('Sealed to the research stewards. Nothing here opens a row: that is done at home, by you.'))}
  ${page.rows?.rows.length ? cards({ caption: _('Rows, by the site’s word'), columns: [_('Instrument'), _('Month'), _('Rows')], rows: page.rows.rows.map((/** @type {any} */ one) => [asked(one.instrument), monthWords(one.month), String(one.count)]) })
    : empty(_('No rows yet. They come when peers say yes to research, and are handed out in batches, so that nobody can tell who sent one.'))}
  ${page.rows?.waiting ? html`<p>${ngettext('One more waits for its batch.', '%(num)s more wait for their batch.', page.rows.waiting)}</p>` : nothing}
  <p class="buttons">${button(_('Save the sealed rows'), saveRows, { look: 'second', busy: page.busy === 'rows' })}</p>
  <details><summary>${_('What to do with the file')}</summary><div class="stack"><p>${_('On a computer of your own, with the source of this site:')}</p><p class="mono" translate="no">python -m crypto open-rows rows.json --out rows.csv</p>
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
