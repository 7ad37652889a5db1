/**
 * What a page may show of the site and of the people in its list; and whether a name that is known stands for somebody else. A person's
 * number is drawn anew at each joining, so a second "Nora Lind" has no key that changed: her name alone says that two people, or one who
 * began anew, have to be told apart by their safety words.
 */
import { equal, hex } from '../crypto/bytes.js';
import { safetyWords } from '../crypto/people.js';
import { isSignedIn, me } from './me.js';
import { notebook } from './notebook.js';

/** A site's check number, alike on sheets and pages: too long for anybody to make another site with the same. @param {Uint8Array} site @returns {string} 32 hex in groups of four */
export function siteShown(site) {
  return /** @type {string[]} */ (hex(site).slice(0, 32).match(/.{4}/g)).join(' ');
}

/** @param {import('./directory.js').Binding} binding */
export function shownPerson(binding) {
  const { name, roles, fp, hash, day } = binding;
  return { name, roles, fp: hex(fp), binding: hex(hash), day, safety: safetyWords(fp), me: isSignedIn() && equal(fp, me().fp) };
}

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
