/**
 * Research: figures and the list of releases for everybody, each with its number, who approved it, and the fingerprint by which it stands
 * in the log; terms, releases and tokens for researchers; rows and publishing for stewards.
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, guard, on, resume, showOwnRooms } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button } from '../parts/controls.js';
import { checkNumber, empty, notice } from '../parts/pieces.js';
import { _, dateWords } from '../parts/say.js';
import { byId, focusHeading, ready, watchLeaving } from '../parts/shell.js';
import { publishView, rowsView, termsView, tokensView } from './research_access.js';
import { PRODUCTS, figuresView, howMany, releaseView, titleOf } from './research_release.js';
import { doing, drawnBy, is, page, show } from './research_state.js';
import { again } from './starting.js';
import { whatToDo } from './stopped.js';

function draw() {
  const { stop, evidence, open, seen } = page;
  byId('head').textContent = stop ? _('This did not open') : open ? titleOf(open) : is('steward') || is('researcher') ? _('Research') : _('What research may see');
  render(stop ? whatToDo(stop, evidence) : html`${page.error ? problem(page.error) : nothing}${page.said ? notice({ kind: 'kept', title: page.said, now: !page.error }) : nothing}
    ${open ? releaseView() : seen ? overview() : nothing}`, byId('app'));
}

/** @param {import('../parts/ask.js').AskError} error */
const problem = (error) => notice({
  kind: 'caution', said: true, now: true, title: error.kind === 'Offline' ? _('You are not connected') : _('This did not go through'), body: _(error.words, error.facts),
  actions: page.seen ? nothing : again(),
});

const overview = () => html`${is('steward') || is('researcher') ? nothing : html`${forEverybody()}${figures()}`}
  ${page.terms && !page.terms.signed ? termsView() : nothing}
  ${is('steward') ? html`${rowsView()}${publishView()}` : nothing}
  ${releases()}
  ${page.terms?.signed ? html`${tokensView()}${termsView()}` : nothing}
  ${is('steward') || is('researcher') ? figures() : nothing}
  <section aria-labelledby="site-head"><h2 id="site-head">${_('Is this the right site?')}</h2><p>${_('This is the check number of this site:')}</p>${checkNumber(page.seen.site)}</section>`;

const forEverybody = () => html`<p class="lead">${_('Some people who ask for help here let their answers be counted. This is what comes of it. Nobody’s account is here, and no row as it was sent.')}</p>
  <p>${_('Researchers whom a coordinator has let in can take the releases, once they have signed the terms. Everybody can see here which releases there are, and check that they stand in the log.')}</p>`;

/** Whoever is signed in in this tab may be a steward or a researcher. */
async function comeIn() {
  const who = await resume();
  if (!who) return;
  if (who.role === 'staff') document.body.dataset.staff = '';
  guard();
  if (who.role !== 'staff') return;
  byId('staff-rooms').hidden = false;
  await ask('listing.renew').catch(() => {});
  await showOwnRooms();
  page.roles = (await ask('listing.roles')).roles;
  if (is('researcher')) page.terms = await ask('releases.terms');
  if (page.terms?.signed) page.tokens = await ask('releases.tokens');
  if (is('steward')) page.rows = await ask('releases.rowsStanding').catch(() => null);
}

async function start() {
  watchLeaving();
  drawnBy(draw);
  on('progress', (going) => show({ going }));
  await doing('look', async () => {
    await comeIn();
    page.seen = await ask('releases.look');
  });
  ready();
}

const figures = () => page.seen.figures.map(figuresView);

function releases() {
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

start();
