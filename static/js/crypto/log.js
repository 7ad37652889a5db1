/** Lines of the log, proofs that they stand in it, and receipts: the server's promise that they will. */
import { H, Malformed, WrongPlace, concat, equal, hex, hmac } from './bytes.js';
import { noteKey, openNote, readCheckpoint, readPromise, readVkey } from './checkpoint.js';
import { frame, unframe } from './frame.js';

const SITE_LANES = ['root', 'directory', 'manifest', 'release', 'restore'];
const EVENTS = [
  ...['roster', 'record', 'visit', 'letter', 'export', 'file', 'close', 'hold', 'erased', 'notebook', 'attest'],
  ...['download', 'adverse', 'rows', 'withdrawals'],
  ...SITE_LANES,
];

/**
 * Where leaf `n` of a lane stands, known only to those who hold its key.
 * @param {Uint8Array} k 32 bytes @param {string} lane @param {number} n @returns {Uint8Array} 32 bytes
 */
export function laneTag(k, lane, n) {
  if (k.length !== 32) throw new RangeError('a lane key is 32 bytes');
  return hmac(k, frame('tag', { lane, n }));
}

/**
 * The tag on the log of what an account hands in under its lane tag: nobody can aim it at a number of another lane.
 * @param {Uint8Array} fp 32 bytes @param {Uint8Array} sent 32 bytes @returns {Uint8Array} 32 bytes
 */
export function accountTag(fp, sent) {
  if (sent.length !== 32) throw new RangeError('a tag is 32 bytes');
  return hmac(sent, frame('lane-account', { fp }));
}

/**
 * Key of a lane that anyone may follow: root, directory, manifest, release, restore.
 * @param {Uint8Array} site @param {string} name @returns {Uint8Array}
 */
export function siteLaneKey(site, name) {
  if (!SITE_LANES.includes(name)) throw new RangeError('no such lane of a site');
  return H(frame('lane-site', { site, name }));
}

/**
 * What is kept beside the log.
 * @param {string} type @param {number} day UTC days since 1970 @param {Uint8Array} subject 16 bytes
 * @param {Uint8Array} actor 32 bytes @param {Uint8Array} object 32 bytes
 * @returns {Uint8Array} frame
 */
export function makeEvent(type, day, subject, actor, object) {
  if (!EVENTS.includes(type)) throw new RangeError('the list of events is closed');
  return frame('event', { type, day, subject, actor, object });
}

/** @param {Uint8Array} salt 32 random bytes @param {Uint8Array} event frame @returns {Uint8Array} 32 bytes */
export function commit(salt, event) {
  return H(frame('commit', { salt, event }));
}

/** All that the log holds of an event. @param {Uint8Array} tag @param {Uint8Array} committed @returns {Uint8Array} 81 bytes */
export function leaf(tag, committed) {
  return frame('leaf', { tag, commit: committed });
}

/** RFC 6962 section 2.1. @param {Uint8Array} data @returns {Uint8Array} */
export function leafHash(data) {
  return H(concat(Uint8Array.of(0), data));
}

/** @param {Uint8Array} left @param {Uint8Array} right @returns {Uint8Array} */
export function nodeHash(left, right) {
  return H(concat(Uint8Array.of(1), left, right));
}

/** The largest power of two below `n`. @param {number} n 2 or more */
function split(n) {
  return 2 ** ((n - 1).toString(2).length - 1);
}

/** Tree head of leaf hashes, level by level. @param {Uint8Array[]} hashes @returns {Uint8Array} @throws {Malformed} */
export function root(hashes) {
  if (!hashes.length) return H(new Uint8Array());
  for (const hash of hashes) checkHashes(hash);
  let level = hashes;
  while (level.length > 1) {
    const next = [];
    for (let i = 0; i + 1 < level.length; i += 2) next.push(nodeHash(level[i], level[i + 1]));
    if (level.length % 2) next.push(level[level.length - 1]);
    level = next;
  }
  return level[0];
}

/**
 * RFC 6962 section 2.1.1.
 * @param {Uint8Array[]} hashes of all leaves @param {number} index from 0 @returns {Uint8Array[]}
 * @throws {RangeError}
 */
export function inclusion(hashes, index) {
  if (!Number.isInteger(index) || index < 0 || index >= hashes.length) throw new RangeError('no such leaf');
  if (hashes.length === 1) return [];
  const k = split(hashes.length);
  if (index < k) return [...inclusion(hashes.slice(0, k), index), root(hashes.slice(k))];
  return [...inclusion(hashes.slice(k), index - k), root(hashes.slice(0, k))];
}

/** @param {Uint8Array[]} hashes @param {number} m @param {boolean} known whether the reader has this subtree @returns {Uint8Array[]} */
function subproof(hashes, m, known) {
  if (m === hashes.length) return known ? [] : [root(hashes)];
  const k = split(hashes.length);
  if (m <= k) return [...subproof(hashes.slice(0, k), m, known), root(hashes.slice(k))];
  return [...subproof(hashes.slice(k), m - k, false), root(hashes.slice(0, k))];
}

/**
 * RFC 6962 section 2.1.2.
 * @param {Uint8Array[]} hashes of all leaves @param {number} m size of the smaller tree
 * @returns {Uint8Array[]} @throws {RangeError}
 */
export function consistency(hashes, m) {
  if (!Number.isInteger(m) || m < 1 || m > hashes.length) throw new RangeError('a proof is from 1 leaf up');
  return subproof(hashes, m, true);
}

