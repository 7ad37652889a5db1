/**
 * One card on the desk: what it says, who could help beside what the peer keeps out, the answers, the offer, a letter; and what other
 * coordinators did with it: what they signed, and apart from it what is only the site's word.
 */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { thread } from '../parts/letters.js';
import { trail } from '../parts/lists.js';
import { button, choices, sealedField } from '../parts/controls.js';
import { empty, facts, inOneLine, kept, notice, readers, state } from '../parts/pieces.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { stageWords } from '../parts/stages.js';

/**
 * @typedef {object} Doing
 * @property {boolean} busy @property {boolean} kept what is typed, sealed @property {string} said @property {boolean} now what is said is all that there is to say @property {string} stage @property {string} name
 * @property {import('../parts/controls.js').Words} undone what of the last step is still to do
 * @property {(changes: Record<string, any>) => void} onDraft
 * @property {() => void} onBack @property {() => void} onClaim @property {() => void} onRelease @property {() => void} onInvite
 * @property {() => void} onPutBack @property {() => void} onOffer @property {() => void} onSay
 */

/** @param {any} card @param {Doing} doing */
export const cardView = (card, doing) => html`
  <p class="buttons">${button(_('Back to the list'), doing.onBack, { look: 'second' })}</p>
  ${doing.said ? notice({ kind: 'kept', title: doing.said, said: true, now: doing.now }) : nothing}${doing.undone}
  <div class="halves third">${sheet(card, doing)}${people(card, doing)}</div>
  ${earlier(card)}${card.claimed?.me ? summary(card, doing) : nothing}${offer(card, doing)}${letters(card, doing)}`;

