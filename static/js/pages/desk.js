/** The desk: who is waiting, one card at a time, and the people who could help. */
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { ask, enter, showOwnRooms } from '../parts/ask.js';
import * as drafts from '../parts/letters.js';
import { notice } from '../parts/pieces.js';
import { _ } from '../parts/say.js';
import { byId, focusHeading, ready } from '../parts/shell.js';
import { cardBody } from './desk_acts.js';
import { apartView } from './desk_apart.js';
import { nameOf } from './desk_names.js';
import { queueBody, queueTitle } from './desk_queue.js';
import { doing, drawnBy, isStop, page, show } from './desk_state.js';

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
  return notice({ kind: isStop(error) ? 'stop' : 'caution', title: _('This did not go through'), body: _(error.words, error.facts), said: true, actions: error.kind === 'Expired' ? toPeople() : undefined });
}

/** No browser renews a list by itself that ran out long ago: a coordinator looks at it first. */
const renewal = () => notice({ kind: 'caution', title: _('The list of people waits for your eyes'), body: _('It has not been renewed. When it has run out, nobody can be invited or proposed until you have looked at it.'), actions: toPeople() });

const toPeople = () => html`<a class="button second" href="/people">${_('Look at the list')}</a>`;

/** What stands under no case, e.g. a complaint. */
function apartBody() {
  return html`${page.said ? notice({ kind: 'kept', title: page.said, said: true }) : ''}${apartView(page.apart, {
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
  drafts.onKept(() => show({ kept: true }));
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

start();
