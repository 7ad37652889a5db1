/** Who is in the case: the peer may take anyone out at once, a supporter may go out without a reason. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { safetyCheck } from '../parts/people_cards.js';
import { button, empty, notice } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { nameOf, others } from './case_names.js';
import { doing, page, show } from './case_state.js';

export function members() {
  const list = others();
  return html`
    ${list.length ? html`<section aria-labelledby="in-head"><h2 id="in-head">${_('Beside you')}</h2><ul class="list">${list.map(member)}</ul></section>` : empty(_('Only you can open it. People come in when you approve them, one by one.'))}
    ${page.seen.owner ? html`<p class="soft">${_('Removing someone works at once. They read nothing written after that. What they have read can’t be unread.')}</p>` : going()}`;
}

/** @param {any} one */
function member(one) {
  const name = nameOf(one);
  const mine = page.seen.members.find((/** @type {any} */ other) => other.me);
  return html`<li class="sheet sealed person"><header><h3>${name}</h3><span class="soft small">${one.owner ? _('whose case this is') : one.gone ? _('has left, or was taken off the list') : _('in since %(day)s', { day: dayWords(one.since) })}</span></header>
    ${page.seen.owner && !one.owner && (!page.seen.marked || page.seen.heals) ? remove(one, name) : nothing}
    ${one.owner ? nothing : safetyCheck({ name, theirs: one.safety, yours: mine?.safety ?? [] })}</li>`;
}

/** Take somebody out; it asks once more. @param {any} one @param {string} name */
export function remove(one, name) {
  const key = `remove ${one.fp}`;
  if (page.sure !== key) return html`<p class="buttons">${button(_('Remove %(name)s', { name }), () => show({ sure: key, said: '' }), { look: 'grave' })}</p>`;
  return html`<div class="stack" role="group" aria-label=${_('Remove %(name)s', { name })}>
    <p>${_('%(name)s can read nothing that is written after this, and is not told why. What was read can’t be unread.', { name })}</p>
    <p class="buttons">${button(_('Yes, remove %(name)s', { name }), () => doing(async () => {
      page.seen = await ask('case.remove', { case: page.id, fp: one.fp });
      Object.assign(page, { sure: '', letters: await ask('case.proposals', { case: page.id }) });
    }, _('%(name)s reads nothing from now on.', { name })), { look: 'grave', busy: page.busy })} ${button(_('Keep %(name)s', { name }), () => show({ sure: '' }), { look: 'second' })}</p></div>`;
}

/** One private button, no reason asked. */
function going() {
  if (page.sure !== 'leave') {
    return html`<section aria-labelledby="go-head"><h2 id="go-head">${_('If you know someone here')}</h2>
      <p>${_('Go out at once. The coordinators are told that you went, and not why. We ask for no reason.')}</p>
      <p class="buttons">${button(_('I know someone here'), () => show({ sure: 'leave' }), { look: 'second' })}</p></section>`;
  }
  return notice({
    kind: 'care', title: _('Go out of this case?'), body: _('You read nothing that is written after this. The team sees that you went. You can’t come back by yourself.'),
    actions: html`${button(_('Yes, take me out'), () => doing(async () => {
      const { id } = page;
      page.left = await ask('case.leave', { case: id });
      Object.assign(page, { sure: '', seen: null, id: '', view: 'choose', cases: page.cases.filter((/** @type {any} */ one) => one.id !== id) });
    }), { look: 'grave', busy: page.busy })} ${button(_('Stay'), () => show({ sure: '' }), { look: 'second' })}`,
  });
}
