/** How the desk calls a person, a stage, and whoever looks after a card. */
import { _ } from '../parts/say.js';

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
