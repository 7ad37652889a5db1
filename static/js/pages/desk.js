/** The desk: who is waiting, one card at a time, and the people who could help. */
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { ask, enter } from '../parts/ask.js';
import { byId, focusHeading, ready } from '../parts/dom.js';
import { button } from '../parts/fields.js';
import { empty, notice, state } from '../parts/notices.js';
import { showOwnRooms } from '../parts/rooms.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { cards } from '../parts/table.js';
import { apartView } from './desk_apart.js';
import { cardView } from './desk_card.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** @type {Record<string, any>} */
const page = { view: 'queue', queue: null, card: null, error: null, busy: false, said: '', apart: [], answers: {} };

const STAGES = {
  new: () => _('New card'), looking: () => _('Looking for people'), offered: () => _('Choosing a team'), together: () => _('With a team'),
  waiting: () => _('On the waiting list'), refused: () => _('Answered: not with us'), closed: () => _('Closed'),
};

/** @param {Record<string, any>} [changes] */
function show(changes = {}) {
  Object.assign(page, changes);
  const [title, body] = page.view === 'card' && page.card ? [_('Find a team for %(name)s', { name: nameOf(page.card) }), cardBody()] : [queueTitle(), queueBody()];
  const changed = byId('head').textContent !== title;
  byId('head').textContent = title;
  render(html`${page.error ? problem(page.error) : ''}${body}${page.view === 'queue' ? apartBody() : ''}`, byId('app'));
  if (changed && document.body.dataset.ready !== undefined) focusHeading();
}

/** @param {AskError} error */
export function problem(error) {
  return notice({ kind: error.kind === 'Offline' || error.kind === 'Refused' || error.kind === 'Input' || error.kind === 'Expired' ? 'caution' : 'stop', title: _('This did not go through'), body: _(error.words, error.facts), said: true });
}

/** Do something that takes a moment; what was typed stays when it fails. @param {() => Promise<void>} work */
async function doing(work) {
  if (page.busy) return;
  show({ busy: true, error: null, said: '' });
  try {
    await work();
    show({ busy: false });
  } catch (error) {
    show({ busy: false, error });
  }
}

function queueTitle() {
  if (!page.queue) return _('Who is waiting for us');
  const open = page.queue.cards.filter((/** @type {any} */ one) => ['new', 'looking', 'offered', 'waiting'].includes(one.state)).length;
  return open ? ngettext('One person is waiting for us', '%(num)s people are waiting for us', open) : _('Nobody is waiting for us');
}

function queueBody() {
  if (!page.queue) return '';
  const { cards: rows } = page.queue;
  if (!rows.length) return empty(_('When someone sends a card, it appears here. You will see how long they have waited, and nothing of their account.'));
  return html`<p class="lead">${_('Nearest date first, then the longest wait. A date is known once you have opened the card.')}</p>
    ${cards({
      caption: _('People waiting'), columns: [_('Person'), _('First date'), _('Since'), _('Stage'), ''],
      rows: rows.map((/** @type {any} */ one) => [
        nameOf(one), one.deadline ? state('soon', dayWords(one.deadline)) : one.opened ? _('No date given') : _('Not opened yet'), dayWords(one.date),
        html`<span>${STAGES[/** @type {keyof typeof STAGES} */ (one.state)]()}<br><span class="soft small">${claimWords(one)}. ${sentWords(one.sent)}</span></span>`,
        button(_('Open the card'), () => openCard(one.case), { look: 'second', busy: page.busy, about: _('of %(name)s', { name: nameOf(one) }) }),
      ]),
    })}
    ${page.queue.more ? html`<p class="buttons">${button(_('Show more'), more, { look: 'second', busy: page.busy })}</p>` : ''}`;
}

/** What stands under no case, e.g. a complaint. */
function apartBody() {
  return html`${page.said ? notice({ kind: 'kept', title: page.said, said: true }) : ''}${apartView(page.apart, {
    busy: page.busy, texts: page.answers, onText: (fp, text) => { page.answers[fp] = text; show(); },
    onSend: ({ fp }) => doing(async () => {
      page.apart = (await ask('desk.answerApart', { fp, text: page.answers[fp].trim() })).threads;
      page.answers[fp] = '';
      page.said = _('Your answer is sealed and sent.');
    }),
  })}`;
}

