/**
 * Who else has seen the log, and when. What somebody says they saw is part of the log that is followed here, or there are two. What
 * members sign names no log's number: after a restore it may be of an earlier one. Witnesses outside this site, whose signatures name
 * it, sign its head only if it still begins with what they signed before: a log that is shown to one person alone gets none.
 */
import { SealError, equal, unb64u } from '../crypto/bytes.js';
import { COSIGNATURE, cosignatures, noteKey } from '../crypto/checkpoint.js';
import { verifyConsistency } from '../crypto/log.js';
import { entryLines } from './case_lanes.js';
import { nowS } from './clock.js';
import { directory } from './directory.js';
import { logTrouble } from './evidence.js';
import { rootAt, treeOf } from './leaves.js';
import { cosignedNow, follow, followTo, logNow, openCheckpoint } from './log.js';
import { restoreLines } from './log_lanes.js';
import { postApart } from './net.js';
import { hashOfLine, listLines, standings } from './receipts.js';
import { restores } from './restores.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./leaves.js').Tree} Tree */
/** @typedef {{size: number, root: Uint8Array}} Claim */

/**
 * From before the lines that are held here on, the site has to prove it.
 * @param {Tree} tree @param {Claim} claim @param {{named?: boolean}} [by] named: it says itself that it is of this very log
 * @throws {import('./trouble.js').Trouble} Inconsistent 'split-view'
 */
export async function agree(tree, claim, { named = false } = {}) {
  if (!named && await wasEarlier(tree, claim)) return;
  const { size, root } = claim;
  if (size > tree.size) throw logTrouble('split-view', { size });
  if (size >= tree.start) {
    if (!equal(rootAt(tree, size), root)) throw logTrouble('split-view', { size });
    return;
  }
  const { checkpoint, proof } = await postApart('/log/consistency', { log: tree.log, from: size });
  try {
    const to = await openCheckpoint(checkpoint, tree.log);
    verifyConsistency(size, to.size, proof.map(unb64u), root, to.root);
    const whole = to.size > tree.size ? await follow() : tree;
    if (to.size > whole.size || !equal(rootAt(whole, to.size), to.root)) throw logTrouble('log-garbled', { size: to.size });
  } catch (error) {
    throw error instanceof SealError ? logTrouble('split-view', { size }) : error;
  }
}

/** Whether it was seen in a log before the one that grows now, among the lines that count. @param {Tree} tree @param {Claim} claim */
export async function wasEarlier(tree, claim) {
  for (const [number, end] of await restores(tree.log)) {
    if (number <= tree.log && claim.size <= end.size && await begins(tree, number - 1, end, claim)) return true;
  }
  return false;
}

