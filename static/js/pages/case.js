/**
 * /case: the peer's own page, and the team's. The case is chosen here; no id is in the address, and every view has a Back of its own.
 * What distinguishes a supporter's cases is the coordinator's words, read before anything of the account is opened.
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, enter, evidenceFile, lockNow } from '../parts/ask.js';
import { beforeLeave, load, settle } from '../parts/letters.js';
import { button } from '../parts/controls.js';
import { empty, isStop, notice, readers, state } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { byId, focusHeading, ready, watchLeaving } from '../parts/shell.js';
import { agreed, standDown } from './case_agreed.js';
import { account, messages } from './case_entries.js';
import { copy, home, unread } from './case_home.js';
import { members, openings, people } from './case_people.js';
import { followRows, research, watchRows } from './case_research.js';
import { askedName, doing, drawnBy, look, page, readersWords, reload, show } from './case_state.js';
import { mark, troubles, watchLog } from './case_trouble.js';
import { startPage } from './starting.js';

/** @typedef {{room: () => string, head: () => string, readers: () => [string, boolean], body: () => unknown}} View */

/** @returns {[string, boolean]} */
const team = () => [readersWords(), false];

/** @type {Record<string, View>} */
const VIEWS = {
  home: { room: () => _('Your page'), head: () => _('Your page'), readers: team, body: () => home(go) },
  people: { room: () => _('Letters'), head: () => _('Letters to you'), readers: () => [_('Only you can read these letters.'), false], body: people },
  messages: { room: () => _('Messages'), head: () => _('Messages'), readers: () => ['', false], body: messages },
  sent: { room: () => (page.seen.owner ? _('What I sent') : _('The account')), head: () => (page.seen.owner ? _('What you sent') : askedName() ? _('What %(name)s wrote', { name: askedName() }) : _('Their account')), readers: team, body: () => account(go) },
  team: { room: () => _('Team'), head: () => (page.seen.owner ? _('Who is on your team') : _('Who is in this case')), readers: team, body: members },
  opened: { room: () => _('Who opened it'), head: () => _('Who opened your case'), readers: team, body: openings },
  agreed: { room: () => _('What you agreed to'), head: () => _('What you agreed to'), readers: team, body: () => agreed(go) },
  research: { room: () => _('Research'), head: () => _('What research gets from you'), readers: () => [_('This page: only you.'), false], body: () => research(go) },
  copy: { room: () => _('A copy'), head: () => _('Keep a copy'), readers: () => [_('Only you, with your words.'), false], body: copy },
  choose: { room: () => _('Cases'), head: () => _('Cases you are on'), readers: () => [_('Only you, and the people in each case.'), false], body: () => choose(openCase) },
};
const PEERS = ['home', 'people', 'messages', 'sent', 'team', 'opened'];
const TEAMS = ['sent', 'messages', 'team'];

let drawn = '';

function draw() {
  mark(page.log);
  const view = page.seen || page.view === 'choose' ? VIEWS[page.view] : null;
  const title = view ? view.head() : page.error && page.error.code !== 'put-back' ? _('This did not open') : _('Your page');
  byId('head').textContent = title;
  const [who, wider] = view ? view.readers() : [_('Nobody. Nothing was opened.'), false];
  render(view && who ? readers(who, { wider }) : nothing, byId('readers'));
  render(html`${troubles()}${page.said && !page.error ? notice({ kind: page.careful ? 'care' : 'kept', title: page.said, now: true }) : nothing}${view ? standDown() : nothing}${page.view === 'sent' && page.seen && !page.seen.owner ? unread(go) : nothing}${view ? view.body() : nothing}${back()}`, byId('app'));
  render(rooms(), byId('rooms'));
  if (drawn && drawn !== title && document.body.dataset.ready !== undefined) focusHeading();
  drawn = title;
}

/** The way back of every view but the first. */
function back() {
  const first = page.who?.role === 'peer' ? 'home' : 'choose';
  if (!page.seen || page.view === first) return nothing;
  return html`<p class="noprint"><button class="textlink" type="button" @click=${() => go(first)}>${first === 'home' ? _('Back to your page') : _('Back to your cases')}</button></p>`;
}

