/**
 * The tree of the log as a reader follows it: the few hashes that stand for all leaves so far, and what new ones make of them
 * (SPEC 9). Source: RFC 6962 section 2. Vectors: tests/vectors/tree.json.
 */
import { H, concat, sodium } from './bytes.js';
import { frame } from './frame.js';
import { nodeHash } from './log.js';

export const TAG_AND_COMMIT = 64; // bytes of a leaf that differ from those of any other

/** @param {number} size @returns {number} how many bits of it are set */
function bits(size) {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}

/** @param {Uint8Array[]} frontier @param {number} size @throws {RangeError} */
function checkFrontier(frontier, size) {
  if (!Number.isSafeInteger(size) || size < 0 || frontier.length !== bits(size)) throw new RangeError('a frontier has one hash for each bit of the size that is set');
  checkHashes(frontier);
}

/** @param {Uint8Array[]} hashes @throws {RangeError} */
function checkHashes(hashes) {
  if (hashes.some((hash) => hash.length !== 32)) throw new RangeError('a hash is 32 bytes');
}

/**
 * The root of a tree of `size` leaves; H('') for none.
 * @param {Uint8Array[]} frontier hashes of its perfect subtrees, largest first @param {number} size
 * @returns {Uint8Array} 32 bytes @throws {RangeError} another number of hashes
 */
export function frontierRoot(frontier, size) {
  checkFrontier(frontier, size);
  return frontier.length ? frontier.reduceRight((right, left) => nodeHash(left, right)) : H(new Uint8Array());
}

/**
 * The frontier and the size once leaves are appended.
 * @param {Uint8Array[]} frontier @param {number} size @param {Uint8Array[]} leafHashes 32 bytes each
 * @returns {[Uint8Array[], number]} @throws {RangeError}
 */
export function extend(frontier, size, leafHashes) {
  checkFrontier(frontier, size);
  checkHashes(leafHashes);
  const left = [...frontier];
  const kept = [];
  let level = leafHashes;
  const grown = size + leafHashes.length;
  for (let [before, after] = [size, grown]; after > 0; before = Math.floor(before / 2), after = Math.floor(after / 2)) {
    if (before % 2) level = [/** @type {Uint8Array} */ (left.pop()), ...level];
    if (level.length % 2) kept.push(level[level.length - 1]);
    level = pairs(level);
  }
  return [kept.reverse(), grown];
}

/** Nodes over neighbours, hashed in one buffer; one without a neighbour is left out. @param {Uint8Array[]} level @returns {Uint8Array[]} */
function pairs(level) {
  const next = [];
  const node = Uint8Array.of(1, ...new Uint8Array(64));
  for (let i = 0; i + 1 < level.length; i += 2) {
    node.set(level[i], 1);
    node.set(level[i + 1], 33);
    next.push(sodium.crypto_hash_sha256(node));
  }
  return next;
}

/**
 * Hashes of leaves of which only tags and commitments were sent, one after the other.
 * @param {Uint8Array} leaves 64 bytes each: tag, commitment @returns {Uint8Array[]} 32 bytes each @throws {RangeError}
 */
export function leafHashes(leaves) {
  if (leaves.length % TAG_AND_COMMIT) throw new RangeError('a leaf cut short');
  const blank = frame('leaf', { tag: new Uint8Array(32), commit: new Uint8Array(32) });
  const whole = concat(Uint8Array.of(0), blank);
  const [tagAt, commitAt] = [whole.length - 68, whole.length - 32]; // the commitment's own length, 4 bytes, stands between
  const hashes = [];
  for (let at = 0; at < leaves.length; at += TAG_AND_COMMIT) {
    whole.set(leaves.subarray(at, at + 32), tagAt);
    whole.set(leaves.subarray(at + 32, at + 64), commitAt);
    hashes.push(sodium.crypto_hash_sha256(whole));
  }
  return hashes;
}
