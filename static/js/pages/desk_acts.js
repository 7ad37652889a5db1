/** What a coordinator does with one card. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import * as drafts from '../parts/letters.js';
import { button } from '../parts/controls.js';
import { isStop, notice } from '../parts/pieces.js';
import { _, ngettext } from '../parts/say.js';
import { cardView } from './desk_card.js';
import { STAGES, doing, nameOf, page, show } from './desk_state.js';

/** What is typed on a card, and kept. */
const TEXTS = ['summary', 'note', 'words'];

/** @param {string} id */
export const openCard = (id) => doing(async () => {
  const card = await ask('desk.card', { case: id });
  const people = await ask('desk.supporters', { case: id });
  const { [id]: texts } = await drafts.load('card', [id]);
  page.card = { ...card, ...people, offer: page.queue.offer, draft: { chosen: [], summary: '', note: '', words: '', type: 'question', picked: [], ...texts } };
  Object.assign(page, { view: 'card', left: null });
});

/** Keep the texts of this card that are not sent. */
function keepDraft() {
  const { case: id, draft: { summary, note, words } } = page.card;
  page.kept = false;
  drafts.typed('card', id, { summary, note, words });
}

/** After something was done: the card again, with what was typed in the other boxes kept. @param {string} said */
async function again(said) {
  page.said = said;
  try {
    await refresh();
  } catch (error) {
    if (isStop(/** @type {any} */ (error))) throw error;
    page.said = _('%(said)s The page could not be loaded again: what stands below is from before.', { said });
  }
}

async function refresh() {
  const { case: id } = page.card;
  const card = await ask('desk.card', { case: id });
  const people = await ask('desk.supporters', { case: id });
  page.card = { ...page.card, ...card, ...people };
}

/** One step with this card. Whoever finds that another has taken it meanwhile sees who, or whom to keep out by now. @param {() => Promise<void>} work */
const acting = (work) => doing(async () => {
  page.left = null;
  try {
    await work();
  } catch (error) {
    if (['claimed', 'kept-out'].includes(/** @type {any} */ (error).code)) await refresh().catch(() => {});
    throw error;
  }
});

export function cardBody() {
  const { case: id, draft, state } = page.card;
  return cardView(page.card, {
    busy: page.busy, said: page.said, now: !page.left && !page.error, undone: undone(), stage: STAGES[/** @type {keyof typeof STAGES} */ (state)](), name: nameOf(page.card),
    kept: page.kept,
    onDraft: (changes) => { Object.assign(draft, changes); if (TEXTS.some((name) => name in changes)) keepDraft(); show(); },
    onBack: () => doing(async () => { Object.assign(page, { queue: await ask('desk.queue'), over: null, view: 'queue', card: null, left: null }); }),
    onClaim: () => acting(async () => { await ask('desk.claim', { case: id }); await again(_('You look after this card now.')); }),
    onRelease: () => acting(async () => { await ask('desk.release', { case: id }); await again(_('Any coordinator can take this card now.')); }),
    onPutBack: () => acting(async () => { await ask('desk.claim', { case: id }); await ask('desk.setState', { case: id, state }); await again(_('It is among the finished cards again.')); }),
    onInvite: () => acting(invite), onOffer: () => acting(offer), onSay: () => acting(say),
  });
}

/** Whoever was not reached stays chosen, for the next try. */
async function invite() {
  const { case: id, draft } = page.card;
  const { invited, left } = await ask('desk.invite', { case: id, fps: draft.chosen, summary: draft.summary.trim() });
  draft.chosen = left.map((/** @type {any} */ one) => one.fp);
  page.left = left.length ? { people: left } : null;
  await again(ngettext('One person is invited.', '%(num)s people are invited.', invited.length));
}

async function offer() {
  const { case: id, draft } = page.card;
  await ask('desk.offer', { case: id, fps: draft.picked, note: draft.note.trim() });
  Object.assign(draft, { picked: [], note: '' });
  keepDraft();
  await again(_('The team is proposed. Each person waits for a yes, one by one.'));
}

async function say() {
  const { case: id, draft } = page.card;
  const { stage } = await ask('desk.say', { case: id, type: draft.type, text: draft.words.trim() });
  draft.words = '';
  keepDraft();
  page.left = stage ? { stage } : null;
  await again(_('Your letter is sealed and sent.'));
}

/** What the last step left to do, and how. */
function undone() {
  const { left, card } = page;
  if (left?.stage) {
    const stage = STAGES[/** @type {keyof typeof STAGES} */ (left.stage)]();
    return notice({ kind: 'caution', said: true, now: !page.error, title: _('The stage is not changed yet'), body: _('Your letter is out. Do not send it again.'),
      actions: button(_('Change it to “%(stage)s”', { stage }), () => acting(async () => {
        await ask('desk.setState', { case: card.case, state: left.stage }).catch((error) => { page.left = left; throw error; });
        await again(_('The stage is changed.'));
      }), { look: 'second', busy: page.busy }) });
  }
  if (!left?.people) return nothing;
  const names = new Map(card.supporters.map((/** @type {any} */ one) => [one.fp, one.name]));
  return notice({ kind: left.people.some(isStop) ? 'stop' : 'caution', said: true, now: !page.error, title: ngettext('One person is not invited yet', '%(num)s people are not invited yet', left.people.length),
    body: html`${left.people.map((/** @type {any} */ one) => html`<p><strong>${names.get(one.fp) ?? _('Someone')}</strong>: ${_(one.words)}</p>`)}<p>${_('They stay chosen below. Invite them again from there, or take them out.')}</p>` });
}
