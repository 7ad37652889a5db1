/** The versions that there are, and which of them is asked. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button, state } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { doing, goTo, open, page, show } from './instruments_state.js';
import { NAMES, named } from './instruments_words.js';

export const versions = () => html`<section class="stack" aria-labelledby="versions-head"><h2 id="versions-head">${_('Versions')}</h2>
  <p>${_('A version that was stored is never changed. Accounts and research rows name the version they were made with.')}</p>
  ${cards({ caption: _('Each questionnaire, its versions, where they come from and which is asked'), columns: [_('Version'), _('From'), _('Asked'), ''],
    rows: inOrder().map((/** @type {any} */ one) => [html`${NAMES[one.name]} ${one.edition}<span class="said"> (${one.id})</span>`, from(one), whether(one), actions(one)]) })}</section>`;

/** By questionnaire, each from its newest version on. */
const inOrder = () => Object.keys(NAMES).flatMap((name) => page.editions.filter((/** @type {any} */ one) => one.name === name));

/** @param {any} one */
const from = ({ day, by }) => (day === null ? _('Built in') : by ? _('%(name)s, %(day)s', { name: by, day: dayWords(day, { year: true }) }) : dayWords(day, { year: true }));

/** @param {any} one */
function whether(one) {
  const newest = page.editions.find((/** @type {any} */ other) => other.name === one.name);
  if (one.asked) return state('yes', _('Asked now'));
  if (one.name !== 'intake') return one === newest ? _('No page asks it yet') : _('Earlier');
  return one === newest ? state('soon', _('From the next start of the server on')) : _('Earlier');
}

/** @param {any} one */
const actions = (one) => html`<p class="buttons">${button(_('Look at it'), () => look(one), { look: 'second', about: named(one), busy: page.busy })}
  ${page.saved?.id === one.id ? html`<a class="button second" href=${page.saved.url} download=${page.saved.name}>${_('Save the file')}</a>` : button(_('As REDCap file'), () => exported(one), { look: 'second', about: named(one), busy: page.busy })}</p>`;

/** @param {any} one */
const look = (one) => doing(async () => {
  await open(one.id);
  show({ tried: null, wrong: null, stored: null });
  goTo('open-head', named(one));
});

/** @param {any} one */
const exported = (one) => doing(async () => {
  const { name, text } = await ask('instruments.dictionary', { id: one.id });
  page.saved = { id: one.id, name, url: URL.createObjectURL(new Blob([text], { type: 'text/csv' })) };
});

/** What asking the newest takes, while another is asked. */
export function waiting() {
  const newest = page.editions.find((/** @type {any} */ one) => one.name === 'intake');
  if (newest.asked) return nothing;
  return html`<p>${_('%(newest)s is stored and waits. Whoever runs the server starts it again. Then the pages are other ones, so the holders of the root sheets sign the list of pages anew: make manifest. A peer who is writing keeps what she wrote.', { newest: named(newest) })}</p>`;
}
