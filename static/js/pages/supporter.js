/**
 * A supporter's letters: what a coordinator asks, an answer about conflicts, a letter to the peer; and what they told the desk about
 * their work.
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, enter, showOwnRooms, whenDated } from '../parts/ask.js';
import * as drafts from '../parts/letters.js';
import { safetyAnswer } from '../parts/people_cards.js';
import { button, choices, sealedField } from '../parts/controls.js';
import { empty, isStop, kept, notice, paragraphs, readers, showNotice } from '../parts/pieces.js';
import { _, dayWords } from '../parts/say.js';
import { announce, byId, ready } from '../parts/shell.js';
import { profileFacts, profileFields, toSend, toType } from './profile.js';
import { again, startPage } from './starting.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** @type {Record<string, any>} drafts: by case, what is being written; typed: what the desk is to know, while it is changed */
const page = { seen: null, error: null, busy: false, drafts: {}, typed: null, said: '', kept: false };

/** @param {Record<string, any>} [changes] */
function show(changes = {}) {
  Object.assign(page, changes);
  render(body(), byId('app'));
}

/** @param {() => Promise<void>} work */
async function doing(work) {
  if (page.busy) return;
  show({ busy: true, error: null, said: '' });
  try {
    await whenDated(work);
    show({ busy: false });
  } catch (error) {
    show({ busy: false, error });
  }
  if (page.error || page.said) showNotice();
}

function body() {
  const { seen, error, said } = page;
  return html`
    ${error ? notice({ kind: isStop(error) ? 'stop' : 'caution', title: _('This did not go through'), body: _(error.words, error.facts), said: true, now: true, actions: seen ? undefined : again() }) : nothing}
    ${said ? notice({ kind: 'kept', title: said, said: true, now: !error }) : nothing}
    ${!seen ? nothing : html`
      ${seen.listed ? nothing : notice({ kind: 'info', title: _('You are not in the list yet'), body: _('A coordinator compares six words with you on a call, then puts you in. Letters can come after that.') })}
      ${seen.cases.some(notAmong(seen.invitations)) ? notice({ kind: 'info', title: _('The site says that you are on a team'), body: _('Your browser checks who approved you when you open the case.'), actions: html`<a class="button" href="/case">${_('Open the case')}</a>` }) : nothing}
      ${seen.invitations.length ? seen.invitations.map(invitation) : empty(_('Nothing is asked of you now. When a coordinator asks whether you could help someone, it appears here.'))}
      ${seen.helps ? own() : nothing}`}`;
}

/** @param {any[]} invitations @returns {(id: string) => boolean} those that say beside the invitation that the case can be opened are not said twice */
const notAmong = (invitations) => (id) => !invitations.some((one) => one.case === id);

function own() {
  const { profile, told } = page.seen;
  return profileView({
    profile, told, typed: page.typed, busy: page.busy, kept: page.kept,
    onTyped: (typed) => {
      const changed = typed && JSON.stringify(typed) !== JSON.stringify(toType(profile));
      drafts.typed('profile', '', changed ? typed : {});
      show({ typed, kept: false });
    },
    onSend: (changed) => doing(async () => {
      page.seen = await ask('supporter.tell', { profile: changed });
      Object.assign(page, { typed: null, said: _('The desk has what you told it now.') });
      drafts.typed('profile', '', {});
    }),
  });
}

/** @param {any} one */
function draftOf(one) {
  page.drafts[one.case] ??= { conflict: one.answer, note: '', text: one.statement, changing: false };
  return page.drafts[one.case];
}

/** Keep what is written about one case and not sent. @param {any} one */
function keepDraft(one) {
  const { conflict, note, text, changing } = draftOf(one);
  const answered = one.answer && !changing;
  page.kept = false;
  drafts.typed('letter', one.case, { conflict: answered || conflict === one.answer ? '' : conflict, note: answered ? '' : note, text: text === one.statement ? '' : text });
}

/** What was kept before: an answer that is half written is open again. */
async function takeDrafts() {
  const { invitations, helps } = page.seen;
  const kept = await drafts.load('letter', invitations.map((/** @type {any} */ one) => one.case));
  for (const one of invitations) {
    const { conflict, note, text } = kept[one.case];
    Object.assign(draftOf(one), { ...(conflict && { conflict }), ...(note && { note }), ...(text && { text }), changing: !!one.answer && !!(conflict || note) });
  }
  const { '': typed } = helps ? await drafts.load('profile', ['']) : { '': {} };
  if (Object.keys(typed).length) page.typed = typed;
}

