/** Who is who. Everyone compares safety words here; coordinators invite, certify and suspend. A link with a secret joins. */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, enter } from '../parts/ask.js';
import { announce, byId, focusHeading, ready } from '../parts/dom.js';
import { button, choices, sealedField } from '../parts/fields.js';
import { facts } from '../parts/facts.js';
import { empty, notice, state } from '../parts/notices.js';
import { safetyCheck, safetyWords } from '../parts/people_cards.js';
import { showOwnRooms } from '../parts/rooms.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { STATES } from '../parts/states.js';
import { cards } from '../parts/table.js';
import { ROLE_WORDS, startJoining } from './joining.js';
import { codeStep, head, trouble } from './keymaking.js';
import { waysIn } from './ways_in.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** @type {Record<string, any>} */
const page = { view: null, busy: false, error: null, roles: ['supporter'], link: null, copied: false, rootFor: null, rootSheet: '', rootWrong: '', sure: '', said: '', sheet: '', kept: false, methods: [] };

/** @param {Record<string, any>} [changes] */
function show(changes = {}) {
  Object.assign(page, changes);
  if (page.sheet) {
    head(_('Your recovery sheet'), { sheet: true });
    render(newSheet(), byId('app'));
    return;
  }
  head(_('People'));
  render(page.view ? room(page.view) : trouble(page.error, load), byId('app'));
}

/** @param {() => Promise<void>} work */
async function doing(work) {
  if (page.busy) return;
  show({ busy: true, error: null, rootWrong: '' });
  try {
    await work();
  } catch (problem) {
    const error = /** @type {AskError} */ (problem);
    if (error.facts?.field === 'rootSheet') page.rootWrong = error.words;
    else page.error = error;
  }
  show({ busy: false });
}

const load = () => doing(async () => {
  await look();
});

/** Ask for everything that the page shows. */
async function look() {
  page.view = await ask('people.view').finally(() => { showOwnRooms(); });
  page.methods = (await ask('account.methods')).methods;
}

/** @param {string} said @param {() => Promise<any>} work */
const change = (said, work) => doing(async () => {
  await work();
  await say(said);
});
/** Show the list as it is now, and say what was done: the button that was pressed may be gone. @param {string} said */
async function say(said) {
  await look();
  show({ rootFor: null, rootSheet: '', sure: '', said });
  focusHeading();
  announce(said);
}

/** @param {any} one */
const certify = (one) => doing(async () => {
  try {
    const { done } = await ask('people.certify', { bindings: [one.binding], rootSheet: page.rootFor === one.binding ? page.rootSheet : '' });
    if (done && one.roles.includes('coordinator')) await ask('people.handOn', { fp: one.fp });
    await say(done ? _('%(name)s is in the list.', { name: one.name }) : _('You have signed for %(name)s. A second coordinator has to compare the words and sign too.', { name: one.name }));
  } catch (error) {
    if (/** @type {AskError} */ (error).code !== 'needs-root') throw error;
    page.rootFor = one.binding;
  }
});

/** What the desk got before this coordinator came. @param {any} one */
const handOn = (one) => doing(async () => {
  const { count } = await ask('people.handOn', { fp: one.fp });
  await say(ngettext('%(name)s can open one letter to the desk.', '%(name)s can open %(num)s letters to the desk.', count, { name: one.name }));
});

/** @param {string[]} roles */
const roleWords = (roles) => roles.map((role) => ROLE_WORDS[role]).join(', ');

/** @param {any} view */
const room = (view) => html`
  ${page.said ? notice({ kind: 'kept', title: page.said }) : nothing}
  ${trouble(page.error)}
  ${view.you.listed ? listState(view) : view.you.suspended ? suspended() : notListed(view)}
  ${view.you.roles.includes('coordinator') ? coordinatorParts(view) : nothing}
  ${view.you.listed ? html`<section aria-labelledby="list-head"><h2 id="list-head">${_('Who is who')}</h2>${list(view)}</section>` : nothing}
  ${view.you.suspended ? nothing : waysIn({ methods: page.methods, sure: page.sure, busy: page.busy, onSure: (sure) => show({ sure }), onMake: makeSheet, onRemove: removeMethod })}`;

