/** A supporter's cases. What distinguishes them is the coordinator's words, read before anything of the account is opened. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, empty, notice } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { page } from './case_state.js';

const LONGEST = 160;

/** @param {(id: string) => void} open */
export function choose(open) {
  const { cases, left } = page;
  return html`
    ${left ? notice({ kind: 'kept', said: true, title: _('You are out of that case'), body: left.told ? _('The coordinators know, and are not told why.') : _('The coordinators could not be told just now. Please tell one of them that you went. You owe no reason.') }) : nothing}
    ${cases.length ? html`<p>${_('Opening is noted: the person whose case it is sees the day. Open it when you have time to read.')}</p>
      <ul class="list">${cases.map((/** @type {any} */ one, /** @type {number} */ i) => html`<li class="sheet sealed stack"><h2>${_('Case %(n)s', { n: i + 1 })}</h2>
        ${one.summary ? html`<p class="soft small">${_('Asked by %(name)s on %(day)s', { name: one.from, day: dayWords(one.date) })}</p><p translate="no">${one.summary.slice(0, LONGEST)}${one.summary.length > LONGEST ? '…' : ''}</p>` : nothing}
        <p class="buttons">${button(_('Open it'), () => open(one.id), { look: cases.length > 1 ? 'second' : '', busy: page.busy, about: _('case %(n)s', { n: i + 1 }) })}</p></li>`)}</ul>`
      : empty(_('No case is open to you now. When someone approves you by name, it appears here.'))}`;
}
