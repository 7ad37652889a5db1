/** One card on the desk: what it says, who could help beside what the peer keeps out, the answers, the offer, a letter. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { button, choices, sealedField } from '../parts/fields.js';
import { facts } from '../parts/facts.js';
import { empty, notice, readers, state } from '../parts/notices.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { thread } from '../parts/thread.js';

/**
 * @typedef {object} Doing
 * @property {boolean} busy @property {string} said @property {string} stage @property {string} name
 * @property {(changes: Record<string, any>) => void} onDraft
 * @property {() => void} onBack @property {() => void} onClaim @property {() => void} onRelease @property {() => void} onInvite
 * @property {() => void} onOffer @property {() => void} onSay
 */

const ANSWERS = {
  none: () => state('yes', _('Knows nobody in this')), possible: () => state('soon', _('Possibly knows someone')),
  unreadable: () => state('no', _('An answer came that does not open here')),
  yes: () => state('no', _('Knows someone')), cannot: () => state('no', _('Can’t say, which we treat as a yes')),
};
const MEETS = {
  name: (/** @type {string} */ words) => _('This name is like one on the list: %(words)s', { words }),
  employer: (/** @type {string} */ words) => _('Worked at a place like the peer’s own: %(words)s', { words }),
  place: (/** @type {string} */ words) => _('Worked at a place like one on the list: %(words)s', { words }),
  state: (/** @type {string} */ words) => _('In a state to be kept out: %(words)s', { words: words.toUpperCase() }),
};

/** @param {any} card @param {Doing} doing */
export const cardView = (card, doing) => html`
  <p class="buttons">${button(_('Back to the list'), doing.onBack, { look: 'second' })}</p>
  ${doing.said ? notice({ kind: 'kept', title: doing.said, said: true }) : nothing}
  <div class="halves third">${sheet(card, doing)}${people(card, doing)}</div>
  ${summary(card, doing)}${offer(card, doing)}${letters(card, doing)}`;

/** @param {any} card @param {Doing} doing */
const sheet = ({ lines = [], deadline, excluded = {}, date, claimed }, { name, stage, onClaim, onRelease, busy }) => html`
  <section class="sheet wider" aria-labelledby="card"><h2 id="card">${_('The card of %(name)s', { name })}</h2>
  ${readers(_('The coordinators. The peer saw this whole card before it was sent.'), { wider: true })}
  ${facts([
    ...(deadline ? [{ name: _('First date'), value: dayWords(deadline) }] : []),
    ...lines.map((/** @type {any} */ line) => ({ name: line.label, value: line.text })),
    { name: _('Keep out'), value: keepOut(excluded) }, { name: _('Waiting since'), value: dayWords(date) }, { name: _('Stage'), value: stage },
  ])}
  <p class="buttons">${claimed?.me ? button(_('Give it back'), onRelease, { look: 'second', busy }) : claimed ? html`<span class="soft">${_('%(name)s looks after it', { name: claimed.name })}</span>` : button(_('I will look after it'), onClaim, { busy })}</p></section>`;

/** @param {any} excluded */
function keepOut({ people = '', employer = '', states = [] }) {
  const all = [people, employer, states.map((/** @type {string} */ code) => code.toUpperCase()).join(', ')].filter(Boolean);
  return all.length ? all.join('; ') : _('Nobody was named');
}

/** @param {any} card @param {Doing} doing */
const people = ({ supporters = [], draft, answers, letters: sent }, { onDraft }) => {
  const invited = new Set(sent.filter((/** @type {any} */ one) => one.kind === 'invite' && one.mine).map((/** @type {any} */ one) => one.to));
  return html`<section class="stack" aria-labelledby="who"><h2 id="who">${_('People who could help')}</h2>
  <p class="hint">${_('Where a profile meets the peer’s list it is marked. Lists miss links, so each person is also asked.')}</p>
  ${supporters.length ? html`<fieldset><legend class="said">${_('Choose whom to invite')}</legend><ul class="list">
    ${supporters.map((/** @type {any} */ one) => html`<li>${supporterRow(one, draft, invited.has(one.fp), answers.find((/** @type {any} */ other) => other.fp === one.fp), onDraft)}</li>`)}</ul></fieldset>`
    : empty(_('No supporters are in the list yet. Invite some on the page People.'))}</section>`;
};

/** @param {any} one @param {any} draft @param {boolean} invited @param {any} answer @param {Doing['onDraft']} onDraft */
const supporterRow = ({ fp, name, profile, meets, invited: load }, draft, invited, answer, onDraft) => html`<label class="choice" for=${`s-${fp}`}>
  <input type="checkbox" id=${`s-${fp}`} .checked=${live(draft.chosen.includes(fp))} ?disabled=${invited}
    @change=${(/** @type {any} */ event) => onDraft({ chosen: event.target.checked ? [...draft.chosen, fp] : draft.chosen.filter((/** @type {string} */ other) => other !== fp) })}>
  <span><strong>${name}</strong>${profile ? html` · ${[profile.specialty, profile.state?.toUpperCase()].filter(Boolean).join(', ')}` : nothing}
  <small>${profile ? html`${[profile.stage, profile.availability].filter(Boolean).join('. ')}<br>${_('Employers: %(list)s', { list: (profile.employers ?? []).join(', ') || _('none named') })}<br>` : html`${_('No profile yet')}<br>`}
    ${load ? ngettext('Invited once by you', 'Invited %(num)s times by you', load) : _('Not invited by you so far')}${invited ? html`<br>${answer?.declines ? state('no', _('Not this time')) : answer ? ANSWERS[/** @type {keyof typeof ANSWERS} */ (answer.conflict)]?.() : state('soon', _('Invited to this case, no answer yet'))}${answer?.note ? html`<br>${answer.note}` : nothing}` : nothing}
    ${meets.map((/** @type {any} */ meet) => html`<br>${state('no', MEETS[/** @type {keyof typeof MEETS} */ (meet.what)](meet.words))}`)}</small></span></label>`;

