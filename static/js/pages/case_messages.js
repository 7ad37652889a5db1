/** Words between the peer and the team, and, apart from them, letters between the peer and the desk. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { ask } from '../parts/ask.js';
import { letter } from '../parts/letters.js';
import { button, choices, empty, kept, notice, readers, sealedField } from '../parts/pieces.js';
import { _, atStart, dayWords, timeWords } from '../parts/say.js';
import { earlierButton, latest } from './case_earlier.js';
import { eraseButton, eraseQuestion } from './case_erase.js';
import { nameOf, others, readersWords, together } from './case_names.js';
import { doing, page, sent, typed } from './case_state.js';

const SHOWN = ['message', 'note', 'statement', 'leave', 'unreadable', 'erased', 'withheld', 'not-counted'];

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
    author: atStart(author), mine: one.by.me, day: one.date, words: one.said?.text ?? '', refused,
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
      await sent('message');
    }, _('Sent.')), { busy: page.busy })}</p>`;
}

function desk() {
  const { words } = page.letters;
  const text = page.texts.desk ?? '';
  return html`<section aria-labelledby="desk-head"><h2 id="desk-head">${_('With the desk')}</h2>
    <p>${_('The coordinators look for people for you. They can’t open your account or what you write to your team.')}</p>
    ${words.length ? html`<ol class="list">${words.map((/** @type {any} */ one) => letter({
      author: one.name ? _('%(name)s, coordinator', { name: one.name }) : _('The desk'), mine: one.mine, day: one.date, words: one.text,
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
    }, _('Your letter is sealed and sent to the coordinators.')), { look: 'second', busy: page.busy })}</p></section>`;
}
