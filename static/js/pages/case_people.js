/**
 * Who may be let in, who is in, who opened it. Approving somebody is the grant, so it asks once more and names what can't be undone;
 * the peer may take anyone out at once, a supporter may go out without a reason. What members signed themselves stands apart from
 * what is only the site's word.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { thread } from '../parts/letters.js';
import { trail } from '../parts/lists.js';
import { aboutApproving, personCard, safetyAnswer, safetyCheck } from '../parts/people_cards.js';
import { button } from '../parts/controls.js';
import { empty, notice, readers, showNotice } from '../parts/pieces.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { announce } from '../parts/shell.js';
import { doing, nameOf, others, page, show } from './case_state.js';
import { linesWords, proven } from './case_trouble.js';

export function people() {
  const { proposed: found, unreadable } = page.letters;
  const all = found.map((/** @type {any} */ one) => ({ ...one, name: one.name || _('Someone whose name we can’t check') }));
  const proposed = all.filter((/** @type {any} */ one) => !one.former);
  const were = all.filter((/** @type {any} */ one) => one.former);
  return html`${beside()}
    ${proposed.length ? html`<p class="lead">${_('Say yes or no to each. You don’t owe anyone a reason, and they are not told why.')}</p>
      <section aria-labelledby="people-head"><h2 id="people-head">${_('They would like to be on your team')}</h2><ul class="list">${proposed.map(card)}</ul></section>${aboutApproving()}`
      : were.length ? nothing : empty(_('Nobody yet. When the coordinators have asked people who could help, their letters are here. You decide about each one.'))}
    ${were.length ? html`<section aria-labelledby="were-head"><h2 id="were-head">${_('They were on your team')}</h2><ul class="list">${were.map(card)}</ul></section>` : nothing}
    ${unreadable.map((/** @type {any} */ one) => one.opens ? notice({ kind: 'care', title: _('A letter of %(day)s is not shown', { day: dayWords(one.date) }),
      body: _('Handed in as %(name)s, who is no coordinator now, or about another case. Only the coordinators write to you here.', { name: one.name }) }) : notice({ kind: 'care', title: _('A letter of %(day)s does not open', { day: dayWords(one.date) }),
      body: one.name ? _('Unreadable, handed in as %(name)s. We show nothing of it.', { name: one.name }) : _('Unreadable, and we can’t tell who wrote it. We show nothing of it.') }))}`;
}

/** What the coordinators wrote when they proposed somebody. */
function beside() {
  const { beside: all = [] } = page.letters;
  if (!all.length) return nothing;
  return html`<section aria-labelledby="beside-head"><h2 id="beside-head">${_('With their proposal the coordinators wrote')}</h2>
    ${readers(_('You, and the coordinator who wrote it.'))}
    ${thread(all.map((/** @type {any} */ one) => ({ author: _('%(name)s, coordinator', { name: one.by }), day: one.date, words: one.text })))}</section>`;
}

