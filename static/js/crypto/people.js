import { Malformed, BadSignature } from './errors.js';
import { H, frame, hex, tagOf, unframe, utf8 } from './frame.js';
import { isZero, readSigned, verify } from './signing.js';
import { wordAt } from './words.js';

/** Closed list. Roots alone add or replace the first two. */
export const ROOT_ROLES = ['coordinator', 'steward'];
export const ROLES = ['auditor', 'coordinator', 'researcher', 'steward', 'supporter'];

/**
 * A binding, read. @typedef {object} Binding
 * @property {Uint8Array} site @property {Uint8Array} person 16 bytes @property {number} seq @property {Uint8Array} prev
 * @property {string[]} roles @property {string} name @property {Uint8Array} ed_pk @property {Uint8Array} xwing_pk
 * @property {number} day @property {Uint8Array} fp @property {Uint8Array} hash of the binding frame
 */

/** The 32 bytes that name someone everywhere. @param {Uint8Array} identity frame @returns {Uint8Array} @throws {Malformed} */
export function fingerprint(identity) {
  unframe('identity', identity);
  return H(identity);
}

/**
 * @param {Uint8Array} identity frame
 * @returns {{ed_pk: Uint8Array, xwing_pk: Uint8Array, fp: Uint8Array}}
 * @throws {Malformed}
 */
export function readIdentity(identity) {
  const { ed_pk, xwing_pk } = unframe('identity', identity);
  return { ed_pk, xwing_pk, fp: H(identity) };
}

/** The identity frame of whom a binding or an enrolment names. @param {Record<string, any>} named @returns {Uint8Array} */
export function identityOf({ ed_pk, xwing_pk }) {
  return frame('identity', { ed_pk, xwing_pk });
}

/**
 * The six words that someone reads aloud of the other. Of one key, not of the pair: words over two keys fall to a
 * birthday search of 2^39.
 * @param {Uint8Array} fp
 * @returns {string[]}
 */
export function safetyWords(fp) {
  const hash = H(frame('safety', { fp }));
  const view = new DataView(hash.buffer, hash.byteOffset, 32);
  return Array.from({ length: 6 }, (_, i) => wordAt(view.getUint32(4 * i) % 7776));
}

/**
 * Passes for a person's name: letters, marks, digits, single spaces inside, and . ' - with one letter or more.
 * @param {string} name
 * @returns {string} the same
 * @throws {Malformed}
 */
export function checkName(name) {
  const shape = /^(?=.*\p{L})(?!.*  )[\p{L}\p{M}\p{Nd}.'-](?:[\p{L}\p{M}\p{Nd} .'-]*[\p{L}\p{M}\p{Nd}.'-])?$/u;
  if (!shape.test(name) || name !== name.normalize('NFC') || utf8(name).length > 120) throw new Malformed('not a name');
  return name;
}

/**
 * A binding, with the signature of its own key when it comes inside `signed`. Authority is the directory's, not this.
 * @param {Uint8Array} data `signed` or `binding` frame
 * @returns {Binding}
 * @throws {Malformed} @throws {BadSignature}
 */
export function readBinding(data) {
  const signed = tagOf(data) === 'signed' ? readSigned(data) : null;
  const thing = signed ? signed.thing : data;
  const fields = unframe('binding', thing);
  const fp = H(identityOf(fields));
  if (signed) {
    const sig = signed.sigs.get(hex(fp));
    if (!sig) throw new BadSignature('a binding that its own key has not signed');
    verify(fields.ed_pk, thing, sig);
  }
  checkName(fields.name);
  if (fields.seq < 1 || (fields.seq === 1) !== isZero(fields.prev)) throw new Malformed('not the place of a binding');
  const roles = fields.roles.split(',');
  if (!roles.every((/** @type {string} */ role, /** @type {number} */ i) => ROLES.includes(role) && (i === 0 || roles[i - 1] < role))) {
    throw new Malformed('roles unknown or out of order');
  }
  return /** @type {Binding} */ ({ ...fields, roles, fp, hash: H(thing) });
}