/** @param {any} one @param {number} i */
function invitation(one, i) {
  const draft = draftOf(one);
  const change = (/** @type {any} */ changes) => { Object.assign(draft, changes); keepDraft(one); show(); };
  const asked = { name: one.from, day: dayWords(one.date) };
  return html`<section class="stack" aria-labelledby=${`i-${i}`}><h2 id=${`i-${i}`}>${isOver(one) ? _('A colleague was looking for a team') : _('A colleague is looking for a team')}</h2>
    <p class="lead">${one.answer || isOver(one) ? _('From %(name)s, on %(day)s.', asked) : _('From %(name)s, on %(day)s. An answer within three days helps. No is a fine answer.', asked)}</p>
    <div class="sheet wider"><h3>${isOver(one) ? _('What we told you') : _('What we can tell you now')}</h3>
      ${readers(_('The people the coordinator asked. These are the coordinator’s words, not the peer’s.'), { wider: true })}
      ${paragraphs(one.summary)}</div>
    ${one.joined ? notice({ kind: 'kept', title: _('The site says that you were approved'), body: _('Your browser checks it when you open the case.'), actions: html`<a class="button" href="/case">${_('Open the case')}</a>` }) : one.out ? notice({ kind: 'info', title: _('You were on this team'), body: _('You are not any more, and nothing is asked of you. Please keep what you read there to yourself.') }) : html`
      ${one.answer && !draft.changing ? answered(one, change) : question(one, draft, change, i)}
      ${one.declined ? html`<p>${_('You said: not this time.')}</p>` : one.answer === 'none' || one.answer === 'possible' ? statement(one, draft, change, i) : nothing}`}</section>`;
}

/** Whether nothing is asked in it any more. @param {any} one */
const isOver = ({ joined, out, declined, answer }) => joined || out || declined || answer === 'yes' || answer === 'cannot';

/** @param {any} one @param {(changes: any) => void} change */
function answered({ answer }, change) {
  const words = { none: _('You answered: no, I know nobody in this.'), possible: _('You answered: possibly.'), yes: _('You answered: yes. You are off this list. The coordinators see that answer. The peer and the other people asked are told nothing.'), cannot: _('You answered: I can’t say. We ask nothing more. The coordinators see that answer. The peer and the other people asked are told nothing.') };
  return html`<p>${words[/** @type {keyof typeof words} */ (answer)]} <button class="textlink" type="button" @click=${() => change({ changing: true })}>${_('Change my answer')}</button></p>`;
}

/** @param {any} one @param {any} draft @param {(changes: any) => void} change @param {number} i */
const question = (one, draft, change, i) => html`
  ${choices({ name: `conflict-${i}`, legend: _('Could you know someone in this, on any side?'), chosen: [draft.conflict], onChange: ([conflict]) => change({ conflict }),
    hint: _('Think of employers, boards, committees, expert work, friends and family.'),
    readers: readers(_('The coordinators. The peer and the other people asked are told nothing of your answer.'), { wider: true }), options: [
      { value: 'none', label: _('No') },
      { value: 'possible', label: _('Possibly'), advice: _('Thank you for saying so. A coordinator calls you before anything is shared. Please don’t try to find out who it is.') },
      { value: 'yes', label: _('Yes'), advice: _('Thank you. When you send this, you are off this list. You don’t have to say who or why.') },
      { value: 'cannot', label: _('I can’t say'), note: _('We treat this like a yes, and ask nothing more.') }] })}
  ${draft.conflict === 'possible' ? sealedField({ id: `note-${i}`, label: _('Anything the coordinator should know before calling you?'), value: draft.note, onInput: (note) => change({ note }), below: keptWords(draft.note), readers: readers(_('The coordinators'), { wider: true }) }) : nothing}
  <p class="buttons">${button(_('Seal and send my answer'), () => doing(async () => {
    page.seen = await ask('supporter.answer', { case: one.case, conflict: draft.conflict, note: draft.note.trim() });
    Object.assign(draft, { changing: false, note: '' });
    keepDraft(sentTo(one));
    page.said = _('Your answer is sent.');
  }), { busy: page.busy, off: !draft.conflict })}</p>`;