/** @param {any} one */
function card(one) {
  const key = `approve ${one.fp}`;
  const asking = page.sure === key;
  const removing = page.sure === `remove ${one.fp}`;
  const mine = page.seen.members.find((/** @type {any} */ member) => member.me);
  const unsure = !one.pinned || one.namesake;
  const set = (/** @type {string} */ sure) => show({ sure, said: '' });
  return personCard({
    name: one.name, about: one.statement ? _('wrote on %(day)s', { day: dayWords(one.statement.date) }) : one.by ? _('proposed by %(name)s', { name: one.by }) : _('proposed by a coordinator'),
    words: one.statement?.text ?? _('No letter has come from %(name)s yet. You can wait for it.', { name: one.name }),
    earlier: [...one.earlier].reverse().map((/** @type {any} */ before) => ({ when: _('They wrote before, on %(day)s:', { day: dayWords(before.date) }), words: before.text })),
    closed: !!page.seen.marked, at: removing ? 'removing' : one.approved ? 'approved' : asking ? 'sure' : one.former ? 'former' : one.declined ? 'declined' : 'undecided', day: one.decided, busy: page.busy,
    former: one.former ? formerWords(one) : nothing, again: one.safety.length > 0,
    onAsk: () => set(key), onBack: () => set(''), onAskRemove: page.seen.marked && !page.seen.heals ? undefined : () => set(`remove ${one.fp}`),
    onApprove: () => doing(() => decide('case.approve', one.fp), _('%(name)s can open your account now.', { name: one.name })),
    onDecline: () => doing(() => decide('case.decline', one.fp), _('You said no to %(name)s. They are not told why.', { name: one.name })),
    onRemove: () => doing(() => decide('case.remove', one.fp), _('%(name)s reads nothing from now on.', { name: one.name })),
    more: one.safety.length ? html`${one.pinned ? nothing : changedKey(one)}${one.namesake ? sameName(one) : nothing}${safetyCheck({
      name: one.name, theirs: one.safety, yours: mine?.safety ?? [], where: whereTheyLook(one), open: unsure,
      ...(!unsure ? {} : { onMatch: () => matched(one), onDiffer: differs }),
    })}` : html`<p class="small soft">${_('%(name)s is no longer in the list, so nobody can be let in under this name now.', { name: one.name })}</p>`,
  });
}

/** On which of their pages somebody who is proposed has the words of the call. @param {any} one */
function whereTheyLook({ name, approved, former: was }) {
  if (approved) return inTheTeam(name);
  if (was) return _('A coordinator has to ask %(name)s again first. Then the same words stand on their page “Letters”.', { name });
  return _('%(name)s finds the same words on their page “Letters”, where they write to you.', { name });
}

/** @param {string} name */
const inTheTeam = (name) => _('%(name)s finds the same words on the page of this case, under “Team”.', { name });

/** Until when somebody was in, and how it ended. @param {any} one */
function formerWords({ name, former: { until, how } }) {
  const day = dayWords(until);
  if (how === 'removed') return _('%(name)s was on your team until %(day)s, when you removed them.', { name, day });
  if (how === 'left') return _('%(name)s was on your team until %(day)s, and then went by themselves. We don’t ask why. Ask a coordinator before you let them in again.', { name, day });
  return _('%(name)s was on your team until %(day)s.', { name, day });
}

/** @param {any} one */
const changedKey = (one) => notice({ kind: 'care', title: _('This is not the key you knew'), body: _('%(name)s’s key is another than before. That happens when someone starts anew. Compare the words below by phone before you say yes.', { name: one.name }) });

/** @param {any} one */
const sameName = (one) => notice({ kind: 'care', title: _('You know another key under this name'), body: _('Someone else called %(name)s was let in before, or is known to you. It may be the same person who began anew, or someone who uses the name. Compare the words below by phone before you say yes.', { name: one.name }) });

/** @param {any} one */
const matched = (one) => doing(async () => {
  await ask('people.matched', { fp: one.fp });
  page.letters = await ask('case.proposals', { case: page.id });
}, _('This key is remembered.'));

function differs() {
  const said = _('Don’t approve. Tell a coordinator by phone that the words differ.');
  show({ said, careful: true, error: null });
  announce(said);
  showNotice();
}

