/** The peer's first view: where things stand, who can open it now, what is theirs. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { steps } from '../parts/lists.js';
import { button, checkNumber, facts, notice } from '../parts/pieces.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { askAgain } from './case_later.js';
import { nameOf, others, together } from './case_names.js';
import { page } from './case_state.js';

/** @param {(view: string) => void} go */
export function home(go) {
  const { seen, letters } = page;
  const open = letters.proposed.filter((/** @type {any} */ one) => !one.approved && !one.declined && !one.former);
  const asked = letters.words.at(-1);
  return html`
    ${open.length ? notice({
      title: ngettext('Someone wrote to you', '%(num)s people wrote to you', open.length),
      body: _('They would like to be on your team. Say yes or no to each. You don’t owe anyone a reason.'),
      actions: button(_('Read their letters'), () => go('people')),
    }) : nothing}
    ${asked && !asked.mine ? notice({
      title: _('A letter from the desk, %(day)s', { day: dayWords(asked.date) }), body: _('You can read it, and answer or not.'),
      actions: button(_('Read it'), () => go('messages'), { look: open.length ? 'second' : '' }),
    }) : nothing}
    ${deadline(seen)}
    <section aria-labelledby="stand"><h2 id="stand">${_('Where things stand')}</h2>${steps(stages(seen, letters))}</section>
    <section aria-labelledby="who"><h2 id="who">${_('Who can open it now')}</h2>
      ${facts([
        { name: _('Your account'), value: others().length ? html`${_('You, %(names)s', { names: together(others().map(nameOf)) })}` : _('Only you'), change: { label: others().length ? _('See or remove') : _('See'), onClick: () => go('team') } },
        { name: _('Your card'), value: _('The coordinators, who look for people. They can’t open your account.') },
      ])}</section>
    <section aria-labelledby="yours"><h2 id="yours">${_('What is yours')}</h2>
      <p class="buttons">${button(_('Read or add to what I sent'), () => go('sent'), { look: 'second' })} ${button(_('Write to the desk'), () => go('messages'), { look: 'second' })}
        ${button(_('What you agreed to'), () => go('agreed'), { look: 'second' })} ${button(_('Keep a copy'), () => go('copy'), { look: 'second' })}</p></section>
    ${askAgain(go)}
    <details><summary>${_('Is this the same site as on your sheet?')}</summary><div class="stack"><p>${_('Your sheet of seven words has a check number. It is this one:')}</p>${checkNumber(seen.site)}
      <p>${_('If yours is another one, stop. Someone may have put up a site that looks like this one. Write nothing here, and ask a person you trust how to reach us.')}</p></div></details>`;
}

/** @param {any} seen @param {any} letters @returns {{words: unknown, at?: 'done' | 'now'}[]} */
function stages(seen, letters) {
  const team = others().length > 0;
  const asked = letters.proposed.length > 0;
  return [
    { words: html`<strong>${_('Received')}</strong>${seen.account ? html`, ${dayWords(seen.account.date)}` : nothing}`, at: 'done' },
    { words: asked || team ? html`<strong>${_('People wrote to you')}</strong>` : html`<strong>${_('We look for people for you.')}</strong> ${_('This most often takes some days. You don’t have to do anything.')}`, at: asked || team ? 'done' : 'now' },
    { words: html`<strong>${_('You choose your team.')}</strong> ${team ? nothing : _('Each person can open your account only if you say yes.')}`, at: team ? 'done' : asked ? 'now' : undefined },
    { words: html`<strong>${_('You and your team write to each other, and meet.')}</strong>`, at: team ? 'now' : undefined },
  ];
}

/** A date that doesn't wait, as the peer gave it. @param {any} seen */
function deadline(seen) {
  const day = seen.account?.answers?.deadline_date;
  if (typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day)) return nothing;
  return notice({ kind: 'caution', title: _('A date you gave: %(day)s', { day: dayWords(day, { year: true }) }), body: _('It does not wait for us. If you need an attorney before then, don’t wait either.') });
}
