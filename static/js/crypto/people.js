/** Who speaks for a site: people, in bindings that they sign themselves, and the roots that stand above every list of people; and whose a case is. */
import { H, BadSignature, Malformed, NotAllowed, WrongPlace, equal, hex, utf8 } from './bytes.js';
import { COSIGNATURE, ED25519, readVkey } from './checkpoint.js';
import { frame, tagOf, unframe } from './frame.js';
import { isZero, readSigned, verify, verifySigned } from './keys.js';
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

/**
 * The 16 bytes that name a case: its owner's fingerprint is in them, so nobody can take it over.
 * @param {Uint8Array} site @param {Uint8Array} owner fp @param {Uint8Array} parent 16 bytes @param {Uint8Array} nonce 16 bytes
 * @returns {Uint8Array}
 */
export function caseId(site, owner, parent, nonce) {
  return H(frame('case', { site, owner, parent, nonce })).slice(0, 16);
}

/** Fields of frame `root`, with `witnesses` as keys and `hash`. @typedef {import('./frame.js').Fields} Root */

/**
 * @param {Uint8Array} data frame `root`
 * @returns {Root}
 * @throws {Malformed} a threshold that can't be met, keys that can't be read, a first version that follows another
 */
export function readRoot(data) {
  const root = unframe('root', data);
  if (root.version < 1 || (root.version === 1) !== isZero(root.prev)) throw new Malformed('not the place of a root');
  if (root.threshold < 1 || root.threshold > root.root_pks.length || root.coordinators < 1) throw new Malformed('more signatures than can be');
  const log = readVkey(root.log_vkey);
  if (log.name !== 'alongside' || log.algorithm !== ED25519) throw new Malformed("the log's key stands under the name alongside");
  const witnesses = root.witnesses ? root.witnesses.split('\n').map(readVkey) : [];
  if (witnesses.some((/** @type {{algorithm: number}} */ one) => one.algorithm !== COSIGNATURE) || root.quorum > witnesses.length) {
    throw new Malformed("witnesses that can't make up the quorum");
  }
  return { ...root, witnesses, hash: H(data) };
}

/**
 * Whether at least `threshold` of this root's keys signed.
 * @param {Uint8Array} signed @param {Root} root @returns {boolean} @throws {BadSignature}
 */
export function countRoots(signed, root) {
  const keys = new Map(root.root_pks.map((/** @type {Uint8Array} */ pk) => [hex(pk), pk]));
  return verifySigned(signed, keys).length >= root.threshold;
}

/**
 * The newest root, once every version from the first is proven.
 * @param {Uint8Array} site H(root frame of version 1) @param {Uint8Array[]} roots frames `signed`, oldest first
 * @returns {Root}
 * @throws {Malformed} @throws {BadSignature} @throws {WrongPlace} @throws {NotAllowed}
 */
export function readRoots(site, roots) {
  if (!roots.length) throw new RangeError('a site has a root');
  let newest = readRoot(readSigned(roots[0]).thing);
  if (!equal(newest.hash, site)) throw new WrongPlace('roots of another site');
  if (!countRoots(roots[0], newest)) throw new NotAllowed('too few of the first roots signed');
  for (const signed of roots.slice(1)) newest = nextRoot(newest, signed);
  return newest;
}

/** The root that follows, signed by a threshold of the one before. @param {Root} before @param {Uint8Array} signed @returns {Root} */
export function nextRoot(before, signed) {
  const root = readRoot(readSigned(signed).thing);
  if (root.version !== before.version + 1 || !equal(root.prev, before.hash)) throw new WrongPlace('a root that does not follow');
  if (!countRoots(signed, before)) throw new NotAllowed('too few of the roots before signed');
  return root;
}
