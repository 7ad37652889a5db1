import { noteKey, openNote, readCheckpoint, readPromise, readVkey } from './checkpoint.js';
import { Malformed, WrongPlace } from './errors.js';
import { equal, hex, unframe } from './frame.js';
import { commit, leaf, leafHash, verifyInclusion } from './log.js';

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
