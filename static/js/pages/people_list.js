/** Who is who: how the list stands, each person in it, their safety words, and who may be taken out. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { safetyWords } from '../parts/people_cards.js';
import { button, notice, state } from '../parts/pieces.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { change, doing, page, say, show } from './people_state.js';
import { profileFacts } from './profile_fields.js';
import { roleWords } from './roles.js';

/** @param {any} view */
export function listState({ list: { version, until, expired, days, signatures, coordinators, renewed, byHand } }) {
  const alone = signatures === 1;
  const who = alone
    ? _('One coordinator decides here who is let in.')
    : coordinators < signatures
      ? _('Two coordinators must agree on who is let in. There is one so far, so the root sheet is needed.')
      : _('Two coordinators must agree on who is let in.');
  const body = html`<p>${_('Version %(version)s, good until %(day)s. This browser checked its signatures, from the first one on.', { version, day: dayWords(until, { year: true }) })}</p><p>${who}</p>`;
  if (byHand) return renewal(byHand);
  if (expired) return notice({ kind: 'caution', title: _('This list has run out'), body: html`<p>${_('Reading and writing go on. Nobody can be approved until a coordinator opens this page and renews it.')}</p>${body}` });
  if (days < 3) return notice({ kind: 'caution', title: ngettext('This list is good for one more day', 'This list is good for %(num)s more days', days), body });
  return notice({ kind: 'kept', title: renewed ? _('This list was renewed just now') : _('This list is current'), body });
}

/** A list that no browser renews by itself: it may be one from before somebody was suspended. @param {any} due */
const renewal = ({ version, until, over, listed, suspended: out }) => notice({
  kind: 'caution', title: _('Nothing was signed. This list waits for your eyes'), body: html`
    <p>${over ? _('Version %(version)s ran out on %(day)s.', { version, day: dayWords(until, { year: true }) }) : _('Version %(version)s is good until %(day)s.', { version, day: dayWords(until, { year: true }) })}
      ${_('Look at the names below. Is anyone in it whom you, or another coordinator, suspended or let go? Then do not renew it: an older list may have been handed to you. Call the other coordinators.')}</p>
    <p>${_('Renewing makes version %(next)s, good for seven days. It lets nobody in and takes nobody out.', { next: version + 1 })}
      ${ngettext('One person is in the list.', '%(num)s people are in the list.', listed)} ${ngettext('One key is suspended.', '%(num)s keys are suspended.', out)}</p>`,
  actions: button(_('Renew this list'), () => change(_('The list is renewed.'), () => ask('people.renewByHand', { version })), { busy: page.busy }) });

/** @param {any} view @param {any} one @returns {boolean} whether this account has kept this person's key */
export const compared = (view, one) => view.people.some((/** @type {any} */ other) => other.fp === one.fp && other.compared);

/** @param {any} one */
export const wordsMatch = (one) => button(_('The words match'), () => change(_('Kept: the words of %(name)s match.', { name: one.name }), () => ask('people.matched', { fp: one.fp })), { look: 'second', about: _('for %(name)s', { name: one.name }), busy: page.busy });

/** @param {any} view */
export const list = (view) => cards({
  caption: _('People, their role, the state of their key and their safety words'), columns: [_('Name'), _('Role'), _('Key'), _('Safety words'), ''],
  rows: view.people.map((/** @type {any} */ one) => [
    html`${one.name}${one.me ? html` <span class="soft">${_('(you)')}</span>` : nothing}`, html`${roleWords(one.roles)}${one.profile
      ? html`<details><summary>${_('Profile')}<span class="said"> ${_('of %(name)s', { name: one.name })}</span></summary>${profileFacts(one.profile)}</details>` : nothing}`,
    one.standing === 'suspended' ? state('no', _('Suspended')) : one.compared ? state('yes', _('Words compared by you')) : state('', _('In the list')),
    one.standing === 'suspended' ? html`<span class="soft">${_('Not shown while suspended')}</span>` : safetyWords(one.safety),
    one.me || one.standing === 'suspended' ? '' : actions(view, one),
  ]),
});

/** @param {any} view @param {any} one */
function actions(view, one) {
  if (page.sure === one.binding) {
    return html`<div class="stack"><p>${_('%(name)s is told nothing and can open nothing that is written from now on. To come back, they need a new invitation.', { name: one.name })}</p>
      <p class="buttons">${button(_('Suspend %(name)s', { name: one.name }), () => change(_('%(name)s is suspended.', { name: one.name }), () => ask('people.suspend', { binding: one.binding })), { look: 'grave', busy: page.busy })}
      ${button(_('Keep'), () => show({ sure: '' }), { look: 'second', about: one.name })}</p></div>`;
  }
  return html`<p class="buttons">${one.compared ? nothing : wordsMatch(one)}
    ${view.you.roles.includes('coordinator') && one.roles.includes('coordinator') ? button(_('Hand on letters'), () => handOn(one), { look: 'second', about: _('to %(name)s', { name: one.name }), busy: page.busy }) : nothing}
    ${view.you.roles.includes('coordinator') ? button(_('Suspend'), () => show({ sure: one.binding }), { look: 'grave', about: one.name }) : nothing}</p>`;
}

/** What the desk got before this coordinator came. @param {any} one */
const handOn = (one) => doing(async () => {
  const { count } = await ask('people.handOn', { fp: one.fp });
  await say(ngettext('%(name)s can open one letter to the desk.', '%(name)s can open %(num)s letters to the desk.', count, { name: one.name }));
});
