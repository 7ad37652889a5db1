/** Letters to the desk that stand under no case, and answers to them. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { thread } from '../parts/letters.js';
import { button, kept, readers, sealedField } from '../parts/pieces.js';
import { _ } from '../parts/say.js';

/** @typedef {{fp: string, name: string, answers: boolean, letters: any[]}} Thread */
/** @typedef {{busy: boolean, kept: boolean, texts: Record<string, string>, onText: (fp: string, text: string) => void, onSend: (one: Thread) => void}} Doing */

/** @param {Thread[]} threads @param {Doing} doing */
export const apartView = (threads, doing) => (threads.length ? html`<section class="stack" aria-labelledby="apart"><h2 id="apart">${_('Letters under no case')}</h2>
  <p>${_('They may be about somebody on a team. Nobody on a team can see that they were written. Keep it so when you ask around.')}</p>
  ${readers(_('The coordinators'), { wider: true })}
  ${threads.map((one, i) => apartThread(one, i, doing))}</section>` : nothing);

/** @param {Thread} one @param {number} i @param {Doing} doing */
function apartThread(one, i, { busy, kept: isKept, texts, onText, onSend }) {
  const name = one.name || _('Someone who wrote to us');
  const text = texts[one.fp] ?? '';
  return html`<div class="sheet wider"><h3>${_('From %(name)s', { name })}</h3>
    ${thread(one.letters.map(({ mine, date, text: words, readable }) => ({ author: name, mine, day: date, words, refused: readable ? undefined : _('Unreadable here, and we can’t tell who wrote it.') })))}
    ${one.answers ? html`${sealedField({ id: `apart-${i}`, size: 'lines', label: _('Your answer'), value: text, hint: _('It stands under no case, too.'), onInput: (words) => onText(one.fp, words), readers: readers(_('Only whoever wrote this')), below: isKept && text ? kept(_('Sealed and kept')) : nothing })}
    <p class="buttons">${button(_('Seal and send my answer'), () => onSend(one), { look: 'second', busy, off: !text.trim() })}</p>` : nothing}</div>`;
}
