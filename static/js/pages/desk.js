/**
 * The desk: who is waiting, by the nearest date, one card at a time, and the people who could help. The finished cards lie folded below;
 * letters that stand under no case, and answers to them, are apart.
 */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, enter, showOwnRooms } from '../parts/ask.js';
import { thread } from '../parts/letters.js';
import * as drafts from '../parts/letters.js';
import { cards } from '../parts/lists.js';
import { button, sealedField } from '../parts/controls.js';
import { empty, isStop, kept, notice, readers, state } from '../parts/pieces.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { byId, focusHeading, ready } from '../parts/shell.js';
import { cardBody, openCard } from './desk_acts.js';
import { STAGES, claimWords, doing, drawnBy, nameOf, page, show } from './desk_state.js';
import { again, startPage } from './starting.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

function draw() {
  const [title, body] = page.view === 'card' && page.card ? [_('Find a team for %(name)s', { name: nameOf(page.card) }), cardBody()] : [queueTitle(), html`${queueBody()}${apartBody()}`];
  const changed = byId('head').textContent !== title;
  byId('head').textContent = title;
  render(html`${page.error ? problem(page.error) : page.queue?.renewal ? renewal() : nothing}${body}`, byId('app'));
  if (changed && document.body.dataset.ready !== undefined) focusHeading();
}

/** @param {AskError} error */
function problem(error) {
  return notice({ kind: isStop(error) ? 'stop' : 'caution', title: _('This did not go through'), body: _(error.words, error.facts), said: true, now: true, actions: error.kind === 'Expired' ? toPeople() : page.queue ? undefined : again() });
}

/** No browser renews a list by itself that ran out long ago: a coordinator looks at it first. */
const renewal = () => notice({ kind: 'caution', title: _('The list of people waits for your eyes'), body: _('It has not been renewed. When it has run out, nobody can be invited or proposed until you have looked at it.'), actions: toPeople() });

const toPeople = () => html`<a class="button second" href="/people">${_('Look at the list')}</a>`;

/** What stands under no case, e.g. a complaint. */
function apartBody() {
  return html`${page.said ? notice({ kind: 'kept', title: page.said, said: true, now: !page.error }) : ''}${apartView(page.apart, {
    busy: page.busy, texts: page.answers, kept: page.kept,
    onText: (fp, text) => { page.answers[fp] = text; drafts.typed('thread', fp, { text }); show({ kept: false }); },
    onSend: ({ fp }) => doing(async () => {
      page.apart = (await ask('desk.answerApart', { fp, text: page.answers[fp].trim() })).threads;
      page.answers[fp] = '';
      drafts.typed('thread', fp, { text: '' });
      page.said = _('Your answer is sealed and sent.');
    }),
  })}`;
}

/** Letters under no case, with the answers that were begun. */
async function takeApart() {
  page.apart = (await ask('desk.apart')).threads;
  const kept = await drafts.load('thread', page.apart.map((/** @type {any} */ one) => one.fp));
  for (const [fp, { text = '' }] of Object.entries(kept)) page.answers[fp] = text;
}

async function start() {
  drawnBy(draw);
  await enter({ role: 'staff' });
  drafts.onKept(() => show({ kept: true, error: drafts.isFull(page.error) ? null : page.error }), (error) => { if (!page.error) show({ error }); });
  showOwnRooms();
  try {
    page.queue = await ask('desk.queue');
    show();
    await takeApart();
  } catch (error) {
    page.error = error;
  }
  show();
  ready();
}

const ROWS = 100;
/** A finished one is here when something came after the desk's last word. @param {any} one */
const isWaiting = ({ state }) => state !== 'together';

function queueTitle() {
  if (!page.queue) return _('Who is waiting for us');
  const open = page.queue.cards.filter(isWaiting).length;
  return open ? ngettext('One person is waiting for us', '%(num)s people are waiting for us', open) : _('Nobody is waiting for us');
}

