/** Every release, for everybody: its number, what it is, who approved it, and the fingerprint by which it stands in the log. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button, empty } from '../parts/pieces.js';
import { _, dateWords } from '../parts/say.js';
import { focusHeading } from '../parts/shell.js';
import { figuresView } from './research_bars.js';
import { doing, is, page, show } from './research_state.js';
import { PRODUCTS, howMany } from './research_words.js';

export const figures = () => page.seen.figures.map(figuresView);

export function releases() {
  const { releases: all } = page.seen;
  const mayOpen = is('steward') || (is('researcher') && page.terms?.signed);
  return html`<section aria-labelledby="list-head"><h2 id="list-head">${_('Releases')}</h2>
    ${all.length ? html`<p>${provenWords()}</p>${table(all, mayOpen)}${mayOpen ? nothing : details(all)}`
    : empty(_('There is no release yet. Below 20 people nothing is published, and below 200 there are tables alone.'))}</section>`;
}

/** Whoever is signed in follows the log. */
const provenWords = () => (is('steward') || is('researcher')
  ? _('Each was signed by a research steward, and its fingerprint stands in the log for good. Your browser has checked both.')
  : _('Each was signed by a research steward. Your browser has checked that. Its fingerprint stands in the log, where everybody can look for it.'));

/** @param {any[]} all @param {boolean} mayOpen */
const table = (all, mayOpen) => cards({
  caption: _('Releases'), columns: [_('Release'), _('What it is'), _('Approval'), _('Fingerprint'), ...mayOpen ? [''] : []],
  rows: [...all].reverse().map((one) => [
    _('Release %(number)s', { number: one.version }),
    html`${one.title}<br><span class="soft small">${PRODUCTS[one.product]?.()}${howMany(one) ? html`, ${howMany(one)}` : nothing}. ${dateWords(one.date)}</span>`,
    html`${one.protocol}<br><span class="soft small">${one.until ? _('until %(day)s', { day: dateWords(one.until) }) : nothing}</span>`,
    html`<span class="mono" translate="no">${one.fingerprint.slice(0, 19)}</span>`,
    ...mayOpen ? [button(_('Open'), () => openOne(one.version), { look: 'second', busy: page.busy === 'open', about: _('release %(number)s', { number: one.version }) })] : [],
  ]),
});

/** @param {any[]} all */
const details = (all) => html`<details><summary>${_('Files and their hashes')}</summary><div class="stack small">${[...all].reverse().map(({ version, fingerprint, files }) => html`<h3>${_('Release %(number)s', { number: version })}</h3>
  <p>${_('Fingerprint of the release:')} <span class="mono" translate="no">${fingerprint}</span></p>
  <ul class="plainlist">${files.map((/** @type {any} */ file) => html`<li>${file.name}<br><span class="mono" translate="no">${file.hash}</span></li>`)}</ul>`)}</div></details>`;

/** @param {number} version */
const openOne = (version) => doing('open', async () => {
  show({ open: await ask('releases.open', { version }) });
  focusHeading();
});
