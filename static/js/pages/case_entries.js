/**
 * What was written, and added to: words between the peer and the team and, apart from them, letters between the peer and the desk; what
 * the peer sent, in the words of the questions. A long thread shows its newest part. Erasing asks once more, since nothing brings words back.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { ask } from '../parts/ask.js';
import { letter } from '../parts/letters.js';
import { button, choices, sealedField } from '../parts/controls.js';
import { empty, inOneLine, kept, notice, paragraphs, readers } from '../parts/pieces.js';
import { receiptFacts, saveReceipt } from '../parts/receipt.js';
import { _, atStart, dayWords, ngettext, timeWords } from '../parts/say.js';
import { announce } from '../parts/shell.js';
import { isKeptOut, keepOut, toKeepOut } from './case_keep_out.js';
import { doing, look, nameOf, others, page, readersWords, sent, show, together, typed } from './case_state.js';

const SHOWN = ['message', 'note', 'statement', 'plan', 'leave', 'unreadable', 'erased', 'withheld', 'not-counted'];

export function messages() {
  const { seen } = page;
  const list = seen.entries.filter((/** @type {any} */ one) => one.type === 'roster' ? one.seq > 1 : SHOWN.includes(one.kind));
  const alone = !others().length;
  const team = html`
    <section aria-labelledby="team-head"><h2 id="team-head">${seen.owner ? _('With your team') : _('With the team')}</h2>
      ${list.length ? readers(readersWords()) : nothing}
      ${list.length ? html`${earlierButton(list)}<ol class="list" id="thread">${repeat(latest(list), (one) => one.seq, item)}</ol>` : empty(alone ? _('Nothing here yet. When you have approved someone, you write to each other here.') : _('Nothing here yet. Write first, if you like.'))}
      ${alone ? nothing : writing()}</section>`;
  if (!seen.owner) return team;
  return alone ? html`${desk()}${team}` : html`${team}${desk()}`;
}

/** @param {any} one */
function item(one) {
  const author = nameOf(one.by);
  if (one.type === 'roster') return html`<li class="small soft">${dayWords(one.date)}. ${whoChanged(one)}</li>`;
  if (one.kind === 'leave') return html`<li class="small soft">${dayWords(one.date)}. ${_('%(name)s went out of the case.', { name: author })}</li>`;
  const refused = refusedWords(one, author);
  return html`${letter({
    author: one.kind === 'plan' ? _('%(name)s, the plan', { name: atStart(author) }) : atStart(author), mine: one.by.me && one.kind !== 'plan', day: one.date, words: one.said?.text ?? '', refused,
    minute: !refused && one.said?.at ? _('%(time)s, by the clock of whoever wrote it.', { time: timeWords(new Date(one.said.at * 1000), { weekday: true }) }) : undefined,
    actions: one.erasable && !refused ? eraseButton(one) : undefined,
  })}${one.erasable ? eraseQuestion(one) : nothing}`;
}

/** Why an entry is not shown, in its place; '' when it is. @param {any} one @param {string} author */
function refusedWords(one, author) {
  if (one.kind === 'unreadable') return one.early ? _('From before your time. You were not given the key to it.') : _('Unreadable, handed in as %(name)s. The rest of the case is not touched by it.', { name: author });
  if (one.kind === 'withheld') return _('Withheld. Handed in as %(name)s; the site says that it was erased, and nobody signed that. Tell a coordinator.', { name: author });
  if (one.kind === 'erased') return _('Erased. Whoever read it has read it.');
  if (one.kind === 'not-counted') return _('Something that %(name)s may not write, or that this page does not know. It counts for nothing.', { name: author });
  return '';
}

/** @param {any} one a roster */
function whoChanged({ by, added, removed }) {
  const [came, went] = [added, removed].map((list) => together(list.map((/** @type {any} */ one) => (one.me ? _('you') : nameOf(one)))));
  const did = nameOf(by);
  return html`${came ? _('%(who)s let in: %(names)s.', { who: did, names: came }) : nothing} ${went ? _('%(who)s made a new key. Without one now: %(names)s.', { who: did, names: went }) : nothing}
    ${came || went ? nothing : _('%(who)s made a new key.', { who: did })}`;
}

function writing() {
  const text = page.texts.message ?? '';
  if (!page.seen.canWrite) return nothing;
  return html`
    ${page.others ? notice({ title: _('Others wrote before you'), body: _('Yours is sealed and sent. What came before it is above.'), said: true }) : nothing}
    ${sealedField({ id: 'message', label: _('Write to them'), value: text, size: 'lines', readers: readers(readersWords()), below: page.kept && text ? kept(_('Sealed and kept')) : nothing, onInput: (value) => typed('message', value) })}
    <p class="buttons">${button(_('Seal and send'), () => text.trim() && doing(async () => {
      const { view, others: first } = await ask('case.write', { case: page.id, kind: 'message', said: { text: text.trim() } });
      Object.assign(page, { seen: view, others: first });
      look();
      await sent('message');
    }, _('Sent.')), { busy: page.busy })}</p>`;
}