/** @param {Tree} tree @param {number} log that ended @param {import('./restores.js').Restore} end @param {Claim} claim */
async function begins(tree, log, end, { size, root }) {
  const own = treeOf(tree, log);
  if (own && size >= own.start) return equal(rootAt(own, size), root);
  const { checkpoint, proof } = await postApart('/log/consistency', { log, from: size });
  const to = await openCheckpoint(checkpoint, log);
  if (to.size !== end.size || !equal(to.root, end.root)) throw logTrouble('log-ended-otherwise', { size: to.size });
  try {
    verifyConsistency(size, to.size, proof.map(unb64u), root, to.root);
    return true;
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}

/** @typedef {import('./case_load.js').Case} Case */
/** @typedef {import('../crypto/people.js').Root} Root */

const DAY_S = 86_400;
const FRESH_S = DAY_S;
const LATEST_S = 7 * DAY_S;
const MOST_MS = 10_000; // a site asks its witnesses within two seconds of a new line
const PAUSE_MS = 500;

/**
 * @typedef {{state: 'none' | 'fresh' | 'old' | 'over', count: number, days: number, behind?: boolean}} Watch count: witnesses that must
 *   sign; days since so many last did; behind: what they signed does not reach the lines that letting somebody in relies on
 */

/**
 * How fresh the outside signatures are, and whether they reach far enough: who signs the same old head every hour has not seen what
 * came after it.
 * @param {Case} state @param {{patient?: boolean}} [how] patient: what is new is waited for, ten seconds
 * @returns {Promise<Watch>} none: this site has named no witnesses
 */
export async function watched(state, { patient = false } = {}) {
  const { root } = await directory();
  if (!root.quorum) return standing(root, []);
  const end = performance.now() + (patient ? MOST_MS : 0);
  const lines = await reliedOn(state);
  for (;;) {
    const { log, size, times } = await signed(root);
    const watch = standing(root, times);
    if (watch.state === 'over') return watch;
    const behind = size < await reach(lines, log);
    if (!behind || performance.now() >= end) return { ...watch, behind };
    await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
  }
}

/**
 * The lines that letting somebody in relies on: the list of people, the roots, who is in the case, and the restore with which this log
 * began, which names all that came before. A list is in force for seven days, so a head that holds it is no older.
 * @param {Case} state @returns {Promise<Uint8Array[]>} leaf hashes
 */
async function reliedOn(state) {
  const roster = state.entries.filter((one) => one.type === 'roster').at(-1);
  const entry = entryLines(state).filter(({ n }) => n === roster?.seq);
  const begun = (await restoreLines((await followTo(logNow())).log)).slice(-1);
  return [...await listLines(await directory()), ...begun, ...entry].map(hashOfLine);
}

/** How many lines of this log somebody has signed who has seen all of these. @param {Uint8Array[]} lines leaf hashes @param {number} log @returns {Promise<number>} Infinity: one is not in it yet */
async function reach(lines, log) {
  const places = await standings(lines);
  return Math.max(...places.map((place) => (!place || place.log > log ? Infinity : place.log === log ? place.index + 1 : 0)));
}

/** @param {Root} root @param {number[]} times when witnesses signed, Unix seconds @returns {Watch} */
export function standing(root, times) {
  if (!root.quorum) return { state: 'none', count: 0, days: 0 };
  const ages = times.map(age).sort((a, b) => a - b);
  const oldest = ages[root.quorum - 1] ?? Infinity;
  return { state: freshness(oldest), count: root.quorum, days: Number.isFinite(oldest) ? Math.floor(oldest / DAY_S) : -1 };
}

/** @param {number} when Unix seconds */
const age = (when) => Math.max(0, nowS() - when);

/** @param {number} seconds @returns {'fresh' | 'old' | 'over'} */
const freshness = (seconds) => (seconds < FRESH_S ? 'fresh' : seconds <= LATEST_S ? 'old' : 'over');

/**
 * Each witness that the roots name, and how long ago it signed this head.
 * @param {Root} root @param {Map<string, number>} times Unix seconds by name
 * @returns {{name: string, state: 'fresh' | 'old' | 'over' | 'never', days: number}[]}
 */
export function shownWitnesses(root, times) {
  return root.witnesses.map((/** @type {{name: string}} */ { name }) => {
    const when = times.get(name);
    return when === undefined ? { name, state: 'never', days: -1 } : { name, state: freshness(age(when)), days: Math.floor(age(when) / DAY_S) };
  });
}

/**
 * The last head that witnesses signed, which is the beginning of the log as it is followed here. An empty one says nothing.
 * @param {Root} root @returns {Promise<{log: number, size: number, times: number[]}>} times: Unix seconds
 */
async function signed(root) {
  const tree = await follow();
  const note = cosignedNow();
  const head = await openCheckpoint(note, tree.log);
  if (head.size === 0) return { log: tree.log, size: 0, times: [] };
  await agree(tree, head, { named: true });
  return { log: tree.log, size: head.size, times: [...timesOn(note, root).values()] };
}

/** When each witness of the roots signed this note. @param {string} note @param {Root} root @returns {Map<string, number>} Unix seconds by name */
export function timesOn(note, root) {
  /** @type {{name: string, ed_pk: Uint8Array}[]} */
  const witnesses = root.witnesses;
  return cosignatures(note, new Map(witnesses.map(({ name, ed_pk }) => noteKey(name, ed_pk, COSIGNATURE))));
}

/** For what may not wait on an unwatched log: approving. @param {Case} state @throws {Trouble} Refused 'unwatched', 'unseen' */
export async function mustBeWatched(state) {
  const watch = await watched(state, { patient: true });
  if (watch.state === 'over') {
    throw new Trouble('Refused', 'unwatched', 'Nobody was let in, and nothing is lost. For more than a week nobody outside this site has signed its log. You can read and write. Tell a coordinator, and try again when they have looked into it.');
  }
  if (watch.behind) {
    throw new Trouble('Refused', 'unseen', 'Nobody was let in, and nothing is lost. Nobody outside this site has signed the newest lines of its log yet. You can read and write. Try again in some minutes. If it stays, tell a coordinator.');
  }
}
