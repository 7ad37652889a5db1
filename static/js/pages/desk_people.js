/** Who could help: each supporter beside what the peer keeps out, and the invitation. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { button, empty, kept, readers, sealedField, state } from '../parts/pieces.js';
import { _, ngettext } from '../parts/say.js';
import { stageWords } from '../parts/stages.js';

/** @typedef {import('./desk_card.js').Doing} Doing */

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
export const people = ({ supporters = [], draft, answers, claimed, handovers, letters: sent }, { onDraft }) => {
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
    ${meets.map((/** @type {any} */ meet) => html`<br>${state('no', MEETS[/** @type {keyof typeof MEETS} */ (meet.what)](meet.words))}`)}</small></span>`;

/** What somebody who was invited said. @param {any} answer */
function answered(answer) {
  if (!answer) return state('soon', _('Invited to this case, no answer yet'));
  return html`${answer.declines ? state('no', _('Not this time')) : ANSWERS[/** @type {keyof typeof ANSWERS} */ (answer.conflict)]?.()}${answer.note ? html`<br>${answer.note}` : nothing}`;
}

/** @param {boolean} isKept @param {string} text */
export const keptWords = (isKept, text) => (isKept && text ? kept(_('Sealed and kept')) : nothing);

/** @param {any} card @param {Doing} doing */
export const summary = ({ draft }, { busy, kept: isKept, onDraft, onInvite }) => html`<section class="stack" aria-labelledby="sum"><h2 id="sum">${_('What they will read first')}</h2>
  ${sealedField({ id: 'summary', size: 'lines', label: _('A summary in your words, without names or places'), value: draft.summary, hint: _('They will see that it is yours and not the peer’s. Take out what could point to one person.'), onInput: (text) => onDraft({ summary: text }), readers: readers(draft.chosen.length ? ngettext('The one person you chose', 'The %(num)s people you chose', draft.chosen.length) : _('The people you choose above'), { wider: true }), below: keptWords(isKept, draft.summary) })}
  <p class="buttons">${draft.chosen.length && draft.summary.trim() ? button(ngettext('Invite one person', 'Invite %(num)s people', draft.chosen.length), onInvite, { busy })
    : html`<span class="soft">${_('Choose people above and write the summary, then invite them.')}</span>`}</p></section>`;
