/**
 * Somebody else under a name that is known. A person's number is drawn anew at each joining, so a second "Nora Lind" has no key that
 * changed: her name alone says that two people, or one who began anew, have to be told apart by their safety words.
 */
import { hex } from '../crypto/bytes.js';
import { notebook } from './notebook.js';

/** @typedef {import('./directory.js').Binding} Binding */

/** @param {string} name */
const plain = (name) => name.normalize('NFKD').replace(/[^\p{L}\p{Nd}]/gu, '').toLowerCase();

/**
 * Whether this account keeps another key under this person's name, and has not compared words with this one.
 * @param {Binding} binding @param {Map<string, Binding>} all everybody whom the list shows, by hash: names of pins kept before names were
 */
export function isNamesake({ fp, name, person }, all) {
  const { people, names = {} } = notebook().pins;
  const pinned = new Set(Object.values(people));
  if (pinned.has(hex(fp))) return false;
  pinned.delete(people[hex(person)]); // a key of theirs that changed is a warning of its own
  const shown = [...all.values()].map((one) => [hex(one.fp), one.name]);
  return [...shown, ...Object.entries(names)].some(([other, its]) => pinned.has(other) && plain(its) === plain(name));
}