/** @param {string} method @param {string} fp */
async function decide(method, fp) {
  const letters = () => ask('case.proposals', { case: page.id });
  const answer = await ask(method, { case: page.id, fp }).catch(async (error) => {
    if (['pin-changed', 'namesake'].includes(error.code)) page.letters = await letters(); // another tab knew: the words to compare stand below
    throw error;
  });
  page.sure = '';
  if (method === 'case.decline') page.letters = answer;
  else Object.assign(page, { seen: answer, letters: await letters() });
}

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
    ${one.owner ? safetyAnswer({ theirs: one.safety, yours: mine?.safety ?? [], call: _('They may call you, by phone or video. Not by message.'), where: _('They find the same words on their page, under “Team”.') })
      : safetyCheck({ name, theirs: one.safety, yours: mine?.safety ?? [], where: one.gone ? nothing : inTheTeam(name) })}</li>`;
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

/** What an event of the log says, in words. @type {Record<string, () => string>} */
const DID = {
  visit: () => _('opened it'), letter: () => _('sent a letter about it'), export: () => _('took a copy'), erased: () => _('erased words'),
  file: () => _('opened a file'), close: () => _('closed it'), hold: () => _('put a legal hold on it'),
};

export function openings() {
  const { openings: list, seen } = page;
  if (!list) return nothing;
  const own = list.openings.filter((/** @type {any} */ one) => one.word === 'own');
  const server = list.openings.filter((/** @type {any} */ one) => one.word === 'server');
  return html`
    ${seen.marked ? nothing : list.unchecked ? unchecked(list.unchecked) : proven(list.openings)}
    <section aria-labelledby="own-head"><h2 id="own-head">${_('What they signed themselves')}</h2>
      <p>${_('The reader’s own browser wrote this when it first opened your account. Nobody else can write it for them.')}</p>
      ${own.length ? trail(counted(own.map((/** @type {any} */ one) => ({ day: one.date, who: nameOf(one.by), did: _('read your account'), line: one.line })))) : empty(_('Nobody has read your account yet.'))}</section>
    <section aria-labelledby="server-head"><h2 id="server-head">${_('What the site noted')}</h2>
      <p>${_('Each day that someone opened it, and each letter about it. This is the site’s word. It can keep quiet about an opening, or make one up. What it has once put on the log it can’t take back or change.')}</p>
      ${trail(counted(server.map(line)))}</section>`;
}

/** @param {number} epochs whose key did not come */
const unchecked = (epochs) => notice({
  kind: 'caution', title: _('Part of this could not be checked'),
  body: html`<p>${ngettext('The site did not hand out one of your keys that fits. What was noted while it was in use is not shown.', 'The site did not hand out %(num)s of your keys that fit. What was noted while they were in use is not shown.', epochs)}</p>
    <p>${_('Each line below was checked against the site’s signed log. Load the page again. If this stays, tell a coordinator.')}</p>`,
});

/** @param {any} one */
function line(one) {
  const did = one.what === 'visit' && one.of === null ? _('opened your card') : (Object.hasOwn(DID, one.what) ? DID[one.what]() : _('did something that this page does not know'));
  return { day: one.date, line: one.line, who: whoDid(one), did };
}

const BY_PEOPLE = ['visit', 'export', 'file'];

/** Whoever was asked and did not write to the peer has no name here; what nobody did is the site's own. @param {any} one */
function whoDid({ by, what }) {
  if (by.me || by.name || by.owner || BY_PEOPLE.includes(what)) return nameOf(by);
  return what === 'letter' ? _('Someone whom the desk asked') : _('The site');
}

/** The same by the same person on the same day is told once, with every line of the log that says it. @param {{day: string, who: string, did: string, line: number | null}[]} lines */
function counted(lines) {
  /** @type {Map<string, {day: string, who: string, did: string, line: number | null}[]>} */
  const all = new Map();
  for (const one of lines) {
    const key = `${one.day} ${one.who} ${one.did}`;
    all.set(key, [...all.get(key) ?? [], one]);
  }
  return [...all.values()].map((same) => ({ ...same[0], did: withLines(same) }));
}

/** @param {{did: string, line: number | null}[]} same */
function withLines(same) {
  const [{ did }] = same;
  const placed = same.flatMap(({ line: number }) => (number === null ? [] : [number]));
  return html`${same.length > 1 ? _('%(did)s, %(times)s times', { did, times: same.length }) : did}${placed.length ? html` <small class="soft">${linesWords(placed)}</small>` : nothing}`;
}