/** @param {any} one */
function nameOf({ name, lines = [] }) {
  return name || lines.find((/** @type {any} */ line) => line.field === 'name_use')?.text || _('Someone');
}

/** @param {any} one */
function claimWords({ claimed }) {
  if (!claimed) return _('Nobody has taken it');
  return claimed.me ? _('You look after it') : _('%(name)s looks after it', { name: claimed.name });
}

/** @param {Record<string, number>} sent */
function sentWords({ invite = 0, answer = 0, statement = 0 }) {
  if (!invite) return '';
  return statement ? _('%(invite)s invited, %(answer)s answered, %(statement)s wrote a letter.', { invite, answer, statement }) : _('%(invite)s invited, %(answer)s answered.', { invite, answer });
}

/** @param {string} id */
const openCard = (id) => doing(async () => {
  const row = page.queue.cards.find((/** @type {any} */ one) => one.case === id);
  const card = await ask('desk.card', { case: id });
  const people = await ask('desk.supporters', { case: id });
  page.card = { ...card, ...people, claimed: row?.claimed ?? null, state: row?.state ?? 'new', offer: page.queue.offer, name: row?.name ?? '', draft: { chosen: [], summary: '', note: '', words: '', type: 'question', picked: [] } };
  page.view = 'card';
});

/** After something was sent: the card again, with what was typed in the other boxes kept. @param {string} said */
async function again(said) {
  const { draft, case: id } = page.card;
  const card = await ask('desk.card', { case: id });
  const people = await ask('desk.supporters', { case: id });
  page.queue = await ask('desk.queue');
  const row = page.queue.cards.find((/** @type {any} */ one) => one.case === id);
  page.card = { ...page.card, ...card, ...people, claimed: row?.claimed ?? null, state: row?.state ?? page.card.state, draft };
  page.said = said;
}

function cardBody() {
  const { case: id, draft } = page.card;
  return cardView(page.card, {
    busy: page.busy, said: page.said, stage: STAGES[/** @type {keyof typeof STAGES} */ (page.card.state)](), name: nameOf(page.card),
    onDraft: (changes) => { Object.assign(draft, changes); show(); },
    onBack: () => doing(async () => { page.queue = await ask('desk.queue'); page.view = 'queue'; page.card = null; }),
    onClaim: () => doing(async () => { await ask('desk.claim', { case: id }); await again(_('You look after this card now.')); }),
    onRelease: () => doing(async () => { await ask('desk.release', { case: id }); await again(_('Any coordinator can take this card now.')); }),
    onInvite: () => doing(async () => {
      const { invited } = await ask('desk.invite', { case: id, fps: draft.chosen, summary: draft.summary.trim() });
      if (page.card.state === 'new') await ask('desk.setState', { case: id, state: 'looking' });
      Object.assign(draft, { chosen: [] });
      await again(ngettext('One person is invited.', '%(num)s people are invited.', invited.length));
    }),
    onOffer: () => doing(async () => {
      await ask('desk.offer', { case: id, fps: draft.picked, note: draft.note.trim() });
      Object.assign(draft, { picked: [], note: '' });
      await again(_('The team is proposed. Each person waits for a yes, one by one.'));
    }),
    onSay: () => doing(async () => {
      const { type, words } = draft;
      await ask('desk.say', { case: id, type, text: words.trim() });
      if (type !== 'question' && page.card.claimed?.me) await ask('desk.setState', { case: id, state: type === 'waiting' ? 'waiting' : 'refused' });
      Object.assign(draft, { words: '' });
      await again(_('Your letter is sealed and sent.'));
    }),
  });
}

const more = () => doing(async () => {
  const next = await ask('desk.queue', { after: page.queue.more });
  page.queue = { ...next, cards: [...page.queue.cards, ...next.cards] };
});

async function start() {
  await enter({ role: 'staff' });
  showOwnRooms();
  try {
    page.queue = await ask('desk.queue');
    show();
    page.apart = (await ask('desk.apart')).threads;
  } catch (error) {
    page.error = error;
  }
  show();
  ready();
}

start();
