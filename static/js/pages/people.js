/**
 * Who is who. Everyone compares safety words here; coordinators invite, certify and suspend. A link with a secret joins. The ways into
 * one's own account are here, too: words, and the sheets that open it when they are lost.
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, enter } from '../parts/ask.js';
import { safetyWords } from '../parts/people_cards.js';
import { button } from '../parts/controls.js';
import { checkNumber, notice, state } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { byId, ready } from '../parts/shell.js';
import { startJoining } from './joining.js';
import { codeStep, head, trouble } from './keymaking.js';
import { compared, coordinatorParts, list, listState, wordsMatch } from './people_list.js';
import { doing, drawnBy, load, page, say, show } from './people_state.js';
import { startPage } from './starting.js';

function draw() {
  if (page.sheet) {
    head(_('Your recovery sheet'), { sheet: true });
    render(newSheet(), byId('app'));
    return;
  }
  head(_('People'));
  render(page.view ? room(page.view) : trouble(page.error, () => location.reload()), byId('app'));
}

/** @param {any} view */
const room = (view) => html`
  ${page.said ? notice({ kind: 'kept', title: page.said, now: !page.error }) : nothing}
  ${trouble(page.error)}
  ${view.you.listed ? listState(view) : view.you.suspended ? suspended() : notListed(view)}
  ${view.you.roles.includes('coordinator') ? coordinatorParts(view) : nothing}
  ${view.you.listed ? html`<section aria-labelledby="list-head"><h2 id="list-head">${_('Who is who')}</h2>${list(view)}</section>` : nothing}
  ${view.you.suspended ? nothing : waysIn({ methods: page.methods, sure: page.sure, busy: page.busy, onSure: (sure) => show({ sure }), onMake: makeSheet, onRemove: removeMethod })}
  ${thisSite(view)}`;

/** @param {any} view */
const thisSite = ({ site, you }) => html`<section aria-labelledby="site-head"><h2 id="site-head">${_('Is this the right site?')}</h2>
  <p>${_('This is the check number of this site:')}</p>${checkNumber(site)}
  <p>${you.listed ? _('It must be the one on each of your sheets, and the one that the others see here.') : _('It must be the one on your sheet. Let the coordinator read theirs to you on the call: it must be the same.')}
    ${_('If it is not, stop. Someone may have put up a site that looks like this one. Call a coordinator.')}</p></section>`;

/** @param {string} locator */
const removeMethod = (locator) => doing(async () => {
  await ask('account.removeMethod', { locator });
  await say(_('That sheet opens nothing any more.'));
});
const makeSheet = () => doing(async () => {
  page.sheet = (await ask('account.addSheet')).sheet;
  page.kept = false;
});

const newSheet = () => codeStep({
  title: _('Keep this sheet: recovery'), code: page.sheet, site: page.view.site, day: page.view.day, kept: page.kept, onKept: (kept) => show({ kept }),
  lead: _('This sheet opens your key if your words are lost. It is shown once.'),
  about: { title: _('Keep it apart from your words'), body: _('Whoever has it can sign in as you. At home is good, at work is not.') },
  go: _('I have kept it'), onGo: () => { page.sheet = ''; load(); },
});

const suspended = () => notice({ kind: 'caution', title: _('Your key is suspended'), body: html`<p>${_('You can open nothing that is written from now on. What you wrote is kept as it is.')}</p>
  <p>${_('If you did not expect this, call a coordinator. To come back you need a new invitation.')}</p>` });

/** @param {any} view */
const notListed = (view) => html`${notice({
  kind: 'info', title: _('One step left: a call'), body: html`<p>${_('A coordinator calls you, by phone or video. Each of you reads aloud the words that the screen shows for the other. If they match, the coordinator puts you in the list.')}</p>
    <p>${_('Until then nothing is sent to you, and you can’t open anything.')}</p>` })}
  <section aria-labelledby="mine-head"><h2 id="mine-head">${_('Your own words')}</h2><p>${_('The coordinator reads these to you. Check each one.')}</p>${safetyWords(view.you.safety, { lead: true })}</section>
  <section aria-labelledby="desk-head"><h2 id="desk-head">${_('Words of the coordinators')}</h2>
    ${view.desk.map((/** @type {any} */ one) => html`<div class="sheet stack"><h3>${one.name}</h3><p>${_('Read these to %(name)s, who checks them.', { name: one.name })}</p>${safetyWords(one.safety, { lead: true })}
      ${compared(view, one) ? html`<p>${state('yes', _('Words compared by you'))}</p>` : html`<p class="buttons">${wordsMatch(one)}</p>`}</div>`)}</section>
  <p class="buttons">${button(_('Look again'), load, { look: 'second', busy: page.busy })}</p>`;

async function begin() {
  drawnBy(draw);
  const token = location.hash.slice(1);
  if (token) {
    startJoining(token, () => { show(); load(); });
    ready();
    return;
  }
  await enter({ role: 'staff' });
  await load();
  ready();
}

/** @typedef {{kind: string, locator: string, day: string, now: boolean}} Way */

/** @type {Record<string, string>} */
const KINDS = { words: _('Six words'), sheet: _('Recovery sheet'), passkey: _('Passkey') };

/**
 * @param {{methods: Way[], sure: string, busy: boolean, onSure: (locator: string) => void, onMake: () => void, onRemove: (locator: string) => void}} own
 *   sure: the locator of the sheet that is about to be removed
 */
function waysIn({ methods, sure, busy, onSure, onMake, onRemove }) {
  const sheets = methods.filter(({ kind }) => kind === 'sheet');
  return html`<section aria-labelledby="ways-head"><h2 id="ways-head">${_('Your ways in')}</h2>
    <ul class="plainlist">${methods.map((way) => html`<li>${KINDS[way.kind]}, ${_('made on %(day)s', { day: dayWords(way.day, { year: true }) })}
      ${way.kind === 'sheet' && sure !== way.locator ? button(_('Remove'), () => onSure(way.locator), { look: 'grave', about: _('the sheet made on %(day)s', { day: dayWords(way.day, { year: true }) }) }) : ''}
      ${sure === way.locator ? html`<div class="stack"><p>${_('Remove a sheet that is lost or was seen. Every other tab and device of yours is signed out. Whoever has both the sheet and an old copy of the server’s data can still open what was there then.')}</p>
        <p class="buttons">${button(_('Remove this sheet'), () => onRemove(way.locator), { look: 'grave', busy })} ${button(_('Keep it'), () => onSure(''), { look: 'second' })}</p></div>` : ''}</li>`)}</ul>
    ${sheets.length ? '' : html`<p>${_('You have no sheet yet. It opens your key if your words are lost.')}</p>`}
    <p class="buttons">${button(sheets.length ? _('Make another sheet') : _('Make a recovery sheet'), onMake, { look: 'second', busy })}</p></section>`;
}

startPage(begin, show);