/** @param {any} card @param {Doing} doing */
const sheet = ({ lines = [], deadline, excluded = {}, excludedLater, date, claimed, cameBack }, doing) => html`
  <section class="sheet wider" aria-labelledby="card"><h2 id="card">${_('The card of %(name)s', { name: doing.name })}</h2>
  ${readers(excludedLater.length ? _('The coordinators. The peer saw this card before it was sent, and named more people later.') : _('The coordinators. The peer saw this whole card before it was sent.'), { wider: true })}
  ${facts([
    ...(deadline ? [{ name: _('First date'), value: dayWords(deadline) }] : []),
    ...lines.map((/** @type {any} */ line) => ({ name: line.label, value: line.text })),
    { name: _('Keep out'), value: keepOut(excluded) }, ...excludedLater.map((/** @type {{date: string, text: string}} */ { date: day, text }) => ({ name: _('Keep out, named on %(day)s', { day: dayWords(day) }), value: inOneLine(text) })), { name: _('Waiting since'), value: dayWords(date) }, { name: _('Stage'), value: doing.stage },
  ])}
  ${cameBack ? html`<p>${_('It was finished, and something came after that. Answer it, or put it back when there is nothing to answer.')}</p><p class="buttons">${button(_('Put it back with the finished cards'), doing.onPutBack, { look: 'second', busy: doing.busy })}</p>` : nothing}
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
  const all = [inOneLine(people), inOneLine(employer), states.map((/** @type {string} */ code) => code.toUpperCase()).join(', ')].filter(Boolean);
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

/** Where somebody who can help meets the peer's list, which may have grown since they were asked. @param {any} one @param {any[]} supporters */
const meetsOf = ({ fp }, supporters) => (supporters.find((other) => other.fp === fp)?.meets ?? []).map((/** @type {any} */ meet) => `${meetWords(meet)}.`);

/** @param {any[]} ready who answered, wrote, and may be in it @param {any} card @param {Doing} doing */
const propose = (ready, { draft, supporters, letters: sent, peer, offer: { least, most } }, { busy, kept: isKept, onDraft, onOffer, name }) => html`
  ${choices({ name: 'picked', inner: true, legend: _('Who is on it?'), kind: 'checkbox', chosen: draft.picked, onChange: (picked) => onDraft({ picked }),
    hint: _('Between %(least)s and %(most)s people. Only they can be approved, one by one, by name.', { least, most }),
    options: ready.map((one) => ({ value: one.fp, label: one.name, note: [refusal(one, sent, peer, name), ...meetsOf(one, supporters), one.conflict === 'possible' ? _('Answered “possibly”. Talk with them first.') : ''].filter(Boolean).join(' ') || undefined })) })}
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
    author: one.name || (one.from === peer ? name : _('We can’t tell who')), mine: one.mine, day: one.date, words: keptOut(one, peer) || one.text || wordless(one, card), refused: one.readable ? undefined : _('Unreadable here'),
  }))) : empty(claimed?.me ? _('No letters yet. You can ask something, or say kindly that it is not yet, or no.') : _('No letters yet.'))}
  ${claimed?.me ? write(draft, doing) : nothing}</section>`;
};

/** @param {any} draft @param {Doing} doing */
const write = (draft, { busy, kept: isKept, onDraft, onSay, name }) => html`
  ${choices({ name: 'type', inner: true, legend: _('What kind of letter?'), chosen: [draft.type], columns: 'row', onChange: ([type]) => onDraft({ type }), options: [
    { value: 'question', label: _('A question or a note') }, { value: 'waiting', label: _('Not yet') }, { value: 'refusal', label: _('No, with the reason') }] })}
  ${sealedField({ id: 'words', size: 'lines', label: _('Your letter'), value: draft.words, onInput: (text) => onDraft({ words: text }), readers: readers(_('Only %(name)s', { name })), below: keptWords(isKept, draft.words) })}
  <p class="buttons">${button(_('Seal and send my letter'), onSay, { busy, off: !draft.words.trim() })}</p>`;

/** @param {any} one @param {string} peer */
const keptOut = ({ type, from, text }, peer) => (type === 'exclude' && from === peer ? _('To keep out: %(names)s', { names: inOneLine(text) }) : '');

/** Letters that say enough by their kind. @param {any} one @param {any} card */
function wordless({ type, from, whom }, { peer, names }) {
  if (type === 'decline' && from === peer) return names[whom] ? _('No, thank you, to %(name)s.', { name: names[whom] }) : _('No, thank you, to someone who is no longer in the list.');
  if (type === 'leaving') return _('I have left this case.');
  return '';
}

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

/** @param {any} meet */
const meetWords = ({ what, words }) => MEETS[/** @type {keyof typeof MEETS} */ (what)](words);

/** @param {any} card @param {Doing} doing */
const people = ({ supporters = [], draft, answers, claimed, handovers, letters: sent }, { onDraft }) => {
  const invited = new Set([...sent.filter((/** @type {any} */ one) => one.kind === 'invite' && one.mine).map((/** @type {any} */ one) => one.to),
    ...handovers.flatMap((/** @type {any} */ one) => one.invited), ...answers.map((/** @type {any} */ one) => one.fp)]);
  return html`<section class="stack" aria-labelledby="who"><h2 id="who">${_('People who could help')}</h2>
  <p class="hint">${_('Where a profile meets the peer’s list it is marked. Lists miss links, so each person is also asked.')}</p>
  ${supporters.length ? html`<fieldset><legend class="said">${claimed?.me ? _('Choose whom to invite') : _('All supporters')}</legend><ul class="list">
    ${supporters.map((/** @type {any} */ one) => html`<li>${supporterRow(one, claimed?.me ? draft : null, invited.has(one.fp), answers.find((/** @type {any} */ other) => other.fp === one.fp), onDraft)}</li>`)}</ul></fieldset>`
    : empty(_('No supporters are in the list yet. Invite some on the page People.'))}</section>`;
};

/** @param {any} one @param {any} draft null: nobody is chosen here @param {boolean} invited @param {any} answer @param {Doing['onDraft']} onDraft */
function supporterRow(one, draft, invited, answer, onDraft) {
  if (!draft) return html`<div class="sheet">${about(one, invited, answer)}</div>`;
  const { fp } = one;
  return html`<label class="choice" for=${`s-${fp}`}>
    <input type="checkbox" id=${`s-${fp}`} .checked=${live(draft.chosen.includes(fp))} ?disabled=${invited}
      @change=${(/** @type {any} */ event) => onDraft({ chosen: event.target.checked ? [...draft.chosen, fp] : draft.chosen.filter((/** @type {string} */ other) => other !== fp) })}>
    ${about(one, invited, answer)}</label>`;
}

/** @param {any} one @param {boolean} invited @param {any} answer */
const about = ({ name, profile, meets, invited: load }, invited, answer) => html`<span><strong>${name}</strong>${profile ? html` · ${[profile.specialty, profile.state?.toUpperCase()].filter(Boolean).join(', ')}` : nothing}<br>
  <small>${profile ? html`${[stageWords(profile.stage), profile.availability].filter(Boolean).join('. ')}<br>${profile.employers?.length ? _('Employers: %(list)s', { list: profile.employers.join(', ') }) : _('Employers: none named')}<br>` : html`${_('No profile yet')}<br>`}
    ${load ? ngettext('Invited once so far', 'Invited %(num)s times so far', load) : _('Not invited so far')}${invited ? html`<br>${answered(answer)}` : nothing}
    ${meets.map((/** @type {any} */ meet) => html`<br>${state('no', meetWords(meet))}`)}</small></span>`;

/** What somebody who was invited said. @param {any} answer */
function answered(answer) {
  if (!answer) return state('soon', _('Invited to this case, no answer yet'));
  return html`${answer.declines ? state('no', _('Not this time')) : ANSWERS[/** @type {keyof typeof ANSWERS} */ (answer.conflict)]?.()}${answer.note ? html`<br>${answer.note}` : nothing}`;
}

/** @param {boolean} isKept @param {string} text */
const keptWords = (isKept, text) => (isKept && text ? kept(_('Sealed and kept')) : nothing);

/** @param {any} card @param {Doing} doing */
const summary = ({ draft }, { busy, kept: isKept, onDraft, onInvite }) => html`<section class="stack" aria-labelledby="sum"><h2 id="sum">${_('What they will read first')}</h2>
  ${sealedField({ id: 'summary', size: 'lines', label: _('A summary in your words, without names or places'), value: draft.summary, hint: _('They will see that it is yours and not the peer’s. Take out what could point to one person.'), onInput: (text) => onDraft({ summary: text }), readers: readers(draft.chosen.length ? ngettext('The one person you chose', 'The %(num)s people you chose', draft.chosen.length) : _('The people you choose above'), { wider: true }), below: keptWords(isKept, draft.summary) })}
  <p class="buttons">${draft.chosen.length && draft.summary.trim() ? button(ngettext('Invite one person', 'Invite %(num)s people', draft.chosen.length), onInvite, { busy })
    : html`<span class="soft">${_('Choose people above and write the summary, then invite them.')}</span>`}</p></section>`;

/** @type {Record<string, (count: number) => string>} */
const SENT = {
  invite: (count) => ngettext('invited one person', 'invited %(num)s people', count),
  offer: (count) => ngettext('proposed a team', 'proposed %(num)s teams', count),
  word: (count) => ngettext('wrote one letter', 'wrote %(num)s letters', count),
};

/** @param {any} card */
function earlier({ handovers, others, names }) {
  const signed = handovers.filter((/** @type {any} */ one) => !one.mine);
  const counted = others.filter((/** @type {any} */ one) => one.kind in SENT);
  if (!signed.length && !counted.length) return nothing;
  return html`<section class="stack" aria-labelledby="earlier"><h2 id="earlier">${_('What other coordinators did')}</h2>
    ${signed.length ? html`${readers(_('The coordinators'), { wider: true })}${trail(signed.map((/** @type {any} */ one) => ({ day: one.date, who: one.name, did: gaveBack(one, names) })))}` : nothing}
    ${counted.length ? html`<p>${_('The site counted these letters. You can’t open them: each is sealed to the one it was written to. Ask the coordinator what was said.')}</p>
      ${trail(counted.map((/** @type {any} */ one) => ({ day: one.date, who: one.name || _('Someone who is no coordinator now'), did: SENT[one.kind](one.count) })))}` : nothing}</section>`;
}

/** @param {any} one @param {Record<string, string>} names by hex fp */
function gaveBack({ invited, proposed }, names) {
  const all = (/** @type {string[]} */ fps) => fps.map((fp) => names[fp] ?? _('someone who is no longer in the list')).sort((a, b) => a.localeCompare(b)).join(', ');
  return html`${_('gave it back.')} ${invited.length ? _('Had invited: %(names)s.', { names: all(invited) }) : nothing} ${proposed.length ? _('Had proposed: %(names)s.', { names: all(proposed) }) : nothing}`;
}
