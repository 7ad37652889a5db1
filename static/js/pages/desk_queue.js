/** Who is waiting, by the nearest date; the finished cards lie folded below. */
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { ask } from '../parts/ask.js';
import { cards } from '../parts/lists.js';
import { button, empty, state } from '../parts/pieces.js';
import { _, dayWords, ngettext } from '../parts/say.js';
import { openCard } from './desk_acts.js';
import { STAGES, claimWords, nameOf } from './desk_names.js';
import { doing, page, show } from './desk_state.js';

const ROWS = 100;
const WAITING = ['new', 'looking', 'offered', 'waiting'];

export function queueTitle() {
  if (!page.queue) return _('Who is waiting for us');
  const open = page.queue.cards.filter((/** @type {any} */ one) => WAITING.includes(one.state)).length;
  return open ? ngettext('One person is waiting for us', '%(num)s people are waiting for us', open) : _('Nobody is waiting for us');
}

export function queueBody() {
  if (!page.queue) return nothing;
  const { cards: all } = page.queue;
  const rows = all.slice(0, page.shown || ROWS);
  return html`${all.length ? html`<p class="lead">${_('Nearest date first, then the longest wait. A date is known once you have opened the card. Since when and how far is what the site says.')}</p>
    ${table(_('People waiting'), rows)}` : empty(_('When someone sends a card, it appears here. You will see how long they have waited, and nothing of their account.'))}
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
    html`<span>${STAGES[/** @type {keyof typeof STAGES} */ (one.state)]()}<br><span class="soft small">${claimWords(one)}. ${sentWords(one.sent)}</span></span>`,
    button(_('Open the card'), () => openCard(one.case), { look: 'second', busy: page.busy, about: _('of %(name)s', { name: nameOf(one) }) }),
  ]),
});

/** @param {Record<string, number>} sent */
function sentWords({ invite = 0, answer = 0, statement = 0 }) {
  if (!invite) return '';
  return statement ? _('%(invite)s invited, %(answer)s answered, %(statement)s wrote a letter.', { invite, answer, statement }) : _('%(invite)s invited, %(answer)s answered.', { invite, answer });
}