/** @param {any} one @param {any} draft @param {(changes: any) => void} change @param {number} i */
const statement = (one, draft, change, i) => html`
  ${one.statement ? notice({ kind: 'kept', title: _('Your letter is sealed and sent'), body: _('They read it with your name, and then choose. You can send a new one. They see both, each with its day.') }) : nothing}
  ${sealedField({ id: `letter-${i}`, size: 'writing', label: _('Your letter to them'), value: draft.text, onInput: (text) => change({ text }), below: draft.text === one.statement ? nothing : keptWords(draft.text),
    hint: _('Who you are, why you would like to help, and what you can do. They read it with your name, and then choose.'), readers: readers(_('Only the person you are writing to. Not the coordinator.')) })}
  <p class="buttons">${button(one.statement ? _('Send a new one') : _('Seal and send my letter'), () => doing(async () => {
    draft.text = draft.text.trim();
    page.seen = await ask('supporter.state', { case: one.case, text: draft.text });
    keepDraft(sentTo(one));
    announce(_('Your letter is sealed and sent.')); // the page says it beside the letter
  }), { busy: page.busy, off: !draft.text.trim() })} ${one.statement ? nothing : button(_('Not this time'), () => doing(async () => {
    page.seen = await ask('supporter.answer', { case: one.case, conflict: one.answer, note: '', declines: true });
    page.said = _('Thank you for looking. We don’t ask why.');
  }), { look: 'second', busy: page.busy })}</p>
  ${safetyAnswer({ theirs: one.safety, yours: page.seen.safety, call: _('They may call you, by phone or video. Not by message. They don’t have to say who they are.'),
    where: _('They find the same words on their page “Letters”, below what you wrote.') })}`;

/** The same invitation, as it stands after something was sent. @param {any} one */
const sentTo = (one) => page.seen.invitations.find((/** @type {any} */ other) => other.case === one.case) ?? one;

/** @param {string} text */
const keptWords = (text) => (page.kept && text ? kept(_('Sealed and kept')) : nothing);

async function start() {
  await enter({ role: 'staff' });
  drafts.onKept(() => show({ kept: true, error: drafts.isFull(page.error) ? null : page.error }), (error) => { if (!page.error) show({ error }); });
  showOwnRooms();
  try {
    page.seen = await ask('supporter.view');
    await takeDrafts();
  } catch (error) {
    page.error = error;
  }
  show();
  ready();
}

/**
 * @param {{profile: Record<string, any>, told: string, typed: import('./profile.js').Typed | null, busy: boolean, kept: boolean,
 *   onTyped: (typed: import('./profile.js').Typed | null) => void, onSend: (profile: Record<string, any>) => void}} own
 *   told: the day, '' when nothing was; typed: what is being changed; kept: all of it, sealed
 */
const profileView = ({ profile, told, typed, busy, kept: isKept, onTyped, onSend }) => html`<section class="stack" aria-labelledby="told-head">
  <h2 id="told-head">${_('What you told the desk')}</h2>
  ${readers(_('Only you and the coordinators. They use it to find a team, and to keep people apart who know each other.'), { wider: true })}
  ${typed ? changing(typed, busy, isKept, onTyped, onSend) : html`
    ${told ? html`${profileFacts(profile)}<p class="small soft">${_('Told on %(day)s.', { day: dayWords(told, { year: true }) })}</p>` : empty(_('Nothing so far.'))}
    ${missing(profile)}
    <p class="buttons">${button(_('Change what I told the desk'), () => onTyped(toType(profile)), { look: 'second' })}</p>`}</section>`;

/** @param {import('./profile.js').Typed} typed @param {boolean} busy @param {boolean} isKept @param {(typed: any) => void} onTyped @param {(profile: any) => void} onSend */
const changing = (typed, busy, isKept, onTyped, onSend) => html`
  ${profileFields(typed, (changes) => onTyped({ ...typed, ...changes }))}
  ${missing(toSend(typed))}
  ${isKept ? html`<p class="tally">${kept(_('Sealed and kept'))}</p>` : nothing}
  <p class="small soft">${_('The desk sees the newest. It may still have what you told it before.')}</p>
  <p class="buttons">${button(_('Seal and send to the desk'), () => onSend(toSend(typed)), { busy })} ${button(_('Leave it as it is'), () => onTyped(null), { look: 'second' })}</p>`;

/** Without these nobody is kept apart from the people they know. @param {Record<string, any>} profile */
function missing({ employers, state }) {
  if (employers.length && state) return nothing;
  const title = employers.length ? _('The desk does not know your state') : state ? _('The desk does not know where you worked') : _('The desk does not know where you worked, nor your state');
  return notice({ kind: 'care', title, body: _('A peer may ask that nobody from their place or state is on the team. Without yours we may ask you about someone you know. You can add it now, or leave it out.') });
}

startPage(start, show);
