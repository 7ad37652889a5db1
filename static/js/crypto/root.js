import { COSIGNATURE, ED25519, readVkey } from './checkpoint.js';
import { Malformed, NotAllowed, WrongPlace } from './errors.js';
import { H, equal, hex, unframe } from './frame.js';
import { isZero, readSigned, verifySigned } from './signing.js';

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
