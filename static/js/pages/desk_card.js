/** One card on the desk: what it says, who could help beside what the peer keeps out, the answers, the offer, a letter. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { thread } from '../parts/letters.js';
import { button, choices, empty, facts, notice, readers, sealedField } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { earlier } from './desk_earlier.js';
import { keptWords, people, summary } from './desk_people.js';

/**
 * @typedef {object} Doing
 * @property {boolean} busy @property {boolean} kept what is typed, sealed @property {string} said @property {string} stage @property {string} name
 * @property {import('../parts/pieces.js').Words} undone what of the last step is still to do
 * @property {(changes: Record<string, any>) => void} onDraft
 * @property {() => void} onBack @property {() => void} onClaim @property {() => void} onRelease @property {() => void} onInvite
 * @property {() => void} onOffer @property {() => void} onSay
 */

/** @param {any} card @param {Doing} doing */
export const cardView = (card, doing) => html`
  <p class="buttons">${button(_('Back to the list'), doing.onBack, { look: 'second' })}</p>
  ${doing.said ? notice({ kind: 'kept', title: doing.said, said: true }) : nothing}${doing.undone}
  <div class="halves third">${sheet(card, doing)}${people(card, doing)}</div>
  ${earlier(card)}${card.claimed?.me ? summary(card, doing) : nothing}${offer(card, doing)}${letters(card, doing)}`;

/** @param {any} card @param {Doing} doing */
const sheet = ({ lines = [], deadline, excluded = {}, date, claimed }, doing) => html`
  <section class="sheet wider" aria-labelledby="card"><h2 id="card">${_('The card of %(name)s', { name: doing.name })}</h2>
  ${readers(_('The coordinators. The peer saw this whole card before it was sent.'), { wider: true })}
  ${facts([
    ...(deadline ? [{ name: _('First date'), value: dayWords(deadline) }] : []),
    ...lines.map((/** @type {any} */ line) => ({ name: line.label, value: line.text })),
    { name: _('Keep out'), value: keepOut(excluded) }, { name: _('Waiting since'), value: dayWords(date) }, { name: _('Stage'), value: doing.stage },
  ])}
  ${claim(claimed, doing)}</section>`;

/** Whoever takes a card invites, proposes and writes; one at a time, so that nobody is asked twice. @param {any} claimed @param {Doing} doing */
function claim(claimed, { name, onClaim, onRelease, busy }) {
  if (claimed?.me) return html`<p>${_('You look after it. If you give it back, the other coordinators are told whom you invited and proposed.')}</p><p class="buttons">${button(_('Give it back'), onRelease, { look: 'second', busy })}</p>`;
  if (claimed) return html`<p>${_('%(by)s looks after it, and is the one who invites people and writes to %(name)s. To go on yourself, ask %(by)s to give it back.', { by: claimed.name, name })}</p>`;
  return html`<p>${_('Nobody has taken it. Whoever takes it invites people and writes to %(name)s, so that no two of us do.', { name })}</p>
    <p class="buttons">${button(_('I will look after it'), onClaim, { busy })}</p>`;
}

/** @param {any} excluded */
function keepOut({ people = '', employer = '', states = [] }) {
  const all = [people, employer, states.map((/** @type {string} */ code) => code.toUpperCase()).join(', ')].filter(Boolean);
  return all.length ? all.join('; ') : _('Nobody was named');
}

/** @param {any} card @param {Doing} doing */
const offer = (card, doing) => {
  const { answers, supporters = [], letters: sent, offer: { least }, claimed, wrote } = card;
  const clear = answers.filter((/** @type {any} */ one) => !one.declines && (one.conflict === 'none' || one.conflict === 'possible')).filter((/** @type {any} */ one) => supporters.some((/** @type {any} */ other) => other.fp === one.fp));
  const ready = clear.filter((/** @type {any} */ one) => wrote.includes(one.fp));
  const late = clear.filter((/** @type {any} */ one) => !wrote.includes(one.fp));
  const made = sent.filter((/** @type {any} */ one) => one.kind === 'offer').at(-1);
  return html`<section class="stack" aria-labelledby="offer"><h2 id="offer">${_('Propose a team')}</h2>
  ${made ? notice({ kind: 'kept', title: _('Proposed on %(day)s', { day: dayWords(made.date) }), body: made.people.map((/** @type {any} */ one) => one.name).join(', ') }) : nothing}
  ${!clear.length ? empty(_('Nobody has answered yet. When at least %(least)s can help, you propose them here.', { least })) : nothing}
  ${late.length ? html`<p>${_('Can help, and has not written to %(name)s yet: %(names)s. Whoever is proposed is known to %(name)s by their letter.', { name: doing.name, names: named(late) })}</p>` : nothing}
  ${!ready.length ? nothing : claimed?.me ? propose(ready, card, doing) : html`<p>${_('Could be on it: %(names)s', { names: named(ready) })}</p>`}</section>`;
};

