/**
 * Who is who: how the list stands, each person in it, their safety words, who may be taken out; and what coordinators do there: compare
 * words on a call, sign for somebody, invite.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { safetyCheck, safetyWords } from '../parts/people_cards.js';
import { button, choices, sealedField } from '../parts/controls.js';
import { empty, notice, state } from '../parts/pieces.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { ROLE_SEES, ROLE_WORDS, change, doing, inTheList, needsRootSheet, page, roleWords, say, show } from './people_state.js';
import { profileFacts } from './profile.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

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
  actions: button(_('Renew this list'), () => change(_('The list is renewed.'), () => ask('listing.renewByHand', { version })), { busy: page.busy }) });

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
      <p class="buttons">${button(_('Suspend %(name)s', { name: one.name }), () => change(_('%(name)s is suspended.', { name: one.name }), () => ask('listing.suspend', { binding: one.binding })), { look: 'grave', busy: page.busy })}
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

/** @param {any} view */
export const coordinatorParts = (view) => html`
  ${view.proposed ? proposal(view.proposed) : nothing}
  <section aria-labelledby="waiting-head"><h2 id="waiting-head">${_('Waiting for a call')}</h2>
    ${view.waiting.length ? view.waiting.map((/** @type {any} */ one) => waitingCard(view, one)) : empty(_('Nobody. Whoever joins by an invitation shows here.'))}</section>
  <section aria-labelledby="invite-head"><h2 id="invite-head">${_('Invite someone')}</h2>
    ${choices({ name: 'roles', kind: 'checkbox', legend: _('As'), columns: 'two', chosen: page.roles, onChange: (roles) => show({ roles }),
      options: Object.keys(ROLE_WORDS).map((role) => ({ value: role, label: ROLE_WORDS[role], note: ROLE_SEES[role] })) })}
    ${needsRootSheet(page.roles) ? html`<p>${_('Have the root sheet with you on the day of the call. Nobody can let in a coordinator or a research steward without it.')}</p>` : nothing}
    <p class="buttons">${button(_('Make a link'), invite, { busy: page.busy })}</p>
    ${page.link ? html`<div class="sheet stack" role="status"><p>${_('Good once, until %(day)s. Send it to that one person, best by a way that only they read.', { day: dayWords(page.link.until) })}</p>
      <p class="mono" id="invitation-link" translate="no">${location.origin}${page.link.path}</p>
      <p class="buttons">${button(page.copied ? _('Copied') : _('Copy the link'), copy, { look: 'second' })}</p></div>` : nothing}</section>`;

/** @param {any} one */
const certify = (one) => doing(async () => {
  try {
    const { listed, signed } = await ask('people.certify', { binding: one.binding, rootSheet: page.rootFor === one.binding ? page.rootSheet : '' });
    if (listed.length && one.roles.includes('coordinator')) await ask('people.handOn', { fp: one.fp });
    await say(listed.length ? inTheList(listed) : signed ? _('You have signed for %(name)s. A second coordinator has to compare the words and sign too.', { name: one.name }) : _('Kept: the words of %(name)s match.', { name: one.name }));
  } catch (error) {
    if (/** @type {AskError} */ (error).code !== 'needs-root') throw error;
    page.rootFor = one.binding;
  }
});

/** @param {any} view @param {any} one */
const waitingCard = (view, one) => html`<article class="sheet stack"><h3>${one.name}</h3><p class="soft small">${roleWords(one.roles)}</p>
  ${one.profile ? profileFacts(one.profile) : nothing}
  ${needsRootSheet(one.roles) ? html`<p>${_('To let %(name)s in you need the root sheet. Have it with you before you call.', { name: one.name })}</p>` : nothing}
  ${one.namesake ? notice({ kind: 'care', title: _('You know another key under this name'), body: _('It may be the same person who began anew, or someone who uses the name. Call the one you know, by a number you had before.') }) : nothing}
  ${one.heard ? html`<p>${state('yes', _('Words compared by you'))}</p>` : nothing}
  ${safetyCheck({ name: one.name, theirs: one.safety, yours: view.you.safety, where: _('%(name)s finds the same words on their page “People”.', { name: one.name }), last: _('Nobody comes in before this. If a word differs, on your page or on theirs, press “They differ”.'), open: !one.heard,
    onMatch: () => certify(one), onDiffer: () => show({ sure: `differ ${one.binding}` }) })}
  ${page.rootFor === one.binding ? html`<div class="stack">${sealedField({ id: 'rootSheet', label: _('The code on the root sheet'), value: page.rootSheet, capitals: 'none', error: page.rootWrong || undefined,
    hint: _('Naming a coordinator or a research steward needs it, and so does letting someone in while there are too few coordinators. It stays on this device.'), onInput: (rootSheet) => show({ rootSheet }) })}
    <p class="buttons">${button(_('Sign with the root sheet'), () => certify(one), { busy: page.busy })} ${button(_('Not now'), () => show({ rootFor: null, rootSheet: '' }), { look: 'second' })}</p></div>` : nothing}
  ${page.sure === `differ ${one.binding}` ? notice({ kind: 'care', title: _('Then do not let this key in'), body: _('Someone may have stepped in between. Remove it, and send %(name)s a new invitation by another way.', { name: one.name }),
    actions: html`${button(_('Remove this key'), () => change(_('The key is removed.'), () => ask('people.dismiss', { binding: one.binding })), { look: 'grave', busy: page.busy })} ${button(_('Compare again'), () => show({ sure: '' }), { look: 'second' })}` }) : nothing}</article>`;

/** What is half signed, and what is still to be done for it. @param {any} proposed */
function proposal({ names, by, mine, missing, heard }) {
  const [who, whom] = [by.join(', '), names.join(', ')];
  if (mine) return notice({ title: _('Waiting for a second coordinator'), body: _('You signed for %(names)s. Ask another coordinator to compare the safety words with them, on this page.', { names: whom }) });
  return notice({ title: _('%(by)s has signed for %(names)s', { by: who, names: whom }), body: html`
    <p>${_('Still to compare by you: %(missing)s. When all of these words match, you sign too, and they come in together.', { missing: missing.join(', ') })}</p>
    ${heard.length ? html`<p>${_('Can’t you reach them? You can sign for %(heard)s alone. Then %(by)s has to sign once more, and nobody is forgotten.', { heard: heard.join(', '), by: who })}</p>` : nothing}`,
    actions: heard.length ? button(_('Sign only for those I compared'), () => change(_('You have signed for %(names)s.', { names: heard.join(', ') }), () => ask('people.signOwn')), { look: 'second', busy: page.busy }) : undefined });
}

const invite = () => doing(async () => {
  if (!page.roles.length) throw Object.assign(new Error('roles'), { words: _('Choose at least one role first.') });
  page.link = await ask('people.invite', { roles: page.roles });
  page.copied = false;
});
async function copy() {
  await navigator.clipboard.writeText(location.origin + page.link.path).catch(() => {});
  show({ copied: true });
}
