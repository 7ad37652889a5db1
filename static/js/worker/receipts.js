/**
 * Where lines stand in the log, proven: for what was just sent, for what is older than the lines held here, and to be kept. And the lines
 * that everybody can look for: what the organisation signed has a number in a lane of the site, and its line names it.
 */
import { H, SealError, b64u, equal, unb64u } from '../crypto/bytes.js';
import { frame, unframe } from '../crypto/frame.js';
import { readSigned } from '../crypto/keys.js';
import { checkReceipt, commit, laneTag, leaf, leafHash, siteLaneKey, verifyInclusion } from '../crypto/log.js';
import { withLogKeys } from './directory.js';
import { logTrouble } from './evidence.js';
import { rootAt } from './leaves.js';
import { followTo, openCheckpoint } from './log.js';
import { me } from './me.js';
import { postApart } from './net.js';
import { everyShown, linesBefore, restores, shownAt } from './restores.js';

/** @typedef {{lane: string, n: number, tag: Uint8Array, commit: Uint8Array}} SiteLine */

/** The tag of a number of one of the site's own lanes. @param {Uint8Array} site @param {string} name @param {number} n */
export const siteTag = (site, name, n) => laneTag(siteLaneKey(site, name), name, n);

/** @param {{tag: Uint8Array, commit: Uint8Array}} line @returns {Uint8Array} */
export const hashOfLine = (line) => leafHash(leaf(line.tag, line.commit));

/**
 * The line that something of the site's own must have in the log.
 * @param {Uint8Array} site @param {{lane: string, n: number, hash: Uint8Array}} thing hash: of its frame
 * @param {string} otherwise code of what is wrong when the site tells of something else
 * @returns {Promise<SiteLine>} @throws {import('./trouble.js').Trouble} Inconsistent
 */
export async function siteLine(site, { lane, n, hash }, otherwise) {
  const tag = siteTag(site, lane, n);
  const told = (await shownAt(lane, n)).find((/** @type {any} */ one) => one.event && one.tag === b64u(tag));
  if (!told || !equal(unframe('event', unb64u(told.event)).object, hash)) throw logTrouble(otherwise);
  return { lane, n, tag, commit: commit(unb64u(told.salt), unb64u(told.event)) };
}

/**
 * The lines of everything that is shown of one of the site's own lanes, from number 1.
 * @param {Uint8Array} site @param {string} lane @returns {Promise<SiteLine[]>} @throws {import('./trouble.js').Trouble} Inconsistent 'not-in-log'
 */
export async function shownIn(site, lane) {
  /** @type {SiteLine[]} */
  const lines = [];
  for await (const told of everyShown(lane)) {
    const n = lines.length + 1;
    const tag = siteTag(site, lane, n);
    if (told.n !== n || told.tag !== b64u(tag) || !told.event) throw logTrouble('not-in-log');
    if (told.signed && !equal(unframe('event', unb64u(told.event)).object, H(readSigned(unb64u(told.signed)).thing))) throw logTrouble('not-in-log');
    lines.push({ lane, n, tag, commit: commit(unb64u(told.salt), unb64u(told.event)) });
  }
  return lines;
}

/**
 * The lines of the list of people and the roots in force.
 * @param {Pick<import('./directory.js').Known, 'site' | 'state' | 'root'>} known @returns {Promise<SiteLine[]>}
 * @throws {import('./trouble.js').Trouble} Inconsistent 'list-not-in-log'
 */
export function listLines({ site, state, root }) {
  const wanted = [{ lane: 'directory', n: state.version, hash: state.hash }, { lane: 'root', n: root.version, hash: root.hash }];
  return Promise.all(wanted.map((thing) => siteLine(site, thing, 'list-not-in-log')));
}

/** @typedef {{log: number, index: number, proof: Uint8Array[], checkpoint: string, size: number, root: Uint8Array}} Standing size, root: of the checkpoint */
/** @typedef {{size: number, root: Uint8Array, note: string}} Head */

const MOST = 100;
const PAUSES_MS = [0, 250, 250, 500, 500, 1000, 1500, 2000, 2000, 2500];

/**
 * Where leaves stand, by proofs that lead to the log as this worker follows it.
 * @param {Uint8Array[]} leaves their hashes @returns {Promise<(Standing | null)[]>} null: not in the log yet
 * @throws {import('./trouble.js').Trouble} 'not-in-log': a proof that leads nowhere
 */
export async function standings(leaves) {
  const found = await claimed(leaves);
  found.forEach((one, i) => one && checkStanding(leaves[i], one));
  return found;
}

/** What the site says of their places, under a head of the log that fits what this worker holds; the proofs are not looked at. @param {Uint8Array[]} leaves */
async function claimed(leaves) {
  const found = [];
  for (let at = 0; at < leaves.length; at += MOST) found.push(...await some(leaves.slice(at, at + MOST)));
  return found;
}