/** @param {...Uint8Array} hashes @throws {Malformed} */
function checkHashes(...hashes) {
  if (hashes.some((hash) => hash.length !== 32)) throw new Malformed('a hash is 32 bytes');
}

/** @param {boolean} holds @throws {WrongPlace} */
function demand(holds) {
  if (!holds) throw new WrongPlace('the proof does not lead there');
}

/**
 * One walk up for both kinds of proof (RFC 9162 sections 2.1.3.2 and 2.1.4.2).
 * @param {number} fn @param {number} sn @param {Uint8Array[]} proof
 * @param {(hash: Uint8Array) => void} left takes a hash from the left @param {(hash: Uint8Array) => void} right from the right
 */
function climb(fn, sn, proof, left, right) {
  for (const hash of proof) {
    demand(sn !== 0);
    if (fn % 2 === 1 || fn === sn) {
      left(hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else right(hash);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  demand(sn === 0);
}

/** @param {...number} numbers @returns {boolean} */
function counts(...numbers) {
  return numbers.every((n) => Number.isSafeInteger(n) && n >= 0);
}

/**
 * Passes when the leaf stands at `index` of the tree of `size` leaves.
 * @param {Uint8Array} hash of the leaf @param {number} index @param {number} size @param {Uint8Array[]} proof in order @param {Uint8Array} treeRoot
 * @throws {Malformed} a hash that is not 32 bytes @throws {WrongPlace}
 */
export function verifyInclusion(hash, index, size, proof, treeRoot) {
  checkHashes(hash, treeRoot, ...proof);
  demand(counts(index, size) && index < size);
  let at = hash;
  climb(index, size - 1, proof, (step) => (at = nodeHash(step, at)), (step) => (at = nodeHash(at, step)));
  demand(equal(at, treeRoot));
}

/**
 * Passes when the tree of `size2` leaves begins with the one of `size1`. From nothing no proof is needed: not asked here.
 * @param {number} size1 1 or more @param {number} size2 @param {Uint8Array[]} proof in order @param {Uint8Array} root1 @param {Uint8Array} root2
 * @throws {Malformed} a hash that is not 32 bytes @throws {WrongPlace}
 */
export function verifyConsistency(size1, size2, proof, root1, root2) {
  checkHashes(root1, root2, ...proof);
  demand(counts(size1, size2) && size1 > 0 && size1 <= size2);
  if (size1 === size2) {
    demand(!proof.length && equal(root1, root2));
    return;
  }
  demand(proof.length > 0);
  let fn = size1 - 1;
  let sn = size2 - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  const [start, ...rest] = fn === 0 ? [root1, ...proof] : proof;
  let old = start;
  let now = start;
  climb(fn, sn, rest, (step) => {
    old = nodeHash(step, old);
    now = nodeHash(step, now);
  }, (step) => (now = nodeHash(now, step)));
  demand(equal(old, root1) && equal(now, root2));
}

/** @typedef {import('./frame.js').Fields} Fields */

/**
 * What the log has signed: the event's fields, `tag`, `leaf_hash`, and by its first line either `form: 'promise'` with
 * `time` (Unix seconds, before inclusion) or `form: 'included'` with `log`, `index`, `size`, `root`.
 * @param {Uint8Array} receipt frame @param {Uint8Array} site
 * @param {string | string[]} logVkeys the key in frame `root`, under the name `alongside`; or each that roots named, for older promises
 * @returns {Fields}
 * @throws {Malformed} @throws {BadSignature} @throws {WrongPlace} of another site or leaf, not in the tree, a tree of one leaf
 */
export function checkReceipt(receipt, site, logVkeys) {
  const fields = unframe('receipt', receipt);
  const event = unframe('event', fields.event);
  const hash = leafHash(leaf(fields.tag, commit(fields.salt, fields.event)));
  const [first] = fields.checkpoint.split('\n');
  const text = openNote(fields.checkpoint, new Map([logVkeys].flat().map((one) => noteKey(first, readVkey(one).ed_pk))));
  const found = { ...event, tag: fields.tag, leaf_hash: hash };
  if (first.endsWith('/promise')) return { ...found, ...promised(text, fields, site, hash) };
  return { ...found, ...included(text, fields, site, hash) };
}

/** @param {string} text @param {Fields} fields @param {Uint8Array} site @param {Uint8Array} hash */
function promised(text, fields, site, hash) {
  if (fields.proof.length || fields.index) throw new Malformed('a promise has no proof and no index');
  const promise = readPromise(text);
  if (!equal(promise.site, site) || !equal(promise.leaf_hash, hash)) throw new WrongPlace('a promise of another site or leaf');
  return { form: 'promise', time: promise.time };
}

/** @param {string} text @param {Fields} fields @param {Uint8Array} site @param {Uint8Array} hash */
function included(text, fields, site, hash) {
  const { origin, size, root } = readCheckpoint(text);
  const log = new RegExp(`^alongside/${hex(site)}/log/([1-9][0-9]*)$`).exec(origin);
  if (!log) throw new WrongPlace('a log of another site');
  if (size === 1) throw new WrongPlace('a tree of one leaf proves nothing');
  verifyInclusion(hash, fields.index, size, fields.proof, root);
  return { form: 'included', log: Number(log[1]), index: fields.index, size, root };
}