function rooms() {
  if (!page.who) return nothing;
  const peer = page.who.role === 'peer';
  const inside = page.seen ? (peer ? PEERS : TEAMS) : [];
  return html`${peer ? nothing : html`<li><a href="/supporter">${_('Letters')}</a></li><li><button type="button" aria-current=${page.view === 'choose' ? 'page' : nothing} @click=${() => go('choose')}>${_('Cases')}</button></li>`}
    ${inside.map((name) => html`<li><button type="button" aria-current=${page.view === name ? 'page' : nothing} @click=${() => go(name)}>${VIEWS[name].room()}</button></li>`)}
    <li><button type="button" @click=${lockNow}>${_('Lock')}</button></li>`;
}

/** Show a view. Staff pages keep their history, a peer's leave none. @param {string} view @param {{past?: boolean}} [with_] past: the browser's Back brought us here */
function go(view, { past = false } = {}) {
  settle();
  if (page.who.role === 'staff' && !past) history.pushState({ view }, '');
  if (view === 'choose') Object.assign(page, { seen: null, id: '', error: null });
  show({ view, sure: '', said: '', others: false });
  if (view === 'messages') look();
  if (view === 'opened') openOpenings();
}

/** Checked anew each time, and what is wrong with the case now is said above it. */
function openOpenings() {
  page.openings = null;
  doing(async () => {
    page.openings = await ask('case.openings', { case: page.id });
    page.seen = page.openings.view;
  });
}

/** @param {string} id */
function openCase(id) {
  doing(async () => {
    await openHere(id);
    Object.assign(page, { view: 'sent', left: null });
    history.pushState({ view: 'sent' }, '');
  });
}

/** @param {string} id hex */
async function openHere(id) {
  page.id = id;
  const typed = load('case', [id]);
  typed.catch(() => {}); // said below
  await reload();
  page.texts = (await typed)[id];
}

async function start() {
  drawnBy(draw);
  page.who = await enter();
  const peer = page.who.role === 'peer';
  watchLeaving({ beforeLeave });
  watchLog();
  watchRows();
  page.view = peer ? 'home' : 'choose';
  if (!peer) addEventListener('popstate', ({ state }) => go(page.seen || state?.view === 'choose' ? state?.view ?? 'choose' : 'choose', { past: true }));
  await doing(async () => {
    page.cases = (await ask('case.list')).cases;
    const own = page.cases.find((/** @type {any} */ one) => one.owner);
    if (peer && !own) { location.replace('/intake'); return; }
    if (peer) await openHere(own.id);
    else page.cases = await withSummaries(page.cases);
  });
  ready();
  followRows().catch(() => {}); // what can't be sent now goes at a later visit
}

/** The coordinators' words that each case was offered under. @param {any[]} cases */
async function withSummaries(cases) {
  const { invitations } = await ask('supporter.view');
  return cases.map((one) => ({ ...one, ...invitations.find((/** @type {any} */ other) => other.case === one.id) }));
}

const LONGEST = 160;

/** @param {(id: string) => void} open */
function choose(open) {
  const { cases, left } = page;
  return html`
    ${left ? notice({ kind: 'kept', said: true, title: _('You are out of that case'), body: left.told ? _('The coordinators know, and are not told why.') : _('The coordinators could not be told just now. Please tell one of them that you went. You owe no reason.') }) : nothing}
    ${cases.length ? html`<p>${_('Opening is noted: the person whose case it is sees the day. Open it when you have time to read.')}</p>
      <ul class="list">${cases.map((/** @type {any} */ one, /** @type {number} */ i) => html`<li class="sheet sealed stack"><h2>${_('Case %(n)s', { n: i + 1 })}</h2>
        ${one.summary ? html`<p class="soft small">${_('Asked by %(name)s on %(day)s', { name: one.from, day: dayWords(one.date) })}</p><p translate="no">${one.summary.slice(0, LONGEST)}${one.summary.length > LONGEST ? '…' : ''}</p>` : nothing}
        ${one.seq > one.known ? html`<p>${state('soon', one.known ? _('Something came since you were here') : _('Not opened yet'))}</p>` : nothing}
        <p class="buttons">${button(_('Open it'), () => open(one.id), { look: cases.length > 1 ? 'second' : '', busy: page.busy, about: _('case %(n)s', { n: i + 1 }) })}</p></li>`)}</ul>`
      : empty(_('No case is open to you now. When someone approves you by name, it appears here.'))}`;
}

startPage(start, (changes) => {
  show(changes);
  if (isStop(changes.error)) evidenceFile().then((evidence) => show({ evidence }));
});