/** @param {Uint8Array[]} leaves @param {boolean} [again] @returns {Promise<(Standing | null)[]>} */
async function some(leaves, again = false) {
  const { log, checkpoint, proofs } = await postApart('/log/proofs', { leaves });
  const { size, root, note } = await openCheckpoint(checkpoint, log);
  const tree = await followTo({ log, size });
  // Lines may be held only from a moment after it answered. Asked now, it has no head from before that moment.
  if (log === tree.log && size < tree.start && !again) return some(leaves, true);
  if (log !== tree.log || size < tree.start || size > tree.size || !equal(rootAt(tree, size), root)) throw logTrouble('log-garbled', { size });
  /** @type {Map<number, Head>} */
  const heads = new Map([[log, { size, root, note }]]);
  for (const one of proofs) if (one && !heads.has(one.log)) heads.set(one.log, await ended(one.log, log));
  return leaves.map((_hash, i) => proofs[i] && standing(proofs[i], /** @type {Head} */ (heads.get(proofs[i].log))));
}

/** @param {any} given @param {Head} head @returns {Standing} */
function standing({ log, index, proof }, { size, root, note }) {
  return { log, index, proof: proof.map(unb64u), checkpoint: note, size, root };
}

/** The head of a log that roots ended: all of its lines count, and no more. @param {number} log @param {number} newest @returns {Promise<Head>} */
export async function ended(log, newest) {
  const end = (await restores(newest)).get(log + 1);
  if (!end || log >= newest) throw logTrouble('log-renumbered');
  const head = await openCheckpoint((await postApart('/log/since', { log, size: end.size })).checkpoint, log);
  if (head.size !== end.size || !equal(head.root, end.root)) throw logTrouble('log-ended-otherwise', { size: head.size });
  return head;
}

/** @param {Uint8Array} hash @param {Standing} standing */
function checkStanding(hash, { index, proof, size, root }) {
  try {
    verifyInclusion(hash, index, size, proof, root);
  } catch (error) {
    throw error instanceof SealError ? logTrouble('not-in-log', { line: index }) : error;
  }
}

/**
 * Receipts whose promises were kept: the same events, each with its place in the log.
 * @param {Uint8Array[]} receipts frames `receipt` in their first form
 * @returns {Promise<({receipt: Uint8Array, line: number, of: number} | null)[]>} line from 1; null: not in the log yet
 */
export async function included(receipts) {
  const read = receipts.map((one) => unframe('receipt', one));
  const places = await claimed(read.map(({ tag, salt, event }) => leafHash(leaf(tag, commit(salt, event)))));
  return withLogKeys((vkeys) => read.map((fields, i) => {
    const standing = places[i];
    if (!standing) return null;
    const receipt = withPlace(fields, standing);
    return { receipt, ...placeOf(receipt, vkeys) };
  }));
}

/** @param {import('../crypto/frame.js').Fields} fields of frame `receipt` @param {Standing} standing @returns {Uint8Array} */
export function withPlace({ salt, event, tag }, { index, proof, checkpoint }) {
  return frame('receipt', { salt, event, tag, index, proof, checkpoint });
}

/** @param {Uint8Array} receipt @param {string[]} vkeys @returns {{line: number, of: number}} */
function placeOf(receipt, vkeys) {
  try {
    const { log, index, size } = checkReceipt(receipt, me().site, vkeys);
    return { line: linesBefore(log) + index + 1, of: linesBefore(log) + size };
  } catch (error) {
    throw error instanceof SealError ? logTrouble('not-in-log') : error;
  }
}

/**
 * The receipts of an account once all of them are in the log, which is within two seconds.
 * @param {Record<string, string>} receipts base64url; `record` is the account's
 * @returns {Promise<{receipts: Record<string, string>, line: number, of: number}>} line of the account, from 1
 * @throws {import('./trouble.js').Trouble} Inconsistent 'promise-broken' after ten seconds
 */
export async function placedReceipts(receipts) {
  const names = Object.keys(receipts);
  const found = await whenIncluded(names.map((name) => unb64u(receipts[name])));
  const { line, of } = found[names.indexOf('record')];
  return { receipts: Object.fromEntries(names.map((name, i) => [name, b64u(found[i].receipt)])), line, of };
}

/** @param {Uint8Array[]} receipts @returns {Promise<{receipt: Uint8Array, line: number, of: number}[]>} */
async function whenIncluded(receipts) {
  for (const pause of PAUSES_MS) {
    await new Promise((resolve) => { setTimeout(resolve, pause); });
    const found = await included(receipts);
    if (found.every(Boolean)) return /** @type {any} */ (found);
  }
  throw logTrouble('promise-broken');
}
