/** Today's signature to take away, and one that was taken away on another day: the log must go on from it. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { icon, notice } from '../parts/pieces.js';
import { _, count, ngettext } from '../parts/say.js';
import { doing, fileOf, page } from './log_state.js';

const MOST = 65_536; // bytes: a signature has some hundreds

export function saved() {
  const { seen, saved: found, wrong, busy } = page;
  seen.url ??= fileOf(seen.signature.text);
  return html`<section class="stack" aria-labelledby="saved-head"><h2 id="saved-head">${_('Does it go on from what you saw?')}</h2>
    <p>${_('Save today’s signature: a few lines of text, without anything about you. Come back with it in a week or a year. Then your browser checks that not one of today’s lines was changed or taken out.')}</p>
    <p class="buttons"><a class="button second" href=${seen.url} download=${seen.signature.name}>${_('Save today’s signature')}</a></p>
    <div class=${wrong.note ? 'field wrong' : 'field'}><label for="note">${_('A signature that you saved before')}</label>
      <p class="hint" id="note-hint">${_('It stays on this device.')}</p>
      <p class="wrong-words" id="note-wrong" ?hidden=${!wrong.note}>${icon('care')} ${wrong.note}</p>
      <input id="note" type="file" accept=".txt,text/plain" aria-describedby="note-hint note-wrong" aria-invalid=${wrong.note ? 'true' : nothing} ?disabled=${busy === 'saved'} @change=${take}></div>
    ${found ? notice({ kind: 'kept', said: true, title: _('Today’s log goes on from the one you saved'), body: body(found) }) : nothing}</section>`;
}

/** @param {{then: number, now: number}} found */
const body = ({ then, now }) => html`${ngettext('It had one line then.', 'It had %(lines)s lines then.', then, { lines: count(then) })} ${now > then ? _('It has %(lines)s now, and begins with the same ones.', { lines: count(now) }) : _('It has the same ones now.')}`;

/** @param {Event} event */
const take = (event) => doing('saved', async () => {
  page.saved = null;
  const [file] = /** @type {HTMLInputElement} */ (event.target).files ?? [];
  if (file) page.saved = await ask('log.goesOn', { note: await file.slice(0, MOST).text() });
});