/** @param {any[]} people */
const named = (people) => people.map(({ name }) => name).join(', ');

/** That the peer has said no to somebody. @param {any} one @param {any[]} sent @param {string} peer @param {string} name */
function refusal({ fp }, sent, peer, name) {
  const no = sent.filter((letter) => letter.type === 'decline' && letter.from === peer && letter.whom === fp).at(-1);
  return no ? _('%(name)s said no on %(day)s.', { name, day: dayWords(no.date) }) : '';
}

/** @param {any[]} ready who answered, wrote, and may be in it @param {any} card @param {Doing} doing */
const propose = (ready, { draft, letters: sent, peer, offer: { least, most } }, { busy, kept: isKept, onDraft, onOffer, name }) => html`
  ${choices({ name: 'picked', inner: true, legend: _('Who is on it?'), kind: 'checkbox', chosen: draft.picked, onChange: (picked) => onDraft({ picked }),
    hint: _('Between %(least)s and %(most)s people. Only they can be approved, one by one, by name.', { least, most }),
    options: ready.map((one) => ({ value: one.fp, label: one.name, note: [refusal(one, sent, peer, name), one.conflict === 'possible' ? _('Answered “possibly”. Talk with them first.') : ''].filter(Boolean).join(' ') || undefined })) })}
  ${sealedField({ id: 'note', size: 'lines', label: _('A few words to %(name)s, if you like', { name }), value: draft.note, onInput: (note) => onDraft({ note }), readers: readers(_('Only %(name)s', { name })), below: keptWords(isKept, draft.note) })}
  <p class="buttons">${draft.picked.length >= least && draft.picked.length <= most ? button(_('Propose this team'), onOffer, { busy })
    : html`<span class="soft">${_('Choose between %(least)s and %(most)s people.', { least, most })}</span>`}</p>`;

/** @param {any} card @param {Doing} doing */
const letters = (card, doing) => {
  const { letters: all, draft, peer, claimed } = card;
  const { name } = doing;
  const words = all.filter((/** @type {any} */ one) => one.kind === 'word');
  return html`<section class="stack" aria-labelledby="letters"><h2 id="letters">${_('Letters with %(name)s', { name })}</h2>
  ${words.length ? thread(words.map((/** @type {any} */ one) => ({
    author: one.name || (one.from === peer ? name : _('We can’t tell who')), mine: one.mine, day: one.date, words: one.text || wordless(one, card), refused: one.readable ? undefined : _('Unreadable here'),
  }))) : empty(claimed?.me ? _('No letters yet. You can ask something, or say kindly that it is not yet, or no.') : _('No letters yet.'))}
  ${claimed?.me ? write(draft, doing) : nothing}</section>`;
};

/** @param {any} draft @param {Doing} doing */
const write = (draft, { busy, kept: isKept, onDraft, onSay, name }) => html`
  ${choices({ name: 'type', inner: true, legend: _('What kind of letter?'), chosen: [draft.type], columns: 'row', onChange: ([type]) => onDraft({ type }), options: [
    { value: 'question', label: _('A question or a note') }, { value: 'waiting', label: _('Not yet') }, { value: 'refusal', label: _('No, with the reason') }] })}
  ${sealedField({ id: 'words', size: 'lines', label: _('Your letter'), value: draft.words, onInput: (text) => onDraft({ words: text }), readers: readers(_('Only %(name)s', { name })), below: keptWords(isKept, draft.words) })}
  <p class="buttons">${button(_('Seal and send my letter'), onSay, { busy, off: !draft.words.trim() })}</p>`;

/** Letters that say enough by their kind. @param {any} one @param {any} card */
function wordless({ type, from, whom }, { peer, names }) {
  if (type === 'decline' && from === peer) return names[whom] ? _('No, thank you, to %(name)s.', { name: names[whom] }) : _('No, thank you, to someone who is no longer in the list.');
  if (type === 'leaving') return _('I have left this case.');
  return '';
}
