/**
 * Whom to keep out, thought of after the account was sent: a letter to the desk of a kind of its own, whose names are held against
 * everyone who could be asked, like those on the card (worker/desk.js).
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { button, sealedField } from '../parts/controls.js';
import { facts, inOneLine, kept, readers } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { byId } from '../parts/shell.js';
import { doing, others, page, sent, typed } from './case_state.js';

/** Names that stand alone, not in a letter's sentences: each of their words may mark somebody. */
export function keepOut() {
  const text = page.texts.exclude ?? '';
  if (!page.seen.owner || (page.seen.marked && !text)) return nothing;
  const named = page.letters.words.filter(isKeptOut);
  return html`<section class="stack" aria-labelledby="out-head"><h2 id="out-head">${_('Someone to keep out?')}</h2>
    <p>${_('Someone may come to your mind who should not hear of this. The coordinators are shown who of our people has such a name, or worked at such a place. Every coordinator reads what you name: if you mean one of them, don’t write it here.')}</p>
    ${sealedField({ id: 'exclude', size: 'lines', label: _('Names of people or places, nothing else'), hint: _('One on each line. Whoever is asked is not told these names.'), value: text, onInput: (value) => typed('exclude', value), readers: readers(_('You and the coordinators'), { wider: true }), below: page.kept && text ? kept(_('Sealed and kept')) : nothing })}
    ${others().length ? html`<p class="soft small">${_('This takes nobody off your team. You do that under “Team”.')}</p>` : nothing}
    ${page.seen.marked ? html`<p>${_('It is sealed and kept. It can’t be sent while this case is held up.')}</p>` : html`<p class="buttons">${button(_('Seal and tell the coordinators'), () => text.trim() && doing(async () => {
      page.letters = await ask('case.toDesk', { case: page.id, text: text.trim(), type: 'exclude' });
      await sent('exclude');
    }, _('It is sealed and sent. Whoever looks for people for you sees it from now on.')), { look: 'second', busy: page.busy })}</p>`}
    ${named.length ? facts(named.map((/** @type {any} */ { date, text: names }) => ({ name: _('You named on %(day)s', { day: dayWords(date) }), value: html`<span translate="no">${inOneLine(names)}</span>` }))) : nothing}</section>`;
}

/** To where they are named, below the letters with the desk. */
export function toKeepOut() {
  const heading = byId('out-head');
  heading.tabIndex = -1;
  heading.focus();
}

/** @param {{mine: boolean, type: string}} letter */
export const isKeptOut = ({ mine, type }) => mine && type === 'exclude';
