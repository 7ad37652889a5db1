/** What the desk's page knows, and how its views change it; how it calls a person, a stage, and whoever looks after a card. */
import { whenDated } from '../parts/ask.js';
import { showNotice } from '../parts/pieces.js';
import { _ } from '../parts/say.js';

/** @typedef {import('../parts/ask.js').AskError} AskError */

/** @type {Record<string, any>} queue: all that wait; shown: how many rows of it; over: the finished ones, once asked for; left: what the last step did not reach; kept: what is typed is stored, sealed */
export const page = { view: 'queue', queue: null, shown: 0, over: null, card: null, left: null, error: null, busy: false, said: '', apart: [], answers: {}, kept: false };

/** @type {() => void} */
let render = () => {};

/** How the page is drawn. @param {() => void} draw */
export function drawnBy(draw) {
  render = draw;
}

/** @param {Record<string, any>} [changes] */
export function show(changes = {}) {
  Object.assign(page, changes);
  render();
}

/** Do something that takes a moment; what was typed stays when it fails. @param {() => Promise<void>} work */
export async function doing(work) {
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

const MOST = 60; // letters of a name that a stranger chose

export const STAGES = {
  new: () => _('New card'), looking: () => _('Looking for people'), offered: () => _('Choosing a team'), together: () => _('With a team'),
  waiting: () => _('On the waiting list'), refused: () => _('Answered: not with us'), closed: () => _('Closed'),
};

/** @param {any} one a row of the queue, or an opened card */
export function nameOf({ name, lines = [] }) {
  return name || (lines.find((/** @type {any} */ line) => line.field === 'name_use')?.text ?? '').slice(0, MOST) || _('Someone');
}

/** @param {any} one */
export function claimWords({ claimed }) {
  if (!claimed) return _('Nobody has taken it');
  return claimed.me ? _('You look after it') : _('%(name)s looks after it', { name: claimed.name });
}
