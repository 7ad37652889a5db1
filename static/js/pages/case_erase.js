/** Taking the words of one record away. It asks once more, since nothing brings them back. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { button, notice } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { doing, page, show } from './case_state.js';

/** @param {{seq: number, date: string, kind?: string}} one */
export const eraseButton = (one) => (page.sure === `erase ${one.seq}` || !(one.kind === 'withheld' ? page.seen.heals : page.seen.canWrite) ? nothing
  : html`<button class="textlink" type="button" @click=${() => show({ sure: `erase ${one.seq}` })}>${_('Erase')}<span class="said"> ${_('what was written on %(day)s', { day: dayWords(one.date) })}</span></button>`);

/** @param {{seq: number, date: string}} one */
export function eraseQuestion(one) {
  if (page.sure !== `erase ${one.seq}`) return nothing;
  return html`<div>${notice({
    kind: 'care', title: _('Erase what was written on %(day)s?', { day: dayWords(one.date) }),
    body: _('Its words are gone from this site for good, and we can’t bring them back. Its day stays, so that the rest holds. Whoever read it has read it.'),
    actions: html`${button(_('Erase it'), () => doing(async () => {
      page.seen = await ask('case.erase', { case: page.id, seq: one.seq });
      page.sure = '';
    }, _('Erased.')), { look: 'grave', busy: page.busy })} ${button(_('Keep it'), () => show({ sure: '' }), { look: 'second' })}`,
  })}</div>`;
}