/** @param {string} locator */
const removeMethod = (locator) => doing(async () => {
  await ask('account.removeMethod', { locator });
  await say(_('That sheet opens nothing any more.'));
});
const makeSheet = () => doing(async () => {
  page.sheet = (await ask('account.addSheet')).sheet;
  page.kept = false;
});

const newSheet = () => codeStep({
  title: _('Keep this sheet: recovery'), code: page.sheet, site: page.view.site, day: page.view.day, kept: page.kept, onKept: (kept) => show({ kept }),
  lead: _('This sheet opens your key if your words are lost. It is shown once.'),
  about: { title: _('Keep it apart from your words'), body: _('Whoever has it can sign in as you. At home is good, at work is not.') },
  go: _('I have kept it'), onGo: () => { page.sheet = ''; load(); },
});

/** @param {any} view */
function listState({ list: { version, until, expired, days, signatures, coordinators, renewed, byHand } }) {
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

const suspended = () => notice({ kind: 'caution', title: _('Your key is suspended'), body: html`<p>${_('You can open nothing that is written from now on. What you wrote is kept as it is.')}</p>
  <p>${_('If you did not expect this, call a coordinator. To come back you need a new invitation.')}</p>` });

/** @param {any} view */
const notListed = (view) => html`${notice({
  kind: 'info', title: _('One step left: a call'), body: html`<p>${_('A coordinator calls you, by phone or video. Each of you reads aloud the words that the screen shows for the other. If they match, the coordinator puts you in the list.')}</p>
    <p>${_('Until then nothing is sent to you, and you can’t open anything.')}</p>` })}
  <section aria-labelledby="mine-head"><h2 id="mine-head">${_('Your own words')}</h2><p>${_('The coordinator reads these to you. Check each one.')}</p>${safetyWords(view.you.safety, { lead: true })}</section>
  <section aria-labelledby="desk-head"><h2 id="desk-head">${_('Words of the coordinators')}</h2>
    ${view.desk.map((/** @type {any} */ one) => html`<div class="sheet stack"><h3>${one.name}</h3><p>${_('Read these to %(name)s, who checks them.', { name: one.name })}</p>${safetyWords(one.safety, { lead: true })}
      ${compared(view, one) ? html`<p>${state('yes', _('Words compared by you'))}</p>` : html`<p class="buttons">${wordsMatch(one)}</p>`}</div>`)}</section>
  <p class="buttons">${button(_('Look again'), load, { look: 'second', busy: page.busy })}</p>`;

/** @param {any} view @param {any} one @returns {boolean} whether this account has kept this person's key */
const compared = (view, one) => view.people.some((/** @type {any} */ other) => other.fp === one.fp && other.compared);

/** @param {any} one */
const wordsMatch = (one) => button(_('The words match'), () => change(_('Kept: the words of %(name)s match.', { name: one.name }), () => ask('people.matched', { fp: one.fp })), { look: 'second', about: _('for %(name)s', { name: one.name }), busy: page.busy });

/** @param {any} view */
const coordinatorParts = (view) => html`
  ${view.proposed ? proposal(view) : nothing}
  <section aria-labelledby="waiting-head"><h2 id="waiting-head">${_('Waiting for a call')}</h2>
    ${view.waiting.length ? view.waiting.map((/** @type {any} */ one) => waitingCard(view, one)) : empty(_('Nobody. Whoever joins by an invitation shows here.'))}</section>
  <section aria-labelledby="invite-head"><h2 id="invite-head">${_('Invite someone')}</h2>
    ${choices({ name: 'roles', kind: 'checkbox', legend: _('As'), columns: 'two', chosen: page.roles, onChange: (roles) => show({ roles }), options: [
      { value: 'supporter', label: ROLE_WORDS.supporter, note: _('A physician who is with a peer') },
      { value: 'coordinator', label: ROLE_WORDS.coordinator, note: _('Reads cards, finds teams. Needs the root sheet') },
    ] })}
    <p class="buttons">${button(_('Make a link'), invite, { busy: page.busy })}</p>
    ${page.link ? html`<div class="sheet stack" role="status"><p>${_('Good once, until %(day)s. Send it to that one person, best by a way that only they read.', { day: dayWords(page.link.until) })}</p>
      <p class="mono" id="invitation-link" translate="no">${location.origin}${page.link.path}</p>
      <p class="buttons">${button(page.copied ? _('Copied') : _('Copy the link'), copy, { look: 'second' })}</p></div>` : nothing}</section>`;

const invite = () => doing(async () => {
  if (!page.roles.length) throw Object.assign(new Error('roles'), { words: _('Choose at least one role first.') });
  page.link = await ask('people.invite', { roles: page.roles });
  page.copied = false;
});
async function copy() {
  await navigator.clipboard.writeText(location.origin + page.link.path).catch(() => {});
  show({ copied: true });
}

/** What they told the coordinators about themselves. @param {any} one */
function profile({ profile: told }) {
  if (!told) return nothing;
  const state = STATES.find(([code]) => code === told.state)?.[1] ?? '';
  const rows = [
    [_('Specialty'), told.specialty], [_('State'), state], [_('Career stage'), told.stage], [_('Worked at'), (told.employers ?? []).join(', ')],
    [_('Can help'), told.availability], [_('Languages'), told.languages],
  ];
  return facts(rows.filter(([, value]) => value).map(([name, value]) => ({ name, value })));
}

/** @param {any} view @param {any} one */
const waitingCard = (view, one) => html`<article class="sheet stack"><h3>${one.name}</h3><p class="soft small">${roleWords(one.roles)}</p>
  ${profile(one)}
  ${safetyCheck({ name: one.name, theirs: one.safety, yours: view.you.safety, open: true,
    onMatch: () => certify(one), onDiffer: () => show({ sure: `differ ${one.binding}` }) })}
  ${page.rootFor === one.binding ? html`<div class="stack">${sealedField({ id: 'rootSheet', label: _('The code on the root sheet'), value: page.rootSheet, capitals: 'none', error: page.rootWrong || undefined,
    hint: _('Naming a coordinator needs it, and so does letting someone in while there are too few coordinators. It stays on this device.'), onInput: (rootSheet) => show({ rootSheet }) })}
    <p class="buttons">${button(_('Sign with the root sheet'), () => certify(one), { busy: page.busy })} ${button(_('Not now'), () => show({ rootFor: null, rootSheet: '' }), { look: 'second' })}</p></div>` : nothing}
  ${page.sure === `differ ${one.binding}` ? notice({ kind: 'care', title: _('Then do not let this key in'), body: _('Someone may have stepped in between. Remove it, and send %(name)s a new invitation by another way.', { name: one.name }),
    actions: html`${button(_('Remove this key'), () => change(_('The key is removed.'), () => ask('people.dismiss', { binding: one.binding })), { look: 'grave', busy: page.busy })} ${button(_('Compare again'), () => show({ sure: '' }), { look: 'second' })}` }) : nothing}</article>`;

/** @param {any} view */
function proposal({ proposed, waiting }) {
  const names = proposed.names.join(', ');
  if (proposed.mine) return notice({ title: _('Waiting for a second coordinator'), body: _('You signed for %(names)s. Ask another coordinator to compare the safety words with them, and to sign on this page.', { names }) });
  return notice({ kind: 'info', title: _('%(by)s has signed for %(names)s', { by: proposed.by.join(', '), names }), body: html`<p>${_('Compare the safety words with them as well, below. If all match, sign too.')}</p>`,
    actions: button(_('The words match, and I sign too'), () => change(_('%(names)s: in the list now.', { names }), () => ask('people.agree', { bindings: waiting.map((/** @type {any} */ one) => one.binding).filter((/** @type {string} */ id) => proposed.bindings.includes(id)) })), { busy: page.busy }) });
}

/** @param {any} view */
const list = (view) => cards({
  caption: _('People, their role, the state of their key and their safety words'), columns: [_('Name'), _('Role'), _('Key'), _('Safety words'), ''],
  rows: view.people.map((/** @type {any} */ one) => [
    html`${one.name}${one.me ? html` <span class="soft">${_('(you)')}</span>` : nothing}`, html`${roleWords(one.roles)}${one.profile
      ? html`<details><summary>${_('Profile')}<span class="said"> ${_('of %(name)s', { name: one.name })}</span></summary>${profile(one)}</details>` : nothing}`,
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

async function begin() {
  const token = location.hash.slice(1);
  if (token) {
    startJoining(token, () => { show(); load(); });
    ready();
    return;
  }
  await enter({ role: 'staff' });
  await load();
  ready();
}
begin();