function desk() {
  const { words } = page.letters;
  const text = page.texts.desk ?? '';
  return html`<section aria-labelledby="desk-head"><h2 id="desk-head">${_('With the desk')}</h2>
    <p>${_('The coordinators look for people for you. They can’t open your account or what you write to your team.')}</p>
    ${words.length ? html`<ol class="list">${words.map((/** @type {any} */ one) => letter({
      author: one.name ? _('%(name)s, coordinator', { name: one.name }) : _('The desk'), mine: one.mine, day: one.date, words: isKeptOut(one) ? _('To keep out: %(names)s', { names: inOneLine(one.text) }) : one.text,
      refused: one.unreadable ? (one.name ? _('Unreadable, handed in as %(name)s.', { name: one.name }) : _('Unreadable, and we can’t tell who wrote it.')) : undefined,
    }))}</ol>` : empty(_('No letters yet.'))}
    ${sealedField({ id: 'desk', label: _('Write to the desk'), value: text, size: 'lines', readers: readers(_('You and the coordinators'), { wider: true }), below: page.kept && text ? kept(_('Sealed and kept')) : nothing, onInput: (value) => typed('desk', value) })}
    ${page.seen.marked ? html`<p>${_('For now your letter stands under no case: only what is about this case is held up. Nobody on the team can see that you wrote it.')}</p>` : others().length ? choices({
      name: 'about', kind: 'checkbox', inner: true, legend: _('Is it about someone on your team?'), chosen: page.complaint ? ['complaint'] : [], onChange: (chosen) => { page.complaint = chosen.length > 0; },
      options: [{ value: 'complaint', label: _('Yes, and they must not find a trace of it'), note: _('Then your letter stands under no case. Nobody on the team can see that you wrote it.') }],
    }) : nothing}
    <p class="buttons">${button(_('Seal and send to the desk'), () => text.trim() && doing(async () => {
      page.letters = await ask('case.toDesk', { case: page.id, text: text.trim(), type: page.complaint || page.seen.marked ? 'complaint' : words.length ? 'reply' : 'question' });
      page.complaint = false;
      await sent('desk');
    }, _('Your letter is sealed and sent to the coordinators.')), { look: 'second', busy: page.busy })}</p></section>${keepOut()}`;
}

const A_DAY = /^\d{4}-\d\d-\d\d$/;

/** @param {(view: string) => void} go */
export function account(go) {
  const { seen } = page;
  const added = seen.entries.filter((/** @type {any} */ one) => one.kind === 'note' && one.by.owner && one.said?.about === 'account');
  return html`
    ${seen.owner ? nothing : notice({ title: _('They can see the day you opened this'), body: _('Nothing is saved on your device. Please don’t copy it anywhere else.') })}
    ${seen.account ? told(seen) : none(seen)}
    ${added.map(addition)}
    ${seen.owner ? html`${receipt()}${own(go)}` : nothing}`;
}

/** The account is the first record. @param {any} seen */
function none({ entries }) {
  const first = entries.find((/** @type {any} */ one) => one.type === 'record');
  return first?.kind === 'withheld' ? empty(_('There is no account here. The site says that it was erased, and nobody signed that.')) : empty(_('There is no account here: it was erased, or it does not open.'));
}

/** @param {any} seen */
function told({ account: one, entries }) {
  const entry = entries.find((/** @type {any} */ other) => other.seq === one.seq);
  const lines = linesOf(one);
  const [agreed, rest] = [lines.filter(isConsent), lines.filter((answer) => !isConsent(answer))];
  return html`<section class="sheet sealed" aria-labelledby="told-head"><h2 id="told-head">${_('Sent on %(day)s', { day: dayWords(one.date, { year: true }) })}</h2>
    ${lines.length ? rest.map(line) : html`<p class="soft">${_('Nothing was written in it.')}</p>`}
    ${agreed.length ? html`<details><summary>${_('What was agreed to')}</summary><div class="stack">${agreed.map(line)}</div></details>` : nothing}
    ${entry?.erasable ? html`<p class="noprint">${eraseButton(entry)}</p>${eraseQuestion(entry)}` : nothing}</section>`;
}

/** Read after what happened. @param {{field?: string}} answer */
const isConsent = ({ field = '' }) => field.startsWith('consent_');