function queueBody() {
  if (!page.queue) return nothing;
  const { cards: all } = page.queue;
  const ordered = [...all.filter(isWaiting), ...all.filter((/** @type {any} */ one) => !isWaiting(one))];
  const rows = ordered.slice(0, page.shown || ROWS);
  const [waiting, others] = [rows.filter(isWaiting), rows.filter((one) => !isWaiting(one))];
  return html`${all.length ? html`<p class="lead">${_('Nearest date first, then the longest wait. A date is known once you have opened the card. Since when and how far is what the site says.')}</p>
    ${waiting.length ? table(_('People waiting'), waiting) : nothing}
    ${others.length ? html`<section class="stack" aria-labelledby="with-team"><h2 id="with-team">${_('With a team')}</h2>${table(_('People with a team'), others)}</section>` : nothing}` : empty(_('When someone sends a card, it appears here. You will see how long they have waited, and nothing of their account.'))}
    ${rows.length < all.length ? html`<p class="buttons">${button(_('Show more'), () => show({ shown: rows.length + ROWS }), { look: 'second' })}</p>` : nothing}
    <details @toggle=${(/** @type {any} */ event) => { if (event.target.open && !page.over) moreOver(); }}><summary>${_('Finished cards')}</summary>${finished()}</details>`;
}

/** Refused or closed, longest ago first. */
function finished() {
  if (!page.over) return html`<p>${_('Opening the list.')}</p>`;
  if (!page.over.cards.length) return html`<p>${_('No card was refused or closed so far.')}</p>`;
  return html`<div class="flow">${table(_('Refused or closed'), page.over.cards)}
    ${page.over.more ? html`<p class="buttons">${button(_('Show more finished cards'), moreOver, { look: 'second', busy: page.busy })}</p>` : nothing}</div>`;
}

const moreOver = () => doing(async () => {
  const next = await ask('desk.over', page.over ? { after: page.over.more } : {});
  page.over = { ...next, cards: [...page.over?.cards ?? [], ...next.cards] };
});

/** @param {string} caption @param {any[]} rows */
const table = (caption, rows) => cards({
  caption, columns: [_('Person'), _('First date'), _('Since'), _('Stage'), ''],
  rows: rows.map((one) => [
    nameOf(one), one.deadline ? state('soon', dayWords(one.deadline)) : one.opened ? _('No date given') : _('Not opened yet'), dayWords(one.date),
    html`<span>${STAGES[/** @type {keyof typeof STAGES} */ (one.state)]()}<br>${one.news ? html`${state('soon', _('A letter came'))}<br>` : nothing}<span class="soft small">${claimWords(one)}. ${sentWords(one.sent)}</span></span>`,
    button(_('Open the card'), () => openCard(one.case), { look: 'second', busy: page.busy, about: _('of %(name)s', { name: nameOf(one) }) }),
  ]),
});

/** @param {Record<string, number>} sent */
function sentWords({ invite = 0, answer = 0, statement = 0 }) {
  if (!invite) return '';
  return statement ? _('%(invite)s invited, %(answer)s answered, %(statement)s wrote a letter.', { invite, answer, statement }) : _('%(invite)s invited, %(answer)s answered.', { invite, answer });
}

/** @typedef {{fp: string, name: string, answers: boolean, letters: any[]}} Thread */
/** @typedef {{busy: boolean, kept: boolean, texts: Record<string, string>, onText: (fp: string, text: string) => void, onSend: (one: Thread) => void}} Doing */

/** @param {Thread[]} threads @param {Doing} doing */
const apartView = (threads, doing) => (threads.length ? html`<section class="stack" aria-labelledby="apart"><h2 id="apart">${_('Letters under no case')}</h2>
  <p>${_('They may be about somebody on a team. Nobody on a team can see that they were written. Keep it so when you ask around.')}</p>
  ${readers(_('The coordinators'), { wider: true })}
  ${threads.map((one, i) => apartThread(one, i, doing))}</section>` : nothing);

/** @param {Thread} one @param {number} i @param {Doing} doing */
function apartThread(one, i, { busy, kept: isKept, texts, onText, onSend }) {
  const name = one.name || _('Someone who wrote to us');
  const text = texts[one.fp] ?? '';
  return html`<div class="sheet wider"><h3>${_('From %(name)s', { name })}</h3>
    ${thread(one.letters.map(({ mine, date, text: words, readable }) => ({ author: name, mine, day: date, words, refused: readable ? undefined : _('Unreadable here, and we can’t tell who wrote it.') })))}
    ${one.answers ? html`${sealedField({ id: `apart-${i}`, size: 'lines', label: _('Your answer'), value: text, hint: _('It stands under no case, too.'), onInput: (words) => onText(one.fp, words), readers: readers(_('Only whoever wrote this')), below: isKept && text ? kept(_('Sealed and kept')) : nothing })}
    <p class="buttons">${button(_('Seal and send my answer'), () => onSend(one), { look: 'second', busy, off: !text.trim() })}</p>` : nothing}</div>`;
}

startPage(start, show);
