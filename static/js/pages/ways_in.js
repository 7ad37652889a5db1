/** The ways into one's own account: words, and the sheets that open it when they are lost. */
import { html } from '../../vendor/lit-html/lit-html.js';
import { button } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';

/** @typedef {{kind: string, locator: string, day: string, now: boolean}} Way */

/** @type {Record<string, string>} */
const KINDS = { words: _('Six words'), sheet: _('Recovery sheet'), passkey: _('Passkey') };

/**
 * @param {{methods: Way[], sure: string, busy: boolean, onSure: (locator: string) => void, onMake: () => void, onRemove: (locator: string) => void}} own
 *   sure: the locator of the sheet that is about to be removed
 */
export function waysIn({ methods, sure, busy, onSure, onMake, onRemove }) {
  const sheets = methods.filter(({ kind }) => kind === 'sheet');
  return html`<section aria-labelledby="ways-head"><h2 id="ways-head">${_('Your ways in')}</h2>
    <ul class="plainlist">${methods.map((way) => html`<li>${KINDS[way.kind]}, ${_('made on %(day)s', { day: dayWords(way.day, { year: true }) })}
      ${way.kind === 'sheet' && sure !== way.locator ? button(_('Remove'), () => onSure(way.locator), { look: 'grave', about: _('the sheet made on %(day)s', { day: dayWords(way.day, { year: true }) }) }) : ''}
      ${sure === way.locator ? html`<div class="stack"><p>${_('Remove a sheet that is lost or was seen. Every other tab and device of yours is signed out. Whoever has both the sheet and an old copy of the server’s data can still open what was there then.')}</p>
        <p class="buttons">${button(_('Remove this sheet'), () => onRemove(way.locator), { look: 'grave', busy })} ${button(_('Keep it'), () => onSure(''), { look: 'second' })}</p></div>` : ''}</li>`)}</ul>
    ${sheets.length ? '' : html`<p>${_('You have no sheet yet. It opens your key if your words are lost.')}</p>`}
    <p class="buttons">${button(sheets.length ? _('Make another sheet') : _('Make a recovery sheet'), onMake, { look: 'second', busy })}</p></section>`;
}
