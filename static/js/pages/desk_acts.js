/** What a coordinator does with one card. */
import { ask } from '../parts/ask.js';
import { _, ngettext } from '../parts/say.js';
import { cardView } from './desk_card.js';
import { STAGES, nameOf } from './desk_names.js';
import { doing, page, show } from './desk_state.js';

/** @param {string} id */
export const openCard = (id) => doing(async () => {
  const card = await ask('desk.card', { case: id });
  const people = await ask('desk.supporters', { case: id });
  page.card = { ...card, ...people, offer: page.queue.offer, draft: { chosen: [], summary: '', note: '', words: '', type: 'question', picked: [] } };
  page.view = 'card';
});

/** After something was sent: the card again, with what was typed in the other boxes kept. @param {string} said */
async function again(said) {
  const { case: id } = page.card;
  const card = await ask('desk.card', { case: id });
  const people = await ask('desk.supporters', { case: id });
  page.card = { ...page.card, ...card, ...people };
  page.said = said;
}

export function cardBody() {
  const { case: id, draft } = page.card;
  return cardView(page.card, {
    busy: page.busy, said: page.said, stage: STAGES[/** @type {keyof typeof STAGES} */ (page.card.state)](), name: nameOf(page.card),
    onDraft: (changes) => { Object.assign(draft, changes); show(); },
    onBack: () => doing(async () => { Object.assign(page, { queue: await ask('desk.queue'), over: null, view: 'queue', card: null }); }),
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
