import { Malformed } from './errors.js';
import { H, concat, frame, hex, unframe } from './frame.js';
import { checkBox } from './outer.js';
import { ROLES } from './people.js';
import { isZero } from './signing.js';

/** @typedef {import('./frame.js').Fields} Fields */

export const LETTERS = ['card', 'profile', 'invite', 'answer', 'statement', 'offer', 'word', 'comment', 'row'];
/** From nobody, about nothing, of one length. */
export const ANONYMOUS = ['comment', 'row'];

/**
 * Where a letter goes that is for all who hold a role; the desk is `coordinator`.
 * @param {Uint8Array} site @param {string} role @returns {Uint8Array}
 */
export function roleAddress(site, role) {
  if (!ROLES.includes(role)) throw new RangeError('no such role');
  return H(frame('role', { site, role }));
}

/**
 * The header's fields, `header`, `body`, `stanzas` (sealed keys by fp in hex), `hash`.
 * @param {Uint8Array} data frame `mail` @returns {Fields}
 * @throws {Malformed} an unknown kind, no stanza, two for one person, a body that can't be a box
 */
export function readMail(data) {
  const { header, body, stanzas } = unframe('mail', data);
  const fields = unframe('letter', header);
  const byPerson = new Map(stanzas.map((/** @type {Uint8Array} */ item) => [hex(item.subarray(0, 32)), item.slice(32)]));
  if (!LETTERS.includes(fields.kind) || !stanzas.length || byPerson.size !== stanzas.length) throw new Malformed('no letter of this kind');
  const anonymous = ANONYMOUS.includes(fields.kind);
  if (anonymous !== isZero(fields.from) || (anonymous && !isZero(fields.about))) throw new Malformed('rows and comments, and they alone, come from nobody');
  checkBox(body);
  return { ...fields, header, body, stanzas: byPerson, hash: H(concat(header, body)) };
}

/** The same letter whoever it is delivered to. @param {Uint8Array} mail @returns {Uint8Array} H(header || body) @throws {Malformed} */
export function letterHash(mail) {
  const { header, body } = unframe('mail', mail);
  return H(concat(header, body));
}