/** @param {{label: string, text: string}} answer */
const line = ({ label, text }) => html`<h3>${label}</h3><div class="stack" translate="no">${paragraphs(A_DAY.test(text) ? dayWords(text) : text)}</div>`;

/** Answers in the words of their questions; an account without them shows what it has. @param {any} one @returns {{field?: string, label: string, text: string}[]} */
function linesOf({ told: lines, text }) {
  const shown = lines.filter((/** @type {any} */ line) => line.text);
  return shown.length || !text ? shown : [{ label: _('In their own words'), text }];
}

/** @param {any} one */
const addition = (one) => html`<section class="sheet sealed" aria-labelledby=${`add-${one.seq}`}><h2 id=${`add-${one.seq}`}>${_('Added on %(day)s', { day: dayWords(one.date, { year: true }) })}</h2>
  <div class="stack" translate="no">${paragraphs(one.said.text)}</div>${one.erasable ? html`<p class="noprint">${eraseButton(one)}</p>${eraseQuestion(one)}` : nothing}</section>`;

/** The same as after sending, for whoever closed the page too soon. */
function receipt() {
  const { receipt: shown } = page;
  return html`<section class="sheet noprint" aria-labelledby="receipt-head"><h2 id="receipt-head">${_('Your receipt')}</h2>
    <p>${_('It proves that a sealed account reached us on this day, and that we can’t hide or change it unseen. It says nothing about what is inside.')}</p>
    ${shown ? html`${receiptFacts(shown)}<p class="buttons">${button(_('Save the receipt'), () => saveReceipt(shown), { look: 'second' })}</p>`
    : html`<p class="buttons">${button(_('Check and show it'), () => doing(async () => { page.receipt = await ask('case.receipts', { case: page.id }); }), { look: 'second', busy: page.busy })}</p>`}</section>`;
}

/** @param {(view: string) => void} go */
function own(go) {
  const text = page.texts.add ?? '';
  return html`<section class="noprint" aria-labelledby="add-head"><h2 id="add-head">${_('Add to it, or put something right')}</h2>
    ${page.seen.canWrite ? html`${sealedField({ id: 'add', size: 'writing', label: _('What you want to add'), hint: _('Leave out patients’ names and details.'), value: text, readers: readers(readersWords()), below: page.kept && text ? kept(_('Sealed and kept')) : nothing, onInput: (value) => typed('add', value) })}
      <p class="buttons">${button(_('Seal and add'), () => text.trim() && doing(async () => {
        page.seen = (await ask('case.write', { case: page.id, kind: 'note', said: { about: 'account', text: text.trim() } })).view;
        await sent('add');
      }, _('Added. What you sent before is unchanged.')), { busy: page.busy })}</p>
      <p>${_('What you add is for you and your team. The coordinators can’t read it. To keep somebody out, also one you think of only now, tell them apart.')}</p>
      <p class="buttons">${button(_('Name someone to keep out'), () => { go('messages'); toKeepOut(); }, { look: 'second' })}</p>` : nothing}
    <p class="buttons">${button(_('Print it'), () => print(), { look: 'second' })}</p>
    <p class="small soft">${_('A printed page can be found. It does not name this site.')}</p></section>`;
}

const SHOWN_AT_ONCE = 100;

/** The first entry asked for, by its place in the case; without one the newest are shown. @returns {{id: string, seq: number} | null} */
const from = () => (page.earlier?.id === page.id ? page.earlier : null);

/** Where the shown part begins. What was asked for stays when new entries come. @param {{seq: number}[]} list */
function begins(list) {
  const newest = Math.max(0, list.length - SHOWN_AT_ONCE);
  const asked = list.findIndex((one) => one.seq >= (from()?.seq ?? Infinity));
  return asked < 0 ? newest : Math.min(newest, asked);
}

/** @template {{seq: number}} T @param {T[]} list in the order of the chain */
const latest = (list) => list.slice(begins(list));

/** @param {{seq: number}[]} list all that could be shown */
function earlierButton(list) {
  const hidden = begins(list);
  if (!hidden) return nothing;
  return button(_('Show earlier ones'), () => {
    const first = Math.max(0, hidden - SHOWN_AT_ONCE);
    show({ earlier: { id: page.id, seq: list[first].seq } });
    focusFirst();
    announce(ngettext('One earlier entry is shown.', '%(num)s earlier entries are shown.', hidden - first));
  }, { look: 'second' });
}

/** Reading goes on where the new part begins: the button may be gone. */
function focusFirst() {
  const first = /** @type {HTMLElement | null} */ (document.querySelector('#thread > li'));
  if (!first) return;
  first.tabIndex = -1;
  first.focus();
}

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
