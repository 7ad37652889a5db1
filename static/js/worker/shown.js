/** What a page may show of the site and of the people in its list. */
import { equal, hex } from '../crypto/bytes.js';
import { safetyWords } from '../crypto/people.js';
import { isSignedIn, me } from './me.js';

/** A site's check number, alike on sheets and pages: too long for anybody to make another site with the same. @param {Uint8Array} site @returns {string} 32 hex in groups of four */
export function siteShown(site) {
  return /** @type {string[]} */ (hex(site).slice(0, 32).match(/.{4}/g)).join(' ');
}

/** @param {import('./directory.js').Binding} binding */
export function shownPerson(binding) {
  const { name, roles, fp, hash, day } = binding;
  return { name, roles, fp: hex(fp), binding: hex(hash), day, safety: safetyWords(fp), me: isSignedIn() && equal(fp, me().fp) };
}
