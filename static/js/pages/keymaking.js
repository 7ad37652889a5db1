/** Steps that the founder and every volunteer go through: six words shown, two asked back, a sheet printed. */
import { html } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { button, sealedField } from '../parts/controls.js';
import { isStop, notice } from '../parts/pieces.js';
import { _ } from '../parts/say.js';
import { byId, focusHeading } from '../parts/shell.js';
import { wordSheet } from '../parts/wordsheet.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** Head the page with this step's words. A sheet prints alone, without them. @param {string} title @param {{sheet?: boolean}} [with_] */
export function head(title, { sheet = false } = {}) {
  const h1 = byId('head');
  const changed = h1.textContent !== title;
  h1.textContent = title;
  for (const id of ['head', 'readers']) byId(id).classList.toggle('noprint', sheet);
  byId('app').classList.toggle('sheetonly', sheet);
  if (changed && document.body.dataset.ready !== undefined) focusHeading();
}

/** Two places among the words, in order. @param {number} count @returns {number[]} from 0 */
export function twoPlaces(count) {
  const first = Math.floor(Math.random() * count); // which two are asked is no secret
  const second = (first + 1 + Math.floor(Math.random() * (count - 1))) % count;
  return [first, second].sort((a, b) => a - b);
}

/**
 * Six words, on a sheet and in a form that a password manager can keep.
 * @param {{words: string[], email: string, site: string, day: string, onKept: () => void}} step
 */
export const wordsStep = ({ words, email, site, day, onKept }) => html`
  <p class="lead">${_('Sign in with your e-mail address and these six words. Nobody here has a copy of them.')}</p>
  ${wordSheet({ words, day, site })}
  <form class="stack noprint" autocomplete="on" @submit=${(/** @type {Event} */ event) => { event.preventDefault(); onKept(); }}>
    <p class="buttons"><button class="button second" type="button" @click=${() => print()}>${_('Print the sheet')}</button></p>
    ${notice({ kind: 'care', title: _('Keep the words to yourself'), body: _('We can’t look them up or set new ones. The next pages give you a sheet for the day they are lost.') })}
    <label class="said" for="kept-name">${_('E-mail')}</label><input class="said" id="kept-name" type="text" name="username" autocomplete="username" readonly tabindex="-1" .value=${email}>
    <label class="said" for="kept-words">${_('Six words')}</label><input class="said" id="kept-words" type="password" name="new-password" autocomplete="new-password" readonly tabindex="-1" .value=${words.join(' ')}>
    <p class="buttons"><button class="button" type="submit">${_('I have kept them')}</button></p></form>`;

/**
 * Two of the words, to be sure that they were kept.
 * @param {{places: number[], typed: string[], right: boolean[] | null, busy: boolean, onInput: (i: number, value: string) => void, onGo: () => void, onBack: () => void, note?: string}} step
 */
export const checkStep = ({ places, typed, right, busy, onInput, onGo, onBack, note }) => html`
  <p>${_('Look at what you printed or saved. This is not a test. You can go back and see the words again.')}</p>
  ${places.map((place, i) => sealedField({
    id: `word-${i}`, label: _('Word %(n)s', { n: place + 1 }), value: typed[i], short: true, capitals: 'none', onInput: (value) => onInput(i, value),
    error: right && !right[i] ? _('This does not match word %(n)s. Look at your sheet again.', { n: place + 1 }) : undefined,
  }))}
  <p class="buttons">${button(_('Go on'), onGo, { busy })} ${button(_('Show me the words again'), onBack, { look: 'second' })}</p>
  ${note ? html`<p class="small soft">${note}</p>` : ''}`;

/**
 * A code to print, and a tick that it was kept.
 * @param {{title: string, code: string, site: string, day: string, kept: boolean, onKept: (kept: boolean) => void, onGo: () => void, busy?: boolean, lead: string, about: {title: string, body: string}, go: string}} step
 */
export const codeStep = ({ title, code, site, day, kept, onKept, onGo, busy = false, lead, about, go }) => html`
  <p class="lead">${lead}</p>
  ${wordSheet({ title, code, day, site })}
  <p class="buttons noprint"><button class="button second" type="button" @click=${() => print()}>${_('Print the sheet')}</button></p>
  ${notice({ kind: 'care', ...about })}
  <label class="choice noprint" for="sheet-kept"><input type="checkbox" id="sheet-kept" autocomplete="off" .checked=${live(kept)}
    @change=${(/** @type {Event} */ event) => onKept(/** @type {HTMLInputElement} */ (event.target).checked)}><span>${_('I have printed it or copied it by hand')}</span></label>
  <p class="buttons noprint"><button class="button" type="button" aria-disabled=${String(!kept || busy)} aria-busy=${busy ? 'true' : 'false'}
    @click=${() => { if (kept && !busy) onGo(); }}>${go}</button></p>`;

/** What went wrong, in the page. @param {AskError | null} error @param {() => void} [again] */
export const trouble = (error, again) => (error ? notice({
  kind: isStop(error) ? 'stop' : 'caution', said: true, now: true, title: _('This did not work'), body: _(error.words, error.facts), actions: again ? button(_('Try again'), again, { look: 'second' }) : undefined,
}) : '');
