/** Who is who on the case page, in words. Names come from the verified directory; the peer is called as they asked to be. */
import { _, locale } from '../parts/say.js';
import { page } from './case_state.js';

/** @typedef {{fp: string, name: string, owner: boolean, me: boolean}} Who */

/** @param {Who} who */
export function nameOf(who) {
  if (who.me) return _('You');
  if (who.owner) return ownerName();
  return who.name || _('Someone who is no longer in the list');
}

/** What the peer asked to be called. */
export function ownerName() {
  return askedName() || _('the person who wrote');
}

/** The same, or '' when they gave no name. */
export function askedName() {
  const name = page.seen?.account?.answers?.name_use;
  return typeof name === 'string' ? name.trim() : '';
}

/** @param {string[]} names */
export const together = (names) => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names);

/** Everyone but the reader. @returns {(Who & {lead: boolean, safety: string[], gone: boolean, since: string})[]} */
export const others = () => page.seen.members.filter((/** @type {Who} */ one) => !one.me);

/** The reader line of this case. */
export function readersWords() {
  const names = others().map(nameOf);
  return names.length ? _('You, %(names)s. Nobody else, not the coordinators.', { names: together(names) }) : _('Only you. Nobody else can open this, not the coordinators.');
}