/** @param {any} card @param {Doing} doing */
const summary = ({ draft }, { busy, onDraft, onInvite }) => html`<section class="stack" aria-labelledby="sum"><h2 id="sum">${_('What they will read first')}</h2>
  ${sealedField({ id: 'summary', size: 'lines', label: _('A summary in your words, without names or places'), value: draft.summary, hint: _('They will see that it is yours and not the peer’s. Take out what could point to one person.'), onInput: (text) => onDraft({ summary: text }), readers: readers(draft.chosen.length ? ngettext('The one person you chose', 'The %(num)s people you chose', draft.chosen.length) : _('The people you choose above'), { wider: true }) })}
  <p class="buttons">${draft.chosen.length && draft.summary.trim() ? button(ngettext('Invite one person', 'Invite %(num)s people', draft.chosen.length), onInvite, { busy })
    : html`<span class="soft">${_('Choose people above and write the summary, then invite them.')}</span>`}</p></section>`;

/** @param {any} card @param {Doing} doing */
const offer = ({ answers, supporters = [], draft, offer: { least, most }, letters: sent }, { busy, onDraft, onOffer, name }) => {
  const clear = answers.filter((/** @type {any} */ one) => !one.declines && (one.conflict === 'none' || one.conflict === 'possible')).filter((/** @type {any} */ one) => supporters.some((/** @type {any} */ other) => other.fp === one.fp));
  const made = sent.filter((/** @type {any} */ one) => one.kind === 'offer').at(-1);
  return html`<section class="stack" aria-labelledby="offer"><h2 id="offer">${_('Propose a team')}</h2>
  ${made ? notice({ kind: 'kept', title: _('Proposed on %(day)s', { day: dayWords(made.date) }), body: made.people.map((/** @type {any} */ one) => one.name).join(', ') }) : nothing}
  ${clear.length ? html`${choices({ name: 'picked', inner: true, legend: _('Who is on it?'), kind: 'checkbox', chosen: draft.picked, onChange: (picked) => onDraft({ picked }),
      hint: _('Between %(least)s and %(most)s people. Only they can be approved, one by one, by name.', { least, most }),
      options: clear.map((/** @type {any} */ one) => ({ value: one.fp, label: one.name, note: one.conflict === 'possible' ? _('Answered “possibly”. Talk with them first.') : undefined })) })}
    ${sealedField({ id: 'note', size: 'lines', label: _('A few words to %(name)s, if you like', { name }), value: draft.note, onInput: (note) => onDraft({ note }), readers: readers(_('Only %(name)s', { name })) })}
    <p class="buttons">${draft.picked.length >= least && draft.picked.length <= most ? button(_('Propose this team'), onOffer, { busy })
      : html`<span class="soft">${_('Choose between %(least)s and %(most)s people.', { least, most })}</span>`}</p>`
    : empty(_('Nobody has answered yet. When at least %(least)s can help, you propose them here.', { least }))}</section>`;
};

/** @param {any} card @param {Doing} doing */
const letters = ({ letters: all, draft, peer }, { busy, onDraft, onSay, name }) => {
  const words = all.filter((/** @type {any} */ one) => one.kind === 'word');
  return html`<section class="stack" aria-labelledby="letters"><h2 id="letters">${_('Letters with %(name)s', { name })}</h2>
  ${words.length ? thread(words.map((/** @type {any} */ one) => ({
    author: one.name || (one.from === peer ? name : _('We can’t tell who')), mine: one.mine, day: one.date, words: one.text || wordless(one.type), refused: one.readable ? undefined : _('Unreadable here'),
  }))) : empty(_('No letters yet. You can ask something, or say kindly that it is not yet, or no.'))}
  ${choices({ name: 'type', inner: true, legend: _('What kind of letter?'), chosen: [draft.type], columns: 'row', onChange: ([type]) => onDraft({ type }), options: [
    { value: 'question', label: _('A question or a note') }, { value: 'waiting', label: _('Not yet') }, { value: 'refusal', label: _('No, with the reason') }] })}
  ${sealedField({ id: 'words', size: 'lines', label: _('Your letter'), value: draft.words, onInput: (text) => onDraft({ words: text }), readers: readers(_('Only %(name)s', { name })) })}
  <p class="buttons">${button(_('Seal and send my letter'), onSay, { busy: busy || !draft.words.trim() })}</p></section>`;
};

/** Letters that say enough by their kind. @param {string} type */
function wordless(type) {
  if (type === 'decline') return _('No, thank you, to one of the people proposed.');
  if (type === 'leaving') return _('I have left this case.');
  return '';
}
