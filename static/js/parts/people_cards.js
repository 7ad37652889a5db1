/** A statement of interest to decide on, and the words by which two people make sure of each other. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { button, icon } from './controls.js';
import { notice, paragraphs, state } from './pieces.js';
import { _, dayWords } from './say.js';

/** @typedef {import('./controls.js').Words} Words */

/**
 * @typedef {object} Person
 * @property {string} name
 * @property {Words} about specialty, state, years
 * @property {string} [words] their letter
 * @property {{when: Words, words: string}[]} [earlier] what they wrote before it, newest first
 * @property {'undecided' | 'sure' | 'approved' | 'declined' | 'former' | 'removing'} [at] `sure` and `removing` ask once more
 * @property {Words} [former] until when they were in, for `former`
 * @property {boolean} [again] whether someone who was in may be let in again
 * @property {string} [day] YYYY-MM-DD of the decision
 * @property {boolean} [closed] nothing can be decided now: neither yes nor no is offered
 * @property {boolean} [busy]
 * @property {Words} [more] e.g. safetyCheck()
 * @property {() => void} onAsk go to `sure`
 * @property {() => void} onApprove
 * @property {() => void} onDecline
 * @property {() => void} onBack leave `sure` or `removing` undecided
 * @property {() => void} [onAskRemove] go to `removing`
 * @property {() => void} [onRemove]
 */

/** One person: who, their words, Approve or No, thank you. @param {Person} person */
export function personCard(person) {
  const {name, about, words, earlier = [], more} = person;
  return html`<li class="sheet sealed person"><header><h3>${name}</h3><span class="soft small">${about}</span></header>
    ${words ? html`<blockquote translate="no">${paragraphs(words)}</blockquote>` : nothing}${earlier.map((one) => html`<p class="soft small">${one.when}</p><blockquote translate="no">${paragraphs(one.words)}</blockquote>`)}${decision(person)}${more ?? nothing}</li>`;
}

/** @param {Person} person */
function decision({name, at = 'undecided', closed, day, busy, onAsk, onApprove, onDecline, onBack, onAskRemove, onRemove, former, again}) {
  const on = day ? dayWords(day) : '';
  if (at === 'sure' && !closed) {
    return html`<div class="stack" role="group" aria-label=${_('Approve %(name)s', {name})}>
      <p>${_('This device makes a key for %(name)s alone, and signs it. From then on %(name)s can open your account.', {name})}</p>
      <p>${icon('care')} ${_('You can remove %(name)s any day. What was read by then can’t be unread.', {name})}</p>
      <p class="buttons">${button(_('Yes, approve %(name)s', {name}), onApprove, {busy})} ${button(_('Not now'), onBack, {look: 'second'})}</p></div>`;
  }
  if (at === 'removing') {
    return html`<div class="stack" role="group" aria-label=${_('Remove %(name)s', {name})}>
      <p>${_('%(name)s can read nothing that is written after this, and is not told why. What was read can’t be unread.', {name})}</p>
      <p class="buttons">${button(_('Remove %(name)s', {name}), onRemove ?? onBack, {look: 'grave', busy})} ${button(_('Keep %(name)s', {name}), onBack, {look: 'second'})}</p></div>`;
  }
  if (at === 'approved') {
    return html`<p>${state('yes', _('You approved %(name)s on %(on)s.', {name, on}))}</p>
      ${onAskRemove ? html`<p class="buttons">${button(_('Remove %(name)s', {name}), onAskRemove, {look: 'grave'})}</p>` : nothing}`;
  }
  if (at === 'former') {
    return html`<p>${state('', former)}</p>${again && !closed ? html`<p class="buttons">${button(_('Approve %(name)s again', {name}), onAsk, {look: 'second'})}</p>` : nothing}`;
  }
  if (at === 'declined') {
    return html`<p>${state('', _('You said no on %(on)s. %(name)s is not told why.', {name, on}))}</p>
      ${closed ? nothing : html`<p>${button(_('I have changed my mind'), onAsk, {look: 'second', about: name})}</p>`}`;
  }
  if (closed) return html`<p>${state('', _('You can decide when what is said above is cleared up.'))}</p>`;
  return html`<p class="buttons">${button(_('Approve %(name)s', {name}), onAsk)} ${button(_('No, thank you'), onDecline, {look: 'second', busy, about: _('to %(name)s', {name})})}</p>`;
}

/** Six words in rows of three. @param {string[]} words @param {{lead?: boolean}} [with_] */
export const safetyWords = (words, {lead = false} = {}) =>
  html`<ol class=${lead ? 'safety lead' : 'safety'} translate="no">${words.map((word) => html`<li>${word}</li>`)}</ol>`;

/**
 * Read the other's words aloud, hear your own: on a call, never in a message.
 * @param {{name: string, theirs: string[], yours: string[], where?: Words, last?: Words, open?: boolean, onMatch?: () => void, onDiffer?: () => void}} check
 *   where: on which page the other has the same words before them; last: whether this has to be, and what to do when they differ
 */
export const safetyCheck = ({name, theirs, yours, where = nothing, last = whenYouLike(), open = false, onMatch, onDiffer}) => html`<details ?open=${open}><summary>${_('Make sure that it is really %(name)s', {name})}</summary><div class="stack">
  <p>${_('Call %(name)s, by phone or video. Not by message.', {name})} ${where}</p>
  <p>${_('Read these words aloud. %(name)s checks them.', {name})}</p>${safetyWords(theirs, {lead: true})}
  <p>${_('Then %(name)s reads six words to you. They must be these:', {name})}</p>${safetyWords(yours)}
  ${onMatch && onDiffer ? html`<p class="buttons">${button(_('They match'), onMatch)} ${button(_('They differ'), onDiffer, {look: 'grave'})}</p>` : nothing}
  <p class="small soft">${last}</p></div></details>`;
const whenYouLike = () => _('You can do this now, later, or not at all. If the words differ, stop, and tell a coordinator by phone.');

/**
 * The other end of that call, at a supporter's: whose case it is calls, and reads first.
 * @param {{call: Words, theirs: string[], yours: string[], where: Words}} check theirs: the peer's; where: on which page the peer has the same words
 */
export const safetyAnswer = ({call, theirs, yours, where}) => html`<details><summary>${_('If they call to make sure that it is you')}</summary><div class="stack">
  <p>${call} ${where}</p>
  <p>${_('First they read six words to you. They must be these, your own:')}</p>${safetyWords(yours)}
  <p>${_('Then read these words aloud. They check them.')}</p>${safetyWords(theirs, {lead: true})}
  <p class="small soft">${_('They may do this now, later, or not at all. If a word differs, on your page or on theirs, stop. Write nothing more to them, and tell a coordinator by phone.')}</p></div></details>`;

/** What Approve does, once above or below a list of cards. */
export const aboutApproving = () => notice({title: _('What Approve does'), body: _('It makes a key for that one person, on this device, and signs it. From then on they can open your account. You can remove them any day. They then read nothing new, but we can’t make them forget.')});
